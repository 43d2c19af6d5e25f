//! The lines of an order or quote as typed, and what they add up to.

use serde::{Deserialize, Serialize};

use super::form::{parse_decimal, show_decimal};
use crate::domain::{Currency, Id, Line, MAX_MINOR, line_total_minor};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LineForm {
    pub product: String,
    /// The product that `product` names, once it is known.
    pub id: Option<Id>,
    pub quantity: String,
    pub price: String,
    /// What the line was; counts as long as quantity and price show the same: a file's own amount (a discount on the line,
    /// another rounding, a return among purchases) must not change because somebody mends the note.
    #[serde(default)]
    pub was: Option<WasLine>,
}

/// A line as it stands in the book, a refund's turned positive.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct WasLine {
    quantity_milli: i64,
    unit_price_e4: i64,
    total_minor: i64,
}

impl WasLine {
    /// Quantity and price as they stand in their inputs.
    fn shown(&self) -> (String, String) {
        (show_decimal(self.quantity_milli, 3), show_decimal(self.unit_price_e4, 4))
    }
}

/// What keeps a form with lines from being saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The form’s own date.
    Date,
    NoLines,
    Product {
        line: usize,
    },
    Quantity {
        line: usize,
    },
    Price {
        line: usize,
    },
    TooLarge {
        line: usize,
    },
}

/// What the editor of lines does to them.
#[derive(Clone, Debug, PartialEq)]
pub enum LineChange {
    Add,
    Remove(usize),
    Set(usize, LineForm),
}

impl LineChange {
    pub fn apply(self, lines: &mut Vec<LineForm>) {
        match self {
            Self::Add => lines.push(LineForm::one()),
            Self::Remove(at) if at < lines.len() => drop(lines.remove(at)),
            Self::Remove(_) => {}
            Self::Set(at, line) => lines.get_mut(at).into_iter().for_each(|l| l.clone_from(&line)),
        }
    }
}

impl LineForm {
    /// An empty line for one piece.
    #[must_use]
    pub fn one() -> Self {
        Self { quantity: "1".to_owned(), ..Self::default() }
    }

    /// An empty line is left out rather than refused.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.product.trim().is_empty() && self.price.trim().is_empty()
    }

    /// Quantity in thousandths, unit price in ten-thousandths, amount in minor units; what is wrong otherwise.
    fn read(&self, line: usize, currency: Currency) -> Result<(i64, i64, i64), Problem> {
        if let Some(was) = &self.was
            && was.shown() == (self.quantity.clone(), self.price.clone())
        {
            return Ok((was.quantity_milli, was.unit_price_e4, was.total_minor));
        }
        let quantity = if self.quantity.trim().is_empty() { Some(1_000) } else { parse_decimal(&self.quantity, 3) };
        let turned = self.was.is_some_and(|was| was.quantity_milli < 0);
        let quantity = quantity.filter(|q| *q > 0 || turned && *q < 0).ok_or(Problem::Quantity { line })?;
        let lowered = self.was.is_some_and(|was| was.unit_price_e4 < 0);
        let price = parse_decimal(&self.price, 4).filter(|p| *p >= 0 || lowered).ok_or(Problem::Price { line })?;
        let total = line_total_minor(quantity, price, currency).ok_or(Problem::TooLarge { line })?;
        Ok((quantity, price, total))
    }

    /// The amount of the line as typed so far, minor units.
    #[must_use]
    pub fn total_minor(&self, currency: Currency) -> Option<i64> {
        self.read(0, currency).ok().map(|(_, _, total)| total)
    }
}

/// Lines as they stand in the form; `names` are their products, `sign` −1 turns those of a refund positive.
#[must_use]
pub fn shown(lines: &[Line], names: &[String], sign: i64) -> Vec<LineForm> {
    let line = |(at, line): (usize, &Line)| {
        let was = WasLine {
            quantity_milli: line.quantity_milli.saturating_mul(sign),
            unit_price_e4: line.unit_price_e4,
            total_minor: line.total_minor.saturating_mul(sign),
        };
        let (quantity, price) = was.shown();
        let product = names.get(at).cloned().unwrap_or_default();
        LineForm { product, id: line.product, quantity, price, was: Some(was) }
    };
    lines.iter().enumerate().map(line).collect()
}

/// What the lines add up to, as typed so far, minor units.
#[must_use]
pub fn total_minor(lines: &[LineForm], currency: Currency) -> i64 {
    lines.iter().filter_map(|l| l.total_minor(currency)).fold(0, i64::saturating_add)
}

/// Everything that keeps the lines from being saved.
#[must_use]
pub fn problems(lines: &[LineForm], currency: Currency) -> Vec<Problem> {
    let mut found = Vec::new();
    let written = || lines.iter().enumerate().filter(|(_, l)| !l.is_empty());
    if written().next().is_none() {
        found.push(Problem::NoLines);
    }
    for (line, form) in written() {
        // A file may have lines without a product; they stay as they are.
        if form.product.trim().is_empty() && form.was.is_none() {
            found.push(Problem::Product { line });
        }
        found.extend(form.read(line, currency).err());
    }
    if total_minor(lines, currency).abs() > MAX_MINOR {
        found.push(Problem::TooLarge { line: 0 });
    }
    found
}

/// The lines, `None` while one does not read. Those whose product is not known yet have none.
#[must_use]
pub fn read(lines: &[LineForm], currency: Currency, sign: i64) -> Option<Vec<Line>> {
    let written = lines.iter().enumerate().filter(|(_, l)| !l.is_empty());
    let line = |(at, form): (usize, &LineForm)| {
        let (quantity, price, total) = form.read(at, currency).ok()?;
        Some(Line {
            product: form.id,
            quantity_milli: sign * quantity,
            unit_price_e4: price,
            total_minor: sign * total,
        })
    };
    written.map(line).collect()
}
