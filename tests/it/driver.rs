//! The wizard without a terminal: keys in, the screen as text out. Files, drafts and the clipboard are maps, so that
//! nothing of the machine is read or written.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use jiff::tz::TimeZone;
use ramrole::domain::chain::Evidence;
use ramrole::domain::credential::{Answer, Found, Reach, Reading, Source, Trouble};
use ramrole::domain::moment::Moment;
use ramrole::domain::path::Completion;
use ramrole::domain::settings::{Settings, SymbolSet, ThemeName};
use ramrole::tui::app::App;
use ramrole::tui::effect::{Effect, Msg, Outcome, WriteProblem};
use ramrole::tui::hit::Hit;
use ramrole::tui::keys::Keymap;
use ramrole::tui::look::{Look, Symbols, Theme};
use ramrole::tui::outside::outcome_of;
use ramrole::tui::press::Press;
use ramrole::tui::work::Work;
use ratatui::Terminal;
use ratatui::backend::{Backend as _, TestBackend};
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

/// The wizard with the outside that it sees.
pub struct Driver {
    pub app: App,
    pub files: BTreeMap<String, String>,
    pub drafts: BTreeMap<String, String>,
    /// The last text that was copied.
    pub copied: Option<String>,
    /// The last text that was shown raw.
    pub raw: Option<String>,
    /// Whether the wizard wanted to end.
    pub quit: bool,
    /// Where a click would lead on the last screen.
    pub hits: Vec<Hit>,
    /// The sources of credentials, with what each answers.
    pub sources: Vec<(Source, Result<Answer, Trouble>)>,
    /// What the official clients would look at.
    pub clients: Evidence,
    /// What the clocks say.
    pub now: Moment,
}

/// A wizard at its start.
pub fn wizard() -> Driver {
    with_theme(ThemeName::Terminal)
}

/// A wizard in a theme.
pub fn with_theme(theme: ThemeName) -> Driver {
    let look = Look {
        theme: Theme::named(theme),
        symbols: Symbols::named(SymbolSet::Unicode, true),
        size: (120, 36),
        mouse: true,
        preview: true,
    };
    let work = Work::new(String::new(), "/place".to_owned(), Settings::default());
    let work = Work { home: "/home/owl".to_owned(), ..work };
    let app = App::new(work, look, Keymap::default());
    Driver {
        app,
        files: BTreeMap::new(),
        drafts: BTreeMap::new(),
        copied: None,
        raw: None,
        quit: false,
        hits: Vec::new(),
        sources: Vec::new(),
        clients: Evidence::default(),
        now: Moment { wall: "2026-11-25T14:02:31Z".parse().expect("a time"), steady: SignedDuration::ZERO },
    }
}

impl Driver {
    /// With a file that can be read.
    pub fn with_file(mut self, path: &str, text: &str) -> Self {
        self.files.insert(path.to_owned(), text.to_owned());
        self
    }

    /// Presses keys, by their names with spaces between.
    pub fn keys(&mut self, names: &str) -> &mut Self {
        for name in names.split_whitespace() {
            let press: Press = name.parse().unwrap_or_else(|error| panic!("{error}"));
            self.tell(Msg::Press(press));
        }
        self
    }

    /// Types a text, a character at a time.
    pub fn types(&mut self, text: &str) -> &mut Self {
        for character in text.chars() {
            self.tell(Msg::Press(Press::plain(crossterm::event::KeyCode::Char(character))));
        }
        self
    }

    /// Lets seconds pass, telling each of them.
    pub fn passes(&mut self, seconds: i64) -> &mut Self {
        for _ in 0..seconds {
            self.tell(Msg::Tick(self.now.after(SignedDuration::from_secs(1))));
        }
        self
    }

    /// Pastes a text as one.
    pub fn pastes(&mut self, text: &str) -> &mut Self {
        self.tell(Msg::Paste(text.to_owned()))
    }

    /// Tells what happened, and does what follows until nothing does.
    pub fn tell(&mut self, msg: Msg) -> &mut Self {
        if let Msg::Tick(now) = &msg {
            self.now = *now;
        }
        let mut waiting: Vec<Msg> = vec![msg];
        while let Some(msg) = waiting.pop() {
            for effect in self.app.update(msg) {
                waiting.extend(self.perform(effect).map(Msg::Outside));
            }
        }
        self
    }

    /// Does what is wanted outside; what came of it.
    pub fn perform(&mut self, effect: Effect) -> Option<Outcome> {
        match effect {
            Effect::Quit => self.quit = true,
            Effect::Mouse(_) => {}
            Effect::ShowRaw(text) => self.raw = Some(text),
            Effect::KeepDraft { name, text } => {
                let fresh = name.is_empty();
                let name = if fresh { "draft".to_owned() } else { name };
                self.drafts.insert(name.clone(), text);
                return Some(if fresh { Outcome::Named(name) } else { Outcome::Kept(Ok(())) });
            }
            Effect::RenameDraft { from, to } => {
                let result = if self.drafts.contains_key(&to) {
                    Err(format!("the draft {to} exists already"))
                } else {
                    let moved = self.drafts.remove(&from);
                    self.drafts.extend(moved.map(|text| (to.clone(), text)));
                    Ok(())
                };
                return Some(Outcome::Renamed { to, result });
            }
            Effect::DropDraft(name) => {
                self.drafts.remove(&name);
            }
            Effect::ListDrafts => {
                let listed = self.drafts.keys().map(|name| (name.clone(), "a draft".to_owned()));
                return Some(Outcome::Drafts(listed.collect()));
            }
            Effect::OpenDraft(name) => {
                let result = self.drafts.get(&name).cloned().ok_or_else(|| "no such draft".to_owned());
                return Some(Outcome::Draft { name, result });
            }
            Effect::Read { path, why } => {
                let result = self.files.get(&path).cloned().ok_or_else(|| format!("cannot read {path}"));
                return Some(Outcome::Read { path, why, result });
            }
            Effect::Complete(typed) => {
                let matching = self.files.keys().filter(|name| name.starts_with(&typed)).cloned();
                let completions = matching.map(|text| Completion { text, is_folder: false }).collect();
                return Some(Outcome::Completed { typed, completions });
            }
            Effect::Copy { what, text } => {
                let bytes = text.reveal().len();
                self.copied = Some(text.reveal().to_owned());
                return Some(Outcome::Copied { what, bytes, by: None });
            }
            Effect::Write { path, text, replace, before, why, .. } => {
                let now = self.files.get(&path);
                let changed =
                    now.is_some_and(|now| before.is_some_and(|before| before != *now) && text != *now);
                let result = match now {
                    Some(_) if !replace => Err(WriteProblem::Exists(text)),
                    Some(_) if changed => Err(WriteProblem::Changed(text)),
                    _ => Ok(text),
                };
                if let Ok(text) = &result {
                    self.files.insert(path.clone(), text.clone());
                }
                return Some(Outcome::Wrote { path, why, result, remark: None });
            }
            Effect::WriteAll { folder, files, .. } => {
                let count = files.len();
                self.files
                    .extend(files.into_iter().map(|(name, text, _)| (format!("{folder}/{name}"), text)));
                return Some(Outcome::WroteAll { folder, result: Ok(count), remark: None });
            }
            Effect::FindCredentials(given) => {
                let sources = self.sources.iter().map(|(source, _)| source.clone()).collect();
                let here = Found { sources, trouble: None, reach: Reach::Loopback, given: false };
                let zone = TimeZone::posix("CST-8").expect("a zone");
                let found = given.unwrap_or(here);
                let seen = Box::new(self.clients.clone());
                return Some(Outcome::FoundCredentials { found, zone, now: self.now, seen });
            }
            Effect::ReadCredential { due, .. } => {
                let answer = self.sources.iter().find(|(source, _)| *source == due.source);
                let result = answer.map_or(Err(Trouble::TimedOut), |(_, result)| result.clone());
                let reading = Some(Box::new(Reading { at: self.now, result }));
                return Some(Outcome::ReadCredential { due, reading, now: self.now });
            }
            Effect::EditOutside { text, .. } => return Some(Outcome::Edited(Ok((text, true)))),
            slow => return outcome_of(slow),
        }
        None
    }

    /// Draws the screen at a size.
    pub fn draw(&mut self, columns: u16, rows: u16) -> (Buffer, Position) {
        self.app.look.size = (columns, rows);
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).expect("a terminal");
        terminal.draw(|frame| self.hits = self.app.view(frame)).expect("drawn");
        let cursor = terminal.backend_mut().get_cursor_position().expect("a cursor");
        (terminal.backend().buffer().clone(), cursor)
    }

    /// The screen at its present size, as text.
    pub fn screen(&mut self) -> String {
        let (columns, rows) = self.app.look.size;
        text_of(&self.draw(columns, rows).0)
    }

    /// Says that the screen shows a text.
    #[track_caller]
    pub fn sees(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(screen.contains(text), "{text:?} is not on the screen:\n{screen}");
        self
    }

    /// Says that the screen does not show a text.
    #[track_caller]
    pub fn misses(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(!screen.contains(text), "{text:?} is on the screen:\n{screen}");
        self
    }
}

/// The lines of a screen, without the spaces at their ends.
pub fn text_of(buffer: &Buffer) -> String {
    let area = buffer.area;
    let row = |y: u16| {
        let (mut line, mut skip) = (String::new(), 0);
        for x in area.left()..area.right() {
            let symbol = buffer[(x, y)].symbol();
            if skip == 0 {
                line.push_str(symbol);
            }
            skip = if skip > 0 {
                skip - 1
            } else {
                unicode_width::UnicodeWidthStr::width(symbol).saturating_sub(1)
            };
        }
        format!("{}\n", line.trim_end())
    };
    (area.top()..area.bottom()).map(row).collect()
}

/// Says that every wide character has its two columns to itself.
#[track_caller]
pub fn assert_whole(buffer: &Buffer) {
    let area = buffer.area;
    for y in area.top()..area.bottom() {
        let mut x = area.left();
        while x < area.right() {
            let columns = unicode_width::UnicodeWidthStr::width(buffer[(x, y)].symbol()).max(1);
            for _ in 1..columns {
                x += 1;
                let covered = area.right() > x && buffer[(x, y)].symbol() == " ";
                assert!(covered, "a wide character is cut at {x}, {y}:\n{}", text_of(buffer));
            }
            x += 1;
        }
    }
}
