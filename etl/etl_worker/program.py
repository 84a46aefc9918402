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
            raise Problem("notLoadable", f"loading the source raised {told(error)}", line=line, column=column) from error
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
            if not isinstance(result, pd.DataFrame):
                result = etl.df
        except MemoryError:
            raise
        except BaseException as error:
            line, column = place_of(error)
            raise Problem("raised", "extract() raised an exception", reason=told(error), line=line, column=column) from error
        took = time.perf_counter_ns() - start
        if not isinstance(result, pd.DataFrame):
            kind = type(result).__name__
            raise Problem("badOutput", f"extract() left in self.df a {kind}, not a data frame", hint="return a pandas.DataFrame")
        return result, took


def told(error: BaseException) -> str:
    """Type and message, without a trace."""
    try:
        message = str(error)
    except Exception:  # the exception is the user's, and so is its __str__
        message = "(its message can't be shown)"
    name = type(error).__name__
    return f"{name}: {message}" if message else name


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
