"""Machine time of a notice: an exercise of the sample campaign, all languages and outputs.

``bench/alert.py`` runs the command that a team runs and prints its stages. With ``--messages FILE``
it judges real first messages of authorities instead, as in a campaign of theirs: a line each,
language, who said it, incident, text, separated by tabs. The incident is that of a template, or
``exercise``: a hoax that is denied and an exercise may say that there is no danger. The messages of
others are not part of the repository; docs/first-messages.md names those measured.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from stopjihad.check.rules.notices import alert_judge

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "campaigns" / "stop-jihadism"


def drill(sample: Path) -> None:
    """Run an exercise on a copy of a campaign and print what it took."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(sample, Path(folder) / "campaigns" / sample.name)
        command = [sys.executable, "-m", "stopjihad", "-C", folder, "alert", "drill"]
        command += ["attack-under-way", "--place", "central-station", "--format", "json"]
        done = subprocess.run(command, capture_output=True, check=True, cwd=ROOT)
        found = json.loads(done.stdout)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        kinds = Counter(path.suffix for path in Path(found["folder"]).rglob("*") if path.is_file())
    print(f"{len(found['languages'])} languages, {found['files']} files: {dict(kinds)}")
    for name, seconds in found["seconds"].items():
        print(f"{name:>12}  {seconds:6.2f} s")
    print(f"{'CPU':>12}  {used.ru_utime + used.ru_stime:6.2f} s on {os.cpu_count()} cores")
    print(f"goal: 60 s; {'kept' if found['seconds']['all'] <= 60 else 'missed'}")


def judge(path: Path) -> None:
    """Judge messages and print those that are refused."""
    total = refused = 0
    for row in path.read_text("utf-8").splitlines():
        language, who, incident, text = row.split("\t")
        found = alert_judge(language)
        if found is None:
            continue
        hits = list(
            found.hits(
                text, "hoax-denied" if incident == "exercise" else incident, by_authority=True
            )
        )
        total, refused = total + 1, refused + bool(hits)
        for hit in hits:
            print(f"refused: {who}: frame '{hit.frame}', '{hit.words}'")
    print(f"{refused} of {total} messages refused")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=Path)
    parser.add_argument(
        "--sample", type=Path, default=SAMPLE, help="campaign that has the sample's notices"
    )
    chosen = parser.parse_args()
    if chosen.messages:
        judge(chosen.messages)
    else:
        drill(chosen.sample)
