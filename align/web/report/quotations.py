"""The texts of a finding, to be read side by side: the scan's, the transcription's, the translation's."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from align.linking.findings.catalogue.link_entries import COMMENTARY_NOT_ON_SCAN, LINK_DOUBTFUL, LINK_PARTIAL
from align.linking.findings.catalogue.sentence_entries import (
    SENTENCE_NOT_ON_SCAN,
    SENTENCE_NOT_SCANNED,
    SENTENCE_ON_FAILED_PAGE,
    TEXT_OUT_OF_ORDER,
    WORDS_NOT_ON_SCAN,
)
from align.model import Area, Finding, Link, Page, VolumeResult
from align.web.report.differences import Piece, differences, whole

# Letters that are shown before and after a quotation: enough to find its place in a text.
CONTEXT_LETTERS = 180
# Findings of these codes are about words that the scans do not have. Their areas, and what was read there, are around
# the place where the words should be.
ABSENT = tuple(
    entry.code
    for entry in (
        SENTENCE_NOT_ON_SCAN,
        WORDS_NOT_ON_SCAN,
        SENTENCE_NOT_SCANNED,
        SENTENCE_ON_FAILED_PAGE,
        COMMENTARY_NOT_ON_SCAN,
    )
)
# Findings of these codes do not compare the words of both texts: the words are different, or in another place.
UNCOMPARED = (*ABSENT, TEXT_OUT_OF_ORDER.code)
# Findings of these codes are about how a sentence was read: what was read is shown beside it.
_READ = (LINK_DOUBTFUL.code, LINK_PARTIAL.code)

# Where a quotation is from: the scan at the finding's place, the scan around it, or a text of the finding. "text" is a
# text whose kind is not known.
QuotationKind = Literal["scan", "scan-around", "text", "transcription", "translation"]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A part of one text, in pieces, with the text before and after it. No pieces: something is missing there.

    `sentence` holds the whole sentences that the part is from, where they are known.
    """

    kind: QuotationKind
    language: str | None
    file: str | None
    before: str
    pieces: tuple[Piece, ...]
    after: str
    sentence: str = ""

    @property
    def text(self) -> str:
        """The whole sentences where they are known, else the quotation without the text around it."""
        return self.sentence or "".join(piece.text for piece in self.pieces)


class VolumeTexts:
    """The sentences and texts of a volume, to look up what its findings name."""

    def __init__(self, results: VolumeResult) -> None:
        """Take the results of a volume."""
        self.results = results
        self.pages: Mapping[int, Page] = {page.order: page for page in results.pages}
        self._at = {page.order: i for i, page in enumerate(results.pages)}
        self.links: dict[str, Link] = {link.sentence: link for link in results.links}
        self.texts: dict[str, list[Link]] = defaultdict(list)
        self._index: dict[str, int] = {}
        for link in results.links:
            self._index[link.sentence] = len(self.texts[link.text])
            self.texts[link.text].append(link)

    def sentences(self, finding: Finding) -> list[Link]:
        """The sentences that the finding names, in its order."""
        return [self.links[s] for s in finding.sentences if s in self.links]

    def neighbour(self, link: Link, step: int) -> Link | None:
        """The sentence of the same text `step` places further on, or None past the ends of the text."""
        own, at = self.texts[link.text], self._index[link.sentence] + step
        return own[at] if 0 <= at < len(own) else None

    def around(self, finding: Finding) -> tuple[Area | None, Area | None]:
        """The areas of the nearest sentences before and after those of the finding; None where there is none.

        Sentences without a place are passed over.
        """
        own = self.sentences(finding)
        if not own:
            return None, None
        before, after = self.neighbour(own[0], -1), self.neighbour(own[-1], 1)
        while before is not None and not before.areas:
            before = self.neighbour(before, -1)
        while after is not None and not after.areas:
            after = self.neighbour(after, 1)
        return before.areas[-1] if before else None, after.areas[0] if after else None

    def cut(self, page: int, first: int, last: int) -> tuple[str, int] | None:
        """The text in which the lines first to last of a page belong, and the offset there; None if unknown.

        The offset is the end of what the nearest line before them matches. Where no line before them matches a text,
        it is the beginning of what the nearest line after them matches.
        """
        if page not in self._at:
            return None
        at = self._at[page]
        matches, known = self.results.matches[at], self.results.contents
        for line in range(first - 1, -1, -1):
            for match in reversed(matches.get(line, ())):
                if match.text in known:
                    return match.text, match.span[1]
        for line in range(last + 1, len(self.results.pages[at].lines)):
            for match in matches.get(line, ()):
                if match.text in known:
                    return match.text, match.span[0]
        return None


def quotations(finding: Finding, texts: VolumeTexts) -> tuple[Quotation, ...]:
    """The quotations of a finding: from the scan, from its own text, then from the texts in the other language."""
    sentences = texts.sentences(finding)
    if not sentences and finding.text in texts.results.contents and finding.spans:
        return (*_scan(finding, texts, whole(finding.scan_text or "")), _marked(finding, texts))
    scan, source = finding.scan_text, finding.source_text
    if sentences:
        source = source or _joined(sentences)
        if scan is None and finding.code in _READ:
            scan = _read(finding, texts)
    uncompared = finding.code in UNCOMPARED
    both = scan and source and not uncompared
    left, right = differences(scan or "", source or "") if both else (whole(scan or ""), whole(source or ""))
    shown = list(_scan(finding, texts, left))
    if sentences:
        if uncompared or not left:
            # The finding is about all of it: it is marked whole.
            right = tuple(replace(piece, differs=True) for piece in right)
        shown.append(_sentences(sentences, right, texts))
        shown += _counterparts(sentences, texts)
    elif right:
        shown.append(Quotation("text", None, finding.text, "", right, ""))
    elif finding.areas:
        shown += _surroundings(finding.areas[0], texts)
    return tuple(shown)


def loose_quotations(finding: Finding) -> tuple[Quotation, ...]:
    """The quotations of a finding whose volume is not known, or was not read."""
    scan, source = finding.scan_text or "", finding.source_text or ""
    left, right = differences(scan, source) if scan and source else (whole(scan), whole(source))
    shown = [Quotation("scan", None, None, "", left, "")] if left else []
    return (*shown, *([Quotation("text", None, finding.text, "", right, "")] if right else []))


def reasons(finding: Finding) -> dict[str, str]:
    """The finding's reason in each language that its message has."""
    return {language: reason(finding, language) for language in ("en", *finding.translations)}


# A message that ends with a quotation after a colon. The quotation begins at the first such colon: it may hold others,
# and quotation marks of its own.
_LAST_QUOTATION: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(r"(.*?\S): “(.*)”", re.DOTALL),
    "ru": re.compile(r"(.*?\S): «(.*)»", re.DOTALL),
}


def reason(finding: Finding, language: str = "en") -> str:
    """The finding's message in a language, without a quotation at its end that repeats the texts shown below it."""
    message = finding.wording(language).message
    found = _LAST_QUOTATION[language].fullmatch(message)
    if found is None:
        return message
    shown = f"{finding.scan_text or ''}\n{finding.source_text or ''}"
    if all(part.strip() in shown for part in found[2].split(" … ")):
        return f"{found[1]}."
    return message


def _scan(finding: Finding, texts: VolumeTexts, pieces: tuple[Piece, ...]) -> tuple[Quotation, ...]:
    page = texts.pages.get(finding.pages[0]) if finding.pages else None
    kind: QuotationKind = "scan-around" if finding.code in ABSENT else "scan"
    return (Quotation(kind, page.language if page else None, None, "", pieces, ""),) if pieces else ()


def _read(finding: Finding, texts: VolumeTexts) -> str | None:
    """The words that were read in the finding's areas, joined; None where no word was read."""
    words = []
    for area in finding.areas:
        page = texts.pages.get(area.page)
        for box, index in zip(area.boxes, area.lines, strict=True):
            for word in page.lines[index].words if page and index is not None else ():
                x, y = (word.box.left + word.box.right) / 2, (word.box.top + word.box.bottom) / 2
                if box.left <= x < box.right and box.top <= y < box.bottom:
                    words.append(word.text)
    return " ".join(words) or None


def _marked(finding: Finding, texts: VolumeTexts) -> Quotation:
    """The first place that the finding names in its text, for example a page marker: marked, with its surroundings."""
    assert finding.text is not None
    content = texts.results.contents[finding.text]
    start, end = finding.spans[0]
    pieces = (Piece(content[start:end].strip(), differs=True),)
    like = texts.texts.get(finding.text, [])
    return Quotation(
        _kind(like[0]) if like else "text",
        like[0].language if like else None,
        finding.text,
        _tail(content[:start]),
        pieces,
        _head(content[end:]),
    )


def _sentences(own: Sequence[Link], pieces: tuple[Piece, ...], texts: VolumeTexts) -> Quotation:
    """The pieces of these sentences that a finding is about, with the rest of the sentences and their neighbours."""
    content, said = _joined(own), "".join(piece.text for piece in pieces)
    neighbours = texts.neighbour(own[0], -1), texts.neighbour(own[-1], 1)
    before, after = (link.content if link else "" for link in neighbours)
    around = f"{before} {content} {after}"
    at = content.find(said)
    at = at + len(before) + 1 if at >= 0 else around.find(said)
    # Words that are not in the text in this form are shown without surroundings.
    ahead, behind = ("…", "…") if at < 0 else (_tail(around[:at]), _head(around[at + len(said) :]))
    return Quotation(_kind(own[0]), own[0].language, own[0].text, ahead, pieces, behind, content)


def _joined(own: Sequence[Link]) -> str:
    return " ".join(link.content for link in own)


def _counterparts(own: Sequence[Link], texts: VolumeTexts) -> list[Quotation]:
    found: dict[str, dict[str, Link]] = defaultdict(dict)
    for link in own:
        for other in link.counterparts:
            if other in texts.links:
                found[texts.links[other].text][other] = texts.links[other]
    return [
        Quotation(_kind(first), first.language, first.text, "", whole(" ".join(o.content for o in others.values())), "")
        for others in found.values()
        for first in [next(iter(others.values()))]
    ]


def _surroundings(area: Area, texts: VolumeTexts) -> list[Quotation]:
    """The text into which lines of an area do not fit, cut where the lines belong."""
    lines = area.lines_read
    cut = texts.cut(area.page, min(lines), max(lines)) if lines else None
    if cut is None:
        return []
    path, at = cut
    content, like = texts.results.contents[path], texts.texts.get(path, [])
    language = like[0].language if like else None
    return [Quotation(_kind(like[0]) if like else "text", language, path, _tail(content[:at]), (), _head(content[at:]))]


def _kind(link: Link) -> QuotationKind:
    return "transcription" if link.kind == "transcription" else "translation"


def _tail(text: str) -> str:
    text = " ".join(text[-4 * CONTEXT_LETTERS :].split())
    return text if len(text) <= CONTEXT_LETTERS else "… " + text[-CONTEXT_LETTERS:].split(" ", 1)[-1]


def _head(text: str) -> str:
    text = " ".join(text[: 4 * CONTEXT_LETTERS].split())
    return text if len(text) <= CONTEXT_LETTERS else text[:CONTEXT_LETTERS].rsplit(" ", 1)[0] + " …"
