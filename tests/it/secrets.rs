//! How well secrets are told from everything else: cases made up at test time, so that no text that looks like a secret is
//! part of the repository.

mod carriers;
mod kinds;

use ramrole::domain::answers::Answers;
use ramrole::domain::secret::mask_text;
use ramrole::tui::draft::Draft;
use ramrole::tui::unsaved::{Masked, Unsaved};

use carriers::CARRIERS;
use kinds::{HARMLESS, Make, SECRETS};

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

/// What became of the cases of one side: how many were masked, and a line for each that was judged wrongly.
fn judge(kinds: &[(&str, Make)], is_secret: bool, dice: &mut Dice) -> (usize, usize, Vec<String>) {
    let (mut count, mut masked, mut wrong) = (0, 0, Vec::new());
    for (kind, make) in kinds {
        for (carrier, carry) in CARRIERS {
            let value = make(dice);
            let Some(document) = carry(&value) else { continue };
            let shown = mask_text(&document);
            let is_masked = if is_secret { !shows(&shown, &value) } else { shown != document };
            count += 1;
            masked += usize::from(is_masked);
            if is_masked != is_secret {
                wrong.push(format!("{kind}, {carrier}: {shown}"));
            }
        }
    }
    (count, masked, wrong)
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
    let (secrets, found, missed) = judge(&SECRETS, true, &mut dice);
    let (harmless, alarms, false_alarms) = judge(&HARMLESS, false, &mut dice);
    assert!(secrets >= 150 && harmless >= 150, "{secrets} and {harmless} cases");
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
    for (kind, make) in SECRETS {
        for (carrier, carry) in CARRIERS {
            let value = make(&mut dice);
            let Some(document) = carry(&value) else { continue };
            if shows(&mask_text(&document), &value) {
                // It is one of those that the test above counts.
                continue;
            }
            let unsaved = Unsaved {
                question: "service_config".to_owned(),
                path: "service.json".to_owned(),
                masked: Masked::of(&document, ""),
            };
            let answers = Answers { project: Some(value.clone()), ..Answers::default() };
            let mut draft = Draft::of(&answers, "/home/owl");
            draft.unsaved = Some(unsaved);
            let kept = serde_json::from_str::<serde_json::Value>(&draft.to_json()).expect("JSON");
            let text = kept["unsaved"]["text"].as_str().expect("a text");
            assert!(!shows(text, &value), "{kind}, {carrier}: {kept}");
        }
    }
}
