"""Asks the official Python clients, both of them, whose credential they take on each of the machines in a file.

Each machine gets a process of its own, since the clients read the environment when they are imported. Nothing leaves the
loopback: what would go elsewhere is answered here with a made-up credential.
"""

import json
import os
import socket
import sys
from types import SimpleNamespace

import aiofiles  # noqa: F401 - imported once, so that each process starts quickly
import apscheduler.schedulers.background  # noqa: F401
from Tea.core import TeaCore

GIVEN = {"AccessKeyId": "made-up", "AccessKeySecret": "made-up", "SecurityToken": "made-up", "Expiration": "2099-01-01T00:00:00Z"}
SESSION = {"SessionAccessKeyId": "made-up", "SessionAccessKeySecret": "made-up", "Expiration": "2099-01-01T00:00:00Z"}
ANSWER = {"Code": "Success", **GIVEN, "Credentials": GIVEN, "CloudCredential": GIVEN, "SessionAccessKey": SESSION}
STEPS = {
    "env": "environment",
    "oidc_role_arn": "oidc",
    "cli_profile": "cli-profile",
    "profile": "ini-file",
    "ecs_ram_role": "ecs-metadata",
    "credential_uri": "uri",
}
LEGACY_STEPS = {
    "EnvironmentVariableCredentialsProvider": "environment",
    "OIDCRoleArnCredentialProvider": "oidc",
    "ProfileCredentialsProvider": "ini-file",
    "EcsRamRoleCredentialProvider": "ecs-metadata",
    "CredentialsUriProvider": "uri",
}


def stay_here():
    """Answers for everybody who is not on the loopback, and refuses connections to them."""
    do_action, connect = TeaCore.do_action, socket.socket.connect

    def answered(request, runtime_option=None):
        host = request.headers.get("host")
        if host in ("127.0.0.1", "localhost"):
            return do_action(request, runtime_option)
        if not host:
            raise OSError("nobody is asked: the URI is empty")
        return SimpleNamespace(status_code=200, body=json.dumps(ANSWER).encode(), headers={})

    def connected(self, address):
        if self.family != socket.AF_UNIX and not str(address[0]).startswith("127."):
            raise OSError(f"{address} is not the loopback")
        return connect(self, address)

    TeaCore.do_action = staticmethod(answered)
    socket.socket.connect = connected


def new():
    """What `Client()` takes."""
    from alibabacloud_credentials.client import Client

    try:
        provider = Client().get_credential().get_provider_name()
    except Exception as error:
        return "none", f"{type(error).__name__}: {error}"
    return STEPS[provider.split("/")[1]], provider


def legacy():
    """What the old chain takes; `fails` where it ends with an error of its own."""
    from alibabacloud_credentials import providers

    asked = []

    def recorded(provider):
        get = provider.get_credentials

        def recording():
            asked.append(type(provider).__name__)
            return get()

        provider.get_credentials = recording

    try:
        chain = providers.DefaultCredentialsProvider()
        for provider in chain.user_configuration_providers:
            recorded(provider)
        credential = chain.get_credentials()
        credential.get_access_key_id()
    except Exception as error:
        outcome = "none" if str(error) == "not found credentials" else "fails"
        return outcome, f"{type(error).__name__}: {error}"
    return LEGACY_STEPS[asked[-1]], type(credential).__name__


def in_a_process(machine, ask):
    """Runs a function in a process with this machine's environment."""
    reads, writes = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reads)
        os.environ.clear()
        os.environ.update(machine["env"])
        os.chdir(machine["home"])
        try:
            found = ask()
        except BaseException as error:
            found = "broken", repr(error)
        with os.fdopen(writes, "w") as stream:
            json.dump(found, stream)
        os._exit(0)
    os.close(writes)
    with os.fdopen(reads) as stream:
        text = stream.read()
    os.waitpid(process, 0)
    return json.loads(text)


def main():
    stay_here()
    with open(sys.argv[1], encoding="utf-8") as stream:
        machines = json.load(stream)
    found = {
        machine["name"]: {"python": in_a_process(machine, new), "python-legacy": in_a_process(machine, legacy)}
        for machine in machines
    }
    json.dump(found, sys.stdout)


main()
