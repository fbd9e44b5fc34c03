"""Where a site goes: what people read and what exercises are for are two places."""

from __future__ import annotations

from pathlib import Path

import pytest
from dulwich.refs import Ref, check_ref_format
from stopjihad.load.targets import load_targets, people_read

WEB = "folder: {path: ../web}"
STORE = "store: {bucket: b, prefix: site, endpoint: 'https://s3.neighbours-help.net'}"
SFTP = "sftp: {host: www.neighbours-help.net, path: /srv/web, user: web}"
BRANCH = "branch: {repository: 'https://git.neighbours-help.net/x.git'}"


def codes(root: Path, live: str, exercise: str) -> list[str]:
    (root / "campaigns/demo").mkdir(parents=True)
    own = f"targets:\n  - {{id: rehearsal, exercise: true, {exercise}}}\n"
    (root / "campaigns/demo/targets.yaml").write_text(own, "utf-8")
    (root / "targets.yaml").write_text(f"targets:\n  - {{id: live, {live}}}\n", "utf-8")
    targets, problems = load_targets(root, "demo")
    assert (problems, people_read(root, targets, "live")) == ([], None)
    found = people_read(root, targets, "rehearsal")
    return [found.code] if found else []


@pytest.mark.parametrize(
    ("live", "exercise"),
    [
        (WEB, WEB),
        (WEB, "folder: {path: ../x/../web/, layout: plain}"),
        (WEB, "folder: {path: ../link}"),
        (WEB, "folder: {path: ../web/rehearsal}"),
        ("folder: {path: ../web/site}", WEB),
        (STORE, STORE),
        (STORE, STORE.replace("site", "site/rehearsal/").replace("net'", "net/'")),
        (SFTP, SFTP.replace("user: web", "user: other").replace("/srv/web", "/srv/./web/")),
        (SFTP, SFTP.replace("www", "WWW")),
        (BRANCH, BRANCH.replace(".git", "")),
        ("branch: {repository: ../x.git}", "branch: {repository: ../y/../x.git}"),
        (f"{WEB}, address: 'https://a.net'", f"{SFTP}, address: 'https://a.net'"),
    ],
)
def test_an_exercise_has_no_place_where_people_read(
    live: str, exercise: str, tmp_path: Path
) -> None:
    """A drill was published into the folder of the target that people read."""
    (tmp_path / "link").symlink_to("web")
    assert codes(tmp_path / "workspace", live, exercise) == ["target-way"]


@pytest.mark.parametrize(
    ("live", "exercise"),
    [
        (WEB, "folder: {path: ../web2}"),
        (STORE, STORE.replace("site", "site-2")),
        (STORE, STORE.replace("s3", "s4")),
        (SFTP, SFTP.replace("path: /srv/web", "path: /srv/rehearsal")),
        (SFTP, f"{SFTP[:-1]}, port: 2222}}"),
        (BRANCH, f"{BRANCH[:-1]}, branch: rehearsal}}"),
        (WEB, STORE),
    ],
)
def test_two_places_are_fine(live: str, exercise: str, tmp_path: Path) -> None:
    assert codes(tmp_path / "workspace", live, exercise) == []


@pytest.mark.parametrize(
    "name",
    ["pages", "gh-pages", "v1.2/site", "a..b", "a.lock", "a.lock/b", "a//b", "a/", "a/.b", "a."],
)
def test_a_branch_is_called_what_git_lets_it_be(name: str, tmp_path: Path) -> None:
    """The name that git refused came back from it as Python's bytes, after everything was built."""
    (tmp_path / "campaigns/demo").mkdir(parents=True)
    text = f"targets:\n  - {{id: live, branch: {{repository: ../x.git, branch: {name}}}}}\n"
    (tmp_path / "campaigns/demo/targets.yaml").write_text(text, "utf-8")
    good = check_ref_format(Ref(b"refs/heads/" + name.encode()))
    assert [one.line for one in load_targets(tmp_path, "demo")[1]] == ([] if good else [2])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("domain", "www.help.net\\nother.net"),
        ("domain", "https://help.net"),
        ("branch", "pages\\nother"),
        ("repository", "../x.git\\n../y.git"),
    ],
)
def test_a_branch_target_has_no_line_break_in_it(field: str, value: str, tmp_path: Path) -> None:
    """A domain of two lines was written to CNAME as it stood."""
    rows = {"repository": "../x.git", field: value}
    words = ", ".join(f'{name}: "{word}"' for name, word in rows.items())
    (tmp_path / "campaigns/demo").mkdir(parents=True)
    text = f"targets:\n  - {{id: live, branch: {{{words}}}}}\n"
    (tmp_path / "campaigns/demo/targets.yaml").write_text(text, "utf-8")
    targets, problems = load_targets(tmp_path, "demo")
    assert [one.line for one in problems] == [2]
    assert not targets
