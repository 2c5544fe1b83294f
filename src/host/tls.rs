//! TLS for requests that leave this machine: which root certificates are trusted.

use std::ffi::OsString;
use std::path::Path;
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};

use super::deadline::within_deadline;
use super::shown;

/// The variable that names a file of roots, as OpenSSL, Go and Python know it.
pub const ROOTS_VARIABLE: &str = "SSL_CERT_FILE";

/// The settings for a client: it trusts the roots in the file that [`ROOTS_VARIABLE`] names and no others, or the roots
/// of Mozilla that the program carries, because containers often have none. Without `has_tls` no root is read.
///
/// # Errors
/// Why there are no roots, in one line without a file's content.
pub fn client_config(has_tls: bool) -> Result<ClientConfig, String> {
    let named = std::env::var_os(ROOTS_VARIABLE).filter(|value| !value.is_empty());
    let roots = match named {
        _ if !has_tls => RootCertStore::empty(),
        None => carried_roots(),
        Some(file) => roots_of(&file)?,
    };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let builder = builder.map_err(|_| "TLS is not available".to_owned())?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

fn carried_roots() -> RootCertStore {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().cloned());
    roots
}

/// The root certificates of a PEM file. A file without any is an error; otherwise, every server would be untrusted
/// without a reason.
fn roots_of(file: &OsString) -> Result<RootCertStore, String> {
    let name = shown(Path::new(file));
    let unreadable = |error| format!("cannot read {name}, the value of {ROOTS_VARIABLE}: {error}");
    let path = file.clone();
    let read = || CertificateDer::pem_file_iter(path)?.collect::<Result<Vec<_>, _>>();
    let certificates = within_deadline(read)
        .ok_or_else(|| unreadable(std::io::Error::from(std::io::ErrorKind::TimedOut).to_string()))?
        .map_err(|error| unreadable(reason(&error)))?;
    let mut roots = RootCertStore::empty();
    for certificate in certificates {
        // A bundle may hold certificates that are not roots; the others still count.
        let _ = roots.add(certificate);
    }
    if roots.is_empty() {
        return Err(format!(
            "{name}, the value of {ROOTS_VARIABLE}, contains no root certificate in PEM format"
        ));
    }
    Ok(roots)
}

fn reason(error: &rustls::pki_types::pem::Error) -> String {
    use rustls::pki_types::pem::Error;
    match error {
        Error::Io(error) => error.to_string(),
        _ => "it is not in PEM format".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(content: Option<&str>) -> String {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("roots.pem");
        if let Some(content) = content {
            std::fs::write(&file, content).expect("written");
        }
        roots_of(&file.into_os_string()).expect_err("no roots")
    }

    #[test]
    fn a_file_without_roots_is_an_error_that_names_it() {
        assert!(
            failure(None).contains("roots.pem, the value of SSL_CERT_FILE: No such file"),
            "{}",
            failure(None)
        );
        for content in ["", "hello", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
            let failure = failure(Some(content));
            assert!(failure.ends_with("contains no root certificate in PEM format"), "{failure}");
        }
        let broken = failure(Some("-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n"));
        assert!(broken.ends_with("SSL_CERT_FILE: it is not in PEM format"), "{broken}");
    }

    #[test]
    fn the_program_carries_roots() {
        assert!(carried_roots().len() > 100);
    }
}
