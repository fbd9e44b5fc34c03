"""XLIFF comes back as it was sent, and is what OASIS says; a TMX memory holds what is current."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from stopjihad.translate.exchange import NAMESPACE, RefusedFile, read_xliff, write_tmx, write_xliff
from stopjihad.view.source_segments import extract

from support.campaign import GENERATED, point
from support.exchange import bundle

SCHEMAS = Path("/usr/share/php/Symfony/Component/Translation/Resources/schemas")
NAME = f"{{{NAMESPACE}}}"


def test_every_row_comes_back_as_it_went():
    language, rows = read_xliff(write_xliff(bundle()))
    sent = bundle().rows
    assert language == "fr"
    assert [(row.key, row.context, row.source) for row in rows] == [
        (row.key, row.context, row.source) for row in sent
    ]
    # What was stale when it went out is not the translator's word when it comes back as it was.
    assert [row.translation for row in rows] == [
        "" if row.state in {"stale", "untranslated"} else row.translation for row in sent
    ]


def test_tools_see_context_note_limit_state_and_earlier_source():
    root = ET.fromstring(write_xliff(bundle()))
    units = {unit.get("resname"): unit for unit in root.iter(f"{NAME}trans-unit")}
    fact, body = units["bus/fact"], units["bus/body"]
    assert (fact.get("maxwidth"), fact.get("size-unit")) == ("140", "char")
    assert fact.findtext(f"{NAME}note") == "What it is <for>"
    assert body.find(f"{NAME}target").get("state") == "needs-adaptation"
    assert body.findtext(f"{NAME}alt-trans/{NAME}source") == "Two lines."


def test_an_edit_of_a_tool_is_read():
    data = write_xliff(bundle()).decode()
    data = re.sub(
        r'<target state="needs-adaptation">[^<]*',
        '<target state="translated">Deux <ph id="1">**</ph>gras<ph id="2">**</ph>',
        data,
    )
    _, rows = read_xliff(data.encode("utf-16"))
    (row,) = [row for row in rows if row.context == "bus/body"]
    assert row.translation == "Deux **gras**"


@pytest.mark.judge
@pytest.mark.parametrize("language", ["fr", "ar", "zh-Hant"])
def test_the_schema_of_oasis_accepts_it(language: str, tmp_path: Path):
    xmllint = shutil.which("xmllint")
    assert xmllint, "libxml2-utils is among the Debian packages that make test installs"
    schema = (SCHEMAS / "xliff-core-1.2-transitional.xsd").read_text(encoding="utf-8")
    shutil.copy(SCHEMAS / "xml.xsd", tmp_path)
    local = schema.replace("http://www.w3.org/2001/xml.xsd", "xml.xsd")
    (tmp_path / "xliff.xsd").write_text(local, encoding="utf-8")
    path = tmp_path / "x.xlf"

    def verdict() -> int:
        command = [
            xmllint,
            "--nonet",
            "--noout",
            "--schema",
            str(tmp_path / "xliff.xsd"),
            str(path),
        ]
        return subprocess.run(command, check=False, capture_output=True).returncode

    path.write_bytes(write_xliff(bundle(language)))
    assert verdict() == 0
    path.write_bytes(path.read_bytes().replace(b'"translated"', b'"wonderful"'))
    assert verdict() != 0


BOMB = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;">]>
<xliff>&c;</xliff>"""


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<xliff",
        b"<xliff version='2.0'/>",
        BOMB,
        BOMB.decode().encode("utf-16"),
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
        f'<xliff xmlns="{NAMESPACE}"/>'.encode(),
        b'<?xml version="1.0" encoding="nonsense"?><a/>',
        b"\xff\xfe\x00",
        b"<a>" * 100_000,
    ],
)
def test_other_files_are_refused_in_one_line(data: bytes):
    with pytest.raises(RefusedFile) as caught:
        read_xliff(data)
    assert "\n" not in str(caught.value)


def test_no_bytes_raise_anything_else():
    rng = random.Random(6)
    good = write_xliff(bundle())
    for _ in range(400):
        at = rng.randrange(len(good))
        broken = good[:at] + rng.randbytes(rng.randint(0, 4)) + good[at + rng.randint(0, 9) :]
        try:
            read_xliff(broken)
        except RefusedFile:
            continue


LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def test_a_memory_holds_all_languages_of_what_is_translated():
    segments = extract(GENERATED, (point("bus", fact="A & B <c>"),))
    key = ("bus/fact", "A & B <c>")
    data = write_tmx(segments, "en", {"fr": {key: "A et B <c>"}, "ar": {key: "أ و ب"}})
    (unit,) = ET.fromstring(data).iter("tu")
    found = {variant.get(LANG): variant.findtext("seg") for variant in unit.iter("tuv")}
    assert found == {"en": "A & B <c>", "ar": "أ و ب", "fr": "A et B <c>"}
    assert unit.findtext("prop") == "bus/fact"


def test_nothing_translated_is_an_empty_memory():
    data = write_tmx(extract(GENERATED), "en", {"fr": {}})
    assert list(ET.fromstring(data).iter("tu")) == []
