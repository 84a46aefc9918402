#!/usr/bin/env python3
"""The service at half of its load for a long time: what it holds must not grow.

    make bench BENCH=soak MINUTES=60

Every minute it answers lookups, many keys at a time, ETLs in SQL and in Python, training and wrong calls, saves a query and publishes a few
flows. After a tenth of the time, when caches are warm, the line through what was seen is what is printed: a slope near nothing, with the
rows that were published taken off, is what is wanted.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
import urllib.error
from pathlib import Path
from typing import NamedTuple

from load import Load, allow_files, write_bodies
from servers import ROOT, Service, call, family, resident_megabytes


class Sample(NamedTuple):
    """Once a minute: megabytes, and numbers of things that the service holds."""

    minute: float
    service: float
    workers: float
    threads: int
    files: int
    rate: float
    p99: float


def sample(service: Service, started: float, rate: float, p99: float) -> Sample:
    pid = service.pid
    others = [other for other in family(pid) if other != pid and b"worker.py" in Path(f"/proc/{other}/cmdline").read_bytes()]
    return Sample((time.monotonic() - started) / 60, resident_megabytes(pid), resident_megabytes(*others),
                  len(os.listdir(f"/proc/{pid}/task")), len(os.listdir(f"/proc/{pid}/fd")), rate, p99)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=str(ROOT / ".build/release"), help="folder of the executables")
    parser.add_argument("--flows", type=int, default=20_000)
    parser.add_argument("--minutes", type=float, default=60)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fsbench") as folder:
        os.chmod(folder, 0o755)
        service = Service(options.build, Path(folder) / "data", open(Path(folder) / "log", "w"))
        try:
            service.wait_until_ready()
            samples = soak(service, Path(folder), options.flows, options.minutes)
        finally:
            service.stop()
    report([s for s in samples if s.minute > options.minutes / 10])


def soak(service: Service, folder: Path, flows: int, minutes: float) -> list[Sample]:
    call("PUT", f"{service.url}/v1.0/publish?n_flows={flows}&seed=1")
    sql = (ROOT / "example_flows/user_features.sql").read_text()
    saved = call("POST", f"{service.url}/v1.0/query/train?save=true", {"query": sql, "entity_key": "user_id"})
    users, query = [row["user_id"] for row in saved["data"]][:5_000], saved["query_id"]
    etls = [call("POST", f"{service.url}/v1.0/extract/train?save=true", {"query_id": query, "etl_source": (ROOT / "example_flows" / name).read_text()})["etl_id"]
            for name in ("user_features_etl.sql", "user_features_etl.py")]
    service.wait_until_ready()

    def load(path: str, name: str, bodies: list[dict]) -> Load:
        return Load(f"{service.url}{path}", write_bodies(folder / name, [{"query_id": query, "index_key": "user_id"} | body for body in bodies]), service.pid)

    lookups = load("/v1.0/query/realtime", "lookups", [{"index_value": user} for user in users])
    others = [load("/v1.0/query/realtime", "many", [{"index_values": users[start : start + 20]} for start in range(0, len(users) - 20, 20)])] + [
        load("/v1.0/extract/realtime", etl, [{"etl_id": etl, "index_value": user} for user in users]) for etl in etls]
    half = lookups.round(8, 3).rate / 2
    pause = 8e3 / half - 8e3 / lookups.round(8, 3).rate

    samples: list[Sample] = []
    started = time.monotonic()
    minute = 0
    while time.monotonic() - started < minutes * 60:
        minute += 1
        round = lookups.round(8, 40, max(0.05, pause))
        pause += 8e3 / half - 8e3 / round.rate
        for other in others:
            other.round(4, 5, 2)
        another = sql.replace("count(*) AS quotes", f"count(*) + {minute} AS quotes")
        call("POST", f"{service.url}/v1.0/query/train?save=true", {"query": another, "entity_key": "user_id"})
        call("PUT", f"{service.url}/v1.0/publish?n_flows=5")
        for wrong in ({"query_id": query, "index_key": "nobody", "index_value": 1}, {"query_id": "0" * 24, "index_key": "user_id", "index_value": "1"}):
            try:
                call("POST", f"{service.url}/v1.0/query/realtime", wrong)
                raise SystemExit(f"bench: {wrong} was answered")
            except urllib.error.HTTPError as error:
                error.read()
        samples.append(sample(service, started, round.rate, round.p99))
        print(f"{samples[-1].minute:6.1f} min  {samples[-1].service:7.1f} MB  workers {samples[-1].workers:6.1f} MB  {samples[-1].threads} threads  "
              f"{samples[-1].files} files  {round.rate:,.0f} lookups/s  p99 {round.p99:.2f} ms", flush=True)
    return samples


def report(samples: list[Sample]) -> None:
    if len(samples) < 3:
        raise SystemExit("bench: too short to say anything; MINUTES=10 at least")
    minutes = [s.minute for s in samples]
    print(f"\n{'an hour at half load':28}  {'first':>9}  {'last':>9}  grows an hour")
    for name, unit in (("service", "MB"), ("workers", "MB"), ("threads", ""), ("files", "")):
        values = [getattr(s, name) for s in samples]
        slope = statistics.linear_regression(minutes, values).slope * 60
        print(f"{name:28}  {values[0]:9,.1f}  {values[-1]:9,.1f}  {slope:+.1f} {unit}")
    print(f"{'p99 of a lookup':28}  {samples[0].p99:9.2f}  {samples[-1].p99:9.2f}  ms")


if __name__ == "__main__":
    allow_files(16_384)
    sys.exit(main())
