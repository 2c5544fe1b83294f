//! `ramrole serve` around a command in a terminal: its keys reach the command once.

use super::home;
use crate::pty::{Setup, key};

#[test]
fn ctrl_c_reaches_the_command_once_and_its_status_is_ours() {
    let home = home();
    let script =
        "trap 'echo interrupted' INT; echo ready; for turn in 1 2 3 4 5 6 7 8; do sleep 0.1; done; exit 5";
    let arguments = ["serve", "--quiet", "--from", "fake", "--", "bash", "-c", script];
    let mut terminal = Setup::new(home.path()).arguments(&arguments).start();
    terminal.wait("ready").send(key::CTRL_C);
    assert_eq!(terminal.ended(), 5);
    assert_eq!(terminal.text().matches("interrupted").count(), 1, "{}", terminal.text());
}

#[test]
fn without_a_command_ctrl_c_stops_it() {
    let home = home();
    let mut terminal = Setup::new(home.path()).arguments(&["serve", "--from", "fake"]).start();
    terminal.wait("export ALIBABA_CLOUD_CREDENTIALS_URI=").wait("until it is stopped").send(key::CTRL_C);
    assert_eq!(terminal.ended(), 0);
}
