"""Draw single cards and contact sheets outside a build, for people to look through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from stopjihad import disk
from stopjihad.build.check.survey import CheckedCampaign
from stopjihad.catalog.formats import FORMATS
from stopjihad.catalog.layout import file_ending, has_photo
from stopjihad.draw import CardJob, alt_text, make_card, render_debug
from stopjihad.draw.job import words_in
from stopjihad.model.options import words_for
from stopjihad.model.translation import Message
from stopjihad.plan.editions import Edition, make_editions
from stopjihad.plan.ready_points import in_order
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.render.card.contact_sheet import (
    LEAST,
    Tile,
    distance,
    neighbours,
    sheet_page,
    sheet_picture,
)
from stopjihad.view.designs import GRID, card_sets, helpline_of, helpline_sets, photo_of
from stopjihad.view.forms_of_address import words_beside
from stopjihad.view.line_facts import beside_line, without_others
from stopjihad.view.localization import make_frame, point_view
from stopjihad.view.notation import native
from stopjihad.view.records import Frame, HelplineView, PointView
from stopjihad.view.resolver import Resolver
from stopjihad.view.slides import FIRST, slides, told_in_slides

SHEET_FORMAT = "og"
"""Format of a contact sheet when none is asked for."""


class CardChoice(msgspec.Struct, frozen=True, kw_only=True):
    """Say which card is wanted: talking point or helpline by id, language, format, design."""

    subject: str
    language: str
    format: str = "og"
    design: str = "fact"
    debug: bool = False


class CardStudio:
    """Make card jobs from a surveyed campaign; frames are made once a language."""

    def __init__(self, found: CheckedCampaign, root: Path) -> None:
        """Start from a campaign without errors, in its workspace.

        Raises:
            ProblemsFound: the campaign has errors.
        """
        if found.errors or found.project is None:
            raise ProblemsFound(found.errors)
        self.project, self.shared = found.project, found.shared
        self.campaign = found.project.campaign.record
        self.root = root
        self.frames: dict[str, Frame] = {}
        self.problems: list[Problem] = []
        self.editions = {
            item.lang: item for item in make_editions(found.project, self.campaign.languages)
        }

    def job(self, choice: CardChoice) -> CardJob:
        """Make the job of one card.

        Raises:
            ProblemsFound: ``unknown-card``: subject, language, format or design do not exist, or
                the talking point is not whole in the language.
        """
        layout = self._require_known("design", choice.design, self.shared.designs)
        self._require_known("format", choice.format, FORMATS)
        edition = self._require_known("language", choice.language, self.editions)
        if layout.subject == "helpline":
            lines = {line.id: line for line in self._frame(edition).standing}
            subject = self._require_known("helpline", choice.subject, lines)
        else:
            subject = self._view(edition, choice.subject)
        photo = self.shared.pictures.get(self._photo(subject)) if has_photo(layout) else None
        return CardJob(
            layout=layout,
            format=choice.format,
            subject=subject,
            frame=self._frame(edition),
            words=words_in(self._words(subject, edition.lang)),
            fonts=self.shared.fonts,
            drawing=self._drawing_of(subject),
            theme=(subject.pull_factor or "") if isinstance(subject, PointView) else "",
            tone=subject.tone if isinstance(subject, PointView) else "calm",
            link=self._link(layout.subject, choice),
            photo=photo.data if photo else b"",
            focus=(photo.media.focus_x / 100, photo.media.focus_y / 100) if photo else (0.5, 0.5),
            logo=self.shared.logo,
        )

    def slides(self, choice: CardChoice) -> tuple[CardJob, ...]:
        """Make the jobs of a talking point's slides.

        Args:
            choice: talking point, language and format; its design does not count.

        Raises:
            ProblemsFound: as for ``job``.
        """
        whole = self.job(msgspec.structs.replace(choice, design=FIRST))
        assert isinstance(whole.subject, PointView)
        found = slides(whole.subject, self._words(whole.subject, choice.language))
        return tuple(
            msgspec.structs.replace(
                whole,
                layout=self._require_known("design", one.design, self.shared.designs),
                slide=one,
            )
            for one in found
        )

    def _words(self, subject: PointView | HelplineView, lang: str) -> Mapping[str, str]:
        """Give what the theme says on a card."""
        words = words_for(lang, self.shared.words)
        records = [one.record for one in self.project.points if one.record.id == subject.id]
        if not records or not isinstance(subject, PointView):
            return words
        return words_beside(records[0], self._frame(self.editions[lang]), words)

    def _drawing_of(self, subject: PointView | HelplineView) -> str:
        """Give the drawing of a talking point, or nothing."""
        name = subject.drawing if isinstance(subject, PointView) else ""
        return self.shared.drawings.get(name, "")

    def _photo(self, subject: PointView | HelplineView) -> str:
        """Name the photo of a talking point, or nothing."""
        points = (document.record for document in self.project.points)
        return next((photo_of(point) for point in points if point.id == subject.id), "")

    def _link(self, kind: str, choice: CardChoice) -> str:
        """Give the address that a QR code leads to: the talking point's page, or that of help."""
        page = "help" if kind == "helpline" else f"points/{choice.subject}"
        return f"{self.campaign.base_url.rstrip('/')}/{choice.language}/{page}/"

    def picture(self, choice: CardChoice) -> bytes:
        """Draw one card, with construction lines when asked.

        Raises:
            ProblemsFound: as for ``job``, or the card's own problems.
        """
        job = self.job(choice)
        made = make_card(job)
        if isinstance(made, tuple):
            raise ProblemsFound(made)
        return render_debug(job) if choice.debug else made

    def tiles(self, languages: tuple[str, ...], formats: tuple[str, ...]) -> Iterator[Tile]:
        """Draw every card of the campaign that its records allow, language by language.

        Cards that cannot be made are left out; ``problems`` holds why.

        Args:
            languages: tags; empty for all of the campaign.
            formats: names of formats; empty for the one of the contact sheet.
        """
        for lang in languages or self.campaign.languages:
            for choice in self.choices(lang, formats or (SHEET_FORMAT,)):
                tile = self._tile(choice)
                if tile is not None:
                    yield tile

    def _tile(self, choice: CardChoice) -> Tile | None:
        """Draw one card for a sheet; None when it cannot be made."""
        return self._draw_tile(choice, self.job(choice))

    def _cover(self, choice: CardChoice) -> Tile | None:
        """Draw the first slide of a talking point; None when it cannot be made."""
        job = self.slides(choice)[0]
        return self._draw_tile(msgspec.structs.replace(choice, design=job.layout.name), job)

    def _draw_tile(self, choice: CardChoice, job: CardJob) -> Tile | None:
        made = make_card(job)
        if isinstance(made, tuple):
            self.problems += made
            return None
        name = f"{choice.subject}-{choice.design}-{choice.format}"
        return Tile(
            label=f"{choice.subject} · {choice.design} · {choice.format}",
            lang=choice.language,
            direction=job.frame.direction,
            path=f"{choice.language}/{name}.{file_ending(job.layout)}",
            picture=made,
            alt=alt_text(job),
        )

    def grid(self, lang: str) -> list[Tile]:
        """Draw what the campaign's posts show on a profile, the latest first.

        Posts go out in the order in which readers meet talking points; of one that is told in
        slides a profile shows the first. Neighbours that look alike are added to ``problems``:
        ``card-alike``, a warning.
        """
        made = list(self.choices(lang, ("square",)))
        leading = {choice.subject: choice for choice in reversed(made)}
        points = in_order([one.record for one in self.project.points], self.campaign)
        carousels = self.campaign.carousels
        tiles = [
            self._cover(leading[point.id])
            if told_in_slides(point, carousels)
            else self._tile(leading[point.id])
            for point in reversed(points)
            if point.id in leading
        ]
        found = [tile for tile in tiles if tile is not None]
        for one, other in neighbours(len(found), GRID):
            far = distance(found[one].picture, found[other].picture)
            if far < LEAST:
                self.problems.append(
                    Problem(
                        code="card-alike",
                        severity="warning",
                        message=f"{found[one].label} and {found[other].label} stand side by side "
                        f"in {lang} and look alike: {far:.1f}, {LEAST:g} at least",
                        hint="give one of them another place ('order'), 'tone' or design ('cards')",
                    )
                )
        return found

    def choices(self, lang: str, formats: tuple[str, ...]) -> Iterator[CardChoice]:
        """Name the cards that a build makes in a language.

        Raises:
            ProblemsFound: the campaign does not have the language.
        """
        edition = self._require_known("language", lang, self.editions)
        for subject, design in self._wanted_cards(edition):
            for form in formats:
                yield CardChoice(subject=subject, language=edition.lang, format=form, design=design)

    def _wanted_cards(self, edition: Edition) -> Iterator[tuple[str, str]]:
        """Name what a build makes cards of in a language, and in which designs."""
        choice, designs = self.campaign.cards, self.shared.designs
        points = in_order([one.record for one in self.project.points], self.campaign)
        sets = card_sets(points, choice, designs)
        for point in points:
            for cards in sets[point.id] if edition.spreads(point) else ():
                yield point.id, cards.design
        for cards in helpline_sets(self._frame(edition), choice, designs):
            yield helpline_of(cards), cards.design

    def _view(self, edition: Edition, point_id: str) -> PointView:
        points = {document.record.id: document.record for document in self.project.points}
        point = self._require_known("talking point", point_id, points)
        if not edition.shows(point_id):
            raise _unknown(f"'{point_id}' is not whole in '{edition.lang}'", "translate it first")
        words = Resolver(edition.lang, self.campaign.source_language, self._messages(edition.lang))
        digits = self.campaign.digits.get(edition.lang, "")
        view = beside_line(point_view(point, words), point, self._frame(edition))
        return native(without_others(view), digits, edition.lang)

    def _messages(self, lang: str) -> Sequence[Message]:
        return next((t.messages for t in self.project.translations if t.language == lang), ())

    def _frame(self, edition: Edition) -> Frame:
        if edition.lang not in self.frames:
            self.frames[edition.lang] = make_frame(self.project, edition.resolver)
        return self.frames[edition.lang]

    def _require_known(self, kind: str, name: str, known: Mapping[str, Any]) -> Any:
        if name not in known:
            raise _unknown(f"there is no {kind} '{name}'", f"there are: {', '.join(known)}")
        return known[name]


def write_grid(folder: Path, lang: str, tiles: list[Tile]) -> Path:
    """Write the grid of ``lang`` (BCP 47) as a profile shows it; gives the picture's path."""
    disk.create_below(str(folder.resolve()), f"grid-{lang}.png", sheet_picture(tiles, GRID))
    return folder / f"grid-{lang}.png"


def write_sheet(folder: Path, title: str, tiles: list[Tile]) -> tuple[Path, Path]:
    """Write a contact sheet: the cards, a page that shows them, and one picture of all.

    Args:
        folder: new or empty folder.
    """
    root = str(folder.resolve())
    for tile in tiles:
        disk.create_below(root, tile.path, tile.picture)
    disk.create_below(root, "index.html", sheet_page(title, tiles).encode())
    disk.create_below(root, "sheet.png", sheet_picture(tiles))
    return folder / "index.html", folder / "sheet.png"


def write_slides(folder: Path, jobs: Sequence[CardJob]) -> list[Path]:
    """Write the slides of a talking point, numbered, and what they say.

    Args:
        folder: new or empty folder.

    Raises:
        ProblemsFound: those of a slide; nothing is written then.
    """
    made = [make_card(job) for job in jobs]
    wrong = [problem for one in made if isinstance(one, tuple) for problem in one]
    if wrong:
        raise ProblemsFound(tuple(wrong))
    files = {f"{number}.png": data for number, data in enumerate(made, 1)}
    files["alt.txt"] = ("\n\n".join(alt_text(job) for job in jobs) + "\n").encode()
    for name, data in files.items():
        assert isinstance(data, bytes)
        disk.create_below(str(folder.resolve()), name, data)
    return [folder / name for name in files]


def _unknown(message: str, hint: str) -> ProblemsFound:
    return ProblemsFound((Problem(code="unknown-card", message=message, hint=hint),))
