"""Load the model that tells languages, if it is installed: ``pip install stopjihad[languages]``."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec

from stopjihad.check.translation_language import Identify


def can_identify() -> bool:
    """Tell whether the model is installed; loads nothing."""
    return find_spec("py3langid") is not None


def make_identifier(languages: Iterable[str]) -> Identify | None:
    """Prepare the model for some languages; it is loaded when the first text is asked about.

    Args:
        languages: BCP 47 tags.

    Returns:
        The model restricted to these languages; None where it is not installed.
    """
    if not can_identify():
        return None
    known = frozenset(tag.partition("-")[0] for tag in languages)

    def identify(text: str) -> tuple[str, float]:
        return _model(known)(text)

    return identify


@cache
def _model(languages: frozenset[str]) -> Identify:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    known = languages & set(model.labels)
    if len(known) < 2:
        return lambda _: ("", 0.0)  # it has nothing to choose from
    model.set_languages(known)

    def identify(text: str) -> tuple[str, float]:
        language, certainty = model.classify(text)
        return str(language), float(certainty)

    return identify
