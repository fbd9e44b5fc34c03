"""The team's sheets of notices: whom to call, which planned posts to stop, how exercises went."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence

from stopjihad.model import input_names
from stopjihad.model.alert import AlertFacts, DrillRow, later
from stopjihad.model.step import Step
from stopjihad.render.alert.words import NOTHING_HAPPENED, frame_of, marked, notice_of, say
from stopjihad.render.post.schedule import Post, plan_times
from stopjihad.render.steps import Decoded
from stopjihad.text.xml import content
from stopjihad.view.dates import moment_text
from stopjihad.view.opening import answers_at
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
ON_CALL = "On call:"
OPEN_NOW = "answers now"
CLOSED_NOW = "closed now"
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
    ON_CALL,
    OPEN_NOW,
    CLOSED_NOW,
    UPDATE,
    END,
)
"""What the call sheet says, in its order: messages of the team's catalogue."""


def render_pause(step: Step, decoded: Decoded) -> bytes:
    """List the planned posts to stop: those of a day, or of the whole time that the notice holds.

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
"""Least time after a notice was sent for which planned posts are listed."""


def _planned(facts: AlertFacts, decoded: Decoded) -> list[tuple[dt.datetime, Post]]:
    alert = facts.live.alert
    until = max(alert.ends, later(alert.sent, PAUSED))
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
        the source language. Every time of day is one of the campaign's time zone.
    """
    frame, words, facts = _of(step, decoded)
    params = dict(step.params)
    team = decoded.value(input_names.team_words(params.get("team") or params["lang"]))
    view, alert = notice_of(frame), facts.live.alert
    paused = str(len(_planned(facts, decoded)))
    number, tags = str(facts.live.number), ", ".join(facts.live.languages)
    update = moment_text(alert.next_update.astimezone(view.ends_at.tzinfo), params["lang"])
    gap, folder = "_" * 20, f"alert/{alert.id}"
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
    """Name all helplines, those of the country where it happened first: they are called first."""
    for line in sorted(frame.helplines, key=lambda line: line.country != frame.emergency_country):
        here = line.country == frame.emergency_country
        answers = answers_at(line.opening, sent, here=here)
        state = "" if answers is None else f"{say(team, OPEN_NOW if answers else CLOSED_NOW)}: "
        yield f"{line.country}  {line.known_as}  {line.printed}  ({state}{line.hours.value})"


def _of(step: Step, decoded: Decoded) -> tuple[Frame, dict[str, str], AlertFacts]:
    params = dict(step.params)
    return (
        frame_of(decoded, params["lang"], params["alert"]),
        decoded.value(input_names.words(params["lang"])),
        decoded.value(f"alert-facts/{params['alert']}"),
    )


DRILL_MARK = 90.0
"""Minutes within which a notice should be out."""

_WIDTH, _HEIGHT = 720, 320
_LEFT, _TOP, _BOTTOM = 56, 48, 64
_COLOURS = ("#0b6b5d", "#4f9d8f", "#a9d3ca")
"""Colours of the steps from draft to first approval, to second approval, to publication; they
differ in lightness, so that they can be told apart without colour."""


DRILL_TITLE = "Exercises: minutes until a notice was out"
DRILL_LEGEND = (
    "Dark to light: first approval, second approval, published. Seconds: the program alone. "
    "!: something failed."
)
DRILL_ROW = "%(day)s: %(minutes)s minutes"
DRILL_ALONE = "%(day)s: the program alone"
DRILL_NONE = "No exercise yet"

DRILL_WORDS = (DRILL_TITLE, DRILL_LEGEND, DRILL_ROW, DRILL_ALONE, DRILL_NONE)
"""What the chart says; message ids of the team's catalogue."""


def draw_chart(rows: Sequence[DrillRow], words: Mapping[str, str] = {}) -> bytes:
    """Draw one bar an exercise, first ones first, with the mark of 90 minutes.

    Args:
        rows: the exercises; at most the last 24 are drawn.
        words: team words by English message; English where they are missing.

    Returns:
        SVG in UTF-8, with a title and a description for people who cannot see it.
    """
    shown = rows[-24:]
    top = max((DRILL_MARK, *(row.minutes[-1] for row in shown if row.minutes))) * 1.1
    title = content(words.get(DRILL_TITLE) or DRILL_TITLE)
    legend = content(words.get(DRILL_LEGEND) or DRILL_LEGEND)
    y = _y(DRILL_MARK, top)
    return "\n".join(
        [
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
                f'width="{_WIDTH}" role="img" aria-labelledby="drills-title drills-told" '
                'font-family="sans-serif" font-size="12" fill="#14232b" direction="ltr">'
            ),
            f'<title id="drills-title">{title}</title>',
            f'<desc id="drills-told">{content(_told(shown, words))}</desc>',
            f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fbfaf7"/>',
            f'<text x="16" y="26" font-size="16" font-weight="700">{title}</text>',
            (
                f'<line x1="{_LEFT - 8}" x2="{_WIDTH - 8}" y1="{y:.1f}" y2="{y:.1f}" '
                'stroke="#14232b" stroke-dasharray="5 4"/>'
            ),
            f'<text x="16" y="{y - 4:.1f}">90</text>',
            *_bars(shown, top),
            f'<text x="16" y="{_HEIGHT - 14}">{legend}</text>',
            "</svg>\n",
        ]
    ).encode()


def _y(minutes: float, top: float) -> float:
    return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * minutes / top


def _bars(rows: Sequence[DrillRow], top: float) -> Iterator[str]:
    step = (_WIDTH - _LEFT - 16) / max(len(rows), 1)
    base = _HEIGHT - _BOTTOM
    for at, row in enumerate(rows):
        x = _LEFT + at * step + step * 0.15
        before = 0.0
        for colour, minutes in zip(_COLOURS, row.minutes, strict=False):
            high = max(_y(before, top) - _y(minutes, top), 0)
            yield (
                f'<rect x="{x:.1f}" y="{_y(minutes, top):.1f}" width="{step * 0.7:.1f}" '
                f'height="{high:.1f}" fill="{colour}"/>'
            )
            before = minutes
        said = f"{row.minutes[-1]:.0f}" if row.minutes else f"{row.seconds:.0f} s"
        y = _y(row.minutes[-1], top) - 5 if row.minutes else base - 5
        # The mark of 90 minutes may run behind it.
        halo = 'stroke="#fbfaf7" stroke-width="4" paint-order="stroke"'
        yield f'<text x="{x:.1f}" y="{y:.1f}" {halo}>{said}{" !" if row.failed else ""}</text>'
        yield f'<text x="{x:.1f}" y="{base + 16}">{content(row.on[5:10])}</text>'


def _told(rows: Sequence[DrillRow], words: Mapping[str, str]) -> str:
    """Say the chart in words."""

    def say(message: str, row: DrillRow) -> str:
        minutes = f"{row.minutes[-1]:.0f}" if row.minutes else ""
        return (words.get(message) or message) % {"day": row.on[:10], "minutes": minutes}

    said = [say(DRILL_ROW if row.minutes else DRILL_ALONE, row) for row in rows]
    return "; ".join(said) or words.get(DRILL_NONE) or DRILL_NONE
