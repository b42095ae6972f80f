"""Word documents with tracked changes: their parts, and what they say once changes are rejected."""

from __future__ import annotations

import zipfile
from io import BytesIO

from lxml import etree

from align.files.texts.loading import read_source

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def rejected(data: bytes, author: str = "Анна & Ко") -> str:
    """What is read from a Word document when the changes of an author are rejected."""
    root = etree.fromstring(parts(data)["word/document.xml"])
    for kind in ("ins", "del"):
        for change in [c for c in root.iter(f"{W}{kind}") if c.get(f"{W}author") == author]:
            parent, at = change.getparent(), change.getparent().index(change)
            for child in reversed(change if kind == "del" else ()):
                for text in child.iter(f"{W}delText"):
                    text.tag = f"{W}t"
                parent.insert(at, child)
            parent.remove(change)
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", etree.tostring(root))
    return read(out.getvalue(), "d.docx")


def read(data: bytes, path: str) -> str:
    return read_source(data, path=path, volume="v", document="d", language="ru").content
