"""Turns the rows of user_features.sql into what a model takes."""

from etl_abc import AbstractEtl


class Etl(AbstractEtl):
    def extract(self):
        features = self.df[["user_id", "quotes", "paid_quotes", "policies"]].copy()
        features["binding_delay_hours"] = self.df["avg_binding_delay"] / 3600
        features["paid_share"] = self.df["paid_quotes"] / self.df["quotes"]
        features["is_customer"] = self.df["policies"] > 0
        features["is_mobile"] = self.df["device"] == "mobile"
        return features
