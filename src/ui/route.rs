//! Where the page is: one enum, printed to and parsed from the hash part of the address (`#/customers?tier=gold`).
//! Filters live in the address, so that every number can link to the customers behind it and the browser's back
//! button works. Hash routes work under any path of a static host.

mod conditions;
mod voice;

use crate::domain::{Id, Seq};
use crate::engine::api::{
    Activity, Column, Dormancy, Filter, KotlerGroup, Mood, Period, ResponseFilter, RfmGroup, Sort, SortKey, VoiceBy,
};

/// A page, with all that its address says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Route {
    Today,
    Customers {
        filter: Box<Filter>,
        /// `None`: the list's own order.
        sort: Option<Sort>,
    },
    /// The list with the form for a new customer open.
    NewCustomer,
    Customer(Id),
    Segments(SegmentTab),
    Satisfaction(Box<VoiceLook>),
    Data(DataTab),
    /// What the merge of this journal entry did.
    Merge(Seq),
    Settings,
    /// The team, its training, and the after-sales services.
    Team,
    NotFound,
}

/// What the satisfaction page looks at; `answers` narrows the list of answers below.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct VoiceLook {
    pub period: Period,
    pub by: VoiceBy,
    /// Its days follow the period unless a step of the trend was opened.
    pub answers: ResponseFilter,
}

/// The questions of the Segments page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SegmentTab {
    #[default]
    Value,
    Worth,
    Rfm,
    Tiers,
    Dormancy,
}

/// The parts of the Data page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DataTab {
    #[default]
    Overview,
    Import,
    Share,
    Products,
    Duplicates,
    History,
    Trash,
}

/// The places of the main navigation, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Section {
    Today,
    Customers,
    Segments,
    Satisfaction,
    Data,
    Settings,
}

impl Section {
    pub const ALL: [Self; 6] =
        [Self::Today, Self::Customers, Self::Segments, Self::Satisfaction, Self::Data, Self::Settings];

    /// Its first page.
    #[must_use]
    pub fn route(self) -> Route {
        match self {
            Self::Today => Route::Today,
            Self::Customers => Route::customers(Filter::default()),
            Self::Segments => Route::Segments(SegmentTab::default()),
            Self::Satisfaction => Route::Satisfaction(Box::default()),
            Self::Data => Route::Data(DataTab::default()),
            Self::Settings => Route::Settings,
        }
    }
}

impl SegmentTab {
    pub const ALL: [Self; 5] = [Self::Value, Self::Worth, Self::Rfm, Self::Tiers, Self::Dormancy];

    fn name(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Worth => "worth",
            Self::Rfm => "rfm",
            Self::Tiers => "tiers",
            Self::Dormancy => "dormancy",
        }
    }
}

impl DataTab {
    pub const ALL: [Self; 7] =
        [Self::Overview, Self::Import, Self::Share, Self::Products, Self::Duplicates, Self::History, Self::Trash];

    fn name(self) -> &'static str {
        match self {
            Self::Overview => "",
            Self::Import => "import",
            Self::Share => "share",
            Self::Products => "products",
            Self::Duplicates => "duplicates",
            Self::History => "history",
            Self::Trash => "trash",
        }
    }
}

impl Route {
    /// The list narrowed by `filter`, in its own order.
    #[must_use]
    pub fn customers(filter: Filter) -> Self {
        Self::Customers { filter: Box::new(filter), sort: None }
    }

    /// Where in the main navigation the page stands; `None` for an address that leads nowhere.
    #[must_use]
    pub fn section(&self) -> Option<Section> {
        Some(match self {
            Self::Today => Section::Today,
            Self::Customers { .. } | Self::NewCustomer | Self::Customer(_) => Section::Customers,
            Self::Segments(_) => Section::Segments,
            Self::Satisfaction(_) => Section::Satisfaction,
            Self::Data(_) | Self::Merge(_) => Section::Data,
            Self::Settings | Self::Team => Section::Settings,
            Self::NotFound => return None,
        })
    }

    /// True when `other` is the same page, perhaps with another filter or order: focus and scroll stay.
    #[must_use]
    pub fn same_page(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Customers { .. } | Self::NewCustomer, Self::Customers { .. } | Self::NewCustomer) => true,
            (Self::Satisfaction(_), Self::Satisfaction(_)) => true,
            _ => self == other,
        }
    }

    /// Its address, beginning with `#`.
    #[must_use]
    pub fn href(&self) -> String {
        match self {
            Self::Today => "#/today".to_owned(),
            Self::Customers { filter, sort } => {
                let query = print_filter(filter, *sort);
                if query.is_empty() { "#/customers".to_owned() } else { format!("#/customers?{query}") }
            }
            Self::NewCustomer => "#/customers/new".to_owned(),
            Self::Customer(id) => format!("#/customers/{id}"),
            Self::Segments(tab) => format!("#/segments/{}", tab.name()),
            Self::Satisfaction(look) => {
                let query = voice::print(look);
                if query.is_empty() { "#/satisfaction".to_owned() } else { format!("#/satisfaction?{query}") }
            }
            Self::Data(DataTab::Overview) => "#/data".to_owned(),
            Self::Data(tab) => format!("#/data/{}", tab.name()),
            Self::Merge(seq) => format!("#/data/merges/{seq}"),
            Self::Settings => "#/settings".to_owned(),
            Self::Team => "#/team".to_owned(),
            Self::NotFound => "#/not-found".to_owned(),
        }
    }

    /// Reads the hash part of an address; parts that it does not know are left out, a page that it does not know is
    /// [`Route::NotFound`].
    #[must_use]
    pub fn parse(hash: &str) -> Self {
        let text = hash.trim_start_matches('#');
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let parts: Vec<&str> = path.split('/').filter(|p| !p.is_empty()).collect();
        match parts.as_slice() {
            [] | ["today"] => Self::Today,
            ["customers"] => {
                let (filter, sort) = parse_filter(query);
                Self::Customers { filter: Box::new(filter), sort }
            }
            ["customers", "new"] => Self::NewCustomer,
            ["customers", id] => Id::parse(id).map_or(Self::NotFound, Self::Customer),
            ["segments"] => Self::Segments(SegmentTab::default()),
            ["segments", tab] => named(SegmentTab::ALL, SegmentTab::name, tab).map_or(Self::NotFound, Self::Segments),
            ["satisfaction"] => Self::Satisfaction(Box::new(voice::parse(query))),
            ["data"] => Self::Data(DataTab::Overview),
            ["data", tab] => named(DataTab::ALL, DataTab::name, tab).map_or(Self::NotFound, Self::Data),
            ["data", "merges", seq] => seq.parse().map_or(Self::NotFound, Self::Merge),
            ["settings"] => Self::Settings,
            ["team"] => Self::Team,
            _ => Self::NotFound,
        }
    }
}

fn named<T: Copy, const N: usize>(all: [T; N], name: fn(T) -> &'static str, text: &str) -> Option<T> {
    all.into_iter().find(|t| name(*t) == text)
}

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

fn kotler_name(group: KotlerGroup) -> &'static str {
    match group {
        KotlerGroup::TrueFriend => "true-friend",
        KotlerGroup::Butterfly => "butterfly",
        KotlerGroup::Barnacle => "barnacle",
        KotlerGroup::Stranger => "stranger",
    }
}

fn dormancy_name(step: Dormancy) -> &'static str {
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
fn print_filter(filter: &Filter, sort: Option<Sort>) -> String {
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
    parts.extend(filter.conditions.iter().map(|c| ("where", conditions::print(c))));
    parts.extend(sort.map(|s| ("sort", format!("{}{}", if s.descending { "-" } else { "" }, sort_name(s.by)))));
    parts.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect::<Vec<_>>().join("&")
}

fn parse_filter(query: &str) -> (Filter, Option<Sort>) {
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
fn escape(text: &str) -> String {
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
fn unescape(text: &str) -> String {
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

    use super::*;

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
                proptest::collection::vec(conditions::tests::condition(), 0..3),
            ),
        )
            .prop_map(
                |(
                    (search, kotler, rfm_group, rfm_cell, tier),
                    (dormancy, top_bp, country, tag, prospects, activity, mood, at_risk, conditions),
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
                    conditions,
                },
            )
    }

    proptest! {
        #[test]
        fn filters_round_trip(filter in filters(), by in one_of(&SORT_KEYS), descending in any::<bool>()) {
            let by = by.or_else(|| filter.conditions.first().map(|c| SortKey::of(c.column)));
            let route = Route::Customers { filter: Box::new(filter), sort: by.map(|by| Sort { by, descending }) };
            prop_assert_eq!(Route::parse(&route.href()), route);
        }

        #[test]
        fn any_hash_parses(hash in ".{0,60}") {
            let route = Route::parse(&hash);
            prop_assert_eq!(Route::parse(&route.href()), route);
        }
    }

    #[test]
    fn pages_round_trip() {
        let mut routes =
            vec![Route::Today, Route::NewCustomer, Route::Merge(12), Route::Settings, Route::Team, Route::NotFound];
        routes.extend(voice::samples().into_iter().map(|look| Route::Satisfaction(Box::new(look))));
        routes.push(Route::Customer(Id(0x6b69_7468_0000_5000_8000_0000_0000_0001)));
        routes.extend(SegmentTab::ALL.map(Route::Segments));
        routes.extend(DataTab::ALL.map(Route::Data));
        routes.extend(Section::ALL.map(Section::route));
        for route in routes {
            assert_eq!(Route::parse(&route.href()), route, "{}", route.href());
        }
    }

    #[test]
    fn addresses_read_as_people_write_them() {
        let cases = [
            ("", Route::Today),
            ("#", Route::Today),
            ("#/", Route::Today),
            ("#/today/", Route::Today),
            ("#/segments", Route::Segments(SegmentTab::Value)),
            ("#/customers/not-an-id", Route::NotFound),
            ("#/elsewhere", Route::NotFound),
            ("#/data/merges/7", Route::Merge(7)),
            ("#/data/merges/x", Route::NotFound),
            ("#/customers?unknown=1&q=50%25", Route::customers(Filter { search: "50%".into(), ..Filter::default() })),
            ("#/customers?q=100%", Route::customers(Filter { search: "100%".into(), ..Filter::default() })),
        ];
        for (hash, want) in cases {
            assert_eq!(Route::parse(hash), want, "{hash}");
        }
        let gold = Filter { tier: Some("gold".into()), search: "王 芳".into(), ..Filter::default() };
        assert_eq!(Route::customers(gold).href(), "#/customers?q=%E7%8E%8B%20%E8%8A%B3&tier=gold");
    }

    #[test]
    fn a_filter_does_not_make_another_page() {
        let gold = Route::customers(Filter { tier: Some("gold".into()), ..Filter::default() });
        assert!(gold.same_page(&Section::Customers.route()));
        assert!(!gold.same_page(&Route::Settings));
        assert!(!Route::Customer(Id(1)).same_page(&Route::Customer(Id(2))));
    }
}
