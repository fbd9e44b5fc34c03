"""A bucket: headers of every kind of file, what is refused, and no credential anywhere."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from stopjihad.catalog.headers import KINDS, content_type, kind_of
from stopjihad.model.targets import StoreTarget
from stopjihad.problem import ProblemsFound
from stopjihad.publish.bucket import BucketDestination
from stopjihad.publish.deployment import publish, told
from stopjihad.publish.destination import Unreachable

from support.servers import SECRET, Store, store_case
from support.targets import Mortal, publication, toy_release, toy_site

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
    publish(case.channel(), toy_release(files, alert=alert), publication(tmp_path, case.target))
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
    asked = publication(tmp_path, case.target)
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


def test_a_file_changed_in_the_middle_is_not_overwritten(
    store: Store, credentials: None, tmp_path: Path
) -> None:
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
    monkeypatch.setattr("stopjihad.publish.bucket.RETRIES", 0)
    target = store_case_target("http://127.0.0.1:9")
    assert target.store is not None
    place = BucketDestination(target.store)
    with pytest.raises(ProblemsFound) as found, told(target):
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
