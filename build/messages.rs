//! The messages: `assets/text/<language>/*.toml` as typed Rust items, one module for each file and table.
//!
//! A key is a string, or a table of plural forms whose names are those of CLDR (`one`, `other`). English is the
//! reference: the build fails if another language lacks a key, has one that English lacks, or has other arguments.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use crate::{sorted, table};

/// The language that the others are compared with.
const REFERENCE: &str = "en";

/// A message in one language.
#[derive(Debug)]
enum Message {
    /// The same text for every number.
    Plain(String),
    /// The text for one, if it differs, and for every other number.
    Plural { one: Option<String>, other: String },
}

/// The messages of one language by their path: file, tables, key.
type Messages = BTreeMap<Vec<String>, Message>;

/// The Rust code of all messages.
pub fn generate(root: &Path) -> String {
    let languages: Vec<(String, Messages)> = sorted(root).iter().map(|folder| read(folder)).collect();
    let reference = languages.iter().position(|(tag, _)| tag == REFERENCE).expect("assets/text/en is there");
    for (tag, messages) in &languages {
        compare(tag, &languages[reference].1, messages);
    }
    let mut code = enumeration(&languages);
    let paths: Vec<&Vec<String>> = languages[reference].1.keys().collect();
    let plain: Vec<_> =
        paths.iter().copied().filter(|path| is_constant(&languages[reference].1[*path])).collect();
    let _ = writeln!(code, "static TEXTS: [[&str; {}]; {}] = [", plain.len(), languages.len());
    for (_, messages) in &languages {
        let texts: Vec<_> = plain.iter().map(|path| format!("{:?}", text(&messages[*path]))).collect();
        let _ = writeln!(code, "    [{}],", texts.join(", "));
    }
    code.push_str("];\n");
    modules(&mut code, &paths, 0, &|path| item(path, reference, &languages, &plain));
    code
}

/// The tag of a language and its messages.
fn read(folder: &Path) -> (String, Messages) {
    let mut messages = Messages::new();
    for file in sorted(folder) {
        let name = file.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        collect(&mut messages, &mut vec![name], &table(&file));
    }
    (folder.file_name().expect("a folder has a name").to_string_lossy().into_owned(), messages)
}

fn collect(messages: &mut Messages, path: &mut Vec<String>, table: &toml::Table) {
    for (key, value) in table {
        path.push(key.replace('-', "_"));
        match value {
            toml::Value::String(text) => drop(messages.insert(path.clone(), Message::Plain(text.clone()))),
            toml::Value::Table(forms) if forms.contains_key("other") => {
                drop(messages.insert(path.clone(), plural(path, forms)));
            }
            toml::Value::Table(inner) => collect(messages, path, inner),
            _ => panic!("{path:?}: a message is a string or a table of plural forms"),
        }
        path.pop();
    }
}

fn plural(path: &[String], forms: &toml::Table) -> Message {
    let form = |name: &str| forms.get(name).map(|text| text.as_str().expect("a form is a string").to_owned());
    assert!(
        forms.keys().all(|name| name == "one" || name == "other"),
        "{path:?}: the forms are one and other"
    );
    Message::Plural { one: form("one"), other: form("other").expect("the form for other numbers") }
}

/// Fails the build if a language is not the reference in other words.
fn compare(tag: &str, reference: &Messages, messages: &Messages) {
    for (path, message) in reference {
        let Some(translated) = messages.get(path) else { panic!("assets/text/{tag}: {path:?} is missing") };
        let (wanted, found) = (sorted_arguments(message), sorted_arguments(translated));
        assert!(
            wanted == found,
            "assets/text/{tag}: {path:?} has the arguments {found:?}, English has {wanted:?}"
        );
    }
    for path in messages.keys() {
        assert!(reference.contains_key(path), "assets/text/{tag}: {path:?} is not in English");
    }
}

fn is_constant(message: &Message) -> bool {
    matches!(message, Message::Plain(_)) && arguments(message).is_empty()
}

fn text(message: &Message) -> &str {
    match message {
        Message::Plain(text) | Message::Plural { other: text, .. } => text,
    }
}

/// The names between braces in the order in which they occur, and `count` where the number decides about the form.
fn arguments(message: &Message) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let texts = match message {
        Message::Plain(text) => vec![text],
        Message::Plural { one, other } => {
            names.push("count".to_owned());
            one.iter().chain([other]).collect()
        }
    };
    for (piece, is_argument) in texts.into_iter().flat_map(|text| pieces(text)) {
        if is_argument && !names.contains(&piece) {
            names.push(piece);
        }
    }
    names
}

fn sorted_arguments(message: &Message) -> BTreeSet<String> {
    arguments(message).into_iter().collect()
}

/// A text as its literal pieces and its arguments, which are lower-case names between braces.
fn pieces(text: &str) -> Vec<(String, bool)> {
    let is_name = |name: &str| {
        name.starts_with(|first: char| first.is_ascii_lowercase())
            && name
                .chars()
                .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_')
    };
    let (mut pieces, mut literal, mut rest) = (Vec::new(), String::new(), text);
    while let Some(open) = rest.find('{') {
        let name = rest[open + 1..].split('}').next().unwrap_or_default();
        let is_closed = rest[open + 1 + name.len()..].starts_with('}');
        literal.push_str(&rest[..open]);
        if is_closed && is_name(name) {
            pieces.push((std::mem::take(&mut literal), false));
            pieces.push((name.to_owned(), true));
            rest = &rest[open + name.len() + 2..];
        } else {
            literal.push('{');
            rest = &rest[open + 1..];
        }
    }
    literal.push_str(rest);
    pieces.push((literal, false));
    pieces
}

/// `Language` and its tags.
fn enumeration(languages: &[(String, Messages)]) -> String {
    let variants: Vec<_> = languages.iter().map(|(tag, _)| camel(tag)).collect();
    let tags: Vec<_> = languages.iter().map(|(tag, _)| format!("{tag:?}")).collect();
    let mut documented = String::new();
    for (tag, _) in languages {
        let _ = writeln!(documented, "    /// The messages of `assets/text/{tag}/`.\n    {},", camel(tag));
    }
    format!(
        "/// A language that ramrole speaks.\n\
         #[derive(Clone, Copy, Debug, PartialEq, Eq)]\npub enum Language {{\n{documented}}}\n\
         impl Language {{\n\
         /// Every language, in the order of the tags.\n\
         pub const ALL: &[Self] = &[{}];\n\
         /// The tag as in `LANG`: `en`.\n\
         #[must_use]\npub const fn tag(self) -> &'static str {{ [{}][self as usize] }}\n}}\n",
        variants.iter().map(|variant| format!("Self::{variant}")).collect::<Vec<_>>().join(", "),
        tags.join(", "),
    )
}

/// Nested modules for the paths, which are sorted; `depth` names are open already.
fn modules(code: &mut String, paths: &[&Vec<String>], depth: usize, item: &dyn Fn(&[String]) -> String) {
    let mut rest = paths;
    while let Some(first) = rest.first() {
        if first.len() == depth + 1 {
            code.push_str(&item(first));
            rest = &rest[1..];
            continue;
        }
        let name = &first[depth];
        let length = rest.iter().take_while(|path| path.len() > depth + 1 && path[depth] == *name).count();
        let folder = first[..=depth].join("/");
        let _ = writeln!(code, "/// Messages of `{folder}`.\npub mod {name} {{");
        modules(code, &rest[..length], depth + 1, item);
        code.push_str("}\n");
        rest = &rest[length..];
    }
}

/// A constant for a message without arguments, otherwise a struct with a field for each.
fn item(
    path: &[String],
    reference: usize,
    languages: &[(String, Messages)],
    plain: &[&Vec<String>],
) -> String {
    let key = path.last().expect("a path has a key");
    let english = &languages[reference].1[path];
    // The text may hold anything, so rustdoc must not read it as Markdown.
    let doc = format!("```text\n{}\n```", text(english));
    if let Ok(index) = plain.binary_search_by(|candidate| candidate.as_slice().cmp(path)) {
        let name = key.to_uppercase();
        return format!(
            "#[doc = {doc:?}]\npub const {name}: crate::messages::Text = crate::messages::Text({index});\n"
        );
    }
    let (mut declared, mut generic, mut bounds) = (String::new(), Vec::new(), Vec::new());
    for field in arguments(english) {
        let is_count = field == "count" && matches!(english, Message::Plural { .. });
        let kind = if is_count { "usize".to_owned() } else { camel(&field) };
        let _ = write!(declared, "#[doc = \"`{{{field}}}`\"] pub {field}: {kind}, ");
        if !is_count {
            bounds.push(format!("{kind}: std::fmt::Display"));
            generic.push(kind);
        }
    }
    let mut arms = String::new();
    for (tag, messages) in languages {
        let _ = writeln!(arms, "crate::messages::Language::{} => {},", camel(tag), writing(&messages[path]));
    }
    let (name, generic, bounds) = (camel(key), generic.join(", "), bounds.join(", "));
    format!(
        "#[doc = {doc:?}]\n#[derive(Clone, Copy, Debug)]\npub struct {name}<{generic}> {{ {declared} }}\n\
         impl<{bounds}> std::fmt::Display for {name}<{generic}> {{\n\
         fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {{\n\
         match crate::messages::language() {{\n{arms}}} }}\n}}\n\
         impl<{bounds}> From<{name}<{generic}>> for String {{\n\
         fn from(message: {name}<{generic}>) -> Self {{ message.to_string() }}\n}}\n"
    )
}

/// The expression that writes a message to `f`.
fn writing(message: &Message) -> String {
    let form = |text: &str, counts: bool| {
        let (mut format, mut values) = (String::new(), String::new());
        for (piece, is_argument) in pieces(text) {
            if !is_argument {
                format.push_str(&piece.replace('{', "{{").replace('}', "}}"));
            } else if counts && piece == "count" {
                format.push_str("{}");
                values.push_str(", crate::messages::grouped(self.count)");
            } else {
                format.push_str("{}");
                let _ = write!(values, ", self.{piece}");
            }
        }
        format!("write!(f, {format:?}{values})")
    };
    match message {
        Message::Plain(text) => form(text, false),
        Message::Plural { one: None, other } => form(other, true),
        Message::Plural { one: Some(one), other } => {
            format!("if self.count == 1 {{ {} }} else {{ {} }}", form(one, true), form(other, true))
        }
    }
}

/// `port_reserved` as `PortReserved`.
fn camel(name: &str) -> String {
    let words = name.split(['_', '-']).filter(|word| !word.is_empty());
    words.map(|word| word[..1].to_uppercase() + &word[1..]).collect()
}
