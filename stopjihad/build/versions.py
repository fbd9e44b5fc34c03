"""Name the code and libraries that decide an output's bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path

_LIBRARIES: dict[str, tuple[str, ...]] = {
    "page": ("jinja2", "markupsafe", "markdown", "nh3", "babel", "regex"),
    "asset": (),
    "card": ("uharfbuzz", "numpy", "pillow", "segno"),
    "card-alt": ("regex",),
    "draft": (),
    "drafts": ("regex",),
    "drafts-index": ("tzdata",),
    "report": ("jinja2", "markupsafe", "babel", "pyyaml"),
    "dossier": ("jinja2", "markupsafe", "babel", "markdown", "nh3"),
}
"""Kind of step to the libraries that decide its bytes."""


def code_digest() -> str:
    """Digest the package's own code and data, so that a newer version makes everything anew.

    Returns:
        SHA-256 in lower-case hexadecimal over the names and bytes of all files of the package.
    """
    package = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*")):
        if path.suffix in {".py", ".yaml", ".json", ".txt"} and "_share" not in path.parts:
            digest.update(str(path.relative_to(package)).encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def versions(code: str) -> dict[str, str]:
    """Give the version of each kind of step.

    Args:
        code: from ``code_digest``.

    Returns:
        Kind to a text that differs whenever its outputs may differ.
    """
    from importlib import metadata

    return {
        kind: " ".join([code, *(f"{name} {metadata.version(name)}" for name in names)])
        for kind, names in _LIBRARIES.items()
    }
