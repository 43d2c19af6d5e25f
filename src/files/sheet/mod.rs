//! Excel workbooks (.xlsx, .xlsm) in: one sheet, row by row, as the rows of text that the readers of files take.
//!
//! Memory is the shared texts of the workbook and one row; the sheet itself is inflated and read as a stream. Zip and XML are
//! read by crates; what they give is hostile all the same, so everything is counted after inflating. Values are what the
//! workbook holds: results of formulas are the stored ones, macros are never looked at.

mod cells;
mod guard;
#[cfg(test)]
mod tests;
mod values;
mod workbook;

use std::io::{Read, Seek};

pub use cells::SheetRows;
pub use workbook::Workbook;

use super::orders::FileError;

/// What the first bytes say about a file that may be a workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    Zip,
    /// The container of old .xls files, and of workbooks with a password.
    Compound,
    Other,
}

#[must_use]
pub fn container(head: &[u8]) -> Container {
    match head {
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Container::Zip,
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => Container::Compound,
        _ => Container::Other,
    }
}

/// Why a compound file cannot be read: a password, or the format of before 2007. Its directory names the stream of the
/// encrypted package in UTF-16; it may lie anywhere.
///
/// # Errors
/// The file cannot be read from disk.
pub fn refuse_compound(mut file: impl Read + Seek) -> Result<FileError, FileError> {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut buffer = vec![0; 1024 * 1024];
    let mut kept = 0;
    loop {
        let room = buffer.get_mut(kept..).unwrap_or_default();
        let read = file.read(room).map_err(|e| FileError::Unreadable { detail: e.to_string() })?;
        let filled = kept + read;
        if memchr::memmem::find(buffer.get(..filled).unwrap_or_default(), &name).is_some() {
            return Ok(FileError::Password);
        }
        if read == 0 {
            return Ok(FileError::NotText { what: "xls".into() });
        }
        // The name may lie across two reads.
        kept = filled.min(name.len());
        buffer.copy_within(filled - kept..filled, 0);
    }
}
