"""Name the inputs of steps: the one place that knows how a name is put together.

The first part of a name says what kind of input it is (``plan.input_types.INPUTS`` has its type);
the rest says which. Tags are BCP 47 tags, others are ids.
"""

from __future__ import annotations


def frame(lang: str) -> str:
    """Name what all pages of a language share."""
    return f"frame/{lang}"


def past(lang: str) -> str:
    """Name the alerts that hold no longer: pages alone tell of them, no card is drawn anew."""
    return f"past/{lang}"


def page_inputs(lang: str) -> tuple[str, str, str]:
    """Name what every page of a language is made with."""
    return frame(lang), words(lang), past(lang)


def film_frame(lang: str) -> str:
    """Name what all films of a language share: of its frame, only what they show."""
    return f"film-frame/{lang}"


def words(lang: str) -> str:
    """Name the theme's words."""
    return f"words/{lang}"


def team_words(lang: str) -> str:
    """Name the words of the team's pages."""
    return f"team-words/{lang}"


def point(point: str) -> str:
    """Name a talking point."""
    return f"point/{point}"


def design(design: str) -> str:
    """Name the layout of a card."""
    return f"design/{design}"


def paper(layout: str) -> str:
    """Name a layout of paper."""
    return f"paper/{layout}"


def drawing(drawing: str) -> str:
    """Name a drawing."""
    return f"drawing/{drawing}"


def background(point: str, direction: str) -> str:
    """Name the picture below a talking point's words; ``direction`` is theirs, ltr or rtl."""
    return f"background/{direction}/{point}"


def slides(lang: str, point: str) -> str:
    """Name the slides of a talking point; ``lang`` and ``point`` say which."""
    return f"slides/{lang}/{point}"


def platform(platform: str) -> str:
    """Name what is known of a platform."""
    return f"platform/{platform}"


def post_template(platform: str) -> str:
    """Name how a platform's drafts are put together."""
    return f"post-template/{platform}"


def headlines(lang: str) -> str:
    """Name what feeds announce."""
    return f"headlines/{lang}"


def lead(lang: str) -> str:
    """Name the talking point whose card stands for the campaign."""
    return f"lead/{lang}"


def places(lang: str) -> str:
    """Name where each letter of the index of words begins."""
    return f"places/{lang}"


def photo(file: str) -> str:
    """Name the bytes of a photo."""
    return f"photo/{file}"


def voice(lang: str, point: str) -> str:
    """Name the recorded voice of a talking point; ``lang`` and ``point`` say which."""
    return f"voice/{lang}/{point}"


def asset(name: str) -> str:
    """Name the bytes of an asset."""
    return f"asset/{name}"


RESPONSES = "responses"
"""Name of the plan for replies."""


def posted_entries(lang: str) -> str:
    """Name entries of drafts that stay as they were published."""
    return f"posted/{lang}"


def withdrawn(lang: str) -> str:
    """Name what is told of talking points that were withdrawn."""
    return f"withdrawn/{lang}"


def mistakes(lang: str) -> str:
    """Name what is told of mistakes to who has a kit."""
    return f"mistakes/{lang}"


PARTNER_LOGO = "partner-logo"

KIT_FEED = "kit-feed"
"""Name of what programs are told of kits."""


def messages(lang: str, key: str) -> str:
    """Name the translations that a talking point or page uses; ``lang`` and ``key`` say which."""
    return f"messages/{lang}/{key}"


def approval(lang: str, key: str) -> str:
    """Name the day on which words were approved; ``lang`` and ``key`` say which."""
    return f"approval/{lang}/{key}"


def neighbours(lang: str, point: str) -> str:
    """Name a talking point's neighbours; ``lang`` and ``point`` say which."""
    return f"near/{lang}/{point}"


def drafts(lang: str, point: str) -> str:
    """Name all drafts of a talking point; ``lang`` and ``point`` say which."""
    return f"drafts/{lang}/{point}"


def dossier(lang: str, point: str) -> str:
    """Name what a dossier shows; ``lang`` and ``point`` say which."""
    return f"dossier/{lang}/{point}"


def page(lang: str, page: str) -> str:
    """Name the words of a free page; ``lang`` and ``page`` say which."""
    return f"page/{lang}/{page}"


def letters(lang: str, number: int) -> str:
    """Name a page of the index of words; ``lang`` and ``number`` say which."""
    return f"letters/{lang}/{number}"


def kit(lang: str, number: int) -> str:
    """Name what a page of the kit offers; ``lang`` and ``number`` say which."""
    return f"kit/{lang}/{number}"


def discussions(lang: str, point: str) -> str:
    """Name the questions about talking points; without a ``point`` about all of a language."""
    return f"discussions/{lang}/{point}"


def kit_zips(lang: str, point: str) -> str:
    """Name the kits that a page offers as one file; ``lang`` and ``point`` say which page."""
    return f"kit-zips/{lang}/{point}"


def kit_contents(path: str) -> str:
    """Name what is in a kit; ``path`` is that of its zip, relative to ``site/``."""
    return f"kit-contents/{path}"


def papers(lang: str, point: str) -> str:
    """Name the documents for paper that a page offers; ``lang`` and ``point`` say which page."""
    return f"papers/{lang}/{point}"


def zip_size(path: str) -> str:
    """Name the size of a kit as pages say it; ``path`` is that of its zip below ``site/``."""
    return f"zip-size/{path}"


def teasers(lang: str, *place: object) -> str:
    """Name what a list shows; ``lang`` and ``place`` say which list, and which page of it."""
    return "/".join(("teasers", lang, *map(str, place)))


def kind_of(name: str) -> str:
    """Give the kind of an input."""
    return name.partition("/")[0]


def rest_of(name: str) -> str:
    """Give what follows the kind in the name of an input: mostly the language first."""
    return name.partition("/")[2]
