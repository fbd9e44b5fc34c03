from __future__ import annotations

import pytest
from stopjihad.text.web.addresses import (
    Inside,
    address_fault,
    inside_target,
    is_contact,
    is_external,
    is_hiding,
    web_links,
)
from stopjihad.text.web.links import bare_hashtags, bare_names


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
    assert inside_target(address) is None


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
    assert inside_target(address) == found


@pytest.mark.parametrize(
    "address",
    ["/etc/passwd", "../../x/../y", "a//b", "points/../x", "x.php", "A", "a%2e", "a?b", ""],
)
def test_other_paths_are_refused(address: str):
    assert inside_target(address) is None


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


REFUSED = (
    "https://user:pass@example.org/un",
    "https://example.org@evil.example/un",
    "https://user@example.org",
    "https://раураl.com/un",
    "https://xn--80aa0cbo65f.com/un",
    "https://аррӏе.com",
    "https://gооgle.com",
    "https://ɡoogle.com",
    "https://wıkipedia.org",
    "https://ωikipedia.org",
    "https://exa\u202emple.org/un",
    "https://example.org/\u200bun",
    "https://exam\u200bple.org",
    "https://exam\u00adple.org",
    "https://example.org\u00a0.evil.example",
    "https://127.0.0.1/un",
    "https://10.0.0.1/un",
    "https://192.168.1.1",
    "https://2130706433/",
    "https://0x7f.0.0.1/",
    "https://127.1",
    "https://[::1]/un",
    "https://[fe80::1]/",
    "https://localhost/un",
    "https://printer/",
    "https://server.local/",
    "https://intranet.corp/x",
    "https://evil.test/x",
    "https://example.org:99999/un",
    "https://example.org:8443/un",
    "https://example.org:/un",
    "https://./",
    "https://..",
    "https:///example.org",
    "https://",
    "https://example.org。evil.example/un",
    "https://example.org．evil.example/un",
    "https://ｅxample.org",
    "https://-example.org",
    "https://exa mple.org",
    f"https://{'a' * 64}.org",
)
HIDING = ("bit.ly", "www.tinyurl.com", "t.me", "chat.whatsapp.com", "t.co")
FINE = (
    "https://example.org",
    "https://www.un.org/securitycouncil/sanctions/1267?utm_source=x&fbclid=y#top",
    "https://münchen.de/hilfe",
    "https://xn--mnchen-3ya.de",
    "https://пример.рф/о",
    "https://xn--e1afmkfd.xn--p1ai",
    "https://الجزيرة.example",
    "https://日本語.jp",
    "https://example.org:443/a",
    "https://fr.wikipedia.org/wiki/Émile_Zola",
    "https://example.org/a@b",
    "https://news.example.co.uk/a.html",
    "https://a_b.example.org",
    "https://abcdefghijklmnopqrstuvwxyz234567.onion/",
)


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_that_misleads_is_refused(address: str) -> None:
    assert address_fault(address)


@pytest.mark.parametrize("address", FINE)
def test_an_honest_address_passes(address: str) -> None:
    assert address_fault(address) == ""


@pytest.mark.parametrize("host", HIDING)
def test_a_host_that_hides_where_it_leads_is_known(host: str) -> None:
    assert is_hiding(host)
    assert not is_hiding("example.org")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Écrivez ici t.me/evil", ["t.me/evil"]),
        ("ici t․me/evil … @evil_chan", ["t.me/evil", "@evil_chan"]),
        ("ici evil.test.", ["evil.test"]),
        ("voir Example.ORG, vite", ["example.org"]),
        ("ｅxample。ｃom", []),
        ("example。com", ["example.com"]),
        ("exam\u200bple.org", ["example.org"]),
        ("(www.example.org/a)", ["www.example.org/a"]),
        ("help@example.org and https://example.org/a.html", []),
        ("z.B. d.h. u.a. p.ex. m.in. e.g. 9.500 a.m. etc.", []),
        ("La fin.Le début", []),
        ("Version 2.0 vom 3.5.2020", []),
        ("@a", []),
        ("\uff20evil_chan \ufe6bother", ["@evil_chan", "@other"]),
        ("ici:evil.com ou ici/evil.com ou //evil.com/a", ["evil.com", "evil.com", "evil.com/a"]),
        ("http:evil.com, https:/evil.com", ["evil.com", "evil.com"]),
        ("evil.com_ ici\u2026evil.com", ["evil.com"] * 2),
        ("evil\u200b.\u200bcom", ["evil.com"]),
        ("https://example.org/a.html#b.com hxxps://evil.com", []),
        ("24/7.It C# #1 AT&T #evil", []),
    ],
)
def test_bare_names_are_what_platforms_would_link(text: str, found: list[str]) -> None:
    assert bare_names(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Voir #Evil, \uff03evil2 (#عدل_1)", ["#evil", "#evil2", "#عدل_1"]),
        ("C# F# #1 #_ a#b https://example.org/#top # Heading", []),
    ],
)
def test_hashtags_are_what_platforms_would_link(text: str, found: list[str]) -> None:
    assert bare_hashtags(text) == found
