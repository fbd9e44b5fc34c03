"""A branch of a bare repository: one step, nothing rewritten, two publishers, a way back."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from dulwich import client
from stopjihad.model.targets import BranchTarget, PublishTarget
from stopjihad.problem import ProblemsFound
from stopjihad.publish import repository
from stopjihad.publish.branch import Branch, open_branch
from stopjihad.publish.deployment import changes, explain_target, publish, roll_back
from stopjihad.publish.destination import AlteredFile
from stopjihad.publish.release import LARGE

from support.targets import contents, publication, toy_release, toy_site
from support.timing import seconds_with_children


@pytest.fixture(params=["here", "elsewhere"], autouse=True)
def place(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reach repositories on this disk, or by git's own programs, as servers run them."""
    if request.param == "elsewhere":
        monkeypatch.setattr(repository, "_ELSEWHERE", re.compile(""))
        way = client.SubprocessGitClient()
        monkeypatch.setattr(client, "get_transport_and_path", lambda path, **_: (way, path))


@pytest.fixture
def target(tmp_path: Path) -> PublishTarget:
    """Make a bare repository."""
    subprocess.run(["git", "init", "-q", "--bare", str(tmp_path / "pages.git")], check=True)
    settings = BranchTarget(
        repository=str(tmp_path / "pages.git"), branch="gh-pages", domain="www.neighbours.net"
    )
    return PublishTarget(id="live", branch=settings, most_gone=100)


@contextmanager
def channel(target: PublishTarget, root: Path) -> Iterator[Branch]:
    with open_branch(target, root) as found:
        yield found


def git(target: PublishTarget, *words: str) -> bytes:
    assert target.branch is not None
    return subprocess.run(
        ["git", "-C", target.branch.repository, *words], check=True, capture_output=True
    ).stdout


def seen(target: PublishTarget, ref: str = "gh-pages") -> dict[str, bytes]:
    """Read the branch with git."""
    names = git(target, "ls-tree", "-r", "--name-only", "-z", ref).decode().split("\0")
    return {name: git(target, "show", f"{ref}:{name}") for name in names if name}


EXTRA = {".nojekyll": b"", "CNAME": b"www.neighbours.net\n"}


@pytest.mark.parametrize("largest", [LARGE, 0], ids=["whole", "in pieces"])
def test_a_publication_is_a_commit_and_the_second_is_none(
    target: PublishTarget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, largest: int
) -> None:
    monkeypatch.setattr("stopjihad.publish.release.LARGE", largest)
    release = toy_release(toy_site(1))
    asked = publication(tmp_path, target)
    with channel(target, tmp_path) as branch:
        assert len(changes(branch, release, asked).new) == len(release.files)
        done = publish(branch, release, asked)
        assert done.uploads == done.checked == len(release.files)
        assert seen(target) == contents(release) | EXTRA
        tip = git(target, "rev-parse", "gh-pages")
        assert publish(branch, release, asked).uploads == 0
        assert git(target, "rev-parse", "gh-pages") == tip
    git(target, "fsck", "--strict")


def test_one_changed_page_is_one_small_commit(target: PublishTarget, tmp_path: Path) -> None:
    files = toy_site(1)
    asked = publication(tmp_path, target)
    with channel(target, tmp_path) as branch:
        publish(branch, toy_release(files), asked)
        files["en/p1/index.html"] += b" changed"
        done = publish(branch, toy_release(files), asked)
    assert {file.path for file in done.changes.uploads} == {"en/p1/index.html", "manifest.json"}
    names = git(target, "diff", "--name-only", "gh-pages~1", "gh-pages").decode().split()
    assert names == ["en/p1/index.html", "manifest.json"]


def test_the_same_publication_is_the_same_commit(tmp_path: Path) -> None:
    tips = []
    for name in ("a", "b"):
        folder = tmp_path / f"{name}.git"
        subprocess.run(["git", "init", "-q", "--bare", str(folder)], check=True)
        target = PublishTarget(id="live", branch=BranchTarget(repository=str(folder)))
        with channel(target, tmp_path / name) as branch:
            asked = publication(tmp_path / name, target)
            publish(branch, toy_release(toy_site(1)), asked)
        tips.append(git(target, "rev-parse", "pages:").strip())
    assert tips[0] == tips[1]


def test_a_way_back_is_a_new_commit_with_the_old_files(
    target: PublishTarget, tmp_path: Path
) -> None:
    asked = publication(tmp_path, target)
    with channel(target, tmp_path) as branch:
        for version in (1, 2, 3):
            publish(branch, toy_release(toy_site(version)), asked)
        assert seconds_with_children(lambda: roll_back(branch, asked)) < 5
        assert seen(target) == contents(toy_release(toy_site(2))) | EXTRA
        assert len(git(target, "rev-list", "gh-pages").split()) == 4
        roll_back(branch, asked)
        assert seen(target) == contents(toy_release(toy_site(1))) | EXTRA
        listed = branch.history()
    assert [record.number for record in listed] == [1, 2, 3, 4]


def test_from_a_fresh_clone_of_nothing_the_history_is_known(
    target: PublishTarget, tmp_path: Path
) -> None:
    with channel(target, tmp_path / "a") as branch:
        for version in (1, 2):
            publish(branch, toy_release(toy_site(version)), publication(tmp_path / "a", target))
    with channel(target, tmp_path / "b") as branch:
        now = branch.read_published()
        assert now is not None
        asked = publication(tmp_path / "b", target)
        with pytest.raises(ProblemsFound) as found:
            publish(branch, toy_release(toy_site(3)), asked)
        assert [problem.code for problem in found.value.problems] == ["publish-newer"]
        roll_back(branch, asked)
        assert seen(target) == contents(toy_release(toy_site(1))) | EXTRA


def test_of_two_publishers_at_once_one_is_refused(target: PublishTarget, tmp_path: Path) -> None:
    one = publication(tmp_path / "a", target)
    with channel(target, tmp_path / "a") as first, channel(target, tmp_path / "b") as second:
        base = publish(first, toy_release(toy_site(1)), one).id
        move = first.repository.move

        def meet(*words: Any) -> None:
            other = publication(tmp_path / "b", target, over=base)
            publish(second, toy_release(toy_site(3)), other)
            move(*words)

        first.repository.move = meet  # type: ignore[method-assign]
        with pytest.raises(ProblemsFound) as found:
            publish(first, toy_release(toy_site(2)), one)
    assert [problem.code for problem in found.value.problems] == ["publish-altered"]
    assert seen(target) == contents(toy_release(toy_site(3))) | EXTRA


def test_killed_before_and_after_the_one_step(target: PublishTarget, tmp_path: Path) -> None:
    """Before it readers see the old site, after it the new one; the next publication goes on."""
    asked = publication(tmp_path, target)
    old, new = toy_release(toy_site(1)), toy_release(toy_site(2))
    with channel(target, tmp_path) as branch:
        publish(branch, old, asked)
        move = branch.repository.move
        branch.repository.move = _end  # type: ignore[method-assign]
        with pytest.raises(KeyboardInterrupt):
            publish(branch, new, asked)
        assert seen(target) == contents(old) | EXTRA

        def move_and_end(*words: Any) -> None:
            move(*words)
            raise KeyboardInterrupt

        branch.repository.move = move_and_end  # type: ignore[method-assign]
        with pytest.raises(KeyboardInterrupt):
            publish(branch, new, asked)
        branch.repository.move = move  # type: ignore[method-assign]
        assert seen(target) == contents(new) | EXTRA
        publish(branch, toy_release(toy_site(3)), asked)


def _end(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_branch_of_somebody_else_is_refused(target: PublishTarget, tmp_path: Path) -> None:
    tree = git(target, "hash-object", "-t", "tree", "-w", "/dev/null").decode().strip()
    words = ("-c", "user.name=n", "-c", "user.email=e@x.invalid", "commit-tree", "-m", "x", tree)
    commit = git(target, *words).decode().strip()
    git(target, "update-ref", "refs/heads/gh-pages", commit)
    with channel(target, tmp_path) as branch, pytest.raises(ProblemsFound) as found:
        publish(branch, toy_release(toy_site(1)), publication(tmp_path, target))
    assert [problem.code for problem in found.value.problems] == ["publish-not-ours"]
    assert git(target, "rev-parse", "gh-pages").decode().strip() == commit


def test_a_repository_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    settings = BranchTarget(repository=str(tmp_path / "nothing.git"))
    target = PublishTarget(id="live", branch=settings)
    with (
        pytest.raises(ProblemsFound) as found,
        explain_target(target),
        channel(target, tmp_path) as branch,
    ):
        publish(branch, toy_release(toy_site(1)), publication(tmp_path, target))
    (problem,) = found.value.problems
    assert problem.code == "publish-unreachable"
    assert "\n" not in str(problem)


def test_what_is_pushed_must_be_what_was_seen(target: PublishTarget, tmp_path: Path) -> None:
    with channel(target, tmp_path) as branch:
        publish(branch, toy_release(toy_site(1)), publication(tmp_path, target))
        tip = branch.repository.tip(branch.ref)
        with pytest.raises(AlteredFile):
            branch.repository.move(branch.ref, b"", tip, [])


def test_a_publication_reads_the_list_of_files_once(
    target: PublishTarget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often it is asked what is there: signing alone asks for a dozen files."""
    files, read = toy_site(1), []
    asked = publication(tmp_path, target)
    with channel(target, tmp_path) as branch:
        publish(branch, toy_release(files), asked)
    inner = Branch._read_contents
    monkeypatch.setattr(
        Branch, "_read_contents", lambda self, tip: read.append(tip) or inner(self, tip)
    )
    with channel(target, tmp_path) as branch:
        for path in files:
            assert branch.fetch(path) == files[path]
        files["en/p1/index.html"] += b" changed"
        publish(branch, toy_release(files), asked)
    assert len(read) == 1


def test_our_copy_of_a_repository_does_not_grow_for_ever(
    target: PublishTarget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each publication added a pack to it, and nothing ever put them together."""
    monkeypatch.setattr(repository, "MOST_PACKS", 3)
    asked = publication(tmp_path, target)
    for version in range(1, 9):
        with channel(target, tmp_path) as branch:
            publish(branch, toy_release(toy_site(version)), asked)
    assert seen(target) == contents(toy_release(toy_site(8))) | EXTRA
    packs = [*(tmp_path / "cache").rglob("copy.git/objects/pack/*.pack")]
    assert len(packs) <= 5
