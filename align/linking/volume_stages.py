"""The stages in which a volume is linked; each takes frozen values and returns one.

Documents are placed on the pages; lines are marked with what they are; pages get their labels. `volume.link_volume`
goes through them, and through the stages that stand elsewhere: without_transcription.py reads from the pages where no
transcription is, linked_sentences.py links the sentences, and volume_findings.py finds what does not fit.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from align.bitext import Lexicon, align_sentences
from align.linking.lines.labels import expected_labels, numbered_heads, page_labels
from align.linking.lines.line_roles import line_roles
from align.linking.links.pairing import AlignSentences
from align.linking.places.copied_texts import Copies, copied_texts
from align.linking.places.marker_places import MarkerPlace, claims_of, marker_places
from align.linking.places.outlines import with_outlines
from align.linking.places.placed_texts import PlacedTexts
from align.model import NOTHING_DECIDED, Bead, Decided, LineAt, LineRole, Page, SourceText
from align.model.language import primary
from align.tuning.bitext import BitextTuning
from align.tuning.linking import LinkingTuning
from align.tuning.matching import MatchingTuning

LexiconOf = Callable[[str, str], Lexicon | None]
# From an aligner to one that gives the same beads, and may have kept them.
Keeping = Callable[[AlignSentences], AlignSentences]


@dataclass(frozen=True, slots=True)
class PlacedDocuments:
    """The documents of a volume, placed on its pages.

    `texts` are each document's texts, `transcriptions` the texts among them that stand on the pages. `copies` are the
    texts that are the same as another document's, or nearly.
    """

    texts: Mapping[str, tuple[SourceText, ...]]
    transcriptions: Mapping[str, tuple[SourceText, ...]]
    placed: PlacedTexts
    copies: Copies

    @property
    def orphans(self) -> list[SourceText]:
        """The first translation of each document without a transcription; none of a copied document."""
        left = self.copies.documents
        return [own[0] for name, own in self.texts.items() if not self.transcriptions[name] and name not in left]

    @property
    def translations(self) -> list[SourceText]:
        """All texts that are no transcription, document by document."""
        return [t for document, texts in self.texts.items() for t in texts if t not in self.transcriptions[document]]


def placed_documents(
    pages: Sequence[Page],
    texts: Sequence[SourceText],
    transcription_paths: Mapping[str, str] | None,
    *,
    decided: Decided = NOTHING_DECIDED,
    tuning: LinkingTuning,
    matching: MatchingTuning,
) -> PlacedDocuments:
    """The documents of these texts, with the lines that show them; what is `decided` of places is obeyed.

    A text may be a transcription if the editor says so, or if it is in a language of the pages and the editor has
    chosen none for its document.
    """
    texts_of: dict[str, list[SourceText]] = defaultdict(list)
    for text in texts:
        texts_of[text.document].append(text)
    languages, stated = _languages(pages, tuning.language_share), transcription_paths or {}
    candidates = [
        text
        for text in texts
        if (
            text.path == stated[text.document]
            if text.document in stated
            else primary(text.language) in languages or not languages
        )
    ]
    placed = PlacedTexts.of(pages, candidates, decided=decided, tuning=tuning, matching=matching)
    copies = copied_texts(pages, texts, placed, tuning=tuning, matching=matching)
    if not copies.texts.isdisjoint(placed.numbers):
        placed = PlacedTexts.of(
            pages, candidates, copies=copies.texts, decided=decided, tuning=tuning, matching=matching
        )
    return PlacedDocuments(
        {document: tuple(of_document) for document, of_document in texts_of.items()},
        {document: tuple(placed.transcriptions(of_document, tuning)) for document, of_document in texts_of.items()},
        placed,
        copies,
    )


def _languages(pages: Sequence[Page], language_share: float) -> set[str]:
    """The languages of the pages, less the languages of very few pages.

    The set is empty if no page's language is known: every text is then tried.
    """
    counts = Counter(primary(page.language) for page in pages if page.language and page.status == "ok")
    total = sum(counts.values())
    return {language for language, n in counts.items() if n > language_share * total}


@dataclass(frozen=True, slots=True)
class MarkedLines:
    """The pages with the role of each line, and which lines are taken.

    `claimed` holds, page by page, the indices of the lines that some text claims; `open_lines` are the lines of running
    text that no text claims, in page order, without the lines of copied pages.
    """

    pages: tuple[Page, ...]
    claimed: tuple[frozenset[int], ...]
    open_lines: tuple[LineAt, ...]

    def claiming(self, lines: Iterable[LineAt]) -> MarkedLines:
        """The same, where these lines are claimed too."""
        more: dict[int, set[int]] = defaultdict(set)
        for at in lines:
            more[at.page].add(at.line)
        claimed = tuple(indices.union(more[page]) for page, indices in enumerate(self.claimed))
        open_lines = tuple(at for at in self.open_lines if at.line not in claimed[at.page])
        return MarkedLines(self.pages, claimed, open_lines)


HEAD: LineRole = "running-head"


def marked_lines(pages: Sequence[Page], placed: PlacedTexts, tuning: LinkingTuning) -> MarkedLines:
    """The pages with the role of each line: from the texts, or else from where the line is on its page."""
    claimed = tuple(frozenset(by_line) for by_line in placed.matches)
    roles = line_roles(pages, claimed, tuning)
    better_roles: dict[LineAt, LineRole] = dict.fromkeys(numbered_heads(pages, claimed, tuning), HEAD)
    better_roles |= _roles_from_texts(placed)
    outlined = (with_outlines(page, tuning) for page in pages)
    marked = tuple(
        replace(
            page,
            lines=tuple(
                replace(line, role=better_roles.get(LineAt(p, i), role))
                for i, (line, role) in enumerate(zip(page.lines, roles_of_page, strict=True))
            ),
        )
        for p, (page, roles_of_page) in enumerate(zip(outlined, roles, strict=True))
    )
    open_lines = tuple(
        LineAt(p, i)
        for p, page in enumerate(marked)
        for i, line in enumerate(page.lines)
        if line.role == "body" and i not in claimed[p] and p not in placed.copies
    )
    return MarkedLines(marked, claimed, open_lines)


def _roles_from_texts(placed: PlacedTexts) -> dict[LineAt, LineRole]:
    """The roles that texts give to lines: heading or note if all that a line shows is one, else body."""
    roles: dict[LineAt, set[str]] = defaultdict(set)
    for at, showings in placed.showings.items():
        for showing in showings:
            roles[showing.at].add(placed.texts[at.text].sentences[at.sentence].role)
    named: dict[str, LineRole] = {"heading": "heading", "note": "note", "commentary": "note", "body": "body"}
    return {at: named[next(iter(shown))] if len(shown) == 1 else "body" for at, shown in roles.items()}


@dataclass(frozen=True, slots=True)
class LabelledPages:
    """The pages with their labels, the label expected for each, and where the markers of the transcriptions stand."""

    pages: tuple[Page, ...]
    expected: tuple[str | None, ...]
    markers: tuple[MarkerPlace, ...]


def labelled_pages(
    lines: MarkedLines,
    placed: PlacedTexts,
    assigned_labels: Sequence[str | None],
    tuning: LinkingTuning,
    decided: Decided = NOTHING_DECIDED,
) -> LabelledPages:
    """The pages with their labels; a page that repeats another says of which page it is a copy.

    A label that an editor decided comes before the one that is assigned.
    """
    assigned = [
        decided.labels.get(page.order) or (assigned_labels[index] if index < len(assigned_labels) else None)
        for index, page in enumerate(lines.pages)
    ]
    markers = marker_places(placed.texts, placed.showings, tuning)
    claims = claims_of(markers)
    joined = {place.after for place in markers if place.runs_on and place.after is not None}
    found = page_labels(lines.pages, assigned, claims, claimed=lines.claimed, joined=joined, tuning=tuning)
    bare = {order for order, label in decided.labels.items() if label is None}
    labels = [None if page.order in bare else label for page, label in zip(lines.pages, found, strict=True)]
    pages = tuple(
        replace(
            page,
            label=label.text if label else None,
            label_source=label.source if label else None,
            duplicate_of=lines.pages[placed.copies[p]].order if p in placed.copies else None,
        )
        for p, (page, label) in enumerate(zip(lines.pages, labels, strict=True))
    )
    borne = [page.label if page.label_source in ("printed", "assigned") else None for page in pages]
    return LabelledPages(pages, tuple(expected_labels(borne, claims, joined, tuning=tuning)), tuple(markers))


def as_it_is(align: AlignSentences) -> AlignSentences:
    """The aligner itself, where nothing is kept."""
    return align


def aligner(lexicon_of: LexiconOf, bitext: BitextTuning) -> AlignSentences:
    """The sentence aligner, with the lexicon between the languages of its texts."""

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
            lexicon=lexicon_of(left_language, right_language), tuning=bitext,
        )  # fmt: skip

    return align
