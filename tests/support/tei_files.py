"""TEI files as another program reads them: faults by the schema and by the rules beside it, and what they say."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

SCHEMA = Path(__file__).parents[1] / "export" / "tei" / "tei_all.rng.gz"
TEI = "{http://www.tei-c.org/ns/1.0}"
RNG = "{http://relaxng.org/ns/structure/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_POINTERS = ("facs", "corresp", "ana", "resp", "next", "prev", "target")

Box = tuple[float, float, float, float]


@cache
def schema() -> etree._ElementTree:
    """The TEI's own schema, tei_all."""
    return etree.parse(BytesIO(gzip.decompress(SCHEMA.read_bytes())))


@cache
def validator(names: frozenset[str]) -> etree.RelaxNG:
    """What checks files that have these elements alone by that schema.

    All other elements are taken out of the schema, which says the same of such files: to compile the whole one takes
    eight seconds.
    """
    own = deepcopy(schema())
    for element in list(own.iter(f"{RNG}element")):
        if element.get("name") not in names:
            element.getparent().replace(element, etree.Element(f"{RNG}notAllowed"))
    return etree.RelaxNG(own)


# The elements of files in tests. Fewer sets of them are fewer schemas to compile.
USUAL = frozenset(
    """
    TEI abstract application appInfo authority author availability biblScope body category catDesc classDecl
    correspAction correspDesc creation date desc div encodingDesc facsimile fileDesc graphic head idno label langUsage
    language lb licence link linkGrp msDesc msIdentifier note p pb persName profileDesc publicationStmt repository s seg
    publisher seriesStmt sourceDesc standOff surface taxonomy teiHeader text title titleStmt zone
    hi lg l q quote choice sic corr orig reg list item app lem rdg add del gap w pc ref name bibl figure figDesc table
    row cell milestone cb fw sp speaker opener dateline salute closer signed foreign emph unclear supplied said cit
    """.split()  # noqa: SIM905 - names to read
)


def faults(files: Mapping[str, bytes]) -> list[str]:
    """What is wrong in these files of one folder: schema, ids that repeat, pointers to nothing, s within s."""
    roots = {name: etree.fromstring(data) for name, data in files.items()}
    ids = {name: [e.get(XML_ID) for e in root.iter() if e.get(XML_ID)] for name, root in roots.items()}
    found = []
    for name, root in roots.items():
        check = validator(USUAL | {etree.QName(e).localname for e in root.iter(etree.Element)})
        if not check.validate(root):
            found += [f"{name}: {error.line}: {error.message}" for error in check.error_log][:3]
        found += [f"{name}: {one} twice" for one, times in Counter(ids[name]).items() if times > 1]
        found += [f"{name}: s in s" for e in root.iter(f"{TEI}s") if e.getparent().tag == f"{TEI}s"]
        for element in root.iter(etree.Element):
            for pointer in (token for key in _POINTERS for token in (element.get(key) or "").split()):
                file, mark, target = pointer.partition("#")
                if mark and target not in ids.get(unquote(file) or name, ()):
                    found.append(f"{name}: {pointer} points to nothing")
    return found


def places(data: bytes) -> dict[str, list[tuple[str, list[Box]]]]:
    """Where each sentence stands, by the key in its id: the page of each zone, and the boxes of its parts."""
    root = etree.fromstring(data)
    by_id = {e.get(XML_ID): e for e in root.iter() if e.get(XML_ID)}
    return {
        key_of(sentence): [
            (by_id[pointer[1:]].getparent().get(XML_ID), _boxes(by_id[pointer[1:]]))
            for pointer in (sentence.get("facs") or "").split()
        ]
        for sentence in _first_parts(root)
    }


def words(data: bytes) -> dict[str, str]:
    """The words of each sentence without its notes, its parts joined, by the key in its id."""
    root = etree.fromstring(data)
    by_id = {e.get(XML_ID): e for e in root.iter() if e.get(XML_ID)}
    said = {}
    for first in _first_parts(root):
        parts, part = [], first
        while part is not None:
            parts.append(_text(part))
            part = by_id.get((part.get("next") or "#")[1:])
        said[key_of(first)] = " ".join(" ".join(parts).split())
    return said


def key_of(sentence: etree._Element) -> str:
    """The key of a sentence, from its id."""
    return sentence.get(XML_ID).rpartition("s.")[2]


def _first_parts(root: etree._Element) -> list[etree._Element]:
    return [e for e in root.iter(f"{TEI}s", f"{TEI}seg") if e.get("ana") and not e.get("prev")]


def _text(element: etree._Element) -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag != f"{TEI}note":
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _boxes(zone: etree._Element) -> list[Box]:
    inner = [child for child in zone if child.get("type") == "fragment"] or [zone]
    return [tuple(float(part.get(edge)) for edge in ("ulx", "uly", "lrx", "lry")) for part in inner]
