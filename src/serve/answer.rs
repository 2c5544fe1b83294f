//! Answers, ready to be sent: the credential's is written once and handed out many times, its memory wiped with the
//! last of them.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use http_body_util::{Either, Full};
use hyper::body::{Body as HttpBody, Bytes, Frame, Incoming, SizeHint};
use hyper::header::{
    ALLOW, CACHE_CONTROL, CONNECTION, CONTENT_TYPE, HOST, HeaderValue, X_CONTENT_TYPE_OPTIONS,
};
use hyper::{Request as HttpRequest, Response, StatusCode};
use tokio::time::{Duration, Sleep, sleep};
use zeroize::Zeroizing;

use super::Shared;
use crate::domain::credential::{Answer, Form};
use crate::domain::moment::Moment;
use crate::domain::serve::{Body, Fault, Lease, Request, Taken, respond};
use crate::host::clock;

/// The current credential, and the response that contains it.
pub struct Shelf {
    /// The credential.
    pub lease: Lease,
    body: Bytes,
}

impl Shelf {
    /// Nothing yet.
    pub fn new(now: Moment) -> Self {
        Self { lease: Lease::new(now), body: Bytes::new() }
    }

    /// Applies the result of a renewal, and updates the response.
    pub fn take(&mut self, answer: Option<Answer>, now: Moment, dice: u8) -> Taken {
        let taken = self.lease.take(answer, now, dice);
        if taken == Taken::New {
            self.body = self.text(now).map(|text| Bytes::from_owner(Wiped(text))).unwrap_or_default();
        }
        taken
    }

    /// The credential in the form of the platform's service and file, and when it ends.
    pub fn text_and_end(&self, now: Moment) -> (Option<Zeroizing<String>>, Option<Moment>) {
        (self.text(now), self.lease.left(now).map(|left| now.after(left)))
    }

    /// The credential in the form of the platform's service and file.
    pub fn text(&self, now: Moment) -> Option<Zeroizing<String>> {
        self.lease.credential(now).map(|credential| Form::Json.write(credential))
    }
}

/// A text whose memory is wiped with its last reader.
struct Wiped(Zeroizing<String>);

impl AsRef<[u8]> for Wiped {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// What is sent: at once, or a byte at a time.
pub type Sent = Either<Full<Bytes>, Drip>;

/// Responds to a request. Also returns which body was sent.
pub fn answer(request: &HttpRequest<Incoming>, shared: &Shared) -> (Response<Sent>, Body) {
    let shelf = shared.shelf.borrow();
    let is_good = shelf.lease.credential(clock::now()).is_some();
    // The host of an absolute URI counts before the header, which must then be there all the same.
    let of_uri = request.uri().authority().map(hyper::http::uri::Authority::as_str);
    let headers = request.headers().get_all(HOST).into_iter().map(|host| host.to_str().unwrap_or_default());
    let hosts: Vec<&str> = headers.collect();
    let hosts = of_uri.as_ref().map_or(hosts.as_slice(), std::slice::from_ref);
    let asked = Request { method: request.method().as_str(), path: request.uri().path(), hosts };
    let reply = respond(&asked, &shared.key, shared.port, is_good);
    shared.count(|counts| counts.add(reply.tally));
    let (body, fault) = match reply.body {
        Body::Credential => (shelf.body.clone(), shared.fault),
        Body::Counts => (Bytes::from(shared.counts.get().json(shelf.lease.end().as_deref())), None),
        error @ Body::Error(..) => (Bytes::from(error.error_text().unwrap_or_default()), None),
    };
    let sent = match fault {
        None => Either::Left(Full::new(body)),
        Some(Fault::Malformed) => Either::Left(Full::new(body.slice(..body.len() / 2))),
        Some(Fault::Drip) => Either::Right(Drip { rest: body, pause: None }),
    };
    let mut response = Response::new(sent);
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if reply.status == 405 {
        headers.insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    if reply.status != 200 {
        // Any other request closes its connection, so that it cannot block other clients.
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
    }
    (response, reply.body)
}

/// How long a dripping answer takes for each byte.
const DROP: Duration = Duration::from_secs(1);

/// A body that comes a byte at a time.
pub struct Drip {
    rest: Bytes,
    pause: Option<Pin<Box<Sleep>>>,
}

impl HttpBody for Drip {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.rest.is_empty() {
            return Poll::Ready(None);
        }
        let pause = self.pause.get_or_insert_with(|| Box::pin(sleep(DROP)));
        if pause.as_mut().poll(context).is_pending() {
            return Poll::Pending;
        }
        self.pause = None;
        Poll::Ready(Some(Ok(Frame::data(self.rest.split_to(1)))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.rest.len() as u64)
    }
}
