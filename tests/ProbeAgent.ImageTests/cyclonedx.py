"""Says what CycloneDX's own schema, of which the first argument is the folder, has against the document on standard input."""
import json
import pathlib
import sys

from jsonschema import Draft7Validator, RefResolver

# The published files name each other as they lie beside each other.
files = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in pathlib.Path(sys.argv[1]).glob("*.json")}
schema = files["bom-1.6.SNAPSHOT.schema.json"]
resolver = RefResolver.from_schema(schema, store={f"http://cyclonedx.org/schema/{name}": file for name, file in files.items()})
for error in Draft7Validator(schema, resolver=resolver).iter_errors(json.load(sys.stdin)):
    print(f"{error.json_path}: {error.message}")
