"""A volume linked: pages and texts in; labels, matches, links, beads and findings out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from align.bitext import shipped_lexicon
from align.linking.findings.stated_facts import NOTHING_STATED, StatedFacts
from align.linking.lines.whole_rows import with_whole_rows
from align.linking.linked_sentences import linked_sentences
from align.linking.links.decided_links import lines_of_decided
from align.linking.links.pairing import AlignSentences
from align.linking.links.without_transcription import Untranscribed, read_from_pages
from align.linking.volume_findings import findings_of
from align.linking.volume_stages import (
    Keeping,
    LexiconOf,
    MarkedLines,
    PlacedDocuments,
    aligner,
    as_it_is,
    labelled_pages,
    marked_lines,
    placed_documents,
)
from align.linking.words.second_looks import LookAgain, no_second_look
from align.model import NOTHING_DECIDED, Decided, Page, PairedTexts, PlainText, SourceText, VolumeResult, documents_of
from align.tuning.bitext import BITEXT, BitextTuning
from align.tuning.linking import LINKING, LinkingTuning
from align.tuning.matching import MATCHING, MatchingTuning


def link_volume(
    volume: str,
    pages: Sequence[Page],
    texts: Sequence[SourceText],
    *,
    assigned_labels: Sequence[str | None] = (),
    transcription_paths: Mapping[str, str] | None = None,
    failures: Mapping[int, str] | None = None,
    details: Mapping[str, Mapping[str, str]] | None = None,
    stated: StatedFacts = NOTHING_STATED,
    decided: Decided = NOTHING_DECIDED,
    lexicon_of: LexiconOf = shipped_lexicon,
    look_again: LookAgain = no_second_look,
    keeping: Keeping = as_it_is,
    tuning: LinkingTuning = LINKING,
    matching: MatchingTuning = MATCHING,
    bitext: BitextTuning = BITEXT,
) -> VolumeResult:
    """The volume with the links of every sentence of these texts, and what does not fit.

    `pages` are in order, read, and without labels; `texts` are in the order in which results are written.
    `assigned_labels` are the editor's labels, page by page. `transcription_paths` gives the path of a document's
    transcription where the editor has chosen it. `failures` gives the cause for each failed page, by order. `details`
    gives for a document what the editor knows of it. `stated` is what the editor says of the pages, to be compared;
    `decided` is what editors decided, to be obeyed. `lexicon_of` gives the lexicon between two languages, or None.
    `look_again` reads words in doubt again. `keeping` lets an aligner keep its beads. The rest are the tuned numbers.
    """
    align = keeping(aligner(lexicon_of, bitext))
    pages = [with_whole_rows(page, tuning) for page in pages]
    documents = placed_documents(pages, texts, transcription_paths, decided=decided, tuning=tuning, matching=matching)
    lines = marked_lines(pages, documents.placed, tuning)
    lines, untranscribed = _untranscribed(lines, documents, align, decided, tuning)
    labelled = labelled_pages(lines, documents.placed, assigned_labels, tuning, decided)
    linked = linked_sentences(labelled.pages, texts, documents, untranscribed, align, tuning, decided)
    documents = replace(documents, placed=documents.placed.without_showings())
    findings = findings_of(
        volume,
        texts,
        documents,
        lines,
        labelled,
        linked,
        failures=failures or {},
        stated=stated,
        align=align,
        lexicon_of=lexicon_of,
        look_again=look_again,
        tuning=tuning,
    )
    return VolumeResult(
        volume=volume,
        pages=labelled.pages,
        matches=documents.placed.matches,
        documents=documents_of(texts, linked.links, details=details),
        links=linked.links,
        pairs=tuple(PairedTexts(p.transcription.path, p.translation.path, p.beads) for p in linked.pairings),
        findings=findings,
        texts=tuple(PlainText(text.path, text.document, text.language, text.content) for text in texts),
        evidence=linked.evidence,
    )


def _untranscribed(
    lines: MarkedLines, documents: PlacedDocuments, align: AlignSentences, decided: Decided, tuning: LinkingTuning
) -> tuple[MarkedLines, list[Untranscribed]]:
    """The lines, with those claimed that documents without a transcription have; and these documents."""
    found = read_from_pages(lines.pages, lines.open_lines, documents.orphans, align, tuning, decided)
    claiming = lines.claiming([at for entry in found for at in entry.lines])
    return claiming.claiming(lines_of_decided(lines.pages, documents.orphans, decided)), found
