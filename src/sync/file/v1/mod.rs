//! Version 1 of the file.

mod fields;
pub mod read;
mod value;
pub mod write;

#[cfg(test)]
mod tests;

use crate::domain::Line;

/// A line of an order: product, thousandths of a unit, ten-thousandths of a major unit, minor units.
#[must_use]
pub fn line_json(line: &Line) -> serde_json::Value {
    let product = line.product.map(|id| id.to_string());
    serde_json::json!([product, line.quantity_milli, line.unit_price_e4, line.total_minor])
}
