//! The keys of the editor.

use ratatui::layout::Rect;

use super::Editor;
use crate::tui::buffer::{Motion, TextBuffer};
use crate::tui::canvas::Canvas;
use crate::tui::common::{EVERYWHERE, FIELD};
use crate::tui::field::Field;
use crate::tui::hit::Target;
use crate::tui::keymap::{Binding, On};
use crate::tui::place::{self, Place, Reply, Rows, rows};
use crate::tui::shared::Shared;

const EDITOR: On = On::typing("Editor");
const FIND: On = On::new("Find");

/// Its places, each with the kinds of keys that work there.
pub static PLACES: &[&[On]] = &[EDITING, FINDING];
const EDITING: &[On] = &[EDITOR, EVERYWHERE];
const FINDING: &[On] = &[FIND, FIELD, EVERYWHERE];

/// Its keys.
#[rustfmt::skip]
pub static KEYS: Rows<Editor> = rows! {
    EDITOR {
        "done" ["esc"] "done" "leave the editor" Editor::leave;
        "save-file" ["ctrl-s"] "save" "save the file" Editor::save;
        "role" ["ctrl-r"] "put the role in" "write the keys of the role into the text; undo takes them out again" Editor::put_role;
        "undo" ["ctrl-z"] "undo" "take the last change back" |editor, _| editor.edit(|text| { text.undo(); });
        "redo" ["ctrl-y"] "" "make it again" |editor, _| editor.edit(|text| { text.redo(); });
        "find" ["ctrl-f"] "find" "search" Editor::open_find;
        "finding" ["ctrl-g"] "next finding" "go to the next finding" Editor::next_finding;
        "fix" ["alt-f"] "" "apply the fix of the finding at the cursor" Editor::fix;
        "outside" ["ctrl-e"] "$EDITOR" "change it in your own editor" Editor::edit_outside;
        "secrets" ["alt-s"] "" "show or hide the secrets in the text" Editor::toggle_secrets;
        "copy-text" ["alt-c"] "" "copy what is selected" Editor::copy_selection;
        "cut-text" ["ctrl-x"] "" "cut what is selected" Editor::cut_selection;
        "paste-text" ["ctrl-v"] "" "paste what was cut or copied here" Editor::paste_selection;
        "select-all" ["ctrl-a"] "" "select everything" |editor, _| editor.edit(TextBuffer::select_all);
        "left" ["left"] "" "a character to the left" |editor, _| editor.go(Motion::Left);
        "right" ["right"] "" "a character to the right" |editor, _| editor.go(Motion::Right);
        "up" ["up"] "" "a line up" |editor, _| editor.go(Motion::Up);
        "down" ["down"] "" "a line down" |editor, _| editor.go(Motion::Down);
        "word-left" ["ctrl-left", "alt-b"] "" "a word to the left" |editor, _| editor.go(Motion::WordLeft);
        "word-right" ["ctrl-right"] "" "a word to the right" |editor, _| editor.go(Motion::WordRight);
        "line-start" ["home"] "" "to the start of the line" |editor, _| editor.go(Motion::LineStart);
        "line-end" ["end"] "" "to the end of the line" |editor, _| editor.go(Motion::LineEnd);
        "text-start" ["ctrl-home"] "" "to the start of the text" |editor, _| editor.go(Motion::Start);
        "text-end" ["ctrl-end"] "" "to the end of the text" |editor, _| editor.go(Motion::End);
        "page-up" ["pageup"] "" "a page up" |editor, shared| editor.go(Motion::PageUp(text_rows(shared)));
        "page-down" ["pagedown"] "" "a page down" |editor, shared| editor.go(Motion::PageDown(text_rows(shared)));
        "select-left" ["shift-left"] "" "select to the left" |editor, _| editor.select(Motion::Left);
        "select-right" ["shift-right"] "" "select to the right" |editor, _| editor.select(Motion::Right);
        "select-up" ["shift-up"] "" "select upwards" |editor, _| editor.select(Motion::Up);
        "select-down" ["shift-down"] "" "select downwards" |editor, _| editor.select(Motion::Down);
        "select-word-left" ["ctrl-shift-left"] "" "select a word to the left" |editor, _| editor.select(Motion::WordLeft);
        "select-word-right" ["ctrl-shift-right"] "" "select a word to the right" |editor, _| editor.select(Motion::WordRight);
        "select-home" ["shift-home"] "" "select to the start of the line" |editor, _| editor.select(Motion::LineStart);
        "select-end" ["shift-end"] "" "select to the end of the line" |editor, _| editor.select(Motion::LineEnd);
        "new-line" ["enter", "ctrl-j"] "" "a new line, indented" |editor, _| editor.edit(TextBuffer::newline);
        "backspace" ["backspace"] "" "take the character before the cursor away" |editor, _| editor.edit(TextBuffer::backspace);
        "delete" ["delete"] "" "take the character behind the cursor away" |editor, _| editor.edit(TextBuffer::delete);
        "delete-word" ["alt-backspace", "ctrl-w"] "" "take the word before the cursor away" |editor, _| editor.edit(TextBuffer::delete_word_left);
        "indent" ["tab"] "" "indent" |editor, _| editor.edit(TextBuffer::indent);
        "dedent" ["shift-tab"] "" "indent less" |editor, _| editor.edit(TextBuffer::dedent);
    }
    FIND {
        "find-next" ["enter", "down"] "next" "the next place" |editor, shared| editor.find(false, shared);
        "find-previous" ["up"] "previous" "the place before" |editor, shared| editor.find(true, shared);
        "close-find" ["esc"] "close" "back to the text" Editor::close_find;
    }
};

/// How many rows of a text the editor shows.
pub(super) fn text_rows(shared: &Shared) -> usize {
    usize::from(shared.look.size.1.saturating_sub(6)).max(1)
}

/// How many columns of a text the editor shows.
pub(super) fn text_columns(shared: &Shared) -> usize {
    let whole = usize::from(shared.look.size.0);
    let text = if shared.look.is_wide() { whole * 3 / 5 } else { whole };
    text.saturating_sub(8).max(1)
}

impl Place for Editor {
    fn kinds(&self, _: &Shared) -> &'static [On] {
        if self.find.is_some() { FINDING } else { EDITING }
    }

    fn run(&mut self, binding: &Binding, shared: &mut Shared) -> Option<Reply> {
        place::run(KEYS, self, binding, shared)
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect, shared: &Shared) {
        self.draw_all(canvas, area, &shared.work);
    }

    fn field(&mut self, _: &Shared) -> Option<&mut Field> {
        self.find.as_mut()
    }

    fn typed(&mut self, _: &mut Shared) -> Reply {
        self.find_as_typed();
        Reply::Stay
    }

    fn type_text(&mut self, text: &str, _: &mut Shared) -> Reply {
        if let Some(field) = &mut self.find {
            field.insert(text);
            self.find_as_typed();
        } else {
            self.text.insert(text);
        }
        Reply::Stay
    }

    fn wheel(&mut self, by: isize, _: &mut Shared) -> Reply {
        let rows = by.unsigned_abs();
        self.go(if by < 0 { Motion::PageUp(rows) } else { Motion::PageDown(rows) })
    }

    fn settle(&mut self, shared: &mut Shared) {
        self.follow(text_rows(shared), text_columns(shared));
        self.refresh(shared);
    }

    fn click(&mut self, target: Target, _: &mut Shared) -> Reply {
        match target {
            Target::Text(row, column) => self.place_cursor(row, column),
            Target::Entry(_) | Target::Step(_) | Target::Tab(_) | Target::Key(_) => {}
        }
        Reply::Stay
    }
}
