"""Sign what partners load, in the form of minisign, and check it: Ed25519 over BLAKE2b-512.

The trusted comment, which is signed too, says which file of which campaign it is, a version that
rises with each publication, when it was signed and until when that holds: an old feed cannot be
shown as the newest, nor one instead of another. Which of two is newer the version says, for clocks
may be wrong. The form: jedisct1.github.io/minisign, "Signature format" and "Public key format".
"""

from __future__ import annotations

import base64
import hashlib
from typing import NamedTuple

from stopjihad.problem import Problem
from stopjihad.publish.signing_key import ALGORITHM, SigningKey, private_key
from stopjihad.publish.site_record import moment

ENDING = ".minisig"

_HASHED = b"ED"
"""How minisign names a signature of a digest."""

_SIGNATURE_BYTES = 64

AHEAD = 600
"""Seconds that a signature may be ahead of the clock that looks at it."""


_MOST = 253_402_300_800
"""The year 10000 in Unix seconds: no time or version of ours comes near it."""


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


def sign(data: bytes, key: SigningKey, claims: Claims) -> bytes:
    """Sign bytes."""
    comment = (  # the moments twice: minisign prints it to people, who read no Unix seconds
        f"timestamp:{claims.signed}\tfile:{claims.file}\texpires:{claims.expires}"
        f"\tcampaign:{claims.campaign}\tversion:{claims.version}"
        f"\tsigned:{moment(claims.signed)}\tuntil:{moment(claims.expires)}\thashed"
    )
    signer = private_key(key)
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
        fits = comment.startswith(prefix) and key[:2] == ALGORITHM and head[:2] == _HASHED
        if not fits or head[2:10] != key[2:10] or len(key) != 42 or len(head) != 74:
            return None
        judge = Ed25519PublicKey.from_public_bytes(key[10:])
        if data is not None:
            judge.verify(head[10:], _digest(data))
        judge.verify(whole, head[10:] + said.encode())
        return _claims(said)
    except (ValueError, InvalidSignature):
        return None


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


def _age_words(age: tuple[int, int]) -> str:
    version, seconds = age
    return f"version {version} of {moment(seconds)}"


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
