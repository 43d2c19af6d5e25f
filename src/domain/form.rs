//! How the fields of each kind of record are typed and judged: one table for forms, commands, lists, import and export.
//! What is not in it (prices of a file, undo marks) nobody types.

use serde::{Deserialize, Serialize};

use super::check::{LONG, MAX_CHOICES, MAX_LINES, MEDIUM, SHORT, clean, is_email, is_phone, is_sane_time};
use super::{
    CivilTime, Field, Kind, MAX_MINOR, PartialDate, Shape, Value, case, contact, custom_field, customer, entitlement,
    interaction, member, order, product, promise, quote, training,
};

/// Why a field cannot be saved as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvalidReason {
    Required,
    TooLong,
    NotADate,
    NotAnEmail,
    NotAPhone,
    NotANumber,
    OutOfRange,
    /// Another record has this key.
    KeyTaken,
    /// Nothing of this name is in the book.
    Unknown,
}

/// How a field is typed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Input {
    /// One line of at most so many characters.
    Line(usize),
    /// Several lines.
    Long,
    Phone,
    Email,
    /// A number of other systems, one of a kind.
    Key,
    /// Someone on the team, by name.
    Person,
    /// Minor units of the record's currency, or else the book's.
    Money,
    /// Ten-thousandths of a major unit.
    Price,
    Number {
        least: i64,
        most: i64,
    },
    /// Civil milliseconds.
    Time,
    /// Days since 1970.
    Day,
    /// A [`PartialDate`]: a year is not needed, and it may be lunar.
    Date,
    /// One of a list, by name.
    Choice(&'static [&'static str]),
    /// Some of a list, by name.
    Many(&'static [&'static str]),
    /// Some of the tiers, by id.
    Tiers,
    /// Words of the user's own.
    Words,
    YesNo,
    Link(Kind),
    Lines,
}

/// One field of a form.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FormField {
    pub field: Field,
    pub input: Input,
    /// Which part of the form it stands in; the first is always open.
    pub part: Part,
    pub required: bool,
}

/// Parts of a form, each with a heading of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Main,
    /// What seldom matters.
    More,
    /// To what the customer agreed.
    Consent,
    /// What moves the customer.
    Factors,
}

impl Part {
    pub const ALL: [Self; 4] = [Self::Main, Self::More, Self::Consent, Self::Factors];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::More => "more",
            Self::Consent => "consent",
            Self::Factors => "factors",
        }
    }
}

/// The form of a kind.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    pub kind: Kind,
    pub fields: &'static [FormField],
    /// At least one of these is filled.
    pub any_of: &'static [Field],
    /// The fields that name a record, the first that is filled counts.
    pub title: &'static [Field],
}

impl FormField {
    /// Its name in the journal and in files.
    #[must_use]
    pub fn name(&self, kind: Kind) -> &'static str {
        kind.fields().get(self.field.0 as usize).map_or("", |f| f.name)
    }
}

const fn main(field: Field, input: Input) -> FormField {
    FormField { field, input, part: Part::Main, required: false }
}

const fn need(field: Field, input: Input) -> FormField {
    FormField { field, input, part: Part::Main, required: true }
}

const fn more(field: Field, input: Input) -> FormField {
    FormField { field, input, part: Part::More, required: false }
}

const fn in_part(part: Part, field: Field, input: Input) -> FormField {
    FormField { field, input, part, required: false }
}

const NAME: Input = Input::Line(SHORT);
const AMOUNT: Input = Input::Money;
/// How a customer can be reached.
pub const CHANNELS: &[&str] = &["phone", "visit", "shop", "wechat", "email", "other"];
pub const STAGES: &[&str] = &["prospect", "new", "growing", "mature", "declining", "ended"];
pub const ROLES: &[&str] = &["lead", "profit", "plain"];
pub const PHASES: &[&str] = &["before", "during", "after"];
pub const DIRECTIONS: &[&str] = &["out", "in"];
pub const TALK_OUTCOMES: &[&str] = &["reached", "not_reached", "interested", "not_interested", "bought", "later"];
pub const QUOTE_OUTCOMES: &[&str] = &["open", "won", "lost", "expired"];
pub const PROMISE_STATES: &[&str] = &["open", "kept", "broken"];
pub const CASE_KINDS: &[&str] = &["complaint", "service", "unmet", "compliment"];
pub const CASE_STATUSES: &[&str] = &["open", "closed"];
/// What a custom field can hold.
pub const CUSTOM_INPUTS: &[&str] = &["text", "number", "money", "date", "choice", "many", "yes_no", "link"];
pub const CUSTOM_OF: &[&str] = &["customer", "product", "order"];
pub const CUSTOM_TARGETS: &[&str] = &["customer", "product", "member"];

const FORMS: [Form; 12] = [
    Form {
        kind: Kind::Customer,
        fields: &[
            main(customer::NAME, NAME),
            main(customer::PHONE, Input::Phone),
            main(customer::EMAIL, Input::Email),
            main(customer::COMPANY, NAME),
            main(customer::BIRTHDAY, Input::Date),
            main(customer::TAGS, Input::Words),
            main(customer::OWNER, Input::Person),
            main(customer::STAGE, Input::Choice(STAGES)),
            main(customer::NOTE, Input::Long),
            more(customer::COUNTRY, NAME),
            more(customer::CITY, NAME),
            more(customer::ADDRESS, Input::Line(MEDIUM)),
            more(customer::WEDDING, Input::Date),
            more(customer::REFERRER, Input::Link(Kind::Customer)),
            more(customer::KEY, Input::Key),
            in_part(Part::Consent, customer::CONSENT_PHONE, Input::YesNo),
            in_part(Part::Consent, customer::CONSENT_SMS, Input::YesNo),
            in_part(Part::Consent, customer::CONSENT_WECHAT, Input::YesNo),
            in_part(Part::Consent, customer::CONSENT_EMAIL, Input::YesNo),
            in_part(Part::Consent, customer::CONSENT_VISIT, Input::YesNo),
            in_part(Part::Consent, customer::CONSENT_INFERENCE, Input::YesNo),
            in_part(Part::Factors, customer::CULTURAL, Input::Long),
            in_part(Part::Factors, customer::SOCIAL, Input::Long),
            in_part(Part::Factors, customer::PERSONAL, Input::Long),
            in_part(Part::Factors, customer::PSYCHOLOGICAL, Input::Long),
        ],
        any_of: &[customer::NAME, customer::KEY, customer::PHONE, customer::EMAIL, customer::COMPANY],
        title: &[customer::NAME, customer::KEY],
    },
    Form {
        kind: Kind::Product,
        fields: &[
            main(product::NAME, Input::Line(MEDIUM)),
            main(product::KEY, Input::Key),
            main(product::CATEGORY, NAME),
            main(product::PRICE_E4, Input::Price),
            main(product::COST_E4, Input::Price),
            main(product::ROLE, Input::Choice(ROLES)),
            main(product::OWNER, Input::Person),
            main(product::EDITION, NAME),
            main(product::NOTE, Input::Long),
        ],
        any_of: &[product::NAME, product::KEY],
        title: &[product::NAME, product::KEY],
    },
    Form {
        kind: Kind::Order,
        fields: &[
            main(order::PROMISED, Input::Day),
            main(order::DELIVERED, Input::Day),
            main(order::DISCOUNT_MINOR, AMOUNT),
            main(order::NOTE, Input::Long),
        ],
        any_of: &[],
        title: &[order::KEY],
    },
    Form {
        kind: Kind::Interaction,
        fields: &[
            need(interaction::CUSTOMER, Input::Link(Kind::Customer)),
            need(interaction::AT, Input::Time),
            main(interaction::CHANNEL, Input::Choice(CHANNELS)),
            main(interaction::DIRECTION, Input::Choice(DIRECTIONS)),
            main(interaction::MOOD, Input::Number { least: 1, most: 5 }),
            main(interaction::PHASE, Input::Choice(PHASES)),
            main(interaction::OUTCOME, Input::Choice(TALK_OUTCOMES)),
            main(interaction::TOUCHPOINT, NAME),
            main(interaction::STAFF, Input::Person),
            main(interaction::NOTE, Input::Long),
        ],
        any_of: &[],
        title: &[interaction::NOTE],
    },
    Form {
        kind: Kind::Contact,
        fields: &[
            need(contact::CUSTOMER, Input::Link(Kind::Customer)),
            need(contact::NAME, NAME),
            main(contact::ROLE, NAME),
            main(contact::PHONE, Input::Phone),
            main(contact::EMAIL, Input::Email),
            main(contact::BIRTHDAY, Input::Date),
            main(contact::NOTE, Input::Long),
        ],
        any_of: &[],
        title: &[contact::NAME],
    },
    Form {
        kind: Kind::Quote,
        fields: &[
            need(quote::CUSTOMER, Input::Link(Kind::Customer)),
            need(quote::AT, Input::Time),
            main(quote::TITLE, NAME),
            main(quote::KEY, Input::Line(SHORT)),
            need(quote::LINES, Input::Lines),
            main(quote::DISCOUNT_MINOR, AMOUNT),
            main(quote::VALID_UNTIL, Input::Day),
            main(quote::OUTCOME, Input::Choice(QUOTE_OUTCOMES)),
            main(quote::REASON, Input::Line(MEDIUM)),
            main(quote::STAFF, Input::Person),
            main(quote::NOTE, Input::Long),
        ],
        any_of: &[],
        title: &[quote::TITLE, quote::KEY],
    },
    Form {
        kind: Kind::Promise,
        fields: &[
            need(promise::CUSTOMER, Input::Link(Kind::Customer)),
            need(promise::WHAT, Input::Line(MEDIUM)),
            main(promise::DUE, Input::Day),
            main(promise::STATE, Input::Choice(PROMISE_STATES)),
            main(promise::SETTLED, Input::Day),
            need(promise::AT, Input::Time),
            main(promise::PRODUCT, Input::Link(Kind::Product)),
            main(promise::STAFF, Input::Person),
            main(promise::NOTE, Input::Long),
        ],
        any_of: &[],
        title: &[promise::WHAT],
    },
    Form {
        kind: Kind::Case,
        fields: &[
            need(case::CUSTOMER, Input::Link(Kind::Customer)),
            need(case::CASE_KIND, Input::Choice(CASE_KINDS)),
            need(case::WHAT, Input::Long),
            main(case::PRODUCT, Input::Link(Kind::Product)),
            main(case::CHANNEL, Input::Choice(CHANNELS)),
            main(case::STAFF, Input::Person),
            main(case::STATUS, Input::Choice(CASE_STATUSES)),
            need(case::AT, Input::Time),
            main(case::SEEN, Input::Time),
            main(case::REPLIED, Input::Time),
            main(case::HANDED, Input::Time),
            main(case::HANDED_TO, Input::Person),
            main(case::CLOSED, Input::Time),
            main(case::WORTH_MINOR, AMOUNT),
            main(case::RESULT, Input::Long),
        ],
        any_of: &[],
        title: &[case::WHAT],
    },
    Form {
        kind: Kind::Member,
        fields: &[
            need(member::NAME, NAME),
            main(member::ROLE, NAME),
            main(member::PHONE, Input::Phone),
            main(member::EMAIL, Input::Email),
            main(member::SINCE, Input::Day),
            main(member::LEFT, Input::Day),
            main(member::NOTE, Input::Long),
        ],
        any_of: &[],
        title: &[member::NAME],
    },
    Form {
        kind: Kind::Training,
        fields: &[
            need(training::MEMBER, Input::Link(Kind::Member)),
            need(training::COURSE, Input::Line(MEDIUM)),
            need(training::DAY, Input::Day),
            main(training::EXPIRES, Input::Day),
            main(training::NOTE, Input::Long),
        ],
        any_of: &[],
        title: &[training::COURSE],
    },
    Form {
        kind: Kind::Entitlement,
        fields: &[
            need(entitlement::NAME, NAME),
            main(entitlement::FREE, Input::Tiers),
            main(entitlement::PAID, Input::Tiers),
            main(entitlement::PRICE_E4, Input::Price),
            main(entitlement::NOTE, Input::Long),
        ],
        any_of: &[],
        title: &[entitlement::NAME],
    },
    Form {
        kind: Kind::CustomField,
        fields: &[
            need(custom_field::NAME, NAME),
            need(custom_field::OF, Input::Choice(CUSTOM_OF)),
            need(custom_field::INPUT, Input::Choice(CUSTOM_INPUTS)),
            main(custom_field::CHOICES, Input::Words),
            main(custom_field::TARGET, Input::Choice(CUSTOM_TARGETS)),
            main(custom_field::PLACE, Input::Number { least: 0, most: 9_999 }),
            main(custom_field::HINT, Input::Line(MEDIUM)),
        ],
        any_of: &[],
        title: &[custom_field::NAME],
    },
];

impl Kind {
    /// Its form; `None` for kinds that have one of their own or none at all.
    #[must_use]
    pub fn form(self) -> Option<&'static Form> {
        FORMS.iter().find(|form| form.kind == self)
    }
}

impl Form {
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&'static FormField> {
        let field = self.kind.field(name)?;
        self.fields.iter().find(|f| f.field == field)
    }

    /// The fields that many records can be given one value of: all but what tells them apart, and lists, which are added to.
    pub fn for_many(&self) -> impl Iterator<Item = &'static FormField> {
        let (title, fields) = (self.title, self.fields);
        let fits = |f: &&FormField| !title.contains(&f.field) && !matches!(f.input, Input::Lines | Input::Words);
        fields.iter().filter(fits)
    }
}

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
        (Input::Money | Input::Price, Value::Int(n)) => {
            fine((0..=MAX_MINOR).contains(&n), InvalidReason::OutOfRange).map(|()| n.into())
        }
        (Input::Number { least, most }, Value::Int(n)) => {
            fine((least..=most).contains(&n), InvalidReason::OutOfRange).map(|()| n.into())
        }
        (Input::Time, Value::Int(n)) => fine(is_sane_time(CivilTime(n)), InvalidReason::OutOfRange).map(|()| n.into()),
        (Input::Day, Value::Int(n)) => {
            let at = CivilTime(n.saturating_mul(super::MS_PER_DAY));
            fine(is_sane_time(at), InvalidReason::OutOfRange).map(|()| n.into())
        }
        (Input::Choice(all), Value::Text(text)) => match text.as_str() {
            "" => Ok(Value::Null),
            text => fine(all.contains(&text), InvalidReason::Unknown).map(|()| text.into()),
        },
        (Input::Many(_) | Input::Tiers | Input::Words, Value::Json(json)) => words(input, &json),
        (Input::YesNo, value @ Value::Bool(_)) | (Input::Link(_), value @ Value::Ref(_)) => Ok(value),
        (Input::Lines, Value::Lines(lines)) => {
            let limit = MAX_MINOR.unsigned_abs();
            let sane = |l: &super::Line| {
                [l.quantity_milli, l.unit_price_e4, l.total_minor].iter().all(|n| n.unsigned_abs() <= limit)
            };
            let total: i128 = lines.iter().map(|l| i128::from(l.total_minor)).sum();
            let fits = lines.len() <= MAX_LINES && lines.iter().all(sane) && total.unsigned_abs() <= u128::from(limit);
            fine(fits, InvalidReason::OutOfRange)?;
            Ok(if lines.is_empty() { Value::Null } else { Value::Lines(lines) })
        }
        _ => Err(InvalidReason::Unknown),
    }
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
        Input::Money | Input::Price | Input::Number { .. } | Input::Time | Input::Day => &[Shape::Int],
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
        let id = super::super::Id(7);
        assert_eq!(super::super::custom_id(&super::super::custom_name(id)), Some(id));
        assert_eq!(super::super::custom_id("name"), None);
    }
}
