"""Machines on which the official clients are asked whose credential they take: variables and files below the home folder.

`{uri}` and `{home}` are filled in. Every value is made up. The metadata service of ECS is switched off everywhere.
"""

import json

KEYS = {"ALIBABA_CLOUD_ACCESS_KEY_ID": "made-up-id", "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "made-up-secret"}
TOKEN = {"ALIBABA_CLOUD_SECURITY_TOKEN": "made-up-token"}
URI = {"ALIBABA_CLOUD_CREDENTIALS_URI": "{uri}"}
ROLE = "acs:ram::1234567890123456:role/made-up"
PROVIDER = "acs:ram::1234567890123456:oidc-provider/made-up"
OIDC = {
    "ALIBABA_CLOUD_ROLE_ARN": ROLE,
    "ALIBABA_CLOUD_OIDC_PROVIDER_ARN": PROVIDER,
    "ALIBABA_CLOUD_OIDC_TOKEN_FILE": "{home}/token",
}
CONFIG = ".aliyun/config.json"
PYTHON_INI = ".alibabacloud/credentials.ini"
NODE_INI = ".alibabacloud/credentials"
AK = {"access_key_id": "made-up-id", "access_key_secret": "made-up-secret"}


def config(*profiles, current="default"):
    """A config file of the CLI with these profiles."""
    named = {"current": current} if current is not None else {}
    return {CONFIG: json.dumps({**named, "profiles": list(profiles)}, indent=2)}


def profile(mode, name="default", **keys):
    """One profile."""
    return {"name": name, "mode": mode, **keys}


def ini(text):
    """The same ini file where each client looks for it."""
    return {PYTHON_INI: text, NODE_INI: text}


def section(name="default", **keys):
    """A section of an ini file."""
    return f"[{name}]\n" + "".join(f"{key} = {value}\n" for key, value in keys.items())


def environments():
    yield "nothing", {}, {}
    yield "uri", URI, {}
    yield "uri-empty", {"ALIBABA_CLOUD_CREDENTIALS_URI": ""}, {}
    yield "keys", {**KEYS, **URI}, {}
    yield "keys-without-uri", KEYS, {}
    yield "keys-and-token", {**KEYS, **TOKEN, **URI}, {}
    yield "id-only", {"ALIBABA_CLOUD_ACCESS_KEY_ID": "made-up-id", **URI}, {}
    yield "secret-only", {"ALIBABA_CLOUD_ACCESS_KEY_SECRET": "made-up-secret", **URI}, {}
    yield "id-empty", {**KEYS, "ALIBABA_CLOUD_ACCESS_KEY_ID": "", **URI}, {}
    yield "secret-empty", {**KEYS, "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "", **URI}, {}
    yield "token-only", {**TOKEN, **URI}, {}
    yield "keys-and-profile", {**KEYS, "ALIBABA_CLOUD_PROFILE": "other", **URI}, {}
    yield "keys-and-profile-default", {**KEYS, "ALIBABA_CLOUD_PROFILE": "default", **URI}, {}
    yield "keys-and-profile-empty", {**KEYS, "ALIBABA_CLOUD_PROFILE": "", **URI}, {}
    token = {"token": "made-up"}
    yield "oidc", {**OIDC, **URI}, token
    yield "oidc-without-token-file", {**OIDC, **URI}, {}
    for name in OIDC:
        yield f"oidc-empty-{name.lower()}", {**OIDC, name: "", **URI}, token
    yield "oidc-behind-keys", {**KEYS, **OIDC, **URI}, token


def cli_profiles():
    ak = profile("AK", **AK)
    yield "cli-ak", URI, config(ak)
    yield "cli-ak-without-uri", {}, config(ak)
    yield "cli-behind-keys", {**KEYS, **URI}, config(ak)
    for switch in ["true", "TRUE", "1", ""]:
        yield f"cli-disabled-{switch or 'empty'}", {"ALIBABA_CLOUD_CLI_PROFILE_DISABLED": switch, **URI}, config(ak)
    yield "cli-ak-without-secret", URI, config(profile("AK", access_key_id="made-up-id"))
    yield "cli-ak-empty-secret", URI, config(profile("AK", access_key_id="made-up-id", access_key_secret=""))
    half = profile("AK", access_key_id="made-up-id")
    secret = {"ALIBABA_CLOUD_ACCESS_KEY_SECRET": "made-up-secret"}
    yield "cli-half-and-half", {**secret, **URI}, config(half)
    yield "cli-sts-token", URI, config(profile("StsToken", **AK, sts_token="made-up"))
    yield "cli-sts-token-without-token", URI, config(profile("StsToken", **AK))
    role = {**AK, "ram_role_arn": ROLE, "ram_session_name": "made-up"}
    yield "cli-ram-role-arn", URI, config(profile("RamRoleArn", **role, expired_seconds=3600))
    yield "cli-ram-role-arn-zero", URI, config(profile("RamRoleArn", **role, expired_seconds=0))
    yield "cli-ram-role-arn-short", URI, config(profile("RamRoleArn", **role, expired_seconds=300))
    yield "cli-ram-role-arn-without-role", URI, config(profile("RamRoleArn", **AK))
    yield "cli-ram-role-arn-role-from-env", {"ALIBABA_CLOUD_ROLE_ARN": ROLE, **URI}, config(profile("RamRoleArn", **AK))
    yield "cli-ecs-ram-role", URI, config(profile("EcsRamRole", ram_role_name="made-up"))
    oidc = {"oidc_provider_arn": PROVIDER, "oidc_token_file": "{home}/token", "ram_role_arn": ROLE}
    yield "cli-oidc", URI, {**config(profile("OIDC", **oidc)), "token": "made-up"}
    yield "cli-oidc-without-token-file", URI, config(profile("OIDC", **oidc))
    yield "cli-oidc-short", URI, {**config(profile("OIDC", **oidc, expired_seconds=300)), "token": "made-up"}
    chained = profile("ChainableRamRoleArn", source_profile="source", ram_role_arn=ROLE, ram_session_name="made-up")
    yield "cli-chain", URI, config(chained, profile("AK", "source", **AK))
    yield "cli-chain-without-source", URI, config(chained)
    yield "cli-chain-circle", URI, config({**chained, "source_profile": "default"})
    sso = {
        "cloud_sso_sign_in_url": "https://signin.example.com/start",
        "cloud_sso_account_id": "1234567890123456",
        "cloud_sso_access_config": "ac-made-up",
        "access_token": "made-up",
        "cloud_sso_access_token_expire": 4102444800,
    }
    yield "cli-cloud-sso", URI, config(profile("CloudSSO", **sso))
    yield "cli-cloud-sso-without-token", URI, config(profile("CloudSSO", **{**sso, "access_token": None}))
    for key in ["cloud_sso_sign_in_url", "cloud_sso_account_id", "cloud_sso_access_config", "access_token"]:
        yield f"cli-cloud-sso-empty-{key}", URI, config(profile("CloudSSO", **{**sso, key: ""}))
    yield "cli-oauth-elsewhere", URI, config(profile("OAuth", oauth_site_type="MOON"))
    command = "printf '{\"mode\":\"AK\",\"access_key_id\":\"made-up\",\"access_key_secret\":\"made-up\"}'"
    yield "cli-external", URI, config(profile("External", process_command=command))
    yield "cli-external-without-command", URI, config(profile("External"))
    for mode in ["CredentialsURI", "ak", "Unknown", ""]:
        yield f"cli-mode-{mode or 'empty'}", URI, config(profile(mode, **AK))
    yield "cli-other-current", URI, config(ak, profile("AK", "other", **AK), current="other")
    yield "cli-current-missing", URI, config(ak, current=None)
    yield "cli-current-unknown", URI, config(ak, current="nobody")
    yield "cli-current-empty", URI, config(ak, current="")
    yield "cli-nameless", URI, config({"mode": "AK", **AK}, current=None)
    yield "cli-profile-by-env", {"ALIBABA_CLOUD_PROFILE": "other", **URI}, config(ak, profile("AK", "other", **AK))
    yield "cli-profile-by-env-unknown", {"ALIBABA_CLOUD_PROFILE": "nobody", **URI}, config(ak)
    yield "cli-profile-by-env-empty", {"ALIBABA_CLOUD_PROFILE": "", **URI}, config(ak)
    yield "cli-no-profiles", URI, config()
    whole = config(ak)[CONFIG]
    yield "cli-broken", URI, {CONFIG: "{"}
    yield "cli-empty-file", URI, {CONFIG: ""}
    yield "cli-null", URI, {CONFIG: "null"}
    yield "cli-list", URI, {CONFIG: "[]"}
    yield "cli-profiles-object", URI, {CONFIG: '{"current": "default", "profiles": {"name": "default"}}'}
    yield "cli-comment", URI, {CONFIG: "// a comment\n" + whole}
    yield "cli-byte-order-mark", URI, {CONFIG: "\ufeff" + whole}
    twice = '{"current": "nobody", "current": "default", "profiles": [' + json.dumps(ak) + "]}"
    yield "cli-current-twice", URI, {CONFIG: twice}


def ini_files():
    ak = section(type="access_key", enable="true", **AK)
    yield "ini-ak", URI, ini(ak)
    yield "ini-ak-without-uri", {}, ini(ak)
    yield "ini-python-only", URI, {PYTHON_INI: ak}
    yield "ini-node-only", URI, {NODE_INI: ak}
    yield "ini-behind-cli", URI, {**ini(ak), **config(profile("AK", **AK))}
    yield "ini-behind-oidc", {**OIDC, **URI}, {**ini(ak), "token": "made-up"}
    yield "ini-other-section", URI, ini(section("other", type="access_key", **AK))
    yield "ini-section-by-env", {"ALIBABA_CLOUD_PROFILE": "other", **URI}, ini(ak + section("other", type="access_key", **AK))
    yield "ini-section-by-env-unknown", {"ALIBABA_CLOUD_PROFILE": "nobody", **URI}, ini(ak)
    yield "ini-by-env", {"ALIBABA_CLOUD_CREDENTIALS_FILE": "{home}/mine.ini", **URI}, {"mine.ini": ak}
    yield "ini-by-env-missing", {"ALIBABA_CLOUD_CREDENTIALS_FILE": "{home}/none.ini", **URI}, ini(ak)
    yield "ini-by-env-empty", {"ALIBABA_CLOUD_CREDENTIALS_FILE": "", **URI}, ini(ak)
    yield "ini-by-env-folder", {"ALIBABA_CLOUD_CREDENTIALS_FILE": "{home}", **URI}, ini(ak)
    for kind in ["ram_role_arn", "oidc_role_arn", "ecs_ram_role", "rsa_key_pair", "sts", "bearer", "Access_Key"]:
        yield f"ini-bare-{kind}", URI, ini(section(type=kind))
        yield f"ini-keys-{kind}", URI, ini(section(type=kind, **AK))
    whole = {"role_arn": ROLE, "role_session_name": "made-up"}
    yield "ini-ram-role-arn", URI, ini(section(type="ram_role_arn", **AK, **whole))
    yield "ini-ram-role-arn-without-session", URI, ini(section(type="ram_role_arn", **AK, role_arn=ROLE))
    oidc = {**whole, "oidc_provider_arn": PROVIDER}
    text = section(type="oidc_role_arn", **oidc, oidc_token_file_path="{home}/token")
    yield "ini-oidc", URI, {**ini(text), "token": "made-up"}
    yield "ini-oidc-token-file-missing", URI, ini(text)
    yield "ini-oidc-without-token-file", URI, ini(section(type="oidc_role_arn", **oidc))
    pair = section(type="rsa_key_pair", public_key_id="made-up", private_key_file="{home}/key")
    yield "ini-rsa", URI, {**ini(pair), "key": "made-up"}
    yield "ini-rsa-key-missing", URI, ini(pair)
    yield "ini-ecs-role", URI, ini(section(type="ecs_ram_role", role_name="made-up"))
    yield "ini-without-type", URI, ini(section(**AK))
    yield "ini-type-empty", URI, ini(section(type="", **AK))
    yield "ini-ak-without-secret", URI, ini(section(type="access_key", access_key_id="made-up"))
    yield "ini-half-and-half", {"ALIBABA_CLOUD_ACCESS_KEY_SECRET": "made-up", **URI}, ini(section(type="access_key", access_key_id="made-up"))
    yield "ini-ak-cut", URI, ini(section(type="access_key", access_key_id="made-up", access_key_secret="#made-up"))
    yield "ini-comment-behind-type", URI, ini(section(type="access_key # mine", **AK))
    yield "ini-quotes", URI, ini(section(type='"access_key"', **AK))
    yield "ini-colon", URI, ini(ak.replace(" = ", ": "))
    yield "ini-capitals", URI, ini(ak.replace("type", "TYPE"))
    yield "ini-section-capitals", URI, ini(ak.replace("default", "Default"))
    yield "ini-section-spaces", URI, ini(ak.replace("[default]", "[ default ]"))
    yield "ini-section-comment", URI, ini(ak.replace("[default]", "[default] # mine"))
    yield "ini-indented", URI, ini("  " + ak.replace("\n", "\n  "))
    yield "ini-percent", URI, ini(ak.replace("made-up-secret", "made%up"))
    yield "ini-percent-twice", URI, ini(ak.replace("made-up-secret", "made%%up"))
    yield "ini-percent-elsewhere", URI, ini(ak + section("other", note="100%"))
    yield "ini-key-twice", URI, ini(ak + "type = access_key\n")
    yield "ini-section-twice", URI, ini(ak + ak)
    yield "ini-without-section", URI, ini("type = access_key\n")
    yield "ini-line-without-sign", URI, ini(ak + "what is this\n")
    yield "ini-continued", URI, ini("[default]\ntype =\n  access_key\n" + ak.split("\n", 2)[2])
    yield "ini-comments", URI, ini("# one\n; two\n\n" + ak.replace("type", "# three\ntype"))
    yield "ini-byte-order-mark", URI, ini("\ufeff" + ak)
    yield "ini-windows-lines", URI, ini(ak.replace("\n", "\r\n"))
    yield "ini-null", URI, ini(ak.replace("made-up-secret", "null"))
    yield "ini-empty-file", URI, ini("")
    yield "legacy-metadata", {"ALIBABA_CLOUD_ECS_METADATA": "made-up", **URI}, {}
    yield "legacy-metadata-empty", {"ALIBABA_CLOUD_ECS_METADATA": "", **URI}, {}


def everything():
    """Every machine: a name, variables, files."""
    for group in [environments(), cli_profiles(), ini_files()]:
        yield from group
