//! What ramrole knows and decides: documents and values in, values out. No terminal, network, disk,
//! environment or clock.

pub mod answers;
pub mod association;
pub mod catalog;
pub mod chain;
pub mod check;
pub mod code;
pub mod credential;
pub mod credential_config;
pub mod edit;
pub mod explain;
pub mod file_format;
pub mod finding;
pub mod findings;
pub mod json;
pub mod mend;
pub mod moment;
pub mod pass_role;
pub mod picture;
pub mod plan;
pub mod policy;
pub mod principal;
pub mod question;
pub mod quote;
pub mod remedy;
pub mod report;
pub mod rules;
pub mod secret;
pub mod serve;
pub mod service_config;
pub mod settings;
pub mod sketch;
pub mod system_policy;
pub mod text;
pub mod trust_policy;
pub mod values;
