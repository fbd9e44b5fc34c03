"""Write the text that stands for a card where it cannot be seen."""

from __future__ import annotations

from stopjihad.catalog.layout import Stack, Text
from stopjihad.render.card.content import contents
from stopjihad.render.card.job import CardJob
from stopjihad.render.claim import flagged
from stopjihad.text.bidi import strip_controls

ORDER = ("fact", "claim", "warning", "quote")
HELP_ORDER = (
    "word.help",
    "helpline.name",
    "helpline.number",
    "helpline.hours",
    "helpline.languages",
    "helpline.anonymous",
)
LEFT_TO_RIGHT = "\u200e"
"""Keeps the groups of a number in their order in text that runs from right to left (UAX #9, W7)."""

ENDS = '.!?…؟۔।。！？:»”"'


def alt_text(job: CardJob) -> str:
    """Say in words what a card says, from the same words.

    The claim is said to be false, as its strike and flag do for the eye; the helpline follows.

    Args:
        job: the card.

    Returns:
        One paragraph in the language of the card, without directional controls but for the mark
        that keeps a phone number in its order.
    """
    words = {name: strip_controls(value.text) for name, value in contents(job).items()}
    if job.frame.direction == "rtl" and "helpline.number" in words:
        words["helpline.number"] = LEFT_TO_RIGHT + words["helpline.number"]
    drawn = {
        item.content
        for layer in job.layout.layers
        if isinstance(layer, Stack)
        for item in layer.items
        if isinstance(item, Text)
    }
    order = ORDER if job.layout.subject == "point" else HELP_ORDER
    parts = []
    for name in order:
        if name not in words or name not in drawn:
            continue
        text = words[name]
        if name == "claim":
            text = flagged(text, job.words["alt-claim"], job.frame.lang)
        elif name == "quote":
            said = job.words["alt-quote"].replace("{speaker}", words["quote.speaker"])
            text = said.replace("{quote}", text)
        parts.append(text)
    if job.layout.subject == "point" and drawn & {"contact", "helpline.number"}:
        parts += _contact(job, words)
    sentences = [part if part.endswith(tuple(ENDS)) else f"{part}." for part in parts]
    return " ".join(sentences).replace("\u00a0", " ")


def _contact(job: CardJob, words: dict[str, str]) -> list[str]:
    """Say where to turn to: the helpline, or the site where no helpline speaks the language."""
    if "helpline.number" in words:
        return [job.words["alt-helpline"].replace("{helpline}", words["helpline.number"])]
    return [f"{words['word.talk']}: {words['contact']}"] if "contact" in words else []
