"""What to say first to a helpline that answers in another language than one's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from stopjihad.catalog.languages import language_name

FIRST_WORDS = {
    "da": "Hej. Jeg taler ikke godt dansk. Er der nogen, der taler %(language)s?",
    "de": "Guten Tag. Ich spreche nicht gut Deutsch. Spricht bei Ihnen jemand %(language)s?",
    "en": "Hello. I do not speak English well. Does anybody there speak %(language)s?",
    "fr": "Bonjour. Je ne parle pas bien français. Est-ce que quelqu’un parle %(language)s\u202f?",
    "nl": "Hallo. Ik spreek niet goed Nederlands. Spreekt er iemand %(language)s?",
    "sv": "Hej. Jag talar inte så bra svenska. Finns det någon som talar %(language)s?",
}
"""By language of whoever answers: plain sentences that one can read aloud without knowing it."""

PRONUNCIATIONS = {
    ("fr", "ar"): "بونجور. جو نو بارل با بيان فرانسيه. إسكو كيلكان بارل أراب؟",
    ("fr", "bn"): "বোঁজুর। জ্য ন্য পার্ল পা বিয়াঁ ফ্রঁসে। এস ক্য কেলকাঁ পার্ল বেঙ্গালি?",
    ("fr", "ps"): "بونژور. ژو نه پارل پا بیان فرانسې. اېس کې کېلکان پارل پاشتو؟",
    ("fr", "ru"): "Бонжур. Жё нё парль па бьен франсэ. Эс кё келькён парль рюс?",
    ("fr", "ur"): "بونژور۔ ژو نہ پارل پا بیاں فرانسے۔ ایس کہ کیلکاں پارل اوردو؟",
}
"""How that sentence sounds, in letters of the caller: by language of who answers, and their own."""


class UrgentSentence(NamedTuple):
    """What a parent says when there is no time to find somebody who speaks their language.

    Attributes:
        meaning: in English, a message of the theme.
        said: by language of whoever answers, as `FIRST_WORDS`.
        sounds: in letters of the caller, as `PRONUNCIATIONS`.
    """

    meaning: str
    said: Mapping[str, str]
    sounds: Mapping[tuple[str, str], str]


MISSING = UrgentSentence(
    "My child is missing.",
    {
        "da": "Mit barn er forsvundet.",
        "de": "Mein Kind ist verschwunden.",
        "en": "My child is missing.",
        "fr": "Mon enfant a disparu.",
        "nl": "Mijn kind is verdwenen.",
        "sv": "Mitt barn har försvunnit.",
    },
    {
        ("fr", "ar"): "مون نانفان أ ديسبارو.",
        ("fr", "bn"): "মোঁ নঁফঁ আ দিস্পারু।",
        ("fr", "ps"): "مون نانفان ا ديسپارو.",
        ("fr", "ru"): "Мон нанфан а диспарю.",
        ("fr", "ur"): "موں نانفاں آ دسپاریو۔",
    },
)
LEAVING = UrgentSentence(
    "My child wants to leave and join an armed group.",
    {
        "da": "Mit barn vil rejse ud og slutte sig til en væbnet gruppe.",
        "de": "Mein Kind will ausreisen und sich einer bewaffneten Gruppe anschließen.",
        "en": "My child wants to leave and join an armed group.",
        "fr": "Mon enfant veut partir rejoindre un groupe armé.",
        "nl": "Mijn kind wil vertrekken en zich bij een gewapende groep aansluiten.",
        "sv": "Mitt barn vill resa och ansluta sig till en väpnad grupp.",
    },
    {
        ("fr", "ar"): "مون نانفان فو بارتير روجواندر آن غروب أرميه.",
        ("fr", "bn"): "মোঁ নঁফঁ ভ্য পার্তির রেজোয়াঁদ্র অ্যাঁ গ্রুপ আর্মে।",
        ("fr", "ps"): "مون نانفان وو پارتير روجواندر ان ګروپ ارمې.",
        ("fr", "ru"): "Мон нанфан вё партир режуэндр эн груп армэ.",
        ("fr", "ur"): "موں نانفاں وو پارتیر رژواندر آں گروپ آرمے۔",
    },
)
URGENT = (MISSING, LEAVING)


def first_words(tag: str, own: str) -> str:
    """Give the sentence that begins a call.

    Args:
        tag: BCP 47 tag of the language in which somebody answers.
        own: BCP 47 tag of a language that the caller speaks; the sentence asks for it by name.

    Returns:
        The sentence in ``tag``; empty where none is known.
    """
    return FIRST_WORDS.get(tag, "").replace("%(language)s", language_name(own, tag))
