"""A warm worker: imports pandas, then loads one program and runs it for every call.

Started by the service with a socket as standard input; see ``etl_worker.channel`` for what travels over it. What the
program prints goes to standard output and error, which the service drains; it never mixes with frames.
"""

from __future__ import annotations

import gc
import json
import os
import platform
import socket
import sys
from typing import Any

import numpy as np
import pandas as pd

from etl_worker import answer, channel, limits
from etl_worker.columns_in import Plan, sample_row
from etl_worker.problem import Problem
from etl_worker.program import Program, told

MOST_PLANS = 64


class Worker:
    """The state between frames."""

    def __init__(self, connection: channel.Channel, settings: dict[str, Any]) -> None:
        self._connection = connection
        self._settings = settings
        self._program: Program | None = None
        self._plans: dict[bytes, Plan] = {}
        self._frames: list[tuple[int, list[Any]]] = []
        self._failed_call: int | None = None
        # What the next call of one row finds done: the processor time that it may use, if it is of so many seconds.
        self._allowed: float | None = None

    def serve(self) -> None:
        """Answers calls until the service closes its end."""
        while True:
            kind, call, head, body = self._connection.read()
            if call == self._failed_call:
                # More of a call that has been answered already.
                continue
            self._failed_call = None
            try:
                if kind == channel.EXTRACT:
                    self._extract(call, head, body)
                elif kind == channel.APPEND:
                    self._append(self._plan(head), body)
                else:
                    self._load(call, head, body)
            except Problem as problem:
                self._fail(call, problem)
            except MemoryError:
                self._fail(call, Problem("memoryLimit", "the ETL needs more memory than it may have"))
            finally:
                body = None

    def _load(self, call: int, head: bytes, body: bytearray) -> None:
        limits.lock(self._settings, json.loads(head)["memory"])
        self._program = Program(body.decode())
        flush()
        self._connection.send(channel.LOADED, call, b"")

    def _plan(self, head: bytes) -> Plan:
        plan = self._plans.get(head)
        if plan is None:
            if len(self._plans) >= MOST_PLANS:
                self._plans.clear()
            plan = self._plans[head] = Plan(head)
        return plan

    def _append(self, plan: Plan, body: bytearray) -> None:
        with Reading():
            self._frames.append(plan.read(body))

    def _data_frame(self, plan: Plan, body: bytearray) -> pd.DataFrame:
        with Reading():
            df = None if self._frames else plan.one_row(body)
            if df is None:
                self._frames.append(plan.read(body))
                frames, self._frames = self._frames, []
                df = plan.data_frame(frames)
                # Reading many rows takes processor time of its own.
                self._allowed = None
        if self._allowed != plan.seconds:
            limits.allow_seconds(plan.seconds)
        self._allowed = None
        return df

    def _prepare(self, plan: Plan) -> None:
        """Does what can be done of the next call, if it is like this one, while nobody waits."""
        try:
            if plan.prepare():
                limits.allow_seconds(plan.seconds)
                self._allowed = plan.seconds
        except MemoryError:  # the call is answered; the next one finds out for itself
            return

    def _extract(self, call: int, head: bytes, body: bytearray) -> None:
        plan = self._plan(head)
        df = self._data_frame(plan, body)
        result, took = self._program.run(df)
        flush()
        try:
            out_head, slices, columns = answer.frames_of(result, plan.most_rows, plan.most_bytes)
        except (Problem, MemoryError):
            raise
        except Exception as error:  # the program's own classes may be among the values
            raise Problem("badOutput", "the result can't be read", reason=told(error)) from error
        last = len(slices) - 1
        for number, (start, end) in enumerate(slices):
            kind = channel.DONE if number == last else channel.ROWS
            self._connection.send(kind, call, out_head, answer.body_of(columns, start, end, took))
        self._prepare(plan)

    def _fail(self, call: int, problem: Problem) -> None:
        self._frames = []
        self._failed_call = call
        flush()
        self._connection.send(channel.FAILED, call, json.dumps(problem.fields).encode())


class Reading:
    """Turns what is wrong with the query's rows into a problem."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, ValueError | RecursionError):
            raise Problem("badInput", "the query's rows hold what Python can't read", reason=told(error)) from error


def flush() -> None:
    """What was printed becomes readable to the service before the answer does."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:  # the program may have closed or replaced it
            continue


def warm_up() -> None:
    """The first call pays for lazy imports and caches; this one is nobody's."""
    names = ["i8", "I8", "f8", "b1", "ts", "tz", "tx", "js"]
    head = json.dumps({"fields": [[name, name] for name in names], "rows": 1, "bytes": 1 << 20, "seconds": 1})
    plan = Plan(head.encode())
    df = plan.data_frame([plan.read(bytearray(channel.pack_rows(1, sample_row(names, 0))))])
    df["sum"] = df["i8"] + df["f8"]
    _, slices, columns = answer.frames_of(df, 1, 1 << 20)
    answer.body_of(columns, *slices[0], 0)


def main() -> None:
    """Gives up what is not needed, says ready, and serves."""
    settings = json.loads(sys.argv[1])
    warm_up()
    limits.give_up(settings)
    # The program finds nothing on descriptor 0; the socket moves to another number.
    connection = socket.socket(fileno=os.dup(0))
    nothing = os.open("/dev/null", os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    gc.collect()
    gc.freeze()
    frames = channel.Channel(connection)
    ready = {
        "python": platform.python_version(),
        "pandas": pd.__version__,
        "numpy": np.__version__,
        "user": os.getuid(),
        "interfaces": [name for _, name in socket.if_nameindex()],
    }
    frames.send(channel.READY, 0, json.dumps(ready).encode())
    try:
        Worker(frames, settings).serve()
    except (channel.Closed, BrokenPipeError, ConnectionResetError):
        return


if __name__ == "__main__":
    main()
