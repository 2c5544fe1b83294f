//! Credentials as the wild writes them, compared and taken away.

mod clock;
mod roots;
mod screen;
pub mod service;
mod traces;

use jiff::{SignedDuration, Timestamp};
use ramrole::domain::credential::{
    Answer, Form, Reading, Source, Trouble, Watch, findings, parse, utc, verdict,
};
use ramrole::domain::moment::Moment;

/// What a text says, in any order of members.
pub fn answer(text: &str) -> Answer {
    Answer { parsed: parse(text.as_bytes()).expect(text), date: None, stamp: None }
}

/// A well-formed answer that ends at a time; `number` tells one credential from another.
pub fn body(end: Timestamp, number: u32) -> String {
    format!(
        "{{\n  \"Code\": \"Success\",\n  \"AccessKeyId\": \"STS.MadeUpForTests{number:04}\",\n  \
         \"AccessKeySecret\": \"made-up-secret-{number}\",\n  \"SecurityToken\": \"made-up-token-{number}\",\n  \
         \"Expiration\": \"{}\"\n}}\n",
        utc(end)
    )
}

pub fn time(text: &str) -> Timestamp {
    text.parse().expect(text)
}

fn seconds(count: i64) -> SignedDuration {
    SignedDuration::from_secs(count)
}

/// The local service of an instance.
pub fn service() -> Source {
    Source::Uri("http://localhost:7002/api/v1/credentials/0".parse().expect("a URI"))
}

fn codes(text: &str) -> Vec<&'static str> {
    parse(text.as_bytes()).expect(text).findings.iter().map(|finding| finding.rule.code).collect()
}

fn with_expiration(written: &str) -> String {
    format!(
        "{{\"Code\":\"Success\",\"AccessKeyId\":\"STS.a\",\"AccessKeySecret\":\"b\",\"SecurityToken\":\"c\",\"Expiration\":{written}}}"
    )
}

#[test]
fn the_documents_sample_without_its_comma_is_read_and_said() {
    let sample = "{\n\"Code\": \"Success\",\n\"AccessKeyId\": \"STS.x\",\n\"AccessKeySecret\": \"y\",\n\
                  \"SecurityToken\": \"z\"\n\"Expiration\": \"2024-05-21T10:39:29Z\"\n}";
    assert_eq!(codes(sample), ["credential-missing-comma"]);
    let parsed = parse(sample.as_bytes()).expect("a credential");
    assert_eq!(parsed.credential.expiration.map(utc).as_deref(), Some("2024-05-21T10:39:29Z"));
    assert!(parsed.findings[0].message.contains("line 5"), "{:?}", parsed.findings);
}

#[test]
fn what_the_wild_has_is_read_and_what_clients_would_not_read_is_said() {
    let end = |written: &str| {
        parse(with_expiration(written).as_bytes()).expect(written).credential.expiration.map(utc)
    };
    let plain = Some("2026-11-25T14:44:48Z".to_owned());
    for (written, odd) in [
        ("\"2026-11-25T14:44:48Z\"", None),
        ("\"2026-11-25T14:44:48.125Z\"", Some("credential-expiration-form")),
        ("\"2026-11-25T22:44:48+08:00\"", Some("credential-expiration-form")),
        ("\"2026-11-25t14:44:48z\"", Some("credential-expiration-form")),
        ("\"2026-11-25 14:44:48\"", Some("credential-expiration-form")),
        ("1795617888", Some("credential-expiration-form")),
        ("1795617888000", Some("credential-expiration-form")),
    ] {
        assert_eq!(end(written), plain, "{written}");
        assert_eq!(codes(&with_expiration(written)), odd.into_iter().collect::<Vec<_>>(), "{written}");
    }
    // A leap second is the end of its minute.
    assert_eq!(end("\"2016-12-31T23:59:60Z\"").as_deref(), Some("2016-12-31T23:59:59Z"));
    for written in ["\"\"", "null", "\"soon\"", "{}", "\"2026-13-45T00:00:00Z\""] {
        assert_eq!(end(written), None, "{written}");
        assert_eq!(codes(&with_expiration(written)), ["credential-no-expiration"], "{written}");
    }
    let lower = r#"{"accesskeyid":"STS.a","access_key_secret":"b","securityToken":"c","expiration":"2026-11-25T14:44:48Z"}"#;
    assert_eq!(codes(lower), ["credential-names"]);
    assert_eq!(
        codes(&format!("\u{feff}{}", with_expiration("\"2026-11-25T14:44:48Z\""))),
        ["json-byte-order-mark"]
    );
    assert_eq!(
        codes("{\"AccessKeyId\":\"a\",\"AccessKeySecret\":\"b\",\"SecurityToken\":\"c\",}"),
        ["credential-no-expiration", "json-trailing-comma"]
    );
}

#[test]
fn what_is_no_credential_is_refused_with_its_reason() {
    let refused = |text: &[u8]| parse(text).expect_err("no credential").code();
    assert_eq!(refused(b""), "empty");
    assert_eq!(refused(b" \n\xef\xbb\xbf"), "empty");
    assert_eq!(refused(b"<!DOCTYPE html><title>Sign in</title>"), "html");
    assert_eq!(refused(&[0xff, 0xfe, 0x00]), "not-text");
    assert_eq!(refused(b"[1]"), "not-an-object");
    assert_eq!(refused(b"{\"AccessKeyId\": \"x\", ..."), "not-json");
    assert_eq!(refused(&vec![b' '; 65_537]), "too-large");
    assert_eq!(
        parse(b"{\"AccessKeyId\":\"a\",\"SecurityToken\":\"\"}").expect_err("incomplete").to_string(),
        "it lacks AccessKeySecret, SecurityToken"
    );
    let failed =
        r#"{"Code":"NoPermission","Message":"role x is not trusted\u001b[31m","AccessKeySecret":"hush"}"#;
    assert_eq!(
        parse(failed.as_bytes()).expect_err("refused").to_string(),
        "it answered NoPermission: role x is not trusted␛[31m"
    );
}

#[test]
fn a_refusal_repeats_no_secret_of_its_answer() {
    let text = r#"{"Code":"Failed","Message":"cannot sign with CANARYsecret for STS.CANARYcanary0001, token=CANARYtok, CANARY0123456789abcdefCANARY",
        "AccessKeyId":"STS.CANARYcanary0001","AccessKeySecret":"CANARYsecret"}"#;
    let said = parse(text.as_bytes()).expect_err("refused").to_string();
    assert!(!said.contains("CANARY"), "{said}");
    assert!(said.contains("cannot sign with *** for"), "{said}");
}

#[test]
fn two_sources_are_compared() {
    let now = Moment { wall: time("2026-11-25T00:00:00Z"), steady: seconds(0) };
    let file = Source::File("/mnt/.alibabacloud/credentials".to_owned());
    let mut watch = Watch::new(vec![service(), file], now);
    let end = now.wall + seconds(3_000);
    let read = |number| Some(Reading { at: now, result: Ok(answer(&body(end, number))) });
    watch.take(0, read(1), now);
    watch.take(1, read(1), now);
    assert_eq!((watch.is_same(0), watch.is_same(1)), (None, Some(true)));
    watch.take(1, read(2), now);
    assert_eq!(watch.is_same(1), Some(false));
    assert_eq!(findings(&watch, 1, now)[0].rule.code, "credential-different");
    watch.take(1, Some(Reading { at: now, result: Err(Trouble::Empty) }), now);
    assert!(verdict(&watch, seconds(0), now).expect_err("unreadable").contains("it is empty"));
}

#[test]
fn a_credential_is_taken_away_in_the_forms_of_others() {
    let credential = answer(&body(time("2026-11-25T14:44:48Z"), 1)).parsed.credential;
    let written = |form: Form| form.write(&credential).to_string();
    assert_eq!(
        written(Form::Shell),
        "export ALIBABA_CLOUD_ACCESS_KEY_ID=STS.MadeUpForTests0001\n\
         export ALIBABA_CLOUD_ACCESS_KEY_SECRET=made-up-secret-1\n\
         export ALIBABA_CLOUD_SECURITY_TOKEN=made-up-token-1\n"
    );
    assert_eq!(written(Form::Json), body(time("2026-11-25T14:44:48Z"), 1));
    assert_eq!(parse(written(Form::Json).as_bytes()).expect("reads back").credential, credential);
    assert_eq!(
        written(Form::Ini),
        "[default]\n# ends 2026-11-25T14:44:48Z\naccessKeyID=STS.MadeUpForTests0001\n\
         accessKeySecret=made-up-secret-1\nstsToken=made-up-token-1\n"
    );
}

#[test]
fn a_hostile_secret_stays_one_word_wherever_it_is_pasted() {
    let text = r#"{"AccessKeyId":"a'$(id)`id`","AccessKeySecret":"b\n[evil]\nkey=1","SecurityToken":"c\u001b]52;c;x\u0007\"","Expiration":""}"#;
    let credential = answer(text).parsed.credential;
    let script = format!(
        "{}\nprintf %s \"$ALIBABA_CLOUD_ACCESS_KEY_ID|$ALIBABA_CLOUD_ACCESS_KEY_SECRET\"",
        &*Form::Shell.write(&credential)
    );
    let output = crate::program::shell(&script, std::path::Path::new("/"));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "a'$(id)`id`|b\n[evil]\nkey=1");
    assert_eq!(Form::Ini.write(&credential).lines().count(), 4);
    assert_eq!(parse(Form::Json.write(&credential).as_bytes()).expect("reads back").credential, credential);
}
