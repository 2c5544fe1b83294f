//! The README of a plan: its code blocks are the commands, and they call what the commands call.

use ramrole::domain::plan::report;

use super::steps::ENVIRONMENT;
use super::steps::calls;
use super::{HOSTILE, eas_answers, made};
use crate::recorder::Recorder;

/// The code blocks of a Markdown text, found as `CommonMark` finds them, without those that say `text`: nobody pastes
/// reasons.
fn fenced_blocks(markdown: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut lines = markdown.lines();
    while let Some(line) = lines.next() {
        let ticks = line.len() - line.trim_start_matches('`').len();
        if ticks < 3 || line[ticks..].contains('`') {
            assert!(!line.trim_start().starts_with("~~~"), "{line}");
            continue;
        }
        let closes =
            |line: &&str| line.trim_end().len() >= ticks && line.trim_end().bytes().all(|byte| byte == b'`');
        let inside: Vec<_> = lines.by_ref().take_while(|line| !closes(line)).collect();
        if &line[ticks..] != "text" {
            blocks.push(inside.join("\n"));
        }
    }
    blocks
}

#[test]
fn the_readme_holds_the_commands_and_nothing_else_to_paste() {
    for name in HOSTILE {
        let more =
            [("service_config", name), ("running", "yes"), ("access", "maxcompute"), ("project", name)];
        let plan = made(&eas_answers("new", &more), name, "");
        let readme = report::readme(&plan);
        let steps = plan.steps.iter().filter(|step| !step.commands.is_empty());
        let mut expected: Vec<_> = steps.map(|step| step.commands.join("\n")).collect();
        expected.push(plan.command_line.clone());
        assert_eq!(fenced_blocks(&readme), expected, "{readme}");
        let steers = |c: char| ramrole::domain::text::steers_a_terminal(c) && c != '\n';
        assert!(!readme.contains(steers), "{readme:?}");
    }
}

#[test]
fn the_blocks_of_the_readme_call_what_the_steps_call() {
    let recorder = Recorder::new();
    for name in HOSTILE.into_iter().step_by(5) {
        let plan = made(&eas_answers("new", &[("running", "yes")]), name, "");
        let blocks = fenced_blocks(&report::readme(&plan));
        let (again, steps) = blocks.split_last().expect("a block");
        assert_eq!(*again, plan.command_line);
        assert_eq!(recorder.calls(&steps.join("\n"), &ENVIRONMENT, &[]), calls(&plan));
    }
}
