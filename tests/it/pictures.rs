//! The pictures of the README, drawn from the program's own screens: `RAMROLE_BLESS=1 cargo test --test it pictures`
//! draws them anew, and without it they must be what would be drawn.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use ramrole::domain::settings::ThemeName;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr as _;

use crate::driver::{Driver, with_theme};

const CONFIG: &str = "{\n  \"metadata\": {\n    \"name\": \"recsys_rank\",\n    \"instance\": 2,\n    \"workspace_id\": \"77112\"\n  },\n  \
                      \"storage\": [\n    {\n      \"mount_path\": \"/models\",\n      \"oss\": {\n        \"path\": \"oss://owl-models/\"\n      }\n    }\n  ]\n}\n";
const TRUST: &str = "{\n  \"Statement\": [\n    {\n      \"Action\": \"sts:AssumeRole\",\n      \"Effect\": \"Allow\",\n      \"Principal\": {\n        \
                     \"Service\": [\n          \"fc.aliyuncs.com\"\n        ]\n      }\n    }\n  ],\n  \"Version\": \"1\"\n}\n";
/// A picture: its name, and the keys that lead to its screen.
type Picture = (&'static str, fn(&mut Driver));

/// A cell in pixels, and the size of its letters.
const CELL: (f32, f32, u32) = (8.4, 18.0, 14);

fn driver() -> Driver {
    with_theme(ThemeName::Dark).with_file("service.json", CONFIG).with_file("trust.json", TRUST)
}

fn to_role(wizard: &mut Driver) {
    wizard
        .keys("enter down down enter")
        .types("cn-hangzhou")
        .keys("enter")
        .types("service.json")
        .keys("enter enter down");
}

fn to_plan(wizard: &mut Driver) {
    to_role(wizard);
    wizard.keys("enter down enter").types("rank").keys("enter").types("1357913579135791").keys("enter");
    wizard.types("trust.json").keys("enter space enter enter").types("alice").keys("enter space enter");
    wizard.types("owl-models").keys("enter enter enter right");
}

fn to_credentials(wizard: &mut Driver) {
    crate::screens::watch(wizard);
    wizard.keys("down down down enter").passes(760);
}

fn to_editor(wizard: &mut Driver) {
    to_role(wizard);
    wizard.keys("up enter esc esc esc ctrl-e");
}

#[test]
fn the_pictures_of_the_readme_are_those_of_the_screens() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/pictures");
    let bless = std::env::var_os("RAMROLE_BLESS").is_some_and(|value| value == "1");
    let pictures: [Picture; 4] =
        [("question", to_role), ("editor", to_editor), ("plan", to_plan), ("credentials", to_credentials)];
    for (name, go) in pictures {
        let mut wizard = driver();
        go(&mut wizard);
        let drawn = svg(&wizard.draw(120, 30).0);
        let file = folder.join(format!("{name}.svg"));
        if bless {
            fs::create_dir_all(&folder).expect("a folder");
            fs::write(&file, &drawn).expect("drawn");
        }
        assert!(fs::read_to_string(&file).unwrap_or_default() == drawn, "{} is not of today", file.display());
    }
}

fn svg(buffer: &Buffer) -> String {
    let (columns, rows) = (f32::from(buffer.area.width), f32::from(buffer.area.height));
    let (width, height) = (columns * CELL.0 + 24.0, rows * CELL.1 + 24.0);
    let mut drawn = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"ui-monospace, \
         Menlo, Consolas, 'DejaVu Sans Mono', monospace\" font-size=\"{}\">\n<rect width=\"100%\" height=\"100%\" rx=\"8\" \
         fill=\"#1a1b26\"/>\n",
        CELL.2
    );
    for y in buffer.area.top()..buffer.area.bottom() {
        let cells: Vec<&Cell> = (buffer.area.left()..buffer.area.right()).map(|x| &buffer[(x, y)]).collect();
        let mut x = 0;
        for run in cells.chunk_by(|a, b| (a.fg, a.modifier) == (b.fg, b.modifier)) {
            draw_run(&mut drawn, run, x, y);
            x += run.len();
        }
    }
    drawn.push_str("</svg>\n");
    drawn
}

fn draw_run(drawn: &mut String, run: &[&Cell], column: usize, row: u16) {
    let text: String = run.iter().map(|cell| cell.symbol()).collect();
    if text.trim().is_empty() && !run[0].modifier.contains(Modifier::UNDERLINED) {
        return;
    }
    let columns = u16::try_from(text.width()).expect("a row");
    let left = 12.0 + f32::from(u16::try_from(column).expect("a row")) * CELL.0;
    let bold = if run[0].modifier.contains(Modifier::BOLD) { " font-weight=\"bold\"" } else { "" };
    let line =
        if run[0].modifier.contains(Modifier::UNDERLINED) { " text-decoration=\"underline\"" } else { "" };
    let fill = match run[0].fg {
        Color::Rgb(red, green, blue) => format!("#{red:02x}{green:02x}{blue:02x}"),
        _ => "#c8cdda".to_owned(),
    };
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let _ = writeln!(
        drawn,
        "<text xml:space=\"preserve\" x=\"{left:.1}\" y=\"{:.0}\" textLength=\"{:.1}\" fill=\"{fill}\"{bold}{line}>{text}</text>",
        12.0 + f32::from(row) * CELL.1 + 14.0,
        f32::from(columns) * CELL.0
    );
}
