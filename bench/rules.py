"""Check a campaign of 100 talking points in 12 languages, alone and with all that was made of it.

The texts are those of the sample campaign, told again under new names until there are enough, so
that the rules find as many words to look at as in a real campaign. Each paragraph that is told
again begins with a mark of its copy: none is read twice. Goals: under five seconds on two
cores, under half a second when nothing has changed.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from measure import Run, median, run

REPOSITORY = Path(__file__).resolve().parent.parent
SAMPLE = REPOSITORY / "campaigns" / "stop-jihadism"
POINTS = 100
OTHERS = ("it", "pt", "nl", "sv", "pl", "ro", "da", "fi", "hu", "cs", "ca")
"""Languages that the sample may lack: they are given its French words."""

LANGUAGES = 12
MARKS = "\u00b6\u00a7\u2020\u2021\u25ca\u203b\u2042"
"""What the paragraphs of a copy begin with; one letter, for posts are full."""

ROUNDS = 3


class Way(NamedTuple):
    """Say how a campaign is checked.

    Attributes:
        name: how its row begins.
        cold: whether nothing is kept from before.
        built: whether pages and drafts are judged, too.
        goal: seconds on the clock.
    """

    name: str
    cold: bool
    built: bool
    goal: float


WAYS = (
    Way("texts", cold=True, built=False, goal=5.0),
    Way("unchanged", cold=False, built=False, goal=0.5),
    Way("with pages", cold=True, built=True, goal=5.0),
    Way("unchanged", cold=False, built=True, goal=0.5),
)

_PARAGRAPH = re.compile(r"^(?:[-#>]+ +|[0-9]+\. +)?(?=[^ \n])", re.MULTILINE)
"""What a paragraph of the sample begins with, each of which is one line."""

_STRING = re.compile(r'^(?:msgid )?"(?=[^"\n])', re.MULTILINE)
"""What a string of a PO entry that is not empty begins with."""


def write_workspace(
    root: Path, sample: Path = SAMPLE, points: int = POINTS, languages: int = LANGUAGES
) -> None:
    """Write the campaign.

    Args:
        root: new folder.
        sample: campaign whose texts are told again.
        points: how many there are to be.
        languages: how many, the source language among them.
    """
    base = root / "campaigns" / "stop-jihadism"
    shutil.copytree(sample, base)
    names = sorted(path.stem for path in (sample / "points").glob("*.md"))
    copies = {name: [] for name in names}
    for number in range(points - len(names)):
        name = names[number % len(names)]
        copies[name].append(_copy(name, number // len(names) + 2))
    for name, others in copies.items():
        written = (base / f"points/{name}.md").read_text("utf-8")
        for other in others:
            (base / f"points/{other}.md").write_text(_told_again(written, other), "utf-8")
    known = sorted(path.stem for path in (sample / "locale").glob("*.po"))[: languages - 1]
    for tag in known:
        text = (sample / f"locale/{tag}.po").read_text("utf-8")
        (base / f"locale/{tag}.po").write_text(_multiplied(text, copies), "utf-8")
    for tag in [tag for tag in OTHERS if tag not in known][: languages - 1 - len(known)]:
        text = (
            (base / "locale/fr.po").read_text("utf-8").replace("Language: fr", f"Language: {tag}")
        )
        (base / f"locale/{tag}.po").write_text(text, "utf-8")
        known.append(tag)
    campaign = (base / "campaign.yaml").read_text("utf-8")
    tags = ", ".join(["en", *known])
    campaign = re.sub(r"^languages: .*$", f"languages: [{tags}]", campaign, flags=re.MULTILINE)
    (base / "campaign.yaml").write_text(campaign, "utf-8")


def _copy(name: str, number: int) -> str:
    """Name a copy in as many letters as its original: posts hold the address."""
    mark = f"-{number}"
    return name[: -len(mark)].rstrip("-") + mark


def _multiplied(text: str, copies: dict[str, list[str]]) -> str:
    """Repeat the entries of talking points for their copies."""
    entries = text.split("\n\n")
    more = []
    for entry in entries:
        found = re.search(r'^msgctxt "([a-z0-9-]+)/', entry, re.MULTILINE)
        others = copies.get(found[1], ()) if found else ()
        for other in others:
            copy = entry.replace(f'msgctxt "{found[1]}/', f'msgctxt "{other}/')  # type: ignore[index]
            if f'msgctxt "{other}/body"' in copy:
                source, translated = copy.split("\nmsgstr ")
                copy = "\nmsgstr ".join(_marked(text, other) for text in (source, translated))
            more.append(copy)
    return "\n\n".join([*(entry.strip("\n") for entry in entries), *more]) + "\n"


def _told_again(written: str, name: str) -> str:
    """Give each paragraph below the fields of a talking point its marks."""
    head, mark, body = written.rpartition("\n---\n")
    return head + mark + _PARAGRAPH.sub(rf"\g<0>{_marks(name)} ", body)


def _marked(text: str, name: str) -> str:
    """Put the marks at the start of the first string of a PO entry that is not empty."""
    return _STRING.sub(rf"\g<0>{_marks(name)} ", text, count=1)


def _marks(name: str) -> str:
    """Tell copies apart; letters are of one script, numbers change places from right to left."""
    return MARKS[int(name.rpartition("-")[2]) % len(MARKS)]


class Program(NamedTuple):
    """Hold a state of the program, and a workspace that it has built.

    Attributes:
        name: how it is called here.
        place: its checkout.
        root: the workspace.
    """

    name: str
    place: Path
    root: Path

    def run(self, *words: str) -> Run:
        """Run it as the command line does, its own modules first."""
        said = f"import sys; sys.path.insert(0, {str(self.place)!r})"
        program = f"{said}; from stopjihad.cli.main import main; main()"
        return run([sys.executable, "-P", "-c", program, "-C", str(self.root), *words], self.root)

    def build(self) -> None:
        """Build what will be judged."""
        self.run("build", "--only", "site,posts", "-o", str(self.root / "dist"))

    def check(self, way: Way) -> Run:
        """Judge the campaign, and maybe what was built of it."""
        if way.cold:
            shutil.rmtree(self.root / ".stopjihad", ignore_errors=True)
        return self.run("check", *(("--built", str(self.root / "dist")) if way.built else ()))


def measure(programs: Sequence[Program], rounds: int) -> None:
    """Measure in turn, so that a slow machine is slow for all; print seconds and ratios."""
    for way in WAYS:
        runs: list[list[Run]] = [[] for _ in programs]
        for _ in range(rounds):
            for program, found in zip(programs, runs, strict=True):
                found.append(program.check(way))
        first, *others = map(median, runs)
        least, *lesser = (min(run.cpu for run in found) for found in runs)
        verdict = "within" if first.wall <= way.goal else "ABOVE"
        print(
            f"{way.name:<10}{first.wall:>7.2f} s {first.cpu:>7.2f} s of processors "
            f"{first.peak:>6.0f} MiB   {verdict} the goal of {way.goal} s"
        )
        for program, other, small in zip(programs[1:], others, lesser, strict=True):
            print(
                f"  {program.name}: {other.wall:.2f} s, {other.cpu:.2f} s of processors, "
                f"{other.peak:.0f} MiB; now {first.wall / other.wall:.2f}, "
                f"{first.cpu / other.cpu:.2f} (smallest {least / small:.2f}), "
                f"{first.peak / other.peak:.2f} of that"
            )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=POINTS)
    parser.add_argument("--languages", type=int, default=LANGUAGES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--against", type=Path, help="checkout of an older state, in one run")
    parser.add_argument("--sample", type=Path, default=SAMPLE, help="campaign that both can read")
    asked = parser.parse_args()
    places = {"now": REPOSITORY, **({"before": asked.against} if asked.against else {})}
    programs = []
    with tempfile.TemporaryDirectory() as folder:
        for name, place in places.items():
            root = Path(folder) / name
            root.mkdir()
            write_workspace(root, asked.sample, asked.points, asked.languages)
            programs.append(Program(name, place.resolve(), root))
            programs[-1].build()
        out = programs[0].root / "dist"
        pages = sum(1 for _ in out.rglob("*.html"))
        drafts = sum(1 for _ in out.rglob("posts/*/*/*.txt"))
        print(
            f"{asked.points} talking points, {asked.languages} languages, {pages} pages, "
            f"{drafts} drafts"
        )
        measure(programs, asked.rounds)


if __name__ == "__main__":
    main()
