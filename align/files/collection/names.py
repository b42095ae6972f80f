"""The meaning of file names: natural order, stem, and the document and language of a source text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

# Per cent of their characters that two names share; with less, one is no misspelling of the other.
_ALIKE = 60
_DIGITS = re.compile(r"([0-9]+)")
# langtag and privateuse of RFC 5646 (BCP 47), section 2.1. Primary subtags of four letters are reserved and those of
# five to eight never used, and would take "1934.July.txt" for a language: only two or three letters are a language.
_LANGUAGE = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}"
    r"(?:-[a-z]{4})?"
    r"(?:-(?:[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
    r"(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*"
    r"(?:-x(?:-[a-z0-9]{1,8})+)?"
    r"|x(?:-[a-z0-9]{1,8})+)",
    re.IGNORECASE | re.ASCII,
)

NaturalKey = tuple[tuple[str | tuple[int, str], ...], str]


def natural_key(name: str) -> NaturalKey:
    """The sort key that puts "2" before "10": runs of digits count as numbers, and case does not count.

    A total order without a locale: names that differ never share a key.

    >>> sorted(["p10", "P2", "p1"], key=natural_key)
    ['p1', 'P2', 'p10']
    """
    parts = _DIGITS.split(unicodedata.normalize("NFC", name).casefold())
    # Numbers as (length, digits): exact at any length, without int()'s limit on hostile ones.
    valued = (_value(part) if i % 2 else part for i, part in enumerate(parts))
    return tuple(valued), name


def _value(digits: str) -> tuple[int, str]:
    significant = digits.lstrip("0")
    return len(significant), significant


def file_order(name: str) -> tuple[NaturalKey, str]:
    """The sort key of a file: its stem in natural order, then its suffix ("p1.jpg" before "p1-b.jpg")."""
    stem, suffix = split_suffix(name)
    return natural_key(stem), suffix


def split_suffix(name: str) -> tuple[str, str]:
    """The stem and the suffix with its dot, as written; no suffix where there is none.

    >>> split_suffix("d.ru.TXT"), split_suffix("d")
    (('d.ru', '.TXT'), ('d', ''))
    """
    stem, dot, suffix = name.rpartition(".")
    return (stem, "." + suffix) if dot and stem else (name, "")


def language_tag(text: str) -> str | None:
    """The language tag in its usual case ("EN-gb" gives "en-GB"); None where the text has not the syntax of BCP 47.

    >>> language_tag("EN-gb"), language_tag("en-x-garnett"), language_tag("July")
    ('en-GB', 'en-x-garnett', None)
    """
    if not _LANGUAGE.fullmatch(text):
        return None
    parts = text.lower().split("-")
    cased = parts[:1]
    singleton = len(parts[0]) == 1
    for part in parts[1:]:
        # RFC 5646, section 2.1.1: regions in capitals, scripts capitalised, nothing after a singleton.
        cased.append(part if singleton else part.upper() if len(part) == 2 else part)
        if not singleton and len(part) == 4 and part.isalpha():
            cased[-1] = part.capitalize()
        singleton = singleton or len(part) == 1
    return "-".join(cased)


def composed(name: str) -> str:
    """The name in composed form (NFC), in which a name from one system equals the same name from another."""
    return unicodedata.normalize("NFC", name)


def unified(name: str) -> str:
    """The form in which two names are equal if people would call them the same: composed (NFC), case ignored."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def meant(wanted: str, names: Iterable[str]) -> str | None:
    """The name that somebody typed: the same letters in any Unicode form, or else the same but for case; None if none.

    >>> meant("letter", ["Letter", "diary"]), meant("lettre", ["Letter", "diary"])
    ('Letter', None)
    """
    listed = list(names)
    exact = next((name for name in listed if composed(name) == composed(wanted)), None)
    return exact or next((name for name in listed if unified(name) == unified(wanted)), None)


def nearest_name(name: str, known: Iterable[str]) -> str | None:
    """The known name that looks most like this one; None where none looks like it.

    >>> nearest_name("maiski", ["letters", "maisky"])
    'maisky'
    """
    found = process.extractOne(name, list(known), scorer=fuzz.ratio, processor=unified, score_cutoff=_ALIKE)
    return found[0] if found else None


@dataclass(frozen=True, slots=True)
class TextName:
    """The parts of a source text's name, `<document>.<language><suffix>`; NFC, suffix in lower case."""

    document: str
    language: str
    suffix: str


def text_name(name: str) -> TextName | None:
    """The parts of a source text's file name, or None where it has no language part.

    >>> text_name("29.July.ru.txt")
    TextName(document='29.July', language='ru', suffix='.txt')
    """
    stem, suffix = split_suffix(composed(name))
    document, _, last = stem.rpartition(".")
    language = language_tag(last)
    if not document or language is None:
        return None
    return TextName(document, language, suffix.lower())
