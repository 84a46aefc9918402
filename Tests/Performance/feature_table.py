"""A usual table of features: a row for each entity, numbers and texts, the same from the same seed."""

import csv
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

MAKERS: dict[str, Callable[[random.Random], object]] = {
    "double precision": lambda values: values.lognormvariate(0, 2),
    "bigint": lambda values: values.randrange(1_000_000),
    "text": lambda values: f"segment {values.randrange(500)}",
}
# The types of ten features, which come again and again: five doubles, three integers, two texts.
TYPES = ("double precision", "bigint", "double precision", "text", "double precision",
         "bigint", "double precision", "bigint", "double precision", "text")
KEY = "entity_id"


@dataclass(frozen=True)
class FeatureTable:
    entities: int
    features: int

    @property
    def name(self) -> str:
        return f"features_{self.features}"

    @property
    def columns(self) -> list[str]:
        return [f"f{place + 1}" for place in range(self.features)]

    @property
    def types(self) -> list[str]:
        return [TYPES[place % len(TYPES)] for place in range(self.features)]

    @property
    def keys(self) -> list[int]:
        """Not one after the other, as keys are in life."""
        return [1_000 + 7 * place for place in range(self.entities)]

    @property
    def query(self) -> str:
        return f"SELECT {KEY}, {', '.join(self.columns)} FROM {self.name}"

    def write(self, file: Path) -> None:
        values = random.Random(self.features)
        with file.open("w", newline="") as text:
            rows = csv.writer(text)
            rows.writerow([KEY, *self.columns])
            for key in self.keys:
                rows.writerow([key, *(MAKERS[kind](values) for kind in self.types)])

    def statements(self, file: Path) -> str:
        """What psql takes to make the table from the file."""
        columns = ", ".join(f"{name} {kind} NOT NULL" for name, kind in zip(self.columns, self.types))
        return f"CREATE TABLE {self.name} ({KEY} bigint PRIMARY KEY, {columns});\n\\copy {self.name} FROM '{file}' CSV HEADER\nANALYZE {self.name};\n"
