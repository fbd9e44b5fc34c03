"""Show the drafts of a talking point on its kit page."""

from __future__ import annotations

from stopjihad.model import input_names
from stopjihad.model.step import Step
from stopjihad.plan.decoded import StepInputs
from stopjihad.theme.job import PageDraft
from stopjihad.view.draft import Draft
from stopjihad.view.records import Text


def page_drafts(step: Step, decoded: StepInputs) -> tuple[PageDraft, ...]:
    """Show the drafts of a talking point on its kit page."""
    listed = [name for name in step.inputs if input_names.kind_of(name) == "drafts"]
    drafts = (draft for name in listed for draft in decoded.value(name))
    return tuple(_show_draft(draft) for draft in drafts if not draft.left_out)


def _show_draft(draft: Draft) -> PageDraft:
    longest = max(draft.parts, key=lambda part: part.count)
    return PageDraft(
        platform=draft.platform,
        name=draft.name or draft.platform,
        parts=tuple(Text(part.text, draft.language) for part in draft.parts),
        title=Text(draft.title.text, draft.language) if draft.title else None,
        beside=tuple((label, Text(text, draft.language)) for label, text in draft.beside),
        count=longest.count,
        limit=draft.limit or 0,
    )
