//! The wizard line by line: the same questions as numbered prompts, no escape codes, the same plan at the end. The
//! prompts go to standard error, so that standard output holds the plan alone.

use std::fmt::Write as _;
use std::io::{self, BufRead as _};

use super::plan::look_and_plan;
use super::{Exit, Failure, out, wizard};
use crate::domain::answers::Answers;
use crate::domain::plan::report;
use crate::domain::question::{self, Choice, Kind, Need, Question};
use crate::domain::settings::Settings;

/// What was typed at a prompt.
enum Typed {
    /// An answer, or nothing.
    Answer(String),
    /// To the question before.
    Back,
    /// Leave.
    Quit,
}

/// Asks every question, and prints the plan.
///
/// # Errors
/// When standard input ends before the last question, or a document cannot be read.
pub fn run(answers: Answers, settings: &Settings, notes: &[String]) -> Result<Exit, Failure> {
    wizard::say(notes);
    out::talk("Answer and press Enter. Enter alone takes the default; < goes back; ? repeats; q leaves.\n");
    let mut asker = Asker { answers, settings, at: 0 };
    if !asker.ask_all()? {
        return Ok(Exit::Done);
    }
    let plan = look_and_plan(&asker.answers)?;
    out::data(&report::text(&plan))?;
    out::talk(&format!("\nThis plan again:\n{}\n", plan.command_line));
    Ok(if plan.findings.has_error() { Exit::No } else { Exit::Done })
}

struct Asker<'s> {
    answers: Answers,
    settings: &'s Settings,
    at: usize,
}

impl Asker<'_> {
    /// Whether all questions were asked; otherwise the user left.
    fn ask_all(&mut self) -> Result<bool, Failure> {
        while let Some(question) = question::ALL.get(self.at) {
            if (question.asked)(&self.answers).is_err() {
                self.at += 1;
                continue;
            }
            match self.ask(question)? {
                Typed::Quit => return Ok(false),
                Typed::Back => self.back(),
                Typed::Answer(text) => match self.take(question, &text) {
                    Ok(()) => self.at += 1,
                    Err(problem) => out::talk(&format!("  {problem}\n")),
                },
            }
        }
        Ok(true)
    }

    fn back(&mut self) {
        self.at = question::previous(&self.answers, self.at).unwrap_or(0);
    }

    /// Asks until something is typed that is not `?`.
    fn ask(&self, question: &'static Question) -> Result<Typed, Failure> {
        loop {
            out::talk(&self.prompt(question));
            let typed = line(question)?;
            match typed.as_str() {
                "?" => {}
                "<" => return Ok(Typed::Back),
                "q" => return Ok(Typed::Quit),
                _ => return Ok(Typed::Answer(typed)),
            }
        }
    }

    fn prompt(&self, question: &Question) -> String {
        let asked: Vec<usize> = question::asked(&self.answers).collect();
        let number = asked.iter().position(|at| *at == self.at).unwrap_or(0) + 1;
        let optional = if question.need == Need::Optional { " (optional)" } else { "" };
        let mut text = format!(
            "\nQuestion {number} of {}{optional}: {}\n{}\n",
            asked.len(),
            question.title,
            question.help
        );
        for (index, choice) in self.choices(question).iter().enumerate() {
            let recommended = if choice.recommended { " (recommended)" } else { "" };
            let help = if choice.help.is_empty() { String::new() } else { format!(": {}", choice.help) };
            // Writing to a string cannot fail.
            let _ = writeln!(text, "  {}. {}{recommended}{help}", index + 1, choice.title);
        }
        let several = if question.takes_several() { "Numbers or names, separated by commas. " } else { "" };
        let default = self.default(question).map(|text| format!("Default: {text}. ")).unwrap_or_default();
        let example = question.example().map(|text| format!("For example {text}. ")).unwrap_or_default();
        let hints = format!("{several}{example}{default}");
        format!("{text}{}{}> ", hints.trim_end(), if hints.is_empty() { "" } else { "\n" })
    }

    fn choices(&self, question: &Question) -> Vec<Choice> {
        match question.kind {
            Kind::Choice(choices) | Kind::Several(choices) => choices(&self.answers),
            Kind::Text(_) | Kind::Document => Vec::new(),
        }
    }

    /// What Enter alone takes: the present answer, the settings' one, or the recommended choice of a question that
    /// needs an answer.
    fn default(&self, question: &Question) -> Option<String> {
        let given = (question.get)(&self.answers).filter(|text| !text.is_empty());
        let set = || match question.key {
            "region" => self.settings.region.as_ref().map(ToString::to_string),
            "account" => self.settings.account.as_ref().map(ToString::to_string),
            _ => None,
        };
        let recommended = || {
            let needed = question.need == Need::Required;
            let choice = self.choices(question).into_iter().find(|choice| choice.recommended && needed);
            choice.map(|choice| choice.value)
        };
        given.or_else(set).or_else(recommended)
    }

    fn take(&mut self, question: &Question, typed: &str) -> Result<(), String> {
        let text = match typed {
            "" => match self.default(question) {
                Some(default) => default,
                None if question.need == Need::Optional => return Ok(()),
                None => return Err("this needs an answer".to_owned()),
            },
            "-" if question.need == Need::Optional => {
                (question.clear)(&mut self.answers);
                return Ok(());
            }
            typed => self.named(question, typed),
        };
        (question.set)(&mut self.answers, &text).map_err(|invalid| invalid.to_string())
    }

    /// What was typed with the numbers of choices read as the choices.
    fn named(&self, question: &Question, typed: &str) -> String {
        let choices = self.choices(question);
        let value = |word: &str| {
            let index = word.trim().parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            let choice = index.and_then(|index| choices.get(index));
            choice.map_or_else(|| word.trim().to_owned(), |choice| choice.value.clone())
        };
        if question.takes_several() {
            typed.split(',').map(value).collect::<Vec<_>>().join(",")
        } else if choices.is_empty() {
            typed.to_owned()
        } else {
            value(typed)
        }
    }
}

/// The next line of standard input.
fn line(question: &Question) -> Result<String, Failure> {
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line);
    match read {
        Ok(0) => Err(Failure::hinted(
            format!("--{}: standard input ended before this was answered", question.flag()),
            "give the answers as flags: `ramrole plan --help`",
        )),
        Ok(_) => Ok(line.trim().to_owned()),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Ok("\u{fffd}".to_owned()),
        Err(error) => Err(Failure::call(format!("cannot read standard input: {error}"))),
    }
}
