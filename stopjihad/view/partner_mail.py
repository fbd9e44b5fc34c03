"""Write to a partner what was wrong: what to take down, and what to say instead.

The program drafts the mail, people send it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from email.message import EmailMessage
from email.policy import SMTP
from typing import NamedTuple

from stopjihad.model.partner import Partner
from stopjihad.view.alert_phrases import say
from stopjihad.view.dates import day_text
from stopjihad.view.page_address import absolute
from stopjihad.view.records import Frame, MistakeView

SUBJECT = "Please correct what you have posted"
HELLO = "Hello %(name)s,"
WRONG = (
    "Something in the kit that you have from us was wrong. "
    "Please take it down where you have posted it."
)
FILES = "In your kit that is every file whose name begins with %(name)s."
INSTEAD = "Please say this instead:"
NEWER = "Your kit, as it is now:"
THANKS = "Thank you, and please forgive us the trouble. If you have questions, answer this mail."
NOTHING = (
    "Please do not pass on its text, pictures or films any more, "
    "and take down what you have posted."
)
BEFORE, CORRECTED, WITHDRAWN = "Before, it said:", "Corrected on %(day)s.", "Withdrawn on %(day)s."

WORDS = (SUBJECT, HELLO, WRONG, FILES, INSTEAD, NEWER, THANKS)
"""Theme messages that are said here alone."""

RULE = "\n\n----\n\n"
"""Stands between the languages of one mail."""


_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


class PartnerMail(NamedTuple):
    """A mail to a partner: whom to write to, what it is about, and what it says."""

    partner: str
    name: str
    contact: str
    subject: str
    text: str

    def as_file(self) -> bytes:
        """Write it as mail programs open a draft (RFC 5322): they add from whom and when.

        A contact that is no address of e-mail stands above the text: somebody calls there.
        """
        message = EmailMessage(policy=SMTP)
        message["Subject"] = self.subject
        message["X-Unsent"] = "1"
        text = self.text
        if _ADDRESS.fullmatch(self.contact):
            message["To"] = self.contact
        else:
            text = f"{' '.join(self.contact.split())}\n\n{text}"
        message.set_content(text, cte="base64")
        return bytes(message)


class MailLanguage(NamedTuple):
    """What a mail needs of a language: its frame, the theme's words in it, what was wrong."""

    frame: Frame
    words: Mapping[str, str]
    mistake: MistakeView


def write_mail(partner: Partner, languages: Iterable[MailLanguage]) -> PartnerMail:
    """Write to a partner in each of their languages, in their order."""
    every = tuple(languages)
    said = RULE.join("\n\n".join(_paragraphs(partner, one)) for one in every)
    subject = say(every[0].words, SUBJECT)
    return PartnerMail(partner.id, partner.name, partner.contact, subject, f"{said}\n")


def _paragraphs(partner: Partner, one: MailLanguage) -> Iterator[str]:
    frame, words, told = one
    lang = frame.lang
    yield say(words, HELLO, name=partner.name)
    yield say(words, WRONG)
    day = day_text(told.day, lang, frame.digits) if told.day else ""
    since = say(words, WITHDRAWN if told.withdrawn else CORRECTED, day=day) if day else ""
    why = " ".join(filter(None, (since, told.why.value if told.why else "")))
    if why:
        yield why
    if told.was:
        yield f"{say(words, BEFORE)} {told.was.value}"
    yield say(words, FILES, name=f"{told.id}-{lang}")
    if told.withdrawn or told.said is None:
        yield say(words, NOTHING)
    else:
        yield f"{say(words, INSTEAD)}\n{told.said.value}"
    yield absolute(frame.base_url, f"{lang}/points/{told.id}/index.html")
    yield f"{say(words, NEWER)}\n{absolute(frame.base_url, f'{lang}/kit/index.html')}"
    yield say(words, THANKS)
    yield frame.sponsor.value
