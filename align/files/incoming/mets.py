"""METS: the pages of a volume in their physical order, the files of each, and their labels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from lxml import etree

from align.errors import InputError
from align.files.paths import shown
from align.markup_guard import fault_of, guarded_parser, has_entities, is_too_deep

_HREF = "{http://www.w3.org/1999/xlink}href"
_LONGEST_LABEL = 40  # characters; a label is what is printed on a page, such as "53" or "iv"


@dataclass(frozen=True, slots=True)
class MetsFile:
    """A file of a page: its group, and where METS says that it is; `remote` where it says an address."""

    group: str
    path: str
    remote: bool = False


@dataclass(frozen=True, slots=True)
class MetsPage:
    """A page: its files in the order of their groups, and its label where one is stated."""

    files: tuple[MetsFile, ...]
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Mets:
    """A volume as METS describes it."""

    title: str | None
    pages: tuple[MetsPage, ...]


def read_mets(data: bytes, *, name: str) -> Mets:
    """The volume that a METS file describes; addresses in it are never followed.

    Raises InputError ("import-mets") where it is damaged, or declares entities.
    """
    try:
        root = etree.fromstring(data, guarded_parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _unusable(name, f"is not well-formed XML ({fault_of(error)})") from error
    if has_entities(root):
        raise _unusable(name, "declares or uses entities, which are not read for safety")
    if is_too_deep(root):
        raise _unusable(name, "nests elements too deep")
    files = dict(_files(root))
    pages = [(_number(div.get("ORDER")), div) for div in _page_divs(root)]
    if all(order is not None for order, _ in pages):
        pages.sort(key=lambda page: page[0] or 0)
    return Mets(
        _title(root),
        tuple(
            MetsPage(
                tuple(files[i] for i in dict.fromkeys(_file_ids(div)) if i in files),
                _label(div.get("ORDERLABEL")),
            )
            for _, div in pages
        ),
    )


def _unusable(name: str, what: str) -> InputError:
    return InputError(f"{shown(name)} {what}: export it again, or remove it.", cause="import-mets")


def _files(root: etree._Element) -> Iterator[tuple[str, MetsFile]]:
    """The files by their ID; of several places of a file, the first that is no address."""
    for file in root.iter("{*}file"):
        group = " ".join(f"{node.get('USE') or ''} {node.get('ID') or ''}" for node in file.iterancestors("{*}fileGrp"))
        places = [_place(locat.get(_HREF) or locat.get("href") or "") for locat in file.iterfind("{*}FLocat")]
        local = [path for path, remote in places if not remote]
        if places:
            yield file.get("ID") or "", MetsFile(group, local[0] if local else places[0][0], remote=not local)


def _place(href: str) -> tuple[str, bool]:
    """The path that a reference names, and whether it is an address elsewhere."""
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return href, True
    if parts.scheme.lower() == "file" and not parts.netloc.strip("."):
        return unquote(parts.netloc + parts.path), False
    # "C:\scans\1.jpg" has the form of an address whose scheme is "c".
    return (href.strip(), True) if parts.scheme or parts.netloc else (unquote(parts.path), False)


def _page_divs(root: etree._Element) -> list[etree._Element]:
    """The divisions that are pages: of the physical structure, or of the first that names files."""
    maps = sorted(root.iter("{*}structMap"), key=lambda one: (one.get("TYPE") or "").lower() != "physical")
    for one in maps:
        named = [div for div in one.iter("{*}div") if next(_file_ids(div), None) is not None]
        pages = [div for div in named if "page" in (div.get("TYPE") or "").lower()]
        inner = [div for div in named if not any(next(_file_ids(own), None) for own in div.iterfind(".//{*}div"))]
        if pages or inner:
            return pages or inner
    return []


def _file_ids(div: etree._Element) -> Iterator[str]:
    for pointer in div.iterfind("{*}fptr"):
        for node in pointer.iter("{*}fptr", "{*}area"):
            if node.get("FILEID"):
                yield str(node.get("FILEID"))


def _title(root: etree._Element) -> str | None:
    for node in root.iter("{*}title"):
        text = " ".join("".join(str(part) for part in node.itertext()).split())
        if text:
            return text[:200]
    return " ".join((root.get("LABEL") or "").split())[:200] or None


def _label(stated: str | None) -> str | None:
    """The label of a page; none where it is a mark that says so, such as " - "."""
    label = " ".join((stated or "").split())
    return label if len(label) <= _LONGEST_LABEL and any(c.isalnum() for c in label) else None


def _number(stated: str | None) -> int | None:
    return int(stated) if stated and stated.isdecimal() and len(stated) < 9 else None
