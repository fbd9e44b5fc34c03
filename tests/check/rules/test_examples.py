"""Every rule has a source, an example that breaks it and one that does not; both are tried here."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from stopjihad.catalog.frames import frame_languages
from stopjihad.catalog.rules import Example, Rule, languages_of, rules
from stopjihad.check.rules.run import BY_LANGUAGE, WHOLE, check_document_rules, check_rules
from stopjihad.check.rules.wording import WORDING
from stopjihad.lexicon.phrases import phrases

from support.messages import TODAY, codes, laid_over, problems_of

LANGUAGES = ("en", "fr", "de", "ar")
EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.id}-{number}-{example.language}")
    for rule in rules().values()
    for number, example in enumerate(rule.examples, start=1)
]
GROUPS = {
    "STR": 7,
    "EVD": 5,
    "AMP": 2,
    "LNG": 6,
    "CMP": 5,
    "SAF": 3,
    "TRN": 2,
    "ACC": 3,
    "LOC": 2,
    "MRK": 1,
    "CRS": 2,
}
"""Rules of the reference (campaigns and method, section 8) by group."""

OURS = frozenset(
    [
        "STR08",
        "EVD06",
        "EVD07",
        "EVD08",
        "EVD09",
        "LNG07",
        "SAF04",
        "SAF05",
        "SAF06",
        "SAF07",
        "CRS03",
    ]
)
"""Rules beyond the reference: openings after a fact, how sources were read, numbers in texts,
promises above the police, markup in alerts."""

READ = {"LNG03"}
"""Rules of the reference that no program can decide: a person reads the sentences instead."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_small_campaign_breaks_no_rule(language: str) -> None:
    assert problems_of(laid_over({}, language)) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_alert_breaks_no_rule(language: str) -> None:
    assert problems_of(laid_over({"alert": {}}, language)) == ()


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_the_bad_example_breaks_the_rule(rule: Rule, example: Example) -> None:
    found = codes(laid_over(example.bad, example.language))
    assert found & {rule.id, *rule.also}, found


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_the_good_example_breaks_no_rule_at_all(rule: Rule, example: Example) -> None:
    found = problems_of(laid_over(example.good, example.language))
    # Some good examples name a faith: a person reads those, no rule finds anything.
    assert [one for one in found if one.code != "sentences-unread"] == [], rule.id


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_the_bad_example_has_no_other_errors(rule: Rule, example: Example) -> None:
    found = problems_of(laid_over(example.bad, example.language))
    others = {p.code for p in found if p.severity == "error"} - {rule.id, *rule.also}
    assert others <= ALLOWED.get(rule.id, set())


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_a_talking_point_is_judged_alone_as_with_everything(rule: Rule, example: Example) -> None:
    """The editor judges the file that is written; what it says must be what a build will say."""
    for values in (example.bad, example.good):
        project = laid_over(values, example.language)
        (point,) = project.points
        with_all = check_rules(msgspec.structs.replace(project, translations=()), TODAY)
        own = tuple(one for one in with_all if one.path == point.path)
        assert check_document_rules(point, project, TODAY) == own, rule.id


ALLOWED: dict[str, set[str]] = {"STR04": {"STR01"}, "CRS01": {"alert-time"}}
"""Rules that cannot be broken without breaking another."""


@pytest.mark.parametrize("rule", rules().values(), ids=rules())
def test_every_rule_says_what_why_and_how(rule: Rule) -> None:
    assert rule.kind in {*WHOLE, *BY_LANGUAGE, *WORDING}
    assert len(rule.checks) > 40
    assert len(rule.why) > 40
    assert len(rule.mend) > 15
    assert rule.sources
    assert rule.examples
    assert rule.message or rule.kind == "elsewhere"


def test_all_rules_of_the_reference_are_there() -> None:
    wanted = [f"{name}{n:02}" for name, most in GROUPS.items() for n in range(1, most + 1)]
    assert sorted(rules()) == sorted({*wanted, *OURS} - READ)


@pytest.mark.parametrize("rule", [r for r in rules().values() if r.languages], ids=lambda r: r.id)
def test_a_rule_that_names_languages_has_words_in_each(rule: Rule) -> None:
    if rule.kind == "frames":
        assert set(rule.languages) == set(frame_languages())
        return
    if rule.kind == "dangling":
        assert set(rule.languages) == set(languages_of("openings"))
        return
    for language in rule.languages:
        assert phrases(language, rule.params["set"]) is not None


def test_error_rules_of_wording_show_an_example_in_every_language() -> None:
    for rule in rules().values():
        if rule.kind in {"phrases", "frames"} and rule.severity == "error":
            shown: dict[str, Any] = {example.language: example for example in rule.examples}
            assert set(shown) == set(rule.languages), rule.id
