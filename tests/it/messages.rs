//! Messages stand in `assets/text/`, not in code, and every one of them is shown somewhere.

use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, iter};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Files and folders of `src` whose messages have not been moved yet. A row goes when its messages do.
const NOT_MOVED: &[&str] = &[
    "cli/",
    "domain/answers.rs",
    "domain/catalog/",
    "domain/chain/",
    "domain/check/",
    "domain/code.rs",
    "domain/credential/",
    "domain/credential_config/mod.rs",
    "domain/draft.rs",
    "domain/draft_name.rs",
    "domain/edit.rs",
    "domain/explain/",
    "domain/file_format.rs",
    "domain/outline/rules.rs",
    "domain/pass_role.rs",
    "domain/permission/",
    "domain/plan/",
    "domain/principal.rs",
    "domain/question/",
    "domain/remedy",
    "domain/report.rs",
    "domain/rules.rs",
    "domain/secret/",
    "domain/serve/",
    "domain/service_config/",
    "domain/settings/",
    "domain/sketch.rs",
    "domain/trust_policy.rs",
    "domain/values.rs",
    "host/",
    "serve/",
    "tui/",
];

/// Where two words in a literal are not a message.
const EXCEPTIONS: &[(&str, &str)] = &[];

#[test]
fn no_sentence_stands_in_code() {
    let is_moved = |file: &str| !NOT_MOVED.iter().any(|place| file.starts_with(place));
    let excused =
        |file: &str, text: &str| EXCEPTIONS.iter().any(|(place, part)| file == *place && text.contains(part));
    let mut found = Vec::new();
    for (file, code) in sources() {
        for (line, text) in sentences(&code) {
            if is_moved(&file) && !excused(&file, &text) {
                found.push(format!("src/{file}:{line}: {text}"));
            }
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn the_reader_of_literals_finds_sentences() {
    let code = r#"
        #[expect(lint, reason = "not a message")]
        fn a() { say("two words"); b.expect("not a message"); assert!(c, "not a message"); d("word"); format!("{e} {f}"); }
        #[cfg(test)] mod tests { fn g() { h("not a message"); } }
        const I: &str = "a third\n one";
    "#;
    let found: Vec<_> = sentences(code).into_iter().map(|(_, text)| text).collect();
    assert_eq!(found, ["two words", "a third\n one"]);
}

#[test]
fn every_message_is_shown_somewhere() {
    let code: String = sources().into_iter().map(|(_, code)| code).collect();
    let words: BTreeSet<&str> =
        code.split(|letter: char| !letter.is_alphanumeric() && letter != '_').collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/text/en");
    let mut unused = Vec::new();
    for file in fs::read_dir(root).expect("the English messages") {
        let path = file.expect("an entry").path();
        let table: toml::Table = fs::read_to_string(&path).expect("UTF-8").parse().expect("TOML");
        unused.extend(keys(&table).into_iter().filter(|key| {
            !words.contains(key.to_uppercase().as_str()) && !words.contains(camel(key).as_str())
        }));
    }
    assert_eq!(unused, Vec::<String>::new());
}

/// The last names of all messages.
fn keys(table: &toml::Table) -> Vec<String> {
    let mut all = Vec::new();
    for (key, value) in table {
        match value {
            toml::Value::Table(inner) if !inner.contains_key("other") => all.extend(keys(inner)),
            _ => all.push(key.replace('-', "_")),
        }
    }
    all
}

fn camel(key: &str) -> String {
    key.split('_').map(|word| word[..1].to_uppercase() + &word[1..]).collect()
}

/// Every file of `src` by its path from there.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&root).expect("below src").display().to_string();
                sources.push((name, fs::read_to_string(&path).expect("UTF-8")));
            }
        }
    }
    assert!(sources.len() > 20, "src was not found");
    sources
}

/// The string literals with two or more words, by line; those of attributes, unit tests and panics are left out.
fn sentences(code: &str) -> Vec<(usize, String)> {
    let tokens: TokenStream = code.parse().expect("Rust");
    let mut found = Vec::new();
    collect(tokens, &mut found);
    found
}

fn collect(tokens: TokenStream, found: &mut Vec<(usize, String)>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut index = 0;
    while index < tokens.len() {
        if let Some(length) = left_out(&tokens[index..]) {
            index += length;
            continue;
        }
        match &tokens[index] {
            TokenTree::Group(group) => collect(group.stream(), found),
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                if let Some(text) = content(&text).filter(|text| has_two_words(text)) {
                    found.push((literal.span().start().line, text));
                }
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
        index += 1;
    }
}

/// How many tokens at the start show nothing to anybody: an attribute, a test module, `expect(…)` or an assertion.
fn left_out(tokens: &[TokenTree]) -> Option<usize> {
    let words: Vec<String> = tokens.iter().take(4).map(TokenTree::to_string).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match (&words[..], tokens) {
        (["#", "[cfg (test)]" | "[cfg (all (test , unix))]", "mod", ..], _) => {
            let body = |token: &TokenTree| matches!(token, TokenTree::Group(body) if body.delimiter() == Delimiter::Brace);
            Some(tokens.iter().position(body)? + 1)
        }
        (["#", attribute, ..], _) if attribute.starts_with('[') && !attribute.starts_with("[error") => {
            Some(2)
        }
        (["#", "!", ..] | [".", "expect", ..], _) => Some(3),
        ([name, "!", ..], _)
            if name.starts_with("assert")
                || matches!(*name, "panic" | "unreachable" | "debug_assert" | "macro_rules") =>
        {
            Some(3)
        }
        _ => None,
    }
}

/// What stands between the quotes of a string literal; `None` for numbers, characters and bytes.
fn content(literal: &str) -> Option<String> {
    let start = literal.find('"').filter(|_| literal.starts_with(['"', 'r']))?;
    let text = literal[start + 1..].trim_end_matches('#').strip_suffix('"')?;
    Some(text.replace("\\n", "\n"))
}

/// Whether two words of letters follow each other, parted by a space.
fn has_two_words(text: &str) -> bool {
    let is_word = |piece: &str| {
        if piece.contains(['{', '}']) {
            return false;
        }
        let piece = piece.trim_matches(|letter: char| letter.is_ascii_punctuation());
        piece.chars().count() >= 2
            && piece.chars().all(|letter| letter.is_alphabetic() || matches!(letter, '\'' | '-'))
    };
    let pieces: Vec<bool> = text.split_whitespace().map(is_word).collect();
    iter::zip(&pieces, pieces.iter().skip(1)).any(|(first, second)| *first && *second)
}
