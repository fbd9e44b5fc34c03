"""A copy of the small campaign that can send alerts: the sample's templates and their words."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import polib
from click.testing import CliRunner, Result
from stopjihad.build.tree import manifest
from stopjihad.cli.main import main
from stopjihad.disk.newest import taking_place
from stopjihad.view.alert_phrases import HOLDS

from support.build import REPOSITORY, SMALL
from support.targets import real_workspace

SAMPLE = REPOSITORY / "campaigns/stop-jihadism"
OWN = ("alerts/", "campaign/places.", "campaign/authorities.")
NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
BANNER = 'class="strip alert"'
ALARM = 'class="lead plain alarm"'
PLACES = """
places:
  - {id: central-station, name: Central station}
  - {id: market-square, name: Market square, country: FR}
  - {id: city-centre, name: City centre}
authorities:
  - {id: police, name: The police, url: "https://police.example.org/news"}
"""


def campaign_of(workspace: Path) -> Path:
    """Give the folder of the one campaign."""
    [found] = (workspace / "campaigns").iterdir()
    return found


def crisis_workspace(workspace: Path) -> Path:
    """Make the copy.

    Args:
        workspace: folder, which is made.

    Returns:
        The same folder.
    """
    shutil.copytree(SMALL, workspace, ignore=shutil.ignore_patterns(".stopjihad", "dist"))
    campaign = campaign_of(workspace)
    shutil.copytree(SAMPLE / "alerts" / "templates", campaign / "alerts" / "templates")
    file = campaign / "campaign.yaml"
    file.write_text(file.read_text("utf-8") + PLACES, "utf-8")
    for path in sorted((campaign / "locale").glob("*.po")):
        with path.open("a", encoding="utf-8") as opened:
            opened.write(words_of_alerts(path.name))
    return workspace


@cache
def words_of_alerts(name: str) -> str:
    """Give what a PO file of the sample says of alerts, places and authorities, as entries."""
    words = polib.pofile(str(SAMPLE / "locale" / name))
    added = [entry for entry in words if (entry.msgctxt or "").startswith(OWN)]
    return "".join(f"\n{entry.__unicode__(wrapwidth=0)}" for entry in added)


def silent(pages: Iterable[Path]) -> list[Path]:
    """List the pages that neither show the alert nor a banner that leads to it."""
    return [path for path in pages if not re.search(f"{BANNER}|{ALARM}", path.read_text("utf-8"))]


def marks() -> dict[str, str]:
    """Give the word for an exercise by language, from the theme."""
    return said_in("Exercise")


@cache
def theme_words() -> dict[str, dict[str, str]]:
    """Read the messages of the theme that have no context, by language: once, it takes long."""
    return {
        path.stem: {one.msgid: one.msgstr for one in polib.pofile(str(path)) if not one.msgctxt}
        for path in (REPOSITORY / "templates/locale").glob("*.po")
    }


def said_in(message: str) -> dict[str, str]:
    """Give a message of the theme by language."""
    return {"en": message, **{lang: words[message] for lang, words in theme_words().items()}}


class Team:
    """Type commands in a workspace, at a moment that is set."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.now = NOON

    def keep(self) -> None:
        """Keep the workspace as it is."""
        shutil.copytree(self.root, self.root.with_name("kept"))

    def put_back(self) -> None:
        """Make the workspace what it was when it was kept, and its build the newest here."""
        shutil.rmtree(self.root)
        shutil.copytree(self.root.with_name("kept"), self.root)
        built = manifest.load(str(self.site.with_name("manifest.json")))
        assert built is not None
        with taking_place(str(self.site.parent), built.build):
            pass

    def run(self, *words: str) -> Result:
        """Type a command."""
        day = {"SOURCE_DATE_EPOCH": str(int(self.now.timestamp()))}
        return CliRunner().invoke(main, ["-C", str(self.root), *words], env=day)

    def done(self, *words: str) -> str:
        """Type a command that succeeds."""
        result = self.run(*words)
        assert result.exit_code == 0, result.output
        return result.output

    def cut_down(self) -> None:
        """Make no drafts and few cards of talking points: an alert changes every page still."""
        file = self.campaign / "campaign.yaml"
        text = file.read_text("utf-8")
        for known, left in (
            (r"^platforms: \[.+\]$", "platforms: []"),
            (r"^  more: \[.+\]$", "  more: []"),
        ):
            text, found = re.subn(known, left, text, flags=re.MULTILINE)
            assert found == 1, known
        text = re.sub(r"(?m)^  slots:\n(?:    .*\n)+", "", text)  # hours of platforms
        file.write_text(text, "utf-8")

    def become_authority(self) -> None:
        """Let a public authority be the sponsor: it sends actual alerts to machines."""
        file = self.campaign / "campaign.yaml"
        text = file.read_text("utf-8")
        assert "sponsor:\n  name:" in text
        file.write_text(text.replace("sponsor:\n", "sponsor:\n  kind: authority\n", 1), "utf-8")

    def later(self, minutes: float) -> None:
        """Let time pass."""
        self.now += dt.timedelta(minutes=minutes)

    @property
    def campaign(self) -> Path:
        return campaign_of(self.root)

    @property
    def site(self) -> Path:
        return self.root / "dist" / self.campaign.name / "site"

    def write(self, name: str, **slots: str) -> None:
        """Write an alert."""
        values = {
            "template": "attack-under-way",
            "status": "actual",
            "place": "market-square",
            "since": self.now.isoformat(),
            "confirmed_by": "police",
            "confirmed": "[people-hurt]",
            "next_update": (self.now + dt.timedelta(hours=1)).isoformat(),
            "sent": self.now.isoformat(),
            **slots,
        }
        text = "".join(f"{key}: {value}\n" for key, value in values.items())
        (self.campaign / "alerts" / f"{name}.yaml").write_text(text, "utf-8")

    def approve_template(self) -> None:
        """Approve the words of an attack beforehand in every language."""
        self.approve_templates("attack-under-way")

    def approve_templates(self, *names: str) -> None:
        """Approve the words of templates beforehand in every language."""
        for language in ("en", "fr", "ar"):
            words = ("--language", language, "--by", "Nour")
            self.done("review", "approve", *words, *(f"alerts/{name}" for name in names))

    def marked(self, folder: Path) -> list[str]:
        """List the files of a site that say that an alert holds."""
        held = [words.partition("%")[0] for words in said_in(HOLDS).values()]
        found = []
        for path in folder.rglob("*"):
            if path.suffix in {".html", ".xml", ".json"} and ".cap." not in path.name:
                text = path.read_text("utf-8")
                if BANNER in text or ALARM in text or any(words in text for words in held):
                    found.append(path.relative_to(folder).as_posix())
        return found


def team_in_earnest(workspace: Path, targets: str) -> Team:
    """Make a small campaign that is no sample and can send alerts of attacks.

    Args:
        workspace: folder, which is made.
        targets: text of ``targets.yaml``.
    """
    found = Team(real_workspace(workspace, targets))
    shutil.copytree(SAMPLE / "alerts/templates", found.campaign / "alerts/templates")
    file = found.campaign / "campaign.yaml"
    places = PLACES.replace("example.org", "neighbours-help.net")
    file.write_text(file.read_text("utf-8") + places, "utf-8")
    for name in ("Nour", "Sami"):
        found.done("review", "approve", "--language", "en", "--by", name, "alerts/attack-under-way")
    return found
