//! Values quoted for the language they are pasted into: whatever they contain, they stay one inert word.

use std::fmt::Write as _;

/// A word for bash and its kin: plain where possible, in single quotes, and with `$'…'` where it holds control
/// characters, so that what is seen is what is there. Those are written as bytes: what `\U` stands for depends
/// on the locale, and bash 3 does not know it.
#[must_use]
pub fn shell(word: &str) -> String {
    let plain = |c: char| {
        c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | ':' | ',' | '+' | '@' | '%')
    };
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else if word.chars().any(super::text::steers_a_terminal) {
        format!("$'{}'", escaped(word, '\'', bytes))
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

fn bytes(character: char, out: &mut String) -> std::fmt::Result {
    character.encode_utf8(&mut [0; 4]).bytes().try_for_each(|byte| write!(out, "\\x{byte:02x}"))
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
            _ if super::text::steers_a_terminal(character) => drop(number(character, &mut inside)),
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
        assert_eq!(shell("a\n\u{1b}'b"), r"$'a\n\x1b\'b'");
        assert_eq!(shell("\u{202e}a"), r"$'\xe2\x80\xaea'");
        assert_eq!(command(["aliyun", "ram", "a b"]), "aliyun ram 'a b'");
    }

    #[test]
    fn literals_keep_to_their_language() {
        assert_eq!(python("a\"b\\\n"), r#""a\"b\\\n""#);
        assert_eq!(terraform("${x} %{y} \"z\""), r#""$${x} %%{y} \"z\"""#);
    }
}
