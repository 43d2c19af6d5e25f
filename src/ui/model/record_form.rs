//! The form of any kind of record: what is typed, and the fields that it changes.

use serde::{Deserialize, Serialize};

use super::form::{parse_decimal, parse_tags, show_decimal};
use super::lines::{self, LineForm, Problem};
use super::order_form::{parse_time, show_time};
use crate::domain::{Asked, CivilTime, Currency, Day, Id, Input, Kind, PartialDate, Value, check_value};
use crate::engine::api::{Invalid, InvalidReason, RecordRow};

/// What a quote offers.
const OFFERED: [&str; 5] = ["title", "key", "lines", "discount_minor", "valid_until"];

/// Fields and their values.
pub type Changes = Vec<(String, Value)>;

/// What stands in the form, field by field, as typed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RecordForm {
    /// By ascending name; no empty ones.
    texts: Vec<(String, String)>,
    /// Records that link fields may name: title and id, those chosen or shown so far.
    links: Vec<(String, Id)>,
    /// Of a form with lines.
    #[serde(default)]
    pub lines: Vec<LineForm>,
}

impl RecordForm {
    /// What the record says; an empty form for a new one.
    #[must_use]
    pub fn of(row: Option<&RecordRow>, fields: &[Asked], currency: Currency) -> Self {
        let mut form = Self::default();
        for (name, value) in row.into_iter().flat_map(|row| &row.values) {
            let names = row.map(|r| r.names.as_slice()).unwrap_or_default();
            form.put(fields, name, value, names, currency);
        }
        form
    }

    /// Writes a value into a field as if it had been typed.
    pub fn put(&mut self, fields: &[Asked], name: &str, value: &Value, names: &[(Id, String)], currency: Currency) {
        let Some(field) = fields.iter().find(|field| field.name == name) else { return };
        if let Value::Lines(all) = value {
            let name =
                |id: Option<Id>| names.iter().find(|(known, _)| Some(*known) == id).map(|(_, name)| name.clone());
            let names: Vec<String> = all.iter().map(|l| name(l.product).unwrap_or_default()).collect();
            self.lines = lines::shown(all, &names, 1);
        } else if let Value::Ref(id) = value {
            let title = names.iter().find(|(known, _)| known == id).map(|(_, title)| title.as_str());
            // A record without a name is told by its id.
            let title = title.filter(|t| !t.is_empty()).map_or_else(|| id.to_string(), str::to_owned);
            self.link(title.clone(), *id);
            self.set(name, title);
        } else {
            self.set(name, show(field.input, value, currency));
        }
    }

    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        let at = self.texts.binary_search_by(|(known, _)| known.as_str().cmp(name)).ok();
        at.and_then(|at| self.texts.get(at)).map_or("", |(_, text)| text)
    }

    /// What is sent to save the form of the record `id`, and under which id: a quote that offers something else than before is a new
    /// version of it, at `now`.
    ///
    /// # Errors
    /// As [`Self::changes`].
    pub fn sent(
        &self,
        kind: Kind,
        id: Option<Id>,
        shown: &Self,
        fields: &[Asked],
        (currency, now): (Currency, CivilTime),
    ) -> Result<(Option<Id>, Changes), Vec<Invalid>> {
        let changes = self.changes(shown, fields, currency)?;
        let offers = |name: &str| OFFERED.contains(&name);
        let (Kind::Quote, Some(first), true) = (kind, id, changes.iter().any(|(name, _)| offers(name))) else {
            return Ok((id, changes));
        };
        let mut all = self.changes(&Self::default(), fields, currency)?;
        all.retain(|(name, _)| !["outcome", "reason", "customer", "at"].contains(&name.as_str()));
        all.push(("at".to_owned(), now.0.into()));
        all.push(("first".to_owned(), first.into()));
        Ok((None, all))
    }

    /// What the record will be known by.
    #[must_use]
    pub fn title(&self, kind: Kind) -> Option<String> {
        let titles = kind.form()?.title.iter().filter_map(|field| kind.fields().get(field.0 as usize));
        titles.map(|spec| self.text(spec.name).trim()).find(|text| !text.is_empty()).map(str::to_owned)
    }

    pub fn set(&mut self, name: &str, text: String) {
        self.texts.retain(|(known, _)| known != name);
        if !text.is_empty() {
            let at = self.texts.partition_point(|(known, _)| known.as_str() < name);
            self.texts.insert(at, (name.to_owned(), text));
        }
    }

    /// Remembers which record a title means; the last word counts.
    pub fn link(&mut self, title: String, id: Id) {
        self.links.retain(|(known, _)| *known != title);
        self.links.push((title, id));
    }

    /// Whether the list field `name` holds `word`.
    #[must_use]
    pub fn holds(&self, name: &str, word: &str) -> bool {
        parse_tags(self.text(name)).iter().any(|w| w == word)
    }

    /// Puts `word` into the list field or takes it out.
    pub fn toggle(&mut self, name: &str, word: &str) {
        let mut words = parse_tags(self.text(name));
        let before = words.len();
        words.retain(|w| w != word);
        if words.len() == before {
            words.push(word.to_owned());
        }
        self.set(name, words.join(","));
    }

    /// Whether a field is asked for, as the others stand: a list of choices only where there is one to choose from.
    #[must_use]
    pub fn asks(&self, kind: Kind, name: &str) -> bool {
        match (kind, name, self.text("input")) {
            (Kind::CustomField, "choices", input) => matches!(input, "choice" | "many"),
            (Kind::CustomField, "target", input) => input == "link",
            _ => true,
        }
    }

    fn read(&self, field: &Asked, currency: Currency) -> Result<Value, InvalidReason> {
        let text = self.text(&field.name).trim();
        if text.is_empty() {
            return Ok(Value::Null);
        }
        let value = match field.input {
            Input::Link(_) => {
                let found = self.links.iter().find(|(title, _)| title == text).map(|(_, id)| *id);
                Value::Ref(found.ok_or(InvalidReason::Unknown)?)
            }
            input => parse(input, text, currency)?,
        };
        match &field.own {
            Some(own) => own.store(value.clone()).map(|_| value),
            None => check_value(field.input, value),
        }
    }

    fn read_lines(&self, currency: Currency) -> Result<Value, InvalidReason> {
        match lines::problems(&self.lines, currency).first() {
            Some(Problem::NoLines | Problem::Product { .. }) => return Err(InvalidReason::Required),
            Some(Problem::TooLarge { .. }) => return Err(InvalidReason::OutOfRange),
            Some(_) => return Err(InvalidReason::NotANumber),
            None => {}
        }
        lines::read(&self.lines, currency, 1).map(Value::Lines).ok_or(InvalidReason::NotANumber)
    }

    /// The fields that differ from `clean`, which the form showed when it was opened, as values.
    ///
    /// # Errors
    /// What cannot be saved as typed, field by field. What only the book can tell shows when it is saved.
    pub fn changes(&self, clean: &Self, fields: &[Asked], currency: Currency) -> Result<Changes, Vec<Invalid>> {
        let (mut changes, mut problems) = (Vec::new(), Vec::new());
        for field in fields {
            let name = field.name.as_str();
            let refuse = |reason| Invalid { field: name.to_owned(), reason };
            if field.input == Input::Lines {
                if self.lines != clean.lines || field.required && self.lines.is_empty() {
                    match self.read_lines(currency) {
                        Ok(value) => changes.push((name.to_owned(), value)),
                        Err(reason) => problems.push(refuse(reason)),
                    }
                }
            } else if field.required && self.text(name).trim().is_empty() {
                problems.push(refuse(InvalidReason::Required));
            } else if self.text(name) != clean.text(name) {
                match self.read(field, currency) {
                    Ok(value) => changes.push((name.to_owned(), value)),
                    Err(reason) => problems.push(refuse(reason)),
                }
            }
        }
        if problems.is_empty() { Ok(changes) } else { Err(problems) }
    }
}

/// A value as it stands in its control. Links and lines are shown elsewhere.
#[must_use]
pub fn show(input: Input, value: &Value, currency: Currency) -> String {
    match (input, value) {
        (Input::Money, Value::Int(n)) => show_decimal(*n, currency.decimals()),
        (Input::Price | Input::Decimal | Input::Amount, Value::Int(n)) => show_decimal(*n, 4),
        (Input::Time, Value::Int(n)) => {
            let at = CivilTime(*n);
            format!("{}T{}", at.day(), show_time(at))
        }
        (Input::Day, Value::Int(n)) => i32::try_from(*n).map(|n| Day(n).to_string()).unwrap_or_default(),
        (_, Value::Int(n)) => n.to_string(),
        (_, Value::Bool(b)) => if *b { "yes" } else { "no" }.to_owned(),
        (_, Value::Text(text)) => text.clone(),
        (_, Value::Json(json)) => {
            let words = json.as_array().into_iter().flatten().filter_map(|w| w.as_str());
            words.collect::<Vec<_>>().join(",")
        }
        _ => String::new(),
    }
}

/// What was typed into a control, not empty.
///
/// # Errors
/// Why it does not read.
fn parse(input: Input, text: &str, currency: Currency) -> Result<Value, InvalidReason> {
    let number = |decimals| parse_decimal(text, decimals).map(Value::Int).ok_or(InvalidReason::NotANumber);
    match input {
        Input::Money => number(currency.decimals()),
        Input::Price | Input::Decimal | Input::Amount => number(4),
        Input::Number { .. } => number(0),
        Input::Time => {
            let (day, time) = text.split_once(['T', ' ']).ok_or(InvalidReason::NotADate)?;
            let at = Day::parse_iso(day).zip(parse_time(time)).map(|(day, ms)| day.start().0 + ms);
            at.map(Value::Int).ok_or(InvalidReason::NotADate)
        }
        Input::Day => {
            // Where the browser has no control for dates, any habit will do as long as the year is there.
            let date = PartialDate::parse(text).and_then(|date| date.year.and_then(|year| date.kept_in(year)));
            date.map(|day| Value::Int(i64::from(day.0))).ok_or(InvalidReason::NotADate)
        }
        Input::Many(_) | Input::Tiers | Input::Words => Ok(Value::Json(parse_tags(text).into())),
        Input::YesNo => Ok(Value::Bool(text == "yes")),
        _ => Ok(text.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Line, OwnField, OwnInput, asked};

    const CNY: Currency = Currency::CNY;

    fn row(kind: Kind, values: &[(&str, Value)], names: &[(Id, &str)]) -> RecordRow {
        let never = crate::domain::Stamp { time: 0, device: crate::domain::DeviceId(0) };
        RecordRow {
            kind,
            id: Id(1),
            at: None,
            title: String::new(),
            values: values.iter().map(|(n, v)| ((*n).to_owned(), v.clone())).collect(),
            names: names.iter().map(|(id, n)| (*id, (*n).to_owned())).collect(),
            added: never,
            changed: never,
        }
    }

    #[test]
    fn what_is_shown_reads_back_and_only_changes_are_sent() {
        let values = [
            ("customer", Value::Ref(Id(2))),
            ("kind", "complaint".into()),
            ("what", "late\nagain".into()),
            ("product", Value::Ref(Id(3))),
            ("status", "open".into()),
            ("at", Value::Int(1_700_000_040_000)),
            ("worth_e4", Value::Int(1_205_000)),
        ];
        let row = row(Kind::Case, &values, &[(Id(2), "Ann"), (Id(3), "")]);
        let clean = RecordForm::of(Some(&row), &asked(Kind::Case, &[]), CNY);
        let shown = ["customer", "kind", "what", "at", "worth_e4", "reply"].map(|name| clean.text(name));
        assert_eq!(shown, ["Ann", "complaint", "late\nagain", "2023-11-14T22:14", "120.5", ""]);
        assert_eq!(clean.changes(&clean, &asked(Kind::Case, &[]), CNY), Ok(vec![]));
        // Against an empty form everything is a change, and reads as it was.
        let mut all = clean.changes(&RecordForm::default(), &asked(Kind::Case, &[]), CNY).unwrap();
        let mut want: Vec<(String, Value)> = row.values.clone();
        all.sort_by(|a, b| a.0.cmp(&b.0));
        want.sort_by(|a, b| a.0.cmp(&b.0));
        assert_eq!(all, want);
        let mut form = clean.clone();
        form.set("worth_e4", String::new());
        form.set("closed", "2023-11-15T08:00".into());
        let changed = form.changes(&clean, &asked(Kind::Case, &[]), CNY).unwrap();
        assert_eq!(changed, [("closed".into(), Value::Int(1_700_035_200_000)), ("worth_e4".into(), Value::Null)]);
    }

    #[test]
    fn what_does_not_read_is_told_at_its_field() {
        let cases = [
            ("customer", "Nobody", InvalidReason::Unknown),
            ("what", "  ", InvalidReason::Required),
            ("worth_e4", "much", InvalidReason::NotANumber),
            ("worth_e4", "-5", InvalidReason::OutOfRange),
            ("at", "2023-02-30T10:00", InvalidReason::NotADate),
            ("at", "2023-02-03", InvalidReason::NotADate),
            ("closed", "2023-02-03T25:00", InvalidReason::NotADate),
            ("kind", "tantrum", InvalidReason::Unknown),
        ];
        let values =
            [("customer", Value::Ref(Id(2))), ("kind", "unmet".into()), ("what", "x".into()), ("at", Value::Int(0))];
        let clean = RecordForm::of(Some(&row(Kind::Case, &values, &[(Id(2), "Ann")])), &asked(Kind::Case, &[]), CNY);
        for (name, text, reason) in cases {
            let mut form = clean.clone();
            form.set(name, text.into());
            let want = vec![Invalid { field: name.into(), reason }];
            assert_eq!(form.changes(&clean, &asked(Kind::Case, &[]), CNY), Err(want), "{name} {text}");
        }
    }

    #[test]
    fn lists_days_and_answers() {
        let clean = RecordForm::default();
        let mut form = clean.clone();
        form.set("name", "Repair".into());
        form.toggle("free", "gold");
        form.toggle("free", "silver");
        form.toggle("free", "gold");
        assert!(form.holds("free", "silver") && !form.holds("free", "gold"));
        let changes = form.changes(&clean, &asked(Kind::Entitlement, &[]), CNY).unwrap();
        assert_eq!(changes[1], ("free".into(), Value::Json(serde_json::json!(["silver"]))));
        for (text, want) in [("2026-11-22", Some(20_779)), ("22 Nov 2026", Some(20_779)), ("22 Nov", None), ("x", None)]
        {
            assert_eq!(parse(Input::Day, text, CNY).ok(), want.map(Value::Int), "{text}");
        }
        let mut form = RecordForm::default();
        form.set("name", "Ann".into());
        form.set("consent_phone", "no".into());
        form.set("birthday", "农历八月十五".into());
        let changes = form.changes(&clean, &asked(Kind::Customer, &[]), CNY).unwrap();
        assert_eq!(
            changes[1..],
            [("birthday".into(), "L--08-15".into()), ("consent_phone".into(), Value::Bool(false))]
        );
    }

    #[test]
    fn own_fields_are_typed_like_others() {
        let own = |n: u128, input, choices: &[&str]| OwnField {
            id: Id(n),
            of: Kind::Customer,
            name: format!("own {n}"),
            input,
            choices: choices.iter().map(|c| (*c).to_owned()).collect(),
            target: Kind::Product,
            place: 0,
            hint: String::new(),
            renamed: Vec::new(),
        };
        let own =
            [own(1, OwnInput::Number, &[]), own(2, OwnInput::Choice, &["red", "绿"]), own(3, OwnInput::Many, &["a"])];
        let fields = asked(Kind::Customer, &own);
        let (size, colour, many) = (own[0].field(), own[1].field(), own[2].field());
        // A value of a former type stands there as it is, and stays while nobody types.
        let values = [("name", "Ann".into()), (size.as_str(), "about 40".into()), (colour.as_str(), "blue".into())];
        let clean = RecordForm::of(Some(&row(Kind::Customer, &values, &[])), &fields, CNY);
        assert_eq!((clean.text(&size), clean.text(&colour)), ("about 40", "blue"));
        assert_eq!(clean.changes(&clean, &fields, CNY), Ok(vec![]));
        let mut form = clean.clone();
        form.set(&size, "42.5".into());
        form.set(&colour, "绿".into());
        form.toggle(&many, "a");
        let want =
            [(size.clone(), Value::Int(425_000)), (colour, "绿".into()), (many, Value::Json(serde_json::json!(["a"])))];
        assert_eq!(form.changes(&clean, &fields, CNY).unwrap(), want);
        form.set(&size, "big".into());
        let refused = vec![Invalid { field: size, reason: InvalidReason::NotANumber }];
        assert_eq!(form.changes(&clean, &fields, CNY), Err(refused));
        let mut new = RecordForm::default();
        assert!(!new.asks(Kind::CustomField, "choices") && new.asks(Kind::Customer, "choices"));
        new.set("input", "many".into());
        assert!(new.asks(Kind::CustomField, "choices") && !new.asks(Kind::CustomField, "target"));
    }

    #[test]
    fn another_offer_is_another_version() {
        let fields = asked(Kind::Quote, &[]);
        let line = Line { product: Some(Id(3)), quantity_milli: 2_000, unit_price_e4: 125_000, total_minor: 2_300 };
        let values = [
            ("customer", Value::Ref(Id(2))),
            ("at", Value::Int(0)),
            ("lines", Value::Lines(vec![line])),
            ("outcome", "open".into()),
        ];
        let shown = RecordForm::of(Some(&row(Kind::Quote, &values, &[(Id(2), "Ann"), (Id(3), "Tea")])), &fields, CNY);
        assert_eq!((shown.lines[0].product.as_str(), shown.lines[0].quantity.as_str()), ("Tea", "2"));
        let sent = |form: &RecordForm| form.sent(Kind::Quote, Some(Id(9)), &shown, &fields, (CNY, CivilTime(60_000)));
        let mut form = shown.clone();
        form.set("outcome", "lost".into());
        form.set("reason", "price".into());
        let same = vec![("outcome".into(), "lost".into()), ("reason".into(), "price".into())];
        assert_eq!(sent(&form), Ok((Some(Id(9)), same)));
        form.lines[0].price = "10".into();
        let (id, changes) = sent(&form).unwrap();
        let cheaper = Line { unit_price_e4: 100_000, total_minor: 2_000, ..line };
        let want = [
            ("lines".to_owned(), Value::Lines(vec![cheaper])),
            ("at".to_owned(), Value::Int(60_000)),
            ("first".to_owned(), Value::Ref(Id(9))),
        ];
        assert_eq!((id, changes), (None, want.to_vec()));
        form.lines[0].price = "cheap".into();
        assert_eq!(sent(&form).unwrap_err()[0].field, "lines");
        form.lines.clear();
        assert_eq!(sent(&form).unwrap_err()[0].reason, InvalidReason::Required);
    }
}
