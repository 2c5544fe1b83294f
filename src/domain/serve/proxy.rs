//! The hosts that clients ask without a proxy.

/// The names of this machine.
const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// The value of `NO_PROXY` with the names of this machine in it.
#[must_use]
pub fn with_loopback(except: &str) -> String {
    let given: Vec<&str> = except.split(',').map(str::trim).filter(|host| !host.is_empty()).collect();
    let missing = LOOPBACK.into_iter().filter(|host| !given.contains(host));
    given.iter().copied().chain(missing).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_excepted_stays_and_this_machine_joins_it() {
        assert_eq!(with_loopback(""), "localhost,127.0.0.1,::1");
        assert_eq!(with_loopback("a.example, localhost"), "a.example,localhost,127.0.0.1,::1");
    }
}
