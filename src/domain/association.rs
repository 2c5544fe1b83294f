//! The role that a workload carries: at most one, which the type says.

use super::catalog::RoleChoice;
use super::values::RoleArn;

/// Which role a workload carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Association {
    /// The platform's default role.
    Default,
    /// A role of the account.
    Custom(RoleArn),
    /// No role.
    None,
}

impl Association {
    /// The choice without its details.
    #[must_use]
    pub fn choice(&self) -> RoleChoice {
        match self {
            Self::Default => RoleChoice::Default,
            Self::Custom(_) => RoleChoice::Custom,
            Self::None => RoleChoice::None,
        }
    }

    /// The ARN of a custom role.
    #[must_use]
    pub fn role_arn(&self) -> Option<&RoleArn> {
        match self {
            Self::Custom(arn) => Some(arn),
            Self::Default | Self::None => None,
        }
    }
}

/// Why something cannot be had, and the way out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Refusal {
    /// What was refused and why.
    pub message: String,
    /// What to do instead.
    pub hint: String,
}

impl Refusal {
    /// A refusal with its way out.
    #[must_use]
    pub fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: hint.into() }
    }
}
