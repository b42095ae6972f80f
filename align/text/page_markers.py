"""Page markers: where a source text claims that a page begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from align.errors import UsageError
from align.model import Mark, Marker

# A line that is not empty, or a form feed.
_LINES = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+|\f")
LINE_ENDS = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")

# с and р are also typed in the other script: they look alike. One letter alone needs its full stop.
_WORD = (
    r"(?:page|pag\.?|pg\.?|pp\.|folio|fol\.|ff?\.|sheet|p\.|страница|страницы|стр\.?|лист|листы|лл\.|л\.|сс?\.|р\."
    r"|pb|seite|blatt|bl\.|página|pág\.|pagina|feuillet|strona|str\.|сторінка|арк\."
    r"|[cs]\.(?=[ \t]?\d{1,3}(?!\d))|(?:fol|[pf])(?=\d{1,4}))"
)
_NUMBER = (
    r"(?:\d{1,5}(?:[ \t]?(?:об\.?|verso|recto|v\.?|r\.?|[a-dа-г]))?(?![^\W_])"
    r"(?:[ \t]?[-–—/][ \t]?\d{1,5}(?:[ \t]?(?:об\.?|[vr]))?(?![^\W_]))?)"
)
# Front matter stays under 400 pages; with m and d, words such as "mix" and "did" would be numerals.
_ROMAN = r"(?=[ivxlc])c{0,3}(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})(?![^\W_])"
_SCAN = r"\S{1,120}\.(?:jpe?g|png|tiff?|webp|jp2|pdf)"
_FILE = rf"(?:[ \t]+{_SCAN})?"
_LABEL = rf"(?:№[ \t]?|no\.?[ \t]?|#)?(?P<label>{_NUMBER}|{_ROMAN})"
_OPEN, _CLOSE = r"[\[({<|=\-–—*#~_/\\ \t]", r"[\])}>|=\-–—*#~_/\\ \t.:,]"

# A page word and a label, alone on a line, with any ornament around: Page 53, "== стр. 53 ==", "<<<page 1 0001.jpg>>>".
_WORDED = re.compile(
    rf"{_OPEN}{{0,12}}(?:{_WORD})[ \t]{{0,3}}\[?{_LABEL}\]?(?:[ \t]+(?:of|из)[ \t]+\d{{1,5}})?{_FILE}{_CLOSE}{{0,12}}",
    re.IGNORECASE,
)
# A label alone on a line between brackets, bars or dashes of the same kind: [53], |53|, - 53 -, --- 53 ---, [iv].
_BARE = re.compile(
    rf"(?:\[[ \t]?(?P<a>{_NUMBER}|{_ROMAN})[ \t]?\]|\|{{1,2}}[ \t]?(?P<b>{_NUMBER}|{_ROMAN})[ \t]?\|{{1,2}}"
    rf"|[-–—][ \t]?(?P<c>\d{{1,5}}|{_ROMAN})[ \t]?[-–—]"
    rf"|<[ \t]?(?P<d>\d{{1,5}})[ \t]?>|\{{[ \t]?(?P<e>{_NUMBER})[ \t]?\}}"
    rf"|(?P<same>[-–—]{{2,12}}|//|::|‖)[ \t]?(?P<f>{_NUMBER}|{_ROMAN})[ \t]?(?P=same))"
)
# "Next page" without a label, ornamented; and the name of a scan alone on a line: its number is not that of the page.
_UNLABELLED = re.compile(
    rf"{_OPEN}{{1,12}}(?:page[ -]?break|(?:new|next|end[ ]of)[ ]page|pb|seiten(?:wechsel|umbruch)|saut[ ]de[ ]page"
    rf"|(?:новая|следующая)[ ]страница|(?:разрыв|конец)[ ]страницы|(?:image|scan|скан|кадр|bild)[ ]?\d{{1,5}})"
    rf"{_CLOSE}{{1,12}}"
    rf"|{_OPEN}{{0,12}}(?:(?:image|scan|file|изображение|скан|файл)[ \t]?:?[ \t]{{0,3}})?{_SCAN}{_CLOSE}{{0,12}}",
    re.IGNORECASE,
)
# Inside a line only between brackets or bars, and with a page word between brackets: "(p. 53)" is a reference.
_INLINE = re.compile(
    rf"\[(?:[ \t]?{_WORD})[ \t]{{0,3}}(?:№[ \t]?)?(?P<label>{_NUMBER}|{_ROMAN})[ \t]?\.?\]"
    rf"|\{{(?:[ \t]?{_WORD})[ \t]{{0,3}}(?P<b>{_NUMBER}|{_ROMAN})[ \t]?\}}"
    rf"|\|{{1,2}}[ \t]?(?:{_WORD}[ \t]?)?(?P<c>{_NUMBER})[ \t]?\|{{1,2}}"
    rf"|‖[ \t]?(?P<d>{_NUMBER})[ \t]?‖|//(?P<e>{_NUMBER})//"
    # A page break of TEI, typed into plain text.
    r"|<pb\b(?:[^<>]{0,80}?\bn[ ]?=[ ]?[\"'](?P<f>[^\"'<>]{0,40})[\"'])?[^<>]{0,80}>",
    re.IGNORECASE,
)
_INLINE_ENDS = ("]", "}", "|", "‖", "//", ">")  # how each such marker ends
_LONGEST = 200  # characters of a marker line; a longer line is text


def find_markers(
    content: str, marks: Sequence[Mark] = (), *, page_marker: re.Pattern[str] | None = None
) -> tuple[Marker, ...]:
    """The page markers of a text in order, none overlapping another.

    Found are: marks of kind page; form feeds; a page word with a label alone on a line (Page 53, стр. 53, л. 12об,
    however ornamented); a label alone on a line between brackets, bars or dashes; "[page break]" or the name of a scan
    alone on a line; "[p. 53]", "|53|" and "<pb n='53'/>" inside a line; and what the user's own pattern
    matches, whose first group is the label. The label is given without inner spaces and final full stop; None where
    only "next page" is said.

    Raises:
        UsageError: the user's pattern has no group for the label.
    """
    if page_marker is not None and page_marker.groups < 1:
        raise UsageError(
            f"page_marker {page_marker.pattern!r} has no group for the label; put the label's part between ( and )"
        )
    markers: list[Marker] = []
    taken = bytearray(len(content) + 1)
    for marker in _candidates(content, marks, page_marker):
        if marker.start == marker.end or not any(taken[marker.start : marker.end]):
            taken[marker.start : marker.end] = b"\x01" * (marker.end - marker.start)
            markers.append(marker)
    markers.sort(key=lambda m: (m.start, m.end))
    return tuple(_without_doubles(content, markers))


def _candidates(content: str, marks: Sequence[Mark], own: re.Pattern[str] | None) -> Iterator[Marker]:
    """Markers from the surest kind to the least; the first to take a place keeps it."""
    for mark in marks:
        if mark.kind == "page":
            worded = _WORDED.fullmatch(mark.label or "")
            yield Marker(_label(worded["label"]) if worded else mark.label, mark.start, mark.start, mark.inferred)
    if own is not None:
        for match in own.finditer(content):
            start, end = _trimmed(content, *match.span())
            if start < end:
                yield Marker(_label(match.group(1)), start, end)
    for line in _LINES.finditer(content):
        if line.group() == "\f":
            yield Marker(None, *line.span())
        else:
            yield from _in_line(content, *line.span())


def _in_line(content: str, start: int, end: int) -> Iterator[Marker]:
    start, end = _trimmed(content, start, end)
    if 0 < end - start <= _LONGEST:
        whole = _WORDED.fullmatch(content, start, end) or _BARE.fullmatch(content, start, end)
        if whole is not None:
            yield Marker(_label(whole.group(whole.lastgroup or 0)), start, end)
            return
        if _UNLABELLED.fullmatch(content, start, end):
            yield Marker(None, start, end)
            return
    if all(content.find(sign, start, end) < 0 for sign in _INLINE_ENDS):
        return
    for match in _INLINE.finditer(content, start, end):
        yield Marker(_label(match.group(match.lastgroup) if match.lastgroup else None), *match.span())


def _trimmed(content: str, start: int, end: int) -> tuple[int, int]:
    piece = content[start:end]
    return start + len(piece) - len(piece.lstrip()), max(start, end - (len(piece) - len(piece.rstrip())))


def _label(text: str | None) -> str | None:
    return "".join((text or "").split()).rstrip(".")[:40] or None


def _without_doubles(content: str, found: Sequence[Marker]) -> Iterator[Marker]:
    """The markers without doubles: beside a marker with a label, those without one go if only white space is between.

    "form feed, Page 54" is one page break; a form feed at the end of the file is none.
    """
    text_end = len(content.rstrip())
    for i, marker in enumerate(found):
        if marker.label is None:
            after = found[i + 1] if i + 1 < len(found) else None
            before = found[i - 1] if i else None
            if marker.start >= text_end:
                continue
            if after is not None and after.label is not None and not content[marker.end : after.start].strip():
                continue
            if before is not None and before.label is not None and not content[before.end : marker.start].strip():
                continue
        yield marker
