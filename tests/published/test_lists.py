"""Lists on the built sample: each shows the talking points of its topic, in the editor's order."""

from __future__ import annotations

from collections import defaultdict

import pytest
import yaml

from support.build import CAMPAIGN, REPOSITORY
from support.pages import Page

FOLDER = REPOSITORY / "campaigns" / CAMPAIGN


@pytest.fixture(scope="module")
def points() -> dict[str, dict[str, object]]:
    """Read the fields of every talking point that lists may show, as its author wrote them."""
    found = {}
    for path in sorted((FOLDER / "points").glob("*.md")):
        fields = yaml.safe_load(path.read_text("utf-8").split("\n---\n")[0])
        if (fields.get("prevalence") or {}).get("level") != "niche":
            found[path.stem] = fields
    return found


def linked(page: Page) -> list[str]:
    """Name the talking points that a page's main part leads to, in reading order."""
    found = [page.target(link.get("href")) for link in page.all("a")]
    places = [place[0].split("/") for place in found if place and "/points/" in place[0]]
    return [parts[2] for parts in places if len(parts) == 4]


def lists(pages: dict[str, Page], lang: str, folder: str) -> dict[str, list[str]]:
    """Give the talking points of each list below a folder, all its pages together."""
    found: dict[str, list[str]] = defaultdict(list)
    start = f"{lang}/{folder}/"
    for path in sorted(pages):
        if path.startswith(start):
            found[path.removeprefix(start).split("/")[0]] += linked(pages[path])
    return found


def test_a_list_links_the_points_of_its_topic_and_no_others(
    pages: dict[str, Page], languages: tuple[str, ...], points: dict[str, dict[str, object]]
) -> None:
    """All twelve lists once showed all talking points."""
    by_audience: dict[str, set[str]] = defaultdict(set)
    by_factor: dict[str, set[str]] = defaultdict(set)
    for name, fields in points.items():
        by_factor[str(fields["pull_factor"])].add(name)
        for audience in fields["audiences"]:  # type: ignore[attr-defined]
            by_audience[audience].add(name)
    assert any(len(found) < len(points) for found in by_audience.values())
    for lang in languages:
        for folder, wanted in (("audiences", by_audience), ("pull-factors", by_factor)):
            found = lists(pages, lang, folder)
            assert {name: set(items) for name, items in found.items()} == wanted, lang
            assert all(len(items) == len(set(items)) for items in found.values()), lang


def test_the_index_of_facts_links_up_to_four_points_of_each_topic_and_its_list(
    pages: dict[str, Page], languages: tuple[str, ...], points: dict[str, dict[str, object]]
) -> None:
    topics = [str(fields["pull_factor"]) for fields in points.values()]
    for lang in languages:
        page = pages[f"{lang}/points/index.html"]
        shown = linked(page)
        assert len(shown) == len(set(shown))
        for topic in set(topics):
            own = [name for name in shown if points[name]["pull_factor"] == topic]
            assert len(own) == min(4, topics.count(topic)), (lang, topic)
            leads = [link for link in page.all("a") if f"/{topic}/index.html" in link.get("href")]
            assert len(leads) == 1 + (topics.count(topic) > 4), (lang, topic)


def test_home_shows_the_points_that_the_editor_chose_in_that_order(
    pages: dict[str, Page], languages: tuple[str, ...], points: dict[str, dict[str, object]]
) -> None:
    """Home once showed the first six file names of the alphabet."""
    featured = {
        int(str(fields["featured"])): name
        for name, fields in points.items()
        if fields.get("featured")
    }
    chosen = [featured[number] for number in sorted(featured)]
    assert len(chosen) >= 6
    assert chosen != sorted(chosen)
    for lang in languages:
        assert linked(pages[f"{lang}/index.html"]) == chosen[:6]


def test_an_audience_finds_what_was_chosen_for_it_then_what_is_written_for_it_in_the_usual_order(
    pages: dict[str, Page], points: dict[str, dict[str, object]]
) -> None:
    """Teenagers met how women lived under ISIS before the stranger who writes from a game."""
    campaign = yaml.safe_load((FOLDER / "campaign.yaml").read_text("utf-8"))
    order = campaign["order"]
    chosen = {one["id"]: one.get("first", []) for one in campaign["audiences"]}
    assert len(chosen["young-people"]) == 4

    def place(name: str) -> tuple[float, float, str]:
        featured = float(str(points[name].get("featured", "inf")))
        return featured, order.index(name) if name in order else float("inf"), name

    for audience, every in lists(pages, "en", "audiences").items():
        assert every[: len(chosen[audience])] == chosen[audience]
        items = every[len(chosen[audience]) :]
        first = [name for name in items if points[name]["audiences"][0] == audience]  # type: ignore[index]
        assert items[: len(first)] == sorted(first, key=place)
        assert items[len(first) :] == sorted(items[len(first) :], key=place)
