//! Days to remember in words, for a calendar.

use crate::domain::PartialDate;
use crate::engine::api::{CalendarEntry, Occasion};
use crate::files::calendar::Event;
use crate::locale::{Locale, fill};

/// The event of an entry. Its id is the same in every file and language.
#[must_use]
pub fn event(locale: Locale, entry: CalendarEntry) -> Event {
    let t = &locale.t().today;
    let pattern = match entry.occasion {
        Occasion::Birthday => t.calendar_birthday,
        Occasion::Wedding => t.calendar_wedding,
        Occasion::PromiseDue => t.calendar_promise,
        Occasion::QuoteEnds => t.calendar_quote,
    };
    let year = entry.lunar_year.map(|year| format!("-{year}")).unwrap_or_default();
    let date = PartialDate::parse(&entry.date);
    let kept = date.map(|date| if date.lunar { locale.lunar_date(date) } else { born(date) }).unwrap_or_default();
    // What a promise or a quote is about stands in the summary.
    let place = if entry.occasion == Occasion::Birthday { entry.what.clone() } else { String::new() };
    let about = [kept, place, entry.phone].into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>();
    Event {
        uid: format!("{}-{}{year}@kith", entry.record, entry.occasion.name()),
        day: entry.day,
        repeat: entry.repeat,
        summary: fill(pattern, &[("name", &entry.name), ("what", &entry.what)]),
        description: about.join("\n"),
    }
}

/// The full date, where the year is known: how many years it has been.
fn born(date: PartialDate) -> String {
    if date.year.is_some() { date.to_string() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Day, Id};
    use crate::engine::api::Language;
    use crate::files::calendar::Repeat;

    #[test]
    fn an_event_in_both_languages_has_one_id() {
        let entry = |occasion, date: &str, lunar_year| CalendarEntry {
            record: Id(7),
            occasion,
            day: Day(20_000),
            repeat: Repeat::Once,
            lunar_year,
            name: "王小明".into(),
            what: "茶样".into(),
            phone: "138".into(),
            date: date.into(),
        };
        let both = |entry: &CalendarEntry| {
            [Language::En, Language::Zh].map(|language| event(Locale { language }, entry.clone()))
        };
        let [en, zh] = both(&entry(Occasion::PromiseDue, "", None));
        assert_eq!(en.uid, zh.uid);
        assert_eq!(en.uid, format!("{}-due@kith", Id(7)));
        assert_eq!((en.summary.as_str(), en.description.as_str()), ("Promised to 王小明: 茶样", "138"));
        assert_eq!(zh.summary, "答应王小明：茶样");
        let [en, zh] = both(&entry(Occasion::Birthday, "L--08-15", Some(2027)));
        assert_eq!(en.uid, format!("{}-birthday-2027@kith", Id(7)));
        assert_eq!((en.summary.as_str(), zh.summary.as_str()), ("Birthday: 王小明", "王小明的生日"));
        assert_eq!(zh.description, "农历八月十五\n茶样\n138");
    }
}
