//! The screen on credentials: what it says over time, and that it shows secrets only where that was confirmed.

use ramrole::domain::credential::{Answer, Source, Trouble};
use ramrole::domain::moment::Moment;

use super::{answer, body, seconds, service};
use crate::driver::{Driver, wizard};

const SECRETS: [&str; 3] = ["made-up-secret", "made-up-token", "STS.MadeUp"];

/// A machine whose service gives a credential with so much left.
fn machine(left: i64) -> Driver {
    let mut driver = wizard();
    driver.sources = vec![(service(), Ok(gives(driver.now, left, 1)))];
    driver.keys("down down down enter");
    driver
}

fn hidden(driver: &mut Driver) {
    for secret in SECRETS {
        driver.misses(secret);
    }
}

fn shown(driver: &mut Driver) {
    for secret in SECRETS {
        driver.sees(secret);
    }
}

fn gives(now: Moment, left: i64, number: u32) -> Answer {
    answer(&body(now.wall + seconds(left), number))
}

#[test]
fn it_counts_down_and_says_what_clients_do() {
    let mut driver = machine(960);
    driver.sees("fresh").sees("16 min").sees("14:02:31 UTC").sees("2026-11-25 14:18:31 UTC (22:18:31 here)");
    driver
        .passes(61)
        .sees("14 min 59 s")
        .sees("under 15 min")
        .sees("Python, Node and Java fetch at every call");
    driver.passes(720).sees("2 min 59 s").sees("Go renews now");
    driver.passes(179).sees("expired").sees("it ended 0 s ago").sees("not being renewed");
}

#[test]
fn a_renewal_is_seen_and_the_next_one_expected() {
    let mut driver = machine(3_600);
    driver.sees("not seen yet since 14:02");
    driver.passes(2_700);
    driver.sources[0].1 = Ok(gives(driver.now, 3_600, 2));
    driver.passes(60).sees("once since 14:02").sees("next about 15:33").sees("of 1 h");
}

#[test]
fn several_sources_stand_one_below_the_other() {
    let mut driver = wizard();
    let file = |path: &str| Source::File(path.to_owned());
    let good = gives(driver.now, 3_000, 1);
    driver.sources = vec![
        (service(), Ok(good.clone())),
        (file("/mnt/.alibabacloud/credentials"), Ok(good)),
        (file("/etc/ram/\u{1b}[2Jcredentials"), Err(Trouble::Html)),
    ];
    driver.keys("down down down enter");
    driver
        .sees("same credential")
        .sees("cannot be read")
        .sees("it is a web page")
        .sees("/etc/ram/␛[2Jcredentials");
    driver.sources[1].1 = Ok(gives(driver.now, 3_000, 2));
    driver.keys("r").sees("another credential");
}

#[test]
fn secrets_are_shown_for_ten_seconds_after_a_word() {
    let mut driver = machine(3_000);
    hidden(&mut driver);
    driver.keys("x").types("yes").keys("enter").sees("type show");
    hidden(&mut driver);
    driver.keys("ctrl-u").types("show").keys("enter");
    shown(&mut driver);
    driver.passes(9);
    driver.sees("made-up-secret");
    driver.passes(1);
    hidden(&mut driver);
    driver.keys("x").types("show").keys("enter esc");
    hidden(&mut driver);
    driver.sees("credentials in this instance").keys("esc").sees("Watch credentials");
}

#[test]
fn a_credential_is_copied_only_after_a_question() {
    let mut driver = machine(3_000);
    driver
        .keys("e")
        .sees("export lines")
        .sees("ini profile")
        .keys("down enter")
        .sees("other programs can read");
    assert_eq!(driver.copied, None);
    driver.keys("esc");
    assert_eq!(driver.copied, None);
    driver.keys("e enter enter");
    let copied = driver.copied.clone().expect("copied");
    assert!(copied.starts_with("export ALIBABA_CLOUD_ACCESS_KEY_ID=STS.MadeUp"), "{copied}");
    driver.sees("was sent to the terminal");
    hidden(&mut driver);
}

#[test]
fn what_was_seen_is_still_known_when_one_comes_back() {
    let mut driver = machine(3_600);
    driver.passes(2_700);
    driver.sources[0].1 = Ok(gives(driver.now, 3_600, 2));
    driver.passes(60).sees("once since 14:02").keys("esc");
    driver.passes(5).keys("down down down enter").sees("once since 14:02");
}

#[test]
fn a_clock_that_was_set_is_told() {
    let mut driver = machine(3_000);
    driver.now.wall += seconds(3_600);
    driver.passes(1).sees("this machine's clock was set forward by 1 h");
}

#[test]
fn without_a_source_it_says_where_it_looked() {
    let mut driver = wizard();
    driver.keys("down down down enter").sees("ALIBABA_CLOUD_CREDENTIALS_URI is not set");
    driver.sources = vec![(service(), Ok(gives(driver.now, 3_000, 1)))];
    driver.keys("r").sees("fresh");
    driver.keys("space").sees("paused").keys("space").misses("paused");
}

#[test]
fn it_tells_who_takes_which_credential() {
    let mut driver = wizard();
    driver.sources = vec![(service(), Ok(gives(driver.now, 3_000, 1)))];
    driver.clients = crate::screens::clients();
    driver.keys("down down down enter").sees("Who uses it").sees("✓ Python, Client()").sees("! Node");
    driver.keys("w").sees("who uses the credential").sees("/home/owl/.alibabacloud/credentials");
    driver.sees("takes the instance's role, by the credential URI").keys("esc").sees("Local service");
    driver.keys("tab").sees("who uses the credential").keys("tab").sees("Local service");
}

#[test]
fn no_client_is_ticked_while_the_service_gives_nothing_to_use() {
    let mut driver = wizard();
    driver.sources = vec![(service(), Ok(gives(driver.now, 3_600, 1)))];
    driver.clients = crate::screens::clients();
    driver.keys("down down down enter");
    driver.sees("✓ Python, Client()").misses("no credential that a client can use");
    driver.sources[0].1 = Err(Trouble::Html);
    driver.keys("r").sees("no credential that a client can use now").misses("✓ Python");
    driver.keys("w").misses("✓ ");
    driver.sources[0].1 = Ok(gives(driver.now, 3_600, 2));
    driver.keys("esc r").sees("✓ Python, Client()");
}
