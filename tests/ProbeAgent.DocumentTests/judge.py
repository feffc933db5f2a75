"""Says of each document on standard input, one JSON text on a line, what the schema has against it: one line each, empty for nothing."""
import json
import sys

from jsonschema import Draft202012Validator

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema)
for line in sys.stdin:
    print("; ".join(f"{error.json_path}: {error.message}" for error in validator.iter_errors(json.loads(line))).replace("\n", " "))
