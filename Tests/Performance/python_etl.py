"""What the service itself adds to a Python ETL: each call's time less that of its extract(), which the worker measures on a ready data frame."""

import re
import socket
import statistics
import time
from pathlib import Path
from urllib.parse import urlsplit


def own_milliseconds(url: str, bodies: Path, seconds: float) -> tuple[list[float], list[float]]:
    """Of calls one after the other on one connection: the service's own part, and that of extract(), both sorted."""
    address = urlsplit(url)
    requests = [
        f"POST {address.path} HTTP/1.1\r\nHost: {address.netloc}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()
        for body in bodies.read_text().splitlines()]
    own, extract = [], []
    with socket.create_connection((address.hostname, address.port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        end, at = time.perf_counter() + seconds, 0
        while time.perf_counter() < end:
            start = time.perf_counter()
            connection.sendall(requests[at % len(requests)])
            head = receive(connection)
            took = (time.perf_counter() - start) * 1e3
            inside = float(re.search(rb"Server-Timing: extract;dur=([\d.]+)", head)[1])
            own.append(took - inside)
            extract.append(inside)
            at += 1
    return sorted(own), sorted(extract)


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


def rows(url: str, bodies: Path, seconds: float) -> list[tuple[str, str, str, str]]:
    """Of the table of ``make bench``."""
    own_milliseconds(url, bodies, 1)
    own, extract = own_milliseconds(url, bodies, seconds)
    inside = f"extract() itself {statistics.median(extract):.2f} ms, p99 {percentile(extract, 0.99):.2f} ms; {len(own):,} calls"
    return [
        ("Python ETL: the service's own time a call beside extract(), median", "", f"{statistics.median(own):.2f} ms; {inside}", "0.5 ms, 0.3 ms"),
        ("Python ETL: the same, p99", "", f"{percentile(own, 0.99):.2f} ms", "1.5 ms, 0.8 ms")]
