"""Say where the processor time of a cold build goes: stages.py WORKSPACE.

One process, each stage without those inside of it. Clocks and one process cost some: read shares.
"""

from __future__ import annotations

import importlib
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from stopjihad.build.check import parallel
from stopjihad.cli.main import main as program

STAGES = (
    ("read and parse files", "stopjihad.build.driver", "read_workspace"),
    ("read and parse files", "stopjihad.build.campaign", "read_campaign"),
    ("all checks but those below", "stopjihad.build.check.survey", "check_project"),
    ("message rules", "stopjihad.check.campaign", "check_rules"),
    ("message rules", "stopjihad.build.check.parallel", "language_findings"),
    ("message rules", "stopjihad.build.check.parallel", "whole_findings"),
    ("message rules: wording", "stopjihad.check.rules.wording", "check_wording"),
    ("translations", "stopjihad.build.check.survey", "translation_findings"),
    ("translations", "stopjihad.build.check.survey", "check_translations"),
    ("translations", "stopjihad.build.check.parallel", "translation_findings"),
    ("plan", "stopjihad.build.campaign", "make_campaign_plan"),
    ("plan", "stopjihad.build.parts", "complete_plan"),
    ("publish: inventory, keys, files", "stopjihad.build.tree.tree", "build_tree"),
    ("render", "stopjihad.build.work.execute", "run_batch"),
    ("render: Markdown", "stopjihad.view.markdown", "render_prose"),
)
"""Name of a stage, and the module and name under which its function is called."""


class Clock:
    """Add up what each stage takes, without what is inside of it."""

    def __init__(self) -> None:
        """Start with the time that the interpreter and the imports took."""
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._running = ["imports and all else"]
        self._since = 0.0

    def enter(self, stage: str) -> None:
        """Begin a stage."""
        self._pass()
        self._running.append(stage)

    def leave(self) -> None:
        """End it."""
        self._pass()
        self._running.pop()

    def _pass(self) -> None:
        now = time.process_time()
        self.seconds[self._running[-1]] += now - self._since
        self._since = now

    def watch(self, stage: str, module: str, name: str) -> None:
        """Time a function wherever its module calls it."""
        place = importlib.import_module(module)
        own: Callable[..., Any] = getattr(place, name)

        def timed(*args: Any, **named: Any) -> Any:
            self.enter(stage)
            try:
                made = own(*args, **named)
                # What is given bit by bit is made here, or its time would be somebody else's.
                return iter(list(made)) if hasattr(made, "__next__") else made
            finally:
                self.leave()

        setattr(place, name, timed)

    def table(self) -> str:
        """Print stages by what they take."""
        self._pass()
        whole = sum(self.seconds.values())
        rows = sorted(self.seconds.items(), key=lambda row: -row[1])
        lines = [f"{name:<34}{took:>7.2f} s {took / whole:>6.1%}" for name, took in rows]
        return "\n".join([*lines, f"{'all':<34}{whole:>7.2f} s"])


def main() -> None:
    """Build, and print."""
    # Processes that check beside this one would not be seen; --jobs is about those that render.
    parallel.processors = lambda: 1
    clock = Clock()
    for stage in STAGES:
        clock.watch(*stage)
    workspace = sys.argv[1]
    sys.argv[1:] = ["-C", workspace, "build", "--only", "site", "--jobs", "1", "--quiet"]
    try:
        program()
    except SystemExit as ended:
        if ended.code:
            raise
    print(clock.table())


if __name__ == "__main__":
    main()
