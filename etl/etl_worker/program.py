"""A user's source: compiled, held, run; and its exceptions told with the line they came from."""

from __future__ import annotations

import inspect
import sys
import time
import types
from typing import Any

import pandas as pd

import feature_lib.etl_abc  # noqa: F401  (imported while the worker can still read its own files)
from etl_abc import AbstractEtl
from etl_worker.problem import Problem

FILE = "<etl>"
MOST_NAMED = 20
CONTRACT = "from etl_abc import AbstractEtl\nclass Etl(AbstractEtl):\n    def extract(self):\n        self.df['x'] = ..."


class Program:
    """One source, loaded. Its module lives as long as the worker; its ``Etl`` is made anew for each call."""

    def __init__(self, source: str) -> None:
        module = types.ModuleType("etl_program")
        module.__file__ = FILE
        # Where dataclasses and the like look up the module of a class.
        sys.modules[module.__name__] = module
        try:
            exec(compile(source, FILE, "exec"), module.__dict__)
        except MemoryError:
            raise
        except SyntaxError as error:
            raise Problem("notLoadable", f"the source does not compile: {error.msg}", line=error.lineno, column=error.offset) from error
        except BaseException as error:
            line, column = place_of(error)
            raise Problem("notLoadable", f"loading the source raised {told(error)}", help_with(error, None), line=line, column=column) from error
        found = getattr(module, "Etl", None)
        if not inspect.isclass(found):
            raise Problem("notLoadable", "the source has no class 'Etl'", hint=CONTRACT)
        if not issubclass(found, AbstractEtl):
            raise Problem("notLoadable", "the class 'Etl' does not derive from 'AbstractEtl'", hint=CONTRACT)
        if inspect.isabstract(found):
            missing = ", ".join(f"'{name}'" for name in sorted(found.__abstractmethods__))
            raise Problem("notLoadable", f"the class 'Etl' lacks the method {missing}", hint=CONTRACT)
        self._etl: type[AbstractEtl] = found

    def run(self, df: pd.DataFrame) -> tuple[pd.DataFrame, int]:
        """What ``extract()`` made of ``df``, and the nanoseconds it took."""
        start = time.perf_counter_ns()
        try:
            etl = self._etl(df)
            result: Any = etl.extract()
            in_place = result is None or result is etl
            if in_place:
                result = etl.df
        except MemoryError:
            raise
        except BaseException as error:
            line, column = place_of(error)
            raise Problem(
                "raised", "extract() raised an exception", hint=help_with(error, df), reason=told(error), line=line, column=column
            ) from error
        took = time.perf_counter_ns() - start
        if not isinstance(result, pd.DataFrame):
            kind = type(result).__name__
            how = "left in self.df" if in_place else "returned"
            raise Problem("badOutput", f"extract() {how} a {kind}, not a data frame", hint="return a pandas.DataFrame, or change self.df in place and return nothing")
        return result, took


def told(error: BaseException) -> str:
    """Type and message, without a trace."""
    try:
        message = str(error)
    except Exception:  # the exception is the user's, and so is its __str__
        message = "(its message can't be shown)"
    name = type(error).__name__
    return f"{name}: {message}" if message else name


def help_with(error: BaseException, df: Any) -> str | None:
    """What to do about mistakes that are made often."""
    if isinstance(error, ModuleNotFoundError):
        return "an ETL may import numpy, pandas, Python's own modules, and what is installed for the Python that runs ETLs"
    if isinstance(error, OSError):
        return "an ETL has no network, and no files but its own under /tmp: take what it needs from the query"
    if isinstance(error, KeyError) and isinstance(df, pd.DataFrame):
        names = [str(name)[:63] for name in df.columns[:MOST_NAMED]]
        return f"self.df has the columns {', '.join(names)}{', …' if len(df.columns) > MOST_NAMED else ''}"
    return None


def place_of(error: BaseException) -> tuple[int | None, int | None]:
    """Line and column of the innermost frame that lies in the user's source."""
    place: tuple[int | None, int | None] = (None, None)
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename == FILE:
            column = None
            if hasattr(code, "co_positions"):
                column = next((c for i, (_, _, c, _) in enumerate(code.co_positions()) if i == trace.tb_lasti // 2), None)
            place = (trace.tb_lineno, None if column is None else column + 1)
        trace = trace.tb_next
    return place
