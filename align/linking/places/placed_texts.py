"""Where the lines of a volume stand in the texts that may be its transcriptions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from rapidfuzz.distance import Levenshtein

from align.linking.places.competing_lines import continued, copied_pages, without_rivals
from align.linking.places.decided_places import DecidedPlaces, lines_to_match, located, with_decided_copies
from align.linking.places.fragments import letters_of
from align.linking.places.gap_filling import with_filled_gaps
from align.linking.places.placing import PlacedLine, Showing, areas_of, line_matches, sentence_showings, spans_of
from align.linking.places.running_text import RunningText, asides, running_text_of
from align.model import NOTHING_DECIDED, Area, Decided, LineAt, Match, Page, SentenceAt, SourceText, Span
from align.model.language import primary
from align.text.fold import folded_letters
from align.tuning.linking import LINKING, LinkingTuning
from align.tuning.matching import MATCHING, MatchingTuning


@dataclass(frozen=True)
class Layer:
    """Texts matched together: their numbers, what the lines were matched against, and the lines that sentences may use.

    `rivals` are lines that show words which other lines have a better right to.
    """

    numbers: tuple[int, ...]
    running_text: RunningText
    placed: tuple[PlacedLine, ...]
    rivals: tuple[PlacedLine, ...] = ()

    @cached_property
    def by_line(self) -> dict[LineAt, list[PlacedLine]]:
        """The places of each placed line."""
        places: dict[LineAt, list[PlacedLine]] = defaultdict(list)
        for place in self.placed:
            places[place.at].append(place)
        return dict(places)

    def without(self, numbers: Collection[int]) -> Layer:
        """The layer less the lines that show nothing but the texts with these numbers."""

        def stays(place: PlacedLine) -> bool:
            return any(self.numbers[n] not in numbers for _, n, _ in self.running_text.within(place.start, place.end))

        placed, rivals = (tuple(filter(stays, lines)) for lines in (self.placed, self.rivals))
        return replace(self, placed=placed, rivals=rivals)


@dataclass(frozen=True, slots=True)
class PlacedTexts:
    """Where the lines of a volume stand in the texts that may be its transcriptions.

    `texts` are these texts; a text's number is its index there, and `numbers` gives the number of a path. `showings`
    are the fragments that show each sentence, by its text's number. `matches` are, page by page, what each placed line
    shows. `steady` says of a placed line whether a neighbour on the page continues it in the text. `copies` leads from
    a page that repeats another to that other page, both by index.
    """

    texts: tuple[SourceText, ...]
    numbers: Mapping[str, int]
    showings: Mapping[SentenceAt, tuple[Showing, ...]]
    matches: tuple[Mapping[int, tuple[Match, ...]], ...]
    steady: Mapping[LineAt, bool]
    copies: Mapping[int, int]
    layers: tuple[Layer, ...]

    @classmethod
    def of(
        cls,
        pages: Sequence[Page],
        texts: Sequence[SourceText],
        *,
        copies: Collection[str] = (),
        decided: Decided = NOTHING_DECIDED,
        tuning: LinkingTuning = LINKING,
        matching: MatchingTuning = MATCHING,
    ) -> PlacedTexts:
        """Match all lines to all texts but `copies` (paths), which no line is to show.

        A second text of a document in one language is matched by itself. What is `decided` of places is obeyed.
        """
        numbers_of_layer: dict[int, list[int]] = defaultdict(list)
        texts_before: Counter[tuple[str, str]] = Counter()
        for number, text in enumerate(texts):
            if text.path in copies:
                continue
            kind = (text.document, primary(text.language))
            numbers_of_layer[texts_before[kind]].append(number)
            texts_before[kind] += 1
        draft = _Draft(pages, texts, DecidedPlaces.of(pages, texts, decided), decided.copies, tuning, matching)
        for numbers in numbers_of_layer.values():
            draft.place(numbers)
        draft.withdraw_foreign_texts()
        return cls(
            texts=tuple(texts),
            numbers={text.path: number for number, text in enumerate(texts)},
            showings=draft.showings,
            matches=tuple(draft.matches),
            steady=draft.steady,
            copies=draft.copies,
            layers=tuple(draft.layers),
        )

    def without_showings(self) -> PlacedTexts:
        """The same without the showings, which take much memory and are not needed once sentences are linked."""
        return replace(self, showings={})

    def transcriptions(
        self, texts_of_document: Sequence[SourceText], tuning: LinkingTuning = LINKING
    ) -> list[SourceText]:
        """The texts of a document that are its transcriptions: where several may be, the ones that the pages show."""
        shares = {n: self._share(n) for t in texts_of_document if (n := self.numbers.get(t.path)) is not None}
        most = max(shares.values(), default=0.0)
        return [self.texts[number] for number, share in shares.items() if share >= tuning.places.shown_share * most]

    def _share(self, number: int) -> float:
        """The share of a text's sentences that some line shows."""
        count = len(self.texts[number].sentences)
        return sum((number, i) in self.showings for i in range(count)) / max(1, count)

    def shown_parts(
        self,
        pages: Sequence[Page],
        number: int,
        sentences: Collection[int],
        parts: Sequence[Sequence[Span]],
        tuning: LinkingTuning = LINKING,
    ) -> list[tuple[Area, ...]]:
        """For each of these parts of a text its areas.

        A part is given by its spans, and lies within `sentences` (indices); parts do not overlap.
        """
        lines = {s.at for i in sentences for s in self.showings.get(SentenceAt(number, i), ())}
        areas: list[tuple[Area, ...]] = [()] * len(parts)
        for layer in self.layers:
            if number in layer.numbers:
                parts_by_text: list[Sequence[Sequence[Span]]] = [()] * len(layer.numbers)
                parts_by_text[layer.numbers.index(number)] = parts
                placed = sorted((p for at in lines for p in layer.by_line.get(at, ())), key=_in_order)
                showings = sentence_showings(pages, parts_by_text, layer.running_text, placed, tuning)
                for (_, part), shown in showings.items():
                    areas[part] += areas_of(pages, self.texts[number].content, parts[part], shown)
        return areas


@dataclass(frozen=True, slots=True)
class _Matched:
    """A running text, the same as matching is to see it, and the numbers of the texts that are joined in it."""

    text: RunningText
    seen: RunningText
    numbers: Sequence[int]


@dataclass
class _Draft:
    """Placed texts in the making: lines of one layer after the other are added, then foreign texts are withdrawn."""

    pages: Sequence[Page]
    texts: Sequence[SourceText]
    seen: DecidedPlaces
    decided_copies: Mapping[int, int]
    tuning: LinkingTuning
    matching: MatchingTuning
    showings: dict[SentenceAt, tuple[Showing, ...]] = field(default_factory=dict)
    matches: list[dict[int, tuple[Match, ...]]] = field(init=False)
    steady: dict[LineAt, bool] = field(default_factory=dict)
    copies: dict[int, int] = field(default_factory=dict)
    layers: list[Layer] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.matches = [{} for _ in self.pages]

    def place(self, numbers: Sequence[int]) -> None:
        """Match the lines to the running text of the texts with these numbers, and the rest of them to the asides."""
        texts, seen = [self.texts[n] for n in numbers], [self.seen.texts[n] for n in numbers]
        running = _Matched(running_text_of(texts), running_text_of(seen), numbers)
        placed = self._located(running)
        # Only the running text shows copies: a page that repeats only a note of another is no copy.
        self.copies.update(with_decided_copies(self.pages, copied_pages(placed, self.tuning), self.decided_copies))
        matched = self._add(running, placed)
        notes = _Matched(asides(texts), asides(seen), numbers)
        self._add(notes, self._located(notes, without=matched), without=matched)

    def _located(self, matched: _Matched, *, without: Collection[LineAt] = ()) -> list[PlacedLine]:
        """Where the lines, less those of `without`, stand in a running text, in page order, as far as they may."""
        lines = lines_to_match(self.seen, without)
        return self.seen.allowed(located(lines, matched.seen, self.matching), matched.seen, matched.numbers)

    def _add(self, matched: _Matched, placed: Sequence[PlacedLine], *, without: Collection[LineAt] = ()) -> set[LineAt]:
        """Keep what these lines show of a running text, and return the lines that were matched.

        Lines of `without` are not used to fill gaps.
        """
        texts = [self.texts[n] for n in matched.numbers]
        originals = [p for p in placed if p.page not in self.copies]
        unrivalled = without_rivals(originals, self.tuning)
        filled = with_filled_gaps(self.seen.pages, matched.seen, unrivalled, without=without, tuning=self.tuning)
        usable = self.seen.allowed(filled, matched.seen, matched.numbers)
        spans = [spans_of(text) for text in texts]
        showings_of_sentences = sentence_showings(
            self.seen.pages, spans, matched.seen, usable, self.tuning, parts=self.seen.divided.parts
        )
        parts = [*usable, *(p for p in placed if p.page in self.copies)]
        usable, shown = (self._whole(some, matched.text) for some in (usable, parts))
        for place, matches in zip(shown, line_matches(texts, matched.text, shown), strict=True):
            before = self.matches[place.page].get(place.line, ())
            self.matches[place.page][place.line] = before + matches
        for place, neighbours in zip(usable, continued(usable, self.tuning), strict=True):
            self.steady[place.at] = neighbours > 0
        for (text, sentence), showings in showings_of_sentences.items():
            self.showings[SentenceAt(matched.numbers[text], sentence)] = showings
        used = {p.at for p in usable}
        rivals = tuple(p for p in self._whole(originals, matched.text) if p.at not in used)
        self.layers.append(Layer(tuple(matched.numbers), matched.text, tuple(usable), rivals))
        return {p.at for p in parts}

    def _whole(self, parts: Sequence[PlacedLine], running_text: RunningText) -> list[PlacedLine]:
        """The same places of the lines as they were read, and as similar as they were read."""
        return self.seen.divided.whole_places([self._as_read(part, running_text) for part in parts], running_text)

    def _as_read(self, part: PlacedLine, running_text: RunningText) -> PlacedLine:
        """The placed line with its real similarity, where matching saw other letters than were read."""
        if part.at not in self.seen.taken:
            return part
        read = folded_letters(self.seen.divided.pages[part.page].lines[part.line].text)
        shown = folded_letters(running_text.content[part.start : part.end])
        return replace(part, similarity=Levenshtein.normalized_similarity(read, shown))

    def withdraw_foreign_texts(self) -> None:
        """Take back texts of which hardly anything was found: an address or a formula that other documents share."""
        placed_letters: Counter[int] = Counter()
        for (number, _), showings in self.showings.items():
            placed_letters[number] += sum(showing.fragment.letters for showing in showings)
        foreign = {
            number
            for number, letters in placed_letters.items()
            if letters < self.tuning.places.line_letters
            and letters
            < self.tuning.places.hardly_share * sum(letters_of(s.content) for s in self.texts[number].sentences)
        }
        self.showings = {at: showings for at, showings in self.showings.items() if at.text not in foreign}
        paths = {self.texts[number].path for number in foreign}
        self.matches = [_without_texts(matches, paths) for matches in self.matches]
        self.layers = [layer.without(foreign) for layer in self.layers]


def _without_texts(matches: Mapping[int, tuple[Match, ...]], paths: Collection[str]) -> dict[int, tuple[Match, ...]]:
    """The matches of a page's lines, less those with these texts; lines that match nothing else are left out."""
    kept = {line: tuple(m for m in of_line if m.text not in paths) for line, of_line in matches.items()}
    return {line: of_line for line, of_line in kept.items() if of_line}


def _in_order(place: PlacedLine) -> tuple[int, int, int]:
    return place.page, place.line, place.start
