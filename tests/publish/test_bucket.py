"""A bucket: headers of every kind of file, what is refused, and no credential anywhere."""

from __future__ import annotations

import contextlib
import select
import socket
import subprocess
import threading
from pathlib import Path

import pytest
from msgspec.structs import replace
from stopjihad.catalog.headers import KINDS, content_type, kind_of
from stopjihad.model.targets import StoreTarget
from stopjihad.problem import ProblemsFound
from stopjihad.publish.bucket import BucketDestination
from stopjihad.publish.channel import bucket
from stopjihad.publish.deployment import explain_target, publish
from stopjihad.publish.destination import Unreachable
from stopjihad.publish.release import LARGE

from support.servers import SECRET, Store, store_case
from support.targets import Mortal, contents, publication, toy_release, toy_site

FOREVER = "public, max-age=31536000, immutable"
WANTED = {
    "index.html": ("text/html; charset=utf-8", "public, max-age=300", "public, max-age=30"),
    "assets/site.0123456789ab.css": ("text/css; charset=utf-8", FOREVER, FOREVER),
    "assets/text.0123456789ab.woff2": ("font/woff2", FOREVER, FOREVER),
    "cards/en/p/og.png": ("image/png", "public, max-age=3600", "public, max-age=300"),
    "cards/en/p/story.jpg": ("image/jpeg", "public, max-age=3600", "public, max-age=300"),
    "en/feed.xml": (
        "application/atom+xml; charset=utf-8",
        "public, max-age=60",
        "public, max-age=30",
    ),
    "en/feed.xml.minisig": (
        "text/plain; charset=utf-8",
        "public, max-age=60",
        "public, max-age=30",
    ),
    "sitemap.xml": (
        "application/xml; charset=utf-8",
        "public, max-age=3600",
        "public, max-age=300",
    ),
    "robots.txt": ("text/plain; charset=utf-8", "public, max-age=3600", "public, max-age=300"),
    "manifest.json": ("application/json", "public, max-age=60", "public, max-age=30"),
    "kit/en/all.zip": ("application/zip", "public, max-age=300", "public, max-age=60"),
}
ALERTS = {
    "en/alert/index.html": ("text/html; charset=utf-8", "public, max-age=30"),
    "cap.xml": ("application/cap+xml; charset=utf-8", "public, max-age=30"),
}


@pytest.mark.parametrize("alert", [False, True])
def test_types_and_headers_of_every_kind(
    store: Store, credentials: None, tmp_path: Path, *, alert: bool
) -> None:
    """As the store gives them to somebody who asks with another program."""
    case = store_case(store)
    files = {path: path.encode() for path in [*WANTED, *(ALERTS if alert else ())]}
    del files["manifest.json"]  # publishing makes it
    asked = publication(tmp_path, case.target, sure=True)
    publish(case.channel(), toy_release(files, alert=alert), asked)
    assert case.target.store is not None
    wanted = {
        path: (kind, during if alert else usual) for path, (kind, usual, during) in WANTED.items()
    }
    for path, (kind, cache) in (wanted | (ALERTS if alert else {})).items():
        found = store.client.head_object(Bucket=case.target.store.bucket, Key=f"site/x/{path}")
        assert (found["ContentType"], found["CacheControl"]) == (kind, cache), path


def test_the_table_knows_every_file_of_the_sample(site: Path) -> None:
    paths = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    assert len(paths) > 100
    odd = {path for path in paths if content_type(path) == "application/octet-stream"}
    assert odd == set()
    assert {path for path in paths if kind_of(path).name == "other"} <= {"_headers"}
    assert len({kind_of(path) for path in WANTED}) + len({kind_of(path) for path in ALERTS}) >= 9
    assert [kind.name for kind in KINDS if not kind.pattern.pattern] == ["other"]


def test_an_alert_makes_pages_short_lived_and_its_end_undoes_it(
    store: Store, credentials: None, tmp_path: Path
) -> None:
    case = store_case(store)
    asked = publication(tmp_path, case.target, sure=True)
    usual = toy_release(toy_site(1))
    publish(case.channel(), usual, asked)
    during = publish(case.channel(), toy_release(toy_site(1), alert=True), asked)
    assert "index.html" in {file.path for file in during.changes.changed}
    after = publish(case.channel(), usual, asked)
    assert after.uploads == during.uploads
    assert publish(case.channel(), usual, asked).uploads == 0


def test_a_file_that_was_removed_by_hand_comes_back(
    store: Store, credentials: None, tmp_path: Path
) -> None:
    case = store_case(store)
    asked = publication(tmp_path, case.target)
    publish(case.channel(), toy_release(toy_site(1)), asked)
    assert case.target.store is not None
    bucket = case.target.store.bucket
    store.client.delete_object(Bucket=bucket, Key="site/x/robots.txt")
    store.client.put_object(Bucket=bucket, Key="site/x/index.html", Body=b"defaced")
    done = publish(case.channel(), toy_release(toy_site(1)), asked)
    assert {file.path for file in done.changes.uploads} == {"robots.txt", "index.html"}
    assert case.seen()["index.html"] == toy_site(1)["index.html"]


@pytest.mark.parametrize("largest", [LARGE, 0], ids=["whole", "in pieces"])
def test_a_file_changed_in_the_middle_is_not_overwritten(
    store: Store,
    credentials: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    largest: int,
) -> None:
    monkeypatch.setattr("stopjihad.publish.release.LARGE", largest)
    case = store_case(store)
    asked = publication(tmp_path, case.target)
    publish(case.channel(), toy_release(toy_site(1)), asked)
    assert case.target.store is not None
    bucket = case.target.store.bucket

    class Meeting(Mortal):
        def __getattr__(self, name):
            if name == "replace":
                store.client.put_object(Bucket=bucket, Key="site/x/index.html", Body=b"theirs")
            return super().__getattr__(name)

    with pytest.raises(ProblemsFound) as found:
        publish(case.channel(Meeting(case.place)), toy_release(toy_site(2)), asked)
    assert [problem.code for problem in found.value.problems] == ["publish-altered"]
    assert case.seen()["index.html"] == b"theirs"


def test_a_store_that_looks_at_no_conditions_is_refused(
    store: Store, credentials: None, tmp_path: Path
) -> None:
    case = store_case(store)

    class Careless(Mortal):
        def __getattr__(self, name):
            inner = super().__getattr__(name)
            if name != "create":
                return inner
            return lambda path, data, headers: case.place.replace(path, data, headers, "*")

    with pytest.raises(ProblemsFound) as found:
        publish(
            case.channel(Careless(case.place)),
            toy_release(toy_site(1)),
            publication(tmp_path, case.target),
        )
    assert [problem.code for problem in found.value.problems] == ["publish-unconditional"]
    assert case.seen() == {}


def test_without_credentials_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_WEB_IDENTITY_TOKEN_FILE"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(Unreachable, match="AWS_ACCESS_KEY_ID"):
        BucketDestination(StoreTarget(bucket="nobody"))


def test_a_server_that_does_not_answer_is_one_line(
    credentials: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stopjihad.publish.bucket.PAUSES", ())
    target = store_case_target("http://127.0.0.1:9")
    assert target.store is not None
    place = BucketDestination(target.store)
    with pytest.raises(ProblemsFound) as found, explain_target(target):
        place.read("x")
    (problem,) = found.value.problems
    assert problem.code == "publish-unreachable"
    assert "\n" not in str(problem)
    assert SECRET not in str(problem)


def store_case_target(endpoint: str):
    from stopjihad.model.targets import PublishTarget

    return PublishTarget(id="live", store=StoreTarget(bucket="bucket", endpoint=endpoint))


def test_the_module_is_imported_only_when_a_bucket_is_meant() -> None:
    code = "import sys, stopjihad.publish.channel as c; print('obstore' in sys.modules)"
    import sys

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


class Cutting:
    """Lead connections to a server, and cut them off as long as ``cuts`` are left."""

    def __init__(self, port: int, cuts: int, every: int) -> None:
        self.port, self.cuts, self.every, self.seen = port, cuts, every, 0
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.endpoint = f"http://127.0.0.1:{self.listening.getsockname()[1]}"
        self.lock = threading.Lock()
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                ours, _ = self.listening.accept()
                threading.Thread(target=self.carry, args=(ours,), daemon=True).start()

    def is_cut(self) -> bool:
        """Tell whether an answer is to be cut: every so many, while cuts are left."""
        with self.lock:
            self.seen += 1
            cut = self.cuts > 0 and self.seen % self.every == 0
            self.cuts -= cut
            return cut

    def carry(self, ours: socket.socket) -> None:
        """Carry requests there whole, and answers back, cut in the middle of their first lines."""
        theirs = socket.create_connection(("127.0.0.1", self.port))
        with ours, theirs, contextlib.suppress(OSError):
            while ready := select.select([ours, theirs], [], [])[0]:
                for one in ready:
                    data = one.recv(65_536)
                    if one is theirs and data.startswith(b"HTTP/") and self.is_cut():
                        ours.sendall(data[:9])
                        ours.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                        return
                    if not data:
                        return
                    (ours if one is theirs else theirs).sendall(data)


@pytest.mark.usefixtures("credentials")
def test_cut_connections_are_made_anew_and_what_went_up_counts(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store has carried out what was asked, and its answer is lost: every seventh."""
    monkeypatch.setattr("stopjihad.publish.bucket.PAUSES", (0.0,) * 5)
    case = store_case(store)
    assert case.target.store is not None
    cutting = Cutting(int(store.endpoint.rpartition(":")[2]), 8, 7)
    settings = replace(case.target.store, endpoint=cutting.endpoint)
    channel = bucket(BucketDestination(settings), case.target)
    release = toy_release(toy_site(1, pages=6))
    done = publish(channel, release, publication(tmp_path, case.target))
    cutting.listening.close()
    assert cutting.cuts == 0
    assert done.uploads == len(release.files)
    assert case.seen() == contents(release)


@pytest.mark.usefixtures("credentials")
def test_a_store_that_is_gone_is_said_and_the_next_try_goes_on(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the tenth answer on each is cut: more than is tried again."""
    monkeypatch.setattr("stopjihad.publish.bucket.PAUSES", (0.0,))
    case = store_case(store)
    assert case.target.store is not None
    asked, release = publication(tmp_path, case.target), toy_release(toy_site(1, pages=6))
    cutting = Cutting(int(store.endpoint.rpartition(":")[2]), 1_000, 1)
    cutting.cuts = 0
    settings = replace(case.target.store, endpoint=cutting.endpoint)
    channel = bucket(BucketDestination(settings), case.target)

    def progress(done: int, _of: int) -> None:
        cutting.cuts = 1_000 if done >= 5 else 0

    with pytest.raises(ProblemsFound) as found, explain_target(case.target):
        publish(channel, release, asked._replace(progress=progress))
    cutting.listening.close()
    (problem,) = found.value.problems
    assert "does not answer" in problem.message
    assert "goes on where it stopped" in problem.hint
    done = publish(case.channel(), release, asked)
    assert done.uploads < len(release.files)
    assert case.seen() == contents(release)
