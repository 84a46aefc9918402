"""The same ``AbstractEtl`` as in the module ``etl_abc``."""

from etl_abc import AbstractEtl

__all__ = ["AbstractEtl"]
