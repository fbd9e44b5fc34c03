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
from stopjihad.view.records import Frame

TITLE = "CALL SHEET  %(id)s, message %(number)s"
SENT = "sent %(sent)s   holds until %(until)s"
LANGUAGES = "languages: %(languages)s"
CONFIRMED = "Who confirmed it: %(authority)s, %(official)s"
STILL_SO = "Is it still so? Read the headline aloud to them."
POSTS = "Planned posts: %(count)s to stop (%(file)s), on each platform by hand."
SITE = "The site is uploaded; a second person has looked at it on a phone."
DRAFTS = "Drafts are posted (%(folder)s), messengers first: WhatsApp, Telegram, SMS."
HELPLINES = "Helplines, so that they expect calls:"
SPEAKERS = "Those who speak for the campaign; nobody speaks of names, motives or numbers:"
PARTNERS = "Partners who show our feed or notice; mistakes go to %(contact)s."
UPDATE = "Who sends the update before %(moment)s: %(gap)s"
END = "Who takes it away at %(moment)s: %(gap)s"

SHEET_WORDS = (
    TITLE,
    SENT,
    LANGUAGES,
    CONFIRMED,
    STILL_SO,
    POSTS,
    SITE,
    DRAFTS,
    HELPLINES,
    SPEAKERS,
    PARTNERS,
    UPDATE,
    END,
)
"""What the call sheet says, in its order: messages of the team's catalogue."""


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
    told = say(team, CONFIRMED, authority=view.authority, official=view.official)
    lines = [
        marked(view, words),
        *([say(words, NOTHING_HAPPENED)] if view.exercise else []),
        "",
        say(team, TITLE, id=alert.id, number=number),
        say(team, SENT, sent=view.sent, until=view.until),
        say(team, LANGUAGES, languages=tags),
        "",
        f"[ ] 1. {told}",
        f"       {say(team, STILL_SO)}",
        f"[ ] 2. {say(team, POSTS, count=paused, file='alert/pause.csv')}",
        f"[ ] 3. {say(team, SITE)}",
        f"[ ] 4. {say(team, DRAFTS, folder='alert/<language>/')}",
        f"[ ] 5. {say(team, HELPLINES)}",
        *(f"       {text}" for text in _every_line(frame)),
        f"[ ] 6. {say(team, SPEAKERS)}",
        *(f"       {name}" for name in facts.messengers),
        f"[ ] 7. {say(team, PARTNERS, contact=facts.contact)}",
        f"[ ] 8. {say(team, UPDATE, moment=update, gap=gap)}",
        f"[ ] 9. {say(team, END, moment=ends, gap=gap)}",
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
