"""Every mistake a person can make is explained: file, line, column, and how to mend it.

Each folder of ``tests/invalid/`` holds files laid over ``_base`` (``removed.txt`` names files taken
away) and ``expected.txt``: all problems, word for word. It is named after the code of its problem;
where others have the same code, what is wrong stands after a plus sign.
"""

from __future__ import annotations

import ast
import datetime as dt
import os
import shutil
from pathlib import Path

import pytest
from stopjihad.build.check.survey import survey
from stopjihad.disk.cache import ByteMemory
from stopjihad.load import files
from stopjihad.load.workspace import read_workspace
from stopjihad.load.yaml import MAX_BYTES

INVALID = Path(__file__).parent / "invalid"
CASES = sorted(path.name for path in INVALID.iterdir() if path.is_dir() and path.name != "_base")
TODAY = dt.date(2026, 11, 24)
DEMO = "campaigns/demo"
PACKAGE = Path(__file__).parents[1] / "stopjihad"
KEPT = ByteMemory()
"""What was parsed without a problem, by the digest of its file: templates are parsed once."""


def workspace(folder: Path) -> Path:
    shutil.copytree(INVALID / "_base", folder, dirs_exist_ok=True)
    return folder


def problems(root: Path) -> list[str]:
    return [str(problem) for problem in survey(root, "demo", TODAY, KEPT).problems]


def test_the_base_has_no_problems(tmp_path: Path) -> None:
    assert problems(workspace(tmp_path)) == []


@pytest.mark.parametrize("code", CASES)
def test_the_mistake_is_explained(code: str, tmp_path: Path) -> None:
    root = workspace(tmp_path)
    case = INVALID / code
    for path in case.rglob("*"):
        inner = path.relative_to(case)
        if path.is_file() and len(inner.parts) > 1:
            (root / inner).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, root / inner)
    removed = case / "removed.txt"
    for name in removed.read_text("utf-8").split() if removed.exists() else ():
        (root / name).unlink()
    found = problems(root)
    assert found == (case / "expected.txt").read_text("utf-8").splitlines()
    assert any(f"[{code.partition('+')[0]}]" in line for line in found)


def one(root: Path, code: str) -> str:
    (found,) = [line for line in problems(root) if f"[{code}]" in line]
    return found


def test_long_yaml_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    path = root / DEMO / "campaign.yaml"
    path.write_text(path.read_text("utf-8") + "# long\n" * (MAX_BYTES // 6), "utf-8")
    assert one(root, "yaml-too-large").startswith(f"{DEMO}/campaign.yaml:1: ")


def test_a_link_is_refused(tmp_path: Path) -> None:
    root = workspace(tmp_path / "workspace")
    secret = tmp_path / "secret.md"
    secret.write_text("---\ntitle: Secret\n---\n", "utf-8")
    (root / DEMO / "pages" / "secret.md").symlink_to(secret)
    assert one(root, "link-refused").startswith(f"{DEMO}/pages/secret.md: ")


def test_a_campaign_file_that_is_a_link_is_not_said_to_be_missing(tmp_path: Path) -> None:
    root = workspace(tmp_path / "workspace")
    own = root / DEMO / "campaign.yaml"
    own.symlink_to(own.rename(tmp_path / "campaign.yaml"))
    (found,) = problems(root)
    assert found.startswith(f"{DEMO}/campaign.yaml: error[link-refused] ")


def test_a_campaign_that_is_a_link_is_told(tmp_path: Path) -> None:
    root = workspace(tmp_path / "workspace")
    (root / DEMO).rename(tmp_path / "elsewhere")
    shutil.copytree(tmp_path / "elsewhere", root / DEMO)
    before = read_workspace(root, "demo").digest
    (root / "campaigns" / "linked").symlink_to(tmp_path / "elsewhere")
    (root / "campaigns" / "notes").symlink_to(tmp_path / "nowhere")
    (root / "campaigns" / ".hidden").symlink_to(tmp_path / "elsewhere")
    assert one(root, "campaign-link").startswith("campaigns/linked: warning[campaign-link] ")
    assert read_workspace(root, "demo").digest != before  # else a build would not say it


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    os.mkfifo(root / DEMO / "pages" / "pipe.md")
    assert one(root, "odd-file").startswith(f"{DEMO}/pages/pipe.md: ")


def test_a_name_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    shutil.copyfile(root / DEMO / "pages" / "about.md", root / DEMO / "pages" / "caf\udce9.md")
    assert one(root, "odd-name").startswith(f"{DEMO}/pages/caf\\xe9.md: ")


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    with (root / DEMO / "pages" / "huge.md").open("wb") as stream:
        stream.truncate(files.MAX_TEXT_BYTES + 1)
    assert one(root, "file-too-large").startswith(f"{DEMO}/pages/huge.md: ")


def test_a_file_that_cannot_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = workspace(tmp_path)
    opened = os.open

    def refuse(path: object, *args: int, **kwargs: int) -> int:
        if str(path).endswith("about.md"):
            raise PermissionError(13, "Permission denied")
        return opened(path, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(files.os, "open", refuse)
    assert one(root, "file-unreadable").startswith(f"{DEMO}/pages/about.md: ")


@pytest.mark.parametrize(
    ("data", "place"), [(b"a: caf\xe9\n", ":1:7"), ("a: b".encode("utf-16"), ":1")]
)
def test_text_that_is_not_utf8_is_placed(data: bytes, place: str, tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (root / DEMO / "helplines.yaml").write_bytes(data)
    assert one(root, "encoding").startswith(f"{DEMO}/helplines.yaml{place}: ")


def test_every_code_of_loading_and_checking_has_a_case() -> None:
    tested = {case.partition("+")[0] for case in CASES} | {
        "campaign-link",
        "encoding",
        "file-too-large",
        "file-unreadable",
        "link-refused",
        "media-unexplained",  # in tests/load/test_media.py
        "odd-file",
        "odd-name",
        "output-broken",  # in tests/test_announced.py
        "yaml-too-large",
    }
    paths = [*(PACKAGE / "check").glob("*.py"), PACKAGE / "text" / "markdown" / "checks.py"]
    # Fonts and layouts have test files of their own that meet every code of theirs.
    apart = {"fonts", "layouts"}
    paths += [path for path in (PACKAGE / "load").glob("*.py") if path.stem not in apart]
    codes = {code for path in paths for code in _codes(ast.parse(path.read_text("utf-8")))}
    assert codes >= {"unknown-key", "yaml-syntax", "claim-missing"}
    assert codes - tested == set()


def _codes(tree: ast.AST) -> set[str]:
    """Find codes: the keyword ``code=``, and the argument of ``at``, ``add`` and the like."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        found |= {
            word.value.value
            for word in node.keywords
            if word.arg == "code" and isinstance(word.value, ast.Constant)
        }
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        place = {"at": 2, "add": 1}.get(name)
        if place is not None and len(node.args) > place + 1:
            argument = node.args[place]
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                found.add(argument.value)
    return found
