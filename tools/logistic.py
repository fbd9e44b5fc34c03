"""Fit a logistic regression to rows of few values among many, always with the same result."""  # noqa: INP001 (a script, not a package)

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

STEPS = 150
"""Most steps of the fit; it ends after about 60."""

MEMORY = 8
"""Steps that the approximation of the curvature remembers (Nocedal 1980 uses 3 to 20)."""

ENOUGH = 1e-5
"""Share by which a step must still improve the loss."""


class Table(NamedTuple):
    """Hold rows of named values.

    Attributes:
        names: what the columns are called.
        rows: row of each value.
        columns: column of each value.
        values: the values.
        count: how many rows there are.
    """

    names: tuple[str, ...]
    rows: Places
    columns: Places
    values: Array
    count: int


def table(rows: Sequence[Mapping[str, float]], keep: Callable[[str, int], bool]) -> Table:
    """Make a table.

    Args:
        rows: name to value.
        keep: says of a name and the number of rows that have it whether it gets a column.

    Returns:
        The table, its columns sorted by name.
    """
    counts: dict[str, int] = {}
    for row in rows:
        for name in row:
            counts[name] = counts.get(name, 0) + 1
    names = tuple(sorted(name for name, count in counts.items() if keep(name, count)))
    place = {name: index for index, name in enumerate(names)}
    cells = [
        (number, place[name], value)
        for number, row in enumerate(rows)
        for name, value in row.items()
        if name in place
    ]
    numbers, columns, values = zip(*cells, strict=True)
    return Table(names, np.array(numbers), np.array(columns), np.array(values), len(rows))


def scores(data: Table, weights: Array) -> Array:
    """Give the score of each row; the last weight is added to all."""
    sums = np.bincount(data.rows, weights[data.columns] * data.values, data.count)
    return sums + weights[-1]


def fit(data: Table, wanted: Array, share: Array, strength: float) -> Array:
    """Find the weights that tell rows apart.

    Args:
        data: the rows.
        wanted: 1 or 0 for each row.
        share: how much each row counts; 0 leaves it out.
        strength: how far weights may go: the inverse of the ridge penalty.

    Returns:
        A weight for each column and one for all rows.
    """

    def loss(weights: Array) -> tuple[float, Array]:
        found = scores(data, weights)
        ridge = weights[:-1] / strength
        value = share @ (np.logaddexp(0, found) - wanted * found) + weights[:-1] @ ridge / 2
        slope = share * (1 / (1 + np.exp(-np.clip(found, -30, 30))) - wanted)
        by_column = np.bincount(data.columns, slope[data.rows] * data.values, len(data.names))
        return float(value), np.append(by_column + ridge, slope.sum())

    return _minimum(loss, np.zeros(len(data.names) + 1))


def _minimum(loss: Callable[[Array], tuple[float, Array]], weights: Array) -> Array:
    """Walk downhill by L-BFGS (Nocedal and Wright, Numerical Optimization, algorithm 7.5)."""
    value, slope = loss(weights)
    past: list[tuple[Array, Array]] = []
    for _ in range(STEPS):
        way = _way(slope, past)
        length = 1.0
        while True:
            following = weights - length * way
            new, new_slope = loss(following)
            if new <= value - 1e-4 * length * (slope @ way) or length < 1e-8:
                break
            length /= 2
        step, turn = following - weights, new_slope - slope
        past = [*past, (step, turn)][-MEMORY:] if step @ turn > 1e-12 else past
        better = value - new
        weights, value, slope = following, new, new_slope
        if better < ENOUGH * abs(value):
            break
    return weights


def _way(slope: Array, past: Sequence[tuple[Array, Array]]) -> Array:
    way = slope.copy()
    shares = []
    for step, turn in reversed(past):
        share = (step @ way) / (turn @ step)
        shares.append(share)
        way -= share * turn
    if past:
        step, turn = past[-1]
        way *= (step @ turn) / (turn @ turn)
    else:
        way /= np.linalg.norm(way)
    for (step, turn), share in zip(past, reversed(shares), strict=True):
        way += step * (share - (turn @ way) / (turn @ step))
    return way
