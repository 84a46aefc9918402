#!/usr/bin/env python3
"""Measures the service against baselines in the same run, and prints the table of the figures to reach.

    make bench            (release build; needs wrk, which make bench installs)

Rounds alternate between the service and its baseline, so that a noisy machine disturbs both alike; each figure is the median of
the rounds' ratios, beside what is to be reached at least and what is aimed at. Nothing here passes or fails: the table shows where
the project stands. Half an hour; `--rounds 3 --seconds 2` is a quick look. Where `make bench-feast` has installed Feast, the same
work on its Python server follows.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import python_etl
from load import Load, allow_files, write_bodies
from report import print_table
from servers import ROOT, Server, Service, call, cpu_seconds, family, free_port, resident_megabytes

Row = tuple[str, str, str, str]


def compare(name: str, ours: Load, baseline: Load, connections: int, seconds: int, rounds: int, table: list[Row]) -> None:
    pairs = [(ours.round(connections, seconds), baseline.round(connections, seconds)) for _ in range(rounds)]
    median = lambda f: statistics.median(f(a, b) for a, b in pairs)
    rate = median(lambda a, _: a[0])
    name = f"{name}, {connections} connections"
    table += [
        (f"{name}: throughput / echo's", f"{median(lambda a, b: a[0] / b[0]):.2f}", f"{rate:,.0f} requests/s", "0.7, 0.9"),
        (f"{name}: CPU a request / echo's", f"{median(lambda a, b: a[1] / b[1]):.2f}×", f"{median(lambda a, _: a[1]):.0f} µs", "1.4×, 1.15×"),
        (f"{name}: p99 / echo's, at capacity", f"{median(lambda a, b: a[2] / b[2]):.2f}×", f"{median(lambda a, _: a[2]):.2f} ms", "")]
    at_half_capacity(name, ours, baseline, connections, rate / 2, seconds, rounds, table)


def at_half_capacity(name: str, ours: Load, baseline: Load, connections: int, target: float, seconds: int, rounds: int, table: list[Row]) -> None:
    """Both at the same rate: half of what the service can do."""
    def pause(load: Load) -> float:
        guess = connections * 1e3 / target
        for _ in range(3):
            guess = max(0.05, guess + connections * 1e3 / target - connections * 1e3 / load.round(connections, 1, guess)[0])
        return guess

    pauses = pause(ours), pause(baseline)
    pairs = [(ours.round(connections, seconds, pauses[0]), baseline.round(connections, seconds, pauses[1])) for _ in range(rounds)]
    table.append((f"{name}: p99 / echo's, at half of capacity", f"{statistics.median(a[2] / b[2] for a, b in pairs):.2f}×",
                  f"{statistics.median(a[2] for a, _ in pairs):.2f} ms at {statistics.median(a[0] for a, _ in pairs):,.0f} requests/s", "2×, 1.3×"))


def many_connections(ours: Load, seconds: int, rounds: int, table: list[Row]) -> None:
    pairs = [(ours.round(1_000, seconds), ours.round(32, seconds)) for _ in range(rounds)]
    table.append(("query/realtime, 1,000 connections: throughput / that at 32", f"{statistics.median(a[0] / b[0] for a, b in pairs):.2f}",
                  f"{statistics.median(a[0] for a, _ in pairs):,.0f} requests/s, no errors", "0.8, 0.95"))


class Writer(threading.Thread):
    """Publishes flows at a steady rate, in commits of some milliseconds."""

    def __init__(self, url: str, flows_a_second: int) -> None:
        super().__init__(daemon=True)
        self.url, self.interval, self.flows = url, 100 / flows_a_second, 0
        self.stopping = threading.Event()

    def run(self) -> None:
        next_at = time.monotonic()
        while not self.stopping.wait(max(0, next_at - time.monotonic())):
            call("PUT", f"{self.url}/v1.0/publish?n_flows=100")
            self.flows += 100
            next_at = max(next_at + self.interval, time.monotonic() - 1)

    def stop(self) -> None:
        self.stopping.set()
        self.join()


def while_written(ours: Load, service: Service, seconds: int, rounds: int, table: list[Row]) -> None:
    """Rows published by the service itself: PostgreSQL commits them on the same processors before the store applies them."""
    ratios, rates, rows, warehouse = [], [], [], []
    servers = family(service.pid)[1:]
    for _ in range(rounds):
        idle = ours.round(8, seconds)
        writer, before = Writer(service.url, 3_300), cpu_seconds(*servers)
        writer.start()
        busy = ours.round(8, seconds)
        writer.stop()
        ratios.append(busy[0] / idle[0]), rates.append(busy[0]), rows.append(writer.flows * 3.08 / seconds)
        warehouse.append((cpu_seconds(*servers) - before) / seconds)
    table.append(("query/realtime while rows are published: throughput / idle", f"{statistics.median(ratios):.2f}",
                  f"{statistics.median(rates):,.0f} requests/s beside {statistics.median(rows):,.0f} rows/s and PostgreSQL's {statistics.median(warehouse):.0%} of a processor", ""))


def in_the_store(build: str, table: list[Row]) -> None:
    """What the store does by itself, without HTTP and without a warehouse: `lookups figures` prints rows of the table."""
    out = subprocess.run([f"{build}/lookups", "figures"], check=True, stdout=subprocess.PIPE, text=True).stdout
    for line in out.splitlines():
        what, ratio, measured, reach = line.split("\t")
        table.append((what, ratio, measured, reach))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=str(ROOT / ".build/release"), help="folder of the executables")
    parser.add_argument("--flows", type=int, default=20_000)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--loop-bound-echo", action="store_true", help="an echo that is served on the thread that reads it, as the service's calls are")
    options = parser.parse_args()
    table: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="fsbench") as folder:
        os.chmod(folder, 0o755)
        log = open(Path(folder) / "log", "w")
        # Lookups are what is measured: answers are kept only where a row of the table says so.
        service = Service(options.build, Path(folder) / "data", log, CACHE_MICROSECONDS="1000000000")
        echo_port = free_port()
        echo = Server([f"{options.build}/echo", str(echo_port)] + (["loop-bound"] if options.loop_bound_echo else []), echo_port, log)
        try:
            service.wait_until_ready()
            measure(options, service, echo, Path(folder), table)
        finally:
            echo.stop()
            service.stop()
    in_the_store(options.build, table)
    print_table(table, ("what", "ratio", "measured", "to reach, aimed at"))
    if (ROOT / ".venv-feast/bin/feast").exists():
        feast = [sys.executable, str(Path(__file__).with_name("feast_bench.py")), "--build", options.build]
        subprocess.run(feast + ["--seconds", str(options.seconds), "--rounds", str(options.rounds)], check=True)


def measure(options, service: Service, echo: Server, folder: Path, table: list[Row]) -> None:
    url, echo_url = service.url, f"{echo.url}/echo"
    started = time.monotonic()
    call("PUT", f"{url}/v1.0/publish?n_flows={options.flows}&seed=1")
    took = time.monotonic() - started
    table.append(("publish, flows a second (warehouse and store)", "", f"{options.flows / took:,.0f} ({options.flows} in {took:.1f} s)", ""))

    sql = (ROOT / "example_flows/user_features.sql").read_text()
    saved = call("POST", f"{url}/v1.0/query/train?save=true", {"query": sql, "entity_key": "user_id"})
    users = [row["user_id"] for row in saved["data"]][:5_000]
    query, key = saved["query_id"], "user_id"
    service.wait_until_ready()

    def bodies(name: str, extra: dict) -> Path:
        return write_bodies(folder / name, [{"query_id": query, "index_key": key, "index_value": user} | extra for user in users])

    plain = bodies("plain", {})
    baseline = Load(echo_url, plain, echo.pid)
    ours = Load(f"{url}/v1.0/query/realtime", plain, service.pid)
    columns = call("POST", f"{url}/v1.0/query/train?save=true", {
        "query": "SELECT user_id, name, address, creation_date FROM feature_store.users", "entity_key": "user_id"})
    row = bodies("row", {"query_id": columns["query_id"]})
    four, bare = Load(f"{url}/v1.0/query/realtime", row, service.pid), Load(echo_url, row, echo.pid)
    for load in (ours, baseline, four, bare):
        load.round(8, 1)
    for connections in (8, 32):
        compare("four columns of a row", four, bare, connections, options.seconds, options.rounds, table)
    for connections in (8, 32):
        compare("user_features", ours, baseline, connections, options.seconds, options.rounds, table)
    many_connections(ours, options.seconds, options.rounds, table)
    kept = call("POST", f"{url}/v1.0/query/train?save=true", {
        "query": f"SELECT * FROM (\n{sql.rstrip().removesuffix(';')}\n) AS kept", "entity_key": "user_id", "cache": True})["query_id"]
    from_memory = Load(f"{url}/v1.0/query/realtime", bodies("kept", {"query_id": kept}), service.pid)
    from_memory.round(8, 1)
    compare("user_features, answers kept", from_memory, baseline, 8, options.seconds, options.rounds, table)
    table.append(("memory of the service", "", f"{resident_megabytes(service.pid):.0f} MB with {options.flows:,} flows", ""))
    for name, id in (("four columns of a row", columns["query_id"]), ("user_features", query)):
        many_keys(options, name, f"{url}/v1.0/query/realtime", service.pid, folder, id, users, table)

    source = (ROOT / "example_flows/user_features_etl.sql").read_text()
    etl = call("POST", f"{url}/v1.0/extract/train?save=true", {"query_id": query, "etl_source": source})
    with_sql = Load(f"{url}/v1.0/extract/realtime", bodies("sql", {"etl_id": etl["etl_id"]}), service.pid)
    # The same as somebody would save who has no ETLs.
    one = f"WITH input AS (\n{sql.rstrip().removesuffix(';')}\n)\n{source}"
    by_hand = call("POST", f"{url}/v1.0/query/train?save=true", {"query": one, "entity_key": key})["query_id"]
    as_one = Load(f"{url}/v1.0/query/realtime", bodies("one", {"query_id": by_hand}), service.pid)
    with_sql.round(8, 1), as_one.round(8, 1)
    rounds = [[load.round(8, options.seconds) for load in (with_sql, ours, as_one)] for _ in range(options.rounds)]
    for place, name in ((1, "user_features' own"), (2, "that of both written as one query")):
        table.append((f"SQL ETL added to a realtime call: time a request / {name}", f"{statistics.median(r[place][0] / r[0][0] for r in rounds):.2f}×",
                      f"{statistics.median(r[0][0] for r in rounds):,.0f} requests/s", "1.2×, 1.05×" if place == 1 else ""))
        table.append((f"SQL ETL added to a realtime call: CPU a request / {name}", f"{statistics.median(r[0][1] / r[place][1] for r in rounds):.2f}×",
                      f"{statistics.median(r[0][1] for r in rounds):.0f} µs", ""))

    etl = call("POST", f"{url}/v1.0/extract/train?save=true", {"query_id": query, "etl_source": (ROOT / "example_flows/user_features_etl.py").read_text()})
    table += python_etl.rows(f"{url}/v1.0/extract/realtime", echo_url, bodies("python", {"etl_id": etl["etl_id"]}), options.seconds * options.rounds / 2)
    while_written(ours, service, options.seconds, options.rounds, table)


def many_keys(options, name: str, url: str, pid: int, folder: Path, query: str, users: list, table: list[Row]) -> None:
    """100 keys in one call against calls with one of them."""
    def load(file: str, entities: list) -> Load:
        return Load(url, write_bodies(folder / file, [{"query_id": query, "index_key": "user_id"} | entity for entity in entities]), pid)

    size = 100
    one = load("one", [{"index_value": user} for user in users])
    many = load("many", [{"index_values": users[start : start + size]} for start in range(0, len(users) - size + 1, size)])
    one.round(8, 1), many.round(8, 1)
    pairs = [(many.round(8, options.seconds), one.round(8, options.seconds)) for _ in range(options.rounds)]
    cheaper = statistics.median(size * b[1] / a[1] for a, b in pairs)
    further = statistics.median((a[1] - b[1]) / (size - 1) for a, b in pairs)
    table.append((f"{name}: CPU of {size} calls / of one call with {size} keys", f"{cheaper:.1f}×", f"{further:.1f} µs a further key", "10× and 5 µs, 30× and 2 µs"))


if __name__ == "__main__":
    allow_files(4_096)
    sys.exit(main())
