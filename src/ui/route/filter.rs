//! Which customers, in an address: `group=butterfly&tier=gold&sort=-profit`.

use super::{conditions, moved, named};
use crate::engine::api::{Activity, Column, Dormancy, Filter, KotlerGroup, Mood, RfmGroup, Sort, SortKey};

pub(crate) const KOTLER: [KotlerGroup; 4] =
    [KotlerGroup::TrueFriend, KotlerGroup::Butterfly, KotlerGroup::Barnacle, KotlerGroup::Stranger];
pub(crate) const DORMANCY: [Dormancy; 4] = [Dormancy::Awake, Dormancy::Dozing, Dormancy::HalfAsleep, Dormancy::Asleep];
pub(crate) const RFM_GROUPS: [RfmGroup; 11] = [
    RfmGroup::Champions,
    RfmGroup::LoyalCustomers,
    RfmGroup::PotentialLoyalist,
    RfmGroup::NewCustomers,
    RfmGroup::Promising,
    RfmGroup::NeedAttention,
    RfmGroup::AboutToSleep,
    RfmGroup::AtRisk,
    RfmGroup::CantLose,
    RfmGroup::Lost,
    RfmGroup::Others,
];
pub(crate) const ACTIVITIES: [Activity; 3] = [Activity::Active, Activity::Dormant, Activity::FellAsleep];
pub(crate) const MOODS: [Mood; 4] = [Mood::Unhappy, Mood::Satisfied, Mood::Delighted, Mood::NoAnswer];
const SORT_KEYS: [SortKey; 12] = [
    SortKey::Name,
    SortKey::LastPurchase,
    SortKey::Purchases,
    SortKey::Revenue,
    SortKey::Profit,
    SortKey::Loyalty,
    SortKey::Tier,
    SortKey::Satisfaction,
    SortKey::Clv,
    SortKey::Alive,
    SortKey::Added,
    SortKey::Match,
];

pub(super) fn kotler_name(group: KotlerGroup) -> &'static str {
    match group {
        KotlerGroup::TrueFriend => "true-friend",
        KotlerGroup::Butterfly => "butterfly",
        KotlerGroup::Barnacle => "barnacle",
        KotlerGroup::Stranger => "stranger",
    }
}

pub(super) fn dormancy_name(step: Dormancy) -> &'static str {
    match step {
        Dormancy::Awake => "awake",
        Dormancy::Dozing => "dozing",
        Dormancy::HalfAsleep => "half-asleep",
        Dormancy::Asleep => "asleep",
    }
}

fn rfm_name(group: RfmGroup) -> &'static str {
    match group {
        RfmGroup::Champions => "champions",
        RfmGroup::LoyalCustomers => "loyal",
        RfmGroup::PotentialLoyalist => "potential-loyalist",
        RfmGroup::NewCustomers => "new",
        RfmGroup::Promising => "promising",
        RfmGroup::NeedAttention => "need-attention",
        RfmGroup::AboutToSleep => "about-to-sleep",
        RfmGroup::AtRisk => "at-risk",
        RfmGroup::CantLose => "cant-lose",
        RfmGroup::Lost => "lost",
        RfmGroup::Others => "others",
    }
}

fn activity_name(activity: Activity) -> &'static str {
    match activity {
        Activity::Active => "active",
        Activity::Dormant => "dormant",
        Activity::FellAsleep => "fell-asleep",
    }
}

pub(crate) fn mood_name(mood: Mood) -> &'static str {
    match mood {
        Mood::Unhappy => "unhappy",
        Mood::Satisfied => "satisfied",
        Mood::Delighted => "delighted",
        Mood::NoAnswer => "no-answer",
    }
}

fn sort_name(key: SortKey) -> String {
    let name = match key {
        SortKey::Name => "name",
        SortKey::LastPurchase => "last-purchase",
        SortKey::Purchases => "purchases",
        SortKey::Revenue => "revenue",
        SortKey::Profit => "profit",
        SortKey::Loyalty => "loyalty",
        SortKey::Tier => "tier",
        SortKey::Satisfaction => "satisfaction",
        SortKey::Clv => "worth",
        SortKey::Alive => "there",
        SortKey::Added => "added",
        SortKey::Match => "match",
        SortKey::Of(column) => return column.name(),
    };
    name.to_owned()
}

fn sort_key(name: &str) -> Option<SortKey> {
    let older = SORT_KEYS.into_iter().find(|key| sort_name(*key) == name);
    older.or_else(|| Column::parse(name).map(SortKey::of))
}

/// `name=value&…`, in a fixed order, only what narrows.
pub(super) fn print_filter(filter: &Filter, sort: Option<Sort>) -> String {
    let mut parts: Vec<(&str, String)> = Vec::new();
    if !filter.search.is_empty() {
        parts.push(("q", filter.search.clone()));
    }
    parts.extend(filter.kotler.map(|g| ("group", kotler_name(g).to_owned())));
    parts.extend(filter.rfm_group.map(|g| ("rfm", rfm_name(g).to_owned())));
    parts.extend(filter.rfm_cell.map(|(r, f)| ("cell", format!("{r}-{f}"))));
    parts.extend(filter.tier.clone().map(|t| ("tier", t)));
    parts.extend(filter.dormancy.map(|d| ("dormancy", dormancy_name(d).to_owned())));
    parts.extend(filter.top_bp.map(|bp| ("top", bp.to_string())));
    parts.extend(filter.country.clone().map(|c| ("country", c)));
    parts.extend(filter.tag.clone().map(|t| ("tag", t)));
    parts.extend(filter.prospects.map(|p| ("prospects", if p { "yes" } else { "no" }.to_owned())));
    parts.extend(filter.activity.map(|a| ("activity", activity_name(a).to_owned())));
    parts.extend(filter.mood.map(|m| ("mood", mood_name(m).to_owned())));
    parts.extend(filter.at_risk.map(|risk| ("risk", if risk { "yes" } else { "no" }.to_owned())));
    parts.extend(filter.moved.as_ref().map(|m| ("moved", moved::print(m))));
    parts.extend(filter.conditions.iter().map(|c| ("where", conditions::print(c))));
    parts.extend(sort.map(|s| ("sort", format!("{}{}", if s.descending { "-" } else { "" }, sort_name(s.by)))));
    parts.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect::<Vec<_>>().join("&")
}

pub(super) fn parse_filter(query: &str) -> (Filter, Option<Sort>) {
    let mut filter = Filter::default();
    let mut sort = None;
    for part in query.split('&') {
        let Some((name, raw)) = part.split_once('=') else { continue };
        let value = unescape(raw);
        match name {
            "q" => filter.search = value,
            "group" => filter.kotler = named(KOTLER, kotler_name, &value),
            "rfm" => filter.rfm_group = named(RFM_GROUPS, rfm_name, &value),
            "cell" => {
                filter.rfm_cell = value.split_once('-').and_then(|(r, f)| Some((r.parse().ok()?, f.parse().ok()?)));
            }
            "tier" => filter.tier = Some(value),
            "dormancy" => filter.dormancy = named(DORMANCY, dormancy_name, &value),
            "top" => filter.top_bp = value.parse().ok().filter(|bp| (0..=10_000).contains(bp)),
            "country" => filter.country = Some(value),
            "tag" => filter.tag = Some(value),
            "prospects" => filter.prospects = Some(value == "yes"),
            "activity" => filter.activity = named(ACTIVITIES, activity_name, &value),
            "mood" => filter.mood = named(MOODS, mood_name, &value),
            "risk" => filter.at_risk = Some(value == "yes"),
            "moved" => filter.moved = moved::parse(&value),
            "where" => filter.conditions.extend(conditions::parse(&value)),
            "sort" => {
                let (descending, key) = value.strip_prefix('-').map_or((false, value.as_str()), |key| (true, key));
                sort = sort_key(key).map(|by| Sort { by, descending });
            }
            _ => {}
        }
    }
    (filter, sort)
}

/// Percent-encodes all but letters and digits of ASCII and `-_.~`.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Undoes [`escape`]; what is not valid stays as it is, bytes that are no UTF-8 become replacement marks.
pub(super) fn unescape(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let coded = (byte == b'%')
            .then(|| bytes.get(at + 1..at + 3))
            .flatten()
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()))
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match coded {
            Some(decoded) => {
                out.push(decoded);
                at += 3;
            }
            None => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Route;
    use super::*;
    use crate::engine::segment::tests::{leaf, rule_of};

    fn one_of<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = Option<T>> {
        proptest::option::of(proptest::sample::select(all))
    }

    fn filters() -> impl Strategy<Value = Filter> {
        let scores = proptest::option::of((1u8..=9, 1u8..=9));
        let text = || proptest::option::of(".{0,12}");
        (
            (".{0,20}", one_of(&KOTLER), one_of(&RFM_GROUPS), scores, text()),
            (
                one_of(&DORMANCY),
                proptest::option::of(0i64..=10_000),
                text(),
                text(),
                proptest::option::of(any::<bool>()),
                one_of(&ACTIVITIES),
                one_of(&MOODS),
                proptest::option::of(any::<bool>()),
                (
                    proptest::option::of(crate::engine::segment::tests::moved()),
                    proptest::collection::vec(rule_of(leaf()), 0..3),
                ),
            ),
        )
            .prop_map(
                |(
                    (search, kotler, rfm_group, rfm_cell, tier),
                    (dormancy, top_bp, country, tag, prospects, activity, mood, at_risk, (moved, conditions)),
                )| Filter {
                    search,
                    kotler,
                    rfm_group,
                    rfm_cell,
                    tier,
                    dormancy,
                    top_bp,
                    country,
                    tag,
                    prospects,
                    activity,
                    mood,
                    at_risk,
                    moved,
                    conditions,
                },
            )
    }

    proptest! {
        #[test]
        fn filters_round_trip(filter in filters(), by in one_of(&SORT_KEYS), descending in any::<bool>()) {
            let by = by.or_else(|| filter.conditions.first().and_then(|rule| rule.leaves().first()?.column()).map(SortKey::of));
            let route = Route::Customers { filter: Box::new(filter), sort: by.map(|by| Sort { by, descending }) };
            prop_assert_eq!(Route::parse(&route.href()), route);
        }
    }
}
