"""What the user chose to export: formats, volumes and documents by their names; and which volumes are whole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from align.errors import UsageError
from align.files.collection.names import meant
from align.files.collection.settings import nearest
from align.files.paths import shown
from align.files.store.results import Results, damage

# Names that a message lists.
_LISTED = 10


class Whole(NamedTuple):
    """The volumes to export, a sentence for each that cannot be, and the damaged overlays, which no export needs."""

    volumes: tuple[str, ...]
    failures: tuple[str, ...]
    overlays: tuple[str, ...]


def chosen_formats(wanted: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """The names of the formats, each once, in the order given; UsageError where there is no such format."""
    names = tuple(known)
    return _each(wanted, names, "There is no format", f"give one of {', '.join(names)}.")


def chosen_results(volumes: Sequence[str], wanted: str | None) -> tuple[str, ...]:
    """The names of the chosen volumes, all of them for None; UsageError where there is no such volume."""
    if wanted is None:
        return tuple(volumes)
    names = ", ".join(shown(name) for name in volumes[:_LISTED]) or "none"
    return _each(
        (wanted,),
        volumes,
        "There are no results of a volume",
        f"run align run first, or give one that has some ({names}).",
    )


def whole_volumes(results: Results, volumes: Sequence[str]) -> Whole:
    """The volumes whose files are as the run wrote them; InputError ("damaged") where there is none."""
    differing = results.differing(volumes)
    needed = [path for path in differing if "/overlays/" not in path]
    damaged = {volume: [path for path in needed if path.startswith(f"{volume}/")] for volume in volumes}
    bad = {volume: paths for volume, paths in damaged.items() if paths}
    if needed and (len(bad) == len(volumes) or len(needed) > sum(map(len, bad.values()))):
        raise damage(results.store, needed)
    return Whole(
        tuple(volume for volume in volumes if volume not in bad),
        tuple(damage(results.store, paths).message for paths in bad.values()),
        tuple(path for path in differing if "/overlays/" in path),
    )


def chosen_documents(
    results: Results, volumes: Sequence[str], wanted: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The volumes that hold one of the documents, and the documents as they are spelled; UsageError for an unknown one.

    Without `wanted`, the volumes as given, and no document: volumes are exported whole.
    """
    if not wanted:
        return tuple(volumes), ()
    held = {volume: _documents(results, volume) for volume in volumes}
    known = list(dict.fromkeys(name for names in held.values() for name in names))
    example = shown(known[0]) if known else "1934-12-18"
    advice = f"give the name of a text without its language and ending, such as {example} for {example}.ru.txt."
    documents = _each(wanted, known, "There are no results of a document", advice)
    return tuple(volume for volume, names in held.items() if not names.isdisjoint(documents)), documents


def _each(wanted: Iterable[str], known: Sequence[str], lacking: str, advice: str) -> tuple[str, ...]:
    """The names that are meant, each once, in the order given; UsageError for one that none of the known ones is."""
    chosen = []
    for name in wanted:
        found = meant(name, known)
        if found is None:
            raise UsageError(f"{lacking} “{shown(name)}”{nearest(name, known)}: {advice}")
        chosen.append(found)
    return tuple(dict.fromkeys(chosen))


def _documents(results: Results, volume: str) -> set[str]:
    path = f"{volume}/documents.jsonl"
    try:
        return {json.loads(row)["document"] for row in results.bytes_of(volume, path).split(b"\n") if row}
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise damage(results.store, [path]) from error
