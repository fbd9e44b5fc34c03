"""The words of at most one language are in memory, and are the same whoever asks."""

from __future__ import annotations

import pickle

import msgspec
import pytest
from stopjihad.model import translation
from stopjihad.model.step import Held
from stopjihad.model.translation import (
    EncodedTranslations,
    Message,
    MessageShelf,
    ShelvedMessages,
    Translations,
    by_subject,
    decoded,
    encoded,
)


class Counted:
    """Bytes that are kept elsewhere; tells how often they were read."""

    def __init__(self, data: bytes) -> None:
        self.data, self.times, self.parts = data, 0, 0

    def read(self) -> bytes:
        self.times += 1
        return self.data

    def part(self, start: int, size: int) -> bytes:
        self.parts += 1
        return self.data[start : start + size]


def shelved(*languages: str) -> tuple[list[Translations], list[Translations], list[Counted]]:
    held: list[Counted] = []

    def put_aside(data: bytes) -> Held:
        held.append(Counted(data))
        return held[-1]

    shelf = MessageShelf(put_aside)
    files = [
        Translations(
            language=language,
            path=f"{language}.po",
            messages=(
                Message("one/fact", "A fact.", f"{language} fact", line=4),
                Message("one/body", "Text.", f"{language} text", stale=True, previous="Old."),
            ),
        )
        for language in languages
    ]
    return files, [shelf.put(encoded(file)) for file in files], held


def test_messages_are_those_that_were_put_aside():
    files, kept, _ = shelved("de", "fr")
    for file, other in zip(files, kept, strict=True):
        assert tuple(other.messages) == file.messages
        assert len(other.messages) == 2
        assert other.messages[1] == file.messages[1]
        assert tuple(other.messages[:1]) == file.messages[:1]


def test_a_language_is_read_once_while_nobody_asks_for_another():
    _, (german, french), held = shelved("de", "fr")
    for _ in range(3):
        assert [message.line for message in german.messages] == [4, 0]
    assert [one.parts for one in held] == [1, 0]
    assert french.messages[0].translation == "fr fact"
    assert german.messages[0].translation == "de fact"
    assert [one.parts for one in held] == [2, 1]


def test_what_is_kept_is_read_by_builds_and_checks():
    (file,), _, _ = shelved("de")
    kept = msgspec.json.decode(msgspec.json.encode(encoded(file)), type=EncodedTranslations)
    assert decoded(kept) == file
    assert tuple(MessageShelf(bytes).put(kept).messages) == file.messages
    none = Translations(language="de", path="de.po", messages=())
    assert decoded(encoded(none)) == none


def test_messages_about_one_thing_are_read_alone():
    """They need not stand together in the file; what is about nothing in it has none."""
    contexts = ("a/fact", "a/body", "b/fact", "pages/about/title", "a/claim", "ab/fact")
    messages = tuple(Message(name, name, f"«{name}», é", line=n) for n, name in enumerate(contexts))
    file = Translations(language="fr", path="fr.po", messages=messages, digest="d")
    held: list[Counted] = []

    def put(data: bytes) -> Counted:
        held.append(Counted(data))
        return held[-1]

    kept = MessageShelf(put).put(encoded(file)).messages
    assert isinstance(kept, ShelvedMessages)
    for subject in ("a", "b", "ab", "pages", "c"):
        expected = tuple(m for m in messages if m.context.partition("/")[0] == subject)
        assert kept.about(subject) == expected
    assert (held[0].times, held[0].parts) == (0, 5)  # of "a" two, for "b" stands between
    for grouped in (by_subject(kept), by_subject(messages)):
        assert list(grouped.subjects()) == ["a", "b", "pages", "ab"]
        for subject in ("a", "b", "pages", "ab", "c"):
            assert tuple(grouped.about(subject)) == kept.about(subject)
    assert held[0].times == 0
    assert tuple(kept) == messages
    read = held[0].parts
    for subject in ("a", "b", "ab", "pages", "c"):  # while all are in memory nothing is read
        assert kept.about(subject) == tuple(by_subject(messages).about(subject))
    assert held[0].parts == read


def test_what_is_about_one_thing_is_never_taken_from_another_language():
    (_, _), (german, french), _ = shelved("de", "fr")
    for file in (german, french, german):
        messages = file.messages
        assert isinstance(messages, ShelvedMessages)
        every = tuple(messages)
        subject = every[0].context.partition("/")[0]
        told = messages.about(subject)
        assert told == tuple(by_subject(every).about(subject))
        assert told


def test_a_large_language_is_decoded_in_parts(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(translation, "PART", 100)
    messages = tuple(
        Message(f"p{n // 3}/fact", f"Fact {n}.", f"«{n}» é", n % 7 == 0) for n in range(50)
    )
    held: list[Counted] = []

    def put(data: bytes) -> Counted:
        held.append(Counted(data))
        return held[-1]

    file = Translations(language="fr", path="fr.po", messages=messages, digest="d")
    kept = MessageShelf(put).put(encoded(file)).messages
    assert tuple(kept) == messages
    assert held[0].times == 0
    assert held[0].parts > 5


def test_messages_travel_as_what_they_are():
    (file,), (kept,), _ = shelved("de")
    assert pickle.loads(pickle.dumps(kept.messages)) == file.messages
