"""A PDF file written from its first byte to its last, so that no more of it is kept than where its objects are.

Pages of a thousand scans do not fit into memory. What was written is fetched with `taken`, as often as one likes.
Small objects are packed into object streams, which makes notes and dictionaries a quarter of their size.
"""

from __future__ import annotations

import hashlib
import zlib

from align.export.pdf.syntax import Entries, Name, Ref, Value, syntax

# The comment of four bytes above 127 tells programs that the file is binary (ISO 19005-2, section 6.1.2).
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
# Objects of an object stream. Readers unpack a whole stream for one object of it.
_PACKED = 100
_COMPRESSION = 9
# Bytes of an entry of the cross-reference stream: its type, its place (up to a terabyte), its index.
_WIDTHS = (1, 5, 2)


class PdfFile:
    """The objects of a file by their numbers, in the order in which they are put."""

    def __init__(self) -> None:
        """Begin the file."""
        self._pending: list[bytes] = []
        self._size = 0
        self._digest = hashlib.sha256()
        # For each object by its number: type, place and index, as an entry of the cross-reference stream has them.
        self._places: list[tuple[int, int, int] | None] = [(0, 0, 65535)]
        self._packed: list[tuple[Ref, bytes]] = []
        self._write(_HEADER)

    def reserve(self) -> Ref:
        """The number of an object that is put later."""
        self._places.append(None)
        return Ref(len(self._places) - 1)

    def put(self, value: Value, at: Ref | None = None) -> Ref:
        """The number of a new object with this value, or of the one that was reserved."""
        ref = self.reserve() if at is None else at
        self._packed.append((ref, syntax(value)))
        if len(self._packed) == _PACKED:
            self._flush()
        return ref

    def put_stream(self, data: bytes, entries: Entries, at: Ref | None = None) -> Ref:
        """The number of a new stream of these bytes, which are stored as they are."""
        ref = self.reserve() if at is None else at
        self._places[ref] = (1, self._size, 0)
        head = syntax({**entries, "Length": len(data)})
        self._write(b"%d 0 obj\n" % ref, head, b"\nstream\n", data, b"\nendstream\nendobj\n")
        return ref

    def put_compressed(self, data: bytes, entries: Entries, at: Ref | None = None) -> Ref:
        """The number of a new stream of these bytes, which are compressed."""
        return self.put_stream(zlib.compress(data, _COMPRESSION), {**entries, "Filter": Name("FlateDecode")}, at)

    def end(self, *, root: Ref, info: Ref) -> None:
        """Write the end of the file. Its identifier is made from its bytes: the same content has the same one."""
        self._flush()
        at, own = self._size, self.reserve()
        self._places[own] = (1, at, 0)
        # A number that was reserved in vain stands for a free object.
        entries = [place or (0, 0, 0) for place in self._places]
        table = b"".join(v.to_bytes(width, "big") for entry in entries for v, width in zip(entry, _WIDTHS, strict=True))
        identifier = self._digest.digest()[:16]
        self.put_compressed(
            table,
            {
                "Type": Name("XRef"),
                "Size": len(entries),
                "W": _WIDTHS,
                "Root": root,
                "Info": info,
                "ID": [identifier, identifier],
            },
            own,
        )
        self._write(b"startxref\n%d\n%%%%EOF\n" % at)

    def taken(self) -> bytes:
        """What was written since it was last taken."""
        data = b"".join(self._pending)
        self._pending.clear()
        return data

    def _flush(self) -> None:
        """Write the packed objects as one object stream (ISO 32000-1, section 7.5.7)."""
        if not self._packed:
            return
        packed, self._packed = self._packed, []
        heads, bodies, at = [], [], 0
        ref = self.reserve()
        for index, (own, body) in enumerate(packed):
            self._places[own] = (2, ref, index)
            heads.append(b"%d %d" % (own, at))
            bodies.append(body)
            at += len(body) + 1
        head = b" ".join(heads) + b"\n"
        entries: dict[str, Value] = {"Type": Name("ObjStm"), "N": len(packed), "First": len(head)}
        self.put_compressed(head + b"\n".join(bodies), entries, ref)

    def _write(self, *parts: bytes) -> None:
        for part in parts:
            self._pending.append(part)
            self._size += len(part)
            self._digest.update(part)
