"""An output and an exporter as a package would add them: a plain-text digest in each language."""

from __future__ import annotations

import os
from collections.abc import Iterator

from stopjihad.model import input_names
from stopjihad.model.output import Output
from stopjihad.model.step import Step
from stopjihad.plan.decoded import StepInputs
from stopjihad.plan.ready_points import SitePlan
from stopjihad.render.post.export.formats import Export, ExportJob

DIGEST = Output("digest", "stopjihad_digest:plan_digests")


def plan_digests(plan: SitePlan) -> Iterator[Step]:
    """Plan one file a language."""
    for edition in plan.editions:
        name = plan.inputs.add(input_names.frame(edition.lang), plan.frames[edition.lang])
        points = tuple(input_names.point(one.record.id) for one in plan.project.points)
        yield Step(
            f"digest/{edition.lang}.txt",
            "stopjihad_digest:render_digest",
            (name, *points),
            (("lang", edition.lang),),
        )


def render_digest(step: Step, decoded: StepInputs) -> bytes:
    """Write the facts of a campaign below its title."""
    frame = decoded.value(step.inputs[0])
    if os.environ.get("DIGEST_FAILS") == frame.lang:
        raise RuntimeError("no ink left")
    facts = [decoded.value(name).fact for name in step.inputs[1:]]
    return "\n".join([frame.title.value, *facts, ""]).encode()


def count_drafts(job: ExportJob) -> Export:
    """Export how many drafts there are."""
    return Export({"count.txt": f"{len(job.entries)}\n".encode()}, ())
