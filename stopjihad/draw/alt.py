"""Write the text that stands for a card where it cannot be seen."""

from __future__ import annotations

from functools import lru_cache

from stopjihad.catalog.layout import texts_of
from stopjihad.draw.chart import counted_note, say_chart
from stopjihad.draw.content import chart_on, contents, helpline_of, ready
from stopjihad.draw.job import CardJob, says
from stopjihad.text.language.sentences import end_sentence
from stopjihad.text.language.typography import WORD_JOINER, typeset
from stopjihad.text.unicode.bidi_controls import strip_controls
from stopjihad.view.claim import flag_claim
from stopjihad.view.records import Described, PointView
from stopjihad.view.records import Text as Words

ORDER = (
    "slide.kicker",
    "slide.title",
    "slide.text",
    "question",
    "figure.value",
    "figure.beside",
    "chart.title",
    "chart.rows",
    "chart.note",
    "line",
    "fact",
    "claim",
    "warning",
    "quote",
    "source",
    "figure.source",
    "chart.source",
    "step.1",
    "step.2",
    "step.3",
    "step.4",
    "word.help",
    "action",
    "sources",
    "contact",
    "link",
    "sponsor",
)
HELP_ORDER = (
    "word.help",
    "contact",
    "helpline.hours",
    "helpline.languages",
    "helpline.anonymous",
    "sponsor",
)
LEFT_TO_RIGHT = "\u200e"
"""Keeps the groups of a number in their order in text that runs from right to left (UAX #9, W7)."""

_ISOLATED = "\u2066"
"""Opens a number or an address in the words of a card (LRI of UAX #9)."""


def alt_text(job: CardJob) -> str:
    """Say in words what a card says, from the same words.

    The claim is said to be false, as its strike and flag do for the eye; the helpline follows, then
    who publishes the card: of a carousel, on its last slide alone.

    Returns:
        One paragraph in the language of the card, without directional controls but for the mark
        that keeps a phone number in its order.
    """
    return as_text(alt_parts(job))


def as_text(parts: Described) -> str:
    """Join ``parts`` to one paragraph; what must not break on a card may break elsewhere."""
    return " ".join(text for _, text in parts).replace("\u00a0", " ")


def alt_parts(job: CardJob) -> Described:
    """Say in words what a card says, part by part.

    Returns:
        Names of contents and sentences, in the order in which they are read; spaces that do not
        break hold numbers together. None opens with a mark: it would turn the whole text around
        where the first letter decides on its direction.
    """
    mark = LEFT_TO_RIGHT if job.frame.direction == "rtl" else ""
    words = {name: _plain(value.text, mark) for name, value in contents(job).items()}
    texts = texts_of(job.layout, job.format)
    drawn: set[str] = {item.content for item in texts if item.stands_among(words)}
    if drawn & {"helpline.number", "help.address"}:
        drawn.add("contact")
    of_point = job.layout.subject in {"point", "slide"}
    if of_point and "word.help" in drawn:
        drawn.discard("contact")  # it is said where that word stands
    if job.slide is not None and job.slide.role != "help":
        drawn.discard("sponsor")  # who listens to eight slides need not hear it eight times
    chart = chart_on(job) if "chart.title" in drawn else None
    if chart is not None:
        words["chart.rows"] = say_chart(chart)
        drawn.add("chart.rows")
        said = _counted_words(job, mark)
        if said and words["chart.note"].startswith(said):
            # Read out, what is counted goes before the numbers, not after them.
            words["chart.rows"] = f"{said} {words['chart.rows']}"
            words["chart.note"] = words["chart.note"].removeprefix(said).strip()
    parts: list[tuple[str, str]] = []
    for name in ORDER if of_point else HELP_ORDER:
        if not words.get(name) or name not in drawn:
            continue
        contact = of_point and name in {"word.help", "contact"}
        text = _contact(job, words) if contact else _say_content(name, job, words)
        parts.append((name, text))
    return tuple(
        (name, _end_sentence(text.removeprefix(mark), job.frame.lang)) for name, text in parts
    )


def _counted_words(job: CardJob, mark: str) -> str:
    """Say what a chart counts, as its note on the card begins; empty where the title says it."""
    assert isinstance(job.subject, PointView)
    found = counted_note(job.subject.data[0])
    return (
        _plain(ready(Words(end_sentence(found.value, found.lang), found.lang)).text, mark)
        if found
        else ""
    )


def _say_content(name: str, job: CardJob, words: dict[str, str]) -> str:
    """Say one content with what belongs to it: who claims or said it, what a number counts."""
    text = words[name]
    if name == "claim":
        return flag_claim(text, says(job, "alt-claim"), job.frame.lang)
    if name == "quote":
        said = job.words["alt-quote"].replace("{speaker}", words["quote.speaker"])
        return said.replace("{quote}", text)
    if name == "figure.value":
        told = (words.get(f"figure.{part}", "") for part in ("qualifier", "unit", "label"))
        exact, *rest = told
        return " ".join(one for one in (exact[:1].upper() + exact[1:], text, *rest) if one)
    if name == "sponsor":
        return job.words["sponsor"].replace("%(sponsor)s", text)
    if name == "step.1":
        return typeset(f"{words['word.todo']}: {text}", job.frame.lang)
    return text


def _end_sentence(text: str, lang: str) -> str:
    """End a sentence as its language does; an address takes no mark that would be read as its own.

    Programs leave a full stop out of a link, and take a danda into it.
    """
    return f"{text}." if text[-1:].isascii() and text[-1:].isalpha() else end_sentence(text, lang)


def _contact(job: CardJob, words: dict[str, str]) -> str:
    """Say where to turn to: the helpline, or the help page where none stands for the language."""
    if "helpline.number" in words:
        return job.words["alt-helpline"].replace("{helpline}", words["contact"])
    return typeset(f"{words['word.talk']}: {words['contact']}", job.frame.lang)


def contact_aloud(job: CardJob) -> str:
    """Say where to turn to as a voice does: without the number or the address, which is read."""
    line = helpline_of(job)
    text = contents(job)["word.talk"].text
    if line:
        text = job.words["alt-helpline"].replace("{helpline}", line.who)
    mark = LEFT_TO_RIGHT if job.frame.direction == "rtl" else ""
    return end_sentence(_plain(ready(Words(text, job.frame.lang)).text, mark), job.frame.lang)


@lru_cache(maxsize=4096)
def _plain(text: str, mark: str) -> str:
    """Take directional controls away, but mark where a number was isolated."""
    parts = text.replace(WORD_JOINER, "").split(_ISOLATED)
    return mark.join(strip_controls(part) for part in parts)
