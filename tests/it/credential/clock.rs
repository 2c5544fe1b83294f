//! Sources over time, on a scripted clock: a day in milliseconds, clocks that are set, a laptop that sleeps.

use jiff::Timestamp;
use ramrole::domain::credential::{Answer, Life, Reading, Source, Stamp, Watch, findings, verdict};
use ramrole::domain::moment::Moment;

use super::{answer, body, seconds, service, time};

/// A machine on a scripted clock, with one source that a service renews.
struct Machine {
    watch: Watch,
    now: Moment,
    /// When the credential ends, by the service's clock.
    end: Timestamp,
    number: u32,
    readings: usize,
}

impl Machine {
    fn new(source: Source) -> Self {
        let now = Moment { wall: time("2026-11-25T00:00:00Z"), steady: seconds(5) };
        Self {
            watch: Watch::new(vec![source], now),
            now,
            end: now.wall + seconds(3_600),
            number: 1,
            readings: 0,
        }
    }

    /// Lets a second pass; a service renews with so much left, or not at all.
    fn second(&mut self, renews_at: Option<i64>) {
        self.now = self.now.after(seconds(1));
        self.tick(renews_at);
    }

    fn tick(&mut self, renews_at: Option<i64>) {
        if renews_at.is_some_and(|left| self.end.duration_since(self.now.wall) <= seconds(left)) {
            self.end = self.now.wall + seconds(3_600);
            self.number += 1;
        }
        for due in self.watch.tick(self.now) {
            self.readings += 1;
            let result = Ok(answer(&body(self.end, self.number)));
            self.watch.take(due.index, Some(Reading { at: self.now, result }), self.now);
        }
    }

    fn codes(&self) -> Vec<&'static str> {
        findings(&self.watch, 0, self.now).iter().map(|finding| finding.rule.code).collect()
    }

    fn left(&self) -> i64 {
        self.watch.sources[0].left(self.now).expect("an end").as_secs()
    }
}

#[test]
fn a_day_of_renewals_is_seen_gently() {
    let mut machine = Machine::new(service());
    for _ in 0..86_400 {
        machine.second(Some(900));
    }
    let history = &machine.watch.sources[0].history;
    assert_eq!(history.count, 31, "every 45 minutes");
    assert_eq!(machine.readings, 86_400 / 30);
    assert_eq!(history.every().map(|every| (every.as_secs() + 30) / 60), Some(45));
    let next = machine.watch.sources[0].renewal_in(machine.now).expect("expected").as_secs();
    assert!((0..=2_700).contains(&next), "{next}");
    assert_eq!(machine.codes(), Vec::<&str>::new());
    assert!(verdict(&machine.watch, seconds(600), machine.now).is_ok());
}

#[test]
fn a_credential_that_nobody_renews_is_told_and_then_over() {
    let mut machine = Machine::new(service());
    let mut told = Vec::new();
    for _ in 0..3_700 {
        machine.second(None);
        let codes = machine.codes();
        if told.last() != Some(&codes) {
            told.push(codes);
        }
    }
    assert_eq!(
        told,
        [
            vec![],
            vec!["credential-near-end"],
            vec!["credential-ending"],
            vec!["credential-not-renewed", "credential-ending"],
            vec!["credential-expired", "credential-not-renewed"],
        ]
    );
    // Every thirty seconds, and every second in the two minutes around the end.
    assert!((230..=250).contains(&machine.readings), "{}", machine.readings);
    let reason = verdict(&machine.watch, seconds(0), machine.now).expect_err("over");
    assert!(reason.contains("it ended 1 min 4"), "{reason}");
}

#[test]
fn a_renewal_that_is_late_is_told_before_the_end() {
    let mut machine = Machine::new(service());
    for _ in 0..7_200 {
        machine.second(Some(900));
    }
    let usual = machine.watch.sources[0].history.renewed_with().expect("renewals").as_secs();
    assert!((870..=900).contains(&usual), "{usual}");
    while machine.left() > 0 {
        machine.second(None);
        let is_told = machine.codes().contains(&"credential-not-renewed");
        assert_eq!(is_told, machine.left() < usual - 120, "{}", machine.left());
    }
}

#[test]
fn a_clock_that_is_set_is_told_and_everything_is_read_again() {
    for by in [3_600, -3_600] {
        let mut machine = Machine::new(service());
        for _ in 0..100 {
            machine.second(Some(900));
        }
        let readings = machine.readings;
        machine.now.wall += seconds(by);
        // The service's clock is the machine's own.
        machine.end += seconds(by);
        machine.second(None);
        assert_eq!(machine.readings, readings + 1);
        assert_eq!(machine.watch.clock_set.map(|(_, by)| by.as_secs()), Some(by));
        assert_eq!(machine.left(), 3_600 - 101);
    }
}

#[test]
fn the_countdown_of_a_service_with_a_clock_of_its_own_is_right_whatever_ours_says() {
    let mut machine = Machine::new(service());
    // Ours is an hour behind; the service tells the time.
    let theirs = machine.now.wall + seconds(3_600);
    let text = body(theirs + seconds(1_800), 1);
    let answer = Answer { date: Some(theirs), ..answer(&text) };
    machine.watch.take(0, Some(Reading { at: machine.now, result: Ok(answer) }), machine.now);
    assert_eq!(machine.left(), 1_800);
    assert_eq!(machine.codes(), ["credential-clock"]);
    machine.now = machine.now.after(seconds(60));
    machine.now.wall -= seconds(7_200);
    assert_eq!(machine.left(), 1_740);
}

#[test]
fn a_laptop_that_slept_reads_again_at_once() {
    let mut machine = Machine::new(service());
    for _ in 0..10 {
        machine.second(Some(900));
    }
    let readings = machine.readings;
    // Both clocks go on while it sleeps.
    machine.now = machine.now.after(seconds(8 * 3_600));
    assert_eq!(Life::of(machine.watch.sources[0].left(machine.now)), Life::Expired);
    machine.tick(Some(900));
    assert_eq!(machine.readings, readings + 1);
    assert_eq!(Life::of(machine.watch.sources[0].left(machine.now)), Life::Fresh);
}

#[test]
fn a_file_is_looked_at_every_second_and_read_when_it_changed() {
    let mut machine = Machine::new(Source::File("/mnt/.alibabacloud/credentials".to_owned()));
    let stamp = Stamp { modified: Some(machine.now.wall), length: 400, number: 7, mode: 0o644 };
    let read = Answer { stamp: Some(stamp), ..answer(&body(machine.end, 1)) };
    let due = machine.watch.tick(machine.now);
    assert_eq!(due[0].known, None);
    machine.watch.take(0, Some(Reading { at: machine.now, result: Ok(read) }), machine.now);
    assert_eq!(machine.codes(), ["credential-readable"]);
    machine.now = machine.now.after(seconds(1));
    let due = machine.watch.tick(machine.now);
    assert_eq!(due[0].known, Some(stamp));
    machine.watch.take(0, None, machine.now);
    assert_eq!(machine.left(), 3_599);
    // What is known counts no longer once it is to be read anew.
    assert_eq!(machine.watch.read_now(machine.now)[0].known, None);
}

#[test]
fn what_is_paused_reads_nothing_until_it_is_asked_to() {
    let mut machine = Machine::new(service());
    machine.second(None);
    machine.watch.paused = true;
    for _ in 0..600 {
        machine.second(None);
    }
    assert_eq!(machine.readings, 1);
    assert_eq!(machine.watch.read_now(machine.now).len(), 1);
}
