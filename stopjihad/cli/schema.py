"""``stopjihad schema``: JSON Schemas, so that editors complete and check."""

from __future__ import annotations

import click

NAMES = (
    "campaign",
    "point",
    "page",
    "alert",
    "alert-template",
    "helplines",
    "media",
    "responses",
    "rules",
    "targets",
)


@click.command("schema")
@click.argument("name", type=click.Choice(NAMES))
def command(name: str) -> None:
    r"""Print the JSON Schema (2020-12) of a file that authors write.

    The id of a talking point, page or alert is its file's name, and its Markdown stands below the
    front matter: neither is a key of the file.

    \b
    Example:
      stopjihad schema point > point.schema.json
    """
    import json

    from stopjihad.load.schema import json_schema

    click.echo(json.dumps(json_schema(name), indent=2, ensure_ascii=False))
