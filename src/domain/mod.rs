//! What ramrole knows and decides: documents and values in, values out. No terminal, network, disk,
//! environment or clock.

pub mod catalog;
pub mod finding;
pub mod json;
pub mod policy;
pub mod principal;
pub mod rules;
pub mod secret;
pub mod text;
pub mod values;
