"""List ten DLC jobs of a PAI workspace with the RAM role of this workload."""
import logging
import os
import sys

from alibabacloud_credentials.client import Client as Credential
from alibabacloud_credentials.provider import URLCredentialsProvider
from alibabacloud_pai_dlc20201203.client import Client
from alibabacloud_pai_dlc20201203.models import ListJobsRequest
from alibabacloud_tea_openapi.models import Config

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
    client = Client(
        Config(
            credential=Credential(provider=workload_role()),
            endpoint={{dlc_endpoint}},
        )
    )
    request = ListJobsRequest(
        workspace_id={{workspace_id}},
        page_number=1,
        page_size=10,
    )
    for job in client.list_jobs(request).body.jobs or []:
        print(job.job_id, job.status, job.display_name)


if __name__ == "__main__":
    main()
