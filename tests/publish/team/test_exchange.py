"""Colleagues share over git and nobody needs a terminal: what each wrote is there, or is asked."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from dulwich import client
from stopjihad.disk.history import history_of
from stopjihad.problem import ProblemsFound
from stopjihad.publish import repository
from stopjihad.publish.team import disk_changes, disk_merge, exchange, workspace_git
from stopjihad.publish.team.exchange import fetch, read_state, send, take_back
from stopjihad.text.versions import Decision, disputes, settle

from support.colleagues import (
    LEDGER,
    PAGE,
    POINT,
    TEXT,
    Colleagues,
    git,
    read,
    write,
)


def code(found: pytest.ExceptionInfo[ProblemsFound]) -> str:
    return found.value.problems[0].code


def test_what_is_typed_here_goes_to_colleagues(team: Colleagues) -> None:
    write(team.ours, POINT, TEXT.replace("first", "better"))
    write(team.ours, "campaigns/demo/points/two.md", TEXT.replace("one", "two"))
    write(team.ours, "campaigns/demo/private-notes.md", "not for colleagues\n")
    (team.ours / PAGE).unlink()
    paths = [one.path for one in read_state(team.ours).outgoing]
    assert paths == [PAGE, POINT, "campaigns/demo/points/two.md"]
    assert [one.path for one in send(team.ours, "Amal").sent] == paths
    assert read_state(team.ours).outgoing == ()
    git(team.theirs, "pull", "-q")
    assert "better" in read(team.theirs, POINT)
    assert not (team.theirs / PAGE).exists()
    assert not (team.theirs / "campaigns/demo/private-notes.md").exists()
    assert git(team.theirs, "log", "-1", "--format=%an %ae") == "Amal studio@stopjihad.invalid"
    assert git(team.ours, "status", "--porcelain") == ""
    assert git(team.ours, "fsck", "--strict") == ""


def test_what_colleagues_sent_comes_with_their_names(team: Colleagues) -> None:
    team.they_send(POINT, TEXT.replace("first", "better"))
    team.they_send("campaigns/demo/points/two.md", TEXT, "Idris")
    team.they_send(PAGE, None)
    came = fetch(team.ours, "Amal").came
    assert [(one.path, one.by) for one in came] == [
        (PAGE, "Noor"),
        (POINT, "Noor"),
        ("campaigns/demo/points/two.md", "Idris"),
    ]
    assert "better" in read(team.ours, POINT)
    assert not (team.ours / PAGE).exists()
    assert git(team.ours, "rev-parse", "HEAD") == git(team.theirs, "rev-parse", "HEAD")
    assert git(team.ours, "status", "--porcelain") == ""
    last = history_of(str(team.ours), "demo").versions(POINT)[-1]
    assert last.by == "Noor", "memory says from whom it came"
    assert fetch(team.ours, "Amal").came == ()


def test_words_of_both_in_one_file_are_put_together(team: Colleagues) -> None:
    team.they_send(POINT, TEXT.replace("One line.", "Their line."))
    team.they_send(LEDGER, '{"a": 1}\n{"b": 2}\n')
    write(team.ours, POINT, TEXT.replace("first", "better"))
    write(team.ours, LEDGER, '{"a": 1}\n{"c": 3}\n')
    assert fetch(team.ours, "Amal").clashes == ()
    assert "better" in read(team.ours, POINT)
    assert "Their line." in read(team.ours, POINT)
    assert set(read(team.ours, LEDGER).split("\n")) == {'{"a": 1}', '{"b": 2}', '{"c": 3}', ""}
    send(team.ours, "Amal")
    git(team.theirs, "pull", "-q")
    assert read(team.theirs, POINT) == read(team.ours, POINT)
    assert git(team.ours, "status", "--porcelain") == ""


def settle_all(root: Path, path: str, take: str) -> None:
    text = read(root, path)
    write(root, path, settle(text, path, [Decision(take) for _ in disputes(text, path)]))


def clash(team: Colleagues) -> None:
    team.they_send(POINT, TEXT.replace("first", "third"))
    team.they_send(PAGE, "---\ntitle: About us\n---\n\nWe are we.\n")
    write(team.ours, POINT, TEXT.replace("first", "second"))
    assert fetch(team.ours, "Amal").clashes == (POINT,)


def test_a_clash_waits_for_a_choice_and_is_then_sent(team: Colleagues) -> None:
    clash(team)
    assert "About us" in read(team.ours, PAGE), "all else is there"
    state = read_state(team.ours)
    assert (state.merging, state.clashes) == (True, (POINT,))
    assert git(team.ours, "status", "--porcelain").splitlines()[-1] == f"UU {POINT}"
    for act in (send, fetch):
        with pytest.raises(ProblemsFound) as found:
            act(team.ours, "Amal")
        assert code(found) == "share-unsettled"
    (one,) = disputes(read(team.ours, POINT), POINT)
    assert (one.field, one.mine, one.theirs) == (("fact",), "A second fact.", "A third fact.")
    settle_all(team.ours, POINT, "theirs")
    write(team.ours, PAGE, read(team.ours, PAGE) + "\nMore.\n")
    assert [one.path for one in send(team.ours, "Amal").sent] == [PAGE]
    git(team.theirs, "pull", "-q")
    assert "third" in read(team.theirs, POINT)
    assert "About us" in read(team.theirs, PAGE), "nothing of theirs went back"
    assert git(team.ours, "status", "--porcelain") == ""
    assert not read_state(team.ours).merging


def test_a_fetch_that_clashes_can_be_taken_back(team: Colleagues) -> None:
    clash(team)
    write(team.ours, LEDGER, '{"a": 1}\n{"typed": "since"}\n')
    take_back(team.ours, "Amal")
    assert read(team.ours, POINT) == TEXT.replace("first", "second")
    assert "About us" not in read(team.ours, PAGE)
    assert "since" in read(team.ours, LEDGER), "what was typed since stays"
    assert not read_state(team.ours).merging
    assert git(team.ours, "status", "--porcelain") == f"M {LEDGER}"
    assert fetch(team.ours, "Amal").clashes == (POINT,), "it can be fetched once more"


def test_a_merge_that_git_began_is_ended_here(team: Colleagues) -> None:
    team.they_send(POINT, TEXT.replace("first", "third"))
    write(team.ours, POINT, TEXT.replace("first", "second"))
    git(team.ours, "commit", "-qam", "ours")
    git(team.ours, "fetch", "-q")
    with pytest.raises(subprocess.CalledProcessError):
        git(team.ours, "merge", "-q", "origin/main")
    settle_all(team.ours, POINT, "mine")
    send(team.ours, "Amal")
    assert len(git(team.ours, "log", "-1", "--format=%p").split()) == 2
    assert git(team.ours, "status", "--porcelain") == ""


def test_what_is_typed_while_a_fetch_writes_is_kept(
    team: Colleagues, monkeypatch: pytest.MonkeyPatch
) -> None:
    team.they_send(POINT, TEXT.replace("One line.", "Their line."))
    real = disk_changes.save.write
    typed = TEXT.replace("Another line.", "Typed meanwhile.")

    def slow(root: Path, path: str, data: bytes, known: str) -> None:
        if path == POINT and "Typed" not in read(root, POINT):
            write(root, POINT, typed)
        real(root, path, data, known)

    monkeypatch.setattr(disk_changes.save, "write", slow)
    fetch(team.ours, "Amal")
    assert read(team.ours, POINT) == typed.replace("One line.", "Their line.")


@pytest.mark.parametrize("stop", ["commit", "first", "second", "branch", "index"])
def test_a_fetch_that_is_killed_goes_on(
    team: Colleagues, monkeypatch: pytest.MonkeyPatch, stop: str
) -> None:
    team.they_send(POINT, TEXT.replace("first", "third"))
    team.they_send(PAGE, "---\ntitle: About us\n---\n\nWe are we.\n")
    write(team.ours, "campaigns/demo/points/two.md", TEXT)
    real, count = disk_merge.write_file, 0
    move, moves = exchange.LocalRepository.move, 0

    class Killed(BaseException):
        pass

    def write_some(*words: object, **named: object) -> None:
        nonlocal count
        count += 1
        if count == {"first": 1, "second": 2}.get(stop):
            raise Killed
        real(*words, **named)  # type: ignore[arg-type]

    def kill(*_: object) -> None:
        raise Killed

    def second_move(*words: Any) -> None:
        nonlocal moves
        moves += 1
        if moves > 1:
            raise Killed
        move(*words)

    with monkeypatch.context() as killing:
        killing.setattr(disk_merge, "write_file", write_some)
        if stop == "commit":
            killing.setattr(exchange, "_take_in", kill)
        if stop == "index":
            killing.setattr(exchange, "write_index", kill)
        if stop == "branch":
            killing.setattr(exchange.LocalRepository, "move", second_move)
        with pytest.raises(Killed):
            fetch(team.ours, "Amal")
    fetch(team.ours, "Amal")
    send(team.ours, "Amal")
    git(team.theirs, "pull", "-q")
    for path, words in (
        (POINT, "third"),
        (PAGE, "About us"),
        ("campaigns/demo/points/two.md", "f"),
    ):
        assert words in read(team.ours, path)
        assert read(team.theirs, path) == read(team.ours, path)
    assert git(team.ours, "status", "--porcelain") == ""


def test_a_clash_is_asked_once_though_its_fetch_was_killed(
    team: Colleagues, monkeypatch: pytest.MonkeyPatch
) -> None:
    team.they_send(POINT, TEXT.replace("first", "third"))
    write(team.ours, POINT, TEXT.replace("first", "second"))
    note = workspace_git.WorkspaceGit.note

    class Killed(BaseException):
        pass

    def kill(git: workspace_git.WorkspaceGit, name: str, commit: bytes) -> None:
        if name == workspace_git.MERGING:
            raise Killed
        note(git, name, commit)

    with monkeypatch.context() as killing:
        killing.setattr(workspace_git.WorkspaceGit, "note", kill)
        with pytest.raises(Killed):
            fetch(team.ours, "Amal")
    with pytest.raises(ProblemsFound) as found:
        fetch(team.ours, "Amal")
    assert code(found) == "share-unsettled"
    settle_all(team.ours, POINT, "mine")
    assert fetch(team.ours, "Amal").clashes == ()
    assert "second" in read(team.ours, POINT)


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reach the shared repository by git's own programs, as a server runs them."""
    monkeypatch.setattr(repository, "_ELSEWHERE", re.compile(r".*/team\.git$"))
    way = client.SubprocessGitClient()
    monkeypatch.setattr(client, "get_transport_and_path", lambda path, **_: (way, path))


@pytest.mark.usefixtures("elsewhere")
def test_over_a_connection_it_is_the_same(team: Colleagues) -> None:
    clash(team)
    settle_all(team.ours, POINT, "theirs")
    write(team.ours, "campaigns/demo/points/two.md", TEXT)
    send(team.ours, "Amal")
    git(team.theirs, "pull", "-q")
    assert read(team.theirs, "campaigns/demo/points/two.md") == TEXT
    hook = team.shared / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    write(team.ours, POINT, TEXT)
    with pytest.raises(ProblemsFound, match="does not take the branch"):
        send(team.ours, "Amal")
    assert read(team.ours, POINT) == TEXT
    hook.unlink()
    assert [one.path for one in send(team.ours, "Amal").sent] == [POINT]


def test_without_a_network_the_line_says_so(team: Colleagues) -> None:
    git(team.ours, "config", "remote.origin.url", "ssh://git@nowhere.invalid/x.git")
    with pytest.raises(ProblemsFound, match="the remote does not answer"):
        fetch(team.ours, "")


def test_pictures_and_removals_of_both_lose_nothing(team: Colleagues) -> None:
    picture = "campaigns/demo/media/a.png"
    for root in (team.theirs, team.ours):
        (root / picture).parent.mkdir()
    (team.theirs / picture).write_bytes(b"\x89PNG\xff theirs")
    team.they_send(POINT, TEXT.replace("first", "third"))
    (team.ours / picture).write_bytes(b"\x89PNG\xff ours")
    (team.ours / POINT).unlink()
    told = fetch(team.ours, "Amal")
    assert told.returned == (POINT,)
    assert dict(told.beside) == {picture: "campaigns/demo/media/a-2.png"}
    assert (team.ours / picture).read_bytes().endswith(b"ours")
    assert (team.ours / "campaigns/demo/media/a-2.png").read_bytes().endswith(b"theirs")
    assert "third" in read(team.ours, POINT)


def test_a_disk_that_is_not_there_removes_nothing_for_colleagues(team: Colleagues) -> None:
    for name in "abcde":
        write(team.ours, f"campaigns/demo/points/{name}.md", TEXT)
    send(team.ours, "")
    shutil.rmtree(team.ours / "campaigns")
    with pytest.raises(ProblemsFound, match="more than half of the files are gone"):
        send(team.ours, "")


def test_line_ends_of_windows_are_no_change(team: Colleagues) -> None:
    (team.ours / POINT).write_bytes(TEXT.encode().replace(b"\n", b"\r\n"))
    assert read_state(team.ours).outgoing == ()
    team.they_send(POINT, TEXT.replace("first", "third"))
    fetch(team.ours, "Amal")
    assert (team.ours / POINT).read_bytes() == TEXT.replace("first", "third").encode().replace(
        b"\n", b"\r\n"
    )


def test_sending_waits_until_what_is_there_is_fetched(team: Colleagues) -> None:
    team.they_send(PAGE, "---\ntitle: New\n---\n\nx\n")
    write(team.ours, POINT, TEXT.replace("first", "second"))
    with pytest.raises(ProblemsFound) as found:
        send(team.ours, "Amal")
    assert code(found) == "share-behind"
    fetch(team.ours, "Amal")
    send(team.ours, "Amal")


def test_the_first_send_goes_into_an_empty_repository(tmp_path: Path) -> None:
    ours, shared = tmp_path / "ours", tmp_path / "new.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(shared)], check=True)
    subprocess.run(["git", "init", "-q", "-b", "main", str(ours)], check=True)
    write(ours, POINT, TEXT)
    git(ours, "remote", "add", "origin", "../new.git")
    assert fetch(ours, "").came == ()
    send(ours, "")
    assert git(shared, "show", f"main:{POINT}") == TEXT.strip()


def breaks(team: Colleagues, kind: str) -> None:
    ours = team.ours
    if kind == "detached":
        git(ours, "checkout", "-q", "--detach")
    elif kind == "no remote":
        git(ours, "remote", "remove", "origin")
    elif kind == "moved":
        team.shared.rename(team.shared.with_suffix(".gone"))
    elif kind == "rewritten":
        team.they_send(POINT, TEXT.replace("first", "third"))
        fetch(ours, "")
        git(team.theirs, "reset", "-q", "--hard", "HEAD~1")
        git(team.theirs, "push", "-qf")
    elif kind == "rebase":
        (ours / ".git/rebase-merge").mkdir()
    elif kind == "submodule":
        (ours / ".git").rename(team.ours.parent / "elsewhere.git")
        (ours / ".git").write_text("gitdir: ../elsewhere.git\n")
    elif kind == "sparse":
        git(ours, "update-index", "--skip-worktree", POINT)
        git(ours, "config", "core.sparseCheckout", "true")
    elif kind == "shallow":
        (ours / ".git/shallow").write_text("0" * 40 + "\n")
    elif kind == "locked":
        write(ours, POINT, TEXT.replace("first", "second"))
        (ours / ".git/index.lock").write_text("")
    elif kind == "other workspace":
        git(ours, "remote", "set-url", "origin", str(team.theirs))
    elif kind == "link":
        (ours / POINT).unlink()
        (ours / POINT).symlink_to("/etc/passwd")


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("detached", "not on a branch"),
        ("no remote", "no remote"),
        ("moved", "there is no repository"),
        ("rewritten", "taken back"),
        ("rebase", "in the middle of something"),
        ("submodule", "part of another repository"),
        ("sparse", "in its own way"),
        ("shallow", "cut off"),
        ("locked", "another git is at work"),
        ("other workspace", "workspace of somebody"),
        ("link", "link"),
    ],
)
def test_what_cannot_be_shared_is_said_in_one_line(team: Colleagues, kind: str, said: str) -> None:
    breaks(team, kind)
    with pytest.raises(ProblemsFound) as found:
        (send if kind == "other workspace" else fetch)(team.ours, "")
    (problem,) = found.value.problems
    assert said in problem.message
    assert "\n" not in str(problem)
