"""A copy of the sample that calls itself real is refused until nothing of the sample is left."""

from __future__ import annotations

import json
import re
import shutil

import polib
import pytest
from stopjihad.check.placeholders import placeholder_data, reserved_host

from support.build import CAMPAIGN, REPOSITORY, day_of_the_campaign, stopjihad

SAMPLE = REPOSITORY / "campaigns" / CAMPAIGN
SAID = re.compile(r"example\.(org|com|net)|[Ss]ample (campaign|Campaign|Foundation)|this sample")
"""What a person looks for who reads the sample's files, written without the program's own list."""


@pytest.fixture(scope="module")
def errors(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, int, str]]:
    """Change one line of the sample, and give what ``check`` refuses: file, line, code."""
    root = tmp_path_factory.mktemp("real")
    folder = root / "campaigns" / CAMPAIGN
    shutil.copytree(SAMPLE, folder)
    path = folder / "campaign.yaml"
    text = path.read_text("utf-8")
    assert "\nsample: true\n" in text
    path.write_text(text.replace("\nsample: true\n", "\nsample: false\n"), "utf-8")
    done = stopjihad(
        "-C", root, "check", "--format", "json", SOURCE_DATE_EPOCH=day_of_the_campaign()
    )
    assert done.returncode == 1
    found = json.loads(done.stdout)
    problems = found["problems"] if isinstance(found, dict) else found
    return {
        (item["path"].removeprefix(f"campaigns/{CAMPAIGN}/"), item["line"], item["code"])
        for item in problems
        if item["severity"] == "error"
    }


def test_each_placeholder_of_the_sample_is_an_error_at_its_line(
    errors: set[tuple[str, int, str]],
) -> None:
    """Only ``sample: false`` was changed once, and the sample went out as real."""
    wanted = set()
    for path in (SAMPLE / "campaign.yaml", *SAMPLE.glob("pages/*.md"), *SAMPLE.glob("points/*.md")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            if SAID.search(line) and not line.lstrip().startswith("#"):
                wanted.add((path.relative_to(SAMPLE).as_posix(), number, "placeholder"))
    assert len(wanted) >= 12
    assert wanted <= errors


def test_each_helpline_that_nobody_called_is_an_error(errors: set[tuple[str, int, str]]) -> None:
    lines = (SAMPLE / "helplines.yaml").read_text("utf-8").splitlines()
    wanted = {
        ("helplines.yaml", number, "helpline-uncalled")
        for number, line in enumerate(lines, start=1)
        if re.match(r" +verified: .*how: read", line)
    }
    assert len(wanted) >= 8
    assert wanted <= errors


def test_the_sample_has_no_other_error(errors: set[tuple[str, int, str]]) -> None:
    """Sentences that nobody has signed hold a real campaign back, too; the ledger tests them."""
    codes = {code for _, _, code in errors} - {"sentences-unread"}
    assert codes == {"placeholder", "helpline-uncalled"}


@pytest.mark.parametrize("language", sorted(path.stem for path in (SAMPLE / "locale").glob("*.po")))
def test_the_phrases_are_known_in_every_language_that_the_sample_speaks(language: str) -> None:
    """A campaign may start from the sample's words in any of them."""
    known = placeholder_data().phrases
    said = 0
    for entry in polib.pofile(str(SAMPLE / "locale" / f"{language}.po")):
        if entry.obsolete or not any(phrase in entry.msgid.lower() for phrase in known["en"]):
            continue
        if "sponsor does not exist" in entry.msgid:
            continue  # the heading above it is found
        said += 1
        assert any(phrase in entry.msgstr.lower() for phrase in known[language]), entry.msgstr
    assert said >= 4


@pytest.mark.parametrize(
    "text",
    ["https://example.organic", "an example. Org charts follow", "the end.test", "best.example"],
)
def test_other_words_are_no_placeholders(text: str) -> None:
    assert not reserved_host().search(text)


@pytest.mark.parametrize(
    "text",
    ["write to a.b@example.org.", "https://x.example.com/a", "https://camp.test/", "a@b.invalid"],
)
def test_addresses_that_lead_nowhere_are_placeholders(text: str) -> None:
    assert reserved_host().search(text)
