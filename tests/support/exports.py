"""Exports of other programs, made from the pages of the small collection.

Their shapes: Transkribus (`mets.xml` with TRP_STRUCTMAP, `page/`, `alto/`, images beside them, `metadata.xml`),
eScriptorium (`METS.xml` and all files in one folder: app/apps/imports/export.py of its source), and OCR-D workspaces
(a folder for each file group; addresses and local paths of one file, as ocrd_models writes them).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from functools import cache

from support.existing_samples import alto, page_line, page_xml, region
from support.small_collection import ENGLISH, HEIGHT, LINES, WIDTH, drawn_page, lines_of, transcription

SIZE = (WIDTH, HEIGHT)
XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


@cache
def image(number: int) -> bytes:
    """The scan of a page of the small collection, from 0."""
    out = io.BytesIO()
    drawn_page(LINES[number], seed=number + 1).save(out, "PNG")
    return out.getvalue()


@cache
def page_of(number: int) -> bytes:
    """PAGE of a page of the small collection."""
    return page_xml(region("r", *map(page_line, lines_of(number))), SIZE)


@cache
def alto_of(number: int) -> bytes:
    """ALTO of a page of the small collection."""
    return alto(lines_of(number), SIZE)


def transkribus(*, base: str = "1234/Diary of 1934/", order: tuple[int, ...] = (0, 1, 2)) -> dict[str, bytes]:
    """The files of a Transkribus export, with the texts and the copies that it has beside scans and PAGE."""
    files: dict[str, bytes] = {}
    listed: dict[str, str] = {"IMG": "", "PAGEXML": "", "ALTO": ""}
    divs = ""
    for place, number in enumerate(order, start=1):
        stem = f"scan{number + 1}"
        for group, path, data in (
            ("IMG", f"{stem}.png", image(number)),
            ("PAGEXML", f"page/{stem}.xml", page_of(number)),
            ("ALTO", f"alto/{stem}.xml", alto_of(number)),
        ):
            files[base + path] = data
            listed[group] += (
                f'<ns3:file ID="{group}_{place}" SEQ="{place}"><ns3:FLocat LOCTYPE="OTHER" OTHERLOCTYPE="FILE" '
                f'ns2:type="simple" ns2:href="{path}"/></ns3:file>'
            )
        pointers = "".join(f'<ns3:fptr><ns3:area FILEID="{group}_{place}"/></ns3:fptr>' for group in listed)
        divs += f'<ns3:div ID="PAGE_{place}" ORDER="{place}" TYPE="SINGLE_PAGE">{pointers}</ns3:div>'
    groups = "".join(f'<ns3:fileGrp ID="{group}">{inner}</ns3:fileGrp>' for group, inner in listed.items())
    files[base + "mets.xml"] = (
        '<ns3:mets xmlns:ns2="http://www.w3.org/1999/xlink" xmlns:ns3="http://www.loc.gov/METS/" PROFILE="TRP_V1">'
        '<ns3:amdSec ID="SOURCE"><ns3:sourceMD><ns3:mdWrap><ns3:xmlData><trpDocMetadata><docId>1234</docId>'
        "<title>Diary of 1934</title></trpDocMetadata></ns3:xmlData></ns3:mdWrap></ns3:sourceMD></ns3:amdSec>"
        f'<ns3:fileSec><ns3:fileGrp ID="MASTER">{groups}</ns3:fileGrp></ns3:fileSec>'
        f'<ns3:structMap ID="TRP_STRUCTMAP" TYPE="MANUSCRIPT"><ns3:div ID="TRP_DOC_DIV">{divs}</ns3:div>'
        "</ns3:structMap></ns3:mets>"
    ).encode()
    files[base + "metadata.xml"] = (
        b"<trpDocMetadata><docId>1234</docId><title>Diary of 1934</title><language>Russian</language></trpDocMetadata>"
    )
    files[base + "Diary of 1934.txt"] = "\n\n".join(map(transcription, ("1934-12-18", "1934-12-19"))).encode()
    files[base + "Diary of 1934.pdf"] = b"%PDF-1.5\n%%EOF"
    files[base + "log.txt.xlsx"] = b"PK\x03\x04"
    for document, text in ENGLISH.items():
        files[f"{base}{document}.en.txt"] = text.encode()
    return files


def escriptorium(*, images: bool = True) -> dict[str, bytes]:
    """The files of an eScriptorium export in ALTO."""
    files: dict[str, bytes] = {}
    kinds = ("image", "export") if images else ("export",)
    listed = dict.fromkeys(kinds, "")
    divs = ""
    for number in range(3):
        named = {
            "image": (f"{number + 1:04d}.png", image(number)),
            "export": (f"{number + 1:04d}.xml", alto_of(number)),
        }
        for kind in kinds:
            path, files[path] = named[kind]
            listed[kind] += f'<file ID="{kind}{number}"><FLocat xlink:href="{path}"/></file>'
        divs += f'<div TYPE="page">{"".join(f"""<fptr FILEID="{kind}{number}"/>""" for kind in kinds)}</div>'
    groups = "".join(f'<fileGrp USE="{kind}">{inner}</fileGrp>' for kind, inner in listed.items())
    files["METS.xml"] = (
        f'<mets xmlns="http://www.loc.gov/METS/" {XLINK}><fileSec>{groups}</fileSec><structMap TYPE="physical">'
        f'<div TYPE="document">{divs}</div></structMap></mets>'
    ).encode()
    return files


def workspace() -> dict[str, bytes]:
    """The files of an OCR-D workspace: addresses beside local paths, small pictures, two steps of OCR, page labels."""
    files: dict[str, bytes] = {}
    groups = {"THUMBS": "", "OCR-D-IMG": "", "OCR-D-SEG": "", "OCR-D-OCR": ""}
    divs = ""
    for number in range(3):
        for group in groups:
            suffix = "png" if group in ("THUMBS", "OCR-D-IMG") else "xml"
            path = f"{group}/{group}_{number + 1:04d}.{suffix}"
            files[path] = image(number) if suffix == "png" else page_of(number)
            groups[group] += (
                f'<mets:file ID="{group}_{number}"><mets:FLocat LOCTYPE="URL" xlink:href="https://lib.example/{path}"/>'
                f'<mets:FLocat LOCTYPE="OTHER" OTHERLOCTYPE="FILE" xlink:href="{path}"/></mets:file>'
            )
        pointers = "".join(f'<mets:fptr FILEID="{group}_{number}"/>' for group in groups)
        label = (" - ", "iv", "5")[number]
        divs += f'<mets:div TYPE="page" ORDER="{number + 1}" ORDERLABEL="{label}">{pointers}</mets:div>'
    inner = "".join(f'<mets:fileGrp USE="{group}">{listed}</mets:fileGrp>' for group, listed in groups.items())
    files["mets.xml"] = (
        f'<mets:mets xmlns:mets="http://www.loc.gov/METS/" {XLINK} LABEL="Дневник"><mets:fileSec>{inner}</mets:fileSec>'
        '<mets:structMap TYPE="LOGICAL"><mets:div TYPE="monograph"/></mets:structMap><mets:structMap TYPE="PHYSICAL">'
        f'<mets:div TYPE="physSequence">{divs}</mets:div></mets:structMap></mets:mets>'
    ).encode()
    return files


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    return out.getvalue()
