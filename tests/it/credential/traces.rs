//! Thousands of made-up answers, and a look for what they left behind.

use jiff::tz::TimeZone;
use ramrole::domain::credential::{Answer, Reading, Watch, parse, report, verdict};
use ramrole::domain::moment::Moment;

use crate::driver::wizard;

use super::{seconds, service, time};

/// The pieces of made-up answers, some of them secrets.
const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "'",
    "\n",
    " ",
    "\u{feff}",
    "<html>",
    "\"Code\":\"Success\"",
    "\"Code\":\"Failed\"",
    "\"Message\":\"no CANARYmessage\"",
    "\"AccessKeyId\":\"STS.CANARYcanaryCANARY\"",
    "\"AccessKeySecret\":\"CANARYsecret\"",
    "\"SecurityToken\":\"CANARYtoken\"",
    "\"Expiration\":\"CANARYend\"",
    "\"Expiration\":\"2026-11-25T14:44:48Z\"",
    "\"securitytoken\": CANARYbare",
    "“CANARYquotes”",
    "AccessKeySecret=CANARYassigned",
    "//CANARYcomment",
    "\u{1b}]0;CANARY\u{7}",
    "\\uD800CANARY",
    "\"CANARYname\":1",
    "12CANARY",
    "tru",
    "\"AccessKeySecret\":{\"x\":\"CANARYdeep\"}",
    "\0",
];

/// The members of a whole credential among the pieces.
const WHOLE: std::ops::Range<usize> = 15..18;

/// Pieces one after the other, or the members of an object, sometimes of a whole credential.
fn made_up(dice: &mut crate::random_walk::Dice) -> String {
    let count = 1 + dice.roll(9);
    let mut pieces: Vec<&str> = (0..count).map(|_| PIECES[dice.roll(PIECES.len())]).collect();
    match dice.roll(3) {
        0 => return pieces.concat(),
        1 => pieces.retain(|piece| piece.len() > 3 && piece.starts_with('"')),
        _ => {
            pieces.truncate(2);
            pieces.extend(&PIECES[WHOLE]);
        }
    }
    format!("{{{}}}", pieces.join(","))
}

/// The screen on a source that gave this.
fn screen(reading: &Reading) -> String {
    let mut driver = wizard();
    driver.sources = vec![(service(), reading.result.clone())];
    driver.keys("down down down enter").screen()
}

#[test]
fn thousands_of_made_up_answers_leave_no_trace_of_a_secret() {
    let mut dice = crate::random_walk::Dice(0x5eed);
    let now = Moment { wall: time("2026-11-25T14:02:31Z"), steady: seconds(0) };
    let mut read = 0;
    for _ in 0..20_000 {
        let joined = made_up(&mut dice);
        let result = parse(joined.as_bytes()).map(|parsed| Answer { parsed, date: None, stamp: None });
        read += usize::from(result.is_ok());
        let reading = Reading { at: now, result };
        let mut said = vec![format!("{reading:?}")];
        if let Err(trouble) = &reading.result {
            said.push(format!("{trouble} {}", trouble.advice()));
        }
        if read % 10 == 0 {
            said.push(screen(&reading));
        }
        let mut watch = Watch::new(vec![service()], now);
        watch.take(0, Some(reading), now);
        let wanted = report::Wanted { least: seconds(900), secrets: false, zone: TimeZone::UTC };
        said.push(report::as_text(&watch, now, &wanted));
        said.push(report::as_json(&watch, now, &wanted).to_string());
        said.push(format!("{watch:?}{:?}", verdict(&watch, seconds(0), now)));
        said.extend(report::state(&watch, now));
        // The service's own message is shown; what it holds that looks like no secret is no part of one.
        let said = said.concat().replace("no CANARYmessage", "");
        assert!(!said.contains("CANARY"), "{joined:?}: {said}");
    }
    assert!(read > 200, "{read} of them were credentials");
}
