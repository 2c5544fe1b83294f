//! The tests of the program as a whole, one binary; a module a feature. Modules that need a POSIX shell, signals, links or
//! permissions are left out on Windows.

mod architecture;
mod bodies;
#[cfg(unix)]
mod cases;
mod catalog;
mod chain;
mod check;
#[cfg(unix)]
mod code;
mod corpus;
mod cost;
mod credential;
mod driver;
mod evaluation;
mod explain;
#[cfg(unix)]
mod files;
#[cfg(unix)]
mod files_kept;
#[cfg(unix)]
mod files_left;
mod fixtures;
mod fuzz;
mod hostile;
mod inert;
mod json;
mod json_errors;
mod keeping;
mod keys;
mod late;
mod layout;
#[cfg(unix)]
mod manners;
mod mend;
mod messages;
mod mirror;
mod packaging;
mod permission;
mod permission_merge;
mod permission_random;
mod pictures;
mod policies;
#[cfg(unix)]
mod process;
mod processor_time;
mod program;
#[cfg(unix)]
mod pty;
mod random_walk;
#[cfg(unix)]
mod recorder;
#[cfg(unix)]
mod reports;
mod restless;
mod screens;
mod secrets;
#[cfg(unix)]
mod serve;
#[cfg(unix)]
mod terminal;
mod wizard;
