//! What an edit leaves can be read, has what was wanted, and is left alone by the same edit; the first byte of
//! the input picks the place, the rest is the document.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ramrole::domain::json::{Document, Kind, push_element, read, remove_member, set_member, wrap_in_array};
use ramrole::domain::secret;
use serde_json::json;

const NAME: &str = "new";

fuzz_target!(|input: (u8, &str)| {
    let (pick, text) = input;
    let Ok(document) = read(text) else { return };
    let pick = usize::from(pick);
    let value = [json!(true), json!({"on": [1, {}]}), json!("a // b")][pick % 3].clone();
    let all: Vec<_> = document.root().descendants().collect();
    let index = pick % all.len();
    let target = all[index];

    let wrapped = wrap_in_array(target, &value);
    assert!(reread(&document, &wrapped).root().descendants().nth(index).is_some_and(|list| {
        list.elements().count() == 2 && list.elements().last().is_some_and(|last| last.equals(&value))
    }));

    if target.kind() == Kind::Array {
        let pushed = push_element(target, &value);
        let reading = reread(&document, &pushed);
        let list = reading.root().descendants().nth(index).expect("the list");
        assert!(list.elements().last().is_some_and(|last| last.equals(&value)));
        assert_eq!(list.elements().count(), target.elements().count() + 1);
    }

    if target.kind() == Kind::Object {
        let after = target.members().nth(pick % 5).and_then(|member| member.name.as_str());
        let set = set_member(target, NAME, &value, after.as_deref());
        let reading = reread(&document, &set);
        let object = reading.root().descendants().nth(index).expect("the object");
        assert!(object.get(NAME).is_some_and(|there| there.equals(&value)));
        assert_eq!(set_member(object, NAME, &value, after.as_deref()), set);
        if target.get(NAME).is_none() {
            assert_eq!(comments(&document), comments(&reading));
            let source = target.source();
            let inside = &source[1..source.len() - 1];
            if inside.is_empty() || !inside.trim().is_empty() {
                assert_eq!(remove_member(object, NAME), text, "{set:?}");
            }
        }
        if let Some(member) = target.members().nth(pick % 7) {
            let name = member.name.as_str().expect("a name");
            let count = target.members().filter(|other| other.is(&name)).count();
            let removed = remove_member(target, &name);
            let reading = reread(&document, &removed);
            let object = reading.root().descendants().nth(index).expect("the object");
            assert_eq!(object.members().filter(|other| other.is(&name)).count(), count - 1);
            assert_eq!(object.members().count(), target.members().count() - 1);
        }
    }

    let masked = secret::mask(&document);
    assert_eq!(masked.matches('\n').count(), text.matches('\n').count());
});

fn reread<'t>(before: &Document, text: &'t str) -> Document<'t> {
    let after = read(text).unwrap_or_else(|error| panic!("{error}: {text:?}"));
    assert!(after.first_comment().is_none() || before.first_comment().is_some());
    assert!(after.first_trailing_comma().is_none() || before.first_trailing_comma().is_some());
    after
}

fn comments<'d>(document: &'d Document) -> Vec<&'d str> {
    // The line break decides whether a carriage return before it is the comment's.
    document.comments().map(|comment| document.text()[comment].trim_end_matches('\r')).collect()
}
