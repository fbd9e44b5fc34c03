"""Whatever a browser could take for a script, a frame or a foreign file is found, nothing else."""

from __future__ import annotations

import time

import pytest
from stopjihad.text.web.active_markup import active_markup

ACTING = [
    "<script>alert(1)</script>",
    "<SCRIPT src=//evil.test/x.js></SCRIPT>",
    '<script type="application/ld+json" src="//evil.test"></script>',
    "<svg><script href=data:,x /></svg>",
    "<svg:script>x</svg:script>",
    "<p onclick=alert(1)>",
    '<a title=">" onmouseover="x()">',
    '<a title="<" onfocus=x() autofocus>',
    "<p/onclick=x()>",
    "<img src=x\nonerror\n=\nx()>",
    '<a href="java\tscript:x()">',
    "<a href=&#106;avascript:x()>",
    "<a href=vbscript:x>",
    "<iframe srcdoc='x'></iframe>",
    "<object data=x></object>",
    "<base href=/x/>",
    "<form action=/studio><button>Go</button></form>",
    "<img src=https://evil.test/pixel.png>",
    "<img src=//evil.test/pixel.png>",
    "<img src=\\\\evil.test/pixel.png>",
    '<img srcset="a.png 1x, https://evil.test/b.png 2x">',
    "<link rel=stylesheet href=https://evil.test/x.css>",
    "<link rel='stylesheet alternate' href=//evil.test/x.css>",
    "<video poster='https://evil.test/p.jpg'></video>",
    '<p style="background:url(https://evil.test/p)">',
    "<style>@import 'x';</style>",
    "<style>p{background:url( '//evil.test/p')}</style>",
    "<image xlink:href=https://evil.test/p.svg>",
    "<use href='https://evil.test/p.svg#x'/>",
    "<meta http-equiv=refresh content='0;url=https://evil.test'>",
    "<!--><script>x</script>-->",
    "<a ping=https://evil.test href=#x>x</a>",
    "<animate attributeName=href to=x>",
    "<meta title='<script type=\"application/ld+json\">' http-equiv=refresh content='0;url=//x'>",
    "<img title='<script type=\"application/ld+json\">' onerror=x()>",
    '<meta title="<x " http-equiv=refresh content="0;url=//evil.test">',
    '<link title="<a " rel=preconnect href="//evil.test">',
    '<link rel=preconnect title="<a " href="//evil.test">',
    '<link rel="canonical preconnect" href="https://evil.test">',
    '<link data-rel="canonical" rel="dns-prefetch" href="//evil.test">',
    '<link rel="alternate&quot; preconnect" href="//evil.test">',
    '<link rel="alternate" rel="icon" href="//evil.test/x.png">',
    '<img src="/&#9;/evil.test/x.png">',
    '<img src="ht\ntps://evil.test/x.png">',
    '<img srcset="/\t/evil.test/x.png 2x">',
    "<a href=x attributionsrc=https://evil.test>x</a>",
]

CALM = [
    "<p>Read on: 1 < 2, and once = always.</p>",
    '<a href="https://www.un.org/en/x" rel="noopener noreferrer">The UN</a>',
    '<link rel="canonical" href="https://campaign.example.org/en/">',
    '<link rel="alternate" hreflang="fr" href="https://campaign.example.org/fr/">',
    '<link rel="stylesheet" href="../assets/site.css">',
    '<img src="../cards/en/x/og.png" srcset="a.png 1x, b.png 2x" alt="Words: on time">',
    '<meta property="og:image" content="https://campaign.example.org/og.png">',
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">',
    '<script type="application/ld+json">{"url": "https://campaign.example.org"}</script>',
    "<svg viewBox='0 0 1 1'><use href='#mark'/><path d='M0 0'/></svg>",
    "<a href='tel:112'>112</a> <a href='mailto:team@example.org'>write</a>",
    '<p lang="fr">On dit : « JavaScript : non ».</p>',
]


@pytest.mark.parametrize("text", ACTING)
def test_what_acts_or_loads_is_found(text: str) -> None:
    assert list(active_markup(f"<p>Before</p>{text}"))


@pytest.mark.parametrize("text", CALM)
def test_what_pages_are_made_of_is_calm(text: str) -> None:
    assert list(active_markup(text)) == []


@pytest.mark.parametrize(
    "pattern",
    ["<a href=", "<" * 3, " on", "srcset=", "url( ", "<p on", "&#", " srcset=", " ", "rel= ", ">"],
)
def test_any_length_costs_little(pattern: str) -> None:
    """A page may have 16 million characters: each is read a bounded number of times."""
    began = time.process_time()
    for start in ("", "<a href=", "<p style=url(", "<p srcset="):
        list(active_markup(start + pattern * (200_000 // len(pattern)) + "x"))
    assert time.process_time() - began < 2
