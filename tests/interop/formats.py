"""Reads the reports of `ramrole check` as other programs do; prints what is wrong and exits 1 if anything is.

usage: formats.py junit REPORT XSD
       formats.py gitlab REPORT

Needs `pip install lxml==6.1.3 junitparser==5.0.3 jsonschema==4.26.0`. XSD is the file junit-10.xsd of the Jenkins
xUnit plugin, which the source archive of pytest carries. The schema for `gitlab` holds the fields that the documentation
of GitLab requires: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

import json
import sys

CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1, "pattern": "^[^\\n]*$"},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./|/)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def junit(report, xsd):
    import junitparser
    from lxml import etree

    schema = etree.XMLSchema(etree.parse(xsd))
    tree = etree.parse(report)
    wrong = [str(error) for error in schema.error_log] if not schema.validate(tree) else []
    suites = junitparser.JUnitXml.fromfile(report)
    told = (suites.tests, suites.failures, suites.errors)
    results = [[type(result).__name__ for result in case.result] for suite in suites for case in suite]
    counted = (len(results), results.count(["Failure"]), results.count(["Error"]))
    if told != counted:
        wrong.append(f"tests, failures, errors are {counted}, but the report says {told}")
    names = [[case.name for case in suite] for suite in suites]
    wrong += [f"a case is named twice: {suite}" for suite in names if len(set(suite)) != len(suite)]
    print(f"{report}: {counted[0]} cases, {counted[1]} failures, {counted[2]} errors")
    return wrong if counted[1] and counted[2] else [*wrong, "nothing failed"]


def gitlab(report):
    import jsonschema

    with open(report, encoding="utf-8") as file:
        issues = json.load(file)
    validator = jsonschema.Draft7Validator(CODE_QUALITY)
    wrong = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(issues)]
    fingerprints = [issue["fingerprint"] for issue in issues]
    if len(set(fingerprints)) != len(fingerprints):
        wrong.append("a fingerprint occurs twice")
    print(f"{report}: {len(issues)} issues")
    return wrong if issues else [*wrong, "no issues"]


def main(kind, *arguments):
    wrong = {"junit": junit, "gitlab": gitlab}[kind](*arguments)
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
