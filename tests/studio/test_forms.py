"""No form of the studio leaves its page by itself: what is typed waits for the page's script."""

from __future__ import annotations

import re

from support.build import REPOSITORY

_FORM = re.compile(r"<form\b(?:\{%.*?%\}|[^>{]|\{\{.*?\}\})*>")


def test_a_form_that_is_sent_before_its_script_runs_keeps_its_words() -> None:
    """``dialog`` sends nothing; only what filters a list asks for another page (``get``)."""
    forms = [
        (path.name, form)
        for path in sorted((REPOSITORY / "templates/studio").rglob("*.html"))
        for form in _FORM.findall(path.read_text("utf-8"))
    ]
    assert len(forms) > 30
    asking = [name for name, form in forms if 'method="get"' in form]
    assert asking == ["board-top.html", "export.html", "gallery.html", "history.html"]
    assert [one for one in forms if not re.search(r'method="(dialog|get)"', one[1])] == []
