"""Source texts as other programs write them, from the parts that matter: TEI and Word documents of one volume."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO

from align.files.texts.loading import read_source
from align.model import Sentence
from align.text.source import structure

_NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
}
_DECLARED = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _NAMES.items())


def tei(body: str) -> bytes:
    """A TEI document with this in its body."""
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{body}</body></text></TEI>'.encode()


def word(body: str, **parts: str) -> bytes:
    """A Word document with this in its body; `parts` are what stands in others, as `styles`."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {_DECLARED}><w:body>{body}</w:body></w:document>")
        for name, inside in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {_DECLARED}>{inside}</w:{name}>")
    return out.getvalue()


def renamed(data: bytes, number: int) -> bytes:
    """The document with a number in the names of its parts, as Word Online writes it; its relations name them."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        names = {name: name.replace(".xml", f"{number}.xml") for name in old.namelist()}
        for name, own in names.items():
            new.writestr(own, old.read(name))
        main = names.pop("word/document.xml")
        new.writestr("_rels/.rels", _relations({"officeDocument": f"/{main}"}))
        kinds = {name[len("word/") : -len(".xml")]: own[len("word/") :] for name, own in names.items()}
        new.writestr(f"word/_rels/{main[len('word/') :]}.rels", _relations({**kinds, "aFChunk": "/word/old.mht"}))
    return out.getvalue()


def _relations(targets: Mapping[str, str]) -> str:
    links = "".join(f'<Relationship Type="x/{kind}" Target="{target}"/>' for kind, target in targets.items())
    return f"<Relationships>{links}</Relationships>"


def run(text: str, properties: str = "") -> str:
    """A run of letters of one form."""
    form = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{form}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph of runs."""
    form = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{form}{''.join(runs)}</w:p>"


def table(*rows: Sequence[str]) -> str:
    """A table, each cell of one paragraph."""
    cells = ["".join(f"<w:tc>{paragraph(run(cell))}</w:tc>" for cell in row) for row in rows]
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def sentences_of(data: bytes, name: str) -> tuple[Sentence, ...]:
    """The sentences of a file of this name, such as `d.en.docx`."""
    language = name.split(".")[1]
    raw = read_source(data, path=f"transcripts/v/{name}", volume="v", document="d", language=language)
    return structure(raw).sentences
