"""A second start opens the studio that runs, and never somebody else's word for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from stopjihad.disk.user_key import key_folder
from stopjihad.studio.running import Studios

ADDRESS = "http://name.localhost:8321/open/token"


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


def test_the_next_address_is_there_while_the_studio_runs_and_for_its_user_alone(
    tmp_path: Path,
) -> None:
    one = Studios(tmp_path, ("demo",), read_only=False)
    with one.announce() as keep:
        keep(ADDRESS)
        assert Studios(tmp_path, ("demo",), read_only=False).opening_address() == ADDRESS
        keep(f"{ADDRESS}2")
        assert one.opening_address() == f"{ADDRESS}2"
        assert Studios(tmp_path, ("demo",), read_only=True).opening_address() == ""
        assert Studios(tmp_path / "other", ("demo",), read_only=False).opening_address() == ""
        (file,) = [path for path in Path(key_folder()).rglob("studios/*") if not path.suffix]
        assert file.stat().st_mode & 0o077 == 0
        with one.announce() as second:
            second("http://elsewhere")  # one is announced already: that one stays
        assert one.opening_address() == f"{ADDRESS}2"
    assert one.opening_address() == ""
    assert not file.exists()


def test_a_full_disk_keeps_nobody_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page that lets a browser in once failed because the next address could not be kept."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with Studios(tmp_path, ("demo",), read_only=False).announce() as keep:
        monkeypatch.setattr("stopjihad.disk.create_in", refuse)
        keep(ADDRESS)


def test_a_studio_that_was_killed_is_not_found(tmp_path: Path) -> None:
    program = (
        "import os, sys\nfrom pathlib import Path\n"
        "from stopjihad.studio.running import Studios\n"
        f"with Studios(Path({str(tmp_path)!r}), ('demo',), read_only=False).announce() as keep:\n"
        f"    keep({ADDRESS!r})\n    os._exit(9)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False)
    assert done.returncode == 9
    assert Studios(tmp_path, ("demo",), read_only=False).opening_address() == ""


def test_what_goes_wrong_in_the_studio_comes_out_of_it(tmp_path: Path) -> None:
    with (
        pytest.raises(OSError, match="of the studio itself"),
        Studios(tmp_path, ("demo",), read_only=False).announce(),
    ):
        raise OSError("of the studio itself")
