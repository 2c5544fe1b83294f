//! Asks the kernel of Linux which user owns the other end of a connection.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::os::fd::OwnedFd;

use rustix::net::netlink::{SOCK_DIAG, SocketAddrNetlink};
use rustix::net::{AddressFamily, RecvFlags, SendFlags, SocketFlags, SocketType, recv, sendto, socket_with};

use crate::host::account::own_users;

/// The question and the answer. Source: `sock_diag(7)`, `linux/inet_diag.h`.
const SOCK_DIAG_BY_FAMILY: u16 = 20;
const NLM_F_REQUEST: u16 = 1;
const IPPROTO_TCP: u8 = 6;
const HEADER: usize = 16;
const QUESTION: usize = 72;
const ANSWER: usize = HEADER + 72;

/// Asks the kernel for the owners of connections: one socket each time, however many there are.
pub struct Peers {
    socket: OwnedFd,
}

impl Peers {
    /// Opens a socket to the kernel, and tests it with a socket of this process that listens on `own`. `None` if
    /// the kernel does not answer, or shows two users with the same ID.
    #[must_use]
    pub fn open(own: SocketAddr) -> Option<Self> {
        let flags = SocketFlags::CLOEXEC | SocketFlags::NONBLOCK;
        let socket = socket_with(AddressFamily::NETLINK, SocketType::DGRAM, flags, Some(SOCK_DIAG)).ok()?;
        let peers = Self { socket };
        let nobody = SocketAddr::new(own.ip(), 0);
        let user = peers.ask(own, nobody).ok().flatten()?.user;
        (own_users().contains(&user) && !looks_like_others(user)).then_some(peers)
    }

    /// The user who owns the end at `peer` of a connection that was accepted on `own`; `None` if that end is
    /// closed.
    ///
    /// # Errors
    /// When the kernel gives no answer.
    pub fn owner(&self, peer: SocketAddr, own: SocketAddr) -> io::Result<Option<u32>> {
        let found = self.ask(peer, own)?;
        // A closed socket has no inode, and the kernel reports root as its owner.
        let held = found.filter(|found| found.inode != 0 && found.ports == (peer.port(), own.port()));
        Ok(held.map(|held| held.user))
    }

    fn ask(&self, here: SocketAddr, there: SocketAddr) -> io::Result<Option<Found>> {
        let kernel = SocketAddrNetlink::new(0, 0);
        sendto(&self.socket, &question(here, there), SendFlags::empty(), &kernel)?;
        let mut answer = [0; 512];
        // The kernel answers before the send returns.
        let (_, length) = recv(&self.socket, answer.as_mut_slice(), RecvFlags::empty())?;
        Ok(Found::read(&answer[..length.min(answer.len())]))
    }
}

/// What the kernel reports about a socket.
struct Found {
    ports: (u16, u16),
    user: u32,
    inode: u32,
}

impl Found {
    /// Reads an answer; an error, which is shorter, means that there is no such socket.
    fn read(answer: &[u8]) -> Option<Self> {
        let number = |at: usize| answer[at..at + 4].try_into().map(u32::from_ne_bytes).ok();
        let port = |at: usize| u16::from_be_bytes([answer[at], answer[at + 1]]);
        let kind = answer.get(4..6)?;
        if kind != SOCK_DIAG_BY_FAMILY.to_ne_bytes() || answer.len() < ANSWER {
            return None;
        }
        let ports = (port(HEADER + 4), port(HEADER + 6));
        Some(Self { ports, user: number(HEADER + 64)?, inode: number(HEADER + 68)? })
    }
}

/// The question for one socket: `inet_diag_req_v2` behind a header.
fn question(here: SocketAddr, there: SocketAddr) -> [u8; QUESTION] {
    let mut bytes = [0; QUESTION];
    let mut put = |at: usize, part: &[u8]| bytes[at..at + part.len()].copy_from_slice(part);
    put(0, &u32::try_from(QUESTION).unwrap_or_default().to_ne_bytes());
    put(4, &SOCK_DIAG_BY_FAMILY.to_ne_bytes());
    put(6, &NLM_F_REQUEST.to_ne_bytes());
    let family = if here.is_ipv4() { AddressFamily::INET } else { AddressFamily::INET6 };
    put(HEADER, &[u8::try_from(family.as_raw()).unwrap_or_default(), IPPROTO_TCP]);
    // Every state.
    put(HEADER + 4, &[0xff; 4]);
    put(HEADER + 8, &here.port().to_be_bytes());
    put(HEADER + 10, &there.port().to_be_bytes());
    for (at, address) in [(HEADER + 12, here.ip()), (HEADER + 28, there.ip())] {
        match address {
            IpAddr::V4(address) => put(at, &address.octets()),
            IpAddr::V6(address) => put(at, &address.octets()),
        }
    }
    // Any interface and any cookie.
    put(HEADER + 48, &[0xff; 8]);
    bytes
}

/// Whether other users are shown with this ID too: the ID for those that a user namespace does not know.
fn looks_like_others(user: u32) -> bool {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let unknown = read("/proc/sys/kernel/overflowuid").trim().parse().unwrap_or(65534);
    let map = read("/proc/self/uid_map");
    let is_whole = map.split_whitespace().eq(["0", "0", "4294967295"]);
    user == unknown && !is_whole
}

#[cfg(test)]
mod tests {
    use std::net::{TcpListener, TcpStream};

    use super::*;

    #[test]
    fn the_kernel_tells_whose_a_connection_is() {
        for address in ["127.0.0.1:0", "[::1]:0"] {
            let Ok(listener) = TcpListener::bind(address) else { continue };
            let own = listener.local_addr().expect("an address");
            let Some(peers) = Peers::open(own) else {
                eprintln!("skipped: this kernel does not show which user opened a connection");
                return;
            };
            let client = TcpStream::connect(own).expect("connected");
            let (_server, peer) = listener.accept().expect("accepted");
            let owner = peers.owner(peer, own).expect("an answer");
            assert_eq!(owner, Some(own_users()[1]), "{address}");
            drop(client);
            assert_eq!(peers.owner(peer, own).expect("an answer"), None, "{address}: nobody holds it");
            let listening = peers.owner(own, SocketAddr::new(own.ip(), 9)).expect("an answer");
            assert_eq!(listening, None, "{address}: a socket that listens is no connection");
        }
    }

    #[test]
    fn an_answer_that_is_cut_says_nothing() {
        assert!(Found::read(&[]).is_none());
        let mut answer = vec![0; ANSWER];
        answer[4..6].copy_from_slice(&SOCK_DIAG_BY_FAMILY.to_ne_bytes());
        assert!(Found::read(&answer).is_some());
        for length in 0..ANSWER {
            assert!(Found::read(&answer[..length]).is_none(), "{length}");
        }
    }
}
