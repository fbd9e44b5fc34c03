"""What to say first to a helpline that answers in another language than one's own."""

from __future__ import annotations

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


def first_words(tag: str, own: str) -> str:
    """Give the sentence that begins a call.

    Args:
        tag: BCP 47 tag of the language in which somebody answers.
        own: BCP 47 tag of a language that the caller speaks; the sentence asks for it by name.

    Returns:
        The sentence in ``tag``; empty where none is known.
    """
    return FIRST_WORDS.get(tag, "").replace("%(language)s", language_name(own, tag))
