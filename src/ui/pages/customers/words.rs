//! What stands in a column, in words and as a cell of a file.

use crate::domain::{Currency, Day, Id, Kind, OwnField, PRICE_SCALE, PartialDate, TierRule, Value, minor_of_e4, show_decimal};
use crate::engine::api::{
    Column, Content, CustomerRow, Dormancy, Figure, KotlerGroup, Mood, RfmGroup, own_content,
};
use crate::files::table::Cell;
use crate::locale::Locale;
use crate::ui::format::Format;
use crate::ui::model::rule::Say;

/// How values are shown.
#[derive(Clone, PartialEq)]
pub(in crate::ui::pages) struct Look {
    pub locale: Locale,
    pub currency: Currency,
    pub as_of: Option<Day>,
    pub tiers: Vec<TierRule>,
    /// The fields that the user made of customers.
    pub own: Vec<OwnField>,
    /// Records that a rule names.
    pub names: Vec<(Id, String)>,
}

impl Look {
    fn own(&self, column: Column) -> Option<&OwnField> {
        let Column::Own(id) = column else { return None };
        self.own.iter().find(|field| field.id == id)
    }

    /// What kind of thing stands in a column.
    pub fn content(&self, column: Column) -> Content {
        self.own(column).map_or_else(|| column.content(), own_content)
    }
}

impl Say for Look {
    fn locale(&self) -> Locale {
        self.locale
    }

    fn content(&self, column: Column) -> Content {
        Self::content(self, column)
    }

    fn label(&self, column: Column) -> String {
        label(self, column)
    }

    fn choice(&self, column: Column, name: &str) -> String {
        choice(self, column, name)
    }

    fn exact(&self, column: Column, n: i64) -> String {
        match Self::content(self, column) {
            Content::Day => self.locale.date(day_of(n)),
            // A whole amount as people write it, another one to the last digit.
            Content::Money if n % PRICE_SCALE == 0 => self.locale.money_round(minor_of_e4(n, self.currency), self.currency),
            Content::Money => self.locale.price(n, self.currency),
            _ => words(self, column, &Value::Int(n)),
        }
    }

    fn choices(&self, column: Column) -> Vec<String> {
        match (Self::content(self, column), self.own(column)) {
            (_, Some(own)) if !own.choices.is_empty() => own.choices.clone(),
            (Content::Choice(all), _) => all.iter().map(|one| (*one).to_owned()).collect(),
            (Content::Tier, _) => self.tiers.iter().map(|tier| tier.id.clone()).collect(),
            _ => Vec::new(),
        }
    }

    fn int(&self, n: i64) -> String {
        self.locale.int(n)
    }

    fn percent_bp(&self, bp: i64) -> String {
        self.locale.percent_bp(bp)
    }

    fn name(&self, id: Id) -> Option<String> {
        self.names.iter().find(|(of, _)| *of == id).map(|(_, name)| name.clone())
    }
}

/// What a column is called; empty for one that is no more.
pub(in crate::ui::pages) fn label(look: &Look, column: Column) -> String {
    match column {
        Column::NAME => look.locale.t().common.customer.to_owned(),
        Column::Figure(figure) => look.locale.figure(figure).to_owned(),
        Column::Own(_) => look.own(column).map(|field| field.name.clone()).unwrap_or_default(),
        Column::Field(_) => look.locale.label(Kind::Customer, &column.name()).to_owned(),
    }
}

fn word_at<T: Copy>(column: Column, name: &str, all: &[T], words: impl Fn(T) -> &'static str) -> String {
    let Content::Choice(names) = column.content() else { return name.to_owned() };
    let at = names.iter().position(|known| *known == name);
    at.and_then(|at| all.get(at)).map_or_else(|| name.to_owned(), |one| words(*one).to_owned())
}

/// What one of the choices of a column is called.
pub(in crate::ui::pages) fn choice(look: &Look, column: Column, name: &str) -> String {
    let locale = look.locale;
    if let Some(own) = look.own(column).filter(|own| !own.choices.is_empty()) {
        return own.current(name).to_owned();
    }
    match column {
        Column::Figure(Figure::Tier) => locale.tier(name, &look.tiers),
        Column::Figure(Figure::Group) => word_at(column, name, &KotlerGroup::ALL, |g| locale.kotler(g)),
        Column::Figure(Figure::RfmGroup) => word_at(column, name, &RfmGroup::ALL, |g| locale.rfm_group(g)),
        Column::Figure(Figure::Dormancy) => word_at(column, name, &Dormancy::ALL, |d| locale.dormancy(d)),
        Column::Figure(Figure::Mood) => word_at(column, name, &Mood::ALL, |m| locale.satisfaction(m)),
        column => match (look.content(column), name) {
            (Content::Choice(["yes", "no"]), "yes") => locale.word("form_yes").to_owned(),
            (Content::Choice(["yes", "no"]), _) => locale.word("form_no").to_owned(),
            _ => locale.choice(Kind::Customer, &column.name(), name),
        },
    }
}

/// What a row has in a column.
pub(super) fn value(column: Column, row: &CustomerRow) -> Value {
    let m = &row.metrics;
    let day = |day: Option<Day>| Value::from(day.map(|day| i64::from(day.0)));
    let text = |text: Option<String>| text.map_or(Value::Null, Value::from);
    let name = |at: Option<usize>| match column.content() {
        Content::Choice(names) => text(at.and_then(|at| names.get(at)).map(|name| (*name).to_owned())),
        _ => Value::Null,
    };
    match column {
        Column::NAME => row.name.as_str().into(),
        Column::Figure(Figure::Tier) => text(m.tier.clone()),
        Column::Figure(Figure::Group) => name(m.kotler.and_then(|g| KotlerGroup::ALL.iter().position(|x| *x == g))),
        Column::Figure(Figure::RfmGroup) => name(m.rfm_group.and_then(|g| RfmGroup::ALL.iter().position(|x| *x == g))),
        Column::Figure(Figure::Dormancy) => name(m.dormancy.and_then(|d| Dormancy::ALL.iter().position(|x| *x == d))),
        Column::Figure(Figure::Mood) if m.answers == 0 => Value::Null,
        Column::Figure(Figure::Mood) => name(Mood::ALL.iter().position(|x| *x == m.mood)),
        Column::Figure(Figure::Rfm) => m.rfm.map(|rfm| rfm.iter().fold(0i64, |n, s| n * 10 + i64::from(*s))).into(),
        Column::Figure(Figure::LastPurchase) => day(m.last),
        Column::Figure(Figure::Purchases) => i64::from(m.purchases).into(),
        Column::Figure(Figure::Revenue) => m.revenue_minor.into(),
        Column::Figure(Figure::Profit) => m.profit_minor.into(),
        Column::Figure(Figure::Worth) => m.outlook.map(|o| o.clv_minor).into(),
        Column::Figure(Figure::There) => m.outlook.and_then(|o| o.p_alive).map(|p| (p * 10_000.0).round() as i64).into(),
        column => row.values.iter().find(|(of, _)| *of == column).map_or(Value::Null, |(_, value)| value.clone()),
    }
}

fn day_of(n: i64) -> Day {
    Day(i32::try_from(n).unwrap_or_default())
}

fn scores(n: i64) -> String {
    n.to_string().chars().map(String::from).collect::<Vec<_>>().join("-")
}

/// A value in words.
pub(super) fn words(look: &Look, column: Column, value: &Value) -> String {
    let locale = look.locale;
    match (look.content(column), value) {
        (Content::Decimal, Value::Int(n)) => show_decimal(*n, 4),
        (Content::Amount, Value::Int(n)) => locale.price(*n, look.currency),
        (Content::Money, Value::Int(n)) => locale.money_round(*n, look.currency),
        (Content::Tenths, Value::Int(n)) => locale.decimal(*n as f64 / 10.0, 1),
        (Content::Share, Value::Int(n)) => locale.percent(*n as f64 / 10_000.0, 0),
        (Content::Day, Value::Int(n)) => match look.as_of {
            Some(today) => locale.day_relative(day_of(*n), today),
            None => locale.date(day_of(*n)),
        },
        (Content::Scores, Value::Int(n)) => scores(*n),
        (_, Value::Int(n)) => locale.int(*n),
        (Content::Date, Value::Text(text)) => {
            PartialDate::parse(text).map_or_else(|| text.clone(), |date| locale.partial_date(date))
        }
        (Content::Choice(_) | Content::Tier, Value::Text(name)) => choice(look, column, name),
        (_, Value::Text(text)) => text.clone(),
        (_, Value::Json(json)) => {
            json.as_array().into_iter().flatten().filter_map(|w| w.as_str()).collect::<Vec<_>>().join(locale.comma())
        }
        _ => String::new(),
    }
}

/// A value as a cell of a file: numbers and days as such.
pub(super) fn cell(look: &Look, column: Column, value: &Value) -> Cell {
    match (look.content(column), value) {
        (_, Value::Null) => Cell::Empty,
        (Content::Decimal | Content::Amount, Value::Int(n)) => Cell::Number(*n, 4),
        (Content::Money, Value::Int(n)) => Cell::Number(*n, look.currency.decimals()),
        (Content::Tenths, Value::Int(n)) => Cell::Number(*n, 1),
        (Content::Share, Value::Int(n)) => Cell::Number(*n, 4),
        (Content::Day, Value::Int(n)) => Cell::Day(day_of(*n)),
        (Content::Scores, Value::Int(n)) => Cell::Text(scores(*n)),
        (_, Value::Int(n)) => Cell::Number(*n, 0),
        // As it was typed: it reads back.
        (Content::Date, Value::Text(text)) => Cell::Text(text.clone()),
        _ => Cell::Text(words(look, column, value)),
    }
}
