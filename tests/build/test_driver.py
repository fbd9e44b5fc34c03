"""Of many campaigns, those that a shared store has are published at once, and no others."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import msgspec
import pytest
from stopjihad.build import driver
from stopjihad.build.driver import build_campaign, find_all_built
from stopjihad.build.request import Request
from stopjihad.disk.store import store_address
from stopjihad.model.options import Options

from support.build import CAMPAIGN, SMALL
from support.toy import tree

SLUGS = tuple(f"campaign-{number}" for number in range(4))


class Offices:
    """A workspace of campaigns that were built with a store, and an empty one beside it."""

    def __init__(self, root: Path) -> None:
        self.store = root / "store"
        self.first, self.second = root / "first", root / "second"
        for workspace in (self.first, self.second):
            for slug in SLUGS:
                shutil.copytree(SMALL / "campaigns" / CAMPAIGN, workspace / "campaigns" / slug)
        self.made = {slug: self.build(self.first, slug) for slug in SLUGS}

    def request(self, root: Path) -> Request:
        return Request(
            out=root / "dist",
            today=dt.date(2026, 11, 24),
            code="now",
            options=Options(only=("site",)),
            jobs=2,
            store=store_address(str(self.store)),
        )

    def build(self, root: Path, slug: str) -> dict[str, bytes]:
        build_campaign(root, slug, self.request(root))
        return tree(root / "dist" / slug)

    def found(self, **other: object) -> set[str]:
        request = msgspec.structs.replace(self.request(self.second), **other)
        return set(find_all_built(self.second, SLUGS, request))

    def published(self, slug: str) -> dict[str, bytes] | None:
        folder = self.second / "dist" / slug
        return tree(folder) if folder.exists() else None


@pytest.fixture
def offices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Offices:
    monkeypatch.setenv("STOPJIHAD_STORE_KEY", "a secret of these tests, long enough")
    monkeypatch.setattr(driver, "FEW", len(SLUGS))
    return Offices(tmp_path)


def test_what_the_store_has_is_published_and_stays(offices: Offices) -> None:
    assert offices.found(jobs=1) == set()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(driver, "FEW", len(SLUGS) + 1)
        assert offices.found() == set()
    assert offices.found(store=None) == set()
    for _ in range(2):  # from the store, then as it stands
        assert offices.found() == set(SLUGS)
        assert {slug: offices.published(slug) for slug in SLUGS} == offices.made


def test_what_was_edited_or_is_wrong_is_left_to_its_build(offices: Offices) -> None:
    campaigns = offices.second / "campaigns"
    point = campaigns / SLUGS[1] / "points" / "letters-home.md"
    point.write_text(point.read_text("utf-8") + "\n\nMore.\n", "utf-8")
    (campaigns / SLUGS[2] / "campaign.yaml").write_text("nothing: right\n", "utf-8")
    assert offices.found() == {SLUGS[0], SLUGS[3]}
    assert offices.published(SLUGS[1]) is None
    assert offices.published(SLUGS[2]) is None
    assert offices.published(SLUGS[3]) == offices.made[SLUGS[3]]


def test_what_others_wrote_into_the_store_is_not_published(
    offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [path for path in offices.store.rglob("*") if path.is_file()]
    assert len(files) > len(SLUGS)
    for path in files:
        path.write_bytes(path.read_bytes()[:-1] + b"!")
    assert offices.found() == set()
    assert not any(map(offices.published, SLUGS))
    assert offices.build(offices.second, SLUGS[0]) == offices.made[SLUGS[0]]
    monkeypatch.setenv("STOPJIHAD_STORE_KEY", "the secret of somebody else, long enough")
    shutil.rmtree(offices.second / "dist")
    assert offices.found() == set()
