"""Validates documents by a schema, as an editor would.

    schemas.py rulebook SCHEMA FILE...    each document of YAML files; prints what is wrong, a line each
    schemas.py lines SCHEMA FILE...       each line of JSON Lines files that is of the schema's kind
"""

import json
import pathlib
import re
import sys

import jsonschema
import yaml


class CoreLoader(yaml.SafeLoader):
    """The core schema of YAML 1.2: no dates, and no booleans but true and false."""


CoreLoader.yaml_implicit_resolvers = {}
for tag, pattern, first in [
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^[-+]?[0-9]+$", list("-+0123456789")),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", list("-+0123456789.")),
]:
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), first)
CoreLoader.add_implicit_resolver("tag:yaml.org,2002:merge", re.compile(r"^(?:<<)$"), ["<"])


def documents(kind, path):
    if kind == "rulebook":
        yield from ((0, document) for document in yaml.load_all(path.read_text(), CoreLoader) if document is not None)
    else:
        for number, line in enumerate(path.read_text().splitlines(), 1):
            yield number, json.loads(line)


def deepest(error):
    """Of the branches of an 'anyOf' the one that came furthest: that is what somebody meant."""
    while error.context:
        error = max(error.context, key=lambda inner: (len(inner.absolute_path), -len(inner.context)))
    return error


def main(kind, schema, *files):
    schema = json.loads(pathlib.Path(schema).read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    kind_of_record = schema.get("properties", {}).get("kind", {}).get("const")
    count = 0
    for file in files:
        for number, document in documents(kind, pathlib.Path(file)):
            if kind == "lines" and document.get("kind") != kind_of_record:
                continue
            count += 1
            for error in validator.iter_errors(document):
                inner = deepest(error)
                place = "/".join(str(step) for step in inner.absolute_path)
                print(f"{file}:{number}: {place}: {inner.message[:200]}")
    print(f"{count} validated")


main(*sys.argv[1:])
