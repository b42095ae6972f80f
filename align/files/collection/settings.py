"""collection.toml: what the editor states about a collection, checked key by key."""

from __future__ import annotations

import datetime
import re
import tomllib
import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import NoReturn, TypeVar

from align.errors import InputError
from align.files.collection.names import language_tag, nearest_name
from align.files.collection.tree import SETTINGS_FILE
from align.files.paths import shown

# Bytes. A collection.toml for 10,000 documents with all their details takes 5 MB.
MAX_BYTES = 16 * 1024 * 1024
# Characters of a regular expression. Python sets no time limit, and a long expression may run for ever. The editor
# wrote the file, so this stops accidents and not attacks. A service that runs the collections of other people should
# set a time limit for the whole run.
MAX_PATTERN = 200

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels assigned to a volume's pages: counted from `first`, or one each from `listed`; without both, none.

    An empty text in `listed` is a page without a label.
    """

    first: int | None = None
    listed: tuple[str, ...] = ()

    def of(self, order: int) -> str | None:
        """The label of the page with this order (from 1), or None.

        >>> Labels(first=53).of(2), Labels(listed=("iv",)).of(2)
        ('54', None)
        """
        if self.first is not None:
            return str(self.first + order - 1)
        return (self.listed[order - 1] or None) if order <= len(self.listed) else None


@dataclass(frozen=True, slots=True)
class VolumeSettings:
    """[volume.NAME]: title, languages of its pages, labels of its pages, order of its scans by stem.

    `text_layer`: whether the text in PDFs is taken as OCR where it is sound.
    """

    title: str | None = None
    languages: tuple[str, ...] = ()
    labels: Labels = field(default_factory=Labels)
    order: tuple[str, ...] = ()
    text_layer: bool = True


@dataclass(frozen=True, slots=True)
class DocumentSettings:
    """[document."NAME"]: its details, and facts that an editor states so that the program need not find them.

    `transcription` and `translation` name texts by language ("ru") or by file name ("d.ru.txt"); `pages` is the first
    and the last order in the volume.
    """

    title: str | None = None
    date: str | None = None
    author: str | None = None
    recipient: str | None = None
    repository: str | None = None
    identifier: str | None = None
    description: str | None = None
    volume: str | None = None
    transcription: str | None = None
    translation: tuple[str, ...] = ()
    pages: tuple[int, int] | None = None

    @property
    def details(self) -> dict[str, str]:
        """Those of title, date, author, recipient, repository, identifier and description that are given."""
        named = ("title", "date", "author", "recipient", "repository", "identifier", "description")
        return {name: value for name in named if (value := getattr(self, name)) is not None}


@dataclass(frozen=True, slots=True)
class Settings:
    """All that collection.toml states; empty where there is no such file."""

    title: str | None = None
    publisher: str | None = None
    licence: str | None = None
    page_marker: re.Pattern[str] | None = None
    volumes: Mapping[str, VolumeSettings] = field(default_factory=dict)
    documents: Mapping[str, DocumentSettings] = field(default_factory=dict)


def parse_settings(data: bytes) -> Settings:
    """The settings that the bytes of collection.toml state.

    Raises InputError ("settings") that names the key, its value and what is expected.
    """
    if len(data) > MAX_BYTES:
        _refuse(f"is larger than {MAX_BYTES // 2**20} MB", "keep only settings in it")
    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        _refuse(f"is not UTF-8 at byte {error.start}", "save it as UTF-8")
    except tomllib.TOMLDecodeError as error:
        _refuse(f"is not TOML: {shown(str(error))}", "correct that line")
    except (RecursionError, ValueError) as error:  # a number of 5,000 digits, brackets nested 1,000 deep
        _refuse(f"cannot be read ({shown(str(error))})", "keep only settings in it")
    _known_keys(table, ("title", "publisher", "licence", "page_marker", "volume", "document"), where="")
    return Settings(
        title=_optional(table, "title", _text),
        publisher=_optional(table, "publisher", _text),
        licence=_optional(table, "licence", _text),
        page_marker=_optional(table, "page_marker", _pattern),
        volumes={name: _volume(name, value) for name, value in _tables(table, "volume")},
        documents={name: _document(name, value) for name, value in _tables(table, "document")},
    )


def nearest(name: str, known: Iterable[str]) -> str:
    """The question ' (did you mean "x"?)' with the known name most alike; empty where no name is alike."""
    found = nearest_name(name, known)
    return f' (did you mean "{shown(found)}"?)' if found else ""


def _volume(name: str, value: object) -> VolumeSettings:
    where = f"volume.{quoted(name)}"
    table = _table(value, where)
    _known_keys(table, ("title", "language", "labels", "order", "text_layer"), where=where)
    return VolumeSettings(
        title=_optional(table, "title", _text, where),
        languages=_optional(table, "language", _languages, where) or (),
        labels=_optional(table, "labels", _labels, where) or Labels(),
        order=_optional(table, "order", _texts, where) or (),
        text_layer=_optional(table, "text_layer", _truth, where) is not False,
    )


def _document(name: str, value: object) -> DocumentSettings:
    where = f"document.{quoted(name)}"
    table = _table(value, where)
    _known_keys(table, [f.name for f in fields(DocumentSettings)], where=where)
    return DocumentSettings(
        title=_optional(table, "title", _text, where),
        date=_optional(table, "date", _date, where),
        author=_optional(table, "author", _text, where),
        recipient=_optional(table, "recipient", _text, where),
        repository=_optional(table, "repository", _text, where),
        identifier=_optional(table, "identifier", _text, where),
        description=_optional(table, "description", _text, where),
        volume=_optional(table, "volume", _text, where),
        transcription=_optional(table, "transcription", _text, where),
        translation=_optional(table, "translation", _text_or_texts, where) or (),
        pages=_optional(table, "pages", _pages, where),
    )


def _optional(table: Mapping[str, object], key: str, read: Callable[[object, str], _T], where: str = "") -> _T | None:
    return read(table[key], f"{where}.{key}" if where else key) if key in table else None


def _text(value: object, key: str) -> str:
    if not isinstance(value, str) or not value.strip():
        _expect(key, value, "a text")
    return value.strip()


def _truth(value: object, key: str) -> bool:
    if not isinstance(value, bool):
        _expect(key, value, "true or false")
    return value


def _texts(value: object, key: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        _expect(key, value, "a list of texts")
    return tuple(_text(item, f"{key}[{i}]") for i, item in enumerate(value))


def _text_or_texts(value: object, key: str) -> tuple[str, ...]:
    return _texts(value, key) if isinstance(value, list) else (_text(value, key),)


def _date(value: object, key: str) -> str:
    # TOML has its own type for dates: date = 1934-12-18 means the same as date = "1934-12-18".
    return value.isoformat() if isinstance(value, datetime.date | datetime.datetime) else _text(value, key)


def _languages(value: object, key: str) -> tuple[str, ...]:
    found = []
    for i, item in enumerate(_text_or_texts(value, key)):
        tag = language_tag(item)
        if tag is None:
            _expect(f"{key}[{i}]", item, 'a language such as "ru" or "en"')
        found.append(tag)
    return tuple(found)


def _labels(value: object, key: str) -> Labels:
    expected = "{first = 53} or a list of labels"
    if isinstance(value, dict):
        _known_keys(value, ("first",), where=key)
        first = value.get("first")
        if not isinstance(first, int) or isinstance(first, bool) or first < 0:
            _expect(f"{key}.first", first, "a whole number from 0")
        return Labels(first=first)
    if not isinstance(value, list):
        _expect(key, value, expected)
    # A label that is a number needs no quotes: labels = ["iv", 5].
    return Labels(listed=tuple(_label(v, f"{key}[{i}]") for i, v in enumerate(value)))


def _label(value: object, key: str) -> str:
    """A label of a page; empty for a page without one."""
    return str(value) if type(value) is int else "" if value == "" else _text(value, key)


def _pages(value: object, key: str) -> tuple[int, int]:
    numbers = [n for n in (value if isinstance(value, list) else [value]) if type(n) is int and n > 0]
    given = len(value) if isinstance(value, list) else 1
    if not 1 <= given <= 2 or given != len(numbers) or numbers[0] > numbers[-1]:
        _expect(key, value, "the first and the last page of the volume, counted from 1, such as [3, 5]")
    return numbers[0], numbers[-1]


def _pattern(value: object, key: str) -> re.Pattern[str]:
    text = value if isinstance(value, str) else None
    expected = "a regular expression with one group, the label, such as 'Page (\\w+)'"
    if not text or len(text) > MAX_PATTERN:
        _expect(key, value, f"{expected}, of at most {MAX_PATTERN} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            pattern = re.compile(text)
    except (re.error, Warning, RecursionError, OverflowError) as error:
        _expect(key, value, f"{expected} (the expression is not valid: {shown(str(error))})")
    if pattern.groups != 1:
        _expect(key, value, f"{expected} (this one has {pattern.groups})")
    if pattern.fullmatch(""):
        _expect(key, value, f"{expected} (this one matches where there is nothing)")
    return pattern


def _tables(table: Mapping[str, object], key: str) -> Iterable[tuple[str, object]]:
    return _table(table.get(key, {}), key).items()


def _table(value: object, key: str) -> dict[str, object]:
    if not isinstance(value, dict):
        _expect(key, value, f"a table, written [{key}]" if "." in key else f'tables, written [{key}."NAME"]')
    return value


def _known_keys(table: Mapping[str, object], known: Iterable[str], *, where: str) -> None:
    known = list(known)
    for key in table:
        if key not in known:
            path = f"{where}.{quoted(key)}" if where else quoted(key)
            _refuse(
                f"has an unknown key {path}{nearest(key, known)}",
                f"remove it or use one of {', '.join(known)}",
            )


def quoted(key: str) -> str:
    """The key as it stands in TOML: in quotation marks unless it is plain."""
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else f'"{shown(key)}"'


def _expect(key: str, value: object, expected: str) -> NoReturn:
    written = shown(f'"{value}"' if isinstance(value, str) else str(value))
    written = written if len(written) <= 80 else written[:77] + "..."
    _refuse(f"has {key} = {written}", f"give {expected}")


def _refuse(what: str, advice: str) -> NoReturn:
    raise InputError(f"{SETTINGS_FILE} {what}: {advice}.", cause="settings")
