"""What an export becomes in a collection: its volumes, and which of its files are theirs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from posixpath import basename, dirname

from align.errors import UsageError
from align.files.collection.names import natural_key, unified
from align.files.collection.volumes import is_reserved
from align.files.incoming.found import Described, Found, Plan, VolumePlan, safe_name
from align.files.incoming.kinds import USEFUL_KINDS
from align.files.incoming.volume_pages import PagesPlanned
from align.files.paths import shown

# Folders in which programs sort the files of one volume.
_SORTING = frozenset(
    {"page", "pagexml", "page_xml", "alto", "images", "image", "img", "scans", "ocr", "hocr", "txt", "text", "texts",
     "tei", "docx", "transcripts", "abbyy"}
)  # fmt: skip
_ESCRIPTORIUM = re.compile(r"export_doc\d+_(.+)_(?:alto|pagexml|text)_\d{8,14}\Z")


def planned(
    files: Iterable[Found],
    described: Mapping[str, Described],
    *,
    name: str,
    volume: str | None = None,
    language: Callable[[str | None], str | None],
) -> Plan:
    """What the files become. `described`: by the folder of each METS file; `name`: the export's; `volume`: as wished.

    `language` gives the tag of the language that an export states in words, or the one that the user gives instead.
    """
    plan = Plan()
    by_base: dict[str, list[Found]] = {}
    for found in files:
        by_base.setdefault(_base(found.path, described), []).append(found)
    taken: set[str] = set()
    useful = [base for base, own in by_base.items() if any(one.kind in USEFUL_KINDS for one in own)]
    if volume and len(useful) > 1:
        raise UsageError(
            f"{shown(name)} holds {len(useful)} volumes ({', '.join(shown(base) or '.' for base in useful[:5])}), and "
            "--volume names one: leave it out, or import the folders one by one."
        )
    for base in sorted(by_base, key=natural_key):
        own = described.get(base, Described())
        given = volume if base in useful else None
        made = VolumePlan(_volume_name(given or basename(base) or _plain(name), taken), own.title)
        PagesPlanned(base, own, by_base[base], made, plan.refused).fill(language(own.language))
        if made.files:
            taken.add(unified(made.name))
            plan.volumes.append(made)
    return plan


def _base(path: str, described: Mapping[str, Described]) -> str:
    """The folder of the volume that a file belongs to: the nearest with METS, else its own without sorting folders."""
    folder = dirname(path)
    node = folder
    while True:
        if node in described:
            return node
        if not node:
            break
        node = dirname(node)
    while basename(folder).lower() in _SORTING:
        folder = dirname(folder)
    return folder


def _plain(name: str) -> str:
    """The name of an export without what eScriptorium adds to that of the document."""
    match = _ESCRIPTORIUM.match(name)
    return match[1] if match else name


def _volume_name(wanted: str, taken: Iterable[str]) -> str:
    """A name for a folder of the collection that is like the wanted one, and that no other volume has."""
    name = safe_name(wanted, "volume")
    if is_reserved(name):
        name = f"{name}_volume"
    number, tried = 2, name
    known = set(taken)
    while unified(tried) in known:
        tried, number = f"{name}_{number}", number + 1
    return tried
