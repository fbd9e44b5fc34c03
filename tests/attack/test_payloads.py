"""Content is never code: payloads in every field a team or translator writes come out as text."""

from __future__ import annotations

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from support.build import stopjihad
from support.signatures import except_findings

BASE = Path(__file__).parents[1] / "invalid" / "_base"
PAYLOADS = (
    "{{ 7 * 7 }}{% include 'x' %}{# y #}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "</title><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"'><svg/onload=alert(1)>",
    "</script><script>alert(1)</script>",
    "%(x)s %s {x} ${x} #{x} <%= x %>",
    "&lt;script&gt; &#106;avascript: &amp;",
    "]]> --> <!-- <![CDATA[",
    "javascript:alert(1)//",
    "=cmd|' /C calc'!A0",
)


LIVE = re.compile(r"(?i)\s*(javascript|data|vbscript):")


class Page(HTMLParser):
    """Collect the text of a page, and everything that could run."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.live: list[str] = []
        self.data: list[str] = []
        self.kind = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.kind = str(values.get("type")) if tag == "script" else ""
        if tag in {"script", "iframe", "object", "embed", "base", "form", "style", "math"} and (
            self.kind != "application/ld+json"
        ):
            self.live.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                self.live.append(f"{tag} {name}")
            if name in {"href", "src", "action"} and re.match(
                r"(?i)\s*(javascript|data|vbscript):", value or ""
            ):
                self.live.append(f"{tag} {value}")
            self.words.append(value or "")

    def handle_data(self, data: str) -> None:
        (self.data if self.kind == "application/ld+json" else self.words).append(data)

    def handle_endtag(self, tag: str) -> None:
        self.kind = ""


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def attacked(folder: Path, payload: str) -> Path:
    """Put a payload into every free text of a workspace, Markdown and translations included."""
    shutil.copytree(BASE, folder)
    base = folder / "campaigns" / "demo"
    campaign = (base / "campaign.yaml").read_text("utf-8")
    for word in (
        "Demo team",
        "Demo fund]",
        "Facts first",
        "Relatives",
        "The team",
        "Paid for by the Demo fund.",
        "A worried father.",
        "More people know whom to call.",
        "Mistakes are mended at once.",
    ):
        end = "]" if word.endswith("]") else ""
        plain = word.removesuffix("]")
        campaign = campaign.replace(word, quoted(f"{plain} {payload}") + end)
    campaign = campaign.replace("title: Demo", "title: " + quoted(f"Demo {payload}"))
    campaign = campaign.replace("languages: [en]", "languages: [en, fr]")
    campaign += "platforms: [x, facebook, telegram]\n"
    (base / "campaign.yaml").write_text(campaign, "utf-8")
    lines = (base / "helplines.yaml").read_text("utf-8")
    lines = lines.replace("name: Helpline", "name: " + quoted(f"Helpline {payload}"))
    lines = lines.replace("hours: Monday to Friday", "hours: " + quoted(f"Monday {payload}"))
    (base / "helplines.yaml").write_text(lines, "utf-8")
    point = (base / "points" / "neighbours.md").read_text("utf-8")
    point = point.replace(
        "fact: Most people they killed were their neighbours.",
        "fact: " + quoted(f"Most were neighbours. {payload}"),
    )
    point = point.replace(
        "warning: Recruiters say this. It is false.",
        "warning: " + quoted(f"Recruiters lie. {payload}"),
    )
    point = point.replace("claim: They guard us.", "claim: " + quoted(f"They guard us {payload}"))
    point = point.replace(
        "label: Talk to someone", "label: " + quoted(f"Talk to someone {payload}")
    )
    point = point.replace("title: A report", "title: " + quoted(f"A report {payload}"))
    point = point.replace("publisher: UN", "publisher: " + quoted(f"UN {payload}"))
    marked = re.sub(r"([\\<`\[\]*_#!|])", r"\\\1", payload)
    point = point.replace("Words of explanation.", f"Words of explanation {marked} here.")
    (base / "points" / "neighbours.md").write_text(point, "utf-8")
    (base / "pages" / "about.md").write_text(
        f"---\ntitle: {quoted(f'About {payload}')}\n"
        f"summary: {quoted(f'Sum {payload}')}\n---\nWe {marked} are.\n",
        "utf-8",
    )
    # The payload is in fact, warning and claim alike: that is what these two rules refuse.
    except_findings(folder, "demo", {"STR02", "STR04"})
    return folder


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_in_every_field_comes_out_as_text(payload: str, tmp_path: Path) -> None:
    root = attacked(tmp_path / "workspace", payload)
    done = stopjihad(*("-C", root, "build", "--only", "site,posts"), SOURCE_DATE_EPOCH="1795478400")
    assert done.returncode == 0, done.stderr
    site = root / "dist" / "demo" / "site"
    pages = {path.relative_to(site).as_posix(): _read(path) for path in site.rglob("*.html")}
    assert len(pages) > 20
    assert {name: page.live for name, page in pages.items() if page.live} == {}
    point = pages["en/points/neighbours/index.html"]
    words = " ".join(point.words)
    for text in (
        f"Most were neighbours. {payload}",
        f"Recruiters lie. {payload}",
        f"A report {payload}",
        f"They guard us {payload}",
        f"Demo team {payload}",
        f"Helpline {payload}",
    ):
        assert text in words, text
    assert f"explanation {payload} here." in "".join(point.words)
    for block in point.data:
        json.loads(block)
    posted = (root / "dist/demo/posts/en/facebook/neighbours.txt").read_text("utf-8")
    assert payload in posted
    shares = [word for word in point.words if "facebook.com/sharer" in word or "wa.me" in word]
    assert shares
    assert all(payload not in share or payload in unquote(share) for share in shares)


def _read(path: Path) -> Page:
    page = Page()
    page.feed(path.read_text("utf-8"))
    page.close()
    return page
