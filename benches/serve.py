#!/usr/bin/env python3
"""Load the credential service beside a bare hyper server that sends the same bytes, in one run.

    cargo build --release && python3 benches/serve.py

Needs wrk, cargo with the crates of this project at hand, and Linux. The two are loaded in turn, 64 connections for 10 s
each, three times; then a million requests go to the service, and its memory is read before and after. `SECONDS` and
`REQUESTS` in the environment make it shorter.
"""
import http.client
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = str(pathlib.Path(os.environ.get("RAMROLE", ROOT / "target/release/ramrole")))
SECONDS = int(os.environ.get("SECONDS", "10"))
REQUESTS = int(os.environ.get("REQUESTS", "1000000"))
ROUNDS, CONNECTIONS = 3, 64
LEAST_RATIO, WORST_P99_MS, MOST_GROWTH_KIB = 0.85, 10.0, 1024

FLOOR = """
use std::convert::Infallible;
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue, X_CONTENT_TYPE_OPTIONS};
use hyper::{Response, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let body = Bytes::from(std::fs::read(std::env::args().nth(1).unwrap()).unwrap());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("{}", listener.local_addr().unwrap().port());
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let _ = stream.set_nodelay(true);
        let body = body.clone();
        tokio::spawn(async move {
            let service = service_fn(move |_| {
                let mut response = Response::new(Full::new(body.clone()));
                let headers = response.headers_mut();
                headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
                headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
                headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
                std::future::ready(Ok::<_, Infallible>(response))
            });
            let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
        });
    }
}
"""


def floor():
    """Build the bare server with the crates and the release profile of this project."""
    ours = tomllib.loads((ROOT / "Cargo.toml").read_text())
    locked = tomllib.loads((ROOT / "Cargo.lock").read_text())["package"]
    version = {package["name"]: package["version"] for package in locked}
    profile = "\n".join(f"{key} = {value!r}".replace("True", "true") for key, value in ours["profile"]["release"].items())
    place = ROOT / "target/bare"
    (place / "src").mkdir(parents=True, exist_ok=True)
    (place / "src/main.rs").write_text(FLOOR)
    (place / "Cargo.toml").write_text(
        f'[package]\nname = "bare"\nversion = "0.0.0"\nedition = "2024"\n[workspace]\n[dependencies]\n'
        f'http-body-util = "={version["http-body-util"]}"\n'
        f'hyper = {{ version = "={version["hyper"]}", default-features = false, features = ["http1", "server"] }}\n'
        f'hyper-util = {{ version = "={version["hyper-util"]}", default-features = false, features = ["tokio"] }}\n'
        f'tokio = {{ version = "={version["tokio"]}", features = ["rt", "macros", "net"] }}\n'
        f"[profile.release]\n{profile}\n"
    )
    subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=place, check=True)
    return place / "target/release/bare"


def wrk(url, seconds):
    """Load a URL; requests a second, p99 in ms, failures, requests."""
    command = ["wrk", "-t", "1", "-c", str(CONNECTIONS), "-d", f"{seconds}s", "--latency", url]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", said).groups()
    p99 = float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]
    errors = sum(map(int, re.findall(r"(?:connect|read|write|timeout) (\d+)", said)))
    errors += sum(map(int, re.findall(r"Non-2xx or 3xx responses: (\d+)", said)))
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", said).group(1))
    return rate, p99, errors, int(re.search(r"(\d+) requests in", said).group(1))


def resident(pid):
    """The memory of a process, in KiB."""
    return int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text()).group(1))


def main():
    if not shutil.which("wrk"):
        sys.exit("wrk is not installed: apt-get install wrk")
    bare = floor()
    with tempfile.TemporaryDirectory() as place:
        ours = subprocess.Popen([PROGRAM, "serve", "--from", "fake", "--ttl", "12h", "--quiet"],
                                stdout=subprocess.PIPE, text=True)
        url = ours.stdout.readline().split("=", 1)[1].strip().replace("localhost", "127.0.0.1")
        port, path = re.match(r"http://127.0.0.1:(\d+)(/.*)", url).groups()
        connection = http.client.HTTPConnection("127.0.0.1", int(port))
        connection.request("GET", path)
        body = pathlib.Path(place) / "body"
        body.write_bytes(connection.getresponse().read())
        theirs = subprocess.Popen([str(bare), str(body)], stdout=subprocess.PIPE, text=True)
        other = f"http://127.0.0.1:{theirs.stdout.readline().strip()}/"
        try:
            ratios, worst, failed = [], 0.0, 0
            for round in range(ROUNDS):
                rate, p99, errors, _ = wrk(url, SECONDS)
                floor_rate, floor_p99, _, _ = wrk(other, SECONDS)
                ratios.append(rate / floor_rate)
                worst, failed = max(worst, p99), failed + errors
                print(f"round {round + 1}: {rate:,.0f} requests/s, p99 {p99:.2f} ms; "
                      f"bare hyper {floor_rate:,.0f}, p99 {floor_p99:.2f} ms; ratio {rate / floor_rate:.2f}")
            before, sent = resident(ours.pid), 0
            while sent < REQUESTS:
                _, _, errors, count = wrk(url, SECONDS)
                sent, failed = sent + count, failed + errors
            growth = resident(ours.pid) - before
            print(f"memory {before:,} KiB; after {sent:,} requests more {growth:+,} KiB; {failed} failures")
        finally:
            ours.terminate()
            theirs.terminate()
    ratio = statistics.median(ratios)
    good = ratio >= LEAST_RATIO and worst < WORST_P99_MS and failed == 0 and growth <= MOST_GROWTH_KIB
    print(f"ratio {ratio:.2f} (at least {LEAST_RATIO}), p99 {worst:.2f} ms (below {WORST_P99_MS}), "
          f"{failed} failures (none), growth {growth} KiB (at most {MOST_GROWTH_KIB}): {'held' if good else 'NOT HELD'}")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
