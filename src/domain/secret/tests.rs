//! What the detector of secrets promises to everything that masks.

use super::super::json::read;
use super::*;

#[test]
fn only_the_content_of_secrets_is_masked() {
    let text = r#"{"token":"t1","max_tokens":5,"env":[{"value":"v1","name":"DB_PASSWORD"},{"name":"A","value":"v2"}],
 "command": "serve --api-key k1", "git":{"password":"p1","repo":"https://me:pw@host/x"}, "k": "LTAI5tExampleExample1"}"#;
    let masked = mask(&read(text).expect("json"));
    assert_eq!(
        masked,
        r#"{"token":"***","max_tokens":5,"env":[{"value":"***","name":"DB_PASSWORD"},{"name":"A","value":"v2"}],
 "command": "serve --api-key ***", "git":{"password":"***","repo":"***"}, "k": "***"}"#
    );
}

#[test]
fn a_broken_line_is_masked_too() {
    let line = r#"  "token": "abc, 'password': 'x'"#;
    assert_eq!(spans_in_line(line), std::slice::from_ref(&(12..line.len())));
    assert_eq!(spans_in_line("LTAI5tExampleExample1 x"), std::slice::from_ref(&(0..21)));
}

#[test]
fn comments_and_other_spellings_of_name_and_value_are_masked() {
    let text = "[ // \"token\": \"t1\",\n {\"Value\": \"v1\", \"Key\": \"DB_PASSWORD\"},\n {\"name\": \"A\", \"name\": \"HF_TOKEN\", \"value\": \"v2\"}]";
    let masked = mask(&read(text).expect("json"));
    assert!(!["t1", "v1", "v2"].iter().any(|secret| masked.contains(secret)), "{masked}");
    assert!(masked.contains("DB_PASSWORD"), "{masked}");
}

#[test]
fn a_broken_line_hides_its_secret_whatever_is_broken() {
    for line in [
        r#""token" "CANARY""#,
        r#""token"= "CANARY""#,
        "password: CANARY",
        "“token”：“CANARY”",
        r#"it's "token": "CANARY""#,
        r#""name: "DB_PASSWORD", "value": "CANARY""#,
        r#""token": ["x", "CANARY"]"#,
        r#""repo": "https://me:CANARY@host/"#,
    ] {
        let spans = spans_in_line(line);
        let at = line.find("CANARY").expect("the canary");
        assert!(spans.iter().any(|span| span.start <= at && span.end >= at + 6), "{line}: {spans:?}");
    }
}

#[test]
fn a_key_inside_a_key_is_one_secret() {
    assert_eq!(mask_words("x LTAIaaaaLTAIaaaaaaaaaaaa y"), "x *** y");
    assert_eq!(spans_in_line("STS.LTAIaaaaaaaaaaaaaaaa").len(), 1);
}

#[test]
fn a_name_and_a_secret_in_backticks_are_one_value() {
    assert_eq!(mask_words("`hunterPASS=hunter2x` is not the ARN"), "`***` is not the ARN");
    assert_eq!(mask_words("`password` is not the ARN"), "`password` is not the ARN");
    assert_eq!(mask_words("run x --password=hunter2x now"), "run x --password=*** now");
}

#[test]
fn a_secret_of_many_lines_leaves_every_line_break() {
    let key =
        ["-----BEGIN ", "PRIVATE KEY-----\n", &"Ab3+".repeat(16), "\n-----END ", "PRIVATE KEY-----"].concat();
    let text = format!("key = [\n{key}\n]\n");
    let masked = mask_text(&text);
    assert_eq!(masked.matches('\n').count(), text.matches('\n').count());
    assert!(!masked.contains("Ab3"), "{masked}");
}

#[test]
fn what_stands_for_a_secret_is_none() {
    for value in ["YOUR_ACCESS_KEY_ID", "<access-key-id>", "****", "${AK}", "$AK", "xxx", "{{ token }}", ""] {
        assert!(is_placeholder(value), "{value}");
        let text = format!(r#"{{"access_key_id": "{value}"}}"#);
        assert_eq!(spans(&read(&text).expect("json")), Vec::<Range<usize>>::new(), "{value}");
    }
    for value in ["hunter2", "$ecretPass1", "LTAI5tExampleExample1", "example", "<a"] {
        assert!(!is_placeholder(value), "{value}");
    }
}

#[test]
fn characters_of_several_bytes_may_stand_anywhere() {
    let pieces = ["\u{85}", "\u{2001}", "\u{3000}", "：", "＝", "“", "’", "密", "\u{feff}", "e\u{301}"];
    let places = [
        "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
        "0123456789abcdef0123456789abcdef",
        "token=abc",
        "\"password\": \"abc\"",
        "https://user:pass@host/path",
        "curl -u user:pass",
        "-----BEGIN PRIVATE KEY-----",
        "Bearer abcdef0123456789",
        "<token>abc</token>",
        "name: DB_PASSWORD\nvalue: abc",
    ];
    for (piece, place) in pieces.iter().flat_map(|piece| places.map(|place| (piece, place))) {
        for at in (0..=place.len()).filter(|at| place.is_char_boundary(*at)) {
            let text = [&place[..at], piece, &place[at..]].concat();
            for text in [text.clone(), serde_json::json!([{ "k": text }, text]).to_string()] {
                let (masked, words) = (mask_text(&text), mask_words(&text));
                assert!(!masked.is_empty() && !words.is_empty(), "{text}");
            }
        }
    }
}
