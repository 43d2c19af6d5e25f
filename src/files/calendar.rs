//! Days to remember as a calendar file (RFC 5545), which phones and mail programs take in.

use serde::{Deserialize, Serialize};

use crate::domain::Day;

/// How often a day comes round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Repeat {
    Once,
    Yearly,
    /// 29 February, kept on the 28th where there is none.
    LastOfFebruary,
}

/// A whole day in a calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The same in every file, so that a calendar that takes a later one updates the event and makes no second one.
    pub uid: String,
    /// The first day.
    pub day: Day,
    pub repeat: Repeat,
    pub summary: String,
    /// May be empty.
    pub description: String,
}

/// A line has no more octets, its end aside (RFC 5545, 3.1).
const MOST_OCTETS: usize = 75;

/// Begins a calendar called `name`.
#[must_use]
pub fn begin(name: &str) -> String {
    let mut out = String::new();
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kith//Kith//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"] {
        push(&mut out, line);
    }
    push(&mut out, &format!("X-WR-CALNAME:{}", escaped(name)));
    out
}

/// Adds an event; `made_ms`: when the file is made, UTC.
pub fn add(out: &mut String, event: &Event, made_ms: u64) {
    push(out, "BEGIN:VEVENT");
    push(out, &format!("UID:{}", escaped(&event.uid)));
    push(out, &format!("DTSTAMP:{}", moment(made_ms)));
    push(out, &format!("DTSTART;VALUE=DATE:{}", compact(event.day)));
    match event.repeat {
        Repeat::Once => {}
        Repeat::Yearly => push(out, "RRULE:FREQ=YEARLY"),
        Repeat::LastOfFebruary => push(out, "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
    }
    push(out, &format!("SUMMARY:{}", escaped(&event.summary)));
    if !event.description.is_empty() {
        push(out, &format!("DESCRIPTION:{}", escaped(&event.description)));
    }
    push(out, "TRANSP:TRANSPARENT");
    push(out, "END:VEVENT");
}

pub fn end(out: &mut String) {
    push(out, "END:VCALENDAR");
}

/// `20260520`.
fn compact(day: Day) -> String {
    let (year, month, day) = day.ymd();
    format!("{year:04}{month:02}{day:02}")
}

/// `20260520T093000Z`.
fn moment(ms: u64) -> String {
    const MS_PER_DAY: u64 = 86_400_000;
    let day = Day(i32::try_from(ms / MS_PER_DAY).unwrap_or_default());
    let seconds = ms % MS_PER_DAY / 1_000;
    format!("{}T{:02}{:02}{:02}Z", compact(day), seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

/// A text as a value: signs that mean something to calendars behind a backslash, no control characters.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            // The second half of a line end of Windows says nothing more.
            '\n' if before == '\r' => {}
            '\n' | '\r' => out.push_str("\\n"),
            '\t' => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
        before = c;
    }
    out
}

/// A line with its end, folded between characters.
fn push(out: &mut String, line: &str) {
    let mut octets = 0;
    for c in line.chars() {
        if octets + c.len_utf8() > MOST_OCTETS {
            out.push_str("\r\n ");
            octets = 1;
        }
        out.push(c);
        octets += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn event(summary: &str, day: &str, repeat: Repeat) -> Event {
        Event {
            uid: "7-birthday@kith".into(),
            day: Day::parse_iso(day).unwrap(),
            repeat,
            summary: summary.into(),
            description: String::new(),
        }
    }

    fn file(events: &[Event]) -> String {
        let mut out = begin("知客");
        events.iter().for_each(|event| add(&mut out, event, 1_763_800_496_000));
        end(&mut out);
        out
    }

    #[test]
    fn a_calendar_as_the_standard_has_it() {
        let mut once = event("Offer, to \"Wang; Li\" \\ends\r\nsoon\u{7}", "2026-12-01", Repeat::Once);
        once.description = "+86 138".into();
        let text = file(&[once, event("王", "2028-02-29", Repeat::LastOfFebruary)]);
        let want = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Kith//Kith//EN\r\nCALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n\
                    X-WR-CALNAME:知客\r\n\
                    BEGIN:VEVENT\r\nUID:7-birthday@kith\r\nDTSTAMP:20251122T083456Z\r\nDTSTART;VALUE=DATE:20261201\r\n\
                    SUMMARY:Offer\\, to \"Wang\\; Li\" \\\\ends\\nsoon\r\nDESCRIPTION:+86 138\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n\
                    BEGIN:VEVENT\r\nUID:7-birthday@kith\r\nDTSTAMP:20251122T083456Z\r\nDTSTART;VALUE=DATE:20280229\r\n\
                    RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1\r\nSUMMARY:王\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n\
                    END:VCALENDAR\r\n";
        assert_eq!(text, want);
        assert!(file(&[event("x", "2026-05-20", Repeat::Yearly)]).contains("\r\nRRULE:FREQ=YEARLY\r\n"));
    }

    proptest! {
        #[test]
        fn lines_are_short_and_unfold_to_what_they_were(summary in "\\PC{0,200}|[生日,;\\\\\n\r ]{0,90}") {
            let text = file(&[event(&summary, "2026-05-20", Repeat::Yearly)]);
            prop_assert!(text.ends_with("\r\n"));
            for line in text.trim_end_matches("\r\n").split("\r\n") {
                prop_assert!(line.len() <= MOST_OCTETS, "{line}");
                prop_assert!(!line.contains(['\r', '\n']));
            }
            let unfolded = text.replace("\r\n ", "");
            let line = unfolded.split("\r\n").find_map(|l| l.strip_prefix("SUMMARY:")).unwrap_or_default().to_owned();
            let mut read = String::new();
            let mut signs = line.chars();
            while let Some(c) = signs.next() {
                match (c, if c == '\\' { signs.next() } else { None }) {
                    (_, Some('n')) => read.push('\n'),
                    (_, Some(c)) | (c, None) => read.push(c),
                }
            }
            let want = summary.replace("\r\n", "\n").replace('\r', "\n");
            prop_assert_eq!(read, want);
        }
    }
}
