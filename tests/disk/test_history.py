"""The history of a campaign's files: every state comes back byte for byte."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from stopjihad.disk import history, save
from stopjihad.disk.history import CampaignHistory, history_of, saving_as

NAMES = ("points/a.md", "points/b.md", "locale/fr.po", "campaign.yaml", "reviews.jsonl")


def digest_of(data: bytes | None) -> str:
    return save.ABSENT if data is None else save.digest(data)


def some_words(chance: random.Random) -> bytes:
    words = ("peace", "مدرسة", "école", "\r\n", "---", "x" * 200, "0")
    return " ".join(chance.choices(words, k=chance.randrange(60))).encode()


def edited(chance: random.Random, old: bytes | None) -> bytes | None:
    """Change, fill anew, empty or remove a file, as people and programs do."""
    way = chance.random()
    if old is None or way < 0.15:
        return some_words(chance)
    if way < 0.25:
        return None
    at = chance.randrange(len(old) + 1)
    return old[:at] + some_words(chance)[:30] + old[at + chance.randrange(20) :]


def states(root: Path, number: int, seed: int) -> None:
    """Save, write past us and remove at random; then every state there was comes back."""
    chance = random.Random(seed)
    now: dict[str, bytes | None] = {}
    seen: list[tuple[int, dict[str, bytes | None]]] = []
    kept = history_of(str(root), "demo")
    for _ in range(number):
        path = f"campaigns/demo/{chance.choice(NAMES)}"
        new, old = edited(chance, now.get(path)), now.get(path)
        if chance.random() < 0.2:  # another program
            file = root / path
            if new is None:
                file.unlink(missing_ok=True)
            else:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(new)
            save.notice(root, path)
        elif new is not None:
            save.write(root, path, new, digest_of(old))
        elif old is not None:
            save.remove(root, path, digest_of(old))
        now[path] = new
        seen.append((len(kept.versions()), dict(now)))
    again = CampaignHistory(str(root), "demo")
    versions = again.versions()
    contents = again.contents(versions)
    for length, state in seen:
        found = {one.path: contents[one.id] for one in versions[:length]}
        assert {path: data for path, data in found.items() if data is not None} == {
            path: data for path, data in state.items() if data is not None
        }
    assert again.sound


def test_every_state_comes_back(tmp_path: Path) -> None:
    states(tmp_path, 60, 1)


@pytest.mark.long
def test_each_of_a_thousand_states_comes_back(tmp_path: Path) -> None:
    states(tmp_path, 1000, 2)


def test_who_and_when_are_kept(tmp_path: Path) -> None:
    path = "campaigns/demo/points/a.md"
    with saving_as("Nour"):
        save.write(tmp_path, path, b"one", save.ABSENT)
    (tmp_path / path).write_bytes(b"two")  # somebody else, whom nobody saw
    with saving_as("Sami"):
        save.write(tmp_path, path, b"three", save.digest(b"two"))
    found = history_of(str(tmp_path), "demo").versions(path)
    assert [one.by for one in found] == ["Nour", "", "Sami"]
    assert all(abs(one.when - time.time()) < 60 for one in found)


def test_the_oldest_goes_and_the_last_version_of_a_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "SEGMENT", 4_000)
    monkeypatch.setattr(history, "MOST", 12_000)
    chance = random.Random(3)
    still, busy = "campaigns/demo/points/still.md", "campaigns/demo/points/busy.md"
    save.write(tmp_path, still, b"never touched again", save.ABSENT)
    known = save.ABSENT
    for _ in range(120):
        data = chance.randbytes(300)
        save.write(tmp_path, busy, data, known)
        known = save.digest(data)
    folder = tmp_path / ".stopjihad/history/demo"
    assert sum(file.stat().st_size for file in folder.iterdir()) < 12_000 + 2 * 4_000
    kept = CampaignHistory(str(tmp_path), "demo")
    found = kept.versions()
    contents = kept.contents(found)
    assert contents[next(one.id for one in found if one.path == still)] == b"never touched again"
    assert contents[found[-1].id] == data
    assert all(contents[one.id] is not None for one in found)


@pytest.mark.parametrize("harm", ["cut", "altered", "emptied", "a link", "a folder"])
def test_a_broken_history_stops_no_save(tmp_path: Path, harm: str) -> None:
    path, last = "campaigns/demo/points/a.md", b""
    for number in range(5):
        data = f"version {number}".encode()
        save.write(tmp_path, path, data, save.digest(last) if number else save.ABSENT)
        last = data
    log = tmp_path / ".stopjihad/history/demo/000001.log"
    data = log.read_bytes()
    if harm == "cut":
        log.write_bytes(data[:-7])
    elif harm == "altered":
        log.write_bytes(data[:150] + b"\0\0" + data[152:])
    elif harm == "emptied":
        log.write_bytes(b"")
    else:
        log.unlink()
        other = tmp_path / "other"
        other.write_bytes(b"somebody's")
        if harm == "a link":
            log.symlink_to(other)
        else:
            log.mkdir()
    history_of.cache_clear()  # as the next process finds it
    save.write(tmp_path, path, b"after", save.digest(last))
    assert (tmp_path / path).read_bytes() == b"after"
    kept = CampaignHistory(str(tmp_path), "demo")
    found = kept.versions(path)
    assert kept.contents(found)[found[-1].id] == b"after"
    assert kept.sound == (harm != "altered")
    if harm == "a link":
        assert other.read_bytes() == b"somebody's"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no full device")
@pytest.mark.parametrize("odd", ["pipe", "second name"])
def test_an_odd_thing_in_place_of_a_log_is_left_as_it_is(tmp_path: Path, odd: str) -> None:
    """A pipe made every command wait for ever; what has a second name was written to."""
    root, path = tmp_path / "ours", "campaigns/demo/points/a.md"
    save.write(root, path, b"one", save.ABSENT)
    log = root / ".stopjihad/history/demo/000001.log"
    kept = log.read_bytes()
    log.unlink()
    if odd == "pipe":
        os.mkfifo(log)
    else:
        (tmp_path / "theirs").write_bytes(kept)
        log.hardlink_to(tmp_path / "theirs")
    before = log.stat()
    code = (
        "import sys; from pathlib import Path; from stopjihad.disk import save;"
        f"save.write(Path(sys.argv[1]), {path!r}, b'two', save.digest(b'one'))"
    )
    subprocess.run([sys.executable, "-c", code, str(root)], check=True, timeout=20)
    assert (log.stat().st_ino, log.stat().st_size) == (before.st_ino, before.st_size)
    found = CampaignHistory(str(root), "demo")
    contents = found.contents(found.versions())
    assert list(contents.values())[-1] == b"two"


def test_a_disk_that_refuses_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(history, "write_all", full)
    save.write(tmp_path, "campaigns/demo/a.md", b"words", save.ABSENT)
    kept = history_of(str(tmp_path), "demo")
    assert "No space left" in kept.trouble
    monkeypatch.undo()
    save.write(tmp_path, "campaigns/demo/a.md", b"more words", save.digest(b"words"))
    assert (kept.trouble, len(kept.versions())) == ("", 2)


def test_two_processes_share_a_history(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from stopjihad.disk import save\n"
        "root, name = Path(sys.argv[1]), sys.argv[2]; known = save.ABSENT\n"
        "for number in range(40):\n"
        "    data = f'{name} {number}'.encode()\n"
        "    save.write(root, f'campaigns/demo/{name}.md', data, known)\n"
        "    known = save.digest(data)\n"
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path), name], env=dict(os.environ))
        for name in ("a", "b")
    ]
    assert [one.wait(60) for one in writers] == [0, 0]
    kept = CampaignHistory(str(tmp_path), "demo")
    found = kept.versions()
    contents = kept.contents(found)
    for name in ("a", "b"):
        mine = [contents[one.id] for one in found if one.path.endswith(f"{name}.md")]
        assert mine == [f"{name} {number}".encode() for number in range(40)]


def test_a_save_costs_little(tmp_path: Path) -> None:
    """A talking point and a file of translations as large as the sample's, many times."""
    chance = random.Random(4)
    text = b"".join(b"msgid %d\n" % chance.randrange(10**9) for _ in range(25_000))
    path = "campaigns/demo/locale/fr.po"
    kept = history_of(str(tmp_path), "demo")
    kept.record(path, None, text)
    begun = time.process_time()
    for number in range(50):
        at = chance.randrange(len(text))
        new = text[:at] + b"%d" % number + text[at:]
        kept.record(path, text, new)
        text = new
    assert (time.process_time() - begun) / 50 < 0.02
    assert sum(one.stat().st_size for one in (tmp_path / ".stopjihad").rglob("*.log")) < 300_000
