//! The satisfaction page in the address.

use super::{MOODS, VoiceLook, escape, mood_name, named, unescape};
use crate::domain::{Day, Id};
use crate::engine::api::{NpsClass, Period, VoiceBy};

const PERIODS: [Period; 3] = [Period::Quarter, Period::Year, Period::All];
const BY: [VoiceBy; 2] = [VoiceBy::Product, VoiceBy::Staff];
const CLASSES: [NpsClass; 3] = [NpsClass::Promoter, NpsClass::Passive, NpsClass::Detractor];

pub(crate) fn period_name(period: Period) -> &'static str {
    match period {
        Period::Quarter => "quarter",
        Period::Year => "year",
        Period::All => "all",
    }
}

fn by_name(by: VoiceBy) -> &'static str {
    match by {
        VoiceBy::Product => "product",
        VoiceBy::Staff => "staff",
    }
}

fn class_name(class: NpsClass) -> &'static str {
    match class {
        NpsClass::Promoter => "promoter",
        NpsClass::Passive => "passive",
        NpsClass::Detractor => "detractor",
    }
}

/// Only what differs from the page as it opens.
pub(super) fn print(look: &VoiceLook) -> String {
    let mut parts: Vec<(&str, String)> = Vec::new();
    let filter = &look.answers;
    parts.extend((look.period != Period::default()).then(|| ("period", period_name(look.period).to_owned())));
    parts.extend((look.by != VoiceBy::default()).then(|| ("by", by_name(look.by).to_owned())));
    parts.extend(filter.from.map(|day| ("from", day.to_string())));
    parts.extend(filter.to.map(|day| ("to", day.to_string())));
    parts.extend(filter.mood.map(|m| ("mood", mood_name(m).to_owned())));
    parts.extend(filter.gap.map(|gap| ("gap", gap.to_string())));
    parts.extend(filter.nps.map(|class| ("nps", class_name(class).to_owned())));
    parts.extend(filter.csat.map(|score| ("csat", score.to_string())));
    parts.extend(filter.customer.map(|id| ("customer", id.to_string())));
    parts.extend(filter.product.map(|id| ("product", id.to_string())));
    parts.extend(filter.staff.clone().map(|name| ("staff", name)));
    parts.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect::<Vec<_>>().join("&")
}

pub(super) fn parse(query: &str) -> VoiceLook {
    let mut look = VoiceLook::default();
    let filter = &mut look.answers;
    for part in query.split('&') {
        let Some((name, raw)) = part.split_once('=') else { continue };
        let value = unescape(raw);
        match name {
            "period" => look.period = named(PERIODS, period_name, &value).unwrap_or_default(),
            "by" => look.by = named(BY, by_name, &value).unwrap_or_default(),
            "from" => filter.from = Day::parse_iso(&value),
            "to" => filter.to = Day::parse_iso(&value),
            "mood" => filter.mood = named(MOODS, mood_name, &value),
            "gap" => filter.gap = value.parse().ok().filter(|gap| (-10..=10).contains(gap)),
            "nps" => filter.nps = named(CLASSES, class_name, &value),
            "csat" => filter.csat = value.parse().ok().filter(|score| (1..=5).contains(score)),
            "customer" => filter.customer = Id::parse(&value),
            "product" => filter.product = Id::parse(&value),
            "staff" => filter.staff = Some(value),
            _ => {}
        }
    }
    look
}

/// Addresses of every part, for the test that they round-trip.
#[cfg(test)]
pub(super) fn samples() -> Vec<VoiceLook> {
    use crate::engine::api::{Mood, ResponseFilter};
    let filter = ResponseFilter {
        from: Day::parse_iso("2024-01-02"),
        to: Day::parse_iso("2024-02-29"),
        mood: Some(Mood::Unhappy),
        gap: Some(-3),
        nps: Some(NpsClass::Detractor),
        csat: Some(1),
        customer: Some(Id(1 << 90)),
        product: Some(Id(2 << 90)),
        staff: Some("王 & Co".into()),
    };
    let look = VoiceLook { period: Period::All, by: VoiceBy::Staff, answers: filter };
    vec![VoiceLook::default(), VoiceLook { answers: Default::default(), ..look.clone() }, look]
}
