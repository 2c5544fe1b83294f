//! What every written file keeps: secrecy while it is made, permissions, attributes, lists, and other people's changes.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use ramrole::host::HostErrorKind;
use ramrole::host::output::{self, Expect, How, Links, Mode};
use rustix::fs::{XattrFlags, getxattr, setxattr};
use tempfile::TempDir;

use crate::program::{RAMROLE, ramrole, shell};

const CONFIG: &str = "{\n  \"metadata\": { \"name\": \"owl\" }\n}\n";
const WRITE: [&str; 5] = ["service-config", "service.json", "--role", "default", "--write"];
const PLAN: &str = "ramrole plan --workload dlc --region cn-shanghai --role default";
const STRANGER: u32 = 65534;

fn place() -> TempDir {
    let place = tempfile::tempdir().expect("a folder");
    fs::write(place.path().join("service.json"), CONFIG).expect("written");
    place
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<_> =
        entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8")).collect();
    names.sort();
    names
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("there").mode() & 0o7777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).expect("a mode");
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn attribute(path: &Path, name: &str) -> Option<Vec<u8>> {
    let mut value = vec![0; 4096];
    let length = getxattr(path, name, &mut value[..]).ok()?;
    value.truncate(length);
    Some(value)
}

/// Sets an attribute; false, with a word about it, on a disk that has none.
fn set_attribute(path: &Path, name: &str, value: &[u8]) -> bool {
    let done = setxattr(path, name, value, XattrFlags::empty());
    if let Err(error) = done {
        eprintln!("left out: {name} cannot be set here: {error}");
    }
    done.is_ok()
}

/// A list in the form of `linux/posix_acl_xattr.h`: tag, permissions, ID of each entry.
fn list(entries: &[(u16, u16, u32)]) -> Vec<u8> {
    let entry = |&(tag, permissions, id): &(u16, u16, u32)| {
        [&tag.to_le_bytes()[..], &permissions.to_le_bytes(), &id.to_le_bytes()].concat()
    };
    [2_u32.to_le_bytes().to_vec(), entries.iter().flat_map(entry).collect()].concat()
}

const NOBODY: u32 = u32::MAX;
const ACCESS: &str = "system.posix_acl_access";
const DEFAULT: &str = "system.posix_acl_default";

/// The owner and the stranger read and write, the group reads, others nothing.
fn shared_list() -> Vec<u8> {
    let (user, group, mask, other) =
        ((0x01, 6, NOBODY), (0x04, 4, NOBODY), (0x10, 6, NOBODY), (0x20, 0, NOBODY));
    list(&[user, (0x02, 6, STRANGER), group, mask, other])
}

#[test]
fn nobody_else_can_read_what_is_being_written() {
    let place = tempfile::tempdir().expect("a folder");
    let (folder, done) = (place.path().to_path_buf(), AtomicBool::new(false));
    let (seen, open) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let text = "secret".repeat(20_000);
    let document = folder.join("service.json");
    fs::write(&document, "{}").expect("written");
    set_mode(&document, 0o600);
    let watch = || {
        while !done.load(Ordering::Relaxed) {
            for entry in fs::read_dir(&folder).expect("a folder").filter_map(Result::ok) {
                let is_ours = entry.file_name().as_encoded_bytes().starts_with(b".ramrole-");
                let Some(metadata) = entry.metadata().ok().filter(|_| is_ours) else { continue };
                seen.fetch_add(1, Ordering::Relaxed);
                if metadata.mode() & 0o077 != 0 {
                    open.fetch_add(1, Ordering::Relaxed);
                }
            }
        }
    };
    thread::scope(|scope| {
        scope.spawn(watch);
        scope.spawn(watch);
        for round in 0..400 {
            let text = format!("{round}{text}");
            output::write(&document, &text, Links::Refuse, Mode::Usual).expect("written");
            output::write(&folder.join("new"), &text, Links::Refuse, Mode::Private).expect("written");
            let out = folder.join(format!("out-{}", round % 2));
            let files = [("a.json", text.as_str(), Mode::Private), ("README.md", "steps", Mode::Usual)];
            output::write_all(&out, &files, false, Links::Refuse).expect("written");
            fs::remove_dir_all(&out).expect("removed");
        }
        done.store(true, Ordering::Relaxed);
    });
    let (seen, open) = (seen.into_inner(), open.into_inner());
    println!(
        "{seen} looks at unfinished files in 1,200 writes: {open} of them at one that others could read"
    );
    assert!(seen > 200, "the watch saw only {seen}");
    assert_eq!(open, 0, "of {seen}");
    assert_eq!((mode(&document), mode(&folder.join("new"))), (0o600, 0o600));
}

#[test]
fn attributes_and_lists_are_kept() {
    let place = place();
    let file = place.path().join("service.json");
    set_mode(&file, 0o640);
    let value = b"an \0 attribute";
    if !set_attribute(&file, "user.note", value) || !set_attribute(&file, ACCESS, &shared_list()) {
        return;
    }
    assert_eq!(mode(&file), 0o660, "the mask stands for the group");
    let output = ramrole(WRITE, place.path());
    assert!(output.status.success(), "{}", said(&output));
    assert!(fs::read_to_string(&file).expect("text").contains("enable_ram_role"));
    assert_eq!(attribute(&file, "user.note").as_deref(), Some(&value[..]));
    assert_eq!(attribute(&file, ACCESS), Some(shared_list()));
    assert_eq!(mode(&file), 0o660);
}

#[test]
fn a_list_of_the_folder_opens_no_file_that_was_closed() {
    let place = place();
    let file = place.path().join("service.json");
    set_mode(&file, 0o660);
    if !set_attribute(place.path(), DEFAULT, &shared_list()) {
        return;
    }
    let output = ramrole(WRITE, place.path());
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!((attribute(&file, ACCESS), mode(&file)), (None, 0o660));
    let private = place.path().join("private");
    output::write(&private, "secret", Links::Refuse, Mode::Private).expect("written");
    assert_eq!((attribute(&private, ACCESS), mode(&private)), (None, 0o600));
}

#[test]
fn a_new_file_is_as_open_as_one_of_any_other_program() {
    let place = tempfile::tempdir().expect("a folder");
    let has_lists = {
        let folder = place.path().join("listed");
        fs::create_dir(&folder).expect("a folder");
        set_attribute(&folder, DEFAULT, &shared_list())
    };
    fs::create_dir(place.path().join("plain")).expect("a folder");
    let grouped = place.path().join("grouped");
    fs::create_dir(&grouped).expect("a folder");
    if is_root() {
        std::os::unix::fs::chown(&grouped, None, Some(STRANGER)).expect("a group");
    }
    set_mode(&grouped, 0o2775);
    for folder in ["plain", "grouped", "listed"] {
        for umask in ["000", "002", "022", "027", "077"] {
            let line = format!(
                "umask {umask}; cd {folder}; {PLAN} --access oss --out out-{umask} --save-answers a-{umask} >/dev/null \
                 && touch file-{umask} && mkdir folder-{umask} && touch folder-{umask}/README.md"
            );
            let output = shell(&line, place.path());
            assert!(output.status.success(), "{}", said(&output));
            let path = |name: &str| place.path().join(folder).join(name.replace('*', umask));
            let pairs = [("a-*", "file-*"), ("out-*", "folder-*"), ("out-*/README.md", "folder-*/README.md")];
            for (ours, theirs) in pairs.map(|(ours, theirs)| (path(ours), path(theirs))) {
                let all = |path: &Path| {
                    let group = fs::metadata(path).expect("there").gid();
                    (format!("{:o}", mode(path)), group, attribute(path, ACCESS), attribute(path, DEFAULT))
                };
                assert_eq!(all(&ours), all(&theirs), "{ours:?} with umask {umask}");
            }
        }
    }
    assert!(has_lists || attribute(&place.path().join("listed"), DEFAULT).is_none());
}

#[test]
fn other_names_are_told_of() {
    let place = place();
    let (file, other) = (place.path().join("service.json"), place.path().join("other"));
    fs::hard_link(&file, &other).expect("a link");
    let output = ramrole(WRITE, place.path());
    assert!(output.status.success());
    let words = "wrote service.json; the other hard link to it keeps the old content\n";
    assert!(said(&output).contains(words), "{}", said(&output));
    assert_eq!(fs::read_to_string(&other).expect("text"), CONFIG);
    assert!(fs::read_to_string(&file).expect("text").contains("enable_ram_role"));
}

#[test]
fn what_changed_since_it_was_read_is_not_overwritten() {
    let place = place();
    let file = place.path().join("service.json");
    let put = |expect| {
        output::put(&file, "ours", How { links: Links::Refuse, mode: Mode::Usual, expect })
            .map_err(|e| e.kind)
    };
    fs::write(&file, "theirs").expect("written");
    assert_eq!(put(Expect::Text(CONFIG)), Err(HostErrorKind::Changed));
    assert_eq!(put(Expect::TextOrNothing(CONFIG)), Err(HostErrorKind::Changed));
    assert_eq!(put(Expect::Nothing), Err(HostErrorKind::Exists));
    assert_eq!(fs::read_to_string(&file).expect("text"), "theirs");
    assert!(put(Expect::Text("theirs")).is_ok());
    fs::remove_file(&file).expect("removed");
    assert_eq!(put(Expect::Text("ours")), Err(HostErrorKind::Changed));
    assert!(names(place.path()).is_empty());
    assert!(put(Expect::TextOrNothing("gone")).is_ok());
    assert_eq!(names(place.path()), ["service.json"]);
}

/// Each of two writers adds 1 to the number that it read; where one wrote over the other, a 1 would be lost.
#[test]
fn of_two_writers_at_once_neither_loses_a_change() {
    const EACH: usize = 500;
    let place = tempfile::tempdir().expect("a folder");
    let (file, conflicts) = (place.path().join("number"), AtomicUsize::new(0));
    fs::write(&file, "0").expect("written");
    let add = || {
        let mut left = EACH;
        while left > 0 {
            let text = fs::read_to_string(&file).expect("always there");
            let more = text.parse::<usize>().expect("a number, never a part") + 1;
            let expect = Expect::Text(&text);
            let how = How { links: Links::Refuse, mode: Mode::Usual, expect };
            match output::put(&file, &more.to_string(), how).map_err(|error| error.kind) {
                Ok(_) => left -= 1,
                Err(HostErrorKind::Changed) => {
                    conflicts.fetch_add(1, Ordering::Relaxed);
                }
                Err(kind) => panic!("{kind:?}"),
            }
        }
    };
    thread::scope(|scope| {
        scope.spawn(add);
        scope.spawn(add);
    });
    assert_eq!(fs::read_to_string(&file).expect("text"), (2 * EACH).to_string());
    println!("{} conflicts in {} writes", conflicts.into_inner(), 2 * EACH);
}

/// The program as the stranger sees it, in a folder of his.
fn as_stranger(arguments: &[&str], folder: &Path) -> Output {
    let program = folder.join("program");
    fs::copy(RAMROLE, &program).expect("copied");
    set_mode(&program, 0o755);
    let mut command = Command::new(&program);
    command.args(arguments).current_dir(folder).env("HOME", folder).uid(STRANGER).gid(STRANGER);
    let output = command.output().expect("runs");
    fs::remove_file(program).expect("removed");
    output
}

#[test]
fn what_cannot_be_kept_is_a_reason_not_to_write() {
    if !is_root() {
        eprintln!("left out: only root can act for another user");
        return;
    }
    let place = place();
    let file = place.path().join("service.json");
    let give = |path: &Path, user| std::os::unix::fs::chown(path, Some(user), Some(user)).expect("given");
    give(place.path(), STRANGER);
    set_mode(&file, 0o666);
    let refused = |words: &str| {
        let output = as_stranger(&WRITE, place.path());
        assert_eq!(output.status.code(), Some(3), "{}", said(&output));
        assert!(said(&output).contains(words), "{}", said(&output));
        assert!(said(&output).contains("hint: the file is unchanged; "), "{}", said(&output));
        assert_eq!(fs::read_to_string(&file).expect("text"), CONFIG);
        assert_eq!(names(place.path()), ["service.json"], "nothing else is left");
    };
    refused("cannot keep the owner and group of service.json");
    give(&file, STRANGER);
    if set_attribute(&file, "security.ramrole-test", b"value") {
        refused("cannot keep the attribute security.ramrole-test of service.json");
        assert!(ramrole(WRITE, place.path()).status.success(), "root can keep it");
        assert_eq!(attribute(&file, "security.ramrole-test").as_deref(), Some(&b"value"[..]));
        let metadata = fs::metadata(&file).expect("there");
        assert_eq!((metadata.uid(), metadata.gid(), mode(&file)), (STRANGER, STRANGER, 0o666));
    }
}

#[test]
fn a_secret_is_not_given_to_another_user() {
    if !is_root() {
        eprintln!("left out: only root can act for another user");
        return;
    }
    let place = place();
    let file = place.path().join("service.json");
    std::os::unix::fs::chown(&file, Some(STRANGER), None).expect("given");
    let error = output::write(&file, "secret", Links::Refuse, Mode::Private).expect_err("his");
    assert!(error.message.contains("belongs to another user (ID 65534)"), "{error}");
    assert_eq!(fs::read_to_string(&file).expect("text"), CONFIG);
}

#[test]
fn what_becomes_private_can_still_be_opened_by_its_owner() {
    let place = tempfile::tempdir().expect("a folder");
    let file = place.path().join("draft");
    for (before, after) in [(0o077, 0o600), (0o000, 0o600), (0o644, 0o600), (0o400, 0o600), (0o755, 0o700)] {
        fs::write(&file, "old").expect("written");
        set_mode(&file, before);
        output::write(&file, "new", Links::Refuse, Mode::Private).expect("written");
        assert_eq!(mode(&file), after, "{before:o}");
        assert_eq!(File::open(&file).map(drop).map_err(|error| error.kind()), Ok(()));
    }
}

#[test]
fn a_full_disk_leaves_a_folder_of_files_as_it_was() {
    let place = tempfile::tempdir().expect("a folder");
    let mount = |arguments: &[&str]| {
        Command::new("mount").args(arguments).arg(place.path()).output().is_ok_and(|o| o.status.success())
    };
    if !mount(&["-t", "tmpfs", "-o", "size=64k", "tmpfs"]) {
        eprintln!("left out: no small disk can be mounted here");
        return;
    }
    let out = place.path().join("out");
    let (small, large) = ("x".repeat(100), "x".repeat(200_000));
    let write = |last: &str, force| {
        let files = [("a", "new", Mode::Usual), ("b", last, Mode::Usual)];
        output::write_all(&out, &files, force, Links::Refuse).map(drop).map_err(|error| error.message)
    };
    let new = write(&large, false);
    let left = names(place.path());
    fs::create_dir(&out).expect("a folder");
    fs::write(out.join("a"), "old").expect("written");
    let over = write(&large, true);
    let (kept, names) = (fs::read_to_string(out.join("a")), names(&out));
    let fits = write(&small, true);
    assert!(Command::new("umount").arg(place.path()).status().expect("umount runs").success());
    assert!(new.as_ref().is_err_and(|message| message.starts_with("cannot write ")), "{new:?}");
    assert_eq!(left, Vec::<String>::new());
    assert!(over.as_ref().is_err_and(|message| message.starts_with("cannot write ")), "{over:?}");
    assert_eq!((kept.expect("text").as_str(), names), ("old", vec!["a".to_owned()]));
    assert_eq!(fits, Ok(()));
}
