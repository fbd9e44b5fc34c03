"""The page for web servers is the one that the table of headers gives."""

from __future__ import annotations

import subprocess
import sys

from support.build import REPOSITORY


def test_the_page_is_up_to_date() -> None:
    """After a change of the table: ``python scripts/server_examples.py > docs/servers.md``."""
    script = REPOSITORY / "scripts" / "server_examples.py"
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    assert (REPOSITORY / "docs/servers.md").read_text("utf-8") == done.stdout
