"""What once lost words or misled in the studio, as people met it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from stopjihad.text import po
from stopjihad.text.yaml.fields import SetField, apply, values

from support.build import CAMPAIGN
from support.studio import POINT, Running, copy_workspace, running
from support.watch import wait_until, watched

pytestmark = pytest.mark.browser

BASE = f"/c/{CAMPAIGN}"
BLAME = "L'islam est une religion de violence."


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Give a studio; each test has a talking point of its own."""
    workspace = copy_workspace(tmp_path_factory.mktemp("faults"))
    points = workspace / "campaigns" / CAMPAIGN / "points"
    for name in ("undo", "visits", "glue", "badge", "button"):
        shutil.copyfile(points / "letters-home.md", points / f"{name}.md")
    with running(workspace) as found:
        yield found


@pytest.fixture
def page(browser: Any, studio: Running, request: pytest.FixtureRequest) -> Iterator[Any]:
    width = getattr(request, "param", 1280)
    with watched(browser, viewport={"width": width, "height": 800}) as (seen, _):
        studio.let_in(seen.page)
        yield seen.page
        assert seen.troubles == []


def fields(studio: Running, point: str = POINT) -> dict[str, Any]:
    return values((studio.campaign / f"points/{point}.md").read_text("utf-8"))


def saved(page: Any) -> None:
    wait_until(page, "() => document.querySelector('[data-state]').textContent === 'Saved'")


def edit(page: Any, studio: Running, point: str = POINT) -> None:
    page.goto(f"{studio.address}{BASE}/points/{point}?interface=en")
    page.locator("[data-frame]").wait_for()


# ---- B1: one Undo took an hour of writing


def test_undo_takes_one_visit_to_a_field_names_it_and_redo_brings_it_back(
    page: Any, studio: Running
) -> None:
    point = "undo"
    edit(page, studio, point)
    before = fields(studio, point)
    page.locator("#f-body").press("Control+End")
    page.keyboard.type(" One.")
    saved(page)
    page.locator("#f-fact").focus()  # the field was left: that ends the step
    page.locator("#f-body").press("Control+End")
    page.keyboard.type(" Two.")
    saved(page)
    page.evaluate("scrollTo(0, 0)")
    undo, redo = (page.get_by_role("button", name=name) for name in ("Undo", "Redo"))
    undo.click()
    page.get_by_text("Taken back: Text").wait_for()
    assert fields(studio, point)["body"].endswith(" One.")
    assert page.evaluate("document.activeElement.id") == "f-body"
    wait_until(
        page,
        "() => { const b = document.getElementById('f-body').getBoundingClientRect();"
        " return b.top < innerHeight && b.bottom > 0 }",
    )
    undo.click()
    wait_until(page, "() => document.querySelector('[data-undo]').disabled")
    assert fields(studio, point) == before
    redo.click()
    page.get_by_text("Done again: Text").wait_for()
    redo.click()
    wait_until(page, "() => document.querySelector('[data-redo]').disabled")
    assert fields(studio, point)["body"].endswith(" One. Two.")


def test_undo_ends_where_the_page_was_loaded(page: Any, studio: Running) -> None:
    point = "visits"
    edit(page, studio, point)
    page.locator("#f-body").press("Control+End")
    page.keyboard.type(" First visit.")
    saved(page)
    edit(page, studio, point)
    page.locator("#f-body").press("Control+End")
    page.keyboard.type(" Second visit.")
    saved(page)
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("Taken back: Text").wait_for()
    assert fields(studio, point)["body"].endswith(" First visit.")


def test_the_undo_key_never_glues_two_texts_together(page: Any, studio: Running) -> None:
    point = "glue"
    edit(page, studio, point)
    before = fields(studio, point)["fact"]
    fact = page.locator("#f-fact")
    fact.fill("Words of mine.")
    saved(page)
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("Taken back: Fact").wait_for()
    assert fact.input_value() == before
    fact.press("Control+z")  # nothing is left: the old words stay whole
    page.get_by_text("There is nothing to take back.").wait_for()
    assert fact.input_value() == before
    fact.press("Control+Shift+z")
    page.get_by_text("Done again: Fact").wait_for()
    assert fact.input_value() == fields(studio, point)["fact"] == "Words of mine."
    fact.press("Control+z")
    wait_until(page, f"() => document.getElementById('f-fact').value === {before!r}")
    assert fields(studio, point)["fact"] == before


# ---- B4: a translator was not told of a broken rule


def test_a_translator_is_told_which_rule_the_sentence_breaks(page: Any, studio: Running) -> None:
    page.goto(f"{studio.address}{BASE}/translate/fr?of=mothers-speak&interface=en")
    text = page.locator(".text").nth(0)
    area = text.locator("[data-words]")
    good = area.input_value()
    area.fill(BLAME)
    area.blur()
    told = text.locator("[data-findings] .error").filter(has_text="religion")
    told.wait_for()
    page.reload()
    told.wait_for()
    page.goto(f"{studio.address}{BASE}/review?language=fr&interface=en&single")
    whole = page.locator("[data-key=mothers-speak]")
    if not whole.locator("details[open]").count():
        whole.locator("summary").first.click()
    row = whole.locator("[data-digest]").filter(has_text=BLAME).first
    assert row.locator(".field-problem.error").count() >= 1
    assert row.get_by_role("button", name="Approve").is_visible()
    page.goto(f"{studio.address}{BASE}/translate/fr?of=mothers-speak&interface=en")
    area.fill(good)
    area.blur()
    told.wait_for(state="detached")


# ---- B7: the badge and the page contradicted each other


def badge(page: Any, words: str) -> None:
    wait_until(page, f"() => document.querySelector('[data-badge]').textContent === {words!r}")


def test_the_badge_says_what_the_fields_say(page: Any, studio: Running) -> None:
    point = "badge"
    edit(page, studio, point)
    calm = page.locator("[data-badge]").inner_text()
    fact = page.locator("#f-fact")
    good = fact.input_value()
    fact.fill("Islam is a religion of violence.")
    page.locator("[data-problems-of=fact] .error").first.wait_for()
    wait_until(page, "() => / errors?$/.test(document.querySelector('[data-badge]').textContent)")
    fact.fill(good)
    badge(page, calm)
    assert page.locator("[data-problems-of=fact] .error").count() == 0


def test_broken_yaml_is_saved_and_said_with_its_line(page: Any, studio: Running) -> None:
    path = f"campaigns/{CAMPAIGN}/helplines.yaml"
    page.goto(f"{studio.address}{BASE}/file?path={path}&interface=en")
    calm = page.locator("[data-badge]").inner_text()
    area = page.locator("#whole")
    good = area.input_value()
    area.fill(good.replace("country: FR", "country: [FR"))
    page.get_by_role("button", name="Save", exact=True).click()
    wrong = page.locator("[data-own] .problem.error")
    wrong.first.wait_for()
    assert "helplines.yaml:" in wrong.first.inner_text()
    assert page.locator("[data-state]").inner_text() == "Saved; what is wrong stands below"
    assert wrong.first.locator("a[href*='line=']").count() == 1
    badge(page, "1 error")
    area.fill(good)
    page.get_by_role("button", name="Save", exact=True).click()
    saved(page)
    wrong.wait_for(state="detached")
    badge(page, calm)


# ---- B8: the preview grew to 33 million pixels


AT_REST = """() => new Promise(done => {
    let [height, same, looks] = [0, 0, 0];
    const look = () => {
        const now = document.documentElement.scrollHeight;
        same = now === height ? same + 1 : 0;
        height = now;
        looks += 1;
        if (same === 7 || looks === 300) done(same === 7 ? height : Infinity);
        else setTimeout(look, 100);
    };
    look();
})"""
"""The height of a page that has kept it for 0.7 s; infinite for one that goes on growing."""


@pytest.mark.parametrize("page", [360, 390, 768], indirect=True)
def test_the_preview_keeps_its_size(page: Any, studio: Running) -> None:
    edit(page, studio)
    page.locator("[data-frame]").scroll_into_view_if_needed()
    page.frame_locator("[data-frame]").get_by_role("heading", level=1).wait_for()
    assert page.evaluate(AT_REST) < 20_000
    box = page.locator("[data-frame]").bounding_box()
    stage = page.locator(".stage").bounding_box()
    assert 400 < stage["height"] < 800
    assert abs(box["height"] - stage["height"]) < 3
    assert box["width"] <= stage["width"] + 1


# ---- B11: typing on after Ctrl+Enter went into the wrong field


def test_who_types_on_after_ctrl_enter_writes_into_the_next_text(
    page: Any, studio: Running
) -> None:
    page.route("**/translate/fr", lambda route: (page.wait_for_timeout(600), route.continue_()))
    page.goto(f"{studio.address}{BASE}/translate/fr?of=letters-home&interface=en")
    areas = page.locator("[data-words]")
    for place in range(2):
        areas.nth(place).evaluate("area => area.select()")
    areas.nth(0).focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("Première phrase.")
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type("Seconde phrase.")
    page.keyboard.press("Control+Enter")
    wait_until(
        page,
        "() => [...document.querySelectorAll('[data-state-of]')].slice(0, 2)"
        ".every((tag) => tag.textContent === 'translated, not approved')",
    )
    assert [areas.nth(n).input_value() for n in range(2)] == ["Première phrase.", "Seconde phrase."]
    text = (studio.campaign / "locale/fr.po").read_text("utf-8")
    entries = [
        one for one in po.scan(text).entries if (one.context or "").startswith("letters-home/")
    ]
    found = [one.translation for one in entries]
    assert found[:2] == ["Première phrase.", "Seconde phrase."]


def test_a_term_of_the_glossary_is_a_whole_word() -> None:
    from stopjihad.model.project import Term
    from stopjihad.studio.pages.translation import _stands

    you, recruiter = (Term(term=word, line=1) for word in ("you", "recruiter"))
    assert _stands(you, "en", "What can you do?")
    assert not _stands(you, "en", "They opened a youth club.")
    assert _stands(recruiter, "en", "Recruiters promise much.")


# ---- B13: the citation was the hardest step


def test_a_new_point_begins_without_errors_and_its_source_gets_a_name(
    page: Any, studio: Running
) -> None:
    page.goto(f"{studio.address}{BASE}/points?interface=en")
    page.get_by_role("button", name="New talking point").first.click()
    sheet = page.locator("dialog[open]")
    sheet.get_by_role("textbox", name="Fact").fill("Neighbours opened a youth club.")
    sheet.get_by_label("Name in addresses").fill("a-youth-club")
    sheet.locator("button.button").last.click()
    page.wait_for_url("**/points/a-youth-club")
    page.locator("[data-add=sources]").wait_for()
    page.locator(".field-problem.todo").first.wait_for()
    assert page.locator(".field-problem.error").count() == 0
    page.locator("[id='f-sources.0.title']").wait_for()  # there is one to fill in
    assert page.locator("[data-item='sources.0'] .field-problem.error").count() == 0
    page.locator("[id='f-sources.0.title']").fill("A club for all")
    page.locator("[id='f-sources.0.publisher']").fill("City of Rotterdam Council")
    page.locator("[id='f-sources.0.published']").fill("2017-03-02")
    page.locator("[id='f-sources.0.published']").blur()
    name = page.locator("[id='f-sources.0.id']")
    wait_until(page, "() => document.getElementById('f-sources.0.id').value === 'crc2017'")
    body = page.locator("#f-body")
    body.fill("A club opened.")
    cite = page.get_by_role("button", name="Cite in the text")
    cite.click()
    assert body.input_value() == "A club opened. [^crc2017]"
    name.fill("Rotterdam 2017")  # a name that cannot be one, for a source that is cited
    name.blur()
    wait_until(
        page, "() => document.getElementById('f-body').value === 'A club opened. [^rotterdam-2017]'"
    )
    assert name.input_value() == "rotterdam-2017"
    body.press("Control+End")
    cite.click()
    assert body.input_value() == "A club opened. [^rotterdam-2017] [^rotterdam-2017]"
    page.locator("[id='f-sources.0.read']").select_option("part")
    page.get_by_label("Primary source").check()
    saved(page)
    written = fields(studio, "a-youth-club")["sources"][0]
    assert [written[key] for key in ("id", "read", "primary")] == ["rotterdam-2017", "part", "true"]
    assert page.locator("[data-problems-of=body] .error").count() == 0


def test_a_button_pressed_while_a_text_is_saved_is_not_ignored(page: Any, studio: Running) -> None:
    point = "button"
    edit(page, studio, point)
    before = len(fields(studio, point)["sources"])
    page.route(f"**/points/{point}", lambda route: (page.wait_for_timeout(600), route.continue_()))
    page.locator("#f-body").press("Control+End")
    page.keyboard.type(" More.")
    page.locator("[data-add=sources]").click()  # leaving the text saves it
    page.locator(f"[id='f-sources.{before}.title']").wait_for()
    saved(page)
    assert len(fields(studio, point)["sources"]) == before + 1
    assert fields(studio, point)["body"].endswith(" More.")


def test_a_page_keeps_its_language_when_another_tab_chooses_one(page: Any, studio: Running) -> None:
    """A page that renewed itself turned French around a reader who had chosen English."""
    page.goto(f"{studio.address}{BASE}?interface=en")
    page.goto(f"{studio.address}{BASE}")
    heading = page.locator("main h2").first.inner_text()
    other = page.context.new_page()
    other.goto(f"{studio.address}{BASE}?interface=fr")
    french = other.locator("main h2").first.inner_text()
    assert french != heading
    other.close()
    page.evaluate(
        """() => new Promise((done) => {
            document.addEventListener('renewed', done, { once: true });
            document.dispatchEvent(new Event('renew'));
        })"""
    )
    assert page.locator("main h2").first.inner_text() == heading
    page.reload()
    assert page.locator("main h2").first.inner_text() == french


# ---- whoever had said their name lost the size of the preview: the page was renewed under the form


def test_an_editor_is_not_renewed_like_a_page_that_only_shows(page: Any, studio: Running) -> None:
    edit(page, studio)
    page.evaluate("localStorage.setItem('stopjihad-reviewer', JSON.stringify({by: 'Nadège'}))")
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.reload(wait_until="networkidle")
    page.locator("#f-fact").focus()
    page.locator("#f-fact").blur()
    page.locator("[data-frame]").and_(page.locator("[style*='390px']")).wait_for()
    page.wait_for_load_state("networkidle")
    assert [one for one in asked if one == page.url] == [page.url]


# ---- a studio that was started again was never heard of any more


def write_elsewhere(studio: Running, fact: str) -> None:
    file = studio.campaign / f"points/{POINT}.md"
    file.write_text(apply(file.read_text("utf-8"), SetField(("fact",), fact)), "utf-8")


def test_a_page_whose_stream_was_refused_hears_again(browser: Any, studio: Running) -> None:
    with watched(browser) as (seen, _):
        page = seen.page
        studio.let_in(page)
        page.route("**/events/*", lambda route: route.fulfill(status=403), times=1)
        edit(page, studio)
        write_elsewhere(studio, "Somebody else writes a fact.")
        wait_until(page, "() => document.getElementById('f-fact').value.startsWith('Somebody')")


def test_a_page_goes_on_after_an_answer_that_never_came(browser: Any, studio: Running) -> None:
    with watched(browser) as (seen, _):
        page = seen.page
        studio.let_in(page)
        edit(page, studio)
        page.route(f"**/{POINT}/sources", lambda route: route.abort(), times=1)
        file = studio.campaign / f"points/{POINT}.md"
        whole = file.read_text("utf-8")
        with page.expect_event("requestfailed", lambda one: one.url.endswith("/sources")):
            more = "sources:\n  - id: more\n    title: More\n"
            file.write_text(whole.replace("sources:\n", more, 1), "utf-8")
        file.write_text(whole, "utf-8")
        write_elsewhere(studio, "Nobody has left.")
        wait_until(page, "() => document.getElementById('f-fact').value === 'Nobody has left.'")


# ---- a press that did nothing, without a word: scripts come after what is seen


def test_a_press_before_the_scripts_of_a_page_are_there_counts(page: Any, studio: Running) -> None:
    held: list[Any] = []

    def hold(route: Any) -> None:
        held.append(route)

    page.route("**/studio/page.js", hold)
    page.goto(f"{studio.address}{BASE}/alerts?interface=en", wait_until="commit")
    button = page.get_by_role("button", name="Your name", exact=True)
    button.press("Enter")
    assert not page.locator("#me").is_visible()
    for _ in range(1_500):  # half a minute: a busy machine asks for scripts long after the page
        if not held:
            page.wait_for_timeout(20)
    held[0].continue_()
    page.locator("#me").wait_for()
    page.keyboard.press("Escape")
    page.locator("#me").wait_for(state="hidden")
    button.press("Enter")
    page.locator("#me").wait_for()


ANSWERS = """async () => {
    const [real, waiting, shown] = [fetch, [], []];
    window.fetch = (address, options) => address === location.href
        ? new Promise(answer => waiting.push(answer)) : real(address, options);
    const { studio } = document.documentElement.dataset;
    const give = (words) => new Response(`<main>${words}</main>`, { headers: { studio } });
    const hear = (heard, how) => document.addEventListener('renewed', heard, how);
    const renewed = () => new Promise(done => hear(done, { once: true }));
    hear(() => shown.push(document.querySelector('main').textContent));
    const ask = () => document.dispatchEvent(new Event('renew'));
    ask();
    ask();
    let next = renewed();
    waiting[1](give('second'));
    await next;
    waiting[0](give('first'));
    ask();
    next = renewed();
    waiting[2](give('third'));
    await next;
    return shown;
}"""


def test_an_old_answer_that_comes_late_replaces_no_newer_one(page: Any, studio: Running) -> None:
    page.route("**/events/*", lambda _: None)  # nor does news of other tests make it ask
    page.goto(f"{studio.address}{BASE}/problems?interface=en")
    assert page.evaluate(ANSWERS) == ["second", "third"]
