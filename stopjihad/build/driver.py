"""Build a campaign: load, check, plan, execute, publish."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import NamedTuple

import msgspec

from stopjihad.build.check_memory import keeper, recall, remember, translation_findings
from stopjihad.build.execute import Rendering
from stopjihad.build.keys import versions
from stopjihad.build.parts import complete_plan, published_beside
from stopjihad.build.pictures import read_pictures
from stopjihad.build.place import Target
from stopjihad.build.report import BuildReport
from stopjihad.build.tree import build_tree, is_current
from stopjihad.check.cards import check_cards
from stopjihad.check.finding import nearest
from stopjihad.check.languages import check_languages
from stopjihad.check.project import check_project
from stopjihad.check.reading import UNREAD, open_sentences
from stopjihad.check.translations import check_translations
from stopjihad.disk import PRIVATE
from stopjihad.disk.cache import Cache
from stopjihad.disk.pack import pack_of_parsed
from stopjihad.load.project import load_project
from stopjihad.load.shared import load_shared
from stopjihad.load.sources import read_sources
from stopjihad.load.workspace import shared_files
from stopjihad.model.loaded import Project
from stopjihad.model.request import Options, Shared
from stopjihad.model.step import Plan
from stopjihad.problem import Problem, ProblemsFound

RENDER = "stopjihad.render.table:render_batch"

COSTLY = frozenset({"card", "drafts"})
"""Kinds of steps whose outputs are kept in the store: they cost more than reading them back."""

Progress = Callable[[int, int], None]
"""Called with outputs done and outputs to make."""


def _quiet(done: int, total: int) -> None:
    """Report to nobody."""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """Say what to make, where and how.

    Attributes:
        out: folder that holds one folder a campaign, absolute.
        today: day on which helplines must be fresh.
        code: digest of the program, from ``disk.code.code_digest``.
        options: parts, languages and formats.
        jobs: processes; 0 for one on each processor.
        executor: runs the work instead of processes of our own.
        progress: called with outputs done and outputs to make.
    """

    out: Path
    today: dt.date
    code: str
    options: Options = Options()
    jobs: int = 0
    executor: Executor | None = None
    progress: Progress = _quiet


class Surveyed(msgspec.Struct, frozen=True, kw_only=True):
    """Hold a campaign as found: what could be read, and everything wrong with it."""

    project: Project | None
    shared: Shared
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop a build."""
        return tuple(item for item in self.problems if item.severity == "error")


class UnknownLanguage(LookupError):
    """Say in one line that a campaign has not the language that was asked for."""


class Authored(NamedTuple):
    """Hold what could be read of a campaign.

    Attributes:
        root: the workspace.
        project: the campaign; None when it could not be read at all.
        shared: what its workspace shares.
        trouble: problems of its files.
        problems: problems of its folder and of what is shared.
    """

    root: Path
    project: Project | None
    shared: Shared
    trouble: Sequence[Problem]
    problems: Sequence[Problem]


def _alone(_: Project) -> AbstractContextManager[None]:
    return nullcontext()


def read_campaign(
    root: Path,
    slug: str,
    cache: Cache,
    beside: Callable[[Project], AbstractContextManager[None]] = _alone,
) -> Authored:
    """Read a campaign.

    Args:
        root: the workspace.
        slug: the campaign.
        cache: where parsed files are kept.
        beside: what other processes do with the campaign while its workspace is read.

    Returns:
        What could be read, and what could not.
    """
    sources, problems = read_sources(root, slug)
    project, trouble = load_project(sources, cache)
    with beside(project) if project is not None else nullcontext():
        shared, more = load_shared(root)
    return Authored(root, project, shared, trouble, (*problems, *more))


def survey(
    root: Path,
    slug: str,
    today: dt.date,
    cache: Cache | None = None,
    *,
    thorough: bool = True,
    judged: bool = True,
) -> Surveyed:
    """Read and check a campaign without writing anything but the store.

    Args:
        root: the workspace.
        slug: the campaign.
        today: day on which helplines must be fresh.
        cache: where parsed files are kept; a pack in the workspace when not given.
        thorough: whether the style of translations is judged, too; it never stops a build.
        judged: whether message rules are applied.

    Returns:
        The campaign and all its problems, sorted by place.
    """
    if cache is None:
        with pack_of_parsed(root, slug) as pack:
            return survey(root, slug, today, pack, thorough=thorough, judged=judged)
    authored = read_campaign(root, slug, cache)
    return check_authored(authored, today, cache, thorough=thorough, judged=judged)


def check_authored(
    authored: Authored,
    today: dt.date,
    cache: Cache,
    *,
    thorough: bool = True,
    judged: bool = True,
) -> Surveyed:
    """Check a campaign that was read.

    Args:
        authored: the campaign.
        today: as in ``survey``.
        cache: as in ``survey``.
        thorough: as in ``survey``.
        judged: as in ``survey``.

    Returns:
        As ``survey``.
    """
    project, shared, trouble = authored.project, authored.shared, authored.trouble
    problems = [*authored.problems, *trouble]
    if project is not None:
        problems += check_project(
            project,
            today,
            shared.platforms.keys(),
            thorough=thorough,
            keep=keeper(cache),
            judged=judged,
        )
        problems += check_languages(project, shared.words)
        problems += check_cards(project, shared.designs)
        pictures = read_pictures(authored.root, project, cache)
        shared, problems = pictures.within(shared), [*problems, *pictures.problems]
        findings = translation_findings(project, cache, thorough=thorough)
        unread = any(
            problem.severity == "error" and not problem.path.endswith(".po") for problem in trouble
        )
        problems += check_translations(project, findings, whole=not unread)
    return Surveyed(project=project, shared=shared, problems=tuple(sorted(set(problems))))


def build_campaign(root: Path, slug: str, request: Request) -> BuildReport:
    """Build one campaign: load, check, plan, execute, publish.

    Args:
        root: the workspace, absolute.
        slug: the campaign.
        request: what to make, where and how.

    Returns:
        What was done.

    Raises:
        ProblemsFound: the campaign has errors, or something cannot be made or written. What is
            published stays as it was.
        Busy: another build is writing the same output.
        UnknownLanguage: as in ``make_campaign_plan``.
    """
    target = target_of(root, slug, request)
    if is_current(target):
        return BuildReport(warnings=recall(target))
    # The report tells of warnings, too.
    thorough = request.options.wants("report")
    found = survey(root, slug, request.today, thorough=thorough)
    if request.options.draft:
        found = as_draft(found)
    beside = published_beside(target, request.options)
    found = with_fonts(found, root, Options() if beside.has("cards") else request.options)
    how = Rendering(
        render=RENDER,
        versions=versions(request.code),
        costly=COSTLY,
        jobs=request.jobs,
        executor=request.executor,
        progress=request.progress,
    )
    plan = make_campaign_plan(found, request.options, beside.published)
    plan = complete_plan(plan, target, how, beside)
    report = build_tree(plan, target, how, request.options)
    return msgspec.structs.replace(
        report, warnings=(*report.warnings, *remember(target, found.problems))
    )


def as_draft(found: Surveyed) -> Surveyed:
    """Let a campaign with an open reading list pass: what is made says that it is a draft."""
    problems = tuple(
        msgspec.structs.replace(problem, severity="warning")
        if problem.code == UNREAD and problem.severity == "error"
        else problem
        for problem in found.problems
    )
    return msgspec.structs.replace(found, problems=problems)


def target_of(root: Path, slug: str, request: Request) -> Target:
    """Say where a campaign is published, with the digest of everything it is made from.

    Args:
        root: the workspace, absolute.
        slug: the campaign.
        request: what to make, where and how.

    Returns:
        The target.

    The day counts: a helpline that is due for review today was not yesterday.
    """
    sources, _ = read_sources(root, slug)
    digest = hashlib.sha256(request.code.encode())
    for folder in ("templates", "assets"):
        for path, data in shared_files(root, folder)[0].items():
            digest.update(f"{path}\0".encode() + hashlib.sha256(data).digest())
    digest.update(sources.digest.encode() + msgspec.json.encode(request.options))
    digest.update(request.today.isoformat().encode())
    return Target(
        out=request.out / slug,
        state=root / PRIVATE,
        sources=(root / "campaigns", root / "templates", root / "assets"),
        fingerprint=digest.hexdigest(),
    )


def with_fonts(found: Surveyed, root: Path, options: Options) -> Surveyed:
    """Add the fonts that cards are drawn with, when cards are wanted.

    Args:
        found: from ``survey``.
        root: the workspace; its ``assets/fonts/`` counts.
        options: parts to make.

    Returns:
        The campaign with a font book, and with the problems of fonts.
    """
    from stopjihad.load.fonts import load_fonts

    if found.project is None or not options.wants("cards"):
        return found
    letters = {
        letter
        for item in found.project.translations
        for m in item.messages
        for letter in m.translation
    }
    book, problems = load_fonts(root, found.project.campaign.record.brand.fonts, letters)
    shared = msgspec.structs.replace(found.shared, fonts=book)
    problems = tuple(sorted({*found.problems, *problems}))
    return msgspec.structs.replace(found, shared=shared, problems=problems)


def make_campaign_plan(
    found: Surveyed, options: Options, published: frozenset[str] = frozenset()
) -> Plan:
    """Plan a surveyed campaign.

    Args:
        found: from ``survey``.
        options: parts and languages.
        published: outputs that stand beside what is asked for.

    Returns:
        The plan.

    Raises:
        ProblemsFound: the campaign has errors.
        UnknownLanguage: a language is asked for that the campaign has not.
    """
    from stopjihad.plan.make import make_plan

    if found.errors or found.project is None:
        raise ProblemsFound(found.errors)
    campaign = found.project.campaign.record
    for tag in options.languages:
        if tag not in campaign.languages:
            hint = nearest(tag, campaign.languages)
            raise UnknownLanguage(f"'{tag}' is not a language of {campaign.id}; {hint}")
    if options.draft:
        languages = found.project.campaign.record.languages
        unread = tuple(tag for tag in languages if open_sentences(found.project, tag))
        options = msgspec.structs.replace(options, unread=unread)
    shared, platforms = branded(found), found.shared.platforms
    return make_plan(found.project, shared, platforms, options, found.problems, published)


def branded(found: Surveyed) -> Shared:
    """Put the campaign's colours into the style sheet and the drawings."""
    from stopjihad.render.page import brand_drawing, brand_stylesheet, make_palette

    assert found.project is not None
    brand = found.project.campaign.record.brand
    palette = make_palette(brand.accent, brand.ink, brand.paper)
    assets: dict[str, bytes] = {}
    for name, data in found.shared.assets.items():
        if name.endswith(".css"):
            css = brand_stylesheet(
                data.decode(), accent=brand.accent, ink=brand.ink, paper=brand.paper
            )
            assets[name] = css.encode()
        elif name.endswith(".svg"):
            assets[name] = brand_drawing(data.decode(), palette).encode()
        else:
            assets[name] = data
    return msgspec.structs.replace(found.shared, assets=assets)
