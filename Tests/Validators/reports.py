"""Reads reports as others do, and says what they hold, as JSON.

    reports.py sarif FILE     jsonschema, by the schema beside this file
    reports.py junit FILE     junitparser
    reports.py github FILE    the workflow commands of GitHub Actions, by their documented escapes
"""

import json
import pathlib
import re
import sys

import jsonschema
import junitparser


def read_sarif(path):
    schema = json.loads(pathlib.Path(__file__).with_name("sarif-2.1.0.schema.json").read_text())
    report = json.loads(path.read_text())
    jsonschema.Draft7Validator(schema).validate(report)
    findings = []
    for run in report["runs"]:
        rules = run["tool"]["driver"]["rules"]
        for result in run["results"]:
            if rules[result["ruleIndex"]]["id"] != result["ruleId"]:
                raise ValueError(f"the index of rule {result['ruleId']} is that of another")
            place = result["locations"][0]["physicalLocation"]
            region = place.get("region", {})
            findings.append(
                {
                    "id": result["ruleId"],
                    "level": result["level"],
                    "message": result["message"]["text"],
                    "file": place["artifactLocation"]["uri"],
                    "line": region.get("startLine", 0),
                    "column": region.get("startColumn", 0),
                    "identity": result.get("partialFingerprints", {}).get("trucewatchAlert/v1", ""),
                }
            )
    return {"complete": run["invocations"][0]["executionSuccessful"], "findings": findings}


def read_junit(path):
    report = junitparser.JUnitXml.fromfile(str(path))
    cases = [case for suite in report for case in suite]
    failed = [case for case in cases if any(isinstance(part, junitparser.Failure) for part in case.result)]
    counted = (report.tests, report.failures)
    if counted != (len(cases), len(failed)):
        raise ValueError(f"{counted} are counted, there are {(len(cases), len(failed))}")
    texts = [part.text for case in failed for part in case.result] + [case.system_out or "" for case in cases]
    return {
        "failed": [case.name for case in failed],
        "told": sum(len(re.findall(r"^\S.*\]$", text, re.MULTILINE)) for text in texts),
    }


def read_github(path):
    unescape = [("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")]

    def plain(text):
        for code, character in unescape:
            text = text.replace(code, character)
        return text

    annotations = []
    for line in path.read_text().splitlines():
        command = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
        if not command:
            raise ValueError(f"no annotation: {line!r}")
        properties = dict(part.split("=", 1) for part in command[2].split(","))
        annotation = {key: plain(value) for key, value in properties.items()}
        annotations.append({"level": command[1], "message": plain(command[3]), **annotation})
    return {"annotations": annotations}


READERS = {"sarif": read_sarif, "junit": read_junit, "github": read_github}
print(json.dumps(READERS[sys.argv[1]](pathlib.Path(sys.argv[2]))))
