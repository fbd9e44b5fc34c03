"""Use campaigns from a program: the names of this module keep their meaning within a major version.

Everything else of the package may change with any release. Each call reads the campaign anew: what
it gives is what stands in the files at that moment.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Literal, NamedTuple

from stopjihad.build.report import BuildReport
from stopjihad.model.point import Point
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.text.count import Count

__all__ = [
    "BuildReport",
    "CampaignFolder",
    "Count",
    "PlannedStep",
    "Point",
    "Problem",
    "ProblemsFound",
    "TranslatableText",
    "count",
    "list_campaigns",
    "open_campaign",
]

TextState = Literal["untranslated", "stale", "unreviewed", "approved"]


class TranslatableText(NamedTuple):
    """A text of a campaign in one language.

    Attributes:
        place: what it is, such as ``letters-home/fact``.
        source: its words in the source language; Markdown in bodies.
        words: its words in the language asked for, empty where there are none.
        state: ``stale`` where the source has changed since it was translated.
        path: the file that holds it, relative to the workspace; empty in the source language.
        line: of the words in that file, from 1; 0 where there are none.
    """

    place: str
    source: str
    words: str
    state: TextState
    path: str
    line: int


class PlannedStep(NamedTuple):
    """Something that a build makes: its kind, its path below ``dist/<campaign>``, and why now."""

    kind: str
    output: str
    why: Literal["new", "changed", "unchanged"]


def list_campaigns(workspace: Path | str) -> list[str]:
    """Name the campaigns of a workspace, sorted.

    Raises:
        ProblemsFound: ``campaigns/`` is a link or cannot be read.
    """
    from stopjihad.load.workspace import campaign_slugs

    return campaign_slugs(Path(workspace).resolve())


def open_campaign(workspace: Path | str, name: str) -> CampaignFolder:
    """Open a campaign.

    Raises:
        FileNotFoundError: there is none.
    """
    root = Path(workspace).resolve()
    if name not in list_campaigns(root):
        raise FileNotFoundError(f"no campaign {name!r} in {root / 'campaigns'}")
    return CampaignFolder(root, name)


def count(platform: str, text: str, workspace: Path | str | None = None) -> Count:
    """Count a text as a platform does.

    Args:
        platform: its id: ``x``, ``bluesky``, ``sms``; ``stopjihad platforms`` lists them.
        workspace: whose own limits of platforms are used, if it has any.

    Returns:
        How long it is, in the platform's unit, and whether it fits.

    Raises:
        KeyError: there is no such platform.
        ProblemsFound: the workspace's own values are no values.
    """
    from stopjihad.catalog.platforms import measure, platforms
    from stopjihad.load.platforms import load_platforms

    if workspace is None:
        return measure(platforms()[platform], text)
    known, problems = load_platforms(Path(workspace).resolve())
    if problems:
        raise ProblemsFound(tuple(problems))
    return measure(known[platform], text)


class CampaignFolder:
    """A campaign in its workspace; made by `open_campaign`."""

    def __init__(self, root: Path, name: str) -> None:
        """Remember ``root``, the workspace as an absolute path, and the ``name`` of the folder."""
        self.root, self.name = root, name

    def points(self) -> tuple[Point, ...]:
        """Read the talking points, sorted by id; drafts and niche claims are among them.

        Raises:
            ProblemsFound: a file cannot be read.
        """
        from stopjihad.translate.po_files import read_project

        project = read_project(self.root, self.name)
        return tuple(document.record for document in project.points)

    def texts(self, language: str) -> tuple[TranslatableText, ...]:
        """Give all texts of the campaign in a language, and how far each is.

        Args:
            language: BCP 47 tag of a language of the campaign; its source language, too.

        Raises:
            ValueError: it has no such language.
            ProblemsFound: a file cannot be read.
        """
        from stopjihad.translate.po_files import read_project
        from stopjihad.translate.status import segment_states

        project = read_project(self.root, self.name)
        known = project.campaign.record.languages
        if language not in known:
            raise ValueError(f"the campaign has no language {language!r}, only {', '.join(known)}")
        return tuple(
            TranslatableText(
                place=one.segment.context,
                source=one.segment.source,
                words=one.translation,
                state=one.state,
                path=one.path,
                line=one.line,
            )
            for one in segment_states(project, language)
        )

    def untranslated(self, language: str) -> tuple[TranslatableText, ...]:
        """Give the texts that a language lacks, or that were made for other words."""
        return tuple(one for one in self.texts(language) if one.state in {"untranslated", "stale"})

    def check(self, today: dt.date | None = None) -> tuple[Problem, ...]:
        """Find every problem, as ``stopjihad check`` does; those with severity error stop a build.

        Args:
            today: the day on which helplines must be fresh; the clock's by default.
        """
        from stopjihad.build.check.survey import survey

        return survey(self.root, self.name, today or _now().date()).problems

    def plan(self, out: Path | str | None = None) -> tuple[PlannedStep, ...]:
        """Say what a build would make.

        Args:
            out: the folder that holds one folder a campaign; ``dist`` of the workspace by default.

        Raises:
            ProblemsFound: the campaign has errors.
        """
        from stopjihad.build.campaign import explain

        found = explain(self.root, self.name, self._out(out), _now().date())
        return tuple(PlannedStep(one.step.kind, one.step.output, one.why) for one in found.steps)

    def build(
        self,
        out: Path | str | None = None,
        *,
        only: tuple[str, ...] = (),
        languages: tuple[str, ...] = (),
        jobs: int = 0,
    ) -> BuildReport:
        """Build the campaign, as ``stopjihad build`` does: whole, or not at all.

        Args:
            only: parts to make: ``site``, ``cards``, ``posts``, ``report``, ``dossiers``,
                ``films``; all but films by default.
            languages: BCP 47 tags; all by default.
            jobs: processes; 0 for one on each processor.

        Returns:
            How much was made, reused and removed, and what was found that does not stop a build.

        Raises:
            ValueError: there is no such part.
            ProblemsFound: the campaign has errors, or nothing can be written.
        """
        from stopjihad.build.driver import build_campaign
        from stopjihad.build.request import Request
        from stopjihad.disk.program import code_digest
        from stopjihad.load.announced import announced_names
        from stopjihad.model.options import PARTS, Options
        from stopjihad.model.output import OUTPUTS

        known = (*PARTS, *announced_names(OUTPUTS))
        unknown = sorted(set(only) - set(known))
        if unknown:
            raise ValueError(f"a build has no part {unknown[0]!r}, only {', '.join(known)}")
        now = _now()
        request = Request(
            out=self._out(out),
            today=now.date(),
            now=now,
            code=code_digest(),
            options=Options(only=only, languages=languages),
            jobs=jobs,
        )
        return build_campaign(self.root, self.name, request)

    def draw_card(
        self,
        subject: str,
        language: str,
        *,
        format: str = "og",  # noqa: A002 (as the command line calls it)
        design: str = "fact",
    ) -> bytes:
        """Draw one card.

        Args:
            subject: id of a talking point, or of a helpline with ``design="help"``.

        Returns:
            The picture: PNG, or JPEG where there is a photo on it.

        Raises:
            ProblemsFound: the campaign has errors, or there is no such card (``unknown-card``).
        """
        from stopjihad.build.cards import CardChoice, CardStudio
        from stopjihad.build.check.survey import as_draft, survey, with_fonts
        from stopjihad.model.options import Options

        found = survey(self.root, self.name, _now().date())
        studio = CardStudio(with_fonts(as_draft(found), self.root, Options()), self.root)
        choice = CardChoice(subject=subject, language=language, format=format, design=design)
        return studio.picture(choice)

    def _out(self, out: Path | str | None) -> Path:
        return (self.root / "dist" if out is None else Path(out)).absolute()


def _now() -> dt.datetime:
    """Give the moment that counts: SOURCE_DATE_EPOCH when it is set, else the clock's."""
    from stopjihad.load.clock import read_clock

    return read_clock()
