"""How posts are stopped in each program that exports are for: by hand, in the program itself.

Where a program's own pages describe one switch for everything, that is said with its page and the
day on which it was read; where none was found, the listed posts are deleted one by one, which every
scheduler lets people do. What was imported as drafts does not go out by itself.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

READ = dt.date(2026, 12, 1)
"""Day on which the pages were read."""


class StopSteps(NamedTuple):
    """Say what to click to stop posts, in order; ``source`` is empty where none is known."""

    name: str
    steps: tuple[str, ...]
    source: str = ""


ONE_BY_ONE = (
    "Open the calendar or queue of each account below; begin with the post that goes out first.",
    "Find each post by its time and its first words; delete it, or turn it back into a draft.",
    "Look at the calendar once more: nothing may stand there before the notice ends.",
)
"""What every scheduler lets people do."""

WAIT = "It sends nothing by itself: tell who posts from it to wait."

SCHEDULERS = {
    "buffer": StopSteps("Buffer", ONE_BY_ONE),
    "publer": StopSteps("Publer", ONE_BY_ONE),
    "metricool": StopSteps(
        "Metricool",
        (
            "Open Planning and its list view: there is no switch for all posts.",
            "Find each post by its time and first words, and delete it; begin with the next one.",
            "Switch every autolist off, where you have some.",
        ),
        "https://help.metricool.com/how-planning-settings-work-jsu0i",
    ),
    "hootsuite": StopSteps(
        "Hootsuite",
        (
            "As an admin, in a browser: your account, then the organization's suspended content.",
            "It takes Team, Business or Enterprise; on other plans delete posts in the Planner.",
            "Give the reason, and confirm. Do the same for each organization.",
            "In the Planner each post is marked; what is due within a minute may still go out.",
        ),
        "https://help.hootsuite.com/hc/en-us/articles/1260804306089-Suspend-scheduled-content",
    ),
    "sprout": StopSteps("Sprout Social", ONE_BY_ONE),
    "socialbee": StopSteps(
        "SocialBee",
        (
            "Open the content categories, and switch each category of the campaign to paused.",
            "Look at the next posts: the times of paused categories are skipped.",
        ),
        "https://help.socialbee.com/article/188-pausing-your-content-category",
    ),
    "ayrshare": StopSteps(
        "Ayrshare",
        (
            "There is no pause: delete what is scheduled, and import the file below.",
            'DELETE /api/post with {"deleteAllScheduled": true} takes all away, of every campaign.',
            "With the id of a post it takes that one.",
        ),
        "https://www.ayrshare.com/docs/apis/post/delete-post",
    ),
    "postiz": StopSteps(
        "Postiz",
        (
            "Open the calendar, and delete each post below.",
            "What was imported is a draft until somebody scheduled it.",
            "Or DELETE /public/v1/posts/<id>: it takes the whole group of a post away.",
        ),
        "https://mintlify.com/gitroomhq/postiz-app/api/posts/delete-post",
    ),
    "ics": StopSteps("a calendar", (WAIT,)),
    "xlsx": StopSteps("a workbook", (WAIT,)),
    "csv": StopSteps("a table", ("Find who took the table, and what it was imported into.",)),
    "json": StopSteps("a program", ("Find the program that read the list, and stop it.",)),
}
"""By the name of the export."""


def stop_steps(scheduler: str) -> StopSteps:
    """Say how posts are stopped; of a format that a package adds, what all let people do."""
    return SCHEDULERS.get(scheduler) or StopSteps(scheduler, ONE_BY_ONE)
