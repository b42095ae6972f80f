"""Source texts read in the slow, obvious way: what the quick ways of align.text must give too."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest

from align.model import Span
from align.text import blocks, joining, page_markers, paragraph_roles, paragraphs, pieces, sentences, source, stops
from align.text.abbreviations import word_key
from align.text.fold import fold
from align.text.stops import FullStops, Next, last_word

_ALWAYS = re.compile("")


class PlainStops(FullStops):
    """Every stop is judged by all rules, and every key is looked up in every table."""

    def is_among_initials(self, start: int, stop: int) -> bool:
        return False

    def before(self, start: int, stop: int) -> str:
        left = self._text[max(start, stop - self._tuning.stop_reach) : stop]
        return left.translate(stops._WITHOUT_INVISIBLE)

    def _word_ends(self, *, start: int, stop: int, word: str, before: str, follows: Next) -> bool:
        words = self._words
        numbered = stops._NUMBER_BEFORE.search(before) is not None
        number_next = self._number_follows(follows)
        for key in self._joined_keys(word, before):
            if key in words.counted and numbered:
                dated = key in stops._DATING_UNITS
                return (dated or not number_next) and not self._is_only_date(start, stop, follows)
            if key in words.last:
                return not self._is_only_date(start, stop, follows)
            if key in words.units:
                return not number_next
            if key in words.before:
                return False
            if key == "им":
                return not (number_next or self._names_someone(follows))
            if key in words.weak or (key in words.counted and key not in words.linking):
                return self.is_starter(follows)
            if key in words.numbered and number_next:
                return False
        return len(word) > 1 or word in {"я", "ж"} or self.is_starter(follows)

    def _joined_keys(self, word: str, before: str) -> list[str]:
        key = word_key(word)
        if before.endswith("&"):
            return ["&" + key]
        keys = [key]
        for _ in range(self._tuning.abbreviation_parts - 1):
            before = before.rstrip()
            part = last_word(before[:-1]) if before.endswith(".") else ""
            if not part or len(part) > self._tuning.abbreviation_letters:
                break
            before = before[: -1 - len(part)]
            keys.insert(0, f"{word_key(part)}.{keys[0]}")
        if before.rstrip().endswith((" и", "\nи")):
            keys.insert(len(keys) - 1, f"и.{key}")
        return keys


class PlainSplitter(sentences._Splitter):
    """Every character after a mark is held against every pattern."""

    def _tail(self, run: re.Match[str]) -> int:
        text, at = self._text, run.end()
        while at < len(text):
            sign = text[at]
            if sign in sentences._CLOSING_BRACKETS or (sign in sentences._CLOSING_QUOTES and self._closes(at)):
                at += 1
            elif further := sentences._RUN.match(text, at) or sentences._NOTE_MARK.match(text, at):
                at = further.end()
            elif sign.isspace() and at + 1 < len(text) and text[at + 1] in '»”"' and self._closes(at + 1):
                at += 2
            else:
                break
        return at

    def _next(self, at: int) -> Next | None:
        text, elided, dashed, dotted = self._text, False, False, False
        while at < len(text):
            sign = text[at]
            if not elided and (elision := sentences._ELISION.match(text, at)):
                at, elided = elision.end(), True
            elif sign.isspace() or sign in sentences._OPENING or (sign == "-" and text[at + 1 : at + 2].isspace()):
                dashed = dashed or sign in "–—―−-"
                at += 1
            elif sign in ".…" and not dotted and (dots := sentences._DOTS.match(text, at)):
                at, dotted = dots.end(), True
            else:
                break
        if at == len(text):
            return Next(at, "", dashed) if elided else None
        begins = text[at].isdigit() or text[at] in sentences._SYMBOLS_THAT_BEGIN
        if elided or begins or sentences._LETTER_IN_LIST.match(text, at):
            return Next(at, "", dashed)
        if text[at].isalpha() and not text[at].islower():
            word = stops.WORD.match(text, at)
            return Next(at, word_key(word.group()) if word else "", dashed)
        return None


def plain_pieces(content: str, start: int, end: int, cuts: Sequence[Span]) -> tuple[Span, ...]:
    """The pieces of a range, with every cut from its start on looked at."""
    spans, at = [], start
    for cut_start, cut_end in cuts[bisect_left(cuts, start, key=lambda cut: cut[1]) :]:
        if cut_start < end and (cut_start < cut_end or pieces._divides(content, cut_start)):
            spans.append((at, max(at, cut_start)))
            at = max(at, cut_end)
    spans.append((at, end))
    return tuple(piece for a, b in spans if (piece := pieces._trimmed(content, a, b)))


@contextmanager
def plainly() -> Iterator[None]:
    """Within, texts are structured in the slow way."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sentences, "FullStops", PlainStops)
        patch.setattr(sentences, "_Splitter", PlainSplitter)
        patch.setattr(joining, "_UNEVEN", _ALWAYS)
        patch.setattr(paragraph_roles, "_MARK_OF_REFERENCE", _ALWAYS)
        patch.setattr(page_markers, "_INLINE_ENDS", [""])
        patch.setattr(source, "folded_text", lambda text: fold(text).text)
        patch.setattr(blocks, "pieces_of", plain_pieces)
        patch.setattr(paragraphs, "pieces_of", plain_pieces)
        yield
