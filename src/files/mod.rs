//! Files in and out: bytes and text to plain records, nothing else. Pure.

pub mod orders;
