"""Small things about bytes: JPEG segments, and how much a packed stream would become."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

_KEPT = frozenset({0xE0, 0xEE})
_MOST_SEGMENTS = 2000


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, start and end of each segment before the picture's data (ITU-T T.81, annex B)."""
    at = 2
    for _ in range(_MOST_SEGMENTS):
        if at + 4 > len(data) or data[at] != 0xFF:
            return
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xDA:
            return
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        yield marker, at, end
        at = end


def _tells(marker: int, start: int, data: bytes) -> bool:
    if marker == 0xE2 and data[start + 4 : start + 16] == b"ICC_PROFILE\0":
        return False
    return marker == 0xFE or (0xE0 <= marker <= 0xEF and marker not in _KEPT)


def jpeg_tells(data: bytes) -> bool:
    """True if a JPEG carries more than its picture: EXIF, XMP, a preview, a comment."""
    return any(_tells(marker, start, data) for marker, start, _ in _segments(data))


def jpeg_bare(data: bytes) -> bytes:
    """The same JPEG, pixel for pixel, with the picture only."""
    kept = [data[:2]]
    last = 2
    for marker, start, end in _segments(data):
        kept.append(data[last:start])
        if not _tells(marker, start, data):
            kept.append(data[start:end])
        last = end
    return b"".join(kept) + data[last:]


def unpacked_size(data: bytes, most: int) -> int:
    """How many bytes a deflated stream becomes, counted up to a little over `most`; 0 for broken data."""
    unpacker = zlib.decompressobj()
    size, rest = 0, data
    try:
        while rest and size <= most:
            size += len(unpacker.decompress(rest, 1 << 20))
            rest = unpacker.unconsumed_tail
    except zlib.error:
        return size
    return size
