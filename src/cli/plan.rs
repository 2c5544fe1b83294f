//! `ramrole plan`: every answer as a flag, the finished plan as text, JSON or a folder.

use std::path::Path;

use clap::{Arg, ArgAction, ArgMatches, Command};

use super::arguments::{flag, format, has_format, option, path, path_of, read, with_words, wrote};
use super::{Exit, Failure, Row, out};
use crate::domain::answers::{Answers, Problem};
use crate::domain::plan::report::PlanFile;
use crate::domain::plan::{Facts, Look, Missing, Plan, plan, report};
use crate::domain::question::{self, Kind, Need, Question};
use crate::host::output::{self, Expect, How, Links, Mode};
use crate::host::{HostErrorKind, input, shown};

pub const ROW: Row = Row {
    name: "plan",
    about: "From answers to a finished plan: documents, steps, commands, findings",
    examples: "  ramrole plan --workload eas --region cn-hangzhou --role default --service-config service.json\n  \
               ramrole plan --workload dlc --region cn-hangzhou --role custom --role-origin new \\\n    \
               --role-name my-role --account 1234567890123456 --creator user --user alice \\\n    \
               --policies AliyunOSSReadOnlyAccess --access oss --bucket my-bucket --out plan\n  \
               ramrole plan --answers answers.toml --format json",
    arguments,
    run,
};

fn arguments(command: Command) -> Command {
    let answers = option("answers", "FILE|-", "Answers from a file, TOML or JSON; flags win");
    command
        .args(question::ALL.iter().map(argument))
        .arg(path(answers))
        .arg(path(option("save-answers", "FILE", "Write the answers into a file for --answers")))
        .arg(path(option("out", "DIR", "Write the documents and a README of the steps into a folder")))
        .arg(flag("force", "Overwrite what --out and --save-answers find in their place"))
        .arg(flag("follow", "Follow symbolic links when overwriting"))
        .arg(format(&["text", "json"]))
}

/// The flag of a question, with its title and help as help.
fn argument(question: &'static Question) -> Arg {
    let action = if question.takes_several() { ArgAction::Append } else { ArgAction::Set };
    let file = if matches!(question.kind, Kind::Document) { " `-` is standard input." } else { "" };
    let need = if question.need == Need::Required { "" } else { " Optional." };
    let help = format!("{} {}{file}{need}", question.title, question.help);
    let argument = Arg::new(question.key)
        .long(question.flag())
        .value_name(question.value_name)
        .help(help)
        .action(action);
    with_words(argument, question.value_name).allow_hyphen_values(true).visible_aliases(question.alias)
}

fn run(matches: &ArgMatches) -> Result<Exit, Failure> {
    let answers = answers(matches)?;
    one_reader_of_standard_input(matches, &answers)?;
    let refused = answers.that_do_not_apply();
    if !refused.is_empty() {
        let lines: Vec<_> = refused.iter().map(ToString::to_string).collect();
        return Err(Failure::call(lines.join("\n  ")));
    }
    if let Some(file) = path_of(matches, "save-answers") {
        save(matches, file, &answers.to_toml())?;
    }
    let plan = look_and_plan(&answers)?;
    match path_of(matches, "out") {
        Some(directory) => write(matches, directory, &plan)?,
        None if has_format(matches, "json") => out::json(&plan)?,
        None => out::data(&report::text(&plan))?,
    }
    Ok(if plan.findings.has_error() { Exit::No } else { Exit::Done })
}

/// The answers of the file with those of the flags over them.
fn answers(matches: &ArgMatches) -> Result<Answers, Failure> {
    let mut answers = match path_of(matches, "answers") {
        None => Answers::default(),
        Some(file) => answers_of(file)?,
    };
    let mut problems = Vec::new();
    for question in question::ALL {
        let Some(values) = matches.get_many::<String>(question.key) else { continue };
        let value = values.cloned().collect::<Vec<_>>().join(",");
        problems.extend(answers.set(question, &value).err().map(|problem| problem.to_string()));
    }
    if problems.is_empty() { Ok(answers) } else { Err(Failure::call(problems.join("\n  "))) }
}

/// The answers of a file.
///
/// # Errors
/// When it cannot be read, or names every problem in it.
pub fn answers_of(file: &Path) -> Result<Answers, Failure> {
    Answers::parse(&read(file)?).map_err(|problems| {
        let line = |problem: &Problem| match problem.question {
            "answers" => problem.message.clone(),
            key => format!("{key}: {}", problem.message),
        };
        let lines: Vec<_> = problems.iter().map(line).collect();
        Failure::call(format!("{}: {}", shown(file), lines.join("\n  ")))
    })
}

/// Refuses `-` twice: the second reader would find standard input empty.
fn one_reader_of_standard_input(matches: &ArgMatches, answers: &Answers) -> Result<(), Failure> {
    let given = [
        ("--answers", path_of(matches, "answers")),
        ("--service-config", answers.service_config.as_deref().map(Path::new)),
        ("--trust-policy", answers.trust_policy.as_deref().map(Path::new)),
    ];
    let readers: Vec<_> =
        given.iter().filter(|(_, file)| *file == Some(Path::new("-"))).map(|(flag, _)| *flag).collect();
    if readers.len() < 2 {
        return Ok(());
    }
    let message = format!("standard input can be read only once, not for {}", readers.join(" and "));
    Err(Failure::hinted(message, "give all but one of them as a file"))
}

/// The loop of every front end: plan, look at what the plan lacks, plan again.
///
/// # Errors
/// When something is missing or wrong, all of it at once.
pub fn look_and_plan(answers: &Answers) -> Result<Plan, Failure> {
    let mut facts = Facts::default();
    loop {
        let missing = match plan(answers, &facts) {
            Ok(plan) => return Ok(plan),
            Err(missing) if missing.looks.is_empty() => return Err(lacking(&missing, &facts)),
            Err(missing) => missing,
        };
        for look in missing.looks {
            let Look::File(file) = &look;
            let seen = match input::read(Path::new(file)) {
                Err(error) if error.kind == HostErrorKind::Refused => return Err(error.into()),
                seen => seen.map_err(|error| Failure::from(error).reason()),
            };
            facts.learn(look, seen);
        }
    }
}

/// Says everything that is missing or wrong, at once.
fn lacking(missing: &Missing, facts: &Facts) -> Failure {
    for finding in &missing.findings {
        let file = finding.document.as_deref().unwrap_or_default();
        let text = facts.file(file).and_then(|seen| seen.as_deref().ok());
        out::findings(file, text, std::slice::from_ref(finding));
    }
    let mut lines: Vec<String> = missing.problems.iter().map(ToString::to_string).collect();
    let questions = missing.answers.iter().filter_map(|key| question::find(key));
    let flags: Vec<_> = questions
        .map(|question| (format!("--{} {}", question.flag(), question.value_name), question.title))
        .collect();
    let width = flags.iter().map(|(flag, _)| flag.len()).max().unwrap_or(0);
    lines.extend(flags.iter().map(|(flag, title)| format!("{flag:width$}   {title}")));
    match (lines.is_empty(), flags.is_empty()) {
        (true, _) => Failure::Said,
        (false, true) => Failure::call(lines.join("\n  ")),
        (false, false) => Failure::call(format!("the plan lacks answers:\n  {}", lines.join("\n  "))),
    }
}

fn save(matches: &ArgMatches, file: &Path, content: &str) -> Result<(), Failure> {
    let expect = if matches.get_flag("force") { Expect::Anything } else { Expect::Nothing };
    let how = How { links: links(matches), mode: Mode::Usual, expect };
    let written = output::put(file, content, how).map_err(|error| match error.kind {
        HostErrorKind::Exists => Failure::hinted(
            format!("--save-answers: {} exists already", shown(file)),
            "add --force to overwrite it",
        ),
        _ => error.into(),
    })?;
    out::talk(&wrote(file, written.remark()));
    Ok(())
}

fn links(matches: &ArgMatches) -> Links {
    if matches.get_flag("follow") { Links::Follow } else { Links::Refuse }
}

fn write(matches: &ArgMatches, directory: &Path, plan: &Plan) -> Result<(), Failure> {
    let files = report::files(plan);
    let mode = |file: &PlanFile| if file.is_private { Mode::Private } else { Mode::Usual };
    let files: Vec<_> = files.iter().map(|file| (file.name, file.text.as_str(), mode(file))).collect();
    let written = output::write_all(directory, &files, matches.get_flag("force"), links(matches))?;
    let list: Vec<_> = written.iter().map(|(path, _)| format!("{}\n", shown(path))).collect();
    out::data(&list.concat())?;
    for (path, remark) in written.into_iter().filter(|(_, remark)| remark.is_some()) {
        out::talk(&wrote(&path, remark));
    }
    out::findings("", None, &plan.findings);
    Ok(())
}
