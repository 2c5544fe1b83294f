//! Accounts of Linux and macOS: they have numbers, and a list of accounts names their home folders.

use std::path::Path;

use crate::host::input;

/// How large the list of accounts may be: 1 MiB.
const LARGEST: u64 = 1 << 20;

/// The users that this process runs as: the real and the effective one.
#[must_use]
pub fn own_users() -> [u32; 2] {
    [rustix::process::getuid().as_raw(), rustix::process::geteuid().as_raw()]
}

/// The home folder in the system's list of accounts, where the Java client looks whatever `HOME` says.
#[must_use]
pub fn home() -> Option<String> {
    let accounts = input::read_file(Path::new("/etc/passwd"), LARGEST).ok()?;
    home_of(rustix::process::getuid().as_raw(), &accounts)
}

/// The home folder of a user in `/etc/passwd`: the sixth of seven fields.
fn home_of(user: u32, accounts: &str) -> Option<String> {
    let user = user.to_string();
    accounts.lines().find_map(|line| {
        let fields: Vec<&str> = line.split(':').collect();
        let home = *fields.get(5)?;
        (fields[2] == user && !home.is_empty()).then(|| home.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_home_of_an_account_is_found_by_its_number() {
        let accounts = "root:x:0:0:root:/root:/bin/bash\nsome:x:10:10::/home/some:/bin/sh\nnone:x:11:11:::\n";
        assert_eq!(home_of(10, accounts).as_deref(), Some("/home/some"));
        assert_eq!(home_of(11, accounts), None);
        assert_eq!(home_of(1, accounts), None);
    }
}
