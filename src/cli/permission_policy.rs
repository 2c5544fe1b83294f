//! `ramrole permission-policy`: what a custom role must be allowed, and nothing else.

use std::collections::BTreeMap;
use std::path::Path;

use clap::{Arg, ArgAction, ArgMatches, Command};

use super::arguments::{
    edit_options, finish_edit, flag, format, has_format, option, parsed, path, path_of, read, refused,
    with_words, workload, workload_argument, wrote,
};
use super::{Exit, Failure, Row, out};
use crate::domain::catalog::{ServiceRow, permissions};
use crate::domain::finding::Finding;
use crate::domain::permission::{
    self, Comparison, Known, Permissions, Use, Wanted, compact, compare, generate, merge, report,
};
use crate::domain::report::left_out;
use crate::domain::values::{AccountId, Invalid, Region, RoleRef};
use crate::host::output::{self, Links, Mode};
use crate::host::shown;

pub const ROW: Row = Row {
    name: "permission-policy",
    about: "Print the narrowest permission policy of a custom role",
    examples: "  ramrole permission-policy eas --service-config service.json\n  \
               ramrole permission-policy eas --service-config service.json --registry acme=cri-0abc --why\n  \
               ramrole permission-policy dlc --oss oss://my-data/corpus/ --oss write:oss://my-runs/run-42/\n  \
               ramrole permission-policy dsw --dlc list,read --merge policy.json --diff\n  \
               ramrole permission-policy dlc --oss read:oss://my-data/corpus/ --compare policy.json",
    arguments,
    run,
};

fn arguments(command: Command) -> Command {
    let [diff, write, follow] = edit_options();
    let config = "The config of an EAS service: its mounts, images and model paths count";
    let merge = "Add what is missing to this permission policy; every other byte stays";
    let compare = "Print what this permission policy lacks and what it allows beyond the needs";
    let many = |argument: Arg| argument.action(ArgAction::Append);
    command
        .arg(workload_argument())
        .arg(path(option("service-config", "FILE|-", config)))
        .args(permissions().services.iter().map(of_service))
        .arg(many(option("registry", "NAME=cri-ID", "The ID of an Enterprise Edition registry instance")))
        .arg(many(option("dataset", "ID=oss://BUCKET/PATH", "Where the data of a mounted dataset is")))
        .arg(many(option(
            "include",
            include_names(),
            "Include a permission that the documents do not confirm",
        )))
        .arg(option(
            "account",
            "ID",
            "The account that owns the registries and keys; by default that of the role",
        ))
        .arg(option("region", "REGION", "The region of the keys and workspaces"))
        .arg(option("role-name", "NAME|ARN", "The custom role, for the instructions beside the policy"))
        .arg(flag("why", "Print why each action is there instead of the policy"))
        .arg(path(option("out", "DIR", "Write the policy into a folder; several policies are numbered")))
        .arg(flag("force", "Overwrite the files that --out finds in its place").requires("out"))
        .arg(path(option("merge", "FILE|-", merge)).conflicts_with_all(["why", "out"]))
        .arg(path(option("compare", "FILE|-", compare)).conflicts_with_all(["why", "out", "merge"]))
        .args([diff.requires("merge"), write.requires("merge"), follow])
        .arg(format(&["text", "json"]))
}

/// The flag of a service, with its levels in the help.
fn of_service(service: &'static ServiceRow) -> Arg {
    let levels: Vec<_> = permissions().levels(&service.id).map(|row| row.level.as_str()).collect();
    let is_in_name = service.value_name.contains('|') || levels.is_empty() || service.id == "image";
    let levels = if is_in_name { String::new() } else { format!(". Levels: {}", levels.join(", ")) };
    let argument = Arg::new(service.id.as_str())
        .long(service.id.as_str())
        .value_name(service.value_name.as_str())
        .help(format!("{}{levels}", service.help))
        .action(ArgAction::Append)
        .allow_hyphen_values(true);
    with_words(argument, &service.value_name)
}

/// The optional needs as the words of a value.
fn include_names() -> &'static str {
    static NAMES: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    NAMES.get_or_init(|| {
        let optional = permissions().needs.iter().filter(|row| row.optional);
        optional.map(|row| row.level.as_str()).collect::<Vec<_>>().join("|")
    })
}

fn run(matches: &ArgMatches) -> Result<Exit, Failure> {
    let workload = workload(matches)?;
    let file = path_of(matches, "service-config");
    if file.is_some() && !workload.has_service_config() {
        return Err(Failure::hinted(
            format!(
                "--service-config: only an EAS service has a service config, not a {}",
                workload.sheet().thing.value
            ),
            "name what the code uses, for example --oss oss://my-bucket/folder/",
        ));
    }
    one_reader_of_standard_input(matches)?;
    let text = file.map(read).transpose()?;
    let wanted = Wanted { workload, config: text.as_deref(), uses: uses(matches)?, known: known(matches)? };
    let generated = generate(&wanted).map_err(|findings| {
        refused(matches, file.unwrap_or(Path::new("-")), text.as_deref().unwrap_or_default(), &findings)
    })?;
    let config = (file.map(shown).unwrap_or_default(), text.as_deref());
    if let Some(file) = path_of(matches, "merge") {
        merged(matches, file, &generated, &config)
    } else if let Some(file) = path_of(matches, "compare") {
        compared(matches, file, &generated, &config)
    } else {
        printed(matches, &generated, &config)
    }
}

/// Refuses `-` twice: the second reader would find standard input empty.
fn one_reader_of_standard_input(matches: &ArgMatches) -> Result<(), Failure> {
    let flags = ["service-config", "merge", "compare"];
    let readers = flags.into_iter().filter(|flag| path_of(matches, flag) == Some(Path::new("-")));
    let readers: Vec<_> = readers.map(|flag| format!("--{flag}")).collect();
    if readers.len() < 2 {
        return Ok(());
    }
    let message = format!("standard input can be read only once, not for {}", readers.join(" and "));
    Err(Failure::hinted(message, "give all but one of them as a file"))
}

fn uses(matches: &ArgMatches) -> Result<Vec<Use>, Failure> {
    let mut uses = Vec::new();
    for service in &permissions().services {
        uses.extend(each(matches, &service.id, |text| Use::parse(service, text))?);
    }
    Ok(uses)
}

/// The values of a flag, each read.
fn each<T>(
    matches: &ArgMatches,
    name: &str,
    read: impl Fn(&str) -> Result<T, Invalid>,
) -> Result<Vec<T>, Failure> {
    let values = matches.get_many::<String>(name).into_iter().flatten();
    let read = |text: &String| read(text).map_err(|invalid| Failure::call(format!("--{name}: {invalid}")));
    values.map(read).collect()
}

fn known(matches: &ArgMatches) -> Result<Known, Failure> {
    let role: Option<RoleRef> = parsed(matches, "role-name")?;
    let account: Option<AccountId> = parsed(matches, "account")?;
    let region: Option<Region> = parsed(matches, "region")?;
    let optional = |text: &str| {
        let mut needs = permissions().needs.iter();
        let is_optional = needs.any(|row| row.optional && row.level == text);
        let invalid = || Invalid::new("an optional permission", text, format!("use {}", include_names()));
        if is_optional { Ok(text.to_owned()) } else { Err(invalid()) }
    };
    Ok(Known {
        account: account.or_else(|| role.as_ref().and_then(RoleRef::account).cloned()),
        region,
        role: role.map(|role| role.name().clone()),
        registries: each(matches, "registry", permission::registry)?.into_iter().collect(),
        datasets: each(matches, "dataset", permission::dataset)?.into_iter().collect::<BTreeMap<_, _>>(),
        include: each(matches, "include", optional)?.into_iter().collect(),
    })
}

/// The name and the text of the service config.
type Config<'a> = (String, Option<&'a str>);

fn say(generated: &Permissions, (name, text): &Config) {
    out::findings(name, *text, &generated.findings);
    out::talk(&left_out(name, &generated.findings));
    out::talk(&report::also(generated));
}

fn exit(generated: &Permissions) -> Exit {
    let unusable = generated.findings.has_error() || generated.policies.is_empty();
    if unusable { Exit::No } else { Exit::Done }
}

fn printed(matches: &ArgMatches, generated: &Permissions, config: &Config) -> Result<Exit, Failure> {
    if let Some(directory) = path_of(matches, "out") {
        write(matches, directory, generated)?;
    } else if has_format(matches, "json") {
        out::json(&report::as_json(generated))?;
        return Ok(exit(generated));
    } else if matches.get_flag("why") {
        out::data(&report::why(generated))?;
    } else {
        match &generated.documents()[..] {
            [document] => out::data(document)?,
            // A line each, because white space inside would leave no end to see.
            _ => out::data(&generated.policies.iter().map(|policy| compact(policy)).collect::<String>())?,
        }
        if generated.policies.len() > 1 {
            let count = generated.policies.len();
            out::talk(&format!(
                "note: {count} policies, one on each line; --out DIR writes them into files\n"
            ));
        }
    }
    say(generated, config);
    Ok(exit(generated))
}

fn write(matches: &ArgMatches, directory: &Path, generated: &Permissions) -> Result<(), Failure> {
    let documents = generated.documents();
    let names: Vec<String> = match documents.len() {
        1 => vec!["permission-policy.json".to_owned()],
        count => (1..=count).map(|number| format!("permission-policy-{number}.json")).collect(),
    };
    let files: Vec<_> = names
        .iter()
        .zip(&documents)
        .map(|(name, text)| (name.as_str(), text.as_str(), Mode::Usual))
        .collect();
    for (path, remark) in output::write_all(directory, &files, matches.get_flag("force"), Links::Refuse)? {
        out::talk(&wrote(&path, remark));
    }
    Ok(())
}

fn merged(
    matches: &ArgMatches,
    file: &Path,
    generated: &Permissions,
    config: &Config,
) -> Result<Exit, Failure> {
    let text = read(file)?;
    let mut edit =
        merge(&text, &generated.grants()).map_err(|findings| refused(matches, file, &text, &findings))?;
    let has_error = generated.findings.has_error();
    if has_format(matches, "json") {
        let of_config = generated.findings.iter().cloned().map(Finding::without_place);
        edit.findings.put_first(of_config);
    } else {
        say(generated, config);
    }
    let end = finish_edit(matches, file, &edit)?;
    Ok(if has_error { Exit::No } else { end })
}

fn compared(
    matches: &ArgMatches,
    file: &Path,
    generated: &Permissions,
    config: &Config,
) -> Result<Exit, Failure> {
    let text = read(file)?;
    let comparison: Comparison =
        compare(&text, &generated.grants()).map_err(|findings| refused(matches, file, &text, &findings))?;
    if has_format(matches, "json") {
        let mut answer = report::comparison_as_json(&comparison);
        answer["findings"] = serde_json::json!(generated.findings);
        out::json(&answer)?;
    } else {
        out::data(&report::comparison(&comparison))?;
        say(generated, config);
    }
    let is_enough = comparison.lacks.is_empty() && comparison.denied.is_empty();
    Ok(if is_enough && !generated.findings.has_error() { Exit::Done } else { Exit::No })
}
