"""Faults put into texts and scans, each with the finding that should report it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evaluation.volumes import Volume

from align.batch.scans import ScanResult
from align.model import Sentence, SourceText

Span = tuple[int, int]


@dataclass(frozen=True)
class Fault:
    """One fault: its kind, its document, what was there and what is there now, where, and on which scans.

    `span` is the range of the damaged text; `was` is that of the text before, where something was removed or changed;
    `scans` are indices of the damaged volume's scans.
    """

    kind: str
    document: str
    before: str = ""
    now: str = ""
    span: Span = (0, 0)
    was: Span = (0, 0)
    scans: tuple[int, ...] = ()


@dataclass(frozen=True)
class Case:
    """A place for a fault: a document of a volume, a random generator, and a text to take words from."""

    volume: Volume
    document: str
    rng: random.Random
    foreign: str


@dataclass(frozen=True)
class Damaged:
    """A volume with faults: its texts and scans as they are now."""

    texts: dict[str, str]
    scans: tuple[ScanResult, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Edit:
    """A replacement in a text; several are made at once, from the end backwards."""

    kind: str
    was: Span
    now: str


def edited(volume: Volume, document: str, edits: Sequence[Edit]) -> Damaged:
    """The volume with these edits, which do not overlap, in one of its texts."""
    content = volume.texts[document]
    parts: list[str] = []
    faults: list[Fault] = []
    at = length = 0
    for edit in sorted(edits, key=lambda e: e.was):
        start, end = edit.was
        parts += [content[at:start], edit.now]
        length += start - at
        faults.append(
            Fault(edit.kind, document, content[start:end], edit.now, (length, length + len(edit.now)), edit.was)
        )
        length += len(edit.now)
        at = end
    parts.append(content[at:])
    return Damaged({**volume.texts, document: "".join(parts)}, volume.scans, tuple(faults))


def apart(rng: random.Random, choices: Sequence[Span], count: int, distance: int) -> list[Span]:
    """At most `count` of the ranges, chosen by chance, with at least `distance` characters between any two."""
    chosen: list[Span] = []
    for span in rng.sample(choices, len(choices)):
        if len(chosen) < count and all(span[0] - b >= distance or a - span[1] >= distance for a, b in chosen):
            chosen.append(span)
    return chosen


# Letters between two faults of one run, so that each fault is found or missed by itself.
DISTANCE_LETTERS = 900


def body_sentences(text: SourceText, letters: int) -> list[Sentence]:
    """The unbroken sentences of running text with at least `letters` letters."""
    return [
        s
        for s in text.sentences
        if s.role == "body" and len(s.spans) == 1 and sum(c.isalnum() for c in s.content) >= letters
    ]


def sentences_removed(case: Case) -> Damaged:
    """Sentences removed, with the space after them."""
    volume, document = case.volume, case.document
    content = volume.texts[document]
    spans = [s.spans[0] for s in body_sentences(volume.structured(document, content), 3)]
    spans = [(a, b + len(content[b:]) - len(content[b:].lstrip(" "))) for a, b in spans]
    chosen = apart(case.rng, spans, count_for(volume), DISTANCE_LETTERS)
    return edited(volume, document, [Edit("sentence removed", span, "") for span in chosen])


def count_for(volume: Volume) -> int:
    """How many faults of a kind a volume takes at once: one a page."""
    return len(volume.scans)


def paragraphs_of(content: str) -> list[Span]:
    """The paragraphs of a text, which empty lines divide."""
    return [found.span() for found in re.finditer(r"\S(?:[^\n]|\n(?!\s*\n))*", content)]


def paragraphs_removed(case: Case) -> Damaged:
    """Paragraphs removed, with the empty line after them."""
    volume, document = case.volume, case.document
    content = volume.texts[document]
    spans = [(a, min(b + 2, len(content))) for a, b in paragraphs_of(content) if 20 <= b - a <= 1500]
    chosen = apart(case.rng, spans, max(1, count_for(volume) // 2), DISTANCE_LETTERS)
    return edited(volume, document, [Edit("paragraph removed", span, "") for span in chosen])


def sentences_invented(case: Case) -> Damaged:
    """Sentences of another book put between two sentences of a paragraph."""
    volume, document = case.volume, case.document
    content = volume.texts[document]
    places = [
        (b, b)
        for s in body_sentences(volume.structured(document, content), 3)
        for _, b in s.spans
        if content[b : b + 1] == " "
    ]
    others = [s.content for s in body_sentences(volume.structured("foreign", case.foreign), 6)]
    chosen = apart(case.rng, places, count_for(volume), DISTANCE_LETTERS)
    return edited(
        volume, document, [Edit("sentence invented", place, " " + case.rng.choice(others)) for place in chosen]
    )


def paragraphs_invented(case: Case) -> Damaged:
    """Paragraphs of another book put between two paragraphs."""
    volume, document = case.volume, case.document
    content = volume.texts[document]
    places = [(a, a) for a, _ in paragraphs_of(content)]
    others = [case.foreign[a:b] for a, b in paragraphs_of(case.foreign) if 20 <= b - a <= 1500]
    chosen = apart(case.rng, places, max(1, count_for(volume) // 2), DISTANCE_LETTERS)
    return edited(
        volume, document, [Edit("paragraph invented", place, case.rng.choice(others) + "\n\n") for place in chosen]
    )


def paragraphs_swapped(case: Case) -> Damaged:
    """Two paragraphs, neighbours or up to four apart, exchanged; the text between them is part of the fault."""
    volume, document = case.volume, case.document
    content = volume.texts[document]
    spans = paragraphs_of(content)
    edits: list[Edit] = []
    for index in case.rng.sample(range(len(spans)), len(spans)):
        other = index + case.rng.randint(1, 4)
        if other >= len(spans) or len(edits) >= max(1, count_for(volume) // 4):
            continue
        one, two = spans[index], spans[other]
        near = any(one[0] - DISTANCE_LETTERS < e.was[1] and e.was[0] < two[1] + DISTANCE_LETTERS for e in edits)
        if not near and all(40 <= b - a <= 1500 for a, b in (one, two)):
            now = content[slice(*two)] + content[one[1] : two[0]] + content[slice(*one)]
            edits.append(Edit("paragraphs swapped", (one[0], two[1]), now))
    return edited(volume, document, edits)


WORD = re.compile(r"[^\W\d_]{4,}")
NAME = re.compile(r"(?<=[^\W\d_,;] )[^\W\d_]{4,}")
NUMBER = re.compile(r"(?<![\w.,])\d{1,4}(?![\w])")


def words_changed(case: Case) -> Damaged:
    """A word of four letters or more a page: another word of the other book, or one letter of it another."""
    volume, document = case.volume, case.document
    content = volume.texts[document]
    places = [found.span() for found in WORD.finditer(content)]
    others = sorted({found.group().lower() for found in WORD.finditer(case.foreign)})
    edits = []
    for span in apart(case.rng, places, count_for(volume), DISTANCE_LETTERS):
        word = content[slice(*span)]
        near = [other for other in others if abs(len(other) - len(word)) <= 2 and seen(other) != seen(word)]
        new = case.rng.choice(near) if case.rng.random() < 0.5 else letter_changed(word, case.rng)
        edits.append(Edit("word changed", span, new.capitalize() if word[0].isupper() else new))
    return edited(volume, document, edits)


def names_changed(case: Case) -> Damaged:
    """A name a page: another name of the other book, or one letter of it another."""
    volume, document = case.volume, case.document
    content = volume.texts[document]
    places = [found.span() for found in NAME.finditer(content) if is_name(found)]
    others = sorted({found.group() for found in NAME.finditer(case.foreign) if is_name(found)})
    edits = []
    for span in apart(case.rng, places, count_for(volume), DISTANCE_LETTERS):
        word = content[slice(*span)]
        choices = [other for other in others if seen(other) != seen(word)]
        new = case.rng.choice(choices) if case.rng.random() < 0.5 and choices else letter_changed(word, case.rng)
        edits.append(Edit("name changed", span, new))
    return edited(volume, document, edits)


def is_name(found: re.Match[str]) -> bool:
    """Whether a word in the middle of a sentence begins, and only begins, with a capital letter."""
    word = found.group()
    return word[0].isupper() and word[1:].islower()


def numbers_changed(case: Case) -> Damaged:
    """A number a page: one digit of it another, or two neighbours changed about."""
    volume, document = case.volume, case.document
    content = volume.texts[document]
    edits = []
    for span in apart(case.rng, [found.span() for found in NUMBER.finditer(content)], count_for(volume), 300):
        number = content[slice(*span)]
        at = case.rng.randrange(max(1, len(number) - 1))
        if case.rng.random() < 0.5 and number[at : at + 1] != number[at + 1 : at + 2] != "":
            new = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
        else:
            new = number[:at] + case.rng.choice([d for d in "123456789" if d != number[at]]) + number[at + 1 :]
        edits.append(Edit("number changed", span, new))
    return edited(volume, document, edits)


def letter_changed(word: str, rng: random.Random) -> str:
    """The word with one letter, not the first, another, gone, doubled, or changed about with the next."""
    letters = "абвгдежзиклмнопрстуфхцчшыьюя" if re.search("[а-я]", word) else "abcdefghijklmnopqrstuvwxyz"
    while True:
        at = rng.randrange(1, len(word))
        way = rng.randrange(4)
        if way == 0:
            new = word[:at] + rng.choice(letters) + word[at + 1 :]
        elif way == 1:
            new = word[:at] + word[at + 1 :]
        elif way == 2:
            new = word[:at] + word[at] + word[at:]
        else:
            new = word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
        if seen(new) != seen(word):
            return new


def seen(word: str) -> str:
    """The word without differences of spelling: case, ё and й."""
    return word.lower().replace("ё", "е").replace("й", "и")


def with_markers(volume: Volume, document: str, labels: Callable[[int], str]) -> tuple[str, list[Span]]:
    """The text with a marker at the beginning of each page but the first, and the places of these markers."""
    content = volume.texts[document]
    parts: list[str] = []
    spans: list[Span] = []
    at = length = 0
    for index, start in volume.page_starts(document)[1:]:
        while start > at and not content[start - 1].isspace():
            start -= 1  # nobody breaks a word to put a marker where the page breaks it
        marker = f"[{'с' if volume.language == 'ru' else 'p'}. {labels(index)}] "
        parts += [content[at:start], marker]
        length += start - at
        spans.append((length, length + len(marker) - 1))
        length += len(marker)
        at = start
    return "".join([*parts, content[at:]]), spans


def markers_right(case: Case) -> Damaged:
    """Correct markers everywhere. This is no fault; it serves to count false alarms about markers."""
    volume, document = case.volume, case.document
    content, _ = with_markers(volume, document, lambda index: str(index + 1))
    return Damaged({**volume.texts, document: content}, volume.scans, ())


def marker_wrong(case: Case) -> Damaged:
    """One marker with another page's label."""
    volume, document = case.volume, case.document
    number = case.rng.randrange(1, len(volume.scans))
    label = str(number + 1 + case.rng.choice([-2, -1, 1, 2, 10]))
    content, spans = with_markers(volume, document, lambda i: label if i == number else str(i + 1))
    return Damaged(
        {**volume.texts, document: content},
        volume.scans,
        (Fault("marker wrong", document, span=spans[number - 1], scans=(number,)),),
    )


def marker_moved(case: Case) -> Damaged:
    """One marker moved by a sentence or more, forwards or backwards."""
    volume, document = case.volume, case.document
    content, spans = with_markers(volume, document, lambda i: str(i + 1))
    number = case.rng.randrange(len(spans))
    start, end = spans[number]
    marker = content[start : end + 1]
    rest = content[:start] + content[end + 1 :]
    shift = case.rng.choice([-1, 1]) * case.rng.randint(150, 900)
    at = max(1, start + shift)
    at = rest.find(" ", at) + 1 or start
    now = rest[:at] + marker + rest[at:]
    return Damaged(
        {**volume.texts, document: now}, volume.scans, (Fault("marker moved", document, span=(at, at + end - start)),)
    )


def markers_drifted(case: Case) -> Damaged:
    """All markers from one on moved by the same distance: one finding."""
    volume, document = case.volume, case.document
    first = case.rng.randrange(1, len(volume.scans) - 2)
    off = case.rng.choice([1, 2, 3])
    content, spans = with_markers(volume, document, lambda i: str(i + 1 + (off if i >= first else 0)))
    return Damaged(
        {**volume.texts, document: content},
        volume.scans,
        (Fault("markers drifted", document, span=(spans[first - 1][0], spans[-1][1])),),
    )


def page_dropped(case: Case) -> Damaged:
    """One scan removed."""
    volume, document = case.volume, case.document
    starts = volume.page_starts(document)
    at = case.rng.randrange(len(starts))
    scan, start = starts[at]
    end = starts[at + 1][1] if at + 1 < len(starts) else len(volume.texts[document])
    scans = volume.scans[:scan] + volume.scans[scan + 1 :]
    return Damaged(volume.texts, scans, (Fault("page dropped", document, span=(start, end)),))


def page_doubled(case: Case) -> Damaged:
    """One scan added a second time, somewhere behind the first."""
    volume, document = case.volume, case.document
    at = case.rng.randrange(len(volume.scans))
    again = case.rng.randrange(at + 1, len(volume.scans) + 1)
    scans = (*volume.scans[:again], volume.scans[at], *volume.scans[again:])
    return Damaged(volume.texts, scans, (Fault("page doubled", document, scans=(at, again)),))


def pages_swapped(case: Case) -> Damaged:
    """Two scans exchanged."""
    volume, document = case.volume, case.document
    one, two = sorted(case.rng.sample(range(len(volume.scans)), 2))
    scans = list(volume.scans)
    scans[one], scans[two] = scans[two], scans[one]
    return Damaged(volume.texts, tuple(scans), (Fault("pages swapped", document, scans=(one, two)),))


Maker = Callable[[Case], Damaged]

MAKERS: dict[str, Maker] = {
    "sentence removed": sentences_removed,
    "paragraph removed": paragraphs_removed,
    "sentence invented": sentences_invented,
    "paragraph invented": paragraphs_invented,
    "paragraphs swapped": paragraphs_swapped,
    "word changed": words_changed,
    "name changed": names_changed,
    "number changed": numbers_changed,
    "marker wrong": marker_wrong,
    "marker moved": marker_moved,
    "markers drifted": markers_drifted,
    "page dropped": page_dropped,
    "page doubled": page_doubled,
    "pages swapped": pages_swapped,
}
