"""The team's sheets of a notice: whom to call, and which planned posts to stop."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator

from stopjihad.model import input_names
from stopjihad.model.alert import AlertFacts
from stopjihad.model.step import Step
from stopjihad.render.alert.words import NOTHING_HAPPENED, marked, notice_of, say
from stopjihad.render.decode import Decoded
from stopjihad.render.post.schedule import Post, plan_times
from stopjihad.render.team import words as w
from stopjihad.view.records import Frame


def render_pause(step: Step, decoded: Decoded) -> bytes:
    """List the planned posts to stop: those while the notice holds, and of a day at least.

    Args:
        step: names the facts and the timing.
        decoded: the values of its inputs.

    Returns:
        CSV in UTF-8, first posts first; its first row says what the list is for.
    """
    frame, words, facts = _of(step, decoded)
    view = notice_of(frame)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([marked(view, words)])
    writer.writerow(["when", "platform", "language", "talking point", "while the notice holds"])
    for when, post in _planned(facts, decoded):
        holds = "yes" if when < facts.live.alert.ends else "no"
        writer.writerow([when.isoformat(), post.platform, post.language, post.point, holds])
    return out.getvalue().encode()


PAUSED = dt.timedelta(hours=24)
"""How long after a notice was sent planned posts are listed at least."""


def _planned(facts: AlertFacts, decoded: Decoded) -> list[tuple[dt.datetime, Post]]:
    alert = facts.live.alert
    until = max(alert.ends, alert.sent + PAUSED)
    posts = [Post(one.platform, one.language, one.point) for one in facts.posts]
    times = plan_times(posts, decoded.value("timing"))
    found = [(when, post) for post, when in times.items() if alert.sent <= when < until]
    return sorted(found)


def render_call_sheet(step: Step, decoded: Decoded) -> bytes:
    """Write whom the team calls, in which order, with what to say: one page to print.

    Args:
        step: names the facts and the timing; its ``team``, where it has one, is the language of who
            reads it, else that of the notice's words counts, as for the report.
        decoded: the values of its inputs.

    Returns:
        UTF-8 text in the team's language, in English where that has no words; the headline is in
        the source language.
    """
    frame, words, facts = _of(step, decoded)
    params = dict(step.params)
    team = decoded.value(input_names.team_words(params.get("team") or params["lang"]))
    view, alert = notice_of(frame), facts.live.alert
    paused = str(len(_planned(facts, decoded)))
    number, tags = str(facts.live.number), ", ".join(facts.live.languages)
    update, ends = alert.next_update.isoformat(), alert.ends.isoformat()
    gap = "_" * 20
    told = say(team, w.CONFIRMED, authority=view.authority, official=view.official)
    lines = [
        marked(view, words),
        *([say(words, NOTHING_HAPPENED)] if view.exercise else []),
        "",
        say(team, w.TITLE, id=alert.id, number=number),
        say(team, w.SENT, sent=view.sent, until=view.until),
        say(team, w.LANGUAGES, languages=tags),
        "",
        f"[ ] 1. {told}",
        f"       {say(team, w.STILL_SO)}",
        f"[ ] 2. {say(team, w.POSTS, count=paused, file='alert/pause.csv')}",
        f"[ ] 3. {say(team, w.SITE)}",
        f"[ ] 4. {say(team, w.DRAFTS, folder='alert/<language>/')}",
        f"[ ] 5. {say(team, w.HELPLINES)}",
        *(f"       {text}" for text in _every_line(frame)),
        f"[ ] 6. {say(team, w.SPEAKERS)}",
        *(f"       {name}" for name in facts.messengers),
        f"[ ] 7. {say(team, w.PARTNERS, contact=facts.contact)}",
        f"[ ] 8. {say(team, w.UPDATE, moment=update, gap=gap)}",
        f"[ ] 9. {say(team, w.END, moment=ends, gap=gap)}",
        f"       stopjihad alert end {alert.id} --by NAME",
        "",
    ]
    return "\n".join(lines).encode()


def _every_line(frame: Frame) -> Iterator[str]:
    for line in frame.helplines:
        yield f"{line.country}  {line.known_as}  {line.printed}  ({line.hours.value})"


def _of(step: Step, decoded: Decoded) -> tuple[Frame, dict[str, str], AlertFacts]:
    lang = dict(step.params)["lang"]
    return (
        decoded.value(input_names.frame(lang)),
        decoded.value(input_names.words(lang)),
        decoded.value("alert-facts"),
    )
