"""What the page of an alert shows."""

from __future__ import annotations

from typing import Any, NamedTuple

from markupsafe import Markup

from stopjihad.render.page.head import make_head
from stopjihad.render.page.kinds import UnfilledPage
from stopjihad.theme.job import PageJob
from stopjihad.theme.site import Site, prefix_of
from stopjihad.theme.theme import host_of
from stopjihad.view.records import AlertView


class AlertOnPage(NamedTuple):
    """Show an alert on its page.

    Attributes:
        alert: its words.
        headline: with the mark of an exercise.
        number: what to dial at its place, in digits alone; empty where that is not known.
        danger: the same as a sentence, or how to find one's own number.
        source: who answers for it, and when it was sent.
        numbers: its helplines.
        look: where checked news is, with a link.
    """

    alert: AlertView
    headline: str
    number: Markup
    danger: Markup
    source: str
    numbers: tuple[str, ...]
    look: Markup


def alert(site: Site, job: PageJob) -> UnfilledPage:
    """Make the page of the alerts that stand on everything; without one it says so.

    For some time it says what was taken away, when and why, in each language in which it was read.
    In a language in which an alert has no words it leads to those in which it has.
    """
    from stopjihad.view.alert_phrases import earlier_lines, holds, shown_past, tell_past

    frame = job.frame
    values: dict[str, Any] = {
        "alerts": tuple(_shown_alert(site, job, one) for one in frame.alerts),
        "unspoken": frame.unspoken,
        "past": tuple(tell_past(one, job.words, beside=holds(frame)) for one in shown_past(frame)),
        "earlier": earlier_lines(frame, job.words),
        "holding": site.holding,
        "headline": site.banner(),
        "danger": site.danger(),
        "root": prefix_of(job),
    }
    if frame.alerts:
        first: AlertOnPage = values["alerts"][0]
        head = make_head(job, first.headline, first.alert.update)
        return UnfilledPage("alert.html", head, values, "alert")
    said = "Current alert" if frame.unspoken else "There is no current alert."
    past = () if frame.unspoken else values["past"]
    told = past[0].line if past else site.speak_attribute(said)
    head = make_head(job, site.speak_attribute("Alert"), told, hidden=True)
    return UnfilledPage("alert.html", head, values, "alert")


def _shown_alert(site: Site, job: PageJob, alert: AlertView) -> AlertOnPage:
    from stopjihad.view.alert_phrases import frame_about, lines_of, mark_exercise, source

    frame = frame_about(job.frame, alert)
    return AlertOnPage(
        alert=alert,
        headline=mark_exercise(alert, job.words),
        number=site.number(frame),
        danger=site.danger(frame),
        source=source(alert, job.words, alert.sent),
        numbers=tuple(lines_of(alert, frame, job.words)),
        look=_link_address(alert.look, alert.official),
    )


def _link_address(text: str, address: str) -> Markup:
    """Write a text in which an address is spelled out, with the address as a link."""
    before, found, after = text.partition(address)
    if not found:
        return Markup("{}").format(text)
    link = Markup('<a href="{}"><bdi dir="ltr">{}</bdi></a>').format(address, host_of(address))
    return Markup("{}{}{}").format(before, link, after)
