"""Cut a small campaign in one language from the sample campaign and its translations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from stopjihad.catalog.timezones import zones_of
from stopjihad.load.documents import split_front_matter
from stopjihad.model.project import Project
from stopjihad.text.markdown.segments import rebuild
from stopjihad.text.yaml.patch import Path, remove_value, set_value
from stopjihad.text.yaml.tree import NoSuchPlace, Value, compose, find, is_flow, plain, start
from stopjihad.view.helplines import chosen as chosen_lines
from stopjihad.view.helplines import market
from stopjihad.view.source_segments import project_segments

POINTS = ("most-victims-are-muslims", "money-from-extortion", "stay-in-contact")
"""Talking points of the starter: a claim answered with figures, one with sources that differ in
weight, and an alternative without a claim."""

PAGES = ("about", "accessibility", "privacy")
"""Pages that every campaign has to have."""

TEMPLATES = "alerts/templates"
"""Words of alerts in a crisis: nobody has the time to write them when it happens."""

_LEFT_OUT = ("cards", "carousels", "order")
"""Keys of ``campaign.yaml`` that speak of more points, cards or slides than a first hour needs."""


class Chosen(NamedTuple):
    """Say what is cut out.

    Attributes:
        language: BCP 47 tag; it becomes the language in which the campaign is written.
        points: ids of talking points; none for a campaign to begin from nothing.
        timezone: IANA name of the zone whose clocks it goes by; the sample's where it is empty.
    """

    language: str
    points: tuple[str, ...] = POINTS
    timezone: str = ""


def zone_for(project: Project, language: str) -> str:
    """Choose the time zone of a campaign in a ``language``.

    Returns:
        The first zone of the country in which readers are taken to live, else of the one whose
        helplines stand for the language, else of the one of which CLDR takes it to be.
    """
    campaign = project.campaign.record
    lines = {line.country for line in chosen_lines(campaign, project.all_helplines, language)}
    country = market(campaign, language) or (lines.pop() if len(lines) == 1 else "")
    if not country:
        from babel.core import get_global

        country = get_global("likely_subtags").get(language, "").rpartition("_")[2]
    return next(iter(zones_of(country)), campaign.schedule.timezone)


class NotWhole(LookupError):
    """Say that the sample has not every text of the starter in a language."""


def starter_files(files: Mapping[str, str], project: Project, chosen: Chosen) -> dict[str, str]:
    """Cut a campaign out of another and write it in one of its languages.

    Args:
        files: texts of the other campaign by path below its folder.

    Returns:
        Texts of the new campaign by path below its folder. Comments stay.

    Raises:
        NotWhole: a text has no translation that stands.
    """
    words = _StarterWords(project, chosen.language)
    if not chosen.points:
        return _blank_files(files, project, chosen, words)
    found = {
        "campaign.yaml": _campaign(files["campaign.yaml"], project, chosen, words),
        "helplines.yaml": _helplines(files["helplines.yaml"], project, chosen.language, words),
    }
    found["responses.yaml"] = _responses(files["responses.yaml"])
    for name in PAGES:
        found[f"pages/{name}.md"] = _document(files[f"pages/{name}.md"], f"pages/{name}", words)
    for name in chosen.points:
        found[f"points/{name}.md"] = _document(files[f"points/{name}.md"], name, words)
    for path in files:
        folder, _, name = path.removesuffix(".yaml").rpartition("/")
        if folder == TEMPLATES:
            found[path] = _translate_texts(files[path], f"alerts/{name}", words)
    return found


def _blank_files(
    files: Mapping[str, str], project: Project, chosen: Chosen, words: _StarterWords
) -> dict[str, str]:
    """Cut out what any campaign has, whatever it is about."""
    from stopjihad.catalog.blank import blank_words

    own = blank_words()[chosen.language]
    text = _campaign(files["campaign.yaml"], project, chosen, words)
    for key in _OF_THE_SAMPLE:
        text = _without_key(text, (key,))
    text = _keep_items(text, "audiences", _AUDIENCES)
    text = _keep_items(text, "messengers", {"team"})
    for place in range(len(_items(text, "audiences"))):
        text = set_value(text, ("audiences", place, "persona"), own.persona)
        for key in ("title", "intro"):
            text = _without_key(text, ("audiences", place, key))
    metric = {"name": own.metric, "baseline": "0", "target": "10", "date": "2027-06-30"}
    while len(_metrics(text)) > 1:
        text = remove_value(text, ("goal", "metrics", 1))
    for key, value in metric.items():
        text = set_value(text, ("goal", "metrics", 0, key), value)
    text = set_value(text, ("goal", "statement"), own.goal)
    text = set_value(text, ("title",), own.title)
    text = set_value(text, ("sponsor", "funders"), ["example.org"])
    text = set_value(text, ("reporting",), _reporting_rows())
    found = {"campaign.yaml": text, "helplines.yaml": _NO_HELPLINES}
    for name in PAGES:
        page = _document(files[f"pages/{name}.md"], f"pages/{name}", words)
        front, *_ = split_front_matter(page, "")
        found[f"pages/{name}.md"] = page if name != "about" else f"---\n{front}---\n{own.about}\n"
    return found


_OF_THE_SAMPLE = (
    "summary",
    "claimant",
    "counters_terrorism",
    "helplines",
    "countries",
    "places",
    "authorities",
    "style_packs",
)
"""Keys of ``campaign.yaml`` that say something of the sample's subject, or name its helplines."""

_AUDIENCES = {"relatives", "young-people", "professionals"}

_NO_HELPLINES = """\
# Whom readers can call, write to or visit. Fields: docs/authors.md#helplines. Which of them stands
# on what is made in a language says 'helplines' in campaign.yaml. For example:
#
#   - id: advice
#     country: DE
#     name: Advice service
#     for: [worried, relatives]
#     phone: {e164: "+49...", printed: 0...}
#     hours: Monday to Friday, 9 am to 5 pm
#     languages: [de]
#     operator: municipality
#     emergency: "112"
#     url: https://...
#     source: https://...
#     verified: {on: 2026-12-01, how: called}
#     review_by: 2027-03-01
#     anonymous: true
helplines: []
"""


def _reporting_rows() -> list[Value]:
    """Name the platforms where anything can be reported; national services are for one subject."""
    from stopjihad.catalog.platforms import services

    return [row.id for row in services() if row.kind == "platform"]


def _metrics(text: str) -> list[Value]:
    root = plain(compose(text))
    goal = root.get("goal") if isinstance(root, dict) else None
    found = goal.get("metrics") if isinstance(goal, dict) else None
    return found if isinstance(found, list) else []


class _StarterWords:
    """Find the translation of every text that stands in a place."""

    def __init__(self, project: Project, language: str) -> None:
        self.language = language
        self.segments: dict[str, list[tuple[str, bool]]] = {}
        for item in project_segments(project):
            self.segments.setdefault(item.context, []).append((item.source, item.markdown))
        source = project.campaign.record.source_language
        self.found = {
            (m.context, m.source): m.translation
            for file in project.translations
            for m in file.messages
            if file.language == language and m.translation and not m.stale
        }
        if language == source:
            self.found = {
                (context, text): text
                for context, listed in self.segments.items()
                for text, _ in listed
            }

    def below(self, context: str) -> Iterator[str]:
        """Name the places that are translated below a context."""
        return (name for name in self.segments if name.startswith(f"{context}/"))

    def of(self, context: str, text: str) -> str:
        """Translate what stands in a place: a text, or Markdown segment by segment."""
        listed = self.segments.get(context, [])
        if not listed or not listed[0][1]:
            return self._one(context, text)
        passages = rebuild(text, lambda segment: self._one(context, segment))
        return "\n".join(passage.text for passage in passages)

    def _one(self, context: str, text: str) -> str:
        try:
            return self.found[context, text]
        except KeyError:
            raise NotWhole(f"{context} is not translated into {self.language}") from None


def _document(text: str, context: str, words: _StarterWords) -> str:
    """Write a talking point or page in another language."""
    front, body, *_ = split_front_matter(text, "")
    front = _translate_texts(front, context, words)
    return f"---\n{front}---\n{words.of(f'{context}/body', body)}"


def _translate_texts(text: str, context: str, words: _StarterWords, at: Path = ()) -> str:
    """Replace the texts of a YAML file that are translated; what stands elsewhere stays."""
    for name in words.below(context):
        for path, value in _places(
            plain(compose(text)), (*at, *name[len(context) + 1 :].split("."))
        ):
            try:
                text = set_value(text, path, words.of(name, value))
            except NotWhole:
                if "posts" not in path:
                    raise
                text = remove_value(text, path)  # a draft is composed instead
    return text


def _places(root: Value, path: Path) -> list[tuple[Path, str]]:
    """Find texts by a path in which items of lists are named by their id; each text of a list."""
    found: Path = ()
    value: Value = root
    for step in path:
        if isinstance(value, list):
            ids = [item.get("id") if isinstance(item, dict) else None for item in value]
            if step not in ids:
                return []
            found, value = (*found, ids.index(step)), value[ids.index(step)]
        elif isinstance(value, dict) and step in value:
            found, value = (*found, step), value[str(step)]
        else:
            return []
    if isinstance(value, str):
        return [(found, value)] if value else []
    items = value if isinstance(value, list) else []
    return [((*found, place), item) for place, item in enumerate(items) if isinstance(item, str)]


def _campaign(text: str, project: Project, chosen: Chosen, words: _StarterWords) -> str:
    """Leave one language, and whom and who speaks as far as the talking points need them."""
    text = _translate_texts(text, "campaign", words)
    for key in _LEFT_OUT:
        text = _without_key(text, (key,))
    points = [item.record for item in project.points if item.record.id in chosen.points]
    if points:
        text = _keep_items(
            text, "audiences", {name for point in points for name in point.audiences}
        )
        text = _keep_items(text, "messengers", {point.messenger for point in points})
    for place in range(len(_items(text, "audiences"))):
        text = _without_key(text, ("audiences", place, "first"))
    for place in range(len(_items(text, "places"))):
        text = _without_key(text, ("places", place, "country"))  # the sample's: a team's is another
    text = set_value(text, ("source_language",), chosen.language)
    text = set_value(text, ("languages",), [chosen.language])
    if chosen.timezone:
        text = set_value(text, ("schedule", "timezone"), chosen.timezone)
    others = {*project.campaign.record.languages} - {chosen.language}
    return _choice(_of_one_language(text, others), chosen.language)


def _choice(text: str, language: str) -> str:
    """Keep the helplines that stand for the language; where none does, write that there is none."""
    for place, entry in reversed(list(enumerate(_items(text, "helplines")))):
        if not isinstance(entry, dict) or entry.get("language") == language:
            continue
        if len(_items(text, "helplines")) > 1:
            text = remove_value(text, ("helplines", place))
            continue
        text = set_value(text, ("helplines", place, "language"), language)
        text = set_value(text, ("helplines", place, "lines"), [])
        text = _without_key(text, ("helplines", place, "market"))
    return text


def _of_one_language(text: str, others: set[str]) -> str:
    """Drop what is keyed by other languages."""
    root = plain(compose(text))
    for path, mapping in list(_mappings(root)):
        for key in mapping:
            if {key, key.partition("/")[2]} & others:
                text = _without_key(text, (*path, key))
    left = plain(compose(text))
    assert isinstance(left, dict)
    if left.get("digits") == {}:
        text = _without_key(text, ("digits",))
    return text


def _mappings(value: Value, path: Path = ()) -> Iterator[tuple[Path, dict[str, Value]]]:
    if isinstance(value, dict):
        yield path, value
        for key, inner in value.items():
            yield from _mappings(inner, (*path, key))


def _lines_for(project: Project, language: str) -> set[str]:
    """Name the helplines that stand for a language; all where none does, to choose from."""
    lines = project.all_helplines
    own = {line.id for line in chosen_lines(project.campaign.record, lines, language)}
    return own or {line.id for line in lines}


def _helplines(text: str, project: Project, language: str, words: _StarterWords) -> str:
    """Leave the helplines that answer in the language."""
    kept = _lines_for(project, language)
    text = _keep_items(text, "helplines", kept)
    for line in kept:
        text = _translate_texts(text, f"helplines/{line}", words, ("helplines", line))
    return text


def _responses(text: str) -> str:
    """Leave the replies that fit any campaign: others name a talking point or its page."""
    for place, reply in reversed(list(enumerate(_items(text, "replies")))):
        named = isinstance(reply, dict) and "point" in reply
        if named or "the page on " in str(reply).lower():
            text = remove_value(text, ("replies", place))
    return text


def _keep_items(text: str, key: str, names: set[str]) -> str:
    """Keep the items of a list whose ids are named."""
    for place, item in reversed(list(enumerate(_items(text, key)))):
        if isinstance(item, dict) and item.get("id") not in names:
            text = remove_value(text, (key, place))
    return text


def _items(text: str, key: str) -> list[Value]:
    root = plain(compose(text))
    found = root.get(key) if isinstance(root, dict) else None
    return found if isinstance(found, list) else []


def _without_key(text: str, path: Path) -> str:
    """Take a key out with the comment right above it, where it is there."""
    try:
        found = find(compose(text), path)
    except NoSuchPlace:
        return text
    if found.key is not None and not is_flow(found.parent):
        lines = text.split("\n")
        first = last = text.count("\n", 0, start(found.key))
        while first and lines[first - 1].lstrip().startswith("#"):
            first -= 1
        text = "\n".join([*lines[:first], *lines[last:]])
    return remove_value(text, path).replace("\n\n\n", "\n\n")
