"""Make a partner's kit, and read kits back."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

from support.build import CAMPAIGN, REPOSITORY, SMALL, stopjihad

PARTNER = """\
name: Club du quartier
kind: club
funded_by: [cotisations]
languages: [fr]
country: BE
contact: club@example.org
known_by: The campaign team
adults: true
"""


def partner_workspace(folder: Path) -> Path:
    """Copy the small workspace into a folder, with the helplines of Belgium, too."""
    root = folder / "workspace"
    shutil.copytree(SMALL, root)
    own = Path("campaigns", CAMPAIGN)
    shutil.copyfile(REPOSITORY / own / "helplines.yaml", root / own / "helplines.yaml")
    (root / own / "partners").mkdir()
    return root


def write_partner(root: Path, text: str = PARTNER) -> Path:
    """Write the file of a partner."""
    path = root / "campaigns" / CAMPAIGN / "partners/club.yaml"
    path.write_text(text, "utf-8")
    return path


def partner_kit(root: Path, **environment: str) -> bytes:
    """Make the partner's kit."""
    done = stopjihad("-C", root, "kit", "build", "-o", root / "out", **environment)
    assert done.returncode == 0, done.stderr + done.stdout
    (made,) = (root / "out" / "club").iterdir()
    return made.read_bytes()


def files_of(made: bytes) -> dict[str, bytes]:
    """Give the files of a kit by name."""
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
