"""The studio as an application: what it answers, and how it follows the files."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import NamedTuple

from starlette.applications import Starlette

from stopjihad.build.versions import code_digest, versions
from stopjihad.disk.save import tidy
from stopjihad.preview import routes, share_routes, translate_routes
from stopjihad.preview.building import Builder
from stopjihad.preview.edit import files_routes as edit_files
from stopjihad.preview.edit import routes as edit
from stopjihad.preview.edit.save import Desk
from stopjihad.preview.files import furniture
from stopjihad.preview.follow import Follower
from stopjihad.preview.guard import READING, WRITING, Guard, Rules
from stopjihad.preview.hub import Hub
from stopjihad.preview.kitchen import Kitchen
from stopjihad.preview.live import Live
from stopjihad.preview.pages import Pages
from stopjihad.preview.session import Session


class Setting(NamedTuple):
    """Say what the studio serves.

    Attributes:
        root: the workspace, absolute.
        slugs: campaigns to serve.
        port: port that browsers name, part of the addresses that are accepted.
        today: gives the day that counts for helplines.
        read_only: whether nothing may be changed.
        opened: called with a new opening address when one was used.
        numeric: whether the studio goes by ``127.0.0.1`` instead of a name of its own.
    """

    root: Path
    slugs: tuple[str, ...]
    port: int
    today: Callable[[], dt.date]
    read_only: bool
    opened: Callable[[str], None]
    numeric: bool = False


class Studio(NamedTuple):
    """Hold the application and what its owner needs: who may come in, and how to stop."""

    app: Guard
    session: Session
    hub: Hub


def make_studio(setting: Setting) -> Studio:
    """Make the application; campaigns are read at once.

    Args:
        setting: what to serve.

    Returns:
        The studio.
    """
    session, hub = Session(setting.port, numeric=setting.numeric), Hub()
    code = code_digest()
    kitchen = Kitchen(setting.root, versions(code))
    lives = {slug: Live(setting.root, slug, kitchen, setting.today) for slug in setting.slugs}
    own = furniture()

    @contextlib.asynccontextmanager
    async def following(app: Starlette) -> AsyncIterator[None]:
        stop = asyncio.Event()
        app.state.follower = Follower(setting.root, lives, hub)
        task = asyncio.create_task(app.state.follower.run(stop))
        yield
        stop.set()
        hub.close()
        await task

    tidy(setting.root)
    app = Starlette(
        routes=[
            *routes.ROUTES,
            *edit_files.ROUTES,
            *edit.ROUTES,
            *translate_routes.ROUTES,
            *share_routes.ROUTES,
        ],
        lifespan=following,
        exception_handlers={404: routes.unknown},
    )
    app.router.redirect_slashes = False  # an address is in the plan, or it is nowhere
    app.state.lives = lives
    app.state.hub = hub
    app.state.builder = Builder(code)
    app.state.desk = Desk(setting.root)
    app.state.session = session
    app.state.pages = Pages(own)
    app.state.assets = own.assets
    app.state.read_only = setting.read_only
    app.state.cookie = f"stopjihad-{setting.port}"
    app.state.opened = setting.opened
    rules = Rules(
        hosts=frozenset({session.host.encode()}),
        cookie=app.state.cookie.encode(),
        session=session.secret.encode(),
        methods=READING if setting.read_only else WRITING,
    )
    return Studio(Guard(app, rules), session, hub)
