//! The version of the files that ramrole writes and reads again: drafts, settings and answers. A file without a version
//! has version 1, as the files of 0.1.0 before it was written.

/// The version that this program writes. It also reads every earlier one.
pub const CURRENT: i64 = 1;

/// The key that holds the version in every such file.
pub const KEY: &str = "format";

/// The first line of a TOML file.
#[must_use]
pub fn toml_line() -> String {
    format!("{KEY} = {CURRENT}\n")
}

/// Checks the version of a file.
///
/// # Errors
/// When it is newer than [`CURRENT`] or not a version at all: what the file means is then unknown.
pub fn check(version: i64) -> Result<(), String> {
    match version {
        1..=CURRENT => Ok(()),
        newer if newer > CURRENT => Err(format!(
            "the file has format {newer}, and this version of ramrole reads formats up to {CURRENT}; install a newer one"
        )),
        other => Err(format!("{other} is not a format; formats start at 1")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn older_files_are_read_and_newer_ones_are_not() {
        assert_eq!(check(CURRENT), Ok(()));
        assert!(check(CURRENT + 1).is_err_and(|why| why.contains("install a newer one")));
        assert!(check(0).is_err_and(|why| why.contains("not a format")));
    }
}
