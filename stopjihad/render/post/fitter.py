"""Fit a text into a limit: the fullest version of it, what matters least cut first."""

from __future__ import annotations

from stopjihad.catalog.post_template import PartName, PostTemplate, Shrink, TemplatePart
from stopjihad.render.post.parts import DraftChoice, Material
from stopjihad.render.post.words import ACTION_LEAD, CHAPTER_ACTION, LINK_IN_PROFILE, say
from stopjihad.text.count import CountRule, count
from stopjihad.text.count.sms import plain_marks
from stopjihad.text.language.sentences import ended
from stopjihad.text.unicode.graphemes import clusters

_GLUE = {"paragraph": "\n\n", "line": "\n", "space": " "}


class Fitter:
    """Search the fullest text within a limit; holds the level of each part while it does."""

    def __init__(
        self,
        found: dict[PartName, DraftChoice],
        template: PostTemplate,
        rule: CountRule,
        material: Material,
    ) -> None:
        """Begin with the fullest text.

        Args:
            found: ways to say each part.
            template: which parts, in which order, and what gives way first.
            rule: how the platform counts, and its limit.
            material: what the text is made from.
        """
        self.found, self.template, self.rule = found, template, rule
        self.lang, self.words = material.view.lang, material.words
        self.merged = material.view.action.kind == "helpline"
        in_profile = material.style == "profile"
        place = say(material.words, self.lang, LINK_IN_PROFILE) if in_profile else ""
        self.placed = bool(place) and place in found["action"].texts[-1]
        self.levels: dict[PartName, int] = {
            part.part: found[part.part].level(max(part.most, part.least)) for part in template.parts
        }

    def said(self) -> dict[PartName, int]:
        """Tell how much of each part the text holds, in the unit of the part."""
        return {part: self.found[part].amounts[level] for part, level in self.levels.items()}

    def best(self) -> str:
        """Give the fullest text, or the shortest one when even that is over the limit."""
        if self.fits():
            return self.text()
        full = dict(self.levels)
        done: list[Shrink] = []
        for move in self.template.shrink:
            if move.part not in self.levels:
                continue
            low = min(self.found[move.part].level(move.to), self.levels[move.part])
            done.append(move)
            if self._highest(move.part, low, self.levels[move.part] - 1):
                break
        else:
            return self.text()
        for move in reversed(done[:-1]):
            self._highest(move.part, self.levels[move.part] + 1, full[move.part])
        return self.text()

    def _highest(self, part: PartName, low: int, high: int) -> bool:
        """Set a part to the fullest fitting level from low to high; else to low when shrinking."""
        before = self.levels[part]
        best = None
        bottom = low
        while low <= high:
            middle = (low + high + 1) // 2
            self.levels[part] = middle
            if self.fits():
                best, low = middle, middle + 1
            else:
                high = middle - 1
        self.levels[part] = best if best is not None else min(before, bottom)
        return best is not None

    def fits(self) -> bool:
        """Tell whether the text keeps the limit, and the aim of its template."""
        measured = count(self.rule, self.text())
        aim = self.template.aim
        return measured.fits and (aim is None or measured.count <= aim)

    def text(self) -> str:
        """Write the text with each part at its level."""
        text = ""
        for part in self.template.parts:
            piece = self.piece(part)
            if not piece:
                continue
            if text and part.glue == "space":
                text = _closed(text, self.lang)
            if not text and self.template.bold:
                piece = _bold(piece, self.template.bold)
            text += (_GLUE[part.glue] if text else "") + piece
        return plain_marks(text) if self.rule.unit == "sms" else text

    def piece(self, part: TemplatePart) -> str:
        """Give one part at its level, or nothing where another part says it already."""
        level = self.levels[part.part]
        if part.part == "action" and self.merged and self.levels.get("helpline"):
            return ""  # it stands above the helplines
        if part.part == "more" and self.placed and self.levels.get("action") and not self.merged:
            return ""  # the call to action says already where the link is
        text = self.found[part.part].texts[level]
        if part.headed and text:
            head = say(self.words, self.lang, CHAPTER_ACTION)
            lead = say(self.words, self.lang, ACTION_LEAD, action=head) if head else ""
            return "\n".join(filter(None, (lead, text)))
        return text


def _bold(line: str, mark: str) -> str:
    """Set a line bold, unless its first letter is one that joins the letter before it."""
    return line if clusters(mark[-1] + line[:1])[0] != mark[-1] else f"{mark}{line}{mark}"


def _closed(text: str, lang: str) -> str:
    """End a text before another follows in the same line; an address and a tag stay as they are."""
    last = text.rsplit(None, 1)[-1]
    return text if "://" in last or last.startswith("#") else ended(text, lang)
