"""Columns on their way out."""

from __future__ import annotations

import struct

import numpy as np

_ONE = struct.Struct("<ii")


class Fixed:
    """Values of equal width. ``nulls`` is left out for float8, whose nulls are NaN."""

    def __init__(self, kind: str, values: np.ndarray, *nulls: np.ndarray | None) -> None:
        self.kind = kind
        self.values = values
        self._nulls = nulls
        self.size = values.nbytes

    def buffers(self, start: int, end: int) -> list[bytes]:
        """The buffers of rows ``start`` to ``end``."""
        out = [self.values[start:end].tobytes()]
        for nulls in self._nulls:
            out.append(b"" if nulls is None else nulls[start:end].tobytes())
        return out


class Strings:
    """UTF-8 or JSON; ``None`` where there is no value."""

    def __init__(self, kind: str, items: list[bytes | None]) -> None:
        self.kind = kind
        self._items = items
        self.size = sum(4 if item is None else len(item) + 4 for item in items)

    def buffers(self, start: int, end: int) -> list[bytes]:
        """The buffers of rows ``start`` to ``end``."""
        items = self._items[start:end]
        if len(items) == 1:
            item = items[0]
            return [_ONE.pack(0, 0 if item is None else len(item)), item or b"", b"\1" if item is None else b""]
        lengths = np.fromiter((0 if item is None else len(item) for item in items), dtype=np.int64, count=len(items))
        offsets = np.zeros(len(items) + 1, dtype=np.int32)
        np.cumsum(lengths, out=offsets[1:])
        nulls = bytes(item is None for item in items)
        return [offsets.tobytes(), b"".join(item for item in items if item is not None), nulls if 1 in nulls else b""]


class Nothing:
    """A column in which no row has a value."""

    kind = "unknown"
    size = 0

    def buffers(self, start: int, end: int) -> list[bytes]:
        """No buffers: the number of rows says all."""
        return []


Out = Fixed | Strings | Nothing
