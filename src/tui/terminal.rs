//! The terminal: taken for the screens and given back as it was, whatever happens. It decides nothing.

use std::io::{self, BufWriter, Write};

use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::style::Print;
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen,
};
use crossterm::{QueueableCommand, clipboard::CopyToClipboard, cursor};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

use super::app::App;
use super::hit::Hit;
use crate::host::terminal::{Modes, is_in_foreground, own_output};

/// What is written goes out in one piece a frame.
type Out = BufWriter<Box<dyn Write>>;

/// Takes back what an editor that broke may have left: colours, insertion, margins, an origin within them, keys that
/// send something else, and lines that do not wrap.
const SOFT_RESET: &str = "\x1b[m\x1b[4l\x1b[?6l\x1b[r\x1b[?1l\x1b>\x1b[?7h";

/// Room for a frame, so that it leaves in one piece.
const FRAME: usize = 256 * 1024;

/// The terminal, taken.
pub struct Screen {
    terminal: Terminal<CrosstermBackend<Out>>,
    /// The modes that the terminal had before: who borrows it may leave others behind.
    before: Modes,
    /// Whether it is ours now.
    taken: bool,
    mouse: bool,
    /// Whether nobody knows what stands on the screen: the next frame is written whole.
    unknown: bool,
}

impl Screen {
    /// Takes the terminal.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn take(mouse: bool) -> io::Result<Self> {
        // NO_COLOR is the theme's business: the library would wipe bold and reverse with the colours.
        crossterm::style::force_color_output(true);
        let terminal = Terminal::new(CrosstermBackend::new(out()?))?;
        let before = Modes::now();
        let mut screen = Self { terminal, before, taken: false, mouse, unknown: true };
        screen.enter()?;
        Ok(screen)
    }

    /// Takes the terminal again, after it was given back.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn enter(&mut self) -> io::Result<()> {
        self.taken = true;
        crossterm::terminal::enable_raw_mode()?;
        let out = self.terminal.backend_mut();
        out.queue(EnterAlternateScreen)?.queue(Print(SOFT_RESET))?.queue(EnableBracketedPaste)?;
        if self.mouse {
            out.queue(EnableMouseCapture)?;
        }
        Write::flush(out)?;
        self.forget();
        Ok(())
    }

    /// Takes the terminal again that somebody took without being given it.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn retake(&mut self) -> io::Result<()> {
        // The library does nothing about modes that it believes to be set.
        crossterm::terminal::disable_raw_mode()?;
        self.enter()
    }

    /// Gives the terminal back as it was. Once is enough: a second time would move the cursor.
    pub fn leave(&mut self) {
        if !std::mem::take(&mut self.taken) {
            return;
        }
        // Nobody can be told if the terminal has gone.
        let _ = Write::flush(self.terminal.backend_mut());
        give_back();
        self.before.restore();
    }

    /// Draws a frame; only what changed is written, and it appears at once.
    ///
    /// # Errors
    /// When the terminal has gone.
    pub fn draw(&mut self, app: &App) -> io::Result<Vec<Hit>> {
        let mut hits = Vec::new();
        self.terminal.backend_mut().queue(BeginSynchronizedUpdate)?;
        if std::mem::take(&mut self.unknown) {
            self.terminal.backend_mut().queue(Clear(ClearType::All))?;
            self.terminal.swap_buffers();
        }
        let drawn = self.terminal.draw(|frame| hits = app.view(frame)).map(drop);
        self.terminal.backend_mut().queue(EndSynchronizedUpdate)?;
        Write::flush(self.terminal.backend_mut())?;
        drawn.map(|()| hits)
    }

    /// Forgets what is drawn: the next frame is written whole. The library's own `clear` would ask the terminal for
    /// its cursor, and wait for two seconds where none answers.
    pub fn forget(&mut self) {
        self.unknown = true;
    }

    /// The size: columns and rows.
    #[must_use]
    pub fn size(&self) -> (u16, u16) {
        self.terminal.size().map_or((80, 24), |size| (size.width, size.height))
    }

    /// Asks the terminal to put a text on its clipboard.
    ///
    /// # Errors
    /// When the terminal has gone.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        let out = self.terminal.backend_mut();
        out.queue(CopyToClipboard::to_clipboard_from(text))?;
        Write::flush(out)
    }

    /// Takes clicks, or leaves them to the terminal.
    ///
    /// # Errors
    /// When the terminal has gone.
    pub fn take_mouse(&mut self, mouse: bool) -> io::Result<()> {
        self.mouse = mouse;
        let out = self.terminal.backend_mut();
        if mouse {
            out.queue(EnableMouseCapture)?;
        } else {
            out.queue(DisableMouseCapture)?;
        }
        Write::flush(out)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.leave();
    }
}

fn out() -> io::Result<Out> {
    Ok(BufWriter::with_capacity(FRAME, Box::new(own_output()?)))
}

/// Gives the terminal back; may be called twice, from a panic too.
pub fn give_back() {
    if let Ok(mut out) = out() {
        let _ = restore(&mut out);
    }
    if is_in_foreground() {
        let _ = crossterm::terminal::disable_raw_mode();
    }
}

fn restore(out: &mut Out) -> io::Result<()> {
    out.queue(EndSynchronizedUpdate)?
        .queue(DisableMouseCapture)?
        .queue(DisableBracketedPaste)?
        .queue(LeaveAlternateScreen)?
        .queue(cursor::Show)?;
    out.flush()
}
