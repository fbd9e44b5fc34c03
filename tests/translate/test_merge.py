from __future__ import annotations

import pytest
from stopjihad.model.review import source_digest, translation_digest
from stopjihad.text import po
from stopjihad.translate.exchange import ReturnedRow
from stopjihad.translate.merge import MergedFile, from_po, merge
from stopjihad.translate.notes import NoteTarget
from stopjihad.translate.update import update_po
from stopjihad.view.source_segments import extract

from support.campaign import GENERATED, point

TARGET = NoteTarget(
    language="fr", campaign="c", base_url="https://a.org", updated="2026-11-24", platforms={}
)
SEGMENTS = extract(GENERATED, (point("bus"),))
EMPTY = update_po("", SEGMENTS, TARGET).text
FACT = ("bus/fact", "A fact about bus.")


def _row(
    translation: str = "", context: str = FACT[0], source: str = FACT[1], **more
) -> ReturnedRow:
    key = source_digest(context, source)
    return ReturnedRow(key=key, context=context, source=source, translation=translation, **more)


def _merge(text: str, *rows: ReturnedRow, digests=None) -> MergedFile:
    return merge(text, SEGMENTS, rows, digests or {}, "fr")


def _entry(text: str) -> po.PoEntry:
    (entry,) = [entry for entry in po.scan(text).entries if entry.context == FACT[0]]
    return entry


def test_a_translation_is_put_in_and_nothing_else_moves():
    merged = _merge(EMPTY, _row("Un fait."))
    assert merged.changed == 1
    assert _entry(merged.text).translation == "Un fait."
    one = 'msgid "A fact about bus."\nmsgstr ""\n'
    assert merged.text == EMPTY.replace(one, one.replace('""', '"Un fait."'))


def test_empty_and_equal_rows_change_nothing():
    text = _merge(EMPTY, _row("Un fait.")).text
    merged = _merge(text, _row(""), _row("Un fait."), _row(" Un fait.\r\n"))
    assert merged.text == text
    assert (merged.changed, merged.unchanged) == (0, 3)


def test_a_row_whose_source_has_changed_is_refused_with_its_words():
    merged = _merge(EMPTY, _row("Un fait.", source="An older fact.", place="row 7"))
    assert merged.text == EMPTY
    (refused,) = merged.refused
    assert (refused.place, refused.context, refused.translation) == ("row 7", *FACT[:1], "Un fait.")


def test_an_empty_row_whose_source_has_changed_is_not_worth_a_word():
    assert _merge(EMPTY, _row("", source="An older fact.")).refused == ()


def test_a_corrected_stale_text_is_stale_no_more():
    text = _merge(EMPTY, _row("Un fait.")).text
    segments = extract(GENERATED, (point("bus", fact="A new fact."),))
    text = update_po(text, segments, TARGET).text
    assert _entry(text).stale
    merged = merge(text, segments, [_row("Un fait.", source="A new fact.")], {}, "fr")
    entry = _entry(merged.text)
    assert not entry.stale
    assert "fuzzy" not in entry.notes
    assert "#|" not in entry.notes
    assert "max-length" in entry.notes
    assert update_po(merged.text, segments, TARGET).text == merged.text


def test_questions_and_back_translations_become_translators_comments_once():
    row = _row("", question="Who?\nWhere?", back="A fact.")
    merged = _merge(EMPTY, row)
    assert merged.questions == 1
    assert "# question: Who?\n# Where?\n# translated back: A fact.\n#. The fact" in merged.text
    assert _merge(merged.text, row).text == merged.text
    assert update_po(merged.text, SEGMENTS, TARGET).text == merged.text


def test_an_approval_stands_only_for_the_words_that_stand():
    digest = translation_digest("fr", *FACT, "Un fait.")
    text = _merge(EMPTY, _row("Un fait.")).text
    assert _merge(text, _row(approved=digest), digests={FACT: digest}).approved == (
        (FACT[0], digest),
    )
    other = _merge(text, _row(approved=digest), digests={FACT: "0" * 32})
    assert other.approved == ()
    assert "approved here" in other.refused[0].reason


def test_who_writes_and_approves_at_once_approves_the_new_words():
    merged = _merge(EMPTY, _row("Un fait.", approved="edited"))
    assert merged.approved == ((FACT[0], translation_digest("fr", *FACT, "Un fait.")),)


@pytest.mark.parametrize("words", ['"quoted" \\ back', "two\nlines", "x" * 200, "# no comment"])
def test_any_words_are_read_back(words: str):
    assert _entry(_merge(EMPTY, _row(words)).text).translation == words


def test_rows_of_a_po_file_need_no_key_and_fuzzy_is_no_word():
    text = _merge(EMPTY, _row("Un fait.")).text
    rows = from_po(text.replace("#. The fact", "#, fuzzy\n#. The fact"))
    assert [row.translation for row in rows if row.context == FACT[0]] == [""]
    merged = merge(EMPTY, SEGMENTS, from_po(text), {}, "fr")
    assert merged.text == text
    assert merged.refused == ()
