//! Finds secrets in command lines, word by word: `--password X`, `-pX`, `curl -u user:X`.

use super::names::{Hint, hint, is_secret_name};
use super::placeholder::is_placeholder;
use super::random::looks_secret;

/// Programs that accept secrets after short options. The build generates this table from `assets/secrets.toml`.
pub(super) struct Command {
    /// A secret is the next word.
    options: &'static [&'static str],
    /// A secret is the rest of the word.
    attached: &'static [&'static str],
    /// The next word is `user:password`.
    login: &'static [&'static str],
}

include!(concat!(env!("OUT_DIR"), "/commands.rs"));

/// What the previous words indicate about the next one.
#[derive(Default)]
pub(super) struct Words {
    program: Option<&'static Command>,
    expected: Expected,
}

/// What the next word may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Expected {
    #[default]
    Anything,
    /// A secret, regardless of its form.
    Secret,
    /// `user:password`.
    Login,
    /// A secret if it is in quotes or looks like one.
    Perhaps,
    /// The `BY` of `IDENTIFIED BY`.
    By,
}

impl Words {
    /// Reads the next word, with its quotes, and returns where the secret in it begins.
    pub(super) fn next(&mut self, word: &str) -> Option<usize> {
        let expected = std::mem::take(&mut self.expected);
        let bare = word.trim_matches(['"', '\'', '`', '\\']);
        if matches!(expected, Expected::Secret | Expected::Login | Expected::Perhaps) && word == "\\" {
            self.expected = expected;
            return None;
        }
        if bare.starts_with('-') && bare.len() > 1 && !(expected == Expected::Secret && looks_secret(bare)) {
            return self.option(bare).map(|at| at + word.find('-').unwrap_or(0));
        }
        let quoted = word.starts_with(['"', '\'']) && word.len() > 2;
        let is_secret = match expected {
            Expected::Secret => true,
            Expected::Login => has_password(bare),
            Expected::Perhaps => quoted && !word.ends_with([',', ':']) || looks_secret(bare),
            Expected::By => {
                self.expected =
                    if bare.eq_ignore_ascii_case("by") { Expected::Secret } else { Expected::Anything };
                return None;
            }
            Expected::Anything => {
                self.plain(bare);
                return None;
            }
        };
        let ends = |sign: &str| matches!(sign, "|" | "||" | "&&" | ";" | "&" | ">" | "<" | "=" | ":");
        let is_secret = is_secret && !bare.is_empty() && !is_placeholder(bare) && !ends(bare);
        if !is_secret {
            self.plain(bare);
        }
        is_secret.then_some(0)
    }

    fn plain(&mut self, word: &str) {
        let length = word.len();
        if matches!(word, "|" | "||" | "&&" | ";" | "&") || word.ends_with(';') {
            self.program = None;
        } else if (3..=40).contains(&length) {
            let name = word.rsplit('/').next().unwrap_or(word);
            if let Some(command) = command(name) {
                self.program = Some(command);
            } else if word.eq_ignore_ascii_case("identified") {
                self.expected = Expected::By;
            } else if word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
                && is_secret_name(word)
            {
                self.expected = Expected::Perhaps;
            }
        }
    }

    fn option(&mut self, word: &str) -> Option<usize> {
        // `assigned` finds values after a sign.
        if word.contains(['=', ':']) {
            return self.attached(word);
        }
        let is_long = word.starts_with("--");
        let name = word.trim_start_matches('-');
        if name.len() > 1 && is_secret_name(name) {
            self.expected = Expected::Secret;
            return None;
        }
        if is_long
            && matches!(name, "user" | "auth" | "proxy-user" | "userpwd" | "credentials" | "creds" | "login")
        {
            self.expected =
                if name == "auth" || name.starts_with("cred") { Expected::Perhaps } else { Expected::Login };
            return None;
        }
        if is_long && hint(name) == Some(Hint::Strong) {
            self.expected = Expected::Perhaps;
            return None;
        }
        if let Some(command) = self.program {
            if command.options.contains(&word) {
                self.expected = Expected::Secret;
                return None;
            }
            if command.login.contains(&word) {
                self.expected = Expected::Login;
                return None;
            }
        }
        if matches!(word, "-p" | "-P") {
            self.expected = Expected::Perhaps;
            return None;
        }
        self.attached(word)
    }

    /// `-pPASS`: for a program that accepts it, or for any other if the value looks like a password.
    fn attached(&self, word: &str) -> Option<usize> {
        let takes = |option: &&&str| word.len() > option.len() && word.starts_with(**option);
        let known = self.program.and_then(|command| command.attached.iter().find(takes));
        let (start, known) = match known {
            Some(option) => (option.len(), true),
            None => (2, false),
        };
        let value = word.get(start..).filter(|_| known || word.starts_with("-p"))?;
        let likely =
            || !word.starts_with("--") && !value.contains(['=', '/', ':', '.']) && looks_like_password(value);
        (!is_placeholder(value) && (known || likely())).then_some(start)
    }
}

/// Whether a word mixes lower-case letters with capitals, or with signs and digits, as passwords do and options do not.
fn looks_like_password(value: &str) -> bool {
    let has = |is: fn(char) -> bool| usize::from(value.chars().any(is));
    let kinds = has(|c| c.is_ascii_lowercase())
        + has(|c| c.is_ascii_uppercase())
        + has(|c| c.is_ascii_digit())
        + has(|c| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
    value.len() >= 6 && kinds >= 3
}

/// Whether `user:password` has a literal password.
pub(super) fn has_password(login: &str) -> bool {
    login.split_once(':').is_some_and(|(_, password)| {
        !password.is_empty() && !password.starts_with("//") && !is_placeholder(password)
    })
}

fn command(name: &str) -> Option<&'static Command> {
    let initial = usize::from(*name.as_bytes().first()?);
    let (_, index) = PROGRAMS[INITIALS[initial]..INITIALS[initial + 1]].iter().find(|row| row.0 == name)?;
    Some(&COMMANDS[*index])
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
