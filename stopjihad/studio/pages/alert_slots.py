"""Read the slots of an alert from a form, and write them: choices and moments, no free text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from stopjihad.catalog.rules import rules
from stopjihad.catalog.timezones import time_zone
from stopjihad.load.workspace import new_file
from stopjihad.model.alert import DEFAULT_LIFE, Alert
from stopjihad.model.project import Document, Project, written_places
from stopjihad.render.alert.check import check_alert
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.words import Say, mark_translatable
from stopjihad.text.yaml.fields import Remove, SetField, apply, value_at, values

Sent = Mapping[str, str | list[str]]
"""What a form sends: one value a field, or several."""

ORDER = tuple(field.encode_name for field in msgspec.structs.fields(Alert))

MISSING = {
    "place": mark_translatable("Choose where it is."),
    "since": mark_translatable("Say since when."),
    "confirmed_by": mark_translatable(
        "Choose who confirmed it. Nothing goes out that nobody has confirmed."
    ),
    "next_update": mark_translatable("Say when you speak again."),
}
"""What the page asks for where a slot is empty."""

NO_TIME = mark_translatable("This is no time.")
IN_FUTURE = mark_translatable("This has not come yet. Say since when it has been going on.")
NEXT_LATE = mark_translatable(
    "Promise the next update for later than now and before the end, %(end)s."
)
NOT_AFTER = mark_translatable("The end must be later than now.")
TOO_LONG = mark_translatable(
    "An alert holds for 22 hours 30 minutes at most. Write an update when it lasts."
)
GONE = mark_translatable("This choice is not there any more. Choose again.")


class SlotValues(NamedTuple):
    """What the form shows: values as fields of a page hold them, moments as local wall time."""

    place: str = ""
    since: str = ""
    confirmed_by: str = ""
    confirmed: tuple[str, ...] = ()
    helplines: tuple[str, ...] = ()
    next_update: str = ""
    expires: str = ""


def shown_values(alert: Alert, zone: dt.tzinfo) -> SlotValues:
    """Give the slots of an ``alert`` for the form, moments in the ``zone`` of the campaign."""

    def wall(when: dt.datetime | None) -> str:
        return f"{when.astimezone(zone):%Y-%m-%dT%H:%M}" if when else ""

    return SlotValues(
        place=alert.place,
        since=wall(alert.since),
        confirmed_by=alert.confirmed_by,
        confirmed=alert.confirmed,
        helplines=tuple(f"{key}/{one}" for key, ids in alert.helplines.items() for one in ids),
        next_update=wall(alert.next_update),
        expires=wall(alert.expires),
    )


class ReadSlots(NamedTuple):
    """An alert as a form fills it, or what is wrong at which field."""

    alert: Alert | None
    errors: dict[str, str]


def read_slots(
    sent: Sent, start: tuple[str, str, str], project: Project, now: dt.datetime, say: Say
) -> ReadSlots:
    """Read a form.

    Args:
        start: what was chosen when the alert began: its id, template and status.
        project: the campaign; its time zone is that of the moments.
        now: the moment at which it is sent.
    """
    zone = time_zone(project.campaign.record.schedule.timezone)
    errors: dict[str, str] = {}
    fields: dict[str, object] = dict(zip(("id", "template", "status"), start, strict=True))
    fields["sent"] = now
    for name in ("place", "confirmed_by"):
        fields[name] = _one(sent, name)
    for name in ("since", "next_update", "expires"):
        text = _one(sent, name)
        if not text:
            continue
        try:
            fields[name] = dt.datetime.fromisoformat(text).replace(tzinfo=zone)
        except ValueError:
            errors[name] = say(NO_TIME)
    for name, words in MISSING.items():
        if not fields.get(name) and name not in errors:
            errors[name] = say(words)
    fields["confirmed"] = _many(sent, "confirmed")
    lines: dict[str, list[str]] = {}
    for name in _many(sent, "helplines"):
        market, _, line = name.partition("/")
        lines.setdefault(market, []).append(line)
    fields["helplines"] = lines
    if errors:
        return ReadSlots(None, errors)
    try:
        alert = msgspec.convert(fields, type=Alert, strict=False)
    except msgspec.ValidationError as error:
        name = str(error).rpartition("$.")[2].partition("[")[0].strip("`")
        return ReadSlots(None, {name if name in ORDER else "place": say(GONE)})
    errors = _judge_slots(alert, project, say)
    return ReadSlots(None if errors else alert, errors)


def _judge_slots(alert: Alert, project: Project, say: Say) -> dict[str, str]:
    """Judge the slots as ``check`` does; each field has a line of its own to be told by."""
    zone = time_zone(project.campaign.record.schedule.timezone)
    longest = dt.timedelta(minutes=float(rules()["CRS01"].params["minutes"]))
    if alert.ends <= alert.sent:
        return {"expires": say(NOT_AFTER)}
    if alert.ends - alert.sent > longest:
        return {"expires": say(TOO_LONG)}
    places = {name: (line, 1) for line, name in enumerate(ORDER, 1)}
    document = Document(path="", record=alert, digest="", places=written_places(places))
    found: dict[str, str] = {}
    for problem in check_alert(document, project):
        name = ORDER[problem.line - 1] if problem.line else "place"
        words = {
            "since": say(IN_FUTURE),
            "next_update": say(NEXT_LATE) % {"end": f"{alert.ends.astimezone(zone):%H:%M}"},
        }
        found.setdefault(name, words.get(name, say(GONE)))
    return found


def _one(sent: Sent, name: str) -> str:
    value = sent.get(name, "")
    return value if isinstance(value, str) else (value or [""])[0]


def _many(sent: Sent, name: str) -> list[str]:
    value = sent.get(name, [])
    return [one for one in ([value] if isinstance(value, str) else value) if one]


def write_alert(live: LiveCampaign, alert: Alert, before: str) -> str:
    """Write an alert as its file.

    Args:
        before: the file's text; empty for a new one.

    Returns:
        The text: comments stay, values that are as they were are not touched.
    """
    text = before
    if not text:
        text = new_file(
            live.root, "alert.yaml", **dict.fromkeys(("now", "soon", "end"), alert.sent.isoformat())
        )
    fresh = msgspec.json.decode(msgspec.json.encode(alert))
    del fresh["id"]
    known = values(text)
    for name, value in fresh.items():
        if value is None:
            if name in known:
                text = apply(text, Remove((name,)), ORDER)
        elif value_at(known, (name,)) != value:
            text = apply(text, SetField((name,), value), ORDER)
    return text


def propose_update(now: dt.datetime, zone: dt.tzinfo) -> str:
    """Propose when to speak again: the quarter of an hour that comes an hour from now."""
    soon = now + dt.timedelta(hours=1, minutes=14)
    soon = soon.astimezone(zone)
    return f"{soon.replace(minute=soon.minute // 15 * 15):%Y-%m-%dT%H:%M}"


def default_end(now: dt.datetime, zone: dt.tzinfo) -> str:
    """Say until when an alert holds that goes out ``now`` and names no end: wall time."""
    return f"{(now + DEFAULT_LIFE).astimezone(zone):%H:%M}"
