//! Sockets of Linux and macOS.

use std::io;

use rustix::io::Errno;
use tokio::net::TcpSocket;

/// The errors of a machine that does not have the address.
pub const LACKING: [i32; 2] = [Errno::AFNOSUPPORT.raw_os_error(), Errno::ADDRNOTAVAIL.raw_os_error()];

/// Prepares a socket for a port; 0 is one that the system selects.
///
/// # Errors
/// When the system refuses.
pub fn prepare(socket: &TcpSocket, port: u16) -> io::Result<()> {
    // With this option, a port that the user chose can be used again while connections of the previous service are
    // closing. It does not allow a second program to listen on the same port.
    socket.set_reuseaddr(port != 0)
}
