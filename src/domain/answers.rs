//! What the user decided, and nothing that follows from it.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::Value as Tree;

use super::association::Association;
use super::catalog::{Access, Network, RoleChoice, Workload};
use super::question::{self, Question};
use super::text::{Place, place, quoted};
use super::values::{AccountId, Invalid, PolicyName, Region, RoleArn, RoleRef, UserName};
use super::{file_format, json, principal::distance, quote};

/// Whether the custom role is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleOrigin {
    /// It is to be created.
    New,
    /// It exists.
    Existing,
}

/// Who creates the workload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Creator {
    /// The owner of the account, who may pass any role.
    Owner,
    /// A RAM user, who must be allowed to pass the role.
    User,
}

/// The answers, each absent until it is given. Documents are given by path, `-` for standard input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// What carries the role.
    pub workload: Option<Workload>,
    /// Where it runs.
    pub region: Option<Region>,
    /// The service config (EAS).
    pub service_config: Option<String>,
    /// Whether it is there already and gets the role by a change.
    pub running: Option<bool>,
    /// Whether others in the workspace can open it.
    pub public: Option<bool>,
    /// Which role.
    pub role: Option<RoleChoice>,
    /// Whether the custom role exists.
    pub role_origin: Option<RoleOrigin>,
    /// The custom role.
    pub role_name: Option<RoleRef>,
    /// The account, where the role was given by name.
    pub account: Option<AccountId>,
    /// The present trust policy of an existing role.
    pub trust_policy: Option<String>,
    /// What the custom role may do.
    pub policies: Option<Vec<PolicyName>>,
    /// Who creates the workload.
    pub creator: Option<Creator>,
    /// The RAM user who does.
    pub user: Option<UserName>,
    /// What the code uses.
    pub access: Option<Vec<Access>>,
    /// The OSS bucket.
    pub bucket: Option<String>,
    /// Which endpoints the code uses.
    pub endpoint: Option<Network>,
    /// The `MaxCompute` project.
    pub project: Option<String>,
    /// The PAI workspace.
    pub workspace_id: Option<String>,
}

impl Answers {
    /// The ARN of the custom role, as soon as it can be written.
    #[must_use]
    pub fn role_arn(&self) -> Option<RoleArn> {
        self.role_name.as_ref()?.arn(self.account.as_ref())
    }

    /// The role that the workload carries, as soon as that is known.
    #[must_use]
    pub fn association(&self) -> Option<Association> {
        Some(match self.role? {
            RoleChoice::Default => Association::Default,
            RoleChoice::Custom => Association::Custom(self.role_arn()?),
            RoleChoice::None => Association::None,
        })
    }

    /// Whether the code uses this.
    #[must_use]
    pub fn accesses(&self, access: Access) -> bool {
        self.access.as_ref().is_some_and(|list| list.contains(&access))
    }

    /// The answers whose questions are asked, the others dropped: what a plan is made of.
    #[must_use]
    pub fn that_apply(&self) -> Self {
        let mut kept = self.clone();
        for question in question::ALL {
            if (question.asked)(&kept).is_err() {
                (question.clear)(&mut kept);
            }
        }
        kept
    }

    /// What was answered although it is not asked, with the reason; what hangs on such an answer included.
    #[must_use]
    pub fn that_do_not_apply(&self) -> Vec<Problem> {
        let kept = self.that_apply();
        let answered = question::ALL.iter().filter(|question| (question.get)(self).is_some());
        answered
            .filter_map(|question| {
                let why = (question.asked)(&kept).err()?;
                Some(Problem { question: question.key, message: format!("does not apply: {why}") })
            })
            .collect()
    }

    /// Sets an answer from text, as typed, as a flag, or from a file.
    ///
    /// # Errors
    /// The problem, under the question's key.
    pub fn set(&mut self, question: &Question, text: &str) -> Result<(), Problem> {
        (question.set)(self, text)
            .map_err(|invalid| Problem { question: question.key, message: invalid.to_string() })
    }

    /// Reads an answers file: a TOML or JSON table with the questions' keys.
    ///
    /// # Errors
    /// Every problem in it.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        let whole = |message: String| vec![Problem { question: "answers", message }];
        let text = text.trim_start_matches('\u{feff}');
        let is_json = text.trim_start().starts_with('{');
        let table = if is_json { json_table(text) } else { toml_table(text) }.map_err(whole)?;
        let (formats, table): (Vec<_>, Vec<_>) =
            table.into_iter().partition(|(key, _)| key == file_format::KEY);
        for (_, format) in formats {
            let version = format.as_i64().ok_or_else(|| format!("{} is not a number", file_format::KEY));
            version.and_then(file_format::check).map_err(whole)?;
        }
        let mut answers = Self::default();
        let mut problems = Vec::new();
        for (key, value) in &table {
            let set = question::find(key)
                .ok_or_else(|| unknown(key))
                .and_then(|question| answers.set_once(question, &as_text(question, value)?));
            problems.extend(set.err());
        }
        if problems.is_empty() { Ok(answers) } else { Err(problems) }
    }

    /// Sets an answer that has not been given yet: which of two would count is not for us to guess.
    fn set_once(&mut self, question: &Question, text: &str) -> Result<(), Problem> {
        if (question.get)(self).is_some() {
            return Err(Problem { question: question.key, message: "is answered twice".to_owned() });
        }
        self.set(question, text)
    }

    /// The answers as a TOML file that [`Answers::parse`] reads back.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let given = question::ALL.iter().filter_map(|question| Some((question, (question.get)(self)?)));
        let lines =
            given.map(|(question, value)| format!("{} = {}\n", question.key, toml::Value::from(value)));
        std::iter::once(file_format::toml_line()).chain(lines).collect()
    }

    /// The command line that gives the same plan.
    #[must_use]
    pub fn command_line(&self) -> String {
        let kept = self.that_apply();
        let given = question::ALL.iter().filter_map(|question| Some((question, (question.get)(&kept)?)));
        let flags = given.map(|(question, value)| format!(" --{} {}", question.flag(), quote::shell(&value)));
        format!("ramrole plan{}", flags.collect::<Vec<_>>().concat())
    }
}

fn unknown(key: &str) -> Problem {
    let near = question::ALL.iter().map(|question| question.key).find(|known| distance(known, key) <= 2);
    let hint = near.map(|known| format!("; did you mean `{known}`?")).unwrap_or_default();
    Problem { question: "answers", message: format!("{} is no answer's key{hint}", quoted(key)) }
}

/// The members of a JSON object in their order, each as often as it stands there.
fn json_table(text: &str) -> Result<Vec<(String, Tree)>, String> {
    let document = json::read(text).map_err(|error| {
        let Place { line, column } = place(text, error.span.start);
        format!("line {line}, column {column}: {error}")
    })?;
    let members = document.root().members();
    members
        .map(|member| {
            let value = serde_json::from_str(member.value.source()).map_err(|error| error.to_string())?;
            Ok((member.name.as_str().unwrap_or_default().into_owned(), value))
        })
        .collect()
}

fn toml_table(text: &str) -> Result<Vec<(String, Tree)>, String> {
    let table: serde_json::Map<String, Tree> =
        // The error's own text quotes the line, which may be a secret's when the file was given by mistake.
        toml::from_str(text).map_err(|error| {
            let place = error.span().map(|span| place(text, span.start));
            let place = place.map(|place| format!("line {}, column {}: ", place.line, place.column));
            format!("{}not TOML: {}", place.unwrap_or_default(), error.message().trim_end())
        })?;
    Ok(table.into_iter().collect())
}

fn as_text(question: &Question, value: &Tree) -> Result<String, Problem> {
    let refused = |message: &str| Err(Problem { question: question.key, message: message.to_owned() });
    match value {
        Tree::String(text) => Ok(text.clone()),
        Tree::Bool(yes) => Ok(yes.to_string()),
        Tree::Number(number) => Ok(number.to_string()),
        Tree::Array(list) if question.takes_several() => {
            let texts: Result<Vec<_>, _> = list.iter().map(|value| as_text(question, value)).collect();
            Ok(texts?.join(","))
        }
        Tree::Array(_) => refused("takes one answer, not a list"),
        Tree::Null | Tree::Object(_) => refused("takes a text, a number, yes or no, or a list"),
    }
}

impl Serialize for Answers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for question in question::ALL {
            if let Some(value) = (question.get)(self) {
                map.serialize_entry(question.key, &value)?;
            }
        }
        map.end()
    }
}

/// A problem with an answer: shown at its field, and on the command line as `--flag: …`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The question's key.
    pub question: &'static str,
    /// What is wrong with the answer.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "--{}: {}", self.question.replace('_', "-"), self.message)
    }
}

/// Gives a choice its words.
macro_rules! choice_words {
    ($name:ident, $what:literal, $help:literal, $($variant:ident $word:literal),+) => {
        impl $name {
            /// The word for it.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl FromStr for $name {
            type Err = Invalid;

            fn from_str(text: &str) -> Result<Self, Invalid> {
                match text.to_lowercase().as_str() {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(Invalid::new($what, text, $help)),
                }
            }
        }
    };
}

pub(super) use choice_words;

choice_words!(RoleOrigin, "an origin of a role", "use new or existing", New "new", Existing "existing");
choice_words!(Creator, "a kind of creator", "use owner or user", Owner "owner", User "user");
