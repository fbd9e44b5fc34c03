from __future__ import annotations

import pytest
from stopjihad.problem import ProblemsFound
from stopjihad.view.records import ActionView, Text

from render.post.samples import draft, source
from support.texts import rejoin


def written(platform, text, **changes):
    return draft(platform, posts={platform: Text(text, "en")}, **changes)


def test_a_hand_written_text_takes_the_place_of_the_composed_one():
    made = written("x", "My own words.")
    assert made.handwritten
    assert made.parts[0].text == (
        "My own words.\n\nSource: UN Human Rights Office\n\nNeed to talk?\n"
        f"GB · ACT Early (non-profit): 0800 011 3764 · 9-18\n\nRead more: {made.link}\n\n"
        "Published by Example Trust\n\n#FactsFirst #TalkToSomeone"
    )


def test_hashtags_stay_where_the_author_wrote_the_number():
    """They were dropped without a word: no text of a helpline was left to stand above them."""
    (part,) = written("x", "Call 0800 011 3764.").parts
    assert part.text.endswith("\n\n#FactsFirst #TalkToSomeone")
    assert part.text.count("0800 011 3764") == 1


def test_what_the_author_wrote_is_not_added_again():
    text = "The UN Human Rights Office counted. Words of Example Trust: {link} #Mine"
    made = written("x", text)
    assert made.parts[0].text == (
        f"The UN Human Rights Office counted. Words of Example Trust: {made.link} #Mine\n\n"
        "Need to talk?\nGB · ACT Early (non-profit): 0800 011 3764 · 9-18"
    )


@pytest.mark.parametrize("number", ["0800 011 3764", "0800\u00a0011\u00a03764", "+33 800 005 696"])
def test_a_helpline_that_the_author_named_stands_there_once(number: str):
    said = written("facebook", f"My own words.\n\nCall ACT Early on {number}.").parts[0].text
    assert said.count("ACT Early") == 1
    assert "Need to talk?" not in said


@pytest.mark.parametrize("said", ["My own words.", "In 0800 people came.", "Call 0800 011 37645."])
def test_another_number_is_no_helpline(said: str):
    assert "ACT Early (non-profit): 0800 011 3764" in written("facebook", said).parts[0].text


def test_peur_does_not_name_the_eu():
    """A short name inside a word hid the source of a French post."""
    made = written("facebook", "Une lettre de peur.", sources=(source(publisher="EU"),))
    assert "Source: EU" in made.parts[0].text


def test_other_platforms_are_composed():
    assert not draft("facebook", posts={"x": Text("My own words.", "en")}).handwritten


def test_hashtags_give_way_before_a_thread_is_made():
    text = "Words " * 32
    made = written("x", text)
    assert len(made.parts) == 1
    assert "#FactsFirst" not in made.parts[0].text


def test_a_long_text_becomes_a_thread():
    text = "\n\n".join(f"Paragraph {number} says something of its own." for number in range(12))
    made = written("x", text)
    assert len(made.parts) > 1
    assert all(part.count <= 280 for part in made.parts)
    assert made.parts[0].text.endswith(f"1/{len(made.parts)}")
    assert rejoin(tuple(part.text for part in made.parts)).startswith(text)


def test_the_author_may_say_where_a_part_ends():
    made = written("bluesky", "First.\n[break]\nSecond.")
    assert made.parts[0].text == "First.\n\n1/2"
    assert "[break]" not in made.parts[1].text


def test_a_long_text_is_a_problem_where_there_are_no_threads():
    with pytest.raises(ProblemsFound, match="too long"):
        written("snapchat", "Words " * 60)


def test_a_claim_alone_is_refused():
    with pytest.raises(ProblemsFound) as found:
        written("x", "“They defend Muslims!”")
    assert found.value.problems[0].code == "post-claim-alone"


def test_a_claim_with_fact_and_warning_is_accepted():
    text = (
        "Most people ISIS killed were Muslims. Some say: “They defend Muslims.” No. "
        "Recruiters court people who want to protect others."
    )
    assert written("facebook", text).parts[0].text.startswith(text)


def test_where_links_do_not_click_the_text_says_where_the_link_is():
    text = written("instagram", "My own words.").parts[0].text
    assert "Read more: the link is in our profile." in text
    assert "https://" not in text


def test_the_helpline_has_its_lead():
    """A name and a number stood alone between two paragraphs."""
    text = written("facebook", "My own words.").parts[0].text
    assert "\n\nNeed to talk?\nGB · ACT Early (non-profit): 0800 011 3764 · 9-18" in text


def test_a_mail_lists_all_sources():
    text = written("email", "UN Human Rights Office counted.").parts[0].text
    assert "• UN Human Rights Office\nhttps://" in text


def test_a_mail_says_once_whom_to_call():
    """The call to an advice service led the number, and stood again below it with an address."""
    action = ActionView(label=Text("Call an advice service", "en"), kind="helpline")
    text = written("email", "My own words.", action=action).parts[0].text
    assert text.count("Call an advice service") == 1
