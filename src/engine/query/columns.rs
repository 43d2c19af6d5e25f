//! What stands in a column of the list: to be shown, compared and tested.

use std::borrow::Cow;

use super::habits::{Habits, left_on, spent_in_year, stayed_days};
use super::{cadence, retention, title};
use crate::analytics::{Dormancy, KotlerGroup, Mood, RfmGroup};
use crate::domain::text::{folded, folds_to};
use crate::domain::{
    CivilTime, Day, Field, Kind, OwnField, OwnInput, PartialDate, Stamp, Value, e4_of_minor, interaction,
};
use crate::engine::api::{Column, Condition, Content, Figure, Test};
use crate::engine::column::{self, NONE, NULL_INT};
use crate::engine::dataset::Dataset;
use crate::engine::metrics::{Ledger, Moods, Snapshot, Worth};
use crate::engine::own::{own_fields, own_value_at};

/// A day that there is none of.
const NO_DAY: i32 = i32::MIN;

/// What a customer has in a column.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Held<'a> {
    Nothing,
    Number(i64),
    Text(Cow<'a, str>),
    Words(Vec<Cow<'a, str>>),
}

impl<'a> Held<'a> {
    fn text(text: &'a str) -> Self {
        if text.is_empty() { Self::Nothing } else { Self::Text(text.into()) }
    }

    fn number(n: Option<impl Into<i64>>) -> Self {
        n.map_or(Self::Nothing, |n| Self::Number(n.into()))
    }

    fn choice<T: PartialEq>(all: &[T], content: Content, value: Option<T>) -> Self {
        let Content::Choice(names) = content else { return Self::Nothing };
        let at = value.and_then(|value| all.iter().position(|x| *x == value));
        at.and_then(|at| names.get(at)).map_or(Self::Nothing, |name| Self::text(name))
    }
}

/// Reads columns at one as-of day.
pub(super) struct Reader<'a> {
    pub data: &'a Dataset,
    ledger: &'a Ledger,
    pub snapshot: &'a Snapshot,
    pub moods: &'a Moods,
    pub worth: Option<&'a Worth>,
    /// Per customer the day of the last interaction up to the as-of day; empty where no column asks.
    contacts: Vec<i32>,
    /// The user's own fields; empty where no column asks.
    own: Vec<(OwnField, Field)>,
    habits: Habits,
    /// For broken habits; `None` where no column asks.
    cadence: Option<cadence::Reader<'a>>,
}

impl<'a> Reader<'a> {
    pub fn new(
        data: &'a Dataset,
        (ledger, snapshot): (&'a Ledger, &'a Snapshot),
        moods: &'a Moods,
        worth: Option<&'a Worth>,
        columns: impl IntoIterator<Item = Column>,
    ) -> Self {
        let (mut contacts, mut own) = (Vec::new(), Vec::new());
        let (mut habits, mut cadence) = (Habits::default(), None);
        for column in columns {
            match column {
                Column::Figure(Figure::LastContact) if contacts.is_empty() => {
                    contacts = last_contacts(data, snapshot.as_of());
                }
                Column::Figure(Figure::BrokenHabits) if cadence.is_none() => {
                    cadence = Some(cadence::Reader::new(data, snapshot.settings()));
                }
                Column::Figure(figure) => habits.learn(data, snapshot.as_of(), figure),
                Column::Own(_) if own.is_empty() => {
                    let at = |field: OwnField| data.customers().field(&field.field()).map(|at| (field, at));
                    own = own_fields(data, Kind::Customer).into_iter().filter_map(at).collect();
                }
                _ => {}
            }
        }
        Self { data, ledger, snapshot, moods, worth, contacts, own, habits, cadence }
    }

    pub fn held(&self, column: Column, row: u32) -> Held<'a> {
        match column {
            Column::Field(field) => self.field(field, row),
            Column::Own(id) => match self.own.iter().find(|(field, _)| field.id == id) {
                Some((field, at)) => self.own(field, *at, row),
                None => Held::Nothing,
            },
            Column::Figure(figure) => self.figure(figure, row),
        }
    }

    fn field(&self, field: Field, row: u32) -> Held<'a> {
        let table = self.data.customers();
        match table.column(field) {
            Some(column::Column::Text(_) | column::Column::Symbol(_)) => Held::text(table.text(row, field)),
            Some(column::Column::Bool(c)) => match c.get(row as usize) {
                Some(2) => Held::text("yes"),
                Some(1) => Held::text("no"),
                _ => Held::Nothing,
            },
            Some(column::Column::Int(_)) => Held::number(table.int(row, field)),
            Some(column::Column::Ref(..)) => {
                // Who is in the trash, or they themselves, brought nobody.
                let other = table.reference(row, field).filter(|&to| to != row && table.is_live(to));
                other.map_or(Held::Nothing, |to| Held::text(self.data.customer_name(to)))
            }
            Some(column::Column::Json(c)) => match c.get(&row) {
                Some(Value::Json(json)) => {
                    let words = json.as_array().into_iter().flatten().filter_map(serde_json::Value::as_str);
                    let words: Vec<Cow<str>> = words.map(Cow::from).collect();
                    if words.is_empty() { Held::Nothing } else { Held::Words(words) }
                }
                _ => Held::Nothing,
            },
            Some(column::Column::Lines(_)) | None => Held::Nothing,
        }
    }

    fn own(&self, field: &OwnField, at: Field, row: u32) -> Held<'a> {
        match own_value_at(self.data, row, field, at) {
            Value::Int(n) => Held::Number(n),
            Value::Bool(yes) => Held::text(if yes { "yes" } else { "no" }),
            Value::Text(text) if !text.is_empty() => Held::Text(text.into()),
            Value::Ref(id) => {
                self.data.find(id).map_or(Held::Nothing, |(kind, row)| Held::text(title(self.data, kind, row)))
            }
            Value::Json(json) => {
                let words = json.as_array().into_iter().flatten().filter_map(serde_json::Value::as_str);
                let words: Vec<Cow<str>> = words.map(|word| Cow::from(word.to_owned())).collect();
                if words.is_empty() { Held::Nothing } else { Held::Words(words) }
            }
            Value::Text(_) | Value::Null | Value::Lines(_) => Held::Nothing,
        }
    }

    fn figure(&self, figure: Figure, row: u32) -> Held<'a> {
        let facts = self.snapshot.facts(row).copied().unwrap_or_default();
        let buyer = self.snapshot.buyer(row).map(|(_, marks)| marks);
        let content = figure.content();
        let share = |share: f64| (share * 10_000.0).round() as i64;
        let tenths = |n: f64| (n * 10.0).round() as i64;
        let score = |at: usize| Held::number(buyer.and_then(|m| m.rfm.get(at)).map(|s| i64::from(*s)));
        let outlook = || self.worth.and_then(|w| w.of(row));
        let day = |stamp: Option<Stamp>| Held::number(stamp.and_then(|s| self.data.day_of(s)).map(|day| day.0));
        match figure {
            Figure::Tier => {
                let tier = buyer.and_then(|m| self.snapshot.settings().tiers.get(m.tier as usize));
                tier.map_or(Held::Nothing, |t| Held::Text(t.id.as_str().into()))
            }
            Figure::Group => Held::choice(&KotlerGroup::ALL, content, buyer.map(|m| m.kotler)),
            Figure::Rfm => Held::number(buyer.map(|m| m.rfm.iter().fold(0i64, |n, s| n * 10 + i64::from(*s)))),
            Figure::RecencyScore => score(0),
            Figure::FrequencyScore => score(1),
            Figure::MonetaryScore => score(2),
            Figure::RfmGroup => Held::choice(&RfmGroup::ALL, content, buyer.map(|m| m.rfm_group)),
            Figure::Dormancy => Held::choice(&Dormancy::ALL, content, buyer.map(|m| m.dormancy)),
            Figure::LastPurchase => Held::number(buyer.map(|_| facts.last)),
            Figure::FirstPurchase => Held::number(buyer.map(|_| facts.first)),
            Figure::Away => Held::number(buyer.map(|_| facts.days_since(self.snapshot.as_of().0))),
            Figure::Purchases => Held::Number(facts.purchases.into()),
            Figure::Refunds => Held::Number(facts.refunds.into()),
            Figure::Revenue => Held::Number(facts.revenue_minor),
            Figure::Refunded => Held::Number(facts.refunded_minor),
            Figure::Profit => Held::Number(facts.profit_minor),
            Figure::Care => Held::Number(facts.care_minor),
            Figure::Potential => Held::number(buyer.map(|m| m.potential_minor)),
            Figure::Loyalty => Held::number(buyer.map(|m| share(m.loyalty))),
            Figure::Interval => Held::number(facts.median_interval_days().map(tenths)),
            Figure::BrokenHabits => Held::Number(self.broken_habits(row)),
            Figure::Mood => Held::choice(&Mood::ALL, content, Some(self.moods.of(row).mood)),
            Figure::Gap => Held::number(self.moods.of(row).weighted_gap.map(tenths)),
            Figure::Answers => Held::Number(self.moods.of(row).answers.into()),
            Figure::Worth => Held::number(outlook().map(|o| o.clv_minor)),
            Figure::There => Held::number(outlook().and_then(|o| o.p_alive).map(share)),
            Figure::AtRisk => Held::choice(&[true, false], content, self.worth.and_then(|w| w.at_risk(row))),
            Figure::Expected => Held::number(outlook().map(|o| tenths(o.purchases))),
            Figure::ExpectedAmount => Held::number(outlook().map(|o| o.spend_minor)),
            Figure::LastContact => Held::number(self.contacts.get(row as usize).copied().filter(|day| *day != NO_DAY)),
            Figure::Left => Held::number(left_on(&facts, self.snapshot)),
            Figure::WalletShare => Held::number(self.wallet_share_bp(row)),
            Figure::Stayed => Held::number(stayed_days(&facts, self.snapshot)),
            Figure::Choosing => Held::number(self.habits.choosing_days(row, &facts)),
            Figure::Forgave => Held::choice(&[true, false], content, self.habits.forgave(row, &facts)),
            Figure::Inbound
            | Figure::Discounted
            | Figure::Complaints
            | Figure::MustHaves
            | Figure::NeedsMet
            | Figure::Brought => Held::Number(self.habits.count(figure, row).into()),
            Figure::Added => day(self.data.added(Kind::Customer, row)),
            Figure::Changed => day(self.data.changed(Kind::Customer, row)),
        }
    }

    fn broken_habits(&self, row: u32) -> i64 {
        let (Some(cadence), Some((facts, marks))) = (&self.cadence, self.snapshot.buyer(row)) else { return 0 };
        cadence.broken(self.ledger, self.snapshot.as_of(), (row, facts, marks))
    }

    fn wallet_share_bp(&self, row: u32) -> Option<i64> {
        let wallet = retention::wallet_minor(self.data, row)?;
        let spent = spent_in_year(self.ledger.entries(row), self.snapshot.as_of().0);
        let bp = (i128::from(spent) * 10_000 + i128::from(wallet) - 1) / i128::from(wallet);
        Some(i64::try_from(bp).unwrap_or(i64::MAX))
    }

    /// What the page shows.
    pub fn value(&self, column: Column, row: u32) -> Value {
        match self.held(column, row) {
            Held::Nothing => Value::Null,
            Held::Number(n) => Value::Int(n),
            Held::Text(text) => Value::Text(text.into_owned()),
            Held::Words(words) => Value::Json(words.into_iter().map(Cow::into_owned).collect::<Vec<_>>().into()),
        }
    }

    /// What stands there is chosen from a list by name: there “Red” and “red” are two.
    fn is_chosen(&self, column: Column) -> bool {
        match column {
            Column::Own(id) => {
                let field = self.own.iter().find(|(own, _)| own.id == id);
                field.is_some_and(|(own, _)| matches!(own.input, OwnInput::Choice | OwnInput::Many | OwnInput::YesNo))
            }
            column => matches!(column.content(), Content::Choice(_) | Content::Tier),
        }
    }

    /// The condition as [`Self::fits`] takes it: text as it is compared, choices as they are called now.
    pub fn ready(&self, condition: &Condition) -> Condition {
        let condition = self.renamed(condition.clone());
        let fold = |text: &String| folded(text.trim());
        let all = |all: &Vec<String>| match self.is_chosen(condition.column) {
            true => all.clone(),
            false => all.iter().map(fold).collect(),
        };
        let test = match &condition.test {
            Test::Holds(text) => Test::Holds(fold(text)),
            Test::Lacks(text) => Test::Lacks(fold(text)),
            Test::AnyOf(texts) => Test::AnyOf(all(texts)),
            Test::NoneOf(texts) => Test::NoneOf(all(texts)),
            // So long ago that nobody can mean more.
            Test::Within { days } => Test::Within { days: (*days).clamp(0, 1_000_000) },
            Test::Before { days } => Test::Before { days: (*days).clamp(0, 1_000_000) },
            Test::Ahead { days } => Test::Ahead { days: (*days).clamp(0, 1_000_000) },
            test => test.clone(),
        };
        Condition { test, ..condition }
    }

    /// Whether the condition holds; made [`Self::ready`] before.
    pub fn fits(&self, Condition { column, test }: &Condition, row: u32) -> bool {
        let held = self.held(*column, row);
        let holds = |text: &String| match &held {
            Held::Text(own) => folded(own).contains(text.as_str()),
            Held::Words(words) => words.iter().any(|word| folded(word).contains(text.as_str())),
            Held::Nothing | Held::Number(_) => false,
        };
        let is = |text: &String, own: &str| text == own || !self.is_chosen(*column) && folds_to(own, text);
        let is_one = |all: &[String]| match &held {
            Held::Text(own) => all.iter().any(|text| is(text, own)),
            Held::Words(words) => words.iter().any(|word| all.iter().any(|text| is(text, word))),
            Held::Nothing | Held::Number(_) => false,
        };
        let as_of = self.snapshot.as_of();
        match test {
            Test::Empty => held == Held::Nothing,
            Test::Filled => held != Held::Nothing,
            Test::Holds(text) => holds(text),
            Test::Lacks(text) => !holds(text),
            Test::AnyOf(all) => is_one(all),
            Test::NoneOf(all) => !is_one(all),
            Test::Between { from, to } => match held {
                Held::Number(n) => {
                    let is_money = column.content() == Content::Money;
                    let n = if is_money { e4_of_minor(n, self.data.settings().currency) } else { n };
                    from.is_none_or(|from| n >= from) && to.is_none_or(|to| n <= to)
                }
                _ => false,
            },
            Test::Within { days } => match held {
                Held::Number(n) => (i64::from(as_of.0.saturating_sub(*days)) + 1..=i64::from(as_of.0)).contains(&n),
                Held::Text(text) => {
                    let next = PartialDate::parse(&text).and_then(|date| date.next(as_of));
                    next.is_some_and(|next| next.0 <= as_of.0.saturating_add(*days))
                }
                _ => false,
            },
            Test::Before { days } => {
                let day = match held {
                    Held::Number(n) => Some(n),
                    Held::Text(text) => with_year(&text).map(|day| day.0.into()),
                    _ => None,
                };
                day.is_some_and(|day| day <= i64::from(as_of.0.saturating_sub(*days)))
            }
            Test::Ahead { days } => match held {
                Held::Text(text) => {
                    with_year(&text).is_some_and(|day| (as_of.0..=as_of.0.saturating_add(*days)).contains(&day.0))
                }
                _ => false,
            },
            Test::This(calendar) => {
                let (first, last) = calendar.around(as_of);
                match held {
                    Held::Number(n) => (i64::from(first.0)..=i64::from(last.0)).contains(&n),
                    Held::Text(text) => {
                        let next = PartialDate::parse(&text).and_then(|date| date.next(first));
                        next.is_some_and(|next| next <= last)
                    }
                    _ => false,
                }
            }
        }
    }

    /// A condition with choices as they are called now.
    fn renamed(&self, condition: Condition) -> Condition {
        let own =
            if let Column::Own(id) = condition.column { self.own.iter().find(|(own, _)| own.id == id) } else { None };
        let Some((own, _)) = own else { return condition };
        let current = |all: Vec<String>| all.iter().map(|word| own.current(word).to_owned()).collect();
        let test = match condition.test {
            Test::AnyOf(all) => Test::AnyOf(current(all)),
            Test::NoneOf(all) => Test::NoneOf(current(all)),
            test => test,
        };
        Condition { test, ..condition }
    }

    /// The rows in the order of a column; who has nothing there comes last, ties go by id.
    pub fn sorted(&self, column: Column, descending: bool) -> Vec<u32> {
        let table = self.data.customers();
        let names = if let Content::Choice(names) = column.content() { names } else { &[] };
        let key = |row| match self.held(column, row) {
            Held::Nothing => None,
            Held::Number(n) => Some((n, String::new())),
            // What is chosen has an order of its own.
            Held::Text(text) => match names.iter().position(|name| *name == text) {
                Some(at) => Some((at as i64, String::new())),
                None => Some((i64::MAX, text.to_lowercase())),
            },
            Held::Words(words) => Some((i64::MAX, words.join("\u{1f}").to_lowercase())),
        };
        let mut rows: Vec<_> = table.live().map(|row| (key(row), table.id(row), row)).collect();
        crate::domain::sort::sort_by(&mut rows, |(a, a_id, _), (b, b_id, _)| {
            let by_key = match (a, b) {
                (Some(a), Some(b)) if descending => b.cmp(a),
                (Some(a), Some(b)) => a.cmp(b),
                (a, b) => b.is_some().cmp(&a.is_some()),
            };
            by_key.then(a_id.cmp(b_id))
        });
        rows.into_iter().map(|(_, _, row)| row).collect()
    }
}

fn with_year(text: &str) -> Option<Day> {
    PartialDate::parse(text)?.with_year()
}

fn last_contacts(data: &Dataset, as_of: Day) -> Vec<i32> {
    let table = data.interactions();
    let mut days = vec![NO_DAY; data.customers().len() as usize];
    let (customers, at) = (table.refs(interaction::CUSTOMER), table.ints(interaction::AT));
    for (row, (&customer, &at)) in (0..).zip(customers.iter().zip(at)) {
        let Some(day) = days.get_mut(customer as usize).filter(|_| customer != NONE && at != NULL_INT) else {
            continue;
        };
        let this = CivilTime(at).day();
        if this > Day(*day) && this <= as_of && table.is_live(row) {
            *day = this.0;
        }
    }
    days
}
