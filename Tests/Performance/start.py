#!/usr/bin/env python3
"""Measures a start with a full catalog against one with two objects in it, in a file and in MongoDB, and prints a table.

    make bench BENCH=start        (release build; --mongod PATH says which MongoDB server, else FEATURESTORE_MONGOD or the PATH)

A start is counted from the program's start until `/health/ready` says ready: its tables are loaded then. Starts alternate with those of
a nearly empty catalog, which spend the same time on PostgreSQL and tables; the difference is what the objects cost.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from report import print_table
from servers import ROOT, Service, call, free_port, resident_megabytes, wait_for


class Restarted:
    """A service on a data folder and a catalog, started and stopped as often as one likes."""

    def __init__(self, build: str, data: Path, mongo: str | None, log) -> None:
        self.build, self.data, self.mongo, self.log = build, data, mongo, log
        self.service: Service | None = None

    def start(self) -> float:
        """Seconds until it is ready."""
        began = time.monotonic()
        self.service = Service(self.build, self.data, self.log, **({"MONGODB_URI": self.mongo} if self.mongo else {}))
        self.service.wait_until_ready(300, interval=0.01)
        return time.monotonic() - began

    def answer(self, query: str, user: str) -> float:
        """Milliseconds until a query answers, counting tries."""
        began = time.monotonic()
        body = {"query_id": query, "index_key": "user_id", "index_value": user}
        wait_for(lambda: call("POST", f"{self.service.url}/v1.0/query/realtime", body)["data"], "an answer", interval=0.05)
        return (time.monotonic() - began) * 1e3

    def stop(self) -> None:
        if self.service:
            self.service.stop()
            self.service = None


def measure(name: str, options, folder: Path, mongo: str | None, log, table: list) -> None:
    small = Restarted(options.build, folder / name, f"{mongo}/small" if mongo else None, log)
    full = Restarted(options.build, folder / f"{name}-full", f"{mongo}/full" if mongo else None, log)
    users: dict[Restarted, str] = {}
    try:
        for each in (small, full):
            each.start()
            call("PUT", f"{each.service.url}/v1.0/publish?n_flows=1000&seed=1")
            sql = (ROOT / "example_flows/user_features.sql").read_text()
            saved = call("POST", f"{each.service.url}/v1.0/query/train?save=true", {"query": sql, "entity_key": "user_id"})
            users[each] = saved["data"][0]["user_id"]
            each.stop()
        began = time.monotonic()
        ids = subprocess.run(
            [f"{options.build}/fill", full.mongo or str(full.data / "catalog.sqlite"), str(options.objects)], check=True, capture_output=True,
            text=True).stdout.split()
        print(f"{name}: {options.objects} queries and bindings written in {time.monotonic() - began:.0f} s", flush=True)
        times: list[tuple[float, float]] = []
        firsts: list[float] = []
        for number in range(options.rounds):
            empty = small.start()
            small.stop()
            times.append((empty, full.start()))
            firsts.append(full.answer(ids[number % len(ids)], users[full]))
            if number == options.rounds - 1:
                time.sleep(options.settle)
                table.append((f"{name}: memory {options.settle} s after the start", "", f"{resident_megabytes(full.service.pid):.0f} MB"))
            full.stop()
        added = statistics.median(b - a for a, b in times)
        table.append((f"{name}: start with {options.objects:,} saved queries", f"{statistics.median(b for _, b in times):.2f} s", f"{added:+.2f} s against one with 1"))
        table.append((f"{name}: first answer of a query after that", "", f"{statistics.median(firsts):.0f} ms"))
    finally:
        small.stop()
        full.stop()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=str(ROOT / ".build/release"), help="folder of the executables")
    parser.add_argument("--objects", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--settle", type=int, default=30, help="seconds after which memory is read")
    parser.add_argument("--mongod", default=os.environ.get("FEATURESTORE_MONGOD") or shutil.which("mongod"))
    options = parser.parse_args()
    table: list[tuple[str, str, str]] = []
    with tempfile.TemporaryDirectory(prefix="fsbench") as text:
        folder = Path(text)
        os.chmod(folder, 0o755)
        log = open(folder / "log", "w")
        measure("catalog in a file", options, folder, None, log, table)
        if options.mongod:
            port = free_port()
            (folder / "mongo").mkdir()
            mongod = subprocess.Popen(
                [options.mongod, "--dbpath", str(folder / "mongo"), "--port", str(port), "--bind_ip", "127.0.0.1"], stdout=log, stderr=log)
            try:
                measure("catalog in MongoDB", options, folder, f"mongodb://127.0.0.1:{port}", log, table)
            finally:
                mongod.terminate()
                mongod.wait()
        else:
            print("no mongod: measured in a file alone", file=sys.stderr)
    print_table(table)


if __name__ == "__main__":
    sys.exit(main())
