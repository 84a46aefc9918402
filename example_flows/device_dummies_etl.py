"""Looks right at training and is wrong when serving: one row has one device, so all the other columns are missing.

The service notices: see the end of walk.py.
"""

import pandas as pd
from etl_abc import AbstractEtl


class Etl(AbstractEtl):
    def extract(self):
        return pd.get_dummies(self.df[["user_id", "quotes", "device"]], columns=["device"])
