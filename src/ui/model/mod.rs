//! Render models: everything a page computes before there is markup. Plain Rust, tested natively.

pub mod area;
pub mod backup;
pub mod bands;
pub mod calendar;
pub mod columns;
pub mod flows;
pub mod form;
pub mod glyph;
pub mod heat;
pub mod lines;
pub mod number;
pub mod order_form;
pub mod palette;
pub mod pareto;
pub mod picks;
pub mod query;
pub mod record_form;
pub mod rows;
pub mod rule;
pub mod scale;
pub mod scatter;
pub mod settings_form;
pub mod spark;
pub mod table;
pub mod tables;
pub mod wizard;
