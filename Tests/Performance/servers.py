"""What is measured: servers on loopback ports and folders of their own, started, watched and stopped by process id."""

import json
import os
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def call(method: str, url: str, body: dict | None = None) -> dict:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, method=method, headers={"Content-Type": "application/json"} if data else {})
    with urllib.request.urlopen(request, timeout=300) as response:
        return json.load(response)


def wait_for(check: Callable[[], object], what: str, seconds: float = 120, interval: float = 0.1) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if check():
                return
        except (OSError, urllib.error.URLError):
            pass
        time.sleep(interval)
    raise SystemExit(f"bench: {what} did not happen within {seconds:.0f} s")


def family(pid: int) -> list[int]:
    """A process and everything that it started, directly or through others."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        if status := of_process(int(folder.name), "stat"):
            children.setdefault(int(status.rsplit(")", 1)[1].split()[1]), []).append(int(folder.name))
    found = [pid]
    for parent in found:
        found += children.get(parent, [])
    return found


def of_process(pid: int, file: str) -> str:
    """What the kernel says of a process; nothing, if it has ended meanwhile."""
    try:
        return Path(f"/proc/{pid}/{file}").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def cpu_seconds(*pids: int) -> float:
    """What these processes have used; nothing of one that has ended."""
    ticks = 0
    for pid in pids:
        if status := of_process(pid, "stat"):
            fields = status.rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def resident_megabytes(*pids: int) -> float:
    """Resident memory; pages that processes share are counted for each of them."""
    return sum(int(size) for pid in pids for size in re.findall(r"VmRSS:\s+(\d+)", of_process(pid, "status"))) / 1024


def proportional_megabytes(*pids: int) -> float:
    """Resident memory; pages that processes share are counted once, in equal parts."""
    return sum(int(size) for pid in pids for size in re.findall(r"^Pss:\s+(\d+)", of_process(pid, "smaps_rollup"), re.M)) / 1024


class Server:
    """A process on a loopback port."""

    def __init__(self, command: list[str], port: int, log: IO[str], environment: dict[str, str] | None = None) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment)
        self.pid = self.process.pid

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=60)


class Service(Server):
    """The service on a data folder, with the PostgreSQL that it starts for itself."""

    def __init__(self, build: str, data: Path, log: IO[str], **settings: str) -> None:
        environment = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "MONGODB_URI", "DATABASE_WRITE_URL")} | settings
        port = free_port()
        super().__init__([f"{build}/featurestore", "serve", "--port", str(port), "--data-dir", str(data), "--log-level", "warning"], port, log, environment)

    def wait_until_ready(self, seconds: float = 120, interval: float = 0.1) -> None:
        """Ready is ready: the tables of all saved queries are loaded."""
        wait_for(lambda: call("GET", f"{self.url}/health/ready")["status"] == "ready", "the service becoming ready", seconds, interval)
