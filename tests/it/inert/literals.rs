//! Literals of Python and Terraform, read back by their own language.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use ramrole::domain::plan::{DocumentRole, Plan};
use ramrole::domain::quote;

use super::{HOSTILE, eas_answers, made, samples};
use crate::mirror;

/// Runs a program on an input; `None` with a word about it where the program is not installed.
fn filter(program: &str, arguments: &[&str], folder: &Path, input: &str) -> Option<String> {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).env("PYTHONUTF8", "1").env("CHECKPOINT_DISABLE", "1");
    command
        .env("TF_CLI_CONFIG_FILE", "/dev/null")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let Ok(mut child) = command.spawn() else {
        println!("skipped: {program} is not installed");
        return None;
    };
    child.stdin.take().expect("standard input").write_all(input.as_bytes()).expect("the input");
    let output = child.wait_with_output().expect(program);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program}: {said}{}", String::from_utf8_lossy(&output.stdout));
    Some(String::from_utf8(output.stdout).expect("UTF-8"))
}

fn hex(text: &str) -> String {
    text.bytes().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}

#[test]
fn python_reads_each_literal_as_the_text() {
    const READER: &str = "import ast, sys\nfor line in sys.stdin.read().split('\\n')[:-1]:\n    \
                          print(ast.literal_eval(line).encode().hex())";
    let words = samples(3000);
    let literals = words.iter().map(|word| quote::python(word) + "\n").collect::<Vec<_>>().concat();
    assert_eq!(literals.lines().count(), words.len(), "a literal keeps to its line");
    let Some(read) = filter("python3", &["-c", READER], Path::new("/"), &literals) else { return };
    for (word, read) in words.iter().zip(read.lines()) {
        assert_eq!(read, hex(word), "{word:?} as {}", quote::python(word));
    }
    assert_eq!(read.lines().count(), words.len());
}

#[test]
fn terraform_reads_each_literal_as_the_text() {
    let folder = tempfile::tempdir().expect("a folder");
    // Terraform normalises what it reads (NFC), so characters that this changes are left out.
    let plain = |word: &String| word.chars().all(|c| c.is_ascii() || HOSTILE.iter().any(|it| it.contains(c)));
    let words: Vec<_> = samples(1500)
        .into_iter()
        .chain(["${x}", "%{if x}", "$${x}", "%%{x}", "$", "%", "$$", "a${", "%{"].map(str::to_owned))
        .filter(plain)
        .collect();
    let literals: Vec<_> = words.iter().map(|word| format!("  {},\n", quote::terraform(word))).collect();
    let literals = literals.concat();
    fs::write(folder.path().join("words.tf"), format!("locals {{\n  words = [\n{literals}  ]\n}}\n"))
        .expect("words");
    let ask = "join(\" \", [for word in local.words : base64encode(word)])\n";
    let Some(read) = filter("terraform", &["console"], folder.path(), ask) else { return };
    let mut decoded = read.trim().trim_matches('"').split(' ');
    for word in &words {
        assert_eq!(decoded.next(), Some(base64(word).as_str()), "{word:?} as {}", quote::terraform(word));
    }
    assert_eq!(decoded.next(), None);
}

fn base64(text: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut encoded = String::new();
    for chunk in text.as_bytes().chunks(3) {
        let bits = (0..3).fold(0_u32, |bits, at| bits << 8 | u32::from(chunk.get(at).copied().unwrap_or(0)));
        for at in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * at) & 63) as usize];
            encoded.push(if at <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    encoded
}

#[test]
fn terraform_takes_every_main_tf_and_would_change_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut texts: Vec<String> = mirror::plans().into_iter().filter_map(|plan| main_tf(&plan)).collect();
    texts.extend(
        HOSTILE
            .iter()
            .filter_map(|name| main_tf(&made(&eas_answers("new", &[("workspace_id", name)]), "s", "{}"))),
    );
    texts.sort();
    texts.dedup();
    for (index, text) in texts.iter().enumerate() {
        fs::write(folder.path().join(format!("{index}.tf")), text).expect("main.tf");
    }
    let Some(listed) = filter("terraform", &["fmt", "-check", "-list=true"], folder.path(), "") else {
        return;
    };
    assert_eq!(listed, "");
    println!("{} different main.tf", texts.len());
}

fn main_tf(plan: &Plan) -> Option<String> {
    let document = plan.documents.iter().find(|document| document.role == DocumentRole::Terraform)?;
    Some(document.text.clone())
}
