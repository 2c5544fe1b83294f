//! The screens, a folder each: its state, its bindings, its view. None knows another; where one leads is a
//! [`Go`](super::go::Go).

pub mod check;
pub mod credential;
pub mod editor;
pub mod explain;
pub mod home;
pub mod page;
pub mod preview;
