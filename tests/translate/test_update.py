from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

import pytest
from stopjihad.catalog.platforms import platforms
from stopjihad.text import po
from stopjihad.translate.notes import NoteTarget
from stopjihad.translate.update import UpdatedFile, update_po
from stopjihad.view.source_segments import extract, project_segments

from support.campaign import GENERATED, generated_project, page, point

TARGET = NoteTarget(
    language="fr",
    campaign="sample",
    base_url="https://campaign.example.org",
    updated="2026-11-24",
    platforms=platforms(),
)


def _update(text: str, *points, pages=(), target: NoteTarget = TARGET) -> UpdatedFile:
    return update_po(text, extract(GENERATED, points, pages), target)


def _translated(text: str, change=lambda source: f"fr:{source}") -> str:
    """Fill in every empty msgstr, as a translator does."""
    parts, place = [], 0
    for entry in po.scan(text).entries:
        if entry.source and not entry.translation:
            from stopjihad.text.po import write_string

            found = text.rindex("msgstr", entry.start, entry.end)
            parts += [text[place:found], write_string("msgstr", change(entry.source))]
            place = entry.end
    return "".join([*parts, text[place:]])


def _states(text: str) -> dict[str, int]:
    entries = [entry for entry in po.scan(text).entries if entry.source]
    stale = sum(entry.stale for entry in entries)
    empty = sum(not entry.translation for entry in entries)
    return {"stale": stale, "untranslated": empty, "translated": len(entries) - stale - empty}


def _entry(text: str, context: str) -> po.PoEntry:
    (found,) = [entry for entry in po.scan(text).entries if entry.context == context]
    return found


def test_a_new_file_holds_every_text_with_what_it_is_for():
    text = _update("", point("bus", posts={"x": "A bus drives."})).text
    entry = _entry(text, "bus/posts.x")
    assert entry.source == "A bus drives."
    assert "#. Ready-made post for x\n#. At most 280 characters, as X counts" in entry.notes
    assert "#. Seen at https://campaign.example.org/fr/points/bus/index.html\n" in entry.notes
    assert "#: points/bus.md\n#, max-length:280\n" in entry.notes
    assert "md-text" in _entry(text, "bus/alternative").notes


def test_limits_are_given_in_characters_of_the_language():
    from msgspec.structs import replace

    text = _update("", point("bus", posts={"x": "A"}), target=replace(TARGET, language="ja")).text
    assert "max-length:140" in _entry(text, "bus/posts.x").notes


def test_nothing_changed_means_not_one_byte():
    text = _translated(_update("", point("bus"), pages=(page("about"),)).text)
    again = _update(text, point("bus"), pages=(page("about"),))
    assert again.text == text
    assert (again.new, again.stale, again.obsolete) == (0, 0, 0)


def test_a_changed_text_keeps_its_translation_as_stale_with_the_old_source():
    text = _translated(_update("", point("bus")).text)
    changed = _update(text, point("bus", fact="The bus drives on Sundays."))
    entry = _entry(changed.text, "bus/fact")
    assert entry.stale
    assert entry.translation == "fr:A fact about bus."
    assert po.previous_source(entry.notes) == "A fact about bus."
    assert changed.stale == 1


def test_a_second_change_still_shows_what_the_translation_answers():
    text = _translated(_update("", point("bus")).text)
    text = _update(text, point("bus", fact="The bus drives.")).text
    text = _update(text, point("bus", fact="The bus stops.")).text
    assert po.previous_source(_entry(text, "bus/fact").notes) == "A fact about bus."


def test_a_text_that_goes_back_gets_its_translation_back():
    text = _translated(_update("", point("bus")).text)
    gone = _update(text, point("bus", fact="The bus drives.")).text
    assert _update(gone, point("bus")).text == text


def test_nothing_is_guessed_across_talking_points():
    body = "The bus drives to the school every morning at seven."
    text = _translated(_update("", point("bus", body=body)).text)
    train = point("train", body=body.replace("bus", "train"))
    both = _update(text, point("bus", body=body), train)
    assert _entry(both.text, "train/body").translation == ""
    assert both.stale == 0


def test_an_unlike_paragraph_of_the_same_text_is_not_offered():
    text = _translated(_update("", point("bus", body="People wait at the stop for a bus.")).text)
    other = _update(text, point("bus", body="Courts have heard hundreds of witnesses since 2014."))
    assert _entry(other.text, "bus/body").translation == ""
    assert other.obsolete == 1


def test_what_is_not_used_any_more_is_kept_and_comes_back():
    text = _translated(_update("", point("bus"), point("train")).text)
    text = text.replace("#. The fact that leads", "# ask Nour about this\n#. The fact that leads")
    without = _update(text, point("bus"))
    assert without.obsolete == len(extract(GENERATED, (point("train"),))) - len(extract(GENERATED))
    assert 'msgctxt "train/fact"' in without.text
    assert "train/fact" not in [entry.context for entry in po.scan(without.text).entries]
    again = _update(without.text, point("bus"))
    assert again.text == without.text
    back = _update(again.text, point("bus"), point("train"))
    assert back.text == text
    assert back.revived == without.obsolete


def test_translators_comments_and_foreign_flags_stay():
    text = _translated(_update("", point("bus", posts={"x": "A"})).text)
    text = text.replace("#. Ready-made", "# not sure\n#\n# about this\n#. Ready-made")
    text = text.replace("#, max-length:280", "#, no-wrap, max-length:7")
    notes = _entry(_update(text, point("bus", posts={"x": "A"})).text, "bus/posts.x").notes
    assert "# not sure\n#\n# about this\n#. Ready-made" in notes
    assert "#, no-wrap, max-length:280\n" in notes


def test_other_tools_wrapping_stays():
    text = _translated(_update("", point("bus")).text)
    wrapped = text.replace('msgstr "fr:A fact', 'msgstr ""\n"fr:A "\n"fact')
    assert wrapped != text
    assert _update(wrapped, point("bus")).text == wrapped


def test_the_header_stays_but_for_addresses():
    text = _update("", point("bus")).text
    text = text.replace(
        '"Last-Translator: not recorded\\n"',
        '"Last-Translator: Nour <nour@example.org>\\n"\n"X-Generator: Poedit 3.6\\n"',
    ).replace("# French:", "# Nour <nour@example.org>, 2026\n# French:")
    updated = _update(text, point("bus")).text
    assert "@" not in updated.split('msgctxt "')[0]
    assert '"Last-Translator: Nour\\n"\n"X-Generator: Poedit 3.6\\n"' in updated
    assert "# Nour, 2026\n" in updated


def test_a_header_gets_the_fields_that_gettext_misses():
    text = _translated(_update("", point("bus")).text)
    start = text.index('"Project-Id-Version')
    short = (
        text[:start] + '"Language: fr\\n"\n"X-Mine: 1\\n"\n' + text[text.index("\n\n", start) + 1 :]
    )
    updated = _update(short, point("bus")).text
    fields = updated[start : updated.index("\n\n", start)]
    assert fields.startswith('"Language: fr\\n"\n"X-Mine: 1\\n"\n"Project-Id-Version: sample\\n"\n')
    assert '"Last-Translator: not recorded\\n"' in fields
    assert _update(updated, point("bus")).text == updated


def test_a_file_without_last_line_feed_is_whole_afterwards():
    text = _translated(_update("", point("bus")).text)
    assert _update(text.rstrip("\n"), point("bus")).text == text


def _edited(rng: random.Random, number: int, item):
    """Edit a point in one of four ways; gives it with its stale and new texts."""
    from msgspec.structs import replace

    paragraphs = item.body.split("\n\n")
    kind = number % 4
    if kind == 0:
        added = " ".join(f"neu{rng.randrange(10_000)}" for _ in range(12))
        return replace(item, body="\n\n".join([added, *paragraphs])), 0, 1
    if kind == 1:
        return replace(item, fact=item.fact.replace("fact", "truth")), 1, 0
    if kind == 2:
        words = paragraphs[0].split()
        wrapped = "\n".join(" ".join(words[at : at + 4]) for at in range(0, len(words), 4))
        return replace(item, body="\n\n".join([wrapped, *paragraphs[1:]])), 0, 0
    lines = paragraphs[-1].split("\n")
    assert all(line.startswith("- ") for line in lines)
    listed = "\n".join(reversed(lines))
    first = paragraphs[0].split()
    first[3] = "reworded"
    return replace(item, body="\n\n".join([" ".join(first), *paragraphs[1:-1], listed])), 1, 0


@pytest.mark.judge
def test_fifty_edits_of_a_hundred_points_count_exactly(tmp_path: Path):
    msgfmt = shutil.which("msgfmt")
    assert msgfmt, "gettext is among the Debian packages that make test installs"
    rng = random.Random(1)
    project = generated_project(100)
    text = _translated(update_po("", project_segments(project), TARGET).text)
    total = len(project_segments(project))
    points, stale, new = [], 0, 0
    for number, document in enumerate(project.points):
        item = document.record
        if number < 50:
            item, more, extra = _edited(rng, number, item)
            stale, new = stale + more, new + extra
        points.append(item)
    pages = tuple(document.record for document in project.pages)
    segments = extract(project.campaign.record, tuple(points), pages)
    updated = update_po(text, segments, TARGET)
    assert (updated.stale, updated.new) == (stale, new)
    assert stale == 25
    assert new == 13
    assert updated.obsolete == 0
    assert _states(updated.text) == {
        "stale": stale,
        "untranslated": new,
        "translated": total - stale,
    }
    assert update_po(updated.text, segments, TARGET).text == updated.text
    path = tmp_path / "fr.po"
    path.write_text(updated.text, encoding="utf-8")
    verdict = subprocess.run(
        [msgfmt, "--check", "--output-file=/dev/null", str(path)], check=False, capture_output=True
    )
    assert verdict.returncode == 0
    assert verdict.stderr == b""


@pytest.mark.judge
@pytest.mark.parametrize(
    "tool", [["msgcat"], ["msgattrib", "--no-obsolete"], ["msgcat", "--width=40"]]
)
def test_files_that_gettext_rewrote_come_back_without_loss(tool: list[str], tmp_path: Path):
    program = shutil.which(tool[0])
    assert program, "gettext is among the Debian packages that make test installs"
    project = generated_project(10)
    segments = project_segments(project)
    text = _translated(update_po("", segments, TARGET).text)
    path = tmp_path / "fr.po"
    path.write_text(text, encoding="utf-8")
    subprocess.run([program, *tool[1:], "-o", str(path), str(path)], check=True)
    returned = path.read_text(encoding="utf-8")
    updated = update_po(returned, segments, TARGET)
    assert (updated.kept, updated.new, updated.stale) == (len(segments), 0, 0)
    assert [entry[:4] for entry in po.scan(updated.text).entries[1:]] == [
        entry[:4] for entry in po.scan(text).entries[1:]
    ]
    flags = [entry.notes for entry in po.scan(updated.text).entries[1:]]
    assert flags == [entry.notes for entry in po.scan(text).entries[1:]]


@pytest.mark.judge
def test_what_gettext_edits_is_kept_and_nothing_else_moves(tmp_path: Path):
    msgfilter = shutil.which("msgfilter")
    assert msgfilter, "gettext is among the Debian packages that make test installs"
    segments = project_segments(generated_project(10))
    text = _translated(update_po("", segments, TARGET).text)
    path = tmp_path / "fr.po"
    path.write_text(text, encoding="utf-8")
    sed = ["sed", "-e", "s/^fr:/traduit : /"]
    subprocess.run([msgfilter, "--keep-header", "-i", path, "-o", path, *sed], check=True)
    updated = update_po(path.read_text(encoding="utf-8"), segments, TARGET)
    assert (updated.kept, updated.new, updated.stale) == (len(segments), 0, 0)
    before = {(e.context, e.source): e.translation for e in po.scan(text).entries[1:]}
    after = {(e.context, e.source): e.translation for e in po.scan(updated.text).entries[1:]}
    assert after == {key: words.replace("fr:", "traduit : ", 1) for key, words in before.items()}
