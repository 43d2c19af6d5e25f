//! Conditions on columns as they stand in an address: `owner is 李雷|王芳`, `profit in 10000..`, `last before 90`.

use super::{escape, unescape};
use crate::engine::api::{Column, Condition, Test};

pub(super) fn print(Condition { column, test }: &Condition) -> String {
    let list = |all: &[String]| all.iter().map(|one| escape(one)).collect::<Vec<_>>().join("|");
    let end = |n: &Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
    let test = match test {
        Test::Empty => "empty".to_owned(),
        Test::Filled => "filled".to_owned(),
        Test::Holds(text) => format!("has {text}"),
        Test::Lacks(text) => format!("lacks {text}"),
        Test::AnyOf(all) => format!("is {}", list(all)),
        Test::NoneOf(all) => format!("not {}", list(all)),
        Test::Between { from, to } => format!("in {}..{}", end(from), end(to)),
        Test::Within { days } => format!("within {days}"),
        Test::Before { days } => format!("before {days}"),
    };
    format!("{} {test}", column.name())
}

/// `None` for what it does not know.
pub(super) fn parse(text: &str) -> Option<Condition> {
    let (column, test) = text.split_once(' ')?;
    let (name, rest) = test.split_once(' ').unwrap_or((test, ""));
    let list = || rest.split('|').map(unescape).collect();
    let end = |text: &str| if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) };
    let test = match name {
        "empty" => Test::Empty,
        "filled" => Test::Filled,
        "has" => Test::Holds(rest.to_owned()),
        "lacks" => Test::Lacks(rest.to_owned()),
        "is" => Test::AnyOf(list()),
        "not" => Test::NoneOf(list()),
        "in" => {
            let (from, to) = rest.split_once("..")?;
            Test::Between { from: end(from)?, to: end(to)? }
        }
        "within" => Test::Within { days: rest.parse().ok()? },
        "before" => Test::Before { days: rest.parse().ok()? },
        _ => return None,
    };
    Some(Condition { column: Column::parse(column)?, test })
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::Id;

    pub(in crate::ui::route) fn condition() -> impl Strategy<Value = Condition> {
        let texts = || proptest::collection::vec(".{0,6}", 1..4);
        let end = || proptest::option::of(any::<i64>());
        let test = prop_oneof![
            Just(Test::Empty),
            Just(Test::Filled),
            ".{0,8}".prop_map(Test::Holds),
            ".{0,8}".prop_map(Test::Lacks),
            texts().prop_map(Test::AnyOf),
            texts().prop_map(Test::NoneOf),
            (end(), end()).prop_map(|(from, to)| Test::Between { from, to }),
            any::<i32>().prop_map(|days| Test::Within { days }),
            any::<i32>().prop_map(|days| Test::Before { days }),
        ];
        let own = any::<u128>().prop_map(|id| Column::Own(Id(id)));
        let column = prop_oneof![4 => proptest::sample::select(Column::all()), 1 => own];
        (column, test).prop_map(|(column, test)| Condition { column, test })
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back(condition in condition()) {
            prop_assert_eq!(parse(&print(&condition)), Some(condition));
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,40}") {
            drop(parse(&text));
        }
    }
}
