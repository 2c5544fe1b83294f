#!/usr/bin/env python3
"""Measure the program as a process, each figure as a ratio to its floor in the same run.

    cargo build --release && python3 benches/measure.py

Needs rustc, jq, ripgrep and a Unix. The floors: an empty Rust program that prints a line, `jq empty` over the same
files with xargs, `rg --files`, and the size of the file itself.
"""
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = str(pathlib.Path(os.environ.get("RAMROLE", ROOT / "target/release/ramrole")))
QUIET = os.open(os.devnull, os.O_WRONLY)


def seconds(command):
    """How long a process takes from spawn to end, its output thrown away."""
    to_nowhere = [(os.POSIX_SPAWN_DUP2, QUIET, 1), (os.POSIX_SPAWN_DUP2, QUIET, 2)]
    start = time.perf_counter()
    process = os.posix_spawnp(command[0], command, os.environ, file_actions=to_nowhere)
    os.waitpid(process, 0)
    return time.perf_counter() - start


def ratio(name, ours, floor, runs):
    """Run the two in turn and print the medians and the median of the ratios."""
    for command in (ours, floor):
        seconds(command)
    pairs = [(seconds(ours), seconds(floor)) for _ in range(runs)]
    ours_ms, floor_ms = (statistics.median(times) * 1000 for times in zip(*pairs))
    middle = statistics.median(a / b for a, b in pairs)
    print(f"{name}: {ours_ms:.2f} ms, floor {floor_ms:.2f} ms, ratio {middle:.2f} ({runs} pairs)")


def start_up(folder):
    source = folder / "empty.rs"
    source.write_text('fn main() { println!("a line"); }\n')
    subprocess.run(["rustc", "-O", "-o", str(folder / "empty"), str(source)], check=True)
    ratio("trust-policy eas", [PROGRAM, "trust-policy", "eas"], [str(folder / "empty")], 300)


def many_files(folder):
    policies = folder / "policies"
    policies.mkdir()
    policy = subprocess.run([PROGRAM, "trust-policy", "eas"], check=True, capture_output=True).stdout
    for number in range(10_000):
        (policies / f"{number}.json").write_bytes(policy)
    jq = ["sh", "-c", f"find '{policies}' -name '*.json' -print0 | xargs -0 jq empty"]
    ratio("check of 10,000 files", [PROGRAM, "check", str(policies)], jq, 10)


def foreign_files(folder):
    """A repository without a document of ours: 5,000 files, one in four of them JSON."""
    repository = folder / "repository"
    for number in range(5_000):
        place = repository / f"package{number // 50}"
        place.mkdir(parents=True, exist_ok=True)
        if number % 4 == 0:
            (place / f"{number}.json").write_text('{"name": "owl", "version": "1.0.%d", "private": true}\n' % number)
        else:
            (place / f"{number}.ts").write_text(f"export const number = {number};\n")
    found = subprocess.run([PROGRAM, "check", str(repository)], capture_output=True, text=True)
    assert found.returncode == 0 and not found.stdout, found.stdout
    floor = ["rg", "--files", str(repository)]
    ratio("check of 5,000 foreign files", [PROGRAM, "check", str(repository)], floor, 20)


def large_config(folder):
    path = folder / "service.json"
    # Written piece by piece: the memory of a child is counted from that of its parent on.
    with path.open("w") as file:
        file.write('{\n  "metadata": { "name": "big" },\n  "containers": [\n    {\n      "env": [\n')
        for number in range(120_000):
            value = "value " * (number % 7) + str(number)
            file.write(f'        {{\n          "name": "VARIABLE_{number}",\n          "value": "{value}"\n        }},\n')
        file.write('        {}\n      ]\n    }\n  ]\n}\n')
    size = path.stat().st_size
    took = seconds([PROGRAM, "service-config", str(path), "--role", "default"])
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    print(f"service-config of {size / 1e6:.1f} MB: {took * 1000:.0f} ms, peak memory {peak / size:.1f} x the file")


def main():
    if not os.access(PROGRAM, os.X_OK):
        sys.exit(f"{PROGRAM} is not there: cargo build --release")
    with tempfile.TemporaryDirectory() as folder:
        # The memory of children is the most that any of them took: the large config goes first.
        large_config(pathlib.Path(folder))
        start_up(pathlib.Path(folder))
        many_files(pathlib.Path(folder))
        foreign_files(pathlib.Path(folder))


if __name__ == "__main__":
    main()
