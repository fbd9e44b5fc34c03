"""Repositories of strangers and hosts: no command, no secret, no byte outside, no lock for ever."""

from __future__ import annotations

import gc
import os
import socket
import stat
import subprocess
import time
from pathlib import Path

import pytest
from msgspec import ValidationError, convert
from stopjihad.model.targets import BranchTarget, PublishTarget
from stopjihad.problem import ProblemsFound
from stopjihad.publish import git_credentials, repository
from stopjihad.publish.branch import open_branch
from stopjihad.publish.commits import commit_mark, commit_of, descends
from stopjihad.publish.deployment import explain_target, publish
from stopjihad.publish.destination import Unreachable
from stopjihad.publish.git_credentials import Credentials, credentials_for

from support.targets import files_below, publication, toy_release, toy_site

TOKEN = "CANARY-TOKEN-4411"


def git(folder: Path, *words: str) -> str:
    who = ("-c", "user.name=n", "-c", "user.email=e@x.invalid")
    done = subprocess.run(
        ["git", "-C", str(folder), *who, *words], check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture
def target(tmp_path: Path) -> PublishTarget:
    subprocess.run(["git", "init", "-q", "--bare", str(tmp_path / "pages.git")], check=True)
    settings = BranchTarget(repository=str(tmp_path / "pages.git"))
    return PublishTarget(id="live", branch=settings, most_gone=100)


def put_site(target: PublishTarget, root: Path, version: int = 1) -> None:
    with explain_target(target), open_branch(target, root) as branch:
        publish(branch, toy_release(toy_site(version)), publication(root, target))


@pytest.fixture
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give this user a state folder without named hosts."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv(git_credentials.HOST, raising=False)
    return tmp_path / "state"


@pytest.mark.usefixtures("own_state")
def test_03_a_helper_of_the_workspace_is_not_run_and_sees_no_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the settings of the folder that the command runs in, nor those that GIT_DIR names."""
    workspace, home = tmp_path / "workspace", tmp_path / "home"
    home.mkdir()
    subprocess.run(["git", "init", "-q", str(workspace)], check=True)
    git(workspace, "config", "credential.helper", f"!touch {tmp_path}/ran; env")
    own = f'[credential]\n\thelper = "!env > {tmp_path}/seen; echo password=own #"\n'
    (home / ".gitconfig").write_text(own, "utf-8")
    monkeypatch.chdir(workspace)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_DIR", str(workspace / ".git"))
    monkeypatch.setenv("STOPJIHAD_SIGNING_KEY", TOKEN)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", TOKEN)
    monkeypatch.delenv(git_credentials.TOKEN, raising=False)
    monkeypatch.setenv(git_credentials.HOST, "git.example")
    found = credentials_for("https://git.example/x.git")
    assert found.password == "own", "the user's own helper is asked"
    assert not (tmp_path / "ran").exists()
    assert TOKEN not in (tmp_path / "seen").read_text("utf-8")


def test_12_a_token_goes_to_no_host_that_its_owner_has_not_named(
    own_state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(git_credentials.TOKEN, TOKEN)
    monkeypatch.setenv(git_credentials.USER, "me")
    with pytest.raises(Unreachable) as refused:
        credentials_for("https://evil.example/x.git")
    assert "STOPJIHAD_GIT_HOST=evil.example" in str(refused.value)
    assert TOKEN not in str(refused.value)
    monkeypatch.setenv(git_credentials.HOST, "git.example")
    assert credentials_for("HTTPS://Git.Example/x.git") == Credentials("me", TOKEN)
    monkeypatch.delenv(git_credentials.HOST)
    assert credentials_for("https://git.example/y.git").password == TOKEN, "it is remembered"
    for address in (
        "https://evil.example/x.git",
        "https://git.example.evil.example/x",
        "https://git.example:8443/x",
    ):
        with pytest.raises(Unreachable):
            credentials_for(address)
    assert (own_state / "stopjihad" / "git-hosts").read_text("utf-8") == "git.example\n"
    assert credentials_for("ssh://evil.example/x.git") == Credentials()


@pytest.mark.parametrize(
    "address",
    [
        "HTTPS://user:secret@host.example/x",
        "https://user@host.example/x",
        "ssh://user:secret@host.example/x",
        "user:secret@host.example:x",
        "http://host.example/x",
        "HTTP://host.example/x",
        "git://host.example/x",
        "ftp://host.example/x",
        "file:///etc",
        "ext::sh -c x",
        "ext::sh",
        "ssh://-oProxyCommand=x/y",
        "ssh://-o@host.example/y",
        "-oProxyCommand=x",
        "--upload-pack=x",
    ],
)
def test_12_addresses_with_secrets_or_without_tls_are_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        convert({"repository": address}, BranchTarget)


@pytest.mark.parametrize(
    "address",
    [
        "https://host.example/x.git",
        "ssh://git@host.example:22/x.git",
        "git@host.example:owner/x.git",
        "host.example:/srv/x.git",
        "../pages.git",
        "~/pages.git",
        "/srv/pages.git",
        "C:/pages.git",
    ],
)
def test_12_ordinary_addresses_are_taken(address: str) -> None:
    assert convert({"repository": address}, BranchTarget).repository == address


def test_13_the_copy_lies_in_the_user_s_cache_and_counts_only_with_our_mark(
    target: PublishTarget, tmp_path: Path
) -> None:
    """A forged copy in the workspace is not looked at; one in the cache is made anew."""
    root, outside = tmp_path / "workspace", tmp_path / "outside"
    outside.mkdir()
    forged = root / ".stopjihad" / "publish" / "toy-live.git"
    forged.mkdir(parents=True)
    (forged / "objects").symlink_to(outside)
    put_site(target, root)
    assert files_below(outside, "") == {}
    (home,) = (path for path in (tmp_path / "cache/stopjihad/publish").iterdir() if path.is_dir())
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    for spoil in (
        lambda: (home / "odd").symlink_to(outside),
        lambda: (home / "stopjihad-mark").write_bytes(b"x" * 32),
        lambda: os.mkfifo(home / "pipe"),
    ):
        spoil()
        put_site(target, root, 2)
        left = {path.name for path in home.iterdir()}
        assert left <= {"blobs", "stopjihad-mark", "stopjihad-moving"}
        assert files_below(outside, "") == {}


@pytest.mark.parametrize("name", ["objects", "objects/pack", "refs", "HEAD", "packed-refs"])
@pytest.mark.parametrize("how", ["link", "pipe"])
def test_13_a_repository_that_leads_elsewhere_is_refused(
    name: str, how: str, target: PublishTarget, tmp_path: Path
) -> None:
    place, outside = tmp_path / "pages.git" / name, tmp_path / "outside"
    if place.exists():
        place.rename(outside)
    else:
        outside.mkdir()
    before = files_below(outside, "") if outside.is_dir() else {}
    place.symlink_to(outside) if how == "link" else os.mkfifo(place)
    with pytest.raises(ProblemsFound) as found:
        put_site(target, tmp_path)
    assert [problem.code for problem in found.value.problems] == ["publish-unreachable"]
    assert (files_below(outside, "") if outside.is_dir() else {}) == before


def test_13_alternates_are_refused(target: PublishTarget, tmp_path: Path) -> None:
    (tmp_path / "pages.git/objects/info/alternates").write_text("/etc\n", "utf-8")
    with pytest.raises(ProblemsFound):
        put_site(target, tmp_path)


@pytest.mark.parametrize("entry", ["submodule", "link", "not UTF-8", "upwards", "control"])
def test_15_a_branch_with_odd_entries_is_one_line(
    entry: str, target: PublishTarget, tmp_path: Path
) -> None:
    from dulwich.objects import Blob, Commit, Tree
    from dulwich.repo import Repo

    put_site(target, tmp_path)
    with Repo(str(tmp_path / "pages.git")) as repo:
        tip = repo.refs[b"refs/heads/pages"]
        tree = repo[repo[tip].tree]
        assert isinstance(tree, Tree)
        blob = Blob.from_string(b"x")
        name, mode, sha = {
            "submodule": (b"sub", 0o160000, b"1" * 40),
            "link": (b"link", 0o120000, blob.id),
            "not UTF-8": (b"caf\xe9", 0o100644, blob.id),
            "upwards": (b"..", 0o100644, blob.id),
            "control": (b"a\x1b]0;x\x07", 0o100644, blob.id),
        }[entry]
        tree.add(name, mode, sha)
        commit = repo[tip].copy()
        assert isinstance(commit, Commit)
        commit.tree, commit.parents = tree.id, [tip]
        for one in (blob, tree, commit):
            repo.object_store.add_object(one)
        repo.refs[b"refs/heads/pages"] = commit.id
    with pytest.raises(ProblemsFound) as found:
        put_site(target, tmp_path, 2)
    assert [problem.code for problem in found.value.problems] == ["publish-not-ours"]


@pytest.mark.parametrize(
    "address",
    [
        *("git@-oProxyCommand=x:x.git", "git@a b:x.git", "git@host.invalid:x.git"),
        *("git@x\u202ey.invalid:x.git", "https://[::1/x.git"),
    ],
)
def test_15_an_odd_host_is_one_line(address: str, tmp_path: Path) -> None:
    """Nor is a process, or a pipe to one, left: either would be a warning, and so an error."""
    settings = BranchTarget(repository=address)
    odd = PublishTarget(id="live", branch=settings)
    with pytest.raises(ProblemsFound) as found:
        put_site(odd, tmp_path)
    (problem,) = found.value.problems
    assert problem.code == "publish-unreachable"
    assert "\n" not in str(problem)
    assert "\u202e" not in problem.message.partition("': ")[2]
    gc.collect()


def test_03_ssh_sees_no_secret_and_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that hangs up, and one that says nothing and does not end by itself."""
    place = tmp_path / "bin"
    place.mkdir()
    seen, started = tmp_path / "seen", tmp_path / "started"
    program = f"#!/bin/sh\nenv >{seen}\necho $$ >{started}\n"
    monkeypatch.setenv("PATH", str(place), prepend=os.pathsep)
    for name in ("STOPJIHAD_SIGNING_KEY", "AWS_SECRET_ACCESS_KEY", git_credentials.TOKEN):
        monkeypatch.setenv(name, TOKEN)
    monkeypatch.setenv("SSH_AUTH_SOCK", "the agent stays")
    settings = BranchTarget(repository="git@host.invalid:x.git")
    for rest in ("exit 1\n", "echo 0008nothing\nexec sleep 600\n"):
        (place / "ssh").write_text(program + rest, "utf-8")
        (place / "ssh").chmod(0o755)
        with pytest.raises(ProblemsFound):
            put_site(PublishTarget(id="live", branch=settings), tmp_path)
        said = seen.read_text("utf-8")
        assert TOKEN not in said
        assert "the agent stays" in said
        with pytest.raises(ProcessLookupError):
            os.kill(int(started.read_text("utf-8")), 0)
    gc.collect()


@pytest.mark.parametrize("part", ["HEAD", "config", "refs/heads/main", "packed-refs", "objects/x"])
@pytest.mark.parametrize("how", ["pipe", "link", "10 MB", "not UTF-8", "cut"])
def test_15_the_repository_of_a_workspace_stops_nothing(
    part: str, how: str, tmp_path: Path
) -> None:
    root = tmp_path / "workspace"
    subprocess.run(["git", "init", "-q", "-b", "main", str(root)], check=True)
    for message in ("one", "two"):
        git(root, "commit", "-q", "--allow-empty", "-m", message)
    first, second = git(root, "rev-parse", "HEAD~1"), git(root, "rev-parse", "HEAD")
    assert commit_of(root) == second
    assert descends(root, commit_mark(first))
    assert descends(root, commit_mark(second))
    assert not descends(root, commit_mark("1" * 40))
    place = root / ".git" / part
    data = place.read_bytes() if place.exists() else b""
    place.unlink(missing_ok=True)
    if how == "pipe":
        os.mkfifo(place)
    elif how == "link":
        place.symlink_to("/dev/zero")
    else:
        odd = {"10 MB": b"[x" * 5_000_000, "not UTF-8": b"\xff\xfe", "cut": data[: len(data) // 2]}
        place.write_bytes(odd[how])
    assert commit_of(root) in {"", second}
    assert not descends(root, commit_mark("1" * 40))


def test_a_lock_that_our_killed_publisher_left_is_removed_and_no_other(
    target: PublishTarget, tmp_path: Path
) -> None:
    """Killed between taking the lock of the branch and letting it go: finding 6."""
    from stopjihad.publish.repository import LocalRepository

    lock = tmp_path / "pages.git/refs/heads/pages.lock"
    put_site(target, tmp_path)
    for left in (b"", None):

        def killed(
            self: LocalRepository, ref: bytes, tip: bytes, commit: bytes, ids: object
        ) -> None:
            self._home.note(commit)
            lock.write_bytes(commit + b"\n" if left is None else left)  # noqa: B023
            raise KeyboardInterrupt

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(LocalRepository, "move", killed)
            with pytest.raises(KeyboardInterrupt):
                put_site(target, tmp_path, 2)
        assert lock.exists()
        put_site(target, tmp_path, 2 if left is None else 3)
        assert not lock.exists()
    lock.write_bytes(b"")
    with pytest.raises(ProblemsFound) as found:
        put_site(target, tmp_path, 4)
    assert "pages.lock" in str(found.value)
    assert lock.exists(), "whose it is, nothing says"


def test_a_pack_whose_index_a_killed_publisher_left_locked_is_written_again(
    target: PublishTarget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between the pack and its index: the next one would write the same names."""
    from dulwich import object_store
    from stopjihad.publish import git_objects

    monkeypatch.setattr(git_objects, "PATIENCE", 0.1)
    packs = tmp_path / "pages.git/objects/pack"
    with monkeypatch.context() as patch:

        def killed(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        patch.setattr(object_store, "write_pack_index", killed)
        with pytest.raises(KeyboardInterrupt):
            put_site(target, tmp_path)
    (begun,) = packs.glob("*.pack")
    lock = begun.with_suffix(".idx.lock")
    lock.write_bytes(b"")  # an exception lets it go, a kill does not
    put_site(target, tmp_path)
    assert not lock.exists()
    assert begun.with_suffix(".idx").exists()


def test_a_host_that_says_nothing_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was waited for without an end."""
    monkeypatch.setattr(repository, "SILENCE", 1)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        host = f"127.0.0.1:{silent.getsockname()[1]}"
        monkeypatch.setenv(git_credentials.HOST, host)
        monkeypatch.setenv(git_credentials.TOKEN, TOKEN)
        settings = BranchTarget(repository=f"https://{host}/x")
        mute = PublishTarget(id="live", branch=settings)
        began = time.monotonic()
        with pytest.raises(ProblemsFound) as found:
            put_site(mute, tmp_path)
        assert time.monotonic() - began < 20
    [problem] = found.value.problems
    assert problem.code == "publish-unreachable"
    assert TOKEN not in str(problem)
