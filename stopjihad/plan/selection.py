"""Tell which parts and languages will be there: made now, or published before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from stopjihad.model.options import ON_DEMAND, Options, part_of
from stopjihad.model.output import OURS
from stopjihad.model.step import Step
from stopjihad.plan.editions import Edition

_HOME = "site/{}/index.html"

_SHOWN_BY = {kind: outputs for one in OURS for kind, outputs in one.shown_by.items()}
"""Kind of step to the parts whose pages show or link what it makes."""


class Selection(NamedTuple):
    """What is asked for and what is published.

    Attributes:
        options: parts and languages asked for.
        published: paths below ``dist/<campaign>/``; empty when everything is asked for.
    """

    options: Options
    published: frozenset[str]

    def has(self, part: str) -> bool:
        """Tell whether a part will be there: asked for now, or published before."""
        return self.options.wants(part) or any(part_of(path)[0] == part for path in self.published)

    @property
    def offers_more(self) -> bool:
        """Tell whether films or paper are asked for, and a published kit offers them then."""
        return self.has("site") and any(self.options.wants(part) for part in ON_DEMAND)

    def languages(self, known: tuple[str, ...]) -> tuple[str, ...]:
        """Name the languages that will be there, in the campaign's order."""
        if not self.options.languages:
            return known
        there = {*self.options.languages, *(part_of(path)[1] for path in self.published)}
        return tuple(tag for tag in known if tag in there)

    def readable(self, editions: tuple[Edition, ...]) -> tuple[Edition, ...]:
        """Leave out what the site will not have: pages link other languages only where they are.

        Args:
            editions: of all languages that will be there.

        Returns:
            Those that have pages; of a language that is not asked for, the published pages count.
        """
        asked = self.options.languages
        found = []
        for edition in editions:
            if not asked or edition.lang in asked:
                found.append(edition)
            elif _HOME.format(edition.lang) in self.published:
                whole = frozenset(key for key in edition.complete if self._page(edition.lang, key))
                found.append(msgspec.structs.replace(edition, complete=whole))
        return tuple(found)

    def pages(self, steps: Iterable[Step], readable: tuple[Edition, ...]) -> Iterator[Step]:
        """Mark pages that are not there in each language, so that none is offered in vain.

        Yields:
            The steps; ``absent`` among the params names languages, joined by commas.
        """
        asked = self.options.languages
        beside = [item.lang for item in readable if asked and item.lang not in asked]
        for step in steps:
            tag, _, rest = step.output.removeprefix("site/").partition("/")
            names = [lang for lang in beside if f"site/{lang}/{rest}" not in self.published]
            if names and tag in asked:
                params = tuple(sorted((*step.params, ("absent", ",".join(names)))))
                yield msgspec.structs.replace(step, params=params)
            else:
                yield step

    def _page(self, lang: str, key: str) -> bool:
        name = key.removeprefix("pages/")
        rests = (key, name) if name != key else (f"points/{key}",)
        return any(f"site/{lang}/{rest}/index.html" in self.published for rest in rests)

    def makes(self, output: str, kind: str) -> bool:
        """Tell whether a step is to be made: also kit pages, where they offer more.

        Returns:
            True for what is asked for, and for what pages asked for show and that is not there yet.
        """
        if self.options.makes(output):
            return True
        lang = part_of(output)[1]
        shown = any(self.options.wants(part) for part in _SHOWN_BY.get(kind, ()))
        mine = kind == "dossier" or not self.options.languages or lang in self.options.languages
        if self.offers_more and output.startswith(f"site/{lang}/kit/"):
            return mine and output in self.published
        return shown and mine and output not in self.published
