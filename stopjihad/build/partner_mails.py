"""Write the mails to all partners who have a talking point that was wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from stopjihad.build.check.survey import CheckedCampaign
from stopjihad.model.options import words_for
from stopjihad.model.partner import Partner
from stopjihad.model.project import Project
from stopjihad.plan.editions import Edition, make_editions, remembered_points
from stopjihad.plan.mistakes import Mistake, known_mistakes, view_mistakes
from stopjihad.view.localization import make_frame
from stopjihad.view.notation import native, typeset_all
from stopjihad.view.partner_mail import MailLanguage, PartnerMail, write_mail
from stopjihad.view.records import MistakeView


def partner_mails(found: CheckedCampaign, point: str) -> tuple[PartnerMail, ...]:
    """Write to each partner who has a talking point what was wrong with it last.

    Args:
        found: the campaign; what else is wrong with it does not matter here.

    Returns:
        Mails in the order of the partners' ids; none where nothing was wrong with it.
    """
    project = found.project
    if project is None:
        return ()
    known = [
        one for one in known_mistakes(project, remembered_points(project)) if one.point == point
    ]
    if not known:
        return ()
    mistake = known[-1]
    wanted = [
        one.record
        for one in project.partners
        if not one.record.points or mistake.point in one.record.points
    ]
    campaign = project.campaign.record
    tags = {tag for one in wanted for tag in one.languages if tag in campaign.languages}
    editions = {one.lang: one for one in make_editions(project, sorted(tags))}
    return tuple(_mails(project, wanted, mistake, editions, found.shared.words))


def _mails(
    project: Project,
    wanted: list[Partner],
    mistake: Mistake,
    editions: Mapping[str, Edition],
    words: Mapping[str, Mapping[str, str]],
) -> Iterator[PartnerMail]:
    told = {}
    for lang, edition in editions.items():
        frame = make_frame(project, edition.resolver)
        view = native(typeset_all(_view(project, mistake, edition)), frame.digits, lang)
        told[lang] = MailLanguage(frame, words_for(lang, words), view)
    for partner in wanted:
        own = [told[tag] for tag in partner.languages if tag in told]
        if own:
            yield write_mail(partner, own)


def _view(project: Project, mistake: Mistake, edition: Edition) -> MistakeView:
    (view,) = view_mistakes(project, edition.resolver, (mistake,))
    if view.withdrawn or edition.shows(view.id):
        return view
    # What the language does not say yet is said in no other one: a partner would post it.
    return msgspec.structs.replace(view, said=None)
