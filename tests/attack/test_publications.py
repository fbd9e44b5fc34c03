"""What is published, returned to and vouched for comes from this user's own records alone."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from stopjihad.problem import ProblemsFound
from stopjihad.publish import readiness
from stopjihad.publish.signature import Claims, sign
from stopjihad.publish.signed_release import LIFE
from stopjihad.publish.signing_key import SigningKey

from support.build import stopjihad
from support.publications import DAY, EVIL, NOON, PAGE, TARGETS, published_twice, rewrite, run, seen
from support.serve import served
from support.targets import files_below, real_workspace


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the small campaign once."""
    root = real_workspace(tmp_path_factory.mktemp("ready") / "workspace", TARGETS)
    run(root, "build")
    return root


@pytest.fixture
def workspace(ready: Path, tmp_path: Path) -> Path:
    """Give a copy of the small campaign, built."""
    root = tmp_path / "workspace"
    shutil.copytree(ready, root, symlinks=True)
    run(root, "build")
    return root


def forge(workspace: Path) -> None:
    """Change a page, and say in the list that it is so."""
    dist = workspace / "dist/demo"
    page, listed = dist / PAGE, dist / "manifest.json"
    old = page.read_bytes()
    new = old.replace(b"</head>", EVIL + b"</head>")
    rewrite(page, new)
    digests = [hashlib.sha256(data).hexdigest().encode() for data in (old, new)]
    sizes = [b'"bytes":%d' % len(data) for data in (old, new)]
    lines = listed.read_bytes().splitlines(keepends=True)
    lines = [line.replace(*digests).replace(*sizes) for line in lines]
    rewrite(listed, b"".join(lines))


def published(workspace: Path) -> bytes:
    folders = (workspace.parent / name for name in ("web", "stick"))
    return b"".join(
        data for folder in folders if folder.exists() for data in files_below(folder, "-").values()
    )


def test_02_a_site_that_was_forged_with_its_manifest_is_not_published(workspace: Path) -> None:
    """The list in dist/ was believed where the digest of the step keys fitted the sources."""
    forge(workspace)
    for target in ("live", "stick"):
        assert "[publish-changed]" in run(workspace, "publish", target, code=1).stderr
    assert published(workspace) == b""


def test_02_a_site_that_another_user_built_is_not_published(
    workspace: Path, tmp_path: Path
) -> None:
    us = {"XDG_STATE_HOME": str(tmp_path / "us")}
    forge(workspace)
    assert "[publish-not-yours]" in run(workspace, "publish", "live", code=1, **us).stderr
    shutil.rmtree(workspace / "dist/.stopjihad")
    assert "[publish-not-yours]" in run(workspace, "publish", "live", code=1, **us).stderr
    run(workspace, "build", **us)
    run(workspace, "publish", "live", **us)
    assert EVIL not in published(workspace)


def test_14_no_build_comes_between_the_judgement_and_the_files(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A draft that was built in that moment was published."""
    codes = []
    before = readiness.take_inventory

    def meanwhile(*args: object) -> object:
        done = stopjihad("-C", workspace, "build", "--draft", **DAY)
        codes.append(done.returncode)
        return before(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(readiness, "take_inventory", meanwhile)
    with readiness.ready_release(workspace, "demo", workspace / "dist", NOON) as release:
        assert codes == [75]
        assert (
            release.read(PAGE.removeprefix("site/"))
            == (workspace / "dist/demo" / PAGE).read_bytes()
        )


@pytest.mark.parametrize("change", ["another", "gone", "link", "folder"])
def test_14_what_is_changed_while_it_goes_up_is_refused(workspace: Path, change: str) -> None:
    page = workspace / "dist/demo" / PAGE
    changes: dict[str, Callable[[], object]] = {
        "another": lambda: rewrite(page, EVIL),
        "gone": page.unlink,
        "link": lambda: (page.unlink(), page.symlink_to("../../feed.xml")),
        "folder": lambda: shutil.rmtree(page.parent),
    }
    with readiness.ready_release(workspace, "demo", workspace / "dist", NOON) as release:
        changes[change]()
        with pytest.raises(ProblemsFound) as found:
            release.read(PAGE.removeprefix("site/"))
    assert [problem.code for problem in found.value.problems] == ["publish-changed"]


def test_14_a_build_that_follows_takes_no_file_away(workspace: Path) -> None:
    """What was judged goes up, though the next build has replaced it meanwhile."""
    data = (workspace / "dist/demo" / PAGE).read_bytes()
    point = workspace / "campaigns/demo/points/neighbours.md"
    with readiness.ready_release(workspace, "demo", workspace / "dist", NOON) as release:
        point.write_text(point.read_text("utf-8").replace("guard us", "guard us all"), "utf-8")
        run(workspace, "build", "--draft")
        assert (workspace / "dist/demo" / PAGE).read_bytes() != data
        assert release.read(PAGE.removeprefix("site/")) == data


@pytest.fixture
def signing(workspace: Path, tmp_path: Path) -> tuple[Path, str, dict[str, str]]:
    """Give a built workspace that signs, its public key, and the environment with the secret."""
    state = {"XDG_STATE_HOME": str(tmp_path / "state")}
    public = run(workspace, "signature", "make", **state).stdout.strip()
    campaign = workspace / "campaigns/demo/campaign.yaml"
    campaign.write_text(campaign.read_text("utf-8") + f"signing_key: {public}\n", "utf-8")
    run(workspace, "build", **state)
    return workspace, public, state


def test_a_workspace_that_names_your_key_does_not_get_your_signature(
    signing: tuple[Path, str, dict[str, str]], tmp_path: Path
) -> None:
    """A stranger's campaign has the name and the public key of yours: publishing it signed it."""
    workspace, _, state = signing
    stranger = tmp_path / "stranger" / "workspace"
    ignored = shutil.ignore_patterns("dist", ".stopjihad")
    shutil.copytree(workspace, stranger, ignore=ignored)
    run(stranger, "build", **state)
    done = run(stranger, "publish", "live", code=1, **state)
    assert "[signature-key]" in done.stderr
    assert "stopjihad signature make demo" in done.stderr
    assert not (stranger.parent / "web").exists()
    run(workspace, "publish", "live", **state)
    run(stranger, "signature", "make", **state)
    run(stranger, "publish", "live", **state)


Signing = tuple[Path, str, dict[str, str]]

EXTRAS: dict[str, Callable[[Path], object]] = {
    "en/donate": lambda copy: (copy / "en/donate").mkdir() or put(copy / "en/donate/index.html"),
    "_redirects": lambda copy: put(copy / "_redirects"),
    ".htaccess": lambda copy: put(copy / ".htaccess"),
    "en/.htaccess": lambda copy: put(copy / "en/.htaccess"),
    "x.minisig": lambda copy: put(copy / "x.minisig"),
    "current": lambda copy: (copy / "current").symlink_to("en"),
    "fr.html": lambda copy: (copy / "fr.html").symlink_to("index.html"),
    "pipe": lambda copy: os.mkfifo(copy / "pipe"),
}


def put(path: Path) -> None:
    path.write_bytes(EVIL)


def test_10_a_check_names_what_no_list_names(signing: Signing, tmp_path: Path) -> None:
    """Added pages, rules of servers and links were "good"."""
    workspace, public, state = signing
    run(workspace, "publish", "live", **state)
    copy = tmp_path / "copy"
    shutil.copytree(workspace.parent / "web/current", copy)
    check = ("signature", "check", str(copy), "--key", public)
    assert "signature(s): good" in run(workspace, *check, **state).stdout
    for add in EXTRAS.values():
        add(copy)
    done = run(workspace, *check, "--format", "json", code=1, **state)
    found = json.loads(done.stdout)["problems"]
    assert {one["code"] for one in found} == {"signature-extra"}
    assert sorted(one["path"] for one in found) == sorted(EXTRAS)


def test_10_a_link_in_the_place_of_a_file_is_not_that_file(
    signing: Signing, tmp_path: Path
) -> None:
    workspace, public, state = signing
    run(workspace, "publish", "live", **state)
    copy = tmp_path / "copy"
    shutil.copytree(workspace.parent / "web/current", copy)
    (copy / "en/index.html").rename(tmp_path / "kept.html")
    (copy / "en/index.html").symlink_to(tmp_path / "kept.html")
    done = run(workspace, "signature", "check", str(copy), "--key", public, code=1, **state)
    assert "en/index.html: error[signature-wrong] this file is missing" in done.stderr + done.stdout


@pytest.mark.parametrize("days", [-40, 40])
def test_11_a_signature_of_a_wrong_clock_locks_nobody_out(
    signing: Signing, tmp_path: Path, days: int
) -> None:
    """One of 40 days ahead passed, was never renewed, and then the right ones were "older"."""
    workspace, public, state = signing
    raw = base64.b64decode(run(workspace, "signature", "show", "--secret", **state).stdout)
    at = int(NOON.timestamp()) + days * 86_400
    stick = workspace.parent / "stick"
    run(workspace, "publish", "stick", **state)
    for path in stick.rglob("*.minisig"):
        name = path.relative_to(stick).as_posix().removesuffix(".minisig")
        claims = Claims("demo", name, at, at + LIFE, 1)
        data = path.with_suffix("").read_bytes()
        rewrite(path, sign(data, SigningKey(raw[:8], raw[8:]), claims))
    partner = {"XDG_STATE_HOME": str(tmp_path / "partner")}
    check = (
        "signature",
        "check",
        str(stick / "en/feed.xml"),
        "--key",
        public,
        "--as",
        "en/feed.xml",
    )
    expected = "signature-future" if days > 0 else "signature-expired"
    assert f"[{expected}]" in run(workspace, *check, code=1, **partner).stderr
    done = run(workspace, "publish", "stick", **state)
    assert ("the clock" in done.stderr) is (days > 0)
    assert "1 signature(s): good" in run(workspace, *check, **partner).stdout


def forge_older(target: Path) -> None:
    """Change the pages of what was before and its record, each true to the other, as 05 did."""
    state, current = target / ".stopjihad", target / "current"
    pointer = state / "published.json"
    now = current.readlink().name if current.exists() else record_id(pointer)
    for path in (state / "releases").glob("*.json"):
        if path.stem == now:
            continue
        record = json.loads(path.read_bytes())
        for row in record["files"]:
            there = target / "releases" / path.stem / row[0]
            kept = there if current.exists() else state / "kept" / row[1]
            if not (row[0].endswith(".html") and kept.exists()):
                continue
            data = kept.read_bytes() + EVIL
            rewrite(kept, data)
            row[1], row[2] = hashlib.sha256(data).hexdigest(), len(data)
            if not current.exists():
                (state / "kept" / row[1]).write_bytes(data)
        path.write_text(json.dumps(record), "utf-8")


def record_id(path: Path) -> str:
    record = json.loads(path.read_bytes())
    return f"{record['number']:04}-{record['digest'][:8]}"


@pytest.mark.parametrize(
    ("name", "memory"),
    [
        *(("live", "home"), ("stick", "signed list"), ("live", "none")),
        *(
            pytest.param(*pair, marks=pytest.mark.long)
            for pair in (("stick", "home"), ("live", "signed list"), ("stick", "none"))
        ),
    ],
)
def test_05_a_way_back_believes_nothing_that_a_target_says(
    signing: Signing, tmp_path: Path, name: str, memory: str
) -> None:
    """Forged records and contents were published and signed."""
    workspace, _, state = signing
    target = published_twice(workspace, name, **state)
    now = seen(target)
    if memory != "home":
        shutil.rmtree(tmp_path / "state/stopjihad/published")
    honest = tmp_path / "honest"
    shutil.copytree(target, honest, symlinks=True)
    forge_older(target)
    for path in target.rglob("*") if memory == "none" else ():
        if path.is_file() and path.read_bytes().startswith(b"untrusted comment"):
            path.unlink()
    done = run(workspace, "publish", name, "--rollback", code=1, **state)
    code = "publish-unvouched" if memory == "none" else "publish-lost"
    assert f"[{code}]" in done.stderr
    after = seen(target)
    assert not any(EVIL in data for data in after.values())
    if memory == "signed list":
        assert {path for path in now if now[path] != after.get(path)} <= ALL_SIGNED
        shutil.rmtree(target)
        shutil.copytree(honest, target, symlinks=True)
        run(workspace, "publish", name, "--rollback", **state)
        assert b"guard us all" not in seen(target)[PAGE.removeprefix("site/")]
    if memory == "none":
        done = run(workspace, "publish", name, "--rollback", "--unsigned", **state)
        assert "nothing vouches for" in done.stderr


ALL_SIGNED = {"en/feed.xml", "en/feed.xml.minisig", "manifest.json", "manifest.json.minisig"}


def stick_with(workspace: Path, more: str) -> Path:
    """Let the target 'stick' have another setting; give its folder."""
    settings = TARGETS.replace("layout: plain}}", f"layout: plain{more}")
    (workspace / "campaigns/demo/targets.yaml").write_text(settings, "utf-8")
    return workspace.parent / "stick"


def test_16_what_was_taken_back_is_not_kept_below_the_site(workspace: Path) -> None:
    """Withdrawn words and photos stayed where every reader could find them."""
    stick_with(workspace, ", state: ../stick-state}}")
    target = published_twice(workspace, "stick")
    assert not (target / ".stopjihad").exists()
    state = workspace.parent / "stick-state"
    assert {path.name for path in state.iterdir()} >= {"published.json", "releases", "kept"}
    run(workspace, "publish", "stick", "--rollback")
    assert b"guard us all" not in seen(target)[PAGE.removeprefix("site/")]


def test_16_what_is_kept_in_the_site_is_closed(workspace: Path) -> None:
    target = published_twice(workspace, "stick")
    rule = (target / ".stopjihad/.htaccess").read_bytes()
    assert b"Require all denied" in rule
    rewrite(target / ".stopjihad/.htaccess", b"Require all granted")
    run(workspace, "publish", "stick", "--rollback")
    assert (target / ".stopjihad/.htaccess").read_bytes() == rule


@pytest.mark.parametrize("there", ["rooms/letter", "releases/v1.json", "kept/photo", "id_ed25519"])
def test_a_folder_of_somebody_elses_files_remembers_nothing(workspace: Path, there: str) -> None:
    """What lay in `rooms`, `releases` and `kept` of such a folder was removed."""
    stick_with(workspace, ", state: ../.ssh}}")
    file = workspace.parent / ".ssh" / there
    file.parent.mkdir(parents=True)
    file.write_bytes(b"mine")
    done = run(workspace, "publish", "stick", code=1)
    assert "[publish-not-ours]" in done.stderr
    assert files_below(workspace.parent / ".ssh", "-") == {there: b"mine"}
    assert not (workspace.parent / "stick").exists()


@pytest.mark.parametrize("open_to_all", [True, False])
def test_16_publishing_looks_whether_readers_can_see_it(
    workspace: Path, tmp_path: Path, *, open_to_all: bool
) -> None:
    (tmp_path / "empty").mkdir()
    with served(workspace.parent / "stick" if open_to_all else tmp_path / "empty", "/") as address:
        target = stick_with(workspace, f'}}, address: "{address}"}}')
        target.mkdir()
        done = run(workspace, "publish", "stick", code=1 if open_to_all else 0)
    assert ("[publish-open]" in done.stdout + done.stderr) is open_to_all
    assert "read back" in done.stdout


@pytest.mark.parametrize(("shown", "current"), [(".", "current/"), (".", ""), ("current", "")])
def test_16_publishing_looks_whether_readers_can_see_older_publications(
    workspace: Path, shown: str, current: str
) -> None:
    """Only a record that this layout never writes was asked for: older pages stood open."""
    web = workspace.parent / "web"
    web.mkdir()
    with served(web / shown, "/") as address:
        settings = TARGETS.replace("../web}", f'../web}}, address: "{address}{current}"')
        (workspace / "campaigns/demo/targets.yaml").write_text(settings, "utf-8")
        done = run(workspace, "publish", "live", code=1 if shown == "." else 0)
    assert ("[publish-open]" in done.stdout + done.stderr) is (shown == ".")


@pytest.mark.parametrize("name", ["live", "stick"])
def test_16_a_publication_can_be_forgotten(workspace: Path, tmp_path: Path, name: str) -> None:
    state = {"XDG_STATE_HOME": str(tmp_path / "state")}
    run(workspace, "build", **state)
    target = published_twice(workspace, name, **state)
    listed = run(workspace, "publish", name, "--list", "--format", "json", **state)
    now, old = [row["id"] for row in json.loads(listed.stdout)["releases"]]
    words = b"They guard us.<"
    everywhere = [*files_below(target, "-").values()]
    assert any(words in data for data in everywhere)
    done = run(workspace, "publish", name, "--forget", now, code=1, **state)
    assert "[publish-kept]" in done.stderr
    before = seen(target)
    run(workspace, "publish", name, "--forget", old, **state)
    assert seen(target) == before
    assert not any(words in data for data in files_below(target, "-").values())
    assert not [*(tmp_path / "state/stopjihad/published").glob(f"*/{old.partition('-')[2]}*")]
    done = run(workspace, "publish", name, "--rollback", old, code=1, **state)
    assert "[publish-unknown]" in done.stderr
    assert (
        "[publish-unknown]"
        in run(workspace, "publish", name, "--forget", old, code=1, **state).stderr
    )


def test_16_a_target_is_told_no_role_no_commit_and_no_second(workspace: Path) -> None:
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "x")):
        git = ["git", "-c", "user.name=x", "-c", "user.email=x@x.invalid", *words]
        subprocess.run(git, cwd=workspace, check=True)
    head = subprocess.check_output(["git", "rev-parse", "HEAD"], cwd=workspace, text=True).strip()
    at = int(NOON.timestamp()) + 7
    run(workspace, "publish", "stick", "--by", "night desk", SOURCE_DATE_EPOCH=str(at))
    told = b"".join(files_below(workspace.parent / "stick", "-").values())
    for secret in (b"night desk", head.encode(), b"12:00:07"):
        assert secret not in told
    listed = run(workspace, "publish", "stick", "--list").stdout
    assert "night desk" in listed
    assert head[:12] in listed
    shutil.rmtree(workspace / ".stopjihad/publish")  # a fresh machine with the whole history
    run(workspace, "publish", "stick")


def test_forgetting_a_publication_leaves_what_is_known_of_the_one_that_repeats_it(
    workspace: Path,
) -> None:
    """It took the record of what readers see away: nobody could return to that afterwards."""
    published_twice(workspace, "stick")
    run(workspace, "publish", "stick", "--rollback")
    listed = json.loads(run(workspace, "publish", "stick", "--list", "--format", "json").stdout)
    now, _, first = (one["id"] for one in listed["releases"])
    said = run(workspace, "publish", "stick", "--forget", first).stdout
    assert said.strip().endswith(f"is forgotten; the same files are in {now}")
    run(workspace, "publish", "stick")
    run(workspace, "publish", "stick", "--rollback", now)


@pytest.mark.parametrize("way", ["--forget", "--rollback"])
def test_an_empty_name_of_a_publication_publishes_nothing(way: str, workspace: Path) -> None:
    """``--forget "$ID"`` with an unset variable published the last build."""
    run(workspace, "publish", "stick", way, "", code=2)
    assert published(workspace) == b""
