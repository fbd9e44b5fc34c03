"""Facts about one service, told where the number of another stands.

"Callers need not give a name" is true of one line and a trap above the number of another. A source
that speaks of one service says so (``about_line``); what cites it, or is drawn of it, stands beside
the number of that service or beside none.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from stopjihad.model.point import Point
from stopjihad.view.records import DataView, FigureView, Frame, PointView, Prose, Text

_BETWEEN = re.compile(r"\n[ \t]*\n")


def beside_line(view: PointView, point: Point, frame: Frame) -> PointView:
    """Say what of a talking point is about another service than the one beside it.

    Returns:
        The view; where no number stands, nothing is about another one.
    """
    lines = frame.lines(frame.need_met(point.action.need, point.action.kind))
    if not lines:
        return view
    about = {one.id: one.about_line for one in point.sources if one.about_line}
    return replace(
        view,
        elsewhere=frozenset(name for name, line in about.items() if line != lines[0].id),
        misplaced=point.about_line not in {None, lines[0].id},
        one_line=bool(about or point.about_line),
    )


def about_another(view: PointView, shown: FigureView | DataView) -> bool:
    """Tell whether numbers are those of another service than the one beside them."""
    sources = shown.sources if isinstance(shown, DataView) else (shown.source,)
    return not view.elsewhere.isdisjoint(sources)


def without_others(view: PointView) -> PointView:
    """Leave out the paragraphs that cite what is about another service.

    Returns:
        The view, for whatever is cut out of it and stands above a number.
    """
    if not view.elsewhere:
        return view
    cites = re.compile(rf"\[\^(?:{'|'.join(map(re.escape, sorted(view.elsewhere)))})\]")
    kept = tuple(
        Text("\n\n".join(one for one in parts if not cites.search(one)), passage.lang)
        for passage in view.body.passages
        for parts in [_BETWEEN.split(passage.value)]
    )
    return replace(view, body=Prose(kept))
