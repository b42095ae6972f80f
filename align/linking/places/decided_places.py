"""Places that an editor decided, as matching sees them: hard seeds, and lines that may not show a sentence.

The words under an editor's boxes show the sentence that the editor placed there, whatever was read. So before lines are
matched, the letters of the sentence are replaced by letters of a script that no text here is written in, in the text
and in the words under its boxes alike. The two fit without a fault and fit nothing else: the chain of matching goes
through them, the lines before and after are pulled to the right place, no other sentence gets these words, and no other
line gets the sentence. Where nothing was read under the boxes, a line of such letters stands in for what was missed.
The rest of a line under such a box is a line by itself (divided_lines.py).

Offsets, words and boxes stay as they are, so that whatever comes after matching works with what was read.

Example: the sentence "Он ушел." is placed on the word "0пушeя". Matching sees "ꕙꗍ ꔤꕙꔀꕚ." in the text and on the page.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import count

from align.linking.places.decided_boxes import divided_among, words_under
from align.linking.places.divided_lines import DividedLines
from align.linking.places.placing import PlacedLine, SpanIndex, spans_of
from align.linking.places.running_text import RunningText
from align.matching.locate import locate
from align.model import Decided, LineAt, Page, Places, SentenceAt, SourceText, WordAt, index_by_order, key
from align.tuning.matching import MatchingTuning

# Letters of the Vai script: they have no case, no decomposition and no look-alikes among the letters that are folded.
_LETTERS = "ꔀꔤꕙꕚꗍꘀ"
# What is left of a word that shows no letter of its sentence.
_NO_LETTER = "."


@dataclass(frozen=True, slots=True)
class Anchor:
    """A line that stands in for what was not read: before which line of which page (indices), and what it says."""

    before: LineAt
    text: str


@dataclass(frozen=True)
class DecidedPlaces:
    """Pages and texts as matching is to see them, and which line may show which sentence.

    `divided` are the pages as they were read, with the lines that `pages` has. `own_lines` are the lines that alone may
    show a sentence whose place is decided; `taken` are all of these. `forbidden` are the lines that may not show a
    sentence.
    """

    pages: Sequence[Page]
    texts: Sequence[SourceText]
    divided: DividedLines
    own_lines: Mapping[SentenceAt, frozenset[LineAt]] = field(default_factory=dict)
    taken: frozenset[LineAt] = frozenset()
    forbidden: Mapping[SentenceAt, frozenset[LineAt]] = field(default_factory=dict)
    anchors: tuple[Anchor, ...] = ()

    @classmethod
    def of(cls, pages: Sequence[Page], texts: Sequence[SourceText], decided: Decided) -> DecidedPlaces:
        """The places that were decided for sentences of these texts, on these pages."""
        at_of = {s.id: SentenceAt(n, i) for n, text in enumerate(texts) for i, s in enumerate(text.sentences)}
        own = {at_of[sentence]: link for sentence, link in decided.links.items() if sentence in at_of}
        if not own:
            return cls(pages, texts, DividedLines(pages))
        owners: dict[WordAt, SentenceAt] = {}
        for at, link in own.items():
            if link.choice != "wrong":
                owners = dict.fromkeys(words_under(pages, link.places), at) | owners
        draft = _Draft(DividedLines.of(pages, owners), texts)
        for at, link in own.items():
            if link.choice == "wrong":
                draft.forbid(at, link.places)
            else:
                draft.place(at, link.places)
        return draft.finished()

    def allowed(
        self, placed: Iterable[PlacedLine], running_text: RunningText, numbers: Sequence[int]
    ) -> list[PlacedLine]:
        """The parts of placed lines that they may show; `numbers` are those of the texts joined in the running text."""
        if not (self.own_lines or self.forbidden):
            return list(placed)
        return [part for place in placed for part in self._allowed(place, running_text, numbers)]

    def _allowed(self, place: PlacedLine, running_text: RunningText, numbers: Sequence[int]) -> Iterator[PlacedLine]:
        start = place.start
        for position, text, (a, b) in running_text.within(place.start, place.end):
            for sentence, (s, e) in self._spans_of_text(numbers[text]).within(a, b):
                if not self._may_show(place.at, SentenceAt(numbers[text], sentence)):
                    yield from _part(place, running_text, start, position + s - a)
                    start = position + e - a
        yield from _part(place, running_text, start, place.end)

    def _may_show(self, line: LineAt, sentence: SentenceAt) -> bool:
        own = self.own_lines.get(sentence)
        if own is not None:
            return line in own
        return line not in self.taken and line not in self.forbidden.get(sentence, ())

    def _spans_of_text(self, number: int) -> SpanIndex:
        if number not in self._indices:
            self._indices[number] = SpanIndex.of(spans_of(self.texts[number]))
        return self._indices[number]

    @cached_property
    def _indices(self) -> dict[int, SpanIndex]:
        return {}


def lines_to_match(seen: DecidedPlaces, without: Collection[LineAt] = ()) -> list[tuple[LineAt | None, str]]:
    """What is matched, in page order: each line that is not in `without`, and the anchors, which are no lines."""
    lines: list[tuple[LineAt | None, str]] = []
    anchors = deque(seen.anchors)
    for p, page in enumerate(seen.pages):
        for i in range(len(page.lines) + 1):
            at = LineAt(p, i)
            while anchors and anchors[0].before <= at:
                lines.append((None, anchors.popleft().text))
            if i < len(page.lines) and at not in without:
                lines.append((at, page.lines[i].text))
    return lines


def located(
    lines: Sequence[tuple[LineAt | None, str]], running_text: RunningText, matching: MatchingTuning
) -> list[PlacedLine]:
    """Where these lines stand in the running text, in their order; anchors are matched, and left out."""
    if not running_text.pieces:
        return []
    places = locate([text for _, text in lines], running_text.content, tuning=matching)
    return [
        PlacedLine(at.page, at.line, *place.span, place.similarity)
        for (at, _), place in zip(lines, places, strict=True)
        if at is not None and place is not None
    ]


def with_decided_copies(pages: Sequence[Page], found: Mapping[int, int], decided: Mapping[int, int]) -> dict[int, int]:
    """For each page that is a copy the page that it repeats, by index; what was `decided`, by order, comes first."""
    index_of = index_by_order(pages)
    stated = {index_of[copy]: index_of[original] for copy, original in decided.items()}
    originals = set(stated.values())
    return {copy: original for copy, original in found.items() if copy not in originals} | stated


def _part(place: PlacedLine, running_text: RunningText, start: int, end: int) -> Iterator[PlacedLine]:
    """The part of a placed line with this range, less white space at its ends; none where no letter is left."""
    content = running_text.content
    while start < end and content[start].isspace():
        start += 1
    while start < end and content[end - 1].isspace():
        end -= 1
    if (start, end) == (place.start, place.end):
        yield place
    elif any(c.isalnum() for c in content[start:end]):
        yield replace(place, start=start, end=end)


def _strange_letters(seed: str) -> Iterator[str]:
    """Letters that stand for those of one sentence, without end, the same for the same seed."""
    for n in count():
        yield from (_LETTERS[int(digit, 16) % len(_LETTERS)] for digit in key(seed, str(n)))


class _Draft:
    """Decided places in the making, one sentence after the other; a word shows the first sentence that it is given."""

    def __init__(self, divided: DividedLines, texts: Sequence[SourceText]) -> None:
        self.divided, self.pages, self.texts = divided, divided.pages, texts
        self._index_of = index_by_order(self.pages)
        self._forbidden: dict[SentenceAt, frozenset[LineAt]] = {}
        self._letters: dict[int, list[str]] = {}
        self._words: dict[WordAt, str] = {}
        self._own_lines: dict[SentenceAt, frozenset[LineAt]] = {}
        self._anchors: list[Anchor] = []

    def forbid(self, at: SentenceAt, places: Places) -> None:
        """Let no line under these boxes show the sentence."""
        self._forbidden[at] = frozenset(word.of_line for word in words_under(self.pages, places))

    def place(self, at: SentenceAt, places: Places) -> None:
        """Let the words under these boxes, and no others, show the sentence; with no boxes, none does."""
        text = self.texts[at.text]
        sentence = text.sentences[at.sentence]
        strange = _strange_letters(sentence.key)
        letters = self._letters.setdefault(at.text, list(text.content))
        offsets = [offset for start, end in sentence.spans for offset in range(start, end)]
        for offset in offsets:
            if letters[offset].isalnum():
                letters[offset] = next(strange)
        words = [word for word in words_under(self.pages, places) if word not in self._words]
        self._own_lines[at] = frozenset(word.of_line for word in words)
        shown = "".join(text.content[offset] for offset in offsets)
        read = [self.pages[w.page].lines[w.line].words[w.word] for w in words]
        for word, (first, end) in zip(words, divided_among(read, shown), strict=True):
            self._words[word] = "".join(letters[offset] for offset in offsets[first:end])
        if places and not words:
            order, boxes = places[0]
            page = self._index_of[order]
            before = sum(line.box.top < boxes[0].top for line in self.pages[page].lines)
            self._anchors.append(Anchor(LineAt(page, before), "".join(letters[offset] for offset in offsets)))

    def finished(self) -> DecidedPlaces:
        """The places of all sentences that were given."""
        marked: dict[int, set[int]] = defaultdict(set)
        for word in self._words:
            marked[word.page].add(word.line)
        return DecidedPlaces(
            tuple(self._page(p, page, marked[p]) if p in marked else page for p, page in enumerate(self.pages)),
            tuple(
                replace(text, content="".join(self._letters[n])) if n in self._letters else text
                for n, text in enumerate(self.texts)
            ),
            self.divided,
            self._own_lines,
            frozenset(word.of_line for word in self._words),
            self._forbidden,
            tuple(sorted(self._anchors, key=lambda anchor: anchor.before)),
        )

    def _page(self, number: int, page: Page, marked: Collection[int]) -> Page:
        lines = [
            replace(
                line,
                words=tuple(
                    replace(word, text=" ".join(self._words[at].split()) or _NO_LETTER) if at in self._words else word
                    for w, word in enumerate(line.words)
                    for at in [WordAt(number, i, w)]
                ),
            )
            if i in marked
            else line
            for i, line in enumerate(page.lines)
        ]
        return replace(page, lines=tuple(lines))
