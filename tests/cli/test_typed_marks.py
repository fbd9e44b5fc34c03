"""What people type is what they get: pages and drafts with other marks still pass the check."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from stopjihad.cli.main import main

from support.build import day_of_the_campaign

TYPED = {
    "fr": {
        "fact": 'L\'argent de Daech: une grande part venait des "impôts" et du pillage!',
        "claim": "Un bon salaire - et une maison - vous attendent: venez!",
        "warning": "Les recruteurs flattent des gens «sans travail»... Daech a baissé la paie!",
    },
    "de": {
        "fact": 'Ein Teil des Geldes des IS kam aus "Steuern" - also aus Erpressung.',
        "claim": "Guter Lohn & ein Haus warten auf dich.",
        "warning": 'Werber suchen Leute ohne Arbeit... Der IS hat den "Lohn" halbiert - um 50%!',
    },
}


def run(*words: str | Path) -> Result:
    when = {"SOURCE_DATE_EPOCH": day_of_the_campaign()}
    return CliRunner().invoke(main, [str(word) for word in words], env=when)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("language", TYPED)
def test_marks_as_typed_are_recognized_in_all_that_is_made(
    tmp_path: Path, language: str, form: str
) -> None:
    run("init", tmp_path, "--language", language)
    file = tmp_path / "campaigns/my-campaign/points/money-from-extortion.md"
    text = file.read_text("utf-8")
    for field, words in TYPED[language].items():
        line = f"{field}: {json.dumps(words, ensure_ascii=False)}"
        text, found = re.subn(rf"^{field}: .*", lambda _, line=line: line, text, flags=re.MULTILINE)
        assert found == 1
    file.write_text(unicodedata.normalize(form, text), "utf-8")  # type: ignore[arg-type]
    out = tmp_path / "dist"
    built = run("-C", tmp_path, "build", "--only", "site,posts", "--jobs", "1", "-o", out)
    assert built.exit_code == 0, built.output
    assert 'property="og:title"' in (
        out / f"my-campaign/site/{language}/points/money-from-extortion/index.html"
    ).read_text("utf-8")
    judged = run("-C", tmp_path, "check", "--built", out, "--format", "json")
    assert judged.exit_code == 0, judged.output
