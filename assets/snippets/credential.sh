#!/usr/bin/env bash
# Show which credential this workload has, and until when. Prints no secret.
set -euo pipefail
set +x # a trace would show the secret

fail() {
  printf '%s\n' "$1" >&2
  exit 1
}

[[ -n "${ALIBABA_CLOUD_CREDENTIALS_URI:-}" ]] ||
  fail 'ALIBABA_CLOUD_CREDENTIALS_URI is not set: no role is associated'

# The service is on this machine: a proxy must not see the credential.
answer="$(curl --fail --silent --show-error --max-time 3 --noproxy '*' \
  --url "$ALIBABA_CLOUD_CREDENTIALS_URI" | tr '\t\r\n' '   ')" ||
  fail 'the credential service gave no usable answer'

# field NAME CHARACTERS: the value of one member of the answer. Only these
# characters pass, so that nothing odd reaches the terminal. printf is built
# into the shell: the secret does not appear in the list of processes.
field() {
  printf '%s' "$answer" |
    sed -n "s/.*\"$1\" *: *\"\{0,1\}\([$2]\{1,\}\)[\", }].*/\1/p"
}

code="$(field Code 'A-Za-z0-9._-')"
[[ -z "$code" || "$code" == Success ]] ||
  fail "the credential service refused: Code is $code"
key="$(field AccessKeyId 'A-Za-z0-9._-')"
[[ -n "$key" ]] || fail 'the credential service gave no AccessKeyId'
expiration="$(field Expiration '0-9TZ:.+-')"

printf 'AccessKeyId:   ...%s\n' "${key: -4}"
[[ -n "$expiration" ]] || fail 'Expiration:    not given, or not a time'
printf 'Expiration:    %s\n' "$expiration"

# Two UTC times of the same form compare as text.
now="$(date -u '+%Y-%m-%dT%H:%M:%SZ')"
if [[ "$expiration" == ????-??-??T??:??:??Z && "$expiration" < "$now" ]]; then
  fail 'the credential has expired'
fi
