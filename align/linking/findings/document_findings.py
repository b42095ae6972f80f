"""Findings of whole documents (not found, in one language only, out of order) and of their page markers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from align.linking.findings.numbering import Draft, opening, page_name
from align.linking.places.marker_places import MarkerPlace
from align.model import Link, Page, SourceText, key
from align.model.language import primary


def document_findings(
    documents: Mapping[str, Sequence[SourceText]],
    transcribed: Mapping[str, Sequence[SourceText]],
    links: Sequence[Link],
    *,
    failed: bool,
) -> list[Draft]:
    """Documents that stand on no page, and documents with one language alone; `transcribed` are the transcriptions.

    `failed` says that some page could not be read.
    """
    placed = {link.document for link in links if link.areas}
    drafts = []
    for document, texts in documents.items():
        own = transcribed.get(document, ())
        if document not in placed:
            message = f"Nothing of “{document}” was found on the scans of this volume"
            message += "; it may stand on a page that could not be read." if failed else "."
            drafts.append(
                Draft(
                    "document-not-found",
                    "error",
                    message,
                    (key(document),),
                    document=document,
                    text=texts[0].path,
                    suggestion="Check that its pages were scanned and that it belongs to this volume.",
                )
            )
        if not own:
            message = f"“{document}” has no transcription in the language of its pages."
            drafts.append(
                Draft("no-transcription", "note", message, (key(document),), document=document, text=texts[0].path)
            )
        elif len(own) == len(texts):
            message = f"“{document}” has no translation."
            drafts.append(
                Draft("no-translation", "note", message, (key(document),), document=document, text=own[0].path)
            )
    return drafts


def lexicon_findings(
    languages: Iterable[tuple[str, str]], lexicon_of: Callable[[str, str], object | None]
) -> list[Draft]:
    """One note for each pair of languages whose sentences were paired without a word list, whichever way round."""
    pairs = dict.fromkeys(tuple(sorted(primary(tag) for tag in pair)) for pair in languages if "und" not in pair)
    return [
        Draft(
            "no-lexicon",
            "note",
            f"There is no word list for {one} and {two}: their sentences were aligned by length, numbers and names.",
            (key(one, two),),
        )
        for one, two in pairs
        if one != two and lexicon_of(one, two) is None
    ]


def marker_findings(
    pages: Sequence[Page],
    texts: Sequence[SourceText],
    places: Sequence[MarkerPlace],
    expected: Sequence[str | None],
) -> list[Draft]:
    """Markers that name another page than the one their words stand on, or that stand in the middle of a page.

    `expected` are the labels that the pages bear or must bear, None where nobody knows. Markers of one text that are
    off by the same amount one after another are one finding.
    """
    drafts: list[Draft] = []
    run: list[tuple[MarkerPlace, Page]] = []
    labelled = [
        replace(page, label=label, label_source="printed" if label else None)
        for page, label in zip(pages, expected, strict=True)
    ]
    for place in [*places, None]:
        if run and place is not None and place.after is None and place.text == run[0][0].text:
            continue  # of a page that is not there nobody knows whether its marker is off
        wrong = None
        if place is not None and place.after is not None:
            page = labelled[place.after]
            if run and place.text == run[0][0].text and place.marker.label and not page.label:
                continue  # nor where the page bears no number, and none can be told
            if place.marker.label and page.label and not same_label(place.marker.label, page.label):
                wrong = (place, page)
            elif place.before == place.after:
                drafts.append(_misplaced(texts[place.text], place, page))
        if run and (wrong is None or place is None or place.text != run[0][0].text or _drift(wrong) != _drift(run[0])):
            drafts.append(_disagreeing(texts[run[0][0].text], run))
            run = []
        if wrong is not None:
            run.append(wrong)
    return drafts


def translated_marker_findings(
    pages: Sequence[Page],
    texts: Sequence[SourceText],
    places: Sequence[MarkerPlace],
    expected: Sequence[str | None],
) -> list[Draft]:
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
    return [draft for draft in marker_findings(pages, texts, sure, expected) if draft.code == "label-disagrees"]


def same_label(one: str, other: str) -> bool:
    """Whether two labels are the same but for case, spaces, points and leading zeros."""
    return _plain_label(one) == _plain_label(other)


def _plain_label(label: str) -> str:
    return "".join(c for c in label.casefold() if c.isalnum()).lstrip("0")


def _drift(found: tuple[MarkerPlace, Page]) -> int | tuple[str, str | None]:
    marker, page = found[0].marker.label or "", found[1].label or ""
    return int(marker) - int(page) if marker.isdecimal() and page.isdecimal() else (marker, page)


def _disagreeing(text: SourceText, run: Sequence[tuple[MarkerPlace, Page]]) -> Draft:
    place, page = run[0]
    after = text.content[place.marker.end : place.marker.end + 200].strip()
    message = f"The marker “{place.marker.label}” stands before words that are on {page_name(page)}: “{opening(after)}”"
    if len(run) > 1:
        message += f" So do the next {len(run) - 1} markers, each off by as much."
    return Draft(
        code="label-disagrees",
        severity="warning",
        message=message,
        subjects=tuple(key(text.path, p.marker.label or "", q.key) for p, q in run),
        document=text.document,
        text=text.path,
        pages=tuple(q.order for _, q in run),
        spans=tuple((p.marker.start, p.marker.end) for p, _ in run if p.marker.start < p.marker.end),
        scan_text=page.label,
        source_text=place.marker.label,
        suggestion=f"Change the marker to “{page.label}” if the page bears that number." if len(run) == 1 else None,
    )


def _misplaced(text: SourceText, place: MarkerPlace, page: Page) -> Draft:
    named = f"The marker “{place.marker.label}”" if place.marker.label else "A page break"
    return Draft(
        code="marker-misplaced",
        severity="warning",
        message=f"{named} stands between words that are both on {page_name(page)}.",
        subjects=(key(text.path, place.marker.label or "", page.key),),
        document=text.document,
        text=text.path,
        pages=(page.order,),
        spans=((place.marker.start, place.marker.end),) if place.marker.start < place.marker.end else (),
        source_text=place.marker.label,
    )
