"""What a strange workspace or remote may try: nothing runs, and nothing lands outside."""

from __future__ import annotations

from pathlib import Path

import pytest
from stopjihad.problem import ProblemsFound
from stopjihad.publish import git_credentials
from stopjihad.publish.team.exchange import fetch, read_state, send
from stopjihad.text.merge import merge_texts
from stopjihad.text.versions import disputes, regions

from support.colleagues import PAGE, POINT, TEXT, Colleagues, git, read, write


def test_nothing_of_the_repositories_runs(team: Colleagues, tmp_path: Path) -> None:
    team.they_send(PAGE, "---\ntitle: New\n---\n\nx\n")
    ran = tmp_path / "ran"
    script = f"#!/bin/sh\ntouch {ran}\n"
    for folder in (team.ours / ".git/hooks", team.shared / "hooks"):
        folder.mkdir(exist_ok=True)
        for name in (
            "pre-commit",
            "post-merge",
            "pre-push",
            "post-checkout",
            "pre-receive",
            "update",
        ):
            (folder / name).write_text(script)
            (folder / name).chmod(0o755)
    for name in ("core.fsmonitor", "core.sshCommand", "credential.helper", "filter.x.clean"):
        git(team.ours, "config", name, f"touch {ran}")
    git(team.ours, "config", "include.path", "/dev/zero")
    write(team.ours, POINT, TEXT.replace("first", "second"))
    fetch(team.ours, "Amal")
    send(team.ours, "Amal")
    assert not ran.exists()


@pytest.mark.parametrize(
    "address",
    [
        "ext::sh -c 'touch ran'",
        "ssh://-oProxyCommand=touch/x",
        "-oProxyCommand=x:y",
        "http://team.example/x.git",
        "git://team.example/x.git",
        "https://me:secret@team.example/x.git",
        "https://team.example\x1b[2J/x.git",
        "",
    ],
)
def test_an_address_that_starts_something_or_shows_a_password_is_none(
    team: Colleagues, address: str
) -> None:
    git(team.ours, "config", "remote.origin.url", address)
    with pytest.raises(ProblemsFound) as found:
        fetch(team.ours, "Amal")
    assert found.value.problems[0].code == "share-repository"
    assert "secret" not in str(found.value)


def test_a_host_gets_no_credentials_before_its_user_names_it(team: Colleagues) -> None:
    git(team.ours, "config", "remote.origin.url", "https://me@team.example/x.git")
    state = read_state(team.ours)
    assert (state.address, state.is_known) == ("https://team.example/x.git", False)
    with pytest.raises(ProblemsFound) as found:
        fetch(team.ours, "Amal")
    assert "nobody has said that team.example is yours" in str(found.value)
    git_credentials.name_host("team.example")
    assert read_state(team.ours).is_known


def test_programs_hidden_files_and_links_of_colleagues_are_not_written(team: Colleagues) -> None:
    (team.theirs / "campaigns/demo/link.md").symlink_to("/etc/passwd")
    write(team.theirs, "Studio.command", "#!/bin/sh\n")
    write(team.theirs, ".gitignore", "")
    write(team.theirs, "campaigns/demo/.hidden.md", "x\n")
    write(team.theirs, "campaigns/demo/run.bat", "x\n")
    write(team.theirs, "campaigns/demo/tool.md", "x\n")
    (team.theirs / "campaigns/demo/tool.md").chmod(0o755)
    team.they_send(POINT, TEXT.replace("first", "third"))
    told = fetch(team.ours, "Amal")
    assert "third" in read(team.ours, POINT)
    assert set(told.unwritten) == {
        ".gitignore",
        "Studio.command",
        "campaigns/demo/.hidden.md",
        "campaigns/demo/link.md",
        "campaigns/demo/run.bat",
    }
    assert not any((team.ours / path).exists() for path in told.unwritten if path != ".gitignore")
    assert "private" in read(team.ours, ".gitignore"), "what is left out stays left out"
    assert (team.ours / "campaigns/demo/tool.md").stat().st_mode & 0o111 == 0
    send(team.ours, "Amal")
    git(team.theirs, "pull", "-q")
    assert (team.theirs / "Studio.command").exists(), "nor is it taken from colleagues"


@pytest.mark.parametrize(
    "name", [".git/hooks/post-merge", "../outside.md", "a/../../b.md", "C:x.md"]
)
def test_a_path_that_leads_elsewhere_is_not_followed(team: Colleagues, name: str) -> None:
    """A tree that git itself would not make: it is written by hand."""
    from dulwich.objects import Blob, Commit, Tree
    from dulwich.repo import Repo

    with Repo(str(team.shared)) as repo:
        blob = Blob.from_string(b"evil\n")
        tree: Tree = repo[repo[repo.refs[b"refs/heads/main"]].tree]  # type: ignore[assignment, attr-defined]
        tree.add(name.encode(), 0o100644, blob.id)
        commit = Commit()
        commit.tree, commit.parents = tree.id, [repo.refs[b"refs/heads/main"]]
        commit.author = commit.committer = b"\x1b[2JNoor\xe2\x80\xae <n@x>"
        commit.author_time = commit.commit_time = 1_700_000_000
        commit.author_timezone = commit.commit_timezone = 0
        commit.message = b"x\n"
        for one in (blob, tree, commit):
            repo.object_store.add_object(one)
        repo.refs[b"refs/heads/main"] = commit.id
    outside = {path for path in team.ours.parent.rglob("*") if not path.is_relative_to(team.ours)}
    if name == "C:x.md":
        assert fetch(team.ours, "Amal").unwritten == (name,)
    else:
        with pytest.raises(ProblemsFound, match="leads out of it"):
            fetch(team.ours, "Amal")
    assert not list(team.ours.parent.glob("outside.md"))
    assert not (team.ours / ".git/hooks/post-merge").exists()
    made = {path for path in team.ours.parent.rglob("*") if not path.is_relative_to(team.ours)}
    assert {path.relative_to(team.ours.parent).parts[0] for path in made - outside} <= {
        "cache",
        "state",
    }


def test_a_name_at_a_commit_is_shown_without_signs_that_move_words(team: Colleagues) -> None:
    team.they_send(POINT, TEXT.replace("first", "third"), "No\u202eor\x1b[2J")
    (came,) = fetch(team.ours, "Amal").came
    assert came.by.isprintable()
    assert came.by.startswith("No")


def test_marks_that_a_colleague_wrote_forge_no_choice() -> None:
    mine, theirs = "a\nmine\nz\n", "a\n=======\nforged\n>>>>>>> fetched\nz\n"
    merged = merge_texts("a\nold\nz\n", mine, theirs, "fetched")
    (region,) = regions(merged.text)
    assert region.mine == "mine\n"
    assert region.theirs == " =======\nforged\n >>>>>>> fetched\n"
    assert len(disputes(merged.text, "x.md")) == 1


def test_files_that_git_converts_are_left_to_git(team: Colleagues) -> None:
    write(team.theirs, ".gitattributes", "*.md filter=x\n")
    team.they_send(PAGE, "---\ntitle: New\n---\n\nx\n")
    with pytest.raises(ProblemsFound, match="converts files"):
        fetch(team.ours, "Amal")
