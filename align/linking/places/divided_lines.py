"""Lines divided where the words of a sentence that an editor placed begin and end.

An editor's boxes say to the word where a sentence ends on its line. What else stands on that line is no part of it, and
is matched by itself: it may show the next sentence, another one, or nothing that the text has. So the line is divided
there, and its parts are lines to matching. What was found is then told of the whole lines, as they were read.

Example: of the line "came late. He sat" an editor placed "came late."; matching sees "came late." and "He sat".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from align.linking.places.placing import LinePart, PlacedLine
from align.linking.places.running_text import RunningText
from align.model import Line, LineAt, Page, SentenceAt, WordAt


@dataclass(frozen=True, slots=True)
class DividedLines:
    """Pages of which some lines are divided; `parts` says of each line there which whole line it is of, or is.

    Lines of pages without divided lines are not named.
    """

    pages: Sequence[Page]
    parts: Mapping[LineAt, LinePart] = field(default_factory=dict)

    @classmethod
    def of(cls, pages: Sequence[Page], owners: Mapping[WordAt, SentenceAt]) -> DividedLines:
        """The pages with their lines divided wherever the next word is owned by another sentence, or by none."""
        marked = {word.page for word in owners}
        parts: dict[LineAt, LinePart] = {}
        divided = []
        for p, page in enumerate(pages):
            if p not in marked:
                divided.append(page)
                continue
            lines: list[Line] = []
            for i, line in enumerate(page.lines):
                words = [WordAt(p, i, w) for w in range(len(line.words))]
                for _, run in groupby(words, key=owners.get):
                    own = list(run)
                    parts[LineAt(p, len(lines))] = LinePart(line, own[0])
                    whole = len(own) == len(words)
                    lines.append(line if whole else replace(line, words=line.words[own[0].word : own[-1].word + 1]))
            divided.append(replace(page, lines=tuple(lines)))
        return cls(divided, parts)

    def whole_line(self, at: LineAt) -> LineAt:
        """The line, as it was read, that this one is a part of."""
        part = self.parts.get(at)
        return at if part is None else part.begins.of_line

    def whole_places(self, placed: Iterable[PlacedLine], running_text: RunningText) -> list[PlacedLine]:
        """What whole lines show: parts of a line that show text without a letter between them are one place."""
        joined: list[PlacedLine] = []
        for place in placed:
            whole = replace(place, line=self.whole_line(place.at).line)
            before = joined[-1] if joined else None
            if before and before.at == whole.at and place.at in self.parts and _follows(before, whole, running_text):
                joined[-1] = _together(before, whole)
            else:
                joined.append(whole)
        return joined


def _follows(first: PlacedLine, second: PlacedLine, running_text: RunningText) -> bool:
    between = running_text.content[first.end : second.start]
    return first.end <= second.start and not any(c.isalnum() for c in between)


def _together(first: PlacedLine, second: PlacedLine) -> PlacedLine:
    """One place for two that follow each other; the longer one counts more for the similarity."""
    lengths = first.end - first.start, second.end - second.start
    similarity = (first.similarity * lengths[0] + second.similarity * lengths[1]) / max(1, sum(lengths))
    return replace(first, end=second.end, similarity=similarity)
