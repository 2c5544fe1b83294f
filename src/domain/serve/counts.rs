//! How often the service was used; contains no part of a credential.

use super::respond::Tally;

/// How often the service was used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Requests that were answered with the credential.
    pub served: u64,
    /// Requests that were answered with an error.
    pub refused: u64,
    /// Connections that were closed unread, because they belong to another user.
    pub strangers: u64,
}

impl Counts {
    /// Counts a request.
    pub fn add(&mut self, tally: Tally) {
        match tally {
            Tally::Served => self.served += 1,
            Tally::Refused => self.refused += 1,
            Tally::Neither => (),
        }
    }

    /// The counts as a JSON object on one line; `expires` is when the credential expires.
    #[must_use]
    pub fn json(&self, expires: Option<&str>) -> String {
        let Self { served, refused, strangers } = self;
        let status = serde_json::json!({
            "served": served, "refused": refused, "refused_connections": strangers, "expires": expires,
        });
        format!("{status}\n")
    }

    /// The counts as a sentence. It omits refused requests and closed connections if there were none.
    #[must_use]
    pub fn told(&self) -> String {
        let number = |count: u64, one: &str, many: &str| match count {
            1 => format!("1 {one}"),
            _ => format!("{count} {many}"),
        };
        let refused = match self.refused {
            0 => String::new(),
            count => format!(", refused {}", number(count, "request", "requests")),
        };
        let strangers = match self.strangers {
            0 => String::new(),
            count => format!(", closed {} from other users", number(count, "connection", "connections")),
        };
        format!("served {}{refused}{strangers}", number(self.served, "request", "requests"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_told_in_numbers_alone() {
        let mut counts = Counts::default();
        assert_eq!(counts.told(), "served 0 requests");
        counts.add(Tally::Served);
        counts.add(Tally::Neither);
        assert_eq!(counts.told(), "served 1 request");
        counts.add(Tally::Served);
        counts.add(Tally::Refused);
        counts.strangers = 3;
        assert_eq!(
            counts.told(),
            "served 2 requests, refused 1 request, closed 3 connections from other users"
        );
        let json = counts.json(Some("2026-11-25T01:00:00Z"));
        let expected =
            "{\"served\":2,\"refused\":1,\"refused_connections\":3,\"expires\":\"2026-11-25T01:00:00Z\"}\n";
        assert_eq!(json, expected);
        assert!(counts.json(None).contains("\"expires\":null"));
    }
}
