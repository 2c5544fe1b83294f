//! Where a credential comes from: the local service's URI, or the injected file.

use std::str::FromStr;

use url::{Host, Url};

use crate::domain::catalog::Workload;
use crate::domain::text::{quoted, visible_line};

/// The variable that names the local service. Source: the platform's pages on instance roles; the official clients.
pub const URI_VARIABLE: &str = "ALIBABA_CLOUD_CREDENTIALS_URI";

/// The segments of a path that are shown; any other may be a key. Source: the paths of the platform's services for
/// credentials and of an instance's metadata.
const WELL_KNOWN: [&str; 9] =
    ["", "api", "credential", "credentials", "latest", "meta-data", "ram", "security-credentials", "status"];
/// A hidden segment that is at least this long shows its last four characters, which distinguish it from others.
const LONG: usize = 24;

/// A source of credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The local service.
    Uri(SourceUri),
    /// The injected file, by its path.
    File(String),
}

impl Source {
    /// What it is, for people.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Uri(_) => "Local service",
            Self::File(_) => "File",
        }
    }

    /// A stable word for what it is.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Uri(_) => "uri",
            Self::File(_) => "file",
        }
    }

    /// Where it is, harmless and without anything that opens it.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Uri(uri) => uri.shown(),
            Self::File(path) => visible_line(path).into_owned(),
        }
    }
}

/// The files into which the platform puts a credential, each once.
#[must_use]
pub fn files() -> Vec<&'static str> {
    let mut files: Vec<&str> = Vec::new();
    for workload in Workload::ALL {
        let file = workload.sheet().credential.file.value.as_str();
        if !files.contains(&file) {
            files.push(file);
        }
    }
    files
}

/// The URI of a service that hands out credentials: http or https. It may hold a key in its path or query, so that
/// only [`SourceUri::shown`] is for people.
#[derive(Clone, PartialEq, Eq)]
pub struct SourceUri(Url);

impl SourceUri {
    /// The URI itself.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.0
    }

    /// Whether it leads to this machine: `localhost`, 127.0.0.0/8 or `::1`, and no other name, whatever it resolves to.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        match self.0.host() {
            Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        }
    }

    /// Whether its host is the name `localhost`.
    #[must_use]
    pub fn is_named(&self) -> bool {
        matches!(self.0.host(), Some(Host::Domain(_)))
    }

    /// The port, the scheme's own where none is written.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.0.port_or_known_default().unwrap_or(80)
    }

    /// Whether a part of the URI that may be a key is not shown.
    #[must_use]
    pub fn is_hiding(&self) -> bool {
        let url = &self.0;
        let has_user = !url.username().is_empty() || url.password().is_some();
        has_user
            || url.query().is_some()
            || url.fragment().is_some()
            || !url.path().split('/').all(is_well_known)
    }

    /// The URI for people: without a user, a query, and every segment of the path that is not a well-known word.
    #[must_use]
    pub fn shown(&self) -> String {
        let port = self.0.port().map(|port| format!(":{port}")).unwrap_or_default();
        let path: Vec<String> = self.0.path().split('/').map(segment).collect();
        let query = if self.0.query().is_some() { "?…" } else { "" };
        let host = self.0.host_str().unwrap_or_default();
        visible_line(&format!("{}://{host}{port}{}{query}", self.0.scheme(), path.join("/"))).into_owned()
    }
}

fn segment(segment: &str) -> String {
    if is_well_known(segment) {
        return segment.to_owned();
    }
    let count = segment.chars().count();
    let end: String = segment.chars().skip(if count < LONG { count } else { count - 4 }).collect();
    format!("••••{end}")
}

/// Whether a segment is a well-known word, a version such as `v1`, or an index of at most three digits.
fn is_well_known(segment: &str) -> bool {
    let is_short_number =
        |text: &str| (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    WELL_KNOWN.contains(&segment) || is_short_number(segment.strip_prefix('v').unwrap_or(segment))
}

/// Why a text is not the URI of a credential service. It does not quote the text, which may hold a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the URI of a credential service, which looks like http://localhost:7002/api/v1/credentials/0")]
pub struct NotAUri;

impl FromStr for SourceUri {
    type Err = NotAUri;

    fn from_str(text: &str) -> Result<Self, NotAUri> {
        let url: Url = text.trim().parse().map_err(|_| NotAUri)?;
        let is_web = matches!(url.scheme(), "http" | "https");
        if is_web && url.host_str().is_some_and(|host| !host.is_empty()) {
            Ok(Self(url))
        } else {
            Err(NotAUri)
        }
    }
}

impl std::fmt::Debug for SourceUri {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SourceUri({})", quoted(&self.shown()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uri(text: &str) -> SourceUri {
        text.parse().expect(text)
    }

    #[test]
    fn only_this_machine_is_loopback() {
        for text in [
            "http://localhost:7002/x",
            "http://LOCALHOST/",
            "http://127.0.0.1:1/",
            "http://127.9.9.9/",
            "http://[::1]:8/",
        ] {
            assert!(uri(text).is_loopback(), "{text}");
        }
        for text in [
            "http://localhost.example.com/",
            "http://100.100.100.200/",
            "http://0.0.0.0/",
            "http://[::]/",
            "https://example.com/",
            "http://localhost@example.com/",
        ] {
            assert!(!uri(text).is_loopback(), "{text}");
        }
    }

    #[test]
    fn what_opens_the_service_is_not_shown() {
        let key = "CANARYcanaryCANARYcanaryCANARY0a1b";
        let shown = uri(&format!("http://me:CANARY@localhost:7002/{key}?token=CANARY")).shown();
        assert_eq!(shown, "http://localhost:7002/••••0a1b?…");
        assert_eq!(
            uri("http://localhost:7002/api/v1/credentials/0").shown(),
            "http://localhost:7002/api/v1/credentials/0"
        );
        assert!(!format!("{:?}", uri(&format!("http://localhost/{key}"))).contains("CANARY"));
        for (text, expected) in [
            ("http://localhost:7002/CANARY", "http://localhost:7002/••••"),
            ("http://localhost/api/v1/CANARY/0", "http://localhost/api/v1/••••/0"),
            ("http://localhost/v1CANARY/vCANARY/1234", "http://localhost/••••/••••/••••"),
            ("http://localhost/API/credentials", "http://localhost/••••/credentials"),
            ("http://localhost/%61pi", "http://localhost/••••"),
            ("http://localhost/#CANARY", "http://localhost/"),
            (
                "http://100.100.100.200/latest/meta-data/ram/security-credentials/CANARY",
                "http://100.100.100.200/latest/meta-data/ram/security-credentials/••••",
            ),
        ] {
            assert_eq!(uri(text).shown(), expected);
            assert!(uri(text).is_hiding(), "{text}");
        }
        assert!(uri("http://CANARY@localhost/").is_hiding() && uri("http://localhost/?CANARY").is_hiding());
        assert!(!uri("http://localhost:7002/api/v1/credentials/0").is_hiding());
    }

    #[test]
    fn other_schemes_are_refused_without_quoting_them() {
        for text in ["ftp://localhost/CANARY", "CANARY", "file:///CANARY", ""] {
            let said = text.parse::<SourceUri>().expect_err(text).to_string();
            assert!(!said.contains("CANARY"), "{said}");
        }
    }
}
