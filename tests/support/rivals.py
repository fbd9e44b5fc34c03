"""Let two writers save one file, the first halted before each of its operations; run as a program.

``python -m support.rivals ROUNDS``: every pair of writers, every moment, again and again until so
many rounds are done; with ``SEED`` behind it, moments drawn at random. The first writer is stopped
by SIGSTOP before one operation on the file system, the second saves, the first goes on. Prints
JSON: rounds, saves, conflicts that were reported, and what was wrong after which round: a save that
is neither in the file nor refused.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from stopjihad.disk import save
from stopjihad.model.project import Project
from stopjihad.model.review import source_digest
from stopjihad.problem import ProblemsFound
from stopjihad.review.ledger import append_reviews
from stopjihad.studio.pages.translation import TranslationChange, TranslationClash, save_translation
from stopjihad.studio.saver import Conflict, Saver, WantedEdit
from stopjihad.text.yaml.fields import SetField
from stopjihad.translate.po_files import read_project, update_files
from stopjihad.translate.round_trip import import_file

from support.faults import before_each_operation, quick_disk
from support.hostile import edit, make_workspace
from support.reviews import NOW, review_of

SAVED, TOLD, BROKEN = 0, 3, 70
CODES = {"file-changed", "file-busy"}

PO = "campaigns/demo/locale/fr.po"
POINT = "campaigns/demo/points/neighbours.md"
LEDGER = "campaigns/demo/reviews.jsonl"

Save = Callable[[Path, Project, str], bool]
"""Saves a mark into a file of a workspace; tells whether it did, or said that it did not."""


_OTHERS = {
    "mark-one": ("campaign/title", "Demo"),
    "mark-two": ("campaign/sponsor.disclosure", "Paid for by the Demo fund."),
}
"""Texts that imports translate: a later import of the same text would rightly replace the first."""


def update(root: Path, project: Project, mark: str) -> bool:
    """Bring the PO file in step; the mark is the text that the source has got meanwhile."""
    update_files(root, project, ("fr",))
    return True


def bring_back(root: Path, project: Project, mark: str) -> bool:
    context, source = _OTHERS[mark]
    text = (
        'msgid ""\nmsgstr "Language: fr\\n"\n\n'
        f'msgctxt "{context}"\nmsgid "{source}"\nmsgstr "{mark}"\n'
    )
    assert import_file(root, project, "fr.po", text.encode(), NOW).changed == 1
    return True


def translate(root: Path, project: Project, mark: str) -> bool:
    key = source_digest("campaign/tagline", "Facts first")
    save_translation(Saver(root), root, project, TranslationChange("fr", key, "", mark))
    return True


def approve(root: Path, project: Project, mark: str) -> bool:
    append_reviews(root, "demo", [review_of("a", by=mark)])
    return True


def change_field(root: Path, project: Project, mark: str) -> bool:
    saver = Saver(root)
    known = saver.load(POINT)
    was = next(one for one in known.text.splitlines() if one.startswith("fact: "))[6:]
    wanted = WantedEdit(SetField(("fact",), f"{was} {mark}"), was)
    return not isinstance(saver.save(POINT, [wanted], known.digest), Conflict)


def write_text(root: Path, project: Project, mark: str) -> bool:
    saver = Saver(root)
    known = saver.load(POINT)
    return not isinstance(saver.write(POINT, f"{known.text}{mark}\n", known.digest), Conflict)


def by_hand(path: str, change: Callable[[str, str], str]) -> Save:
    """Save as an editor does: read, change, rename; it knows nothing of our lock."""

    def act(root: Path, project: Project, mark: str) -> bool:
        place = root / path
        text = place.read_text("utf-8") if place.exists() else ""
        fresh = place.with_name(f".{place.name}.theirs")
        fresh.write_text(change(text, mark), "utf-8")
        fresh.replace(place)
        return True

    return act


OF_PO: dict[str, Save] = {"update": update, "import": bring_back, "translate": translate}
OF_POINT: dict[str, Save] = {"field": change_field, "text": write_text}
BY_HAND = {
    PO: by_hand(PO, lambda text, mark: text.replace('"Un fait."', f'"{mark}"')),
    POINT: by_hand(POINT, lambda text, mark: f"{text}{mark}\n"),
    LEDGER: by_hand(LEDGER, lambda text, mark: f'{text}{{"by": "{mark}"}}\n'),
}
PAIRS: list[tuple[str, str, Save, Save]] = [
    *((PO, f"{a}, {b}", OF_PO[a], OF_PO[b]) for a, b in itertools.product(OF_PO, repeat=2)),
    *(
        (POINT, f"{a}, {b}", OF_POINT[a], OF_POINT[b])
        for a, b in itertools.product(OF_POINT, repeat=2)
    ),
    (LEDGER, "approve, approve", approve, approve),
    *((PO, f"{a}, by hand", OF_PO[a], BY_HAND[PO]) for a in OF_PO),
    *((POINT, f"{a}, by hand", OF_POINT[a], BY_HAND[POINT]) for a in OF_POINT),
    (LEDGER, "approve, by hand", approve, BY_HAND[LEDGER]),
]


def start(act: Callable[[], bool]) -> int:
    """Save in a copy of this process, which tells by its exit code what came of it."""
    pid = os.fork()
    if pid == 0:
        code = BROKEN
        try:
            code = SAVED if act() else TOLD
        except (TranslationClash, save.ChangedFile):
            code = TOLD
        except ProblemsFound as found:
            code = TOLD if {one.code for one in found.problems} <= CODES else BROKEN
        finally:
            os._exit(code)
    return pid


def halted(moment: int, act: Callable[[], bool]) -> Callable[[], bool]:
    """Stop before one operation; the parent lets us go on."""

    def stop(number: int, name: str, args: tuple[Any, ...]) -> None:
        if number == moment:
            os.kill(os.getpid(), signal.SIGSTOP)

    def halting() -> bool:
        with before_each_operation(stop):
            return act()

    return halting


def play(root: Path, project: Project, pair: tuple[str, str, Save, Save], moment: int) -> Any:
    """Play one round: give both exit codes, the file, and whether the first was halted at all."""
    path, _, one, two = pair
    first = start(halted(moment, lambda: one(root, project, "mark-one")))
    _, status = os.waitpid(first, os.WUNTRACED)
    stopped = os.WIFSTOPPED(status)
    second = start(lambda: two(root, project, "mark-two"))
    codes = [0, os.waitstatus_to_exitcode(os.waitpid(second, 0)[1])]
    if stopped:
        os.kill(first, signal.SIGCONT)
        _, status = os.waitpid(first, 0)
    codes[0] = os.waitstatus_to_exitcode(status)
    return codes, (root / path).read_text("utf-8"), stopped


def marks_of(pair: tuple[str, str, Save, Save]) -> tuple[str, str]:
    """Give what each save puts into the file."""
    one, two = ("Ask them." if save is update else mark for save, mark in (
        (pair[2], "mark-one"), (pair[3], "mark-two")))  # fmt: skip
    return one, two


def drawn(seed: int) -> Iterator[tuple[tuple[str, str, Save, Save], int]]:
    """Give pairs and moments at random; a writer has about 30."""
    dice = random.Random(seed)
    while True:
        yield dice.choice(PAIRS), dice.randrange(30)


def moments() -> Iterator[tuple[tuple[str, str, Save, Save], int]]:
    """Give every pair with moments that grow until its first writer has none left."""
    left = dict.fromkeys(range(len(PAIRS)), 0)
    while True:
        for number in left:
            yield PAIRS[number], left[number]
            left[number] = 0 if ended.pop(PAIRS[number][1], False) else left[number] + 1


ended: dict[str, bool] = {}
"""Pairs whose first writer was done before the moment at which it was to be halted."""


def rounds(count: int, seed: int | None = None) -> dict[str, Any]:
    save.PATIENCE = 0.02
    wrong: dict[str, Any] = {}
    saved = told = done = 0
    with tempfile.TemporaryDirectory(dir=quick_disk()) as top:
        template = make_workspace(Path(top))
        edit(template)
        project = read_project(template, "demo")
        for pair, moment in moments() if seed is None else drawn(seed):
            root = Path(top, "round")
            subprocess.run(["cp", "-a", template, root], check=True)
            codes, text, stopped = play(root, project, pair, moment)
            shutil.rmtree(root)
            ended[pair[1]] = not stopped
            if not stopped:
                continue
            done += 1
            saved += codes.count(SAVED)
            told += codes.count(TOLD)
            for code, mark in zip(codes, marks_of(pair), strict=True):
                if code not in {SAVED, TOLD} or (code == SAVED and mark not in text):
                    wrong[f"{pair[0]}: {pair[1]}, moment {moment}"] = codes
            if done >= count:
                break
    return {"rounds": done, "saved": saved, "told": told, "wrong": wrong}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(rounds(*map(int, sys.argv[1:])), indent=1))
