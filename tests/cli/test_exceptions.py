from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.signing import problems, run, workspace_to_sign, write

WAIVER = "waivers: [{rule: LNG02, reason: Quoted, by: Nour, until: 2099-06-30}]\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return workspace_to_sign(tmp_path / "ws")


def test_a_waiver_no_longer_hides_what_is_added_later(root: Path):
    """One waiver used to silence a rule for all later sentences of a point, in all languages."""
    write(root, "points/neighbours.md", "\n---\nWords", f"\n{WAIVER}---\nWords")
    write(root, "points/neighbours.md", "Words of explanation.", "Islam is a religion of violence.")
    assert {"LNG02", "waiver-moved"} <= set(problems(root))


def test_blame_in_a_translation_is_found_for_itself(root: Path):
    """An exception of the source's sentence excuses none in another language."""
    write(root, "points/neighbours.md", "Words of explanation.", "Islam is a religion of violence.")
    run(root, "translate", "update")
    po = root / "campaigns/demo/locale/fr.po"
    text = po.read_text(encoding="utf-8")
    source = 'msgid "Islam is a religion of violence. [^un]"\nmsgstr ""'
    assert source in text
    french = "L’islam est une religion de violence. [^un]"
    po.write_text(text.replace(source, source[:-2] + f'"{french}"'), encoding="utf-8")
    for by in ("Nour", "Sami"):
        arguments = ("-l", "en", "--rule", "LNG02", "--by", by, "--reason", "Quoted")
        assert run(root, "review", "except", *arguments, "neighbours/body").exit_code == 0
    found = json.loads(run(root, "check", "--format", "json").stdout)["problems"]
    blamed = [one["path"] for one in found if one["code"] == "LNG02"]
    assert blamed == ["campaigns/demo/locale/fr.po"]


def test_waivers_become_exceptions_of_the_words_that_they_excuse_today(root: Path):
    write(root, "points/neighbours.md", "\n---\nWords", f"\n{WAIVER}---\nWords")
    write(root, "points/neighbours.md", "Words of explanation.", "Islam is a religion of violence.")
    done = run(root, "review", "migrate")
    assert done.stdout.startswith("1 waiver(s), 1 exception(s) written")
    write(root, "points/neighbours.md", WAIVER, "")
    assert "LNG02" in problems(root)  # of blame a second person must be sure
    arguments = ("-l", "en", "--rule", "LNG02", "--by", "Sami", "--reason", "Quoted")
    assert run(root, "review", "except", *arguments, "neighbours/body").exit_code == 0
    assert "LNG02" not in problems(root)
    write(root, "points/neighbours.md", "of violence.", "of violence, and it is.")
    assert "LNG02" in problems(root)


def test_an_exception_is_listed_before_it_is_signed(root: Path):
    write(root, "points/neighbours.md", "Words of explanation.", "Islam is a religion of violence.")
    listed = run(root, "review", "except", "-l", "en", "--rule", "LNG02")
    assert listed.exit_code == 0
    assert "Islam is a religion of violence." in listed.stdout
    assert not (root / "campaigns/demo/reviews.jsonl").exists()
    for arguments, words in (
        (("--rule", "LNG99"), "there is no rule 'LNG99'"),
        (("--rule", "SAF02"), "SAF02 has no exceptions"),
        (("--rule", "LNG02", "neighbours/body"), "say why the words may stand"),
    ):
        result = run(root, "review", "except", "-l", "en", *arguments)
        assert result.exit_code == 2
        assert words in result.output


def _except(root: Path, by: str, *more: str):
    words = ("review", "except", "-l", "en", "--rule", "LNG02", "--reason", "A quotation.")
    return run(root, *words, "--by", by, *more, "neighbours/body")


def test_a_second_person_is_asked_for_until_one_has_signed(root: Path):
    """The second of two people was told, too, that a second person must sign."""
    words = ("Words of explanation.", "Islam is a religion of violence.")
    write(root, "points/neighbours.md", *words)
    asked = "excused; a second person must sign the same\n"
    assert _except(root, "Nour").stdout == f"1 {asked}"
    assert _except(root, "Nóur").stdout == f"0 {asked}"
    waiting = "exception: LNG02 neighbours/body (Nour); a second person must sign the same"
    assert waiting in run(root, "review", "status").stdout
    assert _except(root, "Sami").stdout == "1 excused\n"
    assert "(Nour, Sami)\n" in run(root, "review", "status").stdout
    assert "LNG02" not in problems(root)


def test_an_exception_that_is_over_is_not_signed(root: Path):
    """It was written into the ledger, and excused nothing."""
    words = ("Words of explanation.", "Islam is a religion of violence.")
    write(root, "points/neighbours.md", *words)
    result = _except(root, "Nour", "--until", "2025-01-01")
    assert result.exit_code == 2
    assert "2025-01-01 is over" in result.stderr
    assert not (root / "campaigns/demo/reviews.jsonl").exists()
