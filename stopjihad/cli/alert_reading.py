"""``stopjihad alert show``: the words of an alert, each language beside its source."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from stopjihad.cli import common, console, reviewer
from stopjihad.problem import ProblemsFound

if TYPE_CHECKING:
    from stopjihad.build.alert_sheet import LanguageWords, ShownAlert

PARTS = {
    "headline": "headline",
    "exercise": "exercise",
    "action": "do now",
    "confirmed": "confirmed",
    "call": "whom to call",
    "unknown": "not known yet",
    "empathy": "empathy",
    "update": "next update",
    "look": "checked news",
    "until": "holds until",
}
"""Parts of an alert as a terminal names them."""


@click.command("show")
@click.argument("name", metavar="ID")
@common.language_option("-l")
@reviewer.options_place
def show(ctx: click.Context, name: str, style: str, **chosen: Any) -> None:
    r"""Print what an alert says, its slots filled, each language beside its source.

    Also where it stands, who approved exactly these words, and which languages are left out. Read
    it before you approve.

    \b
    Example:
      stopjihad alert show lyon
      stopjihad alert show lyon --language fr,ar
    """
    from stopjihad.build.alert_sheet import shared_words, show_alert
    from stopjihad.build.prepared_alert import alert_named, examine

    wanted: tuple[str, ...] = chosen["languages"]
    root, inputs = reviewer.read_alert(ctx, chosen["campaign"], style, name)
    project = inputs.project
    for tag in wanted:
        reviewer.check_language(project, tag)
    try:
        prepared = examine(project, alert_named(project, name))
    except ProblemsFound as found:
        console.fail(found.problems, style, root)
    shared = shared_words(root, project.campaign.record.id)
    shown = show_alert(project, prepared, shared, common.now())
    if style == "json":
        console.print_json(shown)
        return
    home = project.campaign.record.source_language
    for line in _lines(shown, home, wanted):
        click.echo(line)


def _lines(shown: ShownAlert, home: str, wanted: tuple[str, ...]) -> Iterator[str]:
    kind = "exercise, " if shown.exercise else ""
    yield f"{shown.id}: {kind}{_state(shown)}, {len(shown.languages)} languages"
    if shown.undecided:
        yield "  sent twice by people who did not know of each other: neither is shown"
    if shown.alone:
        yield "  sent by {} alone: {}".format(*shown.alone)
    for name in shown.approved:
        where = ", by a file, not at the machine" if name in shown.by_file else ""
        yield f"  approved by {name}{where}"
    for name in shown.refused:
        yield f"  {name} said no"
    if shown.changed:
        yield f"  changed since somebody approved it: {shown.changed}"
    for one in shown.languages:
        if not wanted or one.tag in wanted:
            yield ""
            yield from _language(one, home)
    if shown.left_out:
        yield ""
    for tag, reason in shown.left_out.items():
        yield f"left out: {tag} ({reason})"


def _state(shown: ShownAlert) -> str:
    """Say where an alert stands; of one that was changed while readers see it, both."""
    if not shown.message or shown.state in {"published", "updated"}:
        return shown.state
    return f"message {shown.message} is live; the update below is {shown.state}"


def _language(one: LanguageWords, home: str) -> Iterator[str]:
    from stopjihad.text.unicode.bidi_controls import isolate

    yield f"{one.tag}  {isolate(one.name)}"
    for said in one.words:
        yield f"  {PARTS[said.part]}"
        if said.source and one.tag != home:
            yield from _wrap_sentence(said.source, home)
        yield from _wrap_sentence(said.text, one.tag)


def _wrap_sentence(text: str, tag: str) -> Iterator[str]:
    """Break a sentence for a terminal; each line is isolated, or its marks would wander."""
    from stopjihad.text.unicode.bidi_controls import isolate
    from stopjihad.text.unicode.script import direction

    width = shutil.get_terminal_size().columns - 8 if sys.stdout.isatty() else len(text)
    for number, line in enumerate(textwrap.wrap(text, max(width, 20), break_long_words=False)):
        yield f"    {'' if number else tag:<4}{isolate(line, direction(tag))}"
