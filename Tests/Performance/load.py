"""Load on a server: rounds of wrk that go through a file of request bodies."""

import json
import re
import resource
import subprocess
from math import inf
from pathlib import Path
from typing import NamedTuple

from servers import cpu_seconds

WRK_SCRIPT = """
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
local bodies = {}
for line in io.lines("%s") do bodies[#bodies + 1] = line end
local at = math.random(#bodies)
request = function() at = at %% #bodies + 1; return wrk.format(nil, nil, nil, bodies[at]) end
"""
# Milliseconds between an answer and the next request of a connection, on the average.
PAUSE_SCRIPT = """
delay = function() return math.floor(%(pause)f) + (math.random() < %(pause)f %% 1 and 1 or 0) end
"""


def write_bodies(file: Path, bodies: list[dict]) -> Path:
    """A file of request bodies, one a line."""
    file.write_text("".join(json.dumps(body) + "\n" for body in bodies))
    return file


def allow_files(number: int) -> None:
    """So many connections at once, if the machine lets us."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(number, hard), hard))


class Round(NamedTuple):
    """What a round showed: requests a second, the server's CPU µs a request, milliseconds."""

    rate: float
    cpu: float
    p99: float
    p50: float


class Pressed(NamedTuple):
    """Answers a second: with 200, and refused in order."""

    good: float
    refused: float


class Load:
    """Rounds of requests to one address; the CPU counted is that of the processes named."""

    def __init__(self, url: str, bodies: Path, *pids: int) -> None:
        self.url, self.pids = url, pids
        self.script = bodies.with_suffix(".lua")
        self.script.write_text(WRK_SCRIPT % bodies)

    def round(self, connections: int, seconds: int, pause: float = 0) -> Round:
        script = self.script
        if pause:
            script = self.script.with_suffix(".paced.lua")
            script.write_text(self.script.read_text() + PAUSE_SCRIPT % {"pause": pause})
        before = cpu_seconds(*self.pids)
        out = self.wrk(script, connections, seconds)
        used = cpu_seconds(*self.pids) - before
        if re.search(r"Non-2xx|Socket errors", out):
            raise SystemExit(f"bench: errors under load\n{out}")
        requests = int(re.search(r"(\d+) requests in", out)[1])
        if requests == 0:
            return Round(0, inf, inf, inf)
        rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1])
        return Round(rate, used / requests * 1e6, milliseconds(out, 99), milliseconds(out, 50))

    def press(self, connections: int, seconds: int) -> Pressed:
        """A round in which the service may refuse, but not break."""
        out = self.wrk(self.script, connections, seconds)
        if broken := re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", out):
            raise SystemExit(f"bench: connections broke: {broken[0]}\n{out}")
        refused = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
        answered, seconds_taken = re.search(r"(\d+) requests in\s+([\d.]+)s", out).groups()
        bad = int(refused[1]) if refused else 0
        return Pressed((int(answered) - bad) / float(seconds_taken), bad / float(seconds_taken))

    def wrk(self, script: Path, connections: int, seconds: int) -> str:
        return subprocess.run(
            ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "30s", "-s", str(script), self.url],
            check=True, capture_output=True, text=True).stdout


def milliseconds(out: str, percentile: int) -> float:
    value, unit = re.search(rf"{percentile}%\s+([\d.]+)(us|ms|s)", out).groups()
    return float(value) * {"us": 1e-3, "ms": 1, "s": 1e3}[unit]
