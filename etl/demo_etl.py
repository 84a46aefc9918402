"""Derived features of the insurance flow, one row a user.

Works over the columns ``n_quotes``, ``n_bound``, ``n_paid``, ``avg_delay`` and ``last_quote`` of the flow's query; columns
that the query does not have are left out, and no rows are as good as many.
"""

import pandas as pd

from etl_abc import AbstractEtl

SECONDS_A_DAY = 86_400.0


class Etl(AbstractEtl):
    """Adds rates, a delay in days and a flag."""

    def extract(self) -> None:
        """Works in place: what is left in ``self.df`` is the result."""
        df = self.df
        if {"n_bound", "n_quotes"} <= set(df.columns):
            df["bind_rate"] = ratio(df["n_bound"], df["n_quotes"])
        if {"n_paid", "n_bound"} <= set(df.columns):
            df["pay_rate"] = ratio(df["n_paid"], df["n_bound"])
        if "avg_delay" in df.columns:
            df["avg_delay_days"] = df["avg_delay"].astype("float64") / SECONDS_A_DAY
        if {"n_paid", "n_quotes"} <= set(df.columns):
            df["is_customer"] = df["n_paid"].fillna(0).astype("int64") > 0
        self.df = df


def ratio(part: pd.Series, whole: pd.Series) -> pd.Series:
    """``part / whole`` as float, null where ``whole`` is null or zero."""
    whole = whole.astype("float64")
    return part.astype("float64") / whole.where(whole > 0)
