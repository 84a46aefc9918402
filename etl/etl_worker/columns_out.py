"""From a data frame to buffers, by the columns' dtypes; columns of objects by their values.

============  ===========================================  ==================================================
type          buffers                                      from
============  ===========================================  ==================================================
int8          int64, nulls                                 integers of every width, Int64; objects: int
float8        float64, NaN where null                      floats of every width; objects: float, Decimal, int with float
bool          one byte a row, nulls                        bool, boolean; objects: bool
timestamp     int64 microseconds, nulls                    datetime64; objects: datetime without zone
timestamptz   int64 microseconds, nulls                    datetime64 with zone; objects: datetime with zone
date          int64 days, nulls                            objects: date
text          int32 offsets, UTF-8, nulls                  strings
jsonb         int32 offsets, JSON, nulls                   objects: dict, list, tuple, array (and scalars beside them)
unknown       none                                         nothing but nulls
============  ===========================================  ==================================================

Nanoseconds are rounded to microseconds, half to even, as PostgreSQL rounds digits beyond the sixth.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from etl_worker.objects_out import from_objects
from etl_worker.out import Fixed, Out
from etl_worker.problem import Problem

NAT = np.iinfo(np.int64).min
PER_MICROSECOND = {"s": 1_000_000, "ms": 1_000, "us": 1}


def _floats(name: str, array: Any) -> Out:
    return Fixed("float8", array)


def _integers(name: str, array: Any) -> Out:
    return Fixed("int8", array, None)


def _booleans(name: str, array: Any) -> Out:
    return Fixed("bool", array, None)


def _narrow_floats(name: str, array: Any) -> Out:
    return Fixed("float8", np.asarray(array, dtype=np.float64))


def _other_integers(name: str, array: Any) -> Out:
    if array.dtype == np.uint64 and len(array) and int(array.max()) > np.iinfo(np.int64).max:
        raise Problem("badOutput", f"column '{name}' holds an integer beyond 64 bits with sign", "convert it to float or text")
    return Fixed("int8", array.astype(np.int64), None)


def _objects(name: str, array: Any) -> Out:
    return from_objects(name, array.tolist())


def _masked(name: str, array: Any) -> Out:
    nulls = array.isna()
    kind = array.dtype.kind
    if kind == "b":
        return Fixed("bool", array.to_numpy(dtype=np.bool_, na_value=False), nulls)
    if kind == "f":
        return Fixed("float8", array.to_numpy(dtype=np.float64, na_value=np.nan))
    if array.dtype.name == "UInt64":
        plain = _other_integers(name, array.to_numpy(dtype=np.uint64, na_value=0))
        return Fixed("int8", plain.values, nulls)
    return Fixed("int8", array.to_numpy(dtype=np.int64, na_value=0), nulls)


def _moments(name: str, array: Any) -> Out:
    kind = "timestamp" if getattr(array.dtype, "tz", None) is None else "timestamptz"
    values = array.asi8
    nulls = values == NAT
    unit = getattr(array, "unit", "ns")
    if unit == "ns":
        whole, rest = np.divmod(values, 1_000)
        if rest.any():
            whole += (rest > 500) | ((rest == 500) & (whole & 1 == 1))
    else:
        factor = PER_MICROSECOND[unit]
        whole = np.where(nulls, 0, values)
        if len(whole) and int(np.abs(whole).max()) > np.iinfo(np.int64).max // factor:
            raise Problem("badOutput", f"column '{name}' holds a moment that no timestamp can hold", "keep to the years 4713 BC to 294276")
        whole = whole * factor
    return Fixed(kind, whole, nulls if nulls.any() else None)


def _categories(name: str, array: Any) -> Out:
    return column_out(name, pd.Series(np.asarray(array)).array)


def _numpy_inside(name: str, array: Any) -> Out:
    return column_out(name, array.to_numpy())


def _as_objects(name: str, array: Any) -> Out:
    return from_objects(name, np.asarray(array, dtype=object).tolist())


def _refused(what: str, hint: str) -> Callable[[str, Any], Out]:
    def refuse(name: str, array: Any) -> Out:
        raise Problem("badOutput", f"column '{name}' holds {what} ({array.dtype})", hint)

    return refuse


HANDLERS: dict[Any, Callable[[str, Any], Out]] = {
    np.dtype(np.float64): _floats,
    np.dtype(np.int64): _integers,
    np.dtype(np.bool_): _booleans,
    np.dtype(object): _objects,
}


def _handler(array: Any) -> Callable[[str, Any], Out]:
    dtype = array.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        return _categories
    if isinstance(dtype, pd.PeriodDtype):
        return _refused("periods", "convert it with .dt.to_timestamp() or .astype(str)")
    if isinstance(dtype, pd.IntervalDtype):
        return _refused("intervals", "keep the two ends as two columns")
    if isinstance(dtype, pd.SparseDtype):
        return lambda name, sparse: column_out(name, pd.Series(sparse).sparse.to_dense().array)
    if dtype.kind == "M":
        return _moments if hasattr(array, "asi8") else lambda name, raw: _moments(name, pd.DatetimeIndex(raw).array)
    if dtype.kind == "m":
        return _refused("durations", "convert it to seconds with .dt.total_seconds()")
    if isinstance(array, pd.arrays.NumpyExtensionArray if hasattr(pd.arrays, "NumpyExtensionArray") else pd.arrays.PandasArray):
        return _numpy_inside
    if not isinstance(dtype, np.dtype):
        return _masked if hasattr(array, "_mask") else _as_objects
    by_kind = {"f": _narrow_floats, "i": _other_integers, "u": _other_integers, "U": _as_objects, "O": _objects}
    return by_kind.get(dtype.kind) or _refused("values that are no feature", "convert it to numbers or text")


def column_out(name: str, array: Any) -> Out:
    """One column, ready to be cut into frames."""
    dtype = array.dtype
    handler = HANDLERS.get(dtype)
    # An extension array over a numpy dtype has that dtype, but not numpy's methods.
    if handler is None or not isinstance(array, np.ndarray):
        handler = _handler(array)
    return handler(name, array)
