//! `ramrole serve`: the credential service of an instance, on your own machine.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use clap::{Arg, ArgAction, ArgMatches, Command};
use jiff::SignedDuration;
use tokio::time::Duration;

use super::arguments::{flag, option, path, path_of};
use super::{Exit, Failure, Row, credential_uri, out};
use crate::domain::chain::{child_environment, left_over, why_unset};
use crate::domain::credential::{Reach, Secret, Trouble, URI_VARIABLE, time_of};
use crate::domain::finding::Severity;
use crate::domain::serve::{Admission, AllowedUser, Fault, with_loopback};
use crate::domain::text::quoted;
use crate::host::account::own_users;
use crate::host::ready_file::ReadyFile;
use crate::host::surroundings::variable;
use crate::host::terminal::stderr_is_raw;
use crate::host::{HostError, HostErrorKind, chain, clock, credential};
use crate::serve::{
    Caught, Changes, CredentialFile, Ended, Keeping, Log, Output, Service, Settings, Signals, Source, Stage,
    run_command,
};

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
    let from = option(
        "from",
        "SOURCE",
        "file:PATH, uri ($ALIBABA_CLOUD_CREDENTIALS_URI), uri:@FILE, uri:URL, env (an STS triple) or fake",
    );
    let file =
        option("credential-file", "PATH", "Also write the credential to this file, as an instance does");
    command
        .arg(from.required(true))
        .arg(
            option("ttl", "TIME", "Lifetime of a fake credential, or of the one from env")
                .default_value("1h"),
        )
        .arg(option("port", "PORT", "Port to listen on; 0 selects a free one").default_value("0"))
        .arg(flag("keep-env", "Set only the URI in the environment of the command"))
        .arg(path(file))
        .arg(path(option(
            "ready-file",
            "PATH",
            "Create this file (process ID, port) when the service is ready",
        )))
        .arg(
            option(
                "allow-user",
                "UID|any",
                "Also accept connections from this user, not only from you and root",
            )
            .action(ArgAction::Append),
        )
        .arg(
            flag(
                "replace",
                "Let --credential-file overwrite an existing file of yours, and remove it at the end",
            )
            .requires("credential-file"),
        )
        .arg(flag("allow-remote", "Let uri: name another machine: the credential crosses a network"))
        .arg(option("fail-after", "TIME", "fake: stop renewing after this time"))
        .arg(flag("drip", "fake: send one byte of a response per second"))
        .arg(flag("malformed", "fake: send incomplete responses").conflicts_with("drip"))
        .arg(flag("quiet", "Print only errors"))
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
    // Before the first thread starts and the first file is written.
    let signals = Signals::catch()?;
    let plan = Plan::of(matches)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let tasks = tokio::task::LocalSet::new();
    let exit = tasks.block_on(&runtime, serve(plan, signals));
    runtime.shutdown_background();
    exit
}

/// What was asked for.
struct Plan {
    source: Source,
    port: u16,
    fault: Option<Fault>,
    file: Option<CredentialFile>,
    ready_file: Option<PathBuf>,
    admission: Admission,
    keep_env: bool,
    quiet: bool,
    command: Vec<OsString>,
}

impl Plan {
    fn of(matches: &ArgMatches) -> Result<Self, Failure> {
        for name in ["drip", "malformed"].into_iter().filter(|name| matches.get_flag(name)) {
            if matches.get_one::<String>("from").is_none_or(|from| from != "fake") {
                return Err(Failure::call(format!("--{name} requires --from fake")));
            }
        }
        let port = matches.get_one::<String>("port").map(String::as_str).unwrap_or_default();
        let source = source(matches)?;
        let file = path_of(matches, "credential-file");
        let claim = |path| CredentialFile::claim(path, matches.get_flag("replace"), source.path());
        Ok(Self {
            file: file.map(claim).transpose()?,
            source,
            port: port.parse().map_err(|_| {
                Failure::call(format!("--port: {} is not a port number (0 to 65535)", quoted(port)))
            })?,
            fault: match (matches.get_flag("drip"), matches.get_flag("malformed")) {
                (true, _) => Some(Fault::Drip),
                (_, true) => Some(Fault::Malformed),
                _ => None,
            },
            ready_file: path_of(matches, "ready-file").map(PathBuf::from),
            admission: admission(matches)?,
            keep_env: matches.get_flag("keep-env"),
            quiet: matches.get_flag("quiet"),
            command: matches.get_many("command").unwrap_or_default().cloned().collect(),
        })
    }

    fn say(&self) -> fn(&str) {
        if self.quiet { |_| () } else { say }
    }
}

/// The thread that writes messages: one for the process, as standard error is.
static LOG: OnceLock<Log> = OnceLock::new();
/// How long ramrole waits at exit for the last messages to be written.
const LAST_WORDS: Duration = Duration::from_millis(250);

fn say(line: &str) {
    let write = |line: &str| out::talk(&format!("ramrole serve: {line}\n"));
    LOG.get_or_init(|| Log::new(Output { write, is_taken: stderr_is_raw })).say(line);
}

/// Who can connect: this user, root, and the users that the flags name.
fn admission(matches: &ArgMatches) -> Result<Admission, Failure> {
    let texts = matches.get_many::<String>("allow-user").unwrap_or_default();
    let parse = |text: &String| {
        let wrong = |what| Failure::call(format!("--allow-user: {} is not {what}", quoted(text)));
        text.parse::<AllowedUser>().map_err(wrong)
    };
    Ok(Admission::new(&own_users(), &texts.map(parse).collect::<Result<Vec<_>, _>>()?))
}

/// The source that `--from` names.
fn source(matches: &ArgMatches) -> Result<Source, Failure> {
    let from = matches.get_one::<String>("from").map(String::as_str).unwrap_or_default();
    let ttl = time(matches, "ttl")?.unwrap_or(SignedDuration::from_hours(1));
    if ttl < SignedDuration::from_secs(1) {
        return Err(Failure::call("--ttl must be at least 1 second"));
    }
    let fail_after = time(matches, "fail-after")?;
    if fail_after.is_some() && from != "fake" {
        return Err(Failure::call("--fail-after requires --from fake"));
    }
    let reach = if matches.get_flag("allow-remote") { Reach::Anywhere } else { Reach::Loopback };
    match from.split_once(':') {
        Some(("file", path)) if !path.is_empty() => Ok(Source::File(path.to_owned())),
        Some(("uri", uri)) if !uri.is_empty() => {
            Ok(Source::Uri(credential_uri::named("--from", uri)?, reach))
        }
        None if from == "uri" => Ok(Source::Uri(credential_uri::named("--from", "")?, reach)),
        None if from == "env" => {
            let answer = credential::from_environment(ttl)
                .map_err(|trouble| unreadable("the environment", Some(FROM_ENVIRONMENT), &trouble))?;
            Ok(Source::Environment(Box::new(answer)))
        }
        None if from == "fake" => {
            let until = fail_after.map(|time| clock::now().after(time));
            Ok(Source::Fake { ttl, until, made: 0 })
        }
        // The value may contain a key, so the message does not quote it.
        _ => Err(Failure::call("--from takes file:PATH, uri, uri:@FILE, uri:URL, env or fake")),
    }
}

fn time(matches: &ArgMatches, name: &str) -> Result<Option<SignedDuration>, Failure> {
    let Some(text) = matches.get_one::<String>(name) else { return Ok(None) };
    let wrong =
        || Failure::call(format!("--{name}: {} is not a duration such as 15m, 90s or 1h", quoted(text)));
    time_of(text).map(Some).ok_or_else(wrong)
}

/// What `--from env` reads.
const FROM_ENVIRONMENT: &str =
    "set ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET and ALIBABA_CLOUD_SECURITY_TOKEN";

fn unreadable(source: &str, hint: Option<&str>, trouble: &Trouble) -> Failure {
    Failure::Host(HostError {
        kind: HostErrorKind::Refused,
        message: format!("no credential from {source}: {trouble}"),
        hint: Some(hint.unwrap_or(trouble.advice()).to_owned()),
        cause: None,
    })
}

async fn serve(plan: Plan, mut signals: Signals) -> Result<Exit, Failure> {
    let exit = serve_until_the_end(plan, &mut signals).await;
    // The files have been removed. If the log thread is blocked on stderr, it holds the lock, and no other write can
    // succeed.
    let is_stuck = LOG.get().is_some_and(|log| !log.drain(LAST_WORDS));
    match exit {
        Err(failure) if is_stuck => Ok(Exit::Of(failure.code())),
        exit => exit,
    }
}

async fn serve_until_the_end(plan: Plan, signals: &mut Signals) -> Result<Exit, Failure> {
    let say = plan.say();
    let told = plan.source.told();
    let hint = plan.source.hint();
    let settings = Settings { port: plan.port, fault: plan.fault, admission: plan.admission, say };
    let service = Service::listen(settings).map_err(|cause| {
        let message = format!("cannot listen on port {} of this machine", plan.port);
        Failure::Host(HostError { kind: HostErrorKind::Refused, message, hint: None, cause: Some(cause) })
    })?;
    let mut keeper = service.keeper(plan.source, Keeping { file: plan.file });
    let state = match signals.unless_ended(keeper.begin()).await {
        Ok(begun) => begun.map_err(|trouble| unreadable(&told, hint, &trouble))?,
        Err(caught) => return Ok(Exit::Of(caught.status())),
    };
    keeper.put_file()?;
    let ready_file = plan.ready_file.map(|path| ReadyFile::announce(&path, service.port())).transpose()?;
    say(&format!("serving {told} on port {}; {state}", service.port()));
    let uri = service.uri();
    let exit = tokio::select! {
        () = service.serve() => Ok(Exit::Done),
        () = keeper.keep() => Ok(Exit::Done),
        exit = work(&plan.command, uri, plan.keep_env, say, signals) => exit,
    };
    drop((keeper, ready_file));
    say(&service.counts().told());
    exit
}

/// Prints a line on another thread, so that a stopped terminal blocks neither the service nor its exit.
async fn print(line: String) -> Result<(), Failure> {
    let printed = tokio::task::spawn_blocking(move || out::data(&line)).await;
    printed.unwrap_or_else(|_| Err(std::io::Error::other("the thread that prints has ended").into()))
}

/// Runs the command; without one, prints the export line and waits to be stopped.
async fn work(
    command: &[OsString],
    uri: Secret,
    keep_env: bool,
    say: fn(&str),
    signals: &mut Signals,
) -> Result<Exit, Failure> {
    let Some(program) = command.first() else {
        let line = format!("export {URI_VARIABLE}={}\n", crate::domain::quote::shell(uri.reveal()));
        tokio::select! {
            caught = signals.end() => return Ok(after(caught)),
            printed = print(line) => printed?,
        }
        say("running until you stop it, for example with Ctrl-C");
        return Ok(after(signals.end().await));
    };
    let changes = changes(uri.reveal(), program, keep_env, say);
    match run_command(command, changes, signals).await.map_err(|cause| cannot_run(program, cause))? {
        Ended::Status(status) => Ok(Exit::Of(status)),
        Ended::Before(caught) => Ok(Exit::Of(caught.status())),
    }
}

/// The exit of a service without a command: a request to stop is not a failure.
fn after(caught: Caught) -> Exit {
    if caught.is_a_request() { Exit::Done } else { Exit::Of(caught.status()) }
}

fn cannot_run(program: &OsStr, cause: io::Error) -> Failure {
    let message = format!("cannot run {}", crate::domain::quote::shell(&program.to_string_lossy()));
    Failure::Host(HostError::refused(message, cause))
}

/// The status of a command whose parent ended before the command could start: that of SIGKILL.
const PARENT_HAS_ENDED: u8 = 137;

/// Becomes the command of a service; see [`Stage`]. It returns only if that fails.
pub fn become_command(stage: &Stage) -> Result<Exit, Failure> {
    stage.run().map_or(Ok(Exit::Of(PARENT_HAS_ENDED)), |cause| Err(cannot_run(stage.program(), cause)))
}

/// The changes to the environment of the command: variables that clients would use before the URI are removed, unless
/// `keep_env` is set.
fn changes(uri: &str, program: &OsStr, keep_env: bool, say: fn(&str)) -> Changes {
    let mut changes: Changes = vec![(URI_VARIABLE.to_owned(), Some(uri.into()))];
    if keep_env {
        return changes;
    }
    let seen = chain::evidence();
    for (name, value) in child_environment(&seen) {
        let is_set = variable(name).is_some();
        if value.is_none() && is_set {
            say(&format!("{name} is not passed to the command: {}", why_unset(name)));
        }
        changes.push((name.to_owned(), value.map(OsString::from)));
    }
    // Notes are about the aliyun CLI and irrelevant to other programs.
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
    let set = |name: &str| {
        variable(name).and_then(|value| value.into_string().ok()).filter(|value| !value.is_empty())
    };
    let names = ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
    if !names.into_iter().any(|name| set(name).is_some()) {
        return Vec::new();
    }
    let except = set("no_proxy").or_else(|| set("NO_PROXY")).unwrap_or_default();
    let except = with_loopback(&except);
    ["NO_PROXY", "no_proxy"].map(|name| (name.to_owned(), Some(except.clone().into()))).into()
}
