//! The data set in memory, commands, queries and the port to a store. Pure.

pub mod api;
mod apply;
pub mod blocks;
pub mod book;
pub mod chunk;
pub mod column;
pub mod dataset;
pub mod demo;
pub mod entry;
mod fill;
pub mod freshness;
pub mod import;
pub mod merge;
mod merged;
pub mod metrics;
pub mod numbers;
pub(crate) mod own;
pub mod query;
pub mod rows;
pub mod search;
pub mod segment;
pub mod store;
pub mod table;
#[cfg(test)]
pub(crate) mod testing;
mod touched;
pub mod update;
