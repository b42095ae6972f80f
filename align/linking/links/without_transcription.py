"""Translations of documents that have no transcription: what was read on the pages stands in for it.

The lines that no text claims are joined, in page order, into the sentences that they read. The translations without a
transcription, one after the other, are paired with these as with the sentences of a transcription. A sentence is then
linked via "ocr-bead".
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from align.linking.lines.unclaimed_paragraphs import plain_reading, read_paragraphs
from align.linking.links.decided_pairs import FixedBeads
from align.linking.links.pairing import AlignSentences, Side, paired
from align.linking.links.translations import Counterpart, link_through
from align.linking.places.decided_boxes import words_under
from align.linking.places.placing import PlacedLine, areas_of, sentence_showings
from align.linking.places.running_text import plain_text
from align.model import NOTHING_DECIDED, Bead, Decided, LineAt, Link, Page, Role, SourceText, Span, index_by_order
from align.text.sentences import split_sentences
from align.tuning.linking import LINKING, LinkingTuning


@dataclass(frozen=True, slots=True)
class Untranscribed:
    """A translation, its links through what was read, the language that was read, and the lines that the links show."""

    text: SourceText
    language: str
    links: tuple[Link, ...]
    lines: tuple[LineAt, ...]


@dataclass(frozen=True, slots=True)
class _ReadText:
    """What unclaimed lines read: its characters, its sentences as spans, where paragraphs begin, and the lines."""

    content: str
    sentences: tuple[Span, ...]
    paragraphs: tuple[int, ...]
    placed: tuple[PlacedLine, ...]


def read_from_pages(
    pages: Sequence[Page],
    open_lines: Sequence[LineAt],
    orphans: Sequence[SourceText],
    align: AlignSentences,
    tuning: LinkingTuning = LINKING,
    decided: Decided = NOTHING_DECIDED,
) -> list[Untranscribed]:
    """The links of the translations that have no transcription, but whose original is in the open lines.

    What was read under the boxes that an editor placed is the original of the sentence that was placed there; the rest
    is paired before and after it.

    `orphans` are all translations without a transcription; one whose original is not found gets no entry. `open_lines`
    are the lines of the body of the pages that no text claims, in page order.
    """
    if (
        not orphans
        or sum(len(pages[at.page].lines[at.line].text) for at in open_lines) < tuning.links.unclaimed_characters
    ):
        return []
    language = Counter(pages[at.page].language or "und" for at in open_lines).most_common(1)[0][0]
    read = _as_text(pages, open_lines, language, tuning)
    contents = tuple(read.content[start:end] for start, end in read.sentences)
    roles: tuple[Role, ...] = tuple("body" for _ in contents)
    side = Side(language, contents, roles, read.paragraphs)
    beads = paired(side, Side.of(orphans), align, _fixed(pages, read, orphans, decided))
    links_of_orphans = _links(orphans, beads, _on_pages(pages, read, tuning), tuning)
    index_of = index_by_order(pages)
    result = []
    for orphan in orphans:
        links = [next(links_of_orphans) for _ in orphan.sentences]
        body = [link for link in links if link.role == "body"] or links
        if body and sum(link.score for link in body) / len(body) >= tuning.links.least_mean_score:
            shown = sorted({(area.page, i) for link in links for area in link.areas for i in area.lines_read})
            lines = tuple(LineAt(index_of[order], i) for order, i in shown)
            result.append(Untranscribed(orphan, language, tuple(links), lines))
    return result


def _fixed(pages: Sequence[Page], read: _ReadText, orphans: Sequence[SourceText], decided: Decided) -> FixedBeads:
    """The beads of the sentences that an editor placed: with the sentences read that are mostly under their boxes."""
    beads: list[Bead] = []
    taken: set[int] = set()
    places_of: dict[LineAt, list[int]] = defaultdict(list)
    for number, place in enumerate(read.placed):
        places_of[place.at].append(number)
    for number, sentence in enumerate(sentence for orphan in orphans for sentence in orphan.sentences):
        link = decided.links.get(sentence.id)
        if link is None or link.choice not in ("right", "placed"):
            continue
        under = Counter(word.of_line for word in words_under(pages, link.places))
        shares = {at: n / len(pages[at.page].lines[at.line].words) for at, n in under.items()}
        covered: dict[int, float] = defaultdict(float)
        for place in (read.placed[n] for n in sorted(n for at in shares for n in places_of[at])):
            first = max(0, bisect_right(read.sentences, (place.start, place.start)) - 1)
            for index in range(first, bisect_left(read.sentences, (place.end, place.end))):
                start, end = read.sentences[index]
                covered[index] += shares[place.at] * max(0, min(end, place.end) - max(start, place.start))
        shown = [
            index
            for index in sorted(covered)
            if index not in taken and 2 * covered[index] >= read.sentences[index][1] - read.sentences[index][0]
        ]
        taken.update(shown)
        beads.append(Bead(tuple(shown), (number,), 1.0))
    return FixedBeads.with_dividers(beads)


def _on_pages(pages: Sequence[Page], read: _ReadText, tuning: LinkingTuning) -> dict[int, Counterpart]:
    """For each sentence read, by index, its places; sentences that no line shows are left out."""
    spans = [[[span] for span in read.sentences]]
    showings = sentence_showings(pages, spans, plain_text(read.content), read.placed, tuning)
    return {
        at.sentence: Counterpart(
            id=None,
            areas=areas_of(pages, read.content, [read.sentences[at.sentence]], shown),
            score=1.0,
            status="linked",
            reason=None,
        )
        for at, shown in showings.items()
    }


def _links(
    orphans: Sequence[SourceText], beads: Sequence[Bead], on_pages: dict[int, Counterpart], tuning: LinkingTuning
) -> Iterator[Link]:
    """The links of the orphans' sentences, one text after the other, as the beads count them."""
    bead_of = {i: bead for bead in beads for i in bead.right}
    sentences = [(orphan, sentence) for orphan in orphans for sentence in orphan.sentences]
    for index, (orphan, sentence) in enumerate(sentences):
        bead = bead_of.get(index)
        answered = [on_pages[i] for i in bead.left if i in on_pages] if bead else []
        bead_score = bead.score if bead else 0.0
        yield link_through(orphan, sentence, answered, bead_score, via="ocr-bead", tuning=tuning)


def _as_text(pages: Sequence[Page], lines: Sequence[LineAt], language: str, tuning: LinkingTuning) -> _ReadText:
    """The lines as one text in sentences, with where each line stands in it; words divided at line ends are joined.

    No sentence runs over lines that some text claims, or over the end of a paragraph.
    """
    finished: list[str] = []
    start = 0
    placed: list[PlacedLine] = []
    sentences: list[Span] = []
    paragraphs: list[int] = []
    for paragraph in read_paragraphs(pages, lines, tuning):
        content = ""
        for at in paragraph:
            words = plain_reading(pages[at.page].lines[at.line].text)
            if len(content) > 1 and content[-1] in "-¬" and content[-2].isalpha() and words[:1].islower():
                content = content[:-1]
                placed[-1] = replace(placed[-1], end=start + len(content))
            elif words and content:
                content += " "
            begins = start + len(content)
            placed.append(PlacedLine(at.page, at.line, begins, begins + len(words), 1.0))
            content += words
        paragraphs.append(len(sentences))
        sentences += [(start + a, start + b) for a, b in split_sentences(content, language)]
        finished.append(content + "\n")
        start += len(finished[-1])
    shown = tuple(place for place in placed if place.start < place.end)
    return _ReadText("".join(finished), tuple(sentences), tuple(paragraphs), shown)
