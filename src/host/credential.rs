//! Reads credentials where they are injected: the local service, the file. Bounded in time and size; what it says of
//! a failure holds nothing of what it read.

use std::error::Error as _;
use std::fs::{File, Metadata};
use std::io::{self, Read as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::header::{DATE, HeaderMap};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};
use zeroize::Zeroizing;

use super::deadline::{DEADLINE, within_deadline};
use super::{HostError, clock, metadata, shown, tls};
use crate::domain::credential::{
    Answer, Credential, Found, LARGEST, NotAUri, Parsed, Reach, Reading, Secret, Source, SourceUri, Stamp,
    Trouble, URI_VARIABLE, files, parse,
};

/// The sources of this machine: the variable if it is set, the files that exist.
#[must_use]
pub fn sources() -> Found {
    let mut sources = Vec::new();
    let mut trouble = None;
    if std::env::var_os(URI_VARIABLE).is_some_and(|value| !value.is_empty()) {
        match uri_in_environment() {
            Ok(uri) => sources.push(Source::Uri(uri)),
            Err(not) => trouble = Some(not),
        }
    }
    let is_there = |path: &&str| Path::new(path).symlink_metadata().is_ok();
    sources.extend(files().into_iter().filter(is_there).map(|path| Source::File(path.to_owned())));
    Found { sources, trouble, reach: Reach::Loopback, given: false }
}

/// Reads a source, within [`DEADLINE`]; `None` for a file that has not changed since `known`.
#[must_use]
pub fn read(source: &Source, reach: Reach, known: Option<Stamp>) -> Option<Reading> {
    let at = clock::now();
    let result = match source {
        Source::Uri(uri) => {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            match runtime {
                Ok(runtime) => runtime.block_on(fetch(uri, reach)),
                Err(error) => Err(Trouble::NoConnection(reason(&error))),
            }
        }
        Source::File(path) => file_within(path, known)?,
    };
    Some(Reading { at, result })
}

/// Reads a credential file within [`DEADLINE`]: a disk behind a network may hang for ever, and its thread with it.
/// `None` for one that has not changed since `known`.
#[must_use]
pub fn file_within(path: &str, known: Option<Stamp>) -> Option<Result<Answer, Trouble>> {
    let path = path.to_owned();
    let read = within_deadline(move || {
        let is_same = known.is_some() && stamp_of(&path) == known;
        (!is_same).then(|| read_file(&path))
    });
    read.unwrap_or(Some(Err(Trouble::TimedOut)))
}

/// The URI in the variable.
///
/// # Errors
/// When it is not set, or is no URI.
pub fn uri_in_environment() -> Result<SourceUri, Trouble> {
    let value = std::env::var_os(URI_VARIABLE).filter(|value| !value.is_empty());
    let value = value.ok_or_else(|| Trouble::NotRead(format!("{URI_VARIABLE} is not set")))?;
    value.to_string_lossy().parse().map_err(|not| Trouble::NotRead(format!("{URI_VARIABLE}: {not}")))
}

/// The URI in the first line of a file, and whether only its owner can read it.
///
/// # Errors
/// When the file cannot be read within [`DEADLINE`].
pub fn uri_in_file(path: &str) -> Result<(Result<SourceUri, NotAUri>, bool), HostError> {
    let refused = |cause| HostError::refused(format!("cannot read {}", shown(Path::new(path))), cause);
    let file = path.to_owned();
    let (line, is_private) = within_deadline(move || first_line(&file))
        .unwrap_or_else(|| Err(io::ErrorKind::TimedOut.into()))
        .map_err(refused)?;
    Ok((std::str::from_utf8(&line).map_err(|_| NotAUri).and_then(str::parse), is_private))
}

/// The first line of a file, and whether only its owner can read it.
fn first_line(path: &str) -> io::Result<(Zeroizing<Vec<u8>>, bool)> {
    let file = File::open(path)?;
    let is_private = metadata::is_private(&file.metadata()?);
    let mut line = Zeroizing::new(Vec::with_capacity(LONGEST_URI));
    let mut bytes = io::BufReader::new(file).take(LONGEST_URI as u64);
    io::BufRead::read_until(&mut bytes, b'\n', &mut line)?;
    Ok((line, is_private))
}

/// The longest URI that is read from a file, in bytes.
const LONGEST_URI: usize = 8 << 10;

/// Asks a service for its credential.
///
/// # Errors
/// Why there is none.
pub async fn fetch(uri: &SourceUri, reach: Reach) -> Result<Answer, Trouble> {
    if reach == Reach::Loopback && !uri.is_loopback() {
        let why = "it leads off this machine, where a credential does not belong; --allow-remote reads it all the same";
        return Err(Trouble::NotRead(why.to_owned()));
    }
    match tokio::time::timeout(DEADLINE, ask(uri)).await {
        Ok(result) => result,
        Err(_) => Err(Trouble::TimedOut),
    }
}

async fn ask(uri: &SourceUri) -> Result<Answer, Trouble> {
    let mut response = client(uri)?.get(uri.url().clone()).send().await.map_err(|error| broken(&error))?;
    let status = response.status();
    if status.is_redirection() {
        return Err(Trouble::Redirect(status.as_u16()));
    }
    let date = date(response.headers());
    let body = body(&mut response).await;
    if status != StatusCode::OK {
        // An error may say why in the service's own words.
        return Err(match body.and_then(|body| parse(&body)) {
            Err(refused @ Trouble::Refused { .. }) => refused,
            _ => Trouble::Status(status.as_u16()),
        });
    }
    Ok(Answer { parsed: parse(&body?)?, date, stamp: None })
}

/// A client that knows no proxy, follows nothing, and takes `localhost` for this machine whatever a resolver says.
fn client(uri: &SourceUri) -> Result<Client, Trouble> {
    let mut builder = Client::builder()
        .no_proxy()
        .redirect(Policy::none())
        .connect_timeout(DEADLINE)
        .pool_max_idle_per_host(0)
        .user_agent(concat!("ramrole/", env!("CARGO_PKG_VERSION")))
        .tls_backend_preconfigured(
            tls::client_config(uri.url().scheme() == "https").map_err(Trouble::Roots)?,
        );
    if uri.is_loopback() && uri.is_named() {
        let here: [IpAddr; 2] = [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
        let places = here.map(|address| SocketAddr::new(address, uri.port()));
        builder = builder.resolve_to_addrs(uri.url().host_str().unwrap_or_default(), &places);
    }
    builder.build().map_err(|error| broken(&error))
}

fn date(headers: &HeaderMap) -> Option<Timestamp> {
    let text = headers.get(DATE)?.to_str().ok()?;
    DateTimeParser::new().parse_timestamp(text).ok()
}

/// The body, as far as a credential goes; what follows is not read.
async fn body(response: &mut Response) -> Result<Zeroizing<Vec<u8>>, Trouble> {
    let mut body = Zeroizing::new(Vec::with_capacity(4 << 10));
    while let Some(chunk) = response.chunk().await.map_err(|error| broken(&error))? {
        if body.len() + chunk.len() > LARGEST {
            return Err(Trouble::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

const BROKEN_OFF: &str = "it was broken off";

/// Why a connection failed. The library's own words hold the URI, which may hold a key.
fn broken(error: &reqwest::Error) -> Trouble {
    if error.is_timeout() {
        return Trouble::TimedOut;
    }
    let mut cause = error.source();
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<io::Error>() {
            return Trouble::NoConnection(reason(error));
        }
        if error.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_incomplete_message) {
            return Trouble::NoConnection(BROKEN_OFF.to_owned());
        }
        cause = error.source();
    }
    let why =
        if error.is_connect() { "it cannot be reached" } else { "what answers there does not speak HTTP" };
    Trouble::NoConnection(why.to_owned())
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => "nothing listens there".to_owned(),
        io::ErrorKind::ConnectionReset | io::ErrorKind::UnexpectedEof => BROKEN_OFF.to_owned(),
        io::ErrorKind::TimedOut => "it did not answer".to_owned(),
        kind => kind.to_string(),
    }
}

/// The STS triple of the environment, which ends when its user says.
///
/// # Errors
/// Which of the three is missing.
pub fn from_environment(ttl: jiff::SignedDuration) -> Result<Answer, Trouble> {
    let names =
        ["ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALIBABA_CLOUD_SECURITY_TOKEN"];
    let read = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty()).map(Secret::new);
    let [Some(access_key_id), Some(access_key_secret), Some(security_token)] = names.map(read) else {
        return Err(Trouble::Lacks(names.into_iter().filter(|name| read(name).is_none()).collect()));
    };
    let end = clock::now().wall.saturating_add(ttl).ok();
    let expiration = end.and_then(|end| Timestamp::from_second(end.as_second()).ok());
    let credential = Credential { access_key_id, access_key_secret, security_token, expiration };
    Ok(Answer {
        parsed: Parsed { credential, has_code: true, findings: Vec::new() },
        date: None,
        stamp: None,
    })
}

/// Reads a credential file.
///
/// # Errors
/// Why there is none.
fn read_file(path: &str) -> Result<Answer, Trouble> {
    let refused = |error: io::Error| {
        Trouble::File(match error.kind() {
            io::ErrorKind::NotFound => "there is no such file".to_owned(),
            io::ErrorKind::PermissionDenied => "this user may not read it".to_owned(),
            kind => kind.to_string(),
        })
    };
    let metadata = Path::new(path).metadata().map_err(refused)?;
    if !metadata.is_file() {
        let what = if metadata.is_dir() { "it is a directory" } else { "it is not a regular file" };
        return Err(Trouble::File(what.to_owned()));
    }
    let stamp = Some(stamp(&metadata));
    let mut bytes = Zeroizing::new(Vec::with_capacity(LARGEST + 1));
    let limit = u64::try_from(LARGEST).unwrap_or(u64::MAX) + 1;
    File::open(path).map_err(refused)?.take(limit).read_to_end(&mut bytes).map_err(refused)?;
    Ok(Answer { parsed: parse(&bytes)?, date: None, stamp })
}

fn stamp_of(path: &str) -> Option<Stamp> {
    Path::new(path).metadata().ok().map(|metadata| stamp(&metadata))
}

fn stamp(found: &Metadata) -> Stamp {
    let (number, mode) = metadata::number_and_mode(found);
    let modified = found.modified().ok().and_then(|time| Timestamp::try_from(time).ok());
    Stamp { modified, length: found.len(), number, mode }
}
