"""Seeded faults, one for each check and family of languages: all must be found."""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import Literal

import pytest
from stopjihad.build.check.survey import survey
from stopjihad.catalog.platforms import platforms
from stopjihad.check.translation.file import FileChecker, check_hashtag, check_language
from stopjihad.check.translation.pair import Pair
from stopjihad.disk.cache import NoCache
from stopjihad.model.project import Glossary, Term
from stopjihad.model.translation import Message, Translations
from stopjihad.text.unicode.script import likely_script

from support.build import REPOSITORY

SOURCE = "Courts heard **300 witnesses** in 2019, says [a report](https://a.org/1). [^un]"
GOOD = {
    "fr": "En 2019, on a entendu **300 témoins**, selon [un rapport](https://a.org/1). [^un]",
    "de": "Gerichte hörten 2019 **300 Zeugen**, so [ein Bericht](https://a.org/1). [^un]",
    "es": "En 2019 se oyó a **300 testigos**, dice [un informe](https://a.org/1). [^un]",
    "nl": "Rechters hoorden in 2019 **300 getuigen**, zegt [een rapport](https://a.org/1). [^un]",
    "tr": "Mahkemeler 2019'da **300 tanık** dinledi, diyor [bir rapor](https://a.org/1). [^un]",
    "so": "Maxkamaduhu dhageysteen 2019 **300 markhaati**, [warbixin](https://a.org/1). [^un]",
    "ru": "Суды заслушали **300 свидетелей** в 2019 году, говорит [отчёт](https://a.org/1). [^un]",
    "ar": "استمعت المحاكم إلى **٣٠٠ شاهد** في عام ٢٠١٩ بحسب [تقرير](https://a.org/1). [^un]",
    "ur": "عدالتوں نے ۲۰۱۹ میں **۳۰۰ گواہوں** کو سنا، [ایک رپورٹ](https://a.org/1) کہتی ہے۔ [^un]",
    "ps": "محکمو په ۲۰۱۹ کې **۳۰۰ شاهدان** واورېدل، [یو راپور](https://a.org/1) وايي. [^un]",
    "bn": "আদালত ২০১৯ সালে **৩০০ সাক্ষীর** কথা শুনেছে, [প্রতিবেদন](https://a.org/1) বলছে। [^un]",
    "zh": "据[一份报告](https://a.org/1)，法院在2019年听取了**300名证人**的证词。[^un]",
}
ENGLISH_LEFT = "Courts heard many witnesses in that year, says a report of the UN."
WORDS = {
    "fr": "Les tribunaux ont entendu de nombreux témoins cette année-là.",
    "de": "Die Gerichte hörten in jenem Jahr sehr viele Zeugen an.",
    "es": "Los tribunales oyeron aquel año a muchísimos testigos.",
    "nl": "De rechtbanken hoorden dat jaar heel veel getuigen.",
    "tr": "Mahkemeler o yıl çok sayıda tanık dinledi.",
    "so": "Maxkamaduhu sannadkaas waxay dhageysteen markhaatiyo badan.",
    "ps": "محکمو په هغه کال کې د ډېرو شاهدانو خبرې واورېدې.",
    "ru": "Суды в том году заслушали очень многих свидетелей.",
    "ar": "استمعت المحاكم في تلك السنة إلى شهود كثيرين.",
    "ur": "عدالتوں نے اس سال بہت سے گواہوں کو سنا۔",
    "bn": "আদালত সেই বছর অনেক সাক্ষীর কথা শুনেছে।",
    "zh": "那一年法院听取了许多证人的证词，内容十分详细。",
}


def _codes(
    language: str, *pairs: tuple[str, str, str], glossary: Glossary | None = None
) -> list[str]:
    messages = tuple(Message(*pair, line=number) for number, pair in enumerate(pairs, 1))
    checker = FileChecker("en", glossary or Glossary(path=""), platforms())
    file = Translations(language=language, path="x.po", messages=messages)
    return [finding.code for finding in checker.check(file, thorough=True).findings]


def _body(language: str, translation: str, source: str = SOURCE) -> list[str]:
    return _codes(language, ("bus/body", source, translation))


@pytest.mark.parametrize("language", GOOD)
def test_good_translations_pass(language: str):
    assert _body(language, GOOD[language]) == []


@pytest.mark.parametrize("language", GOOD)
@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("https://a.org/1", "https://a.org/2", "translation-link"),
        ("](https://a.org/1)", "]", "translation-link"),
        ("[^un]", "", "translation-reference"),
        ("[^un]", "[^um]", "translation-reference"),
        ("**", "", "translation-emphasis"),
        ("**", "*", "translation-emphasis"),
    ],
)
def test_changed_marks_are_found(language: str, old: str, new: str, code: str):
    assert code in _body(language, GOOD[language].replace(old, new))


@pytest.mark.parametrize("language", GOOD)
def test_one_changed_digit_is_found(language: str):
    digits = {"300": "380", "٣٠٠": "٣٨٠", "۳۰۰": "۳۸۰", "৩০০": "৩৮০"}
    text = GOOD[language]
    for old, new in digits.items():
        text = text.replace(old, new)
    assert _body(language, text) == ["translation-number"]


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("It cost 9,500 dollars.", "Cela a coûté 9 500 dollars."),
        ("It cost 9,500.5 dollars.", "Das kostete 9.500,5 Dollar."),
        ("It cost 1,234,567 dollars.", "کلف ١٬٢٣٤٬٥٦٧ دولارا."),
        ("Open from 8 am to 8 pm", "De 8 h à 20 h"),
        ("In the 20th century people left.", "Au XXe siècle, des gens sont partis."),
        ("Two of 3 people left at once.", "Deux personnes sur trois sont parties."),
        ("Reach us 24/7 and talk.", "Nous répondons 24 heures sur 24, 7 jours sur 7."),
    ],
)
def test_numbers_may_be_written_as_the_language_does(source: str, translation: str):
    language = "ar" if "١" in translation else "fr"
    assert "translation-number" not in _body(language, translation, source)


@pytest.mark.parametrize("language", WORDS)
def test_english_left_is_found(language: str):
    codes = _codes(language, ("bus/body", ENGLISH_LEFT, ENGLISH_LEFT))
    assert "translation-copied" in codes
    if likely_script(language) != "Latn":
        assert "translation-script" in codes


@pytest.mark.parametrize("language", WORDS)
def test_whole_sentences_pass(language: str):
    assert _codes(language, ("bus/body", ENGLISH_LEFT, WORDS[language])) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Les tribunаux ont entendu."),
        ("ru", "Cуды заслушали многих."),
        ("el", "Ένας Aποκλεισμός εδώ."),
        ("tr", "Mahkemeler tanık dіnledi."),
    ],
)
def test_letters_of_two_alphabets_in_a_word_are_found(language: str, text: str):
    assert "translation-mixed-script" in _body(language, text, "Short text here.")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Qui peut aider? Nous."),
        ("fr", "Voici: nous aidons."),
        ("fr", "“Aide” et écoute"),
        ("de", "Er sagte ”Hilfe“ dort"),
        ("de", "Wer hilft ?"),
        ("es", "Quién ayuda?"),
        ("es", "Ayuda!"),
        ("el", "Ποιος βοηθά?"),
        ("ar", "من يساعد?"),
        ("ar", "نحن,وهم"),
        ("ur", "کون مدد کرے گا?"),
        ("ps", "څوک مرسته کوي?"),
        ("zh", "谁来帮助?"),
        ("ja", "誰が助けますか?"),
        ("bn", "কে সাহায্য করবে."),
        ("tr", "Kim yardım eder ?"),
        ("ru", "Кто поможет ?"),
        ("nl", "Wie helpt ?"),
        ("so", "Yaa caawinaya ?"),
        ("ar", "شبكة (داعش), وهي"),
        ("ps", "دا 2.2, او"),
        ("fa", "چه کسی کمک می‌کند?"),
        ("ckb", "کێ یارمەتی دەدات?"),
        ("sd", "ڪير مدد ڪندو?"),
        ("ug", "كىم ياردەم قىلىدۇ?"),
        ("hi", "कौन मदद करेगा."),
        ("it", "Chi aiuta ?"),
        ("pt-BR", "Quem ajuda ?"),
        ("pl", "Kto pomaga ?"),
        ("uk", "Хто допоможе ?"),
        ("en", "Who helps ?"),
    ],
)
def test_punctuation_of_another_language_is_found(language: str, text: str):
    assert "translation-punctuation" in _body(language, text, "Who helps?")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Qui peut aider ? À 18:30, voir https://a.org/?x=1 : « oui »."),
        ("de", "Wer hilft? „Wir“, sagt sie: sofort!"),
        ("es", "¿Quién ayuda? ¡Nosotros!"),
        ("ar", "من يساعد؟ نحن، وهم؛ دائما."),
        ("zh", "谁来帮助？我们。"),
        ("tr", "Kim yardım eder? Biz!"),
        ("bn", "কে সাহায্য করবে? আমরা।"),
        ("nl", "Wie helpt? Wij: meteen!"),
        ("so", "Yaa caawinaya? Annaga!"),
        ("ur", "مثلاً WhatsApp, Telegram، اور 1,000 لوگ۔"),
    ],
)
def test_punctuation_of_the_language_passes(language: str, text: str):
    assert "translation-punctuation" not in _body(language, text, "Who helps? We do.")


def test_direction_marks_must_be_closed():
    text = WORDS["ar"]
    assert "translation-bidi" in _body("ar", f"\u2067{text}", ENGLISH_LEFT)
    assert _body("ar", f"\u2067{text}\u2069", ENGLISH_LEFT) == []


def test_much_shorter_or_longer_texts_are_found():
    assert "translation-length" in _body("fr", "Beaucoup.", ENGLISH_LEFT)
    assert "translation-length" in _body("fr", WORDS["fr"] * 5, ENGLISH_LEFT)


@pytest.mark.parametrize(
    ("language", "source", "text", "found"),
    [
        ("fr", "a" * 39, "b" * 5, False),
        ("fr", "a" * 40, "b" * 11, True),
        ("fr", "a" * 40, "b" * 12, False),
        ("fr", "a" * 40, "b" * 120, False),
        ("fr", "a" * 40, "b" * 121, True),
        ("zh", "a" * 40, "证" * 6, False),
        ("zh-Hant", "a" * 40, "證" * 6, False),
        ("ja", "a" * 40, "証" * 6, False),
        ("ko", "a" * 40, "증" * 6, False),
        ("zh", "a" * 40, "证" * 5, True),
    ],
)
def test_how_much_shorter_or_longer_is_for_the_language(
    language: str,
    source: str,
    text: str,
    found: bool,  # noqa: FBT001
):
    assert ("translation-length" in _body(language, text, source)) == found


@pytest.mark.parametrize(
    ("context", "source", "text", "found"),
    [
        ("bus/body", "one two three four", "one two three quatre", True),
        ("bus/body", "one two three four five six", "one two three quatre cinq six", False),
        ("bus/body", "one two three", "one two three", False),
        ("helplines/x/name", "One Two Three Four", "One Two Three Four", False),
    ],
)
def test_what_is_left_over_is_told_from_names(
    context: str,
    source: str,
    text: str,
    found: bool,  # noqa: FBT001
):
    assert ("translation-copied" in _codes("fr", (context, source, text))) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("\u202b{}\u202c", False),
        ("\u2067{}\u2069 \u202a1\u202c", False),
        ("\u202b{}", True),
        ("{}\u2069", True),
        ("{} 1", False),
    ],
)
def test_each_direction_mark_has_its_end(text: str, found: bool):  # noqa: FBT001
    codes = _body("ar", text.format(WORDS["ar"]), f"{ENGLISH_LEFT} 1")
    assert ("translation-bidi" in codes) == found


@pytest.mark.parametrize(
    ("context", "text", "found"),
    [
        ("bus/fact", "é" * 141, True),
        ("bus/fact", "é" * 140, False),
        ("bus/fact", "👩‍👩‍👧" * 140, False),
        ("bus/claim", "é" * 76, True),
        ("bus/posts.sms", "é" * 2000, True),
        ("bus/posts.nowhere", "é" * 2000, False),
    ],
)
def test_limits_count_as_readers_and_platforms_do(context: str, text: str, found: bool):  # noqa: FBT001
    assert ("translation-limit" in _codes("fr", (context, "A text.", text))) == found


def test_placeholders_stay():
    assert _body("fr", "À {ville}.", "To {city}.") == ["translation-placeholder"]


def test_one_translation_of_two_texts_is_found():
    french = WORDS["fr"]
    codes = _codes("fr", ("a/body", ENGLISH_LEFT, french), ("b/body", "Another text.", french))
    assert codes == ["translation-same"]


def test_stale_texts_are_not_judged_twice():
    message = Message("bus/body", SOURCE, "x", stale=True)
    checker = FileChecker("en", Glossary(path=""), platforms())
    file = Translations(language="fr", path="x.po", messages=(message,))
    assert checker.check(file, thorough=True).findings == ()


GLOSSARY = Glossary(
    path="locale/glossary.csv",
    terms=(
        Term(
            term="ISIS",
            forms={"en": ("ISIS",), "fr": ("Daech",), "ar": ("داعش",)},
            forbidden={
                "fr": ("califat", "État islamique"),
                "ar": ("الخلافة",),
                "tr": ("ırkçı örgüt",),
            },
            line=2,
        ),
        Term(
            term="Red Crescent", forms={"en": ("Red Crescent",), "ar": ("الهلال الأحمر",)}, line=3
        ),
        Term(term="leave", forms={"en": ("leave",), "fr": ("quitter",)}, line=4),
    ),
)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Le califat a perdu, dit Daech."),
        ("fr", "L’État islamique, dit Daech."),
        ("fr-CA", "Le califat a perdu, dit Daech."),
        ("ar", "داعش والخلافة هنا."),
        ("ar", "داعش بالخلافة هنا."),
        ("tr", "Irkçı örgüt yenildi."),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_forbidden_forms_are_found(language: str, text: str, form: Literal["NFC", "NFD"]):
    pair = ("bus/body", "ISIS has lost.", unicodedata.normalize(form, text))
    assert "glossary-forbidden-form" in _codes(language, pair, glossary=GLOSSARY)


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("fr", "Le groupe a perdu hier.", True),
        ("fr", "Daech a perdu hier.", False),
        ("ar", "خسر التنظيم أمس.", True),
        ("ar", "خسر لداعش وداعش أمس.", False),
    ],
)
def test_missing_names_are_found(language: str, text: str, found: bool):  # noqa: FBT001
    codes = _codes(language, ("bus/body", "ISIS lost.", text), glossary=GLOSSARY)
    assert ("glossary-term" in codes) == found


def test_names_are_found_whose_accents_are_letters_of_their_own():
    forms = {"en": ("Yazidis",), "fr": ("Yézidis",)}
    glossary = Glossary(path="", terms=(Term(term="Yazidis", forms=forms, line=2),))
    text = unicodedata.normalize("NFD", "Des Yézidis en parlent.")
    assert _codes("fr", ("bus/body", "Yazidis speak of it.", text), glossary=glossary) == []


@pytest.mark.parametrize(
    ("language", "context", "source", "text", "code"),
    [
        ("ar", "bus/body", "The Red Crescent came.", "جاءت الجمعية.", ["glossary-term"]),
        ("ar", "bus/body", "They leave now.", "يذهبون الآن.", []),
        ("de", "bus/body", "ISIS lost.", "Die Gruppe verlor.", []),
        ("fr", "helplines/x/name", "ISIS helpline", "Ligne d’écoute", []),
        ("fr-CA", "bus/body", "ISIS lost.", "Le groupe a perdu.", ["glossary-term"]),
    ],
)
def test_a_name_is_wanted_where_the_language_has_one(
    language: str, context: str, source: str, text: str, code: list[str]
):
    assert _codes(language, (context, source, text), glossary=GLOSSARY) == code


def test_a_region_has_words_of_its_own():
    forms = {"en": ("ISIS",), "fr": ("Daech",), "fr-CA": ("le groupe EI",)}
    glossary = Glossary(path="", terms=(Term(term="ISIS", forms=forms, line=2),))
    pair = ("bus/body", "ISIS lost.", "Le groupe EI a perdu.")
    assert _codes("fr-CA", pair, glossary=glossary) == []
    assert _codes("fr", pair, glossary=glossary) == ["glossary-term"]


def test_names_of_several_words_are_found_behind_their_article():
    pair = ("bus/body", "The Red Crescent came.", "جاء الهلال الأحمر.")
    assert _codes("ar", pair, glossary=GLOSSARY) == []


def test_a_word_that_the_language_never_uses_is_told_once():
    pairs = [(f"p{n}/body", f"They leave at {n}.", f"Ils sortent à {n}.") for n in range(6)]
    assert _codes("fr", *pairs, glossary=GLOSSARY) == ["glossary-unused"]
    assert _codes("fr-CA", *pairs[:5], glossary=GLOSSARY) == ["glossary-unused"]
    assert _codes("fr", *pairs[:4], glossary=GLOSSARY) == []
    used = ("p9/body", "They leave.", "Ils quittent.")
    assert _codes("fr", *pairs, used, glossary=GLOSSARY) == []


def test_names_may_be_forbidden_words_elsewhere():
    pair = ("helplines/x/name", "Califat helpline", "Ligne Califat")
    assert _codes("fr", pair, glossary=GLOSSARY) == []


def test_the_sample_campaign_gives_hardly_any_alarm():
    found = survey(REPOSITORY, "stop-jihadism", dt.date(2026, 11, 24), NoCache())
    assert found.project is not None
    judged = sum(len(file.messages) for file in found.project.translations)
    alarms = [item for item in found.problems if item.code.startswith(("translation", "glossary"))]
    assert judged > 500
    assert len(alarms) <= judged / 100, alarms


def _tag_findings(language: str, text: str) -> list[tuple[str, str]]:
    pair = Pair(Message("campaign/hashtags", "FactsFirst", text), language, markdown=False)
    return [(item.code, item.severity) for item in check_hashtag(pair)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "LesFaitsDAbord"),
        ("fr", "#les faits d’abord"),
        ("de", "Zusammenhalten"),
        ("ar", "الحقائق_أولا"),
        ("ps", "لومړی حقایق"),
        ("bn", "আগে_তথ্য"),
        ("zh", "事实优先"),
        ("tr", "ÖnceGerçekler"),
    ],
)
def test_tags_that_platforms_link_pass(language: str, text: str):
    assert _tag_findings(language, text) == []


@pytest.mark.parametrize(
    ("language", "text", "severity"),
    [
        ("fr", "2026", "error"),
        ("ar", "#!؟", "error"),
        ("fr", "#LesFaits #Parlons", "error"),
        ("de", "FaktenZuerst, RedMit", "error"),
        ("ar", "الحقائق_أولا، تحدث", "error"),
        ("fr", "lesfaitsdabordtoujours", "warning"),
        ("ru", "фактыпреждевсегодела", "warning"),
    ],
)
def test_other_tags_are_found(language: str, text: str, severity: str):
    assert _tag_findings(language, text) == [("translation-hashtag", severity)]


FRENCH = "Les tribunaux ont entendu de nombreux témoins."


def _language_codes(
    found: tuple[str, float], context: str = "bus/body", text: str = FRENCH
) -> list[str]:
    pair = Pair(Message(context, "Courts heard witnesses.", text), "es-MX", markdown=True)
    return [item.code for item in check_language(pair, lambda _: found)]


def test_another_language_is_found():
    assert _language_codes(("fr", 0.99)) == ["translation-language"]


@pytest.mark.parametrize(
    ("found", "context", "text"),
    [
        (("es", 1.0), "bus/body", FRENCH),
        (("fr", 0.6), "bus/body", FRENCH),
        (("pt", 1.0), "bus/body", FRENCH),
        (("fr", 1.0), "helplines/x/name", FRENCH),
        (("fr", 1.0), "bus/body", "Trop court."),
    ],
)
def test_doubt_relatives_names_and_short_texts_pass(found, context: str, text: str):
    assert _language_codes(found, context, text) == []


def test_the_model_is_asked_where_it_is_installed():
    pytest.importorskip("py3langid")
    from stopjihad.build.check.kept_findings import make_identifier

    identify = make_identifier(("en", "fr", "ar", "de"))
    assert identify is not None
    assert identify(FRENCH)[0] == "fr"
