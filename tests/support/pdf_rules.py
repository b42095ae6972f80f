"""The rules of PDF/A-2b (ISO 19005-2) that can be broken by what this program writes, and what qpdf finds, as faults.

No validator of PDF/A is in a package registry, so these rules are rewritten from the standard, by its sections.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

import pikepdf
from defusedxml import ElementTree
from PIL import ImageCms

_PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
_FILTERS = {"/FlateDecode", "/DCTDecode", "/JPXDecode", "/CCITTFaxDecode"}  # 6.1.7.2: no LZW, no Crypt
_ANNOTATIONS = {"/Highlight"}  # 6.3.1; those that are written here
_ACTIVE = ("/JavaScript", "/Launch", "/Sound", "/Movie", "/AA", "/OpenAction", "/EmbeddedFiles", "/AcroForm", "/XFA")
_PRINT, _INVISIBLE, _HIDDEN, _NO_VIEW, _TOGGLE = 4, 1, 2, 32, 256


def faults(data: bytes) -> list[str]:
    """What is wrong with a file; none in a file of PDF/A-2b as far as these rules go."""
    with pikepdf.open(BytesIO(data)) as pdf:
        found = [f"qpdf: {problem}" for problem in pdf.check_pdf_syntax()]
        for rule in (_file(data, pdf), _metadata(pdf), _intent(pdf), _objects(pdf), _pages(pdf), _fonts(pdf)):
            found += rule
    return found


def _file(data: bytes, pdf: pikepdf.Pdf) -> Iterator[str]:
    """Sections 6.1.2 and 6.1.3: header, trailer."""
    if not re.match(rb"%PDF-1\.[0-7]\n%[\x80-\xff]{4}", data):
        yield "the header is no %PDF-1.n with four bytes above 127 in the next line"
    if not data.endswith(b"%%EOF\n"):
        yield "something stands behind the end of the file"
    if pdf.is_encrypted or "/ID" not in pdf.trailer:
        yield "the file is encrypted, or has no identifier"


def _metadata(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Section 6.6: XMP that can be read, and says of itself that it is PDF/A-2b."""
    stream = pdf.Root.Metadata
    if stream.Type != "/Metadata" or stream.Subtype != "/XML":
        yield "the metadata is no XML"
    packet = bytes(stream.read_bytes())
    described = ElementTree.fromstring(packet).find(".//{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description")
    if [described.findtext(_PDFA + "part"), described.findtext(_PDFA + "conformance")] != ["2", "B"]:
        yield "the metadata does not say that this is PDF/A-2b"
    title = described.find("{http://purl.org/dc/elements/1.1/}title")
    if "".join(title.itertext()) != str(pdf.docinfo["/Title"]):
        yield "the title is not the same in both places"
    authors = [name.text for name in described.findall("{http://purl.org/dc/elements/1.1/}creator//{*}li")]
    if "; ".join(authors) != str(pdf.docinfo.get("/Author", "")):
        yield "the authors are not the same in both places"


def _intent(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Section 6.2.3: an output intent with a profile for what is seen on a monitor or in print."""
    (intent,) = pdf.Root.OutputIntents
    if intent.S != "/GTS_PDFA1" or "/OutputConditionIdentifier" not in intent:
        yield "the output intent is none of PDF/A"
    yield from _profile(intent.DestOutputProfile, ("mntr", "prtr"))


def _profile(stream: pikepdf.Stream, kinds: tuple[str, ...]) -> Iterator[str]:
    profile = ImageCms.ImageCmsProfile(BytesIO(bytes(stream.read_bytes()))).profile
    channels = {"RGB": 3, "GRAY": 1, "CMYK": 4}.get(profile.xcolor_space.strip())
    if int(stream.N) != channels or profile.device_class not in kinds or profile.version >= 5:
        yield f"a profile of {profile.device_class}, {profile.xcolor_space}, version {profile.version}, N {stream.N}"


def _objects(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Sections 6.1.7 to 6.1.13, 6.5: streams and filters; nothing active; the limits of numbers and names."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream):
            filters = item.get("/Filter", [])
            names = {str(filters)} if isinstance(filters, pikepdf.Name) else {str(name) for name in filters}
            if names - _FILTERS or "/F" in item or "/FFilter" in item:
                yield f"a stream with {names}"
        if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            yield from (f"{name} is active" for name in _ACTIVE if name in item)
            yield from (f"the name {name} is too long" for name in item if len(name.encode()) > 127)
            if item.get("/Type") == "/ExtGState" or "/SMask" in item or "/Group" in item:
                yield "something may be transparent"  # allowed with rules of its own, which are not checked here


def _pages(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Sections 6.1.13, 6.2.4, 6.2.8, 6.3: sizes of pages, colours of images, notes."""
    for page in pdf.pages:
        sides = [abs(float(page.MediaBox[k + 2]) - float(page.MediaBox[k])) for k in (0, 1)]
        if not all(3 <= side <= 14_400 for side in sides):
            yield f"a page of {sides} points"
        for image in page.get("/Resources", {}).get("/XObject", {}).values():
            yield from _image(image)
        for note in page.get("/Annots", []):
            flags = int(note.get("/F", 0))
            if str(note.Subtype) not in _ANNOTATIONS or not flags & _PRINT:
                yield f"a note of kind {note.Subtype}, flags {flags}"
            if flags & (_INVISIBLE | _HIDDEN | _NO_VIEW | _TOGGLE) or list(note.AP.keys()) != ["/N"]:
                yield "a note is hidden, or has another appearance than the normal one"
            if not isinstance(note.AP.N, pikepdf.Stream) or "/A" in note or float(note.get("/CA", 1)) != 1:
                yield "a note has no appearance, or an action"


def _image(image: pikepdf.Stream) -> Iterator[str]:
    if "/Alternates" in image or "/OPI" in image or image.get("/Interpolate", False):
        yield "an image with alternates, or one that is smoothed"
    if image.get("/Filter") == "/JPXDecode":
        return
    space = image.ColorSpace
    if isinstance(space, pikepdf.Array):
        yield from _profile(space[1], ("mntr", "prtr", "scnr", "spac"))
    elif str(space) not in ("/DeviceGray", "/DeviceRGB"):  # CMYK has no output intent
        yield f"an image in {space}"
    if int(image.BitsPerComponent) not in (1, 2, 4, 8):
        yield f"an image with {image.BitsPerComponent} bits"


def _fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Section 6.2.11: fonts are embedded, their widths are those of their programs, and their codes have a meaning."""
    fonts = {
        str(name): font for page in pdf.pages for name, font in page.get("/Resources", {}).get("/Font", {}).items()
    }
    for name, font in fonts.items():
        (descendant,) = font.DescendantFonts
        program = bytes(descendant.FontDescriptor.FontFile2.read_bytes())
        if font.Encoding != "/Identity-H" or descendant.Subtype != "/CIDFontType2" or "/CIDToGIDMap" not in descendant:
            yield f"{name} is no font whose codes lead to its letters"
        if font.BaseFont != descendant.BaseFont or font.BaseFont != descendant.FontDescriptor.FontName:
            yield f"{name} has several names"
        if "/ToUnicode" not in font:
            yield f"{name} has letters without a meaning"
        if _width(program) != int(descendant.DW) or "/W" in descendant:
            yield f"the letters of {name} are not as wide as it says"


def _width(program: bytes) -> int:
    """The width of the letter of a font, from its table of widths, in thousandths of its size."""
    tables = {program[n : n + 4]: program[n + 4 : n + 16] for n in range(12, 12 + 16 * program[5], 16)}
    at = int.from_bytes(tables[b"hmtx"][4:8], "big")
    head = int.from_bytes(tables[b"head"][4:8], "big")
    units = int.from_bytes(program[head + 18 : head + 20], "big")
    return int.from_bytes(program[at + 4 : at + 6], "big") * 1000 // units
