"""A kit is judged by the campaign's signed feed; feed and kit are strangers' words."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from stopjihad.problem import ProblemsFound
from stopjihad.publish.kit_check import fetch_feed, judge_kit, read_feed, read_kit
from stopjihad.publish.signature import Claims, SignatureRequest, sign
from stopjihad.publish.signed_release import LIFE
from stopjihad.publish.signing_key import SigningKey
from stopjihad.render.kit.feed import FEED, FeedMistake, FeedPoint, KitFeed

from support.serve import served
from support.targets import NOW

KEY = SigningKey(b"\1" * 8, b"\2" * 32)
STRANGER = SigningKey(b"\3" * 8, b"\4" * 32)
OLD, NEW = "0" * 32, "1" * 32
DAY = dt.date(2026, 12, 1)
POINTS = {
    "right": FeedPoint(words={"fr": OLD}, fact={"fr": "Ils étaient 27."}),
    "reworded": FeedPoint(words={"fr": NEW}, fact={"fr": "Autrement."}),
    "wrong": FeedPoint(
        words={"fr": NEW},
        fact={"fr": "Ils étaient 27."},
        corrections=(FeedMistake(day=DAY), FeedMistake(day=DAY, why={"fr": "Nous écrivions 40."})),
    ),
    "gone": FeedPoint(withdrawn=FeedMistake(day=DAY, why={"en": "Its source took it back."})),
}
TOLD = KitFeed(
    campaign="toy", site="https://toy.example.org/", points=POINTS, lines={"a": "+33800005696"}
)


def feed_of(told: KitFeed = TOLD, key: SigningKey = KEY, **claims: int) -> tuple[bytes, bytes]:
    data = msgspec.json.encode(told)
    said = {"signed": NOW, "expires": NOW + LIFE, "version": 7} | claims
    return data, sign(data, key, Claims("toy", FEED, **said))


def kit_at(folder: Path, **more: object) -> Path:
    points = {
        name: {"digest": OLD, "corrected": 1, "files": [f"posts/{name}-fr-x.txt"]}
        for name in (*POINTS, "unknown")
    }
    posts = {f"posts/{name}-fr-x.txt": f"{name} 27 ٣٨ 0800 005 696" for name in points}
    listed = {
        "format": "stopjihad-kit/1",
        "campaign": "toy",
        "language": "fr",
        "points": points,
        "lines": {"a": "+33800005696"},
        "files": dict.fromkeys(posts, ""),
    } | more
    with zipfile.ZipFile(folder / "kit.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("kit.json", json.dumps(listed))
        for name, text in posts.items():
            archive.writestr(name, text)
    return folder / "kit.zip"


def refused(data: bytes, signature: bytes, **asked: object) -> str:
    request = SignatureRequest(FEED, **{"now": NOW + 9, **asked})  # type: ignore[arg-type]
    with pytest.raises(ProblemsFound) as found:
        read_feed(data, signature, KEY.public, request)
    (problem,) = found.value.problems
    assert "\n" not in str(problem)
    return problem.code


def test_each_file_of_a_kit_is_of_today_or_is_taken_down(tmp_path: Path) -> None:
    kit = read_kit(kit_at(tmp_path))
    found = {one.name: one for one in judge_kit(kit, TOLD)}
    states = {name: one.state for name, one in found.items()}
    assert states == {
        "right": "current",
        "reworded": "reworded",
        "wrong": "wrong",
        "gone": "wrong",
        "unknown": "wrong",
    }
    wrong = found["wrong"]
    assert (wrong.why, wrong.instead) == ("2026-12-01: Nous écrivions 40.", "Ils étaient 27.")
    assert wrong.files == ("posts/wrong-fr-x.txt",)
    assert wrong.address == "https://toy.example.org/fr/points/wrong/"
    assert found["gone"].why == "2026-12-01: Its source took it back."


def test_a_number_that_changed_names_every_text_that_gives_it(tmp_path: Path) -> None:
    kit = read_kit(kit_at(tmp_path))
    moved = msgspec.structs.replace(TOLD, lines={"a": "+33800005697"})
    (line,) = (one for one in judge_kit(kit, moved) if one.name == "a")
    assert len(line.files) == 5
    assert (line.state, line.instead) == ("wrong", "+33800005697")


def test_a_good_feed_is_read() -> None:
    data, signature = feed_of()
    feed, claims = read_feed(data, signature, KEY.public, SignatureRequest(FEED, NOW + 9))
    assert (feed, claims.version) == (TOLD, 7)


def test_an_older_an_expired_a_foreign_and_a_forged_feed_are_refused() -> None:
    data, signature = feed_of()
    forged = msgspec.structs.replace(TOLD, lines={"a": "+33800005697"})
    assert refused(data, signature, newest=(8, NOW)) == "signature-older"
    assert refused(data, signature, now=NOW + LIFE) == "signature-expired"
    assert refused(*feed_of(key=STRANGER)) == "signature-foreign"
    assert refused(feed_of(forged)[0], signature) == "signature-wrong"


@pytest.mark.parametrize(
    "told",
    [
        {"campaign": "toy", "site": "https://x.org/", "points": {}, "lines": {}, "more": 1},
        {"campaign": "toy\x1b[2J", "site": "https://x.org/", "points": {}, "lines": {}},
        {"campaign": "toy", "site": "javascript:x", "points": {}, "lines": {}},
        {
            "campaign": "toy",
            "site": "https://x.org/",
            "points": {"a": {"fact": {"fr": "\x1b]0;x\x07"}}},
            "lines": {},
        },
        {"campaign": "toy", "site": "https://x.org/", "points": {"../a": {}}, "lines": {}},
    ],
)
def test_a_signed_feed_of_another_form_is_refused(told: dict[str, object]) -> None:
    data = json.dumps({"format": "stopjihad-kit-feed/1", **told}).encode()
    signature = sign(data, KEY, Claims("toy", FEED, NOW, NOW + LIFE, 7))
    assert refused(data, signature) == "kit-feed-form"


@pytest.mark.parametrize(
    "more",
    [
        {"points": {}},
        {"points": {"a": {"digest": "x"}}},
        {"points": {"a": {"digest": OLD, "files": ["\x1b[2Jx"]}}},
        {"lines": {"a": "call\x1b[2J"}},
        {"files": dict.fromkeys(map(str, range(800_000)), "")},
    ],
)
def test_what_is_no_kit_is_refused(more: dict[str, object], tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound) as found:
        read_kit(kit_at(tmp_path, **more))
    assert [one.code for one in found.value.problems] == ["kit-unreadable"]


def test_a_zip_that_is_none_and_a_kit_of_another_campaign_are_refused(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"PK")
    with pytest.raises(ProblemsFound, match="kit-unreadable"):
        read_kit(tmp_path / "x.zip")
    with pytest.raises(ProblemsFound, match="kit-feed-other"):
        judge_kit(read_kit(kit_at(tmp_path, campaign="other")), TOLD)


def pack_strangely(path: Path, name: str) -> None:
    """Say of a file in a zip that it is packed by method 99, which nobody unpacks."""
    data, at = path.read_bytes(), name.encode()
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo(name).header_offset
    listed = data.rindex(at) - 46
    data = data[: listed + 10] + b"\x63\0" + data[listed + 12 :]
    path.write_bytes(data[: start + 8] + b"\x63\0" + data[start + 10 :])


def damage(path: Path, name: str) -> None:
    """Write over the first bytes of a file in a zip."""
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo(name).header_offset + 30 + len(name)
    path.write_bytes(data[:start] + b"\xff" * 8 + data[start + 8 :])


@pytest.mark.parametrize("spoil", [pack_strangely, damage])
@pytest.mark.parametrize("name", ["kit.json", "posts/wrong-fr-x.txt"])
def test_a_zip_that_cannot_be_unpacked_is_refused_in_one_line(
    spoil: Callable[[Path, str], None], name: str, tmp_path: Path
) -> None:
    path = kit_at(tmp_path, lines={"a": "+33800005697"})
    spoil(path, name)
    with pytest.raises(ProblemsFound) as found:
        judge_kit(read_kit(path), TOLD)
    (problem,) = found.value.problems
    assert problem.code == "kit-unreadable"
    assert "\n" not in str(problem)


def test_a_feed_comes_from_a_file_or_over_the_web(tmp_path: Path) -> None:
    data, signature = feed_of()
    (tmp_path / "feed.json").write_bytes(data)
    with served(tmp_path, "/") as site:
        with pytest.raises(ProblemsFound, match="kit-feed-missing"):
            fetch_feed(f"{site}feed.json")
        (tmp_path / "feed.json.minisig").write_bytes(signature)
        assert fetch_feed(f"{site}feed.json") == (data, signature)
    assert fetch_feed(str(tmp_path / "feed.json")) == (data, signature)
    for place in ("http://example.org/feed.json", "file:///etc/passwd", str(tmp_path / "none")):
        with pytest.raises(ProblemsFound, match="kit-feed-missing"):
            fetch_feed(place)
