"""Write a review sheet: one HTML file for a reviewer without account or program, and read it back.

The file loads nothing and sends nothing. What the reviewer decides is saved as a JSON file, which
``stopjihad translate import`` takes.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from html import escape
from importlib.resources import files
from itertools import groupby

import msgspec

from stopjihad.catalog.languages import autonym
from stopjihad.text.unicode.script import direction
from stopjihad.translate.exchange import Bundle, RefusedFile, ReturnedRow
from stopjihad.translate.status import key_of

MAX_BYTES = 4 * 1024 * 1024
"""Largest review that is read, in bytes."""

_WORDS = re.compile(r"\s+|[^\s]+")
_STATES = {
    "untranslated": "not translated",
    "stale": "source has changed",
    "unreviewed": "not reviewed",
    "approved": "approved",
}
_VERDICTS = (("approve", "Approve"), ("change", "Change"), ("question", "Question"))


class SheetPreview(msgspec.Struct, frozen=True, kw_only=True):
    """Show what readers will see: a page as HTML that we wrote, and a card as PNG or JPEG."""

    page: str = ""
    card: bytes = b""


def write(bundle: Bundle, previews: Mapping[str, SheetPreview]) -> bytes:
    """Write a bundle as a review sheet.

    Args:
        previews: id of a talking point or key of another whole to what it looks like.

    Returns:
        UTF-8.
    """
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    def language(tag: str) -> Markup:
        return Markup('lang="{}" dir="{}"').format(tag, direction(tag))

    environment = Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    groups = [(key, list(rows)) for key, rows in groupby(bundle.rows, lambda r: key_of(r.context))]
    page = environment.from_string(_data("review.html")).render(
        bundle=bundle,
        name=autonym(bundle.language),
        css=Markup(_data("review.css")),  # noqa: S704  our own file
        script=Markup(_data("review.js")),  # noqa: S704  our own file
        states=_STATES,
        verdicts=_VERDICTS,
        groups=groups,
        previews={key: previews.get(key) for key, _ in groups},
        cards={key: _card(previews.get(key)) for key, _ in groups},
        source_language=language(bundle.source_language),
        words_language=language(bundle.language),
        diff=lambda old, new: Markup(diff_html(old, new)),  # noqa: S704  escaped word by word
    )
    return page.encode("utf-8", "replace")


def _data(name: str) -> str:
    return files("stopjihad.translate").joinpath("data", name).read_text(encoding="utf-8")


def _card(preview: SheetPreview | None) -> str:
    if preview is None or not preview.card:
        return ""
    kind = "png" if preview.card.startswith(b"\x89PNG") else "jpeg"
    return f"data:image/{kind};base64,{base64.b64encode(preview.card).decode()}"


def diff_html(old: str, new: str) -> str:
    """Show what changed between two texts, word by word.

    Returns:
        HTML with ``<del>`` and ``<ins>``.
    """
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    parts: list[str] = []
    gone = come = ""
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        same = "".join(after[c:d]) if kind == "equal" else ""
        if same and (same.strip() or not (gone or come)):
            parts += [_mark_change(gone, come), escape(same)]
            gone = come = ""
        else:
            # A space between two changed words belongs to the change.
            gone, come = gone + "".join(before[a:b]), come + "".join(after[c:d])
    return "".join([*parts, _mark_change(gone, come)])


def _mark_change(gone: str, come: str) -> str:
    """Mark a change; a space that both sides end with stands behind it."""
    tail = " " if gone.endswith(" ") and come.endswith(" ") else ""
    gone, come = gone.removesuffix(tail), come.removesuffix(tail)
    old = f"<del>{escape(gone)}</del>" if gone else ""
    between = " " if gone and come else ""
    return f"{old}{between}<ins>{escape(come)}</ins>{tail}" if come else f"{old}{tail}"


class _SavedRow(msgspec.Struct, frozen=True):
    key: str
    context: str = ""
    translation: str = ""
    approved: str = ""
    question: str = ""
    back: str = ""


class SavedReview(msgspec.Struct, frozen=True, kw_only=True):
    """A review as the sheet saved it.

    Attributes:
        format: always ``stopjihad-review``.
        version: always 1.
        campaign: id of the campaign.
        language: BCP 47 tag.
        by: name or alias of the reviewer.
        role: what makes them fit to judge.
        rows: what they decided.
    """

    format: str
    version: int
    campaign: str
    language: str
    by: str
    role: str = ""
    rows: tuple[_SavedRow, ...]


def read(data: bytes) -> tuple[SavedReview, tuple[ReturnedRow, ...]]:
    """Read what a review sheet saved.

    Raises:
        Refused: it is no review of ours.
    """
    if len(data) > MAX_BYTES:
        raise RefusedFile(f"the file has {len(data)} bytes of {MAX_BYTES}")
    try:
        saved = msgspec.json.decode(data, type=SavedReview)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RefusedFile(f"this is not a saved review: {error}") from error
    if saved.format != "stopjihad-review" or saved.version != 1:
        raise RefusedFile("this is not a saved review of this version")
    rows = tuple(
        ReturnedRow(
            key=row.key,
            context=row.context,
            translation=row.translation,
            approved=row.approved,
            question=row.question,
            back=row.back,
            place=f"row {number}",
        )
        for number, row in enumerate(saved.rows, 1)
    )
    return saved, rows
