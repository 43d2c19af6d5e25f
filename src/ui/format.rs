//! Numbers, money, dates and times in the user's language, by the browser's own Intl. The formatters are made once.

use std::cell::RefCell;

use js_sys::{Array, Function, Intl, Object, Reflect};
use rustc_hash::FxHashMap;
use wasm_bindgen::{JsCast, JsValue};

use crate::domain::{BasisPoints, CivilTime, Currency, Day, PRICE_SCALE, PartialDate, QUANTITY_SCALE, Stamp};
use crate::engine::api::Language;
use crate::locale::Locale;
use crate::ui::model::number::spaced;
use crate::web::device;

/// What the browser can put into words.
pub trait Format {
    /// A whole number, grouped.
    fn int(self, n: impl TryInto<i64>) -> String;
    /// At most `digits` decimal places.
    fn decimal(self, n: f64, digits: u8) -> String;
    /// A share 0–1 as per cent, at most `digits` decimal places.
    fn percent(self, share: f64, digits: u8) -> String;
    /// Basis points as per cent, exact.
    fn percent_bp(self, bp: BasisPoints) -> String;
    /// Minor units with all decimal places of the currency.
    fn money(self, minor: i64, currency: Currency) -> String;
    /// Minor units rounded to the whole major unit, for tables and sentences.
    fn money_round(self, minor: i64, currency: Currency) -> String;
    /// `¥12.3K`, for axes and narrow places.
    fn money_compact(self, minor: i64, currency: Currency) -> String;
    /// A unit price in ten-thousandths of a major unit.
    fn price(self, price_e4: i64, currency: Currency) -> String;
    /// A quantity in thousandths.
    fn quantity(self, quantity_milli: i64) -> String;
    fn date(self, day: Day) -> String;
    /// Month and day.
    fn month_day(self, day: Day) -> String;
    fn month(self, day: Day) -> String;
    /// The month without its year.
    fn month_name(self, day: Day) -> String;
    /// A date with what is known of it, a lunar one as it is said.
    fn partial_date(self, date: PartialDate) -> String;
    fn date_time(self, at: CivilTime) -> String;
    /// Within a week of `today` in words (“3 days ago”), else the date.
    fn day_relative(self, day: Day, today: Day) -> String;
    /// A whole number of days from now, negative for the past: “in 3 days”.
    fn in_days(self, days: i64) -> String;
    /// A stamp's moment on this device's clock.
    fn stamp(self, stamp: Stamp) -> String;
    /// Milliseconds since 1970 UTC, as the clock here shows them.
    fn moment(self, unix_ms: u64) -> String;
    /// `12.3 MB`.
    fn bytes(self, bytes: u64) -> String;
}

/// A figure with its sign: `+1.2`, `−0.4`, `0`.
pub fn signed(locale: Locale, value: f64, digits: u8) -> String {
    let size = locale.decimal(value.abs(), digits);
    let is_zero = size == locale.decimal(0.0, digits);
    match value {
        _ if is_zero => size,
        v if v < 0.0 => format!("−{size}"),
        _ => format!("+{size}"),
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Style {
    Decimal(u8),
    Percent(u8),
    Money { currency: Currency, digits: Option<u8> },
    MoneyCompact(Currency),
    Date,
    MonthDay,
    Month,
    MonthName,
    DateTime,
    Stamp,
    Relative,
}

#[derive(Clone)]
enum Formatter {
    Call(Function),
    Relative(Intl::RelativeTimeFormat),
}

thread_local! {
    static MADE: RefCell<FxHashMap<(Language, Style), Formatter>> = RefCell::default();
}

impl Format for Locale {
    fn int(self, n: impl TryInto<i64>) -> String {
        // No count in a browser reaches 2^63.
        call(self, Style::Decimal(0), n.try_into().unwrap_or(i64::MAX) as f64)
    }

    fn decimal(self, n: f64, digits: u8) -> String {
        call(self, Style::Decimal(digits), n)
    }

    fn percent(self, share: f64, digits: u8) -> String {
        call(self, Style::Percent(digits), share)
    }

    fn percent_bp(self, bp: BasisPoints) -> String {
        call(self, Style::Percent(2), bp as f64 / 10_000.0)
    }

    fn money(self, minor: i64, currency: Currency) -> String {
        call(self, Style::Money { currency, digits: None }, major(minor, currency))
    }

    fn money_round(self, minor: i64, currency: Currency) -> String {
        call(self, Style::Money { currency, digits: Some(0) }, major(minor, currency))
    }

    fn money_compact(self, minor: i64, currency: Currency) -> String {
        call(self, Style::MoneyCompact(currency), major(minor, currency))
    }

    fn price(self, price_e4: i64, currency: Currency) -> String {
        // The usual number of decimals, unless the price is finer.
        let step = PRICE_SCALE / 10i64.pow(currency.decimals());
        let digits = if price_e4 % step == 0 { None } else { Some(4) };
        call(self, Style::Money { currency, digits }, price_e4 as f64 / PRICE_SCALE as f64)
    }

    fn quantity(self, quantity_milli: i64) -> String {
        call(self, Style::Decimal(3), quantity_milli as f64 / QUANTITY_SCALE as f64)
    }

    fn date(self, day: Day) -> String {
        call(self, Style::Date, day.start().0 as f64)
    }

    fn month_day(self, day: Day) -> String {
        call(self, Style::MonthDay, day.start().0 as f64)
    }

    fn month(self, day: Day) -> String {
        call(self, Style::Month, day.start().0 as f64)
    }

    fn month_name(self, day: Day) -> String {
        call(self, Style::MonthName, day.start().0 as f64)
    }

    fn partial_date(self, date: PartialDate) -> String {
        match (date.lunar, date.year) {
            (true, _) => self.lunar_date(date),
            (false, Some(year)) => date.kept_in(year).map(|day| self.date(day)).unwrap_or_default(),
            // 2000 was a leap year.
            (false, None) => date.kept_in(2000).map(|day| self.month_day(day)).unwrap_or_default(),
        }
    }

    fn date_time(self, at: CivilTime) -> String {
        call(self, Style::DateTime, at.0 as f64)
    }

    fn day_relative(self, day: Day, today: Day) -> String {
        let days = i64::from(day.0) - i64::from(today.0);
        if days.abs() <= 7 { self.in_days(days) } else { self.date(day) }
    }

    fn in_days(self, days: i64) -> String {
        match formatter(self, Style::Relative) {
            Some(Formatter::Relative(format)) => spaced(&String::from(format.format(days as f64, "day"))),
            _ => days.to_string(),
        }
    }

    fn stamp(self, stamp: Stamp) -> String {
        self.moment(stamp.unix_ms())
    }

    fn moment(self, unix_ms: u64) -> String {
        call(self, Style::Stamp, unix_ms as f64)
    }

    fn bytes(self, bytes: u64) -> String {
        let size = bytes as f64;
        let (value, unit) = match size {
            s if s < 1e3 => (s, "B"),
            s if s < 1e6 => (s / 1e3, "KB"),
            s if s < 1e9 => (s / 1e6, "MB"),
            s => (s / 1e9, "GB"),
        };
        format!("{} {unit}", self.decimal(value, if value < 10.0 { 1 } else { 0 }))
    }
}

fn major(minor: i64, currency: Currency) -> f64 {
    minor as f64 / 10f64.powi(i32::try_from(currency.decimals()).unwrap_or(2))
}

/// The number as text, should the browser's Intl fail: plain, but never nothing.
fn call(locale: Locale, style: Style, value: f64) -> String {
    match formatter(locale, style) {
        Some(Formatter::Call(function)) => {
            let said = function.call1(&JsValue::NULL, &JsValue::from_f64(value));
            said.ok().and_then(|v| v.as_string()).unwrap_or_else(|| value.to_string())
        }
        _ => value.to_string(),
    }
}

fn formatter(locale: Locale, style: Style) -> Option<Formatter> {
    let key = (locale.language, style);
    if let Some(made) = MADE.with_borrow(|made| made.get(&key).cloned()) {
        return Some(made);
    }
    let made = make(locale, style)?;
    MADE.with_borrow_mut(|all| all.insert(key, made.clone()));
    Some(made)
}

fn make(locale: Locale, style: Style) -> Option<Formatter> {
    // A region of the browser's own first: “9 December” or “December 9” is not for us to say.
    let own = device::browser_tag(locale.language);
    let tags = Array::of1(&JsValue::from_str(own.as_deref().unwrap_or(locale.tag())));
    let number = |pairs: &[(&str, JsValue)]| {
        let function = Intl::NumberFormat::new(&tags, &options(pairs)?).format();
        Some(Formatter::Call(function))
    };
    let date = |pairs: &[(&str, JsValue)]| {
        let function = Intl::DateTimeFormat::new(&tags, &options(pairs)?).format();
        Some(Formatter::Call(function))
    };
    let text = JsValue::from_str;
    let digits = |n: u8| JsValue::from_f64(f64::from(n));
    match style {
        Style::Decimal(n) => number(&[("maximumFractionDigits", digits(n))]),
        Style::Percent(n) => number(&[("style", text("percent")), ("maximumFractionDigits", digits(n))]),
        Style::Money { currency, digits: n } => {
            let mut pairs = vec![
                ("style", text("currency")),
                ("currency", text(currency.code())),
                ("currencyDisplay", text("narrowSymbol")),
            ];
            if let Some(n) = n {
                pairs.push(("minimumFractionDigits", digits(n.min(2))));
                pairs.push(("maximumFractionDigits", digits(n)));
            }
            number(&pairs)
        }
        Style::MoneyCompact(currency) => number(&[
            ("style", text("currency")),
            ("currency", text(currency.code())),
            ("currencyDisplay", text("narrowSymbol")),
            ("notation", text("compact")),
            ("maximumSignificantDigits", digits(3)),
        ]),
        // Civil times are shown as they are: as if the wall stood in UTC.
        Style::Date => date(&[("dateStyle", text("medium")), ("timeZone", text("UTC"))]),
        Style::MonthDay => date(&[("month", text("short")), ("day", text("numeric")), ("timeZone", text("UTC"))]),
        Style::Month => date(&[("year", text("numeric")), ("month", text("short")), ("timeZone", text("UTC"))]),
        Style::MonthName => date(&[("month", text("long")), ("timeZone", text("UTC"))]),
        Style::DateTime => {
            date(&[("dateStyle", text("medium")), ("timeStyle", text("short")), ("timeZone", text("UTC"))])
        }
        Style::Stamp => date(&[("dateStyle", text("medium")), ("timeStyle", text("short"))]),
        Style::Relative => {
            let made = Intl::RelativeTimeFormat::new(&tags, &options(&[("numeric", text("auto"))])?);
            Some(Formatter::Relative(made))
        }
    }
}

fn options(pairs: &[(&str, JsValue)]) -> Option<Object> {
    let object = Object::new();
    for (name, value) in pairs {
        Reflect::set(object.unchecked_ref(), &JsValue::from_str(name), value).ok()?;
    }
    Some(object)
}
