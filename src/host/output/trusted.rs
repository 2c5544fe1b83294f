//! Checks that only this user can change a folder and the folders above it.

use std::path::Path;

use super::folder::Folder;
use super::{attributes, own_user};
use crate::host::{HostError, shown};

/// Refuses a folder in which another user could replace the file, and so provide other credentials. Also checks every
/// folder above. Trusts root, and a group that has the same ID as the user, because `useradd` creates it for this user
/// only.
pub fn check(folder: &Path) -> Result<(), HostError> {
    for above in folder.ancestors() {
        let cannot = |cause| HostError::refused(format!("cannot check the folder {}", shown(above)), cause);
        let seen = Folder::open(above).and_then(|open| Ok((open.seen()?, attributes::has_list(&open))));
        let (seen, has_list) = seen.map_err(cannot)?;
        let own = own_user();
        let (writable_by_group, writable_by_all) = (seen.mode & 0o020 != 0, seen.mode & 0o002 != 0);
        let is_sticky = seen.mode & 0o1000 != 0;
        let is_own_group = seen.group == own && !has_list;
        let problem = if seen.user != own && seen.user != 0 {
            format!("belongs to another user (ID {})", seen.user)
        } else if !is_sticky && (writable_by_all || (writable_by_group && !is_own_group)) {
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
