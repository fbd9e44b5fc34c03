"""Judge the words with which lines of a ledger sent alerts out: a line may be a stranger's."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from stopjihad.check.rules.alerts import alert_judge
from stopjihad.model import contexts
from stopjihad.model.project import Project
from stopjihad.model.review import Review
from stopjihad.review.alert_lines import FILLED_IN, read_lines
from stopjihad.review.alert_steps import SENDS, alert_of
from stopjihad.text.cap import MARKUP
from stopjihad.text.unicode.bidi_controls import order_fault
from stopjihad.text.web.addresses import web_links
from stopjihad.text.web.links import bare_hashtags, bare_names
from stopjihad.view.source_segments import template_fields


def unfit_lines(project: Project) -> dict[str, str]:
    """Find lines of the ledger that sent out what no alert may say.

    Words of a template and of its translations are judged where they stand. Others are those of a
    template of before, or of a line that no program of ours wrote.

    Returns:
        Digest of the words of each line to what is wrong with them, for people.
    """
    sent = [one for one in project.reviews if one.kind == "alert" and one.step in SENDS]
    if not sent:
        return {}
    known = {text for one in project.alert_templates for _, text in template_fields(one.record)}
    prefix = contexts.alert("", "").partition("/")[0] + "/"  # of every template
    for file in project.translations:
        known.update(m.translation for m in file.messages if m.context.startswith(prefix))
    incidents = {one.record.id: one.record.incident for one in project.alert_templates}
    by_authority = project.campaign.record.sponsor.kind == "authority"
    found: dict[str, str] = {}
    for line in sent:
        alert = alert_of(line)
        incident = incidents.get(alert.template if alert else "", "attack-over")
        for (language, field), text in read_lines(line.words).items():
            shown = language and not field.startswith(FILLED_IN)  # names come from campaign.yaml
            if shown and text not in known and line.digest not in found:
                fault = _fault(language.partition("-")[0], incident, text, by_authority)
                if fault:
                    found[line.digest] = f"{language}: {fault}"
    return found


def sound_lines(reviews: Collection[Review], unfit: Collection[str]) -> tuple[Review, ...]:
    """Leave lines out that sent out what no alert may say; those that take back count always."""
    return tuple(one for one in reviews if one.takes_back or one.digest not in unfit)


@lru_cache(maxsize=4096)
def _fault(primary: str, incident: str, text: str, by_authority: bool) -> str:  # noqa: FBT001
    turned = order_fault(text)
    if turned:
        return turned
    marks = [found[0] for found in MARKUP.finditer(text)]
    marks += (text[start:end] for start, end in web_links(text))
    marks += (*bare_names(text), *bare_hashtags(text))
    if marks:
        return f"'{marks[0][:40]}'"
    judge = alert_judge(primary)
    hit = next(judge.hits(text, incident, by_authority=by_authority), None) if judge else None
    return f"'{hit.words[:60]}' (frame '{hit.frame}')" if hit else ""
