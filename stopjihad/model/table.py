"""A small table of a talking point, with its source: what its charts are drawn from."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from stopjihad.model.record import Record

ChartKind = Literal["bar", "dot", "line", "pictogram", "timeline"]
Qualifier = Literal["at-least", "about", "up-to"]


class DataColumn(Record, frozen=True, kw_only=True):
    """Name what the numbers of a column are; ``unit`` is ``%`` or what is counted."""

    label: Annotated[str, Meta(max_length=80)]
    unit: Annotated[str, Meta(max_length=40)] = ""


class DataRow(Record, frozen=True, kw_only=True):
    """Hold one row: a number for each column; ``at`` is a year, a month or a day.

    ``label`` says whose numbers they are, or what happened; ``qualifier`` how exact they are.
    ``source`` is that of the row, where it is not that of the table.
    """

    label: Annotated[str, Meta(max_length=100)] = ""
    at: Annotated[str, Meta(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$")] | None = None
    values: tuple[float, ...] = ()
    qualifier: Qualifier | None = None
    source: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=40)] | None = None


class DataTable(Record, frozen=True, kw_only=True):
    """Hold a table and the kind of chart that shows it.

    ``head`` names what its rows are; ``source`` is the id of the talking point's source that holds
    the numbers; ``note`` is what must stand with them. ``start`` is there to be refused: axes start
    at zero.
    """

    id: Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
    kind: ChartKind
    title: Annotated[str, Meta(max_length=120)]
    head: Annotated[str, Meta(max_length=40)]
    columns: tuple[DataColumn, ...] = ()
    rows: Annotated[tuple[DataRow, ...], Meta(min_length=1)]
    note: Annotated[str, Meta(max_length=200)] = ""
    source: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=40)]
    start: float = 0

    @property
    def sources(self) -> tuple[str, ...]:
        """Give the ids of all its sources, each once."""
        found = (self.source, *(row.source for row in self.rows))
        return tuple(dict.fromkeys(one for one in found if one))
