"""The stage in which sentences are linked: transcriptions to the lines that show them, translations through these."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from align.linking.links.bead_parts import divided
from align.linking.links.decided_links import decided_links
from align.linking.links.pairing import AlignSentences, Pairing, counterparts, pair
from align.linking.links.transcriptions import transcription_links
from align.linking.links.translations import Share, translation_links, unpaired_links
from align.linking.links.without_transcription import Untranscribed
from align.linking.places.placed_texts import PlacedTexts
from align.linking.volume_stages import PlacedDocuments
from align.model import NOTHING_DECIDED, Decided, Link, LinkEvidence, Page, SourceText
from align.tuning.linking import LinkingTuning


@dataclass(frozen=True, slots=True)
class LinkedSentences:
    """The links of all texts, in the order of the texts, and the values that they were made from.

    `evidence` holds, by sentence id, the evidence for the links of the transcriptions. `pairings` join transcriptions
    and translations. `untranscribed` are the translations that were linked to lines directly.
    """

    links: tuple[Link, ...]
    evidence: Mapping[str, LinkEvidence]
    pairings: tuple[Pairing, ...]
    untranscribed: tuple[Untranscribed, ...]


def linked_sentences(
    pages: Sequence[Page],
    texts: Sequence[SourceText],
    documents: PlacedDocuments,
    untranscribed: Sequence[Untranscribed],
    align: AlignSentences,
    tuning: LinkingTuning,
    decided: Decided = NOTHING_DECIDED,
) -> LinkedSentences:
    """The links of all texts: transcriptions by the lines that show them, translations through their counterparts.

    Links and pairs that an editor decided are as they were decided.
    """
    placed = documents.placed
    pairings = tuple(
        pair(transcriptions[0], text, align, decided.pairs)
        for document, transcriptions in documents.transcriptions.items()
        if transcriptions
        for text in documents.texts[document]
        if text not in transcriptions
    )
    by_number = {placed.numbers[t.path]: t for of_document in documents.transcriptions.values() for t in of_document}
    answers, copies = counterparts(pairings), documents.copies.texts
    judged = transcription_links(pages, by_number, placed.showings, placed.steady, answers, tuning, copies=copies)
    by_text: dict[str, list[Link]] = defaultdict(list)
    for link, _ in judged:
        by_text[link.text].append(link)
    by_text.update({path: decided_links(pages, links, decided) for path, links in by_text.items()})
    by_sentence = {link.sentence: link for links in by_text.values() for link in links}
    for pairing in pairings:
        shares = _shares(pages, placed, pairing, align, tuning)
        of_translation = translation_links(pairing, by_sentence, shares=shares, tuning=tuning)
        by_text[pairing.translation.path] = decided_links(pages, of_translation, decided)
    for text in texts:
        if text.path not in by_text:
            by_text[text.path] = decided_links(pages, unpaired_links(text, copies), decided)
    for entry in untranscribed:
        by_text[entry.text.path] = decided_links(pages, entry.links, decided)
    return LinkedSentences(
        links=tuple(link for text in texts for link in by_text[text.path]),
        evidence={link.sentence: evidence for link, evidence in judged},
        pairings=pairings,
        untranscribed=tuple(untranscribed),
    )


def _shares(
    pages: Sequence[Page], placed: PlacedTexts, pairing: Pairing, align: AlignSentences, tuning: LinkingTuning
) -> dict[int, Share]:
    """For translated sentences that share counterparts, by index, the places that belong to each of them alone."""
    parts = [part for bead in pairing.beads for part in divided(pairing, bead, align, tuning)]
    if not parts:
        return {}
    number = placed.numbers[pairing.transcription.path]
    sentences = {i for bead in pairing.beads if len(bead.right) > 1 for i in bead.left}
    areas_of_parts = placed.shown_parts(pages, number, sentences, [part.spans for part in parts], tuning)
    return {
        right: Share(areas, part.score)
        for part, areas in zip(parts, areas_of_parts, strict=True)
        if areas
        for right in part.rights
    }
