//! Render models: everything a page computes before there is markup. Plain Rust, tested natively.

pub mod flows;
pub mod glyph;
pub mod heat;
pub mod number;
pub mod palette;
pub mod pareto;
pub mod query;
pub mod rows;
pub mod scale;
pub mod scatter;
pub mod table;
pub mod wizard;
