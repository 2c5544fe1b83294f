//! `ramrole check`: checks files and folders and prints what was found; one bad file does not stop the others.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::num::NonZero;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::thread;

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::{Value, json};

use super::arguments::{format, has_format, option, parsed, path, positional};
use super::{Exit, Failure, Row, out};
use crate::domain::check::github::github;
use crate::domain::check::gitlab::gitlab;
use crate::domain::check::junit::junit;
use crate::domain::check::sarif::sarif;
use crate::domain::check::{
    Checked, DocumentKind, NotChecked, Walked, check_walked, check_without, is_read, relative,
};
use crate::domain::finding::{Finding, Rule, Severity};
use crate::domain::findings::Findings;
use crate::domain::json::render;
use crate::domain::report::left_out;
use crate::domain::rules;
use crate::domain::text::quoted;
use crate::host::surroundings::Surroundings;
use crate::host::{HostError, HostErrorKind, input, walk};
use crate::messages::grouped;

pub const ROW: Row = Row {
    name: "check",
    about: "Check policies, service configs and CredentialConfigs, in files and folders",
    examples: "  ramrole check trust-policy.json service.json\n  ramrole check --deny warnings policies/\n  \
               ramrole check --format sarif . > ramrole.sarif\n  ramrole trust-policy eas | ramrole check -",
    arguments,
    run,
};

/// Every format; the first one is the default.
const FORMATS: &[&str] = &["text", "json", "sarif", "gitlab", "junit", "github"];

/// Writes a report for another program; the flag says whether warnings are denied.
type Report = fn(&[Checked], bool) -> String;

/// The formats for other programs.
const REPORTS: &[(&str, Report)] = &[
    ("sarif", |files, _| render(&sarif(files))),
    ("gitlab", |files, _| gitlab(files)),
    ("junit", junit),
    ("github", |files, _| github(files)),
];

fn arguments(command: Command) -> Command {
    let help =
        "Files, folders (their .json and .jsonc files that .gitignore does not name), or standard input";
    let paths = positional("paths", "PATH|-", help);
    let deny = Arg::new("deny").long("deny").value_name("warnings").value_parser(["warnings"]);
    command
        .arg(path(paths.required(true)).num_args(1..).action(ArgAction::Append))
        .arg(option(
            "kind",
            "trust-policy|permission-policy|service-config|credential-config|request-body",
            "Take every document for one of this kind",
        ))
        .arg(
            option("allow", "CODE", "Leave out the findings of this rule; may be repeated")
                .action(ArgAction::Append),
        )
        .arg(deny.help("Let warnings fail like errors"))
        .arg(format(FORMATS))
}

/// What became of one file.
struct Outcome {
    path: PathBuf,
    /// The text where something was found in it.
    text: Option<String>,
    kind: Option<DocumentKind>,
    result: Result<Findings, HostError>,
}

/// What is asked of every file.
struct Options {
    kind: Option<DocumentKind>,
    allowed: Vec<String>,
}

/// A file to check.
struct Target {
    path: PathBuf,
    /// It was found in a folder, where other JSON may lie too.
    walked: bool,
}

/// A file of a folder that was not checked.
struct LeftOutFile {
    path: PathBuf,
    why: NotChecked,
}

/// What became of all files.
#[derive(Default)]
struct Outcomes {
    checked: Vec<Outcome>,
    left_out: Vec<LeftOutFile>,
}

fn run(matches: &ArgMatches) -> Result<Exit, Failure> {
    let options = Options { kind: parsed(matches, "kind")?, allowed: allowed(matches)? };
    let mut outcomes = Outcomes::default();
    let mut targets = Vec::new();
    for path in matches.get_many::<PathBuf>("paths").into_iter().flatten() {
        if path.as_os_str() != "-" && input::is_folder(path) {
            targets.extend(walk::files(path).filter_map(|found| in_folder(path, found, &mut outcomes)));
        } else {
            targets.push(Target { path: path.clone(), walked: false });
        }
    }
    for result in check_all(&targets, &options) {
        match result {
            Ok(outcome) => outcomes.checked.push(outcome),
            Err(left_out) => outcomes.left_out.push(left_out),
        }
    }
    print(matches, &outcomes)?;
    say_unreadable(&outcomes.checked);
    out::talk(&summary(&outcomes));
    exit(&outcomes.checked, denies_warnings(matches))
}

/// The file to check, if this is one; what else was found goes to the outcomes.
fn in_folder(folder: &Path, found: Result<PathBuf, HostError>, outcomes: &mut Outcomes) -> Option<Target> {
    let path = match found {
        Ok(path) => path,
        Err(error) => {
            let unread = Outcome { path: folder.to_owned(), text: None, kind: None, result: Err(error) };
            outcomes.checked.push(unread);
            return None;
        }
    };
    let extension = path.extension().map(OsStr::to_string_lossy).unwrap_or_default();
    match is_read(&extension) {
        Ok(()) => Some(Target { path, walked: true }),
        Err(why) => {
            outcomes.left_out.push(LeftOutFile { path, why });
            None
        }
    }
}

fn denies_warnings(matches: &ArgMatches) -> bool {
    matches.get_one::<String>("deny").is_some()
}

fn allowed(matches: &ArgMatches) -> Result<Vec<String>, Failure> {
    let codes: Vec<String> = matches.get_many("allow").into_iter().flatten().cloned().collect();
    match codes.iter().find(|code| rules::find(code).is_none()) {
        Some(code) => Err(Failure::hinted(
            format!("--allow: {} is no rule", quoted(code)),
            "list them with `ramrole rules`",
        )),
        None => Ok(codes),
    }
}

/// What became of one file.
type Judged = Result<Outcome, LeftOutFile>;

/// Checks the files on every processor, in parts of their order.
fn check_all(targets: &[Target], options: &Options) -> Vec<Judged> {
    let workers = thread::available_parallelism().map_or(1, NonZero::get);
    let part = targets.len().div_ceil(workers).max(1);
    if targets.len() < 2 * workers {
        return targets.iter().map(|target| check_one(target, options)).collect();
    }
    let check_part =
        |part: &[Target]| part.iter().map(|target| check_one(target, options)).collect::<Vec<_>>();
    thread::scope(|scope| {
        let workers: Vec<_> =
            targets.chunks(part).map(|part| scope.spawn(move || check_part(part))).collect();
        let joined = workers.into_iter().map(thread::ScopedJoinHandle::join);
        joined
            .flat_map(|outcomes| outcomes.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    })
}

fn check_one(target: &Target, options: &Options) -> Judged {
    let path = target.path.clone();
    let text = match input::read(&path) {
        Ok(text) => text,
        Err(error) if target.walked && error.kind == HostErrorKind::Unusable => {
            return Err(LeftOutFile { path, why: NotChecked::UNREADABLE });
        }
        Err(error) => return Ok(Outcome { path, text: None, kind: None, result: Err(error) }),
    };
    let is_allowed = |rule: &Rule| options.allowed.iter().any(|code| code == rule.code);
    let report = match options.kind {
        None if target.walked => match check_walked(&text, is_allowed) {
            Walked::Checked(report) => report,
            Walked::LeftOut(why) => return Err(LeftOutFile { path, why }),
        },
        kind => check_without(&text, kind, is_allowed),
    };
    let findings = report.findings;
    let text = (!findings.is_empty()).then_some(text);
    Ok(Outcome { path, text, kind: report.kind, result: Ok(findings) })
}

fn print(matches: &ArgMatches, all: &Outcomes) -> Result<(), Failure> {
    let outcomes = &all.checked;
    let names: Vec<String> =
        outcomes.iter().map(|outcome| outcome.path.to_string_lossy().into_owned()).collect();
    let by_name = names.iter().zip(outcomes);
    if has_format(matches, "json") {
        let files: Vec<Value> = by_name.map(|(name, outcome)| as_json(name, outcome)).collect();
        let counts = count(outcomes);
        let summary = json!({ "errors": counts[0], "warnings": counts[1], "notes": counts[2] });
        let left_out: Vec<Value> = all.left_out.iter().map(left_out_as_json).collect();
        return out::json(&json!({ "files": files, "left_out": left_out, "summary": summary }));
    }
    if let Some((_, report)) = REPORTS.iter().find(|(word, _)| has_format(matches, word)) {
        return out::data(&as_report(*report, &names, outcomes, denies_warnings(matches)));
    }
    by_name.filter(|(_, outcome)| outcome.text.is_some()).try_for_each(|(name, outcome)| {
        out::findings_as_data(name, outcome.text.as_deref().unwrap_or_default(), outcome.findings())?;
        out::data(&outcome.result.as_ref().map(|found| left_out(name, found)).unwrap_or_default())
    })
}

impl Outcome {
    fn findings(&self) -> &[Finding] {
        self.result.as_ref().map(|findings| &findings[..]).unwrap_or_default()
    }
}

fn as_json(name: &str, outcome: &Outcome) -> Value {
    let kind = outcome.kind.map(DocumentKind::name);
    match &outcome.result {
        Ok(findings) => {
            let mut file = json!({ "path": name, "kind": kind, "findings": findings });
            if findings.left_out() > 0 {
                file["findings_left_out"] = findings.left_out().into();
            }
            file
        }
        Err(error) => json!({ "path": name, "error": why(error) }),
    }
}

fn left_out_as_json(file: &LeftOutFile) -> Value {
    json!({ "path": file.path.to_string_lossy(), "kind": file.why.kind, "reason": file.why.reason.as_str() })
}

/// A report for another program, with the paths that it expects.
fn as_report(report: Report, names: &[String], outcomes: &[Outcome], deny_warnings: bool) -> String {
    let folder = Surroundings::here().folder;
    let paths: Vec<_> = names.iter().map(|name| relative(name, &folder, MAIN_SEPARATOR)).collect();
    let checked = paths.iter().zip(outcomes).map(|(path, outcome)| Checked {
        path,
        text: outcome.text.as_deref().unwrap_or_default(),
        result: outcome.result.as_ref().map_err(why),
    });
    report(&checked.collect::<Vec<_>>(), deny_warnings)
}

/// Why a file could not be read, with the system's reason.
fn why(error: &HostError) -> String {
    let cause = error.cause.as_ref().map(|cause| format!(": {cause}")).unwrap_or_default();
    format!("{error}{cause}")
}

fn say_unreadable(outcomes: &[Outcome]) {
    for outcome in outcomes {
        if let Err(error) = &outcome.result {
            out::talk(&format!("ramrole: {}\n", why(error)));
        }
    }
}

/// How many errors, warnings, notes.
fn count(outcomes: &[Outcome]) -> [usize; 3] {
    let found = || outcomes.iter().filter_map(|outcome| outcome.result.as_ref().ok());
    let of = |severity| found().map(|findings| findings.count_severity(severity)).sum();
    [Severity::Error, Severity::Warning, Severity::Note].map(of)
}

fn summary(outcomes: &Outcomes) -> String {
    let (checked, left_out) = (&outcomes.checked, outcomes.left_out.len());
    let several =
        |count: usize, what: &str| format!("{} {what}{}", grouped(count), if count == 1 { "" } else { "s" });
    let mut said = format!("checked {}", several(checked.len(), "document"));
    if left_out > 0 {
        let _ = write!(said, ", left out {}", several(left_out, "other file"));
    }
    if checked.is_empty() {
        return said + "\n";
    }
    let [errors, warnings, notes] = count(checked);
    let mut parts = vec![several(errors, "error"), several(warnings, "warning"), several(notes, "note")];
    let unreadable = checked.iter().filter(|outcome| outcome.result.is_err()).count();
    if unreadable > 0 {
        parts.push(format!("{} could not be read", grouped(unreadable)));
    }
    format!("{said}: {}\n", parts.join(", "))
}

/// 2 when something could not be read, a text that is not JSON included; 1 on errors; 0 otherwise.
fn exit(outcomes: &[Outcome], deny_warnings: bool) -> Result<Exit, Failure> {
    let unreadable = |outcome: &Outcome| {
        outcome.result.as_ref().map_or(true, |findings| findings.count_of(&rules::JSON_SYNTAX) > 0)
    };
    let [errors, warnings, _] = count(outcomes);
    if outcomes.iter().any(unreadable) {
        Err(Failure::Said)
    } else if errors > 0 || deny_warnings && warnings > 0 {
        Ok(Exit::No)
    } else {
        Ok(Exit::Done)
    }
}
