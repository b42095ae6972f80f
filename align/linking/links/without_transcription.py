"""Translations of documents that have no transcription: what was read on the pages stands in for it.

The lines that no text claims are joined, in page order, into the sentences that they read; the orphaned translations,
one after another, are aligned with these as with any transcription. A sentence is then linked via "ocr-bead".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from align.linking.lines.unclaimed_paragraphs import plain_reading, read_paragraphs
from align.linking.links.translations import AlignSentences, pair, translation_links
from align.linking.places.placing import Placed, areas_of, sentence_showings
from align.linking.places.running_text import running_text
from align.model import Link, Page, Sentence, SourceText, Span
from align.text.sentences import split_sentences

# Fewer unclaimed letters than this are scraps: no document stands there.
LEAST_LETTERS = 60
# Beads of a whole document that are on the average less sure than this are chance: nothing of it is linked.
LEAST_SCORE = 0.3


@dataclass(frozen=True, slots=True)
class Untranscribed:
    """A translation, its links through what was read (in this language), and the lines (by index) that they show."""

    text: SourceText
    language: str
    links: tuple[Link, ...]
    lines: tuple[tuple[int, int], ...]


def read_from_pages(
    pages: Sequence[Page], free: Sequence[Sequence[int]], orphans: Sequence[SourceText], align: AlignSentences
) -> list[Untranscribed]:
    """For each orphaned translation that the unclaimed lines hold, its links; `free` are these lines, page by page."""
    lines = [(p, i) for p, own in enumerate(free) for i in own]
    if not orphans or sum(len(pages[p].lines[i].text) for p, i in lines) < LEAST_LETTERS:
        return []
    languages = Counter(pages[p].language or "und" for p, _ in lines)
    language = languages.most_common(1)[0][0]
    read, placed = _as_text(pages, lines, language)
    together = _one_text(orphans)
    pairing = pair(read, together, align)
    showings = sentence_showings(pages, [read], running_text([read]), placed)
    shown = {
        sentence.id: Link(
            sentence=sentence.id,
            key=sentence.key,
            document=read.document,
            text=read.path,
            kind="transcription",
            language=language,
            role="body",
            spans=sentence.spans,
            content=sentence.content,
            status="linked",
            score=1.0,
            areas=areas_of(pages, read, sentence, showings[0, index]),
        )
        for index, sentence in enumerate(read.sentences)
        if (0, index) in showings
    }
    pairing = replace(
        pairing,
        beads=tuple(
            replace(b, left=tuple(i for i in b.left if read.sentences[i].id in shown)) for b in pairing.beads if b.right
        ),
    )
    links = iter(translation_links(pairing, shown, via="ocr-bead"))
    result = []
    for orphan in orphans:
        own = [
            replace(
                link,
                document=orphan.document,
                text=orphan.path,
                sentence=s.id,
                key=s.key,
                spans=s.spans,
                counterparts=(),
            )
            for s, link in zip(orphan.sentences, links, strict=False)
        ]
        own = [replace(link, areas=tuple(replace(a, spans=a.spans and link.spans) for a in link.areas)) for link in own]
        body = [link for link in own if link.role == "body"] or own
        if body and sum(link.score for link in body) / len(body) >= LEAST_SCORE:
            used = sorted({(area.page, i) for link in own for area in link.areas for i in area.lines})
            order = {page.order: p for p, page in enumerate(pages)}
            result.append(Untranscribed(orphan, language, tuple(own), tuple((order[page], i) for page, i in used)))
    return result


def _as_text(pages: Sequence[Page], lines: Sequence[tuple[int, int]], language: str) -> tuple[SourceText, list[Placed]]:
    """The lines as one text in sentences, and where each line stands in it; hyphens at line ends are resolved.

    No sentence runs over what some text claims, or over the end of a paragraph.
    """
    done: list[str] = []
    start = 0
    placed: list[Placed] = []
    spans: list[Span] = []
    paragraphs: list[int] = []
    for paragraph in read_paragraphs(pages, lines):
        own = ""
        for p, i in paragraph:
            words = plain_reading(pages[p].lines[i].text)
            if len(own) > 1 and own[-1] in "-¬" and own[-2].isalpha() and words[:1].islower():
                own = own[:-1]
                placed[-1] = replace(placed[-1], end=start + len(own))
            elif words and own:
                own += " "
            placed.append(Placed(p, i, start + len(own), start + len(own) + len(words), 1.0))
            own += words
        paragraphs.append(len(spans))
        spans += [(start + a, start + b) for a, b in split_sentences(own, language)]
        done.append(own + "\n")
        start += len(done[-1])
    content = "".join(done)
    sentences = tuple(
        Sentence(f"read.s{n:06d}", f"{n:016x}", "body", (span,), content[span[0] : span[1]])
        for n, span in enumerate(spans)
    )
    text = SourceText("read", "read", "read", language, content, sentences, paragraphs=tuple(paragraphs))
    return text, [place for place in placed if place.start < place.end]


def _one_text(texts: Sequence[SourceText]) -> SourceText:
    """The sentences of several texts, one text after another, as if they were one."""
    sentences: list[Sentence] = []
    paragraphs: list[int] = []
    for text in texts:
        paragraphs += [len(sentences) + start for start in text.paragraphs]
        sentences += text.sentences
    return SourceText(
        "orphans", "orphans", "orphans", texts[0].language, "", tuple(sentences), paragraphs=tuple(paragraphs)
    )
