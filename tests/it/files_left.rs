//! What a killed run leaves is removed by a later one, and nothing else is.

use std::fs::{self, File};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::time::{Duration, SystemTime};

use ramrole::host::output::{self, Links, Mode};

const HOUR: Duration = Duration::from_secs(3_600);

fn age(path: &Path, age: Duration) {
    File::open(path).and_then(|file| file.set_modified(SystemTime::now() - age)).expect("a time");
}

fn make(folder: &Path, name: &str, old: Duration) {
    fs::write(folder.join(name), "left").expect("written");
    age(&folder.join(name), old);
}

/// A folder as `--out` makes it on the way, with permissions.
fn make_folder(folder: &Path, name: &str, mode: u32) -> std::path::PathBuf {
    let path = folder.join(name);
    fs::create_dir_all(path.join("out")).expect("a folder");
    fs::write(path.join("out/service.json"), "left").expect("written");
    fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("a mode");
    path
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<_> =
        entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8")).collect();
    names.sort();
    names
}

#[test]
fn leftovers_of_ours_go_after_an_hour_and_nothing_else_does() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path();
    let old = HOUR + Duration::from_secs(5);
    for name in [".ramrole-aB3dE9", ".ramrole-abc12Z"] {
        make(folder, name, old);
    }
    let staging = make_folder(folder, ".ramrole-Sta9ed", 0o700);
    age(&staging, old);
    let mut kept = Vec::new();
    // A name that is another, or may be a person's.
    for name in [
        ".ramrole-",
        ".ramrole-aB3dE",
        ".ramrole-aB3dE9x",
        ".ramrole-backup",
        ".ramrole-aB3.E9",
        "ramrole-aB3dE9",
    ] {
        make(folder, name, old);
        kept.push(name);
    }
    make(folder, ".ramrole-Young1", Duration::from_secs(59 * 60));
    kept.push(".ramrole-Young1");
    // A run that lives holds the lock.
    make(folder, ".ramrole-Locked", old);
    let live = File::open(folder.join(".ramrole-Locked")).expect("open");
    rustix::fs::flock(&live, rustix::fs::FlockOperation::NonBlockingLockExclusive).expect("locked");
    kept.push(".ramrole-Locked");
    // A person's folder is open to others, or holds more than files.
    age(&make_folder(folder, ".ramrole-Person", 0o755), old);
    let with_link = make_folder(folder, ".ramrole-Links1", 0o700);
    symlink("/etc/passwd", with_link.join("out/link")).expect("a link");
    age(&with_link, old);
    kept.extend([".ramrole-Person", ".ramrole-Links1"]);
    symlink("target", folder.join(".ramrole-Link22")).expect("a link");
    make(folder, "target", old);
    kept.extend([".ramrole-Link22", "target"]);
    if rustix::process::geteuid().is_root() {
        make(folder, ".ramrole-Other1", old);
        std::os::unix::fs::chown(folder.join(".ramrole-Other1"), Some(65534), None).expect("given");
        age(&folder.join(".ramrole-Other1"), old);
        kept.push(".ramrole-Other1");
    } else {
        eprintln!("left out: a leftover of another user, which only root can make");
    }
    output::write(&folder.join("written"), "text", Links::Refuse, Mode::Usual).expect("written");
    kept.push("written");
    kept.sort_unstable();
    assert_eq!(names(folder), kept);
    drop(live);
    output::write(&folder.join("written"), "again", Links::Refuse, Mode::Usual).expect("written");
    assert!(!names(folder).contains(&".ramrole-Locked".to_owned()), "its run has ended");
}

#[test]
fn every_writer_of_a_folder_removes_them() {
    let place = tempfile::tempdir().expect("a folder");
    let old = HOUR * 2;
    let left = place.path().join(".ramrole-Left01");
    let writers: [&dyn Fn(); 3] = [
        &|| {
            let files = [("a", "text", Mode::Usual)];
            output::write_all(&place.path().join("new"), &files, false, Links::Refuse).expect("written");
        },
        &|| {
            let files = [("b", "text", Mode::Usual)];
            output::write_all(place.path(), &files, false, Links::Refuse).expect("written");
        },
        &|| {
            let mut file = output::OwnedFile::claim(&place.path().join("c"), false, None).expect("free");
            file.write("text").expect("written");
        },
    ];
    for write in writers {
        make(place.path(), ".ramrole-Left01", old);
        write();
        assert!(!left.exists());
    }
}
