//! Which source of credentials the official clients take on a machine: each client's chain as a table of steps, asked of
//! what the host saw. It opens no file, asks no network, and holds no secret.

mod aliyun;
mod child;
mod cli_file;
mod client;
mod evidence;
mod ini;
mod ini_profile;
mod java;
mod legacy;
mod mode;
mod outcome;
mod profile;
pub mod report;
pub mod rules;
mod sdk;
mod shadow;
mod variables;

pub use child::{child_environment, left_over, why_unset};
pub use client::{Client, Step};
pub use evidence::{Evidence, Reading};
pub use outcome::{Kind, Origin, Outcome};
pub use shadow::{findings, is_shadowed};
pub use variables::Environment;

/// One step of a client's chain: a row of its table.
struct Row {
    step: Step,
    /// What it looks at, for people.
    looks_at: &'static str,
    judge: fn(Look<'_>) -> Outcome,
}

/// A client looking at a machine.
#[derive(Clone, Copy)]
struct Look<'e> {
    client: Client,
    seen: &'e Evidence,
}

/// One step, and how it ends here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The step.
    pub step: Step,
    /// What it looks at.
    pub looks_at: &'static str,
    /// How it ends, whether or not it is reached.
    pub outcome: Outcome,
}

/// A client's chain on a machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// The client.
    pub client: Client,
    /// Every step in its order.
    pub steps: Vec<Judged>,
}

impl Chain {
    /// The place of the step that decides: it wins, or asks for what it needs, or ends the chain.
    #[must_use]
    pub fn decided_at(&self) -> Option<usize> {
        self.steps.iter().position(|judged| judged.outcome.kind.decides())
    }

    /// The step whose credential is taken, as far as can be known; nothing where none is, or the chain ends before.
    #[must_use]
    pub fn winner(&self) -> Option<&Judged> {
        let decided = &self.steps[self.decided_at()?];
        (decided.outcome.kind != Kind::Fails).then_some(decided)
    }

    /// Whether the credential URI is what this client takes.
    #[must_use]
    pub fn reaches_uri(&self) -> bool {
        self.winner().is_some_and(|winner| winner.step == Step::Uri)
    }
}

/// The steps of a client's chain.
fn rows(client: Client) -> &'static [Row] {
    match client {
        Client::Python => sdk::PYTHON,
        Client::PythonLegacy => legacy::ROWS,
        Client::Go => sdk::GO,
        Client::Node => sdk::NODE,
        Client::Java => sdk::JAVA,
        Client::Cli => aliyun::ROWS,
    }
}

/// What a client's chain comes to on this machine.
#[must_use]
pub fn resolve(client: Client, seen: &Evidence) -> Chain {
    let look = Look { client, seen };
    let judged = |row: &Row| Judged { step: row.step, looks_at: row.looks_at, outcome: (row.judge)(look) };
    Chain { client, steps: rows(client).iter().map(judged).collect() }
}

/// The chains of all clients.
#[must_use]
pub fn resolve_all(seen: &Evidence) -> Vec<Chain> {
    Client::ALL.into_iter().map(|client| resolve(client, seen)).collect()
}
