"""The texts of a finding side by side: what was read, what the text says, and its other language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from align.model import Area, Finding, Link, Page, VolumeResult
from align.web.report.differences import Piece, differences, whole

# So much of what stands before and after is enough to find the place in a text.
CONTEXT_LETTERS = 180
# Findings of these codes are about words that the scans do not have: their areas, and what was read, are what stands
# around the place.
ABSENT = (
    "sentence-not-on-scan", "words-not-on-scan", "sentence-not-scanned", "sentence-on-failed-page",
    "commentary-not-on-scan",
)  # fmt: skip
# Of these the words of the two texts are not compared: they are others, or the same in another place.
UNCOMPARED = (*ABSENT, "text-out-of-order")
# Findings of these codes are about how a sentence was read, so what was read is set beside it.
_READ = ("link-doubtful", "link-partial")


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of one text with what stands around it; where nothing stands between, something is missing there.

    `sentence` is the whole of the sentences that the piece is from, if it is from known ones.
    """

    label: str
    language: str | None
    file: str | None
    before: str
    pieces: tuple[Piece, ...]
    after: str
    sentence: str = ""

    @property
    def text(self) -> str:
        """The whole sentence where the passage is of one, else what the passage says without what stands around."""
        return self.sentence or "".join(piece.text for piece in self.pieces)


class VolumeTexts:
    """The sentences of a volume by id, by text and by page, for findings that name them."""

    def __init__(self, results: VolumeResult) -> None:
        """Take what was written of a volume."""
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
        """The sentence of the same text that many steps on, or None past its ends."""
        own, at = self.texts[link.text], self._index[link.sentence] + step
        return own[at] if 0 <= at < len(own) else None

    def around(self, finding: Finding) -> tuple[Area | None, Area | None]:
        """Where the text breaks off before the finding's sentences and where it goes on after them, if that is known.

        Neighbours that have no place themselves are passed over.
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
        """The text that the nearest line outside these lines of a page holds (first to last), and where it is cut.

        That is the end of what the line before them shows; where no line before them is in a text, the beginning of
        what the line after them shows.
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


def passages(finding: Finding, texts: VolumeTexts) -> tuple[Passage, ...]:
    """The texts of a finding: the scan's, its own text's, then those of the other language."""
    own = texts.sentences(finding)
    if not own and finding.text in texts.results.contents and finding.spans:
        return (*_scan(finding, texts, whole(finding.scan_text or "")), _marked(finding, texts))
    scan, source = finding.scan_text, finding.source_text
    if own:
        source = source or _joined(own)
        if scan is None and finding.code in _READ:
            scan = _read(finding, texts)
    uncompared = finding.code in UNCOMPARED
    both = scan and source and not uncompared
    left, right = differences(scan or "", source or "") if both else (whole(scan or ""), whole(source or ""))
    shown = list(_scan(finding, texts, left))
    if own:
        if uncompared or not left:
            # All of it is what the finding is about, amid what stands around it.
            right = tuple(replace(piece, differs=True) for piece in right)
        shown.append(_sentences(own, right, texts))
        shown += _counterparts(own, texts)
    elif right:
        shown.append(Passage("In the text", None, finding.text, "", right, ""))
    elif finding.areas:
        shown += _surroundings(finding.areas[0], texts)
    return tuple(shown)


def loose_passages(finding: Finding) -> tuple[Passage, ...]:
    """The texts of a finding whose volume is not at hand."""
    scan, source = finding.scan_text or "", finding.source_text or ""
    left, right = differences(scan, source) if scan and source else (whole(scan), whole(source))
    shown = [Passage("On the scan", None, None, "", left, "")] if left else []
    return (*shown, *([Passage("In the text", None, finding.text, "", right, "")] if right else []))


def reason(finding: Finding) -> str:
    """The finding's message, without a quotation at its end that only repeats the texts shown under it."""
    message = finding.message
    found = re.fullmatch(r"(.*\S):? “(.*)”", message, re.DOTALL)
    if found is None:
        return message
    shown = f"{finding.scan_text or ''}\n{finding.source_text or ''}"
    if all(part.strip() in shown for part in found[2].split(" … ")):
        return found[1].rstrip(":") + "."
    return message


def _scan(finding: Finding, texts: VolumeTexts, pieces: tuple[Piece, ...]) -> tuple[Passage, ...]:
    page = texts.pages.get(finding.pages[0]) if finding.pages else None
    label = "On the scan, around the place" if finding.code in ABSENT else "On the scan"
    return (Passage(label, page.language if page else None, None, "", pieces, ""),) if pieces else ()


def _read(finding: Finding, texts: VolumeTexts) -> str | None:
    """What was read in the finding's areas, word by word; None where nothing was."""
    words = []
    for area in finding.areas:
        page = texts.pages.get(area.page)
        for box, index in zip(area.boxes, area.lines, strict=True):
            for word in page.lines[index].words if page else ():
                x, y = (word.box.left + word.box.right) / 2, (word.box.top + word.box.bottom) / 2
                if box.left <= x < box.right and box.top <= y < box.bottom:
                    words.append(word.text)
    return " ".join(words) or None


def _marked(finding: Finding, texts: VolumeTexts) -> Passage:
    """The text around the first place that the finding names in it, the place itself marked: a page marker, say."""
    assert finding.text is not None
    content = texts.results.contents[finding.text]
    start, end = finding.spans[0]
    pieces = (Piece(content[start:end].strip(), differs=True),)
    like = texts.texts.get(finding.text, [])
    return Passage(
        _label(like[0]) if like else "In the text",
        like[0].language if like else None,
        finding.text,
        _tail(content[:start]),
        pieces,
        _head(content[end:]),
    )


def _sentences(own: Sequence[Link], pieces: tuple[Piece, ...], texts: VolumeTexts) -> Passage:
    """What a finding says of sentences, amid the rest of them and of those around them."""
    content, said = _joined(own), "".join(piece.text for piece in pieces)
    neighbours = texts.neighbour(own[0], -1), texts.neighbour(own[-1], 1)
    before, after = (link.content if link else "" for link in neighbours)
    around = f"{before} {content} {after}"
    at = content.find(said)
    at = at + len(before) + 1 if at >= 0 else around.find(said)
    # Words of the sentence, but not as they stand there, are shown alone.
    ahead, behind = ("…", "…") if at < 0 else (_tail(around[:at]), _head(around[at + len(said) :]))
    return Passage(_label(own[0]), own[0].language, own[0].text, ahead, pieces, behind, content)


def _joined(own: Sequence[Link]) -> str:
    return " ".join(link.content for link in own)


def _counterparts(own: Sequence[Link], texts: VolumeTexts) -> list[Passage]:
    found: dict[str, dict[str, Link]] = defaultdict(dict)
    for link in own:
        for other in link.counterparts:
            if other in texts.links:
                found[texts.links[other].text][other] = texts.links[other]
    return [
        Passage(_label(first), first.language, first.text, "", whole(" ".join(o.content for o in others.values())), "")
        for others in found.values()
        for first in [next(iter(others.values()))]
    ]


def _surroundings(area: Area, texts: VolumeTexts) -> list[Passage]:
    """The text that stands before and after lines which it does not hold, cut where they would stand."""
    cut = texts.cut(area.page, min(area.lines), max(area.lines))
    if cut is None:
        return []
    path, at = cut
    content, like = texts.results.contents[path], texts.texts.get(path, [])
    label, language = (_label(like[0]), like[0].language) if like else ("In the text", None)
    return [Passage(label, language, path, _tail(content[:at]), (), _head(content[at:]))]


def _label(link: Link) -> str:
    return "Transcription" if link.kind == "transcription" else "Translation"


def _tail(text: str) -> str:
    text = " ".join(text[-4 * CONTEXT_LETTERS :].split())
    return text if len(text) <= CONTEXT_LETTERS else "… " + text[-CONTEXT_LETTERS:].split(" ", 1)[-1]


def _head(text: str) -> str:
    text = " ".join(text[: 4 * CONTEXT_LETTERS].split())
    return text if len(text) <= CONTEXT_LETTERS else text[:CONTEXT_LETTERS].rsplit(" ", 1)[0] + " …"
