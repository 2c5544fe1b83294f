//! The wizard at work: what happens goes to the state, what the state wants is done, what changed is drawn. One
//! task owns the state; whatever takes time runs beside and comes back as a message.

use std::io;

use crossterm::event::{Event, KeyEventKind, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::app::App;
use super::guest::Guest;
use super::hit::{self, Hit};
use super::late_answer::LateAnswers;
use super::outside::Outside;
use super::press::Press;
use super::reader::Reader;
use super::request::{Effect, Message, Msg, Report, Request, Ticket, Written};
use super::signals::{Signal, Signals};
use super::terminal::Screen;
use crate::host::environment::Machine;
use crate::host::{clock, process};

/// How many rows the wheel scrolls at once.
const WHEEL: isize = 3;
/// How many events are taken before a frame is drawn: a flood must not freeze the screen.
const AT_ONCE: usize = 512;

/// The wizard with everything around it.
struct Run<'p> {
    app: App,
    screen: Screen,
    reader: Reader,
    signals: Signals,
    outside: Outside<Machine>,
    receiver: UnboundedReceiver<Message>,
    panics: &'p mut UnboundedReceiver<String>,
    hits: Vec<Hit>,
    late: LateAnswers,
    /// Who gets the terminal next.
    guest: Option<Guest>,
}

/// How the wizard ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Its user left.
    Left,
    /// A signal ended it: its number.
    Signalled(i32),
    /// The terminal has gone.
    HungUp,
    /// It broke: what is told of it.
    Panicked(String),
}

/// What the loop woke up for.
enum Woken {
    Event(io::Result<Event>),
    Message(Message),
    Signal(Signal),
    Panic(String),
    Time,
}

/// Runs the wizard until its user leaves.
///
/// # Errors
/// When the terminal cannot be taken.
pub async fn run(
    app: App,
    first: Vec<Effect>,
    machine: Machine,
    panics: &mut UnboundedReceiver<String>,
    late: LateAnswers,
) -> io::Result<Ended> {
    // Before the terminal is taken: no signal may end the program with it in hand.
    let signals = Signals::new()?;
    let screen = Screen::take(app.shared.look.mouse)?;
    let (sender, receiver) = unbounded_channel();
    let outside = Outside::new(machine, sender);
    let mut run = Run {
        app,
        screen,
        reader: Reader::new(),
        signals,
        outside,
        receiver,
        panics,
        hits: Vec::new(),
        late,
        guest: None,
    };
    run.app.shared.look.size = run.screen.size();
    // A terminal that cannot be written to has gone.
    let ended = run.work(first).await.unwrap_or(Ended::HungUp);
    // What broke the program may lie in what was changed last.
    if !matches!(ended, Ended::Panicked(_)) {
        for effect in run.app.last_words() {
            if let Effect::Start(ticket, request) = effect {
                run.outside.start(ticket, request);
            }
        }
    }
    run.outside.finish();
    run.screen.leave();
    Ok(ended)
}

impl Run<'_> {
    async fn work(&mut self, first: Vec<Effect>) -> io::Result<Ended> {
        self.draw()?;
        self.reader.resume();
        if let Some(ended) = self.perform(first)? {
            return Ok(ended);
        }
        self.draw()?;
        #[cfg(debug_assertions)]
        super::panics::provoke();
        loop {
            let woken = self.next().await;
            if let Some(ended) = self.answer(woken).await? {
                return Ok(ended);
            }
            for _ in 0..AT_ONCE {
                let Some(woken) = self.waiting().await else { break };
                if let Some(ended) = self.answer(woken).await? {
                    return Ok(ended);
                }
            }
            self.draw()?;
        }
    }

    fn draw(&mut self) -> io::Result<()> {
        self.hits = self.screen.draw(&self.app)?;
        Ok(())
    }

    /// What comes next; signals first, so that no flood of keys can keep them waiting.
    async fn next(&mut self) -> Woken {
        tokio::select! {
            biased;
            signal = self.signals.next() => Woken::Signal(signal),
            Some(report) = self.panics.recv() => Woken::Panic(report),
            Some(message) = self.receiver.recv() => Woken::Message(message),
            event = self.reader.next() => Woken::Event(event),
            () = clock::next_second(), if self.app.goes_with_time() => Woken::Time,
        }
    }

    /// What has come already, if anything has.
    async fn waiting(&mut self) -> Option<Woken> {
        tokio::select! {
            biased;
            woken = self.next() => Some(woken),
            () = std::future::ready(()) => None,
        }
    }

    /// Answers to what happened, and hands the terminal over where that follows from it.
    async fn answer(&mut self, woken: Woken) -> io::Result<Option<Ended>> {
        let ended = self.take(woken)?;
        match self.guest.take() {
            Some(guest) if ended.is_none() => self.lend(guest).await,
            _ => Ok(ended),
        }
    }

    fn take(&mut self, woken: Woken) -> io::Result<Option<Ended>> {
        match woken {
            Woken::Signal(signal) => self.signalled(signal),
            Woken::Panic(report) => Ok(Some(Ended::Panicked(report))),
            Woken::Time => self.tell(Msg::Tick(clock::now())),
            Woken::Message(Message {
                ticket,
                report: Report::Written(Written::ForTerminal { what, text }),
                ..
            }) => self.copy(ticket, what, text.reveal()),
            Woken::Message(message) => self.tell(Msg::Report(message)),
            // A terminal that gives errors has gone.
            Woken::Event(Err(_)) => Ok(Some(Ended::HungUp)),
            Woken::Event(Ok(event)) => match self.msg(event) {
                Some(msg) => self.tell(msg),
                None => Ok(None),
            },
        }
    }

    fn tell(&mut self, msg: Msg) -> io::Result<Option<Ended>> {
        let resized = matches!(msg, Msg::Size(..));
        let effects = self.app.update(msg);
        if resized {
            self.screen.forget();
        }
        self.perform(effects)
    }

    fn msg(&mut self, event: Event) -> Option<Msg> {
        match event {
            Event::Key(key) if self.late.takes(&key) => None,
            Event::Key(key) if key.kind != KeyEventKind::Release => Some(Msg::Press(Press::from(key))),
            Event::Paste(text) => Some(Msg::Paste(text)),
            Event::Resize(columns, rows) => Some(Msg::Size(columns, rows)),
            Event::Mouse(mouse) => self.mouse(mouse),
            _ => None,
        }
    }

    fn mouse(&self, mouse: MouseEvent) -> Option<Msg> {
        match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => {
                hit::at(&self.hits, Position::new(mouse.column, mouse.row)).map(Msg::Click)
            }
            MouseEventKind::ScrollDown => Some(Msg::Wheel(WHEEL)),
            MouseEventKind::ScrollUp => Some(Msg::Wheel(-WHEEL)),
            _ => None,
        }
    }

    /// Does what the state wants; what needs the terminal is done here, the rest outside.
    fn perform(&mut self, effects: Vec<Effect>) -> io::Result<Option<Ended>> {
        for effect in effects {
            match effect {
                Effect::Quit => return Ok(Some(Ended::Left)),
                Effect::Mouse(taken) => self.screen.take_mouse(taken)?,
                Effect::ShowRaw(text) => self.guest = Some(Guest::Raw(text)),
                Effect::Start(ticket, Request::EditOutside { text, name }) => {
                    self.guest = Some(Guest::Editor { ticket, text, name });
                }
                Effect::Start(ticket, request) => {
                    if let Some(message) = self.outside.start(ticket, request)
                        && let Some(ended) = self.tell(Msg::Report(message))?
                    {
                        return Ok(Some(ended));
                    }
                }
                Effect::Cancel(ticket) => self.outside.cancel(ticket),
            }
        }
        Ok(None)
    }

    /// Sends a text to the terminal's clipboard; nothing confirms that it arrives.
    fn copy(&mut self, ticket: Ticket, what: String, text: &str) -> io::Result<Option<Ended>> {
        self.screen.copy(text)?;
        let report = Report::Written(Written::Copied { what, bytes: text.len(), by: None });
        self.tell(Msg::Report(Message { ticket, is_last: true, report }))
    }

    /// Hands the terminal to somebody else until it is done.
    async fn lend(&mut self, guest: Guest) -> io::Result<Option<Ended>> {
        let left_alone = guest.is_left_alone();
        self.reader.pause();
        self.screen.leave();
        let mut result = guest.begin();
        let mut ended = None;
        let message = loop {
            tokio::select! {
                biased;
                signal = self.signals.next() => match signal {
                    Signal::Stop => process::stop(),
                    Signal::GoOn => {}
                    Signal::End(number) if left_alone && super::signals::is_of_keys(number) => {}
                    Signal::End(number) if left_alone => ended = Some(Ended::Signalled(number)),
                    Signal::End(number) => return Ok(Some(Ended::Signalled(number))),
                    Signal::HangUp => return Ok(Some(Ended::HungUp)),
                },
                message = &mut result => break message,
            }
        };
        self.screen.enter()?;
        self.reader.resume();
        // The size may have changed while nobody looked.
        self.app.shared.look.size = self.screen.size();
        let told = match message.unwrap_or(Ok(None))? {
            Some(message) => self.tell(Msg::Report(message))?,
            None => None,
        };
        Ok(told.or(ended))
    }

    fn signalled(&mut self, signal: Signal) -> io::Result<Option<Ended>> {
        match signal {
            Signal::Stop => self.guest = Some(Guest::Shell),
            Signal::GoOn => self.screen.retake()?,
            Signal::HangUp => return Ok(Some(Ended::HungUp)),
            Signal::End(number) => return Ok(Some(Ended::Signalled(number))),
        }
        Ok(None)
    }
}
