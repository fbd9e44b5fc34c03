from __future__ import annotations

from xml.etree import ElementTree as ET

from stopjihad.translate import tmx
from stopjihad.view.source_segments import extract

from support.campaign import GENERATED, point

LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def test_a_memory_holds_all_languages_of_what_is_translated():
    segments = extract(GENERATED, (point("bus", fact="A & B <c>"),))
    key = ("bus/fact", "A & B <c>")
    data = tmx.write(segments, "en", {"fr": {key: "A et B <c>"}, "ar": {key: "أ و ب"}})
    (unit,) = ET.fromstring(data).iter("tu")
    found = {variant.get(LANG): variant.findtext("seg") for variant in unit.iter("tuv")}
    assert found == {"en": "A & B <c>", "ar": "أ و ب", "fr": "A et B <c>"}
    assert unit.findtext("prop") == "bus/fact"


def test_nothing_translated_is_an_empty_memory():
    data = tmx.write(extract(GENERATED), "en", {"fr": {}})
    assert list(ET.fromstring(data).iter("tu")) == []
