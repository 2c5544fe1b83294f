//! What a long text costs.

use std::time::Duration;

use ramrole::domain::explain::explain;

use crate::processor_time::processor_time;

/// Texts of about 10 MB: a log, and some that make the search look again and again.
fn texts() -> [(&'static str, String); 6] {
    let repeated = |piece: &str| piece.repeat(10_000_000 / piece.len());
    [
        (
            "a log",
            repeated("2026-11-24 02:11:09 INFO step 41: loss 0.31, uploaded oss://models/night/epoch-3.pt\n"),
        ),
        ("marks", repeated("aliyun acs: arn:aws ")),
        ("starts of templates", repeated("get credentials from http ")),
        ("codes", repeated("NoPermission AccessDenied Forbidden ")),
        ("fields", repeated("\"Action\": \"oss:GetObject\", \"Resource\": \"acs:oss:*:*:models\", ")),
        ("escapes", repeated("\\\\\\\"&amp;quot;\\u0041")),
    ]
}

#[test]
#[cfg_attr(debug_assertions, ignore = "the bound is that of a release build")]
fn ten_megabytes_are_explained_at_once() {
    let once = |text: &str| {
        let start = processor_time();
        let explanation = explain(text, None);
        assert!(explanation.matches.len() < 100);
        processor_time().saturating_sub(start)
    };
    for (name, text) in texts() {
        let best = (0..5).map(|_| once(&text)).min().expect("five runs");
        println!("10 MB of {name}: {best:?}");
        assert!(best < Duration::from_millis(200), "{name}: {best:?}");
    }
}
