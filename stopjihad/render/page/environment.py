"""Compile the theme's templates once and keep them."""

from __future__ import annotations

from functools import lru_cache

from jinja2 import Environment, FunctionLoader, StrictUndefined

from stopjihad.render.page.job import Theme


@lru_cache(maxsize=4)
def environment(theme: Theme) -> Environment:
    """Make the Jinja environment of a theme.

    Autoescape is a constant, not chosen by file name; an undefined name is an error; templates
    are trusted files of the theme, authored text is only ever data.

    Args:
        theme: the template files.

    Returns:
        The environment, shared by all pages of the process.
    """
    sources = dict(theme.templates)

    def load(name: str) -> tuple[str, str, None] | None:
        # The file name is what errors name; templates never change while a process lives.
        return (sources[name], name, None) if name in sources else None

    made = Environment(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        enable_async=False,
    )
    made.policies["ext.i18n.trimmed"] = True
    return made
