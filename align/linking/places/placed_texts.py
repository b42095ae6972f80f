"""Where the lines of a volume stand in the texts that may be its transcriptions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from align.linking.places.competing_lines import continued, copied_pages, without_rivals
from align.linking.places.fragments import letters_of
from align.linking.places.gap_filling import settled
from align.linking.places.placing import Placed, SentenceKey, Showing, areas_of, line_matches, sentence_showings
from align.linking.places.running_text import Haystack, asides, running_text
from align.matching.locate import locate
from align.model import Area, Match, Page, SourceText, Span
from align.model.language import primary

# On pages of two languages both texts of a document may be its transcription: one is not that shows less than this
# share of what the other shows.
SHOWN = 0.5
# A text stands on these pages if a line's worth of its letters does, or a tenth of them all.
LINE, HARDLY = 45, 0.1


@dataclass(frozen=True)
class Layer:
    """Texts matched together, by number: what the lines were matched against, and the lines that sentences may use.

    `rivals` are lines that show what other lines show with better right.
    """

    numbers: tuple[int, ...]
    haystack: Haystack
    placed: tuple[Placed, ...]
    rivals: tuple[Placed, ...] = ()

    @cached_property
    def by_line(self) -> dict[tuple[int, int], list[Placed]]:
        """The placed lines by page and line index."""
        found: dict[tuple[int, int], list[Placed]] = defaultdict(list)
        for place in self.placed:
            found[place.page, place.line].append(place)
        return dict(found)

    def without(self, texts: Collection[int]) -> Layer:
        """The layer less the lines that show nothing but these texts (numbers)."""

        def stays(place: Placed) -> bool:
            return any(self.numbers[n] not in texts for _, n, _ in self.haystack.within(place.start, place.end))

        placed, rivals = (tuple(filter(stays, own)) for own in (self.placed, self.rivals))
        return replace(self, placed=placed, rivals=rivals)


@dataclass(frozen=True, slots=True)
class PlacedTexts:
    """Where the lines of the volume stand in the texts that may be its transcriptions, which `texts` holds.

    A text's number is its index there; `numbers` gives it by the text's path.
    """

    texts: list[SourceText]
    numbers: dict[str, int]
    showings: dict[SentenceKey, tuple[Showing, ...]]
    matches: list[dict[int, tuple[Match, ...]]]
    steady: dict[tuple[int, int], bool]
    copies: dict[int, int]
    layers: list[Layer]

    def transcriptions(self, own: Sequence[SourceText]) -> list[SourceText]:
        """Those of a document's texts that are its transcriptions: where several may be, those that the pages show."""
        shares = {n: self._share(n) for t in own if (n := self.numbers.get(t.path)) is not None}
        most = max(shares.values(), default=0.0)
        return [self.texts[number] for number, share in shares.items() if share >= SHOWN * most]

    def _share(self, number: int) -> float:
        """The share of a text's sentences that some line shows."""
        count = len(self.texts[number].sentences)
        return sum((number, i) in self.showings for i in range(count)) / max(1, count)

    def shown_parts(
        self, pages: Sequence[Page], number: int, sentences: Collection[int], parts: Sequence[Sequence[Span]]
    ) -> list[tuple[Area, ...]]:
        """The areas of parts of a text, given by their spans: parts of these of its sentences, not overlapping."""
        text = self.texts[number]
        lines = {(s.page, s.line) for i in sentences for s in self.showings.get((number, i), ())}
        cut = [replace(text.sentences[0], spans=tuple(spans)) for spans in parts]
        areas: list[tuple[Area, ...]] = [()] * len(parts)
        for layer in self.layers:
            if number in layer.numbers:
                own = [replace(text, sentences=())] * len(layer.numbers)
                own[layer.numbers.index(number)] = replace(text, sentences=tuple(cut))
                placed = sorted((p for at in lines for p in layer.by_line.get(at, ())), key=_in_order)
                for (_, part), shown in sentence_showings(pages, own, layer.haystack, placed).items():
                    areas[part] += areas_of(pages, text, cut[part], shown)
        return areas

    @classmethod
    def of(cls, pages: Sequence[Page], texts: Sequence[SourceText]) -> PlacedTexts:
        """Match all lines to all texts; a second text of a document in one language is matched by itself."""
        layers: dict[int, list[int]] = defaultdict(list)
        seen: Counter[tuple[str, str]] = Counter()
        for number, text in enumerate(texts):
            own = (text.document, primary(text.language))
            layers[seen[own]].append(number)
            seen[own] += 1
        numbers_by_path = {text.path: number for number, text in enumerate(texts)}
        result = cls(list(texts), numbers_by_path, {}, [{} for _ in pages], {}, {}, [])
        for numbers in layers.values():
            own_texts = [texts[n] for n in numbers]
            running, notes = running_text(own_texts), asides(own_texts)
            placed = _located(pages, running)
            # A page that repeats but a note of another is no copy.
            result.copies.update(copied_pages(placed))
            taken = result._add(pages, numbers, own_texts, running, placed)
            result._add(pages, numbers, own_texts, notes, _located(pages, notes, without=taken), without=taken)
        result._withdraw()
        return result

    def _withdraw(self) -> None:
        """Take back texts of which hardly anything was found: an address or a formula that other documents share."""
        placed: Counter[int] = Counter()
        for (number, _), showings in self.showings.items():
            placed[number] += sum(showing.fragment.letters for showing in showings)
        foreign = {
            number
            for number, letters in placed.items()
            if letters < LINE and letters < HARDLY * sum(letters_of(s.content) for s in self.texts[number].sentences)
        }
        for owner in [owner for owner in self.showings if owner[0] in foreign]:
            del self.showings[owner]
        paths = {self.texts[number].path for number in foreign}
        for page in self.matches:
            for line, own in list(page.items()):
                kept = tuple(match for match in own if match.text not in paths)
                if kept:
                    page[line] = kept
                else:
                    del page[line]
        if foreign:
            self.layers[:] = [layer.without(foreign) for layer in self.layers]

    def _add(
        self,
        pages: Sequence[Page],
        numbers: Sequence[int],
        texts: Sequence[SourceText],
        haystack: Haystack,
        placed: Sequence[Placed],
        *,
        without: Collection[tuple[int, int]] = (),
    ) -> set[tuple[int, int]]:
        """Keep what these lines show, and say which were matched; `numbers` are these texts' numbers among all."""
        originals = [p for p in placed if p.page not in self.copies]
        usable = settled(pages, haystack, without_rivals(originals), without=without)
        shown = [*usable, *(p for p in placed if p.page in self.copies)]
        for place, matches in zip(shown, line_matches(texts, haystack, shown), strict=True):
            before = self.matches[place.page].get(place.line, ())
            self.matches[place.page][place.line] = before + matches
        for place, neighbours in zip(usable, continued(usable), strict=True):
            self.steady[place.page, place.line] = neighbours > 0
        for (number, sentence), showings in sentence_showings(pages, texts, haystack, usable).items():
            self.showings[numbers[number], sentence] = showings
        kept = {(p.page, p.line) for p in usable}
        rivals = tuple(p for p in originals if (p.page, p.line) not in kept)
        self.layers.append(Layer(tuple(numbers), haystack, tuple(usable), rivals))
        return {(p.page, p.line) for p in shown}


def _in_order(place: Placed) -> tuple[int, int, int]:
    return place.page, place.line, place.start


def _located(pages: Sequence[Page], haystack: Haystack, *, without: Collection[tuple[int, int]] = ()) -> list[Placed]:
    """Where the lines that are not taken stand in the haystack, in page order."""
    if not haystack.pieces:
        return []
    lines = [(p, i) for p, page in enumerate(pages) for i in range(len(page.lines)) if (p, i) not in without]
    found = locate([pages[p].lines[i].text for p, i in lines], haystack.content)
    return [Placed(p, i, *at.span, at.similarity) for (p, i), at in zip(lines, found, strict=True) if at is not None]
