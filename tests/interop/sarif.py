"""Validates SARIF files against the official 2.1.0 schema; prints the errors and exits 1 if there are any.

usage: sarif.py FILE...   (RAMROLE_SARIF_SCHEMA names the schema if Cargo's registry does not hold it)

Needs `pip install jsonschema==4.26.0`, and the schema that the crate serde-sarif 0.8.0 carries as src/schema.json
(it comes with `cargo fetch` in any package that depends on serde-sarif = "=0.8.0"). The schema is not committed.
"""

import glob
import json
import os
import sys

import jsonschema

# The schema's pattern for languages has a bracket too many and is no regular expression for Python's `re`.
BROKEN_PATTERN = "^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$"


def schema_path():
    home = os.environ.get("CARGO_HOME", os.path.expanduser("~/.cargo"))
    found = glob.glob(f"{home}/registry/src/*/serde-sarif-0.8.0/src/schema.json")
    path = os.environ.get("RAMROLE_SARIF_SCHEMA") or (found[0] if found else None)
    if path is None:
        sys.exit("no schema: set RAMROLE_SARIF_SCHEMA, or fetch the crate serde-sarif 0.8.0")
    return path


def mend(schema):
    if isinstance(schema, dict):
        if schema.get("pattern") == BROKEN_PATTERN:
            del schema["pattern"]
        schema = list(schema.values())
    if isinstance(schema, list):
        for part in schema:
            mend(part)


def main(paths):
    with open(schema_path(), encoding="utf-8") as file:
        schema = json.load(file)
    mend(schema)
    validator = jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker())
    wrong = 0
    for path in paths:
        with open(path, encoding="utf-8") as file:
            log = json.load(file)
        for error in validator.iter_errors(log):
            wrong += 1
            print(f"{path}: {error.json_path}: {error.message}")
        print(f"{path}: {sum(len(run['results']) for run in log['runs'])} results")
    return 1 if wrong or not paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
