//! The wizard without a terminal: keys in, the screen as text out. What it wants done outside is done by the program's own
//! code, on a scripted world.

mod world;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use jiff::SignedDuration;
use ramrole::domain::chain::Evidence;
use ramrole::domain::credential::{Answer, Source, Trouble};
use ramrole::domain::moment::Moment;
use ramrole::domain::settings::{Settings, SymbolSet, ThemeName};
use ramrole::tui::app::{App, keymap};
use ramrole::tui::hit::Hit;
use ramrole::tui::look::{Look, Symbols, Theme};
use ramrole::tui::outside::Outside;
use ramrole::tui::press::Press;
use ramrole::tui::request::{Effect, Message, Msg, Report, Request, Ticket, Written};
use ramrole::tui::shared::work::Work;
use ratatui::Terminal;
use ratatui::backend::{Backend as _, TestBackend};
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use world::{Shared, World};

/// The longest that a request may take.
const PATIENCE: Duration = Duration::from_secs(60);

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
    /// Where requests are carried out, and the world that they see meanwhile.
    outside: Outside<Shared>,
    world: Shared,
    messages: UnboundedReceiver<Message>,
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
    let app = App::new(work, look, keymap(&[]).0);
    let world = Shared::new();
    let (sender, messages) = unbounded_channel();
    let World { files, drafts, sources, clients, now } = World::new();
    Driver {
        app,
        files,
        drafts,
        copied: None,
        raw: None,
        quit: false,
        hits: Vec::new(),
        sources,
        clients,
        now,
        outside: Outside::new(world.clone(), sender),
        world,
        messages,
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
        let effects = self.app.update(msg);
        for effect in effects {
            for msg in self.perform(effect) {
                self.tell(msg);
            }
        }
        self
    }

    /// Presses a key; what is wanted then of the outside is done now, and told when the user has gone on.
    pub fn late(&mut self, key: &str) -> Vec<Msg> {
        let effects = self.app.update(Msg::Press(key.parse().unwrap_or_else(|error| panic!("{error}"))));
        effects.into_iter().flat_map(|effect| self.perform(effect)).collect()
    }

    /// Tells what came back late.
    pub fn hears(&mut self, late: Vec<Msg>) -> &mut Self {
        for msg in late {
            self.tell(msg);
        }
        self
    }

    /// Does what is wanted outside; what came of it.
    pub fn perform(&mut self, effect: Effect) -> Vec<Msg> {
        match effect {
            Effect::Quit => self.quit = true,
            Effect::Mouse(_) => {}
            Effect::ShowRaw(text) => self.raw = Some(text),
            Effect::Cancel(ticket) => self.outside.cancel(ticket),
            Effect::Start(ticket, request) => {
                self.swap_world();
                let messages = self.carry_out(ticket, request);
                self.swap_world();
                return messages
                    .into_iter()
                    .map(|message| Msg::Report(self.sent_to_terminal(message)))
                    .collect();
            }
        }
        Vec::new()
    }

    /// Hands the world to the requests, or takes it back.
    fn swap_world(&mut self) {
        let mut world = self.world.lock();
        std::mem::swap(&mut world.files, &mut self.files);
        std::mem::swap(&mut world.drafts, &mut self.drafts);
        std::mem::swap(&mut world.sources, &mut self.sources);
        std::mem::swap(&mut world.clients, &mut self.clients);
        std::mem::swap(&mut world.now, &mut self.now);
    }

    fn carry_out(&mut self, ticket: Ticket, request: Request) -> Vec<Message> {
        let mut messages: Vec<Message> = self.outside.start(ticket, request).into_iter().collect();
        let begun = Instant::now();
        while !messages.iter().any(|message| message.ticket == ticket && message.is_last) {
            assert!(begun.elapsed() < PATIENCE, "a request does not end");
            match self.messages.try_recv() {
                Ok(message) => messages.push(message),
                Err(_) => std::thread::yield_now(),
            }
        }
        messages
    }

    /// What the loop makes of a text for the terminal's clipboard.
    fn sent_to_terminal(&mut self, message: Message) -> Message {
        let Report::Written(Written::ForTerminal { what, text }) = message.report else { return message };
        self.copied = Some(text.reveal().to_owned());
        let report = Report::Written(Written::Copied { what, bytes: text.reveal().len(), by: None });
        Message { report, ..message }
    }

    /// Draws the screen at a size.
    pub fn draw(&mut self, columns: u16, rows: u16) -> (Buffer, Position) {
        self.app.shared.look.size = (columns, rows);
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).expect("a terminal");
        terminal.draw(|frame| self.hits = self.app.view(frame)).expect("drawn");
        let cursor = terminal.backend_mut().get_cursor_position().expect("a cursor");
        (terminal.backend().buffer().clone(), cursor)
    }

    /// The screen at its present size, as text.
    pub fn screen(&mut self) -> String {
        let (columns, rows) = self.app.shared.look.size;
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
