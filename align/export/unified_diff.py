"""What changed in a text as a unified diff, which a person reads and the command patch carries out."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff


def diff_of(path: str, before: str, after: str) -> Iterator[str]:
    r"""The lines of the diff of a file, with its path behind a/ and b/; a line ends in \n alone, \r belongs to it.

    >>> print("".join(diff_of("t.txt", "He eat.\n", "He ate.")), end="")
    --- a/t.txt
    +++ b/t.txt
    @@ -1 +1 @@
    -He eat.
    +He ate.
    \ No newline at end of file
    """
    # A tab ends a name that holds spaces.
    end = "\t" if " " in path else ""
    for line in unified_diff(_lines(before), _lines(after), f"a/{path}{end}", f"b/{path}{end}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]
