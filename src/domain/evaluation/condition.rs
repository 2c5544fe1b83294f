//! Whether a condition is met: all operators and all keys, and of the values of a key any.

use core::net::IpAddr;

use jiff::Timestamp;

use super::{AbsentKey, Met, Open, Reading, Request};
use crate::domain::json::{Kind, Value};
use crate::domain::policy::matches_exactly;

/// Whether a whole `Condition` is met; without one, everything is.
pub(super) fn block(condition: Option<Value>, request: &Request, reading: Reading) -> Met {
    let operators = condition.into_iter().flat_map(Value::members);
    Met::all(operators.flat_map(|member| {
        let name = member.name.as_str().unwrap_or_default().into_owned();
        member.value.members().map(move |key| {
            let key_name = key.name.as_str().unwrap_or_default();
            match Operator::named(&name) {
                Some(operator) => of_key(operator, &key_name, key.value, request, reading),
                None => Met::Open(Open::Operator(name.clone())),
            }
        })
    }))
}

fn of_key(operator: Operator, key: &str, values: Value, request: &Request, reading: Reading) -> Met {
    let Some(actual) = request.context.get(key) else {
        return match reading.absent_key {
            None => Met::Open(Open::AbsentKey(key.to_owned())),
            Some(AbsentKey::NotMet) => Met::No,
            Some(AbsentKey::NegatedMet) => Met::of(operator.negated),
        };
    };
    let texts = values.one_or_more().map(|value| match value.kind() {
        Kind::String => value.as_str().unwrap_or_default(),
        _ => value.source().into(),
    });
    let any = Met::any(texts.map(|expected| {
        let met = operator.test.run(actual, &expected);
        met.map_or_else(|| Met::Open(Open::Operator(format!("{key}: {expected}"))), Met::of)
    }));
    if operator.negated { any.not() } else { any }
}

#[derive(Clone, Copy)]
struct Operator {
    test: Test,
    /// None of the values may meet it (inferred from "any value" turned around).
    negated: bool,
}

#[derive(Clone, Copy)]
enum Test {
    Equals,
    EqualsIgnoreCase,
    Like,
    Number(Order),
    Date(Order),
    Bool,
    Ip,
}

#[derive(Clone, Copy)]
enum Order {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Operator {
    /// The operator of RAM with this name.
    fn named(name: &str) -> Option<Self> {
        let (test, negated) = match name {
            "StringEquals" => (Test::Equals, false),
            "StringNotEquals" => (Test::Equals, true),
            "StringEqualsIgnoreCase" => (Test::EqualsIgnoreCase, false),
            "StringNotEqualsIgnoreCase" => (Test::EqualsIgnoreCase, true),
            "StringLike" => (Test::Like, false),
            "StringNotLike" => (Test::Like, true),
            "Bool" => (Test::Bool, false),
            "IpAddress" => (Test::Ip, false),
            "NotIpAddress" => (Test::Ip, true),
            _ => {
                let (test, order): (fn(Order) -> Test, _) = match name.strip_prefix("Numeric") {
                    Some(order) => (Test::Number, order),
                    None => (Test::Date, name.strip_prefix("Date")?),
                };
                let (order, negated) = Order::named(order)?;
                (test(order), negated)
            }
        };
        Some(Self { test, negated })
    }
}

impl Order {
    fn named(name: &str) -> Option<(Self, bool)> {
        Some(match name {
            "Equals" => (Self::Equal, false),
            "NotEquals" => (Self::Equal, true),
            "LessThan" => (Self::Less, false),
            "LessThanEquals" => (Self::LessOrEqual, false),
            "GreaterThan" => (Self::Greater, false),
            "GreaterThanEquals" => (Self::GreaterOrEqual, false),
            _ => return None,
        })
    }

    fn holds<T: PartialOrd>(self, actual: &T, expected: &T) -> bool {
        match self {
            Self::Equal => actual == expected,
            Self::Less => actual < expected,
            Self::LessOrEqual => actual <= expected,
            Self::Greater => actual > expected,
            Self::GreaterOrEqual => actual >= expected,
        }
    }
}

impl Test {
    /// Whether the value of the request passes; `None` where a value cannot be read.
    fn run(self, actual: &str, expected: &str) -> Option<bool> {
        Some(match self {
            Self::Equals => actual == expected,
            Self::EqualsIgnoreCase => actual.to_lowercase() == expected.to_lowercase(),
            Self::Like => matches_exactly(expected, actual),
            Self::Bool => actual.eq_ignore_ascii_case(expected),
            Self::Number(order) => order.holds(&number(actual)?, &number(expected)?),
            Self::Date(order) => order.holds(&actual.parse::<Timestamp>().ok()?, &expected.parse().ok()?),
            Self::Ip => is_in_network(actual.parse().ok()?, expected)?,
        })
    }
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

/// Whether an address is in a network `ADDRESS/BITS`, or is the address.
fn is_in_network(address: IpAddr, network: &str) -> Option<bool> {
    let (start, bits) = network.split_once('/').map_or((network, None), |(start, bits)| (start, Some(bits)));
    let (address, start, width) = match (address, start.parse().ok()?) {
        (IpAddr::V4(address), IpAddr::V4(start)) => {
            (u128::from(address.to_bits()), u128::from(start.to_bits()), 32)
        }
        (IpAddr::V6(address), IpAddr::V6(start)) => (address.to_bits(), start.to_bits(), 128),
        _ => return Some(false),
    };
    let bits = bits.map_or(Some(width), |bits| bits.parse::<u32>().ok()).filter(|bits| *bits <= width)?;
    // A shift by the whole width of the type would overflow.
    let rest = |number: u128| number.checked_shr(width - bits).unwrap_or(0);
    Some(rest(address) == rest(start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::json::read;

    fn met(condition: &str, value: &str) -> Met {
        let document = read(condition).expect(condition);
        let request = Request::new("x:Y", "*").with("k", value);
        block(Some(document.root()), &request, Reading::default())
    }

    #[test]
    fn operators_mean_what_their_names_say() {
        for (condition, value, expected) in [
            (r#"{"StringNotEquals": {"k": ["a", "b"]}}"#, "b", Met::No),
            (r#"{"StringNotEquals": {"k": ["a", "b"]}}"#, "c", Met::Yes),
            (r#"{"StringNotEqualsIgnoreCase": {"k": "A"}}"#, "a", Met::No),
            (r#"{"NumericEquals": {"k": 10}}"#, "10.0", Met::Yes),
            (r#"{"NumericNotEquals": {"k": "10"}}"#, "11", Met::Yes),
            (r#"{"NumericGreaterThanEquals": {"k": "9"}}"#, "10", Met::Yes),
            (r#"{"DateGreaterThan": {"k": "2026-12-01T00:00:00+08:00"}}"#, "2026-11-30T16:00:00Z", Met::No),
            (
                r#"{"DateGreaterThanEquals": {"k": "2026-12-01T00:00:00+08:00"}}"#,
                "2026-11-30T16:00:00Z",
                Met::Yes,
            ),
            (r#"{"Bool": {"k": true}}"#, "TRUE", Met::Yes),
            (r#"{"IpAddress": {"k": ["10.0.0.0/8", "42.120.0.0/16"]}}"#, "42.121.0.1", Met::No),
            (r#"{"NotIpAddress": {"k": "0.0.0.0/0"}}"#, "42.121.0.1", Met::No),
            (r#"{"IpAddress": {"k": "2001:db8::/32"}}"#, "42.121.0.1", Met::No),
            ("{}", "", Met::Yes),
        ] {
            assert_eq!(met(condition, value), expected, "{condition} {value}");
        }
    }

    #[test]
    fn what_the_documents_do_not_have_is_open() {
        for (condition, value) in [
            (r#"{"StringEqualsIfExists": {"k": "a"}}"#, "a"),
            (r#"{"ForAnyValue:StringEquals": {"k": "a"}}"#, "a"),
            (r#"{"Null": {"k": "true"}}"#, "a"),
            (r#"{"NumericLessThan": {"k": "many"}}"#, "1"),
            (r#"{"DateLessThan": {"k": "tomorrow"}}"#, "2026-11-30T16:00:00Z"),
            (r#"{"IpAddress": {"k": "10.0.0.0/99"}}"#, "10.0.0.1"),
            (r#"{"StringEquals": {"other": "a"}}"#, "a"),
        ] {
            assert!(matches!(met(condition, value), Met::Open(_)), "{condition}");
        }
        let absent = r#"{"StringEquals": {"other": "a"}, "StringLike": {"k": "b"}}"#;
        assert_eq!(met(absent, "a"), Met::No, "an open point does not matter where another key fails");
    }
}
