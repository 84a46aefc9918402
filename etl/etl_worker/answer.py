"""A result, checked and cut into frames."""

from __future__ import annotations

import json

import pandas as pd

from etl_worker.channel import pack_rows
from etl_worker.columns_out import column_out
from etl_worker.out import Out
from etl_worker.problem import Problem

ROWS_A_FRAME = 8_192
BYTES_A_FRAME = 1_048_576
MOST_COLUMNS = 1_600

_heads: dict[tuple[str, ...], bytes] = {}


def columns_of(df: pd.DataFrame) -> list[tuple[str, Out]]:
    """The columns in order. An index without a name is dropped; one with a name becomes the first column, unless a
    column has that name already.
    """
    if isinstance(df.columns, pd.MultiIndex):
        raise Problem("badOutput", "the data frame has columns in several levels", "name each column once, e.g. df.columns = [...]")
    if isinstance(df.index, pd.MultiIndex):
        raise Problem("badOutput", "the data frame has an index of several levels", "call .reset_index() on it")
    names = df.columns.tolist()
    for name in names:
        if type(name) is not str:
            raise Problem("badOutput", f"the column name {str(name)[:100]!r} is no text", "name every column, e.g. with .rename(columns=…)")
    if len(set(names)) != len(names):
        twice = sorted({name for name in names if names.count(name) > 1})
        raise Problem("badOutput", f"the data frame has several columns named '{twice[0]}'", "give every column a name of its own")
    if len(names) >= MOST_COLUMNS:
        raise Problem("badOutput", f"the data frame has {len(names)} columns", f"keep to fewer than {MOST_COLUMNS}")
    out = [(name, column_out(name, array)) for name, array in zip(names, df._iter_column_arrays())]
    index = df.index.name
    if index is not None and index not in names:
        if type(index) is not str:
            raise Problem("badOutput", f"the index name {str(index)[:100]!r} is no text", "call .reset_index(drop=True) on the data frame")
        out.insert(0, (index, column_out(index, df.index.array)))
    return out


def frames_of(df: pd.DataFrame, most_rows: int, most_bytes: int) -> tuple[bytes, list[tuple[int, int]], list[tuple[str, Out]]]:
    """Head, slices and columns; refuses a result beyond the limits before anything is sent."""
    rows = len(df)
    if rows > most_rows:
        raise Problem("outputLimit", f"the result has {rows} rows", f"at most {most_rows} are allowed")
    columns = columns_of(df)
    size = sum(column.size for _, column in columns)
    if size > most_bytes:
        raise Problem("outputLimit", f"the result has {size} bytes", f"at most {most_bytes} are allowed")
    step = ROWS_A_FRAME
    if size > BYTES_A_FRAME:
        step = max(1, min(step, rows * BYTES_A_FRAME // size))
    slices = [(start, min(start + step, rows)) for start in range(0, rows, step)] or [(0, 0)]
    return _head(columns), slices, columns


def _head(columns: list[tuple[str, Out]]) -> bytes:
    key = tuple([part for name, column in columns for part in (name, column.kind)])
    head = _heads.get(key)
    if head is None:
        if len(_heads) >= 64:
            _heads.clear()
        try:
            head = json.dumps([[name, column.kind] for name, column in columns], ensure_ascii=False, separators=(",", ":")).encode()
        except UnicodeEncodeError as error:
            raise Problem("badOutput", "a column's name is not Unicode (a lone surrogate)", "rename it") from error
        _heads[key] = head
    return head


def body_of(columns: list[tuple[str, Out]], start: int, end: int, nanoseconds: int) -> bytes:
    """The body of one frame."""
    buffers = []
    for _, column in columns:
        buffers += column.buffers(start, end)
    return pack_rows(end - start, buffers, nanoseconds)
