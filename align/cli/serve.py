"""`align serve`: several people review a collection at once, each with an account."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import click

from align.cli.options.limits import limit_options
from align.cli.options.reviewing import Reviewed, opened_review, opened_store, review_options
from align.cli.output import tell
from align.database.accounts import ROLES, Accounts, Role
from align.errors import ExitCode, UsageError
from align.web.review.access.attempts import Attempts
from align.web.review.access.guard import Site
from align.web.review.access.people import People
from align.web.review.access.sessions import Cookies
from align.web.review.access.signing_in import ENTRANCE, AccountsDoor, SigningIn
from align.web.review.serving import serve_until_stopped, taken_port
from align.workers.limits import Limits

LOCAL = ("127.0.0.1", "localhost", "::1")


@click.command()
@click.argument("collection", type=click.Path(path_type=Path))
@review_options
@click.option("--host", metavar="NAME", default="127.0.0.1", show_default=True, help="The name or number to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), metavar="N", default=8000, show_default=True, help="The port.")
@click.option("--address", metavar="URL", help="Where people open it, if a reverse proxy stands before it: https://...")
@click.option("--add-user", metavar="NAME", help="Add a person, ask for the password, and end.")
@click.option(
    "--role", type=click.Choice(ROLES), help="The role of the added person.  [default: editor; the first one: chief]"
)
@limit_options
def serve(
    collection: Path,
    out: Path | None,
    decisions: str | None,
    host: str,
    port: int,
    address: str | None,
    add_user: str | None,
    role: Role | None,
    limits: Limits,
) -> int:
    """Let several people review what align run found in COLLECTION, each with a name and a password.

    A reader reads, an editor decides, a chief editor also says who may come in (on the page /people). For people on
    other computers put a reverse proxy with HTTPS before it, and name its address.

    \b
    Example:
      align serve mydiary --add-user "A. Petrova"
      align serve mydiary --port 8000 --address https://review.archive.example
    """  # noqa: D301 - click's mark for lines that stay as they are
    if role is not None and add_user is None:
        raise click.UsageError("--role is for --add-user: name the person, or leave --role out.")
    if add_user is not None:
        return _add(collection, decisions, add_user, role)
    origin = None if address is None else public_origin(address)
    if origin is None and host not in LOCAL:
        raise UsageError(
            f"People on other computers need an address to open: name it with --address, such as --address "
            f"https://{host} for a proxy with HTTPS that stands before it.",
            cause="address",
        )
    # From the moment at which Ctrl-C is offered, it is a proper end.
    with suppress(KeyboardInterrupt), opened_review(collection, out, decisions, limits) as reviewed:
        _serve(reviewed, host, port, origin)
    return int(ExitCode.DONE)


def _add(collection: Path, decisions: str | None, name: str, role: Role | None) -> int:
    with opened_store(collection, decisions) as database:
        accounts = Accounts(database)
        chosen = role or ("editor" if accounts.all() else "chief")
        password = click.prompt(f"Password of {name}", hide_input=True, confirmation_prompt=True, err=True)
        accounts.add(name, chosen, password)
    tell(f"{name} can sign in now, as {'chief editor' if chosen == 'chief' else chosen}.")
    return int(ExitCode.DONE)


def public_origin(address: str) -> str:
    """The origin that an address states; UsageError ("address") where it is no origin.

    >>> public_origin("https://Review.Archive.example/")
    'https://review.archive.example'
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise UsageError(
            "--address is where people open the server, with nothing after the name: https://review.archive.example.",
            cause="address",
        )
    usual = {"http": 80, "https": 443}[parts.scheme]
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + ("" if port in (None, usual) else f":{port}")


def _serve(reviewed: Reviewed, host: str, port: int, origin: str | None) -> None:
    accounts = Accounts(reviewed.database)
    if not any(person.role == "chief" and person.active for person in accounts.all()):
        raise UsageError(
            'Nobody can sign in yet: add the chief editor first, with align serve COLLECTION --add-user "NAME".',
            cause="no-accounts",
        )
    with taken_port(host, port) as held:
        own = held.getsockname()[1]
        site = Site.local(own) if origin is None else Site.public(origin, own)

        served = reviewed.review(
            door=AccountsDoor(accounts),
            site=site,
            cookies=Cookies(own, encrypted=site.encrypted),
            entrance=ENTRANCE,
            entries=lambda own: [
                *SigningIn(accounts, Attempts(), own).routes(),
                *People(accounts, own).routes(),
            ],
            accounts=True,
        ).served()
        if origin is not None and not site.encrypted:
            tell("Passwords travel readable over http://: put a proxy with HTTPS before it, for people elsewhere.")
        tell(f"Serving until Ctrl-C: {origin or f'http://{host}:{own}'}/")
        serve_until_stopped(served, held, behind_proxy=origin is not None)
