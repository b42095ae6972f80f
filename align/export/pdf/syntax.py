"""The syntax of PDF (ISO 32000-1, section 7.3): values as the bytes that stand for them in a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import TypeAlias, Union


class Name(str):
    """A name, such as Name("Type"), which is written /Type."""

    __slots__ = ()


class Text(str):
    """A text that people read, such as a title."""

    __slots__ = ()


class Ref(int):
    """A reference to an object of the file by its number."""

    __slots__ = ()


Value: TypeAlias = Union[bool, int, float, bytes, Name, Text, Ref, Sequence["Value"], Mapping[str, "Value"], None]  # noqa: UP007 - it names itself
Entries: TypeAlias = Mapping[str, Value]
"""The entries of a dictionary by their names, without the slash."""

_PLAIN = frozenset(b"!\"$&'*+,-.0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ\\^_`abcdefghijklmnopqrstuvwxyz|~")
_ESCAPED = {ord("\\"): r"\\", ord("("): r"\(", ord(")"): r"\)"}


def syntax(value: Value) -> bytes:
    r"""The bytes of a value.

    >>> syntax({"Type": Name("Page"), "MediaBox": [0, 0, 595.28, 842], "Parent": Ref(3), "Title": Text("Day (1)")})
    b'<</Type/Page/MediaBox[0 0 595.28 842]/Parent 3 0 R/Title(Day \\(1\\))>>'
    """
    if value is None:
        return b"null"
    if isinstance(value, bool):
        return b"true" if value else b"false"
    if isinstance(value, Ref):
        return b"%d 0 R" % value
    if isinstance(value, int | float):
        return number(value).encode("ascii")
    if isinstance(value, Name):
        return _name(value)
    if isinstance(value, Text):
        return _text(value)
    if isinstance(value, bytes):
        return b"<" + value.hex().encode("ascii") + b">"
    if isinstance(value, Mapping):
        return b"<<" + b"".join(_joined(_name(key), syntax(item)) for key, item in value.items()) + b">>"
    if isinstance(value, str):
        raise TypeError(f"a string is a Name or a Text: {value!r}")
    return b"[" + b" ".join(syntax(item) for item in value) + b"]"


def number(value: float) -> str:
    """A number with at most three decimals: a thousandth of a point cannot be seen.

    >>> number(12), number(0.5001), number(-0.0001)
    ('12', '0.5', '0')
    """
    if isinstance(value, int):
        return str(int(value))
    if not isfinite(value):
        raise ValueError(f"PDF has no number for {value}")
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _joined(key: bytes, value: bytes) -> bytes:
    return key + (value if value[:1] in (b"/", b"(", b"<", b"[") else b" " + value)


def _name(name: str) -> bytes:
    return b"/" + b"".join(bytes((c,)) if c in _PLAIN else b"#%02X" % c for c in name.encode("utf-8"))


def _text(text: str) -> bytes:
    if text.isascii() and text.isprintable():
        return f"({text.translate(_ESCAPED)})".encode("ascii")
    return b"<FEFF" + utf16(text).hex().upper().encode("ascii") + b">"


def utf16(text: str) -> bytes:
    """The text as UTF-16, high byte first, without a byte-order mark; half a surrogate pair becomes U+FFFD."""
    return text.encode("utf-16-be", "surrogatepass").decode("utf-16-be", "replace").encode("utf-16-be")
