//! Service principals: the known ones, and the slips that look like them.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::sync::OnceLock;

use super::catalog;
use super::text::quoted;

/// A service of Alibaba Cloud as a trust policy names it: `<service>.aliyuncs.com`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal(String);

impl Principal {
    /// The principal as it is written in a policy.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Principal {
    type Err = Slip;

    fn from_str(typed: &str) -> Result<Self, Slip> {
        let meant = did_you_mean(typed);
        let is_service = typed.ends_with(".aliyuncs.com") && !typed.contains(['*', '?']);
        if meant.is_none() && is_service {
            Ok(Self(typed.to_owned()))
        } else {
            Err(Slip { typed: typed.to_owned(), meant })
        }
    }
}

/// A text that is no service principal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// What was written.
    pub typed: String,
    /// The known principal that was probably meant.
    pub meant: Option<&'static str>,
}

impl fmt::Display for Slip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let typed = quoted(&self.typed);
        match self.meant {
            Some(meant) => write!(f, "{typed} looks misspelt; did you mean `{meant}`?"),
            None => write!(f, "{typed} is not a service of Alibaba Cloud"),
        }
    }
}

impl std::error::Error for Slip {}

const DOMAIN: &str = "aliyuncs.com";

/// The known principal that was probably meant; `None` for a known one and for one that resembles none.
fn did_you_mean(typed: &str) -> Option<&'static str> {
    let known = known();
    if known.contains(&typed) || typed.is_empty() || typed.len() > 80 {
        return None;
    }
    let bare = bare(typed);
    if let Some(same) = known.iter().find(|other| **other == bare) {
        return Some(same);
    }
    if let Some(label) = bare.strip_suffix(DOMAIN).and_then(|label| label.strip_suffix('.')) {
        return mistaken(label).or_else(|| near_label(label));
    }
    let dotless = without_dots(&bare);
    known.iter().copied().find(|other| without_dots(other) == dotless || slip_in_domain(other, &bare))
}

/// The principal that people mean by a label that is none, such as the name of a product.
fn mistaken(label: &str) -> Option<&'static str> {
    let rows = &catalog::platform_roles().principals;
    let meant = rows.iter().find(|row| row.mistaken.iter().any(|other| other == label));
    meant.map(|row| row.value.as_str())
}

/// The principals of custom roles first: they are what people mean.
fn known() -> &'static [&'static str] {
    static KNOWN: OnceLock<Vec<&'static str>> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let rows = &catalog::platform_roles().principals;
        let (first, rest): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row.custom_role);
        first.into_iter().chain(rest).map(|row| row.value.as_str()).collect()
    })
}

/// Lower case, without white space, scheme, slashes and dots at the ends.
fn bare(typed: &str) -> Cow<'_, str> {
    let is_plain =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'-');
    if typed.bytes().all(is_plain) {
        return Cow::Borrowed(typed.trim_matches('.'));
    }
    let lower = typed.trim().to_lowercase();
    let address = lower.split_once("://").map_or(lower.as_str(), |(_, address)| address);
    Cow::Owned(address.split('/').next().unwrap_or_default().trim_matches('.').to_owned())
}

fn without_dots(text: &str) -> String {
    text.chars().filter(|c| *c != '.').collect()
}

/// `pai.aliyun.com`, `pai.aliyuns.com`: the label is right, the domain is not.
fn slip_in_domain(known: &str, typed: &str) -> bool {
    known.strip_suffix(DOMAIN).is_some_and(|label| {
        let typed_domain = typed.strip_prefix(label.trim_end_matches('.'));
        typed_domain
            .filter(|domain| domain.starts_with(['.', '-', '_', 'a']))
            .is_some_and(|domain| distance(domain.trim_start_matches(['.', '-', '_']), DOMAIN) <= 4)
    })
}

/// One slip in the label of PAI's own principals; other services' labels are not ours to judge.
fn near_label(label: &str) -> Option<&'static str> {
    [("pai", "pai.aliyuncs.com"), ("eas.pai", "eas.pai.aliyuncs.com")]
        .into_iter()
        .find(|(known, _)| is_one_slip(label, known))
        .map(|(_, principal)| principal)
}

/// Whether the [`distance`] is 1: what is left between the common start and end is one letter, or two swapped.
fn is_one_slip(a: &str, b: &str) -> bool {
    let start: usize =
        a.chars().zip(b.chars()).take_while(|(a, b)| a == b).map(|(letter, _)| letter.len_utf8()).sum();
    let (a, b) = (&a[start..], &b[start..]);
    let ends = a.chars().rev().zip(b.chars().rev()).take_while(|(a, b)| a == b);
    let end: usize = ends.map(|(letter, _)| letter.len_utf8()).sum();
    let (mut a, mut b) = (a[..a.len() - end].chars(), b[..b.len() - end].chars());
    match (a.next(), b.next(), a.next(), b.next()) {
        (None, None, ..) => false,
        (_, _, None, None) => true,
        (first, second, swapped_first, swapped_second) => {
            first == swapped_second && second == swapped_first && a.next().is_none() && b.next().is_none()
        }
    }
}

/// How many letters must be added, dropped, changed or swapped with their neighbour.
pub(crate) fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let changed = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                let best = changed.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
                if swapped { best.min(rows[i - 2][j - 2] + 1) } else { best }
            };
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_recognised() {
        for typed in
            ["pai.aliyun.cs.com", "PAI.aliyuncs.com", "pai.aliyun.com", "pai.aliyuncs.cn", "pai.alyuncs.com"]
        {
            assert_eq!(did_you_mean(typed), Some("pai.aliyuncs.com"), "{typed}");
        }
        for typed in
            ["paialiyuncs.com", "pai.aliyuncs.com.", " pai.aliyuncs.com", "https://pai.aliyuncs.com/"]
        {
            assert_eq!(did_you_mean(typed), Some("pai.aliyuncs.com"), "{typed}");
        }
        for typed in ["p\u{430}i.aliyuncs.com", "dlc.aliyuncs.com", "dsw.pai.aliyuncs.com"] {
            assert_eq!(did_you_mean(typed), Some("pai.aliyuncs.com"), "{typed}");
        }
        for typed in
            ["eas.aliyuncs.com", "pai.eas.aliyuncs.com", "eas.pai.aliyun.com", "eas.pia.aliyuncs.com"]
        {
            assert_eq!(did_you_mean(typed), Some("eas.pai.aliyuncs.com"), "{typed}");
        }
    }

    #[test]
    fn one_slip_is_a_distance_of_one() {
        let words =
            ["", "p", "pa", "pai", "pia", "api", "paai", "pbi", "pii", "eas.pai", "esa.pai", "iap", "pаi"];
        for a in words {
            for b in words {
                assert_eq!(is_one_slip(a, b), distance(a, b) == 1, "{a} {b}");
            }
        }
    }

    #[test]
    fn other_services_are_left_alone() {
        for typed in [
            "pai.aliyuncs.com",
            "oss.aliyuncs.com",
            "pts.aliyuncs.com",
            "cas.aliyuncs.com",
            "ecs.aliyuncs.com",
        ] {
            assert_eq!(did_you_mean(typed), None, "{typed}");
        }
        assert_eq!(did_you_mean("crossbackup.hbr.aliyuncs.com"), None);
        assert_eq!(did_you_mean("lambda.amazonaws.com"), None);
        assert_eq!(did_you_mean(""), None);
    }
}
