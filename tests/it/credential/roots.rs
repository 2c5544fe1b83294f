//! Whom an https source is trusted by: the roots in `SSL_CERT_FILE`, or the ones that the program carries.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use crate::program::{RAMROLE, clean};

/// A service behind TLS that answers one made-up credential to every request, and prints its port.
const SERVICE: &str = r#"
import http.server, json, ssl
body = json.dumps({"Code": "Success", "AccessKeyId": "STS.made-up", "AccessKeySecret": "made-up",
                   "SecurityToken": "made-up", "Expiration": "2099-01-01T00:00:00Z"}).encode()
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *arguments):
        pass
server = http.server.HTTPServer(("127.0.0.1", 0), Answer)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain("server.pem", "server.key")
server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_port, flush=True)
server.serve_forever()
"#;

/// A root of one's own and a certificate for `localhost` that it signed; `false` where openssl is missing.
fn make_certificates(folder: &Path) -> bool {
    let openssl = |line: &str| {
        let done = Command::new("openssl").args(line.split(' ')).current_dir(folder).output();
        done.is_ok_and(|output| output.status.success())
    };
    std::fs::write(folder.join("names"), "subjectAltName=DNS:localhost,IP:127.0.0.1\n").expect("written");
    openssl(
        "req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.pem -days 2 -subj /CN=Night-Owl-Root",
    ) && openssl("req -newkey rsa:2048 -nodes -keyout server.key -out server.csr -subj /CN=localhost")
        && openssl(
            "x509 -req -in server.csr -CA root.pem -CAkey root.key -CAcreateserial -days 2 -extfile names -out server.pem",
        )
}

struct Service(Child);

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(folder: &Path) -> (Service, String) {
    let mut python = clean("python3", folder);
    let mut child = python.args(["-c", SERVICE]).stdout(Stdio::piped()).spawn().expect("python3 runs");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("a port");
    (Service(child), line.trim().to_owned())
}

fn read(folder: &Path, port: &str, roots: Option<&str>) -> Output {
    let mut command = clean(RAMROLE, folder);
    if let Some(roots) = roots {
        command.env("SSL_CERT_FILE", roots);
    }
    command.args(["credential", "--uri", &format!("https://localhost:{port}/")]).output().expect("it runs")
}

#[test]
fn a_root_of_the_company_is_trusted_when_it_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    if !make_certificates(folder.path()) {
        eprintln!("skipped: openssl is not installed");
        return;
    }
    let (_service, port) = start(folder.path());
    let all = |output: &Output| {
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
    };
    let unknown = read(folder.path(), &port, None);
    assert!(all(&unknown).contains("no connection"), "{}", all(&unknown));
    let known = read(folder.path(), &port, Some("root.pem"));
    assert!(known.status.success() && all(&known).contains("2099"), "{}", all(&known));
    let empty = read(folder.path(), &port, Some("names"));
    assert!(
        all(&empty).contains("names, the value of SSL_CERT_FILE, contains no root certificate"),
        "{}",
        all(&empty)
    );
    assert!(all(&empty).contains("or unset it"), "{}", all(&empty));
}
