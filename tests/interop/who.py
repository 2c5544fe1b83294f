"""Compares `ramrole credential --who` with what the official clients really take, on made-up machines.

Usage: who.py RAMROLE SCRATCH [NODE_MODULES]. Each difference is a row of a table, and any of them fails.
"""

import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from who_cases import everything

HERE = Path(__file__).parent
ANSWER = {
    "Code": "Success",
    "AccessKeyId": "made-up",
    "AccessKeySecret": "made-up",
    "SecurityToken": "made-up",
    "Expiration": "2099-01-01T00:00:00Z",
}


class Service(BaseHTTPRequestHandler):
    """The local service behind the credential URI."""

    def do_GET(self):
        body = json.dumps(ANSWER).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def build(scratch, uri):
    """Writes the files of every machine; their environments."""
    machines = []
    for name, variables, files in everything():
        home = scratch / "homes" / name
        home.mkdir(parents=True)
        fill = lambda text: text.replace("{uri}", uri).replace("{home}", str(home))
        for path, text in files.items():
            file = home / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(fill(text).encode())
        env = {
            "HOME": str(home),
            "PATH": os.environ["PATH"],
            "LC_ALL": "C.UTF-8",
            "JAVA_TOOL_OPTIONS": f"-Duser.home={home}",
            "ALIBABA_CLOUD_ECS_METADATA_DISABLED": "true",
            **{key: fill(value) for key, value in variables.items()},
        }
        machines.append({"name": name, "home": str(home), "env": env})
    assert len({machine["name"] for machine in machines}) == len(machines), "a name stands twice"
    return machines


def said(ramrole, machine):
    """What ramrole says of a machine."""
    command = [ramrole, "credential", "--who", "--format", "json"]
    ended = subprocess.run(command, env=machine["env"], cwd=machine["home"], capture_output=True, text=True, check=False)
    if ended.returncode not in (0, 1):
        raise SystemExit(f"{machine['name']}: ramrole ended with {ended.returncode}\n{ended.stderr}")
    for secret in ("made-up-secret", "made-up-token"):
        assert secret not in ended.stdout, f"{machine['name']}: {secret} was printed"
    return json.loads(ended.stdout)


def verdict(client):
    """A client's part of it, in the words of the drivers."""
    fails = any(step["reached"] and step["outcome"] == "fails" for step in client["steps"])
    if fails and client["client"] == "python-legacy":
        return "fails"
    return client["winner"] or "none"


def as_child(machine, changes, uri):
    """The machine as a program sees it to which ramrole hands the credential URI."""
    env = {**machine["env"], "ALIBABA_CLOUD_CREDENTIALS_URI": uri}
    for name, value in changes.items():
        env.pop(name, None)
        if value is not None:
            env[name] = value
    return {**machine, "name": f"{machine['name']} (as child)", "env": env}


def asked(command, machines, scratch, env):
    """What the clients say."""
    file = scratch / "machines.json"
    file.write_text(json.dumps(machines))
    ended = subprocess.run([*command, str(file)], env={**os.environ, **env}, capture_output=True, text=True, check=False)
    if ended.returncode != 0:
        raise SystemExit(f"{command[1]} failed\n{ended.stderr}")
    return json.loads(ended.stdout)


def main():
    ramrole, scratch = sys.argv[1], Path(sys.argv[2])
    modules = sys.argv[3] if len(sys.argv) > 3 else None
    server = HTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    uri = f"http://127.0.0.1:{server.server_port}/api/v1/credentials/0"

    machines = build(scratch, uri)
    expected = {}
    for machine in list(machines):
        report = said(ramrole, machine)
        expected[machine["name"]] = {client["client"]: verdict(client) for client in report["clients"]}
        child = as_child(machine, report["environment_for_uri"], uri)
        machines.append(child)
        expected[child["name"]] = dict.fromkeys(["python", "python-legacy", "node"], "uri")

    drivers = [asked([sys.executable, str(HERE / "who_client.py")], machines, scratch, {})]
    if modules:
        command = ["node", str(HERE / "who_client.cjs")]
        drivers.append(asked(command, machines, scratch, {"NODE_PATH": modules}))
    rows = []
    compared = 0
    for found in drivers:
        for name, clients in found.items():
            for client, (taken, detail) in clients.items():
                compared += 1
                if taken != expected[name][client]:
                    rows.append((name, client, expected[name][client], taken, detail[:200]))
    for row in [("machine", "client", "ramrole says", "client takes", "in its words"), *rows] if rows else []:
        print("{:40} {:14} {:14} {:14} {}".format(*row))
    print(f"who: {len(machines)} machines, {compared} answers compared, {len(rows)} differ")
    return 1 if rows else 0


sys.exit(main())
