//! Many and hostile connections.

use super::*;

#[test]
fn slow_and_many_callers_keep_nobody_waiting_for_long() {
    let service = Service::start(&["--from", "fake"]);
    let mut slow: Vec<TcpStream> = (0..300)
        .map(|_| {
            let mut stream = service.connect();
            let _ = stream.write_all(b"GET /");
            stream
        })
        .collect();
    let start = Instant::now();
    assert_eq!(status(&service.credential()), "200");
    assert!(start.elapsed() < Duration::from_secs(9), "{:?}", start.elapsed());
    // Who has not finished the head is hung up on.
    let mut rest = Vec::new();
    slow[0].read_to_end(&mut rest).expect("hung up");
    assert!(rest.is_empty() || rest.starts_with(b"HTTP/1.1 408"), "{rest:?}");
}
