"""Messages are grouped by what they are about, whatever the file's order."""

from __future__ import annotations

from stopjihad.model.translation import Message, by_subject


def test_messages_of_one_thing_stand_together_in_the_order_of_the_file() -> None:
    contexts = ["one/fact", "two/fact", "one/body", "pages/about/title", "one/body"]
    messages = [Message(context, f"{n}", f"{n}!") for n, context in enumerate(contexts)]
    groups = by_subject(messages)
    assert list(groups) == ["one", "two", "pages"]
    assert [one.source for one in groups["one"]] == ["0", "2", "4"]
    assert sum(len(group) for group in groups.values()) == len(messages)
