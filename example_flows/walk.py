#!/usr/bin/env python3
"""Walks the whole flow against a running service, printing each request and its answer.

    FEATURESTORE_URL=http://127.0.0.1:9090 python3 example_flows/walk.py [--flows 200] [--seed 7]

Needs Python 3 alone. Ends with exit status 0 if every answer was as it should be.
The commands printed can be typed as they are, from the folder above this one; they use curl and jq.
"""

import argparse
import json
import os
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
URL = os.environ.get("FEATURESTORE_URL", "http://127.0.0.1:9090").rstrip("/")
SHOWN_ROWS = 2


class WalkFailed(Exception):
    """An answer was not the one the walk needs to go on."""


def expect(condition: bool, sentence: str) -> None:
    if not condition:
        raise WalkFailed(sentence)


def text_of(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def command(method: str, path: str, body: dict | None, files: dict[str, str]) -> str:
    """The request as a user would type it: what comes from a file is shown as coming from it."""
    if body is None:
        return f"curl -s -X {method} '{URL}{path}'"
    read = "".join(f" --rawfile {key} example_flows/{name}" for key, name in files.items())
    parts = [f"${key}" if key in files else f"{key}: {json.dumps(value)}" for key, value in body.items()]
    members = ", ".join(parts).replace("'", "'\\''")
    return f"jq -n{read} '{{{members}}}' |\n    curl -s -X {method} '{URL}{path}' -H 'Content-Type: application/json' -d @-"


class Digits(str):
    """A number with a point as it was written: its digits are part of the promise, and a float would lose some."""


def written(value: object) -> str:
    """A value as JSON, numbers as they came."""
    if isinstance(value, Digits):
        return str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key, ensure_ascii=False)}: {written(member)}" for key, member in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def shortened(answer: dict) -> str:
    """The answer as JSON, a line for each member, with the first rows of `data` alone."""
    lines = []
    for key, value in answer.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            rows = [f"\n      {written(row)}" for row in value[:SHOWN_ROWS]]
            more = len(value) - len(rows)
            shown = "[" + ",".join(rows) + (f",\n      … {more} more" if more else "") + "]"
        else:
            shown = written(value)
        lines.append(f"    {json.dumps(key)}: {shown}")
    return "{\n" + ",\n".join(lines) + "\n}"


class Walk:
    def __init__(self) -> None:
        self.step = 0
        self.deadline = time.monotonic() + 120

    def say(self, title: str) -> None:
        self.step += 1
        print(f"\n── {self.step}. {title}\n", flush=True)

    def call(
        self, method: str, path: str, body: dict | None = None, files: dict[str, str] | None = None, status: int = 200, until=lambda answer: True
    ) -> dict:
        """Sends one request, prints it and its answer, and insists on the status. `files`: body members that are texts of files.
        Asks again while a table is being loaded (503), and a few seconds for what is written in the background (`until`)."""
        body = body if files is None else {key: text_of(name) for key, name in files.items()} | (body or {})
        print(f"$ {command(method, path, body, files or {})}")
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(URL + path, data=data, method=method, headers={"Content-Type": "application/json"} if data else {})
        patience = time.monotonic() + 5
        while True:
            started = time.monotonic()
            got, raw, again = self.send(request)
            took = (time.monotonic() - started) * 1000
            try:
                answer = json.loads(raw, parse_float=Digits)
            except ValueError as error:
                raise WalkFailed(f"{method} {path} answered no JSON: {raw[:200]!r}") from error
            if got == 503 and again:
                print(f"HTTP 503 {answer.get('code')}: asking again in {again} s")
                time.sleep(again)
            elif got == status and not until(answer) and time.monotonic() < patience:
                time.sleep(0.1)
            else:
                break
        print(f"HTTP {got} ({took:.1f} ms)\n{shortened(answer)}\n", flush=True)
        expect(got == status, f"{method} {path} should have answered {status}, not {got}.")
        return answer

    def send(self, request: urllib.request.Request) -> tuple[int, bytes, int]:
        """Status, body, and the seconds after which to ask again (0: don't)."""
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return response.status, response.read(), 0
        except urllib.error.HTTPError as error:
            wait = int(error.headers.get("Retry-After") or 0) if time.monotonic() < self.deadline else 0
            return error.code, error.read(), wait


def walk(flows: int, seed: int | None) -> None:
    w = Walk()
    w.say("Something to work with: simulated insurance flows, in the warehouse and in memory")
    publish = f"/v1.0/publish?n_flows={flows}" + (f"&seed={seed}" if seed is not None else "")
    answer = w.call("PUT", publish)
    expect(answer == {"msg": f"created {flows} flows"}, "publish should have said how many flows it created.")

    w.say("A data scientist saves one SQL query and gets training rows, from PostgreSQL")
    answer = w.call("POST", "/v1.0/query/train?save=true", {"query_name": "user_features", "entity_key": "user_id"}, {"query": "user_features.sql"})
    query_id, rows = answer["query_id"], answer["data"]
    expect(len(rows) > 0 and query_id, "there should be an id and rows.")
    expect(answer["realtime"]["servable"] is True, "the query should be servable.")
    user = rows[0]["user_id"]

    w.say("… and saves a Python ETL over the query's rows: training features, and the baseline that serving is held to")
    answer = w.call("POST", "/v1.0/extract/train?save=true", {"query_id": query_id, "name": "user_model"}, {"etl_source": "user_features_etl.py"})
    python_etl, python_rows = answer["etl_id"], answer["data"]
    expect(len(python_rows) == len(rows), "the ETL should have kept every row.")

    w.say("… or the same ETL in SQL")
    answer = w.call("POST", "/v1.0/extract/train?save=true", {"query_id": query_id}, {"etl_source": "user_features_etl.sql"})
    sql_etl, sql_rows = answer["etl_id"], answer["data"]
    expect(len(sql_rows) == len(rows) and sql_etl != python_etl, "there should be another id and as many rows.")

    w.say("A backend engineer asks for one user by the query's id: the very same SQL, from memory")
    key = {"index_key": "user_id", "index_value": user}
    answer = w.call("POST", "/v1.0/query/realtime", {"query_id": query_id} | key)
    expect(answer["data"] == [rows[0]], "the row should be the one training saw.")

    w.say("… for the features of the Python ETL, by the name they were saved under")
    answer = w.call("POST", "/v1.0/extract/realtime", {"name": "user_model"} | key)
    expect(answer["data"] == [row for row in python_rows if row["user_id"] == user], "the features should be those training saw.")

    w.say("… and for those of the SQL ETL, by id")
    answer = w.call("POST", "/v1.0/extract/realtime", {"query_id": query_id, "etl_id": sql_etl} | key)
    expect(answer["data"] == [row for row in sql_rows if row["user_id"] == user], "the features should be those training saw.")

    w.say("A user nobody knows is no error, and neither is an attack")
    for stranger in ("nobody", "x' OR '1'='1"):
        answer = w.call("POST", "/v1.0/query/realtime", {"query_id": query_id, "index_key": "user_id", "index_value": stranger})
        expect(answer["data"] == [], "nothing should have been found.")

    w.say("Skew: this ETL makes a column for each device it sees, and one user has one device")
    answer = w.call("POST", "/v1.0/extract/train?save=true", {"query_id": query_id}, {"etl_source": "device_dummies_etl.py"})
    skewed = {"query_id": query_id, "etl_id": answer["etl_id"]} | key
    answer = w.call("POST", "/v1.0/extract/realtime", skewed, status=409)
    expect(answer["code"] == "schema_mismatch", "the answer should say that the schema differs.")

    w.say("… which is refused, unless the caller asks to be warned only")
    answer = w.call("POST", "/v1.0/extract/realtime?on_skew=warn", skewed)
    expect(len(answer["data"]) == 1 and len(answer["warnings"]) > 0, "there should be the row and warnings.")

    w.say("… and is kept for whoever looks after the model")
    def has_both(answer: dict) -> bool:
        return {event["outcome"] for event in answer["events"]} >= {"refused", "warned"}

    answer = w.call("GET", f"/v1.0/skew/events?query_id={query_id}", until=has_both)
    expect(has_both(answer), "both events should be listed.")


def main() -> int:
    arguments = argparse.ArgumentParser(description="Walks the whole flow against FEATURESTORE_URL.")
    arguments.add_argument("--flows", type=int, default=200, help="insurance flows to simulate (default 200)")
    arguments.add_argument("--seed", type=int, help="makes the same flows each time, on an empty warehouse")
    options = arguments.parse_args()
    try:
        walk(options.flows, options.seed)
    except WalkFailed as error:
        print(f"\nThe walk stopped: {error}", file=sys.stderr)
    except (urllib.error.URLError, OSError) as error:
        print(f"\nThe walk stopped: {URL} does not answer ({error}). Is the service running? `make serve` starts one.", file=sys.stderr)
    except KeyError as error:
        print(f"\nThe walk stopped: the answer above has no {error}.", file=sys.stderr)
    else:
        print("\nEverything worked.")
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main())
