"""Which characters an XML file may hold, and what stands for those that it may not."""

from __future__ import annotations

import re
from collections.abc import Iterator

# All that production 2 of XML 1.0 leaves out: most control characters, halves of surrogate pairs, U+FFFE and U+FFFF.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    r"""The text with U+FFFD for each character that XML cannot hold.

    >>> legal("a\x0bb")
    'a\ufffdb'
    """
    return _FORBIDDEN.sub("\ufffd", text)


def pieces(text: str) -> Iterator[str | int]:
    r"""The text in pieces that XML can hold, and between them the code points that it cannot.

    >>> list(pieces("a\x0bb"))
    ['a', 11, 'b']
    """
    start = 0
    for found in _FORBIDDEN.finditer(text):
        if found.start() > start:
            yield text[start : found.start()]
        yield ord(found.group())
        start = found.end()
    if start < len(text):
        yield text[start:]
