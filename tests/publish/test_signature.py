"""Signatures: minisign verifies ours, and our check refuses what a partner must not use."""

from __future__ import annotations

import datetime as dt
import stat
import subprocess
from pathlib import Path

import pytest
from stopjihad.disk.user_key import key_folder
from stopjihad.problem import ProblemsFound
from stopjihad.publish.seen_signatures import newest_version, remember_seen, seen_before
from stopjihad.publish.signature import Claims, SignatureRequest, check, sign, verify
from stopjihad.publish.signed_release import LIFE, add_signatures, remove_signatures
from stopjihad.publish.signing_key import VARIABLE, SigningKey, signing_key

from support.targets import NOW, toy_release, toy_site

FEED = b"<feed>1</feed>"


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> SigningKey:
    """Make a key in a folder of this test's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv(VARIABLE, raising=False)
    made = signing_key("toy", make=True)
    assert made is not None
    return made


def feed_signature(
    key: SigningKey, *, at: int = NOW, file: str = "en/feed.xml", version: int = 7
) -> bytes:
    return sign(FEED, key, Claims("toy", file, at, at + LIFE, version))


def minisign(
    folder: Path, data: bytes, signature: bytes, public: str
) -> subprocess.CompletedProcess[str]:
    (folder / "file").write_bytes(data)
    (folder / "file.minisig").write_bytes(signature)
    return subprocess.run(
        ["minisign", "-V", "-m", str(folder / "file"), "-P", public],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.judge
def test_debians_minisign_verifies_what_we_sign(key: SigningKey, tmp_path: Path) -> None:
    good = minisign(tmp_path, FEED, feed_signature(key), key.public)
    assert good.returncode == 0, good.stderr
    assert "Signature and comment signature verified" in good.stdout
    assert f"timestamp:{NOW}\tfile:en/feed.xml\texpires:{NOW + LIFE}\tcampaign:toy" in good.stdout
    assert "\tversion:7\t" in good.stdout
    until = dt.datetime.fromtimestamp(NOW + LIFE, dt.UTC).isoformat().replace("+00:00", "Z")
    assert f"\tuntil:{until}\thashed" in good.stdout  # nobody reads Unix seconds
    assert minisign(tmp_path, FEED + b" ", feed_signature(key), key.public).returncode != 0
    other = SigningKey(b"12345678", b"x" * 32)
    assert minisign(tmp_path, FEED, feed_signature(key), other.public).returncode != 0
    forged = feed_signature(key).replace(b"expires:1", b"expires:9")
    assert minisign(tmp_path, FEED, forged, key.public).returncode != 0


@pytest.mark.judge
def test_what_minisign_signs_is_verified_by_us(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_bytes(FEED)
    make = ["-G", "-W", "-p", "p", "-s", "s"]
    for words in (make, ["-S", "-W", "-s", "s", "-m", "feed.xml", "-t", comment()]):
        subprocess.run(["minisign", *words], cwd=tmp_path, check=True, capture_output=True)
    public = (tmp_path / "p").read_text("utf-8").splitlines()[1]
    claims = verify(FEED, (tmp_path / "feed.xml.minisig").read_bytes(), public)
    assert claims == Claims("toy", "en/feed.xml", NOW, NOW + 5)


def comment() -> str:
    return f"timestamp:{NOW}\tfile:en/feed.xml\texpires:{NOW + 5}\tcampaign:toy"


def codes(data: bytes, signature: bytes, public: str, asked: SignatureRequest) -> list[str]:
    return [problem.code for problem in check(data, signature, public, asked)]


def test_a_partner_is_warned_of_what_must_not_be_used(key: SigningKey) -> None:
    asked, good = SignatureRequest("en/feed.xml", NOW + 60), feed_signature(key)
    assert codes(FEED, good, key.public, asked) == []
    assert codes(FEED, good, SigningKey(key.number, b"y" * 32).public, asked) == ["signature-wrong"]
    late = asked._replace(now=NOW + LIFE)
    assert codes(FEED, good, key.public, late) == ["signature-expired"]
    older = asked._replace(newest=(7, NOW + 1))
    assert codes(FEED, good, key.public, older) == ["signature-older"]
    elsewhere = asked._replace(path="fr/feed.xml")
    assert codes(FEED, good, key.public, elsewhere) == ["signature-other-file"]


def test_each_changed_byte_is_refused(key: SigningKey) -> None:
    """In the file and in what is signed of the signature; the first line is untrusted by name."""
    asked, good = SignatureRequest("en/feed.xml", NOW), feed_signature(key)
    for place in range(len(FEED)):
        changed = FEED[:place] + bytes([FEED[place] ^ 1]) + FEED[place + 1 :]
        assert codes(changed, good, key.public, asked) == ["signature-wrong"]
    start = good.index(b"\n") + 1
    for place in range(start, len(good) - 1):
        changed = good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :]
        (code,) = codes(FEED, changed, key.public, asked)
        assert code in {"signature-wrong", "signature-foreign"}, place  # the name of the key


@pytest.mark.parametrize(
    "nonsense", [b"", b"\xff\xfe", b"a\nb\nc\nd\n", b"untrusted\nRW\ntrusted comment: x\nAA==\n"]
)
def test_nonsense_is_no_signature(key: SigningKey, nonsense: bytes) -> None:
    assert verify(FEED, nonsense, key.public) is None
    assert verify(FEED, feed_signature(key), "RW") is None


def test_the_key_lies_outside_of_the_workspace_and_only_its_user_reads_it(key: SigningKey) -> None:
    path = Path(key_folder()) / "sign-toy"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert signing_key("toy", make=True) == key
    assert signing_key("other") is None
    path.chmod(0o644)  # somebody may have read it, or put it there
    assert signing_key("toy") is None


def test_the_key_comes_from_the_environment_where_there_is_no_home(
    key: SigningKey, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "nothing"))
    monkeypatch.setenv(VARIABLE, key.secret)
    assert signing_key("toy") == key
    monkeypatch.setenv(VARIABLE, "nonsense")
    with pytest.raises(ProblemsFound) as found:
        signing_key("toy")
    assert [problem.code for problem in found.value.problems] == ["signature-key"]
    assert "nonsense" not in str(found.value)


def test_manifest_feeds_and_alerts_are_signed_and_nothing_else(key: SigningKey) -> None:
    files = toy_site(1) | {
        "en/alert/index.html": b"<p>alert</p>",
        "cap.xml": b"<alert/>",
        "en/alert/og.png": b"PNG",
    }
    release = add_signatures(toy_release(files), key, NOW, lambda _path: None).release
    found = {file.path for file in release.files if file.path.endswith(".minisig")}
    wanted = {"manifest.json", "en/feed.xml", "en/alert/index.html", "cap.xml"}
    assert found == {f"{path}.minisig" for path in wanted}
    for path in wanted:
        claims = verify(release.read(path), release.read(f"{path}.minisig"), key.public)
        assert claims is not None
        assert claims.file == path
    assert remove_signatures(release).files == toy_release(files).files


def test_a_signature_is_renewed_in_the_second_half_of_its_life(key: SigningKey) -> None:
    first = add_signatures(toy_release(toy_site(1)), key, NOW, lambda _path: None).release
    for later, same in ((LIFE // 2 - 1, True), (LIFE // 2 + 1, False)):
        again = add_signatures(toy_release(toy_site(1)), key, NOW + later, first.read).release
        assert (again.files == first.files) is same
    changed = add_signatures(toy_release(toy_site(2)), key, NOW + 1, first.read).release
    path = "en/feed.xml"
    assert verify(changed.read(path), changed.read(f"{path}.minisig"), key.public)


def test_what_was_seen_is_remembered_by_key(key: SigningKey) -> None:
    remember_seen(key.public, {"en/feed.xml": (1, 5), "fr/feed.xml": (1, 7)})
    remember_seen(key.public, {"en/feed.xml": (1, 3)})
    assert seen_before(key.public) == {"en/feed.xml": (1, 5), "fr/feed.xml": (1, 7)}
    assert seen_before("another") == {}
    assert newest_version(key.public) == 1


def test_of_two_signatures_the_version_says_which_is_newer(key: SigningKey) -> None:
    """The clock of the one that came later may be wrong."""
    asked = SignatureRequest("en/feed.xml", NOW + 60, (7, NOW))
    for at, version, wrong in (
        (NOW - 5, 8, []),
        (NOW + 5, 7, []),
        (NOW + 5, 6, ["signature-older"]),
        (NOW - 5, 7, ["signature-older"]),
    ):
        signature = feed_signature(key, at=at, version=version)
        assert codes(FEED, signature, key.public, asked) == wrong, (at, version)


def test_versions_rise_on_every_target(key: SigningKey) -> None:
    """Whatever is known: by the target, though its files are others, or by this computer."""
    first = add_signatures(toy_release(toy_site(1)), key, NOW, lambda _path: None)
    assert first.version == 1
    other = add_signatures(toy_release(toy_site(2)), key, NOW, first.release.read)
    assert other.version == 2
    assert add_signatures(toy_release(toy_site(2)), key, NOW, lambda _path: None, 41).version == 42
    assert add_signatures(toy_release(toy_site(2)), key, NOW, other.release.read).version == 0
    stranger = SigningKey(b"12345678", b"x" * 32)
    theirs = add_signatures(toy_release(toy_site(1)), stranger, NOW, lambda _path: None, 10**9)
    assert add_signatures(toy_release(toy_site(1)), key, NOW, theirs.release.read).version == 1
