"""A record: one file of a volume, written from the volume's value and read back into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from align.model import VolumeResult

# A row before it is JSON text. Rows do not leave this package: other code works with the values of the model.
Row = dict[str, object]
# A row as JSON gives it back.
ReadRow = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Record:
    """One file of a volume, named without its ending.

    `encode` gives the rows of the file from the volume. `decode` gives the volume with the content of the rows added;
    the records before this one in the table are decoded first. It raises LookupError, ValueError or TypeError where the
    rows are damaged. An `optional` file may be missing where an older version of the program wrote the volume.
    """

    name: str
    encode: Callable[[VolumeResult], Iterator[Row]]
    decode: Callable[[VolumeResult, Sequence[ReadRow]], VolumeResult]
    optional: bool = False

    @property
    def file(self) -> str:
        """The name of the file in the folder of its volume, such as "links.jsonl"."""
        return f"{self.name}.jsonl"


class DamagedRecord(ValueError):  # noqa: N818 - said of a file
    """Damaged files. `file` is the one that is not JSON lines; None where the rows of all do not fit together."""

    def __init__(self, file: str | None) -> None:
        """Take the name of the file."""
        super().__init__(f"{file or 'the files of a volume'}: damaged")
        self.file = file
