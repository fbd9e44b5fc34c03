from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stopjihad.text.links import tagged, web_links


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


def test_parameters_go_between_query_and_fragment():
    url = tagged("https://a.org/p/?x=1&y#part", {"utm_source": "x", "utm_medium": "Social Media"})
    assert url == "https://a.org/p/?x=1&y&utm_source=x&utm_medium=social-media#part"


def test_a_parameter_that_is_there_stays_as_it_is():
    url = "https://a.org/?utm_source=Own"
    assert tagged(url, {"utm_source": "x"}) == url


@given(
    query=st.lists(st.tuples(st.from_regex(r"\A[a-z]{1,8}\Z"), st.text(max_size=8)), max_size=4),
    value=st.text(min_size=1, max_size=20).filter(lambda text: text.strip()),
)
def test_own_parameters_are_kept_and_ours_are_one_value_in_lower_case(query, value):
    from urllib.parse import urlencode

    own = urlencode(query)
    url = tagged(f"https://a.org/?{own}#f", {"utm_campaign": value})
    found = parse_qsl(urlsplit(url).query, keep_blank_values=True)
    assert found[:-1] == query
    name, text = found[-1]
    assert (name, text) == ("utm_campaign", "-".join(value.lower().split()))
    assert urlsplit(url).fragment == "f"
