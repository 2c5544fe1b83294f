//! ramrole attaches RAM roles to Alibaba Cloud PAI and `DataWorks` workloads: policies, service configs, commands
//! and code, ready to paste.
//!
//! Every verb has two halves: one decides, values in and values out; the other does what the value says.
//!
//! | verb | decides | does |
//! |---|---|---|
//! | set up | [`domain::plan::plan`] | the `plan` command, [`host::output`] |
//! | trust | [`domain::trust_policy::merge`] | the `trust-policy` command |
//! | edit | [`domain::service_config::associate`] | the `service-config` command |
//! | check | [`domain::check::check`] | the `check` command walks files |
//! | explain | [`domain::explain::explain`] | the `explain` command |
//! | mend | [`domain::mend::mend`] | the wizard's check screen and editor |
//! | watch | [`domain::credential::parse`], [`domain::credential::Watch`] | [`host::credential`], the `credential` command and screen |
//! | who wins | [`domain::chain::resolve`] | [`host::chain`], `credential --who` |
//! | serve | [`domain::serve::respond`], [`domain::serve::Lease`] | [`serve`], the `serve` command |
//! | ask | [`tui::app::App`]: `update`, `view` | [`tui::open`], the loop around it |
//!
//! Where things live:
//!
//! - [`domain`] decides. It knows no terminal, disk, network, environment or clock; a test keeps it so. What the
//!   platform's documents say is data in `assets/catalog/`; the questions are the rows of
//!   [`domain::question::ALL`], the rules those of [`domain::rules::ALL`].
//! - [`host`] is the outside: files, standard input, the clock, the local credential service. It uses `domain` and
//!   decides nothing.
//! - [`serve`] is the local credential service: it accepts and writes what `domain` says.
//! - [`tui`] is the wizard: a view over answers and documents. Every key is a row of [`tui::app::ALL`]; every screen is a
//!   folder of [`tui::screens`] with its state, its keys and its view; what it wants done outside is a
//!   [`tui::request::Request`]. While questions are open, [`domain::sketch`] shows what the plan would be.
//! - [`cli`] turns flags into answers and values, and prints what `domain` made of them. One row a command.
//!
//! A user's document is edited on its own bytes ([`domain::json`]): whatever is not named stays as it was.
//!
//! ```
//! use ramrole::domain::trust_policy;
//!
//! let policy = trust_policy::document("ecs.aliyuncs.com");
//! let edit = trust_policy::merge(&policy, "eas.pai.aliyuncs.com").expect("a trust policy");
//! assert!(edit.changed() && edit.after.contains("\"eas.pai.aliyuncs.com\""));
//! ```

pub mod cli;
pub mod domain;
pub mod host;
pub mod messages;
pub mod serve;
pub mod tui;

#[cfg(test)]
#[path = "../tests/it/processor_time.rs"]
mod processor_time;
