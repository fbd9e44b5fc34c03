"""A fact does not begin with a myth, in whatever words a language calls it one (STR01)."""

from __future__ import annotations

import pytest

from support.messages import codes, laid_over

MYTHS = {
    "en": [
        "It is a myth that ISIS was just.",
        "It's not true that a house awaits you.",
        "The myth that the group feeds orphans is old.",
        "Contrary to what recruiters claim, the convoys never came.",
        "Contrary to popular belief, nobody was paid.",
        "Whatever recruiters say, nobody was paid.",
    ],
    "fr": [
        "C'est un mythe que le groupe était juste.",
        "Il est faux que le groupe nourrit les orphelins.",
        "Il n'est pas vrai qu'une maison t'attend.",
        "Le mythe selon lequel le groupe nourrit les orphelins est vieux.",
        "Contrairement à ce que disent les recruteurs, aucun convoi n'est arrivé.",
    ],
    "de": [
        "Es ist ein Mythos, dass die Gruppe gerecht war.",
        "Es stimmt nicht, dass ein Haus wartet.",
        "Das Gerücht, dass die Gruppe Waisen ernährt, ist alt.",
        "Anders als Anwerber behaupten, kam kein Konvoi an.",
        "Entgegen der verbreiteten Meinung wurde niemand bezahlt.",
    ],
    "ar": [
        "من الخرافة القول إن التنظيم كان عادلا.",
        "ليس صحيحا أن بيتا ينتظرك.",
        "خلافا لما يقوله المجندون لم تصل أي قافلة.",
    ],
    "es": [
        "Es un mito que el grupo fuera justo.",
        "No es cierto que te espere una casa.",
        "Al contrario de lo que dicen los reclutadores, no llegó ningún convoy.",
    ],
    "nl": [
        "Het is een mythe dat de groep rechtvaardig was.",
        "Het is niet waar dat er een huis wacht.",
        "In tegenstelling tot wat ronselaars zeggen, kwam geen konvooi aan.",
    ],
    "ru": [
        "Это миф, что группировка была справедливой.",
        "Неправда, что вас ждёт дом.",
        "Вопреки тому, что говорят вербовщики, ни один конвой не дошёл.",
    ],
    "tr": [
        "Sanılanın aksine hiçbir konvoy gelmedi.",
        "Bu bir efsane: örgüt adil değildi.",
        "Doğru değil: kimseyi bir ev beklemiyordu.",
    ],
    "ur": ["یہ جھوٹ ہے کہ گروہ انصاف پسند تھا۔", "یہ سچ نہیں کہ آپ کے لیے گھر تیار ہے۔"],
    "bn": ["এটা মিথ্যা যে দলটি ন্যায়পরায়ণ ছিল।", "এটা সত্য নয় যে একটি বাড়ি অপেক্ষা করছে।"],
    "so": ["Waa been in kooxdu caddaalad lahayd.", "Ma aha run in guri kuu diyaar yahay."],
    "ps": ["دا درواغ دي چې ډله عادله وه.", "دا رښتیا نه ده چې کور درته تیار دی."],
}

FACTS = {
    "en": [
        "Contrary to the law of war, the group held civilians.",
        "It is not a crime to ask for help.",
        "Despite its promises, the group paid nobody.",
        "It is true that most families were later held in camps.",
    ],
    "fr": ["Contrairement au droit, le groupe a retenu des civils.", "Il est possible de sortir."],
    "de": ["Anders als 2015 gibt es heute Hilfe.", "Es ist nicht strafbar, um Hilfe zu bitten."],
    "ar": ["ليس من الجرم أن تطلب المساعدة."],
    "es": ["No es un delito pedir ayuda.", "Es posible salir."],
    "nl": ["Het is niet strafbaar om hulp te vragen.", "Anders dan in 2015 is er nu hulp."],
    "ru": ["Это не преступление — просить о помощи."],
    "tr": ["Bu bir suç değil: yardım istemek."],
}


@pytest.mark.parametrize(
    ("language", "fact"), [(language, fact) for language in MYTHS for fact in MYTHS[language]]
)
def test_a_myth_never_leads(language: str, fact: str) -> None:
    assert "STR01" in codes(laid_over({"point": {"fact": fact}}, language))


@pytest.mark.parametrize(
    ("language", "fact"), [(language, fact) for language in FACTS for fact in FACTS[language]]
)
def test_a_fact_may_lead(language: str, fact: str) -> None:
    assert "STR01" not in codes(laid_over({"point": {"fact": fact}}, language))
