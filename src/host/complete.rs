//! Completes the path that a person types; looks at names only, never into files.

use std::fs;
use std::path::{Path, PathBuf, is_separator};

use crate::domain::path::Completion;

/// How many completions are given.
const MOST: usize = 100;
/// How many entries of a folder are looked at.
const MOST_READ: usize = 10_000;

/// What comes first: documents are what is looked for, and folders lead to them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Json,
    Folder,
    Other,
}

/// The entries of the folder that the path names whose name starts with its last part: JSON files, folders, other
/// files, each by name, at most 100. Hidden ones only where the part starts with a dot; where nothing can be
/// read there are none.
#[must_use]
pub fn complete(typed: &str) -> Vec<Completion> {
    let directories = directories::BaseDirs::new();
    complete_at(typed, directories.as_ref().map(directories::BaseDirs::home_dir))
}

fn complete_at(typed: &str, home: Option<&Path>) -> Vec<Completion> {
    let (folder, start) = typed.split_at(typed.rfind(is_separator).map_or(0, |at| at + 1));
    let entries = place(folder, home).and_then(|place| fs::read_dir(place).ok());
    let entries = entries.into_iter().flatten().take(MOST_READ);
    let mut found: Vec<(Rank, String)> = entries.filter_map(|entry| candidate(&entry.ok()?, start)).collect();
    found.sort();
    found.truncate(MOST);
    found.into_iter().map(|(rank, name)| completion(folder, &name, rank == Rank::Folder)).collect()
}

/// The folder that is meant by what was typed of it.
fn place(folder: &str, home: Option<&Path>) -> Option<PathBuf> {
    match folder.strip_prefix('~').filter(|rest| rest.starts_with(is_separator)) {
        // Joined as it is, `/x` of `~//x` would replace the home.
        Some(rest) => Some(home?.join(rest.trim_start_matches(is_separator))),
        None if folder.is_empty() => Some(PathBuf::from(".")),
        None => Some(PathBuf::from(folder)),
    }
}

/// An entry that may be meant. What is neither file nor folder cannot be read, and a control character not typed.
fn candidate(entry: &fs::DirEntry, start: &str) -> Option<(Rank, String)> {
    let name = entry.file_name().into_string().ok()?;
    let is_meant = name.starts_with(start) && name.starts_with('.') == start.starts_with('.');
    if !is_meant || name.contains(char::is_control) {
        return None;
    }
    let kind = entry.file_type().ok()?;
    let kind = if kind.is_symlink() { fs::metadata(entry.path()).ok()?.file_type() } else { kind };
    let rank = match kind {
        kind if kind.is_dir() => Rank::Folder,
        kind if !kind.is_file() => return None,
        _ if is_json(&name) => Rank::Json,
        _ => Rank::Other,
    };
    Some((rank, name))
}

fn is_json(name: &str) -> bool {
    let end = Path::new(name).extension();
    end.is_some_and(|end| end.eq_ignore_ascii_case("json") || end.eq_ignore_ascii_case("jsonc"))
}

fn completion(folder: &str, name: &str, is_folder: bool) -> Completion {
    let end = if is_folder { "/" } else { "" };
    Completion { text: format!("{folder}{name}{end}"), is_folder }
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    fn place_with(names: &[&str]) -> TempDir {
        let place = tempfile::tempdir().expect("a folder");
        for name in names {
            let path = place.path().join(name);
            if name.ends_with('/') {
                fs::create_dir(path).expect("a folder");
            } else {
                fs::write(path, "").expect("written");
            }
        }
        place
    }

    /// The completions without the folder before them.
    fn names(typed: &str, place: &Path) -> Vec<String> {
        let folder = format!("{}/", place.display());
        let found = complete_at(&format!("{folder}{typed}"), None);
        found.iter().map(|found| found.text.strip_prefix(&folder).expect("the folder").to_owned()).collect()
    }

    #[test]
    fn documents_come_first_then_folders_then_the_rest() {
        let place = place_with(&["b.json", "a.txt", "z.JSONC", "c/", "a/", ".hidden", ".git/", "json"]);
        assert_eq!(names("", place.path()), ["b.json", "z.JSONC", "a/", "c/", "a.txt", "json"]);
        assert_eq!(names("a", place.path()), ["a/", "a.txt"]);
        assert_eq!(names(".", place.path()), [".git/", ".hidden"]);
        assert_eq!(names("b.json", place.path()), ["b.json"]);
        assert_eq!(names("x", place.path()), Vec::<String>::new());
        let found = complete_at(&format!("{}/c", place.path().display()), None);
        assert!(found[0].is_folder);
    }

    #[test]
    fn a_tilde_is_the_home_and_stays_as_typed() {
        let place = place_with(&["one.json", "in/"]);
        fs::write(place.path().join("in/two.json"), "").expect("written");
        let texts = |typed: &str| -> Vec<String> {
            complete_at(typed, Some(place.path())).into_iter().map(|found| found.text).collect()
        };
        assert_eq!(texts("~/"), ["~/one.json", "~/in/"]);
        assert_eq!(texts("~/in/t"), ["~/in/two.json"]);
        assert_eq!(texts("~//in/"), ["~//in/two.json"]);
        assert_eq!(complete_at("~/", None), []);
        assert_eq!(complete_at("~other/", Some(place.path())), []);
    }

    #[test]
    fn without_a_folder_the_present_one_is_meant() {
        let found = complete_at("Cargo.t", None);
        assert_eq!(found, [Completion { text: "Cargo.toml".to_owned(), is_folder: false }]);
    }

    #[test]
    fn what_cannot_be_read_has_no_completions() {
        let place = place_with(&["file"]);
        assert_eq!(names("file/", place.path()), Vec::<String>::new());
        assert_eq!(names("missing/a", place.path()), Vec::<String>::new());
        assert_eq!(complete_at("a\0/b", None), []);
    }

    #[test]
    fn no_more_than_100_are_given() {
        let place = place_with(&[]);
        for number in 0..150 {
            fs::write(place.path().join(format!("{number:03}")), "").expect("written");
        }
        let names = names("", place.path());
        assert_eq!((names.len(), names[99].as_str()), (100, "099"));
    }

    #[cfg(unix)]
    mod unix {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt as _;
        use std::os::unix::fs::symlink;

        use super::*;

        #[test]
        fn odd_entries_are_left_out_and_links_followed() {
            let place = place_with(&["a\u{1b}b", "real/"]);
            symlink("real", place.path().join("link")).expect("a link");
            symlink("nowhere", place.path().join("dangling")).expect("a link");
            symlink("/dev/zero", place.path().join("zero")).expect("a link");
            let _ = fs::write(place.path().join(OsStr::from_bytes(b"caf\xe9")), "");
            let fifo = std::process::Command::new("mkfifo").arg(place.path().join("fifo")).status();
            assert!(fifo.expect("mkfifo runs").success());
            assert_eq!(names("", place.path()), ["link/", "real/"]);
            assert_eq!(names("fifo/", place.path()), Vec::<String>::new());
        }
    }
}
