"""Render the steps of a notice: drafts, their list, and the team's sheets."""

from __future__ import annotations

import msgspec

from stopjihad.model.step import Step
from stopjihad.problem import Problem
from stopjihad.render.alert.draft import AlertDraft, compose
from stopjihad.render.decode import Decoded
from stopjihad.view.records import AlertView, Frame


def render_alert_draft(step: Step, decoded: Decoded) -> bytes | tuple[Problem, ...]:
    """Write the notice for one platform in one language, ready to paste.

    Args:
        step: its params name language and platform.
        decoded: the values of its inputs.

    Returns:
        UTF-8 text, or the problem ``alert-too-long``.
    """
    params = dict(step.params)
    found = _draft(params["lang"], params["platform"], decoded)
    return (found,) if isinstance(found, Problem) else f"{found.text}\n".encode()


def render_alert_drafts(step: Step, decoded: Decoded) -> bytes | tuple[Problem, ...]:
    """List the drafts of all languages and platforms.

    Args:
        step: names the frames and platforms.
        decoded: the values of its inputs.

    Returns:
        JSON, one draft a line, or all problems.
    """
    names = [name.partition("/")[2] for name in step.inputs if name.startswith("platform/")]
    tags = [name.partition("/")[2] for name in step.inputs if name.startswith("frame/")]
    found = [_draft(tag, name, decoded) for tag in tags for name in (*names, "")]
    problems = tuple(one for one in found if isinstance(one, Problem))
    if problems:
        return problems
    lines = b",\n".join(map(msgspec.json.encode, found))
    return b"[\n" + lines + b"\n]\n"


def _draft(lang: str, platform: str, decoded: Decoded) -> AlertDraft | Problem:
    frame: Frame = decoded.value(f"frame/{lang}")
    row = decoded.value(f"platform/{platform}") if platform not in ("", "cell-broadcast") else None
    return compose(_view(frame), frame, row, decoded.value(f"words/{lang}"))


def _view(frame: Frame) -> AlertView:
    if frame.alert is None:
        raise ValueError(f"{frame.lang}: no notice to show")
    return frame.alert
