//! Finds `AccessKey` pairs anywhere in a service config: a custom or default role makes them unnecessary. Messages
//! never quote their values.

use super::{Document, Finding, Kind, Value, json, table};
use crate::domain::secret::{holds_access_key_id, is_access_key_name, is_placeholder};
use crate::domain::text::quoted;

/// One finding for each member, environment variable, list item or comment that holds a part of an `AccessKey` pair.
pub(super) fn findings<'d>(document: &'d Document) -> impl Iterator<Item = Finding> + 'd {
    let places = document.values().flat_map(|value| -> Box<dyn Iterator<Item = (Value<'d>, String)> + 'd> {
        match value.kind() {
            Kind::Object => Box::new(in_object(value)),
            Kind::Array => Box::new(in_list(value)),
            _ => Box::new(std::iter::empty()),
        }
    });
    let places = places.map(|(at, message)| (at.span(), message));
    let comments =
        document.comments().filter(|comment| holds_access_key_id(&document.text()[comment.clone()]));
    let comments = comments.map(|comment| (comment, "a comment holds an AccessKey".to_owned()));
    let all = places.chain(comments);
    all.map(|(span, message)| Finding::new(&table::CONFIG_ACCESS_KEY, message).spanning(span))
}

/// The members of an object that hold a key; of `{"name": …, "value": …}` the variable that it sets.
fn in_object(object: Value<'_>) -> impl Iterator<Item = (Value<'_>, String)> + '_ {
    let variable = object.get("name").filter(|_| object.get("value").is_some());
    let set = variable.and_then(|name| {
        let (text, value) = (name.as_str()?, object.get("value")?.as_str()?);
        let message = || format!("the environment variable {} holds an AccessKey", quoted(&text));
        is_key(&text, &value).then(|| (name, message()))
    });
    let members = object.members().filter(move |member| variable.is_none() || !member.is("value"));
    let held = members.filter_map(|member| {
        let name = member.name.as_str()?;
        if holds_access_key_id(&name) {
            return Some((member.name, "the name of a member holds an AccessKey".to_owned()));
        }
        let value = member.value.as_str()?;
        let message = || format!("{} holds an AccessKey", quoted(&name));
        (is_key(&name, &value) || is_in_text(&value)).then(|| (member.name, message()))
    });
    set.into_iter().chain(held)
}

/// The items of a list, such as the words of a command, that hold a key.
fn in_list(list: Value<'_>) -> impl Iterator<Item = (Value<'_>, String)> + '_ {
    let mut before = String::new();
    list.elements().filter_map(move |element| {
        let text = element.as_str()?;
        let option = std::mem::replace(&mut before, text.to_string());
        let is_value = option.starts_with('-') && !option.contains('=') && is_key(&option, &text);
        (is_value || is_in_text(&text)).then(|| (element, "a list item holds an AccessKey".to_owned()))
    })
}

/// Whether a value is a part of a pair, by the name of the value or by its look.
fn is_key(name: &str, value: &str) -> bool {
    let is_real = !value.is_empty() && !is_placeholder(value);
    is_real && (is_access_key_name(name.trim_start_matches('-')) || holds_access_key_id(value))
}

/// The minimum length of a value in a script: shorter ones are numbers and words.
const SHORTEST: usize = 8;

/// Whether a script, a URL or JSON in a string holds a part of a pair.
fn is_in_text(text: &str) -> bool {
    if holds_access_key_id(text) {
        return true;
    }
    if text.trim_start().starts_with('{')
        && let Ok(inner) = json::read(text)
    {
        return findings(&inner).next().is_some();
    }
    let parts = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | ',' | '&' | '?' | '{' | '}');
    let mut words = text.split(parts).filter(|word| !word.is_empty()).peekable();
    let assigned = std::iter::from_fn(|| {
        let word = words.next()?;
        let next = words.peek().copied().unwrap_or_default();
        Some(match word.split_once(['=', ':']) {
            Some((name, "")) => (name, next),
            Some((name, value)) => (name, value),
            None if word.starts_with("--") => (word, next),
            None => ("", ""),
        })
    });
    assigned.into_iter().any(|(name, value)| value.len() >= SHORTEST && is_key(name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A key that looks like one and is none.
    fn key() -> String {
        ["LT", "AI5t", &"9Zk2Qw7M".repeat(2)].concat()
    }

    fn count(text: &str) -> usize {
        findings(&json::read(text).expect("JSON")).count()
    }

    #[test]
    fn a_literal_key_is_found_wherever_it_stands() {
        for text in [
            r#"{"containers":[{"env":[{"name":"A","value":"KEY"}]}]}"#,
            r#"{"containers":[{"script":"ossutil -i KEY cp a b"}]}"#,
            r#"{"containers":[{"command":["ossutil","-i","KEY"]}]}"#,
            r#"{"model_path":"http://KEY:x@oss-cn-hangzhou.aliyuncs.com/a"}"#,
            r#"{"storage":[{"oss":{"path":"oss://b/","options":"-okey=KEY"}}]}"#,
            r#"{"osscredentials":{"id":"KEY"}}"#,
            r#"{"model_config":"{\"osscredentials\":\"KEY:abc\"}"}"#,
            r#"{"keys":{"KEY":1}}"#,
            "{ // was KEY\n\"a\": 1}",
            "{\"a\": 1 /* was\nKEY */}",
        ] {
            assert_eq!(count(&text.replace("KEY", &key())), 1, "{text}");
            assert_eq!(count(text), 0, "{text}");
        }
    }

    #[test]
    fn a_name_is_enough_where_the_value_is_no_placeholder() {
        for (text, found) in [
            (r#"{"env":[{"name":"ACCESS_KEY_ID","value":"V"}]}"#, 1),
            (r#"{"osscredentials":{"accessKeyId":"V","accessKeySecret":"V"}}"#, 2),
            (r#"{"script":"export OSS_ACCESS_KEY_SECRET=V; run"}"#, 1),
            (r#"{"command":["run","--access-key-secret","V"]}"#, 1),
            (r#"{"model_config":"{\"access_key_id\":\"V\"}"}"#, 1),
        ] {
            assert_eq!(count(&text.replace('V', "s0meth1ngreal")), found, "{text}");
            for placeholder in
                ["YOUR_ACCESS_KEY_ID", "<access-key-id>", "************", "${ACCESS_KEY}", "$AK_FROM_ENV"]
            {
                assert_eq!(count(&text.replace('V', placeholder)), 0, "{text}: {placeholder}");
            }
        }
        assert_eq!(count(r#"{"name":"masked","task":"sk","port":"8000","top_k":"20"}"#), 0);
    }
}
