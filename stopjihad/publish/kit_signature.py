"""Sign the list in a partner's kit, where the key that the campaign names is here."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

from stopjihad.build.kit import PartnerKits
from stopjihad.publish.signature import ENDING, Claims, sign
from stopjihad.publish.signing_key import SigningKey, may_sign, signing_key
from stopjihad.render.kit.zip_file import KIT_LIST, zip_files

LIFE = 366 * 86_400
"""Seconds for which a kit holds, from the day of the campaign's last change: the same kit has the
same signature whenever it is made. Facts are corrected sooner: its first page says where."""


def sign_kits(root: Path, slug: str, kits: PartnerKits) -> dict[str, bytes]:
    """Put a signature beside the list in each kit.

    Returns:
        Zips by file name; as they were where this computer has not the campaign's key.

    Raises:
        ProblemsFound: ``signature-key``, as for `signing_key`.
    """
    key = signing_key(slug) if kits.signing_key else None
    if key is None or key.public != kits.signing_key or not may_sign(root, slug, key):
        return kits.zips
    day = dt.datetime.combine(kits.updated, dt.time(), dt.UTC)
    begun = int(day.timestamp())
    claims = Claims(slug, KIT_LIST, begun, begun + LIFE)
    return {name: _with_signature(kit, key, claims) for name, kit in kits.zips.items()}


def _with_signature(kit: bytes, key: SigningKey, claims: Claims) -> bytes:
    with zipfile.ZipFile(io.BytesIO(kit)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return zip_files({**files, KIT_LIST + ENDING: sign(files[KIT_LIST], key, claims)})
