//! Where the page is: one enum, printed to and parsed from the hash part of the address (`#/customers?tier=gold`).
//! Filters live in the address, so that every number can link to the customers behind it and the browser's back
//! button works. Hash routes work under any path of a static host.

mod conditions;
mod day;
mod filter;
mod moved;
mod segment;
mod voice;

pub use day::{at_day, day_in};
#[cfg(all(feature = "ui", target_arch = "wasm32"))]
pub(crate) use filter::{ACTIVITIES, DORMANCY, KOTLER, RFM_GROUPS};
pub(crate) use filter::{MOODS, mood_name};
use filter::{escape, parse_filter, print_filter, unescape};
pub use moved::{MovedLook, by_name, parse_stand, print_stand, since_name};

use crate::domain::{Id, Seq};
use crate::engine::api::{Filter, MovedBy, Period, ResponseFilter, SegmentDraft, Since, Sort, VoiceBy};

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
    /// A saved segment being built, `None`: a new one; and what was typed so far.
    Segment {
        id: Option<Id>,
        draft: Option<Box<SegmentDraft>>,
    },
    Satisfaction(Box<VoiceLook>),
    Insights(InsightTab),
    Data(DataTab),
    /// What the merge of this journal entry did.
    Merge(Seq),
    /// From this group on; `None`: from the top.
    Settings(Option<SettingGroup>),
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
    Moved(MovedLook),
    /// Segments of the user's own.
    Own,
}

/// The questions of the Insights pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum InsightTab {
    #[default]
    Stay,
    Referrals,
    Keeping,
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

/// Groups of the settings that other pages lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SettingGroup {
    Kotler,
    Tiers,
    Rfm,
    Dormancy,
    Satisfaction,
    Hints,
    Worth,
    Churn,
}

/// The places of the main navigation, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Section {
    Today,
    Customers,
    Segments,
    Satisfaction,
    Insights,
    Data,
    Settings,
}

impl Section {
    pub const ALL: [Self; 7] =
        [Self::Today, Self::Customers, Self::Segments, Self::Satisfaction, Self::Insights, Self::Data, Self::Settings];

    /// So many of them stand in the bar of a phone; the rest behind “more”.
    pub const ON_A_PHONE: usize = 5;

    /// Its first page.
    #[must_use]
    pub fn route(self) -> Route {
        match self {
            Self::Today => Route::Today,
            Self::Customers => Route::customers(Filter::default()),
            Self::Segments => Route::Segments(SegmentTab::default()),
            Self::Satisfaction => Route::Satisfaction(Box::default()),
            Self::Insights => Route::Insights(InsightTab::default()),
            Self::Data => Route::Data(DataTab::default()),
            Self::Settings => Route::Settings(None),
        }
    }
}

impl SegmentTab {
    pub const ALL: [Self; 7] = [
        Self::Value,
        Self::Worth,
        Self::Rfm,
        Self::Tiers,
        Self::Dormancy,
        Self::Moved(MovedLook { since: Since::Quarter, by: MovedBy::Kotler }),
        Self::Own,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Worth => "worth",
            Self::Rfm => "rfm",
            Self::Tiers => "tiers",
            Self::Dormancy => "dormancy",
            Self::Moved(_) => "moved",
            Self::Own => "own",
        }
    }

    /// Whether `other` is the same tab, perhaps with another look.
    #[must_use]
    pub fn same(self, other: Self) -> bool {
        self.name() == other.name()
    }
}

impl InsightTab {
    pub const ALL: [Self; 3] = [Self::Stay, Self::Referrals, Self::Keeping];

    fn name(self) -> &'static str {
        match self {
            Self::Stay => "stay",
            Self::Referrals => "referrals",
            Self::Keeping => "keeping",
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

impl SettingGroup {
    pub const ALL: [Self; 8] = [
        Self::Kotler,
        Self::Tiers,
        Self::Rfm,
        Self::Dormancy,
        Self::Satisfaction,
        Self::Hints,
        Self::Worth,
        Self::Churn,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Kotler => "kotler",
            Self::Tiers => "tiers",
            Self::Rfm => "rfm",
            Self::Dormancy => "dormancy",
            Self::Satisfaction => "satisfaction",
            Self::Hints => "hints",
            Self::Worth => "worth",
            Self::Churn => "churn",
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
            Self::Segments(_) | Self::Segment { .. } => Section::Segments,
            Self::Satisfaction(_) => Section::Satisfaction,
            Self::Insights(_) => Section::Insights,
            Self::Data(_) | Self::Merge(_) => Section::Data,
            Self::Settings(_) | Self::Team => Section::Settings,
            Self::NotFound => return None,
        })
    }

    /// True when `other` is the same page, perhaps with another filter or order: focus and scroll stay.
    #[must_use]
    pub fn same_page(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Customers { .. } | Self::NewCustomer, Self::Customers { .. } | Self::NewCustomer) => true,
            (Self::Satisfaction(_), Self::Satisfaction(_)) => true,
            (Self::Segments(tab), Self::Segments(other)) => tab.same(*other),
            (Self::Segment { id, .. }, Self::Segment { id: other, .. }) => id == other,
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
            Self::Segments(tab) => {
                let look = if let SegmentTab::Moved(look) = tab { look.print() } else { String::new() };
                format!("#/segments/{}{look}", tab.name())
            }
            Self::Segment { id, draft } => {
                let name = id.map_or_else(|| "new".to_owned(), |id| id.to_string());
                let query = draft.as_deref().map(|draft| format!("?{}", segment::print(draft)));
                format!("#/segments/own/{name}{}", query.unwrap_or_default())
            }
            Self::Satisfaction(look) => {
                let query = voice::print(look);
                if query.is_empty() { "#/satisfaction".to_owned() } else { format!("#/satisfaction?{query}") }
            }
            Self::Insights(tab) => format!("#/insights/{}", tab.name()),
            Self::Data(DataTab::Overview) => "#/data".to_owned(),
            Self::Data(tab) => format!("#/data/{}", tab.name()),
            Self::Merge(seq) => format!("#/data/merges/{seq}"),
            Self::Settings(None) => "#/settings".to_owned(),
            Self::Settings(Some(group)) => format!("#/settings/{}", group.name()),
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
            ["segments", "moved"] => Self::Segments(SegmentTab::Moved(MovedLook::parse(query))),
            ["segments", "own", id] => {
                let draft = segment::parse(query).map(Box::new);
                match (*id, Id::parse(id)) {
                    ("new", _) => Self::Segment { id: None, draft },
                    (_, Some(id)) => Self::Segment { id: Some(id), draft },
                    _ => Self::NotFound,
                }
            }
            ["segments", tab] => named(SegmentTab::ALL, SegmentTab::name, tab).map_or(Self::NotFound, Self::Segments),
            ["satisfaction"] => Self::Satisfaction(Box::new(voice::parse(query))),
            ["insights"] => Self::Insights(InsightTab::default()),
            ["insights", tab] => named(InsightTab::ALL, InsightTab::name, tab).map_or(Self::NotFound, Self::Insights),
            ["data"] => Self::Data(DataTab::Overview),
            ["data", tab] => named(DataTab::ALL, DataTab::name, tab).map_or(Self::NotFound, Self::Data),
            ["data", "merges", seq] => seq.parse().map_or(Self::NotFound, Self::Merge),
            ["settings"] => Self::Settings(None),
            ["settings", group] => named(SettingGroup::ALL, SettingGroup::name, group)
                .map_or(Self::NotFound, |group| Self::Settings(Some(group))),
            ["team"] => Self::Team,
            _ => Self::NotFound,
        }
    }
}

fn named<T: Copy, const N: usize>(all: [T; N], name: fn(T) -> &'static str, text: &str) -> Option<T> {
    all.into_iter().find(|t| name(*t) == text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_hash_parses(hash in ".{0,60}") {
            let route = Route::parse(&hash);
            prop_assert_eq!(Route::parse(&route.href()), route);
        }
    }

    #[test]
    fn pages_round_trip() {
        let mut routes = vec![Route::Today, Route::NewCustomer, Route::Merge(12), Route::Team, Route::NotFound];
        routes.extend(voice::samples().into_iter().map(|look| Route::Satisfaction(Box::new(look))));
        routes.push(Route::Customer(Id(0x6b69_7468_0000_5000_8000_0000_0000_0001)));
        routes.extend(SegmentTab::ALL.map(Route::Segments));
        for since in Since::ALL {
            let looks = MovedBy::ALL.map(|by| Route::Segments(SegmentTab::Moved(MovedLook { since, by })));
            assert!(looks[0].same_page(&looks[1]) && !looks[0].same_page(&Route::Segments(SegmentTab::Tiers)));
            routes.extend(looks);
        }
        let rule = crate::engine::api::Rule::Any(vec![crate::engine::api::Rule::segment(Id(7))]);
        let draft = SegmentDraft { name: "金 & Gold?".into(), note: "a=b".into(), rule };
        for id in [None, Some(Id(0x6b69_7468_0000_5000_8000_0000_0000_0001))] {
            routes.push(Route::Segment { id, draft: None });
            routes.push(Route::Segment { id, draft: Some(Box::new(draft.clone())) });
        }
        routes.extend(InsightTab::ALL.map(Route::Insights));
        routes.extend(DataTab::ALL.map(Route::Data));
        routes.extend(SettingGroup::ALL.map(|group| Route::Settings(Some(group))));
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
            ("#/settings/worth", Route::Settings(Some(SettingGroup::Worth))),
            ("#/settings/x", Route::NotFound),
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
        assert!(!gold.same_page(&Route::Settings(None)));
        assert!(!Route::Customer(Id(1)).same_page(&Route::Customer(Id(2))));
    }
}
