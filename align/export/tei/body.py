"""The words of a text in its paragraphs, each sentence marked, with page breaks and notes where they stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from align.export.tei.tags import PLAIN, Attributes, Markup, written_text
from align.model import ASIDE, Role, Sentence, SourceText

# A hyphen that a word has of its own. No break follows it inside the word: readers would take the hyphen away.
_HYPHENS = "-\u2010\u00ad\u00ac"


class Milestone(NamedTuple):
    """An empty element, pb or lb, that stands at an offset of the content."""

    offset: int
    name: str
    attributes: Attributes


@dataclass(frozen=True, slots=True)
class Body:
    """The words of a text, and what is said of them.

    `blocks` has for each sentence the number of its paragraph; `sentences` and `notes` are attributes by the ids of
    sentences, those of a note by its first one. `milestones` are in order.
    """

    text: SourceText
    blocks: Sequence[int]
    sentences: Mapping[str, Attributes]
    notes: Mapping[str, Attributes] = field(default_factory=dict)
    milestones: Sequence[Milestone] = ()
    markup: Markup = PLAIN


class _Block(NamedTuple):
    sentences: tuple[Sentence, ...]

    @property
    def role(self) -> Role:
        return self.sentences[0].role

    @property
    def start(self) -> int:
        return self.sentences[0].spans[0][0]

    @property
    def end(self) -> int:
        return max(sentence.spans[-1][1] for sentence in self.sentences)


class _Put(NamedTuple):
    """What is put between letters of a paragraph: a milestone, or a note as it is written."""

    offset: int
    milestone: Milestone | None
    written: str = ""


def written_body(body: Body) -> Iterator[str]:
    """The element body, paragraph by paragraph; a heading after other text begins a division."""
    markup, waiting = body.markup, list(reversed(body.milestones))
    yield f"{markup.start('body')}\n{markup.start('div')}\n"
    filled = False
    for block, inside in _with_inner(_blocks(body)):
        if block.role == "heading" and filled:
            yield f"{markup.end('div')}\n{markup.start('div')}\n"
        filled = block.role not in ("heading", *ASIDE) or (filled and block.role != "heading")
        while waiting and waiting[-1].offset <= block.start and waiting[-1].name == "pb":
            yield f"{_empty(waiting.pop(), body)}\n"
        own: list[_Put] = []
        while waiting and waiting[-1].offset < block.end:
            own.append(_Put(waiting[-1].offset, waiting.pop()))
        puts = [put for put in own if not any(note.start <= put.offset < note.end for note in inside)]
        for note in inside:
            in_note = [put for put in own if note.start <= put.offset < note.end]
            puts += [_Put(note.start, None, _written_note(note, body, in_note))] if note.role in ASIDE else in_note
        yield f"{_written_block(block, sorted(puts, key=_order), body)}\n"
        yield from (f"{_written_block(one, (), body)}\n" for one in inside if one.role not in ASIDE)
    yield from (f"{_empty(milestone, body)}\n" for milestone in reversed(waiting))
    yield f"{markup.end('div')}\n{markup.end('body')}\n"


def letters_of(content: str, sentence: Sentence) -> list[int] | None:
    r"""For each character of a sentence the offset from which it comes; None where they cannot be told.

    >>> letters_of("Баг-\nрец", Sentence("s", "k", "body", ((0, 8),), "Багрец"))
    [0, 1, 2, 5, 6, 7]
    """
    offsets = (at for span in sentence.spans for at in range(*span))
    found: list[int] = []
    for char in sentence.content:
        if char == " ":
            found.append(found[-1] + 1 if found else sentence.spans[0][0])
            continue
        at = next((at for at in offsets if content[at] == char), None)
        if at is None:
            return None
        found.append(at)
    return found


def _blocks(body: Body) -> list[_Block]:
    """The paragraphs in the order of their first sentences."""
    found: dict[int, list[Sentence]] = {}
    for sentence, number in zip(body.text.sentences, body.blocks, strict=True):
        found.setdefault(number, []).append(sentence)
    return [_Block(tuple(sentences)) for sentences in found.values()]


def _with_inner(blocks: Iterable[_Block]) -> Iterator[tuple[_Block, list[_Block]]]:
    """Each paragraph with those that begin inside it: notes, as a rule."""
    outer: _Block | None = None
    inside: list[_Block] = []
    for block in blocks:
        if outer is not None and block.start < outer.end:
            inside.append(block)
            continue
        if outer is not None:
            yield outer, inside
        outer, inside = block, []
    if outer is not None:
        yield outer, inside


def _order(put: _Put) -> tuple[int, int]:
    """A note comes before a page break at the same place, and that before a line."""
    return put.offset, 0 if put.milestone is None else 1 if put.milestone.name == "pb" else 2


def _written_block(block: _Block, puts: Sequence[_Put], body: Body) -> str:
    if block.role in ASIDE:
        return _written_note(block, body, puts)
    name = "head" if block.role == "heading" else "p"
    return f"{body.markup.start(name)}{_words(block, puts, body)}{body.markup.end(name)}"


def _written_note(block: _Block, body: Body, puts: Sequence[_Put] = ()) -> str:
    about = {"type": str(block.role), **body.notes.get(block.sentences[0].id, {})}
    return f"{body.markup.start('note', about)}{_words(block, puts, body)}{body.markup.end('note')}"


def _words(block: _Block, puts: Sequence[_Put], body: Body) -> str:
    """The sentences of a paragraph, with what stands before, in and between them."""
    parts: list[str] = []
    rest = list(puts)
    end: int | None = None
    for sentence in block.sentences:
        start, stop = sentence.spans[0][0], sentence.spans[-1][1]
        spaced = end is not None and any(map(str.isspace, body.text.content[end:start]))
        before = [put for put in rest if put.offset <= start]
        close = [put for put in before if put.milestone is None or (end is not None and put.offset <= end)]
        parts += [_put(put, body) for put in close]
        parts += [" "] if spaced else []
        parts += [_put(put, body) for put in before if put not in close]
        own = [put for put in rest if start < put.offset < stop]
        parts.append(_written_sentence(sentence, own, body))
        rest = [put for put in rest if put.offset >= stop]
        end = stop
    return "".join([*parts, *(_put(put, body) for put in rest)])


def _put(put: _Put, body: Body) -> str:
    return put.written if put.milestone is None else _empty(put.milestone, body)


def _written_sentence(sentence: Sentence, puts: Sequence[_Put], body: Body) -> str:
    content, markup = sentence.content, body.markup
    letters = letters_of(body.text.content, sentence) if puts else []
    parts = [markup.start("s", body.sentences[sentence.id])]
    at = 0
    for put in puts:
        # Where its place among the letters cannot be told, it comes before the first of them.
        place = bisect_left(letters, put.offset) if letters else 0
        if put.milestone is None and place and content[place - 1] == " ":
            place -= 1
        parts.append(written_text(content[at : max(at, place)]))
        at = max(at, place)
        parts.append(put.written if put.milestone is None else _empty(put.milestone, body, _within(content, at)))
    return "".join([*parts, written_text(content[at:]), markup.end("s")])


def _within(content: str, at: int) -> bool:
    """Whether a word goes on at this place."""
    return 0 < at < len(content) and not (content[at - 1] + content[at]).count(" ") and content[at - 1] not in _HYPHENS


def _empty(milestone: Milestone, body: Body, within: bool = False) -> str:
    about = {**milestone.attributes, **({"break": "no"} if within else {})}
    return body.markup.empty(milestone.name, about)
