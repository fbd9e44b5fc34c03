"""Print docs/servers.md: what web servers should say with each file, from the table of headers.

Renew it with: .venv/bin/python scripts/server_examples.py > docs/servers.md
"""

# ruff: noqa: INP001 - a script, not a package
from __future__ import annotations

import sys

from stopjihad.catalog.headers import KINDS, SECURITY, SPECIAL_TYPES, FileKind
from stopjihad.theme.site import CSP

EMBED = "^/[^/]+/embed/"
"""Addresses of what other sites may show in frames; `FRAMES` says the same to other hosts."""


def headers(ancestors: str) -> tuple[tuple[str, str], ...]:
    """Give what stands with every answer; ``ancestors`` names who may frame it."""
    return (("Content-Security-Policy", f"{CSP}; frame-ancestors {ancestors}"), *SECURITY)


HEAD = """# Web servers

What a server should say with each file: examples for nginx, Apache and Caddy. They come from the
table that `site/_headers` and [publishing](publishing.md#headers) are made from.
`/srv/campaign/current` is what `stopjihad publish` leads to the newest publication; while an alert
runs, take the values of the last column of the table below. Other sites may show
`/<lang>/embed/…` in frames, and nothing else: browsers pass over `X-Frame-Options` where a policy
names `frame-ancestors`.
"""


def pattern_of(text: str) -> str:
    """Turn a pattern of paths below the site into one of addresses, which begin with a slash."""
    text = text.replace("(^|/)", "/").replace("(^|[./])", "[./]")
    return f"^/{text[1:]}" if text.startswith("^") else text


def kinds() -> list[FileKind]:
    """Give the kinds that a pattern tells."""
    return [kind for kind in KINDS if kind.pattern.pattern]


def nginx() -> str:
    """Write a server block."""
    rows = [f'  "~{pattern_of(k.pattern.pattern)}" "{k.cache_control()}";' for k in kinds()]
    types = [
        f'    location ~ "{pattern_of(pattern.pattern)}" {{ types {{}} default_type "{value}"; }}'
        for pattern, value in SPECIAL_TYPES[:2]
    ]
    said = headers("$campaign_frames")
    rules = [f'    add_header {name} "{value}" always;' for name, value in said]
    return "\n".join(
        [
            "map $uri $campaign_cache {",
            f'  default "{KINDS[-1].cache_control()}";',
            *rows,
            "}",
            "map $uri $campaign_frames {",
            "  default \"'none'\";",
            f'  "~{EMBED}" "*";',
            "}",
            "server {",
            "    root /srv/campaign/current;",
            "    access_log off;",
            "    charset utf-8;",
            "    charset_types text/css text/plain application/xml;",
            "    error_page 404 /404.html;",
            *rules,
            "    add_header Cache-Control $campaign_cache always;",
            *types,
            "    location ^~ /.stopjihad/ { return 404; }",
            "}",
        ]
    )


def apache() -> str:
    """Write the settings of a folder."""
    rows = [
        f'  <If "%{{REQUEST_URI}} =~ m#{pattern_of(kind.pattern.pattern)}#">\n'
        f'    Header always set Cache-Control "{kind.cache_control()}"\n  </If>'
        for kind in reversed(kinds())
    ]
    types = [
        f'  <If "%{{REQUEST_URI}} =~ m#{pattern_of(pattern.pattern)}#">\n'
        f'    ForceType "{value}"\n  </If>'
        for pattern, value in SPECIAL_TYPES[:2]
    ]
    rules = [f'  Header always set {name} "{value}"' for name, value in headers("'none'")]
    name, framed = headers("*")[0]
    return "\n".join(
        [
            '<Directory "/srv/campaign/current">',
            "  ErrorDocument 404 /404.html",
            "  AddDefaultCharset utf-8",
            *rules,
            f'  <If "%{{REQUEST_URI}} =~ m#{EMBED}#">',
            f'    Header always set {name} "{framed}"',
            "  </If>",
            f'  Header always set Cache-Control "{KINDS[-1].cache_control()}"',
            *rows,
            *types,
            '  <If "%{REQUEST_URI} =~ m#^/\\.stopjihad/#">\n    Require all denied\n  </If>',
            "</Directory>",
        ]
    )


def caddy() -> str:
    """Write a site block."""
    rows = [f'    "~{pattern_of(k.pattern.pattern)}" "{k.cache_control()}"' for k in kinds()]
    types = [
        f'  @type{number} path_regexp "{pattern_of(pattern.pattern)}"\n'
        f'  header @type{number} Content-Type "{value}"'
        for number, (pattern, value) in enumerate(SPECIAL_TYPES[:2])
    ]
    rules = [f'    {name} "{value}"' for name, value in headers("{campaign_frames}")]
    return "\n".join(
        [
            "www.neighbours.net {",
            "  root * /srv/campaign/current",
            "  map {path} {campaign_cache} {",
            *rows,
            f'    default "{KINDS[-1].cache_control()}"',
            "  }",
            "  map {path} {campaign_frames} {",
            f'    "~{EMBED}" "*"',
            "    default \"'none'\"",
            "  }",
            "  header {",
            *rules,
            '    Cache-Control "{campaign_cache}"',
            "  }",
            *types,
            "  @private path /.stopjihad/*",
            "  respond @private 404",
            "  file_server",
            "  handle_errors {",
            "    rewrite * /404.html",
            "    file_server",
            "  }",
            "}",
        ]
    )


def page() -> str:
    """Give the whole page."""
    parts = [HEAD]
    for name, text in (("nginx", nginx()), ("Apache", apache()), ("Caddy", caddy())):
        parts.append(f"## {name}\n\n```{name.lower()}\n{text}\n```\n")
    rows = [
        f"| {kind.name} | `{kind.cache_control()}` | `{kind.cache_control(alert=True)}` |"
        for kind in KINDS
    ]
    table = ["## All kinds", "", "| kind | usually | in an alert |", "|---|---|---|", *rows, ""]
    return "\n".join([*parts, "\n".join(table)])


if __name__ == "__main__":
    sys.stdout.write(page())
