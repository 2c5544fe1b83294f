//! What a hostile document costs: memory stays bounded, and what is not shown is counted.

use std::process::Stdio;
use std::time::Duration;

use ramrole::domain::picture::picture;
use ramrole::domain::secret;

use crate::processor_time::processor_time;
use crate::program::{RAMROLE, clean};

/// Documents of about 10 MB in which nearly every member is a finding.
fn hostile_documents() -> [(&'static str, String); 4] {
    let list = |item: &str| vec![item; 10_000_000 / (item.len() + 1)].join(",");
    let statements = list(r#"{"Effect":"Alow","Action":7}"#);
    let variables = list(r#"{"name":"ACCESS_KEY_ID","value":"a1"}"#);
    [
        ("one-object.json", format!("{{{}}}", list(r#""a":1"#))),
        ("many-objects.json", format!("[{}]", list(r#"{"a":1,"a":2}"#))),
        ("statements.json", format!(r#"{{"Version":"1","Statement":[{statements}]}}"#)),
        ("variables.json", format!(r#"{{"containers":[{{"env":[{variables}]}}]}}"#)),
    ]
}

/// Runs a command and prints its peak memory in KiB.
const PEAK: &str = "import resource, subprocess, sys\n\
                    subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n\
                    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)";

#[test]
fn a_document_full_of_findings_stays_under_200_mb() {
    if !cfg!(target_os = "linux") {
        eprintln!("skipped: only Linux reports the peak memory in KiB");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in hostile_documents() {
        std::fs::write(folder.path().join(name), text).expect("written");
        for arguments in [
            &["check", name][..],
            &["check", "--format", "sarif", name],
            &["service-config", name, "--role", "default", "--format", "json"],
            &["trust-policy", "eas", "--merge", name],
        ] {
            let mut python = clean("python3", folder.path());
            let Ok(output) =
                python.args(["-c", PEAK, RAMROLE]).args(arguments).stderr(Stdio::inherit()).output()
            else {
                eprintln!("skipped: python3 is not installed");
                return;
            };
            let peak: u64 = String::from_utf8_lossy(&output.stdout).trim().parse().expect("a number of KiB");
            assert!(peak < 200_000, "{name} {arguments:?}: {peak} KiB");
        }
    }
}

#[test]
fn what_is_not_shown_is_counted_and_still_fails() {
    let folder = tempfile::tempdir().expect("a folder");
    let many = vec![r#"{"Effect":"Alow","Action":"oss:GetObject","Resource":"*"}"#; 1_500].join(",");
    let text = format!(r#"{{"Version":"1","Statement":[{many}]}}"#);
    std::fs::write(folder.path().join("many.json"), text).expect("written");
    let output = crate::program::ramrole(["check", "--format", "json", "many.json"], folder.path());
    assert_eq!(output.status.code(), Some(1));
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let file = &answer["files"][0];
    let shown = file["findings"].as_array().expect("findings").len();
    assert_eq!(shown, 1_000);
    let summary =
        ["errors", "warnings", "notes"].map(|name| answer["summary"][name].as_u64().expect("a count"));
    let left_out = file["findings_left_out"].as_u64().expect("a count");
    assert_eq!(summary.iter().sum::<u64>(), 1_000 + left_out);
    assert!(summary[0] >= 1_500, "{summary:?}");
    let output = crate::program::ramrole(["check", "many.json"], folder.path());
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.ends_with(&format!("many.json: {left_out} more findings are not shown\n")), "{text}");
}

/// Texts that make a masker look again and again, of about this many bytes.
fn adversarial_texts(bytes: usize) -> Vec<(&'static str, String)> {
    let begin = ["-----BEGIN ", "PRIVATE KEY-----\n"].concat();
    let pieces: [(&str, &str); 42] = [
        ("assignments", "token="),
        ("colons", ":"),
        ("equals", "="),
        ("quoted names", "\"token\":"),
        ("nested objects", "{\"token\":"),
        ("blocks without an end", &begin),
        ("schemes", "https://"),
        ("logins", "a:b@"),
        ("keys", "LTAI"),
        ("one word", "x"),
        ("dashes", "sk-"),
        ("values", "value "),
        ("escapes", "\\\""),
        ("tokens", "eyJ."),
        ("options", "-p "),
        ("lines", "password:\n"),
        ("broken lines", "  \"line\": 1,\n"),
        ("open strings", "token=\""),
        ("escaped strings", "token=\"\\\""),
        ("spaced assignments", "password: "),
        ("wide signs", "："),
        ("statements", "identified by "),
        ("URLs with logins", "http://a:b@"),
        ("commands", "docker login -p "),
        ("addresses", "://"),
        ("prefixes", "ghp_"),
        ("tags", "<password>"),
        ("open tags", "<a "),
        ("ends of tags", ">"),
        ("hints", "key="),
        ("hints in quotes", "auth='"),
        ("encoded signs", "password%3D"),
        ("percent signs", "%"),
        ("names of pairs", "name=DB_PASSWORD "),
        ("pairs", "\"name\":\"DB_PASSWORD\",\"value\":"),
        ("pipes", "echo a | "),
        ("readers of pipes", "echo a | chpasswd "),
        ("quoted options", "\"-p\","),
        ("paths", "https://h/a"),
        ("hashes", "$6$"),
        ("data", "base64,"),
        ("lines of passwords", "a:12:b:c:"),
    ];
    pieces.map(|(name, piece)| (name, piece.repeat(bytes / piece.len()))).into()
}

/// A text as it can stand in a document: by itself, in one string, in a list of strings, and in a comment.
fn carried(text: &str) -> [String; 4] {
    let words: Vec<&str> = text.split_inclusive(' ').collect();
    let comment = format!("{{}}\n// {}\n", text.replace('\n', " "));
    let json = |value| serde_json::json!({ "script": value }).to_string();
    [text.to_owned(), json(serde_json::json!(text)), json(serde_json::json!(words)), comment]
}

/// One run of everything that masks.
fn masking(text: &str) -> Duration {
    let start = processor_time();
    let masked = secret::mask_text(text).len() + secret::mask_words(text).len();
    let spans = secret::spans_in_line(text.split('\n').next().unwrap_or_default()).len();
    let picture = picture(text, &(text.len() / 2..text.len() / 2 + 1));
    assert!(masked + spans + picture.length > 0);
    processor_time().saturating_sub(start)
}

/// Some systems count processor time in steps of this length.
const CLOCK_STEP: Duration = Duration::from_millis(4);

/// Ten times the text may take this many times as long.
const LONGEST: f64 = 12.0;

/// How many times as long the long text takes. Other programs slow down some runs, so the two are measured one after
/// the other until the ratio is small enough: that of an algorithm that is not linear never is.
fn ratio(short: &str, long: &str) -> f64 {
    let round = || {
        let short = (0..3).map(|_| masking(short)).min().expect("three runs");
        masking(long).as_secs_f64() / (short + CLOCK_STEP).as_secs_f64()
    };
    let mut best = f64::INFINITY;
    for _ in 0..10 {
        best = best.min(round());
        if best < LONGEST {
            break;
        }
    }
    best
}

#[test]
fn masking_is_linear_in_the_text() {
    // A debug build is a tenth as fast; the ratio is the same.
    let small = if cfg!(debug_assertions) { 10_000 } else { 1_000_000 };
    let texts = adversarial_texts(small).into_iter().zip(adversarial_texts(10 * small));
    for ((name, short), (_, long)) in texts {
        for (carrier, (short, long)) in carried(&short).into_iter().zip(carried(&long)).enumerate() {
            let ratio = ratio(&short, &long);
            println!("{name} ({carrier}): ten times {small} bytes take {ratio:.1} times as long");
            assert!(ratio < LONGEST, "{name} ({carrier}): {ratio:.1} times as long");
        }
    }
}

#[test]
#[cfg_attr(debug_assertions, ignore = "the bound is that of a release build")]
fn a_megabyte_of_assignments_is_masked_at_once() {
    let text = "token=".repeat(1_000_000 / 6);
    let once = || {
        let start = processor_time();
        assert!(!secret::mask_text(&text).is_empty());
        processor_time().saturating_sub(start)
    };
    let best = (0..5).map(|_| once()).min().expect("five runs");
    println!("1 MB of assignments: {best:?}");
    assert!(best < Duration::from_millis(50), "{best:?}");
}
