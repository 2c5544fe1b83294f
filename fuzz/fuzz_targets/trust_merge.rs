//! A merge into any text: what comes out can be read, trusts the service, and merges to itself; a document that
//! is refused is refused with a reason.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ramrole::domain::json::read;
use ramrole::domain::policy::Policy;
use ramrole::domain::trust_policy::merge;

const SERVICE: &str = "eas.pai.aliyuncs.com";

fuzz_target!(|text: &str| {
    let edit = match merge(text, SERVICE) {
        Ok(edit) => edit,
        Err(findings) => return assert!(!findings.is_empty()),
    };
    let document = read(&edit.after).expect("a merge can be read");
    let trusts = Policy(document.root()).statements().any(|statement| {
        let named = statement.principals("Service").any(|value| value.is_str(SERVICE));
        named && statement.has_effect("Allow") && !statement.is_conditional() && statement.covers("sts:AssumeRole")
    });
    assert!(trusts, "{}", edit.after);
    assert_eq!(merge(&edit.after, SERVICE).expect("a merge merges again").after, edit.after);
    let _ = edit.diff("policy.json");
});
