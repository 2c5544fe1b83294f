//! A plain loop over seeded mutations of real inputs: a smoke test of the fuzz targets where cargo-fuzz does not run.
//! `RAMROLE_FUZZ_SECONDS` says how long each property is tried, 1 second if it is not set.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

#[path = "../../fuzz/properties.rs"]
mod properties;

/// Numbers from a seed, the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % sides.max(1)
    }
}

/// Pieces that mean something to one reader or another.
const PIECES: [&str; 30] = [
    "{",
    "}",
    "[",
    "]",
    "\"",
    "\\",
    ":",
    "=",
    ",",
    "\n",
    "\r\n",
    "\0",
    "[default]\n",
    "\u{feff}",
    "\u{1b}[2J",
    "，",
    "：",
    "\u{85}",
    "\u{2001}",
    "\u{3000}",
    "密码",
    "zq8Kf3LpW7xVb2NtYc5R",
    "token",
    "password: ",
    "access_key_secret = hoot",
    "AccessKeyId",
    "Expiration",
    "-----BEGIN ",
    "\\u0000",
    "Code: NoPermission",
];

/// The files of the repository's own cases, and some texts of the official clients' files.
fn seeds() -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> = vec![
        b"{\"Code\":\"Success\",\"AccessKeyId\":\"a\",\"AccessKeySecret\":\"b\",\"SecurityToken\":\"c\",\"Expiration\":\"2026-11-25T00:00:00Z\"}".to_vec(),
        b"[default]\ntype = access_key\naccess_key_id = a\naccess_key_secret = hoot\n[other]\nenable = true\n".to_vec(),
        b"{\"current\":\"default\",\"profiles\":[{\"name\":\"default\",\"mode\":\"AK\",\"access_key_secret\":\"hoot\"}]}\0ALIBABA_CLOUD_PROFILE=default\nALIBABA_CLOUD_CREDENTIALS_FILE=/x".to_vec(),
    ];
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder").filter_map(Result::ok) {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Some(bytes) = fs::read(&path).ok().filter(|bytes| bytes.len() < 4_096) {
                seeds.push(bytes);
            }
        }
    }
    seeds.sort();
    seeds
}

/// One to eight changes: a piece put in, bytes taken out, a bit turned, a part repeated, another seed's end.
fn mutated(seeds: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = seeds[dice.roll(seeds.len())].clone();
    for _ in 0..=dice.roll(8) {
        let at = dice.roll(bytes.len() + 1);
        let end = (at + dice.roll(24)).min(bytes.len());
        match dice.roll(5) {
            0 => drop(bytes.splice(at..at, PIECES[dice.roll(PIECES.len())].bytes())),
            1 => drop(bytes.drain(at..end)),
            2 if at < bytes.len() => bytes[at] ^= 1 << dice.roll(8),
            3 => {
                let part = bytes[at..end].repeat(1 + dice.roll(4));
                bytes.splice(at..at, part);
            }
            _ => {
                let other = &seeds[dice.roll(seeds.len())];
                bytes.truncate(at);
                bytes.extend_from_slice(&other[dice.roll(other.len())..]);
            }
        }
    }
    bytes
}

#[test]
fn the_properties_of_the_fuzz_targets_hold_of_mutated_inputs() {
    let seconds = std::env::var("RAMROLE_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(1);
    let seeds = seeds();
    for (name, property) in properties::ALL {
        let (start, mut dice, mut tried) = (Instant::now(), Dice(7), 0_u64);
        while start.elapsed() < Duration::from_secs(seconds) {
            let input = mutated(&seeds, &mut dice);
            let holds = std::panic::catch_unwind(|| property(&input)).is_ok();
            assert!(holds, "{name} does not hold of input {tried}: {:?}", String::from_utf8_lossy(&input));
            tried += 1;
        }
        println!("{name}: {tried} inputs in {seconds} s");
        assert!(tried > 20, "{name}: {tried}");
    }
}
