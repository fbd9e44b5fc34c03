"""Whatever was edited, lost or damaged before it, a build gives the bytes of a cold one."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stopjihad.build import campaign as built
from stopjihad.build import driver
from stopjihad.build.driver import build_campaign
from stopjihad.build.report import BuildReport
from stopjihad.build.request import Request
from stopjihad.model.options import Options
from stopjihad.problem import ProblemsFound

from support.build import CAMPAIGN, SMALL
from support.faults import quick_disk
from support.stamps import wait_until_believed
from support.toy import tree

DAY = dt.date(2026, 11, 24)
LANGUAGES = ("ar", "en", "fr")
POINTS = ("letters-home", "mothers-speak", "one-more")


class Workspace:
    """A small campaign that is edited and built again and again."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(SMALL / "campaigns" / CAMPAIGN, self.campaign)
        text = self.point("letters-home").read_text("utf-8")
        self.point("one-more").write_text(text, "utf-8")

    @property
    def campaign(self) -> Path:
        return self.root / "campaigns" / CAMPAIGN

    @property
    def out(self) -> Path:
        return self.root / "dist" / CAMPAIGN

    def point(self, name: str) -> Path:
        return self.campaign / "points" / f"{name}.md"

    def edit(self, path: Path, old: str, new: str) -> None:
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    def append(self, name: str, words: str) -> None:
        path = self.point(name)
        path.write_text(f"{path.read_text('utf-8').rstrip()}\n\n{words}\n", "utf-8")

    def build(self, *only: str) -> BuildReport:
        options = Options(only=only or ("site",))
        request = Request(out=self.root / "dist", today=DAY, code="now", options=options, jobs=1)
        return build_campaign(self.root, CAMPAIGN, request)


def same_as_cold(work: Workspace, report: BuildReport) -> None:
    with tempfile.TemporaryDirectory(dir=quick_disk()) as name:
        folder = Path(name)
        shutil.copytree(work.root / "campaigns", folder / "campaigns")
        options = Options(only=("site",))
        request = Request(out=folder / "dist", today=DAY, code="now", options=options, jobs=1)
        cold = build_campaign(folder, CAMPAIGN, request)
        assert tree(work.out) == tree(folder / "dist" / CAMPAIGN)
        if report.kinds:  # else nothing had changed: warnings may be lost with the store
            assert report.warnings == cold.warnings


PAGES_OF_A_POINT = 5
"""One in each of three languages; where its words are whole, its frame and how that is found."""


@pytest.fixture
def work(tmp_path: Path) -> Workspace:
    found = Workspace(tmp_path)
    found.build()
    return found


def test_an_edited_text_makes_its_pages_alone(work: Workspace) -> None:
    for number in range(3):  # what one edit leaves serves the next
        work.append("one-more", f"Added text {number}.")
        report = work.build()
        assert (report.made, report.removed) == (PAGES_OF_A_POINT, 0)
        same_as_cold(work, report)
        assert f"Added text {number}" in page(work, "one-more").read_text("utf-8")


def page(work: Workspace, name: str) -> Path:
    return work.out / "site" / "en" / "points" / name / "index.html"


def test_two_texts_are_edited_at_once(work: Workspace) -> None:
    work.append("one-more", "Added text.")
    work.edit(work.point("one-more"), "Younger people find", "People find")
    report = work.build()
    assert report.made == PAGES_OF_A_POINT
    same_as_cold(work, report)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("fact: French", "fact: Some French"),
        ("question: What did", "question: What had"),
        ("featured: 4", "featured: 1"),
        ("pull_factor: adventure", "pull_factor: justice"),
        ("claim: It is", "claim: This is"),
        ("reviewed: 2026-11-28", "reviewed: 2026-11-27"),
    ],
)
def test_what_lists_show_is_edited(work: Workspace, old: str, new: str) -> None:
    work.edit(work.point("one-more"), old, new)
    same_as_cold(work, work.build())
    work.append("one-more", "Added text.")
    same_as_cold(work, work.build())


def test_a_text_is_whole_no_more_and_again(work: Workspace) -> None:
    """It was whole in French and Arabic; then it is not, and the kit and the sitemap say so."""
    point = work.point("letters-home")
    before = point.read_text("utf-8")
    for words in ("Nobody has translated this.", "Nor this."):
        work.append("letters-home", words)
        same_as_cold(work, work.build())
    point.write_text(before, "utf-8")
    same_as_cold(work, work.build())


def test_talking_points_come_and_go(work: Workspace) -> None:
    text = work.point("one-more").read_text("utf-8")
    work.point("another").write_text(text, "utf-8")
    same_as_cold(work, work.build())
    work.point("one-more").unlink()
    work.append("another", "Added text.")
    same_as_cold(work, work.build())


def test_a_page_that_was_changed_is_made_again_with_the_edit(work: Workspace) -> None:
    tampered = page(work, "letters-home")
    tampered.write_text("Something else.", "utf-8")
    work.append("one-more", "Added text.")
    same_as_cold(work, work.build())


@pytest.mark.parametrize("harm", [lambda data: b"", lambda data: data[:-1] + b"\0", None])
def test_a_damaged_store_is_not_believed(work: Workspace, harm) -> None:
    """Every file of the store is damaged, or exchanged for another."""
    files = sorted(path for path in (work.root / ".stopjihad/store").rglob("*") if path.is_file())
    assert files
    contents = [path.read_bytes() for path in files]
    for path, data in zip(files, contents[1:] + contents[:1], strict=True):
        path.write_bytes(harm(path.read_bytes()) if harm else data)
    work.append("one-more", "Added text.")
    same_as_cold(work, work.build())


def test_an_error_in_an_edit_changes_nothing(work: Workspace) -> None:
    before = tree(work.out)
    work.append("one-more", "See [this](points/nowhere).")
    with pytest.raises(ProblemsFound):
        work.build()
    assert tree(work.out) == before


def test_a_build_of_everything_between_edits_is_noticed(work: Workspace) -> None:
    """Then posts stand beside the pages, which link them."""
    work.build("site", "posts")
    work.append("one-more", "Added text.")
    report = work.build()
    assert any(path.startswith("posts/") for path in tree(work.out))
    again = Workspace.__new__(Workspace)
    assert report.made >= 3
    with tempfile.TemporaryDirectory(dir=quick_disk()) as name:
        again.root = Path(name)
        shutil.copytree(work.root / "campaigns", again.root / "campaigns")
        again.build("site", "posts")
        pages = {path: data for path, data in tree(again.out).items() if path.startswith("site/")}
        mine = {path: data for path, data in tree(work.out).items() if path.startswith("site/")}
        assert mine == pages


def packs(work: Workspace) -> list[Path]:
    return sorted((work.root / ".stopjihad/parsed" / CAMPAIGN).glob("*.pack"))


def spoil(work: Workspace, words: bytes) -> None:
    """Change words where they are kept."""
    count = 0
    for path in packs(work):
        data = path.read_bytes()
        count += data.count(words)
        path.write_bytes(data.replace(words, words[::-1]))
    assert count


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note each time that the files of a campaign are read."""
    calls: list[str] = []
    real = driver.read_workspace

    def read_workspace(*args: Any) -> Workspace:
        calls.append("known" if len(args) > 2 else "anew")
        return real(*args)

    monkeypatch.setattr(driver, "read_workspace", read_workspace)
    return calls


def test_a_translation_that_is_damaged_where_it_is_kept_is_parsed_again(work: Workspace) -> None:
    work.build()
    french = (work.campaign / "locale" / "fr.po").read_text("utf-8")
    about = french[french.index('"letters-home/fact"') :]
    words = about.partition('msgstr ""\n"')[2].partition('"')[0]
    assert len(words) > 20
    spoil(work, words.encode())
    work.append("letters-home", "A short text.")
    same_as_cold(work, work.build())


def test_a_text_that_changes_while_others_are_read_is_read_again(
    work: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait_until_believed(work.campaign)
    work.build()
    for path in packs(work):
        path.unlink()  # what was parsed is lost, what is known of files is not
    work.append("mothers-speak", "A short text.")
    real = built.check_files
    calls = counted(monkeypatch)

    def check_files(*args: Any, **named: Any) -> Any:
        if len(calls) == 1:
            work.append("letters-home", "Texts are long.")
        return real(*args, **named)

    monkeypatch.setattr(built, "check_files", check_files)
    report = work.build()
    assert calls == ["known", "anew"]
    monkeypatch.undo()
    same_as_cold(work, report)


WORDS = st.sampled_from(["A short text.", "Texts are long.", "It began in 2014. [^letters2014]"])
NAMES = st.sampled_from(POINTS)
EDITS = st.one_of(
    st.tuples(st.just("append"), NAMES, WORDS),
    st.tuples(st.just("append"), st.just("one-more"), WORDS),
    st.tuples(st.just("shorten"), NAMES, st.none()),
    st.tuples(st.just("alternative"), NAMES, WORDS),
    st.tuples(st.just("fact"), NAMES, st.sampled_from(["Some", "Many"])),
    st.tuples(st.just("translation"), st.sampled_from(["fr", "ar"]), st.none()),
    st.tuples(st.just("tamper"), NAMES, st.none()),
    st.tuples(st.just("unseen"), NAMES, st.none()),
    st.tuples(st.just("lose"), st.sampled_from(["store", "parsed", "stamps"]), st.none()),
    st.tuples(st.just("damage"), st.sampled_from(["first", "last"]), st.none()),
)


def apply(work: Workspace, kind: str, name: str, words: str | None) -> None:
    point = work.point(name)
    if kind == "append":
        work.append(name, words or "")
    elif kind == "shorten":
        head = point.read_text("utf-8").rpartition("\n\n")[0]
        if "\n---\n" in head:
            point.write_text(f"{head}\n", "utf-8")
    elif kind == "alternative":
        work.edit(
            point,
            "alternative: |\n",
            f"alternative: |\n  {words}\n\n".replace("[^letters2014]", ""),
        )
    elif kind == "fact":
        work.edit(point, "fact: ", f"fact: {words} ")
    elif kind == "translation":  # the last one of the file is lost
        path = work.campaign / "locale" / f"{name}.po"
        head = path.read_text("utf-8").rstrip().rpartition("\n\n")[0]
        path.write_text(f"{head}\n", "utf-8")
    elif kind == "unseen":  # size and time of modification stay
        state, data = point.stat(), point.read_bytes().rstrip()
        if data[-1:] in b".!":
            point.write_bytes(data[:-1] + (b"!" if data.endswith(b".") else b".") + b"\n")
            os.utime(point, ns=(state.st_atime_ns, state.st_mtime_ns))
    elif kind == "damage":
        for path in packs(work):
            kept = bytearray(path.read_bytes())
            kept[len(kept) // 3 if name == "first" else -len(kept) // 3] ^= 1
            path.write_bytes(kept)
    elif kind == "tamper":
        page(work, name).write_text("Something else.", "utf-8")
    else:
        shutil.rmtree(work.root / ".stopjihad" / name, ignore_errors=True)


def play(edits: list[tuple[str, str, str | None]]) -> None:
    with tempfile.TemporaryDirectory(dir=quick_disk()) as name:
        work = Workspace(Path(name))
        work.build()
        for edit in edits:
            apply(work, *edit)
            try:
                report = work.build()
            except ProblemsFound:
                continue  # an edit may break a rule; what is published stays, the next one is built
            same_as_cold(work, report)


SEQUENCES = st.lists(EDITS, min_size=2, max_size=6)
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=6, suppress_health_check=SLOW, derandomize=True)
@given(SEQUENCES)
def test_any_edits_give_the_bytes_of_a_cold_build(edits: list[tuple[str, str, str | None]]) -> None:
    play(edits)


@pytest.mark.long
@settings(max_examples=300, suppress_health_check=SLOW)
@given(SEQUENCES)
def test_300_sequences_of_edits_give_the_bytes_of_a_cold_build(
    edits: list[tuple[str, str, str | None]],
) -> None:
    play(edits)
