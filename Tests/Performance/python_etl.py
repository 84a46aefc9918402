"""What the service itself adds to a Python ETL: each call's time less that of its extract(), which the worker measures on a ready data frame."""

import re
import socket
import statistics
import time
from pathlib import Path
from urllib.parse import urlsplit


class Caller:
    """Calls one after the other on one connection."""

    def __init__(self, url: str, bodies: Path) -> None:
        address = urlsplit(url)
        self._requests = [
            f"POST {address.path} HTTP/1.1\r\nHost: {address.netloc}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()
            for body in bodies.read_text().splitlines()]
        self._connection = socket.create_connection((address.hostname, address.port))
        self._connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._at = 0

    def call(self) -> tuple[float, bytes]:
        """The milliseconds that one took, and the answer's head."""
        self._at = (self._at + 1) % len(self._requests)
        start = time.perf_counter()
        self._connection.sendall(self._requests[self._at])
        head = receive(self._connection)
        return (time.perf_counter() - start) * 1e3, head


def measured(url: str, echo: str, bodies: Path, seconds: float) -> tuple[list[float], list[float], list[float]]:
    """The service's own part of calls, that of extract(), and what an echo takes that is called as rarely; each sorted.

    While extract() runs, the service, its caller and a processor sleep: most of an answer's way is waking up, and so is the echo's.
    """
    caller, echoing = Caller(url, bodies), Caller(echo, bodies)
    own, extract, echoes = [], [], []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        took, head = caller.call()
        inside = float(re.search(rb"Server-Timing: extract;dur=([\d.]+)", head)[1])
        own.append(took - inside)
        extract.append(inside)
    pause, end = statistics.median(extract) / 1e3, time.perf_counter() + seconds / 3
    while time.perf_counter() < end:
        time.sleep(pause)
        echoes.append(echoing.call()[0])
    return sorted(own), sorted(extract), sorted(echoes)


def receive(connection: socket.socket) -> bytes:
    """A whole answer; its head."""
    answer = b""
    while True:
        piece = connection.recv(65_536)
        if not piece:
            raise SystemExit("bench: the service closed the connection")
        answer += piece
        head, separator, body = answer.partition(b"\r\n\r\n")
        if separator and len(body) >= int(re.search(rb"Content-Length: (\d+)", head)[1]):
            if not head.startswith(b"HTTP/1.1 200"):
                raise SystemExit(f"bench: an error under load\n{answer.decode()}")
            return head


def percentile(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def rows(url: str, echo: str, bodies: Path, seconds: float) -> list[tuple[str, str, str, str]]:
    """Of the table of ``make bench``."""
    measured(url, echo, bodies, 1)
    own, extract, echoes = measured(url, echo, bodies, seconds)
    inside = f"extract() itself {statistics.median(extract):.2f} ms; an echo as rare {statistics.median(echoes):.2f} ms; {len(own):,} calls"
    return [
        ("Python ETL: the service's own time a call beside extract(), median", "", f"{statistics.median(own):.2f} ms; {inside}", "0.5 ms, 0.3 ms"),
        ("Python ETL: the same, p99", "",
         f"{percentile(own, 0.99):.2f} ms; extract() itself {percentile(extract, 0.99):.2f} ms; the echo {percentile(echoes, 0.99):.2f} ms", "1.5 ms, 0.8 ms")]
