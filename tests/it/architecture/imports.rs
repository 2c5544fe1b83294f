//! Who imports whom among the files of `src`: an arrow leads from a file to the one that defines what it names, whether by
//! `use` or by a path in the code, and through re-exports. A `mod.rs` is the face of its folder: that it hands on or uses
//! what its own files define is no arrow.

use std::collections::{BTreeMap, BTreeSet};

use super::{Source, sources};

type Path = Vec<String>;

/// The files with their arrows.
pub struct House {
    /// For each file, those that it imports.
    pub arrows: BTreeMap<String, BTreeSet<String>>,
}

/// A module: its file, the paths in its code, and what it hands on under which name.
struct Module {
    file: String,
    paths: Vec<Path>,
    handed_on: BTreeMap<String, Path>,
}

impl House {
    pub fn here() -> Self {
        let sources = sources();
        let names: BTreeSet<Path> = sources.iter().map(|source| module_of(&source.name)).collect();
        let modules: BTreeMap<Path, Module> =
            sources.iter().map(|source| (module_of(&source.name), module(source, &names))).collect();
        let arrows = modules.iter().map(|(name, module)| {
            let targets = module.paths.iter().filter_map(|path| target(&modules, name, path, 0));
            let targets = targets.filter(|other| other != name && !other.is_empty());
            let is_own = |other: &Path| module.file.ends_with("mod.rs") && other[..other.len() - 1] == **name;
            let targets = targets.filter(|other| !is_own(other));
            (module.file.clone(), targets.map(|other| modules[&other].file.clone()).collect())
        });
        Self { arrows: arrows.collect() }
    }

    /// Every arrow.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.arrows.iter().flat_map(|(from, to)| to.iter().map(move |to| (from.as_str(), to.as_str())))
    }

    /// The files that import each other in a loop, each loop once.
    pub fn circles(&self) -> BTreeSet<Vec<&str>> {
        let reached: BTreeMap<&str, BTreeSet<&str>> =
            self.arrows.keys().map(|file| (file.as_str(), self.reached(file))).collect();
        let circle = |file: &&str| -> Vec<&str> {
            reached[*file].iter().copied().filter(|other| reached[other].contains(*file)).collect()
        };
        reached.keys().map(circle).filter(|circle| circle.len() > 1).collect()
    }

    fn reached<'h>(&'h self, from: &'h str) -> BTreeSet<&'h str> {
        let (mut seen, mut waiting) = (BTreeSet::new(), vec![from]);
        while let Some(file) = waiting.pop() {
            waiting.extend(self.arrows[file].iter().map(String::as_str).filter(|next| seen.insert(*next)));
        }
        seen
    }
}

/// `a::b` for `a/b.rs` and `a/b/mod.rs`; nothing for the root.
fn module_of(file: &str) -> Path {
    let path: Path = file.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    match path.split_last() {
        Some((last, folder)) if last == "mod" || (path.len() == 1 && last == "lib") => folder.to_vec(),
        _ => path,
    }
}

fn module(source: &Source, names: &BTreeSet<Path>) -> Module {
    let code: Vec<&str> = source.code().map(|(_, line)| line).collect();
    let (own, tokens) = (module_of(&source.name), tokens(&code.join("\n")));
    let is_child = |word: &str| names.contains(&[&own[..], &[word.to_owned()]].concat());
    let mut module = Module { file: source.name.clone(), paths: Vec::new(), handed_on: BTreeMap::new() };
    let mut at = 0;
    while at < tokens.len() {
        let word = tokens[at].as_str();
        if word == "use" {
            let is_handed_on = at > 0 && matches!(tokens[at - 1].as_str(), "pub" | ")");
            let mut found = Vec::new();
            at = tree(&tokens, at + 1, &Vec::new(), &mut found);
            if is_handed_on {
                let pairs = found.iter().map(|path| (path.last().expect("a name").clone(), path.clone()));
                module.handed_on.extend(pairs);
            } else {
                module.paths.extend(found);
            }
            continue;
        }
        let starts = matches!(word, "crate" | "super" | "self") || is_child(word);
        if starts && (at == 0 || tokens[at - 1] != "::") {
            let mut path = vec![word.to_owned()];
            while tokens.get(at + 1).is_some_and(|token| token == "::") && at + 2 < tokens.len() {
                path.push(tokens[at + 2].clone());
                at += 2;
            }
            if path.len() > 1 {
                module.paths.push(path);
            }
        }
        at += 1;
    }
    module
}

/// The paths of a tree of `use`, from a token on; where it ends.
fn tree(tokens: &[String], mut at: usize, before: &Path, found: &mut Vec<Path>) -> usize {
    let mut path = before.clone();
    while let Some(token) = tokens.get(at) {
        at += 1;
        match token.as_str() {
            "::" => {}
            "as" => at += 1,
            "{" => {
                at = tree(tokens, at, &path, found);
                path.clear();
            }
            "," | "}" | ";" => {
                if path.len() > before.len() {
                    found.push(path.clone());
                }
                path.clone_from(before);
                if token != "," {
                    return at;
                }
            }
            word => path.push(word.to_owned()),
        }
    }
    at
}

/// The words and signs of code, without strings.
fn tokens(code: &str) -> Vec<String> {
    let (mut found, mut rest) = (Vec::new(), code);
    while let Some(first) = rest.chars().next() {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let length = if is_word(first) {
            let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            found.push(rest[..end].to_owned());
            end
        } else if first == '"' {
            closing_quote(rest)
        } else if rest.starts_with("::") {
            found.push("::".to_owned());
            2
        } else {
            if matches!(first, '{' | '}' | ',' | ';' | ')' | '(') {
                found.push(first.to_string());
            }
            first.len_utf8()
        };
        // A quote as a character is no start of a string.
        rest = rest[length..].strip_prefix("'\"'").unwrap_or(&rest[length..]);
    }
    found
}

fn closing_quote(text: &str) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            '"' if !escaped => return at + 1,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    text.len()
}

/// A path from the root of the crate.
fn absolute(modules: &BTreeMap<Path, Module>, from: &Path, path: &Path) -> Option<Path> {
    if path[0] == "crate" {
        return Some(path[1..].to_vec());
    }
    let ups = path.iter().take_while(|word| *word == "super").count();
    let rest = path[ups..].strip_prefix(&["self".to_owned()][..]).unwrap_or(&path[ups..]);
    let base = from.len().checked_sub(ups)?;
    let whole = [&from[..base], rest].concat();
    let is_relative = ups > 0 || path[0] == "self" || modules.contains_key(&whole[..=base]);
    is_relative.then_some(whole)
}

/// The module that defines what a path names.
fn target(modules: &BTreeMap<Path, Module>, from: &Path, path: &Path, depth: usize) -> Option<Path> {
    let whole = absolute(modules, from, path)?;
    let length = (0..=whole.len()).rev().find(|length| modules.contains_key(&whole[..*length]))?;
    let (module, rest) = whole.split_at(length);
    let module = module.to_vec();
    let handed_on = rest.first().and_then(|name| modules[&module].handed_on.get(name));
    let through = handed_on.filter(|_| depth < 8).and_then(|next| target(modules, &module, next, depth + 1));
    Some(through.unwrap_or(module))
}
