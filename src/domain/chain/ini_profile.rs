//! The step that reads the ini file: what the new SDKs make of a section, and what the legacy Python client does.

use super::evidence::IniFile;
use super::ini::Section;
use super::mode::{Key, Mode, STS, Then, only, or};
use super::outcome::{Origin, Outcome};
use super::variables::{self as names, Fill};
use super::{Client, Look};
use crate::messages::credential::SwitchedOff;

const ID: Key = only("access_key_id");
const SECRET: Key = only("access_key_secret");
const ID_OR: Key = or("access_key_id", names::KEY_ID);
const SECRET_OR: Key = or("access_key_secret", names::KEY_SECRET);
const ROLE: Key = only("role_arn");
const ROLE_OR: Key = or("role_arn", names::ROLE_ARN);
const SESSION: Key = only("role_session_name");

const KEY_PAIR: Mode = Mode {
    name: "rsa_key_pair",
    needs: &[only("public_key_id"), only("private_key_file")],
    then: Then::AsksWithFile("private_key_file"),
};

const PYTHON: &[Mode] = &[
    Mode { name: "access_key", needs: &[ID_OR, SECRET_OR], then: Then::Wins },
    Mode { name: "ram_role_arn", needs: &[ID_OR, SECRET_OR, ROLE_OR], then: STS },
    Mode {
        name: "oidc_role_arn",
        needs: &[
            ROLE_OR,
            or("oidc_provider_arn", names::OIDC_PROVIDER),
            or("oidc_token_file_path", names::OIDC_FILE),
        ],
        then: Then::AsksWithFile("oidc_token_file_path"),
    },
    Mode { name: "ecs_ram_role", needs: &[], then: Then::Metadata },
    KEY_PAIR,
];

const NODE: &[Mode] = &[
    Mode { name: "access_key", needs: &[ID_OR, SECRET_OR], then: Then::Wins },
    Mode { name: "ecs_ram_role", needs: &[], then: Then::Metadata },
    Mode { name: "ram_role_arn", needs: &[ID_OR, SECRET_OR, ROLE_OR], then: STS },
];

const GO: &[Mode] = &[
    Mode { name: "access_key", needs: &[ID, SECRET], then: Then::Wins },
    Mode { name: "ecs_ram_role", needs: &[only("role_name")], then: Then::Metadata },
    Mode { name: "ram_role_arn", needs: &[ID, SECRET, ROLE, SESSION], then: STS },
];

/// Java and the legacy Python client: whatever type they do not know is an `AccessKey` for them.
const OLD: &[Mode] = &[
    Mode { name: "ram_role_arn", needs: &[ID, SECRET, SESSION, ROLE], then: STS },
    Mode {
        name: "oidc_role_arn",
        needs: &[ROLE, only("oidc_provider_arn"), or("oidc_token_file_path", names::OIDC_FILE)],
        then: Then::AsksWithFile("oidc_token_file_path"),
    },
    KEY_PAIR,
    Mode { name: "ecs_ram_role", needs: &[only("role_name")], then: Then::Metadata },
];

const ANY_OTHER: Mode = Mode { name: "", needs: &[ID, SECRET], then: Then::Wins };

/// The path by which a variable tells clients to read no file.
const NO_FILE: &str = "/dev/null";

pub(super) fn judge(look: Look<'_>) -> Outcome {
    let environment = &look.seen.environment;
    let is_old = matches!(look.client, Client::Java | Client::PythonLegacy);
    if is_old && environment.get(names::CREDENTIALS_FILE) == Some(&Fill::Empty) {
        let origin = Origin::Variables(vec![names::CREDENTIALS_FILE]);
        return broken(look, format!("{} is empty", names::CREDENTIALS_FILE), origin);
    }
    let Some((path, file)) = look.seen.ini_file(look.client) else {
        return Outcome::passes("no home folder is known");
    };
    match file {
        IniFile::Missing if path == NO_FILE => {
            Outcome::passes(SwitchedOff { variable: names::CREDENTIALS_FILE, path })
        }
        IniFile::Missing => Outcome::passes(format!("{path} does not exist")),
        IniFile::Unreadable(reason) => unreadable(look, path, reason),
        IniFile::Read(Err((line, what))) => {
            broken(look, format!("{path}:{line}: {what}"), Origin::File { path })
        }
        IniFile::Read(Ok(sections)) => {
            let wanted = section_name(look);
            match sections.iter().find(|section| section.name == wanted) {
                Some(section) => Reader { look, path: &path, section }.judge(),
                None => Outcome::passes(format!("{path} has no section [{wanted}]")),
            }
        }
    }
}

/// The section that is looked for; Python and Java take an empty variable for a name.
fn section_name(look: Look<'_>) -> &str {
    match look.seen.environment.get(names::PROFILE) {
        Some(Fill::Empty) if !matches!(look.client, Client::Go | Client::Node) => "",
        other => other.and_then(Fill::known).unwrap_or("default"),
    }
}

/// What a client does that cannot go on: the legacy one ends the chain, the others ask the next step.
fn broken(look: Look<'_>, why: String, origin: Origin) -> Outcome {
    if look.client == Client::PythonLegacy { Outcome::fails(why, origin) } else { Outcome::passes(why) }
}

/// Python's reader takes a file that it may not open for none; one that is no UTF-8 is an error.
fn unreadable(look: Look<'_>, path: String, reason: &str) -> Outcome {
    let why = format!("{path} cannot be read: {reason}");
    if reason.contains("UTF-8") { broken(look, why, Origin::File { path }) } else { Outcome::passes(why) }
}

/// A section and who reads it.
struct Reader<'e> {
    look: Look<'e>,
    path: &'e str,
    section: &'e Section,
}

impl Reader<'_> {
    fn judge(&self) -> Outcome {
        if self.look.client == Client::Java
            && !self.section.text("enable").is_some_and(|text| text.eq_ignore_ascii_case("true"))
        {
            return Outcome::passes(self.said("enable is not true, which Java asks for"));
        }
        let Some(name) = self.section.text("type") else {
            return self.broken("it has no type");
        };
        let (modes, any_other) = match self.look.client {
            Client::Python => (PYTHON, None),
            Client::Node => (NODE, None),
            Client::Go => (GO, None),
            _ => (OLD, Some(&ANY_OTHER)),
        };
        let Some(mode) = modes.iter().find(|mode| mode.name == name).or(any_other) else {
            return self.broken(&format!("its type {name} is none that this client reads"));
        };
        match mode.needs.iter().find(|key| !self.has(key)) {
            // Without keys the legacy client finds nothing, and goes on.
            Some(lack) if mode.then == Then::Wins => {
                Outcome::passes(self.said(&format!("it lacks {}", lack.name)))
            }
            Some(lack) => self.broken(&format!("it lacks {}", lack.name)),
            None => self.finish(mode),
        }
    }

    fn finish(&self, mode: &Mode) -> Outcome {
        let asks = |who: &str| Outcome::asks(self.said(&format!("{}: {who}", mode.name)), self.origin());
        match mode.then {
            Then::Metadata if self.is_switched_off() => {
                Outcome::passes(self.said("the metadata service of ECS is switched off"))
            }
            Then::Metadata => asks("the metadata service of ECS is asked"),
            Then::AsksWithFile(key) => {
                let own = self.section.text(key);
                let path = own.or(self.look.seen.environment.text(names::OIDC_FILE)).unwrap_or_default();
                if self.look.seen.is_readable(path) {
                    asks("STS is asked")
                } else {
                    self.broken(&format!("the file {path} cannot be read"))
                }
            }
            Then::Asks(who) => asks(who),
            Then::Wins | Then::Chain | Then::OAuth => {
                Outcome::wins(self.said("its keys are taken"), self.origin())
            }
        }
    }

    /// Whether the section, or the variable that fills in, has a key. The legacy client lets none fill in, Go is content
    /// with an empty role name, and Java fills in only for what is missing.
    fn has(&self, key: &Key) -> bool {
        let fill = self.section.get(key.name);
        let fills_in = key.variable.is_some_and(|name| self.look.seen.environment.is_set(name));
        match self.look.client {
            _ if self.section.is_set(key.name) => true,
            Client::Go => fill.is_some() && key.name == "role_name",
            Client::Java => fill.is_none() && fills_in,
            Client::PythonLegacy => false,
            _ => fills_in,
        }
    }

    /// Whether the switch of the environment holds here; the legacy client does not know it.
    fn is_switched_off(&self) -> bool {
        self.look.client != Client::PythonLegacy && self.look.seen.environment.is_true(names::ECS_DISABLED)
    }

    fn said(&self, what: &str) -> String {
        format!("{}:{} [{}]: {what}", self.path, self.section.line, self.section.name)
    }

    fn broken(&self, what: &str) -> Outcome {
        broken(self.look, self.said(what), self.origin())
    }

    fn origin(&self) -> Origin {
        Origin::Section {
            path: self.path.to_owned(),
            line: self.section.line,
            name: self.section.name.clone(),
        }
    }
}
