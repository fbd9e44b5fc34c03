"""The same promises on every kind of target: whole pages, no mixture, nothing twice, a way back."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.publish import lease
from stopjihad.publish.deployment import changes, publish, roll_back
from stopjihad.publish.lease import TargetBusy

from support.targets import (
    NOW,
    Killed,
    Mortal,
    broken,
    contents,
    publication,
    toy_release,
    toy_site,
)
from support.timing import seconds_with_children


def codes(found: pytest.ExceptionInfo[ProblemsFound]) -> list[str]:
    return [problem.code for problem in found.value.problems]


def test_what_is_published_is_what_readers_see(case, tmp_path: Path) -> None:
    release = toy_release(toy_site(1))
    asked = publication(tmp_path, case.target)
    plan = changes(case.channel(), release, asked)
    assert len(plan.new) == len(release.files)
    assert case.seen() == {}
    done = publish(case.channel(), release, asked)
    assert done.uploads == len(release.files)
    assert done.checked > 0
    assert case.seen() == contents(release)


def test_large_files_go_up_in_pieces(case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A film of 120 MB took so much memory, in a bucket twice."""
    monkeypatch.setattr("stopjihad.publish.release.LARGE", 0)
    asked = publication(tmp_path, case.target)
    for version in (1, 2):
        release = toy_release(toy_site(version))
        publish(case.channel(), replace(release, read=whole), asked)
        assert case.seen().items() >= contents(release).items()
    shown, broken_off = case.seen(), toy_release(toy_site(3))

    def pieces(path: str) -> Iterator[bytes]:
        yield toy_site(3).get(path, b"")[:9]
        raise ProblemsFound((Problem(path=path, code="publish-changed", message="another"),))

    with pytest.raises(ProblemsFound) as found:
        publish(case.channel(), replace(broken_off, pieces=pieces), asked)
    assert codes(found) == ["publish-changed"]
    assert {path: data for path, data in case.seen().items() if path in shown} == shown


def whole(path: str) -> bytes:
    raise AssertionError(path)


def test_the_second_publication_uploads_and_changes_nothing(case, tmp_path: Path) -> None:
    asked = publication(tmp_path, case.target)
    publish(case.channel(), toy_release(toy_site(1)), asked)
    mortal = Mortal(case.place)
    done = publish(case.channel(mortal), toy_release(toy_site(1)), asked)
    assert done.uploads == 0
    assert mortal.requests == []


def test_one_changed_page_goes_up_with_what_lists_it(case, tmp_path: Path) -> None:
    files = toy_site(1)
    asked = publication(tmp_path, case.target)
    publish(case.channel(), toy_release(files), asked)
    changed = {"en/p1/index.html", "en/feed.xml", "sitemap.xml"}
    files |= {path: files[path] + b" changed" for path in changed}
    done = publish(case.channel(), toy_release(files), asked)
    assert {file.path for file in done.changes.uploads} == {*changed, "manifest.json"}
    assert done.uploads == 4
    assert case.seen() == contents(toy_release(files))


def test_killed_at_every_request_readers_find_whole_pages_and_it_can_go_on(
    case_factory, tmp_path: Path
) -> None:
    """Before each request that changes something, which is after the one before it.

    The short form kills at every second request in a folder, at every sixth at a server.
    """
    kill_everywhere(case_factory, tmp_path, (False,), hurried=True)


@pytest.mark.long
def test_killed_before_and_after_every_request(case_factory, tmp_path: Path) -> None:
    kill_everywhere(case_factory, tmp_path, (False, True))


def kill_everywhere(
    case_factory, tmp_path: Path, moments: tuple[bool, ...], *, hurried: bool = False
) -> None:
    """Kill a publication in each way; the next publisher finishes, and can return."""
    old, new = toy_release(toy_site(1, pages=1)), toy_release(toy_site(2, pages=1))
    base = case_factory(tmp_path / "count")
    publish(base.channel(), old, publication(tmp_path, base.target))
    count = Mortal(base.place)
    publish(base.channel(count), new, publication(tmp_path, base.target))
    assert len(count.requests) > 8
    stride = (2 if base.target.folder else 6) if hurried else 1
    for number, after in itertools.product(range(0, len(count.requests), stride), moments):
        root = tmp_path / f"{number}-{after}"
        here = case_factory(root / "web")
        asked = publication(root, here.target)
        publish(here.channel(), old, asked)
        mortal = Mortal(here.place, number, after=after)
        with pytest.raises(Killed):
            publish(here.channel(mortal), new, asked)
        step = (number, after, mortal.requests[-1])
        assert broken(here.seen(), old, new) == [], step
        publish(here.channel(), new, asked)
        assert here.seen() == contents(new) | kept_assets(here, old, new), step
        roll_back(here.channel(), asked)
        assert here.seen() == contents(old) | kept_assets(here, new, old), step


def kept_assets(case, old, new) -> dict[str, bytes]:
    """Give what stays for pages that are still open: only where files are read in place."""
    if case.layout == "releases":
        return {}
    return {
        path: data
        for path, data in contents(old).items()
        if path.startswith("assets/") and path not in contents(new)
    }


def test_a_way_back_equals_what_was_there_and_takes_at_most_five_seconds(
    case, tmp_path: Path
) -> None:
    first, second, third = (toy_release(toy_site(version, pages=6)) for version in (1, 2, 3))
    asked = publication(tmp_path, case.target)
    ids = [publish(case.channel(), release, asked).id for release in (first, second, third)]
    assert seconds_with_children(lambda: roll_back(case.channel(), asked)) < 5
    now = case.channel().read_published()
    assert now is not None
    assert now.files == second.files
    roll_back(case.channel(), asked)
    now = case.channel().read_published()
    assert now is not None
    assert now.files == first.files
    assert case.seen().items() >= contents(first).items()
    roll_back(case.channel(), asked, ids[2])
    assert case.seen().items() >= contents(third).items()


def test_a_way_back_does_not_wait_for_what_it_replaces(case, tmp_path: Path) -> None:
    """Pages are kept when they are published: the way back reads and writes each of them once."""
    if case.layout == "releases":
        pytest.skip("a switched target keeps whole publications")
    first, second = (toy_release(toy_site(version, pages=20)) for version in (1, 2))
    asked = publication(tmp_path, case.target)
    for release in (first, second):
        publish(case.channel(), release, asked)
    mortal = Mortal(case.place)
    done = roll_back(case.channel(mortal), asked)
    assert done.uploads > 20
    kept = [words for words in mortal.requests if words.startswith("copy site/")]
    assert [words for words in kept if not words.endswith((".css", ".png"))] == []
    assert len(mortal.requests) < done.uploads + 10


def test_a_way_back_that_is_not_kept_is_refused(case, tmp_path: Path) -> None:
    asked = publication(tmp_path, case.target)
    with pytest.raises(ProblemsFound) as found:
        roll_back(case.channel(), asked)
    assert codes(found) == ["publish-unknown"]
    publish(case.channel(), toy_release(toy_site(1)), asked)
    with pytest.raises(ProblemsFound) as found:
        roll_back(case.channel(), asked, "0009-12345678")
    assert codes(found) == ["publish-unknown"]


def test_of_two_publishers_at_once_one_is_refused_and_nothing_is_mixed(
    case, tmp_path: Path
) -> None:
    """The second starts at each request of the first, from another workspace."""
    old, one, two = (toy_release(toy_site(version, pages=1)) for version in (1, 2, 3))
    publish(case.channel(), old, publication(tmp_path / "a", case.target))
    base = case.channel().read_published()
    assert base is not None
    refused = []

    class Meeting(Mortal):
        def __getattr__(self, name):
            if name in self.CHANGES and self.requests and not refused_now:
                refused_now.append(name)
                with pytest.raises((TargetBusy, ProblemsFound)):
                    publish(
                        case.channel(), two, publication(tmp_path / "b", case.target, over=base.id)
                    )
                refused.append(name)
                refused_now.clear()
            return super().__getattr__(name)

    refused_now: list[str] = []
    meeting = Meeting(case.place)
    meeting.parallel = 1
    publish(case.channel(meeting), one, publication(tmp_path / "a", case.target))
    assert len(refused) > 8
    assert broken(case.seen(), old, one) == []
    assert case.seen().items() >= contents(one).items()


def test_a_publisher_that_lost_its_lease_stops(case, tmp_path: Path, monkeypatch) -> None:
    """It slept so long that another one took over: it writes nothing more."""
    old, one, two = (toy_release(toy_site(version)) for version in (1, 2, 3))
    first = publication(tmp_path / "a", case.target)
    publish(case.channel(), old, first)
    base = case.channel().read_published()
    assert base is not None
    clock = [time.time()]
    monkeypatch.setattr(lease.HeldLease.__init__, "__defaults__", (lambda: clock[0],))

    class Sleepy(Mortal):
        slept = False

        def __getattr__(self, name):
            if name in self.CHANGES and len(self.requests) == 5 and not self.slept:
                self.slept = True
                clock[0] += lease.LEASE + 1
                other = publication(tmp_path / "b", case.target, over=base.id)
                publish(case.channel(), two, other)
                self.after_sleep = len(self.requests)
            return super().__getattr__(name)

    sleepy = Sleepy(case.place)
    sleepy.parallel = 1
    with pytest.raises(TargetBusy):
        publish(case.channel(sleepy), one, first)
    after = [words for words in sleepy.requests[sleepy.after_sleep :] if "lease.json" not in words]
    assert len(after) <= 1, "only the request that was on its way"
    seen = case.seen()
    other = {path for path, data in contents(two).items() if seen[path] != data}
    assert other == set()


def test_what_somebody_else_published_is_not_replaced_unseen(case, tmp_path: Path) -> None:
    publish(case.channel(), toy_release(toy_site(1)), publication(tmp_path / "a", case.target))
    other = publication(tmp_path / "b", case.target)
    with pytest.raises(ProblemsFound) as found:
        publish(case.channel(), toy_release(toy_site(2)), other)
    assert codes(found) == ["publish-newer"]
    base = case.channel().read_published()
    assert base is not None
    assert case.seen() == contents(toy_release(toy_site(1)))
    publish(case.channel(), toy_release(toy_site(2)), other._replace(over=base.id))


def test_refused_before_anything_is_written(case, tmp_path: Path) -> None:
    asked = publication(tmp_path, replace(case.target, most_gone=25))
    publish(case.channel(), toy_release(toy_site(1, pages=6)), asked)
    before = case.seen()
    few = {"index.html": b"nothing"}
    for release, code in (
        (toy_release(toy_site(1), exercise=True), "publish-exercise"),
        (toy_release(toy_site(1), campaign="another"), "publish-other-campaign"),
        (toy_release(few), "publish-vanishing"),
    ):
        mortal = Mortal(case.place)
        with pytest.raises(ProblemsFound) as found:
            publish(case.channel(mortal), release, asked)
        assert codes(found) == [code]
        assert mortal.requests == []
        assert case.seen() == before
    publish(case.channel(), toy_release(few), asked._replace(most_gone=100))
    assert case.seen()["index.html"] == b"nothing"


def test_a_drill_goes_to_a_target_for_drills(case, tmp_path: Path) -> None:
    asked = publication(tmp_path, replace(case.target, exercise=True))
    publish(case.channel(), toy_release(toy_site(1), exercise=True), asked)
    now = case.channel().read_published()
    assert now is not None
    assert now.exercise


def test_a_drill_replaces_no_site_that_is_none(case, tmp_path: Path) -> None:
    """A place may have two names: an exercise went up where people read, by the other one."""
    asked = publication(tmp_path, replace(case.target, exercise=True))
    publish(case.channel(), toy_release(toy_site(1)), asked)
    for step in (changes, publish):
        with pytest.raises(ProblemsFound) as found:
            step(case.channel(), toy_release(toy_site(1), exercise=True), asked)
        assert codes(found) == ["publish-exercise"]
    assert case.seen() == contents(toy_release(toy_site(1)))


def test_what_a_cut_left_is_not_uploaded_again(case, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(lease, "RENEWAL", 0.0)
    release = toy_release(toy_site(1, pages=10))
    asked = publication(tmp_path, case.target)
    mortal = Mortal(case.place, 40)
    with pytest.raises(Killed):
        publish(case.channel(mortal), release, asked)
    done = publish(case.channel(), release, asked)
    assert done.uploads < len(release.files) - 5
    assert done.resumed > 5
    assert case.seen() == contents(release)


def test_a_file_that_the_target_changes_on_its_way_is_noticed(case, tmp_path: Path) -> None:
    class Meddling(Mortal):
        def __getattr__(self, name):
            inner = super().__getattr__(name)
            if name not in ("create", "replace"):
                return inner
            return lambda path, data, *more: inner(
                path, data + b"<script>" if path.endswith("index.html") else data, *more
            )

    asked = publication(tmp_path, case.target)
    with pytest.raises(ProblemsFound) as found:
        publish(case.channel(Meddling(case.place)), toy_release(toy_site(1)), asked)
    assert set(codes(found)) == {"publish-differs"}
    assert case.channel().read_published() is None


def test_a_place_that_somebody_else_uses_is_refused(case, tmp_path: Path) -> None:
    if case.layout == "releases":
        case.place.lead("current", "theirs")
    else:
        site = "site/x/" if case.target.store else ""
        case.place.create(f"{site}holiday.html", b"theirs", {})
    with pytest.raises(ProblemsFound) as found:
        publish(case.channel(), toy_release(toy_site(1)), publication(tmp_path, case.target))
    assert codes(found) == ["publish-not-ours"]


def test_old_publications_are_forgotten(case, tmp_path: Path) -> None:
    asked = publication(tmp_path, replace(case.target, kept_releases=2, kept_days=0))
    case = case._replace(target=asked.target)
    ids = []
    for version in range(1, 6):
        ids.append(publish(case.channel(), toy_release(toy_site(version)), asked).id)
    assert [record.id for record in case.channel().history()] == ids[2:4]
    roll_back(case.channel(), asked, ids[2])
    assert case.seen() == contents(toy_release(toy_site(3)))


def test_what_is_gone_stays_for_open_pages_and_then_goes(case, tmp_path: Path) -> None:
    if case.layout == "releases":
        pytest.skip("a switched target keeps whole publications")
    asked = publication(tmp_path, case.target)
    one, two = toy_release(toy_site(1)), toy_release(toy_site(2))
    publish(case.channel(), one, asked)
    publish(case.channel(), two, asked)
    (sheet,) = (path for path in contents(one) if path.startswith("assets/"))
    assert sheet in case.seen()
    assert "en/only1/index.html" not in case.seen()
    assert not [path for path in case.seen() if path.startswith("cards/en/only1/")]
    files = toy_site(2) | {"robots.txt": b"User-agent: x"}
    later = asked._replace(now=NOW + 8 * 86_400)
    publish(case.channel(), toy_release(files), later)
    assert sheet not in case.seen()
    roll_back(case.channel(), later, (case.channel().history())[0].id)
    assert case.seen().items() >= contents(one).items()
