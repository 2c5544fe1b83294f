//! What a check has to say, and the rule behind it; one type for checks, warnings and diagnoses.

use std::ops::Range;

use serde::{Serialize, Serializer, ser::SerializeStruct};

use super::secret;
use super::text::{self, Place};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The platform refuses it, or it cannot do what it is for.
    Error,
    /// It works, but hardly as meant.
    Warning,
    /// Good to know.
    Note,
}

impl Severity {
    /// The word for it: `error`, `warning`, `note`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// One rule: what `ramrole rules CODE` explains.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// The stable name, kebab-case.
    pub code: &'static str,
    /// How much its findings weigh.
    pub severity: Severity,
    /// What it finds, in half a sentence.
    pub title: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// What to do about it.
    pub fix: &'static str,
    /// Where the platform says so, or `unconfirmed: …` where it does not.
    pub source: &'static str,
}

/// Makes a static for each row and the table of all.
macro_rules! rows {
    ($($name:ident $code:literal $severity:ident $source:expr; $title:literal $why:literal $fix:literal)+) => {
        $(#[doc = concat!("`", $code, "`")] pub static $name: Rule = Rule {
            code: $code, severity: Severity::$severity, title: $title, why: $why, fix: $fix, source: $source,
        };)+
        /// Every rule of this table.
        pub static ALL: &[&Rule] = &[$(&$name),+];
    };
}
pub(super) use rows;

/// One thing found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule behind it.
    pub rule: &'static Rule,
    /// What was found, with the names of the document in it; one harmless line.
    pub message: String,
    /// The bytes of the document that it is about.
    pub span: Option<Range<usize>>,
    /// Where they start.
    pub place: Option<Place>,
    /// What to do here; the rule's own advice where nothing more exact is known.
    pub fix: Option<String>,
    /// The document's name, where several are at hand.
    pub document: Option<String>,
}

impl Finding {
    /// A finding about no place in particular; a secret that its message quotes is masked.
    #[must_use]
    pub fn new(rule: &'static Rule, message: impl Into<String>) -> Self {
        let message = text::visible_line(&secret::mask_words(&message.into())).into_owned();
        Self { rule, message, span: None, place: None, fix: None, document: None }
    }

    /// The finding with its place in `text`.
    #[must_use]
    pub fn at(mut self, text: &str, span: Range<usize>) -> Self {
        self.place = Some(text::place(text, span.start));
        self.span = Some(span);
        self
    }

    /// The finding with its bytes, but no place yet: [`super::findings::Findings::locate`] finds the places of many in one walk.
    #[must_use]
    pub fn spanning(mut self, span: Range<usize>) -> Self {
        self.span = Some(span);
        self
    }

    /// The finding for a text other than the one that it was found in.
    #[must_use]
    pub fn without_place(self) -> Self {
        Self { span: None, place: None, ..self }
    }

    /// The finding with its own advice.
    #[must_use]
    pub fn with_fix(mut self, fix: impl Into<String>) -> Self {
        self.fix = Some(text::visible_line(&fix.into()).into_owned());
        self
    }

    /// The finding with the name of its document.
    #[must_use]
    pub fn in_document(mut self, name: &str) -> Self {
        self.document = Some(name.to_owned());
        self
    }

    /// How much it weighs.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.rule.severity
    }

    /// What to do about it.
    #[must_use]
    pub fn advice(&self) -> &str {
        self.fix.as_deref().unwrap_or(self.rule.fix)
    }
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Finding", 8)?;
        fields.serialize_field("code", self.rule.code)?;
        fields.serialize_field("severity", &self.rule.severity)?;
        fields.serialize_field("document", &self.document)?;
        fields.serialize_field("line", &self.place.map(|place| place.line))?;
        fields.serialize_field("column", &self.place.map(|place| place.column))?;
        fields.serialize_field("message", &self.message)?;
        fields.serialize_field("fix", self.advice())?;
        fields.serialize_field("source", self.rule.source)?;
        fields.end()
    }
}
