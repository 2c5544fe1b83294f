//! Our reader accepts what `serde_json` accepts, apart from what it says it does differently.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ramrole::domain::json::{SyntaxErrorKind, read};
use serde::de::IgnoredAny;

fuzz_target!(|text: &str| {
    let theirs = serde_json::from_str::<IgnoredAny>(text).is_ok();
    match read(text) {
        Ok(document) => {
            let strict = document.first_comment().is_none()
                && document.first_trailing_comma().is_none()
                && !document.has_byte_order_mark();
            assert_eq!(strict, theirs);
            assert_eq!(document.first_comment(), document.comments().next().map(|comment| comment.start));
            for value in document.root().descendants() {
                let _ = value.as_str();
                if strict && value.span() == document.root().span() && document.root().as_str().is_some() {
                    let content: String = serde_json::from_str(text).expect("a string");
                    assert!(value.is_str(&content));
                }
            }
        }
        Err(error) => {
            let restricted = matches!(error.kind, SyntaxErrorKind::TooDeep | SyntaxErrorKind::LoneSurrogate);
            assert!(restricted || !theirs, "{error}");
            assert!(text.get(error.span.clone()).is_some(), "{:?}", error.span);
            let picture = ramrole::domain::picture::picture(text, &error.span);
            assert!(!picture.excerpt.chars().any(ramrole::domain::text::steers_a_terminal));
        }
    }
});
