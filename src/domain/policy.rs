//! A RAM policy as its statements, read off the JSON without judging it.

use super::json::{Kind, Value};

/// The action that a trust policy allows.
pub const ASSUME_ROLE: &str = "sts:AssumeRole";

/// The kinds of policy, told apart by what their statements hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyKind {
    /// Who may assume a role.
    Trust,
    /// What may be done on what.
    Permission,
    /// A policy of a resource of another product, such as an OSS bucket: `Principal` is not an object.
    NotRam,
}

/// A document with `Statement`.
#[derive(Clone, Copy, Debug)]
pub struct Policy<'d>(pub Value<'d>);

impl<'d> Policy<'d> {
    /// Whether the value has the outline of a policy.
    #[must_use]
    pub fn is_policy(value: Value) -> bool {
        value.get("Statement").is_some()
            || (value.get("Version").is_some() && value.get("Effect").is_some())
            || value.get("statement").is_some()
    }

    /// The statements: the elements of the list, or the one object in its place.
    pub fn statements(self) -> impl Iterator<Item = Statement<'d>> {
        self.0.get("Statement").into_iter().flat_map(Value::one_or_more).map(Statement)
    }

    /// What kind it is; without any statement to tell, a permission policy.
    #[must_use]
    pub fn kind(self) -> PolicyKind {
        let mut kind = PolicyKind::Permission;
        for statement in self.statements() {
            match statement.0.get("Principal").map(Value::kind) {
                Some(Kind::Object) => return PolicyKind::Trust,
                // Buckets and stacks do not assume roles: this is a trust policy that RAM refuses.
                Some(_) if statement.only_assumes_roles() => return PolicyKind::Trust,
                Some(_) => kind = PolicyKind::NotRam,
                None if statement.only_assumes_roles() && statement.0.get("Resource").is_none() => {
                    return PolicyKind::Trust;
                }
                None => {}
            }
        }
        kind
    }
}

/// One statement.
#[derive(Clone, Copy, Debug)]
pub struct Statement<'d>(pub Value<'d>);

impl<'d> Statement<'d> {
    /// Whether `Effect` is this word.
    #[must_use]
    pub fn has_effect(self, effect: &str) -> bool {
        self.0.get("Effect").is_some_and(|value| value.is_str(effect))
    }

    /// The actions, from a string or a list.
    pub fn actions(self) -> impl Iterator<Item = Value<'d>> {
        self.0.get("Action").into_iter().flat_map(Value::one_or_more)
    }

    /// The principals of one kind (`Service`, `RAM`, `Federated`), from a string or a list.
    pub fn principals(self, kind: &str) -> impl Iterator<Item = Value<'d>> {
        self.0.at(&["Principal", kind]).into_iter().flat_map(Value::one_or_more)
    }

    /// Whether there is a condition that can fail, or something that may be meant as one: only an empty object does
    /// not count.
    #[must_use]
    pub fn is_conditional(self) -> bool {
        self.0.members().any(|member| {
            let named = member.name.as_str().is_some_and(|name| name.eq_ignore_ascii_case("Condition"));
            named && (member.value.kind() != Kind::Object || member.value.members().next().is_some())
        })
    }

    /// Whether nothing but these keys of the grammar of trust policies stands in it.
    #[must_use]
    pub fn is_plain_trust(self) -> bool {
        self.0
            .members()
            .all(|member| ["Action", "Effect", "Principal", "Condition"].iter().any(|name| member.is(name)))
    }

    /// Whether the statement's `Action` or `NotAction` covers this action.
    #[must_use]
    pub fn covers(self, action: &str) -> bool {
        let covered = |value: Value| value.as_str().is_some_and(|pattern| matches(&pattern, action));
        match self.0.get("NotAction") {
            Some(excepted) => !excepted.one_or_more().any(covered),
            None => self.actions().any(covered),
        }
    }

    /// Whether every action is one of STS.
    #[must_use]
    pub fn only_assumes_roles(self) -> bool {
        let is_sts = |value: Value| value.as_str().is_some_and(|action| action.starts_with(ASSUME_ROLE));
        self.actions().next().is_some() && self.actions().all(is_sts)
    }
}

/// Whether a pattern with `*` and `?` matches a text, case not counting.
#[must_use]
pub fn matches(pattern: &str, text: &str) -> bool {
    matches_with(pattern, text, |p, t| p == b'?' || p.eq_ignore_ascii_case(&t))
}

/// Whether a pattern with `*` and `?` matches a text in exactly this case.
#[must_use]
pub fn matches_exactly(pattern: &str, text: &str) -> bool {
    matches_with(pattern, text, |p, t| p == b'?' || p == t)
}

/// Whether everything that the pattern `narrow` matches is matched by `wide` too. It can miss a cover where both have
/// wildcards, but never claims one.
#[must_use]
pub fn covers(wide: &str, narrow: &str) -> bool {
    // A `*` of `narrow` stands for texts of any length, which only a `*` of `wide` matches for certain.
    matches_with(wide, narrow, |w, n| if w == b'?' { n != b'*' } else { w == n && n != b'?' })
}

/// Whether a pattern matches a text, where `is_one` tells whether a byte of the pattern stands for one of the text.
fn matches_with(pattern: &str, text: &str, is_one: impl Fn(u8, u8) -> bool) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(b'*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(&c) if is_one(c, text[t]) => {
                p += 1;
                t += 1;
            }
            _ => match star {
                Some((at, from)) => {
                    p = at + 1;
                    t = from + 1;
                    star = Some((at, t));
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|c| *c == b'*')
}

#[cfg(test)]
mod tests {
    use super::super::json::read;
    use super::*;

    #[test]
    fn patterns_match_as_in_ram() {
        for (pattern, text, expected) in [
            ("*", "sts:AssumeRole", true),
            ("sts:*", "sts:AssumeRole", true),
            ("STS:assumerole", "sts:AssumeRole", true),
            ("sts:Assume????", "sts:AssumeRole", true),
            ("*:*Role", "sts:AssumeRole", true),
            ("sts:AssumeRoleWithOIDC", "sts:AssumeRole", false),
            ("oss:*", "sts:AssumeRole", false),
            ("", "x", false),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn a_pattern_covers_what_it_surely_matches() {
        for (wide, narrow, expected) in [
            ("*", "acs:oss:*:*:owl/a/*", true),
            ("acs:oss:*:*:owl/*", "acs:oss:*:*:owl/a/*", true),
            ("acs:oss:*:*:owl/a/*", "acs:oss:*:*:owl/a/*", true),
            ("acs:oss:*:*:owl/a/*", "acs:oss:*:*:owl/*", false),
            ("acs:oss:*:*:owl/?", "acs:oss:*:*:owl/*", false),
            ("acs:oss:*:*:owl/?", "acs:oss:*:*:owl/?", true),
            ("acs:oss:*:*:owl/a", "acs:oss:*:*:owl/?", false),
            ("acs:oss:*:*:owl", "acs:oss:*:*:owl/*", false),
            ("acs:oss:*:*:Owl/*", "acs:oss:*:*:owl/a", false),
        ] {
            assert_eq!(covers(wide, narrow), expected, "{wide} {narrow}");
        }
        assert!(matches_exactly("a*", "ab") && !matches_exactly("A*", "ab"));
    }

    #[test]
    fn kinds_are_told_apart() {
        for (text, expected) in [
            (r#"{"Statement":[{"Principal":{"Service":"x"},"Action":"sts:AssumeRole"}]}"#, PolicyKind::Trust),
            (r#"{"Statement":[{"Action":"sts:AssumeRole","Effect":"Allow"}]}"#, PolicyKind::Trust),
            (r#"{"Statement":[{"Action":"sts:AssumeRole","Resource":"*"}]}"#, PolicyKind::Permission),
            (r#"{"Statement":[{"Principal":"*","Action":"Update:*","Resource":"*"}]}"#, PolicyKind::NotRam),
            (r#"{"Statement":[{"Principal":["*"],"Action":"sts:AssumeRole"}]}"#, PolicyKind::Trust),
            (r#"{"Statement":[]}"#, PolicyKind::Permission),
        ] {
            let document = read(text).expect(text);
            assert_eq!(Policy(document.root()).kind(), expected, "{text}");
        }
    }
}
