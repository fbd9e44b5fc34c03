"""Messages for machines: what the schema of CAP 1.2 refuses, and nine faults it lets through."""

from __future__ import annotations

import re

import pytest
from lxml import etree
from stopjihad.text.cap import cap_faults

from support.cap import cap_schema

SCHEMA = cap_schema()

GOOD = """<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier>lyon-2</identifier>
<sender>city.example.org</sender>
<sent>2026-11-28T12:00:00+01:00</sent>
<status>Actual</status>
<msgType>Update</msgType>
<scope>Public</scope>
<references>city.example.org,lyon-1,2026-11-28T11:00:00+01:00</references>
<info>
<language>en</language>
<category>Security</category>
<event>Attack</event>
<responseType>Avoid</responseType>
<urgency>Immediate</urgency>
<severity>Severe</severity>
<certainty>Observed</certainty>
<expires>2026-11-28T18:00:00+01:00</expires>
<headline>Stay away.</headline>
<description>An attack is under way.</description>
<area>
<areaDesc>Station</areaDesc>
<polygon>45.7,4.8 45.8,4.8 45.8,4.9 45.7,4.8</polygon>
</area>
</info>
</alert>
"""
INFO = GOOD[GOOD.index("<info>") : GOOD.index("</alert>")]

LET_THROUGH = {
    "expires before sent": ("2026-11-28T18:00", "2026-11-28T11:30", "<expires> is not after", 18),
    "no expires": ("<expires>2026-11-28T18:00:00+01:00</expires>\n", "", "no <expires>", 10),
    "no headline": ("<headline>Stay away.</headline>\n", "", "no <headline>", 10),
    "no area": (INFO[INFO.index("<area>") : INFO.index("</info>")], "", "no <area>", 10),
    "cancel without references": (
        GOOD[GOOD.index("<references>") : GOOD.index("<info>")],
        "",
        "has no <references>",
        7,
    ),
    "HTML": ("An attack", "&lt;b&gt;An attack&lt;/b&gt;", "holds markup", 20),
    "two blocks of a language": (INFO, INFO + INFO, "two <info> blocks", 27),
    "open polygon": (" 45.7,4.8</polygon>", " 45.6,4.8</polygon>", "is open", 23),
    "identifier with space and comma": ("lyon-2", "lyon, 2", "<identifier> holds a space", 3),
}
"""Nine faults that the schema of OASIS accepts (measured 2026-11-28), with our words and line."""

REFUSED = {
    "Z": ("2026-11-28T12:00:00+01:00</sent>", "2026-11-28T11:00:00Z</sent>"),
    "no offset": ("2026-11-28T12:00:00+01:00</sent>", "2026-11-28T12:00:00</sent>"),
    "small letters": ("<status>Actual", "<status>actual"),
    "order": ("<scope>Public</scope>", "<note>Late</note>\n<scope>Public</scope>"),
    "unknown element": ("<scope>", "<colour>red</colour>\n<scope>"),
    "missing": ("<scope>Public</scope>\n", ""),
    "twice": ("<scope>Public</scope>", "<scope>Public</scope>\n<scope>Public</scope>"),
    "unknown category": ("Security", "Terror"),
}  # fmt: skip


def valid(text: str) -> bool:
    return bool(SCHEMA.validate(etree.fromstring(text.encode())))


def test_a_good_message_has_no_fault() -> None:
    assert valid(GOOD)
    assert list(cap_faults(GOOD.encode())) == []


@pytest.mark.parametrize("name", LET_THROUGH)
def test_what_the_schema_lets_through_is_refused_with_its_line(name: str) -> None:
    before, after, words, line = LET_THROUGH[name]
    text = GOOD.replace(before, after, 1)
    assert text != GOOD
    assert valid(text)
    faults = list(cap_faults(text.encode()))
    assert [fault.line for fault in faults if words in fault.message] == [line], faults
    assert len(faults) == 1


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_schema_refuses_is_refused(name: str) -> None:
    text = GOOD.replace(*REFUSED[name], 1)
    assert not valid(text)
    assert list(cap_faults(text.encode()))


@pytest.mark.parametrize("text", ["", "<alert/>", "<!DOCTYPE a><a/>", "nothing", "\x00"])
def test_what_is_no_message_is_refused_in_one_line(text: str) -> None:
    [fault] = cap_faults(text.encode())
    assert not re.search(r"\n", fault.message)
