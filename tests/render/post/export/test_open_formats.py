from __future__ import annotations

import datetime as dt

from icalendar import Calendar
from msgspec.structs import replace
from stopjihad.render.post.export.formats import export

from render.post.export.samples import entries, job, many


def events(data: bytes):
    return Calendar.from_ical(data).walk("VEVENT")


def test_a_calendar_read_back_equals_the_drafts():
    data = export("ics", job()).files["stop-jihadism.ics"]
    found = {str(event["UID"]): event for event in events(data)}
    assert len(found) == len(entries())
    for draft in entries():
        event = found[f"{draft.point}-{draft.language}-{draft.platform}@stop-jihadism"]
        assert event.start == dt.datetime.fromisoformat(draft.scheduled)
        assert str(event["DESCRIPTION"]).split("\n---\n") == [part.text for part in draft.parts]
        assert str(event["URL"]) == draft.link
        assert str(event["STATUS"]) == ("TENTATIVE" if draft.language == "ar" else "CONFIRMED")


def test_the_same_drafts_give_the_same_bytes():
    assert export("ics", job()).files == export("ics", job()).files


def test_lines_are_folded_and_end_as_the_standard_says():
    data = export("ics", job()).files["stop-jihadism.ics"]
    lines = data.split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_a_draft_without_a_time_is_left_out():
    [one] = many(1)
    made = export("ics", job((replace(one, scheduled=None),)))
    assert made.files == {}
    assert made.left_out[0].reason == "no time is set"
