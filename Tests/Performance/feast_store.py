"""Makes a Feast repository of feature tables and fills its SQLite online store. Runs in the environment that Feast is installed in.

    .venv-feast/bin/python Tests/Performance/feast_store.py FOLDER TABLE.csv ...

Each file becomes a feature view with the file's name and a feature service `service_NAME`; its first column is the entity's key.
Prints Feast's version.
"""

import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import feast
import pandas as pd
from feast import Entity, FeatureService, FeatureStore, FeatureView, Field, FileSource, ValueType
from feast.types import Float64, Int64, String

SETTINGS = """project: bench
provider: local
registry: data/registry.db
online_store:
  type: sqlite
  path: data/online.db
offline_store:
  type: file
entity_key_serialization_version: 3
"""


def feature_view(file: Path, folder: Path, seen: datetime) -> tuple[Entity, FeatureView]:
    rows = pd.read_csv(file, float_precision="round_trip")
    key, *columns = rows.columns
    types = {"int64": Int64, "float64": Float64, "object": String}
    fields = [Field(name=column, dtype=types[str(rows[column].dtype)]) for column in columns]
    parquet = folder / f"{file.stem}.parquet"
    rows.assign(event_timestamp=pd.Timestamp(seen)).to_parquet(parquet)
    entity = Entity(name="entity", join_keys=[key], value_type=ValueType.INT64)
    return entity, FeatureView(
        name=file.stem, entities=[entity], ttl=timedelta(0), schema=fields, source=FileSource(path=str(parquet), timestamp_field="event_timestamp"))


def main(folder: Path, files: list[Path]) -> None:
    (folder / "data").mkdir(parents=True)
    (folder / "feature_store.yaml").write_text(SETTINGS)
    store = FeatureStore(repo_path=str(folder))
    now = datetime.now(timezone.utc)
    for file in files:
        entity, view = feature_view(file, folder, now - timedelta(hours=1))
        store.apply([entity, view, FeatureService(name=f"service_{file.stem}", features=[view])])
    store.materialize(now - timedelta(days=1), now)
    print(feast.__version__)


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
