"""Judge translations of hashtags by what platforms take for a tag and screen readers can say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stopjihad.check.translation.marks import PairFinding
from stopjihad.check.translation.pair import Pair
from stopjihad.model import contexts
from stopjihad.text.web.hashtags import hashtag

HASHTAGS = contexts.campaign("hashtags")
"""Context of the campaign's hashtags, one text each."""

LONGEST_WORD = 18
"""Letters without a capital among them from which a tag is taken for words run together."""

_SEVERAL = re.compile(r"[#\uff03].*[#\uff03]|[,;\u060c\u061b\u3001\n]\s*\S", re.DOTALL)


def check_hashtag(pair: Pair) -> Iterator[PairFinding]:
    """Find hashtags that platforms do not link, and those that cannot be listened to.

    Args:
        pair: a hashtag and its translation.

    Yields:
        The problem ``translation-hashtag``: an error where no tag or two tags would come out, a
        warning where the words of a tag run together (UK Government Communication Service,
        accessible social media campaigns).
    """
    text = pair.message.translation
    tag = hashtag(text)[1:]
    if not tag:
        message = f"'{text[:40]}' has no letters: platforms link no such hashtag"
        yield PairFinding("translation-hashtag", message, "write a word, without #", "error")
    elif _SEVERAL.search(text):
        message = f"'{text[:40]}' is more than one hashtag; it would come out as #{tag[:60]}"
        yield PairFinding("translation-hashtag", message, "keep one", "error")
    elif len(tag) > LONGEST_WORD and tag[1:].islower() and tag.isalpha():
        message = f"the words of #{tag[:60]} run together without capitals"
        hint = "start each word with a capital: screen readers then say the words"
        yield PairFinding("translation-hashtag", message, hint, "warning")
