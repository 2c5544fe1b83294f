//! How the program behaves towards the system that it runs on: files, pipes, terminals, shells, manual readers.

use std::ffi::OsString;
use std::fs::{self, File, Permissions};
use std::io;
use std::os::unix::ffi::OsStringExt as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::{Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::program::{RAMROLE, clean, ramrole, shell};

const CONFIG: &str = "{\n  \"metadata\": { \"name\": \"owl\", \"workspace_id\": \"1\" }\n}\n";
const ARN: &str = "acs:ram::1357913579135791:role/night-owl";

/// A folder with a service config in it.
fn place() -> TempDir {
    let place = tempfile::tempdir().expect("a folder");
    fs::write(place.path().join("service.json"), CONFIG).expect("written");
    place
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Refused with this exit code, in these words, with nothing on standard output.
#[track_caller]
fn assert_refused(output: &Output, code: i32, words: &str) {
    let said = stderr(output);
    assert_eq!(output.status.code(), Some(code), "{said}");
    assert!(said.contains(words), "{words:?} is missing in {said}");
    assert!(!said.contains("panicked"), "{said}");
    assert_eq!(stdout(output), "");
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<_> =
        entries.map(|entry| entry.expect("entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// The names of the commands, as `--help` lists them.
fn commands() -> Vec<String> {
    let help = stdout(&ramrole(["--help"], Path::new("/")));
    let list = help.split("Commands:\n").nth(1).expect("commands").split("\n\n").next().expect("a list");
    let names: Vec<String> =
        list.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect();
    assert!(names.len() > 10, "{names:?}");
    names
}

#[test]
fn a_written_file_keeps_its_mode() {
    let place = place();
    let file = place.path().join("service.json");
    fs::set_permissions(&file, Permissions::from_mode(0o640)).expect("mode");
    let output = ramrole(["service-config", "service.json", "--role", "default", "--write"], place.path());
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(fs::read_to_string(&file).expect("text").contains("enable_ram_role"));
    assert_eq!(fs::metadata(&file).expect("metadata").permissions().mode() & 0o777, 0o640);
    assert_eq!(names(place.path()), ["service.json"], "nothing else is left");
}

/// A limit on the size of files stands for a full disk, also where root runs the tests.
#[test]
fn a_failed_write_leaves_the_file_as_it_was() {
    let place = place();
    let note = "x".repeat(4096);
    let large = CONFIG.replace("\"owl\"", &format!("\"owl\", \"note\": \"{note}\""));
    fs::write(place.path().join("service.json"), &large).expect("written");
    let line = "trap '' XFSZ; ulimit -f 1; ramrole service-config service.json --role default --write";
    assert_refused(&shell(line, place.path()), 3, "cannot write service.json");
    assert_eq!(fs::read_to_string(place.path().join("service.json")).expect("text"), large);
    assert_eq!(names(place.path()), ["service.json"], "nothing else is left");
}

#[test]
fn a_failed_plan_leaves_no_folder() {
    let place = place();
    let line = "trap '' XFSZ; ulimit -f 1; \
                ramrole plan --workload dlc --region cn-shanghai --role default --access oss --out plan";
    assert_refused(&shell(line, place.path()), 3, "cannot write");
    assert_eq!(names(place.path()), ["service.json"]);
}

#[test]
fn what_the_system_refuses_ends_with_3() {
    let place = place();
    let below_a_file = "ramrole plan --workload dlc --region cn-shanghai --role none --out service.json/plan";
    assert_refused(&shell(below_a_file, place.path()), 3, "cannot write into service.json/plan");
    let below_a_file =
        "ramrole plan --workload eas --region cn-shanghai --role none --service-config service.json/x";
    assert_refused(&shell(below_a_file, place.path()), 3, "cannot read service.json/x");
    let full_disk = shell("ramrole workloads > /dev/full", place.path());
    assert_refused(&full_disk, 3, "cannot write to standard output");
}

#[test]
fn a_folder_that_may_not_be_written_ends_with_3() {
    let place = place();
    fs::set_permissions(place.path(), Permissions::from_mode(0o555)).expect("mode");
    let as_root = File::create(place.path().join("probe")).is_ok();
    let output = ramrole(["service-config", "service.json", "--role", "default", "--write"], place.path());
    fs::set_permissions(place.path(), Permissions::from_mode(0o755)).expect("mode");
    if as_root {
        eprintln!("left out: this user may write into every folder");
    } else {
        assert_refused(&output, 3, "cannot write service.json");
    }
}

#[test]
fn a_link_is_read_but_not_replaced() {
    let place = place();
    let link = place.path().join("link.json");
    symlink("service.json", &link).expect("a link");
    let read = ramrole(["service-config", "link.json", "--role", "default"], place.path());
    assert!(read.status.success() && stdout(&read).contains("enable_ram_role"));
    let write = ["service-config", "link.json", "--role", "default", "--write"];
    assert_refused(&ramrole(write, place.path()), 2, "link.json is a symbolic link\nhint: ");
    assert_eq!(fs::read_to_string(&link).expect("text"), CONFIG);
    assert!(ramrole(write.iter().chain(&["--follow"]), place.path()).status.success());
    assert!(link.is_symlink(), "the link is still one");
    assert!(fs::read_to_string(&link).expect("text").contains("enable_ram_role"));
}

#[test]
fn a_link_that_leads_nowhere_is_refused() {
    let place = place();
    symlink("nowhere", place.path().join("answers.toml")).expect("a link");
    let line = "ramrole plan --workload dlc --region cn-shanghai --role none --save-answers answers.toml";
    assert_refused(&shell(line, place.path()), 2, "answers.toml exists already");
    assert_refused(&shell(&format!("{line} --force"), place.path()), 2, "answers.toml is a symbolic link");
}

#[test]
fn what_is_no_file_is_refused() {
    let place = place();
    let started = Instant::now();
    assert_refused(&shell("ramrole service-config . --role none", place.path()), 2, "is a directory");
    assert_refused(&shell("ramrole trust-policy eas --merge .", place.path()), 2, "is a directory");
    assert_refused(&shell("ramrole plan --answers .", place.path()), 2, "is a directory");
    let fifo = "mkfifo fifo; ramrole service-config fifo --role none";
    assert_refused(&shell(fifo, place.path()), 2, "fifo is not a regular file\nhint: ");
    assert_refused(
        &shell("ramrole service-config /dev/zero --role none", place.path()),
        2,
        "not a regular file",
    );
    let write = "ramrole plan --workload dlc --region cn-shanghai --role none --save-answers fifo --force";
    assert_refused(&shell(write, place.path()), 2, "fifo is not a regular file");
    assert!(started.elapsed() < Duration::from_secs(20), "it hangs");
}

#[test]
fn a_pipe_of_the_shell_is_read() {
    let place = place();
    for line in [
        "ramrole service-config <(cat service.json) --role default",
        "cat service.json | ramrole service-config /dev/stdin --role default",
        "ramrole service-config - --role default < service.json",
    ] {
        let output = shell(line, place.path());
        assert!(
            output.status.success() && stdout(&output).contains("enable_ram_role"),
            "{}",
            stderr(&output)
        );
    }
}

#[test]
fn a_file_that_is_not_utf_8_is_refused_with_its_place() {
    let place = place();
    fs::write(place.path().join("latin1.json"), b"{\n  \"name\": \"caf\xe9\"\n}\n").expect("written");
    let expected = "latin1.json is not UTF-8: byte 17 of the file, in line 2\nhint: ";
    assert_refused(&shell("ramrole service-config latin1.json --role none", place.path()), 2, expected);
    assert_refused(
        &shell("ramrole service-config - --role none < latin1.json", place.path()),
        2,
        "is not UTF-8",
    );
}

#[test]
fn a_file_without_measure_is_refused_in_little_memory() {
    let place = place();
    File::create(place.path().join("vast.json"))
        .and_then(|file| file.set_len(1 << 30))
        .expect("a sparse file");
    let limit = "ulimit -v 600000";
    for line in [
        "ramrole service-config vast.json --role none",
        "ramrole service-config - --role none < vast.json",
        "yes | ramrole service-config - --role none",
        "ramrole plan --answers vast.json",
    ] {
        let output = shell(&format!("{limit}; {line}"), place.path());
        assert_refused(&output, 2, "is larger than 128 MiB");
    }
}

#[test]
fn a_document_without_measure_in_depth_is_refused() {
    let place = place();
    let deep = format!("{{\"metadata\": {}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
    fs::write(place.path().join("deep.json"), deep).expect("written");
    for line in [
        "ramrole service-config deep.json --role none",
        "ramrole trust-policy eas --merge deep.json",
        "ramrole plan --workload eas --region cn-shanghai --role none --service-config deep.json",
        "ramrole plan --answers deep.json",
    ] {
        let output = shell(line, place.path());
        assert_refused(&output, 2, "deep");
        assert!(output.stderr.len() < 2000, "it talks too much");
    }
}

#[test]
fn arguments_that_are_not_utf_8_are_refused_or_used_as_paths() {
    let place = place();
    let odd = OsString::from_vec(b"caf\xe9.json".to_vec());
    let name = [OsString::from("pass-role"), odd.clone()];
    assert_refused(&ramrole(&name, place.path()), 2, "UTF-8");
    let file = ["service-config".into(), odd.clone(), "--role".into(), "none".into()];
    assert_refused(&ramrole(&file, place.path()), 2, "cannot read caf");
    if fs::write(place.path().join(&odd), CONFIG).is_ok() {
        assert!(ramrole(&file, place.path()).status.success());
    }
}

#[test]
fn a_reader_that_has_gone_is_no_failure() {
    let commands: [&[&str]; 4] =
        [&["workloads", "--format", "json"], &["rules"], &["--help"], &["trust-policy", "eas"]];
    for arguments in commands {
        let (reader, writer) = io::pipe().expect("a pipe");
        drop(reader);
        let mut command = clean(RAMROLE, Path::new("/"));
        let command = command.args(arguments).stdout(writer).stderr(Stdio::piped());
        let output = command.output().expect("ramrole runs");
        assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""), "{arguments:?}");
    }
}

/// Every way in which text from outside comes back out, with what would steer a terminal in it.
#[test]
fn nothing_steers_the_terminal() {
    const CLEAR: &str = "\u{1b}[2J\u{9b}31m\u{7}\r\u{202e}";
    let place = tempfile::tempdir().expect("a folder");
    let file = format!("a{CLEAR}.json");
    let escaped = "\\u001b[2J\\u202e";
    let config = format!(
        "{{\"metadata\": {{\"name\": \"{escaped}\"}}, \"storage\": [{{\"mount_path\": \"{escaped}\", \"oss\": \
         {{\"path\": \"oss://{escaped}\"}}}}], \"containers\": [{{\"image\": \"{escaped}\", \"env\": [{{\"name\": \
         \"AccessKeyId{escaped}\", \"value\": \"x\"}}]}}], \"credential\": {{\"role_arn\": \"{escaped}\"}}}}\n"
    );
    let broken = format!("{{\"name\": \"{CLEAR}\"}}\n");
    let trust = format!(
        "{{\"Version\": \"1\", \"Statement\": [{{\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \
         \"Principal\": {{\"Service\": [\"pai.aliyun.cs.com{escaped}\"]}}}}]}}\n"
    );
    let answers = format!("\"wor{escaped}kload\" = \"{escaped}\"\nregion = \"{escaped}\"\n");
    for (name, content) in [
        (file.as_str(), &config),
        ("broken.json", &broken),
        ("trust.json", &trust),
        ("answers.toml", &answers),
    ] {
        fs::write(place.path().join(name), content).expect("written");
    }
    let lines: [&[&str]; 22] = [
        &["service-config", &file, "--role", "custom", "--role-arn", ARN, "--diff"],
        &["service-config", &file, "--role", "custom", "--role-arn", ARN, "--format", "json"],
        &["service-config", &file, "--role", "custom", "--role-arn", ARN, "--write"],
        &["service-config", "broken.json", "--role", "none"],
        &["service-config", "broken.json", "--role", "none", "--format", "json"],
        &["service-config", CLEAR, "--role", "none"],
        &["service-config", &file, "--role", CLEAR],
        &["trust-policy", "dlc", "--merge", "trust.json", "--diff"],
        &["trust-policy", CLEAR],
        &["permission-policy", "eas", "--service-config", &file],
        &["permission-policy", "eas", "--service-config", &file, "--why"],
        &["permission-policy", "dlc", "--oss", CLEAR],
        &["pass-role", CLEAR],
        &["pass-role", "owl", "--account", CLEAR],
        &["plan", "--answers", "answers.toml"],
        &["plan", "--workload", "dlc", "--region", CLEAR, "--user", CLEAR, "--save-answers", CLEAR],
        &[
            "plan",
            "--workload",
            "eas",
            "--region",
            "cn-shanghai",
            "--role",
            "default",
            "--service-config",
            &file,
        ],
        &["plan", "--workload", "eas", "--region", "cn-shanghai", "--role", "none", "--out", CLEAR],
        &["code", "dlc", "--access", "maxcompute", "--project", CLEAR],
        &["rules", CLEAR],
        &[CLEAR],
        &["trust-policy", "eas", &format!("--{CLEAR}")],
    ];
    for line in lines {
        let output = ramrole(line, place.path());
        let said = format!("{}{}", stdout(&output), stderr(&output));
        let steers = |c: char| (c.is_control() && c != '\n' && c != '\t') || c == '\u{202e}';
        assert_eq!(said.find(steers), None, "{line:?}: {said:?}");
        assert_ne!(output.status.code(), Some(101), "{line:?}: {said}");
        assert!(!said.is_empty(), "{line:?}");
    }
}

#[test]
fn colour_stays_off_in_a_pipe() {
    let place = place();
    let mut command = clean(RAMROLE, place.path());
    let command = command.args(["service-config", "service.json"]).env("TERM", "xterm-256color");
    let colourful = command.env("CLICOLOR_FORCE", "1").output().expect("ramrole runs");
    assert!(!stderr(&colourful).contains('\u{1b}'), "{}", stderr(&colourful));
}

#[test]
fn every_command_helps_with_an_example() {
    let place = place();
    for name in commands() {
        let help = ramrole([&name, "--help"], place.path());
        assert!(help.status.success() && help.stderr.is_empty(), "{name}");
        let help = stdout(&help);
        let examples = help.split("Examples:\n").nth(1).unwrap_or_default();
        assert!(examples.contains(&format!("ramrole {name}")), "{name}: no example\n{help}");
        let wide = help.lines().find(|line| line.chars().count() > 100);
        assert_eq!(wide, None, "{name}");
        let short = ramrole([&name, "-h"], place.path());
        assert!(short.status.success(), "{name} -h");
    }
}

/// Programs that examples call beside ours, standing for the real ones.
const STUBS: [(&str, &str); 4] = [
    ("aliyun", "cat role.json"),
    ("python", "echo 'oss2.exceptions.AccessDenied: AccessDenied, You have no right to access this object'"),
    ("man", "cat"),
    ("jq", "cat > /dev/null; cat trust.json"),
];

/// Every example of every help is run as it stands, with the files at hand that it names.
#[test]
fn every_example_runs() {
    let place = place();
    let policy = ramrole(["trust-policy", "dlc"], place.path()).stdout;
    for name in ["trust.json", "trust-policy.json", "policies/one.json"] {
        let file = place.path().join(name);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, &policy).expect("written");
    }
    let permissions = ramrole(["permission-policy", "dlc", "--dlc", "list"], place.path()).stdout;
    fs::write(place.path().join("policy.json"), permissions).expect("written");
    let answers = "workload = \"dlc\"\nregion = \"cn-hangzhou\"\nrole = \"none\"\n";
    fs::write(place.path().join("answers.toml"), answers).expect("written");
    fs::write(place.path().join("role.json"), "{}").expect("written");
    fs::write(place.path().join("job.json"), "{ \"JobSpecs\": [] }").expect("written");
    for (name, script) in STUBS {
        let file = place.path().join("bin").join(name);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(&file, format!("#!/bin/sh\n{script}\n")).expect("written");
        fs::set_permissions(file, Permissions::from_mode(0o755)).expect("mode");
    }
    for name in commands() {
        let help = stdout(&ramrole([&name, "--help"], place.path()));
        let examples = help.split("Examples:\n").nth(1).expect("examples");
        let lines = examples.replace("\\\n", " ").replace("|\n", "| ");
        for line in lines.lines().filter(|line| !line.trim().is_empty()) {
            // Where an example puts its output is the reader's own machine.
            let (line, _) = line.split_once(" > ").unwrap_or((line, ""));
            let output = shell(&format!("set -o pipefail; PATH=\"$PWD/bin:$PATH\"; {line}"), place.path());
            assert!(matches!(output.status.code(), Some(0 | 1)), "{name}: {line}\n{}", stderr(&output));
        }
    }
}

#[test]
fn completions_are_read_by_their_shells() {
    let place = place();
    let parsers = [
        ("bash", "bash -n"),
        ("zsh", "zsh -n"),
        ("fish", "fish --no-execute"),
        ("elvish", ""),
        ("powershell", ""),
    ];
    for (name, parser) in parsers {
        let script = ramrole(["completions", name], place.path());
        assert!(script.status.success() && stdout(&script).contains("service-config"), "{name}");
        fs::write(place.path().join(name), &script.stdout).expect("written");
        let program = parser.split(' ').next().unwrap_or_default();
        if program.is_empty() || !shell(&format!("command -v {program}"), place.path()).status.success() {
            eprintln!("left out: nothing here parses the completions for {name}");
            continue;
        }
        let parsed = shell(&format!("{parser} {name}"), place.path());
        assert!(parsed.status.success() && parsed.stderr.is_empty(), "{name}: {}", stderr(&parsed));
    }
}

#[test]
fn bash_completes_commands_and_options() {
    let place = place();
    let line = "source <(ramrole completions bash); COMP_WORDS=(ramrole trust-policy --m); COMP_CWORD=2; \
                _ramrole ramrole --m trust-policy; echo \"${COMPREPLY[*]}\"";
    let output = shell(line, place.path());
    assert_eq!((stdout(&output).as_str(), stderr(&output).as_str()), ("--merge\n", ""));
}

#[test]
fn manual_pages_render() {
    let place = place();
    let groff = shell("command -v groff", place.path()).status.success();
    for name in std::iter::once(String::new()).chain(commands()) {
        let page = ramrole(["man", &name].iter().filter(|word| !word.is_empty()), place.path());
        assert!(page.status.success(), "{name}: {}", stderr(&page));
        let text = stdout(&page);
        let title = format!("ramrole-{name}");
        let title = title.trim_end_matches('-');
        assert!(text.contains(&format!(".TH {title} 1")), "{name}: {text}");
        fs::write(place.path().join("page.1"), &page.stdout).expect("written");
        if groff {
            let rendered = shell("groff -k -man -Tutf8 -ww page.1 | col -b", place.path());
            assert!(rendered.status.success() && rendered.stderr.is_empty(), "{name}: {}", stderr(&rendered));
            assert!(stdout(&rendered).contains("ramrole"), "{name}");
        }
    }
}
