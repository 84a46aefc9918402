"""Frames over a stream socket.

A frame is a header of 16 bytes (magic, kind, call, length of head, length of body; little endian), a JSON head padded with
spaces to a multiple of 8, and a body. The body of a frame with rows is: number of rows and of buffers (2 x uint32),
nanoseconds spent in ``extract()`` (uint64, 0 towards the worker), the buffers' lengths (uint32 each), then the buffers;
lengths and buffers are each padded to a multiple of 8, so that numpy can use them where they lie.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterable

MAGIC = 0x31455346  # "FSE1"
HEADER = struct.Struct("<IHHII")
COUNTS = struct.Struct("<IIQ")
PADDING = tuple(bytes(n) for n in range(8))
SCRATCH = 65_536

# Towards the worker.
LOAD, APPEND, EXTRACT = 1, 2, 3
# From the worker.
READY, LOADED, ROWS, DONE, FAILED = 10, 11, 12, 13, 14


class Closed(Exception):
    """The service closed its end."""


class Channel:
    """Reads frames whole; keeps what it received beyond the present one for the next."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._scratch = bytearray(SCRATCH)
        self._view = memoryview(self._scratch)
        self._start = 0
        self._end = 0

    def read(self) -> tuple[int, int, bytes, bytearray]:
        """Kind, call, head and body of the next frame. The body is the caller's own, and may be written to."""
        while self._end - self._start < HEADER.size:
            self._fill()
        magic, kind, call, head_length, body_length = HEADER.unpack_from(self._scratch, self._start)
        if magic != MAGIC:
            raise Closed
        self._start += HEADER.size
        head = bytes(self._take(head_length))
        return kind, call, head, self._take(body_length)

    def _fill(self) -> None:
        left = self._end - self._start
        if left and self._start:
            self._scratch[:left] = self._scratch[self._start : self._end]
        self._start, self._end = 0, left
        count = self._connection.recv_into(self._view[left:])
        if count == 0:
            raise Closed
        self._end += count

    def _take(self, length: int) -> bytearray:
        have = min(length, self._end - self._start)
        if have == length:
            self._start += length
            return self._scratch[self._start - length : self._start]
        taken = bytearray(length)
        taken[:have] = self._view[self._start : self._start + have]
        self._start += have
        rest = memoryview(taken)
        while have < length:
            count = self._connection.recv_into(rest[have:])
            if count == 0:
                raise Closed
            have += count
        return taken

    def send(self, kind: int, call: int, head: bytes, body: bytes = b"") -> None:
        """Sends one frame; waits while the service does not read."""
        head += b" " * (-len(head) % 8)
        self._connection.sendall(HEADER.pack(MAGIC, kind, call, len(head), len(body)) + head + body)


def pack_rows(rows: int, buffers: list[bytes], nanoseconds: int = 0) -> bytes:
    """The body of a frame with rows."""
    count = len(buffers)
    lengths = [len(buffer) for buffer in buffers]
    parts: list[bytes] = [COUNTS.pack(rows, count, nanoseconds), struct.pack(f"<{count}I", *lengths), PADDING[-4 * count % 8]]
    for buffer, length in zip(buffers, lengths):
        parts.append(buffer)
        if length % 8:
            parts.append(PADDING[-length % 8])
    return b"".join(parts)


def unpack_rows(body: bytearray) -> tuple[int, Iterable[tuple[int, int]]]:
    """The number of rows, and start and length of each buffer in ``body``."""
    rows, count, _ = COUNTS.unpack_from(body)
    lengths = struct.unpack_from(f"<{count}I", body, COUNTS.size)
    at = COUNTS.size + 4 * count
    at += -at % 8
    places = []
    for length in lengths:
        places.append((at, length))
        at += length + (-length % 8)
    return rows, places
