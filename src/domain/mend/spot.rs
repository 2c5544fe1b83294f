//! The place in a document that a finding is about: the value there, and what it stands in.

use serde_json::Value as Tree;

use super::super::json::{self, Document, Kind, Member, Value};

/// A value or a member's name, and the object or list around it; nothing is around the root.
#[derive(Clone, Copy)]
pub(super) struct Spot<'d> {
    pub value: Value<'d>,
    pub parent: Option<Value<'d>>,
}

impl<'d> Spot<'d> {
    /// The spot that starts at this byte.
    pub fn at(document: &'d Document<'d>, start: usize) -> Option<Self> {
        let mut parent = None;
        for value in document.values().take_while(|value| value.span().start <= start) {
            if value.span().start == start {
                return Some(Self { value, parent });
            }
            let is_container = matches!(value.kind(), Kind::Object | Kind::Array);
            if is_container && value.span().end > start {
                parent = Some(value);
            }
        }
        None
    }

    /// The spot of the object or list around it.
    pub fn outer(self) -> Option<Self> {
        Self::at(self.value.document(), self.parent?.span().start)
    }

    /// The member whose name or value it is.
    pub fn member(self) -> Option<Member<'d>> {
        let start = self.value.span().start;
        let mut members = self.parent?.members();
        members.find(|member| [member.name, member.value].iter().any(|value| value.span().start == start))
    }

    /// The member whose value it is, or in whose list it stands, with its object.
    pub fn heading(self) -> Option<(Value<'d>, Member<'d>)> {
        let spot = if self.parent?.kind() == Kind::Array { self.outer()? } else { self };
        Some((spot.parent?, spot.member()?))
    }

    /// The text with another scalar, or another name, here.
    pub fn replaced(self, with: impl Into<Tree>) -> String {
        json::replace_value(self.value, &with.into())
    }

    /// The text with a list of this one value here.
    pub fn in_list(self) -> String {
        let span = self.value.span();
        let brackets = [(span.start..span.start, "[".to_owned()), (span.end..span.end, "]".to_owned())];
        json::splice(self.value.document().text(), &brackets)
    }

    /// The text without this member or element; `None` where a comment in it would go too.
    pub fn removed(self) -> Option<String> {
        let item = self.member().map_or_else(|| self.value.span(), |member| member.span());
        let mut comments = self.value.document().comments();
        if comments.any(|comment| item.contains(&comment.start)) {
            return None;
        }
        Some(json::remove_item(self.parent?, item))
    }
}

/// The member of an object with this name, if it stands there once.
pub(super) fn only<'d>(object: Value<'d>, name: &str) -> Option<Member<'d>> {
    let mut members = object.members().filter(|member| member.is(name));
    members.next().filter(|_| members.next().is_none())
}
