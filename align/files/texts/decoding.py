"""Bytes to text: the encoding of a text is found from its bytes alone."""

from __future__ import annotations

import codecs
import re
import unicodedata
from math import log

from align.errors import TextError

# Shares of Russian letters, per mille (Lyashevskaya and Sharov, Frequency dictionary of modern Russian, 2009). They
# hardly depend on the subject of a text. Letters of the old spelling and of neighbouring alphabets are added as rare.
_PER_MILLE = {
    "о": 110, "е": 85, "а": 80, "и": 74, "н": 67, "т": 63, "с": 55, "р": 47, "в": 45, "л": 44, "к": 35, "м": 32,
    "д": 30, "п": 28, "у": 26, "я": 20, "ы": 19, "ь": 17, "г": 17, "з": 17, "б": 16, "ч": 14, "й": 12, "х": 10,
    "ж": 9, "ш": 7, "ю": 6, "ц": 5, "щ": 4, "э": 3, "ф": 3, "ъ": 1, "ё": 1, "і": 1, "ѣ": 1, "ї": 0.3, "є": 0.3,
}  # fmt: skip
_VOWELS = "аеёиоуыэюяіѣ"
# Vowels are 43 % of the letters, but 60 % after a consonant and 15 % after a vowel: Markov's count on Eugene Onegin,
# 1913 (0.663 and 0.128), adjusted for prose. Each value is the log of the ratio, by (vowel before, vowel here).
_STEPS = {(False, False): -0.35, (False, True): 0.33, (True, False): 0.4, (True, True): -1.05}
_RARE = 0.02  # any other Cyrillic letter, per mille
_ACCENTED = "éèêëàâäáçîïíôöóùûüúñßæœøå"  # Windows-1252 in English, French, German and Scandinavian texts
_MARKS = "«»“”„‘’—–…№§°\u00a0£·•±½\u00ad"  # other characters of typed texts

_LEGACY = {"windows-1251": "cp1251", "koi8-r": "koi8_r", "cp866": "cp866", "windows-1252": "cp1252"}
_SAMPLE = 1 << 18  # bytes at the beginning that are counted; letter shares are stable long before
_WORST = -6.0  # a decoding with a lower mean log-likelihood is not text; Russian prose has -3.2, noise under -7
_NEIGHBOURS = re.compile(r"(?<=(.))?([^\x00-\x7f])(?=(.))?", re.DOTALL)

_SIGNATURES = (
    (b"PK\x03\x04", "a zip archive or a Word document; rename it to .docx if it is one"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or password-protected Word file; save it as plain text or as .docx"),
    (b"%PDF-", "a PDF; scans belong in images/, a text is saved as plain text"),
    (b"{\\rtf", "rich text; save it as plain text or as .docx"),
    (b"\x89PNG", "an image; scans belong in images/"),
    (b"\xff\xd8\xff", "an image; scans belong in images/"),
    (b"II*\x00", "an image; scans belong in images/"),
    (b"MM\x00*", "an image; scans belong in images/"),
    (b"\x1f\x8b", "a gzip archive; unpack it"),
)


def encoding_name(encoding: str) -> str:
    """The name of an encoding for a reader: "UTF-16" for "utf-16-le-sig"; of a format, the name of the format.

    >>> encoding_name("utf-16-le-sig"), encoding_name("windows-1251"), encoding_name("docx")
    ('UTF-16', 'Windows-1251', 'Word')
    """
    plain = encoding.removesuffix("-sig").removesuffix("-le").removesuffix("-be")
    return {"windows-1251": "Windows-1251", "windows-1252": "Windows-1252", "docx": "Word"}.get(plain, plain.upper())


def decode(data: bytes, *, path: str) -> tuple[str, str]:
    """The text without its byte-order mark, and the name of its encoding ("-sig": it had the mark).

    UTF-8 and UTF-16 are recognised by their marks or bytes. Windows-1251, KOI8-R, CP866 and Windows-1252 are recognised
    by statistics: the frequency of Russian letters, case within words, and scripts that do not mix in one word.

    Raises:
        TextError: causes "empty", "not-text", "damaged-text", "unknown-encoding".
    """
    if not data:
        raise TextError(f"{path} is empty; put the text into it or remove it", cause="empty")
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise TextError(f"{path} is not a text but {what}", cause="not-text")
    text, encoding = _decoded(data, path)
    if not text.strip():
        raise TextError(f"{path} holds nothing but white space; put the text into it or remove it", cause="empty")
    # One control character is a slip of a word processor; one in twenty characters, or any NUL, means binary data.
    controls = sum(map(text.count, map(chr, (*range(1, 9), *range(14, 32), *range(127, 160)))))
    controls -= text.count("\x85")
    if "\x00" in text or controls * 20 > len(text):
        raise _not_text(path)
    return text, encoding


def _not_text(path: str) -> TextError:
    return TextError(
        f"{path} is not a text (it holds binary data); put a .txt, TEI .xml or .docx there", cause="not-text"
    )


def _decoded(data: bytes, path: str) -> tuple[str, str]:
    marked = (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    )
    for mark, name in marked:
        if data.startswith(mark):
            return _strict(data, skip=len(mark), name=name, path=path), f"{name}-sig"
    if wide := _unmarked_utf16(data):
        return _strict(data, skip=0, name=wide, path=path), wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _legacy(data, path)


def _strict(data: bytes, *, skip: int, name: str, path: str) -> str:
    try:
        return data[skip:].decode(name)
    except UnicodeDecodeError as error:
        raise _damaged(path, name, skip + error.start, data) from error


def _damaged(path: str, name: str, offset: int, data: bytes) -> TextError:
    line = data.count(b"\n", 0, offset) + 1
    return TextError(
        f"{path} is {encoding_name(name)} but for damaged bytes, the first at byte {offset + 1} (line {line});"
        " repair that place and save the file again as UTF-8",
        cause="damaged-text",
    )


def _unmarked_utf16(data: bytes) -> str | None:
    """The form of UTF-16 in which nearly every character is Latin, Cyrillic or punctuation; None where there is none.

    Every second byte of such a text is 0, 4 or 0x20.
    """
    sample = data[:_SAMPLE]
    for name, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        low = sample[0::2] if name == "utf-16-le" else sample[1::2]
        blocks = high.count(0) + high.count(4) + high.count(0x20)
        # Space is 00 20 in UTF-16: bytes 0 and 4 are controls in every other encoding, so a third of them decides.
        if len(data) >= 4 and high.count(0) + high.count(4) > len(high) * 0.7 and blocks > len(high) * 0.9:
            zeros = low.count(0)
            if zeros * 10 < len(low):
                return name
    return None


def _legacy(data: bytes, path: str) -> tuple[str, str]:
    if b"\x00" in data:
        raise _not_text(path)
    lenient = data.decode("utf-8", "replace")
    bad = lenient.count("\ufffd")
    sequences = sum(1 for c in lenient[:_SAMPLE] if c > "\x7f" and c != "\ufffd")
    bad_seen = lenient[:_SAMPLE].count("\ufffd") or bad
    # A legacy text makes valid UTF-8 sequences by chance only; where they are many, it is UTF-8 with a few bad bytes.
    if sequences > 4 * bad_seen:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise _damaged(path, "utf-8", error.start, data) from error
    best: tuple[float, str] | None = None
    for name, codec in _LEGACY.items():
        try:
            data.decode(codec)
        except UnicodeDecodeError:
            continue
        score = likelihood(_rich_sample(data).decode(codec, "replace"))
        if best is None or score > best[0]:
            best = score, name
    if best is None or best[0] < _WORST:
        raise TextError(
            f"{path} is in no encoding that is known here (UTF-8, UTF-16, Windows-1251, KOI8-R, CP866, Windows-1252);"
            " save it as UTF-8",
            cause="unknown-encoding",
        )
    return data.decode(_LEGACY[best[1]]), best[1]


def _rich_sample(data: bytes) -> bytes:
    """Bytes from the first one beyond ASCII on: an English preface says nothing about the encoding."""
    first = next((i for i, b in enumerate(data) if b > 127), 0)
    return data[max(0, first - 1) : first + _SAMPLE]


def likelihood(text: str) -> float:
    """The mean log-likelihood of the characters beyond ASCII as parts of a Russian or Western text; 0 for none.

    >>> likelihood("Сегодня был у наркома.") > likelihood("яЕЦНДМЪ АШК С МЮПЙНЛЮ.")
    True
    """
    total, count = 0.0, 0
    for before, char, after in _NEIGHBOURS.findall(text):
        total += _character(before, char, after)
        count += 1
    return total / count if count else 0.0


def _step(before: str, lower: str) -> float:
    """How much more or less likely a Russian vowel or consonant is after a vowel or consonant than anywhere."""
    if before not in _PER_MILLE or lower not in _PER_MILLE or before in "ьъ" or lower in "ьъ":
        return 0.0
    return _STEPS[before in _VOWELS, lower in _VOWELS]


def _character(before: str, char: str, after: str) -> float:
    lower = char.lower()
    if char in _MARKS:
        return log(0.01)
    if "\u0400" <= char <= "\u04ff":
        value = log(_PER_MILLE.get(lower, _RARE) / 1000)
        if (before.isalpha() and before < "\u0400") or (after.isalpha() and after < "\u0400"):
            value -= 5  # a word mixes scripts
        if before.islower() and char.isupper():
            value -= 5  # a capital inside a word
        if char.isupper() and after.isalpha() and not after.islower():
            value -= 0.7  # all capitals: seldom, but headings are
        value += _step(before.lower(), lower)
        if lower in "ьъы" and not before.isalpha():
            value -= 5  # no word begins so
        if lower == "й" and not before.isalpha():
            value -= 2  # a few foreign words begin so
        return value
    if char.isalpha():
        value = log(0.004 if lower in _ACCENTED else 0.0005)
        return value - 4 if before.isalpha() and before > "\x7f" else value  # accented letters are seldom neighbours
    return log(0.00005) if unicodedata.category(char) in ("Cc", "Cn", "Co", "So", "Sm") else log(0.0005)
