//! Where a click leads: areas of a frame with what they stand for.

use ratatui::layout::{Position, Rect};

/// An area with its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Where.
    pub area: Rect,
    /// What it stands for.
    pub target: Target,
}

/// What a click can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// An entry of the list at hand.
    Entry(usize),
    /// A step of the way.
    Step(usize),
    /// A tab, a document.
    Tab(usize),
    /// A key of the footer, by its place in the key table.
    Key(usize),
    /// A place in the text at hand: row and column from its corner.
    Text(u16, u16),
}

/// What stands at a place; of several the one drawn last. A place in a text is counted from its corner.
#[must_use]
pub fn at(hits: &[Hit], place: Position) -> Option<Target> {
    let hit = hits.iter().rev().find(|hit| hit.area.contains(place))?;
    Some(match hit.target {
        Target::Text(..) => Target::Text(place.y - hit.area.y, place.x - hit.area.x),
        other => other,
    })
}
