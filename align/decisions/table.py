"""The rows of a table of decisions, such as findings.xlsx: what a row says, in the words of editors, and back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import get_args

from align.decisions.values import LONGEST_TEXT
from align.model.decision import CHOICES, Event, Json, Subject, SubjectKind, Where

# The words of each decision. The first is written; all are read, and so is the decision's own name. The words that
# come last for findings are those of tables that older versions of the program wrote.
WORDS: Mapping[SubjectKind, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "finding": {
            "mend": ("to be mended", "исправить", "подлежит исправлению", "confirmed", "mended"),
            "leave": ("leave as it is", "оставить как есть", "оставить"),
            "false-alarm": ("false alarm", "ложная тревога", "ложное срабатывание", "dismissed"),
            "cannot-tell": ("cannot tell", "не могу решить", "неясно"),
        },
        "link": {
            "right": ("right", "верно"),
            "wrong": ("wrong", "неверно"),
            "placed": ("placed", "место указано"),
            "not-on-scan": ("not on the scans", "нет на сканах"),
        },
        "pair": {"right": ("right", "верно"), "wrong": ("wrong", "неверно"), "paired": ("paired", "соединено")},
        "page": {"stated": ("stated", "указано")},
        "document": {
            "to-do": ("to do", "не начат"),
            "in-work": ("in work", "в работе"),
            "second-reader": ("needs a second reader", "нужен второй читатель"),
            "done": ("done", "готово", "готов"),
        },
    }
)
_YES = frozenset({"yes", "true", "x", "1", "+", "да", "истина", "х"})
_NO = frozenset({"", "no", "false", "0", "-", "нет", "ложь"})
YES = "yes"

DECISION, COMMENT, READING, SECOND, KEY, KIND, VALUE, EVENT = (
    "decision", "comment", "reading", "second reader", "key", "kind", "value", "decided before",
)  # fmt: skip
# The headings of a table. The first is written; all are read.
HEADINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        DECISION: (DECISION, "решение"),
        COMMENT: (COMMENT, "editor's note", "комментарий", "примечание"),
        READING: (READING, "чтение", "верное чтение"),
        SECOND: (SECOND, "второй читатель"),
        KEY: (KEY, "ключ"),
        KIND: (KIND, "вид"),
        VALUE: (VALUE, "значение"),
        EVENT: (EVENT, "решено ранее"),
        **{name: (name,) for name in ("volume", "document", "text", "code", "source text", "scan text")},
    }
)
_KEY = re.compile(r"[0-9a-f]{16}")
_EVENT = re.compile(r"[0-9a-f]{32}")
# Letters of a cell in which a word is looked for; no word of a table is half as long.
_WORD = 100


@dataclass(frozen=True, slots=True)
class Seen:
    """What an event says of its subject: what the editor saw of it, where it was, and the digests of its texts."""

    content: str = ""
    where: Where = field(default_factory=Where)
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says of its subject. None: the table has no such column, and so says nothing of it.

    `base` is the event that stood when the table was written; `based` says whether the table has that column. `told` is
    what the table itself tells of the subject, for one that the results no longer have.
    """

    row: int
    subject: Subject
    decision: str | None
    comment: str | None
    reading: str | None
    flag: bool | None
    value: Mapping[str, Json] | None
    base: str | None = None
    based: bool = False
    told: Seen = field(default_factory=Seen, compare=False)

    @property
    def empty(self) -> bool:
        """Whether the row says nothing at all, as most rows of a table do that is not filled in yet."""
        return not (self.decision or self.comment or self.reading or self.flag or self.value)


@dataclass(frozen=True, slots=True)
class Untaken:
    """A row that cannot be taken, and why; `row` counts as the spreadsheet does, from 1."""

    row: int
    key: str
    why: str


def columns_of(headings: Sequence[str]) -> dict[str, int]:
    """The place of each column that is known by its heading, whatever the order; ValueError where one is there twice.

    >>> columns_of(["rank", "Ключ", "Decision "])
    {'key': 1, 'decision': 2}
    """
    found: dict[str, int] = {}
    for at, heading in enumerate(headings):
        name = _HEADING_NAMES.get(_plain(heading[:_WORD]))
        if name in found:
            raise ValueError(f"two columns are named {name!r}")
        if name is not None:
            found[name] = at
    return found


def is_heading(cells: Sequence[str]) -> bool:
    """Whether a row is the heading of a table of decisions: it names the columns of keys and of decisions."""
    names = {_HEADING_NAMES.get(_plain(cell[:_WORD])) for cell in cells}
    return {KEY, DECISION} <= names


def said(headings: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]]) -> Iterator[Said | Untaken]:
    """What each row says, or why it cannot be taken; a row that is empty but for its key is left out.

    Of rows with one key that say different things none can be taken.
    """
    columns = columns_of(headings)
    found: list[Said | Untaken] = []
    rows_of: dict[Subject, list[Said]] = {}
    for number, cells in rows:
        texts = {name: cells[at].strip() if at < len(cells) else "" for name, at in columns.items()}
        own = _row(number, texts)
        if own is not None:
            found.append(own)
        if isinstance(own, Said):
            rows_of.setdefault(own.subject, []).append(own)
    for own in found:
        same = rows_of[own.subject] if isinstance(own, Said) else []
        if isinstance(own, Untaken) or len(same) == 1:
            yield own
        elif any(_content(other) != _content(own) for other in same):
            others = ", ".join(str(other.row) for other in same if other is not own)
            yield Untaken(own.row, own.subject.key, f"row {others} has the same key and says something else")
        elif own is same[0]:
            yield own


def _row(number: int, texts: Mapping[str, str]) -> Said | Untaken | None:
    stated = any(texts.get(name) for name in (DECISION, COMMENT, READING, VALUE))
    key = texts.get(KEY, "").lstrip("'").lower()
    kind = _plain(texts.get(KIND, "")[:_WORD]) or "finding"
    try:
        if not _KEY.fullmatch(key):
            if not stated:
                return None
            raise ValueError("its key is missing" if not key else f"{_short(key)} is no key")
        if kind not in get_args(SubjectKind):
            raise ValueError(f"{_short(kind)} is no kind of subject")
        base = texts.get(EVENT, "").lstrip("'").lower()
        own = Said(
            number,
            Subject(kind, key),  # type: ignore[arg-type]  # a kind is one of the words of SubjectKind
            decision_of(kind, texts.get(DECISION, "")),  # type: ignore[arg-type]  # as above
            _text(texts, COMMENT),
            _text(texts, READING),
            _flag(texts[SECOND]) if SECOND in texts else None,
            _value(texts.get(VALUE, "")),
            base if _EVENT.fullmatch(base) else None,
            EVENT in texts,
            _told(texts),
        )
        if own.reading and own.decision != "mend":
            raise ValueError(f"a reading belongs to the decision {word('finding', 'mend')!r}")
    except ValueError as fault:
        return Untaken(number, _short(key), str(fault))
    return own


def _told(texts: Mapping[str, str]) -> Seen:
    """What a row tells of its subject; its words as align.decisions.subjects writes those of a finding."""
    volume, document, text, code = (texts.get(name) or None for name in ("volume", "document", "text", "code"))
    words = [texts[name] for name in ("source text", "scan text") if texts.get(name)]
    return Seen("\n".join(words), Where(volume=volume, document=document, text=text, code=code))


def word(kind: SubjectKind, decision: str | None) -> str:
    """The word of a decision as a table has it: "to be mended" for "mend"; empty for none."""
    return "" if decision is None else WORDS[kind][decision][0]


def decision_of(kind: SubjectKind, text: str) -> str | None:
    """The decision that a cell names, None for an empty cell; ValueError where it names none.

    >>> decision_of("finding", "Ложная тревога."), decision_of("finding", "")
    ('false-alarm', None)
    """
    plain = _plain(text[:_WORD])
    if not plain:
        return None
    found = _DECISIONS[kind].get(plain)
    if found is None:
        choices = ", ".join(repr(words[0]) for words in WORDS[kind].values())
        raise ValueError(f"{_short(text)} is no decision: use one of {choices}")
    return found


def choices(kind: SubjectKind) -> tuple[str, ...]:
    """The words to choose from, in the order of CHOICES."""
    return tuple(word(kind, decision) for decision in CHOICES[kind])


def cells_of(event: Event | None) -> tuple[str, str, str, str]:
    """What stands of a subject as the first cells of its row: decision, comment, reading, second reader."""
    if event is None:
        return "", "", "", ""
    flag = YES if event.flag else ""
    return word(event.subject.kind, event.decision), event.comment, reading_of(event), flag


def reading_of(event: Event) -> str:
    """The accepted reading of a decision; empty where there is none."""
    reading = (event.value or {}).get("reading")
    return reading if isinstance(reading, str) and event.subject.kind == "finding" else ""


def same_text(cell: str, text: str) -> bool:
    """Whether a cell holds this text, but for what spreadsheets change in texts.

    They change the ends of lines, white space at both ends, an apostrophe before what looks like a formula, and the end
    of a very long text.
    """
    one, two = _settled(cell), _settled(text)
    cut = one.removesuffix("… (cut)").rstrip()
    return one == two or (cut != one and two.startswith(cut))


def _settled(text: str) -> str:
    lines = re.sub("\r\n?|\u2028|\u2029", "\n", text).strip()
    return re.sub("[\x00-\x08\x0b-\x1f\ufffd-\uffff\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", lines).lstrip("'")


def _text(texts: Mapping[str, str], name: str) -> str | None:
    text = texts.get(name)
    if text is not None and len(text) > LONGEST_TEXT:
        raise ValueError(f"its {name} has more than {LONGEST_TEXT:,} letters")
    return None if text is None else re.sub("\r\n?", "\n", text)


def _flag(text: str) -> bool:
    plain = _plain(text[:_WORD])
    if plain in _YES or plain in _NO:
        return plain in _YES
    raise ValueError(f"{_short(text)} does not say whether a second reader is asked for: write 'yes', or nothing")


def _value(text: str) -> Mapping[str, Json] | None:
    if not text:
        return None
    try:
        value = json.loads(text) if len(text) <= LONGEST_TEXT else None
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise ValueError(f"{_short(text)} is no value: leave it as `align decisions export` writes it")
    return value


def _content(own: Said) -> tuple[object, ...]:
    return own.decision, own.comment, own.reading, own.flag, own.value


def _short(text: str) -> str:
    """A text from outside for a message: in quotes, on one line, cut where it is long."""
    return repr(text if len(text) <= 60 else f"{text[:59]}…")


def _plain(text: str) -> str:
    """A word as it is compared: case, spaces, hyphens, a full stop at its end and ё for е make no difference."""
    return " ".join(
        re.sub(r"[\s_\-\u2010-\u2015'\u2019]+", " ", text).rstrip(". ").casefold().replace("ё", "е").split()
    )


_HEADING_NAMES = {_plain(text): name for name, texts in HEADINGS.items() for text in texts}
_DECISIONS: Mapping[SubjectKind, Mapping[str, str]] = {
    kind: {_plain(text): decision for decision, texts in words.items() for text in (decision, *texts)}
    for kind, words in WORDS.items()
}
