from __future__ import annotations

import pytest
from stopjihad.text.web.links import web_links


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("go to https://example.org.", ["https://example.org"]),
        ("(https://example.org/a)", ["https://example.org/a"]),
        ("https://example.org/a_(b)", ["https://example.org/a_(b)"]),
        ("«https://example.org/»", ["https://example.org/"]),
        ("https://example.org/a?b=c&d=e#f, and", ["https://example.org/a?b=c&d=e#f"]),
        ("انظر https://example.org؟", ["https://example.org"]),
        ("example.org http://", []),
        ("xhttps://example.org", []),
        ("HTTP://EXAMPLE.ORG!", ["HTTP://EXAMPLE.ORG"]),
    ],
)
def test_web_links(text, links):
    assert [text[start:end] for start, end in web_links(text)] == links
