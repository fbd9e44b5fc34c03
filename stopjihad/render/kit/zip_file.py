"""Write an archive whose bytes depend on nothing but what is in it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

KIT_LIST = "kit.json"
"""The list of what is in a kit: that is what a campaign's key signs."""

PACKED = (".png", ".jpg", ".pdf", ".pptx", ".docx", ".mp4", ".opus")
"""Endings of what is compressed already: it is stored as it is."""

DAY = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip can name: every file has it, on any clock and in any time zone."""

UNIX, MODE = 3, 0o100644
"""Says that the mode is one of Unix, whatever machine writes: all may read, the owner may write."""


def names_in(data: bytes) -> tuple[str, ...]:
    """List the files of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return tuple(archive.namelist())


def zip_files(files: Mapping[str, bytes]) -> bytes:
    """Zip files, sorted by name.

    Args:
        files: bytes by name, in ASCII with forward slashes.
    """
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, DAY)
            entry.create_system, entry.external_attr = UNIX, MODE << 16
            stored = name.endswith(PACKED)
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name], compresslevel=None if stored else 9)
    return written.getvalue()
