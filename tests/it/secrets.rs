//! How well secrets are told from everything else: cases made up at test time, so that no text that looks like a secret is
//! part of the repository.

mod carriers;
mod kinds;
mod named;

use std::path::PathBuf;

use ramrole::domain::answers::Answers;
use ramrole::domain::draft::Draft;
use ramrole::domain::secret::mask_text;
use ramrole::domain::unsaved::{Masked, Unsaved};

use carriers::CARRIERS;
use kinds::{HARMLESS, Make, SECRETS};
use named::Case;

/// Numbers from a seed, the same every time.
pub struct Dice(u64);

impl Dice {
    /// A number below `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % sides
    }

    /// So many characters of an alphabet.
    pub fn text(&mut self, alphabet: &str, length: usize) -> String {
        let characters: Vec<char> = alphabet.chars().collect();
        (0..length).map(|_| characters[self.roll(characters.len())]).collect()
    }
}

/// Every kind in every carrier.
fn carried(kinds: &[(&str, Make)], dice: &mut Dice) -> Vec<Case> {
    let mut cases = Vec::new();
    for (kind, make) in kinds {
        for (carrier, carry) in CARRIERS {
            let secret = make(dice);
            let Some(document) = carry(&secret) else { continue };
            cases.push(Case { label: format!("{kind}, {carrier}"), document, secret });
        }
    }
    cases
}

fn secret_cases(dice: &mut Dice) -> Vec<Case> {
    let mut cases = carried(&SECRETS, dice);
    cases.extend(named::secrets(dice));
    cases
}

fn harmless_cases(dice: &mut Dice) -> Vec<Case> {
    let mut cases = carried(&HARMLESS, dice);
    cases.extend(named::harmless());
    cases
}

/// How many cases of one side were masked, and a line for each that was judged wrongly.
fn judge(cases: &[Case], is_secret: bool) -> (usize, Vec<String>) {
    let (mut masked, mut wrong) = (0, Vec::new());
    for case in cases {
        let shown = mask_text(&case.document);
        let is_masked = if is_secret { !shows(&shown, &case.secret) } else { shown != case.document };
        masked += usize::from(is_masked);
        if is_masked != is_secret {
            wrong.push(format!("{}: {shown}", case.label));
        }
    }
    (masked, wrong)
}

/// Whether a half of a secret is still to be seen.
fn shows(text: &str, secret: &str) -> bool {
    let line = secret.lines().max_by_key(|line| line.len()).unwrap_or_default();
    let half = line.len() / 2;
    text.contains(&line[half..])
}

#[test]
fn secrets_are_told_from_everything_else() {
    let mut dice = Dice(20_261_125);
    let (secrets, harmless) = (secret_cases(&mut dice), harmless_cases(&mut dice));
    let (found, missed) = judge(&secrets, true);
    let (alarms, false_alarms) = judge(&harmless, false);
    let (secrets, harmless) = (secrets.len(), harmless.len());
    assert!(secrets >= 1_000 && harmless >= 400, "{secrets} and {harmless} cases");
    for line in missed.iter().chain(&false_alarms) {
        println!("wrong: {}", line.replace('\n', "\\n"));
    }
    #[expect(clippy::cast_precision_loss, reason = "counts of cases are small")]
    let ratio = |part: usize, whole: usize| part as f64 / whole as f64;
    let (recall, precision) = (ratio(found, secrets), ratio(found, found + alarms));
    println!("{secrets} secrets, {harmless} others: precision {precision:.3}, recall {recall:.3}");
    assert!(recall >= 0.95 && precision >= 0.95, "precision {precision:.3}, recall {recall:.3}");
}

#[test]
fn no_kind_of_secret_reaches_a_draft() {
    let mut dice = Dice(7);
    for Case { label, document, secret } in secret_cases(&mut dice) {
        if shows(&mask_text(&document), &secret) {
            // It is one of those that the test above counts.
            continue;
        }
        let unsaved = Unsaved {
            question: "service_config".to_owned(),
            path: "service.json".to_owned(),
            masked: Masked::of(&document, ""),
        };
        let answers = Answers { project: Some(secret.clone()), ..Answers::default() };
        let mut draft = Draft::of(&answers, "/home/owl");
        draft.unsaved = Some(unsaved);
        let kept = serde_json::from_str::<serde_json::Value>(&draft.to_json()).expect("JSON");
        let text = kept["unsaved"]["text"].as_str().expect("a text");
        assert!(!shows(text, &secret), "{label}: {kept}");
    }
}

/// Files of the corpus that hold what is masked rightly.
const MASKED_FILES: [&str; 0] = [];

#[test]
fn nothing_in_public_documents_is_masked() {
    let Some(corpus) = std::env::var_os("RAMROLE_CORPUS").map(PathBuf::from) else {
        println!("skipped: RAMROLE_CORPUS is not set");
        return;
    };
    let mut files = 0;
    let mut folders: Vec<PathBuf> =
        ["service-configs", "policies", "documents"].map(|name| corpus.join(name)).into();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of the corpus") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(&corpus).expect("in the corpus").display().to_string();
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            files += 1;
            assert!(MASKED_FILES.contains(&name.as_str()) || mask_text(&text) == text, "{name}");
        }
    }
    assert!(files >= 100, "{files} files");
}
