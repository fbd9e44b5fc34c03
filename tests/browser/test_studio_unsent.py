"""What is typed outlives whatever happens to the file, the disk, the studio and the tab."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from stopjihad.text.yaml.fields import values

from support.build import CAMPAIGN
from support.studio import Running, copy_workspace, running
from support.timing import until
from support.watch import wait_until, watched

pytestmark = pytest.mark.browser

FACT = "A fact that somebody wrote while much went wrong."
FACT_OF = '[id="f-fact"]'
NAMES = ("tool", "again", "undone", "conflict", "waits", "broken", "gone", "tab", "bound", "paste")


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    workspace = copy_workspace(tmp_path_factory.mktemp("unsent"))
    points = workspace / "campaigns" / CAMPAIGN / "points"
    for name in NAMES:
        shutil.copyfile(points / "letters-home.md", points / f"{name}.md")
    with running(workspace) as found:
        yield found


@pytest.fixture
def page(browser: Any, studio: Running) -> Iterator[Any]:
    with watched(browser) as (seen, _):
        studio.let_in(seen.page)
        yield seen.page


def file_of(studio: Running, point: str) -> Path:
    return studio.campaign / f"points/{point}.md"


def fact_of(studio: Running, point: str) -> str:
    return str(values(file_of(studio, point).read_text("utf-8"))["fact"])


def edit(page: Any, studio: Running, point: str) -> None:
    page.goto(f"{studio.address}/c/{CAMPAIGN}/points/{point}?interface=en")
    page.locator("[data-frame]").wait_for()


def tells(page: Any, word: str) -> None:
    wait_until(page, f"() => document.querySelector('[data-state]').textContent === {word!r}")


def test_1_an_editor_whose_file_cannot_be_read_keeps_its_words_and_never_says_saved(
    page: Any, studio: Running
) -> None:
    file = file_of(studio, "broken")
    whole = file.read_text("utf-8")
    edit(page, studio, "broken")
    before = page.locator(FACT_OF).input_value()
    assert before
    file.write_text(whole.replace(line_of(whole), "fact: ["), "utf-8")
    tells(page, "Cannot be read")
    assert "cannot be read as fields" in page.locator("[data-trouble]").text_content()
    assert page.locator(FACT_OF).input_value() == before, "the fields show what they showed"
    assert page.locator("[data-form]").get_attribute("inert") is not None
    for part in ("sources", "pictures"):
        assert studio.ask(f"/c/{CAMPAIGN}/points/broken/{part}").status == 200
    page.reload()  # without fields from the start: it comes back by itself
    tells(page, "Cannot be read")
    file.write_text(whole, "utf-8")
    page.locator(FACT_OF).wait_for()
    tells(page, "Saved")
    page.locator(FACT_OF).fill(FACT)
    tells(page, "Saved")
    until(lambda: fact_of(studio, "broken") == FACT, "what was typed is not in the file")


def line_of(text: str, start: str = "fact:") -> str:
    return next(one for one in text.splitlines() if one.startswith(start))


def met(mine: str, theirs: str) -> str:
    """Write two versions of lines as a pull leaves them."""
    return f"<<<<<<< HEAD\n{mine}\n||||||| 0a1b2c3\n=======\n{theirs}\n>>>>>>> 1f0c2d4"


@pytest.mark.parametrize("seen", ["meanwhile", "loaded"])
def test_1b_two_versions_of_a_point_stand_side_by_side_until_somebody_chooses(
    page: Any, studio: Running, seen: str
) -> None:
    file = file_of(studio, "conflict")
    shutil.copyfile(file_of(studio, "bound"), file)
    whole = file.read_text("utf-8")
    last = whole.rstrip().splitlines()[-1]
    edit(page, studio, "conflict")
    before = page.locator(FACT_OF).input_value()
    clash = whole.replace(line_of(whole), met(line_of(whole), "fact: Theirs."))
    file.write_text(clash.replace(last, met(last, "Their paragraph.")), "utf-8")
    tells(page, "Cannot be read")
    if seen == "loaded":
        page.reload()
        tells(page, "Cannot be read")
    boxes = page.locator("[data-dispute]")
    boxes.nth(1).wait_for()
    assert boxes.nth(0).locator("h3").text_content().strip() == "Fact"
    assert boxes.nth(0).locator("[data-mine]").text_content() == before
    assert boxes.nth(0).locator("[data-difference] del").count() > 0
    assert page.locator(FACT_OF).input_value() == before
    assert page.locator("[data-form]").get_attribute("inert") is not None
    boxes.nth(0).locator("[data-take=theirs]").click()
    boxes.nth(1).locator("summary").click()
    boxes.nth(1).locator("[data-own]").fill("A third paragraph.")
    boxes.nth(1).locator("[data-take=own]").click()
    tells(page, "Saved")
    page.locator("[data-versions]").wait_for(state="hidden")
    wanted = whole.replace(line_of(whole), "fact: Theirs.").replace(last, "A third paragraph.")
    assert file.read_text("utf-8") == wanted
    assert page.locator(FACT_OF).input_value() == "Theirs."
    page.locator(FACT_OF).fill(FACT)
    tells(page, "Saved")
    assert fact_of(studio, "conflict") == FACT


def test_1b_words_that_wait_while_two_versions_met_are_sent_afterwards(
    page: Any, studio: Running
) -> None:
    file = file_of(studio, "waits")
    whole = file.read_text("utf-8")
    other = line_of(whole, "messenger:")
    edit(page, studio, "waits")
    page.route("**/points/waits", lambda route: route.abort())
    page.locator(FACT_OF).fill(FACT)
    tells(page, "Not saved")
    file.write_text(whole.replace(other, met(other, "messenger: researchers")), "utf-8")
    page.locator("[data-dispute]").wait_for()
    page.unroute("**/points/waits")
    assert page.locator("[data-state]").text_content() == "Not saved"
    page.locator("[data-dispute] [data-take=mine]").click()
    tells(page, "Saved")
    assert fact_of(studio, "waits") == FACT


def hold_back(page: Any, address: str) -> list[Any]:
    """Let requests wait in the list until they are let go on."""
    held: list[Any] = []

    def keep(route: Any) -> None:
        held.append(route)

    page.route(address, keep)
    return held


def test_1b_a_page_that_was_locked_hears_of_others_again_and_keeps_what_is_on_its_way(
    page: Any, studio: Running
) -> None:
    """A save after a lock once waited for itself; fields drawn anew took what was being sent."""
    file = file_of(studio, "again")
    whole = file.read_text("utf-8")
    edit(page, studio, "again")
    page.route("**/points/again", lambda route: route.abort())
    page.locator(FACT_OF).fill(FACT)
    tells(page, "Not saved")
    file.write_text(whole.replace(line_of(whole), "fact: ["), "utf-8")
    page.locator("[data-trouble]").filter(has_text="cannot be read as fields").wait_for()
    page.unroute("**/points/again")
    started = hold_back(page, "**/points/again/sources")
    file.write_text(whole, "utf-8")
    until(lambda: started or page.wait_for_timeout(20), "lists that are drawn anew")
    saving = hold_back(page, "**/points/again")
    page.locator(FACT_OF).fill(f"{FACT} More.")
    until(lambda: saving or page.wait_for_timeout(20), "a save on its way")
    started[0].continue_()
    page.wait_for_timeout(300)
    assert page.locator(FACT_OF).input_value() == f"{FACT} More."
    saving[0].continue_()
    tells(page, "Saved")
    assert fact_of(studio, "again") == f"{FACT} More."
    warning = line_of(whole, "warning:")
    file.write_text(file.read_text("utf-8").replace(warning, "warning: Theirs."), "utf-8")
    wait_until(page, "() => document.getElementById('f-warning').value === 'Theirs.'")


def test_words_that_are_as_before_while_others_are_on_their_way_stay_so(
    page: Any, studio: Running
) -> None:
    """A letter that was typed and deleted while it was being saved came back into the field."""
    edit(page, studio, "undone")
    before = page.locator(FACT_OF).input_value()
    saving = hold_back(page, "**/points/undone")
    page.locator(FACT_OF).fill(FACT)
    until(lambda: saving or page.wait_for_timeout(20), "a save on its way")
    page.locator(FACT_OF).fill(before)
    saving[0].continue_()
    until(lambda: len(saving) > 1 or page.wait_for_timeout(20), "a save of what was there before")
    assert page.locator(FACT_OF).input_value() == before
    saving[1].continue_()
    tells(page, "Saved")
    assert fact_of(studio, "undone") == before

    page.goto(f"{studio.address}/c/{CAMPAIGN}/translate/fr?of=undone&interface=en")
    area = page.locator("[data-words]").first
    before = area.input_value() or "Un fait."
    area.fill(before)
    text = studio.campaign / "locale/fr.po"
    until(lambda: before in text.read_text("utf-8"), "the words in the file")
    saving = hold_back(page, "**/translate/fr")
    area.fill("D'autres mots, qui partent.")
    until(lambda: saving or page.wait_for_timeout(20), "a save on its way")
    area.fill(before)
    saving[0].continue_()
    until(lambda: len(saving) > 1 or page.wait_for_timeout(20), "a save of what was there before")
    saving[1].continue_()
    until(lambda: "qui partent" not in text.read_text("utf-8"), "the words of before in the file")


def test_1b_two_versions_of_settings_are_compared_where_the_file_is_edited(
    page: Any, studio: Running
) -> None:
    file = studio.campaign / "campaign.yaml"
    whole = file.read_text("utf-8")
    title = line_of(whole, "title:")
    file.write_text(whole.replace(title, met(title, "title: Theirs")), "utf-8")
    path = f"campaigns/{CAMPAIGN}/campaign.yaml"
    page.goto(f"{studio.address}/c/{CAMPAIGN}/file?path={path}&interface=en")
    page.locator("[data-dispute] h3").filter(has_text="Title").wait_for()
    page.locator("[data-dispute] [data-take=theirs]").click()
    wait_until(page, "() => !document.getElementById('whole').value.includes('<<<<<<<')")
    assert file.read_text("utf-8") == whole.replace(title, "title: Theirs")
    file.write_text(whole, "utf-8")


def test_1b_two_versions_of_a_translation_stand_above_the_texts_which_keep_their_words(
    page: Any, studio: Running
) -> None:
    file = studio.campaign / "locale/fr.po"
    whole = file.read_text("utf-8")
    page.goto(f"{studio.address}/c/{CAMPAIGN}/translate/fr?of=letters-home&interface=en")
    areas = page.locator("[data-words]")
    texts = areas.evaluate_all("all => all.map(one => one.value)")
    place, before = next(
        (at, one) for at, one in enumerate(texts) if f'msgstr "{one}"\n' in whole and one
    )
    area, line = areas.nth(place), f'msgstr "{before}"'
    file.write_text(whole.replace(line, met(line, 'msgstr "Leurs mots."')), "utf-8")
    page.locator("[data-dispute]").wait_for()
    page.reload()
    box = page.locator("[data-dispute]")
    assert box.locator("[data-theirs]").text_content() == "Leurs mots."
    assert area.input_value() == before
    assert area.get_attribute("readonly") is not None
    box.locator("[data-take=theirs]").click()
    until(lambda: area.input_value() == "Leurs mots.", "what was chosen in its field")
    assert file.read_text("utf-8") == whole.replace(line, 'msgstr "Leurs mots."')
    area.fill(before)
    until(lambda: line in file.read_text("utf-8"), "what was typed afterwards")


def test_5_words_typed_while_a_file_is_gone_are_saved_when_it_is_back(
    page: Any, studio: Running
) -> None:
    file = file_of(studio, "gone")
    whole = file.read_bytes()
    edit(page, studio, "gone")
    file.unlink()
    page.locator("[data-trouble]").filter(has_text="is gone").wait_for()
    tells(page, "Cannot be read")
    file.write_bytes(whole)
    wait_until(page, "() => !document.querySelector('[data-form]').inert")
    page.locator(FACT_OF).fill(FACT)
    tells(page, "Saved")
    assert fact_of(studio, "gone") == FACT


def test_5_words_are_on_the_disk_while_somebody_types_on(page: Any, studio: Running) -> None:
    edit(page, studio, "bound")
    page.locator(FACT_OF).fill("")
    page.locator(FACT_OF).press_sequentially("Typed without a pause " * 2, delay=80)  # 3.5 seconds
    assert "Typed without" in fact_of(studio, "bound")


def test_5_words_of_a_tab_that_is_closed_without_an_answer_are_saved_by_the_next(
    page: Any, studio: Running
) -> None:
    edit(page, studio, "tab")
    page.route("**/points/tab", lambda route: route.abort())
    page.locator(FACT_OF).fill(FACT)
    tells(page, "Not saved")
    page.locator("[data-trouble]").filter(has_text="does not answer").wait_for()
    later = page.context.new_page()
    page.close(run_before_unload=False)
    edit(later, studio, "tab")
    until(lambda: fact_of(studio, "tab") == FACT, "the words of the closed tab")
    assert later.locator(FACT_OF).input_value() == FACT
    tells(later, "Saved")
    wait_until(later, "() => !Object.keys(localStorage).some(key => key.includes('unsent'))")


def test_5_words_of_a_translation_outlive_two_tabs_that_could_not_save_them(
    page: Any, studio: Running
) -> None:
    """The second tab had them in its field alone: whoever closed it, too, lost them."""
    tabs = page.context
    page.close()

    def desk() -> Any:
        tab = tabs.new_page()
        tab.goto(f"{studio.address}/c/{CAMPAIGN}/translate/fr?of=letters-home&interface=en")
        return tab

    def refuse(route: Any) -> None:
        if route.request.method == "POST":
            route.abort()
        else:
            route.continue_()

    tabs.route("**/translate/fr*", refuse)
    tab = desk()
    tab.locator("[data-words]").first.fill("Deux fois plus tard.")
    wait_until(tab, "() => document.querySelector('[data-state-of]').textContent === 'Not saved'")
    for _ in range(2):
        tab.close(run_before_unload=False)
        tab = desk()
        wait_until(
            tab, "() => document.querySelector('[data-words]').value === 'Deux fois plus tard.'"
        )
    tabs.unroute("**/translate/fr*")
    tab.close(run_before_unload=False)
    tab = desk()
    file = studio.campaign / "locale" / "fr.po"
    until(lambda: "Deux fois plus tard." in file.read_text("utf-8"), "the words of three tabs")
    tab.close()


def test_5_words_of_a_form_that_was_not_sent_are_there_in_the_next_tab(
    page: Any, studio: Running
) -> None:
    address = f"{studio.address}/c/{CAMPAIGN}/points?interface=en"
    page.goto(address)
    page.locator("[data-open=new-point]").click()
    page.locator("#n-fact").fill(FACT)
    later = page.context.new_page()
    page.close(run_before_unload=False)
    later.goto(address)
    wait_until(later, "fact => document.getElementById('n-fact').value === fact", arg=FACT)
    later.locator("[data-open=new-point]").click()
    later.get_by_role("button", name="Start writing").click()
    later.wait_for_url("**/points/fact-*")
    wait_until(later, "() => !Object.keys(localStorage).some(key => key.includes('form:'))")


def test_13_a_tool_is_a_step_of_its_own(page: Any, studio: Running) -> None:
    edit(page, studio, "tool")
    body = page.locator('[id="f-body"]')
    body.fill("")
    tells(page, "Saved")
    body.press_sequentially("Some words")
    body.press("Control+a")
    body.press("Control+b")
    tells(page, "Saved")
    assert body.input_value() == "**Some words**"
    body.press("Control+z")
    wait_until(page, "() => document.getElementById('f-body').value === 'Some words'")


def test_13_a_paste_is_a_step_of_its_own(page: Any, studio: Running) -> None:
    edit(page, studio, "paste")
    page.locator(FACT_OF).fill("")
    tells(page, "Saved")
    page.locator(FACT_OF).press_sequentially("Typed. ")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("() => navigator.clipboard.writeText('Pasted.')")
    page.locator(FACT_OF).press("Control+v")
    wait_until(page, f"() => document.querySelector('{FACT_OF}').value === 'Typed. Pasted.'")
    tells(page, "Saved")
    page.locator(FACT_OF).press("Control+z")
    wait_until(page, f"() => document.querySelector('{FACT_OF}').value === 'Typed.'")
    assert fact_of(studio, "paste") == "Typed."


def test_4_a_translation_is_on_the_disk_before_its_field_is_left(
    page: Any, studio: Running
) -> None:
    page.goto(f"{studio.address}/c/{CAMPAIGN}/translate/fr?of=translate&interface=en")
    area = page.locator("[data-words]").first
    area.fill("Des mots que personne n'a quittés.")
    text = studio.campaign / "locale/fr.po"
    until(lambda: "personne n'a quittés" in text.read_text("utf-8"), "the words in the file")


def test_a_page_is_begun_written_and_made_ready_with_its_fields(page: Any, studio: Running) -> None:
    page.goto(f"{studio.address}/c/{CAMPAIGN}/pages?interface=en")
    page.locator("[data-open=new-page]").click()
    page.locator("#n-title").fill("Where we meet")
    page.get_by_role("button", name="Start writing").click()
    page.locator('[id="f-body"]').fill("Every Tuesday. See [^nothing].")
    tells(page, "Saved")
    file = studio.campaign / "pages/where-we-meet.md"
    until(lambda: "Every Tuesday" in file.read_text("utf-8"), "the words in the file")
    assert values(file.read_text("utf-8"))["draft"] == "true"
    page.locator('[data-problems-of="body"] li').filter(has_text="nothing").wait_for()
    frame = page.frame_locator("[data-frame]")
    frame.get_by_text("Every Tuesday").wait_for()
    page.locator('[id="f-body"]').fill("Every Tuesday at six.")
    tells(page, "Saved")
    page.locator("[data-ready]").click()
    until(lambda: "draft" not in values(file.read_text("utf-8")), "the mark of a draft is off")
    page.locator("[data-ready]").wait_for(state="hidden")
    page.locator("[data-undo]").click()
    page.locator("[data-ready]").wait_for()
    until(lambda: values(file.read_text("utf-8")).get("draft") == "true", "the mark is back")
