#!/usr/bin/env python3
"""Measures the service beside Feast's Python server on the same work in the same run, and prints a table.

    make bench-feast      (release build; installs wrk, and Feast into .venv-feast)

The work: a table of entities with 10 features and one with 50, and calls that ask for all features of an entity. The service answers from
its realtime store (a saved `SELECT key, features FROM table`), Feast from its SQLite online store, filled from the same values. Both must
give the same rows before anything is measured.

Feast runs as its documents recommend for production: no access log, workers that are not replaced in between. Each block of the table is
against one worker, which is what `feast serve` starts, and against the way that was fastest in a trial: one worker, one a processor, or two
a processor and one (`--workers -1`); features listed in the call, or a feature service. Rounds alternate; each figure is the median of the
rounds, each ratio the median of the rounds' ratios, and says how much better ours is.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from math import inf
from pathlib import Path
from typing import IO

from feature_table import KEY, FeatureTable
from load import Load, Round, write_bodies
from servers import ROOT, Server, Service, call, family, free_port, proportional_megabytes, resident_megabytes, wait_for

Entities = list[int]
MANY = 100
CHECKED = 200


class Feast(Server):
    """`feast serve` with a number of workers."""

    def __init__(self, program: Path, repository: Path, workers: int, log: IO[str]) -> None:
        self.workers, self.name, port = workers, f"Feast, {workers} worker{'s' * (workers > 1)}", free_port()
        super().__init__(
            [str(program), "-c", str(repository), "serve", "-h", "127.0.0.1", "-p", str(port), "--no-access-log", "-w", str(workers),
             "--worker-connections", "1000", "--max-requests", "0", "--registry_ttl_sec", "60"], port, log)

    def wait_until_ready(self) -> None:
        wait_for(lambda: urllib.request.urlopen(f"{self.url}/health", timeout=5).status == 200, f"Feast with {self.workers} workers becoming ready")


def listed(table: FeatureTable, entities: Entities) -> dict:
    return {"features": [f"{table.name}:{column}" for column in table.columns], "entities": {KEY: entities}}


def feature_service(table: FeatureTable, entities: Entities) -> dict:
    return {"feature_service": f"service_{table.name}", "entities": {KEY: entities}}


FORMS: dict[str, Callable[[FeatureTable, Entities], dict]] = {"features listed": listed, "feature service": feature_service}


def asked(query: str, entities: Entities) -> dict:
    return {"query_id": query, "index_key": KEY} | ({"index_value": entities[0]} if len(entities) == 1 else {"index_values": entities})


def rows_of_feast(answer: dict) -> list[dict]:
    names = answer["metadata"]["feature_names"]
    return [dict(zip(names, values)) for values in zip(*(column["values"] for column in answer["results"]), strict=True)]


def rows_of_service(answer: dict) -> list[dict]:
    return [row for result in answer["results"] for row in result["data"]] if "results" in answer else answer["data"]


class Comparison:
    """Both servers with the same tables."""

    def __init__(self, options: argparse.Namespace, folder: Path, stack: ExitStack) -> None:
        self.options, self.folder = options, folder
        log = stack.enter_context(open(folder / "log", "w"))
        self.tables = [FeatureTable(options.entities, features) for features in (10, 50)]
        files = [folder / f"{table.name}.csv" for table in self.tables]
        for table, file in zip(self.tables, files):
            table.write(file)

        # Lookups are what is measured, not answers that were kept.
        self.service = Service(options.build, folder / "data", log, CACHE_MICROSECONDS="1000000000")
        stack.callback(self.service.stop)
        self.service.wait_until_ready()
        self.queries = {}
        for table, file in zip(self.tables, files):
            self.into_warehouse(table.statements(file))
            saved = call("POST", f"{self.service.url}/v1.0/query/train?save=true", {"query": table.query, "entity_key": KEY})
            self.queries[table] = saved["query_id"]
        self.service.wait_until_ready()

        programs, repository = Path(options.feast).absolute() / "bin", folder / "feast"
        made = subprocess.run(
            [programs / "python", Path(__file__).with_name("feast_store.py"), repository, *files], check=True, stdout=subprocess.PIPE, stderr=log, text=True)
        self.version = made.stdout.split()[-1]
        processors = len(os.sched_getaffinity(0))
        self.feasts = [Feast(programs / "feast", repository, workers, log) for workers in sorted({1, processors, 2 * processors + 1})]
        for feast in self.feasts:
            stack.callback(feast.stop)
        for feast in self.feasts:
            feast.wait_until_ready()

    def into_warehouse(self, statements: str) -> None:
        """Through the socket of the service's own PostgreSQL; `postmaster.pid` names its folder."""
        socket = (self.folder / "data/postgres/data/postmaster.pid").read_text().splitlines()[4]
        subprocess.run(
            ["psql", "-qX", "-v", "ON_ERROR_STOP=1", "-h", socket, "-U", "featurestore", "featurestore"], input=statements, check=True, text=True,
            stdout=subprocess.DEVNULL)

    def check(self) -> None:
        """The same rows from both, in every way that they may be asked."""
        for table in self.tables:
            some = random.Random(1).sample(table.keys, CHECKED)
            for entities in [[key] for key in some[:10]] + [some]:
                ours = rows_of_service(call("POST", f"{self.service.url}/v1.0/query/realtime", asked(self.queries[table], entities)))
                if [row[KEY] for row in ours] != entities or any(set(row) != {KEY, *table.columns} for row in ours):
                    raise SystemExit(f"bench: the service does not answer with the rows of {table.name} asked for: {ours[:2]}")
                for feast in self.feasts:
                    for form in FORMS.values():
                        theirs = rows_of_feast(call("POST", f"{feast.url}/get-online-features", form(table, entities)))
                        if theirs != ours:
                            raise SystemExit(f"bench: the answers differ: {ours[:2]} and Feast's {theirs[:2]}")

    def load(self, name: str, address: str, bodies: list[dict], *pids: int) -> Load:
        return Load(address, write_bodies(self.folder / name, bodies), *pids)

    def measure(self, table: FeatureTable, size: int, connections: int) -> int:
        """Prints a block of the table; with how many workers Feast was fastest."""
        keys = random.Random(2).sample(table.keys, len(table.keys))
        calls = [keys[start : start + size] for start in range(0, len(keys) - size + 1, size)]
        # Its PostgreSQL takes no part in these calls.
        ours = self.load(
            "ours", f"{self.service.url}/v1.0/query/realtime", [asked(self.queries[table], entities) for entities in calls], self.service.pid)
        theirs = {
            (feast, name): self.load(
                f"feast-{feast.workers}-{place}", f"{feast.url}/get-online-features", [form(table, entities) for entities in calls], *family(feast.pid))
            for feast in self.feasts for place, (name, form) in enumerate(FORMS.items())}
        ours.round(connections, 1)
        trial = {way: load.round(connections, self.options.trial).rate for way, load in theirs.items()}
        # One worker in its faster form, and the fastest of all; they may be the same.
        against = list(dict.fromkeys([max((way for way in trial if way[0].workers == 1), key=trial.get), max(trial, key=trial.get)]))
        loads = [ours] + [theirs[way] for way in against]
        rounds = [[load.round(connections, self.options.seconds) for load in loads] for _ in range(self.options.rounds)]

        print(f"\n{table.features} features, {size} {'entity' if size == 1 else 'entities'} a call, {connections} connections")
        print(f"  {'':53}{'ours':>12}" + "".join(f"{feast.name:>22}" for feast, _ in against))
        print(f"  {'':65}" + "".join(f"{form:>22}" for _, form in against))
        shown: list[tuple[str, Callable[[Round], float], bool]] = [
            ("calls a second", lambda r: r.rate, True), ("p50, ms", lambda r: r.p50, False), ("p99, ms", lambda r: r.p99, False),
            ("the server's CPU a call, µs", lambda r: r.cpu, False)]
        for name, value, more_is_better in shown:
            values = [[value(each) for each in of_round] for of_round in rounds]
            ratios = [statistics.median(times(*((v[0], v[place]) if more_is_better else (v[place], v[0]))) for v in values) for place in range(1, len(loads))]
            line(name, [statistics.median(v[place] for v in values) for place in range(len(loads))], ratios)
        return against[-1][0].workers

    def memory(self, workers: int) -> None:
        """After all that load. Servers of Feast that run beside each other share the pages of their libraries, which is to its favour."""
        kept = [feast for feast in self.feasts if feast.workers in (1, workers)]
        for feast in self.feasts:
            if feast not in kept:
                feast.stop()
        print(f"\nmemory after that, MB\n  {'':53}{'ours':>12}" + "".join(f"{feast.name:>22}" for feast in kept))
        for name, ours in (("the service", [self.service.pid]), ("with its two PostgreSQL servers", family(self.service.pid))):
            for counted, megabytes in (("shared pages once", proportional_megabytes), ("all of each process", resident_megabytes)):
                sizes = [megabytes(*ours), *(megabytes(*family(feast.pid)) for feast in kept)]
                line(f"{name}, {counted}", sizes, [size / sizes[0] for size in sizes[1:]])


def times(more: float, less: float) -> float:
    """A round in which nothing was answered is infinitely worse."""
    return more / less if less else inf


def line(name: str, values: list[float], ratios: list[float]) -> None:
    def figure(value: float) -> str:
        return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"

    others = "".join(f"{figure(value):>13}{ratio:>8.1f}×" for value, ratio in zip(values[1:], ratios))
    print(f"  {name:53}{figure(values[0]):>12}{others}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=str(ROOT / ".build/release"), help="folder of the executables")
    parser.add_argument("--feast", default=str(ROOT / ".venv-feast"), help="the virtual environment that Feast is installed in")
    parser.add_argument("--entities", type=int, default=10_000)
    parser.add_argument("--seconds", type=int, default=3, help="of a round")
    parser.add_argument("--trial", type=int, default=2, help="seconds of the trial of each way to run Feast")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fsbench") as name, ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o755)
        both = Comparison(options, folder, stack)
        both.check()
        print(f"{options.entities:,} entities; Feast {both.version}, SQLite online store; the same rows from both, checked;"
              f" {len(os.sched_getaffinity(0))} processors, shared with the load generator", flush=True)
        ways = [both.measure(table, size, connections) for size, connections in ((1, 8), (1, 32), (MANY, 8)) for table in both.tables]
        both.memory(statistics.mode(ways))


if __name__ == "__main__":
    sys.exit(main())
