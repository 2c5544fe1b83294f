//! What came back from outside, and what follows from it.

use super::{App, Screen};
use crate::domain::path::Completion;
use crate::domain::plan::{Look, Missing, Plan};
use crate::domain::question::{self, Question};
use crate::domain::{answers::Answers, text::visible_line};
use crate::tui::draft::Draft;
use crate::tui::effect::{Effect, Outcome, Why, WriteProblem};
use crate::tui::overlay::{Ask, Overlay, Then};
use crate::tui::page::Input;
use crate::tui::preview::Preview;
use crate::tui::work::Kept;

type Read = Result<String, String>;

impl App {
    /// Takes what came back from outside.
    pub fn outcome(&mut self, outcome: Outcome) -> Vec<Effect> {
        match outcome {
            Outcome::Kept(result) => {
                self.work.kept = result.map_or_else(Kept::Failed, |()| Kept::Saved);
                Vec::new()
            }
            Outcome::Named(name) => {
                self.work.name = name;
                Vec::new()
            }
            Outcome::Renamed { to, result } => self.renamed(to, result),
            Outcome::Drafts(drafts) => {
                if let Screen::Home(home) = &mut self.screen {
                    home.take(drafts);
                }
                Vec::new()
            }
            // A draft is gone on with from the start alone.
            Outcome::Draft { name, result } if matches!(self.screen, Screen::Home(_)) => {
                self.take_draft(name, result)
            }
            Outcome::Read { path, why, result } => self.take_file(path, why, result),
            Outcome::Wrote { path, why, result, remark } => {
                let effects = self.written(&path, why, result);
                if let Some(remark) = remark {
                    self.say(format!("wrote {}; {remark}", visible_line(&path)));
                }
                effects
            }
            Outcome::WroteAll { folder, result, remark } => {
                let effects = self.written_all(&folder, result);
                if let Some(remark) = remark {
                    self.say(format!(
                        "wrote the files into {}; {}",
                        visible_line(&folder),
                        visible_line(&remark)
                    ));
                }
                effects
            }
            Outcome::Completed { typed, completions } => self.take_completions(&typed, completions),
            Outcome::Copied { what, bytes, by } => {
                let told = self.copied(&what, bytes, by);
                self.say(told);
                Vec::new()
            }
            Outcome::Edited(result) => self.edited(result),
            Outcome::Examined(examination) => {
                if let Screen::Editor(editor) = &mut self.screen {
                    return editor.receive(*examination, &mut self.work).into_iter().collect();
                }
                Vec::new()
            }
            Outcome::Sketched(number, sketch) => {
                if let Screen::Page(page) = &mut self.screen {
                    page.take_sketch(number, *sketch);
                }
                Vec::new()
            }
            Outcome::Checked(found) => match &mut self.screen {
                Screen::Check(check) => check.receive(*found, &mut self.work).into_iter().collect(),
                _ => Vec::new(),
            },
            // Who has left meanwhile is not called back.
            Outcome::Planned(number, made) if self.shows_plan() && number == self.work.requests => {
                self.planned(*made)
            }
            Outcome::FoundCredentials { found, zone, now, seen } => {
                self.work.credentials.found(found, zone, now, &seen)
            }
            Outcome::ReadCredential { due, reading, now } => {
                self.work.credentials.take(due.index, &due.source, reading.map(|reading| *reading), now);
                Vec::new()
            }
            Outcome::Draft { .. } | Outcome::Planned(..) | Outcome::ForTerminal { .. } => Vec::new(),
        }
    }

    fn take_draft(&mut self, name: String, result: Read) -> Vec<Effect> {
        match result.and_then(|text| Draft::parse(&text)) {
            Ok(draft) => self.resume(name, &draft),
            Err(problem) => {
                self.complain(format!("the draft {name} cannot be read: {problem}"));
                Vec::new()
            }
        }
    }

    fn take_file(&mut self, path: String, why: Why, result: Read) -> Vec<Effect> {
        match why {
            Why::Answer(_) => self.answer_document(&path, why, result),
            Why::Peek => {
                self.work.facts.learn(Look::File(path), result);
                Vec::new()
            }
            Why::Look => {
                self.work.facts.learn(Look::File(path), result);
                if self.awaits_plan() {
                    return self.plan_or_lacking();
                }
                Vec::new()
            }
            Why::Edit(_) => match &mut self.screen {
                Screen::Page(page) if page.awaits(&path, why) => {
                    page.reading = None;
                    let question = page.question();
                    self.edit_file(question, path, result)
                }
                _ => Vec::new(),
            },
            Why::Check => self.check_file(path, result),
            Why::Restore => match (&self.screen, result) {
                (Screen::Check(_), Ok(file)) => self.restore_check(&path, &file),
                (_, Ok(file)) => self.restore(&path, &file),
                (_, Err(_)) => Vec::new(),
            },
            Why::Save | Why::InPlace | Why::SaveText => Vec::new(),
        }
    }

    /// Answers a question with a document that was read, if it is still wanted and a plan can be made with it.
    fn answer_document(&mut self, path: &str, why: Why, result: Read) -> Vec<Effect> {
        let facts = &mut self.work.facts;
        facts.learn(Look::File(path.to_owned()), result.clone());
        let Some((page, work)) = self.page() else { return Vec::new() };
        let question = page.question();
        if !page.awaits(path, why) {
            return Vec::new();
        }
        page.reading = None;
        let mut answers = work.answers.clone();
        let refused = match result {
            Err(problem) => Some(problem),
            Ok(_) => (question.set)(&mut answers, path)
                .err()
                .map(|invalid| invalid.to_string())
                .or_else(|| refusal(&answers, work, question)),
        };
        if let Some(problem) = refused {
            page.problem = Some(problem);
            return Vec::new();
        }
        work.answers = answers;
        self.go_on()
    }

    fn shows_plan(&self) -> bool {
        matches!(&self.screen, Screen::Preview(_))
    }

    fn awaits_plan(&self) -> bool {
        matches!(&self.screen, Screen::Preview(preview) if preview.plan().is_none())
    }

    fn take_completions(&mut self, typed: &str, completions: Vec<Completion>) -> Vec<Effect> {
        match &mut self.screen {
            Screen::Page(page) => {
                if let Input::Document(path) = &mut page.input {
                    path.take(typed, completions);
                }
            }
            Screen::Check(check) => check.path.take(typed, completions),
            _ => {}
        }
        Vec::new()
    }

    /// Shows a plan that was made, or goes to what it lacks.
    pub fn planned(&mut self, made: Result<Plan, Box<Missing>>) -> Vec<Effect> {
        match made {
            Ok(plan) => {
                self.screen = Screen::Preview(match &self.screen {
                    Screen::Preview(former) => Preview::instead_of(former, plan),
                    _ => Preview::of(plan),
                });
                Vec::new()
            }
            Err(missing) => self.lacking(&missing),
        }
    }

    fn lacking(&mut self, missing: &Missing) -> Vec<Effect> {
        let problem = missing.problems.first().map(|problem| (problem.question, problem.message.clone()));
        let finding = missing.findings.first().map(|finding| {
            let path = finding.document.as_deref().unwrap_or_default();
            let is_trust = self.work.answers.trust_policy.as_deref() == Some(path);
            (if is_trust { "trust_policy" } else { "service_config" }, of_document(finding))
        });
        let answer = missing.answers.first().map(|key| (*key, "this still needs an answer".to_owned()));
        let Some((key, message)) = problem.or(finding).or(answer) else { return self.go_home() };
        let at = question::ALL.iter().position(|question| question.key == key).unwrap_or(0);
        let effects = self.show(at);
        if let Some((page, _)) = self.page() {
            page.problem = Some(message);
        }
        effects
    }

    fn written(&mut self, path: &str, why: Why, result: Result<String, WriteProblem>) -> Vec<Effect> {
        match (result, why) {
            (Ok(text), Why::SaveText) => self.saved_text(path, text),
            (Ok(text), Why::InPlace) => {
                self.work.facts.learn(Look::File(path.to_owned()), Ok(text));
                let is_of_plan = self.work.answers.service_config.as_deref() == Some(path);
                // Who has left the plan meanwhile is not called back.
                let effects = if self.shows_plan() && is_of_plan { self.make_plan() } else { Vec::new() };
                self.say(format!("wrote {}; nothing else changed in it", visible_line(path)));
                effects
            }
            (Ok(_), _) => {
                self.say(format!("wrote {}", visible_line(path)));
                Vec::new()
            }
            (Err(problem), _) => {
                self.saving_ends(path);
                self.not_written(path, why, problem)
            }
        }
    }

    fn not_written(&mut self, path: &str, why: Why, problem: WriteProblem) -> Vec<Effect> {
        let (text, found, question) = match problem {
            WriteProblem::Exists(text) => (text, "exists already", "Replace it?"),
            WriteProblem::Changed(text) => {
                (text, "has changed on the disk since it was read", "Replace it all the same?")
            }
            WriteProblem::Refused(problem) => {
                self.stay();
                self.complain(problem);
                return Vec::new();
            }
        };
        if !self.can_be_asked(path, &text, why) {
            self.stay();
            self.complain(format!(
                "{} {found} and was left alone; save once more to be asked",
                visible_line(path)
            ));
            return Vec::new();
        }
        let title = format!("{path} {found}. {question}");
        let private = why != Why::Save || self.work.answers.service_config.is_some();
        let path = path.to_owned();
        let write = Effect::Write { path, text, replace: true, private, before: None, why };
        self.ask(Ask::new(title, Vec::new(), "replace it", Then::Effects(vec![write])))
    }

    /// Whether a question about a file can stand over the screen: it still shows what was to be written, and nothing
    /// lies over it that would take the answer for its own.
    fn can_be_asked(&self, path: &str, text: &str, why: Why) -> bool {
        let is_this = |file: &str, shown: &str| (file.is_empty() || file == path) && shown == text;
        let is_here = match (&self.screen, why) {
            (Screen::Editor(editor), Why::SaveText) => is_this(&editor.path, &editor.text.text()),
            (Screen::Check(check), Why::SaveText) => {
                check.report.is_some() && is_this(&check.file, &check.text)
            }
            (Screen::Preview(preview), Why::Save | Why::InPlace) => preview.plan().is_some(),
            _ => false,
        };
        is_here && self.overlay.is_none()
    }

    /// What became of a text that was copied: never more than is known, and where nobody confirms it the other ways.
    fn copied(&self, what: &str, bytes: usize, by: Option<&str>) -> String {
        let size = if bytes == 1 { "1 byte".to_owned() } else { format!("{bytes} bytes") };
        let ways = [("save", "save"), ("save-file", "save"), ("raw", "select")].into_iter();
        let ways =
            ways.filter_map(|(name, purpose)| Some((self.key_of(name, self.look.symbols.ascii)?, purpose)));
        let ways: Vec<String> = ways.map(|(key, purpose)| format!("{key} to {purpose}")).collect();
        let ways = if ways.is_empty() {
            String::new()
        } else {
            format!("; if the paste is empty press {}", ways.join(" or "))
        };
        match by {
            Some("tmux") => format!("{what} is in tmux's buffer, {size}{ways}"),
            Some(program) => format!("{what} is on the clipboard, {size} ({program})"),
            None => format!("{what} was sent to the terminal, {size}{ways}"),
        }
    }

    fn written_all(&mut self, folder: &str, result: Result<usize, WriteProblem>) -> Vec<Effect> {
        let shown = visible_line(folder).into_owned();
        match result {
            Ok(count) => self.say(format!("wrote {count} files into {shown}; its README.md tells the steps")),
            Err(WriteProblem::Exists(_) | WriteProblem::Changed(_))
                if !self.can_be_asked(folder, "", Why::Save) =>
            {
                self.complain(format!(
                    "{shown} holds some of these files already and was left alone; save once more to be asked"
                ));
            }
            Err(WriteProblem::Exists(_) | WriteProblem::Changed(_)) => {
                let then = Then::Effects(self.write_all(folder, true));
                let title = format!("{shown} holds some of these files already. Replace them?");
                self.overlay = Some(Overlay::Ask(Ask::new(title, Vec::new(), "replace them", then)));
            }
            Err(WriteProblem::Refused(problem)) => self.complain(problem),
        }
        Vec::new()
    }
}

/// Why a document that was read cannot be edited as the answers want it.
fn refusal(answers: &Answers, work: &crate::tui::work::Work, question: &Question) -> Option<String> {
    let full = crate::domain::sketch::with_examples(answers);
    let missing = crate::domain::plan::plan(&full, &work.facts).err()?;
    let own = (question.get)(answers)?;
    let finding = missing.findings.iter().find(|finding| finding.document.as_deref() == Some(&own))?;
    Some(of_document(finding))
}

fn of_document(finding: &crate::domain::finding::Finding) -> String {
    let place = finding.place.map(|place| format!("line {}, column {}: ", place.line, place.column));
    format!("{}{}. {}", place.unwrap_or_default(), finding.message, finding.advice())
}
