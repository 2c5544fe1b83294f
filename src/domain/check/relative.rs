//! Paths as code hosts expect them: relative to the current folder, with forward slashes.

/// The path relative to `folder` if it is inside, without `.` parts; `separator` is the system's own.
///
/// A path outside of `folder`, and `..` in a path, stay as they are: links can make them mean something else.
#[must_use]
pub fn relative(path: &str, folder: &str, separator: char) -> String {
    let slashed = |path: &str| path.replace(separator, "/");
    let (path, folder) = (slashed(path), slashed(folder));
    let inside = path.strip_prefix(folder.trim_end_matches('/')).filter(|_| !folder.is_empty());
    let inside = inside.and_then(|rest| rest.strip_prefix('/'));
    let root = if path.starts_with('/') && inside.is_none() { "/" } else { "" };
    let path = inside.unwrap_or(&path);
    let parts: Vec<&str> = path.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    if parts.is_empty() && root.is_empty() { ".".to_owned() } else { format!("{root}{}", parts.join("/")) }
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn paths_inside_the_folder_become_relative() {
        let of = |path| relative(path, "/builds/app", '/');
        assert_eq!(of("./a//b/./c.json"), "a/b/c.json");
        assert_eq!(of("/builds/app/a.json"), "a.json");
        assert_eq!(of("/builds/app//a.json"), "a.json");
        assert_eq!(of("/builds/apple/a.json"), "/builds/apple/a.json");
        assert_eq!(of("/builds/app"), "/builds/app");
        assert_eq!(of("../a.json"), "../a.json");
        assert_eq!(of("a\\b.json"), "a\\b.json");
        assert_eq!(of("-"), "-");
        assert_eq!(of("."), ".");
        assert_eq!(relative("/a.json", "/", '/'), "a.json");
        assert_eq!(relative("/a.json", "", '/'), "/a.json");
    }

    #[test]
    fn backslashes_become_slashes_where_they_separate() {
        assert_eq!(relative(r"C:\app\a\b.json", r"C:\app", '\\'), "a/b.json");
        assert_eq!(relative(r".\a\b.json", "", '\\'), "a/b.json");
    }
}
