//! Whether a value may be saved, and how it is stored.

use super::{Input, InvalidReason};
use crate::domain::check::{LONG, MAX_CHOICES, MAX_LINES, SHORT, clean, is_email, is_phone, is_sane_time};
use crate::domain::{CivilTime, Kind, Line, MAX_E4, MAX_MINOR, MS_PER_DAY, PartialDate, Shape, Value};

/// The value as it is stored: cleaned, without what is empty or twice.
///
/// # Errors
/// Why it cannot be. Whether a key is free and a link leads somewhere only the book can tell.
pub fn check_value(input: Input, value: Value) -> Result<Value, InvalidReason> {
    let fine = |fine: bool, reason: InvalidReason| if fine { Ok(()) } else { Err(reason) };
    if value == Value::Null {
        return Ok(value);
    }
    match (input, value) {
        (
            Input::Line(_) | Input::Long | Input::Phone | Input::Email | Input::Key | Input::Person,
            Value::Text(text),
        ) => {
            let text = clean(&text);
            let limit = match input {
                Input::Line(limit) => limit,
                Input::Long => LONG,
                _ => SHORT,
            };
            fine(text.chars().count() <= limit, InvalidReason::TooLong)?;
            let empty = text.is_empty();
            fine(input != Input::Phone || empty || is_phone(&text), InvalidReason::NotAPhone)?;
            fine(input != Input::Email || empty || is_email(&text), InvalidReason::NotAnEmail)?;
            Ok(text.into())
        }
        (Input::Date, Value::Text(text)) => match clean(&text) {
            text if text.is_empty() => Ok(Value::Null),
            text => PartialDate::parse(&text).map(|date| date.to_string().into()).ok_or(InvalidReason::NotADate),
        },
        (Input::Money, Value::Int(n)) => {
            fine((0..=MAX_MINOR).contains(&n), InvalidReason::OutOfRange).map(|()| n.into())
        }
        (Input::Price, Value::Int(n)) => fine((0..=MAX_E4).contains(&n), InvalidReason::OutOfRange).map(|()| n.into()),
        (Input::Decimal | Input::Amount, Value::Int(n)) => {
            fine(n.unsigned_abs() <= MAX_E4.unsigned_abs(), InvalidReason::OutOfRange).map(|()| n.into())
        }
        (Input::Number { least, most }, Value::Int(n)) => {
            fine((least..=most).contains(&n), InvalidReason::OutOfRange).map(|()| n.into())
        }
        (Input::Time, Value::Int(n)) => fine(is_sane_time(CivilTime(n)), InvalidReason::OutOfRange).map(|()| n.into()),
        (Input::Day, Value::Int(n)) => {
            let at = CivilTime(n.saturating_mul(MS_PER_DAY));
            fine(is_sane_time(at), InvalidReason::OutOfRange).map(|()| n.into())
        }
        (Input::Choice(all), Value::Text(text)) => match text.as_str() {
            "" => Ok(Value::Null),
            text => fine(all.contains(&text), InvalidReason::Unknown).map(|()| text.into()),
        },
        (Input::Many(_) | Input::Tiers | Input::Words, Value::Json(json)) => words(input, &json),
        (Input::YesNo, value @ Value::Bool(_)) | (Input::Link(_), value @ Value::Ref(_)) => Ok(value),
        (Input::Lines, Value::Lines(lines)) => {
            fine(lines_fit(&lines), InvalidReason::OutOfRange)?;
            Ok(if lines.is_empty() { Value::Null } else { Value::Lines(lines) })
        }
        _ => Err(InvalidReason::Unknown),
    }
}

/// Whether an order or quote can have these lines: as many, and numbers as large, as Kith takes.
#[must_use]
pub fn lines_fit(lines: &[Line]) -> bool {
    let within = |n: i64, most: i64| n.unsigned_abs() <= most.unsigned_abs();
    let fits = |l: &Line| {
        within(l.quantity_milli, MAX_MINOR) && within(l.unit_price_e4, MAX_E4) && within(l.total_minor, MAX_MINOR)
    };
    let total: i128 = lines.iter().map(|l| i128::from(l.total_minor)).sum();
    lines.len() <= MAX_LINES && lines.iter().all(fits) && total.abs() <= i128::from(MAX_MINOR)
}

/// A list of words, each once, in the order given.
fn words(input: Input, json: &serde_json::Value) -> Result<Value, InvalidReason> {
    let list = json.as_array().ok_or(InvalidReason::Unknown)?;
    let mut kept: Vec<String> = Vec::new();
    for word in list {
        let word = clean(word.as_str().ok_or(InvalidReason::Unknown)?);
        if word.chars().count() > SHORT {
            return Err(InvalidReason::TooLong);
        }
        if let Input::Many(all) = input
            && !all.contains(&word.as_str())
        {
            return Err(InvalidReason::Unknown);
        }
        if !word.is_empty() && !kept.contains(&word) {
            kept.push(word);
        }
    }
    if kept.len() > MAX_CHOICES {
        return Err(InvalidReason::OutOfRange);
    }
    Ok(if kept.is_empty() { Value::Null } else { Value::Json(kept.into()) })
}

/// The shape in which a field of this input is stored.
#[must_use]
pub fn shape_of(input: Input) -> &'static [Shape] {
    match input {
        Input::Line(_) | Input::Long | Input::Phone | Input::Email | Input::Key | Input::Person | Input::Date => {
            &[Shape::Text, Shape::Symbol]
        }
        Input::Choice(_) => &[Shape::Symbol],
        Input::Money
        | Input::Price
        | Input::Number { .. }
        | Input::Decimal
        | Input::Amount
        | Input::Time
        | Input::Day => &[Shape::Int],
        Input::Many(_) | Input::Tiers | Input::Words => &[Shape::Json],
        Input::YesNo => &[Shape::Bool],
        Input::Link(Kind::Customer) => &[Shape::Ref(Kind::Customer)],
        Input::Link(Kind::Product) => &[Shape::Ref(Kind::Product)],
        Input::Link(Kind::Member) => &[Shape::Ref(Kind::Member)],
        Input::Link(_) => &[],
        Input::Lines => &[Shape::Lines],
    }
}

#[cfg(test)]
mod tests {
    use super::super::{FORMS, PHASES};
    use super::*;

    #[test]
    fn every_input_fits_the_shape_of_its_field() {
        for form in &FORMS {
            let mut seen = Vec::new();
            for field in form.fields {
                let spec = form.kind.fields().get(field.field.0 as usize).unwrap();
                assert!(shape_of(field.input).contains(&spec.shape), "{:?} {}", form.kind, spec.name);
                assert!(!seen.contains(&field.field), "{:?} {} twice", form.kind, spec.name);
                seen.push(field.field);
            }
            assert!(form.title.iter().all(|f| form.kind == Kind::Order || seen.contains(f)), "{:?}", form.kind);
        }
    }

    #[test]
    fn values_are_cleaned_or_refused() {
        use InvalidReason::{NotADate, NotAPhone, NotAnEmail, OutOfRange, TooLong, Unknown};
        let json = |text: &str| Value::Json(serde_json::from_str(text).unwrap());
        let cases = [
            (Input::Line(5), " a\tb ".into(), Ok("a b".into())),
            (Input::Line(5), "abcdef".into(), Err(TooLong)),
            (Input::Line(5), "  ".into(), Ok(Value::Null)),
            (Input::Line(5), Value::Int(3), Err(Unknown)),
            (Input::Phone, "call me".into(), Err(NotAPhone)),
            (Input::Email, "a@b".into(), Err(NotAnEmail)),
            (Input::Date, "1988/5/20".into(), Ok("1988-05-20".into())),
            (Input::Date, "1988-02-30".into(), Err(NotADate)),
            (Input::Money, Value::Int(-1), Err(OutOfRange)),
            (Input::Money, Value::Int(i64::MAX), Err(OutOfRange)),
            (Input::Day, Value::Int(i64::MAX), Err(OutOfRange)),
            (Input::Day, Value::Int(20_000), Ok(Value::Int(20_000))),
            (Input::Time, Value::Int(i64::MIN), Err(OutOfRange)),
            (Input::Choice(PHASES), "before".into(), Ok("before".into())),
            (Input::Choice(PHASES), "never".into(), Err(Unknown)),
            (Input::Words, json(r#"[" a ","a","","b"]"#), Ok(json(r#"["a","b"]"#))),
            (Input::Words, json("[1]"), Err(Unknown)),
            (Input::Words, json("{}"), Err(Unknown)),
            (Input::Words, json("[]"), Ok(Value::Null)),
            (Input::YesNo, Value::Bool(false), Ok(Value::Bool(false))),
            (Input::YesNo, "yes".into(), Err(Unknown)),
            (Input::Link(Kind::Customer), Value::Null, Ok(Value::Null)),
        ];
        for (input, value, want) in cases {
            assert_eq!(check_value(input, value.clone()), want, "{input:?} {value:?}");
        }
    }

    #[test]
    fn custom_fields_have_names_of_their_own() {
        let id = crate::domain::Id(7);
        assert_eq!(crate::domain::custom_id(&crate::domain::custom_name(id)), Some(id));
        assert_eq!(crate::domain::custom_id("name"), None);
    }
}
