//! The data set in memory, commands, queries and the port to a store. Pure.

pub mod api;
