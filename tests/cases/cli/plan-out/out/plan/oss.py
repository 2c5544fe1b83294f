"""List ten objects of an OSS bucket with the RAM role of this workload."""
import logging
import os
import sys
from itertools import islice

import oss2
from alibabacloud_credentials.provider import URLCredentialsProvider

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
    endpoint = "oss-cn-shanghai-internal.aliyuncs.com"
    if "://" not in endpoint:
        endpoint = "https://" + endpoint  # oss2 would use plain HTTP
    bucket = oss2.Bucket(
        # Not ProviderAuth: it signs with V1, which OSS is phasing out.
        oss2.ProviderAuthV4(workload_role()),
        endpoint,
        "owl-models",
        region="cn-shanghai",  # a V4 signature names the region
    )
    for item in islice(oss2.ObjectIterator(bucket, max_keys=10), 10):
        print(item.key)


if __name__ == "__main__":
    main()
