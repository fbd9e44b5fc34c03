"""Find web addresses in a text, tell what a link in authored prose may have, and where it leads.

An address must lead to the host that readers take it for, in public.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from stopjihad.text.unicode.script import script_of

_EXTERNAL = re.compile(r"https://[^\s<>\"'\\]+")
_CONTACT = re.compile(r"mailto:[^\s<>\"'\\:/?@]+@[A-Za-z0-9.-]+|tel:\+?[0-9][0-9.()-]{2,30}")
_INSIDE = re.compile(
    r"(?:\.{1,2}/)*(?P<folder>points/|pages/)?(?P<name>[a-z0-9]+(?:-[a-z0-9]+)*)"
    r"(?:\.md|/(?:index\.html)?)?"
)


OWN_PLACE = frozenset({"about", "privacy", "accessibility"})
"""Free pages that every site has: they stand at ``<lang>/<id>/``, others at ``<lang>/pages/``."""


class Inside(NamedTuple):
    """Name something of the same site and language.

    Attributes:
        key: ``points/<id>``, ``pages/<id>`` or the name of a page that every site has (``help``).
        path: its file below the folder of its language.
    """

    key: str
    path: str


def is_external(address: str) -> bool:
    """Tell whether an address leads to another site by https."""
    return _EXTERNAL.fullmatch(address) is not None


def is_contact(address: str) -> bool:
    """Tell whether an address is one mailbox (mailto) or one telephone number (tel).

    Args:
        address: address as written; a mailto address carries no header fields.
    """
    return _CONTACT.fullmatch(address) is not None


def inside_target(address: str) -> Inside | None:
    """Read an address that names a talking point or a page of the same campaign.

    Args:
        address: ``points/<id>``, ``pages/<id>`` or ``help``, as files (``../pages/about.md``) or
            folders (``pages/about/``).

    Returns:
        What it names, or None when it has another form.
    """
    match = _INSIDE.fullmatch(address)
    if match is None:
        return None
    folder, name = match["folder"] or "", match["name"]
    place = name if folder == "pages/" and name in OWN_PLACE else f"{folder}{name}"
    return Inside(f"{folder}{name}", f"{place}/index.html")


_WEB = re.compile(r"(?<![A-Za-z0-9@$#_/])https?://[^\s<>\"«»“”„‟‹›]+", re.IGNORECASE)
_TRAILING = ".,;:!?…'’\"*_~،؛؟。、！？।"
_PAIRS = {")": "(", "]": "[", "}": "{"}


def web_links(text: str) -> list[tuple[int, int]]:
    """Find the addresses with ``http://`` or ``https://``.

    The full stop after an address is not part of it, nor is a bracket that opened before it.

    Returns:
        Start and end of each address in code points, in order.
    """
    if "://" not in text:
        return []
    found = []
    for match in _WEB.finditer(text):
        address = trim_address(match[0])
        if "." in address or "localhost" in address:
            found.append((match.start(), match.start() + len(address)))
    return found


def trim_address(address: str) -> str:
    """Take off what ends a sentence and not an address.

    Args:
        address: as it was found in a text.

    Returns:
        The address without marks at its end and brackets that opened before it.
    """
    while address:
        last = address[-1]
        unmatched = last in _PAIRS and address.count(last) > address.count(_PAIRS[last])
        if last not in _TRAILING and not unmatched:
            break
        address = address[:-1]
    return address


_HIDING = """
    bit.ly bitly.com bl.ink buff.ly chat.whatsapp.com cutt.ly dis.gd discord.gg dlvr.it fb.me
    goo.gl ift.tt is.gd j.mp lnkd.in ow.ly rb.gy rebrand.ly s.id short.io shorturl.at soo.gd
    t.co t.ly t.me telegram.dog telegram.me tiny.cc tiny.one tinyurl.com tr.im trib.al urlz.fr
    v.gd wa.me x.gd
"""
HIDING = frozenset(_HIDING.split())
"""Hosts of shorteners, which do not say where they lead, and of invitations into closed chats."""

_LOCAL = "arpa corp home internal intranet invalid lan local localdomain localhost test"
LOCAL = frozenset(_LOCAL.split())
"""Top-level domains that no public host has: RFC 6761, RFC 6762 appendix G, RFC 8375, and
``internal``, which ICANN reserved in 2024."""

_RESEMBLING = frozenset({"Cyrl", "Grek", "Armn", "Cher", "Copt", "Lisu"})
"""Scripts whose letters look like Latin ones (Unicode Technical Standard 39, section 4)."""

_TOGETHER = ({"Latn", "Hani", "Hira", "Kana"}, {"Latn", "Hani", "Hang"}, {"Latn", "Hani", "Bopo"})
"""Scripts that one name may mix: "highly restrictive" of UTS 39, section 5.2."""

_NEUTRAL = frozenset({"Zyyy", "Zinh"})
_LATIN = re.compile("[\u00e0-\u0130\u0132-\u017e]*")
"""Latin letters beyond ASCII that ordinary names have; dotless i is among those that mislead."""

_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"})


@lru_cache(maxsize=8192)
def address_fault(address: str) -> str:
    """Say why a web address should not stand in front of readers.

    Args:
        address: an address with ``https://`` or ``http://``, as written.

    Returns:
        What is wrong, for people; empty for an address of a public host that is what it seems.
        Tracking parameters are not judged.
    """
    if any(not letter.isascii() and unicodedata.category(letter) in _UNSEEN for letter in address):
        return "it has letters that cannot be seen"
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "its host or port is not well formed"
    if "@" in parts.netloc:
        return "a name before @ hides the host"
    if not host:
        return "it names no host"
    if port not in {None, 443} or parts.netloc.endswith(":"):
        return "its port is not the usual one"
    return host_fault(host)


def host_fault(host: str) -> str:
    """Say why a host should not stand in front of readers.

    Args:
        host: a host name, in Unicode or as ``xn--`` labels, or an address in numbers.

    Returns:
        What is wrong, for people; empty when nothing is.
    """
    labels = host.split(".")
    if ":" in host or re.fullmatch(r"0x[0-9a-f]*|[0-9]+", labels[-1]):
        return "it is a number, not a name"
    try:
        shown = [_label(label) for label in labels]
    except UnicodeError:
        return f"{host[:60]} is not the name of a host"
    if len(labels) < 2 or labels[-1] in LOCAL:
        return f"{host[:60]} is no public host"
    if any(_mixes(label) for label in shown):
        return f"{'.'.join(shown)[:60]} mixes scripts"
    foreign = labels[-1].isascii() and not labels[-1].startswith("xn--")
    if foreign and any(_resembles(label) for label in shown):
        return f"{'.'.join(shown)[:60]} looks like another name"
    return ""


def is_hiding(host: str) -> bool:
    """Tell whether a host is a shortener, or leads into closed chats."""
    name = host.removeprefix("www.")
    return name in HIDING


def _label(label: str) -> str:
    """Give a label as it is shown; raise UnicodeError when it is none (IDNA 2008)."""
    if not label.isascii() or label.startswith("xn--"):
        import idna

        return idna.ulabel(label)
    if not re.fullmatch(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?", label):
        raise UnicodeError
    return label


def _mixes(label: str) -> bool:
    if label.isascii():
        return False
    scripts = {script_of(letter) for letter in label} - _NEUTRAL
    return len(scripts) > 1 and not any(scripts <= some for some in _TOGETHER)


def _resembles(label: str) -> bool:
    """Tell whether a label could be taken for Latin letters, under a Latin domain."""
    if label.isascii():
        return False
    scripts = {script_of(letter) for letter in label}
    if scripts & _RESEMBLING:
        return True
    latin = "".join(one for one in label if not one.isascii() and script_of(one) == "Latn")
    return _LATIN.fullmatch(latin) is None
