"""Keep the key with which a campaign signs, and say which workspace signs with it."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from pathlib import Path
from typing import Any, NamedTuple

from stopjihad.disk.newest import is_newest, taking_place
from stopjihad.disk.user_key import kept_secret, key_folder
from stopjihad.problem import Problem, ProblemsFound

VARIABLE = "STOPJIHAD_SIGNING_KEY"
"""Holds the key where no home folder does, as in continuous integration; ``signature show
--secret`` prints it."""

ALGORITHM = b"Ed"
"""How minisign names Ed25519 in front of a key."""

_NUMBER_BYTES, _SEED_BYTES = 8, 32


class SigningKey(NamedTuple):
    """A key: its number, which names it, and the secret seed (32 bytes)."""

    number: bytes
    seed: bytes

    @property
    def public(self) -> str:
        """The public key as minisign writes it: 56 letters that begin with RW."""
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        raw = private_key(self).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return base64.b64encode(ALGORITHM + self.number + raw).decode()

    @property
    def secret(self) -> str:
        """What the variable `VARIABLE` holds."""
        return base64.b64encode(self.number + self.seed).decode()


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
    with taking_place(_signer(root, campaign), short_name(key.public)):
        pass


def may_sign(root: Path, campaign: str, key: SigningKey) -> bool:
    """Tell whether a workspace signs with a key."""
    given = bool(os.environ.get(VARIABLE))
    return given or is_newest(_signer(root, campaign), short_name(key.public))


def _signer(root: Path, campaign: str) -> str:
    return str(root / "campaigns" / campaign)


def private_key(key: SigningKey) -> Any:
    """Give a key as the library signs with it."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(key.seed)


def short_name(public: str) -> str:
    """Give the name of files about a public key: 16 letters."""
    return hashlib.sha256(public.encode()).hexdigest()[:16]
