"""A toy campaign for the tests of the build: plans of any size, renderers that can be told to fail.

``render_batch`` joins the bytes of a step's inputs. An input may hold an order for the renderer:
``!problem`` to find a problem, ``!crash`` to raise, ``!exit`` to end the process, ``!slow`` to take
a moment, ``!empty`` to give nothing at all.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from stopjihad.build.request import Rendering
from stopjihad.build.tree.place import Target
from stopjihad.build.work.batch import Rendered
from stopjihad.model.step import Input, Plan, Step
from stopjihad.problem import Problem, ProblemsFound

VERSIONS = {"page": "1", "card": "1"}


def render_batch(steps: Sequence[Step], inputs: Mapping[str, Input]) -> list[Rendered]:
    """Render toy steps."""
    return [render(step, inputs) for step in steps]


def render(step: Step, inputs: Mapping[str, Input]) -> Rendered:
    """Render one toy step: its path, its parameters, its inputs."""
    data = b"\n".join(inputs[name].data for name in step.inputs)
    if b"!problem" in data:
        return Problem(path=step.inputs[0], line=1, code="toy", message=f"{step.output} is wrong")
    if b"!crash" in data:
        raise ValueError(f"{step.output}\ncannot be made")
    if b"!exit" in data:
        os._exit(1)
    if b"!empty" in data:
        return ()
    if b"!slow" in data:
        time.sleep(0.002)
    return f"{step.output} {step.params}\n".encode() + data + b"\n"


def raise_problems(steps: Sequence[Step], inputs: Mapping[str, Input]) -> list[Rendered]:
    """Raise what is wrong with the steps."""
    found = [Problem(code="toy", message=f"{step.output} is wrong") for step in steps]
    raise ProblemsFound(tuple(found))


def forget_one(steps: Sequence[Step], inputs: Mapping[str, Input]) -> list[Rendered]:
    """Give one result less than there are steps."""
    return render_batch(steps[1:], inputs)


def make_input(name: str, data: bytes) -> Input:
    """Give an input with its digest."""
    return Input(name, hashlib.sha256(data).hexdigest(), data)


def make_plan(texts: Mapping[str, str], languages: Sequence[str] = ("ar", "fr")) -> Plan:
    """Plan a page and a card for each text and language; a frame is shared by each language."""
    inputs = {f"frame/{lang}": make_input(f"frame/{lang}", lang.encode()) for lang in languages}
    inputs |= {
        f"point/{name}": make_input(f"point/{name}", text.encode()) for name, text in texts.items()
    }
    steps = [Step("site/index.html", "page", tuple(sorted(inputs)))]
    for lang in languages:
        for name in texts:
            needs = (f"point/{name}", f"frame/{lang}")
            steps.append(Step(f"site/{lang}/points/{name}/index.html", "page", needs))
            size = (("format", "og"),)
            steps.append(Step(f"site/cards/{lang}/{name}/og.png", "card", needs, size))
    return Plan("toy", tuple(sorted(steps)), inputs)


def texts(count: int, **changes: str) -> dict[str, str]:
    """Give short texts by name: ``p0`` …, some replaced."""
    return {f"p{number}": f"text {number}" for number in range(count)} | changes


def toy_rendering(**changes: object) -> Rendering:
    """Say how toys are rendered: in this process, cards kept in the store."""
    settings = {
        "render": "support.toy:render_batch",
        "versions": VERSIONS,
        "costly": frozenset({"card"}),
        "jobs": 1,
    }
    return Rendering(**(settings | changes))  # type: ignore[arg-type]


def toy_target(folder: Path, fingerprint: str = "") -> Target:
    """Say where a toy is published in a workspace."""
    sources = (folder / "campaigns",)
    return Target(folder / "dist" / "toy", folder / ".stopjihad", sources, fingerprint)


def expected(plan: Plan) -> dict[str, bytes]:
    """Give the files of a plan, without the manifest."""
    files = {}
    for step in plan.steps:
        data = render(step, plan.inputs)
        assert isinstance(data, bytes)
        files[step.output] = data
    return files


def tree(folder: Path) -> dict[str, bytes]:
    """Read a tree: every file; a link or an empty folder would be told apart by its mark."""
    found: dict[str, bytes] = {}
    for where, folders, names in os.walk(folder):
        for name in names:
            path = Path(where, name)
            found[path.relative_to(folder).as_posix()] = (
                b"a link" if path.is_symlink() else path.read_bytes()
            )
        if not names and not folders:
            found[Path(where).relative_to(folder).as_posix() + "/"] = b"an empty folder"
    return found
