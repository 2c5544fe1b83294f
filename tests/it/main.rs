//! The tests of the program as a whole, one binary; a module a feature.

mod architecture;
mod cases;
mod catalog;
mod chain;
mod check;
mod code;
mod corpus;
mod driver;
mod explain;
mod inert;
mod json;
mod json_errors;
mod layout;
mod manners;
mod mend;
mod mirror;
mod pictures;
mod policies;
mod program;
mod pty;
mod random_walk;
mod recorder;
mod screens;
mod terminal;
mod wizard;
