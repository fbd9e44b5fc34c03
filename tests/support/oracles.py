"""Ask libraries that are not ours, where node and they are installed, or read their answers."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent.parent / "data"

_READ = "const texts = JSON.parse(require('fs').readFileSync(0, 'utf8'));"

ORACLES = {
    "x": (
        "twitter-text",
        """
        const twitter = require('twitter-text');
        const parse = (twitter.default || twitter).parseTweet;
        const answer = (text) => parse(text).weightedLength;
        """,
    ),
    "sms": (
        "sms-segments-calculator",
        """
        const { SegmentedMessage } = require('sms-segments-calculator');
        const answer = (text) => {
          const message = new SegmentedMessage(text);
          return [message.encodingName, message.segments.length, text.length];
        };
        """,
    ),
    "bluesky": (
        "@atproto/api",
        """
        const { RichText } = require('@atproto/api');
        const answer = (text) => {
          const rich = new RichText({ text });
          rich.detectFacetsWithoutResolution();
          const facets = (rich.facets || []).map((facet) => {
            const feature = facet.features[0];
            return [facet.index.byteStart, facet.index.byteEnd, feature.$type.split('#')[1],
                    feature.uri || feature.tag || feature.did];
          });
          return [rich.length, rich.graphemeLength, facets.sort((a, b) => a[0] - b[0])];
        };
        """,
    ),
}
"""Package and JavaScript by name; the JavaScript defines ``answer``."""


def ask(name: str, texts: list[str], folder: Path) -> list[Any]:
    """Ask an oracle that is installed in ``node_modules`` at or above ``folder``."""
    program = f"{ORACLES[name][1]}\n{_READ}\nconsole.log(JSON.stringify(texts.map(answer)));"
    done = subprocess.run(
        ["node", "-e", program],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
    )
    return json.loads(done.stdout)


def folder_of(name: str) -> Path | None:
    """Find where an oracle is installed: ORACLES, .venv/oracles or the repository; else None."""
    node = shutil.which("node")
    repository = DATA.parent.parent
    for folder in (os.environ.get("ORACLES"), repository / ".venv/oracles", repository):
        if node and folder and (Path(folder) / "node_modules" / ORACLES[name][0]).is_dir():
            return Path(folder)
    return None


def recorded(name: str) -> list[tuple[str, Any]]:
    """Read recorded texts and answers."""
    lines = (DATA / f"{name}.jsonl").read_text("ascii").splitlines()
    return [tuple(json.loads(line)) for line in lines]
