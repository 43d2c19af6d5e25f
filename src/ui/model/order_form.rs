//! The form for an order by hand: what is typed, what it adds up to, and the draft it becomes.

use serde::{Deserialize, Serialize};

use super::lines::{self, LineForm, Problem};
use crate::domain::{CivilTime, Currency, Day, Id, MS_PER_DAY, OrderDraft, OrderKind};

/// What stands in the form. Text stays as typed until it is saved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OrderForm {
    pub number: String,
    /// `2011-12-09`, as the browser's date control gives it.
    pub date: String,
    /// `08:26`.
    pub time: String,
    pub refund: bool,
    pub channel: String,
    pub note: String,
    pub lines: Vec<LineForm>,
    /// When the order was, to the second; counts as long as date and time show the same.
    #[serde(default)]
    was_at: Option<CivilTime>,
}

/// Minutes of a day as `08:26`.
pub(super) fn show_time(at: CivilTime) -> String {
    let minutes = at.0.rem_euclid(MS_PER_DAY) / 60_000;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

pub(super) fn parse_time(text: &str) -> Option<i64> {
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.get(..2).unwrap_or(minutes).parse().ok()?);
    ((0..24).contains(&hours) && (0..60).contains(&minutes)).then_some((hours * 60 + minutes) * 60_000)
}

impl OrderForm {
    /// An empty form for a purchase now.
    #[must_use]
    pub fn new(now: CivilTime) -> Self {
        Self {
            number: String::new(),
            date: now.day().to_string(),
            time: show_time(now),
            refund: false,
            channel: String::new(),
            note: String::new(),
            lines: vec![LineForm::one()],
            was_at: None,
        }
    }

    /// The form that shows a purchase or refund; `names` are the products of its lines.
    #[must_use]
    pub fn of(draft: &OrderDraft, names: &[String]) -> Self {
        let sign = if draft.kind == OrderKind::Refund { -1 } else { 1 };
        Self {
            number: draft.number.clone(),
            date: draft.at.day().to_string(),
            time: show_time(draft.at),
            refund: draft.kind == OrderKind::Refund,
            channel: draft.channel.clone(),
            note: draft.note.clone(),
            lines: lines::shown(&draft.lines, names, sign),
            was_at: Some(draft.at),
        }
    }

    /// What the lines add up to, as typed so far, minor units; negative for a refund.
    #[must_use]
    pub fn total_minor(&self, currency: Currency) -> i64 {
        let sum = lines::total_minor(&self.lines, currency);
        if self.refund { -sum } else { sum }
    }

    /// Everything that keeps the form from being saved.
    #[must_use]
    pub fn problems(&self, currency: Currency) -> Vec<Problem> {
        let mut found = Vec::new();
        if self.at().is_none() {
            found.push(Problem::Date);
        }
        found.extend(lines::problems(&self.lines, currency));
        found
    }

    fn at(&self) -> Option<CivilTime> {
        if let Some(was) = self.was_at
            && (was.day().to_string(), show_time(was)) == (self.date.clone(), self.time.clone())
        {
            return Some(was);
        }
        let day = Day::parse_iso(&self.date)?;
        let time = if self.time.trim().is_empty() { 0 } else { parse_time(&self.time)? };
        Some(CivilTime(day.start().0 + time))
    }

    /// The order, `None` while there are [`Self::problems`]. Lines whose product is not known yet have none.
    #[must_use]
    pub fn draft(&self, customer: Option<Id>, currency: Currency) -> Option<OrderDraft> {
        let sign = if self.refund { -1 } else { 1 };
        let lines = lines::read(&self.lines, currency, sign)?;
        let kind = if self.refund { OrderKind::Refund } else { OrderKind::Purchase };
        self.problems(currency).is_empty().then_some(())?;
        Some(OrderDraft {
            number: self.number.trim().to_owned(),
            customer,
            at: self.at()?,
            kind,
            channel: self.channel.trim().to_owned(),
            currency,
            lines,
            note: self.note.trim().to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Line;

    fn form() -> OrderForm {
        let mut form = OrderForm::new(CivilTime(Day::from_ymd(2026, 11, 21).unwrap().start().0 + 30_360_000));
        form.lines = vec![
            LineForm { product: "Tea".into(), id: Some(Id(7)), quantity: "2".into(), price: "12.50".into(), was: None },
            LineForm { product: "Cup".into(), price: "8".into(), ..LineForm::default() },
            LineForm { quantity: "1".into(), ..LineForm::default() },
        ];
        form
    }

    #[test]
    fn a_form_becomes_an_order_and_back() {
        let draft = form().draft(Some(Id(1)), Currency::GBP).unwrap();
        assert_eq!(draft.lines.iter().map(|l| l.total_minor).collect::<Vec<_>>(), [2_500, 800]);
        assert_eq!((draft.kind, form().total_minor(Currency::GBP)), (OrderKind::Purchase, 3_300));
        let again = OrderForm::of(&draft, &["Tea".into(), "Cup".into()]);
        assert_eq!((again.date.as_str(), again.time.as_str()), ("2026-11-21", "08:26"));
        assert_eq!(again.draft(Some(Id(1)), Currency::GBP).unwrap(), draft);
    }

    #[test]
    fn refunds_are_negative_and_come_back_positive_in_the_form() {
        let refund = OrderForm { refund: true, ..form() };
        let draft = refund.draft(None, Currency::GBP).unwrap();
        assert_eq!(draft.kind, OrderKind::Refund);
        assert_eq!((draft.lines[0].quantity_milli, draft.lines[0].total_minor), (-2_000, -2_500));
        assert_eq!(refund.total_minor(Currency::GBP), -3_300);
        assert_eq!(OrderForm::of(&draft, &[]).lines[0].quantity, "2");
    }

    #[test]
    fn amounts_of_a_file_survive_the_mending_of_a_note() {
        let line = |quantity_milli, unit_price_e4, total_minor| Line {
            product: Some(Id(7)),
            quantity_milli,
            unit_price_e4,
            total_minor,
        };
        // A discount on the line, a return among purchases, a negative price without a product, a time with seconds.
        let bare = Line { product: None, ..line(1_000, -50_000, -500) };
        let lines = vec![line(2_000, 125_000, 2_300), line(-1_000, 80_000, -800), bare];
        for kind in [OrderKind::Purchase, OrderKind::Refund] {
            let at = CivilTime(30_385_250);
            let order = OrderDraft {
                number: "1".into(),
                customer: None,
                at,
                kind,
                channel: String::new(),
                currency: Currency::GBP,
                lines: lines.clone(),
                note: String::new(),
            };
            let names = ["Tea".to_owned(), "Tea".to_owned(), String::new()];
            let mut form = OrderForm::of(&order, &names);
            form.note = "mended".into();
            assert_eq!(form.draft(None, Currency::GBP).unwrap(), OrderDraft { note: "mended".into(), ..order });
        }
        let order = OrderDraft { lines, ..form().draft(None, Currency::GBP).unwrap() };
        let mut form = OrderForm::of(&order, &["Tea".into(), "Tea".into(), "Tea".into()]);
        form.lines[0].quantity = "3".into();
        form.lines[1].quantity = "-2".into();
        let again = form.draft(None, Currency::GBP).unwrap();
        assert_eq!(again.lines.iter().map(|l| l.total_minor).collect::<Vec<_>>(), [3_750, -1_600, -500]);
    }

    #[test]
    fn what_is_wrong_is_named() {
        let with = |change: fn(&mut OrderForm)| {
            let mut form = form();
            change(&mut form);
            form.problems(Currency::GBP)
        };
        assert_eq!(with(|_| {}), []);
        assert_eq!(with(|f| f.date = "2026-02-30".into()), [Problem::Date]);
        assert_eq!(with(|f| f.time = "25:00".into()), [Problem::Date]);
        assert_eq!(with(|f| f.lines.clear()), [Problem::NoLines]);
        assert_eq!(with(|f| f.lines[0].quantity = "0".into()), [Problem::Quantity { line: 0 }]);
        assert_eq!(with(|f| f.lines[1].price = "x".into()), [Problem::Price { line: 1 }]);
        assert_eq!(with(|f| f.lines[1].product.clear()), [Problem::Product { line: 1 }]);
        assert_eq!(with(|f| f.lines[0].price = "99999999999999".into()), [Problem::TooLarge { line: 0 }]);
    }
}
