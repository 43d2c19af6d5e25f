//! The list of customers: sorted once, filtered on the way, shown by windows.

use rustc_hash::FxHashSet;

use super::columns::Reader;
use super::moved::has_moved;
use super::rules::{self, Bits, Teller};
use super::worth::with_outlook;
use super::{customer_profile, customer_row, window};
use crate::analytics::{Dormancy, share_of};
use crate::domain::text::{folded, folds_to};
use crate::domain::{CustomerProfile, Day, Id, Kind, customer};
use crate::engine::api::{
    ACTIVE_DAYS, Activity, Chosen, Column, Command, CustomerList, CustomerRow, Filter, Sort, SortKey,
};
use crate::engine::dataset::{Dataset, Touched};
use crate::engine::metrics::{Ledger, ListParts, MetricsCache, Moods, Parts, RuleParts, Snapshot, Worth};
use crate::engine::search::{Marker, NAME, Rank, SLIP, SearchIndex};

/// Steps of one point of satisfaction that sorting tells apart.
const GAP_STEPS: f64 = 1e9;

/// Whether a list needs to know what customers will be worth.
#[must_use]
pub fn needs_worth(data: &Dataset, filter: &Filter, sort: Sort, columns: &[Column]) -> bool {
    let mut columns = columns.iter().copied().chain(sort.by.column());
    filter.at_risk.is_some() || columns.any(Column::needs_worth) || rules::needs_worth(data, &filter.conditions)
}

/// A list as it stood: while nothing changes, scrolling reads it and typing only filters it.
#[derive(Clone, Debug)]
pub struct Listing {
    as_of: Day,
    sort: Sort,
    /// All live customers in this order.
    order: Vec<u32>,
    /// Those that the filter leaves, in the order that was asked for.
    filtered: Option<(Filter, Sort, Vec<u32>)>,
}

impl Listing {
    /// What is left of it after a change: the order, where nothing that it goes by changed.
    #[must_use]
    pub fn after(self, touched: &Touched) -> Option<Self> {
        let has = |kind| touched.has(kind);
        let stays = match self.sort.by {
            SortKey::Name => !touched.any_field(&[customer::NAME, customer::KEY]),
            SortKey::Added => true,
            SortKey::LastPurchase
            | SortKey::Match
            | SortKey::Purchases
            | SortKey::Revenue
            | SortKey::Profit
            | SortKey::Loyalty
            | SortKey::Tier => touched.bought.is_empty() && !has(Kind::Product) && !has(Kind::Setting),
            SortKey::Satisfaction => !has(Kind::Response) && !has(Kind::Setting),
            SortKey::Clv | SortKey::Alive | SortKey::Of(_) => false,
        };
        (stays && !touched.came_or_went).then_some(Self { filtered: None, ..self })
    }

    /// What is left of it on another as-of day.
    fn on_another_day(self) -> Option<Self> {
        matches!(self.sort.by, SortKey::Name | SortKey::Added).then_some(Self { filtered: None, ..self })
    }
}

pub fn customers(
    data: &Dataset,
    cache: &mut MetricsCache,
    as_of: Day,
    (filter, sort, columns): (&Filter, Sort, &[Column]),
    offset: u32,
    limit: u32,
) -> CustomerList {
    let (parts, rows) = listed(data, cache, as_of, (filter, sort, columns));
    let marker = Marker::of_customers(data, &filter.search);
    let reader = parts.reader(data, columns);
    let shown = |&row: &u32| {
        let found = marker.as_ref().map(|marker| marker.found(data, row));
        CustomerRow { found, ..whole(&reader, columns, row) }
    };
    CustomerList { total: rows.len() as u64, offset, rows: window(rows, offset, limit).iter().map(shown).collect() }
}

/// Who stands in a window of the list.
pub fn ids(
    data: &Dataset,
    cache: &mut MetricsCache,
    as_of: Day,
    filter: &Filter,
    sort: Sort,
    offset: u32,
    limit: u32,
) -> Vec<Id> {
    let (_, rows) = listed(data, cache, as_of, (filter, sort, &[]));
    window(rows, offset, limit).iter().filter_map(|&row| data.customers().id(row)).collect()
}

/// All that is known of these customers; who is gone is left out.
pub fn profiles(
    data: &Dataset,
    cache: &mut MetricsCache,
    as_of: Day,
    ids: &[Id],
    columns: &[Column],
) -> Vec<(CustomerProfile, CustomerRow)> {
    let with_worth = columns.iter().any(|c| c.needs_worth());
    let ListParts { parts: Parts { ledger, snapshot, moods, .. }, worth, .. } =
        cache.list_parts(data, as_of, with_worth, None);
    let reader = Shown { ledger, snapshot, moods, worth }.reader(data, columns);
    let live = |id: &Id| data.customers().row(*id).filter(|&row| data.customers().is_live(row));
    ids.iter().filter_map(live).map(|row| (customer_profile(data, row), whole(&reader, columns, row))).collect()
}

/// The command with the customers whom it is about by their ids, as they are now.
#[must_use]
pub fn name_chosen(data: &Dataset, cache: &mut MetricsCache, command: Command, today: Day) -> Command {
    match command {
        Command::EditCustomers { chosen: Chosen::Match { as_of, filter, except }, change } => {
            let as_of = as_of.unwrap_or_else(|| cache.default_as_of(data, today));
            let sort = Sort { by: SortKey::Name, descending: false };
            while needs_worth(data, &filter, sort, &[]) && cache.prepare_worth(data, as_of).is_some() {}
            let mut ids = ids(data, cache, as_of, &filter, sort, 0, u32::MAX);
            let except: FxHashSet<Id> = except.into_iter().collect();
            ids.retain(|id| !except.contains(id));
            Command::EditCustomers { chosen: Chosen::These(ids), change }
        }
        command => command,
    }
}

/// What the figures of a row are read from.
struct Shown<'a> {
    ledger: &'a Ledger,
    snapshot: &'a Snapshot,
    moods: &'a Moods,
    worth: Option<&'a Worth>,
}

impl<'a> Shown<'a> {
    fn reader(&self, data: &'a Dataset, columns: &[Column]) -> Reader<'a> {
        Reader::new(data, (self.ledger, self.snapshot), self.moods, self.worth, columns.iter().copied())
    }
}

/// A row with what was asked for.
fn whole(reader: &Reader<'_>, columns: &[Column], row: u32) -> CustomerRow {
    let extra = columns.iter().filter(|c| c.is_extra());
    let values = extra.map(|&column| (column, reader.value(column, row))).collect();
    let shown = CustomerRow { values, ..customer_row(reader.data, reader.snapshot, reader.moods, row) };
    match reader.worth {
        Some(worth) => with_outlook(shown, worth, row),
        None => shown,
    }
}

/// The rows of the customer table that the list shows, in its order.
fn listed<'a>(
    data: &Dataset,
    cache: &'a mut MetricsCache,
    as_of: Day,
    (filter, sort, columns): (&Filter, Sort, &[Column]),
) -> (Shown<'a>, &'a [u32]) {
    rules::learn(data, cache, as_of, &filter.conditions);
    let before = filter.moved.as_ref().map(|moved| moved.since.before(as_of));
    let ListParts { parts: Parts { ledger, snapshot, moods, .. }, search, listing, known, worth, earlier } =
        cache.list_parts(data, as_of, needs_worth(data, filter, sort, columns), before);
    if filter.activity == Some(Activity::FellAsleep) {
        snapshot.look_back(ledger);
    }
    let order = order_of(sort);
    let kept = listing.take().filter(|l| l.sort == order);
    let kept = kept.and_then(|l| if l.as_of == as_of { Some(l) } else { l.on_another_day() });
    let kept = kept.unwrap_or_else(|| Listing {
        as_of,
        sort: order,
        order: sorted(data, (ledger, snapshot), moods, worth, search, order),
        filtered: None,
    });
    let listing = listing.insert(Listing { as_of, ..kept });
    let (_, _, rows) = match listing.filtered.take() {
        Some(kept) if kept.0 == *filter && kept.1 == sort => listing.filtered.insert(kept),
        _ => {
            let chosen = (!filter.conditions.is_empty()).then(|| {
                let parts = RuleParts { ledger, snapshot, moods, worth, known };
                Teller::new(data, parts).all_of(&filter.conditions)
            });
            let wanted = Wanted { chosen, earlier, ..Wanted::new(data, snapshot, moods, worth, search, filter) };
            let rows = wanted.of(&listing.order, sort);
            listing.filtered.insert((filter.clone(), sort, rows))
        }
    };
    (Shown { ledger, snapshot, moods, worth }, rows)
}

/// The order in which what fits equally well stands: who bought last comes first.
fn order_of(sort: Sort) -> Sort {
    if sort.by == SortKey::Match { Sort { by: SortKey::LastPurchase, ..sort } } else { sort }
}

/// All live customers in order. Ties go by id, whichever the direction; who has no value comes last.
fn sorted(
    data: &Dataset,
    (ledger, snapshot): (&Ledger, &Snapshot),
    moods: &Moods,
    worth: Option<&Worth>,
    search: &SearchIndex,
    sort: Sort,
) -> Vec<u32> {
    let customers = data.customers();
    let id = |row| customers.id(row).unwrap_or(Id(0));
    if sort.by == SortKey::Name {
        // Most names differ in their first bytes: compare those as one number.
        let head = |name: &str| {
            let mut bytes = [0; 8];
            bytes.iter_mut().zip(name.bytes()).for_each(|(slot, b)| *slot = b);
            u64::from_be_bytes(bytes)
        };
        let entry = |row| (head(search.name(row)), search.name(row), id(row), row);
        let mut rows: Vec<(u64, &str, Id, u32)> = customers.live().map(entry).collect();
        rows.sort_unstable_by(|a, b| {
            let by_name = a.0.cmp(&b.0).then_with(|| a.1.cmp(b.1));
            let by_name = if sort.descending { by_name.reverse() } else { by_name };
            by_name.then(a.2.cmp(&b.2))
        });
        return rows.into_iter().map(|(_, _, _, row)| row).collect();
    }
    if let SortKey::Of(column) = sort.by {
        return Reader::new(data, (ledger, snapshot), moods, worth, [column]).sorted(column, sort.descending);
    }
    let stamps = commit_ranks(data);
    let key = |row: u32| -> Option<i64> {
        let facts = snapshot.facts(row)?;
        let marks = snapshot.buyer(row).map(|(_, marks)| marks);
        match sort.by {
            // What fits equally well: see `order_of`.
            SortKey::LastPurchase | SortKey::Match => marks.map(|_| i64::from(facts.last)),
            SortKey::Purchases => Some(i64::from(facts.purchases)),
            SortKey::Revenue => Some(facts.revenue_minor),
            SortKey::Profit => Some(facts.profit_minor),
            // Not negative, so its bits order like the number itself.
            SortKey::Loyalty => marks.map(|m| m.loyalty.to_bits().cast_signed()),
            SortKey::Satisfaction => moods.of(row).weighted_gap.map(|gap| (gap * GAP_STEPS).round() as i64),
            SortKey::Clv => match worth.and_then(|w| w.of(row)) {
                Some(outlook) => Some(outlook.clv_minor),
                // Where the model is not used, the profit so far stands in.
                None => marks.map(|_| facts.profit_minor),
            },
            SortKey::Alive => worth.and_then(|w| w.of(row)?.p_alive).map(|chance| chance.to_bits().cast_signed()),
            SortKey::Tier => marks.map(|m| i64::from(m.tier)),
            SortKey::Added | SortKey::Name | SortKey::Of(_) => {
                customers.record_commit(row).and_then(|c| stamps.get(c as usize)).copied()
            }
        }
    };
    let place = |row: u32| match key(row) {
        None => i64::MAX,
        Some(key) if sort.descending => key.saturating_neg(),
        Some(key) => key,
    };
    let mut rows: Vec<(i64, Id, u32)> = customers.live().map(|row| (place(row), id(row), row)).collect();
    rows.sort_unstable();
    rows.into_iter().map(|(_, _, row)| row).collect()
}

/// Per commit, its place in time.
fn commit_ranks(data: &Dataset) -> Vec<i64> {
    let commits = data.commits();
    let mut by_time: Vec<usize> = (0..commits.len()).collect();
    crate::domain::sort::sort_by_key(&mut by_time, |&at| commits.get(at).map(|c| c.stamp));
    let mut ranks = vec![0; commits.len()];
    for (rank, at) in (0i64..).zip(by_time) {
        if let Some(slot) = ranks.get_mut(at) {
            *slot = rank;
        }
    }
    ranks
}

/// A filter made ready: names looked up, searches done.
struct Wanted<'a> {
    data: &'a Dataset,
    snapshot: &'a Snapshot,
    moods: &'a Moods,
    worth: Option<&'a Worth>,
    /// At the earlier day of [`Filter::moved`].
    earlier: Option<&'a Snapshot>,
    filter: &'a Filter,
    hits: Option<Vec<Rank>>,
    best: Option<Vec<bool>>,
    /// Those whom the conditions choose; `None`: all.
    chosen: Option<Bits>,
    /// By code of a country, whether it is meant.
    country: Option<Vec<bool>>,
    /// As it is compared.
    tag: Option<String>,
    tier: Option<Option<u16>>,
}

impl<'a> Wanted<'a> {
    fn new(
        data: &'a Dataset,
        snapshot: &'a Snapshot,
        moods: &'a Moods,
        worth: Option<&'a Worth>,
        search: &SearchIndex,
        filter: &'a Filter,
    ) -> Self {
        let countries = data.customers().symbols(customer::COUNTRY);
        let country = |name: &String| countries.map(|s| s.called(name)).unwrap_or_default();
        let tier = |id: &String| {
            let place = snapshot.settings().tiers.iter().position(|rule| rule.id == *id);
            place.and_then(|place| u16::try_from(place).ok())
        };
        Self {
            hits: search.find(&filter.search),
            best: filter.top_bp.map(|share_bp| best(data, snapshot, share_bp)),
            chosen: None,
            country: filter.country.as_ref().map(country),
            tag: filter.tag.as_ref().map(|tag| folded(tag.trim())),
            tier: filter.tier.as_ref().map(tier),
            data,
            snapshot,
            moods,
            worth,
            earlier: None,
            filter,
        }
    }

    /// Those of `order` that are wanted. What is searched for stands by how well it fits, or what only a slip brings last.
    fn of(&self, order: &[u32], sort: Sort) -> Vec<u32> {
        // Most searches ask for nothing else: then a row is not looked at.
        let any = *self.filter == Filter { search: self.filter.search.clone(), ..Filter::default() };
        let Some(hits) = &self.hits else {
            return order.iter().copied().filter(|&row| any || self.takes(row)).collect();
        };
        let place = |rank: Rank| match sort.by {
            SortKey::Match => NAME.saturating_sub(rank),
            _ => u8::from(rank <= SLIP),
        };
        let mut places: [Vec<u32>; NAME as usize + 1] = Default::default();
        for &row in order {
            let rank = hits.get(row as usize).copied().unwrap_or_default();
            if rank > 0
                && (any || self.takes(row))
                && let Some(rows) = places.get_mut(usize::from(place(rank)))
            {
                rows.push(row);
            }
        }
        places.concat()
    }

    /// The search aside.
    fn takes(&self, row: u32) -> bool {
        let marked = |marks: &Option<Vec<bool>>| marks.as_ref().is_none_or(|m| m.get(row as usize) == Some(&true));
        let chosen = self.chosen.as_ref().is_none_or(|chosen| chosen.has(row));
        chosen && marked(&self.best) && self.fits_profile(row) && self.fits_figures(row)
    }

    fn fits_profile(&self, row: u32) -> bool {
        let customers = self.data.customers();
        let code = || customers.symbols(customer::COUNTRY).and_then(|s| s.codes().get(row as usize)).copied();
        let is_meant = |meant: &Vec<bool>| meant.get(code().unwrap_or(0) as usize) == Some(&true);
        let tagged = |tag: &String| customers.json_texts(row, customer::TAGS).any(|t| folds_to(t, tag));
        self.country.as_ref().is_none_or(is_meant) && self.tag.as_ref().is_none_or(tagged)
    }

    fn fits_figures(&self, row: u32) -> bool {
        let filter = self.filter;
        if filter.at_risk.is_some() && self.worth.and_then(|w| w.at_risk(row)) != filter.at_risk {
            return false;
        }
        if let Some(moved) = &filter.moved
            && !self.earlier.is_some_and(|earlier| has_moved(moved, earlier, self.snapshot, row))
        {
            return false;
        }
        if filter.mood.is_some_and(|mood| mood != self.moods.of(row).mood) {
            return false;
        }
        let Some((facts, marks)) = self.snapshot.buyer(row) else {
            let asks_for_buyers = filter.kotler.is_some()
                || filter.rfm_group.is_some()
                || filter.rfm_cell.is_some()
                || filter.tier.is_some()
                || filter.dormancy.is_some()
                || filter.activity.is_some()
                || filter.prospects == Some(false);
            return !asks_for_buyers;
        };
        filter.prospects != Some(true)
            && filter.kotler.is_none_or(|g| g == marks.kotler)
            && filter.rfm_group.is_none_or(|g| g == marks.rfm_group)
            && filter.rfm_cell.is_none_or(|(r, f)| [r, f] == marks.rfm[..2])
            && self.tier.is_none_or(|tier| tier == Some(marks.tier))
            && filter.dormancy.is_none_or(|step| step == marks.dormancy)
            && filter.activity.is_none_or(|activity| match activity {
                Activity::Active => is_active(facts.last, self.snapshot.as_of()),
                Activity::Dormant => marks.dormancy > Dormancy::Awake,
                Activity::FellAsleep => self.snapshot.fell_asleep(row),
            })
    }
}

/// Whether a last purchase on this day makes a customer active.
pub fn is_active(last: i32, as_of: Day) -> bool {
    last > as_of.0.saturating_sub(ACTIVE_DAYS)
}

/// The best share of customers with a purchase by profit, rounded up to whole customers; ties by id.
fn best(data: &Dataset, snapshot: &Snapshot, share_bp: i64) -> Vec<bool> {
    let slots = share_of(snapshot.buyer_count(), share_bp);
    let id = |row| data.customers().id(row);
    let mut rows: Vec<(std::cmp::Reverse<i64>, Option<Id>, u32)> =
        snapshot.buyers().map(|(row, facts, _)| (std::cmp::Reverse(facts.profit_minor), id(row), row)).collect();
    if slots < rows.len() {
        rows.select_nth_unstable(slots);
        rows.truncate(slots);
    }
    let mut best = vec![false; data.customers().len() as usize];
    for (_, _, row) in rows {
        if let Some(slot) = best.get_mut(row as usize) {
            *slot = true;
        }
    }
    best
}
