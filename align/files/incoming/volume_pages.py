"""The files of one volume of an export, divided into pages: each has a scan, OCR, or both; and its texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from posixpath import basename, join, normpath

from align.files.collection.names import composed, file_order, natural_key, split_suffix, text_name, unified
from align.files.incoming.found import Described, Found, Placed, VolumePlan, safe_name
from align.files.incoming.kinds import OCR_KINDS, TEXT_KINDS, Kind
from align.files.incoming.mets import MetsFile, MetsPage
from align.files.incoming.sources import Refused
from align.files.paths import shown

# Groups of METS with small pictures; others hold those to read.
_SMALL = re.compile(r"thumb|\bmin\b|teaser|preview|derivative", re.IGNORECASE)
_OCR_SUFFIXES: dict[Kind, str] = {"hocr": ".hocr", "json": ".json"}
_TEXT_SUFFIXES: dict[Kind, str] = {"tei": ".xml", "docx": ".docx", "txt": ".txt"}
# What other programs add to the name of a document.
_ADDED = re.compile(r"(?:[_-](?:tei|docx|txt))\Z", re.IGNORECASE)


@dataclass(slots=True)
class PagesPlanned:
    """One volume being planned: its files are divided into pages, each with a scan, OCR, or both; and texts."""

    base: str
    described: Described
    found: Sequence[Found]
    made: VolumePlan
    refused: list[Refused]
    _names: set[str] = field(default_factory=set)

    def fill(self, language: str | None) -> None:
        """Put each file where it belongs, or say why it is not taken."""
        pages = self.described.mets.pages if self.described.mets else ()
        scans = [one for one in self.found if one.kind == "scan"]
        scans = scans or [one for one in self.found if one.kind == "pdf"]
        ocr = [one for one in self.found if one.kind in OCR_KINDS]
        if pages:
            stems = list(self._by_mets(pages, {one.path: one for one in (*scans, *ocr)}))
        else:
            stems = list(self._by_name(scans, ocr))
        self._texts(language, {unified(stem) for stem, _ in stems})
        told = {one.path for one in self.refused}
        placed = {one.path for one in self.made.files}
        for one in self.found:
            if one.path not in placed and shown(one.path) not in told and one.kind not in ("mets", "details"):
                self._refuse(one, _why_not(one, by_mets=bool(pages)))
        order = tuple(stem for stem, _ in stems)
        if order != tuple(sorted(order, key=file_order)):
            self.made.order = order
        if any(label for _, label in stems):
            self.made.labels = tuple(label or "" for _, label in stems)

    def _by_mets(self, pages: Iterable[MetsPage], files: Mapping[str, Found]) -> Iterator[tuple[str, str | None]]:
        """The name and label of each page that METS lists, in its order."""
        names = _by_basename(files)
        of_stem: dict[str, list[Found]] = {}
        for own in files.values():
            if own.kind in OCR_KINDS:
                of_stem.setdefault(unified(own.stem), []).append(own)
        used: set[str] = set()
        for number, page in enumerate(pages, start=1):
            inside = [(file, one) for file in page.files if (one := self._file(file, files, names)) is not None]
            scan = _best_scan([pair for pair in inside if pair[1].kind in ("scan", "pdf") and pair[1].path not in used])
            # Transkribus states for ALTO the address that it was fetched from, such as "alto/Get?id=A".
            same = of_stem.get(unified(scan.stem), []) if scan else []
            ocr = _best([one for _, one in inside if one.kind in OCR_KINDS and one.path not in used])
            ocr = ocr or _best([one for one in same if one.path not in used])
            if scan is None and ocr is None:
                continue
            used |= {one.path for one in (scan, ocr) if one is not None}
            stem = self._stem(scan.stem if scan else _named_image(page) or (ocr.stem if ocr else ""), number)
            self._page(stem, scan, ocr, {one.path: one for one in (*(one for _, one in inside), *same)}.values())
            yield stem, page.label

    def _file(self, file: MetsFile, files: Mapping[str, Found], names: Mapping[str, Found]) -> Found | None:
        """The file of the export that METS means: never one outside of it; by its name alone where it was moved."""
        path = normpath(join(self.base, file.path.replace("\\", "/").lstrip("/")))
        if not file.remote and composed(path) in files:
            return files[composed(path)]
        return names.get(unified(composed(basename(file.path.replace("\\", "/").partition("?")[0]))))

    def _by_name(self, scans: Sequence[Found], ocr: Sequence[Found]) -> Iterator[tuple[str, str | None]]:
        """The name of each scan, in natural order, with its OCR: of the same name, or the one that names it."""
        by_stem: dict[str, Found] = {}
        for one in sorted(scans, key=lambda one: (-one.size, natural_key(one.path))):
            by_stem.setdefault(unified(one.stem), one)
        of_scan: dict[str, list[Found]] = {}
        for one in ocr:
            keys = (one.stem, split_suffix(one.image)[0] if one.image else one.stem)
            key = next((unified(key) for key in keys if unified(key) in by_stem), None)
            if key is None and by_stem:
                self._refuse(one, "it belongs to no scan of the export")
            else:
                of_scan.setdefault(key or unified(one.stem), []).append(one)
        stems = {key: by_stem[key].stem for key in by_stem} or {key: found[0].stem for key, found in of_scan.items()}
        for key in sorted(stems, key=lambda key: file_order(stems[key])):
            stem = self._stem(stems[key], len(self._names) + 1)
            self._page(stem, by_stem.get(key), _best(of_scan.get(key, [])), of_scan.get(key, []))
            yield stem, None

    def _page(self, stem: str, scan: Found | None, ocr: Found | None, beside: Iterable[Found]) -> None:
        if scan is not None:
            suffix = split_suffix(basename(scan.path))[1].lower()
            self._place(scan, f"images/{self.made.name}/{stem}{suffix}")
        if ocr is not None:
            self._place(ocr, f"ocr/{self.made.name}/{stem}{_OCR_SUFFIXES.get(ocr.kind, '.xml')}")
            for other in beside:
                if other.kind in OCR_KINDS and other.path != ocr.path:
                    self._refuse(other, f"the same page in {ocr.kind.upper()} is taken")

    def _stem(self, wanted: str, number: int) -> str:
        """The name of a page: as wanted, if no page has it."""
        stem = safe_name(wanted, f"{number:04d}")
        stem = f"{number:04d}_{stem}" if unified(stem) in self._names else stem
        self._names.add(unified(stem))
        return stem

    def _texts(self, language: str | None, pages: set[str]) -> None:
        """The texts that name their language, or have the one that is given; of one text the best of its formats."""
        best: dict[tuple[str, str], str] = {}
        texts = [one for one in self.found if one.kind in TEXT_KINDS]
        for one in sorted(texts, key=lambda one: (TEXT_KINDS.index(one.kind), natural_key(one.path))):
            named = text_name(f"{one.stem}.txt")
            document = safe_name(named.document if named else _ADDED.sub("", one.stem), "text")
            tag = named.language if named else language
            if unified(one.stem) in pages and len(texts) > 1:
                self._refuse(one, "it is the text of one page: the OCR of the page is taken")
            elif tag is None:
                self._refuse(one, "its language is not known: give --language, such as --language ru")
            elif (unified(document), tag) in best:
                self._refuse(one, f"the same text is taken in another format ({best[unified(document), tag]})")
            else:
                best[unified(document), tag] = shown(basename(one.path))
                self._place(one, f"transcripts/{self.made.name}/{document}.{tag}{_TEXT_SUFFIXES[one.kind]}")

    def _place(self, one: Found, target: str) -> None:
        self.made.files.append(Placed(one.path, target, one.kind))

    def _refuse(self, one: Found, why: str) -> None:
        self.refused.append(Refused(shown(one.path), why))


def _why_not(one: Found, *, by_mets: bool) -> str:
    if one.kind == "pdf":
        return "it is a copy of the scans: the images are taken"
    if one.kind in ("scan", *OCR_KINDS):
        return "METS names it for no page" if by_mets else "another scan of the same name is taken"
    return "it is neither a scan, nor OCR, nor a text"


def _by_basename(files: Mapping[str, Found]) -> dict[str, Found]:
    """The files whose name no other has, by that name."""
    found: dict[str, list[Found]] = {}
    for one in files.values():
        found.setdefault(unified(basename(one.path)), []).append(one)
    return {name: same[0] for name, same in found.items() if len(same) == 1}


def _best(ocr: Sequence[Found]) -> Found | None:
    """The OCR in the format that says most; of one format the last, which a later step made."""
    ranked = sorted(enumerate(ocr), key=lambda pair: (OCR_KINDS.index(pair[1].kind), -pair[0]))
    return ranked[0][1] if ranked else None


def _best_scan(scans: Sequence[tuple[MetsFile, Found]]) -> Found | None:
    """The picture to read: not a small one, and the first that METS names."""
    ranked = sorted(scans, key=lambda pair: bool(_SMALL.search(pair[0].group)))
    return ranked[0][1] if ranked else None


def _named_image(page: MetsPage) -> str | None:
    """The name of the page's image, which is not in the export, without its suffix."""
    for file in page.files:
        name, suffix = split_suffix(basename(file.path.partition("?")[0]))
        if suffix.lower() in (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".jp2"):
            return name
    return None
