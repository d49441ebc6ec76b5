"""Validates documents by a schema, as an editor would.

    schemas.py rulebook SCHEMA FILE...    each document of YAML files; prints what is wrong, a line each
    schemas.py lines SCHEMA FILE...       each line of JSON Lines files that is of the schema's kind
    schemas.py changes SCHEMA FILE        a line with one key left out, with one more, or of another type, for each of its keys:
                                          prints those that the schema takes all the same, a line each
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


def changes(record):
    """A record with one mistake in it, and what that is."""
    yield "one more key", {**record, "another": 1}
    for key, value in record.items():
        yield f"{key} left out", {other: record[other] for other in record if other != key}
        yield f"{key} of another type", {**record, key: [{"a": {}}]}
        if isinstance(value, dict):
            yield from ((f"{key}: {what}", {**record, key: changed}) for what, changed in changes(value))
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for what, changed in changes(value[0]):
                yield f"{key}: {what}", {**record, key: [changed, *value[1:]]}


def main(kind, schema, *files):
    schema = json.loads(pathlib.Path(schema).read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    if kind == "changes":
        taken = set()
        for line in pathlib.Path(files[0]).read_text().splitlines():
            taken |= {what for what, record in changes(json.loads(line)) if validator.is_valid(record)}
        print("\n".join(sorted(taken)))
        return
    kind_of_record = schema.get("properties", {}).get("kind", {}).get("const")
    count = 0
    for file in files:
        try:
            read = list(documents(kind, pathlib.Path(file)))
        except yaml.YAMLError as error:
            print(f"{file}:{error.problem_mark.line + 1}: : no YAML: {error.problem}")
            continue
        for number, document in read:
            if kind == "lines" and document.get("kind") != kind_of_record:
                continue
            count += 1
            for error in validator.iter_errors(document):
                inner = deepest(error)
                place = "/".join(str(step) for step in inner.absolute_path)
                print(f"{file}:{number}: {place}: {inner.message[:200]}")
    print(f"{count} validated")


main(*sys.argv[1:])
