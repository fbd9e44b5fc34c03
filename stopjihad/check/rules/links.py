"""Kind of check about addresses: nothing leads to propaganda."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import msgspec

from stopjihad.catalog.rules import Rule
from stopjihad.check.finding import Finding
from stopjihad.check.keeping import MESSAGES, shelves
from stopjihad.check.rules.languages import Case, SaidText, finding_in_text
from stopjihad.check.texts import authored_files, texts_in
from stopjihad.model.project import Document, Project
from stopjihad.model.translation import Translations

_ADDRESS = re.compile(
    r"(?:https?://)?(?:[a-z0-9-]+(?:\.|\[\.\]|\(\.\)))+[a-z]{2,63}(?:/[^\s<>()\"'\]]*)?",
    re.IGNORECASE,
)
"""Addresses with and without a scheme, and with the dots in brackets that should disarm them."""


_DOTTED = re.compile(r"\.[\])]?[\w-]")
"""A dot that parts two labels of an address: most texts have dots at the end of sentences alone."""


def denied_addresses(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find addresses that nothing may lead to, in fields and in running text (EVD02).

    Args:
        rule: its params list ``hosts`` that are never linked, and those to which anyone ``uploads``
            files; a host covers its subdomains.
        case: the campaign; its deny list counts as well.
    """
    deny = DeniedHosts((*case.project.campaign.record.deny_links, *rule.params["hosts"]))
    upload = DeniedHosts(tuple(rule.params["uploads"]))
    for tongue in case.tongues:
        if tongue.file is None:
            found = _in_source(rule, case.project, (deny, upload))
        else:
            found = _in_file(rule, tongue.file, (deny, upload))
        for made, denied_by in found:
            yield made if denied_by is deny else _of_upload(made)


def _of_upload(made: Finding) -> Finding:
    message = f"{made.message}: anyone may upload there"
    return msgspec.structs.replace(made, severity="warning", message=message)


_Found = Iterator[tuple[Finding, "DeniedHosts"]]


def _in_source(rule: Rule, project: Project, every: Sequence[DeniedHosts]) -> _Found:
    for document in authored_files(project):
        written = msgspec.json.encode(document.record).decode()
        likely = [deny for deny in every if deny.may_be_in(written)]
        for field, text in texts_in(document.record) if likely else ():
            if _UNPUBLISHED.isdisjoint(field.split(".")):
                for deny in likely:
                    for made in _in_text(rule, document, field, text, deny):
                        yield made, deny


def _in_file(rule: Rule, file: Translations, every: Sequence[DeniedHosts]) -> _Found:
    may_be = (
        message
        for shelf in shelves(file.messages, MESSAGES)
        if _DOTTED.search("\n".join([message.translation for message in shelf]))
        for message in shelf
    )
    for message in may_be:
        if message.stale or not _DOTTED.search(message.translation):
            continue
        for deny in every:
            if deny.may_be_in(message.translation):
                for address in deny.addresses(message.translation):
                    said = SaidText("", file.path, message.line, 0)
                    key = message.context.rpartition("/")[0]
                    yield (
                        finding_in_text(rule, said, key, field=message.context, words=address),
                        deny,
                    )


_DOTS = (".", "[.]", "(.)")
"""How the labels of an address are parted."""


class DeniedHosts:
    """Look for addresses that nothing may lead to."""

    def __init__(self, entries: tuple[str, ...]) -> None:
        """Keep hosts and addresses without scheme; ``.onion`` is a whole domain."""
        self._entries = entries
        wide = {entry[1:] for entry in entries if entry.startswith(".")}
        self._domains = tuple(f"{dot}{name}" for name in wide for dot in (".", "]", ")"))
        hosts = {entry.partition("/")[0] for entry in entries if not entry.startswith(".")}
        self._labels = tuple(map(_telling_label, hosts))

    def may_be_in(self, text: str) -> bool:
        """Tell quickly whether a text can hold such an address."""
        if not _DOTTED.search(text):
            return False
        lower = text.lower()
        # Loops: a generator for each of a campaign's lines costs more than the looks.
        for domain in self._domains:
            if domain in lower:
                return True
        for label, names in self._labels:
            if label in lower and any(name in lower for name in names):
                return True
        return False

    def addresses(self, text: str) -> Iterator[str]:
        """Find denied addresses in a text."""
        seen: set[str] = set()
        for match in _ADDRESS.finditer(text):
            written = match[0].rstrip(".,;:!?")
            bare = re.sub(r"[\[(]\.[\])]", ".", written.lower())
            bare = bare.partition("://")[2] or bare
            if written not in seen and any(_covers(entry, bare) for entry in self._entries):
                seen.add(written)
                yield written


def _telling_label(host: str) -> tuple[str, tuple[str, ...]]:
    """Give a label of a host that few texts have, and it with what stands beside it in addresses.

    Of ``t.me`` that is ``t``, never the last one: no dot follows it.
    """
    label, following = max(pairwise(host.split(".")), key=lambda pair: len(pair[0]))
    return label, tuple(f"{label}{dot}{following}" for dot in _DOTS)


def _covers(entry: str, address: str) -> bool:
    host, _, path = address.partition("/")
    wanted, _, prefix = entry.partition("/")
    if wanted.startswith("."):
        return host.endswith(wanted)
    same = host == wanted or host.endswith(f".{wanted}")
    return same and (not prefix or path.startswith(prefix))


_UNPUBLISHED = frozenset(
    {
        *("allow_hosts", "deny_links", "waivers"),
        *("goal", "no_answer", "persona", "prevalence", "says"),
    }
)
"""Fields that the team alone reads, or that name addresses in order to refuse or to allow them."""


def _in_text(
    rule: Rule, document: Document[Any], field: str, text: str, deny: DeniedHosts
) -> Iterator[Finding]:
    if not deny.may_be_in(text):
        return
    subject = document.path.removesuffix(".md").split("/", 2)[-1]
    for address in deny.addresses(text):
        line, column = document.place(field)
        if field == "body":
            before = text[: text.find(address)]
            line += before.count("\n")
            column = len(before) - before.rfind("\n")
        said = SaidText("", document.path, line, column)
        yield finding_in_text(rule, said, subject, field=field, words=address[:80])
