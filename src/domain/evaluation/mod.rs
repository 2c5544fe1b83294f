//! How RAM decides about a request, as far as its documents say; where they are silent, the answer is "cannot tell".
//!
//! Sources: Policy evaluation process (help/en/ram/policy-evaluation-process, 2026-06-02, and its edition of 2021),
//! Policy evaluation process of assuming a RAM role, Policy elements, Conditional operators (2025-12-09).

mod condition;
mod statement;

use std::collections::BTreeMap;

use super::policy::Policy;

/// One request.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The action, `service:Operation`.
    pub action: String,
    /// The ARN of the resource.
    pub resource: String,
    /// The condition keys that the request carries.
    pub context: BTreeMap<String, String>,
    /// Who asks to assume a role: the kind of principal (`Service`, `RAM`) and its name.
    pub principal: Option<(String, String)>,
    /// Whether the resource is outside the resource group of the policies at that level.
    pub outside_group: bool,
}

impl Request {
    /// A request without condition keys.
    #[must_use]
    pub fn new(action: &str, resource: &str) -> Self {
        Self { action: action.to_owned(), resource: resource.to_owned(), ..Self::default() }
    }

    /// The request with a condition key.
    #[must_use]
    pub fn with(mut self, key: &str, value: &str) -> Self {
        self.context.insert(key.to_owned(), value.to_owned());
        self
    }
}

/// The policies that decide about a request, by kind.
#[derive(Clone, Debug, Default)]
pub struct Policies<'d> {
    /// Control policies of a resource directory, where they apply.
    pub control: Option<Vec<Policy<'d>>>,
    /// The session policy of an assumed role, where there is one.
    pub session: Option<Vec<Policy<'d>>>,
    /// Policies of the identity at the level of the account, those of its groups included.
    pub account: Vec<Policy<'d>>,
    /// Policies of the identity at the level of the resource group.
    pub group: Vec<Policy<'d>>,
    /// The trust policy of the role that is assumed.
    pub trust: Option<Policy<'d>>,
}

/// Points that the documents leave open.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Open {
    /// What holds for a condition key that the request does not carry.
    AbsentKey(String),
    /// An operator that is not in the list of RAM, or a value that it cannot read.
    Operator(String),
    /// `NotResource`, which today's documents do not have.
    NotResource,
    /// Whether a Resource counts that differs only in case.
    ResourceCase,
    /// Whether a Deny at the level of a resource group wins over an Allow at the level of the account.
    GroupDeny,
}

/// How to read what the documents leave open; `None` is "cannot tell".
#[derive(Clone, Copy, Debug, Default)]
pub struct Reading {
    /// How a condition reads a key that the request does not carry.
    pub absent_key: Option<AbsentKey>,
    /// Whether a Deny at the level of a resource group wins over an Allow at the level of the account.
    pub group_deny_wins: Option<bool>,
}

/// How a condition reads a key that the request does not carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AbsentKey {
    /// No operator is met.
    NotMet,
    /// Only negated operators are met.
    NegatedMet,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Allowed.
    Allow,
    /// Denied by a Deny statement.
    ExplicitDeny,
    /// Denied because nothing allows it.
    ImplicitDeny,
    /// It depends on a point that the documents leave open.
    CannotTell(Open),
}

/// Something that is met, is not, or depends on an open point.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Met {
    Yes,
    No,
    Open(Open),
}

impl Met {
    fn of(met: bool) -> Self {
        if met { Self::Yes } else { Self::No }
    }

    /// Met if all are.
    fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Self::Yes;
        for part in parts {
            match part {
                Self::Yes => {}
                Self::No => return Self::No,
                Self::Open(_) => all = part,
            }
        }
        all
    }

    /// Met if any is.
    fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut any = Self::No;
        for part in parts {
            match part {
                Self::Yes => return Self::Yes,
                Self::No => {}
                Self::Open(_) => any = part,
            }
        }
        any
    }

    fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::Open(open) => Self::Open(open),
        }
    }
}

/// Decides about a request in the documented order.
#[must_use]
pub fn evaluate(policies: &Policies, request: &Request, reading: Reading) -> Decision {
    for barrier in [&policies.control, &policies.session].into_iter().flatten() {
        let decision = judge(barrier, request, reading);
        if decision != Decision::Allow {
            return decision;
        }
    }
    let Some(trust) = policies.trust else { return identity(policies, request, reading) };
    let trusted = judge(&[trust], request, reading);
    // A service has no identity policies, so the trust policy alone decides (inferred).
    let is_service = request.principal.as_ref().is_some_and(|(kind, _)| kind == "Service");
    if is_service { trusted } else { both(identity(policies, request, reading), trusted) }
}

/// Assuming a role takes an Allow of both sides; either can deny.
fn both(identity: Decision, trust: Decision) -> Decision {
    use Decision::{Allow, CannotTell, ExplicitDeny, ImplicitDeny};
    match (identity, trust) {
        (ExplicitDeny, _) | (_, ExplicitDeny) => ExplicitDeny,
        (CannotTell(open), _) | (_, CannotTell(open)) => CannotTell(open),
        (Allow, Allow) => Allow,
        (ImplicitDeny, _) | (_, ImplicitDeny) => ImplicitDeny,
    }
}

/// Identity policies: those of the account first, then those of the resource group.
fn identity(policies: &Policies, request: &Request, reading: Reading) -> Decision {
    let account = judge(&policies.account, request, reading);
    let group =
        if request.outside_group { Decision::ImplicitDeny } else { judge(&policies.group, request, reading) };
    match (account, group) {
        (Decision::ImplicitDeny, group) => group,
        (Decision::Allow, Decision::ExplicitDeny) => match reading.group_deny_wins {
            Some(true) => Decision::ExplicitDeny,
            Some(false) => Decision::Allow,
            None => Decision::CannotTell(Open::GroupDeny),
        },
        (account, _) => account,
    }
}

/// The basic process: a Deny that fits wins, else an Allow that fits, else nothing is allowed.
#[must_use]
pub fn judge(policies: &[Policy], request: &Request, reading: Reading) -> Decision {
    let met = |effect: &str| {
        let statements = policies.iter().flat_map(|policy| policy.statements());
        let of_effect = statements.filter(|statement| statement.has_effect(effect));
        Met::any(of_effect.map(|it| statement::fits(it, request, reading)))
    };
    match (met("Deny"), met("Allow")) {
        (Met::Yes, _) => Decision::ExplicitDeny,
        (Met::Open(open), _) | (Met::No, Met::Open(open)) => Decision::CannotTell(open),
        (Met::No, Met::Yes) => Decision::Allow,
        (Met::No, Met::No) => Decision::ImplicitDeny,
    }
}
