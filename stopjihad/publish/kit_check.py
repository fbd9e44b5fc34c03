"""Say of each file of a kit whether it is of today, by what the campaign's signed feed says.

Kit and feed are strangers' words: their sizes are bounded, their forms strict.
"""

from __future__ import annotations

import http.client
import lzma
import os
import re
import unicodedata
import urllib.error
import urllib.request
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

import msgspec

from stopjihad import disk
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.publish.signature import ENDING, Claims, SignatureRequest, check, verify
from stopjihad.render.kit.feed import FEED, FeedMistake, FeedPoint, KitFeed
from stopjihad.render.kit.records import KitList, KitWords
from stopjihad.render.kit.zip_file import KIT_LIST

MOST = 8_000_000
"""Most bytes of a feed, or of the list of a kit: 200 talking points in 12 languages take 2.5 MB."""

MOST_TEXT = 200_000
"""Most bytes of a text of a kit that is looked through for a number."""

PATIENCE = 20
"""Seconds that a host may take."""

KEPT_DIGITS = 8
"""Digits at the end of a number that its forms at home and abroad share."""

_BROKEN = (
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    lzma.LZMAError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What the library raises for a zip that is none, is damaged, or is packed as it cannot unpack."""

State = Literal["current", "reworded", "wrong"]
"""Of today; said in other words by now, and not wrong; to be taken down."""


class KitFiles(NamedTuple):
    """A kit, unpacked or not: its list, and what gives the bytes of a text by its name."""

    listed: KitList
    read: Callable[[str], bytes | None]


class KitVerdict(NamedTuple):
    """Say of a talking point, or of a helpline, what became of it since a kit was made.

    Attributes:
        name: its id.
        state: what that means for its files.
        files: names of what is made of it.
        why: what was wrong; empty where nobody said.
        instead: what is said now; empty where nothing is.
        address: its page.
    """

    name: str
    state: State
    files: tuple[str, ...]
    why: str = ""
    instead: str = ""
    address: str = ""


def read_kit(path: Path) -> KitFiles:
    """Read a kit, packed or not; of a zip no more is unpacked than is looked at.

    Raises:
        ProblemsFound: ``kit-unreadable``: it is no kit, or of before kits said what is in them.
    """
    try:
        read = _folder_reader(path) if path.is_dir() else _zip_reader(path)
        data = read(KIT_LIST)
        listed = msgspec.json.decode(data or b"", type=KitList)
    except _BROKEN as fault:
        raise ProblemsFound((_unreadable(path, str(fault)),)) from None
    if not listed.points:
        raise ProblemsFound((_unreadable(path, "it names no talking points"),))
    return KitFiles(listed, read)


def _unreadable(path: Path, why: str) -> Problem:
    return Problem(
        path=str(path),
        code="kit-unreadable",
        message=f"this is no kit that can be checked: {why.splitlines()[0][:120] if why else ''}",
        hint="name the zip, or the folder with kit.json in it; take a new kit from the site",
    )


def _folder_reader(folder: Path) -> Callable[[str], bytes | None]:
    root = str(folder.resolve())
    return lambda name: disk.read_below(root, name, MOST)


def _zip_reader(path: Path) -> Callable[[str], bytes | None]:
    with zipfile.ZipFile(path) as archive:
        sizes = {one.filename: one.file_size for one in archive.infolist()}

    def read(name: str) -> bytes | None:
        if sizes.get(name, MOST + 1) > MOST:
            return None
        try:
            with zipfile.ZipFile(path) as archive, archive.open(name) as stream:
                return stream.read(MOST)
        except _BROKEN as fault:
            raise ProblemsFound((_unreadable(path, str(fault)),)) from None

    return read


def fetch_feed(place: str) -> tuple[bytes, bytes]:
    """Get a feed and the signature beside it, from a file or an address of the web.

    Raises:
        ProblemsFound: ``kit-feed-missing``: one of the two is not there, or is too large.
    """
    get = _ask if "://" in place else _read_beside
    data, signature = get(place), get(place + ENDING)
    if data is None or signature is None:
        missing = place if data is None else place + ENDING
        message = "there is no such feed, it does not answer, or it is too large"
        hint = f"the feed of a site is <site>/{FEED}, with {ENDING} beside it once it is signed"
        problem = Problem(path=missing, code="kit-feed-missing", message=message, hint=hint)
        raise ProblemsFound((problem,))
    return data, signature


def _read_beside(place: str) -> bytes | None:
    data = disk.read(os.path.realpath(place), MOST + 1)
    return None if data is None or len(data) > MOST else data


def _ask(address: str) -> bytes | None:
    """Ask for a file over https; http only on this very computer."""
    parts = urlsplit(address)
    here = parts.hostname in {"127.0.0.1", "localhost", "::1"}
    if parts.scheme != "https" and not (parts.scheme == "http" and here):
        return None
    try:
        with _OPENER.open(address, timeout=PATIENCE) as answer:
            data: bytes = answer.read(MOST + 1)
    except (OSError, ValueError, http.client.HTTPException):
        return None
    return None if len(data) > MOST else data


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Follow nobody elsewhere: the feed is where the campaign says that it is."""

    def redirect_request(self, *_args: object) -> None:
        """Decline."""


_OPENER = urllib.request.build_opener(_NoRedirects)


def read_feed(
    data: bytes, signature: bytes, public: str, asked: SignatureRequest
) -> tuple[KitFeed, Claims]:
    """Read a feed that the campaign's key signed, that is not over and not older than seen.

    Raises:
        ProblemsFound: ``signature-foreign``, ``signature-wrong``, ``signature-other-file``,
            ``signature-future``, ``signature-expired`` or ``signature-older``; ``kit-feed-form``:
            it is signed, and not of the form that this program knows.
    """
    wrong = check(data, signature, public, asked)
    claims = verify(data, signature, public)
    if wrong or claims is None:
        raise ProblemsFound(tuple(wrong))
    try:
        feed = msgspec.json.decode(data, type=KitFeed)
    except ValueError as fault:
        message = f"this feed has not the form that is known here: {str(fault)[:160]}"
        hint = "take a newer program, or tell the campaign"
        raise ProblemsFound(
            (Problem(path=asked.path, code="kit-feed-form", message=message, hint=hint),)
        ) from None
    return feed, claims


def judge_kit(kit: KitFiles, feed: KitFeed) -> tuple[KitVerdict, ...]:
    """Say what became of everything in a kit, by talking point, then by helpline.

    Raises:
        ProblemsFound: ``kit-feed-other``: the feed is of another campaign; ``kit-unreadable``: a
            text of the kit is damaged.
    """
    if kit.listed.campaign != feed.campaign:
        message = f"the feed is of the campaign '{feed.campaign}', and the kit is of another"
        hint = "name the feed of the site that the kit is from: its README.html says which"
        raise ProblemsFound((Problem(code="kit-feed-other", message=message, hint=hint),))
    lang = kit.listed.language
    points = tuple(
        _judge_point(name, own, feed, lang) for name, own in sorted(kit.listed.points.items())
    )
    return (*points, *_judge_lines(kit, feed))


def _judge_point(name: str, own: KitWords, feed: KitFeed, lang: str) -> KitVerdict:
    now = feed.points.get(name)
    address = f"{feed.site.rstrip('/')}/{lang}/points/{name}/"
    if now is None or now.withdrawn is not None:
        why = _said(now.withdrawn, lang) if now and now.withdrawn else ""
        return KitVerdict(name, "wrong", own.files, why, address=address)
    new = now.corrections[own.corrected :]
    instead = _fact(now, lang)
    if new:
        why = " ".join(filter(None, (_said(one, lang) for one in new)))
        return KitVerdict(name, "wrong", own.files, why, instead, address)
    same = now.words.get(lang) == own.digest
    return KitVerdict(
        name, "current" if same else "reworded", own.files, instead=instead, address=address
    )


def _said(mistake: FeedMistake, lang: str) -> str:
    """Give what was wrong in a language, in another one where it is not translated."""
    why = mistake.why.get(lang) or next(iter(mistake.why.values()), "")
    return f"{mistake.day}: {why}" if mistake.day and why else why or str(mistake.day or "")


def _fact(now: FeedPoint, lang: str) -> str:
    return now.fact.get(lang, "")


def _judge_lines(kit: KitFiles, feed: KitFeed) -> Iterator[KitVerdict]:
    """Find the numbers that changed, and all files that give one."""
    names = sorted(kit.listed.files)
    for name, number in sorted(kit.listed.lines.items()):
        now = feed.lines.get(name, "")
        if now == number:
            continue
        files = tuple(_find_files_with(number, names, kit.read))
        if files:
            yield KitVerdict(name, "wrong", files, f"{number} is not its number any more", now)


def _find_files_with(
    number: str, names: list[str], read: Callable[[str], bytes | None]
) -> Iterator[str]:
    """Name the texts that give a number, and the pictures whose words do."""
    wanted = number.removeprefix("+")[-KEPT_DIGITS:]
    for name in names:
        if not name.endswith(".txt") or not _SAFE.fullmatch(name):
            continue
        text = (read(name) or b"")[:MOST_TEXT].decode("utf-8", "replace")
        if wanted in "".join(
            str(d) for c in text if (d := unicodedata.decimal(c, None)) is not None
        ):
            yield name
            if name.endswith("-alt.txt"):
                stem = name.removesuffix("alt.txt")
                yield from (
                    one
                    for one in names
                    if one.startswith(stem) and one != name and _SAFE.fullmatch(one)
                )


_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,199}")
"""What a terminal may be shown of a name."""
