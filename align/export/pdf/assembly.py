"""A PDF of pages, written page by page: the scan, the text under its ink, the translation as notes; outline and labels.

It keeps the rules of PDF/A-2b (ISO 19005-2): fonts are embedded, colours are sRGB's, nothing is transparent or active.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from align.export.overlay.scene import upright_transform
from align.export.pdf.colours import srgb_profile
from align.export.pdf.file import PdfFile
from align.export.pdf.metadata import About, xmp
from align.export.pdf.notes import notes
from align.export.pdf.page_text import page_text
from align.export.pdf.pictures import Picture, Pictures
from align.export.pdf.placed_words import PageLine
from align.export.pdf.syntax import Name, Ref, Text, Value, number
from align.export.pdf.text_fonts import TextFonts
from align.export.xml_characters import legal
from align.model import Document, EncodedImage, Frame, Link, Page, Transform

_POINTS_AN_INCH = 72
# Points of a page's side: limits of PDF readers (ISO 32000-1, annex C), which are rules of PDF/A.
_LEAST_SIDE, _MOST_SIDE = 3.0, 14_400.0
# Points of the longer side of a page whose resolution is unknown: a sheet of A4.
_A4 = 842.0
# Pages of one node of the page tree.
_NODE = 50


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page that was written: its number, its label, and the map from scan pixels to its points."""

    ref: Ref
    label: str
    onto: Transform


class PdfDocument:
    """A file to which pages are added in order; what was written is fetched with `taken`."""

    def __init__(self, about: About) -> None:
        """Begin the file."""
        self._about = about
        self._file = PdfFile()
        self._fonts = TextFonts(self._file)
        self._pictures = Pictures(self._file)
        self._nothing: Ref | None = None
        self._sheets: dict[int, _Sheet] = {}
        self._tree = self._file.reserve()
        self._nodes: list[Ref] = []
        self._in_node: list[Ref] = []

    def taken(self) -> bytes:
        """What was written since it was last taken."""
        return self._file.taken()

    def picture(self, image: EncodedImage) -> Picture:
        """The image, written for all pages that show parts of it."""
        return self._pictures.put(image)

    def add(
        self, page: Page, frame: Frame, picture: Picture | None, lines: Sequence[PageLine], links: Iterable[Link]
    ) -> None:
        """Write a page: the frame of its scan turned upright. Without a picture it is white."""
        onto, width, height = sheet(frame, page.scan.dpi)
        painted = b""
        resources: dict[str, Value] = {}
        if picture is not None:
            matrix = " ".join(number(v) for v in picture.placement(onto))
            painted = f"q {matrix} cm /Scan Do Q\n".encode("ascii")
            resources["XObject"] = {"Scan": picture.ref}
        written, faces = page_text(lines, onto, width, self._fonts, self._about.language)
        if faces:
            painted += written
            resources["Font"] = {f"F{face.name}": self._fonts.font(face) for face in sorted(faces)}
        if not self._in_node:
            self._nodes.append(self._file.reserve())
        marks = [self._file.put(note) for note in notes(links, page.order, onto, self._painting_nothing)]
        ref = self._file.put(
            {
                "Type": Name("Page"),
                "Parent": self._nodes[-1],
                "MediaBox": [0, 0, width, height],
                "Resources": resources,
                "Contents": self._file.put_compressed(painted, {}),
                **({"Annots": marks, "Tabs": Name("R")} if marks else {}),
            }
        )
        self._sheets[page.order] = _Sheet(ref, page.label or f"[{page.order}]", onto)
        self._in_node.append(ref)
        if len(self._in_node) == _NODE:
            self._end_node()

    def end(self, documents: Iterable[tuple[Document, str]]) -> None:
        """Write the end of the file, with the titles of these documents as its outline."""
        self._end_node()
        self._file.put(
            {"Type": Name("Pages"), "Kids": self._nodes, "Count": len(self._sheets)},
            self._tree,
        )
        self._fonts.write()
        about, outline = self._about, self._outline(list(documents))
        profile = self._pictures.profile(srgb_profile(), 3)
        labels: list[Value] = []
        for index, own in enumerate(self._sheets.values()):
            labels += [index, {"P": Text(own.label)}]
        metadata = self._file.put_stream(xmp(about), {"Type": Name("Metadata"), "Subtype": Name("XML")})
        intent: dict[str, Value] = {
            "Type": Name("OutputIntent"),
            "S": Name("GTS_PDFA1"),
            "OutputConditionIdentifier": Text("sRGB"),
            "Info": Text("sRGB IEC61966-2.1"),
            "DestOutputProfile": profile,
        }
        root = self._file.put(
            {
                "Type": Name("Catalog"),
                "Pages": self._tree,
                "PageLabels": {"Nums": labels},
                "Metadata": metadata,
                "OutputIntents": [intent],
                "ViewerPreferences": {"DisplayDocTitle": True},
                **({"Lang": Text(about.language)} if about.language else {}),
                **({"Outlines": outline, "PageMode": Name("UseOutlines")} if outline else {}),
            }
        )
        info: dict[str, Value] = {"Title": Text(legal(about.title)), "Producer": Text(about.producer)}
        if about.authors:
            # As XMP part 2 says: names in one entry have semicolons between them.
            info["Author"] = Text(legal("; ".join(about.authors)))
        self._file.end(root=root, info=self._file.put(info))

    @property
    def _painting_nothing(self) -> Ref:
        """The appearance of all notes."""
        if self._nothing is None:
            entries: dict[str, Value] = {"Type": Name("XObject"), "Subtype": Name("Form"), "BBox": [0, 0, 1, 1]}
            self._nothing = self._file.put_stream(b"", entries)
        return self._nothing

    def _end_node(self) -> None:
        if self._in_node:
            node: dict[str, Value] = {
                "Type": Name("Pages"),
                "Parent": self._tree,
                "Kids": list(self._in_node),
                "Count": len(self._in_node),
            }
            self._file.put(node, self._nodes[-1])
            self._in_node.clear()

    def _outline(self, documents: Sequence[tuple[Document, str]]) -> Ref | None:
        """The outline: an entry for each document on a page of the file, in the order of their places."""
        places = []
        for document, title in documents:
            at = min(((o, box.top, box.left, box) for o, box in document.areas if o in self._sheets), default=None)
            if at is not None:
                own = self._sheets[at[0]]
                corners = own.onto.points(at[3].corners)
                top, left = max(y for _, y in corners), min(x for x, _ in corners)
                places.append((at[0], -top, left, title, own.ref))
        if not places:
            return None
        ref, entries = self._file.reserve(), [self._file.reserve() for _ in places]
        for n, (_, minus_top, left, title, page) in enumerate(sorted(places)):
            entry: dict[str, Value] = {
                "Title": Text(title),
                "Parent": ref,
                "Dest": [page, Name("XYZ"), left, -minus_top, None],
                **({"Prev": entries[n - 1]} if n else {}),
                **({"Next": entries[n + 1]} if n + 1 < len(entries) else {}),
            }
            self._file.put(entry, entries[n])
        listed: dict[str, Value] = {
            "Type": Name("Outlines"),
            "First": entries[0],
            "Last": entries[-1],
            "Count": len(entries),
        }
        return self._file.put(listed, ref)


def sheet(frame: Frame, dpi: float | None) -> tuple[Transform, float, float]:
    """The map from scan pixels to points of the page, which begins at its lower left, and its width and height."""
    upright, box = upright_transform(frame)
    longer, shorter = max(box.width, box.height), min(box.width, box.height)
    scale = _POINTS_AN_INCH / dpi if dpi else _A4 / longer
    scale = min(max(scale, _LEAST_SIDE / shorter), _MOST_SIDE / longer)
    onto = upright.then(Transform((scale, 0, -box.left * scale, 0, -scale, box.bottom * scale, 0, 0, 1)))
    return onto, box.width * scale, box.height * scale
