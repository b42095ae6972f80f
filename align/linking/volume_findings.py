"""The last stage of linking a volume: all findings, in the order in which they are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from align.linking.findings.catalogue.sentence_entries import TEXT_OUT_OF_ORDER
from align.linking.findings.copy_findings import copy_findings
from align.linking.findings.document_findings import (
    document_findings,
    lexicon_findings,
    marker_findings,
    translated_marker_findings,
)
from align.linking.findings.link_findings import named_sentences, note_findings
from align.linking.findings.numbering import numbered
from align.linking.findings.page_findings import page_findings
from align.linking.findings.page_order import document_order_findings, misplaced_pages, page_order_findings
from align.linking.findings.pairing_findings import bead_findings, pairing_findings
from align.linking.findings.stated_facts import StatedFacts, stated_findings
from align.linking.findings.word_findings import word_findings
from align.linking.linked_sentences import LinkedSentences
from align.linking.links.pairing import AlignSentences
from align.linking.places.marker_places import translated_marker_places
from align.linking.volume_stages import LabelledPages, LexiconOf, MarkedLines, PlacedDocuments
from align.linking.words.second_looks import LookAgain
from align.model import Finding, SourceText
from align.tuning.linking import LinkingTuning


def findings_of(
    volume: str,
    texts: Sequence[SourceText],
    documents: PlacedDocuments,
    lines: MarkedLines,
    labelled: LabelledPages,
    linked: LinkedSentences,
    *,
    failures: Mapping[int, str],
    stated: StatedFacts,
    align: AlignSentences,
    lexicon_of: LexiconOf,
    look_again: LookAgain,
    tuning: LinkingTuning,
) -> tuple[Finding, ...]:
    """All findings of a volume, in the order in which they are written: pages, documents, markers, words, pairs."""
    pages, links, pairings = labelled.pages, linked.links, linked.pairings
    by_sentence = {link.sentence: link for link in links}
    misplaced = misplaced_pages(pages, links, tuning)
    about_words = word_findings(
        pages, documents.placed, links, set(lines.open_lines), lines.claimed, misplaced, look_again, tuning
    )
    moved = named_sentences(finding for finding in about_words if finding.code == TEXT_OUT_OF_ORDER.code)
    any_failed = any(page.status == "failed" for page in pages)
    languages = [
        *((pairing.transcription.language, pairing.translation.language) for pairing in pairings),
        *((entry.language, entry.text.language) for entry in linked.untranscribed),
    ]
    translated_markers = translated_marker_places(documents.translations, links, pages, tuning)
    return numbered(
        volume,
        [
            *page_findings(pages, failures),
            *stated_findings(volume, stated, pages, links),
            *document_findings(
                documents.texts, documents.transcriptions, links, copied=documents.copies.documents, failed=any_failed
            ),
            *copy_findings(documents.copies),
            *lexicon_findings(languages, lexicon_of),
            *document_order_findings(list(documents.texts), links),
            *page_order_findings(pages, misplaced),
            *marker_findings(pages, documents.placed.texts, labelled.markers, labelled.expected),
            *translated_marker_findings(pages, documents.translations, translated_markers, labelled.expected),
            *about_words,
            *note_findings(texts),
            *(
                finding
                for pairing in pairings
                for finding in pairing_findings(pairing, by_sentence, align, moved, tuning)
            ),
            *(finding for pairing in pairings for finding in bead_findings(pairing, by_sentence, tuning)),
        ],
    )
