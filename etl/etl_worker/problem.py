"""What is told to the service instead of rows."""

from __future__ import annotations

LONGEST_MESSAGE = 2_000


class Problem(Exception):
    """``kind`` is the name of a case of the service's ``ETLError.Kind``."""

    def __init__(
        self,
        kind: str,
        message: str,
        hint: str | None = None,
        reason: str | None = None,
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        super().__init__(message)
        self.fields = {
            "kind": kind,
            "message": message[:LONGEST_MESSAGE],
            "reason": None if reason is None else reason[:LONGEST_MESSAGE],
            "hint": hint,
            "line": line,
            "column": column,
        }
