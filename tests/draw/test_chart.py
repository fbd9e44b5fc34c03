"""What a chart says: what its numbers count, and numbers in one piece."""

from __future__ import annotations

from stopjihad.draw.chart import WORDS, Speech, chart_of, counted_note
from stopjihad.draw.chart_geometry import ChartRoom, place_chart
from stopjihad.view.records import ColumnView, DataView, RowView, Text


def table(*rows: tuple[str, float], lang: str = "en", **changes: object) -> DataView:
    values: dict[str, object] = {
        "id": "asked",
        "kind": "bar",
        "title": Text("Why they joined", lang),
        "head": Text("Group", lang),
        "columns": (ColumnView(label=Text("People of 100", lang)),),
        "rows": tuple(
            RowView(
                label=Text(label, lang), at="", cells=(Text(f"{number:g}", lang),),
                numbers=(number,), qualifier=None,
            )
            for label, number in rows
        ),
        "note": None,
        "beside": None,
        "percent": False,
        "sources": ("one",),
    }  # fmt: skip
    return DataView(**(values | changes))


def speech(lang: str = "en") -> Speech:
    return Speech(WORDS, lang, rtl=False)


def test_a_number_in_a_label_never_breaks_over_two_lines() -> None:
    """ "41 / 490 personnes" was read as 490."""
    label = "Premier décompte : 41 490 personnes de 80 pays"
    made = chart_of(table((label, 3), lang="fr"), speech("fr"))
    assert made is not None
    for width in range(60, 400, 5):
        room = ChartRoom(width, 10, 1.3, lambda text, _: len(text) * 0.6)
        lines = [one.text for one in place_chart(made, room).labels if one.role == "row"]
        assert any("41\u202f490" in line for line in lines), lines


def test_a_picture_says_what_its_numbers_count_unless_its_title_does() -> None:
    """A card showed "Women: 13", which were 13 of 100."""
    assert counted_note(table(("Women", 13))) == Text("People of 100", "en")
    assert counted_note(table(("Women", 13), title=Text("Women: people of 100", "en"))) is None
    unit = (ColumnView(label=Text("Wages", "en"), unit=Text("dollars a month", "en")),)
    assert counted_note(table(("Women", 13), columns=unit)) == Text("Wages (dollars a month)", "en")


def test_a_dot_that_stands_for_one_needs_no_key() -> None:
    few = chart_of(table(("Women", 13), ("Minors", 12), kind="pictogram"), speech())
    many = chart_of(table(("Women", 1300), kind="pictogram"), speech())
    assert few is not None
    assert not few.key
    assert many is not None
    assert many.key == "One dot stands for 20."
