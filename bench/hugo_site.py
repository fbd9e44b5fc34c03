"""Write the generated campaign as a Hugo site whose pages hold the same parts as ours."""

from __future__ import annotations

import json
from pathlib import Path

from corpus import LANGUAGES, Point, sources, text_of

_WORDS = [
    "skip",
    "leave",
    "menu",
    "facts",
    "help",
    "report",
    "about",
    "language",
    "answer",
    "team",
    "reviewed",
    "notice",
    "recruiters",
    "false",
    "trick",
    "why",
    "can",
    "sources",
    "read",
    "back",
    "step",
    "share",
    "pass",
    "images",
    "next-title",
    "talk",
    "proof",
    "elsewhere",
    "who",
    "paid",
    "privacy",
    "access",
    "kit",
    "all",
    "cookies",
    "updated",
    "crumbs",
    "published",
    "og",
    "square",
    "more",
]
_SHARES = (
    "https://wa.me/?text=",
    "https://t.me/share/url?url=",
    "https://www.facebook.com/sharer/sharer.php?u=",
    "https://twitter.com/intent/tweet?url=",
    "https://mastodonshare.com/?url=",
    "https://bsky.app/intent/compose?text=",
    "sms:?body=",
    "mailto:?body=",
)


def write_hugo(root: Path, count: int) -> None:
    """Write the site.

    Args:
        root: new folder.
        count: talking points; pages are six times as many.
    """
    for name in ("layouts/_default", "layouts/partials", "i18n", "static"):
        (root / name).mkdir(parents=True)
    (root / "hugo.toml").write_text(_config(), "utf-8")
    for name, text in _LAYOUTS.items():
        (root / "layouts" / name).write_text(text, "utf-8")
    for lang in LANGUAGES:
        rows = "".join(f'{word} = "{word.capitalize()} words in {lang}"\n' for word in _WORDS)
        (root / "i18n" / f"{lang}.toml").write_text(rows, "utf-8")
        folder = root / "content" / lang / "points"
        folder.mkdir(parents=True)
        (folder / "_index.md").write_text("---\ntitle: Facts\n---\n", "utf-8")
        (folder.parent / "_index.md").write_text("---\ntitle: Home\n---\n", "utf-8")
    css = Path(__file__).resolve().parent.parent / "assets" / "site.css"
    (root / "static" / "site.css").write_bytes(css.read_bytes())
    for number in range(count):
        point = Point(number)
        for lang in LANGUAGES:
            path = root / "content" / lang / "points" / f"{point.id}.md"
            path.write_text(hugo_point(point, lang), "utf-8")


def hugo_point(point: Point, lang: str) -> str:
    """Write one page's source: the same fields, in Hugo's front matter; references as footnotes."""
    fields = {
        "title": text_of(point, lang, "fact"),
        "claim": text_of(point, lang, "claim"),
        "warning": text_of(point, lang, "warning"),
        "action": text_of(point, lang, "action.label"),
        "alternative": text_of(point, lang, "alternative"),
        "factors": [point.factor],
        "date": "2026-11-24",
        "sources": sources(point),
    }
    body = text_of(point, lang, "body")
    for number in range(3):
        link = f"[{number + 1}](#source-s{number})"
        body = body.replace(f"[^s{number}]", link)
    front = "".join(f"{key}: {json.dumps(value)}\n" for key, value in fields.items())
    return f"---\n{front}---\n{body}\n"


def _config() -> str:
    languages = "".join(
        f"[languages.{lang}]\nlanguageName = '{lang}'\ncontentDir = 'content/{lang}'\n"
        f"title = 'Bench'\nweight = {index}\n"
        for index, lang in enumerate(LANGUAGES, 1)
    )
    return (
        "baseURL = 'https://bench.example.org/'\ndefaultContentLanguage = 'en'\n"
        "defaultContentLanguageInSubdir = true\nrelativeURLs = true\ndisableKinds = ['404']\n"
        "enableRobotsTXT = true\n[taxonomies]\nfactor = 'factors'\n"
        "[outputs]\nhome = ['HTML', 'RSS']\nsection = ['HTML']\ntaxonomy = ['HTML']\n"
        f"term = ['HTML']\n[services.rss]\nlimit = 20\n{languages}"
    )


_BASE = """<!doctype html>
<html lang="{{ .Site.Language.Lang }}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self'; style-src 'self'">
<meta name="referrer" content="no-referrer">
<title>{{ .Title }} · {{ .Site.Title }}</title>
<meta name="description" content="{{ .Summary | plainify | truncate 200 }}">
<link rel="stylesheet" href="{{ "site.css" | absURL }}">
<link rel="canonical" href="{{ .Permalink }}">
{{ range .AllTranslations }}<link rel="alternate" hreflang="{{ .Language.Lang }}" href="{{ .Permalink }}">
{{ end }}<meta property="og:type" content="article">
<meta property="og:title" content="{{ .Title }}">
<meta property="og:url" content="{{ .Permalink }}">
<meta property="og:site_name" content="{{ .Site.Title }}">
<meta property="og:description" content="{{ .Summary | plainify | truncate 200 }}">
<meta property="og:image" content="{{ printf "cards/%s/%s/og.png" .Site.Language.Lang .File.ContentBaseName | absURL }}">
<meta name="twitter:card" content="summary_large_image">
{{ block "data" . }}{{ end }}
</head>
<body>
{{ partialCached "header.html" . .Site.Language.Lang .Section }}
<nav class="langs" aria-label="{{ i18n "language" }}"><ul>
{{ range .AllTranslations }}<li><a href="{{ .RelPermalink }}" lang="{{ .Language.Lang }}" hreflang="{{ .Language.Lang }}">{{ .Language.LanguageName }}</a></li>
{{ end }}</ul></nav>
<main id="main">{{ block "main" . }}{{ end }}</main>
{{ partialCached "footer.html" . .Site.Language.Lang }}
</body>
</html>
"""

_HEADER = """<a class="skip" href="#main">{{ i18n "skip" }}</a>
<header class="bar"><a class="brand" href="{{ .Site.Home.RelPermalink }}"><svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true"><path d="M9 3h14a7 7 0 0 1 7 7v8a7 7 0 0 1-7 7h-6l-7 6v-6H9a7 7 0 0 1-7-7v-8a7 7 0 0 1 7-7z"/></svg><span>{{ .Site.Title }}</span></a>
<a class="leave" href="https://www.wikipedia.org/" rel="noopener noreferrer">{{ i18n "leave" }}</a></header>
<div class="menu"><nav aria-label="{{ i18n "menu" }}"><ul>
<li><a href="{{ "points/" | relLangURL }}">{{ i18n "facts" }}</a></li>
<li><a href="{{ "help/" | relLangURL }}">{{ i18n "help" }}</a></li>
<li><a href="{{ "report/" | relLangURL }}">{{ i18n "report" }}</a></li>
<li><a href="{{ "about/" | relLangURL }}">{{ i18n "about" }}</a></li></ul></nav></div>
"""

_FOOTER = """<section class="band"><div class="wrap"><div><h2>{{ i18n "talk" }}</h2><p>{{ i18n "proof" }}</p>
<p><a href="{{ "help/" | relLangURL }}">{{ i18n "elsewhere" }}</a></p></div>
<div><p>France</p><p>Helpline</p><p class="number"><a href="tel:+33800005696"><bdi dir="ltr">0 800 005 696</bdi></a></p><p>Monday to Friday</p></div></div></section>
<footer><div class="wrap"><div><h2>{{ i18n "who" }}</h2><p><strong>Bench team</strong></p><p>Generated text.</p><p>{{ i18n "paid" }}: Nobody</p></div>
<ul><li><a href="{{ "points/" | relLangURL }}">{{ i18n "facts" }}</a></li><li><a href="{{ "help/" | relLangURL }}">{{ i18n "help" }}</a></li>
<li><a href="{{ "report/" | relLangURL }}">{{ i18n "report" }}</a></li><li><a href="{{ "kit/" | relLangURL }}">{{ i18n "kit" }}</a></li>
<li><a href="{{ "about/" | relLangURL }}">{{ i18n "about" }}</a></li><li><a href="{{ "privacy/" | relLangURL }}">{{ i18n "privacy" }}</a></li>
<li><a href="{{ "accessibility/" | relLangURL }}">{{ i18n "access" }}</a></li><li><a href="/">{{ i18n "all" }}</a></li></ul>
<p>{{ i18n "cookies" }} {{ i18n "updated" }}: 24 November 2026</p></div></footer>
"""

_SHARE_LINKS = "\n".join(
    f'<li><a href="{address}{{{{ .Permalink | urlquery }}}}" rel="noopener noreferrer">'
    f"{address.split('/')[2] if '//' in address else address[:4]}</a></li>"
    for address in _SHARES
)

_SINGLE = (
    """{{ define "data" }}<script type="application/ld+json">{{ dict "@context" "https://schema.org" "@type" "Article" "headline" .Title "inLanguage" .Site.Language.Lang "mainEntityOfPage" .Permalink "dateModified" "2026-11-24" "citation" .Params.sources | jsonify | safeJS }}</script>{{ end }}
{{ define "main" }}<article><header class="lead"><div class="wrap"><div>
<p class="crumbs"><a href="{{ "points/" | relLangURL }}">{{ i18n "facts" }}</a>{{ range .Params.factors }} <a href="{{ printf "factors/%s/" . | relLangURL }}">{{ . | humanize }}</a>{{ end }}</p>
<h1>{{ .Title }}</h1>
<p class="meta">{{ i18n "answer" }} · <span>{{ i18n "team" }}</span> · {{ i18n "reviewed" }}: <time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date | time.Format ":date_long" }}</time></p></div>
<svg class="art" viewBox="0 0 96 96" width="96" height="96" aria-hidden="true"><path d="M44 62a5 5 0 0 1 8 0l20 34H24z"/><rect x="2" y="53" width="92" height="9" rx="4.5"/><circle cx="20" cy="37" r="16"/><circle cx="76" cy="37" r="16"/></svg></div></header>
<div class="wrap page"><div class="text"><div class="prose">{{ .Content }}</div>
<section class="claim"><h2>{{ i18n "recruiters" }}</h2><p class="warning">{{ .Params.warning }}</p>
<p class="said"><span class="tag">{{ i18n "false" }}</span> <s>{{ .Params.claim }}</s></p><p><strong>{{ i18n "trick" }}</strong> {{ i18n "why" }}</p></section>
<section class="instead"><h2>{{ i18n "can" }}</h2>{{ .Params.alternative | markdownify }}</section>
<section class="sources"><h2>{{ i18n "sources" }}</h2><ol>{{ range .Params.sources }}<li id="source-{{ .id }}"><cite><a href="{{ .url }}" rel="noopener noreferrer">{{ .title }}</a></cite>, {{ .publisher }}, <time datetime="{{ .published }}">{{ time.AsTime .published | time.Format ":date_long" }}</time>. {{ i18n "read" }} {{ time.AsTime .accessed | time.Format ":date_long" }}. <a href="#ref-{{ .id }}" aria-label="{{ i18n "back" }}">↑</a></li>{{ end }}</ol></section></div>
<aside class="side"><section><h2>{{ i18n "step" }}</h2><p><a class="button" href="tel:+33800005696">{{ .Params.action }}</a></p></section>
<section><h2>{{ i18n "pass" }}</h2><ul class="shares">
"""
    + _SHARE_LINKS
    + """
</ul></section></aside></div></article>
<section class="wrap"><h2>{{ i18n "more" }}</h2><ul class="facts">
{{ with .NextInSection }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}
{{ with .PrevInSection }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}
{{ range first 2 (where (index .Site.Taxonomies.factors (index .Params.factors 0)).Pages "RelPermalink" "ne" .RelPermalink) }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}
</ul></section>{{ end }}
"""
)

_LIST = """{{ define "main" }}<div class="wrap"><h1>{{ .Title }}</h1><ul class="facts">
{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul></div>{{ end }}
"""

_LAYOUTS = {
    "_default/baseof.html": _BASE.replace(
        ".File.ContentBaseName", '(or (and .File .File.ContentBaseName) "home")'
    ),
    "_default/single.html": _SINGLE,
    "_default/list.html": _LIST,
    "partials/header.html": _HEADER,
    "partials/footer.html": _FOOTER,
}
