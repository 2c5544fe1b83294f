//! Accepts connections from permitted users, and limits their number, their duration and the size of request heads. It
//! does not create responses.

use std::cell::Cell;
use std::convert::Infallible;
use std::io;
use std::rc::Rc;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet, yield_now};
use tokio::time::{Duration, Instant, sleep, timeout};

use super::Shared;
use super::answer::answer;
use super::impatient::Impatient;
use crate::domain::serve::{Body, Seat, to_close};
use crate::host::peers::Peers;
use crate::host::process::open_files_limit;

/// How many connections are served at once; for a new one, an old one is closed.
const AT_ONCE: usize = 256;
/// How many open files are reserved for everything else: the source, files, the command.
const OTHER_FILES: usize = 48;
/// How long the head of a request may take, the wait for it included.
const HEAD: Duration = Duration::from_secs(5);
/// How long a connection may last.
const WHOLE: Duration = Duration::from_secs(300);
/// How large a head may be, in bytes.
const LARGEST_HEAD: usize = 16 << 10;
/// How long to wait after the system refuses a connection and no other connection can be closed for it.
const REFUSED: Duration = Duration::from_millis(50);

/// How long a new connection is not closed for another one, because its request may be on the way. Even so, a thousand
/// waiting connections are accepted within half a second, with only 256 descriptors.
const FRESH: Duration = Duration::from_millis(60);
/// The interval at which a new connection checks whether an old one has ended or can be closed.
const WAIT: Duration = Duration::from_millis(4);
/// How many connections are closed for others before the remaining ones are read. With a thousand connections, each has
/// about 25 ms to send its request, and waits for at most half a second.
const CLOSED_AT_ONCE: u32 = 8;
const BREATH: Duration = Duration::from_millis(1);

/// How many requests of one connection are processed before another connection gets its turn: a client may send many at
/// once.
const IN_A_ROW: u64 = 4;

/// Accepts and serves connections until it is dropped.
pub async fn accept(listeners: &[TcpListener], peers: Option<&Peers>, shared: &Rc<Shared>) {
    let mut room = Room::new();
    let mut closed = 0;
    loop {
        let stream = match next(listeners).await {
            Ok(stream) => stream,
            Err(error) if is_of_the_caller(&error) => continue,
            Err(_) => {
                // No descriptor or memory is left: a connection is closed for the one that waits.
                if room.close_one(None) {
                    yield_now().await;
                } else {
                    sleep(REFUSED).await;
                }
                continue;
            }
        };
        let Ok(user) = admit(&stream, peers, shared) else {
            // The system then discards the connection at once; if this fails, the system keeps it for about a minute.
            let _ = stream.set_zero_linger();
            continue;
        };
        let is_crowded = room.make_room(user).await;
        let seat = Rc::new(Place::new(user, room.tick()));
        room.serve(stream, seat, Rc::clone(shared));
        if is_crowded {
            closed = (closed + 1) % CLOSED_AT_ONCE;
            // This lets the closed connections release their descriptors, and the others read requests.
            if closed == 0 {
                sleep(BREATH).await;
            }
        }
    }
}

/// The next connection at any of the listeners.
async fn next(listeners: &[TcpListener]) -> io::Result<TcpStream> {
    let accepted = match listeners {
        [first, second] => tokio::select! {
            accepted = first.accept() => accepted,
            accepted = second.accept() => accepted,
        },
        [first, ..] => first.accept().await,
        [] => return std::future::pending().await,
    };
    accepted.map(|(stream, _)| stream)
}

/// Whether a connection failed before it was accepted, which does not affect the next one.
fn is_of_the_caller(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset)
}

/// A connection from a user who must not connect.
struct Stranger;

/// The user at the other end, if the system shows it, or an error if that user must not connect. No data has been read
/// yet.
fn admit(stream: &TcpStream, peers: Option<&Peers>, shared: &Shared) -> Result<Option<u32>, Stranger> {
    let Some(peers) = peers else { return Ok(None) };
    let ends = stream.peer_addr().and_then(|peer| Ok((peer, stream.local_addr()?)));
    let owner = ends.and_then(|(peer, own)| peers.owner(peer, own)).ok().flatten();
    if shared.admission.admits(owner) {
        return Ok(owner);
    }
    // If the client has already closed the connection, its user is unknown.
    if let Some(user) = owner {
        shared.count(|counts| counts.strangers += 1);
        let line =
            format!("closed a connection from user {user}; to accept this user, add --allow-user {user}");
        shared.talk.say("stranger", &line);
    }
    Err(Stranger)
}

/// A connection that is served.
struct Place {
    user: Option<u32>,
    since: Instant,
    is_proven: Cell<bool>,
    last: Cell<u64>,
}

/// The connections that are served.
struct Room {
    most: usize,
    tasks: JoinSet<()>,
    seats: Vec<(Rc<Place>, AbortHandle)>,
    /// Grows with every use of a connection.
    clock: Rc<Cell<u64>>,
}

impl Room {
    fn new() -> Self {
        let files = open_files_limit().saturating_sub(OTHER_FILES);
        let most = AT_ONCE.min(files).max(4);
        Self { most, tasks: JoinSet::new(), seats: Vec::with_capacity(most), clock: Rc::default() }
    }

    fn tick(&self) -> u64 {
        self.clock.set(self.clock.get() + 1);
        self.clock.get()
    }

    /// Whether the limit is reached, after connections that have ended are removed.
    fn is_full(&mut self) -> bool {
        while self.tasks.try_join_next().is_some() {}
        if self.seats.len() >= self.most {
            self.seats.retain(|(_, task)| !task.is_finished());
        }
        self.seats.len() >= self.most
    }

    /// Waits until there is room for a connection of this user, and closes an old connection if necessary. Returns
    /// whether one was closed. Connections that were just accepted are not closed yet.
    async fn make_room(&mut self, newcomer: Option<u32>) -> bool {
        while self.is_full() {
            let Some((index, is_fresh)) = self.to_close(newcomer) else { return false };
            if !is_fresh {
                self.seats.swap_remove(index).1.abort();
                return true;
            }
            sleep(WAIT).await;
        }
        false
    }

    /// The connection to close for a new one of this user, and whether it was just accepted.
    fn to_close(&self, newcomer: Option<u32>) -> Option<(usize, bool)> {
        let seats: Vec<Seat> = self.seats.iter().map(|(place, _)| place.seat()).collect();
        to_close(&seats, newcomer).map(|index| (index, seats[index].is_fresh))
    }

    /// Closes a connection for a new one of this user. Returns whether there was one to close.
    fn close_one(&mut self, newcomer: Option<u32>) -> bool {
        self.seats.retain(|(_, task)| !task.is_finished());
        let Some((index, _)) = self.to_close(newcomer) else { return false };
        self.seats.swap_remove(index).1.abort();
        true
    }

    fn serve(&mut self, stream: TcpStream, place: Rc<Place>, shared: Rc<Shared>) {
        let (seat, clock) = (Rc::clone(&place), Rc::clone(&self.clock));
        let task = self.tasks.spawn_local(async move {
            // A slow client is dropped without a response; a request that is not HTTP counts as refused.
            let served = timeout(WHOLE, serve(stream, &seat, &clock, &shared)).await;
            if let Ok(Err(error)) = served
                && error.is_parse()
            {
                shared.count(|counts| counts.refused += 1);
            }
        });
        self.seats.push((place, task));
    }
}

impl Place {
    fn new(user: Option<u32>, number: u64) -> Self {
        Self { user, since: Instant::now(), is_proven: Cell::new(false), last: Cell::new(number) }
    }

    fn seat(&self) -> Seat {
        let is_fresh = self.since.elapsed() < FRESH;
        Seat { user: self.user, is_fresh, is_proven: self.is_proven.get(), last: self.last.get() }
    }
}

async fn serve(stream: TcpStream, place: &Place, clock: &Cell<u64>, shared: &Shared) -> hyper::Result<()> {
    // A response is one small packet, so do not delay it.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| {
        let (response, body) = answer(&request, shared);
        clock.set(clock.get() + 1);
        place.last.set(clock.get());
        place.is_proven.set(matches!(body, Body::Credential | Body::Counts));
        let is_turn_over = clock.get().is_multiple_of(IN_A_ROW);
        async move {
            if is_turn_over {
                yield_now().await;
            }
            Ok::<_, Infallible>(response)
        }
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(LARGEST_HEAD)
        .serve_connection(Impatient::new(TokioIo::new(stream)), service)
        .await
}
