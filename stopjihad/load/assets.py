"""Look at a workspace's own assets: what the site carries runs nothing and loads nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from stopjihad.problem import Problem
from stopjihad.text.xml import parse

_RUN = frozenset(
    {".htm", ".html", ".shtml", ".xht", ".xhtml", ".mht", ".mhtml", ".hta"}
    | {".js", ".mjs", ".jse", ".wasm", ".swf", ".xml", ".xsl", ".xslt", ".svgz"}
)
"""Endings of what browsers run or show as pages."""

_ELEMENTS = frozenset(
    {"script", "handler", "listener", "discard", "foreignobject"}
    | {"iframe", "embed", "object", "audio", "video"}
)
"""Elements of SVG that run, or hold what does; SVG 1.1, SVG Tiny 1.2 and SVG 2."""

_ADDRESSES = frozenset({"href", "src", "action", "formaction", "data"})
_INSIDE = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|gif|webp)[;,])")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_ESCAPED = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[ \t\n\r\f]?|(.))", re.DOTALL)
_ADDRESS = r"\s*+(?:[/\\]{2}|(?!data:)[a-z][a-z0-9+.-]*+:)"
_ELSEWHERE = re.compile(rf"(?:@import|url\(|src\()\s*+['\"]?+{_ADDRESS}", re.IGNORECASE)
"""An address with a scheme or a host where a style loads one. Nothing is read twice: patterns give
nothing back (``*+``), or a megabyte of spaces would be read a million times."""

_SET = re.compile(r"image-set\((?:[^;{}'\"]++|\"[^\"]*+\"|'[^']*+')*+", re.IGNORECASE)
_QUOTED = re.compile(rf"['\"]{_ADDRESS}", re.IGNORECASE)
"""An address in a set of images, which need not be in ``url()``."""

_INSTRUCTION = re.compile(rb"<\?xml-stylesheet", re.IGNORECASE)

_DOCTYPE = re.compile(
    rb"\A((?:\xef\xbb\xbf)?(?:<\?xml[^<>]*\?>)?(?:[ \t\r\n]|<!--(?:[^-]|-[^-])*-->)*)"
    rb"<!DOCTYPE[ \t\r\n]+svg"
    rb"(?:[ \t\r\n]+PUBLIC[ \t\r\n]+([\"'])-//W3C//DTD SVG [\w. ]+//EN\2"
    rb"[ \t\r\n]+([\"'])https?://www\.w3\.org/[\w./-]+\.dtd\3)?[ \t\r\n]*>"
)
"""The document type that drawing programs write, those of SVG 1.0 and 1.1 that the W3C names: it
declares nothing by itself, and neither browsers nor we read what it names."""


def asset_problems(assets: Mapping[str, bytes]) -> list[Problem]:
    """Find assets that would run in a browser, or load something from elsewhere.

    Pages forbid both (content security policy); a picture or a page that is opened by itself on a
    server without our header files does not.

    Args:
        assets: path relative to ``assets/`` to bytes, of what the site carries.

    Returns:
        Problems ``asset-active``.
    """
    return [
        Problem(
            path=f"assets/{path}",
            code="asset-active",
            message=fault,
            hint="the site runs nothing, and loads nothing from elsewhere: take it out",
        )
        for path, data in assets.items()
        if (fault := next(_faults(path, data), ""))
    ]


def _faults(path: str, data: bytes) -> Iterator[str]:
    ending = PurePosixPath(path).suffix.lower()
    if ending in _RUN:
        yield f"browsers run files of the kind {ending}"
    elif ending == ".css":
        yield from _css_faults(data.decode("utf-8", "replace"))
    elif ending == ".svg":
        yield from _svg_faults(data)


def _css_faults(text: str) -> Iterator[str]:
    plain = _ESCAPED.sub(_unescape_match, _COMMENT.sub(" ", text))
    start = next(_foreign_places(plain), None)
    if start is not None:
        shown = plain[start : start + 60].split("\n")[0]
        yield f"the style would load {shown!r}"


def _foreign_places(style: str) -> Iterator[int]:
    """Find the places where a style loads something from elsewhere."""
    for found in _ELSEWHERE.finditer(style):
        yield found.start()
    for found in _SET.finditer(style):
        if _QUOTED.search(found[0]):
            yield found.start()


def _unescape_match(match: re.Match[str]) -> str:
    number = int(match[1], 16) if match[1] else 0
    return chr(number) if 0 < number < 0x110000 else match[2] or ""


def _svg_faults(data: bytes) -> Iterator[str]:
    if _INSTRUCTION.search(data.replace(b"\0", b"")):  # without the other half of UTF-16
        yield "the picture names a style sheet"
    try:
        root = parse(_DOCTYPE.sub(rb"\1", data, count=1))
    except ValueError as error:
        yield f"the picture cannot be read: {error}"
        return
    for element in root.iter():
        name = _local(element.tag)
        if name in _ELEMENTS:
            yield f"<{name}> would run in the picture"
        if name == "style":
            yield from _css_faults("".join(element.itertext()))
        for key, value in element.attrib.items():
            yield from _attribute_faults(_local(key), value)


def _attribute_faults(name: str, value: str) -> Iterator[str]:
    if name.startswith("on"):
        yield f"{name}= would run in the picture"
    elif name in _ADDRESSES and not _INSIDE.match(value):
        yield f"{name}= leads out of the picture: {value.strip()[:60]!r}"
    elif name == "attributename" and (_local(value) in _ADDRESSES or _local(value)[:2] == "on"):
        yield f"an animation would change {value[:60]!r}"
    else:
        yield from _css_faults(value)


def _local(name: str) -> str:
    """Give a name in small letters, without its namespace."""
    return re.split(r"[}:]", name)[-1].strip().lower()
