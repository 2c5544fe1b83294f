//! Connections: so many at once, each for so long, with heads of such a size. It answers nothing itself.

use std::convert::Infallible;
use std::future::ready;
use std::rc::Rc;
use std::sync::Arc;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{Duration, sleep, timeout};

use super::Shared;
use super::answer::answer;

/// How many connections are served at once; others wait.
const AT_ONCE: usize = 256;
/// How long the head of a request may take, the wait for it included.
const HEAD: Duration = Duration::from_secs(5);
/// How long a connection may last.
const WHOLE: Duration = Duration::from_secs(300);
/// How large a head may be, in bytes.
const LARGEST_HEAD: usize = 16 << 10;
/// How long no connection is accepted after the system refused one.
const REFUSED: Duration = Duration::from_millis(100);

/// Accepts and serves, for ever.
pub async fn accept(listeners: &[TcpListener], shared: &Rc<Shared>) {
    let room = Arc::new(Semaphore::new(AT_ONCE));
    let mut serving = JoinSet::new();
    loop {
        let Ok(permit) = Arc::clone(&room).acquire_owned().await else { return };
        while serving.try_join_next().is_some() {}
        let Some(stream) = next(listeners).await else {
            sleep(REFUSED).await;
            continue;
        };
        let shared = Rc::clone(shared);
        serving.spawn_local(async move {
            // Whoever is too slow, or speaks something else, is left alone.
            let _ = timeout(WHOLE, serve(stream, shared)).await;
            drop(permit);
        });
    }
}

/// The next connection at any of the listeners.
async fn next(listeners: &[TcpListener]) -> Option<TcpStream> {
    let accepted = match listeners {
        [first, second] => tokio::select! {
            accepted = first.accept() => accepted,
            accepted = second.accept() => accepted,
        },
        [first, ..] => first.accept().await,
        [] => return None,
    };
    accepted.ok().map(|(stream, _)| stream)
}

async fn serve(stream: TcpStream, shared: Rc<Shared>) -> hyper::Result<()> {
    // An answer is one small packet: it need not wait for another.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| ready(Ok::<_, Infallible>(answer(&request, &shared))));
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(LARGEST_HEAD)
        .serve_connection(TokioIo::new(stream), service)
        .await
}
