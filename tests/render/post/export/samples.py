"""Entries of a small campaign: four languages, all platforms, a thread, a title, odd cells."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace
from stopjihad.render.post.export.formats import ExportJob
from stopjihad.render.post.files import DraftEntry, entry
from stopjihad.view.draft import Part
from stopjihad.view.records import Text

from render.post.samples import PLATFORMS, draft, point

BASE = "https://campaign.example.org"
START = dt.datetime.fromisoformat("2027-03-26T12:30:00+01:00")


def entries(languages=("en", "fr", "ar"), platforms=tuple(PLATFORMS)) -> tuple[DraftEntry, ...]:
    made = []
    for lang in languages:
        for platform in platforms:
            view = point(lang, reviewed=lang != "ar")
            if platform == "bluesky":
                text = "\n[break]\n".join(f"{view.fact.value} ({n})" for n in range(3))
                view = replace(view, posts={"bluesky": Text(text, lang)})
            when = (START + dt.timedelta(days=len(made))).isoformat()
            cards = {f"cards/{lang}/{view.id}/{form}.png": 9 for form in ("wide", "og", "square")}
            made.append(entry(draft(platform, lang, view=view), BASE, cards, when))
    return tuple(made)


def job(made: tuple[DraftEntry, ...] | None = None, **changes) -> ExportJob:
    plain = ExportJob(
        campaign="stop-jihadism",
        title="Stop Jihadism",
        entries=entries() if made is None else made,
        policy="notice",
        timezone="Europe/Paris",
        updated=dt.date(2026, 11, 24),
    )
    return replace(plain, **changes)


def many(number: int, platform: str = "x") -> tuple[DraftEntry, ...]:
    """Repeat one entry with other times."""
    [one] = entries(("en",), (platform,))
    return tuple(
        replace(
            one,
            point=f"point-{index:04}",
            scheduled=(START + dt.timedelta(hours=index)).isoformat(),
        )
        for index in range(number)
    )


def saying(text: str, platform: str = "x") -> tuple[DraftEntry, ...]:
    [one] = entries(("en",), (platform,))
    return (replace(one, parts=(Part(text, len(text)),)),)
