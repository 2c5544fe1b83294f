//! What a plan would look like while questions are still open: the documents with the lines that the present
//! answer changes, and what is to be said of that answer. Pure; nothing here is meant to be pasted.

use std::collections::HashSet;

use similar::{DiffTag, TextDiff};

use super::answers::Answers;
use super::edit::masked;
use super::finding::Finding;
use super::plan::report::commands;
use super::plan::{DocumentRole, Facts, Plan, plan};
use super::question::{self, Bearing, Kind, Need, Question};
use super::rules;

/// The plan as it would be, with examples in place of the answers that it still lacks.
#[derive(Clone, Debug, Default)]
pub struct Sketch {
    /// The documents, and the commands as the last of them.
    pub sheets: Vec<Sheet>,
    /// What is to be said because of the present answer, the gravest first.
    pub notes: Vec<Finding>,
    /// The questions in whose place an example stands.
    pub open: Vec<&'static Question>,
}

/// One document of a sketch.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Its file name, or `commands`.
    pub name: &'static str,
    /// What it is; `None` for the commands.
    pub role: Option<DocumentRole>,
    /// Where it goes, in a sentence.
    pub purpose: String,
    /// Its lines, secrets masked.
    pub lines: Vec<Line>,
}

/// One line of a document beside what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The line without its break.
    pub text: String,
    /// Its number from 1; `None` for a line that goes.
    pub number: Option<usize>,
    /// What happens to it in the user's document.
    pub change: Change,
    /// Whether the present answer changes it.
    pub here: bool,
    /// Whether an example stands in it.
    pub example: bool,
}

/// What happens to a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It stays.
    Kept,
    /// It comes.
    Added,
    /// It goes.
    Removed,
}

impl Sheet {
    /// How many lines come and how many go.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        let of = |change| self.lines.iter().filter(|line| line.change == change).count();
        (of(Change::Added), of(Change::Removed))
    }

    /// The first line that the present answer changes, by its index.
    #[must_use]
    pub fn first_here(&self) -> Option<usize> {
        self.lines.iter().position(|line| line.here)
    }

    /// Whether an answer with this bearing shows in it first.
    #[must_use]
    pub fn bears(&self, bearing: Bearing) -> bool {
        match self.role {
            None => bearing == Bearing::Commands,
            Some(DocumentRole::ServiceConfig | DocumentRole::CredentialConfig) => bearing == Bearing::Config,
            Some(DocumentRole::TrustPolicy) => bearing == Bearing::TrustPolicy,
            Some(DocumentRole::PassRole) => bearing == Bearing::PassRole,
            Some(DocumentRole::Code) => bearing == Bearing::Code,
            Some(DocumentRole::Permission | DocumentRole::Terraform) => false,
        }
    }
}

impl Sketch {
    /// The sheet that the question bears on: the one that it is about, or else the first that it changes.
    #[must_use]
    pub fn sheet_for(&self, question: &Question) -> usize {
        let about = self.sheets.iter().position(|sheet| sheet.bears(question.bearing));
        let changed = self.sheets.iter().position(|sheet| sheet.first_here().is_some());
        let about_changed = about.filter(|index| self.sheets[*index].first_here().is_some());
        about_changed.or(changed).or(about).unwrap_or(0)
    }
}

/// Sketches the plan of `answers`, in which `question` is the one at hand.
#[must_use]
pub fn sketch(answers: &Answers, facts: &Facts, question: &'static Question) -> Sketch {
    let open = open(answers);
    let Ok(made) = plan(&filled(answers, None), facts) else { return Sketch { open, ..Sketch::default() } };
    let base = base(answers, facts, question);
    let examples: Vec<&str> = open.iter().filter_map(|question| question.example()).collect();
    let before = Before { base: base.as_ref(), examples: &examples };
    let mut sheets: Vec<Sheet> = made.documents.iter().map(|document| before.sheet(document)).collect();
    sheets.push(before.commands(&made));
    Sketch { sheets, notes: notes(answers, facts, question, &made), open }
}

/// The required questions that are asked and not answered, as far as that can be told.
#[must_use]
pub fn open(answers: &Answers) -> Vec<&'static Question> {
    let full = filled(answers, None);
    let lacks = |question: &&Question| {
        question.need == Need::Required
            && (question.get)(answers).is_none()
            && (question.asked)(&full).is_ok()
    };
    question::ALL.iter().filter(lacks).collect()
}

/// The answers with examples where a plan cannot do without.
#[must_use]
pub fn with_examples(answers: &Answers) -> Answers {
    filled(answers, None)
}

/// The answers with examples where a plan cannot do without; `but` stays open unless it takes a text.
fn filled(answers: &Answers, but: Option<&Question>) -> Answers {
    let mut full = answers.clone();
    for question in question::ALL {
        let spared = but.is_some_and(|but| but.key == question.key && question.example().is_none());
        let lacks = question.need == Need::Required && (question.get)(&full).is_none() && !spared;
        if lacks && (question.asked)(&full).is_ok() {
            // An example that does not fit is no example: the plan then says what it lacks.
            let _ = (question.set)(&mut full, &stand_in(question, answers));
        }
    }
    full
}

/// What stands in for an answer: the text's example, or the choice to start with.
fn stand_in(question: &Question, answers: &Answers) -> String {
    match question.kind {
        Kind::Text(example) => example.to_owned(),
        Kind::Choice(choices) => {
            let choices = choices(answers);
            let first = choices.iter().find(|choice| choice.recommended).or(choices.first());
            first.map(|choice| choice.value.clone()).unwrap_or_default()
        }
        Kind::Several(_) | Kind::Document => String::new(),
    }
}

/// The plan without the answer at hand.
fn base(answers: &Answers, facts: &Facts, question: &Question) -> Option<Plan> {
    let mut without = answers.clone();
    (question.clear)(&mut without);
    plan(&filled(&without, Some(question)), facts).ok()
}

/// What the present answer is compared with.
struct Before<'a> {
    base: Option<&'a Plan>,
    examples: &'a [&'a str],
}

impl Before<'_> {
    fn sheet(&self, document: &super::plan::PlanDocument) -> Sheet {
        let former = document.before.as_deref().map(masked);
        let text = document.masked();
        let base = self.base.and_then(|plan| plan.documents.iter().find(|other| other.name == document.name));
        // Of a document that has just been named nothing is new but what is set in it.
        let base = base.filter(|base| base.before.is_some() == document.before.is_some());
        let base = base.map(|base| base.masked().into_owned()).or_else(|| former.clone()).unwrap_or_default();
        Sheet {
            name: document.name,
            role: Some(document.role),
            purpose: document.purpose.clone(),
            lines: self.lines(former.as_deref(), &text, &base),
        }
    }

    fn commands(&self, plan: &Plan) -> Sheet {
        let base = self.base.map(commands).unwrap_or_default();
        let purpose = "the steps as commands, each safe to paste".to_owned();
        Sheet { name: "commands", role: None, purpose, lines: self.lines(None, &commands(plan), &base) }
    }

    fn lines(&self, former: Option<&str>, text: &str, base: &str) -> Vec<Line> {
        let mut lines = compared(former.unwrap_or(text), text);
        let here = added(base, text);
        for line in &mut lines {
            line.here = line.number.is_some_and(|number| here.contains(&(number - 1)));
            line.example = line.number.is_some() && self.examples.iter().any(|word| line.text.contains(word));
        }
        lines
    }
}

/// The lines of a document beside the lines that it had.
#[must_use]
pub fn compared(before: &str, after: &str) -> Vec<Line> {
    let line = |text: &str, number, change| Line {
        text: text.trim_end_matches(['\n', '\r']).to_owned(),
        number,
        change,
        here: false,
        example: false,
    };
    if before == after {
        let numbered = after.lines().enumerate();
        return numbered.map(|(index, text)| line(text, Some(index + 1), Change::Kept)).collect();
    }
    let diff = TextDiff::from_lines(before, after);
    let (old, new) = (diff.iter_old_slices().collect::<Vec<_>>(), diff.iter_new_slices().collect::<Vec<_>>());
    let mut lines = Vec::new();
    for op in diff.ops() {
        let kept = op.tag() == DiffTag::Equal;
        // A comma that a line gets because another follows it is no change to read.
        let (before, after) = if kept {
            (HashSet::new(), HashSet::new())
        } else {
            (bare_lines(&old[op.old_range()]), bare_lines(&new[op.new_range()]))
        };
        let stays = |of: &usize| kept || before.contains(bare(new[*of]));
        let goes = |at: &usize| !kept && !after.contains(bare(old[*at]));
        lines.extend(op.old_range().filter(goes).map(|at| line(old[at], None, Change::Removed)));
        lines.extend(op.new_range().map(|at| {
            let change = if stays(&at) { Change::Kept } else { Change::Added };
            line(new[at], Some(at + 1), change)
        }));
    }
    lines
}

fn bare_lines<'t>(lines: &[&'t str]) -> HashSet<&'t str> {
    lines.iter().map(|line| bare(line)).collect()
}

/// A line without its break and the comma at its end.
fn bare(line: &str) -> &str {
    let line = line.trim_end();
    line.strip_suffix(',').unwrap_or(line)
}

/// The indices of the lines of `after` that `before` does not have.
fn added(before: &str, after: &str) -> std::collections::BTreeSet<usize> {
    if before == after {
        return std::collections::BTreeSet::new();
    }
    let comes = compared(before, after).into_iter().filter(|line| line.change == Change::Added);
    comes.filter_map(|line| Some(line.number? - 1)).collect()
}

/// What the present answer brings that other answers would not.
fn notes(answers: &Answers, facts: &Facts, question: &'static Question, made: &Plan) -> Vec<Finding> {
    let others: Vec<Plan> = other_answers(answers, question)
        .into_iter()
        .filter_map(|other| plan(&filled(&other, None), facts).ok())
        .collect();
    let undecided = answers.role.is_none() && others.is_empty();
    let everywhere = |finding: &Finding| {
        let has = |plan: &Plan| plan.findings.iter().any(|other| same(other, finding));
        !others.is_empty() && others.iter().all(has)
    };
    let said = |finding: &&Finding| finding.rule != &rules::UNCONFIRMED && !everywhere(finding);
    let mut notes: Vec<_> = made.findings.iter().filter(said).cloned().collect();
    notes.retain(|_| !undecided && question.key != "workload");
    notes.sort_by_key(Finding::severity);
    notes.dedup_by(|a, b| same(a, b));
    notes
}

fn same(a: &Finding, b: &Finding) -> bool {
    a.rule == b.rule && a.message == b.message
}

/// The answers with another one to this question: each other choice, or none, or for none the example.
fn other_answers(answers: &Answers, question: &Question) -> Vec<Answers> {
    let given = (question.get)(answers);
    let with = |text: &str| {
        let mut other = answers.clone();
        (question.set)(&mut other, text).ok().map(|()| other)
    };
    let mut without = answers.clone();
    (question.clear)(&mut without);
    match (question.kind, &given) {
        (Kind::Choice(choices), _) => {
            let others = choices(answers).into_iter().map(|choice| choice.value);
            others.filter(|value| given.as_ref() != Some(value)).filter_map(|value| with(&value)).collect()
        }
        (Kind::Text(example), None) => with(example).into_iter().collect(),
        _ => vec![without],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::processor_time::processor_time;

    #[test]
    fn many_replaced_lines_are_compared_in_linear_time() {
        let line = |word: &str, number: usize| format!("{word} {number}\n");
        let text = |word: &str| (0..10_000).map(|number| line(word, number)).collect::<Vec<_>>().concat();
        let start = processor_time();
        let lines = compared(&text("old"), &text("new"));
        assert_eq!(lines.iter().filter(|line| line.change != Change::Kept).count(), 20_000);
        let took = processor_time().saturating_sub(start);
        assert!(took.as_secs() < 5, "{took:?}");
    }
}
