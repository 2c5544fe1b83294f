//! A document as strict JSON on one line, every scalar as it was written.

use super::{Kind, Value};

/// The value without comments, trailing commas and white space.
#[must_use]
pub fn compact(value: Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

/// The depth is bounded by the reader.
fn write(value: Value, out: &mut String) {
    match value.kind() {
        Kind::Object => {
            out.push('{');
            for (index, member) in value.members().enumerate() {
                separate(index, out);
                out.push_str(member.name.source());
                out.push(':');
                write(member.value, out);
            }
            out.push('}');
        }
        Kind::Array => {
            out.push('[');
            for (index, element) in value.elements().enumerate() {
                separate(index, out);
                write(element, out);
            }
            out.push(']');
        }
        _ => out.push_str(value.source()),
    }
}

fn separate(index: usize, out: &mut String) {
    if index > 0 {
        out.push(',');
    }
}
