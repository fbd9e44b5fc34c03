"""Two browsers and a text editor on one talking point: no text is lost, every conflict is shown."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from stopjihad.disk import kernel
from stopjihad.text.versions import regions
from stopjihad.text.yaml.fields import SetField, apply, values

from support.build import CAMPAIGN
from support.studio import POINT, Running, copy_workspace, running
from support.watch import wait_until, watched
from support.writers import choose, pull, type_word, words_in

pytestmark = pytest.mark.browser

FIELDS = ("fact", "alternative", "body")
TURNS = 7
"""Turns of a round: writers type into a field, wait, and save as they come."""

AT_REST = """() => document.querySelector('[data-state]').textContent === 'Saved'
    && document.querySelector('[data-conflict]').hidden
    && document.querySelector('[data-versions]').hidden"""
SHOWN = """fields => Object.entries(fields).every(
    ([name, text]) => document.getElementById(`f-${name}`).value === text)"""


class Writers:
    """Hold who writes, what they wrote, and which words a conflict showed or an editor took."""

    def __init__(self, studio: Running, pages: dict[str, Any], seed: int, others: str = "") -> None:
        self.others = others
        self.file = studio.campaign / f"points/{POINT}.md"
        self.pages = pages
        self.seed, self.chance = seed, random.Random(seed)
        self.written: list[str] = []
        self.shown: set[str] = set()

    def word(self, who: str) -> str:
        """Make a word that nobody else writes."""
        word = f"{who}word{len(self.written)}"
        self.written.append(word)
        return word

    def type(self, who: str) -> None:
        """Type words at the end of a field; each comes at once, so that it can be found whole."""
        page = self.pages[who]
        if self.answer(who):
            return
        box = f"#f-{self.chance.choice(FIELDS)}"
        for _ in range(self.chance.choice((1, 1, 2, 3))):
            word = self.word(who)
            if not type_word(page, box, word):
                self.written.remove(word)  # no key reaches a field that is locked
            time.sleep(self.chance.choice((0, 0.05, 0.3)))

    def edit(self) -> None:
        """Add a word to a field in an editor, if there are fields: nobody edits between marks."""
        if regions(self.file.read_text("utf-8")):
            return
        field, word = self.chance.choice(FIELDS), self.word("e")
        self.put(field, word, added=True)

    def pull(self) -> None:
        """Fetch a version with a word more, which git cannot put together with what is there."""
        field, word = self.chance.choice(FIELDS), f"dword{len(self.written)}"
        done, overwritten = pull(
            self.file,
            lambda text: apply(text, SetField((field,), f"{values(text)[field]} {word}")),
            self.chance,
        )
        self.written += [word] if done else []
        self.shown |= overwritten

    def put(self, field: str, words: str, *, added: bool = False) -> None:
        """Save from an editor that looks whether the file changed since it was read, as all do."""
        while True:
            before = self.file.read_bytes()
            text = before.decode()
            new = f"{values(text)[field]} {words}" if added else words
            fresh = self.file.with_name(".editor.swp")
            fresh.write_text(apply(text, SetField((field,), new)), "utf-8")
            if self.file.read_bytes() == before:
                assert kernel.exchange(str(fresh), str(self.file))
                # Who saved after that look was overwritten by the editor, not by the studio.
                self.shown |= words_in(fresh.read_text("utf-8")) - words_in(before.decode())
                fresh.unlink()
                return

    def file_words(self) -> set[str]:
        """Find the words that are in the file."""
        return words_in(self.file.read_text("utf-8"))

    def answer(self, who: str) -> bool:
        """Note what a conflict shows, and keep one of the two."""
        shown = choose(self.pages[who], self.chance)
        self.shown |= shown or set()
        return shown is not None

    def rests(self) -> bool:
        """Tell whether no clash waits, in the file or in a page, and everything is saved."""
        whole = not regions(self.file.read_text("utf-8"))
        return whole and all(page.evaluate(AT_REST) for page in self.pages.values())

    def settle(self) -> None:
        """Answer conflicts until both pages have saved everything."""
        deadline = time.monotonic() + 60
        while not self.rests():
            assert time.monotonic() < deadline, "the pages never come to rest"
            for who in self.pages:
                self.answer(who)
            time.sleep(0.03)

    def play(self) -> None:
        """Let everyone write in a random order with random pauses."""
        for _ in range(TURNS):
            who = self.chance.choice([*self.pages, "e", *self.others])
            {"e": self.edit, "p": self.pull}.get(who, partial(self.type, who))()
            time.sleep(self.chance.choice((0, 0, 0.02, 0.1, 0.4)))
        self.settle()


def untouched(text: str) -> str:
    """Take out what writers change: what is left must never change."""
    for field in FIELDS:
        text = apply(text, SetField((field,), "x"))
    return text


def check(writers: Writers, original: str) -> None:
    """Compare words, file and pages."""
    text = writers.file.read_text("utf-8")
    kept = writers.shown | writers.file_words()
    assert [word for word in writers.written if word not in kept] == [], writers.seed
    assert untouched(text) == untouched(original)
    now = {name: str(values(text)[name]) for name in FIELDS}
    for page in writers.pages.values():
        wait_until(page, SHOWN, arg=now, timeout=60_000)


@contextmanager
def pages_of(browser: Any, studio: Running, names: str = "ab") -> Iterator[dict[str, Any]]:
    """Open the talking point in a browser for each of some people."""
    with ExitStack() as stack:
        seen = {name: stack.enter_context(watched(browser))[0] for name in names}
        for one in seen.values():
            studio.let_in(one.page)
            one.page.goto(f"{studio.address}/c/{CAMPAIGN}/points/{POINT}")
        yield {name: one.page for name, one in seen.items()}
        troubles = [trouble for one in seen.values() for trouble in one.troubles]
        # A clash is refused (409), and a file between the marks of one is not written (507).
        assert [one for one in troubles if "409" not in one and "507" not in one] == []


def interleave(
    browser: Any, folder: Path, seeds: range, names: str = "ab", others: str = ""
) -> None:
    """Play rounds, each from what the one before left in the file."""
    with running(copy_workspace(folder)) as studio, pages_of(browser, studio, names) as pages:
        file = studio.campaign / f"points/{POINT}.md"
        start = file.read_text("utf-8")
        for seed in seeds:
            original = file.read_text("utf-8")
            writers = Writers(studio, pages, seed, others)
            writers.play()
            check(writers, original)
            file.write_text(start, "utf-8")
            check(Writers(studio, pages, seed), start)


def test_two_browsers_and_an_editor_lose_no_word(browser: Any, tmp_path: Path) -> None:
    interleave(browser, tmp_path, range(5))


def test_three_browsers_an_editor_and_a_puller_lose_no_word(browser: Any, tmp_path: Path) -> None:
    """Issue 34, line 3."""
    interleave(browser, tmp_path, range(3), "abc", "pp")


TAKE_AND_TYPE = """() => {
    document.querySelector('[data-take=theirs]').click();
    const field = document.getElementById('f-fact');
    field.value += ' aword1';
    field.dispatchEvent(new Event('input', { bubbles: true }));
}"""


def test_who_types_on_at_once_does_not_overwrite_what_came_since(
    browser: Any, tmp_path: Path
) -> None:
    with running(copy_workspace(tmp_path)) as studio, pages_of(browser, studio) as pages:
        writers = Writers(studio, pages, 0)
        page, fact = pages["a"], str(values(writers.file.read_text("utf-8"))["fact"])
        page.locator("#f-fact").focus()
        page.keyboard.press("Control+End")
        page.keyboard.insert_text(" aword0")
        writers.put("fact", f"{fact} eword0")
        box = page.locator("[data-conflict]")
        box.wait_for()
        writers.put("fact", f"{fact} eword1")
        wait_until(pages["b"], SHOWN, arg={"fact": f"{fact} eword1"})
        page.wait_for_timeout(500)  # by now this page has heard of it too, behind its box
        page.evaluate(TAKE_AND_TYPE)
        wait_until(page, AT_REST)
        assert writers.file_words() == {"eword1", "aword1"}


@pytest.mark.long
def test_two_hundred_rounds_lose_no_word(browser: Any, tmp_path: Path) -> None:
    interleave(browser, tmp_path, range(100, 300))


@pytest.mark.long
@pytest.mark.parametrize("part", range(3))
def test_three_hundred_rounds_with_clashes_lose_no_word(
    browser: Any, tmp_path: Path, part: int
) -> None:
    interleave(browser, tmp_path, range(1000 + 100 * part, 1100 + 100 * part), "abc", "pp")
