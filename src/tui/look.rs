//! How things look: colours, signs, size. It draws nothing.

use ratatui::style::{Color, Modifier, Style};

use crate::domain::settings::{SymbolSet, ThemeName};

/// What the screens need to know to be drawn.
#[derive(Clone, Debug)]
pub struct Look {
    /// The colours.
    pub theme: Theme,
    /// The signs.
    pub symbols: Symbols,
    /// The size of the terminal: columns and rows.
    pub size: (u16, u16),
    /// Whether clicks are taken.
    pub mouse: bool,
    /// Whether documents stand beside the questions where there is room.
    pub preview: bool,
}

impl Look {
    /// Whether there is room for three columns.
    #[must_use]
    pub fn is_wide(&self) -> bool {
        self.size.0 >= 100
    }

    /// Whether there is room for the steps.
    #[must_use]
    pub fn is_medium(&self) -> bool {
        self.size.0 >= 70
    }
}

/// The smallest terminal that the screens fit into.
pub const SMALLEST: (u16, u16) = (40, 12);

/// The styles, each for one meaning; with every colour goes a sign.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    /// Plain text.
    pub text: Style,
    /// What is not now.
    pub dim: Style,
    /// Titles.
    pub strong: Style,
    /// Here: the cursor, the present step.
    pub here: Style,
    /// What comes, what is good.
    pub good: Style,
    /// What goes, what is bad.
    pub bad: Style,
    /// What wants attention.
    pub warn: Style,
    /// A key.
    pub key: Style,
    /// Selected text.
    pub selected: Style,
    /// A place in a text that something is said about.
    pub marked: Style,
    /// The name of a JSON member.
    pub name: Style,
    /// A JSON string.
    pub string: Style,
    /// A number, `true`, `false`, `null`.
    pub value: Style,
    /// Brackets, commas, comments.
    pub quiet: Style,
}

/// The colours of a theme, from which its styles follow.
struct Palette {
    here: Color,
    dim: Color,
    good: Color,
    bad: Color,
    warn: Color,
    name: Color,
    string: Color,
    value: Color,
}

/// The terminal's own colours, which follow the palette that its user chose.
const TERMINAL: Palette = Palette {
    here: Color::Cyan,
    dim: Color::DarkGray,
    good: Color::Green,
    bad: Color::Red,
    warn: Color::Yellow,
    name: Color::LightBlue,
    string: Color::Reset,
    value: Color::Magenta,
};

const DARK: Palette = Palette {
    here: Color::Rgb(0x7d, 0xcf, 0xff),
    dim: Color::Rgb(0x7a, 0x82, 0x94),
    good: Color::Rgb(0x9e, 0xce, 0x6a),
    bad: Color::Rgb(0xf7, 0x76, 0x8e),
    warn: Color::Rgb(0xe0, 0xaf, 0x68),
    name: Color::Rgb(0x7a, 0xa2, 0xf7),
    string: Color::Rgb(0xc8, 0xcd, 0xda),
    value: Color::Rgb(0xbb, 0x9a, 0xf7),
};

const LIGHT: Palette = Palette {
    here: Color::Rgb(0x00, 0x6a, 0x83),
    dim: Color::Rgb(0x6b, 0x72, 0x80),
    good: Color::Rgb(0x1a, 0x7f, 0x37),
    bad: Color::Rgb(0xb4, 0x23, 0x18),
    warn: Color::Rgb(0x8a, 0x55, 0x00),
    name: Color::Rgb(0x1f, 0x4f, 0xb2),
    string: Color::Rgb(0x2f, 0x33, 0x3d),
    value: Color::Rgb(0x7a, 0x3e, 0x9d),
};

const NO_COLOURS: Palette = Palette {
    here: Color::Reset,
    dim: Color::Reset,
    good: Color::Reset,
    bad: Color::Reset,
    warn: Color::Reset,
    name: Color::Reset,
    string: Color::Reset,
    value: Color::Reset,
};

impl Theme {
    /// The theme of this name; `Auto` counts as the terminal's own until the background is known.
    #[must_use]
    pub fn named(name: ThemeName) -> Self {
        match name {
            ThemeName::Terminal | ThemeName::Auto => Self::of(&TERMINAL),
            ThemeName::Dark => Self::of(&DARK),
            ThemeName::Light => Self::of(&LIGHT),
            ThemeName::None => Self::of(&NO_COLOURS),
        }
    }

    fn of(palette: &Palette) -> Self {
        let plain = Style::new();
        let colour = |colour| plain.fg(colour);
        let bold = |colour| plain.fg(colour).add_modifier(Modifier::BOLD);
        Self {
            text: plain,
            dim: colour(palette.dim),
            strong: bold(Color::Reset),
            here: bold(palette.here),
            good: colour(palette.good),
            bad: colour(palette.bad),
            warn: colour(palette.warn),
            key: bold(Color::Reset),
            selected: plain.add_modifier(Modifier::REVERSED),
            marked: colour(palette.bad).add_modifier(Modifier::UNDERLINED),
            name: colour(palette.name),
            string: colour(palette.string),
            value: colour(palette.value),
            quiet: colour(palette.dim),
        }
    }
}

/// The signs; each one column wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Symbols {
    /// Before the choice at the cursor.
    pub here: &'static str,
    /// What is done.
    pub done: &'static str,
    /// The present step.
    pub now: &'static str,
    /// What wants attention.
    pub warn: &'static str,
    /// What was passed over.
    pub skipped: &'static str,
    /// Between things on a line.
    pub dot: &'static str,
    /// A horizontal rule.
    pub rule: &'static str,
    /// A vertical rule.
    pub bar: &'static str,
    /// Under the tab at hand.
    pub under: &'static str,
    /// What was cut off.
    pub ellipsis: &'static str,
    /// From a place to its message.
    pub corner: &'static str,
    /// In place of a character of a secret.
    pub secret: &'static str,
    /// A box that is ticked, and one that is not.
    pub boxes: (&'static str, &'static str),
    /// Between the parts of a path through menus.
    pub then: &'static str,
    /// A full cell of a gauge, and an empty one.
    pub gauge: (&'static str, &'static str),
    /// The heights of a column, the lowest first.
    pub spark: &'static [&'static str],
    /// Whether only ASCII is shown.
    pub ascii: bool,
}

impl Symbols {
    /// The signs for this set; `utf8` is whether the terminal's locale knows them.
    #[must_use]
    pub fn named(set: SymbolSet, utf8: bool) -> Self {
        match set {
            SymbolSet::Unicode => UNICODE,
            SymbolSet::Auto if utf8 => UNICODE,
            SymbolSet::Auto | SymbolSet::Ascii => ASCII,
        }
    }
}

const UNICODE: Symbols = Symbols {
    here: "▸",
    done: "✓",
    now: "●",
    warn: "!",
    skipped: "–",
    dot: "·",
    rule: "─",
    bar: "│",
    under: "━",
    ellipsis: "…",
    corner: "╰",
    secret: "•",
    boxes: ("■", "□"),
    then: "›",
    gauge: ("█", "░"),
    spark: &["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    ascii: false,
};

const ASCII: Symbols = Symbols {
    here: ">",
    done: "x",
    now: "*",
    warn: "!",
    skipped: "-",
    dot: "-",
    rule: "-",
    bar: "|",
    under: "=",
    ellipsis: "~",
    corner: "`",
    secret: "*",
    boxes: ("#", "o"),
    then: ">",
    gauge: ("#", "."),
    spark: &["_", ".", "-", "=", "#"],
    ascii: true,
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_colours_the_meanings_keep_their_weight() {
        let theme = Theme::named(ThemeName::None);
        assert_eq!(theme.here.fg, Some(Color::Reset));
        assert!(theme.here.add_modifier.contains(Modifier::BOLD));
        assert!(theme.selected.add_modifier.contains(Modifier::REVERSED));
    }
}
