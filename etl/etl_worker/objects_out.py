"""Columns of Python objects, typed by their values: all rows must be of one kind, or empty."""

from __future__ import annotations

import datetime as dt
import decimal
import json
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from etl_worker.out import Fixed, Nothing, Out, Strings
from etl_worker.problem import Problem

EPOCH_DAY = dt.date(1970, 1, 1).toordinal()
LARGEST = 2**63

# The first that fits, so a subclass (bool, Timestamp) stands before its base.
KINDS: list[tuple[tuple[type, ...], str]] = [
    ((type(None), type(pd.NA), type(pd.NaT)), "null"),
    ((str,), "text"),
    ((bool, np.bool_), "boolean"),
    ((int, np.integer), "integer"),
    ((float, np.floating), "float"),
    ((decimal.Decimal,), "decimal"),
    ((dict, list, tuple, np.ndarray), "JSON"),
    ((dt.datetime,), "timestamp"),
    ((dt.date,), "date"),
    ((dt.time, dt.timedelta, np.timedelta64), "duration or time of day"),
    ((bytes, bytearray, memoryview), "bytes"),
]
KIND_OF: dict[type, str] = {}


def _kind(value_type: type) -> str:
    kind = KIND_OF.get(value_type)
    if kind is None:
        kind = next((kind for types, kind in KINDS if issubclass(value_type, types)), f"object of type {value_type.__name__}")
        KIND_OF[value_type] = kind
    return kind


def _is_null(value: Any) -> bool:
    kind = _kind(type(value))
    return kind == "null" or (kind in ("float", "decimal") and value != value)


def from_objects(name: str, values: list[Any]) -> Out:
    """Decides the type of a column of objects, or refuses it by name."""
    kinds = {_kind(value_type) for value_type in set(map(type, values))}
    nullable = "null" in kinds
    if nullable or kinds & {"float", "decimal"}:
        cleaned = [None if _is_null(value) else value for value in values]
        kinds = {_kind(value_type) for value_type in set(map(type, cleaned))} - {"null"}
        values = cleaned
    if not kinds:
        return Nothing()
    writer = WRITERS.get(next(iter(kinds))) if len(kinds) == 1 else None
    if writer is None and kinds <= {"integer", "float", "decimal"}:
        writer = _floats
    if writer is None and "JSON" in kinds and kinds <= {"JSON", "text", "boolean", "integer", "float"}:
        writer = _documents
    if writer is None:
        if len(kinds) > 1:
            mixed = " and ".join(sorted(kinds))
            raise Problem("badOutput", f"column '{name}' mixes {mixed}", "convert the column to one type, e.g. with .astype(str)")
        raise Problem("badOutput", f"column '{name}' holds {kinds.pop()}, which is no feature", "convert it to numbers, text or timestamps")
    return writer(name, values)


def _nulls(values: list[Any]) -> np.ndarray | None:
    flags = np.array([value is None for value in values], dtype=np.bool_)
    return flags if flags.any() else None


def _texts(name: str, values: list[Any]) -> Out:
    try:
        return Strings("text", [None if value is None else value.encode() for value in values])
    except UnicodeEncodeError as error:
        raise Problem("badOutput", f"column '{name}' holds text that is not Unicode (a lone surrogate)", "decode it as UTF-8") from error


def _booleans(name: str, values: list[Any]) -> Out:
    return Fixed("bool", np.fromiter((bool(value) for value in values), dtype=np.bool_, count=len(values)), _nulls(values))


def _integers(name: str, values: list[Any]) -> Out:
    if any(value is not None and not -LARGEST <= value < LARGEST for value in values):
        raise Problem("badOutput", f"column '{name}' holds an integer beyond 64 bits with sign", "convert it to float or text")
    return Fixed("int8", np.fromiter((0 if value is None else int(value) for value in values), dtype=np.int64, count=len(values)), _nulls(values))


def _float(name: str, value: Any) -> float:
    if value is None:
        return math.nan
    try:
        result = float(value)
    except OverflowError:
        result = math.inf
    kind = _kind(type(value))
    overflown = math.isinf(result) and kind != "float" and not (kind == "decimal" and value.is_infinite())
    if overflown or (kind == "integer" and int(result) != int(value)):
        raise Problem("badOutput", f"column '{name}' holds a number that no float can hold", "convert the column to text")
    return result


def _floats(name: str, values: list[Any]) -> Out:
    return Fixed("float8", np.fromiter((_float(name, value) for value in values), dtype=np.float64, count=len(values)))


def _plain(value: Any) -> Any:
    """What ``json.dumps`` asks for things it does not know."""
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return float(value)
    if _kind(type(value)) == "null":
        return None
    raise TypeError(f"{type(value).__name__} is no JSON")


def _documents(name: str, values: list[Any]) -> Out:
    items: list[bytes | None] = []
    try:
        for value in values:
            items.append(None if value is None else _document(value))
    except (TypeError, ValueError, RecursionError) as error:
        raise Problem(
            "badOutput", f"column '{name}' holds what is no JSON ({error})", "keep to dict, list, text, numbers, booleans and None"
        ) from error
    return Strings("jsonb", items)


def _document(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_plain).encode()


def _microseconds(value: dt.datetime) -> int:
    if value.tzinfo is not None:
        value = value.astimezone(dt.timezone.utc)
    seconds = (value.toordinal() - EPOCH_DAY) * 86_400 + value.hour * 3_600 + value.minute * 60 + value.second
    rest = getattr(value, "nanosecond", 0)
    whole = seconds * 1_000_000 + value.microsecond
    return whole + (rest > 500 or (rest == 500 and whole % 2 == 1))


def _moments(name: str, values: list[Any]) -> Out:
    zoned = {value.tzinfo is not None for value in values if value is not None}
    if len(zoned) > 1:
        raise Problem("badOutput", f"column '{name}' mixes timestamps with and without a time zone", "use pd.to_datetime(…, utc=True)")
    numbers = np.fromiter((0 if value is None else _microseconds(value) for value in values), dtype=np.int64, count=len(values))
    return Fixed("timestamptz" if zoned.pop() else "timestamp", numbers, _nulls(values))


def _dates(name: str, values: list[Any]) -> Out:
    days = np.fromiter((0 if value is None else value.toordinal() - EPOCH_DAY for value in values), dtype=np.int64, count=len(values))
    return Fixed("date", days, _nulls(values))


WRITERS: dict[str, Callable[[str, list[Any]], Out]] = {
    "text": _texts,
    "boolean": _booleans,
    "integer": _integers,
    "float": _floats,
    "decimal": _floats,
    "JSON": _documents,
    "timestamp": _moments,
    "date": _dates,
}
