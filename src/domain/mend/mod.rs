//! Puts right what a check has found, where that is mechanical and certain; what a person must decide it leaves
//! alone. It writes no file.

mod config;
mod credential;
mod policy;
mod spot;
mod strict;
mod trust;

use super::check::{DocumentKind, check};
use super::finding::{Finding, Rule, Severity};
use super::findings::Findings;
use super::rules;
use spot::Spot;

/// How the findings of one rule are mended.
struct Row {
    rule: &'static Rule,
    how: How,
    /// Before, the rest of the document was not checked at all, so that what comes to light then is not new.
    uncovers: bool,
}

/// What a mend starts from. Each gives the whole new text, or nothing where it is not certain.
enum How {
    /// The text, whatever the place.
    Text(fn(&str) -> Option<String>),
    /// The value, or the name, at which the finding starts.
    Spot(fn(Spot) -> Option<String>),
}

const fn row(rule: &'static Rule, how: How) -> Row {
    Row { rule, how, uncovers: false }
}

const fn uncovering(rule: &'static Rule, how: How) -> Row {
    Row { rule, how, uncovers: true }
}

/// Every rule whose findings can be mended, at least some of them.
static ROWS: &[Row] = &[
    uncovering(&rules::JSON_SYNTAX, How::Text(strict::mend_syntax)),
    row(&rules::JSON_COMMENT, How::Text(strict::remove_comments)),
    row(&rules::JSON_TRAILING_COMMA, How::Text(strict::remove_trailing_commas)),
    row(&rules::JSON_BYTE_ORDER_MARK, How::Text(strict::remove_byte_order_mark)),
    row(&rules::JSON_DUPLICATE_KEY, How::Spot(strict::remove_same_member)),
    row(&rules::POLICY_DUPLICATE_KEY, How::Spot(strict::remove_same_member)),
    row(&rules::CONFIG_DUPLICATE_KEY, How::Spot(strict::remove_same_member)),
    row(&rules::POLICY_VERSION, How::Spot(policy::set_version)),
    row(&rules::POLICY_STATEMENT, How::Spot(policy::list_statement)),
    row(&rules::POLICY_EFFECT, How::Spot(policy::spell_effect)),
    row(&rules::POLICY_UNKNOWN_KEY, How::Spot(policy::rename)),
    row(&rules::POLICY_SIZE, How::Spot(policy::compact)),
    row(&rules::TRUST_PRINCIPAL, How::Spot(trust::change_heading)),
    row(&rules::TRUST_PRINCIPAL_TYPO, How::Spot(trust::spell_service)),
    row(&rules::TRUST_PRINCIPAL_DUPLICATE, How::Spot(trust::remove_again)),
    row(&rules::TRUST_ACTION, How::Spot(trust::name_service)),
    row(&rules::TRUST_RESOURCE, How::Spot(trust::remove_resource)),
    uncovering(&rules::TRUST_API_ANSWER, How::Spot(trust::take_out)),
    uncovering(&rules::CONFIG_NOT_OBJECT, How::Spot(config::take_out)),
    row(&rules::CONFIG_SWITCH_TYPE, How::Spot(config::write_switch)),
    row(&rules::CONFIG_ROLE_ARN, How::Spot(config::trim_role_arn)),
    row(&rules::CONFIG_ROLE_WITHOUT_SWITCH, How::Spot(config::switch_on)),
    row(&rules::CONFIG_ROLE_MISPLACED, How::Spot(config::move_key)),
    row(&rules::CREDENTIAL_FIELD, How::Spot(credential::rename)),
    row(&rules::CREDENTIAL_TYPE, How::Spot(credential::write_type)),
    row(&rules::CREDENTIAL_ROLE_ARN, How::Spot(config::trim_role_arn)),
    row(&rules::CREDENTIAL_KEY, How::Spot(credential::use_only_key)),
];

/// The rules that have a mend, though not for each of their findings.
pub fn mendable() -> impl Iterator<Item = &'static Rule> {
    ROWS.iter().map(|row| row.rule)
}

/// The document with what a finding names put right; `None` where the fix needs a person's decision, or the finding
/// is not one of this text. The result was checked: it has the finding no more, and no error that was not there.
#[must_use]
pub fn mend(text: &str, finding: &Finding) -> Option<String> {
    let row = ROWS.iter().find(|row| row.rule.code == finding.rule.code)?;
    let after = match row.how {
        How::Text(mend) => mend(text)?,
        How::Spot(mend) => {
            let document = super::json::read(text).ok()?;
            mend(Spot::at(&document, finding.span.as_ref()?.start)?)?
        }
    };
    let (kind, before) = checked(text, finding)?;
    let left = check(&after, kind).findings;
    let is_settled = !left.iter().any(|other| is_same(other, finding));
    let is_better = row.uncovers || (fewer(&before, &left, row.rule) && no_new_error(&before, &left));
    (is_settled && is_better).then_some(after)
}

/// The check of the text in which the finding stands, and the kind of document that it was forced to be.
fn checked(text: &str, finding: &Finding) -> Option<(Option<DocumentKind>, Findings)> {
    let kinds = std::iter::once(None).chain(DocumentKind::ALL.map(Some));
    let mut checks = kinds.map(|kind| (kind, check(text, kind).findings));
    checks.find(|(_, findings)| findings.iter().any(|other| is_same(other, finding)))
}

/// Whether both say the same of the same place; how much they point at there does not count.
fn is_same(one: &Finding, other: &Finding) -> bool {
    let start = |finding: &Finding| finding.span.as_ref().map(|span| span.start);
    one.rule.code == other.rule.code && start(one) == start(other)
}

fn fewer(before: &Findings, after: &Findings, rule: &Rule) -> bool {
    after.count_of(rule) < before.count_of(rule)
}

fn no_new_error(before: &Findings, after: &Findings) -> bool {
    let mut errors = after.counts().filter(|(rule, _)| rule.severity == Severity::Error);
    errors.all(|(rule, count)| count <= before.count_of(rule))
}
