"""`align review`: one person decides, in the browser, what is right of what a run found."""

from __future__ import annotations

import getpass
import webbrowser
from contextlib import suppress
from pathlib import Path

import click

from align.cli.options.limits import limit_options
from align.cli.options.reviewing import Reviewed, opened_review, review_options
from align.cli.output import tell
from align.database.accounts import fit_name
from align.errors import ExitCode
from align.web.review.access.entering import ENTRANCE, Entering
from align.web.review.access.guard import Site
from align.web.review.access.one_person import OnePerson
from align.web.review.access.sessions import Cookies
from align.web.review.serving import serve_until_stopped, taken_port
from align.workers.limits import Limits

HOST = "127.0.0.1"


@click.command()
@click.argument("collection", type=click.Path(path_type=Path))
@review_options
@click.option("--by", metavar="NAME", help="The name under which decisions are kept.  [default: your user name]")
@click.option("--port", type=click.IntRange(0, 65535), metavar="N", default=0, help="The port.  [default: a free one]")
@click.option("--no-open", is_flag=True, help="Do not open a browser; only print the address.")
@limit_options
def review(
    collection: Path,
    out: Path | None,
    decisions: str | None,
    by: str | None,
    port: int,
    no_open: bool,
    limits: Limits,
) -> int:
    """Review what align run found in COLLECTION, in the browser, until Ctrl-C.

    Each decision is kept at once in COLLECTION/review, and the next run obeys it. Only this computer can open the
    address, which holds a secret. Several people at once: align serve.

    \b
    Example:
      align review mydiary
      align review mydiary --by "A. Petrova" --port 8000 --no-open
    """  # noqa: D301 - click's mark for lines that stay as they are
    # From the moment at which Ctrl-C is offered, it is a proper end.
    with suppress(KeyboardInterrupt), opened_review(collection, out, decisions, limits) as reviewed:
        _serve(reviewed, fit_name(by or _user_name()), port, browse=not no_open)
    return int(ExitCode.DONE)


def _serve(reviewed: Reviewed, by: str, port: int, *, browse: bool) -> None:
    with taken_port(HOST, port) as held:
        own = held.getsockname()[1]

        def address(secret: str) -> str:
            return f"http://{HOST}:{own}{ENTRANCE}?secret={secret}"

        door = OnePerson(by, lambda secret: tell(f"To open it again, or in another browser: {address(secret)}"))
        served = reviewed.review(
            door=door,
            site=Site.local(own),
            cookies=Cookies(own, encrypted=False),
            entrance=ENTRANCE,
            entries=lambda rendering: Entering(door, rendering).routes(),
            accounts=False,
        ).served()
        tell(f"Reviewing as {by}, until Ctrl-C: {address(door.secret)}")
        if browse:
            webbrowser.open(address(door.secret))
        serve_until_stopped(served, held, behind_proxy=False)


def _user_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "editor"
