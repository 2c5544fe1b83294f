//! Recognizes a value that a person must still replace: `<workspace_id>`, `1234****`, `YOUR_ROLE`.

/// Words that ask for a value, without their separators.
const REQUESTS: [&str; 8] =
    ["your", "replaceme", "replacewith", "changeme", "placeholder", "fillin", "todo", "tbd"];

/// The part of a value that a person must still replace. `${NAME}` and `{{ name }}` are none: a deployment tool fills
/// them in.
#[must_use]
pub fn placeholder(value: &str) -> Option<&str> {
    bracketed(value)
        .or_else(|| masked(value))
        .or_else(|| value.split([':', '/']).find(|part| is_request(part)))
}

/// Whether a deployment tool fills in a part of the value: `${NAME}`, `$(NAME)`, `{{ name }}`, `$NAME`, `%NAME%`.
#[must_use]
pub fn is_filled_in(value: &str) -> bool {
    let is_name =
        |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let opened = ["${", "$(", "{{"].iter().any(|open| value.contains(open));
    let variable = value.strip_prefix('$').is_some_and(is_name);
    let of_windows = value.strip_prefix('%').and_then(|rest| rest.strip_suffix('%')).is_some_and(is_name);
    opened || variable || of_windows
}

/// `<name>`, with its angle brackets.
fn bracketed(value: &str) -> Option<&str> {
    let start = value.find('<')?;
    let end = start + value[start..].find('>')?;
    let inner = &value[start + 1..end];
    (!inner.is_empty() && !inner.contains('<')).then(|| &value[start..=end])
}

/// The part around a run of asterisks, or a part that is nothing but crosses: `1234****`, `xxxx`.
fn masked(value: &str) -> Option<&str> {
    let is_crossed = |part: &str| {
        part.len() >= 3 && ["x", "X", "?"].iter().any(|sign| part.trim_start_matches(sign).is_empty())
    };
    value.split([':', '/']).find(|part| part.contains("***") || is_crossed(part))
}

/// Whether words ask for a value: `YOUR_ROLE`, `your-workspace-id`, `change_me`, `你的角色`.
fn is_request(part: &str) -> bool {
    let words = part.split(|c: char| !c.is_ascii_alphanumeric());
    let folded: String = words.clone().collect::<String>().to_ascii_lowercase();
    let first = words.clone().find(|word| !word.is_empty()).unwrap_or_default().to_ascii_lowercase();
    let several = words.filter(|word| !word.is_empty()).count() > 1;
    REQUESTS.iter().any(|request| match *request {
        "your" => several && first == "your",
        request => folded == request || several && first == request,
    }) || ["你的", "您的", "请填写", "替换为"].iter().any(|request| part.contains(request))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_to_replace_is_named() {
        for (value, part) in [
            ("<workspace_id>", "<workspace_id>"),
            ("acs:ram::<account>:role/owl", "<account>"),
            ("acs:ram::1357****:role/owl", "1357****"),
            ("****", "****"),
            ("xxxx", "xxxx"),
            ("YOUR_WORKSPACE_ID", "YOUR_WORKSPACE_ID"),
            ("acs:ram::1234567890123456:role/your-role", "your-role"),
            ("CHANGE_ME", "CHANGE_ME"),
            ("您的工作空间", "您的工作空间"),
        ] {
            assert_eq!(placeholder(value), Some(part), "{value}");
        }
    }

    #[test]
    fn ordinary_values_and_variables_are_none() {
        for value in [
            "77112",
            "${WORKSPACE_ID}",
            "{{ workspace }}",
            "$WORKSPACE",
            "youru",
            "owl-x",
            "oss://b/{date}/",
            "",
        ] {
            assert_eq!(placeholder(value), None, "{value}");
        }
        for value in
            ["${WORKSPACE_ID}", "{{ workspace }}", "$WORKSPACE", "%WORKSPACE%", "acs:ram::${ID}:role/x"]
        {
            assert!(is_filled_in(value), "{value}");
        }
        assert!(!is_filled_in("oss://b/{date}/"));
    }
}
