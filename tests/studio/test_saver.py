"""Two browsers and a text editor on one file: nothing is lost, every conflict is told."""

from __future__ import annotations

import os
import random
import stat
import threading
from pathlib import Path

import pytest
from stopjihad.disk import save
from stopjihad.problem import ProblemsFound
from stopjihad.studio.saver import Conflict, SavedFile, Saver, WantedEdit
from stopjihad.text.yaml.fields import Edit, Insert, Remove, SetField, apply, values
from stopjihad.text.yaml.tree import NoSuchPlace

POINT = """\
---
# A comment.
mode: debunk
fact: 'One fact.'   # leads
sources:
  - {id: a, title: A}
---
First paragraph.

Second paragraph.
"""
PATH = "campaigns/c/points/p.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    file = tmp_path / PATH
    file.parent.mkdir(parents=True)
    file.write_text(POINT, "utf-8")
    return tmp_path


def text_of(root: Path) -> str:
    return (root / PATH).read_bytes().decode()


def set_fact(words: str, was: str = "One fact.") -> WantedEdit:
    return WantedEdit(SetField(("fact",), words), was)


def test_fields_and_markdown_are_read() -> None:
    assert values(POINT) == {
        "mode": "debunk",
        "fact": "One fact.",
        "sources": [{"id": "a", "title": "A"}],
        "body": "First paragraph.\n\nSecond paragraph.",
    }


@pytest.mark.parametrize(
    ("edit", "old", "new"),
    [
        (SetField(("fact",), "It's new."), "fact: 'One fact.'", "fact: 'It''s new.'"),
        (SetField(("body",), "Short."), "First paragraph.\n\nSecond paragraph.", "Short."),
        (SetField(("sources", 0, "title"), "B"), "title: A", "title: B"),
        (Insert(("media",), 0, "x.jpg"), "---\nFirst", "media: [x.jpg]\n---\nFirst"),
        (SetField(("action", "label"), "Call"), "---\nFirst", "action:\n  label: Call\n---\nFirst"),
        (Remove(("mode",)), "mode: debunk\n", ""),
    ],
)
def test_one_change_touches_one_place(edit: Edit, old: str, new: str) -> None:
    order = ("mode", "fact", "action", "sources", "media")
    changed = apply(POINT, edit, order)
    if "action" in edit.path:
        assert values(changed)["action"] == {"label": "Call"}
    else:
        assert changed == POINT.replace(old, new)


def test_an_empty_body_can_be_filled_and_emptied() -> None:
    empty = "---\nmode: x\n---\n"
    assert apply(empty, SetField(("body",), "Words.")) == "---\nmode: x\n---\nWords.\n"
    assert values(apply(POINT, SetField(("body",), "")))["body"] == ""
    assert (
        apply("---\nmode: x\n---", SetField(("body",), "Words.")) == "---\nmode: x\n---\nWords.\n"
    )


def test_a_file_that_is_no_yaml_is_not_changed() -> None:
    for text in ("---\nfact: 'open\n---\n", "---\nno end", "- a\n- b\n"):
        with pytest.raises(NoSuchPlace):
            values(text)


def test_a_save_changes_the_file_and_its_digest(root: Path) -> None:
    saver = Saver(root)
    known = saver.load(PATH).digest
    saved = saver.save(PATH, [set_fact("Two.")], known)
    assert isinstance(saved, SavedFile)
    assert text_of(root) == POINT.replace("One fact.", "Two.")
    assert saved == saver.load(PATH)
    assert saved.digest != known


def test_changes_of_others_in_other_fields_are_kept(root: Path) -> None:
    saver = Saver(root)
    known = saver.load(PATH).digest
    (root / PATH).write_text(POINT.replace("debunk", "prebunk"), "utf-8")
    assert isinstance(saver.save(PATH, [set_fact("Two.")], known), SavedFile)
    assert text_of(root) == POINT.replace("debunk", "prebunk").replace("One fact.", "Two.")


def test_a_change_of_others_in_the_same_field_is_shown_and_kept(root: Path) -> None:
    saver = Saver(root)
    known = saver.load(PATH).digest
    theirs = POINT.replace("One fact.", "Their fact.")
    (root / PATH).write_text(theirs, "utf-8")
    conflict = saver.save(PATH, [set_fact("My fact.")], known)
    assert isinstance(conflict, Conflict)
    assert (conflict.path, conflict.theirs) == (("fact",), "Their fact.")
    assert text_of(root) == theirs
    again = saver.save(PATH, [set_fact("My fact.", was="Their fact.")], conflict.digest)
    assert isinstance(again, SavedFile)  # the author saw theirs and decided


def test_words_typed_before_the_newest_file_came_are_compared_too(root: Path) -> None:
    """A page that has caught up still holds what its author began before."""
    saver = Saver(root)
    was = str(values(text_of(root))["fact"])
    seen = saver.save(PATH, [set_fact("Theirs.", was)], saver.load(PATH).digest)
    assert isinstance(seen, SavedFile)
    result = saver.save(PATH, [set_fact("Mine.", was)], seen.digest)
    assert isinstance(result, Conflict)
    assert result.theirs == "Theirs."
    assert values(text_of(root))["fact"] == "Theirs."


def test_the_same_words_twice_are_no_conflict(root: Path) -> None:
    saver = Saver(root)
    known = saver.load(PATH).digest
    (root / PATH).write_text(POINT.replace("One fact.", "Same."), "utf-8")
    assert isinstance(saver.save(PATH, [set_fact("Same.")], known), SavedFile)


def test_items_are_compared_with_their_whole_list(root: Path) -> None:
    saver = Saver(root)
    known = saver.load(PATH).digest
    (root / PATH).write_text(POINT.replace("title: A", "title: Z"), "utf-8")
    remove = WantedEdit(Remove(("sources", 0)), [{"id": "a", "title": "A"}])
    assert isinstance(saver.save(PATH, [remove], known), Conflict)
    add = WantedEdit(Insert(("sources",), 1, {"id": "b"}), [{"id": "a", "title": "Z"}])
    assert isinstance(saver.save(PATH, [add], known), SavedFile)


class Clock:
    """Give the time that a test says."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def type_words(saver: Saver, clock: Clock, texts: str, token: str, wait: float = 0.4) -> None:
    """Save a fact letter by letter."""
    for letter in texts:
        clock.now += wait
        was = str(values(saver.load(PATH).text)["fact"])
        saved = saver.save(
            PATH, [set_fact(was + letter, was)], saver.load(PATH).digest, token=token
        )
        assert isinstance(saved, SavedFile)


def facts(saver: Saver, way: str) -> list[str]:
    """Take every step one way; give the fact after each."""
    found = []
    while (stepped := getattr(saver, way)(PATH)) is not None:
        assert stepped.field in {("fact",), ("mode",)}
        found.append(str(values(stepped.saved.text)["fact"]))
    return found


def test_typing_on_in_a_field_is_one_step_and_each_step_can_be_done_again(root: Path) -> None:
    clock = Clock()
    saver = Saver(root, clock)
    type_words(saver, clock, "Two", "page-0")
    known = saver.load(PATH).digest
    saver.save(PATH, [WantedEdit(SetField(("mode",), "prebunk"), "debunk")], known, token="page-1")
    assert saver.steps(PATH) == (True, False)
    last = text_of(root)
    assert facts(saver, "undo") == ["One fact.Two", "One fact."]
    assert text_of(root) == POINT
    assert saver.steps(PATH) == (False, True)
    assert facts(saver, "redo") == ["One fact.Two", "One fact.Two"]
    assert text_of(root) == last
    assert saver.redo(PATH) is None


def test_a_step_ends_after_a_pause_on_leaving_the_field_and_on_loading_the_page(
    root: Path,
) -> None:
    """One *Undo* once took 24 saves, of two visits to the page."""
    clock = Clock()
    saver = Saver(root, clock)
    type_words(saver, clock, "a", "page-0")
    clock.now += 9
    type_words(saver, clock, "b", "page-0")  # a short pause
    clock.now += 11
    type_words(saver, clock, "c", "page-0")  # a long one
    type_words(saver, clock, "d", "page-1")  # the field was left
    type_words(saver, clock, "e", "other-0")  # the page was loaded again
    start = "One fact."
    assert facts(saver, "undo") == [start + end for end in ("abcd", "abc", "ab", "")]


def test_no_step_holds_more_than_half_a_minute_of_typing(root: Path) -> None:
    clock = Clock()
    saver = Saver(root, clock)
    type_words(saver, clock, "x" * 100, "page-0", 1)
    lengths = [len(fact) for fact in facts(saver, "undo")]
    assert [one - two for one, two in zip([109, *lengths], lengths, strict=False)] == [
        10,
        30,
        30,
        30,
    ]


def test_who_types_after_a_step_back_cannot_redo(root: Path) -> None:
    clock = Clock()
    saver = Saver(root, clock)
    type_words(saver, clock, "a", "page-0")
    saver.undo(PATH)
    type_words(saver, clock, "b", "page-0")
    assert saver.steps(PATH) == (True, False)
    assert saver.redo(PATH) is None
    assert facts(saver, "undo") == ["One fact."]


def test_nothing_of_others_is_taken_back(root: Path) -> None:
    saver = Saver(root)
    saver.save(PATH, [set_fact("Two.")], saver.load(PATH).digest)
    (root / PATH).write_text("theirs", "utf-8")
    assert saver.undo(PATH) is None
    assert text_of(root) == "theirs"


def test_steps_back_and_forth_outlast_the_studio(root: Path) -> None:
    clock = Clock()
    saver = Saver(root, clock)
    type_words(saver, clock, "ab", "page-0")
    type_words(saver, clock, "c", "page-1")
    last = text_of(root)
    again = Saver(root)
    assert again.steps(PATH) == (True, False)
    assert facts(again, "undo") == ["One fact.ab", "One fact."]
    assert text_of(root) == POINT
    third = Saver(root)
    assert third.steps(PATH) == (False, True)
    assert facts(third, "redo") == ["One fact.ab", "One fact.abc"]
    assert text_of(root) == last


def test_steps_go_with_the_history_and_believe_nothing_else(root: Path) -> None:
    saver = Saver(root)
    saver.save(PATH, [set_fact("Two.")], saver.load(PATH).digest)
    (kept,) = (root / ".stopjihad/undo").iterdir()
    steps = kept.read_bytes()
    for damage in (b"", b"{", b"[]", steps.replace(PATH.encode(), b"campaigns/c/points/q.md")):
        kept.write_bytes(damage)
        assert Saver(root).steps(PATH) == (False, False)
    for log in (root / ".stopjihad/history/c").iterdir():
        log.unlink()
    kept.write_bytes(steps)
    assert Saver(root).undo(PATH) is None
    assert values(text_of(root))["fact"] == "Two."


def test_a_disk_that_refuses_takes_no_step_away(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saver = Saver(root)
    saver.save(PATH, [set_fact("Two.")], saver.load(PATH).digest)
    with monkeypatch.context() as patched:
        patched.setattr(save, "write", lambda *_: (_ for _ in ()).throw(ProblemsFound(())))
        with pytest.raises(ProblemsFound):
            saver.undo(PATH)
    assert saver.undo(PATH) is not None
    assert text_of(root) == POINT


def test_line_ends_marks_and_permissions_stay(root: Path) -> None:
    data = b"\xef\xbb\xbf" + POINT.replace("\n", "\r\n").encode()
    (root / PATH).write_bytes(data)
    (root / PATH).chmod(0o640)
    saver = Saver(root)
    saver.save(PATH, [set_fact("Two.")], saver.load(PATH).digest)
    assert (root / PATH).read_bytes() == data.replace(b"One fact.", b"Two.")
    assert stat.S_IMODE((root / PATH).stat().st_mode) == 0o640


def test_links_are_not_written_through(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "p.md").write_text(POINT, "utf-8")
    (root / "campaigns/linked").symlink_to(outside)
    (root / "campaigns/c/points/l.md").symlink_to(outside / "p.md")
    known = save.digest(POINT.encode())
    for path in ("campaigns/linked/p.md", "campaigns/c/points/l.md"):
        with pytest.raises(ProblemsFound):
            Saver(root).save(path, [set_fact("Two.")], known)
    assert (outside / "p.md").read_text("utf-8") == POINT


def test_a_new_file_replaces_none(root: Path) -> None:
    with pytest.raises(save.ChangedFile):
        save.write(root, PATH, b"new", save.ABSENT)
    assert text_of(root) == POINT
    save.write(root, "campaigns/c/new/q.md", b"new", save.ABSENT)
    assert (root / "campaigns/c/new/q.md").read_bytes() == b"new"


def test_someone_who_saves_between_our_look_and_our_write_keeps_their_words(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exchange = save.kernel.exchange
    theirs = POINT.replace("One fact.", "At the last moment.")
    calls = []

    def late(*names: object) -> bool:
        if not calls:
            new = root / "theirs"
            new.write_text(theirs, "utf-8")
            new.replace(root / PATH)
        calls.append(names)
        return exchange(*names)

    monkeypatch.setattr(save.kernel, "exchange", late)
    with pytest.raises(save.ChangedFile):
        save.write(root, PATH, b"ours", save.digest(POINT.encode()))
    assert text_of(root) == theirs
    assert list((root / ".stopjihad/saving").iterdir()) == []


@pytest.mark.parametrize("code", ["ENOSPC", "EROFS", "EACCES"])
def test_a_disk_that_refuses_leaves_the_file_whole(
    root: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    import errno

    def refuse(*_: object) -> None:
        raise OSError(getattr(errno, code), os.strerror(getattr(errno, code)))

    monkeypatch.setattr("stopjihad.disk.files.write_all", refuse)
    with pytest.raises(ProblemsFound) as found:
        save.write(root, PATH, b"new", save.digest(POINT.encode()))
    assert PATH in str(found.value)
    assert text_of(root) == POINT


@pytest.mark.parametrize("rounds", [50, pytest.param(200, marks=pytest.mark.long)])
def test_interleavings_lose_no_word(rounds: int, tmp_path: Path) -> None:
    """Two browsers through forms, an editor that renames over the file: as in issue 7, point 5."""
    for seed in range(rounds):
        folder = tmp_path / str(seed)
        (folder / PATH).parent.mkdir(parents=True)
        (folder / PATH).write_text(POINT, "utf-8")
        _interleave(folder, random.Random(seed))


def _interleave(root: Path, chance: random.Random) -> None:
    """Let three people write words; each word is in the file, or its author was told."""
    saver = Saver(root)
    told: list[str] = []
    written: list[str] = []
    sees = {name: saver.load(PATH) for name in "ab"}
    for turn in range(chance.randrange(4, 10)):
        who = chance.choice("abe")
        word = f"word{turn}{who}"
        field = chance.choice(("fact", "body", "mode"))
        if who == "e":
            text = text_of(root)
            new = str(values(text)[field]) + " " + word
            fresh = root / "editor.tmp"
            fresh.write_text(apply(text, SetField((field,), new)), "utf-8")
            fresh.replace(root / PATH)
            written.append(word)
            continue
        if chance.random() < 0.3:
            sees[who] = saver.load(PATH)
        was = values(sees[who].text)[field]
        result = saver.save(
            PATH, [WantedEdit(SetField((field,), f"{was} {word}"), was)], sees[who].digest
        )
        if isinstance(result, Conflict):
            told.append(word)
            assert result.theirs == values(text_of(root))[field]
            sees[who] = saver.load(PATH)
        else:
            written.append(word)
            sees[who] = result
    text = text_of(root)
    assert all(word in text for word in written)
    assert not any(word in text for word in told)


def test_threads_that_save_at_once_lose_nothing(root: Path) -> None:
    saver = Saver(root)
    failed: list[object] = []

    def work(name: str) -> None:
        for number in range(25):
            while True:
                seen = saver.load(PATH)
                was = values(seen.text)["fact"]
                words = f"{was} {name}{number}"
                if isinstance(
                    saver.save(PATH, [set_fact(words, str(was))], seen.digest), SavedFile
                ):
                    break

    threads = [threading.Thread(target=work, args=(name,)) for name in "xyz"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    fact = str(values(text_of(root))["fact"]).split()
    assert sorted(fact[2:]) == sorted(f"{name}{number}" for name in "xyz" for number in range(25))
