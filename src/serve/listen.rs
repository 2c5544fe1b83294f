//! Listens on one port of both loopback addresses.

#[cfg_attr(unix, path = "listen/unix.rs")]
#[cfg_attr(windows, path = "listen/windows.rs")]
mod system;

use std::io;

use tokio::net::{TcpListener, TcpSocket};

/// How many connections the system keeps until they are accepted; it may keep fewer.
const BACKLOG: u32 = 4096;
/// How many ports are tried that are free on the first address and in use on the second.
const TRIES: usize = 64;

/// Listens on 127.0.0.1 and, if this machine has it, on `::1`, on one port; 0 selects one that is free on both.
///
/// # Errors
/// When the port is in use on either address: the program that listens there would receive the key from a client that
/// connects to `localhost`.
pub fn listen(port: u16) -> io::Result<Vec<TcpListener>> {
    // Sockets on ports that are free on only one address stay open until the end, so that the system selects other
    // ports.
    let mut half_free = Vec::new();
    loop {
        let first = bind("127.0.0.1", port)?;
        let number = first.local_addr()?.port();
        match bind("::1", number) {
            Ok(second) => return Ok(vec![first, second]),
            Err(error) if is_lacking(&error) => return Ok(vec![first]),
            Err(error) if port != 0 || half_free.len() == TRIES => return Err(error),
            Err(_) => half_free.push(first),
        }
    }
}

fn bind(address: &str, port: u16) -> io::Result<TcpListener> {
    let is_new = address.contains(':');
    let address = if is_new { format!("[{address}]:{port}") } else { format!("{address}:{port}") };
    let address = address.parse().map_err(io::Error::other)?;
    let socket = if is_new { TcpSocket::new_v6() } else { TcpSocket::new_v4() }?;
    system::prepare(&socket, port)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Whether this machine does not have the address, so that no other program can listen on it either.
fn is_lacking(error: &io::Error) -> bool {
    error.raw_os_error().is_some_and(|code| system::LACKING.contains(&code))
}

#[cfg(all(test, unix))]
mod tests {
    use rustix::io::Errno;

    use super::*;

    #[test]
    fn only_an_address_that_is_lacking_is_done_without() {
        for (errno, lacking) in [
            (Errno::AFNOSUPPORT, true),
            (Errno::ADDRNOTAVAIL, true),
            (Errno::ADDRINUSE, false),
            (Errno::ACCESS, false),
            (Errno::MFILE, false),
            (Errno::PERM, false),
        ] {
            assert_eq!(is_lacking(&errno.into()), lacking, "{errno:?}");
        }
    }
}
