"""Render batches of steps: the one place that knows which renderer makes which kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from stopjihad.model.step import Input, Step
from stopjihad.problem import Problem
from stopjihad.render.decode import Decoded


def render_batch(
    steps: Sequence[Step], inputs: Mapping[str, Input]
) -> list[bytes | tuple[Problem, ...]]:
    """Render steps, in order.

    Args:
        steps: what is to be made.
        inputs: at least the inputs that the steps name.

    Returns:
        For each step its bytes, or the problems that stand in the way; one step's problem does
        not stop the others.
    """
    decoded = Decoded(inputs)
    return [_render(step, decoded) for step in steps]


def _render(step: Step, decoded: Decoded) -> bytes | tuple[Problem, ...]:
    from jinja2 import TemplateError

    try:
        return _RENDERERS[step.kind](step, decoded)
    except TemplateError as error:
        folder = "team" if step.kind in _OF_THE_TEAM else "site"
        return (_template_problem(error, f"templates/{folder}"),)


def _page(step: Step, decoded: Decoded) -> bytes | tuple[Problem, ...]:
    from stopjihad.render.pages import render_site_page

    return render_site_page(step, decoded)


def _asset(step: Step, decoded: Decoded) -> bytes | tuple[Problem, ...]:
    return decoded.raw(step.inputs[0])


def _card(step: Step, decoded: Decoded) -> bytes | tuple[Problem, ...]:
    from stopjihad.render.cards import render_card_step

    return render_card_step(step, decoded)


def _card_alt(step: Step, decoded: Decoded) -> bytes | tuple[Problem, ...]:
    from stopjihad.render.cards import render_alt_step

    return render_alt_step(step, decoded)


def _draft(step: Step, decoded: Decoded) -> bytes | tuple[Problem, ...]:
    from stopjihad.render.drafts import render_draft

    return render_draft(step, decoded)


def _drafts(step: Step, decoded: Decoded) -> bytes | tuple[Problem, ...]:
    from stopjihad.render.drafts import render_drafts

    return render_drafts(step, decoded)


def _report(step: Step, decoded: Decoded) -> bytes | tuple[Problem, ...]:
    from stopjihad.render.team.report import render_report

    return render_report(step, decoded)


def _dossier(step: Step, decoded: Decoded) -> bytes | tuple[Problem, ...]:
    from stopjihad.render.team.dossier import render_dossier

    return render_dossier(step, decoded)


def _drafts_index(step: Step, decoded: Decoded) -> bytes | tuple[Problem, ...]:
    from stopjihad.render.drafts import render_index

    return render_index(step, decoded)


def _alert_card(step: Step, decoded: Decoded) -> bytes | tuple[Problem, ...]:
    from stopjihad.render.cards import render_alert_card

    return render_alert_card(step, decoded)


def _alert_cap(step: Step, decoded: Decoded) -> bytes | tuple[Problem, ...]:
    from stopjihad.render.alert.cap import render_cap

    return render_cap(step, decoded)


def _alert_call_sheet(step: Step, decoded: Decoded) -> bytes | tuple[Problem, ...]:
    from stopjihad.render.alert.files import render_call_sheet

    return render_call_sheet(step, decoded)


def _alert_pause(step: Step, decoded: Decoded) -> bytes | tuple[Problem, ...]:
    from stopjihad.render.alert.files import render_pause

    return render_pause(step, decoded)


def _alert_draft(step: Step, decoded: Decoded) -> bytes | tuple[Problem, ...]:
    from stopjihad.render.alert.files import render_alert_draft

    return render_alert_draft(step, decoded)


def _alert_drafts(step: Step, decoded: Decoded) -> bytes | tuple[Problem, ...]:
    from stopjihad.render.alert.files import render_alert_drafts

    return render_alert_drafts(step, decoded)


_RENDERERS: dict[str, Callable[[Step, Decoded], bytes | tuple[Problem, ...]]] = {
    "alert-call-sheet": _alert_call_sheet,
    "alert-cap": _alert_cap,
    "alert-card": _alert_card,
    "alert-draft": _alert_draft,
    "alert-drafts": _alert_drafts,
    "alert-pause": _alert_pause,
    "asset": _asset,
    "card": _card,
    "card-alt": _card_alt,
    "dossier": _dossier,
    "draft": _draft,
    "drafts": _drafts,
    "drafts-index": _drafts_index,
    "page": _page,
    "report": _report,
}

_OF_THE_TEAM = ("report", "dossier")

KINDS: tuple[str, ...] = tuple(_RENDERERS)
"""Every kind of step."""


def _template_problem(error: Exception, folder: str) -> Problem:
    """Say where a template is wrong: file and line as Jinja2 knows them."""
    import traceback

    name = getattr(error, "name", None)
    line = getattr(error, "lineno", None)
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename.endswith((".html", ".xml")) and frame.filename != "<template>":
            name, line = frame.filename, frame.lineno
    return Problem(
        path=f"{folder}/{name}" if name else folder,
        line=line or 0,
        code="template-error",
        message=str(getattr(error, "message", None) or error),
        hint="mend the template, or delete your copy of it to use the built-in one",
    )
