//! ramrole
pub mod domain;
