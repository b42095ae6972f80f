"""The words of the texts that a line shows, and which of its words, as they were read, each of them stands for.

Words stand for each other as in word_alignment. Punctuation by itself, which alignment does not see, goes with what
stands in the same place between two paired words, and where it was read apart, with the word of the text that has it.
A word divided at the line's end keeps the hyphen of the page.

Example: the line "in 46 fol-" of the text "in 46 folders" shows "in", "46" and "fol-"; the whole word is "folders".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from align.linking.words.word_alignment import Step, collate
from align.model import Match, PlainText, Word
from align.text.fold import letters_of_word
from align.tuning.linking import LINKING, LinkingTuning

HYPHENS = "-‐‑¬"  # those that divide a word at a line end; a soft hyphen is on no page
_WORD = re.compile(r"\S+")
# Marks without ink, but those that join letters.
_JOINERS = "\u200c\u200d"
# Quotation marks are printed in one way and typed in another.
_QUOTES = str.maketrans(dict.fromkeys("«»“”„‟‘’‚‹›'`", '"'))


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text, or punctuation by itself: what it says, and its half-open range in the text at `path`.

    `whole` is the word of which it is a part at a line end, else None; `divided` says that the word goes on in the
    next line.
    """

    text: str
    path: str
    start: int
    end: int
    whole: str | None = None
    divided: bool = False

    @property
    def letters(self) -> str:
        """Its letters and digits, folded."""
        return letters_of_word(self.text)


@dataclass(frozen=True, slots=True)
class Unit:
    """Tokens (by index) and the words read (by index) in which they are shown; `edits` between their folded letters.

    Without words, the tokens were not read. A `loose` unit has words of which nothing says that they show the tokens.
    """

    read: range
    tokens: range
    edits: int = 0
    loose: bool = False


def tokens_of(matches: Sequence[Match], texts: Mapping[str, PlainText]) -> list[Token]:
    """The words of the texts under these matches of a line, in order; without those of texts not given."""
    found = [
        token
        for match in matches
        if match.text in texts
        for token in _tokens(match.text, texts[match.text].content, match.span)
    ]
    if not found:
        return []
    first, last = found[0], found[-1]
    found[0] = _begun_before(first, texts[first.path].content)
    last = found[-1]
    found[-1] = _going_on(last, texts[last.path].content)
    return [token for token in found if token.text]


def units_of(words: Sequence[Word], tokens: Sequence[Token], tuning: LinkingTuning = LINKING) -> list[Unit]:
    """The units of a line, in order; each token is in one of them. Words that show no token are in none."""
    units: list[Unit] = []
    read, token = 0, 0
    for unit in _with_marks(list(_lettered(words, tokens, tuning)), words, tokens):
        units += _between(range(read, unit.read.start), range(token, unit.tokens.start), words, tokens)
        units.append(unit)
        read, token = unit.read.stop, unit.tokens.stop
    return [*units, *_between(range(read, len(words)), range(token, len(tokens)), words, tokens)]


def on_the_page(text: str) -> str:
    """The text without what leaves no ink: control characters, marks of direction, soft hyphens."""
    return "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Cn") or c in _JOINERS)


def _tokens(path: str, content: str, span: tuple[int, int]) -> Iterator[Token]:
    for found in _WORD.finditer(content, *span):
        text = on_the_page(found.group())
        if text:
            yield Token(text, path, found.start(), found.end())


def _begun_before(token: Token, content: str) -> Token:
    """The first token of a line: without the hyphen of the line before, and with the whole word it is a part of."""
    if not token.start or not content[token.start - 1].isalnum():
        before = content[max(0, token.start - 2) : token.start]
        # The hyphen went with the line before: "who-" and "ever".
        goes_on = len(before) == 2 and before[0].isalnum() and before[1] in HYPHENS and token.text[0].isalnum()
        return replace(token, whole=_whole(content, token.start, token.end)) if goes_on else token
    text = token.text.lstrip(HYPHENS)
    return replace(token, text=text, whole=_whole(content, token.start, token.end)) if text else token


def _going_on(token: Token, content: str) -> Token:
    """The last token of a line, divided where the text goes on with a letter; with the hyphen that the text has."""
    before, after = content[token.end - 1 : token.end], content[token.end : token.end + 2]
    if after[:1].isalnum() and (before.isalnum() or before in HYPHENS):
        return replace(token, whole=_whole(content, token.start, token.end), divided=True)
    if before.isalnum() and after[:1] in HYPHENS and after[1:].isalnum():
        whole = _whole(content, token.start, token.end)
        return replace(token, text=token.text + after[0], whole=whole, divided=True)
    return token


def _whole(content: str, start: int, end: int) -> str:
    """The word around a range of the text, without punctuation at its ends."""
    while start and not content[start - 1].isspace():
        start -= 1
    while end < len(content) and not content[end].isspace():
        end += 1
    whole = on_the_page(content[start:end])
    first = next((n for n, c in enumerate(whole) if c.isalnum()), 0)
    last = next((n for n, c in enumerate(reversed(whole)) if c.isalnum()), 0)
    return whole[first : len(whole) - last]


def _lettered(words: Sequence[Word], tokens: Sequence[Token], tuning: LinkingTuning) -> Iterator[Unit]:
    """The units in which words read stand for tokens with letters."""
    read = [n for n, word in enumerate(words) if letters_of_word(word.text)]
    written = [n for n, token in enumerate(tokens) if token.letters]
    steps = collate([letters_of_word(words[n].text) for n in read], [tokens[n].letters for n in written], tuning)
    pending: list[Step] = []
    for step in [*steps, None]:
        if step is not None and not step.paired:
            pending.append(step)
            continue
        left, right = _spanned([s.read for s in pending]), _spanned([s.written for s in pending])
        if left and right:
            yield Unit(_indices(read, left), _indices(written, right), loose=True)
        pending = []
        if step is not None:
            yield Unit(_indices(read, range(*step.read)), _indices(written, range(*step.written)), step.edits)


def _spanned(ranges: Sequence[tuple[int, int]]) -> range:
    """The range over these half-open ranges, without the empty ones."""
    full = [(start, end) for start, end in ranges if start < end]
    return range(full[0][0], full[-1][1]) if full else range(0)


def _indices(numbers: Sequence[int], part: range) -> range:
    return range(numbers[part.start], numbers[part.stop - 1] + 1)


def _between(read: range, written: range, words: Sequence[Word], tokens: Sequence[Token]) -> list[Unit]:
    """The units of what stands between two lettered units: punctuation, words not read, and words beside the text."""
    points = [n for n in read if not letters_of_word(words[n].text)]
    if points and written and not any(tokens[n].letters for n in written):
        if len(points) == len(written):
            return [Unit(range(p, p + 1), range(n, n + 1)) for p, n in zip(points, written, strict=True)]
        return [Unit(range(points[0], points[-1] + 1), written)]
    return [Unit(range(0), range(n, n + 1)) for n in written]


def _with_marks(units: Sequence[Unit], words: Sequence[Word], tokens: Sequence[Token]) -> list[Unit]:
    """The units, each with the marks beside it that were read as words of their own and that its token has.

    Example: the page was read as "up" and "?", and the text has "up?".
    """
    taken = {n for unit in units for n in unit.read}
    found = []
    for unit in units:
        read = unit.read
        if len(unit.tokens) == 1:
            token = tokens[unit.tokens[0]]
            before, after = _marks(token.text)
            after += HYPHENS if token.divided else ""
            before_read, after_read = _marks(words[read[0]].text)[0], _marks(words[read[-1]].text)[1]
            while read.start - 1 not in taken and _is_of(words, read.start - 1, set(before) - set(before_read)):
                read = range(read.start - 1, read.stop)
            while read.stop not in taken and _is_of(words, read.stop, set(after) - set(after_read)):
                read = range(read.start, read.stop + 1)
            taken.update(read)
        found.append(replace(unit, read=read))
    return found


def _marks(text: str) -> tuple[str, str]:
    """The marks before and behind the letters of a word; none where it has no letters."""
    at = [n for n, c in enumerate(text) if c.isalnum()]
    return (text[: at[0]].translate(_QUOTES), text[at[-1] + 1 :].translate(_QUOTES)) if at else ("", "")


def _is_of(words: Sequence[Word], n: int, marks: set[str]) -> bool:
    """Whether the word read at this place is there and is made of such marks alone."""
    return 0 <= n < len(words) and set(words[n].text.translate(_QUOTES)) <= marks
