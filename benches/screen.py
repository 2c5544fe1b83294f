#!/usr/bin/env python3
"""Measure the wizard on a real pseudo-terminal, each figure beside its bound or as a ratio to its floor.

    cargo build --release && python3 benches/screen.py

Needs cargo with the crates of this project at hand, and Linux. The floor is a program of the same ratatui, crossterm
and release profile that draws one line; it is built in target/floor.
"""
import contextlib
import json
import os
import pathlib
import pty
import select
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import termios
import time
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = str(pathlib.Path(os.environ.get("RAMROLE", ROOT / "target/release/ramrole")))
END_OF_FRAME = b"\x1b[?2026l"
DOWN, UP, ESC, ENTER = b"\x1b[B", b"\x1b[A", b"\x1b", b"\r"
CTRL_E, TEXT_END, TEXT_START = b"\x05", b"\x1b[1;5F", b"\x1b[1;5H"
PATIENCE = 20
FLOOR = """
use std::io::stdout;
use crossterm::{event, execute, terminal};
use ratatui::{Terminal, backend::CrosstermBackend};

fn main() -> std::io::Result<()> {
    terminal::enable_raw_mode()?;
    execute!(stdout(), terminal::EnterAlternateScreen)?;
    let mut terminal = Terminal::new(CrosstermBackend::new(stdout()))?;
    terminal.draw(|frame| frame.render_widget("a line", frame.area()))?;
    event::read()?;
    execute!(stdout(), terminal::LeaveAlternateScreen)?;
    terminal::disable_raw_mode()
}
"""


class Screen:
    """A program in a terminal of its own."""

    def __init__(self, command, home):
        self.master, slave = pty.openpty()
        termios.tcsetwinsize(slave, (40, 140))
        name = os.ttyname(slave)
        # The first terminal that a session opens is its own.
        actions = [(os.POSIX_SPAWN_OPEN, 0, name, os.O_RDWR, 0),
                   (os.POSIX_SPAWN_DUP2, 0, 1), (os.POSIX_SPAWN_DUP2, 0, 2)]
        environment = {"HOME": str(home), "TERM": "xterm-256color", "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        os.chdir(home)
        self.start = time.perf_counter()
        self.pid = os.posix_spawnp(command[0], command, environment, file_actions=actions, setsid=True)
        os.close(slave)

    def until(self, mark, patience=PATIENCE):
        """Reads until this has come: what came, and when."""
        got = b""
        while mark not in got:
            if not select.select([self.master], [], [], patience)[0]:
                sys.exit(f"{mark!r} did not come; the last bytes: {got[-300:]!r}")
            got += os.read(self.master, 1 << 20)
        return got, time.perf_counter()

    def drain(self, quiet):
        """Reads until nothing has come for so many seconds."""
        got = b""
        while select.select([self.master], [], [], quiet)[0]:
            got += os.read(self.master, 1 << 20)
        return got

    def press(self, key, quiet=0.02):
        """Seconds from a key to the end of its frame."""
        start = time.perf_counter()
        os.write(self.master, key)
        _, end = self.until(END_OF_FRAME)
        self.drain(quiet)
        return end - start

    def go(self, key, text):
        """Presses a key that must lead to this text; another size has the screen written whole."""
        self.press(key, 1)
        rows, columns = termios.tcgetwinsize(self.master)
        termios.tcsetwinsize(self.master, (rows + 1, columns))
        self.until(text)
        self.drain(0.3)

    def status(self, name):
        """A number of every thread's status, summed."""
        total = 0
        for task in pathlib.Path(f"/proc/{self.pid}/task").iterdir():
            lines = (task / "status").read_text().splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith(name + ":"))
        return total

    def processor(self):
        """Seconds on a processor."""
        tasks = pathlib.Path(f"/proc/{self.pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9

    def peak(self):
        """The most memory that was resident, in bytes."""
        lines = pathlib.Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))

    def close(self):
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.master)


def floor():
    """Builds the program that draws one line."""
    ours = tomllib.loads((ROOT / "Cargo.toml").read_text())
    kept = {name: ours["dependencies"][name] for name in ("crossterm", "ratatui")}
    tables = [f"[package]\nname = \"floor\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n"]
    for name, kind in kept.items():
        kind = kind if isinstance(kind, dict) else {"version": kind}
        tables.append(f"[dependencies.{name}]\n" + "".join(f"{key} = {json.dumps(kind[key])}\n" for key in kind))
    profile = ours["profile"]["release"]
    tables.append("[profile.release]\n" + "".join(f"{key} = {json.dumps(profile[key])}\n" for key in profile))
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "src").mkdir()
        (folder / "src/main.rs").write_text(FLOOR)
        (folder / "Cargo.toml").write_text("\n".join(tables))
        shutil.copy(ROOT / "Cargo.lock", folder)
        environment = os.environ | {"CARGO_TARGET_DIR": str(ROOT / "target/floor")}
        subprocess.run(["cargo", "build", "--release", "--offline", "--quiet"], cwd=folder, env=environment, check=True)
    return str(ROOT / "target/floor/release/floor")


def first_frame(command, mark, home):
    screen = Screen(command, home)
    _, end = screen.until(mark)
    screen.drain(0.01)
    screen.close()
    return end - screen.start


def percentile(values, part):
    return sorted(values)[min(len(values) - 1, int(part * len(values)))]


def verdict(value, bound):
    return "ok" if value <= bound else "MISSED"


def tell_first_frame(home):
    empty = floor()
    pairs = []
    for number in range(101):
        pair = first_frame([PROGRAM], END_OF_FRAME, home), first_frame([empty], b"\x1b[?25l", home)
        if number:  # the first one fills the caches
            pairs.append(pair)
    ours, least = (statistics.median(times) * 1000 for times in zip(*pairs))
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"first frame: {ours:.2f} ms, floor {least:.2f} ms, ratio {ratio:.2f} (at most 1.5: {verdict(ratio, 1.5)}; 100 pairs)")


def tell_presses(name, times, bound):
    p50, p99 = (percentile(times, part) * 1000 for part in (0.5, 0.99))
    print(f"{name}: p50 {p50:.2f} ms, p99 {p99:.2f} ms (at most {bound}: {verdict(p99, bound)}; {len(times)} presses)")


def config(variables, lines):
    """A service config of so many variables, on many lines or on one."""
    env = [{"name": f"VARIABLE_{number}", "value": "value " * (number % 7) + str(number)} for number in range(variables)]
    tree = {"metadata": {"name": "owl", "instance": 1}, "containers": [{"image": "registry/owl:1", "env": env}]}
    return json.dumps(tree, indent=2 if lines else None) + "\n"


def answers(home, path):
    text = f'workload = "eas"\nregion = "cn-shanghai"\nservice_config = "{path}"\nrunning = "no"\n'
    (home / "answers.toml").write_text(text)


def at_role(home, path):
    """The wizard at the question for the role, with this service config beside."""
    answers(home, path)
    screen = Screen([PROGRAM, "--answers", "answers.toml"], home)
    screen.until(b"Which role")
    screen.drain(1)
    return screen


def tell_question(home):
    (home / "small.json").write_text(config(47, True))
    lines = len((home / "small.json").read_text().splitlines())
    screen = at_role(home, "small.json")
    times = [screen.press(DOWN if number % 4 < 2 else UP) for number in range(320)]
    tell_presses(f"key on a question beside {lines} lines", times, 4)
    peak = screen.peak() / 1e6
    print(f"peak memory on the question: {peak:.1f} MB (at most 10: {verdict(peak, 10)})")
    screen.close()


def tell_editor(home, name, text):
    (home / "large.json").write_text(text)
    screen = at_role(home, "large.json")
    screen.go(ESC, b"running already")
    screen.go(ESC, b"service config?")
    screen.go(CTRL_E, b"Ctrl-S")
    times = [screen.press(b"x", 0.03) for _ in range(160)]
    screen.press(TEXT_END, 0.5)
    times += [screen.press(b"x", 0.03) for _ in range(160)]
    tell_presses(f"key in the editor of {len(text) / 1e6:.1f} MB {name}", times, 16)
    print(f"peak memory in that editor: {screen.peak() / 1e6:.1f} MB, {screen.peak() / len(text):.1f} x the text")
    screen.close()


def tell_idle(home):
    screen = Screen([PROGRAM], home)
    screen.until(END_OF_FRAME)
    screen.drain(0.5)
    before = screen.processor(), screen.status("voluntary_ctxt_switches")
    time.sleep(10)
    spent, switches = screen.processor() - before[0], screen.status("voluntary_ctxt_switches") - before[1]
    written = len(screen.drain(0.01))
    good = verdict(written + switches + spent * 100, 2)
    print(f"idle for 10 s: {written} bytes, {spent * 1000:.2f} ms of processor, {switches} wake-ups ({good})")
    screen.close()


def tell_hang_up(home):
    times = []
    for _ in range(20):
        screen = Screen([PROGRAM], home)
        screen.until(END_OF_FRAME)
        screen.drain(0.1)
        gone = os.pidfd_open(screen.pid)
        start = time.perf_counter()
        os.close(screen.master)
        ended = select.select([gone], [], [], 5)[0]
        times.append(time.perf_counter() - start)
        os.close(gone)
        if not ended:
            os.kill(screen.pid, signal.SIGKILL)
        os.waitpid(screen.pid, 0)
    worst = max(times) * 1000
    print(f"gone after a hang-up: p50 {statistics.median(times) * 1000:.2f} ms, worst {worst:.2f} ms "
          f"(at most 1000: {verdict(worst, 1000)}; {len(times)} times)")


def main():
    if not os.access(PROGRAM, os.X_OK):
        sys.exit(f"{PROGRAM} is not there: cargo build --release")
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        tell_first_frame(home)
        tell_question(home)
        tell_editor(home, "on many lines", config(22_000, True))
        tell_editor(home, "on one line", config(29_000, False))
        tell_idle(home)
        tell_hang_up(home)
        os.chdir("/")


if __name__ == "__main__":
    main()
