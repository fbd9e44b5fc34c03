"""A workspace's templates run nothing, read nothing, and end: they are a stranger's."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import msgspec
import pytest
from jinja2 import TemplateError
from stopjihad.render.steps import _template_problem
from stopjihad.theme import PageJob, Theme
from stopjihad.theme.site import Site, site_of

from support import sample_site
from support.build import CAMPAIGN, stopjihad
from support.studio import PAGE, copy_workspace, running
from support.template_payloads import (
    BY_FILTERS,
    BY_FORMAT,
    BY_GLOBALS,
    BY_ITEMS,
    BY_LOADING,
    ENDLESS,
    PAYLOADS,
)

BASE = Path(__file__).parents[1] / "invalid" / "_base"

SECRET = "BEGIN PRIVATE KEY"
MOST = 2.0
"""Seconds of a processor for what would never end."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("outside")
    (folder / "secret").write_text(SECRET, "utf-8")
    return folder


def aimed(payload: str, place: Path) -> str:
    return payload.replace("RUN", f"touch {place}/ran").replace("FILE", f"{place}/secret")


def filled(source: str, job: PageJob, name: str = "own.html") -> tuple[str, str]:
    """Fill in a stranger's template; give what it says, and the problem that it is."""
    theme = sample_site.load_theme()
    texts = {**dict(theme.templates), name: source}
    site: Site = site_of(Theme(tuple(texts.items()), theme.built_in - {name}), job)
    try:
        return site.fill(name, {**site.values, "points": job.points, "root": ""}), ""
    except TemplateError as error:
        return "", str(_template_problem(error, "templates/site"))


@pytest.fixture(scope="module")
def job() -> PageJob:
    assets = {name: path for name, (path, _) in sample_site.make_assets().items()}
    return sample_site.make_jobs("en", {}, assets)["home"]


def test_there_are_sixty_and_more() -> None:
    assert len(set(PAYLOADS)) >= 100


def test_no_payload_runs_or_reads(job: PageJob, place: Path) -> None:
    before = sorted(place.iterdir())
    for payload in PAYLOADS:
        said, problem = filled(aimed(payload, place), job)
        assert SECRET not in said + problem, payload
        assert "\n" not in problem
        assert not said or "object at 0x" not in said, payload
        assert problem, (payload, said)
        assert problem.startswith("templates/site/"), (payload, problem)
        assert ": error[template-" in problem, (payload, problem)
    assert sorted(place.iterdir()) == before


_POLICY = '<meta http-equiv="Content-Security-Policy" content="{{ csp }}">'
_LOADS = r"<style>p{background:u\72l(//evil.test/p)}</style>"


@pytest.mark.parametrize(
    "source",
    [
        f'<!doctype html><html><head><meta name="x" content="{{{{ csp }}}}">{_LOADS}</head></html>',
        f"<!doctype html><html><head><!-- {_POLICY} -->{_LOADS}</head></html>",
        f"<!doctype html><html><head>{_LOADS}{_POLICY}</head></html>",
        f'<!doctype html><html><head><meta name="x>{_POLICY}{_LOADS}</head></html>',
        f"<!doctype html><title>x</title>{_LOADS}",
        f'<!doctype html><p title="{{{{ csp }}}}" content="{{{{ csp }}}}">{_LOADS}',
    ],
)
def test_a_page_whose_policy_does_not_hold_for_all_of_it_is_refused(
    source: str, job: PageJob
) -> None:
    assert "error[template-active]" in filled(source, job, "page.html")[1]


def test_a_page_that_begins_with_its_policy_is_a_page(job: PageJob) -> None:
    head = '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    said, problem = filled(f"{head}{_POLICY}</head><p>{{{{ lang }}}}</p></html>", job, "page.html")
    assert "<p>en</p>" in said, problem


_FEED = (
    '<?xml version="1.0" encoding="utf-8"?>\n{}<feed xmlns="http://www.w3.org/2005/Atom">{}</feed>'
)
_HTML = 'xmlns:x="http://www.w3.org/1999/xhtml"'


@pytest.mark.parametrize(
    ("before", "inside"),
    [
        ("", f"<x:scr{{% if 1 %}}ipt{{% endif %}} {_HTML}>x()</x:scr{{% if 1 %}}ipt{{% endif %}}>"),
        ("<?xml-style{% if 1 %}sheet{% endif %} href='x.xsl'?>", ""),
        (f"<!DOCTYPE a [<!ENTITY b '&#60;x:script {_HTML}>x()&#60;/x:script>'>]>", "&b;"),
        ("", f"<x:link {_HTML}/><svg xmlns='http://www.w3.org/2000/svg'/>"),
    ],
    ids=["script", "instruction", "entity", "picture"],
)
def test_a_feed_of_a_strangers_template_runs_nothing_in_a_browser(
    before: str, inside: str, job: PageJob
) -> None:
    assert "error[template-active]" in filled(_FEED.format(before, inside), job, "feed.xml")[1]


def test_a_feed_of_ones_own_is_a_feed(job: PageJob) -> None:
    said, problem = filled(
        _FEED.format("<!-- own -->", "<title>{{ lang }}</title>"), job, "feed.xml"
    )
    assert "<title>en</title>" in said, problem


@pytest.mark.parametrize("speaker", ["_", "__"])
def test_a_translation_brings_no_wide_places(speaker: str, job: PageJob) -> None:
    words = {"Home": "%(day)99999999s"}
    own = msgspec.structs.replace(job, words=words)
    assert "error[template-reach]" in filled(f"{{{{ {speaker}('Home', day=1) }}}}", own)[1]


def hostile(folder: Path, payload: str) -> Path:
    """Give a workspace whose templates of one folder each begin with a payload."""
    shutil.copytree(BASE, folder)
    return put(folder, payload)


def put(root: Path, payload: str) -> Path:
    for name in ("site/footer.html", "team/frame.html"):
        path = root / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = (sample_site.ROOT / "templates" / name).read_text("utf-8")
        path.write_text(f"{payload}\n{text}", "utf-8")
    return root


SHOWN = (BY_GLOBALS[0], BY_FILTERS[16], BY_ITEMS[7], BY_FORMAT[0], BY_LOADING[2], ENDLESS[1])
"""One of each kind: what is written, what is put together, and what does not end."""


@pytest.mark.parametrize(
    "payload", [*SHOWN[:3], *(pytest.param(one, marks=pytest.mark.long) for one in PAYLOADS)]
)
def test_01_commands_say_it_in_one_line(payload: str, place: Path, tmp_path: Path) -> None:
    root = hostile(tmp_path / "w", aimed(payload, place))
    before = sorted(place.iterdir())
    for command in (["build", "--only", "site"], ["build", "--only", "report"]):
        done = stopjihad("-C", str(root), *command)
        said = done.stdout + done.stderr
        assert done.returncode == 1, said
        assert "error[template-" in said
        assert "Traceback" not in said
        assert SECRET not in said
    assert sorted(place.iterdir()) == before
    assert not list((root / "dist").rglob("*.html"))


def test_01_the_preview_says_it_too(place: Path, tmp_path: Path) -> None:
    """`preview --read-only` filled in a template by the time the first page was asked for."""
    root = copy_workspace(tmp_path)
    put(root, aimed(SHOWN[1], place))
    before = sorted(place.iterdir())
    with running(root) as studio:
        assert studio.ask(PAGE).status == 404
        told = studio.ask(f"/c/{CAMPAIGN}/problems").body
        assert b"template-reach" in told
        assert b"Traceback" not in told
    assert sorted(place.iterdir()) == before


DATA = {
    "posts/x.yaml": ("parts:\n", "parts: # {}\n  - part: '{}'\n"),
    "cards/fact.yaml": ("palette:", "'{}': 1\npalette:"),
    "locale/fr.po": ("Porteur et financement", "{}"),
    "team/locale/fr.po": ('msgstr "', 'msgstr "{}'),
    "studio/base.html": ("<body", "{}<body"),
    "new/page.md": ("---", "---\n# {}"),
    "platforms.yaml": ("", "x:\n  name: '{}'\n"),
    "site/art/globe.svg": ("<svg", "<!-- {} --><svg"),
}
"""A file of each other folder of templates, and where a payload is put into it."""


@pytest.mark.parametrize("name", DATA)
def test_01_in_no_other_folder_of_templates_it_is_more_than_text(
    name: str, place: Path, tmp_path: Path
) -> None:
    root = tmp_path / "w"
    shutil.copytree(BASE, root)
    built_in = sample_site.ROOT / "templates" / name
    text = built_in.read_text("utf-8") if built_in.exists() else ""
    old, new = DATA[name]
    before = sorted(place.iterdir())
    path = root / "templates" / name
    path.parent.mkdir(parents=True)
    for payload in (SHOWN[1], "{{ 7 * 191 }}{0.__class__}%(x)999999999s"):
        put_in = new.replace("{}", aimed(payload, place).replace("'", "''").replace('"', "”"))
        path.write_text(text.replace(old, put_in, 1) if old else put_in, "utf-8")
        done = stopjihad("-C", str(root), "build")
        said = done.stdout + done.stderr
        assert done.returncode in (0, 1), said
        assert "Traceback" not in said
        assert SECRET not in said
        pages = (root / "dist").rglob("*.html")
        assert not any("1337" in page.read_text("utf-8") for page in pages)
    assert sorted(place.iterdir()) == before


@pytest.mark.parametrize("step", [2, pytest.param(1, marks=pytest.mark.long)])
def test_what_has_no_end_ends(step: int, job: PageJob) -> None:
    slowest = (0.0, "")
    for payload in ENDLESS[::step]:
        began = time.process_time()
        said, problem = filled(payload, job)
        slowest = max(slowest, (time.process_time() - began, payload))
        assert problem, (payload, said[:200])
        assert "Error" not in problem.partition("]")[0]
    print(slowest)  # noqa: T201  docs quote it
    assert slowest[0] < MOST, slowest


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "{% set x = '<scr' %}{{ points[0].id }}<scr" + "ipt src={{ root }}x.js></scr" + "ipt>",
        "<img src=https://evil.test/pixel.png>",
        "<html><head><meta charset=utf-8></head><body>No policy</body></html>",
    ],
)
def test_01_what_it_writes_runs_nothing_and_loads_nothing(source: str, job: PageJob) -> None:
    text, problem = filled(source, job)
    assert text == ""
    assert "error[template-active]" in problem


def test_01_a_copy_of_a_built_in_template_is_calm(job: PageJob) -> None:
    for name, source in sample_site.load_theme().templates:
        if name in {"footer.html", "page.html", "home.html"}:
            assert "template-active" not in filled(source, job, name)[1], name


def test_01_all_templates_together_have_a_bound(tmp_path: Path) -> None:
    root = tmp_path / "w"
    shutil.copytree(BASE, root)
    folder = root / "templates" / "site"
    folder.mkdir(parents=True)
    for number in range(9):
        (folder / f"own-{number}.html").write_text("<p>word</p>\n" * 5_400, "utf-8")
    began = time.process_time()
    done = stopjihad("-C", str(root), "check")
    assert "error[template-limit] the templates have" in done.stdout + done.stderr
    assert time.process_time() - began < MOST
