"""The option that says where decisions are kept, and what is kept there: the same for all commands that read them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

import click

from align.database.decision_store import DecisionStore
from align.database.opening import address_of, opened_to_read
from align.decisions.taking import NOTHING_DECIDED, Decided

F = TypeVar("F", bound=Callable[..., Any])


def decisions_option(command: F) -> F:
    """The command with the option; its value comes to it as `decisions`."""
    return click.option(
        "--decisions",
        metavar="ADDRESS",
        envvar="ALIGN_DECISIONS",
        help="Where decisions are kept: a file, or postgresql://...  [default: COLLECTION/review/decisions.sqlite]",
    )(command)


def kept_decisions(collection: Path, stated: str | None) -> Decided:
    """What is decided in a collection; nothing where it has no store, and none is made."""
    database = opened_to_read(address_of(collection, stated))
    if database is None:
        return NOTHING_DECIDED
    with closing(database):
        return Decided.of(event for _, event in DecisionStore(database).events())
