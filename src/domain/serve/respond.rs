//! What is answered to a request. It writes nothing.

use super::Key;

/// A request, as far as it decides anything.
#[derive(Clone, Copy, Debug)]
pub struct Request<'r> {
    /// The method.
    pub method: &'r str,
    /// The path, without a query.
    pub path: &'r str,
    /// Every `Host` header, or the host of an absolute URI.
    pub hosts: &'r [&'r str],
}

/// What is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// What follows.
    pub body: Body,
    /// How the request counts.
    pub tally: Tally,
}

/// How a request counts in [`super::Counts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tally {
    /// The credential was handed out.
    Served,
    /// An error was sent.
    Refused,
    /// Nothing was handed out: the head of the answer alone, or the counts.
    Neither,
}

/// What follows the head of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// The credential.
    Credential,
    /// How often the service was used.
    Counts,
    /// Why there is none: a code and a sentence, no secret.
    Error(&'static str, &'static str),
}

impl Body {
    /// The text of an error in the shape of the platform's own: `Code` and `Message`.
    #[must_use]
    pub fn error_text(self) -> Option<String> {
        match self {
            Self::Credential | Self::Counts => None,
            Self::Error(code, message) => {
                Some(format!("{{\"Code\":\"{code}\",\"Message\":\"{message}\"}}\n"))
            }
        }
    }
}

/// Decides how to respond to a request; `is_good` is whether there is a credential that has not expired.
#[must_use]
pub fn respond(request: &Request, key: &Key, port: u16, is_good: bool) -> Reply {
    let error =
        |status, code, message| Reply { status, body: Body::Error(code, message), tally: Tally::Refused };
    // A web page that uses DNS rebinding sends its own hostname: it learns nothing, not even which paths exist.
    let [host] = request.hosts else {
        return error(400, "InvalidHost", "the request must have exactly one Host header");
    };
    if !is_ours(host, port) {
        return error(403, "InvalidHost", "the Host must be localhost, 127.0.0.1 or [::1]");
    }
    let is_for_counts = key.opens_counts(request.path);
    if !is_for_counts && !key.opens(request.path) {
        return error(404, "NotFound", "no resource at this path");
    }
    if !matches!(request.method, "GET" | "HEAD") {
        return error(405, "MethodNotAllowed", "only GET and HEAD are allowed");
    }
    if is_for_counts {
        return Reply { status: 200, body: Body::Counts, tally: Tally::Neither };
    }
    if !is_good {
        let message =
            "the credential has expired and could not be renewed; see the messages of ramrole serve";
        return error(503, "CredentialExpired", message);
    }
    let tally = if request.method == "GET" { Tally::Served } else { Tally::Neither };
    Reply { status: 200, body: Body::Credential, tally }
}

/// Whether a `Host` is a name of this machine's own, with our port or without: the Python client sends none.
fn is_ours(host: &str, port: u16) -> bool {
    let (name, own) = match host.rsplit_once(':') {
        Some((name, digits)) if !digits.contains(']') => (name, digits == port.to_string()),
        _ => (host, true),
    };
    own && (name.eq_ignore_ascii_case("localhost") || name == "127.0.0.1" || name == "[::1]")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(method: &str, path: &str, hosts: &[&str], is_good: bool) -> u16 {
        respond(&Request { method, path, hosts }, &Key::new([1; 32]), 7002, is_good).status
    }

    #[test]
    fn only_a_local_name_the_key_and_a_reading_method_are_answered() {
        let path = Key::new([1; 32]).path().to_owned();
        for host in [
            "localhost",
            "localhost:7002",
            "LocalHost:7002",
            "127.0.0.1",
            "127.0.0.1:7002",
            "[::1]",
            "[::1]:7002",
        ] {
            assert_eq!(status("GET", &path, &[host], true), 200, "{host}");
        }
        for host in [
            "",
            "localhost:7003",
            "localhost:",
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example:7002",
            "127.0.0.2",
            "::1",
            "0.0.0.0:7002",
            "localhost:7002:7002",
            "user@localhost",
            "[::1",
            "localhost:07002",
        ] {
            assert_eq!(status("GET", &path, &[host], true), 403, "{host}");
        }
        assert_eq!(status("GET", &path, &[], true), 400);
        assert_eq!(status("GET", &path, &["localhost", "localhost"], true), 400);
        assert_eq!(status("HEAD", &path, &["localhost"], true), 200);
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get"] {
            assert_eq!(status(method, &path, &["localhost"], true), 405, "{method}");
            assert_eq!(status(method, "/", &["localhost"], true), 404, "{method}");
        }
        assert_eq!(status("GET", &path, &["localhost"], false), 503);
        assert_eq!(status("GET", "/", &["localhost"], false), 404, "who has no key learns nothing");
    }

    #[test]
    fn the_counts_are_behind_the_key_and_do_not_count() {
        let key = Key::new([1; 32]);
        let counts = format!("{}/status", key.path());
        let reply =
            |method, path: &str, hosts: &[&str]| respond(&Request { method, path, hosts }, &key, 7002, false);
        let told = Reply { status: 200, body: Body::Counts, tally: Tally::Neither };
        assert_eq!(reply("GET", &counts, &["localhost"]), told, "also while the credential is over");
        assert_eq!(reply("GET", &counts, &["evil.example"]).status, 403);
        assert_eq!(reply("POST", &counts, &["localhost"]).status, 405);
        for path in
            ["/status", "/api/v1/credentials/status", &format!("{counts}/"), &format!("{counts}/status")]
        {
            assert_eq!(reply("GET", path, &["localhost"]).status, 404, "{path}");
        }
    }

    #[test]
    fn every_answer_counts_once() {
        let key = Key::new([1; 32]);
        let tally = |method, path, is_good| {
            respond(&Request { method, path, hosts: &["localhost"] }, &key, 7002, is_good).tally
        };
        assert_eq!(tally("GET", key.path(), true), Tally::Served);
        assert_eq!(tally("HEAD", key.path(), true), Tally::Neither, "no credential was sent");
        assert_eq!(tally("GET", key.path(), false), Tally::Refused);
        assert_eq!(tally("POST", key.path(), true), Tally::Refused);
        assert_eq!(tally("GET", "/", true), Tally::Refused);
    }
}
