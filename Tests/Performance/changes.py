#!/usr/bin/env python3
"""Measures how soon one service acts upon what another has saved in the catalog they share, and what asking for changes costs.

    make bench BENCH=changes        (release build; --mongod PATH says which MongoDB server, else FEATURESTORE_MONGOD or the PATH)

Counted from the saving service's answer until the other one answers differently, asked without a pause. Each has a warehouse of its own: the
queries read no table. The processor's share is that of services and server which nobody asks anything.
"""

import argparse
import http.client
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from servers import ROOT, Service, call, cpu_seconds, free_port

QUERIES = [f"SELECT k, {number} AS v FROM (VALUES (1), (2)) AS t (k)" for number in range(2)]


class Asking:
    """Asks a service again and again on one connection, and remembers when its answer became another."""

    def __init__(self, url: str, method: str, path: str, body: dict | None, read) -> None:
        self.connection = http.client.HTTPConnection(url.removeprefix("http://"))
        self.request = (method, path, None if body is None else json.dumps(body), {"Content-Type": "application/json"} if body else {})
        self.read = read
        self.answer = self.ask()
        self.since = time.monotonic()
        self.runs = True
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def ask(self):
        self.connection.request(*self.request)
        return self.read(json.load(self.connection.getresponse()))

    def run(self) -> None:
        while self.runs:
            answer = self.ask()
            if answer != self.answer:
                self.answer, self.since = answer, time.monotonic()
            time.sleep(0.0005)

    def until(self, expected) -> float:
        deadline = time.monotonic() + 60
        while self.answer != expected:
            if time.monotonic() > deadline:
                raise SystemExit(f"bench: the other service still answers {self.answer}")
            time.sleep(0.0005)
        return self.since

    def stop(self) -> None:
        self.runs = False
        self.thread.join()


def percentiles(values: list[float]) -> str:
    values = sorted(max(0.0, value) * 1e3 for value in values)
    return f"p50 {statistics.median(values):.0f} ms, p99 {values[int(len(values) * 0.99) - 1]:.0f} ms, most {values[-1]:.0f} ms"


def save(service: Service, number: int, **more) -> None:
    call("POST", f"{service.url}/v1.0/query/train?save=true", {"query": QUERIES[number], "entity_key": "k", **more})


def measure(name: str, options, folder: Path, mongo: str | None, mongod: int | None, log, table: list) -> None:
    folders = [folder / f"{name}-{number}" for number in range(2)]
    if not mongo:
        for data in folders:
            data.mkdir(mode=0o711)
        (folders[1] / "catalog.sqlite").symlink_to(folders[0] / "catalog.sqlite")
    services = [Service(options.build, data, log, **({"MONGODB_URI": mongo} if mongo else {})) for data in folders]
    writer, reader = services
    try:
        for service in services:
            service.wait_until_ready()
        for number in range(2):
            save(writer, number, query_name="n")
        asked = {"name": "n", "index_key": "k", "index_value": 1}
        # The newest version is the second query's; the first one's statement must be in memory, too.
        ids = [call("POST", f"{writer.url}/v1.0/query/train?save=true", {"query": sql, "entity_key": "k"})["query_id"] for sql in QUERIES]
        for query in ids:
            reader_answers(reader, query)
        names = Asking(reader.url, "POST", "/v1.0/query/realtime", asked, lambda answer: answer["data"][0]["v"])
        times = []
        for count in range(options.changes):
            time.sleep(random.uniform(0.05, 0.2))
            save(writer, count % 2, query_name="n")
            acknowledged = time.monotonic()
            times.append(names.until(count % 2) - acknowledged)
        names.stop()
        table.append((f"{name}: a name's new version", percentiles(times)))
        kept = Asking(reader.url, "GET", f"/v1.0/queries/{ids[0]}", None, lambda answer: answer["cache"][0]["kept"])
        times = []
        for count in range(options.changes):
            time.sleep(random.uniform(0.05, 0.2))
            save(writer, 0, cache=count % 2 == 0)
            acknowledged = time.monotonic()
            times.append(kept.until(count % 2 == 0) - acknowledged)
        kept.stop()
        table.append((f"{name}: a binding's cache: true, and back", percentiles(times)))
        before, began = [cpu_seconds(pid) for pid in [reader.pid] + ([mongod] if mongod else [])], time.monotonic()
        time.sleep(options.idle)
        spent = time.monotonic() - began
        shares = [(cpu_seconds(pid) - was) / spent * 100 for pid, was in zip([reader.pid, mongod], before)]
        table.append((f"{name}: an idle service", f"{shares[0]:.2f} % of a core"))
        if mongod:
            table.append((f"{name}: mongod with two of them", f"{shares[1]:.2f} % of a core"))
    finally:
        for service in services:
            service.stop()


def reader_answers(reader: Service, query: str) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            return call("POST", f"{reader.url}/v1.0/query/realtime", {"query_id": query, "index_key": "k", "index_value": 1})
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=str(ROOT / ".build/release"), help="folder of the executables")
    parser.add_argument("--changes", type=int, default=200)
    parser.add_argument("--idle", type=int, default=30, help="seconds over which the processor's share is measured")
    parser.add_argument("--mongod", default=os.environ.get("FEATURESTORE_MONGOD") or shutil.which("mongod"))
    options = parser.parse_args()
    table: list[tuple[str, str]] = []
    with tempfile.TemporaryDirectory(prefix="fsbench") as text:
        folder = Path(text)
        os.chmod(folder, 0o755)
        log = open(folder / "log", "w")
        measure("catalog in a file", options, folder, None, None, log, table)
        if options.mongod:
            port = free_port()
            (folder / "mongo").mkdir()
            mongod = subprocess.Popen(
                [options.mongod, "--dbpath", str(folder / "mongo"), "--port", str(port), "--bind_ip", "127.0.0.1", "--nounixsocket"], stdout=log,
                stderr=log)
            try:
                measure("catalog in MongoDB", options, folder, f"mongodb://127.0.0.1:{port}/fs", mongod.pid, log, table)
            finally:
                mongod.terminate()
                mongod.wait()
        else:
            print("no mongod: measured in a file alone", file=sys.stderr)
    width = max(len(row[0]) for row in table)
    for what, measured in table:
        print(f"{what:{width}}  {measured}")


if __name__ == "__main__":
    sys.exit(main())
