//! Every span of every text can be drawn, harmlessly, with the mark inside what is shown.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ramrole::domain::picture::picture;
use ramrole::domain::{secret, text};
use unicode_width::UnicodeWidthChar;

fuzz_target!(|input: (u16, u16, &str)| {
    let (start, end, content) = input;
    let picture = picture(content, &(usize::from(start)..usize::from(end)));
    assert!(!picture.excerpt.chars().any(text::steers_a_terminal), "{picture:?}");
    let columns: usize = picture.excerpt.chars().map(|c| c.width().unwrap_or(0)).sum();
    assert!(picture.indent <= columns && picture.length >= 1, "{picture:?}");
    let _ = text::place(content, usize::from(start));
    for line in content.lines() {
        let spans = secret::spans_in_line(line);
        assert!(spans.iter().all(|span| !span.is_empty() && line.get(span.clone()).is_some()));
        assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start), "{spans:?}");
    }
    assert!(!text::visible_line(content).chars().any(text::steers_a_terminal));
});
