//! The screens as files, to be looked at in a review: text, and below it the styles by row. `RAMROLE_BLESS=1` writes
//! what is found as what is expected.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use jiff::SignedDuration;
use ramrole::domain::chain::{Environment, Evidence, Reading};
use ramrole::domain::credential::{Source, parse};
use ramrole::domain::settings::ThemeName;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Color;

use crate::credential::{answer, body, service};
use crate::driver::{Driver, text_of, with_theme};

const CONFIG: &str = "{\n  \"metadata\": {\n    \"name\": \"night_owl\",\n    \"instance\": 2,\n    \"workspace_id\": \"77112\"\n  },\n  \
                      \"token\": \"canary-s3cr3t\",\n  \"storage\": [\n    {\n      \"mount_path\": \"/模型\",\n      \"oss\": {\n        \
                      \"path\": \"oss://owl-models/\"\n      }\n    }\n  ]\n}\n";
const TRUST: &str = "{\n  \"Statement\": [\n    {\n      \"Action\": \"sts:AssumeRole\",\n      \"Effect\": \"Allow\",\n      \"Principal\": {\n        \
                     \"Service\": [\n          \"fc.aliyuncs.com\"\n        ]\n      }\n    }\n  ],\n  \"Version\": \"1\"\n}\n";
const BROKEN: &str = "{\n  \"metadata\": {\n    \"name\": \"owl\"\n    \"instance\": 1\n  }\n}\n";

/// A screen: its name, and the keys that lead to it.
type Story = (&'static str, fn(&mut Driver));

const STORIES: &[Story] = &[
    ("home", |_| ()),
    ("home-filter", |wizard| {
        wizard.keys("/").types("cre");
    }),
    ("check-filter", |wizard| {
        wizard.keys("down enter").types("broken.json").keys("enter /").types("com");
    }),
    ("choice", |wizard| to_role(wizard)),
    ("choice-custom", |wizard| {
        to_role(wizard);
        wizard.keys("down");
    }),
    ("text-mistake", |wizard| {
        wizard.keys("enter enter").types("cn hangzhou");
    }),
    ("document", |wizard| {
        wizard.keys("enter down down enter").types("cn-hangzhou").keys("enter").types("ser").keys("down");
    }),
    ("trust-policy", |wizard| {
        to_trust(wizard);
        wizard.types("trust.json").keys("down");
    }),
    ("several", |wizard| {
        to_policies(wizard);
        wizard.keys("space down");
    }),
    ("editor", |wizard| {
        wizard
            .keys("enter down down enter")
            .types("cn-hangzhou")
            .keys("enter")
            .types("service.json")
            .keys("ctrl-e");
    }),
    ("editor-mistake", |wizard| {
        wizard
            .keys("enter down down enter")
            .types("cn-hangzhou")
            .keys("enter")
            .types("broken.json")
            .keys("ctrl-e ctrl-g");
    }),
    ("plan-summary", to_plan),
    ("plan-trust", |wizard| {
        to_plan(wizard);
        wizard.keys("right");
    }),
    ("plan-config-changes", |wizard| {
        to_plan(wizard);
        wizard.keys("right right right d");
    }),
    ("plan-findings", |wizard| {
        to_plan(wizard);
        wizard.keys("left");
    }),
    ("plan-write", |wizard| {
        to_plan(wizard);
        wizard.keys("w");
    }),
    ("plan-save", |wizard| {
        to_plan(wizard);
        wizard.keys("right s");
    }),
    ("keys", |wizard| {
        to_plan(wizard);
        wizard.keys("?");
    }),
    ("palette", |wizard| {
        to_plan(wizard);
        wizard.keys(":");
    }),
    ("check", |wizard| {
        wizard.keys("down enter").types("broken.json").keys("enter");
    }),
    ("credentials", |wizard| {
        watch(wizard);
        wizard.keys("down down down enter").passes(95);
    }),
    ("credentials-clients", |wizard| {
        watch(wizard);
        wizard.keys("down down down enter w");
    }),
    ("credentials-secrets", |wizard| {
        watch(wizard);
        wizard.keys("down down down enter x").types("show").keys("enter");
    }),
    ("explain", |wizard| {
        wizard.keys("down down enter").pastes("check permission for ram role failed").keys("enter");
    }),
];

/// Two sources of a credential whose renewals were seen, and one that is broken.
pub fn watch(wizard: &mut Driver) {
    let gives =
        |wizard: &Driver, number| answer(&body(wizard.now.wall + SignedDuration::from_mins(60), number));
    let file = |path: &str| Source::File(path.to_owned());
    let first = gives(wizard, 1);
    let broken = parse(b"{\"AccessKeyId\": \"STS.x\" \"SecurityToken\" }").expect_err("broken");
    wizard.sources = vec![
        (service(), Ok(first.clone())),
        (file("/mnt/.alibabacloud/credentials"), Ok(first)),
        (file("/etc/ram/credentials"), Err(broken)),
    ];
    wizard.clients = clients();
    wizard.keys("down down down enter");
    for number in 2..6 {
        wizard.passes(45 * 60);
        let next = gives(wizard, number);
        wizard.sources[0].1 = Ok(next.clone());
        wizard.sources[1].1 = Ok(next);
    }
    wizard.passes(60).keys("esc");
}

/// A machine whose ini file comes before the URI for Node and Go.
pub fn clients() -> Evidence {
    let variables = [("HOME", "/home/owl"), ("ALIBABA_CLOUD_CREDENTIALS_URI", "http://localhost:7002/x")];
    let value =
        |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
    let ini = "[default]\ntype = access_key\naccess_key_id = made-up\naccess_key_secret = made-up\n";
    let read = |path: &str| {
        if path == "/home/owl/.alibabacloud/credentials" {
            Reading::Text(ini.to_owned())
        } else {
            Reading::Missing
        }
    };
    Evidence::gather(Environment::of(value), None, read, |_| false)
}

fn to_role(wizard: &mut Driver) {
    wizard
        .keys("enter down down enter")
        .types("cn-hangzhou")
        .keys("enter")
        .types("service.json")
        .keys("enter enter");
}

fn to_trust(wizard: &mut Driver) {
    to_role(wizard);
    wizard
        .keys("down enter down enter")
        .types("night-owl")
        .keys("enter")
        .types("1357913579135791")
        .keys("enter");
}

fn to_policies(wizard: &mut Driver) {
    to_trust(wizard);
    wizard.types("trust.json").keys("enter");
}

fn to_plan(wizard: &mut Driver) {
    to_policies(wizard);
    wizard
        .keys("space enter enter")
        .types("alice")
        .keys("enter space enter")
        .types("owl-models")
        .keys("enter enter enter");
}

fn driver(theme: ThemeName) -> Driver {
    with_theme(theme)
        .with_file("service.json", CONFIG)
        .with_file("trust.json", TRUST)
        .with_file("broken.json", BROKEN)
}

/// The style of a cell in a word or two; nothing for plain text.
fn style(cell: &Cell) -> String {
    let mut words = String::new();
    for (name, colour) in [("", cell.fg), ("on ", cell.bg)] {
        if colour != Color::Reset {
            let _ = write!(words, "{name}{colour} ");
        }
    }
    if !cell.modifier.is_empty() {
        let _ = write!(words, "{:?}", cell.modifier);
    }
    words.trim_end().to_owned()
}

/// The runs of one style, by row.
fn styles(buffer: &Buffer) -> String {
    let mut told = String::new();
    for y in buffer.area.top()..buffer.area.bottom() {
        let cells: Vec<String> =
            (buffer.area.left()..buffer.area.right()).map(|x| style(&buffer[(x, y)])).collect();
        let mut at = 0;
        for run in cells.chunk_by(|a, b| a == b) {
            if !run[0].is_empty() {
                let _ = writeln!(told, "{y:>3}: {at}..{} {}", at + run.len(), run[0]);
            }
            at += run.len();
        }
    }
    told
}

#[test]
fn the_screens_are_as_they_were_looked_at() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/screens");
    let bless = std::env::var_os("RAMROLE_BLESS").is_some_and(|value| value == "1");
    let mut differ = Vec::new();
    let sizes = [
        (40, 12, ThemeName::Terminal),
        (80, 24, ThemeName::Terminal),
        (120, 36, ThemeName::Terminal),
        (200, 60, ThemeName::Terminal),
        (80, 24, ThemeName::None),
        (120, 36, ThemeName::None),
    ];
    for (name, go) in STORIES {
        for (columns, rows, theme) in sizes {
            let mut wizard = driver(theme);
            wizard.app.shared.look.size = (columns, rows);
            go(&mut wizard);
            let (buffer, _) = wizard.draw(columns, rows);
            let text = text_of(&buffer);
            assert!(!text.contains("canary"), "{name} shows a secret:\n{text}");
            let plain = if theme == ThemeName::None { "-no-color" } else { "" };
            let file = folder.join(format!("{name}-{columns}x{rows}{plain}.txt"));
            let found = format!("{text}\n{}", styles(&buffer));
            if bless {
                fs::create_dir_all(&folder).expect("a folder");
                fs::write(&file, &found).expect("blessed");
            } else if fs::read_to_string(&file).unwrap_or_default() != found {
                differ.push(format!("## {}\n{text}", file.display()));
            }
        }
    }
    assert!(
        differ.is_empty(),
        "{} screens differ (RAMROLE_BLESS=1 takes them):\n{}",
        differ.len(),
        differ.concat()
    );
}

#[test]
fn without_colours_nothing_is_coloured() {
    for (name, go) in STORIES {
        let mut wizard = driver(ThemeName::None);
        go(&mut wizard);
        let (buffer, _) = wizard.draw(120, 36);
        let coloured =
            buffer.content().iter().find(|cell| cell.fg != Color::Reset || cell.bg != Color::Reset);
        assert!(coloured.is_none(), "{name}: {coloured:?}");
    }
}

#[test]
fn rules_stand_in_one_column_beside_wide_characters() {
    let mut wizard = driver(ThemeName::Terminal);
    to_role(&mut wizard);
    let (buffer, _) = wizard.draw(120, 36);
    let columns = |y: u16| (0..120).filter(|x| buffer[(*x, y)].symbol() == "│").collect::<Vec<u16>>();
    let first = columns(3);
    assert_eq!(first.len(), 2);
    assert!((3..33).all(|y| columns(y) == first), "{}", text_of(&buffer));
}
