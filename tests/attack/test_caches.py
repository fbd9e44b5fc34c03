"""A stranger's caches are not believed: what is built comes from the sources alone."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import msgspec
import pytest

from support.build import stopjihad
from support.hostile import DAY, edit, make_workspace

EVIL = "Most people they killed deserved it, brothers."
PAGE = "site/en/points/neighbours/index.html"


class User:
    """Somebody with a home folder, and so with a key, of his own."""

    def __init__(self, home: Path) -> None:
        self.environment = {"HOME": str(home), "XDG_STATE_HOME": str(home / "state")}
        home.mkdir()

    def run(self, workspace: Path, *words: str) -> subprocess.CompletedProcess[str]:
        done = stopjihad("-C", workspace, *words, SOURCE_DATE_EPOCH=DAY, **self.environment)
        assert "Traceback" not in done.stderr
        return done

    def build(self, workspace: Path) -> dict[str, bytes]:
        """Build and give every published file."""
        done = self.run(workspace, "build", "--jobs", "1")
        assert done.returncode == 0, done.stderr
        return published(workspace)


def published(workspace: Path) -> dict[str, bytes]:
    out = workspace / "dist/demo"
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and "exports" not in path.parts
    }


def copy(workspace: Path, folder: Path, *, caches: bool = True) -> Path:
    subprocess.run(["cp", "-a", workspace, folder], check=True)
    if not caches:
        shutil.rmtree(folder / ".stopjihad")
        shutil.rmtree(folder / "dist")
    return folder


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a workspace that another user has built twice and checked: with every kind of cache."""
    folder = tmp_path_factory.mktemp("theirs")
    workspace = make_workspace(folder)
    other = User(folder / "home")
    other.build(workspace)
    edit(workspace)
    other.build(workspace)
    assert other.run(workspace, "check").returncode == 0
    return workspace


@pytest.fixture
def us(tmp_path: Path) -> User:
    return User(tmp_path / "home")


@pytest.fixture(scope="module")
def honest(template: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Give what the sources alone come to, for somebody who never saw the caches."""
    folder = tmp_path_factory.mktemp("honest")
    return User(folder / "home").build(copy(template, folder / "workspace", caches=False))


def test_a_workspace_that_comes_with_caches_builds_as_without(
    template: Path, tmp_path: Path, us: User, honest: dict[str, bytes]
) -> None:
    assert us.build(copy(template, tmp_path / "workspace")) == honest


def test_f4_a_forged_pack_does_not_put_words_into_a_page(
    template: Path, tmp_path: Path, us: User, honest: dict[str, bytes]
) -> None:
    """F4 (05): a changed talking point with digests of its own was published; check was silent."""
    workspace = copy(template, tmp_path / "workspace")
    packs = list((workspace / ".stopjihad/parsed/demo").glob("*.pack"))
    assert sum(forge_pack(path) for path in packs) >= 1
    us.run(workspace, "check")
    assert us.build(workspace) == honest
    assert not any(EVIL.encode() in data for data in published(workspace).values())


def forge_pack(path: Path) -> int:
    """Change the fact of a parsed point, as large as before; make every digest anew."""
    whole = path.read_bytes()
    size = int.from_bytes(whole[-8:], "big")
    magic = whole.rindex(b"stopjihad-pack/")
    table = msgspec.msgpack.decode(whole[magic - size : magic])
    start = whole.find(b'"fact":"', 0, magic)
    if start < 0:
        return 0
    start += len(b'"fact":"')
    end = whole.index(b'"', start)
    words = EVIL.encode()[: end - start].ljust(end - start)
    changed = whole[:start] + words + whole[end:]
    slots = []
    for key, offset, length, _ in table:
        data = changed[offset : offset + length]
        slots.append([key, offset, length, hashlib.sha256(key.encode() + b"\0" + data).digest()])
    made = msgspec.msgpack.encode(slots)
    foot = whole[magic : magic + len(b"stopjihad-pack/1")]
    foot += hashlib.sha256(made).digest() + len(made).to_bytes(8, "big")
    path.unlink()
    path.with_name(f"{hashlib.sha256(made).hexdigest()}.pack").write_bytes(
        changed[: magic - size] + made + foot
    )
    return 1


def test_f4_a_forged_index_does_not_keep_a_changed_page(
    template: Path, tmp_path: Path, us: User, honest: dict[str, bytes]
) -> None:
    """F4 (06): a page with a remote script and its new digest in the index were kept."""
    workspace = copy(template, tmp_path / "workspace")
    page = workspace / "dist/demo" / PAGE
    old = page.read_bytes()
    new = old.replace(b"<title>", b'<script src="//evil.test/x.js"></script><title>')
    page.write_bytes(new)
    (index,) = [
        path
        for path in (workspace / "dist/.stopjihad/demo").glob("*.index")
        if path.name != "spare.index"
    ]
    record = msgspec.msgpack.decode(index.read_bytes()[32:])
    marks = [mark for mark in record[3] if mark[0] == PAGE]
    assert len(marks) == 1
    marks[0][2], marks[0][3] = hashlib.sha256(new).hexdigest(), len(new)
    data = msgspec.msgpack.encode(record)
    index.write_bytes(hashlib.sha256(data).digest() + data)
    assert us.build(workspace) == honest


def test_f4_a_manifest_does_not_vouch_for_pages_that_would_stay(
    template: Path, tmp_path: Path, us: User
) -> None:
    workspace = copy(template, tmp_path / "workspace")
    done = us.run(workspace, "build", "--only", "posts")
    assert done.returncode == 1
    assert "output-changed" in done.stderr


def test_f4_a_forged_store_entry_is_not_published(
    template: Path, tmp_path: Path, us: User, honest: dict[str, bytes]
) -> None:
    """F4: under the true key of its step, with digests that are right."""
    workspace = copy(template, tmp_path / "workspace")
    forged = 0
    for path in (workspace / ".stopjihad/store").rglob("*"):
        data = path.read_bytes()[32:] if path.is_file() else b""
        if data.startswith((b"\x89PNG", b"\xff\xd8")):
            false = data[:-20] + bytes(20)
            path.write_bytes(hashlib.sha256(path.name.encode() + false).digest() + false)
            forged += 1
    assert forged >= 3
    shutil.rmtree(workspace / "dist")
    assert us.build(workspace) == honest


def test_an_export_takes_no_drafts_that_another_user_built(
    template: Path, tmp_path: Path, us: User
) -> None:
    """What a stranger's list of drafts said went into the files of a scheduler."""
    workspace = copy(template, tmp_path / "workspace")
    for name in ("buffer", "csv", "xlsx", "ics"):
        done = us.run(workspace, "export", name)
        assert done.returncode == 1
        assert "dist/demo/posts/posts.json: error[export-not-yours]" in done.stderr
    us.build(workspace)
    assert us.run(workspace, "export", "csv").returncode == 0


@pytest.mark.parametrize(
    ("name", "file"), [("csv", "posts/posts.json"), ("xlsx", "site/cards/en/neighbours/*")]
)
def test_an_export_takes_nothing_that_was_changed_since(
    template: Path, tmp_path: Path, us: User, name: str, file: str
) -> None:
    workspace = copy(template, tmp_path / "workspace", caches=False)
    us.build(workspace)
    copied = copy(workspace, tmp_path / "copied")
    assert us.run(copied, "export", name).returncode == 0, "our own build, in another place"
    for path in (copied / "dist/demo").glob(file):
        old = path.read_bytes()
        path.unlink()
        path.write_bytes(old.replace(b"neighbours.", EVIL.encode()) + b" ")
    done = us.run(copied, "export", name, "-o", str(tmp_path / "out"))
    assert done.returncode == 1
    assert "error[export-not-yours]" in done.stderr
    assert "stopjihad build demo" in done.stderr
    assert not (tmp_path / "out").exists()


def test_an_export_without_a_key_says_what_to_do(template: Path, tmp_path: Path, us: User) -> None:
    us.environment |= {"HOME": "/nonexistent", "XDG_STATE_HOME": ""}
    done = us.run(copy(template, tmp_path / "workspace"), "export", "csv")
    assert done.returncode == 1
    assert "let XDG_STATE_HOME name a folder that stays" in done.stderr


def test_our_own_caches_are_believed(template: Path, tmp_path: Path, us: User) -> None:
    workspace = copy(template, tmp_path / "workspace", caches=False)
    us.build(workspace)
    done = us.run(workspace, "build", "--format", "json")
    (build,) = msgspec.json.decode(done.stdout)["builds"]
    assert build["report"]["made"] == 0
    edit(workspace)
    done = us.run(workspace, "build", "--format", "json")
    (build,) = msgspec.json.decode(done.stdout)["builds"]
    assert build["report"]["reused"] > 0
    assert build["report"]["made"] > 0


@pytest.mark.parametrize("trouble", ["no home", "home is a file", "open to others", "too short"])
def test_without_a_key_that_can_be_trusted_builds_are_the_same(
    template: Path, tmp_path: Path, us: User, honest: dict[str, bytes], trouble: str
) -> None:
    state = Path(us.environment["XDG_STATE_HOME"])
    key = state / "stopjihad/key"
    us.run(copy(template, tmp_path / "first", caches=False), "check")
    assert key.stat().st_mode & 0o777 == 0o600
    before = key.read_bytes()
    if trouble == "no home":
        us.environment |= {"HOME": "/nonexistent", "XDG_STATE_HOME": ""}
    elif trouble == "home is a file":
        shutil.rmtree(state)
        state.write_text("a file")
    elif trouble == "open to others":
        key.chmod(0o644)
    else:
        key.write_bytes(b"short")
    workspace = copy(template, tmp_path / "workspace")
    assert us.build(workspace) == us.build(workspace) == honest
    if trouble in {"open to others", "too short"}:
        assert key.stat().st_mode & 0o777 == 0o600
        assert key.read_bytes() != before


def test_the_key_lies_in_no_workspace(template: Path, tmp_path: Path, us: User) -> None:
    workspace = copy(template, tmp_path / "workspace")
    us.build(workspace)
    key = (Path(us.environment["XDG_STATE_HOME"]) / "stopjihad/key").read_bytes()
    assert len(key) == 32
    for path in workspace.rglob("*"):
        if path.is_file():
            assert key not in path.read_bytes(), path


def test_a_key_is_made_once_though_many_start_at_once(tmp_path: Path) -> None:
    import sys

    code = "from stopjihad.disk.user_key import sign; print(sign('pack', bytes(32)).hex())"
    environment = {**os.environ, "XDG_STATE_HOME": str(tmp_path)}
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True
        )
        for _ in range(8)
    ]
    signed = {one.communicate()[0] for one in started}
    again = subprocess.run(
        [sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True
    ).stdout
    assert signed == {again}
