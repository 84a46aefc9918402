#!/usr/bin/env python3
"""More load than the service can carry: what it still answers well, and how soon it is itself again.

    make bench BENCH=overload

Each kind of call is first asked by as many connections as it answers most with, then by many more at once. Good-put is what is answered with
200; the rest must be refused in order (429, 503), never by a broken connection. Then one short call is measured right after the storm.
"""

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from load import Load, allow_files, write_bodies
from report import print_table
from servers import ROOT, Service, call, resident_megabytes


class Kind(NamedTuple):
    name: str
    load: Load
    fitting: int
    storming: int


def storm(kind: Kind, gentle: Load, seconds: int, rounds: int, pid: int) -> tuple[str, str, str]:
    """Good-put under the storm against the most, and the gentle call's rate after it against before."""
    ratios, goods, refusals, after, memory = [], [], [], [], []
    for _ in range(rounds):
        before = gentle.round(8, 1).rate
        most = kind.load.press(kind.fitting, seconds)
        storm = kind.load.press(kind.storming, seconds)
        memory.append(resident_megabytes(pid))
        after.append(gentle.round(8, 1).rate / before)
        ratios.append(storm.good / most.good), goods.append(storm.good), refusals.append(storm.refused)
    median = statistics.median
    return (f"{kind.name}: good-put at {kind.storming:,} connections / at {kind.fitting}", f"{median(ratios):.2f}",
            f"{median(goods):,.0f} answered, {median(refusals):,.0f} refused a second; the second after {median(after):.2f} of before; {max(memory):.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=str(ROOT / ".build/release"), help="folder of the executables")
    parser.add_argument("--flows", type=int, default=20_000)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fsbench") as folder:
        os.chmod(folder, 0o755)
        service = Service(options.build, Path(folder) / "data", open(Path(folder) / "log", "w"), CACHE_MICROSECONDS="1000000000")
        try:
            service.wait_until_ready()
            gentle, kinds = prepare(service, Path(folder), options.flows)
            for load in [gentle] + [kind.load for kind in kinds]:
                load.press(2, 2)
            table = [storm(kind, gentle, options.seconds, options.rounds, service.pid) for kind in kinds]
        finally:
            service.stop()
    print_table(table, ("what", "ratio", "measured"))


def prepare(service: Service, folder: Path, flows: int) -> tuple[Load, list[Kind]]:
    call("PUT", f"{service.url}/v1.0/publish?n_flows={flows}&seed=1")
    saved = call("POST", f"{service.url}/v1.0/query/train?save=true", {
        "query": (ROOT / "example_flows/user_features.sql").read_text(), "entity_key": "user_id"})
    users = [row["user_id"] for row in saved["data"]][:2_000]
    etl = call("POST", f"{service.url}/v1.0/extract/train?save=true", {
        "query_id": saved["query_id"], "etl_source": (ROOT / "example_flows/user_features_etl.py").read_text()})["etl_id"]
    # Every lookup of it reads all quotes.
    scanning = call("POST", f"{service.url}/v1.0/query/train?save=true&allow_scan=true", {
        "query": "SELECT user_id, name, (SELECT count(*) FROM feature_store.quotes) AS everybody FROM feature_store.users", "entity_key": "user_id"})["query_id"]
    service.wait_until_ready()

    def load(path: str, name: str, bodies: list[dict]) -> Load:
        return Load(f"{service.url}{path}", write_bodies(folder / name, bodies), service.pid)

    def keyed(query: str, **more: str) -> list[dict]:
        return [{"query_id": query, "index_key": "user_id", "index_value": user} | more for user in users]

    gentle = load("/v1.0/query/realtime", "gentle", keyed(saved["query_id"]))
    training = [{"query": f"SELECT quote_type, count(*) AS n, avg(binding_date - creation_date) AS d FROM feature_store.quotes WHERE creation_date > {n} GROUP BY 1"}
                for n in range(100)]
    return gentle, [
        Kind("query/realtime", gentle, 32, 4_000),
        Kind("query/realtime that scans a table", load("/v1.0/query/realtime", "scans", keyed(scanning)), 4, 512),
        Kind("extract/realtime in Python", load("/v1.0/extract/realtime", "python", keyed(saved["query_id"], etl_id=etl)), 8, 512),
        Kind("query/train of an aggregate", load("/v1.0/query/train", "training", training), 4, 256),
    ]


if __name__ == "__main__":
    allow_files(16_384)
    sys.exit(main())
