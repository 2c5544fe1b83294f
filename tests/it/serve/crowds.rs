//! Many and hostile connections: a right request is answered within a second all the same.

use super::strangers::as_stranger;
use super::*;

/// Opens a thousand connections of a kind, opens each again that is closed, and never reads. It says when all were open.
const CROWD: &str = "
import resource, socket, sys, time
kind, port, path = sys.argv[1], int(sys.argv[2]), sys.argv[3]
hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4096), hard))
right = f'GET {path} HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n'.encode()
first = {
    'idle': b'',
    'slow': b'GET / HTTP/1.1\\r\\nX: ',
    'wrong': b'GET / HTTP/1.1\\r\\nHost: evil.example\\r\\n\\r\\n',
    'unread': right * 40,
    'many': right,
}[kind]
def one():
    s = socket.socket()
    s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    s.setblocking(False)
    s.connect_ex(('127.0.0.1', port))
    return s
def push(s):
    try:
        s.send(first if kind != 'slow' or s.fileno() % 2 else b'x')
        return True
    except BlockingIOError:
        return True
    except OSError:
        return False
crowd = [one() for _ in range(1000)]
time.sleep(0.1)
for s in crowd:
    push(s)
print('ready', flush=True)
while True:
    for index, s in enumerate(crowd):
        if kind == 'idle':
            try:
                gone = s.recv(1, socket.MSG_PEEK) == b''
            except BlockingIOError:
                gone = False
            except OSError:
                gone = True
        else:
            gone = not push(s)
        if gone:
            s.close()
            crowd[index] = one()
    time.sleep(0.02)
";

struct Crowd(Child);

impl Crowd {
    fn gathers(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("it runs");
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().expect("its output")).read_line(&mut line).expect("a line");
        assert_eq!(line, "ready\n");
        Self(child)
    }
}

impl Drop for Crowd {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Ten valid requests beside a crowd, each on its own connection, within a second. Another program may take the
/// processor for longer than the service waits for a request, so one of them may take three seconds, or be sent again
/// because its connection was closed.
#[track_caller]
fn is_served_beside(service: &Service, what: &str) {
    let request = format!("GET {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", service.path);
    let mut troubled = 0;
    for turn in 0..10 {
        let start = Instant::now();
        let mut answer = service.tries(&request);
        let is_closed = answer.is_err();
        if is_closed && troubled == 0 {
            answer = service.tries(&request);
        }
        assert!(
            answer.as_deref().is_ok_and(|answer| status(answer) == "200"),
            "{what}, request {turn}: {answer:?}"
        );
        let took = start.elapsed();
        troubled += usize::from(is_closed || took >= Duration::from_secs(1));
        assert!(troubled <= 1 && took < Duration::from_secs(3), "{what}, request {turn}: {took:?}");
        thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_thousand_hostile_connections_keep_nobody_waiting() {
    // As few descriptors as a strict machine gives, and as many as it usually does.
    for (limit, kinds) in
        [("256", ["idle", "unread"].as_slice()), ("1024", &["idle", "slow", "wrong", "unread", "many"])]
    {
        for kind in kinds {
            for other in [true, false] {
                let service = Service::limited(limit);
                let arguments = [*kind, &service.port.to_string(), &service.path];
                let mut own = Command::new("/usr/bin/python3");
                own.arg("-c").arg(CROWD).args(arguments);
                let crowd = if other { as_stranger(CROWD, &arguments) } else { Some(own) };
                let Some(crowd) = crowd else { continue };
                let crowd = Crowd::gathers(crowd);
                is_served_beside(&service, &format!("{kind}, another user: {other}, {limit} files"));
                drop(crowd);
            }
        }
    }
}

#[test]
fn whoever_asks_for_anything_else_is_hung_up_on() {
    let service = Service::start(&["--from", "fake"]);
    let path = &service.path;
    for (request, expected) in [
        ("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".to_owned(), "404"),
        ("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n".to_owned(), "403"),
        (format!("POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"), "405"),
        (format!("POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n"), "405"),
        (format!("GET {path} HTTP/1.1\r\n\r\n"), "400"),
    ] {
        let start = Instant::now();
        let answer = service.asks(&request);
        assert_eq!(status(&answer), expected, "{answer}");
        assert!(answer.to_lowercase().contains("connection: close"), "{answer}");
        assert!(start.elapsed() < Duration::from_secs(2), "{expected}: {:?}", start.elapsed());
    }
}

#[test]
fn slow_callers_are_given_up() {
    let service = Service::start(&["--from", "fake"]);
    let mut slow = service.connect();
    slow.write_all(b"GET /").expect("written");
    let mut unread = service.connect();
    unread.set_write_timeout(Some(Duration::from_secs(10))).expect("a timeout");
    let right = format!("GET {} HTTP/1.1\r\nHost: localhost\r\n\r\n", service.path).repeat(100);
    let start = Instant::now();
    // Requests go until the service reads no more, since nobody reads its answers; then it hangs up.
    let end = loop {
        match unread.write_all(right.as_bytes()) {
            Ok(()) => assert!(start.elapsed() < Duration::from_secs(30), "it never stops"),
            Err(error) => break error,
        }
    };
    assert!(
        matches!(end.kind(), std::io::ErrorKind::ConnectionReset | std::io::ErrorKind::BrokenPipe),
        "{end}"
    );
    let mut rest = Vec::new();
    slow.read_to_end(&mut rest).expect("hung up");
    assert!(rest.is_empty() || rest.starts_with(b"HTTP/1.1 408"), "{rest:?}");
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}
