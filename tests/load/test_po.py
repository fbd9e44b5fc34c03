from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

import polib
import pytest
from stopjihad.disk.cache import NoCache
from stopjihad.load.po import read_po, read_words
from stopjihad.load.templates import load_shared
from stopjihad.load.workspace import read_workspace
from stopjihad.model.translation import Message
from stopjihad.text.po import MAX_FAULTS

from support.build import REPOSITORY
from support.timing import seconds_of

HEADER = 'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def _read(text: str, language: str = "fr"):
    found, problems = read_po(text, "locale/fr.po", language)
    return found.messages, problems


def _codes(text: str) -> list[tuple[int, str]]:
    return [(problem.line, problem.code) for problem in _read(text)[1]]


def test_messages_come_with_context_and_line():
    text = HEADER + (
        "# a translator's note\n#. what it is for\n#: points/a.md\n#, max-length:140\n"
        'msgctxt "a/fact"\nmsgid "One \\"two\\"\\n"\n"three"\nmsgstr ""\n"Un \\\\ deux\\t"\n\n'
        '#~ msgid "old"\n#~ msgstr "vieux"\n'
    )
    messages, problems = _read(text)
    assert problems == []
    assert messages == (Message("a/fact", 'One "two"\nthree', "Un \\ deux\t", line=10),)


@pytest.mark.parametrize("flags", ["#, fuzzy", "#, max-length:3, fuzzy", "#, fuzzy, c-format"])
def test_fuzzy_messages_are_stale(flags: str):
    messages, _ = _read(f'{flags}\n#| msgid "x"\nmsgctxt "a"\nmsgid "b"\nmsgstr "c"\n')
    assert messages == (Message("a", "b", "c", stale=True, line=3, previous="x"),)


def test_fuzzy_in_a_note_means_nothing():
    messages, _ = _read('# fuzzy\n#. fuzzy\nmsgctxt "a"\nmsgid "b"\nmsgstr "c"')
    assert not messages[0].stale


def test_untranslated_messages_and_those_without_context_are_passed_over():
    assert _read('msgctxt "a"\nmsgid "b"\nmsgstr ""\n\nmsgid "c"\nmsgstr "d"\n') == ((), [])


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ('msgctxt "a"\nmsgid "b"\nmsgstr "c\n', 3, "po-syntax"),
        ('msgctxt "a"\nmsgid "b"\nmsgstr "c" d\n', 3, "po-syntax"),
        ('msgctxt "a"\nmsgid "b "c" d"\nmsgstr "e"\n', 2, "po-syntax"),
        ('msgctxt "a"\nmsgid "b"\n', 2, "po-syntax"),
        ('\n\nmsgctxt "a"\nmsgstr "c"\n', 3, "po-syntax"),
        ('msgid "b"\nmsgctxt "a"\nmsgstr "c"\n', 1, "po-syntax"),
        (
            'msgctxt "a"\nmsgid "b"\nmsgid_plural "bs"\nmsgstr[0] "c"\nmsgstr[1] "d"\n',
            1,
            "po-plural",
        ),
        ('msgctxt "a"\nmsgid "b"\nmsgstr "\\q"\n', 1, "po-escape"),
        ("hello\n", 1, "po-syntax"),
        ('# note\nmsgctxt "a"\nmsgid "b"\nmsgstr "c"\n\n"loose"\n', 6, "po-syntax"),
    ],
)
def test_each_mistake_is_found_at_its_line(text: str, line: int, code: str):
    assert _codes(text) == [(line, code)]


def test_one_broken_entry_leaves_the_others_readable():
    text = 'msgctxt "a"\nmsgid "b"\nmsgstr "c\n\nmsgctxt "d"\nmsgid "e"\nmsgstr "f"\n'
    messages, problems = _read(text)
    assert messages == (Message("d", "e", "f", line=5),)
    assert len(problems) == 1


def test_a_text_translated_twice_names_both_lines():
    entry = 'msgctxt "a"\nmsgid "b"\nmsgstr "c"\n\n'
    (problem,) = _read(entry * 2)[1]
    assert (problem.line, problem.code) == (5, "po-duplicate")
    assert "line 1" in problem.message


def test_a_header_of_another_language_is_a_warning():
    (problem,) = _read(HEADER, "de")[1]
    assert (problem.code, problem.severity) == ("po-language", "warning")
    assert _read(HEADER.replace(": fr", ": pt_BR"), "pt-BR")[1] == []


def test_a_file_that_is_no_po_file_is_not_explained_line_by_line():
    assert len(_read("what\n\n" * 5000)[1]) == MAX_FAULTS


def _generated(rng: random.Random) -> polib.POFile:
    signs = ("a", "é", "ا", '"', "\\", "\n", "\t", " ", "word ", "{x}", "#", "msgid", "%s", "\r")
    po = polib.POFile(wrapwidth=rng.choice((20, 77, 200)))
    po.metadata = {"Language": "fr", "Content-Type": "text/plain; charset=UTF-8"}
    for number in range(rng.randint(1, 12)):
        text = "".join(rng.choice(signs) for _ in range(rng.randint(1, 60)))
        po.append(
            polib.POEntry(
                msgctxt=f"p{number}/body",
                msgid=text,
                msgstr=text[::-1],
                comment=rng.choice(("", "what it is\nfor")),
                tcomment=rng.choice(("", "a note")),
                flags=rng.choice(([], ["fuzzy"], ["max-length:3", "fuzzy"])),
                previous_msgid=rng.choice((None, "old")),
            )
        )
    return po


def test_we_read_what_polib_writes():
    rng = random.Random(31)
    for _ in range(1000):
        po = _generated(rng)
        messages, problems = _read(str(po))
        assert problems == []
        assert [(m.context, m.source, m.translation, m.stale) for m in messages] == [
            (entry.msgctxt, entry.msgid, entry.msgstr, entry.fuzzy) for entry in po if entry.msgstr
        ]


@pytest.mark.judge
def test_we_refuse_what_msgfmt_refuses(tmp_path: Path):
    msgfmt = shutil.which("msgfmt")
    assert msgfmt, "gettext is among the Debian packages that make test installs"
    rng = random.Random(37)
    refused = 0
    for number in range(80):
        po = _generated(rng)
        for entry in po:
            entry.msgstr = entry.msgid
            entry.previous_msgid = None  # we do not judge comments
        text = str(po)
        at = rng.randrange(text.find("\n\n") + 2, len(text) + 1)
        broken = text[:at] + rng.choice(('"', "\n", "x", "\\q", "msgid ")) + text[at:]
        path = tmp_path / f"{number}.po"
        path.write_text(broken, encoding="utf-8")
        verdict = subprocess.run(
            [msgfmt, "--output-file=/dev/null", str(path)], check=False, capture_output=True
        )
        if verdict.returncode and b"do not both" not in verdict.stderr:
            refused += 1
            assert _read(broken)[1], broken
    assert refused > 10


def test_no_text_raises():
    rng = random.Random(41)
    parts = ('msgctxt "a"', 'msgid "b"', 'msgstr "c"', "\n", '"', "\\", "#, fuzzy", "#~ ", "x", " ")
    parts += ("msgid_plural", "msgstr[0]", "\n\n", '"d"', "msgid", "\x00", "\ud800", "#|")
    for _ in range(30_000):
        _read("".join(rng.choice(parts) for _ in range(rng.randint(0, 25))))


@pytest.mark.parametrize(
    "text",
    ['"' * 400_000, '"\n' * 200_000, "#\n" * 200_000, 'msgid "' * 60_000, 'msgid ""\n' * 50_000],
)
def test_bombs_take_no_time(text: str):
    assert seconds_of(lambda: _read(text), 1) < 1


def test_ten_thousand_messages_take_a_moment():
    entry = '#. what it is for\nmsgctxt "p/body{0}"\nmsgid "One {0}"\nmsgstr ""\n"Un "\n"{0}"\n\n'
    text = "".join(entry.format(number) for number in range(10_000))
    messages, _ = _read(text)
    assert len(messages) == 10_000
    assert seconds_of(lambda: _read(text), 0.5) < 0.5


PO = """msgid ""
msgstr "Language: fr\\n"

msgid "Sponsor"
msgstr "Porteur"

#, fuzzy
msgid "Old"
msgstr "Vieux"

msgid "Empty"
msgstr ""

msgctxt "elsewhere"
msgid "With a context"
msgstr "Avec un contexte"
"""


def test_only_current_words_without_context_count() -> None:
    assert read_words(PO, "fr.po") == ({"Sponsor": "Porteur"}, [])


def test_mistakes_name_file_and_line() -> None:
    _, problems = read_words('msgid "a"\nmsgstr "b\n', "fr.po")
    assert problems
    assert {problem.path for problem in problems} == {"fr.po"}
    assert all(problem.line for problem in problems)


def test_the_theme_speaks_french_and_arabic() -> None:
    shared, problems = load_shared(read_workspace(REPOSITORY, "stop-jihadism"), NoCache())
    assert problems == []
    assert len(shared.words["fr"]) > 100
    assert len(shared.words["ar"]) > 100
