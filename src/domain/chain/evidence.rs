//! What the host saw of this machine: the environment and the files, as facts. It holds no secret, so that its `Debug`
//! may be printed.

use std::collections::{BTreeMap, BTreeSet};

use super::Client;
use super::cli_file::{CliConfig, CliFile};
use super::ini::{self, Dialect, Ini};
use super::variables::{self, Environment, Fill};

/// What reading a file gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// There is no such file.
    Missing,
    /// The system's reason why it cannot be read.
    Unreadable(String),
    /// Its text.
    Text(String),
}

/// An ini file as one client reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum IniFile {
    Missing,
    Unreadable(String),
    Read(Ini),
}

/// What was seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    pub(super) environment: Environment,
    account_home: Option<String>,
    cli: BTreeMap<String, CliFile>,
    ini: BTreeMap<(Dialect, String), IniFile>,
    readable: BTreeSet<String>,
}

impl Evidence {
    /// Gathers what the clients would look at: `read` gives the text of a file, `is_readable` says whether it could.
    /// `account_home` is the home folder in the system's list of accounts.
    #[must_use]
    pub fn gather(
        environment: Environment,
        account_home: Option<String>,
        read: impl Fn(&str) -> Reading,
        is_readable: impl Fn(&str) -> bool,
    ) -> Self {
        let mut evidence = Self { environment, account_home, ..Self::default() };
        for client in Client::ALL {
            if let Some(path) = evidence.cli_path(client) {
                let file = CliFile::of(read(&path));
                evidence.cli.insert(path, file);
            }
            for (dialect, path) in evidence.ini_paths(client) {
                let file = match read(&path) {
                    Reading::Missing => IniFile::Missing,
                    Reading::Unreadable(reason) => IniFile::Unreadable(reason),
                    Reading::Text(text) => IniFile::Read(ini::parse(dialect, &text)),
                };
                evidence.ini.insert((dialect, path), file);
            }
        }
        evidence.readable = evidence.named_files().into_iter().filter(|path| is_readable(path)).collect();
        evidence
    }

    /// The same machine under another environment.
    #[must_use]
    pub(super) fn with(&self, changes: &[(&'static str, Option<String>)]) -> Self {
        Self { environment: self.environment.with(changes), ..self.clone() }
    }

    /// The files with tokens and keys that the environment and the files name.
    fn named_files(&self) -> BTreeSet<String> {
        let profiles = self.profiles().filter_map(|profile| profile.get("oidc_token_file"));
        let sections = self.ini.values().filter_map(|file| match file {
            IniFile::Read(Ok(sections)) => Some(sections),
            _ => None,
        });
        let keys = sections.flatten().flat_map(|section| {
            ["oidc_token_file_path", "private_key_file"].into_iter().filter_map(|key| section.get(key))
        });
        let variables = [variables::OIDC_FILE, variables::OTHER_OIDC_FILE];
        let variables = variables.into_iter().filter_map(|name| self.environment.get(name));
        profiles.chain(keys).chain(variables).filter_map(Fill::known).map(str::to_owned).collect()
    }

    /// Every profile of every CLI file.
    fn profiles(&self) -> impl Iterator<Item = &super::cli_file::Profile> {
        let configs = self.cli.values().filter_map(|file| match file {
            CliFile::Read(config) => Some(config),
            _ => None,
        });
        configs.flat_map(CliConfig::profiles)
    }

    /// The CLI's config file, as this client looks for it; nothing where it knows no home folder or looks for none.
    pub(super) fn cli_path(&self, client: Client) -> Option<String> {
        let config = self.environment.text(variables::CONFIG_FILE);
        match (client, config) {
            (Client::PythonLegacy, _) => None,
            (Client::Go, Some(path)) => Some(path.to_owned()),
            _ => Some(below(&self.home(client)?, ".aliyun/config.json")),
        }
    }

    /// The CLI's config file as it was read.
    pub(super) fn cli_file(&self, path: &str) -> &CliFile {
        self.cli.get(path).unwrap_or(&CliFile::Missing)
    }

    /// The ini files that this client may look at, the first that is there counts.
    fn ini_paths(&self, client: Client) -> Vec<(Dialect, String)> {
        let Some(dialect) = client.dialect() else { return Vec::new() };
        if let Some(path) = self.environment.text(variables::CREDENTIALS_FILE) {
            return vec![(dialect, path.to_owned())];
        }
        let name = match client {
            Client::Go | Client::Node => ".alibabacloud/credentials",
            _ => ".alibabacloud/credentials.ini",
        };
        // Joined the wrong way round in its source, and kept there for whoever relies on it.
        let mistaken = (client == Client::PythonLegacy).then(|| format!("/{name}"));
        let own = self.home(client).map(|home| below(&home, name));
        mistaken.into_iter().chain(own).map(|path| (dialect, path)).collect()
    }

    /// The ini file that counts for this client: the first that is there, else the last that it looks for.
    pub(super) fn ini_file(&self, client: Client) -> Option<(String, &IniFile)> {
        let mut files: Vec<_> = self
            .ini_paths(client)
            .into_iter()
            .map(|key| {
                let file = self.ini.get(&key).unwrap_or(&IniFile::Missing);
                (key.1, file)
            })
            .collect();
        let at = files.iter().position(|(_, file)| **file != IniFile::Missing);
        let last = files.len().checked_sub(1)?;
        Some(files.swap_remove(at.unwrap_or(last)))
    }

    /// Whether a file that something names can be read.
    pub(super) fn is_readable(&self, path: &str) -> bool {
        self.readable.contains(path)
    }

    fn home(&self, client: Client) -> Option<String> {
        let set = |name| self.environment.text(name).map(str::to_owned);
        let account = || self.account_home.clone();
        match client {
            Client::Python | Client::PythonLegacy => {
                set(variables::HOME).or_else(|| set(variables::HOME_PATH)).or_else(account)
            }
            Client::Node => set(variables::HOME).or_else(account),
            Client::Go => set(variables::HOME),
            Client::Java => {
                self.environment.java.home.clone().or_else(account).or_else(|| set(variables::HOME))
            }
            Client::Cli => Some(set(variables::HOME).unwrap_or_default()),
        }
    }
}

fn below(home: &str, name: &str) -> String {
    format!("{}/{name}", home.trim_end_matches('/'))
}
