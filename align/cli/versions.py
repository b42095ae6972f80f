"""What commands say of the results that a report or a viewer was made from."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path

from align.files.store.result_store import ResultStore
from align.files.store.versions import ResultsVersion
from align.web.freshness import mark_newest, outdated_pages

# The command that makes each anew.
_COMMANDS = {"report": "report", "viewer": "view"}


def command_line(name: str, collection: Path, out: Path | None) -> str:
    """The command as a user would type it, with the folder of results where it was named."""
    return shlex.join(["align", name, str(collection), *(["--out", str(out)] if out else [])])


def made_from(store: ResultStore, version: ResultsVersion, collection: Path, out: Path | None) -> Iterator[str]:
    """Lines that say which results were used, and which of report and viewer show older ones."""
    mark_newest(store, version.digest)
    yield f"Made from the results of {version}."
    yield from outdated_lines(outdated_pages(store), collection, out)


def outdated_lines(pages: Sequence[str], collection: Path, out: Path | None) -> Iterator[str]:
    """A line that says which of report and viewer were made before the last run, and how to make them anew."""
    if pages:
        were = "was" if len(pages) == 1 else "were"
        commands = ", ".join(command_line(_COMMANDS[page], collection, out) for page in pages)
        yield f"The {' and the '.join(pages)} {were} made before the last run: {commands}"
