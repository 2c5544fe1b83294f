//! `ramrole serve`: the local credential service of an instance, on one's own machine.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use clap::{Arg, ArgAction, ArgMatches, Command};
use jiff::SignedDuration;

use super::arguments::{flag, option, path, path_of};
use super::{Exit, Failure, Row, out};
use crate::domain::chain::{child_environment, left_over, why_unset};
use crate::domain::credential::{Secret, Trouble, URI_VARIABLE, time_of};
use crate::domain::finding::Severity;
use crate::domain::serve::{Fault, with_loopback};
use crate::domain::text::{quoted, visible_line};
use crate::host::credential::Reach;
use crate::host::{HostError, HostErrorKind, chain, clock, credential, process};
use crate::serve::{Changes, CredentialFile, Endings, Keeping, Service, Source, run_command};

pub const ROW: Row = Row {
    name: "serve",
    about: "Serve credentials on this machine as an instance does",
    examples: "  ramrole serve --from fake --ttl 20m -- python train.py\n  \
               ramrole serve --from fake --ttl 20m --malformed -- python train.py\n  \
               ramrole serve --from fake -- ramrole credential --check",
    arguments,
    run,
};

fn arguments(command: Command) -> Command {
    let from =
        option("from", "SOURCE", "file:PATH, uri:URL, env (an STS triple) or fake (made up, well-formed)");
    let file =
        option("credential-file", "PATH", "Keep a file with the credential too, as an instance has one");
    command
        .arg(from.required(true))
        .arg(
            option("ttl", "TIME", "How long a made-up credential lives; when the one of env ends")
                .default_value("1h"),
        )
        .arg(option("port", "PORT", "The port; 0 takes one that is free").default_value("0"))
        .arg(flag("keep-env", "Leave the environment of the command alone, but for the URI"))
        .arg(path(file))
        .arg(
            flag("replace", "Overwrite the file of yours at the path of --credential-file")
                .requires("credential-file"),
        )
        .arg(flag("allow-remote", "Let uri: lead off this machine: the credential crosses a network"))
        .arg(option("fail-after", "TIME", "fake: make none any more after this time"))
        .arg(flag("drip", "fake: send answers a byte a second"))
        .arg(flag("malformed", "fake: send answers cut in the middle").conflicts_with("drip"))
        .arg(flag("quiet", "Say nothing but errors"))
        .arg(
            Arg::new("command")
                .value_name("COMMAND")
                .help("The command to run with the service")
                .value_parser(clap::value_parser!(OsString))
                .action(ArgAction::Append)
                .num_args(1..)
                .last(true),
        )
}

fn run(matches: &ArgMatches) -> Result<Exit, Failure> {
    process::keep_memory_to_itself();
    let plan = Plan::of(matches)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let tasks = tokio::task::LocalSet::new();
    let exit = tasks.block_on(&runtime, serve(plan));
    runtime.shutdown_background();
    exit
}

/// What was asked for.
struct Plan {
    source: Source,
    port: u16,
    fault: Option<Fault>,
    file: Option<CredentialFile>,
    keep_env: bool,
    quiet: bool,
    command: Vec<OsString>,
}

impl Plan {
    fn of(matches: &ArgMatches) -> Result<Self, Failure> {
        for name in ["drip", "malformed"].into_iter().filter(|name| matches.get_flag(name)) {
            if matches.get_one::<String>("from").is_none_or(|from| from != "fake") {
                return Err(Failure::call(format!("--{name} goes with --from fake alone")));
            }
        }
        let port = matches.get_one::<String>("port").map(String::as_str).unwrap_or_default();
        let source = source(matches)?;
        let file = path_of(matches, "credential-file");
        let claim = |path| CredentialFile::claim(path, matches.get_flag("replace"), source.path());
        Ok(Self {
            file: file.map(claim).transpose()?,
            source,
            port: port
                .parse()
                .map_err(|_| Failure::call(format!("--port: {} is no port, 0 to 65535", quoted(port))))?,
            fault: match (matches.get_flag("drip"), matches.get_flag("malformed")) {
                (true, _) => Some(Fault::Drip),
                (_, true) => Some(Fault::Malformed),
                _ => None,
            },
            keep_env: matches.get_flag("keep-env"),
            quiet: matches.get_flag("quiet"),
            command: matches.get_many("command").unwrap_or_default().cloned().collect(),
        })
    }

    fn say(&self) -> fn(&str) {
        if self.quiet { |_| () } else { say }
    }
}

fn say(line: &str) {
    out::talk(&format!("ramrole serve: {line}\n"));
}

/// The source that `--from` names.
fn source(matches: &ArgMatches) -> Result<Source, Failure> {
    let from = matches.get_one::<String>("from").map(String::as_str).unwrap_or_default();
    let ttl = time(matches, "ttl")?.unwrap_or(SignedDuration::from_hours(1));
    if ttl < SignedDuration::from_secs(1) {
        return Err(Failure::call("--ttl: at least a second"));
    }
    let fail_after = time(matches, "fail-after")?;
    if fail_after.is_some() && from != "fake" {
        return Err(Failure::call("--fail-after goes with --from fake alone"));
    }
    let reach = if matches.get_flag("allow-remote") { Reach::Anywhere } else { Reach::Loopback };
    match from.split_once(':') {
        Some(("file", path)) if !path.is_empty() => Ok(Source::File(path.to_owned())),
        Some(("uri", uri)) => {
            let uri = uri.parse().map_err(|not| Failure::call(format!("--from: {not}")))?;
            Ok(Source::Uri(uri, reach))
        }
        None if from == "env" => {
            let answer = credential::from_environment(ttl).map_err(|trouble| unreadable(&trouble))?;
            Ok(Source::Environment(Box::new(answer)))
        }
        None if from == "fake" => {
            let until = fail_after.map(|time| clock::now().after(time));
            Ok(Source::Fake { ttl, until, made: 0 })
        }
        // What was given may hold a key: it is not quoted back.
        _ => Err(Failure::call("--from takes file:PATH, uri:URL, env or fake")),
    }
}

fn time(matches: &ArgMatches, name: &str) -> Result<Option<SignedDuration>, Failure> {
    let Some(text) = matches.get_one::<String>(name) else { return Ok(None) };
    let wrong =
        || Failure::call(format!("--{name}: {} is no length of time, such as 15m, 90s or 1h", quoted(text)));
    time_of(text).map(Some).ok_or_else(wrong)
}

fn unreadable(trouble: &Trouble) -> Failure {
    Failure::Host(HostError {
        kind: HostErrorKind::Refused,
        message: format!("--from gives no credential: {trouble}"),
        hint: Some(trouble.advice().to_owned()),
        cause: None,
    })
}

async fn serve(plan: Plan) -> Result<Exit, Failure> {
    let say = plan.say();
    let told = plan.source.told();
    let service = Service::listen(plan.port, plan.fault).await.map_err(|cause| {
        let message = format!("cannot listen on port {} of this machine", plan.port);
        Failure::Host(HostError { kind: HostErrorKind::Refused, message, hint: None, cause: Some(cause) })
    })?;
    let mut keeper = service.keeper(plan.source, Keeping { file: plan.file, say });
    let state = keeper.begin().await.map_err(|trouble| unreadable(&trouble))?;
    keeper.put_file()?;
    say(&format!("serves {told} on port {}: {state}", service.port()));
    let uri = service.uri();
    tokio::select! {
        () = service.serve() => Ok(Exit::Done),
        () = keeper.keep() => Ok(Exit::Done),
        exit = work(&plan.command, uri, plan.keep_env, say) => exit,
    }
}

/// Runs the command; without one, prints the export line and waits to be stopped.
async fn work(command: &[OsString], uri: Secret, keep_env: bool, say: fn(&str)) -> Result<Exit, Failure> {
    let Some(program) = command.first() else {
        // Before anybody is told that it can be stopped.
        let mut endings = Endings::new()?;
        let line = format!("export {URI_VARIABLE}={}\n", crate::domain::quote::shell(uri.reveal()));
        out::data(&line)?;
        say("until it is stopped, by Ctrl-C for instance");
        endings.next().await;
        return Ok(Exit::Done);
    };
    let changes = changes(uri.reveal(), program, keep_env, say);
    let status = run_command(command, changes).await.map_err(|cause| {
        let message = format!("cannot run {}", visible_line(&program.to_string_lossy()));
        Failure::Host(HostError::refused(message, cause))
    })?;
    Ok(Exit::Of(status))
}

/// What is changed in the environment of the command: whatever would come before the URI is cleared, unless it is to
/// be kept.
fn changes(uri: &str, program: &OsStr, keep_env: bool, say: fn(&str)) -> Changes {
    let mut changes: Changes = vec![(URI_VARIABLE.to_owned(), Some(uri.into()))];
    if keep_env {
        return changes;
    }
    let seen = chain::evidence();
    for (name, value) in child_environment(&seen) {
        let is_set = std::env::var_os(name).is_some();
        if value.is_none() && is_set {
            say(&format!("{name} is not handed to the command: {}", why_unset(name)));
        }
        changes.push((name.to_owned(), value.map(OsString::from)));
    }
    // What is good to know of the CLI concerns nobody else.
    let is_cli = Path::new(program).file_name().is_some_and(|name| name == "aliyun");
    for finding in
        left_over(&seen).into_iter().filter(|finding| is_cli || finding.severity() != Severity::Note)
    {
        say(&format!("{}; {}", finding.message, finding.advice()));
    }
    changes.extend(for_proxies());
    changes
}

/// Where a proxy is set: most clients leave it out for the hosts of `NO_PROXY`.
fn for_proxies() -> Changes {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let names = ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
    if !names.into_iter().any(|name| set(name).is_some()) {
        return Vec::new();
    }
    let except = set("no_proxy").or_else(|| set("NO_PROXY")).unwrap_or_default();
    let except = with_loopback(&except);
    ["NO_PROXY", "no_proxy"].map(|name| (name.to_owned(), Some(except.clone().into()))).into()
}
