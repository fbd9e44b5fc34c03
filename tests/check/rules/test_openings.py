"""What will stand right after a fact does not point back at it, wherever it is written (STR08)."""

from __future__ import annotations

from typing import Any

import pytest

from support.messages import messages_of

FACT = "At the end of 2015 the group halved what it paid its people."
BODY = "A leaked order cut every wage by half. [^un]"


@pytest.mark.parametrize(
    ("point", "told"),
    [
        ({"warning": "This is what recruiters promise."}, ["the warning opens with 'This is'"]),
        ({"body": f"**This** is false. {BODY}"}, ["the body opens with 'This is'"]),
        ({"body": f"{BODY}\n\nThis is false."}, []),
        ({"body": f"{BODY} This is false."}, []),
        ({"body": f"{BODY} This is false. [^stay]"}, ["the body opens with 'This is'"]),
        ({"body": f"{BODY} This is known. It hurt many. [^together] [^stay]"}, ["the body opens"]),
        ({"body": f"{BODY} Half was left. It hurt many. [^together] [^stay]"}, []),
        ({"alternative": "That can be changed."}, ["the alternative opens with 'That can'"]),
        ({"posts": {"x": f"{FACT} This is false."}}, ["the x post opens with 'This is'"]),
        ({"posts": {"x": f"{FACT} The order is known."}}, []),
        ({"posts": {"x": "Half the pay. This is false."}}, []),
        ({"warning": "This promise is made to people without work."}, []),
    ],
)
def test_what_follows_the_fact_names_what_it_is_about(
    point: dict[str, Any], told: list[str]
) -> None:
    found = messages_of("STR08", point=point)
    assert [words in one for words, one in zip(told, found, strict=True)] == [True] * len(told)


def test_a_translation_is_judged_by_its_own_words() -> None:
    values = {"point": {"posts": {"x": f"{FACT} The order is known."}}}
    texts = {"point/warning": "C’est ce que promettent les recruteurs."}
    translation = {"language": "fr", "texts": texts}
    (found,) = messages_of("STR08", **values, translation=translation)
    assert "'C’est'" in found
