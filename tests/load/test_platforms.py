from __future__ import annotations

import pytest
from stopjihad.load.platforms import PATH, load_platforms


def loaded(root, text):
    (root / "templates").mkdir()
    (root / PATH).write_text(text, "utf-8")
    return load_platforms(root)


def test_without_a_file_the_catalogue_holds(tmp_path):
    known, problems = load_platforms(tmp_path)
    assert problems == []
    assert known["mastodon"].rule.limit == 500


def test_a_workspace_sets_its_own_limit(tmp_path):
    known, problems = loaded(tmp_path, "mastodon: {limit: 5000, url_cost: 30}\n")
    assert problems == []
    assert known["mastodon"].rule.limit == 5000
    assert known["mastodon"].rule.url_cost == 30
    assert known["mastodon"].image_count.value == 4
    assert known["x"].rule.limit == 280


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("mastadon: {limit: 5000}\n", "unknown-platform", (1, 1)),
        ("mastodon:\n  limmit: 5000\n", "unknown-key", (2, 3)),
        ("mastodon:\n  limit: many\n", "bad-number", (2, 10)),
        ("mastodon: {long_text: book}\n", "bad-choice", (1, 23)),
        ("- mastodon\n", "wrong-type", (1, 1)),
        ("mastodon: [\n", "yaml-syntax", None),
    ],
)
def test_a_mistake_is_explained_with_its_place(tmp_path, text, code, place):
    known, problems = loaded(tmp_path, text)
    [problem] = problems
    assert problem.code == code
    assert problem.path == PATH
    assert place is None or (problem.line, problem.column) == place
    assert known["mastodon"].rule.limit == 500
