"""A volume linked: pages and texts in; labels, matches, links, beads and findings out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from align.bitext import Lexicon, align_sentences, shipped_lexicon
from align.linking.findings.document_findings import (
    document_findings,
    lexicon_findings,
    marker_findings,
    translated_marker_findings,
)
from align.linking.findings.link_findings import note_findings, told_of
from align.linking.findings.numbering import numbered, page_findings
from align.linking.findings.page_order import document_order_findings, misplaced_pages, page_order_findings
from align.linking.findings.pairing_findings import bead_findings, pairing_findings
from align.linking.findings.word_findings import word_findings
from align.linking.lines.labels import expected_labels, numbered_heads, page_labels
from align.linking.lines.line_roles import line_roles
from align.linking.links.bead_parts import divided
from align.linking.links.transcriptions import transcription_links
from align.linking.links.translations import (
    AlignSentences,
    Pairing,
    Share,
    counterparts,
    pair,
    translation_links,
    unpaired_links,
)
from align.linking.links.without_transcription import Untranscribed, read_from_pages
from align.linking.places.marker_places import claims_of, marker_places, translated_marker_places
from align.linking.places.placed_texts import PlacedTexts, primary
from align.model import (
    Bead,
    Line,
    LineRole,
    Link,
    LinkEvidence,
    Page,
    PairedTexts,
    PlainText,
    SourceText,
    VolumeResult,
    documents_of,
)

LexiconOf = Callable[[str, str], Lexicon | None]


def link_volume(
    volume: str,
    pages: Sequence[Page],
    texts: Sequence[SourceText],
    *,
    assigned_labels: Sequence[str | None] = (),
    transcription_paths: Mapping[str, str] | None = None,
    failures: Mapping[int, str] | None = None,
    details: Mapping[str, Mapping[str, str]] | None = None,
    lexicon_of: LexiconOf = shipped_lexicon,
) -> VolumeResult:
    """The volume with the links of every sentence of these texts, and what does not fit.

    Pages come in order, read, without labels; texts in the order in which results are written. `assigned_labels` are
    the editor's, by page, and so are `transcription_paths`, the transcription's path by document; `failures` says of
    failed pages, by order, why; `details` says, by document, what the editor knows of it; `lexicon_of` gives the
    lexicon between two languages, None where there is none.
    """
    align = _aligner(lexicon_of)
    chosen = transcription_paths or {}
    documents: dict[str, list[SourceText]] = defaultdict(list)
    for text in texts:
        documents[text.document].append(text)
    languages = _languages(pages)
    candidates = [
        t
        for t in texts
        if (t.path == chosen[t.document] if t.document in chosen else primary(t.language) in languages or not languages)
    ]
    found = PlacedTexts.of(pages, candidates)
    transcribed = {document: found.transcriptions(own) for document, own in documents.items()}
    claimed = [dict.fromkeys(by_line) for by_line in found.matches]
    copies = {pages[p].order for p in found.copies}

    orphans = [own[0] for document, own in documents.items() if not transcribed[document]]
    roles = line_roles(pages, claimed)
    given = dict.fromkeys(numbered_heads(pages, claimed), HEAD) | _roles_from_texts(found)
    marked = [
        _with_roles(page, [given.get((p, i), role) for i, role in enumerate(own)])
        for p, (page, own) in enumerate(zip(pages, roles, strict=True))
    ]
    free = [
        [
            i
            for i, line in enumerate(page.lines)
            if line.role == "body" and i not in claimed[p] and page.order not in copies
        ]
        for p, page in enumerate(marked)
    ]
    read = read_from_pages(marked, free, orphans, align)
    for own in read:
        for p, i in own.lines:
            claimed[p][i] = None

    places = marker_places(found.texts, found.showings)
    claims = claims_of(places)
    joined = {place.after for place in places if place.runs_on and place.after is not None}
    labels = page_labels(marked, assigned_labels, claims, claimed=claimed, joined=joined)
    finished = tuple(
        replace(
            page,
            label=label.text if label else None,
            label_source=label.source if label else None,
            duplicate_of=pages[found.copies[p]].order if p in found.copies else None,
        )
        for p, (page, label) in enumerate(zip(marked, labels, strict=True))
    )

    borne = [page.label if page.label_source in ("printed", "assigned") else None for page in finished]
    expected = expected_labels(borne, claims, joined)

    pairings = [
        pair(own[0], text, align)
        for document, own in transcribed.items()
        if own
        for text in documents[document]
        if text not in own
    ]
    links, evidence = _links(
        finished, texts, found, [t for own in transcribed.values() for t in own], pairings, read, align
    )
    by_id = {link.sentence: link for link in links}
    translations = [text for document, own in documents.items() for text in own if text not in transcribed[document]]
    open_lines = {(p, i) for p, own in enumerate(free) for i in own if i not in claimed[p]}
    misplaced = misplaced_pages(finished, links)
    about_words = word_findings(finished, found, links, open_lines, claimed, misplaced)
    moved = told_of(draft for draft in about_words if draft.code == "text-out-of-order")
    findings = numbered(
        volume,
        [
            *page_findings(finished, failures or {}),
            *document_findings(documents, transcribed, links, failed=any(p.status == "failed" for p in finished)),
            *lexicon_findings(
                [
                    *((p.transcription.language, p.translation.language) for p in pairings),
                    *((own.language, own.text.language) for own in read),
                ],
                lexicon_of,
            ),
            *document_order_findings(list(documents), links),
            *page_order_findings(finished, misplaced),
            *marker_findings(finished, found.texts, places, expected),
            *translated_marker_findings(
                finished, translations, translated_marker_places(translations, links, finished), expected
            ),
            *about_words,
            *note_findings(texts),
            *(draft for pairing in pairings for draft in pairing_findings(pairing, by_id, align, moved)),
            *(draft for pairing in pairings for draft in bead_findings(pairing, by_id)),
        ],
    )
    return VolumeResult(
        volume=volume,
        pages=finished,
        matches=tuple(found.matches),
        documents=documents_of(texts, links, details=details),
        links=tuple(links),
        pairs=tuple(PairedTexts(p.transcription.path, p.translation.path, p.beads) for p in pairings),
        findings=findings,
        texts=tuple(PlainText(text.path, text.document, text.language, text.content) for text in texts),
        evidence=evidence,
    )


HEAD: LineRole = "running-head"


def _aligner(lexicon_of: LexiconOf) -> AlignSentences:
    """The sentence aligner with the lexicon between the languages of its texts."""

    def align(
        left: Sequence[str],
        right: Sequence[str],
        *,
        left_language: str,
        right_language: str,
        left_paragraphs: Sequence[int] | None = None,
        right_paragraphs: Sequence[int] | None = None,
    ) -> list[Bead]:
        return align_sentences(
            left, right, left_language=left_language, right_language=right_language,
            left_paragraphs=left_paragraphs, right_paragraphs=right_paragraphs,
            lexicon=lexicon_of(left_language, right_language),
        )  # fmt: skip

    return align


def _languages(pages: Sequence[Page]) -> set[str]:
    """The languages of the pages, less those of single pages that may have been misjudged in a long volume.

    Empty where no page's could be told: every text is then tried.
    """
    counts = Counter(primary(page.language) for page in pages if page.language and page.status == "ok")
    total = sum(counts.values())
    return {language for language, n in counts.items() if n > 0.02 * total}


def _with_roles(page: Page, roles: Sequence[LineRole]) -> Page:
    lines: tuple[Line, ...] = tuple(replace(line, role=role) for line, role in zip(page.lines, roles, strict=True))
    return replace(page, lines=lines)


def _roles_from_texts(found: PlacedTexts) -> dict[tuple[int, int], LineRole]:
    """The roles that texts give to lines: heading or note where all of what a line shows is one."""
    roles: dict[tuple[int, int], set[str]] = defaultdict(set)
    for (text, sentence), showings in found.showings.items():
        for showing in showings:
            roles[showing.page, showing.line].add(found.texts[text].sentences[sentence].role)
    named: dict[str, LineRole] = {"heading": "heading", "note": "note", "commentary": "note", "body": "body"}
    return {place: named[next(iter(own))] if len(own) == 1 else "body" for place, own in roles.items()}


def _links(
    pages: Sequence[Page],
    texts: Sequence[SourceText],
    found: PlacedTexts,
    transcriptions: Sequence[SourceText],
    pairings: Sequence[Pairing],
    read: Sequence[Untranscribed],
    align: AlignSentences,
) -> tuple[list[Link], dict[str, LinkEvidence]]:
    """All links, text by text in the order of the texts, and what those of the transcriptions rest on."""
    numbered_texts = {found.numbers[text.path]: text for text in transcriptions}
    others = counterparts(pairings)
    own = transcription_links(pages, numbered_texts, found.showings, found.steady, others)
    by_id = {link.sentence: link for link, _ in own}
    by_text: dict[str, list[Link]] = defaultdict(list)
    for link, _ in own:
        by_text[link.text].append(link)
    for pairing in pairings:
        shares = _shares(pages, found, pairing, align)
        by_text[pairing.translation.path] = translation_links(pairing, by_id, shares=shares)
    for entry in read:
        by_text[entry.text.path] = list(entry.links)
    links = [link for text in texts for link in (by_text[text.path] if text.path in by_text else unpaired_links(text))]
    return links, {link.sentence: seen for link, seen in own}


def _shares(pages: Sequence[Page], found: PlacedTexts, pairing: Pairing, align: AlignSentences) -> dict[int, Share]:
    """For translated sentences that share counterparts, by index, the places that are each one's own."""
    parts = [part for bead in pairing.beads for part in divided(pairing, bead, align)]
    if not parts:
        return {}
    number = found.numbers[pairing.transcription.path]
    sentences = {i for bead in pairing.beads if len(bead.right) > 1 for i in bead.left}
    areas = found.shown_parts(pages, number, sentences, [part.spans for part in parts])
    return {
        right: Share(own, part.score) for part, own in zip(parts, areas, strict=True) if own for right in part.rights
    }
