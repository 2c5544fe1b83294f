//! The official clients: their names, the versions whose source was read, and where it stands.

use super::ini::Dialect;

/// An official client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Client {
    /// Python, `Client()` and the new `provider.DefaultCredentialsProvider`.
    Python,
    /// Python, the old `providers.DefaultCredentialsProvider`, which most examples import.
    PythonLegacy,
    /// Go.
    Go,
    /// Node.
    Node,
    /// Java.
    Java,
    /// The `aliyun` program.
    Cli,
}

/// What is said of a client.
struct Sheet {
    client: Client,
    key: &'static str,
    name: &'static str,
    version: &'static str,
    source: &'static str,
    dialect: Option<Dialect>,
}

const SHEETS: [Sheet; 6] = [
    Sheet {
        client: Client::Python,
        key: "python",
        name: "Python, Client()",
        version: "alibabacloud_credentials 1.0.12",
        source: "https://pypi.org/project/alibabacloud_credentials/1.0.12/ (provider/default.py)",
        dialect: Some(Dialect::Python),
    },
    Sheet {
        client: Client::PythonLegacy,
        key: "python-legacy",
        name: "Python, providers.DefaultCredentialsProvider",
        version: "alibabacloud_credentials 1.0.12",
        source: "https://pypi.org/project/alibabacloud_credentials/1.0.12/ (providers.py)",
        dialect: Some(Dialect::PythonLegacy),
    },
    Sheet {
        client: Client::Go,
        key: "go",
        name: "Go",
        version: "credentials-go 1.4.12 and two commits, 9ac55b4",
        source: "https://github.com/aliyun/credentials-go (credentials/providers/default.go)",
        dialect: Some(Dialect::Go),
    },
    Sheet {
        client: Client::Node,
        key: "node",
        name: "Node",
        version: "@alicloud/credentials 2.4.7",
        source: "https://www.npmjs.com/package/@alicloud/credentials/v/2.4.7 (src/providers/default.ts)",
        dialect: Some(Dialect::Node),
    },
    Sheet {
        client: Client::Java,
        key: "java",
        name: "Java",
        version: "credentials-java 1.0.6",
        source: "https://github.com/aliyun/credentials-java (provider/DefaultCredentialsProvider.java)",
        dialect: Some(Dialect::Java),
    },
    Sheet {
        client: Client::Cli,
        key: "cli",
        name: "aliyun CLI",
        version: "aliyun-cli 3.4.11",
        source: "https://github.com/aliyun/aliyun-cli (config/profile.go, config/configuration.go)",
        dialect: None,
    },
];

impl Client {
    /// Every client.
    pub const ALL: [Self; 6] =
        [Self::Python, Self::PythonLegacy, Self::Go, Self::Node, Self::Java, Self::Cli];

    fn sheet(self) -> &'static Sheet {
        SHEETS.iter().find(|sheet| sheet.client == self).unwrap_or(&SHEETS[0])
    }

    /// A stable word for it.
    #[must_use]
    pub fn key(self) -> &'static str {
        self.sheet().key
    }

    /// Its name, for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.sheet().name
    }

    /// The package and version whose source was read.
    #[must_use]
    pub fn version(self) -> &'static str {
        self.sheet().version
    }

    /// Where that source stands.
    #[must_use]
    pub fn source(self) -> &'static str {
        self.sheet().source
    }

    pub(super) fn dialect(self) -> Option<Dialect> {
        self.sheet().dialect
    }
}

/// A kind of step in a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Java's system properties.
    SystemProperties,
    /// Requests that carry no credential.
    Anonymous,
    /// Static keys in the environment.
    Environment,
    /// A role assumed with an OIDC token.
    Oidc,
    /// A bearer token in the environment.
    Bearer,
    /// The CLI's config file.
    CliProfile,
    /// The ini file.
    IniFile,
    /// The metadata service of ECS.
    EcsMetadata,
    /// The credential URI: the instance's role.
    Uri,
}

impl Step {
    /// A stable word for it.
    #[must_use]
    pub fn key(self) -> &'static str {
        self.words().0
    }

    /// What it is, for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.words().1
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::SystemProperties => ("system-properties", "system properties"),
            Self::Anonymous => ("anonymous", "no credential"),
            Self::Environment => ("environment", "environment"),
            Self::Oidc => ("oidc", "OIDC"),
            Self::Bearer => ("bearer", "bearer token"),
            Self::CliProfile => ("cli-profile", "CLI profile"),
            Self::IniFile => ("ini-file", "ini file"),
            Self::EcsMetadata => ("ecs-metadata", "ECS metadata"),
            Self::Uri => ("uri", "credential URI"),
        }
    }
}
