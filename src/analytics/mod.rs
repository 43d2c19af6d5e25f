//! Numbers from plain slices: no data set, no storage, no locale. Pure.
//!
//! Every function takes any slice: empty, one customer, all on one day, refunds only, dates in the future. None of
//! them returns NaN or panics.

mod clv;
mod dormancy;
pub mod duplicates;
mod kotler;
mod loyalty;
mod pareto;
mod quantile;
mod retention;
mod rfm;
mod rhythm;
mod satisfaction;
mod tiers;

pub use clv::*;
pub use dormancy::*;
pub use kotler::*;
pub use loyalty::*;
pub use pareto::*;
pub use quantile::*;
pub use retention::*;
pub use rfm::*;
pub use rhythm::*;
pub use satisfaction::*;
pub use tiers::*;

#[cfg(test)]
mod reference;
