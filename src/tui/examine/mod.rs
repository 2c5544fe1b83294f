//! What is to be said of a text while it is edited or checked. Pure, and for large texts slow enough to be done beside.

pub mod document;
pub mod text;
