"""The team's sheets of alerts: whom to call, which planned posts to stop."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Mapping

from stopjihad.catalog.timezones import clocks_of
from stopjihad.model import input_names
from stopjihad.model.alert import AlertFacts, later
from stopjihad.model.step import Step
from stopjihad.plan.calendar import Post, plan_repeats, plan_times
from stopjihad.plan.decoded import StepInputs
from stopjihad.view.alert_paper_phrases import (
    CLOSED_NOW,
    CONFIRMED,
    DRAFTS,
    END,
    HELPLINES,
    LANGUAGES,
    ON_CALL,
    OPEN_NOW,
    PARTNERS,
    POSTS,
    SENT,
    SITE,
    SPEAKERS,
    STILL_SO,
    TITLE,
    UPDATE,
)
from stopjihad.view.alert_phrases import NOTHING_HAPPENED, first_alert, mark_exercise, say
from stopjihad.view.dates import moment_text
from stopjihad.view.opening import answers_at
from stopjihad.view.records import Frame


def render_pause(step: Step, decoded: StepInputs) -> bytes:
    """List the planned posts to stop: those of a day, or of the whole time that the alert holds.

    Returns:
        CSV in UTF-8, first posts first; its first row says what the list is for.
    """
    frame, words, facts = _of(step, decoded)
    view = first_alert(frame)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([mark_exercise(view, words)])
    writer.writerow(["when", "platform", "language", "talking point", "while the alert holds"])
    for when, post in _planned_posts(facts, decoded):
        holds = "yes" if when < facts.live.alert.ends else "no"
        writer.writerow([when.isoformat(), post.platform, post.language, post.point, holds])
    return out.getvalue().encode()


PAUSED = dt.timedelta(hours=24)
"""Least time after an alert was sent for which planned posts are listed."""


def _planned_posts(facts: AlertFacts, decoded: StepInputs) -> list[tuple[dt.datetime, Post]]:
    alert = facts.live.alert
    until = max(alert.ends, later(alert.sent, PAUSED))
    posts = [Post(one.platform, one.language, one.point) for one in facts.posts]
    timing = decoded.value("timing")
    times = plan_times(posts, timing)
    every = [(when, post) for post, when in times.items()]
    every += [(when, post) for post, own in plan_repeats(times, timing).items() for when in own]
    return sorted((when, post) for when, post in every if alert.sent <= when < until)


def render_call_sheet(step: Step, decoded: StepInputs) -> bytes:
    """Write whom the team calls, in which order, with what to say: one page to print.

    Args:
        step: names the facts and the timing; its ``team``, where it has one, is the language of who
            reads it, else that of the alert's words counts, as for the report.

    Returns:
        UTF-8 text in the team's language, in English where that has no words; the headline is in
        the source language. Every time of day is one of the campaign's time zone.
    """
    frame, words, facts = _of(step, decoded)
    params = dict(step.params)
    team = decoded.value(input_names.team_words(params.get("team") or params["lang"]))
    view, alert = first_alert(frame), facts.live.alert
    paused = str(len(_planned_posts(facts, decoded)))
    number, tags = str(facts.live.number), ", ".join(facts.live.languages)
    update = moment_text(alert.next_update.astimezone(view.ends_at.tzinfo), params["lang"])
    gap, folder = "_" * 20, f"alert/{alert.id}"
    told = say(team, CONFIRMED, authority=view.authority, official=view.official)
    lines = [
        mark_exercise(view, words),
        *([say(words, NOTHING_HAPPENED)] if view.exercise else []),
        "",
        say(team, TITLE, id=alert.id, number=number),
        say(team, SENT, sent=view.sent, until=view.until),
        say(team, LANGUAGES, languages=tags),
        "",
        f"[ ] 1. {told}",
        *([f"       {facts.phone}"] if facts.phone else []),
        f"       {say(team, STILL_SO)}",
        f"[ ] 2. {say(team, POSTS, count=paused, file=f'{folder}/pause.csv')}",
        f"[ ] 3. {say(team, SITE)}",
        f"[ ] 4. {say(team, DRAFTS, folder=f'{folder}/<language>/')}",
        f"[ ] 5. {say(team, HELPLINES)}",
        *(f"       {text}" for text in _every_line(frame, view.sent_at, team)),
        f"[ ] 6. {say(team, SPEAKERS)}",
        *(f"       {name}" for name in facts.messengers),
        f"[ ] 7. {say(team, PARTNERS, contact=facts.contact)}",
        f"[ ] 8. {say(team, UPDATE, moment=update, gap=gap)}",
        f"[ ] 9. {say(team, END, moment=view.until, gap=gap)}",
        f"       stopjihad alert end {alert.id} --why over --by NAME",
        *(["", say(team, ON_CALL)] if facts.on_call else []),
        *(f"       {'  '.join(filter(None, one))}" for one in facts.on_call),
        "",
    ]
    return "\n".join(lines).encode()


def _every_line(frame: Frame, sent: dt.datetime, team: Mapping[str, str]) -> Iterator[str]:
    """Name all helplines, those of the country where it happened first: they are called first.

    Whether one answers is judged by the clock of its own country; where that has several, by the
    campaign's for the country where it happened, and not at all for others.
    """
    for line in sorted(frame.helplines, key=lambda line: line.country != frame.emergency_country):
        clocks = tuple(clocks_of(line.country, sent).values())
        own = sent.astimezone(clocks[0]) if len(clocks) == 1 else sent
        known = len(clocks) == 1 or line.country == frame.emergency_country
        answers = answers_at(line.opening, own, same_clock=known)
        state = "" if answers is None else f"{say(team, OPEN_NOW if answers else CLOSED_NOW)}: "
        yield f"{line.country}  {line.known_as}  {line.printed}  ({state}{line.hours.value})"


def _of(step: Step, decoded: StepInputs) -> tuple[Frame, dict[str, str], AlertFacts]:
    params = dict(step.params)
    return (
        decoded.alert_frame(params["lang"], params["alert"]),
        decoded.value(input_names.words(params["lang"])),
        decoded.value(f"alert-facts/{params['alert']}"),
    )
