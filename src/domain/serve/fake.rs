//! Made-up credentials, well-formed and plainly fake, and the bad days that one's own code can be tried against.

use jiff::SignedDuration;

use crate::domain::credential::{Answer, Credential, Parsed, Secret};
use crate::domain::moment::Moment;

/// A bad day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The body comes a byte at a time.
    Drip,
    /// The body is cut off in the middle.
    Malformed,
}

/// A made-up credential that lives so long; `number` tells it from the others, `bits` are random.
#[must_use]
pub fn fake(number: u64, bits: [u8; 8], ttl: SignedDuration, now: Moment) -> Answer {
    let random = u64::from_be_bytes(bits);
    let end = now.wall.saturating_add(ttl).ok();
    let credential = Credential {
        access_key_id: Secret::new(format!("STS.RamroleFake{number:04}x{:08x}", random >> 32)),
        access_key_secret: Secret::new(format!("ramrole-fake-secret-{random:016x}")),
        security_token: Secret::new(format!("ramrole-fake-token-{}", format!("{random:016x}").repeat(40))),
        // Whole seconds, as the clients read them.
        expiration: end.and_then(|end| jiff::Timestamp::from_second(end.as_second()).ok()),
    };
    Answer { parsed: Parsed { credential, has_code: true, findings: Vec::new() }, date: None, stamp: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::credential::{Form, parse, utc};

    #[test]
    fn a_made_up_credential_reads_as_a_real_one() {
        let now =
            Moment { wall: "2026-11-25T14:02:31.75Z".parse().expect("a time"), steady: SignedDuration::ZERO };
        let made = fake(1, [7; 8], SignedDuration::from_hours(1), now).parsed.credential;
        assert_eq!(made.expiration.map(utc).as_deref(), Some("2026-11-25T15:02:31Z"));
        let parsed = parse(Form::Json.write(&made).as_bytes()).expect("a credential");
        assert_eq!((parsed.credential, parsed.findings.len(), parsed.has_code), (made.clone(), 0, true));
        assert_ne!(fake(2, [8; 8], SignedDuration::from_hours(1), now).parsed.credential, made);
    }
}
