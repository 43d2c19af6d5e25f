//! Files in and out: bytes and text to plain records, nothing else. Pure.
//!
//! The way of an order file: [`encoding::sniff`] names the encoding from the first bytes; the caller decodes the head
//! and hands it to [`orders::inspect`], which guesses what the columns mean; then the bytes run through
//! [`encoding::Watch`] (does the whole file keep to its encoding?), are decoded in slices, and go to
//! [`orders::OrdersReader`], which never holds more than one row of text.

pub mod calendar;
pub mod cards;
pub mod clock;
pub mod dates;
pub mod encoding;
pub mod export;
pub mod numbers;
pub mod orders;
pub mod parcel;
pub mod records;
pub mod responses;
pub mod rows;
pub mod sheet;
pub mod table;
mod watch;
mod wide;

use orders::FileError;

/// Larger files are refused before they are read.
pub const MAX_FILE_BYTES: u64 = 400_000_000;
/// Rows below the header.
pub const MAX_ROWS: u64 = 5_000_000;
pub const MAX_COLUMNS: usize = 500;
/// Bytes of one cell.
pub const MAX_FIELD_BYTES: usize = 32 * 1024;
/// Row errors kept with their text; beyond, they are only counted.
pub const MAX_ERRORS: usize = 10_000;

/// Refuses a file by its size alone.
///
/// # Errors
/// [`FileError::Empty`] or [`FileError::TooLarge`].
pub fn check_size(bytes: u64) -> Result<(), FileError> {
    match bytes {
        0 => Err(FileError::Empty),
        b if b > MAX_FILE_BYTES => Err(FileError::TooLarge { bytes, limit: MAX_FILE_BYTES }),
        _ => Ok(()),
    }
}
