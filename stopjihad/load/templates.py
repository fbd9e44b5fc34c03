"""Parse what a build takes from templates and assets."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import TypeVar

import msgspec

from stopjihad.catalog.drawing import DrawingBroken, read_drawing
from stopjihad.catalog.layout import Layout
from stopjihad.catalog.paper import PaperLayout
from stopjihad.catalog.post_template import PostTemplate
from stopjihad.disk.cache import Cache, get_or_make
from stopjihad.disk.program import code_digest
from stopjihad.load import files
from stopjihad.load.assets import asset_problems
from stopjihad.load.layouts import read_layouts
from stopjihad.load.paper import read_papers
from stopjihad.load.platforms import OWN, own_platforms
from stopjihad.load.template_names import unread_templates
from stopjihad.load.theme_words import catalogues_of
from stopjihad.load.workspace import Workspace
from stopjihad.model.options import Shared, TemplateFolder
from stopjihad.problem import Problem


class ParsedTemplates(msgspec.Struct, frozen=True):
    """Hold what takes a while to read out of templates: it is kept under their digest."""

    words: dict[str, dict[str, str]]
    team_words: dict[str, dict[str, str]]
    designs: dict[str, Layout]
    papers: dict[str, PaperLayout]
    posts: dict[str, PostTemplate]
    drawings: dict[str, str]


def load_shared(workspace: Workspace, cache: Cache) -> tuple[Shared, list[Problem]]:
    """Parse templates and theme words, those that did not change from the cache.

    Returns:
        The shared files, and the problems of what is in them.
    """
    problems: list[Problem] = []
    texts: dict[str, dict[str, str]] = {}
    for folder in FOLDERS:
        texts[folder], trouble = _decode(_below(workspace.templates, folder), f"templates/{folder}")
        problems += trouble
    own = {name: data for name, data in workspace.assets.items() if name.startswith(_DRAWINGS)}
    texts[_DRAWINGS], trouble = _decode(own, "assets")
    problems += trouble
    behind, _ = _decode(workspace.templates_behind, "templates")
    site = _template_folder("site", texts["site"], workspace)
    team = {name: text for name, text in texts["team"].items() if not name.startswith("locale/")}
    team_site = _template_folder("team", team, workspace)
    strange = {**_strange("site", site), **_strange("team", team_site)}
    seen = texts | {"": behind, "strange": strange}
    names = ("shared", code_digest("load", "catalog", "text"), _digest(seen))
    parsed, trouble = get_or_make(
        cache, names, ParsedTemplates, lambda: _parse(texts, behind, strange)
    )
    problems += trouble
    assert parsed is not None
    platforms, trouble = own_platforms(workspace.templates.get(OWN))
    problems += trouble
    drawings = parsed.drawings
    assets = {
        name: data for name, data in workspace.assets.items() if not name.startswith(_UNPUBLISHED)
    }
    problems += asset_problems(assets)
    built_in = {
        *(workspace.templates.keys() - workspace.own_templates),
        *workspace.templates_behind,
    }
    included = {
        name: _included_templates(strange, f"templates/{name}/") for name in ("site", "team")
    }
    problems += unread_templates(workspace.own_templates, built_in, platforms, included)
    problems += _merges(assets)
    shared = Shared(
        theme=msgspec.structs.replace(
            site, texts=site.texts | {f"art/{name}.svg": text for name, text in drawings.items()}
        ),
        drawings=drawings,
        assets=assets,
        words=parsed.words,
        designs=parsed.designs,
        papers=parsed.papers,
        post_templates=parsed.posts,
        platforms=platforms,
        team=team_site,
        team_words=parsed.team_words,
    )
    return shared, problems


TEAM_WORDS = "team/locale"
"""Folder of ``templates/`` with what the team's own pages say in each language."""

Content = TypeVar("Content", str, bytes)

FOLDERS = ("site", "cards", "paper", "posts", "locale", "team")
"""Folders of ``templates/`` that a build reads."""


def _merges(assets: dict[str, bytes]) -> list[Problem]:
    """Find assets of text in which a merge was not finished."""
    texts = {name: data for name, data in assets.items() if name.endswith(_TEXTS)}
    found = [
        files.merge_problem(data.decode("utf-8", "replace"), f"assets/{name}")
        for name, data in texts.items()
    ]
    return [problem for problem in found if problem]


_TEXTS = (".css", ".svg", ".txt", ".json", ".html", ".js")


def _digest(texts: dict[str, dict[str, str]]) -> str:
    return hashlib.sha256(msgspec.msgpack.encode(texts)).hexdigest()


def _parse(
    texts: dict[str, dict[str, str]], behind: dict[str, str], strange: dict[str, str]
) -> tuple[ParsedTemplates, list[Problem]]:
    """Parse texts by folder and name; ``behind`` are built-in ones that the workspace replaces."""
    words, problems = catalogues_of(texts["locale"], _below(behind, "locale"), "templates/locale")
    team = _below(texts["team"], "locale")
    team_words, trouble = catalogues_of(team, _below(behind, TEAM_WORDS), f"templates/{TEAM_WORDS}")
    problems += trouble
    problems += _strange_problems(strange)
    designs, trouble = read_layouts(texts["cards"])
    problems += trouble
    papers, trouble = read_papers(texts["paper"])
    problems += trouble
    posts, trouble = _post_templates(texts["posts"])
    problems += trouble
    drawings, trouble = _drawings(texts[_DRAWINGS])
    problems += trouble
    return ParsedTemplates(words, team_words, designs, papers, posts, drawings), problems


def _below(templates: dict[str, Content], folder: str) -> dict[str, Content]:
    """Give the templates in a folder by their paths inside of it."""
    start = len(folder) + 1
    return {path[start:]: data for path, data in templates.items() if path.startswith(f"{folder}/")}


def _template_folder(folder: str, texts: dict[str, str], workspace: Workspace) -> TemplateFolder:
    """Tell the templates of a folder that are built in from those that came with a workspace."""
    built_in = []
    for name in texts:
        path = f"{folder}/{name}"
        behind = workspace.templates_behind.get(path)
        if path not in workspace.own_templates or workspace.templates[path] == behind:
            built_in.append(name)
    return TemplateFolder(texts, tuple(built_in))


def _strange(folder: str, found: TemplateFolder) -> dict[str, str]:
    """Give the pages among the templates that came with a workspace, by their paths."""
    names = found.texts.keys() - set(found.built_in)
    pages = sorted(name for name in names if name.endswith((".html", ".xml")))
    return {f"templates/{folder}/{name}": found.texts[name] for name in pages}


def _included_templates(templates: dict[str, str], folder: str) -> set[str]:
    """Name what templates of a folder that came with a workspace bring together."""
    if not templates:
        return set()
    from jinja2 import TemplateSyntaxError

    from stopjihad.text.template import references

    found: set[str] = set()
    for path, text in templates.items():
        if path.startswith(folder):
            with suppress(TemplateSyntaxError):  # it has a problem of its own
                found |= references(text)
    return found


def _strange_problems(templates: dict[str, str]) -> list[Problem]:
    """Judge templates that came with a workspace, before anything is made with them."""
    if not templates:
        return []
    from stopjihad.text.template import LIMIT, SMALLER, TOGETHER, template_faults

    total = sum(map(len, templates.values()))
    if total > TOGETHER:
        message = f"the templates have {total} characters together, of {TOGETHER}"
        return [Problem(path="templates", code=LIMIT, message=message, hint=SMALLER)]
    return [
        Problem(path=path, line=line, column=column, code=code, message=message, hint=hint)
        for path, text in templates.items()
        for line, column, code, message, hint in template_faults(text)
    ]


_DRAWINGS = "drawings/"
_UNPUBLISHED = (_DRAWINGS, "fonts/", "studio/")
"""Folders of ``assets/`` that the site does not carry as files: drawings stand in its pages, fonts
are for cards, and the rest is for the studio."""


def _drawings(texts: dict[str, str]) -> tuple[dict[str, str], list[Problem]]:
    """Read the drawings of pages and cards by name."""
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for path, text in texts.items():
        try:
            read_drawing(text)
        except DrawingBroken as error:
            hint = "docs/cards.md says what a drawing may hold"
            problems.append(
                Problem(path=f"assets/{path}", code="drawing-shape", message=str(error), hint=hint)
            )
        else:
            found[path.removeprefix(_DRAWINGS).removesuffix(".svg")] = text.strip()
    return found, problems


def _post_templates(texts: dict[str, str]) -> tuple[dict[str, PostTemplate], list[Problem]]:
    """Read the template of each platform; the file's name is the platform's id."""
    from stopjihad.load import yaml
    from stopjihad.load.schema import Converter

    found: dict[str, PostTemplate] = {}
    problems: list[Problem] = []
    for name, text in texts.items():
        path = f"templates/posts/{name}"
        root, trouble = yaml.parse(text, path)
        problems += trouble
        if root is not None:
            converter = Converter(path)
            template = converter.record(root, PostTemplate)
            problems += converter.problems
            if template is not None:
                found[name.removesuffix(".yaml")] = template
    return found, problems


def _decode(found: dict[str, bytes], folder: str) -> tuple[dict[str, str], list[Problem]]:
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for name, data in found.items():
        text = files.decode(data, f"{folder}/{name}")
        if isinstance(text, Problem):
            problems.append(text)
        else:
            texts[name] = text
    return texts, problems
