"""What a file says of itself: title, authors and language in XMP (ISO 16684-1), and that it is PDF/A-2b."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape

from align.export.xml_characters import legal

_BEGIN = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'


@dataclass(frozen=True, slots=True)
class About:
    """The title, authors and language of a file, and the name of the program with its version."""

    title: str
    authors: tuple[str, ...]
    language: str | None
    producer: str


def xmp(about: About) -> bytes:
    """The metadata as an XMP packet."""
    parts = [
        _property("dc:title", _list("Alt", [about.title], ' xml:lang="x-default"')),
        _property("dc:creator", _list("Seq", about.authors)) if about.authors else "",
        _property("dc:language", _list("Bag", [about.language])) if about.language else "",
        _property("dc:format", "application/pdf"),
        _property("pdf:Producer", escape(about.producer)),
        _property("pdfaid:part", "2"),
        _property("pdfaid:conformance", "B"),
    ]
    packet = (
        f'{_BEGIN}<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">\n'
        f"{''.join(parts)}</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n"
        '<?xpacket end="r"?>'
    )
    return packet.encode("utf-8")


def _property(name: str, content: str) -> str:
    return f"<{name}>{content}</{name}>\n"


def _list(kind: str, items: Iterable[str], attribute: str = "") -> str:
    listed = "".join(f"<rdf:li{attribute}>{escape(legal(item))}</rdf:li>" for item in items)
    return f"<rdf:{kind}>{listed}</rdf:{kind}>"
