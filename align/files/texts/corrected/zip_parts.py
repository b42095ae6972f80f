"""An archive with some of its parts replaced: all other parts keep their bytes, packed as they were."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from align.errors import TextError

# The records of PKWARE's APPNOTE: 4.3.7 local header, 4.3.12 central directory, 4.3.16 its end.
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_CENTRAL_MARK, _END_MARK = b"PK\x01\x02", b"PK\x05\x06"
_SIZE_FOLLOWS = 0x08
_LARGEST = 0xFFFFFFFF


def with_parts(data: bytes, new: Mapping[str, bytes], *, path: str) -> bytes:
    """The archive with these parts replaced, in their places; TextError ("not-docx") for one of an unusual build."""
    with ZipFile(BytesIO(data)) as archive:
        entries, begin, comment = archive.infolist(), archive.start_dir, archive.comment
    try:
        records = _records(data, begin, entries)
        ends = sorted([*records, begin])[1:]
        out = bytearray()
        moved: dict[int, bytes] = {}
        by_offset = {entry.header_offset: entry for entry in entries}
        for (offset, (fields, rest)), end in zip(sorted(records.items()), ends, strict=True):
            local, entry = data[offset:end], by_offset[offset]
            fields[16] = len(out)
            if entry.filename in new:
                local, fields[7:10] = _packed(local, entry, new[entry.filename])
                fields[3] &= ~_SIZE_FOLLOWS
            out += local
            moved[offset] = _CENTRAL.pack(*fields) + rest
    except (struct.error, ValueError, LookupError) as error:
        raise TextError(
            f"{path} is packed in an unusual way; open it in a word processor and save it again as .docx",
            cause="not-docx",
        ) from error
    start = len(out)
    out += b"".join(moved[entry.header_offset] for entry in entries)
    out += _END.pack(_END_MARK, 0, 0, len(entries), len(entries), len(out) - start, start, len(comment)) + comment
    return bytes(out)


def _records(data: bytes, begin: int, entries: Sequence[ZipInfo]) -> dict[int, tuple[list[Any], bytes]]:
    """The records of the central directory by where their parts begin: the fields of each, and what follows them."""
    records: dict[int, tuple[list[Any], bytes]] = {}
    for entry in entries:
        fields = list(_CENTRAL.unpack_from(data, begin))
        size = _CENTRAL.size + sum(fields[10:13])
        # Archives above 4 GB, after other data, or with parts laid over each other are no word processor's.
        if (
            fields[0] != _CENTRAL_MARK
            or fields[16] != entry.header_offset
            or _LARGEST in fields
            or fields[16] in records
        ):
            raise ValueError(f"not a plain archive: {entry.filename}")
        records[fields[16]] = fields, data[begin + _CENTRAL.size : begin + size]
        begin += size
    if min(records) != 0:
        raise ValueError("the archive begins with something else")
    return records


def _packed(local: bytes, entry: ZipInfo, content: bytes) -> tuple[bytes, list[int]]:
    """The record of a part with new content, and its checksum, packed size and size; its name and dates stay."""
    fields = list(_LOCAL.unpack_from(local))
    names = local[_LOCAL.size : _LOCAL.size + fields[9] + fields[10]]
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise ValueError(f"packed otherwise than in documents: {entry.filename}")
    packed = content
    if entry.compress_type == ZIP_DEFLATED:
        deflate = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        packed = deflate.compress(content) + deflate.flush()
    sizes = [zlib.crc32(content), len(packed), len(content)]
    fields[2] &= ~_SIZE_FOLLOWS
    fields[6:9] = sizes
    return _LOCAL.pack(*fields) + names + packed, sizes
