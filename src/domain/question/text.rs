//! Texts into answers, and answers into texts.

use std::str::FromStr;

use crate::domain::answers::Answers;
use crate::domain::catalog::RoleChoice;
use crate::domain::values::Invalid;

pub(super) fn put<T>(answer: &mut Option<T>, value: Result<T, Invalid>) -> Result<(), Invalid> {
    *answer = Some(value?);
    Ok(())
}

pub(super) fn parsed<T: FromStr<Err = Invalid>>(text: &str) -> Result<T, Invalid> {
    text.parse()
}

/// Texts that have no rule of their own: one line, not empty, not endless.
pub(super) fn line(text: &str) -> Result<String, Invalid> {
    let refuse = |why: &str| Err(Invalid::new("an answer", text, why));
    match text {
        "" => refuse("it is empty"),
        _ if text.chars().count() > 1024 => refuse("it has more than 1024 characters"),
        _ if text.contains('\0') => refuse("it holds a NUL character"),
        _ => Ok(text.to_owned()),
    }
}

/// An OSS bucket: 3–63 lower-case letters, digits, `-`, none at the ends (OSS documentation, bucket naming).
pub(super) fn bucket(text: &str) -> Result<String, Invalid> {
    let name = text.strip_prefix("oss://").unwrap_or(text).trim_end_matches('/');
    let allowed = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if allowed && (3..=63).contains(&name.len()) && !name.starts_with('-') && !name.ends_with('-') {
        Ok(name.to_owned())
    } else {
        Err(Invalid::new("an OSS bucket", text, "a bucket has 3 to 63 lower-case letters, digits and `-`"))
    }
}

pub(super) fn yes_or_no(text: &str) -> Result<bool, Invalid> {
    match text.to_lowercase().as_str() {
        "yes" | "true" | "y" => Ok(true),
        "no" | "false" | "n" => Ok(false),
        _ => Err(Invalid::new("an answer", text, "use yes or no")),
    }
}

/// Several values, separated by commas; one that stands twice counts once, for what is attached or written
/// twice is refused or lost.
pub(super) fn list<T: FromStr<Err = Invalid> + PartialEq>(text: &str) -> Result<Vec<T>, Invalid> {
    let mut values = Vec::new();
    for item in text.split(',').map(str::trim).filter(|item| !item.is_empty()) {
        let value = item.parse()?;
        if !values.contains(&value) {
            values.push(value);
        }
    }
    Ok(values)
}

pub(super) fn joined<T: ToString>(list: Option<&Vec<T>>) -> Option<String> {
    list.map(|list| list.iter().map(T::to_string).collect::<Vec<_>>().join(","))
}

pub(super) fn word(yes: bool) -> String {
    if yes { "yes" } else { "no" }.to_owned()
}

pub(super) fn set_role(answers: &mut Answers, text: &str) -> Result<(), Invalid> {
    let role: RoleChoice = text.parse()?;
    match answers.workload {
        Some(workload) if !workload.offers(role) => {
            let title = &workload.sheet().title.value;
            Err(Invalid::new(
                "a choice of role here",
                text,
                format!("the documents of a {title} offer no such role; see `ramrole workloads`"),
            ))
        }
        _ => {
            answers.role = Some(role);
            Ok(())
        }
    }
}
