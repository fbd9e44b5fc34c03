"""Whoever reads "call 17 or 112" on a phone touches it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from markupsafe import Markup
from stopjihad.theme.dialling import dial_lines

LINES = [
    SimpleNamespace(
        name=SimpleNamespace(value=name),
        printed=printed,
        e164=e164,
        emergency=SimpleNamespace(value="17 or 112"),
    )
    for name, printed, e164 in (
        ("Prevention", "3114", "3114"),
        ("Numéro vert", "0 800 005 696", "+33800005696"),
        ("L'enfance & co", "119", "119"),
    )
]


def link(number: str, shown: str = "") -> str:
    return f'<a href="tel:{number}"><bdi dir="ltr">{shown or number}</bdi></a>'


FREE = link("+33800005696", "0\u00a0800\u00a0005\u00a0696")


@pytest.mark.parametrize(
    ("prose", "linked"),
    [
        ("Call 17 or 112 now.", f"Call {link('17')} or {link('112')} now."),
        ("17 (the police) or 112", f"{link('17')} (the police) or {link('112')}"),
        ("le 17 ou le 112 (France)", f"le {link('17')} ou le {link('112')} (France)"),
        ("suicide, 3114, day and night", f"suicide, {link('3114')}, day and night"),
        ("tel 0\u00a0800\u00a0005\u00a0696", f"tel {FREE}"),
        ("۱۷ یا ۱۱۲", f"{link('17', '۱۷')} یا {link('112', '۱۱۲')}"),
        ("৩১১৪, দিনরাত", f"{link('3114', '৩১১৪')}, দিনরাত"),
        ("L&#39;enfance &amp; co, 119, day", f"L&#39;enfance &amp; co, {link('119')}, day"),
        ("L&#39;enfance &amp; co، الرقم 119", f"L&#39;enfance &amp; co، الرقم {link('119')}"),
    ],
)
def test_numbers_of_helplines_are_dialled(prose: str, linked: str) -> None:
    assert dial_lines(Markup(prose), LINES) == linked


@pytest.mark.parametrize(
    "prose",
    [
        "17 people, and 112 more than in 2026",
        "page 119, in 3,114 cases, 3114/2, +3114, 31140",
        '<a href="../help/3114">3114</a> <img alt="3114">',
        "17 of them were there; 112 were not",
        "17 people (of 30) and 112 others",
        "L&#39;enfance &amp; co. On page 119 and 119",
    ],
)
def test_other_numbers_stay(prose: str) -> None:
    assert dial_lines(Markup(prose), LINES) == prose
