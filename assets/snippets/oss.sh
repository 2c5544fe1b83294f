#!/usr/bin/env bash
# List ten objects of an OSS bucket with the RAM role of this workload.
set -euo pipefail

[[ -n "${ALIBABA_CLOUD_CREDENTIALS_URI:-}" ]] || {
  echo 'ALIBABA_CLOUD_CREDENTIALS_URI is not set: no role is associated' >&2
  exit 1
}

# The flag --mode alone will not do: API calls ignore it, and an AccessKey of
# your default profile wins. So the CLI gets a home of its own for this one
# call; your profiles stay as they are. The file in it holds no secret: the CLI
# takes the URI from the environment.
home="$(mktemp -d)"
trap 'rm -rf -- "$home"' EXIT
mkdir "$home/.aliyun"
cat >"$home/.aliyun/config.json" <<'JSON'
{"current": "role", "profiles": [{"name": "role", "mode": "CredentialsURI"}]}
JSON

# These would turn the CLI to another profile, or to AccessKeys in variables.
unset ALIBABA_CLOUD_PROFILE ALIBABACLOUD_PROFILE ALICLOUD_PROFILE
unset ALIBABA_CLOUD_IGNORE_PROFILE ALIBABACLOUD_IGNORE_PROFILE

# With an answer that it can not read, the CLI shows all of it in its error.
hide_answer() {
  awk '/unmarshal credentials failed/ {
         print "the credential service gave no usable answer"; hidden = 1
       }
       !hidden { print }'
}

bucket={{bucket}}
endpoint={{oss_endpoint}}
[[ "$endpoint" == *://* ]] || endpoint="https://$endpoint"

# Not "aliyun ossutil": it downloads a program on first use. V4, because OSS is
# phasing out the V1 signature that is the default here.
{
  HOME="$home" aliyun oss ls "oss://$bucket" --limited-num 10 \
    --endpoint "$endpoint" --region {{region}} --sign-version v4 \
    2>&1 >&3 | hide_answer >&2
} 3>&1
