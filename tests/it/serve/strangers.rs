//! Other users of the machine: those who listen where the service does, and those who connect to it.

use std::os::unix::process::CommandExt as _;

use super::*;

/// A user who is neither root nor whoever runs the tests.
const STRANGER: u32 = 4242;

/// A Python script that another user runs; nothing, with the reason printed, where that cannot be done.
pub fn as_stranger(script: &str, arguments: &[&str]) -> Option<Command> {
    if !rustix::process::geteuid().is_root() {
        eprintln!("skipped: only root can become another user");
        return None;
    }
    let mut command = Command::new("/usr/bin/python3");
    command.arg("-c").arg(script).args(arguments).uid(STRANGER).gid(STRANGER).stdin(Stdio::null());
    command.stderr(Stdio::inherit()).current_dir("/");
    let runs = Command::new("/usr/bin/python3").arg("--version").output();
    if runs.is_err() {
        eprintln!("skipped: there is no /usr/bin/python3");
        return None;
    }
    Some(command)
}

/// Sends the right request and prints what comes back.
const ASK: &str = "
import socket, sys
host, port, path = sys.argv[1], int(sys.argv[2]), sys.argv[3]
family = socket.AF_INET6 if ':' in host else socket.AF_INET
s = socket.socket(family)
s.settimeout(5)
got = b''
try:
    s.connect((host, port))
    s.sendall(f'GET {path} HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n'.encode())
    while part := s.recv(4096):
        got += part
except (ConnectionResetError, BrokenPipeError):
    pass
print(got.decode() or 'nothing')
";

#[test]
fn another_user_is_hung_up_on_before_anything_is_read() {
    let service = Service::start(&["--from", "fake"]);
    let (port, path) = (service.port.to_string(), service.path.clone());
    // The third is an IPv6 socket that speaks IPv4.
    for host in ["127.0.0.1", "::1", "::ffff:127.0.0.1"] {
        let Some(mut command) = as_stranger(ASK, &[host, &port, &path]) else { return };
        let output = command.output().expect("it runs");
        assert_eq!(String::from_utf8_lossy(&output.stdout), "nothing\n", "{host}: {output:?}");
    }
    assert_eq!(status(&service.credential()), "200", "its own user is served");
    service.tells("closed a connection from user 4242");
    assert_eq!(service.said().matches("closed a connection").count(), 1, "{}", service.said());
    let told = service.gets("GET", &format!("{path}/status"), "localhost");
    assert!(told.contains("\"refused_connections\":3"), "{told}");
}

#[test]
fn another_user_is_served_where_that_is_allowed() {
    for allowed in ["4242", "any"] {
        let service = Service::start(&["--from", "fake", "--allow-user", allowed]);
        let (port, path) = (service.port.to_string(), service.path.clone());
        for host in ["127.0.0.1", "::1", "::ffff:127.0.0.1"] {
            let Some(mut command) = as_stranger(ASK, &[host, &port, &path]) else { return };
            let output = command.output().expect("it runs");
            assert!(
                String::from_utf8_lossy(&output.stdout).starts_with("HTTP/1.1 200"),
                "{host}: {output:?}"
            );
        }
    }
}

#[test]
fn a_service_of_a_user_without_rights_tells_users_apart_too() {
    if as_stranger("", &[]).is_none() {
        return;
    }
    if Command::new(RAMROLE).arg("--version").uid(STRANGER).gid(STRANGER).output().is_err() {
        eprintln!("skipped: user {STRANGER} cannot run {RAMROLE}");
        return;
    }
    let mut service = Service::with(&["--from", "fake"], |command| {
        command.uid(STRANGER).gid(STRANGER).current_dir("/");
    });
    let (port, path) = (service.port.to_string(), service.path.clone());
    assert_eq!(status(&service.credential()), "200", "root may connect");
    let ask = |user: u32| {
        let mut command = as_stranger(ASK, &["127.0.0.1", &port, &path]).expect("root");
        command.uid(user).gid(user).output().expect("it runs").stdout
    };
    assert!(ask(STRANGER).starts_with(b"HTTP/1.1 200"), "its own user may");
    assert_eq!(ask(STRANGER + 1), b"nothing\n", "others may not");
    service.child.kill().expect("ended");
}

/// Listens at `::1` on all ports of a range but one, and prints whatever arrives.
const SQUAT: &str = "
import selectors, socket, sys
first, last, free = map(int, sys.argv[1:4])
chosen = selectors.DefaultSelector()
for port in range(first, last + 1):
    if port != free:
        s = socket.socket(socket.AF_INET6)
        s.bind(('::1', port))
        s.listen()
        chosen.register(s, selectors.EVENT_READ)
print('ready', flush=True)
while True:
    for key, _ in chosen.select():
        other, _ = key.fileobj.accept()
        print('stolen', other.recv(4096), flush=True)
";

/// In a network of its own: another user listens at `::1` on nineteen of twenty ports; the service is asked at
/// `localhost` as the URI and a careless user name it.
const SCENE: &str = r#"
set -eu
ip link set lo up
echo "40000 40019" > /proc/sys/net/ipv4/ip_local_port_range
setpriv --reuid 4242 --regid 4242 --clear-groups /usr/bin/python3 -c "$SQUAT" 40000 40019 "$1" > squatter &
trap 'kill $!' EXIT
until grep -q ready squatter; do sleep 0.05; done
"$RAMROLE" serve --from fake -- bash -c '
  echo "41000 49999" > /proc/sys/net/ipv4/ip_local_port_range
  uri="$ALIBABA_CLOUD_CREDENTIALS_URI"
  echo "$uri" | grep -o "127.0.0.1:[0-9]*"
  "$RAMROLE" credential --check --min-remaining 1m
  /usr/bin/python3 -c "
import sys, urllib.request
uri = sys.argv[1].replace(\"127.0.0.1\", \"[::1]\")
print(urllib.request.urlopen(uri).status)" "$uri"' || echo "status $?"
cat squatter
"#;

#[test]
fn nobody_who_listens_beside_the_service_gets_the_key() {
    let place = tempfile::tempdir().expect("a folder");
    let scene = |free: &str| {
        let mut command = clean("unshare", place.path());
        command.args(["-n", "bash", "-c", SCENE, "scene", free]).env("SQUAT", SQUAT).env("RAMROLE", RAMROLE);
        let output = command.output().expect("unshare runs");
        (String::from_utf8_lossy(&output.stdout).into_owned(), format!("{output:?}"))
    };
    let can = clean("unshare", place.path()).args(["-n", "ip", "link", "set", "lo", "up"]).output();
    if !can.is_ok_and(|output| output.status.success()) || as_stranger("", &[]).is_none() {
        eprintln!("skipped: unshare -n, ip and python3 as root are needed");
        return;
    }
    let (out, all) = scene("40007");
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines[0], "127.0.0.1:40007", "the one port that is free at both: {all}");
    assert!(lines[1].starts_with("healthy"), "{all}");
    assert_eq!(&lines[2..], ["200", "ready"], "nothing was stolen: {all}");
    let (out, all) = scene("0");
    assert_eq!(out, "status 3\nready\n", "no port is free at both: {all}");
}

#[test]
fn a_port_that_was_given_is_not_shared_with_anybody() {
    let Some(_) = as_stranger("", &[]) else { return };
    let listen = "
import socket, sys
host, only = sys.argv[1], int(sys.argv[2])
s = socket.socket(socket.AF_INET6 if ':' in host else socket.AF_INET)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
if ':' in host:
    s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, only)
try:
    s.bind((host, int(sys.argv[3])))
    s.listen()
    print(s.getsockname()[1], flush=True)
    sys.stdin.read()
except OSError:
    print('refused', flush=True)
";
    let service = Service::start(&["--from", "fake"]);
    for (host, only) in [("::1", "1"), ("::", "1"), ("::", "0"), ("0.0.0.0", "0"), ("127.0.0.1", "0")] {
        let mut before = as_stranger(listen, &[host, only, "0"]).expect("root");
        let mut before = before.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it runs");
        let mut port = String::new();
        BufReader::new(before.stdout.as_mut().expect("its output")).read_line(&mut port).expect("a port");
        let place = tempfile::tempdir().expect("a folder");
        let second = serve(place.path(), &["--from", "fake", "--port", port.trim(), "--", "true"]).output();
        assert_eq!(second.expect("it runs").status.code(), Some(3), "{host} was there before");
        drop(before.stdin.take());
        before.wait().expect("ended");
        let mut after = as_stranger(listen, &[host, only, &service.port.to_string()]).expect("root");
        assert_eq!(after.output().expect("it runs").stdout, b"refused\n", "{host} comes after");
    }
}
