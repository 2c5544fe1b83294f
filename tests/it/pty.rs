//! A person at a real pseudo-terminal: types, looks at the screen, reads what was written, resizes, hangs up.

use std::fs;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtyPair, PtySize, SlavePty, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

use crate::program::RAMROLE;

/// How long anything may take.
pub const PATIENCE: Duration = Duration::from_secs(10);
/// How long a terminal says nothing once a screen is drawn.
const QUIET: Duration = Duration::from_millis(60);

/// What keys send.
pub mod key {
    pub const ENTER: &str = "\r";
    pub const ESC: &str = "\x1b";
    pub const DOWN: &str = "\x1b[B";
    pub const RIGHT: &str = "\x1b[C";
    pub const CTRL_C: &str = "\x03";
    pub const CTRL_E: &str = "\x05";
    pub const CTRL_Z: &str = "\x1a";
}

/// What is to be started, and in what terminal.
pub struct Setup {
    command: CommandBuilder,
    size: (u16, u16),
}

impl Setup {
    /// `ramrole` in a home of its own, with nothing of the machine's own settings.
    pub fn new(home: &Path) -> Self {
        Self::of(RAMROLE, home)
    }

    /// Another program, with `ramrole` in its path.
    pub fn of(program: &str, home: &Path) -> Self {
        let binaries = Path::new(RAMROLE).parent().expect("a folder").display();
        let mut command = CommandBuilder::new(program);
        command.env_clear();
        command.env("PATH", format!("{binaries}:/usr/local/bin:/usr/bin:/bin"));
        command.env("LC_ALL", "C.UTF-8");
        command.env("TERM", "xterm-256color");
        command.env("HOME", home);
        command.cwd(home);
        Self { command, size: (100, 30) }
    }

    pub fn arguments(mut self, arguments: &[&str]) -> Self {
        self.command.args(arguments);
        self
    }

    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    pub fn size(self, columns: u16, rows: u16) -> Self {
        Self { size: (columns, rows), ..self }
    }

    /// Nobody tells the program of a hang-up, for the terminal is not its own.
    pub fn without_controlling_terminal(mut self) -> Self {
        self.command.set_controlling_tty(false);
        self
    }

    pub fn start(self) -> Terminal {
        let PtyPair { master, slave } =
            native_pty_system().openpty(pty_size(self.size)).expect("a pseudo-terminal");
        let keys = master.take_writer().expect("a writer");
        let reader = master.try_clone_reader().expect("a reader");
        let modes = format!("{:?}", master.get_termios());
        let seen = Arc::new(Seen::new(self.size));
        let watcher = Some(seen.clone().watch(reader));
        let child = slave.spawn_command(self.command).expect("it starts");
        Terminal { master: Some(master), slave, keys: Some(keys), child, seen, watcher, modes }
    }
}

fn pty_size((cols, rows): (u16, u16)) -> PtySize {
    PtySize { rows, cols, ..PtySize::default() }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a size")
}

/// A terminal emulator of this size, columns and rows.
pub fn emulator((columns, rows): (u16, u16)) -> vt100::Parser {
    vt100::Parser::new(cells(rows), cells(columns), 1000)
}

/// What came from the program.
struct Seen {
    state: Mutex<State>,
    news: Condvar,
    stop: AtomicBool,
}

struct State {
    raw: Vec<u8>,
    emulator: vt100::Parser,
}

impl Seen {
    fn new(size: (u16, u16)) -> Self {
        let state = State { raw: Vec::new(), emulator: emulator(size) };
        Self { state: Mutex::new(state), news: Condvar::new(), stop: AtomicBool::new(false) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("the watcher lives")
    }

    fn watch(self: Arc<Self>, mut reader: Box<dyn Read + Send>) -> JoinHandle<()> {
        thread::spawn(move || {
            let mut bytes = vec![0; 1 << 16];
            while !self.stop.load(Ordering::SeqCst) {
                let Ok(count @ 1..) = reader.read(&mut bytes) else { break };
                let mut state = self.state();
                state.raw.extend_from_slice(&bytes[..count]);
                state.emulator.process(&bytes[..count]);
                self.news.notify_all();
            }
        })
    }
}

/// A terminal with a program in it.
pub struct Terminal {
    master: Option<Box<dyn MasterPty + Send>>,
    /// Held open: the modes and the last words can be read when the program has ended.
    slave: Box<dyn SlavePty + Send>,
    keys: Option<Box<dyn Write + Send>>,
    child: Box<dyn Child + Send + Sync>,
    seen: Arc<Seen>,
    watcher: Option<JoinHandle<()>>,
    /// How the terminal was before the program.
    modes: String,
}

impl Terminal {
    /// Types this, a key or many.
    pub fn send(&mut self, keys: impl AsRef<[u8]>) -> &mut Self {
        let writer = self.keys.as_mut().expect("not hung up");
        writer.write_all(keys.as_ref()).and_then(|()| writer.flush()).expect("the terminal takes keys");
        self
    }

    /// Pastes a text as terminals do.
    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.send(format!("\x1b[200~{text}\x1b[201~"))
    }

    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.seen.state().emulator.set_size(cells(rows), cells(columns));
        let master = self.master.as_ref().expect("not hung up");
        master.resize(pty_size((columns, rows))).expect("resized");
        self
    }

    pub fn signal(&mut self, signal: Signal) -> &mut Self {
        kill_process(self.pid(), signal).expect("it lives");
        self
    }

    pub fn pid(&self) -> Pid {
        let pid = self.child.process_id().and_then(|pid| i32::try_from(pid).ok());
        pid.and_then(Pid::from_raw).expect("a process")
    }

    /// The leader of the group in the foreground.
    pub fn foreground(&self) -> Option<Pid> {
        self.master.as_ref().and_then(|master| master.process_group_leader()).and_then(Pid::from_raw)
    }

    /// Waits until this stands on the screen.
    #[track_caller]
    pub fn wait(&mut self, text: &str) -> &mut Self {
        self.wait_until(&format!("{text:?} on the screen"), |screen| screen.contents().contains(text))
    }

    /// Waits until this stands on the screen no more.
    #[track_caller]
    pub fn wait_gone(&mut self, text: &str) -> &mut Self {
        self.wait_until(&format!("no {text:?} on the screen"), |screen| !screen.contents().contains(text))
    }

    #[track_caller]
    pub fn wait_until(&mut self, what: &str, holds: impl Fn(&vt100::Screen) -> bool) -> &mut Self {
        let mut state = self.seen.state();
        let end = Instant::now() + PATIENCE;
        while !holds(state.emulator.screen()) {
            let left = end.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "not in time: {what}\n{}", state.emulator.screen().contents());
            state = self.seen.news.wait_timeout(state, left).expect("the watcher lives").0;
        }
        drop(state);
        self
    }

    /// Waits until nothing more comes.
    pub fn settle(&mut self) -> &mut Self {
        let mut state = self.seen.state();
        loop {
            let (next, waited) = self.seen.news.wait_timeout(state, QUIET).expect("the watcher lives");
            if waited.timed_out() {
                break;
            }
            state = next;
        }
        self
    }

    /// How many bytes have come.
    pub fn mark(&self) -> usize {
        self.seen.state().raw.len()
    }

    /// What has come since a mark.
    pub fn since(&self, mark: usize) -> Vec<u8> {
        self.seen.state().raw[mark..].to_vec()
    }

    /// The rows of the screen.
    pub fn text(&self) -> String {
        self.seen.state().emulator.screen().contents()
    }

    /// What is said of the screen.
    pub fn look<T>(&self, at: impl FnOnce(&vt100::Screen) -> T) -> T {
        at(self.seen.state().emulator.screen())
    }

    /// Waits until the program has ended and all it wrote has come: its exit code.
    #[track_caller]
    pub fn ended(&mut self) -> u32 {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().expect("a child") {
                self.settle();
                return status.exit_code();
            }
            assert!(Instant::now() < end, "it does not end\n{}", self.text());
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// The terminal is as it was before the program.
    #[track_caller]
    pub fn assert_restored(&mut self) {
        self.settle();
        let master = self.master.as_ref().expect("not hung up");
        assert_eq!(format!("{:?}", master.get_termios()), self.modes, "the modes of the terminal");
        self.look(|screen| {
            assert!(!screen.alternate_screen(), "the main screen is back");
            assert!(!screen.hide_cursor(), "the cursor is shown");
            assert!(!screen.bracketed_paste(), "pastes are not bracketed");
            assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
            assert!(!screen.application_cursor() && !screen.application_keypad());
        });
    }

    /// Closes the terminal under the program. `wake` is a key that makes it write, so that the watcher lets go too.
    pub fn hang_up(&mut self, wake: &str) {
        self.seen.stop.store(true, Ordering::SeqCst);
        self.send(wake);
        if let Some(watcher) = self.watcher.take() {
            watcher.join().expect("the watcher lives");
        }
        self.keys = None;
        self.master = None;
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            // A test has failed, or wants it so.
            let _ = kill_process(self.pid(), Signal::KILL);
            let _ = self.child.wait();
        }
        let _ = &self.slave;
    }
}

/// What the system says of a process.
pub struct Process {
    folder: PathBuf,
}

impl Process {
    /// Of this one; `None` where the system has no such folder.
    pub fn of(terminal: &Terminal) -> Option<Self> {
        let folder = PathBuf::from(format!("/proc/{}", terminal.pid().as_raw_nonzero()));
        if !folder.join("stat").exists() {
            eprintln!("left out: this system has no /proc");
            return None;
        }
        Some(Self { folder })
    }

    fn stat(&self) -> Vec<String> {
        let stat = fs::read_to_string(self.folder.join("stat")).unwrap_or_default();
        let fields = stat.rsplit_once(") ").map_or("", |(_, fields)| fields);
        fields.split(' ').map(str::to_owned).collect()
    }

    /// `R`, `S`, `T` for stopped, `Z` for ended.
    pub fn state(&self) -> String {
        self.stat().first().cloned().unwrap_or_default()
    }

    /// Waits for a state.
    #[track_caller]
    pub fn wait(&self, state: &str, patience: Duration) {
        let end = Instant::now() + patience;
        while self.state() != state {
            assert!(Instant::now() < end, "{} instead of {state} after {patience:?}", self.state());
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// Time on a processor, to ten milliseconds; also of one that has ended and was not asked for yet.
    pub fn ticks(&self) -> u64 {
        let stat = self.stat();
        [11, 12].into_iter().filter_map(|field| stat.get(field)?.parse::<u64>().ok()).sum()
    }

    /// Time on a processor of the threads that live, in nanoseconds, and how often they were put to sleep.
    pub fn use_of_threads(&self) -> (u64, u64) {
        let threads = fs::read_dir(self.folder.join("task")).expect("threads");
        let number = |text: Option<&str>| text.and_then(|text| text.trim().parse::<u64>().ok()).unwrap_or(0);
        let each = threads.filter_map(Result::ok).map(|thread| {
            let scheduled = fs::read_to_string(thread.path().join("schedstat")).unwrap_or_default();
            let status = fs::read_to_string(thread.path().join("status")).unwrap_or_default();
            let sleeps = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
            (number(scheduled.split(' ').next()), number(sleeps))
        });
        each.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
    }
}
