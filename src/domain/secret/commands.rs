//! Finds secrets in command lines, word by word: `--password X`, `-pX`, `curl -u user:X`.

use super::hinted::fits;
use super::names::{Hint, hint, is_secret_name};
use super::placeholder::is_placeholder;
use super::program::{Argument, Program, has_password};
use super::random::{Counts, looks_secret};

/// What the previous words indicate about the next one.
#[derive(Default)]
pub(super) struct Words {
    program: Option<Program>,
    expected: Expected,
}

/// What the next word may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Expected {
    #[default]
    Anything,
    /// A secret, regardless of its form.
    Secret,
    /// `user:password`, with this sign between the two.
    Login(&'static str),
    /// The same, if the password looks like one.
    PerhapsLogin,
    /// A secret if it is in quotes or is what the name before it hints at.
    Perhaps(Hint),
    /// A secret if it looks like one and is no path or port.
    Doubtful,
    /// The `BY` of `IDENTIFIED BY`.
    By,
}

impl Expected {
    /// Whether a word, with its quotes and without, is the secret that is expected.
    fn fits(self, word: &str, bare: &str) -> bool {
        let quoted = word.starts_with(['"', '\'']) && word.len() > 2 && !word.ends_with([',', ':']);
        match self {
            Self::Secret => true,
            Self::Login(sign) => has_password(bare, sign),
            Self::PerhapsLogin => bare.split_once(':').is_some_and(|(_, password)| {
                looks_secret(password)
                    || password.bytes().any(|byte| byte.is_ascii_digit())
                        && password.bytes().any(|byte| byte.is_ascii_alphabetic())
            }),
            Self::Perhaps(hint) => quoted || fits(hint, bare),
            Self::Doubtful => (quoted || looks_secret(bare)) && !bare.contains(['/', ':']),
            Self::By | Self::Anything => false,
        }
    }
}

impl Words {
    /// Reads the next word, with its quotes, and returns where the secret in it begins.
    pub(super) fn next(&mut self, word: &str) -> Option<usize> {
        let expected = std::mem::take(&mut self.expected);
        let bare = word.trim_matches(['"', '\'', '`', '\\']);
        if word == "\\" {
            self.expected = expected;
            return None;
        }
        if bare.starts_with('-') && bare.len() > 1 && !(expected == Expected::Secret && looks_secret(bare)) {
            return self.option(bare).map(|at| at + word.find('-').unwrap_or(0));
        }
        let ends = |sign: &str| matches!(sign, "|" | "||" | "&&" | ";" | "&" | ">" | "<" | "=" | ":");
        if expected.fits(word, bare) && !bare.is_empty() && !is_placeholder(bare) && !ends(bare) {
            return Some(0);
        }
        if expected == Expected::By && bare.eq_ignore_ascii_case("by") {
            self.expected = Expected::Secret;
            return None;
        }
        self.plain(bare).then_some(0)
    }

    /// Whether the next word is a secret by what is before it.
    pub(super) fn is_open(&self) -> bool {
        matches!(self.expected, Expected::Secret | Expected::Login(_))
    }

    /// Reads a word that is neither an option nor expected, and returns whether it is a secret by its position.
    fn plain(&mut self, word: &str) -> bool {
        if matches!(word, "|" | "||" | "&&" | ";" | "&") || word.ends_with(';') {
            self.program = None;
            return false;
        }
        match self.program.as_mut().map_or(Argument::Other, |program| program.word(word)) {
            Argument::Announces => self.expected = Expected::Secret,
            Argument::Secret(_) => return !is_placeholder(word),
            Argument::Other | Argument::Login(_) if (2..=40).contains(&word.len()) => self.other(word),
            Argument::Other | Argument::Login(_) => {}
        }
        false
    }

    fn other(&mut self, word: &str) {
        let name = word.rsplit('/').next().unwrap_or(word);
        if let Some(program) = Program::named(name) {
            self.program = Some(program);
        } else if word.eq_ignore_ascii_case("identified") {
            self.expected = Expected::By;
        } else if word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
            && is_secret_name(word)
        {
            self.expected = Expected::Perhaps(Hint::Strong);
        }
    }

    fn option(&mut self, word: &str) -> Option<usize> {
        let argument = self.program.as_mut().map_or(Argument::Other, |program| program.option(word));
        if let Argument::Secret(start) = argument {
            return (!is_placeholder(&word[start..])).then_some(start);
        }
        // `assigned` finds values after a sign.
        if word.contains(['=', ':']) {
            return None;
        }
        self.expected = match argument {
            Argument::Announces => Expected::Secret,
            Argument::Login(sign) => Expected::Login(sign),
            _ => self.announced(word),
        };
        let is_other = self.expected == Expected::Anything && !word.starts_with("--");
        (is_other && word.starts_with("-p") && looks_like_password(&word[2..])).then_some(2)
    }

    /// What an option announces that the program does not determine.
    fn announced(&self, word: &str) -> Expected {
        let is_long = word.starts_with("--");
        let name = word.trim_start_matches('-');
        if name.len() > 1 && is_secret_name(name) {
            return Expected::Secret;
        }
        match name {
            "auth" | "credentials" | "creds" if is_long => Expected::Perhaps(Hint::Strong),
            "proxy-user" | "userpwd" | "login" if is_long => Expected::Login(":"),
            // More often a user without a password: `--user 1000:1000`.
            "user" if is_long => Expected::PerhapsLogin,
            "p" | "P" if !is_long && !self.program.is_some_and(|program| program.has_option(word)) => {
                Expected::Doubtful
            }
            _ => match hint(name).filter(|hint| is_long && *hint != Hint::Faint) {
                Some(hint) => Expected::Perhaps(hint),
                None => Expected::Anything,
            },
        }
    }
}

/// Whether the rest of `-p` looks like a password, and not like a word or another option.
fn looks_like_password(value: &str) -> bool {
    let counts = Counts::of(value);
    let signs = value.bytes().filter(|byte| !byte.is_ascii_alphanumeric() && !b"-_".contains(byte)).count();
    value.len() >= 6
        && counts.classes() + usize::from(signs > 0) >= 3
        && (signs > 0 || counts.changes > 3)
        && !value.contains(['/', '.'])
        && !is_placeholder(value)
}
