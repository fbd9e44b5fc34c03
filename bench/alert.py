"""Machine time of an alert: an exercise of the sample campaign, all languages and outputs.

``bench/alert.py`` runs the command that a team runs and prints its stages. With ``--actual`` it
sends an alert in earnest from a clean clone to a folder that readers see, updates it twice and
ends it. With ``--messages FILE``
it judges real first messages of authorities instead, as in a campaign of theirs: a line each,
language, who said it, incident, text, separated by tabs. The incident is that of a template, or
``exercise``: a hoax that is denied and an exercise may say that there is no danger. The messages of
others are not part of the repository; docs/first-messages.md names those measured.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from stopjihad.check.rules.alerts import alert_judge

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


LANGUAGES = ("en", "fr", "ar", "tr")
"""A campaign of four languages is the sample without the others."""

ALERT = """template: attack-under-way
status: actual
place: central-station
since: {now}
confirmed_by: police
next_update: {later}
sent: {now}
confirmed: [{said}]
"""


def actual(sample: Path, languages: tuple[str, ...]) -> None:
    """Send an alert in earnest from a clean clone, two updates and its end; print CPU seconds.

    The campaign is a copy that is no sample, in which an authority is the sponsor and templates are
    approved; its languages are ``languages``, or all where none are named. The clock counts from
    the draft to the moment in which the folder that readers see has the page: what is left of the
    90 minutes is people's.
    """
    with tempfile.TemporaryDirectory() as top:
        folder = f"{top}/workspace"
        campaign = Path(folder) / "campaigns" / sample.name
        shutil.copytree(sample, campaign)
        file = campaign / "campaign.yaml"
        text = file.read_text("utf-8").replace("sponsor:\n", "sponsor:\n  kind: authority\n", 1)
        if languages:
            text = re.sub(r"(?m)^languages: .*", f"languages: [{', '.join(languages)}]", text)
            for path in campaign.glob("locale/*.po"):
                if path.stem not in languages:
                    path.unlink()
        for known, own in (
            ("sample: true\n", ""),
            ("example.org", "neighbours-help.net"),
            ("Sample Campaign Team", "Neighbours"),
            ("a sample campaign", "the neighbours"),
        ):
            text = text.replace(known, own)
        file.write_text(text, "utf-8")
        target = "targets:\n  - {id: live, folder: {path: ../live, layout: plain}}\n"
        (campaign / "targets.yaml").write_text(target, "utf-8")
        listed = re.findall(r"(?m)^languages: \[(.*)\]", text)
        known = languages or tuple(re.findall(r"\w+", listed[0]))
        for tag in known:
            _timed(
                folder, "review", "approve", "-l", tag, "--by", "Nour", "alerts/attack-under-way"
            )
        print(f"{len(known)} languages{'stage':>14}{'CPU s':>10}{'of them pages, CAP, texts':>30}")
        began, spent = time.monotonic(), _spent()
        for step, said in (("publish", ""), ("update", "people-hurt"), ("update", "")):
            now = dt.datetime.now(dt.UTC).replace(microsecond=0)
            later = now + dt.timedelta(hours=1)
            words = ALERT.format(now=now.isoformat(), later=later.isoformat(), said=said)
            (campaign / "alerts/bench.yaml").write_text(words, "utf-8")
            if step == "publish":
                _timed(folder, "alert", "draft", "bench", "--by", "Nour")
            for name in ("Nour", "Ida"):
                _timed(folder, "alert", "approve", "bench", "--by", name)
            used, out = _timed(folder, "alert", step, "bench", "--by", "Ida", "--format", "json")
            found = json.loads(out)["seconds"]
            row = f"{found['alert']:.1f}, pictures {found['pictures']:.1f}"
            print(f"{step:>25}{used:10.1f}{row:>30}")
            used, _ = _timed(folder, "publish", "live", "-q")
            print(f"{'on the target':>25}{used:10.1f}")
            if step == "publish":
                wall, cpu = time.monotonic() - began, _spent() - spent
                clock = f"{wall / 60:.1f} min by the clock"
                print(f"{'draft to reader, all':>25}{cpu:10.1f}{clock:>30}")
        used, _ = _timed(folder, "alert", "end", "bench", "--why", "over", "--by", "Ida")
        print(f"{'end':>25}{used:10.1f}")


def _timed(folder: str, *words: str) -> tuple[float, str]:
    """Run a command; give its processor seconds and what it printed."""
    before = _spent()
    command = [sys.executable, "-m", "stopjihad", "-C", folder, *words]
    done = subprocess.run(command, capture_output=True, check=True, cwd=ROOT)
    return _spent() - before, done.stdout.decode()


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


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
    parser.add_argument("--actual", action="store_true", help="in earnest, from a clean clone")
    parser.add_argument(
        "--sample", type=Path, default=SAMPLE, help="campaign that has the sample's alerts"
    )
    chosen = parser.parse_args()
    if chosen.messages:
        judge(chosen.messages)
    elif chosen.actual:
        actual(chosen.sample, LANGUAGES)
        actual(chosen.sample, ())
    else:
        drill(chosen.sample)
