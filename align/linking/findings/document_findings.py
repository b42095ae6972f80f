"""Findings of whole documents (not found, in one language only, out of order) and of their page markers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from align.linking.findings.catalogue import Entry
from align.linking.findings.catalogue.document_entries import (
    DOCUMENT_NOT_FOUND,
    NO_LEXICON,
    NO_TRANSCRIPTION,
    NO_TRANSLATION,
)
from align.linking.findings.catalogue.page_entries import LABEL_DISAGREES, MARKER_MISPLACED
from align.linking.places.marker_places import MarkerPlace
from align.model import Finding, Link, Page, PageName, SourceText, key
from align.model.language import primary


def document_findings(
    documents: Mapping[str, Sequence[SourceText]],
    transcribed: Mapping[str, Sequence[SourceText]],
    links: Sequence[Link],
    *,
    copied: Collection[str] = (),
    failed: bool,
) -> list[Finding]:
    """Documents that stand on no page, and documents with one language alone; `transcribed` are the transcriptions.

    `copied` are documents that leave their pages to another, whose text is the same.
    `failed` says that some page could not be read.
    """
    placed = {link.document for link in links if link.areas}
    findings = []
    for document, texts in documents.items():
        transcriptions = transcribed.get(document, ())
        if document not in placed and document not in copied:
            case = "pages-failed" if failed else ""
            findings.append(_about_document(DOCUMENT_NOT_FOUND, document, texts[0].path, case=case))
        if not transcriptions:
            findings.append(_about_document(NO_TRANSCRIPTION, document, texts[0].path))
        elif len(transcriptions) == len(texts):
            findings.append(_about_document(NO_TRANSLATION, document, transcriptions[0].path))
    return findings


def _about_document(entry: Entry, document: str, path: str, *, case: str = "") -> Finding:
    return Finding(
        code=entry.code,
        severity=entry.severity,
        case=case,
        values={"document": document},
        subjects=(key(document),),
        document=document,
        text=path,
    )


def lexicon_findings(
    languages: Iterable[tuple[str, str]], lexicon_of: Callable[[str, str], object | None]
) -> list[Finding]:
    """One note for each pair of languages whose sentences were paired without a word list, whichever way round."""
    pairs = dict.fromkeys(tuple(sorted(primary(tag) for tag in pair)) for pair in languages if "und" not in pair)
    return [
        Finding(
            code=NO_LEXICON.code,
            severity=NO_LEXICON.severity,
            values={"one": one, "other": two},
            subjects=(key(one, two),),
        )
        for one, two in pairs
        if one != two and lexicon_of(one, two) is None
    ]


def marker_findings(
    pages: Sequence[Page],
    texts: Sequence[SourceText],
    places: Sequence[MarkerPlace],
    expected: Sequence[str | None],
) -> list[Finding]:
    """Markers that name another page than the one their words stand on, or that stand in the middle of a page.

    `expected` are the labels that the pages bear or must bear, None where nobody knows. Markers of one text that are
    off by the same amount one after another are one finding.
    """
    findings: list[Finding] = []
    run: list[tuple[MarkerPlace, Page]] = []
    labelled = [
        replace(page, label=label, label_source="printed" if label else None)
        for page, label in zip(pages, expected, strict=True)
    ]
    for place in [*places, None]:
        if run and place is not None and place.after is None and place.text == run[0][0].text:
            continue  # the marker of a page that is not there can be neither right nor wrong
        wrong = None
        if place is not None and place.after is not None:
            page = labelled[place.after]
            if run and place.text == run[0][0].text and place.marker.label and not page.label:
                continue  # nor can that of a page without a number, if none is known
            if place.marker.label and page.label and not same_label(place.marker.label, page.label):
                wrong = (place, page)
            elif place.before == place.after:
                findings.append(_misplaced(texts[place.text], place, page))
        if run and (wrong is None or place is None or place.text != run[0][0].text or _drift(wrong) != _drift(run[0])):
            findings.append(_disagreeing(texts[run[0][0].text], run))
            run = []
        if wrong is not None:
            run.append(wrong)
    return findings


def translated_marker_findings(
    pages: Sequence[Page],
    texts: Sequence[SourceText],
    places: Sequence[MarkerPlace],
    expected: Sequence[str | None],
) -> list[Finding]:
    """Markers of translations that name another page than those on which the sentences around them stand.

    `expected` as in `marker_findings`. A translated sentence is not placed to the word, so either of the two pages
    will do.
    """
    sure = [
        place
        for place in places
        if place.after is None
        or not any(
            same_label(place.marker.label or "", pages[index].label or "")
            for index in (place.before, place.after)
            if index is not None
        )
    ]
    return [own for own in marker_findings(pages, texts, sure, expected) if own.code == LABEL_DISAGREES.code]


def same_label(one: str, other: str) -> bool:
    """Whether two labels are the same but for case, spaces, points and leading zeros."""
    return _plain_label(one) == _plain_label(other)


def _plain_label(label: str) -> str:
    return "".join(c for c in label.casefold() if c.isalnum()).lstrip("0")


def _drift(found: tuple[MarkerPlace, Page]) -> int | tuple[str, str | None]:
    marker, page = found[0].marker.label or "", found[1].label or ""
    return int(marker) - int(page) if marker.isdecimal() and page.isdecimal() else (marker, page)


def _disagreeing(text: SourceText, run: Sequence[tuple[MarkerPlace, Page]]) -> Finding:
    place, page = run[0]
    after = text.content[place.marker.end : place.marker.end + WORDS_AFTER_LETTERS].strip()
    return Finding(
        code=LABEL_DISAGREES.code,
        severity=LABEL_DISAGREES.severity,
        case="several" if len(run) > 1 else "one",
        values={
            "marker": place.marker.label or "",
            "page": PageName.of(page),
            "text": after,
            "more": len(run) - 1,
            "label": page.label or "",
        },
        subjects=tuple(key(text.path, p.marker.label or "", q.key) for p, q in run),
        document=text.document,
        text=text.path,
        pages=tuple(q.order for _, q in run),
        spans=tuple((p.marker.start, p.marker.end) for p, _ in run if p.marker.start < p.marker.end),
        scan_text=page.label,
        source_text=place.marker.label,
    )


# The words after a marker are quoted from this number of letters.
WORDS_AFTER_LETTERS = 200


def _misplaced(text: SourceText, place: MarkerPlace, page: Page) -> Finding:
    return Finding(
        code=MARKER_MISPLACED.code,
        severity=MARKER_MISPLACED.severity,
        case="label" if place.marker.label else "break",
        values={"marker": place.marker.label or "", "page": PageName.of(page)},
        subjects=(key(text.path, place.marker.label or "", page.key),),
        document=text.document,
        text=text.path,
        pages=(page.order,),
        spans=((place.marker.start, place.marker.end),) if place.marker.start < place.marker.end else (),
        source_text=place.marker.label,
    )
