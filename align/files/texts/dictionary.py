"""An installed English-Russian dictionary: Debian's mueller7-dict, read from its place and never copied.

It is under the GNU GPL, so neither it nor anything made of it is part of this project or of its results.
"""

from __future__ import annotations

import os
import re
import stat
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# The path at which the package mueller7-dict installs it.
INSTALLED = Path("/usr/share/dictd/mueller7.dict.dz")
# Bytes. The dictionary has 3 MB packed and 9 MB unpacked, its index 1 MB; a much larger file is something else.
MAX_PACKED, MAX_UNPACKED = 32 * 1024 * 1024, 128 * 1024 * 1024

_DIGITS = {c: n for n, c in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")}
_HEADWORD = re.compile(r"[A-Za-z]+(?:['-][A-Za-z]+)*")
# Brackets hold remarks and pronunciations, underscores begin labels.
_ASIDE = re.compile(r"\[[^\[\]]{0,200}\]|\([^()]{0,400}\)|_[\w-]+\.?")
_SENSE = re.compile(r"(?:(?<=\s)|^)\d{1,2}(?:[.)]|\b)")
_LATIN = re.compile(r"[A-Za-zæɑəɛɜɪɔʃʊʌʒθðŋ]")
_RUSSIAN = re.compile(r"[а-яё]+(?:-[а-яё]+)*", re.IGNORECASE)
# Words. A longer phrase explains the headword and does not translate it.
_LONGEST_PHRASE = 3


@dataclass(frozen=True, slots=True)
class WordPair:
    """An English word and a Russian one that a dictionary gives for it; the weights of a word's pairs add up to 1."""

    english: str
    russian: str
    weight: float


def installed_dictionary(path: Path = INSTALLED) -> tuple[bytes, bytes] | None:
    """The bytes of the dictionary and of its index on this machine; None where they are missing or cannot be read."""
    packed = _file(path)
    index = _file(path.with_name(path.name.removesuffix(".dict.dz") + ".index"))
    return (packed, index) if packed and index else None


def _file(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            found = os.fstat(file.fileno())
            return file.read() if stat.S_ISREG(found.st_mode) and found.st_size <= MAX_PACKED else None
    except OSError:
        return None


def word_pairs(packed: bytes, index: bytes) -> list[WordPair]:
    """The pairs of single words in a dictionary of the dictd format (dictzip or plain text, tab-separated index).

    Damaged entries and entries of several words are left out; a damaged file gives few pairs or none. Early senses
    weigh more: sense n has the weight 1/n.
    """
    content = _unpacked(packed)
    pairs = []
    for line in index.split(b"\n"):
        entry = _entry(line, content)
        if entry is None:
            continue
        word, text = entry
        weights: dict[str, float] = {}
        for russian, weight in _translations(text):
            weights[russian] = weights.get(russian, 0.0) + weight
        total = sum(weights.values())
        pairs += [WordPair(word, russian, weight / total) for russian, weight in weights.items()]
    return pairs


def _unpacked(packed: bytes) -> bytes:
    if not packed.startswith(b"\x1f\x8b"):
        return packed[:MAX_UNPACKED]
    reader = zlib.decompressobj(wbits=31)
    content = bytearray()
    try:
        # Unpack piece by piece, so that the part before a damaged place is not lost.
        for at in range(0, len(packed), 65536):
            content += reader.decompress(packed[at : at + 65536], MAX_UNPACKED - len(content) + 1)
            if len(content) > MAX_UNPACKED:
                return b""
    except zlib.error:
        pass
    return bytes(content)


def _entry(line: bytes, content: bytes) -> tuple[str, str] | None:
    """The headword of an index line and the text of its entry, or None."""
    fields = line.decode("utf-8", "replace").split("\t")
    if len(fields) != 3 or not _HEADWORD.fullmatch(fields[0]):
        return None
    start, length = _number(fields[1]), _number(fields[2])
    if start is None or length is None or start + length > len(content):
        return None
    return fields[0].lower(), content[start : start + length].decode("utf-8", "replace")


def _number(digits: str) -> int | None:
    """A number in dictd's own base 64: the digits of RFC 4648, greatest first."""
    if not 0 < len(digits) <= 8 or any(c not in _DIGITS for c in digits):
        return None
    value = 0
    for c in digits:
        value = value * 64 + _DIGITS[c]
    return value


def _translations(text: str) -> Iterator[tuple[str, float]]:
    """The Russian words of an entry, each with its weight. Examples contain English words and are left out."""
    _, _, body = text.partition("\n")
    body = " ".join(_ASIDE.sub(" ", " ".join(body.split())).split())
    senses = [sense for sense in _SENSE.split(body) if _RUSSIAN.search(sense)]
    for number, sense in enumerate(senses, start=1):
        for group in re.split("[;:]", sense):
            if _LATIN.search(group):
                continue
            for phrase in group.split(","):
                words = _RUSSIAN.findall(phrase)
                if 0 < len(words) <= _LONGEST_PHRASE:
                    for word in words:
                        yield word.lower(), 1.0 / (number * len(words))
