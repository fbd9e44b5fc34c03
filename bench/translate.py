"""Keep 100 talking points in 24 languages in step: stopjihad beside po4a, on the same texts.

Both start from the same Markdown files, write their PO files, translate nothing, and then run again
twice: with nothing changed, and after every second file was edited. po4a is a Debian package; where
it is missing only our times are printed. Both run in one process.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY / "tests"))

from msgspec.structs import replace  # noqa: E402
from stopjihad.model.project import Project  # noqa: E402
from stopjihad.translate.po_files import update_files  # noqa: E402
from stopjihad.view.source_segments import project_segments  # noqa: E402

from support.campaign import generated_project  # noqa: E402

POINTS = 100
PARAGRAPHS = 19
"""Paragraphs of a talking point: with its other fields it has 26 texts, as in the reference."""

LANGUAGES = (
    *("fr", "de", "es", "it", "nl", "pt", "pl", "cs", "sv", "da", "fi", "el", "ro", "hu", "bg"),
    *("ru", "uk", "tr", "ar", "fa", "ur", "ps", "bn", "so"),
)
GOALS = {"first": 10.0, "nothing changed": 2.0}
"""Seconds on two cores (issue 4/6, must show 4)."""


def main() -> int:
    """Print seconds and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("points", type=int, nargs="?", default=POINTS)
    points = parser.parse_args().points
    project = _project(points)
    texts = len(project_segments(project))
    print(f"{points} talking points, {texts} texts, {len(LANGUAGES)} languages")
    with tempfile.TemporaryDirectory() as folder:
        ours = _ours(Path(folder), project)
    po4a = shutil.which("po4a")
    with tempfile.TemporaryDirectory() as folder:
        theirs = _theirs(Path(folder), project, po4a) if po4a else {}
    print(f"{'':<18}{'stopjihad':>12}{'po4a':>12}{'ratio':>9}")
    for name, seconds in ours.items():
        other = theirs.get(name)
        beside = f"{other:>10.2f} s{other / seconds:>8.0f}x" if other else f"{'-':>12}"
        goal = f"   goal {GOALS[name]:.0f} s" if name in GOALS else ""
        print(f"{name:<18}{seconds:>10.2f} s{beside}{goal}")
    if not po4a:
        print("po4a is not installed: apt install po4a")
    return 0


def _project(points: int) -> Project:
    project = generated_project(points, paragraphs=PARAGRAPHS)
    document = project.campaign
    campaign = replace(document.record, languages=("en", *LANGUAGES))
    return replace(project, campaign=replace(document, record=campaign))


def _edited(project: Project) -> Project:
    points = list(project.points)
    for number in range(0, len(points), 2):
        record = points[number].record
        words = record.body.split(" ")
        words[3] = "reworded"
        points[number] = replace(points[number], record=replace(record, body=" ".join(words)))
    return replace(project, points=tuple(points))


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _ours(root: Path, project: Project) -> dict[str, float]:
    edited = _edited(project)
    return {
        "first": _seconds(lambda: update_files(root, project)),
        "nothing changed": _seconds(lambda: update_files(root, project)),
        "half edited": _seconds(lambda: update_files(root, edited)),
    }


def _theirs(root: Path, project: Project, program: str) -> dict[str, float]:
    _write(root, project)
    config = [f"[po4a_langs] {' '.join(LANGUAGES)}", "[po4a_paths] po/points.pot $lang:po/$lang.po"]
    config += [
        f"[type: text] points/{document.record.id}.md $lang:out/$lang/{document.record.id}.md "
        'opt:"-o markdown -o yfm_keys=fact,claim,warning"'
        for document in project.points
    ]
    (root / "po4a.cfg").write_text("\n".join(config) + "\n", encoding="utf-8")

    def run() -> None:
        command = [program, "--quiet", "--no-backups", "--keep", "0", "po4a.cfg"]
        subprocess.run(command, cwd=root, check=True, capture_output=True)

    found = {"first": _seconds(run), "nothing changed": _seconds(run)}
    _write(root, _edited(project))
    return {**found, "half edited": _seconds(run)}


def _write(root: Path, project: Project) -> None:
    (root / "points").mkdir(exist_ok=True)
    for document in project.points:
        record = document.record
        text = f"---\nfact: {record.fact}\n---\n{record.body}\n\n{record.alternative}\n"
        (root / "points" / f"{record.id}.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
