//! Sockets of Windows.

#![expect(clippy::unnecessary_wraps, reason = "on other systems, these functions can fail")]

use std::io;

use tokio::net::TcpSocket;

/// The errors of a machine that does not have the address: `WSAEAFNOSUPPORT` and `WSAEADDRNOTAVAIL`.
pub const LACKING: [i32; 2] = [10_047, 10_049];

/// Leaves the socket as it is: on Windows, `SO_REUSEADDR` would allow a second program to listen on the same port.
///
/// # Errors
/// None here.
pub fn prepare(_: &TcpSocket, _: u16) -> io::Result<()> {
    Ok(())
}
