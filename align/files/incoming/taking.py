"""An export taken into a collection: its files are looked at, planned and copied; none that is there is overwritten."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import basename, dirname

from lxml import etree

from align.errors import InputError, OutputError
from align.files.collection.settings import parse_settings, quoted
from align.files.collection.tree import SETTINGS_FILE
from align.files.incoming.found import Described, Found, Placed, Plan, VolumePlan
from align.files.incoming.kinds import OCR_KINDS, image_named, kind_of
from align.files.incoming.mets import read_mets
from align.files.incoming.plan import planned
from align.files.incoming.sources import DAMAGED, Refused, Source, head_of, pieces_of, read_whole
from align.files.paths import MAX_TEXT_BYTES, inside, shown
from align.markup_guard import guarded_parser, has_entities

# Bytes that stay free on the disk after an import, so that other programs go on.
_SPARE = 100 * 2**20


@dataclass(slots=True)
class Taken:
    """What was taken from an export, by volume and kind; what was there already; what was not taken, and why.

    `settings` is what collection.toml should say; None where there is nothing to say. `kept_settings`: a file of that
    name was there before, and was not changed.
    """

    volumes: list[VolumePlan] = field(default_factory=list)
    made: list[Placed] = field(default_factory=list)
    there: list[Placed] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    settings: str | None = None
    kept_settings: bool = False


def free_space(folder: Path) -> int:
    """The bytes that are free on the disk of a folder."""
    return shutil.disk_usage(folder).free


def take(
    source: Source,
    root: Path,
    *,
    volume: str | None,
    language: str | None,
    tag: Callable[[str | None], str | None],
    free: Callable[[Path], int] = free_space,
) -> Taken:
    """Copy the scans, OCR and texts of an export into the collection at `root`, which is made where it is missing.

    `volume`: the name for its only volume; `language`: of texts whose name states none; `tag`: the tag of a language
    that the export names. Raises InputError ("import-nothing") where it holds nothing of use.
    """
    plan = _plan(source, volume=volume, language=language, tag=tag)
    taken = Taken(refused=[*source.refused, *plan.refused])
    for own in list(plan.volumes):
        rival = _rival(root, own)
        if rival is not None:
            plan.volumes.remove(own)
            taken.refused.append(Refused(f"volume {shown(own.name)}", rival))
    if not any(own.files for own in plan.volumes):
        raise InputError(_nothing(source, taken.refused), cause="import-nothing")
    _check_room(source, root, plan, free)
    for own in plan.volumes:
        taken.volumes.append(own)
        for file in own.files:
            _put(source, root, file, taken)
    _settle(root, plan, taken)
    return taken


def _plan(source: Source, *, volume: str | None, language: str | None, tag: Callable[[str | None], str | None]) -> Plan:
    """What the files of the export become."""
    found: list[Found] = []
    refused: list[Refused] = []
    for path, size in source.sizes.items():
        head = head_of(source, path)
        if head is None:
            refused.append(Refused(shown(path), "it is damaged"))
            continue
        kind = kind_of(head, basename(path))
        if kind not in ("scan", "pdf", "other") and size > MAX_TEXT_BYTES:
            refused.append(Refused(shown(path), f"it is larger than {MAX_TEXT_BYTES // 2**20} MB"))
            continue
        found.append(Found(path, size, kind, image_named(head) if kind in OCR_KINDS else None))
    described = _described(source, found, refused)
    plan = planned(
        found,
        described,
        name=source.name,
        volume=volume,
        language=lambda stated: language or tag(stated),
    )
    plan.refused[:0] = refused
    return plan


def _described(source: Source, found: list[Found], refused: list[Refused]) -> dict[str, Described]:
    """What METS and the details of Transkribus say, by folder; a METS file that cannot be used is told."""
    described: dict[str, Described] = {}
    for one in found:
        if one.kind == "mets":
            data = read_whole(source, one.path, MAX_TEXT_BYTES)
            try:
                mets = read_mets(data or b"", name=one.path)
            except InputError as error:
                refused.append(Refused(shown(one.path), error.message))
                continue
            if dirname(one.path) in described:
                refused.append(Refused(shown(one.path), "another METS file of this folder is used"))
            else:
                described[dirname(one.path)] = Described(mets, mets.title)
    for one in found:
        if one.kind == "details":
            own = described.get(dirname(one.path), Described())
            title, language = _details(read_whole(source, one.path, MAX_TEXT_BYTES) or b"")
            described[dirname(one.path)] = Described(own.mets, title or own.title, language)
    return described


def _details(data: bytes) -> tuple[str | None, str | None]:
    """The title and the language in Transkribus's metadata.xml."""
    try:
        root = etree.fromstring(data, guarded_parser())
    except (etree.XMLSyntaxError, ValueError):
        return None, None
    if has_entities(root):
        return None, None
    texts = [" ".join((root.findtext(f"{{*}}{name}") or "").split())[:200] for name in ("title", "language")]
    return texts[0] or None, texts[1] or None


def _rival(root: Path, own: VolumePlan) -> str | None:
    """Why a volume cannot be added: the collection has one of its name with other scans."""
    folder = inside(root, f"images/{own.name}") if root.exists() else root / "images" / own.name
    scans = {basename(file.target) for file in own.files if file.kind in ("scan", "pdf")}
    if not scans or not folder.is_dir():
        return None
    others = sorted(path.name for path in folder.iterdir() if path.is_file() and path.name not in scans)
    if not others:
        return None
    return f"the collection has a volume of this name with other scans ({shown(others[0])}): give --volume another name"


def _nothing(source: Source, refused: list[Refused]) -> str:
    why = f", such as {refused[0].path}: {refused[0].why.rstrip('.')}" if refused else ""
    return f"{shown(source.name)} holds no scans, OCR or texts that can be taken{why}."


def _check_room(source: Source, root: Path, plan: Plan, free_on: Callable[[Path], int]) -> None:
    """Raise OutputError where the disk has no room for the files."""
    wanted = sum(source.sizes[file.path] for own in plan.volumes for file in own.files)
    place = root
    while not place.exists():
        place = place.parent
    free = free_on(place)
    if wanted + _SPARE > free:
        raise OutputError(
            f"{shown(str(root))} has no room for the export: it needs {wanted // 2**20} MB, and {free // 2**20} MB are "
            "free: make room, or choose another disk.",
            cause="disk-full",
        )


def _put(source: Source, root: Path, file: Placed, taken: Taken) -> None:
    """Copy one file; what is there is never overwritten, and a damaged file leaves nothing behind."""
    root.mkdir(parents=True, exist_ok=True)
    try:
        target = inside(root, file.target)
    except InputError:
        taken.refused.append(Refused(shown(file.path), f"{shown(file.target)} leads out of the collection"))
        return
    if os.path.lexists(target):
        same = target.is_file() and _same(source, file.path, target)
        if same:
            taken.there.append(file)
        else:
            taken.refused.append(Refused(shown(file.path), f"the collection has another {shown(file.target)}"))
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".import-", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            for piece in pieces_of(source, file.path):
                out.write(piece)
        _publish(Path(name), target)
        taken.made.append(file)
    except FileExistsError:
        taken.refused.append(Refused(shown(file.path), f"the collection has another {shown(file.target)}"))
    except DAMAGED as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise OutputError(
                f"{shown(file.target)} cannot be written ({error.strerror}): check the disk, and import again.",
                cause="unwritable",
            ) from error
        taken.refused.append(Refused(shown(file.path), "it is damaged"))
    finally:
        Path(name).unlink(missing_ok=True)


def add_text(root: Path, target: str, text: str) -> bool:
    """Whether a text was written at this path of the collection: never over a file that is there."""
    path = inside(root, target)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as out:
            out.write(text)
    except FileExistsError:
        return False
    return True


def _publish(made: Path, target: Path) -> None:
    """Give a whole file its name, which no file has: FileExistsError where one has come meanwhile."""
    made.chmod(0o644)
    try:
        os.link(made, target)
    except FileExistsError:
        raise
    except OSError:  # a disk without links, such as an USB stick
        with target.open("xb") as out, made.open("rb") as whole:
            shutil.copyfileobj(whole, out)


def _same(source: Source, path: str, target: Path) -> bool:
    """Whether the collection's file has the bytes of the export's."""
    if target.stat().st_size != source.sizes[path]:
        return False
    try:
        with target.open("rb") as there:
            return all(there.read(len(piece)) == piece for piece in pieces_of(source, path))
    except DAMAGED:
        return False


def _settle(root: Path, plan: Plan, taken: Taken) -> None:
    """Say in collection.toml what the export says of its volumes; a file that is there is not changed."""
    parts = [_section(own) for own in plan.volumes if own.title or own.order or own.labels]
    if not parts:
        return
    taken.settings = "\n".join(parts)
    parse_settings(taken.settings.encode())
    path = root / SETTINGS_FILE
    if os.path.lexists(path):
        taken.kept_settings = not (path.is_file() and path.read_bytes().decode("utf-8", "replace") == taken.settings)
        return
    with path.open("x", encoding="utf-8", newline="\n") as out:
        out.write(taken.settings)


def _section(own: VolumePlan) -> str:
    lines = [f"[volume.{quoted(own.name)}]"]
    if own.title:
        lines.append(f"title = {_toml(own.title)}")
    for name, values in (("order", own.order), ("labels", own.labels)):
        if values:
            lines.append(f"{name} = [{', '.join(map(_toml, values))}]")
    return "\n".join(lines) + "\n"


def _toml(text: str) -> str:
    """The text as a basic string of TOML, which escapes as JSON does."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
