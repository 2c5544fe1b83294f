//! Reads the URI of a credential service from a variable, from a file, or from the argument itself.

use super::{Failure, out};
use crate::domain::credential::{SourceUri, URI_VARIABLE};
use crate::domain::text::visible_line;
use crate::host::credential::{uri_in_environment, uri_in_file};

/// The URI that an argument names: `@FILE` is the first line of a file, an empty text is the variable, and any other
/// text is the URI. Warns if other users can read the URI. No message quotes a part of it.
///
/// # Errors
/// When there is no URI, or the file cannot be read.
pub fn named(flag: &str, text: &str) -> Result<SourceUri, Failure> {
    if text.is_empty() {
        return uri_in_environment().map_err(|trouble| {
            Failure::hinted(format!("{flag}: {trouble}"), format!("set {URI_VARIABLE} to the URI"))
        });
    }
    if let Some(path) = text.strip_prefix('@') {
        let (uri, is_private) = uri_in_file(path)?;
        if !is_private {
            let path = visible_line(path);
            warn(&format!("other users can read {path}, which contains a URI; run chmod 600 on it"));
        }
        return uri.map_err(|not| Failure::call(format!("{flag}: the first line of the file is {not}")));
    }
    let uri: SourceUri = text.parse().map_err(|not| Failure::call(format!("{flag}: {not}")))?;
    if uri.is_hiding() {
        warn(&format!(
            "{flag}: every user of this machine can read arguments, and this URI may contain a key; \
             put the URI in a file and pass @FILE, or set {URI_VARIABLE}"
        ));
    }
    Ok(uri)
}

fn warn(line: &str) {
    out::talk(&format!("ramrole: warning: {line}\n"));
}
