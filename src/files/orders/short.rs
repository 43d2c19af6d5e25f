//! Rows that end before the header does. Spreadsheets and many programs leave blanks off at the end; others write a line
//! break inside a cell without quotes and make two rows of one. The latter leave as many separators in the parts as one row
//! has, so neighbours that come to exactly one row are parts, unless their cells say otherwise: the cell before the break is a
//! whole number, date or address of mail, or each part begins like a row and holds what its columns hold.

use std::collections::VecDeque;

use super::cells::is_nobody;
use super::{Mapping, Role};
use crate::files::clock::parse_time;
use crate::files::dates::parse_date_time;
use crate::files::numbers::{clean, parse_currency, parse_decimal};
use crate::files::records::{self, is_written, read_field};
use crate::files::responses::parse_score;
use crate::files::rows::{KeptRow, Row};

/// Rows of one cell that are kept at most while others are waited for.
const MAX_HELD: usize = 1_000;

/// How a cell agrees with its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit {
    /// It is what only this column holds: a date, a number, a phone number.
    Fits,
    /// A number of a record.
    Key,
    /// Blank, or a column of text: anything will do.
    Unclear,
    Misfits,
}

/// What a row of few cells looks like.
#[derive(Debug)]
pub(super) struct Sight {
    separators: usize,
    fits: bool,
    /// A cell is not what its column holds.
    pub misfits: bool,
    /// Its last cell is text, in which a line break can be.
    cuttable: bool,
    /// The shape of the number of its record.
    key: Option<Vec<(char, usize)>>,
}

impl Sight {
    pub fn of(row: &Row, mapping: &Mapping) -> Self {
        let mut sight = Self {
            separators: row.len().saturating_sub(1),
            fits: false,
            misfits: false,
            cuttable: is_cuttable(row, row.len(), mapping),
            key: None,
        };
        for (column, cell) in row.cells().enumerate() {
            match fit(column, cell, mapping) {
                Fit::Fits => sight.fits = true,
                Fit::Misfits => sight.misfits = true,
                Fit::Key => sight.key = sight.key.or_else(|| shape(clean(cell))),
                Fit::Unclear => {}
            }
        }
        sight
    }

    /// Nothing says that it is the rest of another row, and something that it is one.
    fn stands_alone(&self, first: Option<&Self>) -> bool {
        let alike = || match (first.and_then(|first| first.key.as_ref()), &self.key) {
            (Some(a), Some(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.0 == b.0 && a.1.abs_diff(b.1) <= 1)
            }
            _ => false,
        };
        !self.misfits && (self.fits || alike())
    }
}

/// The last of the row's `width` cells may go on in the next line.
pub(super) fn is_cuttable(row: &Row, width: usize, mapping: &Mapping) -> bool {
    let last = width.saturating_sub(1);
    matches!(fit(last, row.cell(last), mapping), Fit::Unclear | Fit::Misfits)
}

/// What came before the rows that are held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    /// Nothing that could go on here.
    Done,
    /// A whole row that ends in text: a line without a separator may belong to it.
    Text,
    /// Parts of a row: whatever follows may be another.
    Parts,
}

/// Short rows that wait for what follows them.
pub(super) struct Short {
    /// Separators of a whole row.
    whole: usize,
    held: VecDeque<(KeptRow, Sight)>,
    separators: usize,
    before: Before,
    /// The row before goes on in the next one.
    is_cut: bool,
}

impl Short {
    pub fn new(columns: usize) -> Self {
        Self {
            whole: columns.saturating_sub(1),
            held: VecDeque::new(),
            separators: 0,
            before: Before::Done,
            is_cut: false,
        }
    }

    /// Takes a short row; gives those that are decided, in their order, and whether they are parts of a cut one.
    pub fn next(&mut self, row: KeptRow, sight: Sight) -> Vec<(KeptRow, bool)> {
        if self.held.is_empty() {
            let goes_on = match self.before {
                Before::Done => false,
                Before::Text => sight.separators == 0,
                Before::Parts => true,
            };
            if goes_on && !sight.stands_alone(None) {
                return vec![(row, true)];
            }
            self.before = Before::Done;
        }
        self.separators += sight.separators;
        self.held.push_back((row, sight));
        let mut decided = Vec::new();
        while self.separators >= self.whole || self.held.len() > MAX_HELD {
            if self.separators == self.whole && self.are_parts() {
                self.before = Before::Parts;
                self.separators = 0;
                decided.extend(self.held.drain(..).map(|(row, _)| (row, true)));
                break;
            }
            let first = self.held.front().map_or(0, |(_, sight)| sight.separators);
            let Some(one) = self.pop() else { break };
            self.separators -= first;
            decided.push(one);
        }
        decided
    }

    /// A whole row or the end follows: what is held is no part of one, unless the next line does not look like a row.
    pub fn rest(&mut self) -> Vec<(KeptRow, bool)> {
        self.separators = 0;
        let mut decided = Vec::new();
        while let Some(one) = self.pop() {
            decided.push(one);
        }
        decided
    }

    /// The first that is held; cut if it could go on in the next line and that is no row by itself. What was cut may lack blanks at
    /// its end too, so their separators need not come to a whole row.
    fn pop(&mut self) -> Option<(KeptRow, bool)> {
        let (row, sight) = self.held.pop_front()?;
        let goes_on = self.held.front().is_some_and(|(_, next)| {
            sight.cuttable && (next.misfits || (next.separators == 0 && !next.stands_alone(Some(&sight))))
        });
        let after_cut = std::mem::replace(&mut self.is_cut, goes_on) && !sight.stands_alone(None);
        Some((row, goes_on || after_cut))
    }

    /// A whole row went by.
    pub fn passed(&mut self, cuttable: bool) {
        self.before = if cuttable { Before::Text } else { Before::Done };
    }

    fn are_parts(&self) -> bool {
        let mut later = self.held.iter().map(|(_, sight)| sight);
        // Where in its row a later part ends does not matter: the first one tells whether there was a break.
        let Some(first) = later.next().filter(|first| first.cuttable) else { return false };
        !later.all(|sight| sight.stands_alone(Some(first)))
    }
}

fn fit(column: usize, cell: &str, mapping: &Mapping) -> Fit {
    let text = clean(cell);
    if is_nobody(text) {
        return Fit::Unclear;
    }
    let of = |fits: bool| if fits { Fit::Fits } else { Fit::Misfits };
    let number = || of(parse_decimal(text, mapping.decimal_sign, 4).is_ok());
    match mapping.roles.get(column).copied().unwrap_or(Role::Ignore) {
        Role::OrderNumber | Role::CustomerKey | Role::ProductKey | Role::ResponseKey | Role::InteractionKey => Fit::Key,
        Role::OrderDate => of(parse_date_time(text, mapping.date_order).is_ok()),
        Role::OrderTime => of(parse_time(text).is_ok()),
        Role::Birthday => of(records::birthday(text, mapping.date_order).is_ok()),
        Role::Phone => phone(text),
        Role::Email => of(text.contains('@') && !text.contains(char::is_whitespace)),
        Role::Quantity | Role::UnitPrice | Role::LineTotal | Role::UnitCost | Role::Mood => number(),
        Role::CurrencyCode => of(parse_currency(text, mapping.currency).is_some()),
        role if Role::SCORES.contains(&role) => of(parse_score(role, text, mapping.decimal_sign).is_ok()),
        Role::Ignore => match mapping.fields.iter().find(|of| of.column as usize == column) {
            Some(found) if !is_written(&found.field) => {
                of(read_field(&found.field, text, mapping, mapping.currency).is_ok())
            }
            _ => Fit::Unclear,
        },
        _ => Fit::Unclear,
    }
}

fn phone(text: &str) -> Fit {
    let digits = text.chars().filter(|c| c.is_ascii_digit() || matches!(c, '０'..='９')).count();
    let marks = |c: char| matches!(c, '0'..='9' | '０'..='９' | '+' | '＋' | '-' | '–' | '(' | ')' | '.' | '/' | '*' | '#' | ' ' | '\u{a0}');
    match (digits, text.chars().all(marks)) {
        (5.., true) => Fit::Fits,
        (0..5, false) => Fit::Misfits,
        _ => Fit::Unclear,
    }
}

/// `AB-17` as letters, a dash and two digits; `None` for what is no number: without digits, or of several words.
fn shape(key: &str) -> Option<Vec<(char, usize)>> {
    let mut found: Vec<(char, usize)> = Vec::new();
    for c in key.chars() {
        let class = match c {
            '0'..='9' => '0',
            c if c.is_whitespace() => return None,
            c if c.is_alphabetic() => 'a',
            c => c,
        };
        match found.last_mut().filter(|(last, _)| *last == class) {
            Some((_, times)) => *times += 1,
            None => found.push((class, 1)),
        }
    }
    found.iter().any(|(class, _)| *class == '0').then_some(found)
}

#[cfg(test)]
mod tests;
