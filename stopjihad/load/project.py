"""Parse one campaign's files into a project, or say everything that is wrong with them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath
from typing import Any

import msgspec

from stopjihad.disk.cache import Cache, get_or_make
from stopjihad.load import files
from stopjihad.load.documents import SourceFile, markdown_document, yaml_document
from stopjihad.load.drafts import as_warnings, draft_notice, says_draft
from stopjihad.load.drills import CHART, TABLE, read_table
from stopjihad.load.file_names import (
    LEDGERS,
    RETURNED,
    FolderProblems,
    explains_nothing,
    meant_file,
    unread_file,
)
from stopjihad.load.targets import FILE as TARGETS
from stopjihad.load.targets import target_problems
from stopjihad.load.workspace import Sources
from stopjihad.model.alert import Alert, AlertTemplate
from stopjihad.model.campaign import Campaign
from stopjihad.model.helpline import Helplines
from stopjihad.model.media import Media
from stopjihad.model.own_rules import OwnRules
from stopjihad.model.partner import Partner
from stopjihad.model.point import Point
from stopjihad.model.project import Document, Glossary, Page, Project, Responses
from stopjihad.model.review import Review
from stopjihad.model.targets import Targets
from stopjihad.model.translation import Translations
from stopjihad.problem import Problem
from stopjihad.text.ids import id_fault, is_id, proposed_id

_FOLDERS: dict[str, type[msgspec.Struct]] = {"points": Point, "pages": Page}
_ALERTS: dict[str, type[msgspec.Struct]] = {"alerts": Alert, "alerts/templates": AlertTemplate}
_YAML: dict[str, tuple[type[msgspec.Struct], str]] = {
    "partners": (Partner, "id"),
    "rules": (OwnRules, "language"),
}
"""Folder of YAML to the record of its files, and the field that a file's name is."""

_FILES: dict[str, type[msgspec.Struct]] = {
    "campaign.yaml": Campaign,
    "helplines.yaml": Helplines,
    "responses.yaml": Responses,
    TARGETS: Targets,
}


def load_project(sources: Sources, cache: Cache) -> tuple[Project | None, list[Problem]]:
    """Parse a campaign's files.

    Args:
        sources: the bytes, from ``read_sources``.

    Returns:
        The project, or None when a needed file is missing or broken, and all problems.
    """
    reader = _Reader(sources, cache)
    if not is_id(sources.slug):
        reader.report_bad_name(f"campaigns/{sources.slug}", sources.slug, "folder")
    for path in sorted((*sources.files, *sources.unopened)):
        reader.read(path)
    return reader.project(), reader.problems


_ALERT = re.compile(r"campaigns/[^/]+/(alerts/[^/]+)\.yaml")


def without_begun(problems: Iterable[Problem], reviews: Iterable[Review]) -> list[Problem]:
    """Let alerts that were only begun hinder nobody: what is still to be filled in is a warning.

    It is an error again once somebody has approved the alert: readers could lose it then.
    """
    problems = list(problems)
    alerts = {one.path: found[1] for one in problems if (found := _ALERT.fullmatch(one.path))}
    if not alerts:
        return problems
    signed = {one.context for one in reviews if one.kind == "alert" and one.step != "draft"}
    spoilt = {one.path for one in problems if one.severity == "error" and one.code != "empty"}
    begun = {path for path, name in alerts.items() if name not in signed and path not in spoilt}
    return [
        msgspec.structs.replace(one, severity="warning") if one.path in begun else one
        for one in problems
    ]


class _Reader:
    """Collect the documents of one campaign."""

    def __init__(self, sources: Sources, cache: Cache) -> None:
        self.sources, self.cache = sources, cache
        self.paths = sources.unopened.union(sources.files)
        self.digests = sources.digests or {
            path: hashlib.sha256(data).hexdigest() for path, data in sources.files.items()
        }
        self.base = f"campaigns/{sources.slug}/"
        self.problems: list[Problem] = []
        self.found: dict[str, list[Any]] = {}
        self.media: dict[str, str] = {}
        self.folders = FolderProblems(self.base)

    def read(self, path: str) -> None:
        """Read one file by the folder that it is in."""
        top, _, name = path[len(self.base) :].partition("/")
        if top in _FOLDERS and "/" not in name and name.endswith(".md"):  # nearly all
            stem = name.removesuffix(".md")
            if is_id(stem):
                self._markdown(path, top, stem)
            else:
                self.report_bad_name(path, stem, "file")
            return
        inner = PurePosixPath(path[len(self.base) :])
        folder = inner.parts[0] if len(inner.parts) > 1 else ""
        if folder == "media":
            self.media[path] = self.digests[path]
            if inner.suffix == ".yaml":
                self._yaml(path, "media", Media, {})
        elif str(inner) in _FILES:
            given = {"id": self.sources.slug} if inner.stem == "campaign" else {}
            self._yaml(path, inner.stem, _FILES[str(inner)], given)
        elif folder in _YAML and len(inner.parts) == 2 and inner.suffix == ".yaml":
            cls, named = _YAML[folder]
            self._yaml(path, folder, cls, {named: inner.stem})
        elif folder == "alerts":
            self._alert(path, inner)
        elif folder == "locale":
            self._words(path, inner)
        elif str(inner) in LEDGERS:
            self._ledger(path, inner.stem)
        else:
            self._unknown(path)

    def _words(self, path: str, inner: PurePosixPath) -> None:
        """Read a translation or the glossary; other files there may belong to translators' tools.

        What would be read under another name, or is to be taken in, is told.
        """
        if inner.suffix == ".po":
            self._translations(path, inner.stem)
        elif str(inner) == "locale/glossary.csv":
            self._glossary(path)
        elif inner.suffix.lower() in RETURNED or meant_file(str(inner)):
            self._unknown(path)

    def _data(self, path: str) -> bytes:
        """Give the bytes of a file, which may not have been read yet."""
        if path in self.sources.unopened:
            return self.sources.read(path)
        return self.sources.files[path]

    def _file(self, path: str) -> SourceFile | None:
        data = self._data(path)
        text = files.decode(data, path)
        if isinstance(text, Problem):
            self.problems.append(text)
            return None
        return SourceFile(path, text, self.digests[path])

    def _yaml(
        self, path: str, group: str, cls: type[msgspec.Struct], given: dict[str, str]
    ) -> None:
        kind = Document[cls]  # type: ignore[valid-type]
        self._keep(group, path, kind, lambda file: yaml_document(file, cls, given))

    def _markdown(self, path: str, folder: str, name: str) -> None:
        cls = _FOLDERS[folder]
        kind = Document[cls]  # type: ignore[valid-type]
        self._keep(folder, path, kind, lambda file: markdown_document(file, cls, name))

    def _alert(self, path: str, inner: PurePosixPath) -> None:
        """Read an alert, or a template of alerts."""
        group = "/".join(inner.parts[:-1])
        if str(inner) == TABLE:
            file = self._file(path)
            self.found["drills"] = [*read_table(file.text)] if file else []
            return
        if str(inner) == CHART:
            return  # the same, drawn for people
        if group not in _ALERTS or inner.suffix != ".yaml":
            self._unknown(path)
        elif not is_id(inner.stem):
            self.report_bad_name(path, inner.stem, "file")
        else:
            self._yaml(path, group, _ALERTS[group], {"id": inner.stem})

    def _translations(self, path: str, language: str) -> None:
        from stopjihad.load.po import each_message

        def parse(file: SourceFile) -> tuple[Translations, list[Problem]]:
            problems: list[Problem] = []
            messages = tuple(each_message(file.text, path, language, problems))
            found = Translations(
                language=language, path=path, messages=messages, digest=file.digest
            )
            return found, problems

        self._keep("locale", path, Translations, parse)

    def _glossary(self, path: str) -> None:
        from stopjihad.load.glossary import read_glossary

        self._keep("glossary", path, Glossary, lambda file: read_glossary(file.text, path))

    def _ledger(self, path: str, group: str) -> None:
        """Read signatures, remarks, postings or exports."""
        from stopjihad.load.clock import read_clock
        from stopjihad.load.ledger import read_ledger, read_team_lines

        text = files.decode_lines(self._data(path), path)
        if isinstance(text, Problem):
            self.problems.append(text)
            return
        signed = group == "reviews"
        lines, problems = (
            read_ledger(text, path, read_clock()) if signed else read_team_lines(text, path, group)
        )
        self.problems += problems
        self.found[group] = [*lines]

    def _keep(self, group: str, path: str, kind: Any, parse: Callable[[SourceFile], Any]) -> None:
        """Add what is kept of a file under its digest, or what ``parse`` makes of it."""

        def parse_value() -> Any:
            file = self._file(path)
            return (None, []) if file is None else parse(file)

        names = (group, path, self.digests[path])
        result, problems = get_or_make(self.cache, names, kind, parse_value)
        self.problems += problems
        if result is not None:
            self.found.setdefault(group, []).append(result)

    def report_bad_name(self, path: str, stem: str, what: str) -> None:
        """Say that a name cannot be an id; ``what`` has it: a file or a folder."""
        ending = PurePosixPath(path).suffix if what == "file" else ""
        better = proposed_id(stem) + ending
        better = "" if better in {ending, stem + ending} else better
        self.problems.append(
            Problem(
                path=path,
                line=1 if what == "file" else 0,
                code="file-name",
                message=f"'{stem}' cannot be an id: {id_fault(stem)}",
                hint=f"rename the {what}, perhaps to {better}" if better else f"rename the {what}",
            )
        )

    def _unknown(self, path: str) -> None:
        """Say that nothing reads a file, or the folder that it lies in."""
        problem = self.folders.of(path)
        if problem is None and self.folders.is_said(path):
            return
        self.problems.append(problem or unread_file(path, path[len(self.base) :]))

    def _refusals_of(self, path: str) -> list[Problem]:
        """Say why a file that is there is not read, or the campaign's folder."""
        places = {path, self.base.rstrip("/")}
        return [problem for problem in self.sources.unread if problem.path in places]

    def _drafts(self, broken: set[str]) -> set[str]:
        """Name the files of drafts; those that are ``broken`` are looked through for the word."""
        documents = (one for folder in _FOLDERS for one in self.found.get(folder, ()))
        found = {one.path for one in documents if one.record.draft}
        folders = tuple(f"{self.base}{folder}/" for folder in _FOLDERS)
        for path in broken & self.paths:
            if path.startswith(folders):
                text = self._data(path).decode("utf-8", "replace")
                found |= {path} if says_draft(text) else set()
        return found

    def project(self) -> Project | None:
        """Put the documents together; None when the campaign's own file is unusable."""
        campaign = self.found.get("campaign")
        if not campaign:
            path = f"{self.base}campaign.yaml"
            if path not in self.paths:
                self.problems += self._refusals_of(path) or [
                    Problem(
                        path=path,
                        code="campaign-missing",
                        message="the campaign has no campaign.yaml",
                        hint="start from 'stopjihad init'",
                    )
                ]
            return None
        broken = {one.path for one in self.problems if one.severity == "error"}
        drafts = self._drafts(broken)
        if drafts:
            self.problems = as_warnings(self.problems, drafts)
            self.problems.append(draft_notice(campaign[0].path, drafts))
        self.problems = without_begun(self.problems, self.found.get("reviews", ()))
        for targets in self.found.get("targets", ()):
            self.problems += target_problems(targets)
        for note in self.found.get("media", ()):
            picture = note.path.removesuffix(".yaml")
            if picture not in self.media and not self._refusals_of(picture):
                self.problems.append(explains_nothing(note.path, self.media))
        helplines = self.found.get("helplines")
        responses = self.found.get("responses")
        every = (*self.problems, *self.sources.unread)
        points, pages = self.found.get("points", ()), self.found.get("pages", ())
        project = Project(
            campaign=campaign[0],
            points=tuple(one for one in points if not (one.record.draft or one.record.withdrawn)),
            pages=tuple(one for one in pages if not one.record.draft),
            draft_points=tuple(
                one for one in points if one.record.draft and not one.record.withdrawn
            ),
            draft_pages=tuple(one for one in pages if one.record.draft),
            withdrawn_points=tuple(one for one in points if one.record.withdrawn),
            alerts=tuple(self.found.get("alerts", ())),
            alert_templates=tuple(self.found.get("alerts/templates", ())),
            helplines=helplines[0] if helplines else None,
            translations=tuple(self.found.get("locale", ())),
            reviews=tuple(self.found.get("reviews", ())),
            remarks=tuple(self.found.get("remarks", ())),
            postings=tuple(self.found.get("postings", ())),
            exports=tuple(self.found.get("exports", ())),
            glossary=next(iter(self.found.get("glossary", ())), None),
            media=self.media,
            media_notes=tuple(self.found.get("media", ())),
            responses=responses[0] if responses else None,
            drills=tuple(self.found.get("drills", ())),
            rules=tuple(self.found.get("rules", ())),
            partners=tuple(self.found.get("partners", ())),
            broken=tuple(sorted(broken | {p.path for p in every if p.severity == "error"})),
            digest=self.sources.digest,
        )
        if any(one.urgent for one in project.reviews):
            from stopjihad.load.taken_down import without_lapsed

            project, told = without_lapsed(project)
            self.problems += told
        return project
