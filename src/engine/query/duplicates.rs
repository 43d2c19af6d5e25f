//! Customers who may be in the book twice: by a scan in steps, while one is being typed, and side by side.

use rustc_hash::FxHashMap;

use super::customer_row;
use crate::analytics::duplicates::{Fields, Frequencies, Pair, Person, Reason, Scan, compare};
use crate::domain::{CustomerProfile, Day, Field, Id, Kind, Shape, Value, customer};
use crate::engine::api::{DuplicateGroup, DuplicateList, MOST_MERGED, MergeChoices, MergeField, Shown, Similar};
use crate::engine::dataset::Dataset;
use crate::engine::merge::report::shown_in;
use crate::engine::metrics::{ListParts, MetricsCache, Parts};
use crate::engine::own::own_label;
use crate::engine::search::{PART, Rank, SearchIndex};
use crate::engine::update::{OF_RECORD, are_different, joins};

/// Whom a form warns of, at most.
const MOST_SIMILAR: usize = 3;
/// Customers compared with what is being typed, for each of its fields.
const MOST_COMPARED: usize = 200;

/// The scan that runs, or what it found.
#[derive(Debug, Default)]
pub struct Twins {
    /// The rows that it goes over.
    rows: Vec<u32>,
    /// The length of the table when it began: rows after it were never compared.
    until: u32,
    scan: Option<Scan>,
    found: Option<Vec<Pair>>,
    frequencies: Option<Frequencies>,
}

impl Clone for Twins {
    /// A scan on its way is not worth copying.
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Twins {
    /// Works on, beginning where there is nothing yet and anew where there are more customers than were compared.
    fn go_on(&mut self, data: &Dataset, least_percent: u8) {
        if self.found.is_some() && self.until < data.customers().len() {
            // Customers came since: what was found says nothing of them.
            *self = Self::default();
        }
        if self.found.is_some() {
            return;
        }
        let rows = &mut self.rows;
        let scan = self.scan.get_or_insert_with(|| {
            *rows = data.customers().live().collect();
            self.until = data.customers().len();
            Scan::new(u32::try_from(rows.len()).unwrap_or(u32::MAX), 0, least_percent)
        });
        let more = scan.step(&|place| rows.get(place as usize).map(|&row| compared_fields(data, row)));
        if !more && let Some(scan) = self.scan.take() {
            let (found, frequencies) = scan.finish();
            self.found = Some(found);
            self.frequencies = Some(frequencies);
        }
    }

    fn frequencies(&mut self, data: &Dataset) -> &Frequencies {
        self.frequencies.get_or_insert_with(|| {
            let mut frequencies = Frequencies::default();
            data.customers().live().for_each(|row| frequencies.add(&Person::read(&compared_fields(data, row))));
            frequencies
        })
    }
}

/// The fields of [`compared_fields`].
pub const COMPARED: [Field; 9] = [
    customer::NAME,
    customer::PHONE,
    customer::EMAIL,
    customer::COMPANY,
    customer::CITY,
    customer::ADDRESS,
    customer::BIRTHDAY,
    customer::SOURCE,
    customer::KEY,
];

/// What is compared of a customer in the book.
pub fn compared_fields(data: &Dataset, row: u32) -> Fields<'_> {
    let text = |field| data.customers().text(row, field);
    Fields {
        name: text(customer::NAME),
        phone: text(customer::PHONE),
        email: text(customer::EMAIL),
        company: text(customer::COMPANY),
        city: text(customer::CITY),
        address: text(customer::ADDRESS),
        birthday: text(customer::BIRTHDAY),
        source: text(customer::SOURCE),
        key: text(customer::KEY),
    }
}

pub fn duplicates(
    data: &Dataset,
    cache: &mut MetricsCache,
    as_of: Day,
    (go_on, anew): (bool, bool),
    offset: u32,
    limit: u32,
) -> DuplicateList {
    let least = data.settings().duplicates.least_percent;
    let twins = cache.twins(data);
    if anew {
        *twins = Twins::default();
    }
    if go_on {
        twins.go_on(data, least);
    }
    let progress = twins.scan.as_ref().map(|scan| (scan.state().done, scan.state().total));
    let Some(found) = &twins.found else { return DuplicateList { progress, ..DuplicateList::default() } };
    let groups = groups(data, &twins.rows, found);
    let scanned = Some(twins.rows.iter().filter(|&&row| data.customers().is_live(row)).count() as u64);
    let Parts { snapshot, moods, .. } = cache.parts(data, as_of);
    let group = |group: &Group| DuplicateGroup {
        customers: group.rows.iter().map(|&row| customer_row(data, snapshot, moods, row)).collect(),
        percent: group.percent,
        reasons: group.reasons.clone(),
    };
    let shown = super::window(&groups, offset, limit).iter().map(group).collect();
    DuplicateList { progress: None, scanned, total: groups.len() as u64, groups: shown }
}

struct Group {
    rows: Vec<u32>,
    percent: u8,
    reasons: Vec<Reason>,
}

/// Pairs that hang together, as far as they are still two and nobody said that they are different.
fn groups(data: &Dataset, rows: &[u32], found: &[Pair]) -> Vec<Group> {
    let table = data.customers();
    let mut groups: Vec<Group> = Vec::new();
    let mut group_of: FxHashMap<u32, usize> = FxHashMap::default();
    for pair in found {
        let row = |place: u32| rows.get(place as usize).copied().filter(|&row| table.is_live(row));
        let (Some(a), Some(b)) = (row(pair.a), row(pair.b)) else { continue };
        let different = |a: u32, b: u32| table.id(a).zip(table.id(b)).is_none_or(|(a, b)| are_different(data, a, b));
        if different(a, b) {
            continue;
        }
        let (at, newcomer) = match (group_of.get(&a), group_of.get(&b)) {
            (Some(&at), None) => (at, b),
            (None, Some(&at)) => (at, a),
            (Some(_), Some(_)) => continue,
            (None, None) => {
                group_of.extend([(a, groups.len()), (b, groups.len())]);
                groups.push(Group {
                    rows: vec![a, b],
                    percent: pair.score.percent,
                    reasons: pair.score.reasons.clone(),
                });
                continue;
            }
        };
        if let Some(group) = groups.get_mut(at)
            && group.rows.len() < MOST_MERGED
            && !group.rows.iter().any(|&member| different(member, newcomer))
        {
            group.rows.push(newcomer);
            group_of.insert(newcomer, at);
        }
    }
    groups
}

pub fn similar(
    data: &Dataset,
    cache: &mut MetricsCache,
    as_of: Day,
    profile: &CustomerProfile,
    except: Option<Id>,
) -> Vec<Similar> {
    let least = data.settings().duplicates.least_percent;
    let ListParts { search, .. } = cache.list_parts(data, as_of, false, None);
    let typed = Person::read(&Fields {
        name: &profile.name,
        phone: &profile.phone,
        email: &profile.email,
        company: &profile.company,
        city: &profile.city,
        address: &profile.address,
        birthday: &profile.birthday,
        source: "",
        key: "",
    });
    let mut rows: Vec<u32> = Vec::new();
    let texts =
        typed.phones.iter().map(|phone| (phone.tail(), PART)).chain(typed.emails.iter().map(|m| (m.as_str(), PART)));
    for (text, least) in texts.chain([(profile.name.as_str(), 1)]) {
        rows.extend(best(search, text, least));
    }
    rows.sort_unstable();
    rows.dedup();
    let frequencies = cache.twins(data).frequencies(data);
    let table = data.customers();
    let mut found: Vec<(u8, u32, Vec<Reason>)> = Vec::new();
    for row in rows {
        let id = table.id(row);
        let different = || id.zip(except).is_some_and(|(a, b)| are_different(data, a, b));
        if !table.is_live(row) || id == except || different() {
            continue;
        }
        if let Some(score) =
            compare(frequencies, &typed, &Person::read(&compared_fields(data, row))).filter(|s| s.percent >= least)
        {
            found.push((score.percent, row, score.reasons));
        }
    }
    found.sort_by_key(|(percent, row, _)| (std::cmp::Reverse(*percent), *row));
    found.truncate(MOST_SIMILAR);
    let Parts { snapshot, moods, .. } = cache.parts(data, as_of);
    let view =
        |(percent, row, reasons)| Similar { customer: customer_row(data, snapshot, moods, row), percent, reasons };
    found.into_iter().map(view).collect()
}

/// Those that fit best.
fn best(search: &SearchIndex, text: &str, least: Rank) -> Vec<u32> {
    let hits = search.find(text).unwrap_or_default();
    let mut rows: Vec<(Rank, u32)> = hits.into_iter().zip(0..).filter(|(rank, _)| *rank >= least).collect();
    rows.sort_by_key(|(rank, row)| (std::cmp::Reverse(*rank), *row));
    rows.into_iter().map(|(_, row)| row).take(MOST_COMPARED).collect()
}

pub fn choices(data: &Dataset, cache: &mut MetricsCache, as_of: Day, ids: &[Id]) -> MergeChoices {
    let table = data.customers();
    let mut rows: Vec<u32> = ids.iter().filter_map(|&id| table.row(id)).filter(|&row| table.is_live(row)).collect();
    rows.truncate(MOST_MERGED);
    let Parts { snapshot, moods, .. } = cache.parts(data, as_of);
    let bought = |row: u32| snapshot.facts(row).map_or(0, |facts| facts.purchases);
    rows.sort_by_key(|&row| (std::cmp::Reverse(bought(row)), data.added(Kind::Customer, row), table.id(row)));
    rows.dedup();
    let customers = rows.iter().map(|&row| customer_row(data, snapshot, moods, row)).collect();
    let all = table.fields().filter(|(field, _)| !OF_RECORD.contains(field));
    let fields = all.filter_map(|(field, name)| merge_field(data, &rows, field, name)).collect();
    MergeChoices { customers, links: rows.iter().map(|&row| links(data, row)).collect(), fields }
}

/// `None` where nobody says anything.
fn merge_field(data: &Dataset, rows: &[u32], field: Field, name: &str) -> Option<MergeField> {
    let values: Vec<Value> = rows.iter().map(|&row| data.value(Kind::Customer, row, field)).collect();
    let filled = values.iter().position(|value| *value != Value::Null)?;
    let differs = values.iter().any(|value| Some(value) != values.first());
    let usual = rows.get(filled).and_then(|&row| data.customers().id(row)).filter(|_| !joins(field));
    let values = values.iter().map(|value| one_line(shown_in(data, Kind::Customer, name, value))).collect();
    Some(MergeField {
        field: name.to_owned(),
        label: own_label(data, name),
        values,
        differs,
        usual,
        joins: joins(field),
    })
}

/// A list of texts as one.
fn one_line(value: Shown) -> Shown {
    match value {
        Shown::Json(json) => match serde_json::from_str::<Vec<String>>(&json) {
            Ok(list) => Shown::Text(list.join(", ")),
            Err(_) => Shown::Json(json),
        },
        value => value,
    }
}

/// Live records that refer to a customer.
fn links(data: &Dataset, row: u32) -> u64 {
    let mut links = 0;
    for &kind in Kind::ALL {
        let table = data.table(kind);
        for (at, spec) in (0u16..).zip(kind.fields()) {
            let field = Field(at);
            if spec.shape == Shape::Ref(Kind::Customer) && !(kind == Kind::Customer && field == customer::MERGED_INTO) {
                let refers = |(of, to): &(u32, &u32)| **to == row && table.is_live(*of);
                links += (0..).zip(table.refs(field)).filter(refers).count() as u64;
            }
        }
    }
    links
}
