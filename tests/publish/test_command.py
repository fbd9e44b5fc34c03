"""``stopjihad publish`` and ``signature`` as people type them, on a campaign that is no sample."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from msgspec.structs import replace
from stopjihad import disk
from stopjihad.build.tree.published import find_index, keep_index

from support.build import stopjihad
from support.servers import KEY_ID, SECRET
from support.targets import files_below, real_workspace

DAY = {"SOURCE_DATE_EPOCH": "1795737600"}
"""27 November 2026, on which the helpline of the small campaign is fresh."""

TARGETS = """
targets:
  - id: live
    folder: {path: ../web}
  - id: stick
    folder: {path: ../stick, layout: plain}
"""
POINT = Path("campaigns/demo/points/neighbours.md")


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the small campaign once."""
    root = real_workspace(tmp_path_factory.mktemp("ready") / "workspace", TARGETS)
    done = stopjihad("-C", root, "build", **DAY)
    assert done.returncode == 0, done.stdout + done.stderr
    return root


@pytest.fixture
def workspace(ready: Path, tmp_path: Path) -> Path:
    """Give a copy of the small campaign, built."""
    root = tmp_path / "workspace"
    shutil.copytree(ready, root, symlinks=True)
    done = stopjihad("-C", root, "build", **DAY)  # a copied index is believed only after a look
    assert done.returncode == 0, done.stderr
    return root


def run(root: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    return stopjihad("-C", root, *words, **(DAY | more))


def told(root: Path, *words: str, **more: str) -> dict:
    done = run(root, *words, "--format", "json", **more)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def test_plan_publish_change_and_return(workspace: Path) -> None:
    """One changed fact: its pages, lists, feed, cards and the list of files go up; nothing else."""
    web = workspace.parent / "web"
    plan = told(workspace, "publish", "live", "--plan")["plan"]
    assert plan["new"]
    assert not web.exists()
    first = told(workspace, "publish", "live", "--by", "night desk")["published"]
    site = files_below(workspace / "dist/demo/site")
    assert first["uploads"] == len(plan["new"]) == len(site) + 1
    assert {path: files_below(web / "current")[path] for path in site} == site
    assert told(workspace, "publish", "live")["published"]["uploads"] == 0
    explained = workspace / POINT
    text = explained.read_text("utf-8")
    explained.write_text(text.rstrip() + " And they ask first. [^un]\n", "utf-8")
    assert run(workspace, "publish", "live").returncode == 1
    assert run(workspace, "build").returncode == 0
    second = told(workspace, "publish", "live")["published"]
    assert "en/points/neighbours/index.html" in second["changed"]
    assert second["new"] == second["gone"] == []
    pages = {path for path in second["changed"] if not path.startswith("kits/")}
    assert pages < set(second["changed"])  # a kit says the same, and that it is newer
    assert pages <= {
        "en/points/neighbours/index.html",
        "en/kit/neighbours/index.html",
        "en/feed.xml",
        "sitemap.xml",
        "manifest.json",
    }
    listed = told(workspace, "publish", "live", "--list")["releases"]
    assert [(row["id"], row["current"]) for row in listed] == [
        (second["id"], True),
        (first["id"], False),
    ]
    assert listed[1]["by"] == "night desk"
    back = told(workspace, "publish", "live", "--rollback")["published"]
    assert back["id"] == first["id"]
    assert {path: files_below(web / "current")[path] for path in site} == site


def test_what_must_not_be_published_is_refused_in_one_line(workspace: Path) -> None:
    campaign = workspace / "campaigns/demo/campaign.yaml"
    good = campaign.read_text("utf-8")
    explained = workspace / POINT
    words = explained.read_text("utf-8")
    page = next((workspace / "dist/demo/site").rglob("en/index.html"))

    def refused(code: str, **more: str) -> None:
        done = run(workspace, "publish", "live", **more)
        assert done.returncode == 1, done.stdout
        assert f"[{code}]" in done.stderr
        assert "Traceback" not in done.stderr
        assert not (workspace.parent / "web").exists()

    refused("helpline-stale", SOURCE_DATE_EPOCH="1811289600")  # half a year later
    campaign.write_text(good + "sample: true\n", "utf-8")
    refused("publish-sample")
    campaign.write_text(good, "utf-8")
    explained.write_text(words.replace("claim:", "clame:"), "utf-8")
    refused("unknown-key")
    explained.write_text(words + "\nOne sentence more. [^un]\n", "utf-8")
    refused("publish-stale")
    explained.write_text(words, "utf-8")
    manifest = workspace / "dist/demo/manifest.json"
    listed = manifest.rename(workspace / "manifest.json")
    refused("publish-changed")
    listed.rename(manifest)
    page.chmod(0o644)
    old = page.stat()
    page.write_bytes(page.read_bytes().replace(b"a", b"b"))
    os.utime(page, ns=(old.st_atime_ns, old.st_mtime_ns))
    done = run(workspace, "publish", "live")
    assert done.returncode == 1
    assert "[publish-stale]" in done.stderr or "[publish-changed]" in done.stderr


def make_drill(workspace: Path) -> None:
    """Make what lies in the place of a drill."""
    drill = workspace / "dist/drills/lyon/demo"
    shutil.copytree(workspace / "dist/demo", drill)
    manifest = drill / "manifest.json"
    text = manifest.read_text("utf-8").rstrip()
    manifest.write_text(text.removesuffix("}") + ',"exercise":true}', "utf-8")


def record_drill(workspace: Path) -> None:
    """Sign the record of the drill as the build of one does."""
    dist = workspace / "dist"
    index = find_index(str(dist / ".stopjihad/demo"), str(dist / "demo"))
    assert index is not None
    data = (dist / "drills/lyon/demo/manifest.json").read_bytes()
    more = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    files = tuple(
        replace(mark, changed=0, **(more if mark.path == "manifest.json" else {}))
        for mark in index.files
    )
    work = str(dist / "drills/lyon/.stopjihad/demo")
    disk.hold(work, make=True).close()
    keep_index(work, str(dist / "drills/lyon/demo"), replace(index, files=files))


def test_a_drill_goes_to_targets_for_drills_alone(workspace: Path) -> None:
    make_drill(workspace)
    targets = workspace / "campaigns/demo/targets.yaml"
    rehearsal = "  - {id: rehearsal, exercise: true, folder: {path: ../rehearsal}}\n"
    targets.write_text(TARGETS + rehearsal, "utf-8")
    campaign = workspace / "campaigns/demo/campaign.yaml"
    campaign.write_text(campaign.read_text("utf-8") + "sample: true\n", "utf-8")  # any may drill
    words = ("--dist", str(workspace / "dist/drills/lyon"))
    for name in ("live", "rehearsal"):  # a drill that somebody forged is none
        assert "[publish-sample]" in run(workspace, "publish", name, *words).stderr
    record_drill(workspace)
    done = run(workspace, "publish", "live", *words)
    assert done.returncode == 1
    assert "[publish-exercise]" in done.stderr
    assert not (workspace.parent / "web").exists()
    assert run(workspace, "publish", "rehearsal", *words).returncode == 0
    (listed,) = told(workspace, "publish", "rehearsal", "--list")["releases"]
    assert listed["exercise"]


def test_an_open_reading_list_is_refused_though_a_draft_was_built(workspace: Path) -> None:
    explained = workspace / POINT
    words = explained.read_text("utf-8")
    extra = "\n\nMuslims always decide what ISIS is allowed to be. [^un]\n"
    explained.write_text(words.rstrip() + extra, "utf-8")
    checked = run(workspace, "check")
    if "sentences-unread" not in checked.stdout:
        pytest.fail(f"the sentence is not on the reading list any more: {checked.stdout}")
    assert run(workspace, "build", "--draft").returncode == 0
    done = run(workspace, "publish", "live")
    assert done.returncode == 1
    assert "[sentences-unread]" in done.stderr


def test_where_no_key_can_be_kept_one_command_builds_and_publishes(
    workspace: Path, tmp_path: Path
) -> None:
    """A container of continuous integration has no home folder that stays."""
    (tmp_path / "file").write_bytes(b"")
    nowhere = {"XDG_STATE_HOME": str(tmp_path / "file")}
    assert run(workspace, "build", **nowhere).returncode == 0
    done = run(workspace, "publish", "live", **nowhere)
    assert done.returncode == 1
    assert "[publish-not-yours]" in done.stderr
    assert "publish --build" in done.stderr
    assert run(workspace, "publish", "live", "--build", **nowhere).returncode == 0
    assert (workspace.parent / "web/current/index.html").is_file()


def test_wrong_words_are_answered_with_the_right_ones(workspace: Path) -> None:
    done = run(workspace, "publish", "lvie")
    assert done.returncode == 2
    assert "live" in done.stderr
    assert run(workspace, "publish", "live", "--plan", "--list").returncode == 2
    assert run(workspace, "publish", "live", "another").returncode == 2
    targets = workspace / "campaigns/demo/targets.yaml"
    targets.write_text(TARGETS.replace("path: ../web", "path: ../web, password: x"), "utf-8")
    done = run(workspace, "publish", "live")
    assert done.returncode == 1
    assert "targets.yaml:4:" in done.stderr
    assert "unknown-key" in done.stderr


def test_two_publishers_in_one_workspace(workspace: Path) -> None:
    from stopjihad.disk.lock import sole_writer

    with sole_writer(workspace / ".stopjihad/publish/demo-live.lock"):
        done = run(workspace, "publish", "live")
    assert done.returncode == 75
    assert "try again later" in done.stderr


def test_signatures_from_the_key_to_the_partner(workspace: Path, tmp_path: Path) -> None:
    state = {"XDG_STATE_HOME": str(tmp_path / "state")}
    public = run(workspace, "signature", "make", **state).stdout.strip()
    assert run(workspace, "signature", "show", **state).stdout.strip() == public
    campaign = workspace / "campaigns/demo/campaign.yaml"
    campaign.write_text(campaign.read_text("utf-8") + f"signing_key: {public}\n", "utf-8")
    assert run(workspace, "build", **state).returncode == 0
    secret = tmp_path / "state/stopjihad/sign-demo"
    secret.rename(tmp_path / "elsewhere")
    assert "[signature-key]" in run(workspace, "publish", "stick", **state).stderr
    (tmp_path / "elsewhere").rename(secret)
    stick = workspace.parent / "stick"
    published = told(workspace, "publish", "stick", **state)["published"]
    page = (stick / "en/signed/index.html").read_text("utf-8")
    assert f"minisign -V -m feed.xml -P {public}" in page
    assert "signed/index.html" in (stick / "en/index.html").read_text("utf-8")
    assert "en/feed.xml.minisig" in published["new"]
    assert told(workspace, "publish", "stick", **state)["published"]["uploads"] == 0
    partner = {"XDG_STATE_HOME": str(tmp_path / "partner")}
    copy = tmp_path / "copy"
    shutil.copytree(stick, copy, ignore=shutil.ignore_patterns(".stopjihad"))
    check = ("signature", "check", str(copy), "--key", public)
    done = run(workspace, *check, **partner)
    assert done.returncode == 0, done.stdout + done.stderr
    feed = copy / "en/feed.xml"
    feed.write_bytes(feed.read_bytes() + b" ")
    done = run(workspace, *check, **partner)
    assert done.returncode == 1
    assert "en/feed.xml: error[signature-wrong]" in done.stdout + done.stderr


SECRETS = {
    "AWS_ACCESS_KEY_ID": KEY_ID,
    "AWS_SECRET_ACCESS_KEY": SECRET,
    "AWS_SESSION_TOKEN": "CANARY-SESSION-551",
    "STOPJIHAD_SFTP_PASSWORD": "CANARY-PASSWORD-12",
    "STOPJIHAD_GIT_TOKEN": "CANARY-TOKEN-4411",
    "STOPJIHAD_GIT_USERNAME": "CANARY-USER-8",
}


def test_no_secret_is_printed_written_or_published(
    workspace: Path, store, sshd, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Good and refused publications on every kind of target: 0 bytes of any of the secrets."""
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)  # a dead agent of the terminal
    store.client.create_bucket(Bucket="canary-bucket")
    (workspace / "campaigns/demo/targets.yaml").write_text(
        f"""
targets:
  - {{id: store, store: {{bucket: canary-bucket, endpoint: "{store.endpoint}"}}}}
  - {{id: gone, store: {{bucket: nobody-has-it, endpoint: "{store.endpoint}"}}}}
  - {{id: dead, store: {{bucket: canary-bucket, endpoint: "http://127.0.0.1:9"}}}}
  - {{id: folder, folder: {{path: ../web}}}}
  - {{id: sftp, sftp: {{host: 127.0.0.1, port: {sshd.port}, path: {workspace.parent}/sftp}}}}
  - {{id: stranger, sftp: {{host: localhost, port: {sshd.port}, path: {workspace.parent}/sftp}}}}
  - {{id: branch, branch: {{repository: ../pages.git}}}}
  - {{id: nowhere, branch: {{repository: "https://127.0.0.1:9/x.git"}}}}
""",
        "utf-8",
    )
    subprocess.run(["git", "init", "-q", "--bare", str(workspace.parent / "pages.git")], check=True)
    environment = {**SECRETS, "HOME": str(sshd.home)}
    assert run(workspace, "build", **environment).returncode == 0
    printed, codes = "", {}

    def tell(name: str) -> None:
        nonlocal printed
        listed = [("--list", "--format", "json")] if name in {"store", "stranger"} else []
        looked = [("--plan",)] if name in {"store", "folder", "branch", "stranger"} else []
        for words in (*looked, (), *listed):
            done = run(workspace, "publish", name, *words, **environment)
            assert "Traceback" not in done.stderr, done.stderr
            printed += done.stdout + done.stderr
            codes[name, words[:1]] = done.returncode

    with ThreadPoolExecutor() as beside:  # a store that is asked in vain waits for ten seconds
        waiting = [beside.submit(tell, name) for name in ("gone", "dead")]
        for name in ("store", "folder", "sftp", "stranger", "branch", "nowhere"):
            tell(name)
    for one in waiting:
        one.result()
    good = {name for (name, words), code in codes.items() if not words and code == 0}
    assert good == {"store", "folder", "sftp", "branch"}, printed
    written = b"".join(path.read_bytes() for path in workspace.parent.rglob("*") if path.is_file())
    listed = store.client.list_objects_v2(Bucket="canary-bucket")["Contents"]
    kept = b"".join(
        store.client.get_object(Bucket="canary-bucket", Key=item["Key"])["Body"].read()
        for item in listed
    )
    assert len(kept) > 10_000
    for secret in SECRETS.values():
        assert secret not in printed
        assert secret.encode() not in written
        assert secret.encode() not in kept


def test_a_publication_waits_for_its_time(workspace: Path, tmp_path: Path) -> None:
    """The command plans, the studio carries out; moments that are over or none are wrong usage."""
    state = {"XDG_STATE_HOME": str(tmp_path / "state")}
    done = run(workspace, "publish", "live", "--at", "2026-11-27T20:00", **state)
    assert done.returncode == 0, done.stderr
    assert "waits for 2026-11-27 20:00" in done.stdout
    assert "while the studio runs" in done.stderr
    assert not (workspace.parent / "web").exists()
    for wrong in ("2026-11-26T20:00", "soon", ""):
        assert run(workspace, "publish", "live", "--at", wrong, **state).returncode == 2
    assert run(workspace, "publish", "live", "--at", "2027-01-01", "--list").returncode == 2
    assert run(workspace, "publish", "nowhere", "--at", "2027-01-01", **state).returncode == 2
    kept = next((tmp_path / "state").rglob("planned/*[0-9a-f]"))
    acts = json.loads(kept.read_text("utf-8"))
    assert [(act["step"], act["target"]) for act in acts] == [("publish", "live")]
