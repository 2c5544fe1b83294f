"""Lets the official clients use `ramrole serve`: each obtains its credential from it, caches and renews it.

Usage: serve.py RAMROLE SCRATCH PACKAGES [NODE_MODULES]. Prints a row for each client; any difference fails.
"""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).parent
RAMROLE, SCRATCH, PACKAGES = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
NODE = sys.argv[4] if len(sys.argv) > 4 else None
# Nobody listens there: whatever goes through it fails, so that nothing leaves the loopback.
PROXY = "http://127.0.0.1:9"
HIDDEN = ("ramrole-fake-secret", "ramrole-fake-token")
ONCE, EACH = "once", "each"


def run(client, flags, calls, pause):
    """What a client took, how many requests reached the service, and what ramrole said."""
    home = SCRATCH / f"{client}-{'-'.join(flags)}".replace("/", "-")
    home.mkdir(parents=True)
    env = {
        "HOME": str(home),
        "PATH": os.environ["PATH"],
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": PACKAGES,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONWARNINGS": "ignore",
        "HTTP_PROXY": PROXY,
        "HTTPS_PROXY": PROXY,
        "http_proxy": PROXY,
        "https_proxy": PROXY,
        # What serve takes out of the way.
        "ALIBABA_CLOUD_ACCESS_KEY_ID": "made-up",
        "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "made-up",
    }
    if client == "node":
        env["NODE_PATH"] = NODE
        command = ["node", str(HERE / "serve_client.cjs"), str(calls), str(pause)]
    else:
        command = [sys.executable, str(HERE / "serve_client.py"), client, str(calls), str(pause)]
    serve = [RAMROLE, "serve", "--from", "fake", *flags, "--", *command]
    done = subprocess.run(serve, env=env, capture_output=True, text=True, timeout=90)
    if not done.stdout:
        return {"taken": [], "requests": 0}, done.stderr
    return json.loads(done.stdout), done.stderr


def is_fake(taken):
    return taken.get("id", "").startswith("STS.RamroleFake") and taken.get("token", "").startswith(HIDDEN[1]) and (
        taken.get("secret") is None or taken["secret"].startswith(HIDDEN[0]))


def obtains(client, ttl, requests):
    """Three calls: every one gives the credential, with so many requests."""
    result, said = run(client, ["--ttl", ttl], 3, 0)
    expected = 1 if requests == ONCE else 3
    good = len(result["taken"]) == 3 and all(map(is_fake, result["taken"])) and result["requests"] == expected
    good = good and len({taken["id"] for taken in result["taken"]}) == 1
    return good, f"{result['requests']} requests for 3 calls", result, said


def renews(client):
    """A short life: the second call, after a renewal, gives another credential."""
    result, said = run(client, ["--ttl", "6s"], 2, 4)
    good = len(result["taken"]) == 2 and all(map(is_fake, result["taken"]))
    good = good and result["taken"][0]["id"] != result["taken"][1]["id"]
    return good, "another one after the renewal", result, said


def fails(client, flags, pause):
    """A bad day: the client ends with an error of its own, in time, or goes on with the copy that it has."""
    result, said = run(client, flags, 2, pause)
    first, last = result["taken"] if len(result["taken"]) == 2 else ({}, {})
    if "error" in last:
        return last["seconds"] < 15, last["error"], result, said
    # The Node client hands out its copy also when that is over.
    good = client == "node" and is_fake(first) and first["id"] == last.get("id")
    return good, "goes on with its copy", result, said


def cases():
    """Name, what is done. Source of the counts: platform facts, measured on the clients of these versions."""
    clients = [("new", ONCE), ("legacy", EACH), ("pyodps_new", ONCE), ("pyodps_legacy", EACH),
               ("oss_new", ONCE), ("oss_legacy", EACH)]
    if NODE:
        clients.append(("node", ONCE))
    for client, requests in clients:
        yield f"{client}: 20 minutes left", lambda client=client, requests=requests: obtains(client, "20m", requests)
        # Within 15 minutes of the end the new clients ask each time.
        yield f"{client}: 10 minutes left", lambda client=client: obtains(client, "10m", EACH)
        yield f"{client}: renewed", lambda client=client: renews(client)
        if client in ("new", "legacy", "node"):
            yield f"{client}: cut in the middle", lambda client=client: fails(client, ["--malformed"], 0)
            yield (f"{client}: over and not renewed",
                   lambda client=client: fails(client, ["--ttl", "2s", "--fail-after", "1s"], 3))


def main():
    failed = 0
    with ThreadPoolExecutor(4) as pool:
        rows = [(name, pool.submit(case)) for name, case in cases()]
        for name, row in rows:
            good, told, result, said = row.result()
            leaks = [word for word in HIDDEN if word in said]
            good = good and not leaks
            failed += not good
            print(f"  {'ok  ' if good else 'FAIL'} {name:36}{told}")
            if not good:
                print(f"    {json.dumps(result)[:600]}\n    said: {said[:600]}")
    print(f"serve: {len(rows)} meetings with the official clients, {failed} failed")
    sys.exit(1 if failed else 0)


main()
