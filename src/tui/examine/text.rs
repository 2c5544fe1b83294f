//! Looks a text through: mistakes, secrets, and what ramrole would set in it. Pure, and for large texts slow enough
//! to be done beside.

use std::ops::Range;

use ropey::Rope;

use crate::domain::answers::Answers;
use crate::domain::association::Association;
use crate::domain::catalog::Workload;
use crate::domain::edit::{Edit, masked};
use crate::domain::findings::Findings;
use crate::domain::question::Question;
use crate::domain::sketch::{Line, compared, with_examples};
use crate::domain::unsaved::Masked;
use crate::domain::{check, secret, service_config, trust_policy};

/// A text to look through.
#[derive(Debug)]
pub struct Examine {
    /// Which text it is.
    pub revision: u64,
    /// The text.
    pub text: Rope,
    /// What its file holds.
    pub before: String,
    /// What it is to become.
    pub subject: Subject,
}

/// What a text is to become.
#[derive(Clone, Debug)]
pub enum Subject {
    /// A service config with this role in it.
    ServiceConfig(Association, Option<String>),
    /// A trust policy that trusts this service.
    TrustPolicy(&'static str),
    /// Nothing in particular.
    Any,
}

/// What was found in a text.
#[derive(Debug, Default)]
pub struct Examination {
    /// Of which text; `None` before the first.
    pub revision: Option<u64>,
    /// What is wrong with it, by its places.
    pub findings: Findings,
    /// The bytes of its secrets.
    pub secrets: Vec<Range<usize>>,
    /// The text with its secrets masked.
    pub masked: Masked,
    /// What ramrole sets: the lines before and after, secrets masked; `None` where it cannot be set.
    pub change: Option<Vec<Line>>,
}

impl Subject {
    /// What the document for a question is to become; examples stand in for what is not answered yet.
    #[must_use]
    pub fn of(question: Option<&Question>, answers: &Answers) -> Self {
        let full = with_examples(answers);
        match question.map(|question| question.key) {
            Some("service_config") => full
                .association()
                .map_or(Self::Any, |association| Self::ServiceConfig(association, full.workspace_id.clone())),
            Some("trust_policy") => {
                full.workload.and_then(Workload::principal).map_or(Self::Any, Self::TrustPolicy)
            }
            _ => Self::Any,
        }
    }

    /// The text with the role in it; the findings why not.
    ///
    /// # Errors
    /// The findings for which the text cannot be edited.
    pub fn edit(&self, text: &str) -> Result<Edit, Findings> {
        match self {
            Self::ServiceConfig(association, workspace) => {
                let wanted = service_config::Wanted { association, workspace_id: workspace.as_deref() };
                service_config::associate(text, &wanted)
            }
            Self::TrustPolicy(service) => trust_policy::merge(text, service),
            Self::Any => {
                Ok(Edit { before: text.to_owned(), after: text.to_owned(), findings: Findings::default() })
            }
        }
    }

    fn kind(&self) -> Option<check::DocumentKind> {
        match self {
            Self::ServiceConfig(..) => Some(check::DocumentKind::ServiceConfig),
            Self::TrustPolicy(_) => Some(check::DocumentKind::TrustPolicy),
            Self::Any => None,
        }
    }
}

/// Looks a text through.
#[must_use]
pub fn examine(request: &Examine) -> Examination {
    let text = request.text.to_string();
    let empty = text.trim().is_empty();
    let findings =
        if empty { Findings::default() } else { check::check(&text, request.subject.kind()).findings };
    let change = match &request.subject {
        Subject::Any => None,
        subject => subject.edit(&text).ok(),
    };
    Examination {
        revision: Some(request.revision),
        findings,
        secrets: secrets(&text),
        masked: Masked::of(&text, &request.before),
        change: change.map(|edit| changes(&edit)),
    }
}

/// The secrets to hide: a mask hides none, and is to be seen where a secret is to be typed again.
fn secrets(text: &str) -> Vec<Range<usize>> {
    let spans = secret::spans_in_text(text).into_iter();
    spans.filter(|span| text.get(span.clone()) != Some(secret::MASK)).collect()
}

fn changes(edit: &Edit) -> Vec<Line> {
    if edit.changed() { compared(&masked(&edit.before), &masked(&edit.after)) } else { Vec::new() }
}
