"""Read layouts of paper, or say what is wrong with them and where."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import msgspec

from stopjihad.catalog.paper import NAMELESS, WORDS, Pair, Panel, PaperItem, PaperLayout
from stopjihad.load import yaml
from stopjihad.load.schema import Converter, Places
from stopjihad.problem import Problem
from stopjihad.text.nearest import close_name

FOLDER = "templates/paper"


def read_papers(texts: dict[str, str]) -> tuple[dict[str, PaperLayout], list[Problem]]:
    """Read the layouts of paper of a workspace.

    Args:
        texts: file name in ``templates/paper/`` to its text.

    Returns:
        The layouts by name, each with its pages; and problems: those of YAML and of its fields, and
        ``paper-layout``: it shows what nobody knows, a box lies outside of its page, no sponsor is
        named, letters or a code are too small to be read.
    """
    read: dict[str, tuple[PaperLayout, Places]] = {}
    problems: list[Problem] = []
    for name, text in sorted(texts.items()):
        path = f"{FOLDER}/{name}"
        root, trouble = yaml.parse(text, path)
        problems += trouble
        if root is None:
            continue
        converter = Converter(path)
        layout = converter.record(root, PaperLayout)
        problems += converter.problems
        if layout is not None:
            read[name.removesuffix(".yaml")] = layout, converter.places
    found: dict[str, PaperLayout] = {}
    for stem, (layout, places) in read.items():
        like = read.get(layout.like, (layout, places))[0]
        whole = msgspec.structs.replace(
            layout, pages=like.pages, panels=like.panels, unnamed=like.unnamed
        )
        for where, message in (*_faults(layout, stem), *_sheet_faults(whole, read.keys())):
            line, column = places.get(where, (1, 1))
            problems.append(
                Problem(
                    path=f"{FOLDER}/{stem}.yaml",
                    line=line,
                    column=column,
                    code="paper-layout",
                    message=message,
                )
            )
        found[stem] = whole
    return ({} if problems else found), problems


LEAST_CODE = 20.0
"""Least side of a QR code, mm, at arm's length (a tenth of the distance, as printers advise)."""

LEAST_LETTERS, MOST_LETTERS = 6.0, 400.0
"""Least and largest letters, points: what is smaller cannot be printed."""

LEAST_SIDE, MOST_SIDE = 40.0, 2000.0
"""Least and largest side of a page or a sheet, mm."""

LEAST_WIDTH = 25.0
"""Least width of a panel inside of its edges, mm: a word of small letters."""

LEAST_SCALE = 0.1

MOST_ITEMS, MOST_PLACES, MOST_LENGTH = 200, 200, 500.0
"""Most items of a layout, most pages on all of its sheets, and the largest other length, mm: a
layout may come with a workspace."""


def _faults(layout: PaperLayout, stem: str) -> Iterator[tuple[str, str]]:
    """Find what the schema cannot see: place and message."""
    if layout.name != stem:
        yield "name", f"the layout is named {layout.name!r}, its file {stem!r}"
    if bool(layout.like) == bool(layout.panels):
        yield "like", "a layout has panels of its own, or is like another one"
    for at, panel in enumerate(layout.panels):
        if panel.page > len(layout.pages):
            yield f"panels.{at}.page", f"there is no page {panel.page}"
        else:
            yield from _box_faults(panel, layout.pages[panel.page - 1], f"panels.{at}.box")
        for place, item in _items(panel.items, f"panels.{at}.items"):
            yield from _item_faults(item, place)
    if layout.panels:
        yield from _company_faults(layout)
    items = sum(1 for panel in layout.panels for _ in _items(panel.items, ""))
    places = sum(one.columns * one.rows for sheet in layout.sheets for one in sheet.places)
    if items > MOST_ITEMS or places > MOST_PLACES:
        message = f"a layout has {MOST_ITEMS} items and shows {MOST_PLACES} pages at most"
        yield "panels", message


def _company_faults(layout: PaperLayout) -> Iterator[tuple[str, str]]:
    """Find words that stand without what belongs to them."""
    shown = {item.words for panel in layout.panels for _, item in _items(panel.items, "")}
    if layout.unnamed:
        for name in sorted(shown - NAMELESS):
            yield "panels", f"'{name}' may name somebody, and this paper is 'unnamed'"
        return
    if "sponsor" not in shown:
        yield "panels", "a sheet says who is behind it: add 'words: sponsor'"
    if "helpline.number" in shown and "helpline.who" not in shown:
        yield "panels", "a number stands with its country, name and who answers: 'helpline.who'"
    if "claim" in shown and not {"fact", "warning"} <= shown:
        yield "panels", "a claim stands with the fact and the warning"


def _box_faults(panel: Panel, page: Pair, where: str) -> Iterator[tuple[str, str]]:
    """Find a panel that is too small, or lies outside of its page."""
    width, height = page[:2]
    left, top, across, down = panel.box[:4]
    if not all(LEAST_SIDE <= side <= MOST_SIDE for side in (width, height)):
        yield "pages", f"a page has sides of {LEAST_SIDE:g} to {MOST_SIDE:g} mm"
    codes = max((item.code for item in panel.items), default=0.0)
    if (
        min(panel.pad) < 0
        or across - 2 * panel.pad[-1] < LEAST_WIDTH + codes
        or down <= 2 * panel.pad[0]
    ):
        yield where, f"words need {LEAST_WIDTH:g} mm, beside a code, too"
    if min(left, top) < 0 or left + across > width + 0.01 or top + down > height + 0.01:
        yield where, f"the panel lies outside of its page of {width:g} x {height:g} mm"


def _sheet_faults(layout: PaperLayout, known: Collection[str]) -> Iterator[tuple[str, str]]:
    """Find sheets that show pages that are not there."""
    if layout.like and layout.like not in known:
        yield "like", f"there is no layout {layout.like!r}"
    for at, sheet in enumerate(layout.sheets):
        sides = (*sheet.size[:2], LEAST_SIDE + sheet.bleed)
        if not all(LEAST_SIDE <= side <= MOST_SIDE for side in sides):
            yield f"sheets.{at}.size", f"a sheet has sides of {LEAST_SIDE:g} to {MOST_SIDE:g} mm"
        for number, place in enumerate(sheet.places):
            if place.page > len(layout.pages):
                yield f"sheets.{at}.places.{number}.page", f"there is no page {place.page}"
            if not LEAST_SCALE <= place.scale <= 1 / LEAST_SCALE:
                yield f"sheets.{at}.places.{number}.scale", "a page is shown at 0.1 to 10"


def _item_faults(item: PaperItem, place: str) -> Iterator[tuple[str, str]]:
    for field in ("gap", "code", "art", "rule"):
        if not 0 <= getattr(item, field) <= MOST_LENGTH:
            yield f"{place}.{field}", f"a length is 0 to {MOST_LENGTH:g} mm"
    for field in ("words", "needs", "unless"):
        named = getattr(item, field)
        if named and named not in WORDS:
            close = close_name(named, WORDS)
            hint = f"; did you mean {close!r}?" if close else ""
            yield f"{place}.{field}", f"no words are called {named!r}{hint}"
    if item.size[0] < LEAST_LETTERS or item.size[-1] > MOST_LETTERS:
        message = f"letters have {LEAST_LETTERS:g} to {MOST_LETTERS:g} points"
        yield f"{place}.size", message
    if item.code and item.code < LEAST_CODE:
        yield f"{place}.code", f"a code is at least {LEAST_CODE:g} mm wide: phones cannot read less"
    if item.code and not any(one.words == "address" for one in item.beside):
        yield f"{place}.code", "the address stands beside its code: not everybody has a phone"


def _items(items: tuple[PaperItem, ...], where: str) -> Iterator[tuple[str, PaperItem]]:
    for at, item in enumerate(items):
        yield f"{where}.{at}", item
        yield from _items(item.beside, f"{where}.{at}.beside")
