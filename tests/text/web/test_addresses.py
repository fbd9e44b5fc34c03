from __future__ import annotations

import pytest
from stopjihad.text.web.addresses import Inside, inside, is_contact, is_external, web_links


@pytest.mark.parametrize("address", ["https://a.org", "https://a.org/x?y=1&z=2#f", "https://ا.org"])
def test_https_is_external(address: str):
    assert is_external(address)


@pytest.mark.parametrize(
    "address",
    [
        *("http://a.org", "//a.org", "javascript:alert(1)", "https://a b", 'https://a"b'),
        *("HTTPS://a.org", "data:text/html,x", " https://a.org", "https://", "vbscript:x"),
        *("https://a\\b", "ftp://a"),
    ],
)
def test_nothing_else_is(address: str):
    assert not is_external(address)
    assert not is_contact(address)
    assert inside(address) is None


@pytest.mark.parametrize("address", ["mailto:help@a.org", "tel:+33800005696", "tel:112"])
def test_mailboxes_and_telephones_are_contacts(address: str):
    assert is_contact(address)


@pytest.mark.parametrize(
    "address",
    ["mailto:a@b.org?bcc=c@d.org", "mailto:", "mailto:a@b@c", "tel:abc", "mailto:a b@c.d"],
)
def test_header_fields_and_nonsense_are_not(address: str):
    assert not is_contact(address)


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("points/they-lie", Inside("points/they-lie", "points/they-lie/index.html")),
        ("../points/they-lie.md", Inside("points/they-lie", "points/they-lie/index.html")),
        ("../pages/about.md", Inside("pages/about", "about/index.html")),
        ("pages/about/", Inside("pages/about", "about/index.html")),
        ("help", Inside("help", "help/index.html")),
        ("./help/index.html", Inside("help", "help/index.html")),
    ],
)
def test_names_inside_the_campaign_are_found(address: str, found: Inside):
    assert inside(address) == found


@pytest.mark.parametrize(
    "address",
    ["/etc/passwd", "../../x/../y", "a//b", "points/../x", "x.php", "A", "a%2e", "a?b", ""],
)
def test_other_paths_are_refused(address: str):
    assert inside(address) is None


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
