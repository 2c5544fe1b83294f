//! The rules about which source of credentials wins, beside those about documents.

use crate::domain::finding::{Rule, Severity, rows};

const CLIENTS: &str = "sources of the official clients (ramrole credential --who --format json names them); Python 1.0.12 and Node 2.4.7 compared by test";

rows! {
    SHADOWED "credential-shadowed" Warning CLIENTS;
        "something stands before the instance's role"
        "Clients take the first credential that they find. Keys, tokens and profiles come before the credential URI, and nothing says so when they are taken."
        "remove it, or switch it off"
    CHAIN_ENDS "credential-chain-ends" Warning CLIENTS;
        "a client fails before it asks for the instance's role"
        "Most clients go on to the next source when one is broken. These end with an error."
        "mend it, or remove it"
    PROXY "credential-proxy" Warning "alibabacloud-tea 0.4.3, Tea/core.py; compared by test";
        "the local service is asked through a proxy"
        "The Python clients send every http: request through HTTP_PROXY, that to the local service too, and do not heed NO_PROXY. The proxy cannot reach it."
        "unset HTTP_PROXY http_proxy; HTTPS_PROXY may stay"
    METADATA_FIRST "credential-metadata-first" Note CLIENTS;
        "the metadata service of ECS is asked before the credential URI"
        "On an ECS instance with a RAM role of its own, that role wins. Elsewhere it costs a second or more."
        "export ALIBABA_CLOUD_ECS_METADATA_DISABLED=true"
    CLI_PROFILE "credential-cli-profile" Note CLIENTS;
        "the aliyun CLI takes the credential URI only from a profile"
        "It looks at ALIBABA_CLOUD_CREDENTIALS_URI only where its profile has the mode CredentialsURI."
        "aliyun configure --profile role --mode CredentialsURI"
    NO_URI "credential-no-uri" Note CLIENTS;
        "no credential URI is set"
        "Without ALIBABA_CLOUD_CREDENTIALS_URI no client asks for the instance's role."
        "associate a role with the workload; inside it the platform sets the variable"
}
