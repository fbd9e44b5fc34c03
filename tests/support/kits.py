"""Read kits back."""

from __future__ import annotations

import io
import zipfile


def files_of(made: bytes) -> dict[str, bytes]:
    """Give the files of a kit by name."""
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
