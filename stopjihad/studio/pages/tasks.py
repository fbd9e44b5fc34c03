"""What is next on Home: the most urgent first, for whoever looks or for the team."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from stopjihad.catalog.languages import autonym
from stopjihad.model.project import Project
from stopjihad.studio.answers import newest_project
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.pages.board import states
from stopjihad.studio.pages.colleagues import count_unsent
from stopjihad.studio.pages.languages import LanguageRow
from stopjihad.studio.pages.publishing import barriers
from stopjihad.studio.waiting import waiting_sheets
from stopjihad.studio.words import Say, mark_translatable
from stopjihad.text.unicode.script import direction


class Task(NamedTuple):
    """Offer one thing to do next: a sentence, where it is done, and how urgent it is."""

    words: str
    address: str
    kind: str


class WaitingLanguage(NamedTuple):
    """Say what waits for whom in one language.

    Attributes:
        tag: BCP 47 tag.
        name: of the language, in itself.
        direction: ``ltr`` or ``rtl``.
        behind: texts that wait for a translator.
        texts: texts that wait for an approval.
        wholes: talking points, pages … that these texts are of.
        sentences: sentences about a faith or a people that wait for a reader.
    """

    tag: str
    name: str
    direction: str
    behind: int
    texts: int
    wholes: int
    sentences: int


MEND = mark_translatable("Mend what stops the build")
STALE = mark_translatable("Bring %(language)s up to date (texts: %(count)s)")
STALE_MORE = mark_translatable("Bring other languages up to date (%(count)s)")
READ = mark_translatable("Have sentences read in %(language)s (%(count)s)")
READ_MORE = mark_translatable("Have sentences read in other languages (%(count)s)")
APPROVE = mark_translatable("Have %(language)s approved (texts: %(count)s)")
APPROVE_MORE = mark_translatable("Have other languages approved (%(count)s)")
CHECK = mark_translatable("Check helplines again (%(count)s)")
CALL = mark_translatable("Call the helplines that nobody has called (%(count)s)")
COVER = mark_translatable("Answer a pull factor that nothing answers yet: %(factor)s")
SEND = mark_translatable("Send colleagues what they do not have yet (%(count)s)")
BUILD = mark_translatable("Build the site: nothing stops you")
SHARE = mark_translatable("Export the drafts and upload the site: nothing stops you")
SHARE_SITE = mark_translatable("Upload the site; its drafts can be exported once they are approved")

NAMED = 3
"""Languages that are named one by one among what is next; the others become one line."""


class HelplineCounts(NamedTuple):
    """Count helplines that are overdue, those that nobody has called, and places without one."""

    late: int
    uncalled: int
    missing: int


def waiting_languages(
    live: LiveCampaign, languages: Sequence[LanguageRow], name: str = ""
) -> tuple[WaitingLanguage, ...]:
    """Say what waits for whom, the source language first, languages with nothing left out.

    Args:
        name: of the person who looks: what they have signed does not wait for them.
    """
    project: Project = newest_project(live)
    campaign = project.campaign.record
    sheets = live.get_or_make(f"waiting {name}", lambda: waiting_sheets(project, name))
    behind = {row.tag: row.number("stale") + row.number("untranslated") for row in languages}
    order = sorted(campaign.languages, key=lambda tag: tag != campaign.source_language)
    found = []
    for tag in order:
        own = [sheet for sheet in sheets if sheet.language == tag]
        row = WaitingLanguage(
            tag=tag,
            name=autonym(tag),
            direction=direction(tag),
            behind=behind.get(tag, 0),
            texts=sum(sheet.texts for sheet in own),
            wholes=sum(sheet.texts > 0 for sheet in own),
            sentences=sum(sheet.sentences for sheet in own),
        )
        if row.behind or row.texts or row.sentences:
            found.append(row)
    return tuple(found)


def next_tasks(
    live: LiveCampaign,
    waiting: Sequence[WaitingLanguage],
    helplines: HelplineCounts,
    uncovered: Sequence[str],
    say: Say,
    *,
    built: bool,
) -> Iterator[Task]:
    """List what is to be done, the most urgent first.

    Args:
        uncovered: names of pull factors that nothing answers.
        built: whether there is a site that could be uploaded.
    """
    base = f"/c/{live.slug}"
    review = f"{base}/review?language="
    errors = live.count("error")
    if errors:
        yield Task(say(MEND), f"{base}/problems", "bad")
    if helplines.late:
        yield Task(say(CHECK) % {"count": helplines.late}, f"{base}/campaign/lines", "warn")
    if helplines.uncalled:
        yield Task(say(CALL) % {"count": helplines.uncalled}, f"{base}/campaign/lines", "warn")
    behind = [(row, row.behind) for row in waiting]
    yield from _tasks_of(behind, (say(STALE), say(STALE_MORE)), f"{base}/translate/", "warn")
    # What is signed in the source language decides what the others may publish: it comes first.
    read, approve = (say(READ), say(READ_MORE)), (say(APPROVE), say(APPROVE_MORE))
    yield from _tasks_of([(row, row.sentences) for row in waiting], read, review, "warn")
    yield from _tasks_of([(row, row.texts) for row in waiting], approve, review, "")
    unsent = count_unsent(live)
    if unsent:
        yield Task(say(SEND) % {"count": unsent}, f"{base}/colleagues", "")
    for name in uncovered[:2]:
        yield Task(say(COVER) % {"factor": name}, f"{base}/points", "")
    if not errors:
        yield from _last_tasks(live, say, built=built)


def _last_tasks(live: LiveCampaign, say: Say, *, built: bool) -> Iterator[Task]:
    """Offer what goes out; where something stops it, that instead."""
    base = f"/c/{live.slug}"
    if not built:
        yield Task(say(BUILD), f"{base}/publish#build", "good")
        return
    stops = [one for one in barriers(live, say) if one.stops]
    yield from (Task(one.words, one.address, "warn") for one in stops)
    if not stops:
        approved = "review" not in states(live).values()
        yield Task(say(SHARE if approved else SHARE_SITE), f"{base}/publish", "good")


def _tasks_of(
    numbers: Sequence[tuple[WaitingLanguage, int]], words: tuple[str, str], address: str, kind: str
) -> Iterator[Task]:
    """Offer what each language needs."""
    left = [(row, number) for row, number in numbers if number]
    for row, number in left[:NAMED]:
        yield Task(words[0] % {"language": row.name, "count": number}, f"{address}{row.tag}", kind)
    if len(left) > NAMED:
        said = words[1] % {"count": len(left) - NAMED}
        yield Task(said, address.partition("?")[0].rstrip("/"), kind)
