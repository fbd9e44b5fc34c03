"""Read a campaign and everything wrong with it: the files once, each language in a process."""

from __future__ import annotations

import datetime as dt
import importlib.util
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import NamedTuple

import msgspec

from stopjihad.build.check.kept_findings import findings_in, translation_findings
from stopjihad.check.campaign import check_languages, check_project
from stopjihad.check.reading_list import UNREAD
from stopjihad.check.theme_words import check_theme_words
from stopjihad.check.translation.campaign import check_translations
from stopjihad.disk.cache import Cache
from stopjihad.disk.pack import pack_of_parsed
from stopjihad.load.announced import found_outputs
from stopjihad.load.media import Pictures, Voices, read_pictures, read_voices
from stopjihad.load.project import load_project
from stopjihad.load.templates import load_shared
from stopjihad.load.theme_words import own_words
from stopjihad.load.workspace import Workspace, read_workspace
from stopjihad.model.options import Options, Shared
from stopjihad.model.project import Project
from stopjihad.model.translation import OwnWords
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.render.alert.check import check_alerts
from stopjihad.render.card.check import check_cards

LEFT_OUT = frozenset({"review-ahead", "alert-undecided"})
"""Codes of lines of the ledger that count for nothing. ``check`` refuses them; a build goes on
without them: what ends an alert may stand beside them."""


class CheckedCampaign(msgspec.Struct, frozen=True, kw_only=True):
    """A campaign as found: what could be read, and everything wrong with it."""

    project: Project | None
    shared: Shared
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop a build."""
        every = (item for item in self.problems if item.severity == "error")
        return tuple(item for item in every if item.code not in LEFT_OUT)


class ParsedCampaign(NamedTuple):
    """What could be read of a campaign.

    Attributes:
        project: the campaign; None when it could not be read at all.
        shared: what its workspace shares.
        pictures: photos and logo that cards show.
        trouble: problems of the campaign's files.
        problems: problems of its folder and of what is shared.
        words: what the workspace says in words of its own.
    """

    project: Project | None
    shared: Shared
    pictures: Pictures
    trouble: tuple[Problem, ...]
    problems: tuple[Problem, ...]
    words: OwnWords = OwnWords()


Beside = Callable[[Project], AbstractContextManager[None]]
"""What other processes do with a campaign while its workspace is read."""


def _nothing_beside(_: Project) -> AbstractContextManager[None]:
    return nullcontext()


def read_campaign(
    workspace: Workspace,
    cache: Cache,
    beside: Beside = _nothing_beside,
) -> ParsedCampaign:
    """Parse a campaign, and what its workspace shares."""
    project, trouble = load_project(workspace.campaign, cache)
    with beside(project) if project is not None else nullcontext():
        shared, problems = load_shared(workspace, cache)
    pictures, voices = Pictures(), Voices()
    if project is not None:
        pictures = read_pictures(workspace.campaign, project, cache)
        voices = read_voices(workspace.campaign, project)
    outputs, broken = found_outputs()
    shared = msgspec.structs.replace(
        pictures.add_to(shared),
        voices=voices.found,
        outputs=outputs,
        office=all(map(importlib.util.find_spec, ("pptx", "docx"))),
    )
    every = (*workspace.problems, *problems, *voices.problems, *broken)
    words = own_words(workspace)
    return ParsedCampaign(project, shared, pictures, tuple(trouble), every, words)


def survey(
    root: Path,
    slug: str,
    today: dt.date,
    cache: Cache | None = None,
    *,
    thorough: bool = True,
    judged: bool = True,
) -> CheckedCampaign:
    """Read and check a campaign without writing anything but the store.

    Args:
        today: day on which helplines must be fresh.
        cache: where parsed files are kept; a pack in the workspace when not given.
        thorough: whether the style of translations is judged, too; it never stops a build.
    """
    if cache is None:
        with pack_of_parsed(root, slug) as pack:
            return survey(root, slug, today, pack, thorough=thorough, judged=judged)
    authored = read_campaign(read_workspace(root, slug), cache)
    return check_authored(authored, today, cache, thorough=thorough, judged=judged)


def check_authored(
    authored: ParsedCampaign,
    today: dt.date,
    cache: Cache,
    *,
    thorough: bool = True,
    judged: bool = True,
) -> CheckedCampaign:
    """Check a campaign that was read."""
    findings = findings_in(cache)
    project, shared, trouble = authored.project, authored.shared, authored.trouble
    problems = [*authored.problems, *trouble, *authored.pictures.problems]
    problems += check_theme_words(authored.words)
    if project is not None:
        problems += check_project(
            project,
            today,
            shared.platforms.keys(),
            thorough=thorough,
            cache=findings,
            judged=judged,
        )
        problems += check_alerts(project, today)
        problems += check_languages(project, shared.words, authored.words)
        problems += check_cards(project, shared.designs, shared.drawings)
        translated = translation_findings(project, findings, thorough=thorough)
        unread = any(
            problem.severity == "error" and not problem.path.endswith(".po") for problem in trouble
        )
        problems += check_translations(project, translated, whole=not unread, cache=findings)
    return CheckedCampaign(project=project, shared=shared, problems=tuple(sorted(set(problems))))


def as_draft(found: CheckedCampaign) -> CheckedCampaign:
    """Let a campaign with an open reading list pass: what is made says that it is a draft."""
    return _as_warnings(found, frozenset({UNREAD}))


def without_left_out(found: CheckedCampaign) -> CheckedCampaign:
    """Let a campaign pass with lines of the ledger that count for nothing: builds warn of them."""
    return _as_warnings(found, LEFT_OUT)


def _as_warnings(found: CheckedCampaign, codes: frozenset[str]) -> CheckedCampaign:
    problems = tuple(
        msgspec.structs.replace(problem, severity="warning")
        if problem.code in codes and problem.severity == "error"
        else problem
        for problem in found.problems
    )
    return msgspec.structs.replace(found, problems=problems)


def draws(options: Options) -> bool:
    """Tell whether anything is to be made that words are drawn on."""
    return any(options.wants(part) for part in ("cards", "films", "paper"))


def with_fonts(found: CheckedCampaign, root: Path, options: Options) -> CheckedCampaign:
    """Add the fonts that cards are drawn with, when cards are wanted, or an alert has pictures.

    Returns:
        The campaign with a font book, and with the problems of fonts.
    """
    from stopjihad.load.fonts import load_fonts

    alerts = options.alerts or any(one.told for one in options.past)
    if found.project is None or not (draws(options) or alerts):
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


def with_encoder(found: CheckedCampaign, *, needed: bool) -> CheckedCampaign:
    """Add the versions of the libraries that make films.

    Args:
        needed: whether films are to be made, and not only compared with those that are there.

    Raises:
        ProblemsFound: ``film-extra``: one is needed.
    """
    if importlib.util.find_spec("av") is None:
        if needed:
            raise ProblemsFound((_absent(),))
        return found
    import av

    versions = {
        name: ".".join(map(str, parts)) for name, parts in sorted(av.library_versions.items())
    }
    shared = msgspec.structs.replace(found.shared, encoder={"av": av.__version__, **versions})
    return msgspec.structs.replace(found, shared=shared)


def _absent() -> Problem:
    return Problem(
        code="film-extra",
        message="films need the package 'av', which is not installed",
        hint="pip install 'stopjihad[film]'",
    )
