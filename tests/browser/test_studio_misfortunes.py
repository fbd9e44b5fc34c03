"""Whatever befalls file, disk, studio or tab: no word is lost, and none is falsely said saved.

Issue 34, line 1: conflicted pulls, a file that goes and comes back, a disk that refuses, a studio
that is killed, a tab that is killed, a session that is over; one or two of them at a time.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from stopjihad.disk import kernel
from stopjihad.text import po
from stopjihad.text.versions import regions
from stopjihad.text.yaml.fields import SetField, apply, values

from support.build import CAMPAIGN
from support.studio import copy_workspace
from support.writers import choose, pull, type_word, words_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(sys.platform != "linux", reason="files are exchanged, limits are set"),
]

REST = 90
"""Seconds after which everything must be saved once nothing is wrong any more."""

POINT = "points/letters-home"
CONTEXT = "letters-home/claim"


class Target(NamedTuple):
    """What is written: its view and its file below the campaign's, its text box, its field.

    ``place``: which of the text boxes it is, from 0.
    """

    view: str
    file: str
    box: str
    field: str
    place: int = 0


TARGETS = (
    Target(POINT, f"{POINT}.md", '[id="f-fact"]', "fact"),
    Target(POINT, f"{POINT}.md", '[id="f-body"]', "body"),
    Target("pages/about", "pages/about.md", '[id="f-body"]', "body"),
    Target("campaign/name", "campaign.yaml", '[id="f-summary"]', "summary"),
    Target("translate/fr?of=letters-home", "locale/fr.po", "[data-words]", CONTEXT, 1),
)


class StudioProcess:
    """Run the studio in a process of its own, on one port, as often as it is killed."""

    def __init__(self, workspace: Path) -> None:
        self.workspace, self.port = workspace, 0
        self.start()

    def start(self) -> None:
        """Start it, again on the port that open pages know."""
        code = "from stopjihad.cli.main import main; main(prog_name='stopjihad')"
        command = [sys.executable, "-c", code, "-C", str(self.workspace), "preview"]
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        self.opening, self.known = self._address(), False
        found = re.match(r"(http://[0-9a-f]+\.localhost:(\d+))/open/", self.opening)
        assert found
        self.address, self.port = found[1], int(found[2])

    def _address(self) -> str:
        assert self.process.stdout is not None
        while line := self.process.stdout.readline():
            if found := re.search(r"http://\S+/open/\S+", line):
                return found[0]
        raise AssertionError("the studio says no address")

    def let_in(self, context: Any) -> None:
        """Open it in another tab of a browser, as people do who click the launcher again."""
        if self.known:
            return
        page = context.new_page()
        page.goto(self.opening, wait_until="commit")
        page.wait_for_url(lambda address: "/open/" not in address)
        page.close()
        self.opening, self.known = self._address(), True

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait(10)
        assert self.process.stdout is not None
        self.process.stdout.close()

    def limit(self, size: int) -> None:
        """Let no file of its become larger: at 0 the disk is full."""
        hard = resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE)[1]
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (size, hard))


def changed(target: Target, text: str, word: str) -> str:
    """Give a file as somebody else has it: a word more in the same field."""
    if target.field != CONTEXT:
        new = f"{values(text)[target.field]} {word}"
        return apply(text, SetField((target.field,), new))
    entry = next(one for one in po.scan(text).entries if one.context == CONTEXT)
    new = po.write_entry("", CONTEXT, entry.source, f"{entry.translation} {word}")
    return f"{text[: entry.start]}{new}{text[entry.end :]}"


class Misfortune:
    """Play one round: somebody types into a field while things go wrong around it."""

    def __init__(self, studio: StudioProcess, context: Any, seed: int) -> None:
        self.studio, self.context, self.seed = studio, context, seed
        self.chance = random.Random(seed)
        self.target = self.chance.choice(TARGETS)
        self.file = studio.workspace / "campaigns" / CAMPAIGN / self.target.file
        self.typed: set[str] = set()
        self.shown: set[str] = set()
        self.on_disk: set[str] = set()
        self.false: list[str] = []
        self.number = 0
        self.page = self.open()

    def open(self) -> Any:
        """Open the view in a tab."""
        page = self.context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        mark = "&" if "?" in self.target.view else "?"
        address = f"{self.studio.address}/c/{CAMPAIGN}/{self.target.view}{mark}interface=en"
        page.goto(address)
        deadline = time.monotonic() + REST
        while page.url != address:  # the studio has not seen yet that the text is there again
            assert time.monotonic() < deadline
            time.sleep(0.1)
            page.goto(address)
        page.locator(self.target.box).nth(self.target.place).wait_for()
        return page

    def word(self, who: str) -> str:
        """Make a word that nobody else writes."""
        self.number += 1
        return f"{who}word{self.seed}x{self.number}"

    def type(self, times: int) -> None:
        """Type words at the end of the field; those that a locked field takes no more count not."""
        for _ in range(times):
            word = self.word("a")
            if type_word(self.page, self.target.box, word, self.target.place):
                self.typed.add(word)
            self.look()
            time.sleep(self.chance.choice((0, 0, 0.05, 0.2, 0.5)))

    def look(self) -> None:
        """See what the disk has, and whether the page says of more that it is saved."""
        told = self.page.evaluate(
            """([box, place]) => {
                const field = document.querySelectorAll(box)[place];
                const state = field.closest('.text')?.querySelector('[data-state-of]')
                    ?? document.querySelector('[data-state]');
                return [state.textContent, field.value];
            }""",
            [self.target.box, self.target.place],
        )
        with contextlib.suppress(FileNotFoundError):
            self.on_disk |= words_in(self.file.read_text("utf-8"))
        if told[0] not in {"Saving…", "Not saved", "Cannot be read"}:
            unsaved = words_in(told[1]) - self.on_disk
            self.false += [f"{self.seed}: {told[0]} of {one}" for one in sorted(unsaved)]

    @contextlib.contextmanager
    def conflicted(self) -> Iterator[None]:
        """Fetch another version that cannot be put together with this; it stays until a choice."""
        word = self.word("e")
        done, overwritten = pull(
            self.file, lambda text: changed(self.target, text, word), self.chance
        )
        self.typed |= {word} if done else set()
        self.shown |= overwritten
        self.on_disk |= overwritten  # they were: the studio said so, and the pull came after it
        yield

    def see_saved(self, away: Path) -> None:
        """Note what was saved between the last look and the moment in which the file went."""
        self.on_disk |= words_in(away.read_text("utf-8"))

    def put_back(self, away: Path) -> None:
        """Put a file back, and note what the studio wrote in its place: that is overwritten now."""
        while not self.file.exists():
            with contextlib.suppress(FileExistsError):
                os.link(away, self.file)
                away.unlink()
                return
        assert kernel.exchange(str(away), str(self.file))
        there = words_in(away.read_text("utf-8"))
        self.shown |= there
        self.on_disk |= there
        away.unlink()

    @contextlib.contextmanager
    def renamed(self) -> Iterator[None]:
        """Let the file have another name for a while."""
        away = self.file.with_name("elsewhere.bak")
        self.file.rename(away)
        self.see_saved(away)
        yield
        self.put_back(away)

    @contextlib.contextmanager
    def removed(self) -> Iterator[None]:
        """Take the file away; write it anew."""
        away = self.studio.workspace / "taken"
        self.file.rename(away)
        self.see_saved(away)
        yield
        anew = self.studio.workspace / "anew"
        anew.write_bytes(away.read_bytes())
        away.unlink()
        self.put_back(anew)

    @contextlib.contextmanager
    def full(self) -> Iterator[None]:
        """Let the disk take no byte more."""
        self.studio.limit(0)
        yield
        self.studio.limit(resource.RLIM_INFINITY)

    @contextlib.contextmanager
    def killed(self) -> Iterator[None]:
        """Kill the studio, start it again, and open it in the same browser."""
        self.studio.kill()
        yield
        self.studio.start()
        self.studio.let_in(self.context)

    @contextlib.contextmanager
    def strange(self) -> Iterator[None]:
        """Take the session's cookie, as a lid that was closed for long does."""
        self.context.clear_cookies()
        self.studio.known = False
        yield
        self.studio.let_in(self.context)

    @contextlib.contextmanager
    def closed(self) -> Iterator[None]:
        """Close the tab without a question, in the end: words wait for the next one."""
        yield
        self.page.close(run_before_unload=False)
        self.studio.let_in(self.context)
        self.page = self.open()

    def answer(self) -> None:
        """Choose in whatever dialog stands there, at random; its words were shown."""
        self.shown |= choose(self.page, self.chance) or set()

    def rest(self) -> None:
        """Wait until everything is saved, choosing where somebody must."""
        deadline = time.monotonic() + REST
        while True:
            self.look()
            text = self.file.read_text("utf-8")
            box = self.page.locator(self.target.box).nth(self.target.place)
            value = words_in(box.input_value())
            calm = self.page.locator(".conflict:visible, [data-trouble]:visible").count() == 0
            states = self.page.locator("[data-state], [data-state-of]").all_inner_texts()
            said = {"Saving…", "Not saved", "Cannot be read"}.isdisjoint(states)
            if calm and said and not regions(text) and value <= words_in(text):
                return
            left = value - words_in(text)
            assert time.monotonic() < deadline, (self.seed, self.story, states, left)
            self.answer()
            time.sleep(0.05)

    def play(self) -> None:
        """Type, let one or two misfortunes come, type on, let them pass, type on, and rest."""
        kinds: list[Callable[[], contextlib.AbstractContextManager[None]]] = [
            *(self.conflicted, self.conflicted, self.renamed, self.removed, self.full),
            *(self.killed, self.strange, self.closed),
        ]
        first, second = self.chance.choice(kinds), self.chance.choice(kinds)
        # The studio is there again before anything else passes, and a tab is opened after all that.
        if first == self.killed or second == self.closed:
            first, second = second, first
        self.story = (self.target.view, self.target.field, first.__name__, second.__name__)
        self.type(self.chance.choice((0, 1, 2)))
        with first():
            self.type(self.chance.choice((1, 2)))
            if second != first and {first, second} != {self.renamed, self.removed}:
                with second():
                    self.type(self.chance.choice((0, 1, 2)))
            time.sleep(self.chance.choice((0, 0.3, 1, 2.5)))
            self.look()
        self.type(self.chance.choice((0, 1)))
        self.rest()
        self.page.close()


def storm(browser: Any, folder: Path, seeds: Iterable[int]) -> None:
    """Play rounds, each from the same files; nothing may be lost, and nothing said falsely."""
    workspace = copy_workspace(folder)
    campaign = workspace / "campaigns" / CAMPAIGN
    whole = {one.file: (campaign / one.file).read_bytes() for one in TARGETS}
    studio = StudioProcess(workspace)
    context = browser.new_context()
    lost: list[str] = []
    false: list[str] = []
    try:
        studio.let_in(context)
        for seed in seeds:
            round_ = Misfortune(studio, context, seed)
            round_.play()
            kept = round_.shown | words_in(round_.file.read_text("utf-8"))
            lost += sorted(round_.typed - kept)
            false += round_.false
            (campaign / round_.target.file).write_bytes(whole[round_.target.file])
    finally:
        context.close()
        studio.kill()
    assert (lost, false) == ([], [])


SAMPLE = (18, 41, 37, 7, 2, 42, 47, 10)
"""Rounds in which every target and every misfortune is met; the studio is killed in one."""


def test_1_eight_misfortunes_lose_no_word_and_nothing_is_falsely_saved(
    browser: Any, tmp_path: Path
) -> None:
    storm(browser, tmp_path, SAMPLE)


@pytest.mark.long
@pytest.mark.parametrize("part", range(10))
def test_1_five_hundred_misfortunes_lose_no_word(browser: Any, tmp_path: Path, part: int) -> None:
    storm(browser, tmp_path, range(1000 + 50 * part, 1050 + 50 * part))
