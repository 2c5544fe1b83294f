"""List ten MaxCompute tables with the RAM role of this workload."""
import logging
import os
import sys
from itertools import islice

from alibabacloud_credentials.provider import URLCredentialsProvider
from odps import ODPS
from odps.accounts import CredentialProviderAccount

# On a surprising answer the SDK logs the whole of it, the secret included.
logging.getLogger("credentials").setLevel(logging.CRITICAL)


def workload_role():
    """Return a provider that keeps the credential and renews it in time."""
    # The SDK would send even this local request through the proxy, whatever
    # NO_PROXY says. Requests over HTTPS still go through HTTPS_PROXY.
    for name in ("HTTP_PROXY", "http_proxy"):
        os.environ.pop(name, None)
    try:
        # Reads $ALIBABA_CLOUD_CREDENTIALS_URI and nothing else, so that an
        # AccessKey left in the environment or in a profile can not win.
        provider = URLCredentialsProvider()
        provider.get_credentials()
    except Exception as error:
        # The text of this error may hold the secret: show its kind only.
        sys.exit(
            "no usable credential from $ALIBABA_CLOUD_CREDENTIALS_URI "
            f"({type(error).__name__}): is a RAM role associated here?"
        )
    return provider


def main():
    client = ODPS(
        # PyODPS asks the provider before every request, and the provider
        # answers from memory until the credential nears its end.
        account=CredentialProviderAccount(workload_role()),
        project="owl_tables",
        endpoint="https://service.cn-shanghai.maxcompute.aliyun.com/api",
    )
    for table in islice(client.list_tables(), 10):
        print(table.name)


if __name__ == "__main__":
    main()
