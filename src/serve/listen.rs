//! Takes a port of this machine, at both of its addresses.

use std::io;

use rustix::io::Errno;
use tokio::net::{TcpListener, TcpSocket};

/// How many connections the system keeps until they are accepted; it may keep fewer.
const BACKLOG: u32 = 4096;
/// How many free ports are tried, should somebody listen at the other address of each.
const TRIES: usize = 64;

/// Listens at 127.0.0.1 and, where this machine has it, at `::1`, on one port; 0 takes one that is free at both.
///
/// # Errors
/// When the port is taken at either address: whoever listens there would receive the key from a client that asks
/// `localhost`.
pub fn listen(port: u16) -> io::Result<Vec<TcpListener>> {
    // Those that turned out half free are kept until the end, so that the system offers other ones.
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
    // A port that was given can be taken again while connections of the last service are still being closed. Nobody can
    // listen beside a socket that listens, whatever the two allow.
    socket.set_reuseaddr(port != 0)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Whether this machine has no such address, so that nobody else can listen there either.
fn is_lacking(error: &io::Error) -> bool {
    let code = error.raw_os_error();
    [Errno::AFNOSUPPORT, Errno::ADDRNOTAVAIL].iter().any(|lacking| code == Some(lacking.raw_os_error()))
}

#[cfg(test)]
mod tests {
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
