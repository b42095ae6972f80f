"""Ids that are XML NCNames, and keys that survive an edit elsewhere."""

from __future__ import annotations

import re
from hashlib import sha256

# NameStartChar and NameChar of XML 1.0 (5th edition) less the colon.
_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_FIRST = re.compile(f"[{_START}]")
_OTHER = re.compile(f"[^{_START}0-9.\\-\u00b7\u0300-\u036f\u203f-\u2040]")
_ESCAPE = re.compile(r"_x(?=[0-9A-F]{4,6}_)")


def ncname(text: str) -> str:
    """The text as an XML NCName.

    A name that begins with a character not allowed there gets `_` before it. Any other character that is not allowed
    becomes `_xHHHH_`, its code point in hex.

    Different texts give different names: an underscore that would read as an escape is escaped itself. The leading `_`
    is the one exception: "1934" and "_1934" give the same name, so callers must keep names unique.

    >>> ncname("1934-12-18"), ncname("a b"), ncname("дневник")
    ('_1934-12-18', 'a_x0020_b', 'дневник')
    """
    if not text:
        raise ValueError("an id needs a text")
    escaped = _ESCAPE.sub("_x005F_x", text)
    named = _OTHER.sub(lambda m: f"_x{ord(m.group()):04X}_", escaped)
    return named if _FIRST.match(named) else "_" + named


def key(*parts: str) -> str:
    """A key of 16 hex digits, made from the parts; the same parts give the same key on every machine.

    >>> key("a", "b") == key("a", "b") != key("ab", "")
    True
    """
    return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
