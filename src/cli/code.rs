//! `ramrole code`: code that runs inside with the role's credential.

use clap::{ArgMatches, Command};

use super::arguments::{format, has_format, option, parsed, workload, workload_argument};
use super::{Exit, Failure, Row, out};
use crate::domain::answers::Answers;
use crate::domain::catalog::{Access, RoleChoice};
use crate::domain::code::{Code, Language, Placeholder, Values, code, unreached};
use crate::domain::question;

pub const ROW: Row = Row {
    name: "code",
    about: "Print code that runs inside the workload with the role's credential",
    examples: "  ramrole code eas --access oss --region cn-hangzhou --bucket my-bucket > oss.py\n  \
               ramrole code dlc --access maxcompute --region cn-hangzhou --project my_project\n  \
               ramrole code dsw --access credential --language shell",
    arguments,
    run,
};

fn arguments(command: Command) -> Command {
    command
        .arg(workload_argument())
        .arg(option("access", "oss|maxcompute|dlc|credential", "What the code uses").required(true))
        .arg(option("language", "python|shell", "The language, python by default"))
        .arg(option("region", "REGION", "The region, which decides the endpoints"))
        .arg(
            option("network", "internal|public", "Which endpoints; EAS has no public network by default")
                .visible_alias("endpoint"),
        )
        .arg(option("bucket", "BUCKET", "The OSS bucket"))
        .arg(option("project", "PROJECT", "The MaxCompute project"))
        .arg(option("workspace-id", "ID", "The PAI workspace"))
        .arg(format(&["text", "json"]))
}

fn run(matches: &ArgMatches) -> Result<Exit, Failure> {
    let workload = workload(matches)?;
    let access: Access = parsed(matches, "access")?.unwrap_or(Access::Credential);
    let language = parsed(matches, "language")?.unwrap_or(Language::Python);
    let mut code = code(workload, access, language, &values(matches)?)?;
    for placeholder in VALUES.into_iter().filter(|placeholder| !code.needs.contains(placeholder)) {
        let flag = placeholder.flag();
        if matches.get_one::<String>(flag).is_some() {
            let message = format!("--{flag} does not apply: the code for {access} does not take it");
            return Err(Failure::call(message));
        }
    }
    // Where the documents offer no other role, what the default one does not reach is out of reach.
    if !workload.offers(RoleChoice::Custom) {
        code.findings.extend(unreached(workload, access));
    }
    if has_format(matches, "json") {
        let answer = serde_json::json!({
            "file": code.file, "title": code.title, "document": code.text, "packages": code.packages,
            "install": code.pip(), "run": code.run(), "missing": code.missing, "findings": code.findings,
        });
        out::json(&answer)?;
        return Ok(Exit::Done);
    }
    out::data(&code.text)?;
    out::talk(&notes(&code));
    out::findings("", None, &code.findings);
    Ok(Exit::Done)
}

/// The values that only some code takes; the question with the same name checks each.
const VALUES: [Placeholder; 3] = [Placeholder::Bucket, Placeholder::Project, Placeholder::WorkspaceId];

/// The values, checked as the plan's answers are.
fn values(matches: &ArgMatches) -> Result<Values, Failure> {
    let mut answers = Answers::default();
    for placeholder in VALUES {
        let text = matches.get_one::<String>(placeholder.flag());
        let (Some(text), Some(question)) = (text, question::find(placeholder.name())) else { continue };
        answers.set(question, text).map_err(|problem| Failure::call(problem.to_string()))?;
    }
    let Answers { bucket, project, workspace_id, .. } = answers;
    let (region, network) = (parsed(matches, "region")?, parsed(matches, "network")?);
    Ok(Values { region, network, bucket, project, workspace_id })
}

fn notes(code: &Code) -> String {
    let mut notes = vec![format!("note: save it as {}, run it with `{}`\n", code.file, code.run())];
    if let Some(pip) = code.pip() {
        notes.push(format!("note: install with `{pip}`, or as the console's third-party libraries:\n"));
        notes.extend(code.packages.iter().map(|package| format!("  {package}\n")));
    }
    if !code.tools.is_empty() {
        notes.push(format!("note: it needs {}\n", code.tools.join(", ")));
    }
    notes.extend(code.missing.iter().map(|placeholder| {
        format!("note: fill in {}, or give --{}\n", placeholder.shown(), placeholder.flag())
    }));
    notes.concat()
}
