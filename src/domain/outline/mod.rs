//! Tells from a JSON document's outline what it is, and which rules are about documents of the wrong kind.

mod rules;

pub use rules::*;
