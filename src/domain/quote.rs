//! Values quoted for the language they are pasted into: whatever they contain, they stay one inert word.

use std::fmt::Write as _;

use super::text::steers_a_terminal;

/// A word for any POSIX shell (sh, bash, dash, busybox, ksh, zsh): plain where possible, else in single quotes, in which
/// no shell expands anything.
///
/// Characters that could steer a terminal are written as the bytes that `printf` prints, so that the
/// output shows the real content. `$'…'` would be shorter, but dash and busybox read it as `$` and a quoted word.
#[must_use]
pub fn shell(word: &str) -> String {
    let plain = |c: char| {
        c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | ':' | ',' | '+' | '@' | '%')
    };
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    if word.is_empty() {
        return "''".to_owned();
    }
    // Substitution drops line breaks at its end. Those at the end of the word stay as they are, in quotes.
    let inner = word.trim_end_matches('\n');
    let mut quoted = String::with_capacity(word.len() + 2);
    let mut rest = inner;
    while !rest.is_empty() {
        let (seen, steering) = rest.split_at(rest.find(steers_a_terminal).unwrap_or(rest.len()));
        let end = steering.find(|c| !steers_a_terminal(c)).unwrap_or(steering.len());
        // A line break before a visible character is printed together with it.
        let guard = steering[end..].chars().next().filter(|_| steering[..end].ends_with('\n'));
        let (printed, after) = steering.split_at(end + guard.map_or(0, char::len_utf8));
        quoted.push_str(&in_quotes(seen));
        if !printed.is_empty() {
            quoted.extend(["\"$(printf '", &octal(printed), "')\""]);
        }
        rest = after;
    }
    quoted + &in_quotes(&word[inner.len()..])
}

/// A text in single quotes, each quote of its own behind a backslash; nothing for no text.
fn in_quotes(text: &str) -> String {
    let part = |part: &str| if part.is_empty() { String::new() } else { format!("'{part}'") };
    text.split('\'').map(part).collect::<Vec<_>>().join(r"\'")
}

/// Each byte as `printf` takes it in every shell.
fn octal(text: &str) -> String {
    text.bytes().fold(String::new(), |octal, byte| format!("{octal}\\{byte:03o}"))
}

/// A command of words, each quoted.
#[must_use]
pub fn command<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    words.into_iter().map(shell).collect::<Vec<_>>().join(" ")
}

/// A command with options, each value quoted; one that begins with `-` is tied to its option, so that it is not
/// taken for another.
#[must_use]
pub fn call(words: &[&str], options: &[(&str, &str)]) -> String {
    let tied = |(name, value): &(&str, &str)| {
        let joint = if value.starts_with('-') { '=' } else { ' ' };
        format!("{name}{joint}{}", shell(value))
    };
    let words = words.iter().map(|word| shell(word));
    words.chain(options.iter().map(tied)).collect::<Vec<_>>().join(" ")
}

/// A string literal of Python.
#[must_use]
pub fn python(text: &str) -> String {
    format!("\"{}\"", escaped(text, '"', |c, out| write!(out, "\\U{:08x}", u32::from(c))))
}

/// A string literal of Terraform: template marks are doubled.
#[must_use]
pub fn terraform(text: &str) -> String {
    let literal = escaped(text, '"', |c, out| write!(out, "\\U{:08x}", u32::from(c)));
    format!("\"{}\"", literal.replace("${", "$${").replace("%{", "%%{"))
}

/// The inside of a literal: backslash and quote escaped, line breaks by their letter, other characters that
/// could steer a terminal by number.
fn escaped(text: &str, quote: char, number: impl Fn(char, &mut String) -> std::fmt::Result) -> String {
    let mut inside = String::with_capacity(text.len() + 2);
    for character in text.chars() {
        match character {
            '\\' => inside.push_str(r"\\"),
            '\n' => inside.push_str(r"\n"),
            '\r' => inside.push_str(r"\r"),
            '\t' => inside.push_str(r"\t"),
            _ if character == quote => inside.extend(['\\', quote]),
            // Writing to a string cannot fail.
            _ if steers_a_terminal(character) => drop(number(character, &mut inside)),
            _ => inside.push(character),
        }
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_only_where_they_must_be() {
        assert_eq!(shell("acs:ram::1:role/x"), "acs:ram::1:role/x");
        assert_eq!(shell(""), "''");
        assert_eq!(shell("it's $(x)"), r"'it'\''s $(x)'");
        assert_eq!(shell("'"), r"\'");
        assert_eq!(shell("a\u{1b}'b"), r#"'a'"$(printf '\033')"\''b'"#);
        assert_eq!(shell("\u{202e}a"), r#""$(printf '\342\200\256')"'a'"#);
        assert_eq!(shell("a\nbc"), r#"'a'"$(printf '\012\142')"'c'"#);
        assert_eq!(shell("a\t\n"), "'a'\"$(printf '\\011')\"'\n'");
        assert_eq!(command(["aliyun", "ram", "a b"]), "aliyun ram 'a b'");
    }

    #[test]
    fn literals_keep_to_their_language() {
        assert_eq!(python("a\"b\\\n"), r#""a\"b\\\n""#);
        assert_eq!(terraform("${x} %{y} \"z\""), r#""$${x} %%{y} \"z\"""#);
    }
}
