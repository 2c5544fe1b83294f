//! Programs that accept secrets on their command line. The build generates the table from `assets/secrets.toml`.

use super::names::is_exactly_secret_name;

/// How a program accepts secrets. A program can have several rows.
struct Command {
    /// A secret is the next word.
    options: &'static [&'static str],
    /// A secret is the rest of the word.
    attached: &'static [&'static str],
    /// The next word, or the rest of the word, is `user:password`.
    login: &'static [&'static str],
    /// What is between user and password.
    sign: &'static str,
    /// Words that are not options and whose next word is a secret.
    words: &'static [&'static str],
    /// The row applies only after one of these words or options; always if there are none.
    after: &'static [&'static str],
    /// Which word that is not an option is a secret, counted from the program; 0 if none is.
    position: u8,
    /// Whether the program sets a variable: a secret is the word after its name.
    assigns: bool,
}

include!(concat!(env!("OUT_DIR"), "/commands.rs"));

/// A program on a command line, with what was read of its arguments.
#[derive(Clone, Copy)]
pub(super) struct Program {
    rows: &'static [(&'static str, usize)],
    /// For each row, one bit: whether it applies.
    applies: u8,
    /// How many words that are not options were read.
    words: u8,
}

/// What a word of a program's command line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Argument {
    /// It has no meaning for secrets.
    Other,
    /// The next word is a secret.
    Announces,
    /// The next word is `user:password`, with this sign between the two.
    Login(&'static str),
    /// A secret begins at this byte of the word.
    Secret(usize),
}

impl Program {
    /// The program of this name, if it accepts secrets.
    pub(super) fn named(name: &str) -> Option<Self> {
        let initial = usize::from(*name.as_bytes().first()?);
        let programs = &PROGRAMS[INITIALS[initial]..INITIALS[initial + 1]];
        let start = programs.iter().position(|row| row.0 == name)?;
        let count = programs[start..].iter().take_while(|row| row.0 == name).count();
        let rows = &programs[start..start + count];
        let always = |(bit, row): (usize, &(&str, usize))| u8::from(COMMANDS[row.1].after.is_empty()) << bit;
        let applies = rows.iter().enumerate().map(always).sum();
        Some(Self { rows, applies, words: 0 })
    }

    fn commands(self) -> impl Iterator<Item = &'static Command> {
        let rows = self.rows.iter().enumerate();
        rows.filter(move |(bit, _)| self.applies >> bit & 1 == 1).map(|(_, row)| &COMMANDS[row.1])
    }

    /// Lets the rows apply that apply after this word.
    fn read(&mut self, word: &str) {
        for (bit, row) in self.rows.iter().enumerate() {
            let is_one = |after: &&str| *after == word || is_cluster_with(word, after);
            if COMMANDS[row.1].after.iter().any(is_one) {
                self.applies |= 1 << bit;
            }
        }
    }

    /// What an option is.
    pub(super) fn option(&mut self, word: &str) -> Argument {
        self.read(word);
        for command in self.commands() {
            let is_one = |option: &&str| {
                *option == word || is_cluster_with(word, option) && word.ends_with(&option[1..])
            };
            if command.options.iter().any(is_one) {
                return Argument::Announces;
            }
            if command.login.iter().any(is_one) {
                return Argument::Login(command.sign);
            }
            let takes = |option: &&&str| word.len() > option.len() && word.starts_with(**option);
            if let Some(option) = command.attached.iter().find(takes) {
                return Argument::Secret(option.len());
            }
            let short = |option: &&&str| option.len() == 2 && takes(option);
            if let Some(option) = command.login.iter().find(short)
                && has_password(&word[option.len()..], command.sign)
            {
                return Argument::Secret(option.len());
            }
        }
        Argument::Other
    }

    /// Whether the option has a meaning for this program, even if it does not apply now: the `-p` of `docker run`.
    pub(super) fn has_option(self, word: &str) -> bool {
        self.rows.iter().any(|row| COMMANDS[row.1].options.contains(&word))
    }

    /// What a word is that is not an option.
    pub(super) fn word(&mut self, word: &str) -> Argument {
        self.read(word);
        self.words = self.words.saturating_add(1);
        for command in self.commands() {
            if command.position > 0 && command.position == self.words {
                return Argument::Secret(0);
            }
            if command.words.contains(&word) || command.assigns && is_variable(word) {
                return Argument::Announces;
            }
        }
        Argument::Other
    }
}

/// Whether a word is the name of a secret variable, and not a word of a sentence.
fn is_variable(word: &str) -> bool {
    let looks_like_one = word.contains('_') || !word.bytes().any(|byte| byte.is_ascii_lowercase());
    looks_like_one && is_exactly_secret_name(word)
}

/// Whether a word is several short options in one, with this one among them: `-bc` with `-b`.
fn is_cluster_with(word: &str, option: &str) -> bool {
    let (Some(letters), Some(letter)) = (word.strip_prefix('-'), option.strip_prefix('-')) else {
        return false;
    };
    let are_letters = letters.bytes().all(|byte| byte.is_ascii_alphabetic());
    letter.len() == 1 && letters.len() <= 4 && are_letters && letters.contains(letter)
}

/// Whether `user:password`, with this sign between the two, has a literal password.
pub(super) fn has_password(login: &str, sign: &str) -> bool {
    login.split_once(sign).is_some_and(|(_, password)| {
        !password.is_empty() && !password.starts_with("//") && !super::is_placeholder(password)
    })
}

/// How many programs begin with a smaller byte than this one.
static INITIALS: [usize; 257] = initials();

const fn initials() -> [usize; 257] {
    let mut table = [PROGRAMS.len(); 257];
    let (mut byte, mut at) = (0, 0);
    while byte < 257 {
        while at < PROGRAMS.len() && (PROGRAMS[at].0.as_bytes()[0] as usize) < byte {
            at += 1;
        }
        table[byte] = at;
        byte += 1;
    }
    table
}
