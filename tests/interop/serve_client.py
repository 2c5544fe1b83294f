"""Uses the credential service as a program would that the user runs: `serve_client.py CLIENT CALLS PAUSE`.

It runs below `ramrole serve`, and prints one line of JSON: for each call the credential that the client took, or the
kind of its error, and how many requests reached the service. A counter stands between the two, on the loopback.
"""

import http.client
import json
import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

URI = "ALIBABA_CLOUD_CREDENTIALS_URI"
count = 0


def counted():
    """Puts a counter before the service that the environment names."""
    service = urlsplit(os.environ[URI])

    class Counter(BaseHTTPRequestHandler):
        def do_GET(self):
            global count
            count += 1
            connection = http.client.HTTPConnection(service.hostname, service.port, timeout=15)
            connection.putrequest("GET", service.path, skip_host=True)
            connection.putheader("Host", self.headers["Host"].replace(str(server.server_port), str(service.port)))
            connection.endheaders()
            answer = connection.getresponse()
            body = answer.read()
            self.send_response(answer.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Counter)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    os.environ[URI] = f"http://localhost:{server.server_port}/"


def seen(credential):
    return {
        "id": credential.get_access_key_id(),
        "secret": credential.get_access_key_secret(),
        "token": credential.get_security_token(),
    }


def new():
    from alibabacloud_credentials.client import Client

    client = Client()

    def call():
        credential = client.get_credential()
        return {
            "id": credential.access_key_id,
            "secret": credential.access_key_secret,
            "token": credential.security_token,
        }

    return call


def legacy():
    from alibabacloud_credentials.providers import DefaultCredentialsProvider

    provider = DefaultCredentialsProvider()
    return lambda: seen(provider.get_credentials())


def pyodps(provider):
    """Signs a request with pyodps; what it carries is what the client took."""
    import requests
    from odps.accounts import CredentialProviderAccount

    account = CredentialProviderAccount(provider)

    def call():
        request = requests.Request("GET", "http://service.odps.example/api/projects/p").prepare()
        account.sign_request(request, "http://service.odps.example/api")
        signed = request.headers["Authorization"].split(" ")[1]
        return {"id": signed.split(":")[0], "token": request.headers["authorization-sts-token"]}

    return call


def pyodps_new():
    from alibabacloud_credentials.client import Client

    return pyodps(Client())


def pyodps_legacy():
    from alibabacloud_credentials.providers import DefaultCredentialsProvider

    return pyodps(DefaultCredentialsProvider())


def oss(provider):
    """Signs a request with oss2."""
    import oss2
    from oss2.http import Request

    auth = oss2.ProviderAuth(provider)

    def call():
        request = Request("GET", "http://b.oss.example/k")
        auth._sign_request(request, "b", "k")
        signed = request.headers["authorization"].split(" ")[1]
        return {"id": signed.split(":")[0], "token": request.headers["x-oss-security-token"]}

    return call


def oss_new():
    from alibabacloud_credentials.provider import DefaultCredentialsProvider

    return oss(DefaultCredentialsProvider())


def oss_legacy():
    from alibabacloud_credentials.providers import DefaultCredentialsProvider

    return oss(DefaultCredentialsProvider())


def main():
    client, calls, pause = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    counted()
    call = globals()[client]()
    taken = []
    for number in range(calls):
        if number:
            time.sleep(pause)
        start = time.monotonic()
        try:
            taken.append(call())
        except Exception as error:  # Each client has errors of its own.
            taken.append({"error": type(error).__name__, "seconds": time.monotonic() - start})
    print(json.dumps({"taken": taken, "requests": count}))


main()
