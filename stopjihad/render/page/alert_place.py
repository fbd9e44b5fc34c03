"""Put an alert into pages and feeds that are there, or take it out: the place for it is marked."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import Markup

from stopjihad.model import input_names
from stopjihad.model.step import Step
from stopjihad.plan.decoded import StepInputs
from stopjihad.render.page.site_files import feed_around
from stopjihad.render.page.steps import page_job
from stopjihad.theme.job import PageJob, Theme
from stopjihad.theme.site import site_of
from stopjihad.view.alert_phrases import alert_lines

_PAGE = re.compile(rb"<!--notice ([\w-]+) (\S*) (\S*)-->.*?<!--/notice-->", re.DOTALL)
_TOLD = re.compile(rb"<!--told ([\w-]+) (\S*)-->.*?<!--/told-->", re.DOTALL)
_FEED = re.compile(rb"<!--notice (\S+)-->.*?<!--/notice-->", re.DOTALL)

_LINE = Markup('<p><a href="{}{}/alert/index.html" hreflang="{}">{}</a></p>\n')
"""As in chooser.html."""


class AlertPlaces:
    """Fill the place of an alert in pages and feeds of every language."""

    def __init__(self, steps: Mapping[str, Step], decoded: StepInputs) -> None:
        """Take the shared values of each language from a step for one of its pages."""
        self._theme: Theme = decoded.theme()
        self._jobs: dict[str, PageJob] = {}
        for lang, step in steps.items():
            if input_names.frame(lang) in step.inputs:
                self._jobs[lang] = page_job(step, decoded)
        self._made: dict[bytes, bytes] = {}

    def fill(self, path: str, data: bytes) -> bytes | None:
        """Give a file of the site with the alert that holds, or without any.

        Args:
            data: its bytes, with or without an alert.

        Returns:
            Its bytes; None where it has no place for an alert.
        """
        lang = path.partition("/")[0]
        if path == f"{lang}/feed.xml":
            return self._feed(lang, data)
        # The first one is the program's: it stands before all that the campaign says.
        found = _PAGE.search(data) if path.endswith(".html") else None
        job = self._jobs.get(found[1].decode()) if found else None
        if found is None or job is None:
            return None
        opening = data[found.start() : data.index(b"-->", found.start())]
        if opening not in self._made:
            site = site_of(self._theme, job)
            self._made[opening] = site.alert(found[3].decode(), found[2].decode()).encode()
        rest = _TOLD.sub(self._say_beside, data[found.end() :])
        return data[: found.start()] + self._made[opening] + rest

    def _say_beside(self, found: re.Match[bytes]) -> bytes:
        """Say beside the name of a language what holds in it, as pages for all languages do."""
        lang, root = found[1].decode(), found[2].decode()
        job = self._jobs.get(lang)
        if job is None:
            return found[0]
        told = "".join(
            _LINE.format(root, lang, lang, text) for text in alert_lines(job.frame, job.words)
        )
        return f"<!--told {lang} {root}-->\n{told}<!--/told-->".encode()

    def _feed(self, lang: str, data: bytes) -> bytes | None:
        found, job = _FEED.search(data), self._jobs.get(lang)
        if found is None or job is None:
            return None
        made = _FEED.search(feed_around(self._theme, job, found[1].decode(), []).encode())
        return data[: found.start()] + made[0] + data[found.end() :] if made else None
