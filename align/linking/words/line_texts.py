"""What the texts say on each line of a page, word by word, with its place: human text on the lines of the scan.

A word has the box of the word read that it stands for. Two words that were read as one share its box, by their letters.
A word that was not read is put between its neighbours; where nothing is left there, it shares the box of one of them.

It is said whether a line is sure, so that it can teach a recogniser: all its words were read much as they are written,
nothing was read beside them, no finding doubts it, and it is spelt as on the page.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from align.linking.words.text_words import HYPHENS, Token, Unit, on_the_page, tokens_of, units_of
from align.linking.words.word_places import WordPlaces
from align.model import Finding, Line, LineText, LineTexts, Link, Match, Page, PlainText, TextWord
from align.model.language import primary
from align.text.fold import folded_letters, letters_of_word
from align.tuning.export import EXPORT, ExportTuning

# Letters that the Russian spelling of 1918 dropped: a text without them is not spelt as a page that has them.
_OLD_LETTERS = frozenset("ѣѳѵі")


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a page: texts by path, in their order; sentences placed on it; findings that doubt its words."""

    texts: Mapping[str, PlainText]
    links: Sequence[Link] = ()
    findings: Sequence[Finding] = ()


def line_texts(
    page: Page, matches: Mapping[int, Sequence[Match]], said: Said, tuning: ExportTuning = EXPORT
) -> tuple[LineTexts, ...]:
    """The lines of a page, as read and as the texts have them; `matches` are those of its lines by index."""
    sentences = _Sentences.of(said.links)
    shown = []
    for index, line in enumerate(page.lines):
        tokens = tokens_of(_of_one_layer(line, matches.get(index, ()), said.texts), said.texts)
        shown.append(
            _Shown(page, line, tokens, units_of(line.words, tokens), [sentences.at(token) for token in tokens])
        )
    # A line without a hyphen that ends inside a word makes the line unsure that goes on with it, too.
    doubted = _doubted(page, said.findings)
    broken = {(own.tokens[-1].path, own.tokens[-1].end) for own in shown if own.is_broken}
    lines = []
    for index, own in enumerate(shown):
        language = said.texts[own.tokens[0].path].language if own.tokens else page.language
        written = own.written(language, tuning)
        if written is not None and (index in doubted or (own.tokens[0].path, own.tokens[0].start) in broken):
            written = replace(written, sure=False)
        lines.append(LineTexts(own.read(language), written))
    return tuple(lines)


def _of_one_layer(line: Line, matches: Sequence[Match], texts: Mapping[str, PlainText]) -> Sequence[Match]:
    """The matches of a line without those that say the same again: two texts of a document may be in one language."""
    known = [match for match in matches if match.text in texts]
    if len({match.text for match in known}) < 2:
        return known
    before: Counter[tuple[str, str]] = Counter()
    layers: dict[str, int] = {}
    for path, text in texts.items():
        kind = text.document, primary(text.language)
        layers[path] = before[kind]
        before[kind] += 1
    by_layer: dict[int, list[Match]] = defaultdict(list)
    for match in known:
        by_layer[layers[match.text]].append(match)
    read = folded_letters(line.text)

    def alike(some: Sequence[Match]) -> float:
        written = "".join(folded_letters(texts[match.text].content[slice(*match.span)]) for match in some)
        return Levenshtein.normalized_similarity(read, written)

    return max([*(by_layer[n] for n in sorted(by_layer)), known], key=alike)


def _doubted(page: Page, findings: Iterable[Finding]) -> frozenset[int]:
    """The indices of the lines that a finding doubts, unless an editor said that it is a false alarm."""
    numbers = {page.line_id(index): index for index in range(len(page.lines))}
    lines: set[int] = set()
    for finding in findings:
        false_alarm = finding.decision is not None and finding.decision.decision == "false-alarm"
        if finding.severity != "note" and not false_alarm:
            lines.update(numbers[line] for line in finding.lines if line in numbers)
            lines.update(n for area in finding.areas if area.page == page.order for n in area.lines_read)
    return frozenset(lines)


@dataclass(frozen=True, slots=True)
class _Sentences:
    """The linked sentences of texts, by path: where their spans begin, and each span with its link."""

    starts: Mapping[str, list[int]]
    spans: Mapping[str, list[tuple[int, int, Link]]]

    @classmethod
    def of(cls, links: Iterable[Link]) -> _Sentences:
        spans: dict[str, list[tuple[int, int, Link]]] = defaultdict(list)
        for link in links:
            spans[link.text] += [(start, end, link) for start, end in link.spans]
        ordered = {path: sorted(own, key=lambda span: span[:2]) for path, own in spans.items()}
        return cls({path: [start for start, _, _ in own] for path, own in ordered.items()}, ordered)

    def at(self, token: Token) -> Link | None:
        """The link of the sentence that a token is in."""
        before = bisect_right(self.starts.get(token.path, []), token.end - 1) - 1
        if before < 0:
            return None
        _, end, link = self.spans[token.path][before]
        return link if token.start < end else None


@dataclass(frozen=True, slots=True)
class _Shown:
    """A line with the tokens that it shows, the units of both, and the link of each token."""

    page: Page
    line: Line
    tokens: Sequence[Token]
    units: Sequence[Unit]
    links: Sequence[Link | None]

    @property
    def is_broken(self) -> bool:
        """Whether the line ends inside a word, and no hyphen was read there."""
        return bool(self.tokens) and self.tokens[-1].divided and not self._hyphen()

    def read(self, language: str | None) -> LineText:
        """The line as it was read; a word that shows a token is in its sentence, another in that of both neighbours."""
        of_word: dict[int, str | None] = {}
        for unit in self.units:
            link = self.links[unit.tokens[0]]
            of_word.update(dict.fromkeys(unit.read, link.sentence if link else None))
        known = sorted(of_word)
        words = []
        for n, word in enumerate(self.line.words):
            at = bisect_right(known, n)
            before, after = (of_word[known[k]] if 0 <= k < len(known) else None for k in (at - 1, at))
            sentence = of_word.get(n, before if before == after else None)
            if text := on_the_page(word.text):
                words.append(TextWord(text, word.box, sentence, word.confidence))
        return LineText(tuple(words), language)

    def written(self, language: str | None, tuning: ExportTuning) -> LineText | None:
        """The line as the texts have it; None where no word of it was read."""
        if not any(unit.read for unit in self.units):
            return None
        tokens = list(self.tokens)
        hyphen = self._hyphen()
        if tokens[-1].divided and hyphen and tokens[-1].text[-1] not in HYPHENS:
            tokens[-1] = replace(tokens[-1], text=tokens[-1].text + hyphen)
        rotation = self.page.frame.rotation if self.page.frame else 0
        boxes = WordPlaces.of(self.line, rotation, tuning).places(self.units, [token.text for token in tokens])
        words = tuple(
            TextWord(token.text, box, link.sentence if link else None, whole=token.whole)
            for token, box, link in zip(tokens, boxes, self.links, strict=True)
        )
        return LineText(words, language, self._is_sure(tuning))

    def _hyphen(self) -> str:
        """The hyphen that was read at the end of the line, or none."""
        last = self.line.words[-1].text[-1]
        return last if last in HYPHENS else ""

    def _is_sure(self, tuning: ExportTuning) -> bool:
        """Whether the line surely shows these words, letter by letter."""
        if self.is_broken or any(link is None or link.status == "doubtful" for link in self.links):
            return False
        shown = {n for unit in self.units for n in unit.read}
        beside = [len(letters_of_word(w.text)) for n, w in enumerate(self.line.words) if n not in shown]
        if max(beside, default=0) > tuning.scrap_letters:
            return False
        return self._similarity() >= tuning.sure_similarity and all(
            self._unit_is_sure(unit, tuning) for unit in self.units
        )

    def _unit_is_sure(self, unit: Unit, tuning: ExportTuning) -> bool:
        letters = sum(len(self.tokens[n].letters) for n in unit.tokens)
        if unit.loose or (letters and (not unit.read or unit.edits > tuning.sure_word * letters)):
            return False
        read = {c for n in unit.read for c in self.line.words[n].text.lower()}
        written = {c for n in unit.tokens for c in self.tokens[n].text.lower()}
        return not (read - written) & _OLD_LETTERS

    def _similarity(self) -> float:
        """How much what was read is like what is written, 0..1."""
        written = "".join(token.letters for token in self.tokens)
        return Levenshtein.normalized_similarity(folded_letters(self.line.text), written)
