//! The rules about live credentials, beside those about documents.

use crate::domain::finding::{Rule, Severity, rows};

const CLIENTS: &str = "official credential clients, measured: Python 1.0.12; sources of Go, Node, Java";
const SAMPLE: &str =
    "https://www.alibabacloud.com/help/en/pai/user-guide/configure-the-dlc-ram-role (sample response)";
const PRACTICE: &str = "unconfirmed: good practice, not a rule of the platform";

rows! {
    MISSING_COMMA "credential-missing-comma" Warning SAMPLE;
        "a comma is missing between two members of the credential"
        "The platform's own sample has this mistake. No client reads such a text; ramrole does."
        "if this is a file of your own, put the comma in; if the platform wrote it, report it"
    NAMES "credential-names" Warning CLIENTS;
        "the members of the credential are not spelled as clients read them"
        "Clients look for AccessKeyId, AccessKeySecret, SecurityToken, Expiration and Code, capitals included."
        "write the names as the platform does"
    CODE_MISSING "credential-code-missing" Warning CLIENTS;
        "the local service's answer has no Code"
        "The Python and Java clients take an answer for a failure unless its Code is Success."
        "let whatever answers there add \"Code\": \"Success\""
    NO_EXPIRATION "credential-no-expiration" Warning CLIENTS;
        "the credential does not say when it ends"
        "No client caches it, and nobody can tell when it will be refused."
        "let whatever wrote it add Expiration, such as 2026-11-25T14:44:48Z"
    EXPIRATION_FORM "credential-expiration-form" Warning CLIENTS;
        "Expiration is not written as clients read it"
        "The Python clients read exactly 2026-11-25T14:44:48Z: no fraction, no offset. Anything else ends in a ValueError."
        "write whole seconds and Z"
    READABLE "credential-readable" Warning PRACTICE;
        "other users may read the credential file"
        "Whoever reads it has the role until it ends."
        "chmod 600 the file if it is yours; in a container with one user it harms nobody"
    NEAR_END "credential-near-end" Note CLIENTS;
        "less than 15 minutes are left"
        "From here the Python, Node and Java clients ask the local service at every call; Go still uses its copy."
        "nothing, if it is renewed as usual"
    ENDING "credential-ending" Warning CLIENTS;
        "less than 3 minutes are left"
        "The Go client and Python's old provider renew only now. A call that takes longer may be refused."
        "watch whether it is renewed"
    EXPIRED "credential-expired" Error CLIENTS;
        "the credential has ended"
        "Every call with it is refused, mostly as InvalidSecurityToken.Expired."
        "see whether the role is still associated and the local service runs; restart the instance if it does not come back"
    NOT_RENEWED "credential-not-renewed" Error PRACTICE;
        "the credential should have been renewed by now"
        "It is nearer to its end than it ever was, and nothing new has come."
        "see whether the role still exists and still trusts the service"
    DIFFERENT "credential-different" Warning PRACTICE;
        "two sources hold different credentials"
        "One of them may be behind by a renewal; if they stay different, code that reads one may fail while the other works."
        "compare their ends; read again in a minute"
    CLOCK "credential-clock" Warning PRACTICE;
        "this machine's clock is off"
        "Clients compare Expiration with it, and sign with it: a request more than 15 minutes off is refused."
        "set the clock, for instance with chrony or ntpd"
    UNREADABLE "credential-unreadable" Error CLIENTS;
        "a source of credentials cannot be read"
        "Code that asks there gets no credential."
        "see what it says"
}
