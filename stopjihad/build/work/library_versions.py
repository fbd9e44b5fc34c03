"""Versions of all that decides bytes: machines on which they are equal make the same."""

from __future__ import annotations

import platform
import unicodedata
import zlib
from functools import cache

from stopjihad import __version__
from stopjihad.build.work.keys import version_of
from stopjihad.disk.code import code_digest
from stopjihad.render.kinds import KINDS
from stopjihad.text.language.stems import stemming

_JUDGING = ("idna", "msgspec", "phonenumbers", "py3langid", "pyyaml")
"""Packages that decide what is found wrong, or what is sent between machines."""


@cache
def library_versions() -> dict[str, str]:
    """Give the versions of all that decides bytes on this machine.

    Returns:
        Name to version, ``absent`` for packages that are not installed.
    """
    import uharfbuzz

    packages = {name for row in KINDS.values() for name in row.libraries}
    found = {name: version_of(name) for name in (*packages, *_JUDGING)}
    found |= {
        "stopjihad": f"{__version__} ({code_digest()[:12]})",
        "Python": ".".join(platform.python_version_tuple()[:2]),
        "processor": platform.machine(),
        "Unicode": unicodedata.unidata_version,
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "HarfBuzz": str(uharfbuzz.version_string()),
        "stems": stemming(),
    }
    return dict(sorted(found.items()))
