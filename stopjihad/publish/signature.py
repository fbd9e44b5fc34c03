"""Sign what partners load, in the form of minisign, and check it: Ed25519 over BLAKE2b-512.

The trusted comment, which is signed too, says which file of which campaign it is, a version that
rises with each publication, when it was signed and until when that holds: an old feed cannot be
shown as the newest, nor one instead of another. Which of two is newer the version says, for clocks
may be wrong. The form: jedisct1.github.io/minisign, "Signature format" and "Public key format".
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from stopjihad import disk
from stopjihad.catalog.headers import headers_of, kind_of
from stopjihad.disk.newest import is_newest, taking_place
from stopjihad.disk.user_key import kept_secret, key_folder
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.publish.release import (
    PUBLIC_MANIFEST,
    PublicManifest,
    Release,
    ReleaseFile,
    describe,
    verify_release,
)
from stopjihad.publish.site_record import moment

ENDING = ".minisig"
SIGNED = frozenset({"manifest", "feed", "alert"})
"""Kinds of files that are signed."""

WORDS = (".html", ".json", ".xml")
"""Endings of those that hold words; the list of files vouches for pictures."""

LIFE = 30 * 86_400
"""Seconds for which a signature holds; it is renewed by a publication in its second half."""

ALERT_LIFE = 86_400
"""The same for the files of an alert while it holds: the longest does for 22 h 30."""

AHEAD = 600
"""Seconds that a signature may be ahead of the clock that looks at it."""

VARIABLE = "STOPJIHAD_SIGNING_KEY"
"""Holds the key where no home folder does, as in continuous integration; ``signature show
--secret`` prints it."""

_KEY, _HASHED = b"Ed", b"ED"
_MOST = 253_402_300_800
"""The year 10000 in Unix seconds: no time or version of ours comes near it."""

_NUMBER_BYTES, _SEED_BYTES, _SIGNATURE_BYTES = 8, 32, 64


class SigningKey(NamedTuple):
    """A key: its number, which names it, and the secret seed (32 bytes)."""

    number: bytes
    seed: bytes

    @property
    def public(self) -> str:
        """The public key as minisign writes it: 56 letters that begin with RW."""
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        raw = _private(self).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return base64.b64encode(_KEY + self.number + raw).decode()

    @property
    def secret(self) -> str:
        """What the variable `VARIABLE` holds."""
        return base64.b64encode(self.number + self.seed).decode()


class Claims(NamedTuple):
    """What a trusted comment says; times in Unix seconds, version 0 where none is said."""

    campaign: str
    file: str
    signed: int
    expires: int
    version: int = 0

    @property
    def age(self) -> tuple[int, int]:
        """What tells older from newer: the version, then the time."""
        return self.version, self.signed


class SignedRelease(NamedTuple):
    """A release with its signatures.

    Attributes:
        release: the files to publish.
        version: of the signatures that were made; 0 when all that were there hold on.
        ahead: Unix time of the newest signature on the target that is ahead of our clock; or 0.
    """

    release: Release
    version: int
    ahead: int


def signing_key(campaign: str, *, make: bool = False) -> SigningKey | None:
    """Give the key of a campaign: from the environment, or from this user's own folder.

    Args:
        make: whether one is made when there is none.

    Returns:
        The key; None when there is none.

    Raises:
        ProblemsFound: ``signature-key`` when the variable holds none, or none can be kept.
    """
    given = os.environ.get(VARIABLE, "")
    if given:
        try:
            raw: bytes | None = base64.b64decode(given, validate=True)
        except (binascii.Error, ValueError):
            raw = b""
    else:
        try:
            raw = kept_secret(f"sign-{campaign}", _NUMBER_BYTES + _SEED_BYTES, make=make)
        except OSError:
            raw = b""
    if raw is None:
        return None
    if len(raw) != _NUMBER_BYTES + _SEED_BYTES:
        where = VARIABLE if given else key_folder()
        message = f"{where} holds no key that can sign, or none can be kept there"
        hint = "make one: stopjihad signature make"
        raise ProblemsFound((Problem(code="signature-key", message=message, hint=hint),))
    return SigningKey(raw[:_NUMBER_BYTES], raw[_NUMBER_BYTES:])


def let_sign(root: Path, campaign: str, key: SigningKey) -> None:
    """Note that a workspace signs with a key: another one may have a campaign of the same name.

    Raises:
        OSError: the disk refuses.
    """
    with taking_place(_signer(root, campaign), _name(key.public)):
        pass


def may_sign(root: Path, campaign: str, key: SigningKey) -> bool:
    """Tell whether a workspace signs with a key."""
    given = bool(os.environ.get(VARIABLE))
    return given or is_newest(_signer(root, campaign), _name(key.public))


def _signer(root: Path, campaign: str) -> str:
    return str(root / "campaigns" / campaign)


def sign(data: bytes, key: SigningKey, claims: Claims) -> bytes:
    """Sign bytes."""
    comment = (  # the moments twice: minisign prints it to people, who read no Unix seconds
        f"timestamp:{claims.signed}\tfile:{claims.file}\texpires:{claims.expires}"
        f"\tcampaign:{claims.campaign}\tversion:{claims.version}"
        f"\tsigned:{moment(claims.signed)}\tuntil:{moment(claims.expires)}\thashed"
    )
    signer = _private(key)
    signature = signer.sign(_digest(data))
    whole = signer.sign(signature + comment.encode())
    lines = (
        f"untrusted comment: signature of the campaign {claims.campaign}",
        base64.b64encode(_HASHED + key.number + signature).decode(),
        f"trusted comment: {comment}",
        base64.b64encode(whole).decode(),
    )
    return "\n".join(lines).encode() + b"\n"


def verify(data: bytes | None, signature: bytes, public: str) -> Claims | None:
    """Verify a signature.

    Args:
        data: what was signed; None to ask only what the key claimed, of whatever bytes.

    Returns:
        What is claimed; None when the signature is not of these bytes and this key.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        _, line, comment, last = signature.decode().split("\n")[:4]
        key, head, whole = _decode_base64(public), _decode_base64(line), _decode_base64(last)
        prefix, said = "trusted comment: ", comment.removeprefix("trusted comment: ")
        fits = comment.startswith(prefix) and key[:2] == _KEY and head[:2] == _HASHED
        if not fits or head[2:10] != key[2:10] or len(key) != 42 or len(head) != 74:
            return None
        judge = Ed25519PublicKey.from_public_bytes(key[10:])
        if data is not None:
            judge.verify(head[10:], _digest(data))
        judge.verify(whole, head[10:] + said.encode())
        return _claims(said)
    except (ValueError, InvalidSignature):
        return None


def add_signatures(
    release: Release,
    key: SigningKey,
    now: int,
    published: Callable[[str], bytes | None],
    newest: int = 0,
) -> SignedRelease:
    """Add signatures to a release; one that holds for long enough stays as it is.

    Args:
        published: gives the bytes that the target has under a path, or None.
        newest: the highest version that was signed before, as far as is known here.

    Returns:
        The release with its signatures. The target's own are believed as far as the key made them;
        those from the future never stay.
    """
    files = [file for file in release.files if not file.path.endswith(ENDING)]
    paths = [file.path for file in files if file.path.endswith(WORDS)]
    paths = [path for path in paths if kind_of(path).name in SIGNED]
    old = {path: published(path + ENDING) or b"" for path in paths}
    # What is there may be of other bytes than these; its version counts all the same.
    claimed = [one for was in old.values() if (one := verify(None, was, key.public)) is not None]
    version = max((newest, *(one.version for one in claimed))) + 1
    made: dict[str, bytes] = {}
    for path, was in old.items():
        data = release.read(path)
        life = ALERT_LIFE if kind_of(path).name == "alert" and release.alert else LIFE
        if not _lasts(verify(data, was, key.public), path, now, life):
            made[path] = sign(data, key, Claims(release.campaign, path, now, now + life, version))
    signatures = {path + ENDING: made.get(path, was) for path, was in old.items()}
    ahead = max((one.signed for one in claimed if one.signed > now + AHEAD), default=0)
    return SignedRelease(_with(release, files, signatures), version if made else 0, ahead)


def _lasts(claims: Claims | None, path: str, now: int, life: int) -> bool:
    """Tell whether a signature can stay: in the first half of its life, and not from the future."""
    if claims is None or claims.file != path or claims.signed > now + AHEAD:
        return False
    return claims.expires - now > life / 2


def remove_signatures(release: Release) -> Release:
    """Take signatures away."""
    files = [file for file in release.files if not file.path.endswith(ENDING)]
    return _with(release, files, {})


def signed_list(there: Release, campaign: str, public: str | None) -> tuple[Release, int] | None:
    """Take what a target keeps by its list of files, if the campaign's key signed that list.

    Args:
        public: key as minisign writes it; None where the campaign has none.

    Returns:
        The release, and when the list was signed (Unix time in seconds); None without such a list.
    """
    try:
        data, signature = there.read(PUBLIC_MANIFEST), there.read(PUBLIC_MANIFEST + ENDING)
        claims = verify(data, signature, public) if public else None
        listed = msgspec.json.decode(data, type=PublicManifest)
    except (KeyError, ProblemsFound, msgspec.MsgspecError, UnicodeDecodeError):
        return None
    if claims is None or (claims.file, claims.campaign) != (PUBLIC_MANIFEST, campaign):
        return None
    sizes = {file.path: file.bytes for file in there.files}
    digests = {**listed.files, PUBLIC_MANIFEST: hashlib.sha256(data).hexdigest()}
    if not all(path in sizes for path in digests):
        return None
    alert = bool(listed.says.alert)
    files = [
        ReleaseFile(path, digest, sizes[path], headers_of(path, alert=alert)["Cache-Control"])
        for path, digest in sorted(digests.items())
    ]
    release = Release(
        campaign=campaign,
        build="",
        files=tuple(files),
        read=there.read,
        alert=alert,
        exercise=listed.says.exercise,
        said=listed.says,
    )
    return verify_release(release), claims.signed


def check(data: bytes, signature: bytes, public: str, asked: SignatureRequest) -> list[Problem]:
    """Check a file as a partner does, who remembers the signatures seen before.

    Args:
        asked: which file it should be, and when.

    Returns:
        Problems ``signature-foreign``, ``signature-wrong``, ``signature-other-file``,
        ``signature-future``, ``signature-expired`` or ``signature-older``; none when it may be
        used.
    """
    claims = verify(data, signature, public)
    if claims is None:
        return [_not_signed(signature, public, asked.path)]
    if claims.file != asked.path:
        message = f"this is the signed file {claims.file}, not {asked.path}"
        hint = "load the file and its signature again"
        return [Problem(path=asked.path, code="signature-other-file", message=message, hint=hint)]
    if claims.signed > asked.now + AHEAD:
        message = f"it says that it was signed at {moment(claims.signed)}, which is to come"
        hint = "look at your clock; when that is right, tell the campaign to publish again"
        return [Problem(path=asked.path, code="signature-future", message=message, hint=hint)]
    if claims.expires <= asked.now:
        message = f"its signature held until {moment(claims.expires)}: somebody may show old news"
        hint = "load it again; when it stays, tell the campaign"
        return [Problem(path=asked.path, code="signature-expired", message=message, hint=hint)]
    if claims.age < asked.newest:
        message = f"it is {_age_words(claims.age)}; you have seen {_age_words(asked.newest)}"
        hint = "keep the newer one; when it stays, tell the campaign"
        return [Problem(path=asked.path, code="signature-older", message=message, hint=hint)]
    return []


def _not_signed(signature: bytes, public: str, path: str) -> Problem:
    """Say that a key did not sign a file: another one did, or the bytes are others."""
    if other := _other_key(signature, public):
        message = (
            f"it is signed with another key ({other}) than the campaign's: a stranger wrote it"
        )
        hint = "do not use the file; look up the campaign's key where you got it first"
        return Problem(path=path, code="signature-foreign", message=message, hint=hint)
    message = "the signature is not of these bytes and this key: do not use the file"
    hint = "load it again; when it stays, tell the campaign"
    return Problem(path=path, code="signature-wrong", message=message, hint=hint)


def _other_key(signature: bytes, public: str) -> str:
    """Name the key that a signature says it is of; empty for the one that is asked for."""
    try:
        line = _decode_base64(signature.decode().split("\n")[1])
        number = _decode_base64(public)[2:10]
    except (ValueError, IndexError):
        return ""
    named = line[2:10]
    return "" if len(line) != 74 or named == number else named[::-1].hex().upper()


class SignatureRequest(NamedTuple):
    """Say which file is checked.

    Attributes:
        path: below the site.
        now: Unix time in seconds.
        newest: age of the newest signature of it that was seen before.
    """

    path: str
    now: int
    newest: tuple[int, int] = (0, 0)


MADE_HERE = ""
"""Stands for a path where the newest version is kept that was signed here."""

Ages = dict[str, tuple[int, int]]
"""Version and Unix time of signatures by path."""


def seen_before(public: str) -> Ages:
    """Read the ages of the newest signatures that this user has seen."""
    data = disk.read(_seen_file(public)) if key_folder() else None
    try:
        return msgspec.json.decode(data or b"{}", type=Ages)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return {}


def remember_seen(public: str, ages: Ages) -> None:
    """Keep the ages of the newest signatures seen."""
    if key_folder():
        before, none = seen_before(public), (0, 0)
        newest = {path: max(before.get(path, none), ages.get(path, none)) for path in before | ages}
        disk.replace(_seen_file(public), msgspec.json.encode(newest, order="sorted"))


def newest_version(public: str) -> int:
    """Give the highest version that this user has signed or seen; 0 for none."""
    return max((version for version, _ in seen_before(public).values()), default=0)


def _seen_file(public: str) -> str:
    return os.path.join(key_folder(), f"seen-{_name(public)}.json")  # noqa: PTH118 (as its folder)


def _name(public: str) -> str:
    return hashlib.sha256(public.encode()).hexdigest()[:16]


def _age_words(age: tuple[int, int]) -> str:
    version, seconds = age
    return f"version {version} of {moment(seconds)}"


def _with(release: Release, files: list[Any], made: Mapping[str, bytes]) -> Release:
    listed = [*files, *(describe(path, made[path], alert=release.alert) for path in made)]
    before = release.read

    def read(path: str) -> bytes:
        return made[path] if path in made else before(path)

    return msgspec.structs.replace(release, files=tuple(sorted(listed)), read=read)


def _private(key: SigningKey) -> Any:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(key.seed)


def _decode_base64(text: str) -> bytes:
    """Decode base64 in its one form; others would make two signatures of one."""
    raw = base64.b64decode(text, validate=True)
    if base64.b64encode(raw).decode() != text:
        raise ValueError(text)
    return raw


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_SIGNATURE_BYTES).digest()


def _claims(comment: str) -> Claims | None:
    parts = dict(part.split(":", 1) for part in comment.split("\t") if ":" in part)
    try:
        numbers = [int(parts.get(name, "0")) for name in ("timestamp", "expires", "version")]
        if not all(0 <= number < _MOST for number in numbers):
            return None
        return Claims(parts["campaign"], parts["file"], *numbers)
    except (KeyError, ValueError):
        return None
