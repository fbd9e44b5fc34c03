from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.signing import FACT, problems, run, workspace_to_sign, write


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return workspace_to_sign(tmp_path / "ws")


def _counts(root: Path) -> dict[str, int]:
    result = run(root, "review", "status", "--format", "json")
    (row,) = [one for one in json.loads(result.stdout)["reviews"] if one["language"] == "fr"]
    return row["counts"] | {"lost": len(row["lost"])}


def _judge(root: Path, verdict: str, *what: str, by: str = "Nour"):
    return run(root, "review", verdict, "--language", "fr", "--by", by, *what)


def test_an_approval_stands_until_the_words_change(root: Path):
    assert _judge(root, "approve", "neighbours").stdout.startswith("1 approved;")
    assert _counts(root)["approved"] == 1
    point = root / "campaigns/demo/points/neighbours.md"
    text = point.read_text(encoding="utf-8").replace(FACT, FACT[:-1] + "!")
    point.write_text(text, encoding="utf-8")
    assert _counts(root)["approved"] == 0
    assert _counts(root)["lost"] == 1
    shown = run(root, "review", "status").stdout
    assert "lost: neighbours/fact (native by Nour on " in shown


def test_approving_nothing_says_what_to_do(root: Path):
    done = _judge(root, "approve", "neighbours/body")
    assert done.exit_code == 1
    assert done.stdout.startswith("0 approved; ")
    assert "stopjihad translate update, then translate them in locale/fr.po" in done.stdout


def test_approving_twice_adds_nothing_and_withdrawing_takes_back(root: Path):
    _judge(root, "approve", "all")
    assert _judge(root, "approve", "all").stdout.startswith("0 approved")
    assert _judge(root, "withdraw", "neighbours/fact").stdout == "1 withdrawn\n"
    assert _counts(root)["approved"] == 0


@pytest.mark.parametrize(
    ("what", "by", "words"),
    [
        ("nieghbours", "Nour", "did you mean 'neighbours'?"),
        ("neighbours", "nour@example.org", "no @ in name and role"),
    ],
)
def test_wrong_names_are_wrong_usage(root: Path, what: str, by: str, words: str):
    result = _judge(root, "approve", what, by=by)
    assert result.exit_code == 2
    assert words in result.output
    assert not (root / "campaigns/demo/reviews.jsonl").exists()


def test_an_unknown_language_is_wrong_usage(root: Path):
    result = run(root, "review", "approve", "-l", "de", "--by", "N", "all")
    assert result.exit_code == 2


def test_the_source_text_is_approved_like_any_other(root: Path):
    result = run(root, "review", "approve", "-l", "en", "--by", "Nour", "neighbours/fact")
    assert result.stdout == "1 approved\n"
    line = json.loads((root / "campaigns/demo/reviews.jsonl").read_text().splitlines()[-1])
    assert (line["kind"], line["words"]) == ("editorial", FACT)
    write(root, "points/neighbours.md", FACT, FACT[:-1] + "!")
    assert "lost: neighbours/fact (editorial by Nour" in run(root, "review", "status").stdout


def test_a_sentence_is_read_by_its_short_name_and_opens_when_a_word_changes(root: Path):
    write(root, "points/neighbours.md", FACT, "Most victims were Muslims.")
    assert "sentences-unread" in problems(root)
    listed = run(root, "review", "read", "-l", "en").stdout
    assert "Most victims were Muslims." in listed
    assert "1 sentence(s) to read" in listed
    name = listed.split(maxsplit=1)[0]
    done = run(root, "review", "read", "-l", "en", "--by", "Nour", name)
    assert done.stdout == "1 read, 0 left\n"
    assert "sentences-unread" not in problems(root)
    write(root, "points/neighbours.md", "victims were", "victims are")
    assert "sentences-unread" in problems(root)


def test_one_command_cannot_sign_what_was_not_shown(root: Path):
    """One command with 28 digests signed 28 sentences in a second, none of them shown."""
    write(root, "points/neighbours.md", FACT, "Most victims were Muslims.")
    told = json.loads(run(root, "review", "read", "-l", "en", "--format", "json").stdout)
    [one] = told["unread"]
    assert one["text"] == "Most victims were Muslims."
    assert one["paragraph"] == "⟦Most victims were Muslims.⟧"
    for name in (one["digest"], one["digest"][:8], f"{one['digest'][:8]}-aaaa"):
        result = run(root, "review", "read", "-l", "en", "--by", "Nour", name)
        assert result.exit_code == 2
        assert "was not shown" in result.output
    assert "sentences-unread" in problems(root)


def test_reading_without_a_terminal_asks_for_names(root: Path):
    write(root, "points/neighbours.md", FACT, "Most victims were Muslims.")
    result = run(root, "review", "read", "-l", "en", "--by", "Nour")
    assert result.exit_code == 2
    assert "name the sentences that were read" in result.output
    result = run(root, "review", "read", "-l", "en", "--by", "Nour", "00000000")
    assert result.exit_code == 2
    assert "is not on the list" in result.output


def test_the_list_of_what_is_unread_says_how_to_sign(root: Path):
    write(root, "points/neighbours.md", FACT, "Most victims were Muslims.")
    listed = run(root, "review", "read", "-l", "en").stdout
    assert listed.endswith("stopjihad review read --language en --by NAME\n")


def test_a_plan_after_a_build_has_nothing_to_make(root: Path):
    """A sample whose reading list was open planned its report anew for ever."""
    write(root, "points/neighbours.md", FACT, "Most victims were Muslims.")
    assert run(root, "build", "-q", "--jobs", "1").exit_code == 0
    assert run(root, "plan").stdout.splitlines()[-1].startswith("demo: 0 of ")


WAIVER = "waivers: [{rule: LNG02, reason: Quoted, by: Nour, until: 2099-06-30}]\n"


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
