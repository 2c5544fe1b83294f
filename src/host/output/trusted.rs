//! Checks that only this user can change a folder and the folders above it.

use std::path::Path;

use super::attributes;
use super::folder::Folder;
use super::rights::own_user;
use crate::host::{HostError, shown};

/// Refuses a folder in which another user could replace the file, and so provide other credentials. Also checks every
/// folder above. Trusts root, and a group in which `/etc/group` and `/etc/passwd` list nobody but this user.
pub fn check(folder: &Path) -> Result<(), HostError> {
    for above in folder.ancestors() {
        let cannot = |cause| HostError::refused(format!("cannot check the folder {}", shown(above)), cause);
        let seen = Folder::open(above).and_then(|open| Ok((open.seen()?, attributes::has_list(&open))));
        let (seen, has_list) = seen.map_err(cannot)?;
        let own = own_user();
        let (writable_by_group, writable_by_all) = (seen.mode & 0o020 != 0, seen.mode & 0o002 != 0);
        let is_sticky = seen.mode & 0o1000 != 0;
        let is_own_group = || !has_list && is_group_of_one(seen.group, own);
        let problem = if seen.user != own && seen.user != 0 {
            format!("belongs to another user (ID {})", seen.user)
        } else if !is_sticky && (writable_by_all || (writable_by_group && !is_own_group())) {
            "is writable by other users".to_owned()
        } else {
            continue;
        };
        let message = format!("the folder {} {problem}, who could replace the credential file", shown(above));
        return Err(HostError::unusable(message)
            .with_hint("choose a path in a folder that only you can write to, such as your home folder"));
    }
    Ok(())
}

/// Whether a group is the user's own, as `useradd` creates it, and nobody else has joined it.
fn is_group_of_one(group: u32, user: u32) -> bool {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    is_listed_alone(&read("/etc/group"), &read("/etc/passwd"), group, user)
}

/// Reads `group(5)` and `passwd(5)`: a group that is not listed, such as one of a directory service, may have anyone in
/// it.
fn is_listed_alone(groups: &str, users: &str, group: u32, user: u32) -> bool {
    let field = |line: &str, at: usize| line.split(':').nth(at).unwrap_or_default().trim().to_owned();
    let (group, user) = (group.to_string(), user.to_string());
    let mut listed = groups.lines().filter(|line| field(line, 2) == group).peekable();
    let is_user = |name: &str| {
        let named = users.lines().filter(|line| field(line, 0) == name).map(|line| field(line, 2));
        named.chain([String::new()]).next() == Some(user.clone())
    };
    let members_are_own = |line: &str| {
        field(line, 3).split(',').filter(|name| !name.is_empty()).all(|name| is_user(name.trim()))
    };
    let primary = users.lines().filter(|line| field(line, 3) == group);
    listed.peek().is_some()
        && listed.all(members_are_own)
        && primary.map(|line| field(line, 2)).all(|other| other == user)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_folder_where_others_could_exchange_it_is_refused() {
        let place = tempfile::tempdir().expect("a folder");
        let folder = place.path().join("shared");
        fs::create_dir(&folder).expect("a folder");
        for (mode, is_fine) in [(0o777, false), (0o1777, true), (0o757, false), (0o755, true), (0o700, true)]
        {
            fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).expect("a mode");
            assert_eq!(check(&folder).is_ok(), is_fine, "{mode:o}");
        }
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o777)).expect("a mode");
        let inner = folder.join("inner");
        fs::create_dir(&inner).expect("a folder");
        let error = check(&inner).expect_err("above it");
        assert!(error.message.contains("is writable by other users"), "{error}");
    }

    #[test]
    fn a_folder_of_another_user_is_refused_also_to_root() {
        let place = tempfile::tempdir().expect("a folder");
        if std::os::unix::fs::chown(place.path(), Some(65534), None).is_err() {
            eprintln!("left out: only root can give a folder away");
            return;
        }
        let error = check(place.path()).expect_err("his");
        assert!(error.message.contains("belongs to another user (ID 65534)"), "{error}");
    }

    #[test]
    fn a_group_with_another_member_is_nobodys_own() {
        let users =
            "root:x:0:0::/root:/bin/sh\nbob:x:1001:1001::/home/bob:/bin/sh\nmallory:x:1002:1002::/:/bin/sh\n";
        for (groups, is_own) in [
            ("bob:x:1001:\n", true),
            ("bob:x:1001:bob\n", true),
            ("bob:x:1001:mallory\n", false),
            ("bob:x:1001:bob,mallory\n", false),
            ("bob:x:1001:\nalso:x:1001:mallory\n", false),
            ("bob:x:1001:unknown\n", false),
            ("staff:x:50:\n", false),
        ] {
            assert_eq!(is_listed_alone(groups, users, 1001, 1001), is_own, "{groups}");
        }
        let shared = format!("{users}eve:x:1003:1001::/:/bin/sh\n");
        assert!(!is_listed_alone("bob:x:1001:\n", &shared, 1001, 1001), "another user's primary group");
    }

    #[test]
    fn a_group_is_trusted_if_it_is_the_users_own() {
        let place = tempfile::tempdir().expect("a folder");
        let set = |mode| fs::set_permissions(place.path(), fs::Permissions::from_mode(mode)).expect("a mode");
        let give = |group| std::os::unix::fs::chown(place.path(), None, Some(group));
        if give(own_user()).is_err() || give(65534).is_err() {
            eprintln!("left out: only root can give a folder to any group");
            return;
        }
        set(0o770);
        assert!(check(place.path()).is_err());
        give(own_user()).expect("given back");
        set(0o770);
        assert!(check(place.path()).is_ok());
    }
}
