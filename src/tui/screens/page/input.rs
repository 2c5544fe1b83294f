//! What is being typed or chosen for a question. It changes no answer.

use crate::domain::answers::Answers;
use crate::domain::question::{Choice, Kind, Question};

use crate::tui::field::Field;
use crate::tui::list::List;
use crate::tui::path_input::PathInput;
use crate::tui::shared::work::Work;

/// What is being answered, by the kind of the question.
#[derive(Debug)]
pub enum Input {
    /// One of several.
    Choice(List),
    /// Any of several; the last row takes others by name, where the question allows it.
    Several {
        /// The rows.
        list: List,
        /// What is ticked.
        picked: Vec<String>,
        /// Others, separated by commas.
        others: Field,
    },
    /// A text.
    Text(Field),
    /// A document, by its path.
    Document(PathInput),
}

/// The choices of a question, given the answers; nothing for texts and documents.
#[must_use]
pub fn choices(question: &Question, answers: &Answers) -> Vec<Choice> {
    match question.kind {
        Kind::Choice(choices) | Kind::Several(choices) => choices(answers),
        Kind::Text(_) | Kind::Document => Vec::new(),
    }
}

/// What a filter looks for in each choice.
#[must_use]
pub fn words(choices: &[Choice]) -> Vec<String> {
    choices.iter().map(|choice| format!("{} {} {}", choice.value, choice.title, choice.help)).collect()
}

impl Input {
    /// The input with the answer that the question has, or with what it starts from.
    #[must_use]
    pub fn of(question: &Question, work: &Work) -> Self {
        let given = (question.get)(&work.answers);
        let choices = choices(question, &work.answers);
        match question.kind {
            Kind::Choice(_) => {
                let is_given = |choice: &Choice| given.as_ref() == Some(&choice.value);
                let given = choices.iter().position(is_given);
                let recommended = || choices.iter().position(|choice| choice.recommended);
                Self::Choice(List::at(given.or_else(recommended).unwrap_or(0)))
            }
            Kind::Several(_) => {
                let given = given.unwrap_or_default();
                let (picked, others): (Vec<_>, Vec<_>) = given
                    .split(',')
                    .filter(|value| !value.is_empty())
                    .map(str::to_owned)
                    .partition(|value| choices.iter().any(|choice| choice.value == *value));
                Self::Several { list: List::default(), picked, others: Field::of(&others.join(",")) }
            }
            Kind::Text(_) => {
                Self::Text(Field::of(&given.or_else(|| from_settings(question, work)).unwrap_or_default()))
            }
            Kind::Document => Self::Document(PathInput::of(&given.unwrap_or_default(), &work.home)),
        }
    }

    /// The answer as text; nothing typed is an empty text.
    #[must_use]
    pub fn text(&self, question: &Question, answers: &Answers) -> String {
        match self {
            Self::Choice(list) => {
                let choice = choices(question, answers).into_iter().nth(list.cursor);
                choice.map(|choice| choice.value).unwrap_or_default()
            }
            Self::Several { picked, others, .. } => {
                let others = others.text().split(',').map(str::trim).filter(|name| !name.is_empty());
                picked.iter().map(String::as_str).chain(others).collect::<Vec<_>>().join(",")
            }
            Self::Text(field) => field.text().trim().to_owned(),
            Self::Document(path) => path.whole(),
        }
    }

    /// The field that takes what is typed, if one does.
    pub fn field(&mut self, question: &Question, answers: &Answers) -> Option<&mut Field> {
        match self {
            Self::Choice(list) => list.filter.as_mut(),
            Self::Several { list, others, .. } => {
                let last = list.filter.is_none() && list.cursor == choices(question, answers).len();
                if last { Some(others) } else { list.filter.as_mut() }
            }
            Self::Text(field) => Some(field),
            Self::Document(path) => Some(&mut path.field),
        }
    }

    /// The list of choices, if there is one.
    pub fn list(&mut self) -> Option<&mut List> {
        match self {
            Self::Choice(list) | Self::Several { list, .. } => Some(list),
            Self::Text(_) | Self::Document(_) => None,
        }
    }
}

/// What the settings say about a text that has not been answered.
fn from_settings(question: &Question, work: &Work) -> Option<String> {
    match question.key {
        "region" => work.settings.region.as_ref().map(ToString::to_string),
        "account" => work.settings.account.as_ref().map(ToString::to_string),
        _ => None,
    }
}

/// The rows of a question with several answers: the choices, and where others are taken one more.
#[must_use]
pub fn rows(question: &Question, answers: &Answers) -> Vec<String> {
    let mut rows = words(&choices(question, answers));
    if question.takes_several() && question.takes_others() {
        rows.push("others by name".to_owned());
    }
    rows
}
