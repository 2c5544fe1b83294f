"""Show which credential this workload has, and until when; no secret."""
import http.client
import json
import os
import sys
import urllib.request
from datetime import datetime, timezone

VARIABLE = "ALIBABA_CLOUD_CREDENTIALS_URI"


def fetch(uri):
    """Return the answer of the credential service as a dictionary."""
    # The service is on this machine: a proxy must not see the credential.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(uri, timeout=3) as answer:
        document = json.load(answer)
    if not isinstance(document, dict):
        raise ValueError("the answer is not a JSON object")
    return document


def expiry(value):
    """Read the Expiration: RFC 3339 in any of its forms, or Unix seconds."""
    if isinstance(value, (int, float)):
        return datetime.fromtimestamp(value, timezone.utc)
    # Before Python 3.11 fromisoformat knows neither "Z" nor every fraction.
    text = str(value).strip().upper().replace("Z", "+00:00")
    head, dot, tail = text.partition(".")
    if dot:
        text = head + tail.lstrip("0123456789")
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        return time.replace(tzinfo=timezone.utc)
    return time.astimezone(timezone.utc)


def main():
    uri = os.environ.get(VARIABLE)
    if not uri:
        sys.exit(f"{VARIABLE} is not set: no role is associated")
    try:
        document = fetch(uri)
    except (OSError, ValueError, http.client.HTTPException) as error:
        # Not the text of the error: it could quote the answer.
        reason = getattr(error, "code", None) or type(error).__name__
        sys.exit(f"the credential service gave no usable answer ({reason})")

    code = document.get("Code", "Success")  # the file form has no Code
    if code != "Success":
        sys.exit(f"the credential service refused: Code is {ascii(code)[:40]}")
    key = document.get("AccessKeyId")
    if not isinstance(key, str) or not document.get("AccessKeySecret"):
        sys.exit("the credential service gave no AccessKey")
    print("AccessKeyId:   ..." + ascii(key[-4:])[1:-1])
    print("SecurityToken:", "yes" if document.get("SecurityToken") else "no")

    try:
        end = expiry(document.get("Expiration"))
    except (ValueError, OverflowError, OSError):
        sys.exit("Expiration:    not given, or not a time")
    left = int((end - datetime.now(timezone.utc)).total_seconds())
    print(f"Expiration:    {end:%Y-%m-%dT%H:%M:%SZ}", end=" ")
    if left <= 0:
        print("(expired)")
        sys.exit(1)
    print(f"(in {left // 60} min {left % 60} s)")


if __name__ == "__main__":
    main()
