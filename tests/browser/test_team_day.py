"""A team's first days, in French, by keyboard, from the launcher on: no file is seen."""

from __future__ import annotations

import io
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from click.testing import CliRunner
from PIL import Image
from stopjihad.cli.main import main

from support.accessibility import violations
from support.build import day_of_the_campaign
from support.launcher import exec_words
from support.targets import files_below
from support.timing import until
from support.watch import Watched, wait_until, watched

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(os.name == "nt", reason="the launcher of Linux is started"),
]

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
CONTACT = "erreurs@deuxrives.lyon.fr"
POINTS = (
    (
        "À Lyon, une ligne d’écoute répond aux parents sans demander leur nom.",
        "lyon-une-ligne-ecoute-repond-aux",
        "La ligne est tenue par des psychologues.",
    ),
    (
        "Quitter un groupe violent est possible, et des gens y aident.",
        "quitter-un-groupe-violent-est-possible",
        "En France, une ligne publique oriente vers des psychologues.",
    ),
    (
        "À Lyon, des jeunes se retrouvent chaque semaine autour d’un repas.",
        "lyon-des-jeunes-se-retrouvent-chaque",
        "Le repas est ouvert à tout le monde.",
    ),
)
WHY = "Dites que l’on peut appeler sans être sûr."
CORRECTED = "Quitter un groupe violent est possible, et des gens y aident sans juger."
THEIRS = "Quitter un groupe violent est possible, des professionnels y aident."


def picture(form: str, colour: tuple[int, int, int], size: tuple[int, int]) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, colour).save(stream, form)
    return stream.getvalue()


class Workspace:
    """The folder that ``init`` made, and what a double click in it opens."""

    def __init__(self, folder: Path) -> None:
        """Put a browser in place that notes which page it is asked to open."""
        self.folder, self.root = folder, folder / "ours"
        self.campaign = self.root / "campaigns/my-campaign"
        self.site = self.root.parent / "web"
        programs = folder / "bin"
        programs.mkdir()
        (programs / "xdg-open").write_text(
            f'#!/bin/sh\ncp "$1" {folder}/door.new\nmv {folder}/door.new {folder}/door.html\n'
        )
        (programs / "xdg-open").chmod(0o755)
        self.environment = {
            **os.environ,
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "SOURCE_DATE_EPOCH": day_of_the_campaign(),
            "BROWSER": "",
        }

    @contextmanager
    def double_click(self) -> Iterator[str]:
        """Start the launcher as a desktop does; give the page that it opens; end it."""
        entry = self.root / "Studio.desktop"
        door = self.folder / "door.html"
        words = exec_words(entry.read_text("utf-8"), str(entry))
        process = subprocess.Popen(
            words,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            until(door.exists, "no browser was opened")
            yield door.as_uri()
        finally:
            os.killpg(process.pid, 15)
            process.wait(20)

    def git(self, *words: str, at: Path | None = None, fails: bool = False) -> None:
        """Run git for somebody of the team."""
        who = ("-c", "user.name=Team", "-c", "user.email=team@example.org")
        done = subprocess.run(
            ["git", *who, *words], cwd=at or self.root, capture_output=True, check=False
        )
        assert (done.returncode != 0) == fails, done.stderr


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = CliRunner().invoke(main, ["init", str(tmp_path / "ours"), "--language", "fr"])
    assert made.exit_code == 0, made.output
    return Workspace(tmp_path)


class Person:
    """Somebody of the team at a browser."""

    def __init__(self, seen: Watched, door: str) -> None:
        """Come in by the page that the double click opened."""
        self.seen, self.page = seen, seen.page
        self.page.set_default_timeout(60_000)
        self.page.goto(door, wait_until="commit")
        self.page.wait_for_url("**/c/my-campaign")

    def label(self, words: str) -> Any:
        return self.page.get_by_label(words, exact=True)

    def press(self, words: str) -> None:
        self.page.get_by_role("button", name=words, exact=True).press("Enter")

    def follow(self, *links: str) -> None:
        """Go by links of the menu to a view; wait for its scripts."""
        for words in links:
            with self.page.expect_navigation():
                self.page.get_by_role("navigation").get_by_role(
                    "link", name=words, exact=True
                ).first.press("Enter")

    def say_name(self, name: str) -> None:
        self.label("Comment les autres vous appellent").first.fill(name)
        self.page.keyboard.press("Enter")
        self.page.get_by_role("button", name=name, exact=True).wait_for()

    def saved(self) -> None:
        wait_until(
            self.page, "() => document.querySelector('[data-state]').textContent === 'Enregistré'"
        )

    def sees_no_file(self) -> None:
        """What stands in the page speaks of no file."""
        said = self.page.locator("main").inner_text()
        assert not re.search(r"\w\.ya?ml|\.md\b|draft: |<<<<", said), said


def begin(person: Person, workspace: Workspace) -> None:
    """Make the campaign ours: the site is built, and shown."""
    page = person.page
    with page.expect_navigation():
        page.get_by_role("link", name="Commencer la nôtre").press("Enter")
    send = "Commencer, et construire le site"
    person.press(send)
    page.locator("[data-error-of=title]").filter(has_text="Donnez un nom").wait_for()
    for words, said in {
        "Nom de la campagne": "Parlons-en à Lyon",
        "Adresse du site": "parlons-en.lyon.fr",
        "Qui est derrière cette campagne": "Les Deux Rives",
        "Qui la paie": "Ville de Lyon",
        "Où signaler les erreurs": CONTACT,
        "Couleur des liens et des boutons": "#7a1f5c",
    }.items():
        person.label(words).fill(said)
    person.label("Comment les autres vous appellent").first.fill("Nadia")
    logo = picture("PNG", (200, 30, 90), (80, 80))
    page.locator("#u-logo").set_input_files(
        {"name": "Notre Logo.PNG", "mimeType": "image/png", "buffer": logo}
    )
    page.locator("[data-logo-state]").filter(has_text="Le logo est enregistré.").wait_for()
    page.get_by_role("checkbox", name="English").press(" ")
    person.label("La plupart des lecteurs vivent ici").select_option("FR")
    assert page.get_by_role("checkbox", name="CNAPR").is_checked()
    person.press(send)
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Regarder le site").press("Enter")
    assert opened.value.get_by_role("heading", level=1).inner_text() == "Parlons-en à Lyon"
    opened.value.close()
    site = workspace.root / "dist/my-campaign/site"
    assert "brand-icon" in (site / "fr/index.html").read_text("utf-8")
    assert "#7a1f5c" in next(site.glob("assets/site*.css")).read_text("utf-8")
    assert "0 800 005 696" in (site / "fr/help/index.html").read_text("utf-8")
    assert (site / "en").is_dir()
    lines = (workspace.campaign / "helplines.yaml").read_text("utf-8")
    assert "gb-act-early" not in lines, "a number of the sample that nobody chose"
    settings = (workspace.campaign / "campaign.yaml").read_text("utf-8")
    assert "# Whose number stands" in settings, "comments stay"
    assert "base_url: https://parlons-en.lyon.fr\n" in settings
    notes = (workspace.campaign / "media/notre-logo.png.yaml").read_text("utf-8")
    assert "Les Deux Rives" in notes
    for name in ("privacy", "accessibility", "about"):
        text = (workspace.campaign / f"pages/{name}.md").read_text("utf-8")
        assert f"[{CONTACT}](mailto:{CONTACT})" in text


def write_point(person: Person, place: int, *, photo: bool) -> None:
    """Write a talking point with its source from the keyboard; say that it is ready."""
    page = person.page
    fact, name, body = POINTS[place]
    if place:
        with page.expect_navigation():
            page.get_by_role("link", name="Nouvel argument").press("Enter")
        page.locator("#new-point[open]").wait_for()
    else:
        person.follow("Arguments")
        person.press("Nouvel argument")
    page.keyboard.type(fact)
    assert person.label("Nom dans les adresses").input_value() == name
    if not place:
        person.label("Ce que fait l’argument").select_option("alternative")
    assert person.label("Ce que fait l’argument").input_value() == "alternative"
    person.label("Fait").press("Enter")
    page.wait_for_url(f"**/points/{name}")
    wait_until(page, "() => document.activeElement.id === 'f-body'")
    page.keyboard.insert_text(body)
    person.label("Plutôt").fill("Appelez avant d’être sûr.")
    assert person.label("Texte du bouton").input_value() == "Parler à quelqu’un"
    person.label("Titre").fill("La ligne d’écoute")
    if not place:
        person.label("Éditeur").fill("Ministère de l’Intérieur")
        page.get_by_label("Adresse", exact=True).last.fill("https://deuxrives.lyon.fr/ecoute")
        page.get_by_role("checkbox", name="Source primaire").press(" ")
    person.press("Citer dans le texte")
    wait_until(page, "() => document.getElementById('f-body').value.includes('[^ministere]')")
    if photo:
        data = picture("JPEG", (90, 120, 160), (1300, 900))
        page.locator("details:has(#u-file) > summary").press("Enter")
        page.locator("#u-file").set_input_files(
            {"name": "Pont.jpg", "mimeType": "image/jpeg", "buffer": data}
        )
        person.label("Ce qu’elle montre, pour qui ne la voit pas").fill("Un pont au matin.")
        person.label("Qui l’a faite, d’où elle vient").fill("Les Deux Rives")
        person.label("Ce qui nous autorise à l’utiliser").fill("CC BY 4.0")
        person.press("Ajouter l’image")
        page.locator("[data-upload-done]").filter(has_text="Ajoutée et cochée").wait_for()
    person.saved()
    person.press("C’est prêt")
    page.locator("[data-draft]").wait_for(state="hidden")
    wait_until(page, "() => !document.querySelector('.field-problem:is(.error, .todo)')")
    person.saved()


def write_page(person: Person) -> None:
    page = person.page
    person.follow("Pages")
    person.press("Nouvelle page")
    page.keyboard.type("Nous rencontrer")
    page.keyboard.press("Enter")
    page.wait_for_url("**/pages/nous-rencontrer")
    wait_until(page, "() => document.activeElement.id === 'f-body'")
    page.keyboard.insert_text("Le local est ouvert le jeudi de 18 h à 21 h.")
    person.saved()
    person.press("C’est prêt")
    page.locator("[data-draft]").wait_for(state="hidden")


def look_at_everything(person: Person) -> None:
    """The cards are drawn, the drafts are written, of what was just said to be ready."""
    page = person.page
    person.press("Visuels")
    wait_until(
        page,
        """() => {
            const shown = [...document.querySelectorAll('[data-pane-of=cards] img')];
            return shown.length === 5 && shown.every(one => one.complete && one.naturalWidth > 500);
        }""",
    )
    person.press("Brouillons")
    page.locator(".post .words").filter(has_text=POINTS[0][0]).first.wait_for()


def mend_what_is_left(person: Person) -> None:
    """Do what Home asks before the campaign is ours; say that it is no sample any more."""
    page = person.page

    def mend(words: str) -> None:
        person.follow("Accueil")
        row = page.locator(".checklist li").filter(has_text=words)
        with page.expect_navigation():
            row.get_by_role("link").first.press("Enter")

    mend("autorité")
    person.label("Page où elle parle elle-même").fill("https://www.police-nationale.gouv.fr/lyon")
    person.saved()

    def go_on(place: str) -> None:
        with page.expect_navigation():
            page.get_by_role("link", name="La suite à faire vôtre").press("Enter")
        page.wait_for_url(f"**/{place}**")

    go_on("campaign/lines")
    for _ in range(page.locator("[data-called]").count()):
        page.locator("[data-called]").first.press("Enter")
    person.saved()
    go_on("pages/")
    page.locator(".field-problem").get_by_text("il reste un texte d’exemple").first.wait_for()
    text = page.locator("#f-body")
    said = text.input_value().partition("## Ce qu’est cet exemple")[0]
    text.fill(re.sub(r" [^.]*pour cet exemple[^.]*\.", "", said, flags=re.IGNORECASE))
    person.saved()
    go_on("publish")
    person.press("Elle est à nous")
    page.locator("form[data-post$='campaign/left']").wait_for(state="detached")


def open_sheet(person: Person, key: str) -> None:
    """Open what waits, as its reader sees it."""
    person.follow("Relecture")
    with person.page.expect_navigation():
        person.page.locator(f".sheets a[href$='of={key}']").press("Enter")


def approve_by_file(person: Person, reader: Any, key: str, folder: Path) -> None:
    """Ask Marc, who is elsewhere: a file goes to his telephone, and a code comes back."""
    open_sheet(person, key)
    page = person.page
    page.locator("summary", has_text="La personne est ailleurs").press("Enter")
    person.label("Qui est sollicité").fill("Marc")
    with page.expect_download() as saved:
        person.press("Créer le fichier")
    file = folder / saved.value.suggested_filename
    assert file.name == "marc.html"
    saved.value.save_as(file)
    reader.set_viewport_size(PHONE)
    reader.goto(file.as_uri())
    assert "Appelez, même sans être sûr." in reader.locator("article").inner_text()
    assert violations(reader) == []
    person.label("Code reçu en retour").fill(reader.locator("code").first.inner_text().lower())
    person.press("Valider le code")
    page.locator("li", has_text="Appelez, même").get_by_text(
        "signé par Marc (par un fichier)"
    ).wait_for()


def read_everything(person: Person) -> None:
    """Approve two talking points and what must be read, as one opens after the other."""
    page = person.page
    person.follow("Écrire", "Relecture")
    ours = [place for _, place, _ in POINTS]
    read = page.locator(".sheets a").filter(has_text="à lire").all()
    left = {*ours, *(_key_of(one.get_attribute("href") or "") for one in read)}
    with page.expect_navigation():
        page.locator(f".sheets a[href$='of={min(ours)}']").press("Enter")
    while left:
        key = _key_of(page.url)
        if key == POINTS[1][1]:
            person.press("Renvoyer")
            person.label("Avec vos mots").fill(WHY)
            person.press("Envoyer")
            page.get_by_text(WHY).wait_for()
        elif key in left:
            with page.expect_navigation():
                person.press("Approuver")
        left.discard(key)
        if left and _key_of(page.url) not in left:
            with page.expect_navigation():
                page.get_by_role("link", name="Suivant :").press("Enter")


def _key_of(address: str) -> str:
    """Say of which whole the address of a sheet is."""
    return unquote(address.rpartition("of=")[2])


def correct(person: Person) -> None:
    """See in the editor why it came back, and change the words."""
    page = person.page
    person.follow("Écrire")
    page.get_by_role("link", name=POINTS[1][0]).first.press("Enter")
    page.get_by_text(WHY).wait_for()
    page.locator("#f-alternative").fill("Appelez, même sans être sûr.")
    person.saved()


def translate(person: Person) -> None:
    """Translate a talking point into English, text by text, from the keyboard."""
    page = person.page
    person.follow("Écrire", "Traduire")
    page.goto(re.sub(r"/translate.*", f"/translate/en?of={POINTS[0][1]}", page.url))
    areas = page.locator("[data-words]")
    for place in range(areas.count()):
        area = areas.nth(place)
        source = area.locator("xpath=ancestor::li[1]").locator("[data-source]").inner_text()
        area.fill("A line for parents" + "".join(re.findall(r" ?\[\^\w+\]", source)))
        area.press("Control+Enter")
        wait_until(
            page,
            "place => document.querySelectorAll('.text')[place].classList.contains('unreviewed')",
            arg=place,
        )


def publish(person: Person, folder: str = "") -> None:
    """Build and publish; name a folder the first time."""
    page = person.page
    person.follow("Publier")
    if folder:
        person.press("Indiquer un dossier")
        person.label("Nom du dossier").fill(folder)
        assert violations(page) == []
        page.keyboard.press("Enter")
        page.wait_for_url("**/publish?target=live")
        person.press("Qu’est-ce qui changerait ?")
        page.locator("[data-planned]").wait_for()
    before = page.locator("[data-publication]").count()
    page.locator("button[value=publish]:enabled").press("Enter")
    page.locator("[data-publication]").nth(before).wait_for()


def clash(person: Person, workspace: Workspace) -> None:
    """A pull meets what was just written; both versions are shown, and one is chosen."""
    page, file = person.page, f"campaigns/my-campaign/points/{POINTS[1][1]}.md"
    workspace.git("init", "-q", "-b", "main")
    workspace.git("add", "-A")
    workspace.git("commit", "-qm", "Begin")
    other = workspace.folder / "elsewhere"
    workspace.git("clone", "-q", str(workspace.root), str(other), at=workspace.folder)
    text = (other / file).read_text("utf-8")
    (other / file).write_text(text.replace(POINTS[1][0], THEIRS), "utf-8")
    workspace.git("commit", "-qam", "Correct", at=other)
    person.follow("Écrire")
    page.get_by_role("link", name=POINTS[1][0]).first.press("Enter")
    page.locator("#f-fact").fill(CORRECTED)
    person.saved()
    workspace.git("commit", "-qam", "Write")
    workspace.git("pull", "-q", "--no-rebase", str(other), "main", fails=True)
    met = page.locator("[data-dispute]")
    met.get_by_role("heading", name="Fait").wait_for()
    assert met.locator("[data-mine]").inner_text() == CORRECTED
    assert met.locator("[data-theirs]").inner_text() == THEIRS
    person.sees_no_file()
    person.press("Garder le mien")
    page.locator("[data-versions]").wait_for(state="hidden")
    person.saved()
    assert "<<<<" not in (workspace.root / file).read_text("utf-8")


def test_the_whole_story(workspace: Workspace, browser: Any) -> None:
    options: dict[str, Any] = {"locale": "fr", "viewport": WIDE}
    with workspace.double_click() as door, watched(browser, **options) as (one, _):
        nadia = Person(one, door)
        begin(nadia, workspace)
        nadia.page.get_by_role("link", name="Voir la suite").press("Enter")
        nadia.page.get_by_role("button", name="Nadia", exact=True).wait_for()
        nadia.follow("Écrire")
        for place in range(3):
            write_point(nadia, place, photo=place == 0)
            if place == 0:
                look_at_everything(nadia)
        write_page(nadia)
        mend_what_is_left(nadia)
        translate(nadia)
        (workspace.folder / "door.html").unlink()
        with workspace.double_click() as again, watched(browser, **options) as (two, _):
            marc = Person(two, again)
            marc.say_name("Marc")
            read_everything(marc)
            correct(nadia)
            approve_by_file(nadia, two.page, POINTS[1][1], workspace.folder)
            assert two.troubles == []
        nadia.page.set_viewport_size(PHONE)
        publish(nadia, "web")
        nadia.sees_no_file()
        first = files_below(workspace.site)
        home = f"fr/points/{POINTS[1][1]}/index.html"
        assert POINTS[1][0] in first[home].decode()
        assert f"en/points/{POINTS[0][1]}/index.html" in first
        assert "fr/pages/nous-rencontrer/index.html" in first
        nadia.page.set_viewport_size(WIDE)
        clash(nadia, workspace)
        publish(nadia)
        assert CORRECTED in files_below(workspace.site)[home].decode()
        rows = nadia.page.locator("[data-publication]")
        assert "arguments aux mots modifiés : 1" in rows.first.inner_text()
        rows.nth(1).locator("summary").first.press("Enter")
        nadia.press("Revenir à celle-ci")
        rows.nth(2).wait_for()
        assert files_below(workspace.site) == first
        assert "Nadia" in rows.first.inner_text()
        assert violations(nadia.page) == []
        # An empty form is refused (422); a card may be asked for while it is planned anew (404).
        left = [said for said in one.troubles if not re.search("404|422", said)]
        assert left == [], "\n".join(left)
