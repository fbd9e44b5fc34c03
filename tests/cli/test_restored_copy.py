"""A workspace that was put back from a copy while alerts hold: what an end does is said."""

from __future__ import annotations

from cli.test_several_alerts import team  # noqa: F401
from support.crisis import Team


def test_an_end_says_that_a_site_put_back_from_a_copy_is_not_believed(team: Team) -> None:  # noqa: F811
    """It said nothing, and left the alert's pages alone in ``dist/``."""
    team.keep()
    team.put_back()
    said = team.done("alert", "end", "market", "--withdraw", "--why", "false-alarm", "--by", "Ida")
    assert "no site that you built last is here" in said
    assert (team.site / "en/alert/index.html").is_file()
    team.done("build", "-q")
    assert (team.site / "en/index.html").is_file()
    assert "It was a false alarm." in (team.site / "en/alert/index.html").read_text("utf-8")
