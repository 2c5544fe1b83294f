//! The rows of the key table, by where they work.

use super::app::App;
use super::buffer::{Motion, TextBuffer};
use super::keys::{Binding, On};

/// One row in one line: name, keys, label, help, what it does.
macro_rules! rows {
    ($($on:ident { $($name:literal [$($key:literal),*] $label:literal $help:literal $run:expr;)+ })+) => {
        &[$($(Binding {
            name: $name,
            on: On::$on,
            keys: &[$($key),*],
            label: $label,
            help: $help,
            run: $run,
        },)+)+]
    };
}

/// Every key there is.
#[rustfmt::skip]
pub static ALL: &[Binding] = rows! {
    Choice {
        "up" ["up", "k"] "+" "the choice above" |app| app.step(-1);
        "down" ["down", "j"] "choose" "the choice below" |app| app.step(1);
        "next" ["right", "l", "space"] "" "take it and go on" App::take_answer;
        "back" ["left", "h"] "" "the question before" App::back;
        "skip" ["-"] "" "pass over it, where it needs no answer" App::skip;
        "filter" ["/"] "" "show only the choices with these words" App::filter;
    }
    Several {
        "up" ["up", "k"] "+" "the row above" |app| app.step(-1);
        "down" ["down", "j"] "move" "the row below" |app| app.step(1);
        "tick" ["space", "x"] "tick" "tick it, or take the tick away" App::tick;
        "next" ["right", "l"] "" "take what is ticked and go on" App::take_answer;
        "back" ["left", "h"] "" "the question before" App::back;
        "skip" ["-"] "" "pass over it, where it needs no answer" App::skip;
        "filter" ["/"] "" "show only the rows with these words" App::filter;
    }
    Others {
        "up" ["up"] "+" "the row above" |app| app.step(-1);
        "down" ["down"] "move" "the row below" |app| app.step(1);
    }
    Document {
        "up" ["up"] "+" "the file above" |app| app.step(-1);
        "down" ["down"] "pick" "the file below" |app| app.step(1);
        "complete" ["tab"] "complete" "complete the path" App::complete;
        "edit" ["ctrl-e"] "edit" "open it in the editor, or begin a new one" App::edit_document;
        "focus-back" ["shift-tab"] "" "to the steps and the document" |app| app.focus(false);
    }
    Page {
        "next" ["enter"] "next" "take the answer and go on" App::take_answer;
        "back" ["esc"] "back" "the question before; answers stay" App::back;
        "document-up" ["pageup"] "" "the document beside, a page up" |app| app.scroll_page(-1);
        "document-down" ["pagedown"] "" "the document beside, a page down" |app| app.scroll_page(1);
    }
    Tabs {
        "focus" ["tab"] "document" "to the document, then to the steps, then back" |app| app.focus(true);
        "focus-back" ["shift-tab"] "" "to the steps, then to the document, then back" |app| app.focus(false);
    }
    Shown {
        "copy" ["y"] "copy" "copy the document that is shown" App::copy_shown;
        "previous-document" ["["] "" "show the document before" |app| app.switch(-1);
        "next-document" ["]"] "" "show the document after" |app| app.switch(1);
        "raw" ["v"] "" "show the document without borders, to select by hand" App::raw_shown;
        "preview" ["p"] "" "show or hide the document beside the question" App::toggle_preview;
        "finish" ["P"] "" "go to the finished plan" App::finish;
    }
    Pane {
        "up" ["up", "k"] "+" "a line up" |app| app.step(-1);
        "down" ["down", "j"] "scroll" "a line down" |app| app.step(1);
        "document-up" ["pageup"] "" "a page up" |app| app.scroll_page(-1);
        "document-down" ["pagedown"] "" "a page down" |app| app.scroll_page(1);
        "start" ["home", "g"] "" "to the first line" |app| app.step(isize::MIN);
        "end" ["end", "G"] "" "to the last line" |app| app.step(isize::MAX);
        "previous-document" ["left", "h"] "+" "the document before" |app| app.switch(-1);
        "next-document" ["right", "l"] "documents" "the document after" |app| app.switch(1);
        "back" ["esc", "enter"] "question" "to the question" App::to_question;
    }
    Steps {
        "up" ["up", "k"] "+" "the step above" |app| app.step(-1);
        "down" ["down", "j"] "move" "the step below" |app| app.step(1);
        "jump" ["enter", "right", "l"] "go there" "go to this step" App::jump;
        "back" ["esc", "left", "h"] "question" "to the question" App::to_question;
    }
    Home {
        "up" ["up", "k"] "+" "the row above" |app| app.step(-1);
        "down" ["down", "j"] "choose" "the row below" |app| app.step(1);
        "open" ["enter", "right", "l"] "open" "do it" App::open_entry;
        "filter" ["/"] "" "show only the rows with these words" App::filter;
        "drop-draft" ["x", "delete"] "" "forget the draft at the cursor" App::drop_draft;
    }
    Filter {
        "keep-filter" ["enter"] "keep" "keep what is shown" App::keep_filter;
        "drop-filter" ["esc"] "all" "show everything again" App::drop_filter;
        "up" ["up"] "+" "the row above" |app| app.step(-1);
        "down" ["down"] "move" "the row below" |app| app.step(1);
    }
    Preview {
        "previous-tab" ["left", "h", "shift-tab"] "+" "the tab before" |app| app.switch(-1);
        "next-tab" ["right", "l", "tab"] "tabs" "the tab after" |app| app.switch(1);
        "up" ["up", "k"] "" "a line up" |app| app.step(-1);
        "down" ["down", "j"] "" "a line down" |app| app.step(1);
        "document-up" ["pageup"] "" "a page up" |app| app.scroll_page(-1);
        "document-down" ["pagedown", "space"] "" "a page down" |app| app.scroll_page(1);
        "start" ["home", "g"] "" "to the first line" |app| app.step(isize::MIN);
        "end" ["end", "G"] "" "to the last line" |app| app.step(isize::MAX);
        "copy" ["y"] "copy" "copy what this tab shows" App::copy_shown;
        "copy-command" ["Y"] "" "copy the command line that gives this plan" App::copy_command;
        "save" ["s"] "save" "save this document" App::save_shown;
        "save-all" ["S"] "save all" "save every document and a README into a folder" App::save_all;
        "write" ["w"] "write" "write the role into the service config itself, after a look at the change" App::write_config;
        "diff" ["d"] "diff" "show only what changes, or the whole document" App::toggle_diff;
        "raw" ["v"] "raw" "show it without borders, to select by hand" App::raw_shown;
        "back" ["esc"] "back" "to the last question" App::back;
    }
    Editor {
        "done" ["esc"] "done" "leave the editor" App::leave_editor;
        "save-file" ["ctrl-s"] "save" "save the file" App::save_file;
        "role" ["ctrl-r"] "put the role in" "write the keys of the role into the text; undo takes them out again" App::put_role;
        "undo" ["ctrl-z"] "undo" "take the last change back" |app| app.edit(|editor| { editor.text.undo(); });
        "redo" ["ctrl-y"] "" "make it again" |app| app.edit(|editor| { editor.text.redo(); });
        "find" ["ctrl-f"] "find" "search" App::open_find;
        "finding" ["ctrl-g"] "next finding" "go to the next finding" App::next_finding;
        "fix" ["alt-f"] "" "apply the fix of the finding at the cursor" App::fix_finding;
        "outside" ["ctrl-e"] "$EDITOR" "change it in your own editor" App::edit_outside;
        "secrets" ["alt-s"] "" "show or hide the secrets in the text" App::toggle_secrets;
        "copy-text" ["alt-c"] "" "copy what is selected" App::copy_selection;
        "cut-text" ["ctrl-x"] "" "cut what is selected" App::cut_selection;
        "paste-text" ["ctrl-v"] "" "paste what was cut or copied here" App::paste_selection;
        "select-all" ["ctrl-a"] "" "select everything" |app| app.edit(|editor| editor.text.select_all());
        "left" ["left"] "" "a character to the left" |app| app.motion(Motion::Left, false);
        "right" ["right"] "" "a character to the right" |app| app.motion(Motion::Right, false);
        "up" ["up"] "" "a line up" |app| app.motion(Motion::Up, false);
        "down" ["down"] "" "a line down" |app| app.motion(Motion::Down, false);
        "word-left" ["ctrl-left", "alt-b"] "" "a word to the left" |app| app.motion(Motion::WordLeft, false);
        "word-right" ["ctrl-right"] "" "a word to the right" |app| app.motion(Motion::WordRight, false);
        "line-start" ["home"] "" "to the start of the line" |app| app.motion(Motion::LineStart, false);
        "line-end" ["end"] "" "to the end of the line" |app| app.motion(Motion::LineEnd, false);
        "text-start" ["ctrl-home"] "" "to the start of the text" |app| app.motion(Motion::Start, false);
        "text-end" ["ctrl-end"] "" "to the end of the text" |app| app.motion(Motion::End, false);
        "page-up" ["pageup"] "" "a page up" |app| app.motion(Motion::PageUp(app.text_rows()), false);
        "page-down" ["pagedown"] "" "a page down" |app| app.motion(Motion::PageDown(app.text_rows()), false);
        "select-left" ["shift-left"] "" "select to the left" |app| app.motion(Motion::Left, true);
        "select-right" ["shift-right"] "" "select to the right" |app| app.motion(Motion::Right, true);
        "select-up" ["shift-up"] "" "select upwards" |app| app.motion(Motion::Up, true);
        "select-down" ["shift-down"] "" "select downwards" |app| app.motion(Motion::Down, true);
        "select-word-left" ["ctrl-shift-left"] "" "select a word to the left" |app| app.motion(Motion::WordLeft, true);
        "select-word-right" ["ctrl-shift-right"] "" "select a word to the right" |app| app.motion(Motion::WordRight, true);
        "select-home" ["shift-home"] "" "select to the start of the line" |app| app.motion(Motion::LineStart, true);
        "select-end" ["shift-end"] "" "select to the end of the line" |app| app.motion(Motion::LineEnd, true);
        "new-line" ["enter", "ctrl-j"] "" "a new line, indented" |app| app.edit(|editor| editor.text.newline());
        "backspace" ["backspace"] "" "take the character before the cursor away" |app| app.edit(|editor| editor.text.backspace());
        "delete" ["delete"] "" "take the character behind the cursor away" |app| app.edit(|editor| editor.text.delete());
        "delete-word" ["alt-backspace", "ctrl-w"] "" "take the word before the cursor away" |app| app.edit(|editor| editor.text.delete_word_left());
        "indent" ["tab"] "" "indent" |app| app.edit(|editor| editor.text.indent());
        "dedent" ["shift-tab"] "" "indent less" |app| app.edit(|editor| editor.text.dedent());
    }
    Find {
        "find-next" ["enter", "down"] "next" "the next place" |app| app.find(false);
        "find-previous" ["up"] "previous" "the place before" |app| app.find(true);
        "close-find" ["esc"] "close" "back to the text" App::close_find;
    }
    Explain {
        "explain" ["enter"] "explain" "explain the message" App::explain;
        "new-line" ["ctrl-j"] "" "a new line" |app| app.message(TextBuffer::newline);
        "left" ["left"] "" "a character to the left" |app| app.message(|text| text.move_to(Motion::Left, false));
        "right" ["right"] "" "a character to the right" |app| app.message(|text| text.move_to(Motion::Right, false));
        "up" ["up"] "" "a line up" |app| app.message(|text| text.move_to(Motion::Up, false));
        "down" ["down"] "" "a line down" |app| app.message(|text| text.move_to(Motion::Down, false));
        "backspace" ["backspace"] "" "take the character before the cursor away" |app| app.message(TextBuffer::backspace);
        "delete" ["delete"] "" "take the character behind the cursor away" |app| app.message(TextBuffer::delete);
        "empty" ["ctrl-u"] "" "take everything away" |app| app.message(|text| text.replace(""));
        "back" ["esc"] "back" "to the start" App::back;
    }
    Explained {
        "up" ["up", "k"] "+" "a line up" |app| app.step(-1);
        "down" ["down", "j"] "scroll" "a line down" |app| app.step(1);
        "document-up" ["pageup"] "" "a page up" |app| app.scroll_page(-1);
        "document-down" ["pagedown", "space"] "" "a page down" |app| app.scroll_page(1);
        "start" ["home", "g"] "" "to the first line" |app| app.step(isize::MIN);
        "end" ["end", "G"] "" "to the last line" |app| app.step(isize::MAX);
        "mend" ["enter", "w"] "set it right" "go through the questions with what the message tells" App::mend_case;
        "copy" ["y"] "copy" "copy the explanation" App::copy_shown;
        "raw" ["v"] "" "show it without borders, to select by hand" App::raw_shown;
        "back" ["esc"] "back" "another message" App::back;
    }
    CheckPath {
        "check" ["enter"] "check" "check this document" App::check_path;
        "complete" ["tab"] "complete" "complete the path" App::complete;
        "up" ["up"] "+" "the file above" |app| app.step(-1);
        "down" ["down"] "pick" "the file below" |app| app.step(1);
        "back" ["esc"] "back" "to the start" App::back;
    }
    Checked {
        "up" ["up", "k"] "+" "the finding above" |app| app.step(-1);
        "down" ["down", "j"] "findings" "the finding below" |app| app.step(1);
        "fix" ["f"] "fix" "apply the fix of this finding" App::fix_finding;
        "edit" ["enter", "e"] "edit" "open the document at this place" App::edit_document;
        "save" ["s"] "save" "save the document with its fixes" App::save_shown;
        "copy" ["y"] "" "copy the document" App::copy_shown;
        "raw" ["v"] "" "show the document without borders, to select by hand" App::raw_shown;
        "filter" ["/"] "" "show only the findings with these words" App::filter;
        "back" ["esc"] "back" "another document" App::back;
    }
    Credential {
        "pause" ["space"] "pause" "stop reading, or go on" App::pause;
        "read-now" ["r"] "read now" "read every source at once" App::read_now;
        "who" ["w", "tab"] "who wins" "show which credential each official client takes, or the sources again" App::show_clients;
        "show-secrets" ["x"] "show secrets" "show the secrets for ten seconds, after a word that confirms it" App::reveal;
        "copy-as" ["e"] "copy as" "copy the credential as export lines, JSON or an ini profile" App::copy_as;
        "up" ["up", "k"] "" "the source above" |app| app.step(-1);
        "down" ["down", "j"] "" "the source below" |app| app.step(1);
        "document-up" ["pageup"] "" "a page up" |app| app.scroll_page(-1);
        "document-down" ["pagedown"] "" "a page down" |app| app.scroll_page(1);
        "back" ["esc"] "back" "hide the secrets, or to the start" App::leave_credential;
    }
    Pick {
        "pick" ["enter"] "take it" "do what is at the cursor" App::take_pick;
        "up" ["up", "k"] "+" "the row above" |app| app.step(-1);
        "down" ["down", "j"] "move" "the row below" |app| app.step(1);
        "close" ["esc"] "not now" "do nothing" App::close;
    }
    Keys {
        "up" ["up", "k"] "+" "a line up" |app| app.step(-1);
        "down" ["down", "j"] "scroll" "a line down" |app| app.step(1);
        "document-up" ["pageup"] "" "a page up" |app| app.scroll_page(-1);
        "document-down" ["pagedown", "space"] "" "a page down" |app| app.scroll_page(1);
        "close" ["esc", "enter", "q", "?"] "close" "back to the screen" App::close;
    }
    Palette {
        "run" ["enter"] "do it" "do what is at the cursor" App::run_entry;
        "up" ["up"] "+" "the row above" |app| app.step(-1);
        "down" ["down"] "move" "the row below" |app| app.step(1);
        "close" ["esc"] "close" "back to the screen" App::close;
    }
    Ask {
        "yes" ["enter"] "" "do it" App::confirm;
        "other" ["d"] "" "the other way" App::confirm_other;
        "up" ["up", "k"] "" "a line up" |app| app.step(-1);
        "down" ["down", "j"] "" "a line down" |app| app.step(1);
        "document-up" ["pageup"] "" "a page up" |app| app.scroll_page(-1);
        "document-down" ["pagedown", "space"] "" "a page down" |app| app.scroll_page(1);
        "close" ["esc"] "not now" "do nothing" App::close;
    }
    Prompt {
        "take" ["enter"] "take it" "take what is typed" App::take_prompt;
        "close" ["esc"] "not now" "do nothing" App::close;
    }
    Field {
        "left" ["left"] "" "a character to the left" |app| app.field(super::field::Field::left);
        "right" ["right"] "" "a character to the right" |app| app.field(super::field::Field::right);
        "line-start" ["home"] "" "to the start" |app| app.field(super::field::Field::home);
        "line-end" ["end"] "" "to the end" |app| app.field(super::field::Field::end);
        "backspace" ["backspace"] "" "take the character before the cursor away" |app| app.field(super::field::Field::backspace);
        "delete" ["delete"] "" "take the character behind the cursor away" |app| app.field(super::field::Field::delete);
        "clear" ["ctrl-u"] "" "take everything before the cursor away" |app| app.field(super::field::Field::clear_before);
    }
    Commands {
        "palette" [":"] "" "everything that can be done, by name" App::open_palette;
        "keys" ["?"] "keys" "the keys that work now" App::open_keys;
        "quit" ["q"] "quit" "leave; the answers stay in the draft" App::quit;
    }
    Everywhere {
        "palette" ["ctrl-p"] "" "everything that can be done, by name" App::open_palette;
        "keys" ["ctrl-k"] "" "the keys that work now" App::open_keys;
        "mouse" ["alt-m"] "" "take clicks, or leave the mouse to the terminal" App::toggle_mouse;
        "quit" ["ctrl-c"] "" "leave; the answers stay in the draft" App::quit;
    }
    Menu {
        "home" [] "" "go to the start" App::go_home;
        "fresh" [] "" "begin anew, with a draft of its own" App::go_fresh;
        "finish" [] "" "go to the finished plan" App::finish;
        "name-draft" [] "" "give the draft a name" App::name_draft;
        "go-check" [] "" "check a document" App::go_check;
        "go-explain" [] "" "explain an error" App::go_explain;
        "go-credential" [] "" "watch the credential inside an instance" App::go_credential;
    }
};
