"""The geometry of charts: marks are as long as their numbers, mirrored where words run that way."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stopjihad.draw.chart import Chart, ChartRow, _each
from stopjihad.draw.chart_geometry import ChartPlan, ChartRoom, fit_chart, place_chart, wrap_words

NUMBERS = st.lists(st.floats(0, 1e7, allow_nan=False), min_size=1, max_size=8)


def room(width: float = 336) -> ChartRoom:
    return ChartRoom(width, 15, 1.3, lambda text, _: len(text) * 0.6)


def chart(kind: str, numbers: list[float], *, rtl: bool = False) -> Chart:
    rows = tuple(
        ChartRow(f"Row {at}", str(2000 + at), 2000 + at, (number,), (f"{number:.0f}",))
        for at, number in enumerate(numbers)
    )
    return Chart(kind, ("Number",), rows, rtl, each=_each(sum(numbers)), key="One dot.")


def long(plan: ChartPlan, kind: str) -> dict[int, float]:
    """How far a mark of each row reaches from the left."""
    return {one.row: one.spots[1][0] for one in plan.marks if one.kind == kind}


@given(NUMBERS)
def test_bars_are_as_long_as_their_numbers_from_zero(numbers: list[float]) -> None:
    plan = place_chart(chart("bar", numbers), room())
    bars = [one for one in plan.marks if one.kind == "bar"]
    assert all(one.spots[0][0] == 0 for one in bars)
    ends, most = long(plan, "bar"), max(numbers)
    for at, number in enumerate(numbers):
        assert ends.get(at, 0) == pytest.approx(
            ends.get(numbers.index(most), 0) * number / (most or 1)
        )


@given(NUMBERS)
def test_heights_of_a_line_are_its_numbers_above_zero(numbers: list[float]) -> None:
    plan = place_chart(chart("line", numbers), room())
    (zero,) = (one.spots[0][1] for one in plan.marks if one.kind == "rule")
    (line,) = (one.spots for one in plan.marks if one.kind == "line")
    tops = [zero - y for _, y in line]
    most = max(numbers)
    for top, number in zip(tops, numbers, strict=True):
        assert top == pytest.approx(max(tops) * number / (most or 1), abs=1e-6)


@pytest.mark.parametrize("kind", ["bar", "dot", "line"])
def test_a_quarter_fills_a_quarter_of_an_axis_of_shares(kind: str) -> None:
    """The largest of two shares, 25, filled the whole width."""

    def reach(share: float) -> float:
        made = place_chart(chart(kind, [share, 17])._replace(most=100), room())
        if kind == "line":
            (line,) = (one.spots for one in made.marks if one.kind == "line")
            (zero,) = (one.spots[0][1] for one in made.marks if one.kind == "rule")
            return zero - line[0][1]
        return long(made, "bar" if kind == "bar" else "rule")[0]

    assert reach(25) == pytest.approx(reach(75) / 3, rel=0.02)


@given(NUMBERS)
def test_a_pictogram_has_a_dot_for_every_unit(numbers: list[float]) -> None:
    made = chart("pictogram", numbers)
    plan = place_chart(made, room())
    assert len(plan.marks) <= 100 + len(numbers)
    for at, number in enumerate(numbers):
        dots = [one for one in plan.marks if one.row == at and one.tone == "strong"]
        assert len(dots) == round(number / made.each)


@pytest.mark.parametrize("kind", ["bar", "dot", "line", "pictogram", "timeline"])
def test_right_to_left_is_a_mirror(kind: str) -> None:
    numbers = [3.0, 60.0, 11.0]
    one = place_chart(chart(kind, numbers), room())
    other = place_chart(chart(kind, numbers, rtl=True), room())
    assert one.height == other.height
    for left, right in zip(one.labels, other.labels, strict=True):
        assert (left.x + right.x, left.top, left.text) == (336, right.top, right.text)
    for left, right in zip(one.marks, other.marks, strict=True):
        assert {round(x, 6) for x, _ in right.spots} == {round(336 - x, 6) for x, _ in left.spots}
        assert sorted(y for _, y in right.spots) == sorted(y for _, y in left.spots)


@pytest.mark.parametrize("kind", ["bar", "dot", "line", "pictogram", "timeline"])
def test_words_stay_inside_and_apart(kind: str) -> None:
    plan = place_chart(chart(kind, [3.0, 60.0, 11.0, 58.0]), room())
    boxes = []
    for one in plan.labels:
        left = one.x - one.width * {"start": 0, "middle": 0.5, "end": 1}[one.anchor]
        assert left >= -0.01, one
        assert left + one.width <= 336.01, one
        assert one.top + plan.line <= plan.height + 0.01, one
        boxes.append((left, one.top, left + one.width, one.top + plan.line, one.text))
    for at, a in enumerate(boxes):
        for b in boxes[at + 1 :]:
            apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] + 0.1 or b[3] <= a[1] + 0.1
            assert apart, (a, b)


def test_letters_shrink_until_a_chart_fits_and_it_says_when_they_cannot() -> None:
    made = chart("bar", [1.0] * 8)
    plan, fits = fit_chart(made, room(600), 400, (10, 40))
    assert fits
    assert plan.height <= 401
    assert 10 <= plan.size < 40
    assert not fit_chart(made, room(600), 60, (10, 40))[1]


@given(st.lists(st.integers(1, 14), min_size=1, max_size=12), st.integers(8, 40))
def test_lines_of_a_label_are_few_and_much_the_same(lengths: list[int], width: int) -> None:
    """As many lines as filling one after the other needs, the longest as short as can be."""
    room = ChartRoom(0, 1, 1, lambda text, _: float(len(text)))
    words = ["o" * length for length in lengths]
    lines = wrap_words(" ".join(words), width, room)
    assert " ".join(lines).split(" ") == words
    ways = [
        [" ".join(words[a:b]) for a, b in pairwise((0, *cuts, len(words)))]
        for cuts in combinations(range(1, len(words)), len(lines) - 1)
    ]
    widest = max(map(len, lines))
    assert widest <= max(width, *lengths)
    assert widest == min(max(map(len, way)) for way in ways)


def test_no_word_is_left_alone_below_a_full_line() -> None:
    """A label of a page's chart: "it" stood alone below the rest."""
    room = ChartRoom(0, 1, 1, lambda text, _: float(len(text)))
    lines = wrap_words("Free Syrian Army and groups close to it", 36, room)
    assert lines == ["Free Syrian Army and", "groups close to it"]


def test_a_number_in_a_valley_stands_below_it_where_there_is_room() -> None:
    """A steep line ran through the 161 of 224, 161, 313."""
    plan = place_chart(chart("line", [191, 224, 161, 313]), room())
    (line,) = (one.spots for one in plan.marks if one.kind == "line")
    tops = {one.row: one.top for one in plan.labels if one.role == "value"}
    assert [tops[at] > y for at, (_, y) in enumerate(line)] == [False, False, True, False]
    flat = place_chart(chart("line", [191, 224, 3, 313]), room())
    (line,) = (one.spots for one in flat.marks if one.kind == "line")
    tops = {one.row: one.top for one in flat.labels if one.role == "value"}
    assert tops[2] < line[2][1], "not on the axis"
