//! The ini file of the SDKs as facts: which sections, which types, which keys are there, and on which lines. Each client
//! has a reader of its own, and they differ. The values of secrets are not kept.

use std::collections::BTreeMap;

use super::variables::Fill;

/// Whose reader it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dialect {
    /// `configparser` as the new Python client uses it: values are interpolated.
    Python,
    /// `configparser` as the legacy Python client uses it: raw.
    PythonLegacy,
    /// The npm package `ini`.
    Node,
    /// `gopkg.in/ini.v1`.
    Go,
    /// The Java client's own reader.
    Java,
}

/// The keys whose content decides something and is no secret.
const PLAIN: [&str; 4] = ["type", "enable", "oidc_token_file_path", "private_key_file"];

/// One section.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    pub(super) name: String,
    pub(super) line: usize,
    keys: BTreeMap<String, Fill>,
}

impl Section {
    /// What is known of a key.
    pub(super) fn get(&self, key: &str) -> Option<&Fill> {
        self.keys.get(key)
    }

    /// Whether a key is there and not empty.
    pub(super) fn is_set(&self, key: &str) -> bool {
        self.get(key).is_some_and(Fill::is_set)
    }

    /// The content of a plain key.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Fill::known)
    }
}

/// What a reader makes of the file: its sections, or the line that it stumbles over and why.
pub type Ini = Result<Vec<Section>, (usize, &'static str)>;

/// What a line is.
enum Line<'t> {
    Nothing,
    Section(&'t str),
    Key(String, Option<&'t str>),
    Continued(&'t str),
}

/// Reads the file as this client's reader does.
pub(super) fn parse(dialect: Dialect, text: &str) -> Ini {
    let mut reader = Reader { dialect, sections: Vec::new(), key: None, indent: 0 };
    let text = if dialect == Dialect::Go { text.strip_prefix('\u{feff}').unwrap_or(text) } else { text };
    for (index, line) in text.lines().enumerate() {
        let what = reader.classify(line).map_err(|why| (index + 1, why))?;
        reader.take(what, index + 1).map_err(|why| (index + 1, why))?;
    }
    Ok(reader.sections)
}

struct Reader {
    dialect: Dialect,
    sections: Vec<Section>,
    /// The key of the last line, which the next may continue.
    key: Option<String>,
    indent: usize,
}

impl Reader {
    fn is_python(&self) -> bool {
        matches!(self.dialect, Dialect::Python | Dialect::PythonLegacy)
    }

    fn classify<'t>(&mut self, line: &'t str) -> Result<Line<'t>, &'static str> {
        let trimmed = line.trim();
        let comments = if self.dialect == Dialect::Java { line } else { trimmed };
        if trimmed.is_empty() || comments.starts_with(['#', ';']) {
            return Ok(Line::Nothing);
        }
        let indent = line.len() - line.trim_start().len();
        let continues = match self.dialect {
            Dialect::Python | Dialect::PythonLegacy => indent > self.indent,
            Dialect::Java => line.starts_with('\t') && !trimmed.starts_with('['),
            Dialect::Node | Dialect::Go => false,
        };
        if continues && self.key.is_some() {
            return Ok(Line::Continued(trimmed));
        }
        self.indent = indent;
        if let Some(name) = self.section(line)? {
            return Ok(Line::Section(name));
        }
        self.key_and_value(line)
    }

    /// The name in a section's header, if the line is one.
    fn section<'t>(&self, line: &'t str) -> Result<Option<&'t str>, &'static str> {
        let trimmed = line.trim();
        let inside = |end: Option<usize>| end.filter(|end| *end > 1).map(|end| &trimmed[1..end]);
        match self.dialect {
            _ if !trimmed.starts_with('[') => Ok(None),
            Dialect::Python | Dialect::PythonLegacy => Ok(inside(trimmed.rfind(']'))),
            Dialect::Go => inside(trimmed.rfind(']')).map(Some).ok_or("a section without `]`"),
            Dialect::Node => {
                Ok(line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).map(str::trim))
            }
            Dialect::Java => {
                let head = trimmed.split(['#', ';']).next().unwrap_or_default().trim_end();
                head.strip_suffix(']').map(|head| Some(head[1..].trim())).ok_or("a section without `]`")
            }
        }
    }

    fn key_and_value<'t>(&self, line: &'t str) -> Result<Line<'t>, &'static str> {
        let line = if self.dialect == Dialect::Java { before_comment(line) } else { line }.trim();
        let signs: &[char] = match self.dialect {
            Dialect::Node | Dialect::Java => &['='],
            Dialect::Python | Dialect::PythonLegacy | Dialect::Go => &['=', ':'],
        };
        let (key, value) = match line.split_once(signs) {
            Some((key, value)) => (key.trim(), Some(value.trim())),
            None if matches!(self.dialect, Dialect::Node | Dialect::Java) => (line, None),
            None => return Err("a line without `=`"),
        };
        match self.dialect {
            Dialect::Python | Dialect::PythonLegacy => Ok(Line::Key(key.to_lowercase(), value)),
            Dialect::Go | Dialect::Java if key.is_empty() => Err("a line without a name"),
            Dialect::Node | Dialect::Go | Dialect::Java => Ok(Line::Key(key.to_owned(), value)),
        }
    }

    fn take(&mut self, line: Line<'_>, number: usize) -> Result<(), &'static str> {
        match line {
            Line::Nothing => Ok(()),
            Line::Section(name) => self.open(name, number),
            Line::Key(key, value) => self.put(key, value),
            Line::Continued(text) => {
                self.continue_with(text);
                Ok(())
            }
        }
    }

    fn open(&mut self, name: &str, number: usize) -> Result<(), &'static str> {
        self.key = None;
        match self.sections.iter().position(|section| section.name == name) {
            Some(_) if self.is_python() => return Err("the same section twice"),
            Some(at) => {
                let section = self.sections.remove(at);
                self.sections.push(section);
            }
            None => {
                let section = Section { name: name.to_owned(), line: number, ..Section::default() };
                self.sections.push(section);
            }
        }
        Ok(())
    }

    fn put(&mut self, key: String, value: Option<&str>) -> Result<(), &'static str> {
        if self.sections.is_empty() {
            if self.is_python() {
                return Err("a key before the first section");
            }
            self.sections.push(Section::default());
        }
        let fill = match value {
            Some(value) => self.fill(&key, value)?,
            None => None,
        };
        let (is_python, dialect) = (self.is_python(), self.dialect);
        let Some(section) = self.sections.last_mut() else { return Ok(()) };
        if is_python && section.keys.contains_key(&key) {
            return Err("the same key twice");
        }
        self.key = Some(key.clone());
        match fill {
            Some(fill) => drop(section.keys.insert(key, fill)),
            // A name alone: `true` for Node, nothing for Java.
            None if dialect == Dialect::Node && value.is_none() => drop(section.keys.insert(key, Fill::Set)),
            None => drop(section.keys.remove(&key)),
        }
        Ok(())
    }

    /// What a client sees of a value, without comments and quotes; nothing where it sees none.
    fn fill(&self, key: &str, value: &str) -> Result<Option<Fill>, &'static str> {
        let seen = match self.dialect {
            Dialect::Python if value.replace("%%", "").contains('%') => return Err("a `%` in a value"),
            Dialect::Python | Dialect::PythonLegacy => value.split('#').next().unwrap_or_default().trim(),
            Dialect::Go => unquoted(value.split(['#', ';']).next().unwrap_or_default().trim()),
            Dialect::Node if quoted(value) => unquoted(value),
            Dialect::Node => before_mark(value).trim(),
            Dialect::Java => value,
        };
        let is_nothing = self.dialect == Dialect::Node && matches!(seen, "null" | "false");
        Ok((!is_nothing).then(|| Fill::of(seen, PLAIN.contains(&key))))
    }

    /// A line that goes on with the value of the last key: it was empty, or it is longer than what clients know.
    fn continue_with(&mut self, text: &str) {
        let Some((key, section)) = self.key.as_ref().zip(self.sections.last_mut()) else { return };
        let longer = match section.keys.get(key) {
            Some(Fill::Known(value)) => Fill::Known(format!("{value}\n{text}")),
            _ => Fill::of(text, PLAIN.contains(&key.as_str())),
        };
        section.keys.insert(key.clone(), longer);
    }
}

/// A line without its comment, as Java's reader sees it: only behind white space.
fn before_comment(line: &str) -> &str {
    let ends = [" #", " ;", "\t#", "\t;"].into_iter().filter_map(|mark| line.find(mark));
    &line[..ends.min().unwrap_or(line.len())]
}

/// A value up to a mark that no backslash protects.
fn before_mark(value: &str) -> &str {
    let mut escaped = false;
    let end = value.find(|character| {
        let ends = !escaped && matches!(character, ';' | '#');
        escaped = !escaped && character == '\\';
        ends
    });
    &value[..end.unwrap_or(value.len())]
}

fn quoted(value: &str) -> bool {
    value.len() > 1 && ['"', '\''].iter().any(|mark| value.starts_with(*mark) && value.ends_with(*mark))
}

fn unquoted(value: &str) -> &str {
    if quoted(value) { &value[1..value.len() - 1] } else { value }
}
