"""The help page, for who does not speak the language in which somebody answers."""

from __future__ import annotations

from stopjihad.catalog.first_words import URGENT


def test_a_country_whose_lines_answer_in_another_language_begins_with_what_to_say(pages):
    """A mother who reads Arabic had the French number, and nothing to say when they answered."""
    found = {}
    for lang in ("en", "fr", "ar"):
        for part in pages[f"{lang}/help/index.html"].all("section"):
            if (part.get("aria-labelledby") or "").startswith("country-"):
                said = [one for one in part.all("p") if one.get("dir") == "ltr"]
                country = part.get("aria-labelledby").removeprefix("country-")
                found[lang, country] = [(one.get("lang"), one.text.strip()) for one in said]
    (_, sentence), *urgent = found["ar", "FR"]
    assert {tag for tag, _ in found["ar", "FR"]} == {"fr"}
    assert [said for _, said in urgent] == [one.said["fr"] for one in URGENT]
    assert sentence.startswith("Bonjour. Je ne parle pas bien français.")
    assert sentence.endswith("arabe\u202f?")
    assert found["fr", "FR"] == found["en", "GB"] == []
    assert found["en", "FR"] != []
