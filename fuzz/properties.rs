//! What must hold of any input, for the fuzz targets and for the smoke test in `tests/it/fuzz.rs`: each panics where it
//! does not hold.

use ramrole::domain::chain::{Client, Environment, Evidence, Reading, findings, report, resolve};
use ramrole::domain::credential::{Form, LARGEST, parse};
use ramrole::domain::explain::explain;
use ramrole::domain::secret;
use ramrole::domain::text::steers_a_terminal;

/// A made-up secret that no report may hold.
const CANARY: &str = "made-up-canary";

/// What panics where it does not hold of some bytes.
type Property = fn(&[u8]);

/// Every property with its name, which is that of its fuzz target.
#[allow(dead_code, reason = "a fuzz target uses one property alone")]
pub const ALL: [(&str, Property); 4] =
    [("credential", credential), ("mask", mask), ("profile", profile), ("explain", explained)];

/// A credential that is read can be written and is read back the same; a refusal quotes nothing that steers a terminal.
pub fn credential(input: &[u8]) {
    match parse(input) {
        Ok(parsed) => {
            assert!(input.len() <= LARGEST);
            assert!(parsed.findings.iter().all(|finding| is_harmless(&finding.message)));
            let text = Form::Json.write(&parsed.credential);
            let again = parse(text.as_bytes()).expect("what was written is read");
            assert_eq!(again.credential, parsed.credential);
        }
        Err(trouble) => assert!(is_harmless(&trouble.to_string()), "{trouble}"),
    }
}

/// Masking keeps the lines, masks once and for all, and its spans are in order and apart.
pub fn mask(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let spans = secret::spans_in_text(&text);
    assert!(spans.iter().all(|span| !span.is_empty() && text.get(span.clone()).is_some()), "{spans:?}");
    assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start), "{spans:?}");
    let masked = secret::mask_text(&text);
    assert_eq!(masked.is_empty(), text.is_empty());
    for line in text.lines() {
        let words = secret::mask_words(line);
        assert!(!words.contains('\n'), "{words:?}");
    }
}

/// Any files of the official clients are read as every client reads them, and no secret of theirs is reported.
pub fn profile(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let (files, variables) = text.split_once('\0').unwrap_or((&text, ""));
    let variable = |name: &str| {
        let mut pairs = variables.lines().filter_map(|line| line.split_once('='));
        pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
    };
    // Every ini file begins with a secret that is plainly one; whatever follows cannot make it anything else.
    let read = |path: &str| match path {
        _ if path.ends_with("missing") => Reading::Missing,
        _ if path.ends_with("/config.json") => Reading::Text(files.to_owned()),
        _ => Reading::Text(format!("[canary]\naccess_key_secret = {CANARY}\n{files}")),
    };
    let environment = Environment::of(|name| match name {
        "HOME" => Some("/home/owl".into()),
        _ => variable(name),
    });
    let seen = Evidence::gather(environment, None, read, |path| path.len() % 2 == 0);
    for client in Client::ALL {
        let chain = format!("{:?}", resolve(client, &seen));
        assert!(!chain.contains(CANARY), "{chain}");
    }
    assert!(!report::text(&seen).contains(CANARY));
    assert!(findings(&seen).iter().all(|finding| is_harmless(&finding.message)));
}

/// An explanation of any text can be shown, and is the same for the same text.
pub fn explained(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let shown = serde_json::to_string(&explain(&text, None)).expect("an explanation is JSON");
    assert_eq!(shown, serde_json::to_string(&explain(&text, None)).expect("an explanation is JSON"));
}

fn is_harmless(line: &str) -> bool {
    !line.chars().any(steers_a_terminal)
}
