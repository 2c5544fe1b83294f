"""Runs the steps of the composite action or the script of the GitLab component as their services do.

usage: run_steps.py action FOLDER [INPUT=VALUE]...
       run_steps.py component FOLDER [INPUT=VALUE]...

Steps run in the current folder; RUNNER_TEMP names an existing scratch folder. A step with `uses` is not run: a line
says whether it would be and with what. The exit status is that of the first step that fails.
"""

import os
import re
import subprocess
import sys

import yaml


def expand(text, values):
    """Replaces `${{ name }}` by its value. An output that no step has set is empty; another unknown name is an error."""
    value = lambda name: values.get(name, "") if name.startswith("steps.") else values[name]
    return re.sub(r"\$\{\{ *([\w.-]+) *\}\}", lambda match: value(match[1]), str(text))


def is_met(condition, values, failed):
    """Evaluates the conditions that the action uses: `always()` and comparisons with '', joined by `&&`."""
    if condition is None:
        return not failed
    parts = [part.strip() for part in condition.split("&&")]
    if parts[0] != "always()":
        sys.exit(f"run_steps.py does not know the condition {condition}")
    names = [re.fullmatch(r"([\w.-]+) != ''", part)[1] for part in parts[1:]]
    return all(values.get(name, "") != "" for name in names)


def read_lines(path):
    with open(path, encoding="utf-8") as file:
        return file.read().splitlines()


def run_step(step, values, environment):
    own = {name: expand(value, values) for name, value in step.get("env", {}).items()}
    for name in ("GITHUB_OUTPUT", "GITHUB_PATH"):
        open(environment[name], "w", encoding="utf-8").close()
    status = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]], env={**environment, **own}
    ).returncode
    for line in read_lines(environment["GITHUB_OUTPUT"]):
        name, value = line.split("=", 1)
        values[f"steps.{step['id']}.outputs.{name}"] = value
    for folder in read_lines(environment["GITHUB_PATH"]):
        environment["PATH"] = f"{folder}:{environment['PATH']}"
    return status


def run_action(folder, inputs):
    with open(os.path.join(folder, "action.yml"), encoding="utf-8") as file:
        action = yaml.safe_load(file)
    values = {f"inputs.{name}": spec["default"] for name, spec in action["inputs"].items()}
    values.update({f"inputs.{name}": value for name, value in inputs.items()})
    scratch = os.environ["RUNNER_TEMP"]
    environment = {
        **os.environ,
        "GITHUB_ACTION_PATH": os.path.abspath(folder),
        "GITHUB_OUTPUT": os.path.join(scratch, "output"),
        "GITHUB_PATH": os.path.join(scratch, "path"),
    }
    failure = 0
    for step in action["runs"]["steps"]:
        if not is_met(step.get("if"), values, failure != 0):
            print(f"skipped: {step['name']}")
        elif "uses" in step:
            given = {name: expand(value, values) for name, value in step.get("with", {}).items()}
            print(f"uses {step['uses']}: {given}")
        else:
            failure = run_step(step, values, environment) or failure
    return failure


def run_component(folder, inputs):
    with open(os.path.join(folder, "templates", "ramrole-check.yml"), encoding="utf-8") as file:
        head, body = file.read().split("\n---\n")
    values = {name: spec["default"] for name, spec in yaml.safe_load(head)["spec"]["inputs"].items()}
    values.update(inputs)
    # GitLab replaces the text before it reads the YAML. No input of the tests needs quotes.
    job = yaml.safe_load(re.sub(r"\$\[\[ *inputs\.([\w-]+) *\]\]", lambda match: values[match[1]], body))
    job = job["ramrole-check"]
    plain = lambda value: value["value"] if isinstance(value, dict) else value
    variables = {name: str(plain(value)) for name, value in job["variables"].items()}
    script = "\n".join(job["script"])
    status = subprocess.run(["sh", "-e", "-c", script], env={**os.environ, **variables}).returncode
    artifacts = job["artifacts"]
    if status == 0 or artifacts["when"] == "always":
        print(f"codequality: {artifacts['reports']['codequality']}")
    return status


def main(arguments):
    kind, folder, *inputs = arguments
    run = {"action": run_action, "component": run_component}[kind]
    return run(folder, dict(pair.split("=", 1) for pair in inputs))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
