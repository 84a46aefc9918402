"""The contract of a Python ETL.

A program is one file with a class ``Etl``::

    from etl_abc import AbstractEtl

    class Etl(AbstractEtl):
        def extract(self):
            self.df["ratio"] = self.df["n_paid"] / self.df["n_quotes"]

``self.df`` holds the query's rows. The result is what ``extract()`` returns if that is a data frame, else ``self.df``
as ``extract()`` left it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


class AbstractEtl(ABC):
    """Base of every ETL; a new instance is made for each call."""

    def __init__(self, df: pd.DataFrame) -> None:
        self.df = df

    @abstractmethod
    def extract(self) -> Any:
        """Transforms ``self.df``, in place or into a data frame that it returns."""
