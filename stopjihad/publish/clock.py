"""Compare our clock with a target's before an alert goes up: its times are as true as our clock.

A folder, and a branch that is reached by SSH, have no clock of their own; nor has a host that says
nothing of it.
"""

from __future__ import annotations

import contextlib
import email.utils
import http.client
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

from stopjihad.problem import Problem
from stopjihad.publish.destination import Unreachable
from stopjihad.publish.site_record import moment
from stopjihad.render.alert.check import TOLERANCE

if TYPE_CHECKING:
    from stopjihad.publish.channel import Channel
    from stopjihad.publish.publish_request import PublishRequest

PATIENCE = 10.0
"""Seconds for which a host may say nothing: it is asked for its clock alone."""


def compare_clocks(channel: Channel, asked: PublishRequest) -> Problem | None:
    """Say that our clock and the target's are further apart than moments of an alert may be.

    Args:
        asked: target, and the moment by our clock.

    Returns:
        The problem ``publish-clock`` with both times; None where they agree, or there is but one.
    """
    there = None
    with contextlib.suppress(Unreachable):  # what is published next says so, if it is so
        there = channel.clock()
    if there is None or abs(there - asked.now) <= TOLERANCE.total_seconds():
        return None
    minutes = round(abs(there - asked.now) / 60)
    told = f"our clock says {moment(asked.now)}, that of '{asked.target.id}' {moment(int(there))}"
    return Problem(
        code="publish-clock",
        message=f"{told}: they are {minutes} minutes apart, and the alert went by ours",
        hint=f"set right whichever is wrong; if ours is right: stopjihad publish {asked.target.id}"
        " --yes",
    )


def ask_clock(address: str) -> float | None:
    """Ask a host for nothing, and read the header ``Date`` of whatever it answers.

    Args:
        address: of http or https; what is there does not matter.

    Returns:
        Unix time in seconds; None where it does not answer, or tells none.
    """
    try:
        asked = urllib.request.Request(  # noqa: S310 (callers give addresses of the web)
            address, method="HEAD", headers={"Cache-Control": "no-cache"}
        )
        with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:  # noqa: S310
            told = answer.headers["Date"]
    except urllib.error.HTTPError as refused:  # also who refuses us says when
        refused.close()
        told = refused.headers["Date"]
    except (OSError, ValueError, http.client.HTTPException):
        return None
    with contextlib.suppress(ValueError, OverflowError):
        parts = email.utils.parsedate_tz(told)
        return float(email.utils.mktime_tz(parts)) if parts else None
    return None
