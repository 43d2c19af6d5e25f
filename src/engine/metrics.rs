//! Figures of customers and totals of the book, kept between queries and brought up to date by what changed.
//!
//! What counts: an order after the as-of day is not seen. Purchases in any currency count as purchases; money counts in the
//! book's currency only, the others are listed in the overview. Refunds lessen revenue and profit. Adjustments are
//! nobody's. Orders in the trash, orders without a date and orders of customers in the trash are left out of customers' figures; the last still
//! count in the totals of products and of the book.

mod care;
mod earlier;
mod facts;
mod ledger;
mod months;
mod snapshot;
mod steps;
mod sums;
mod totals;
mod trend;
mod voices;
mod worth;

#[cfg(test)]
pub(super) mod tests;

use std::rc::Rc;

pub use care::{Care, spent_minor};
use earlier::Earlier;
pub use facts::Facts;
pub use ledger::{Entry, Ledger};
use months::Months;
pub use snapshot::{Marks, Snapshot};
pub use steps::NOT_YET;
pub use sums::Sum;
pub use totals::{ProductTotal, Totals};
use trend::Trend;
pub use voices::{CustomerVoice, Moods, Said, Voice, Voices};
use worth::LARGE;
pub use worth::Worth;

use crate::domain::{CivilTime, Day, Kind, Seq};
use crate::engine::api::{MixView, TrendView};
use crate::engine::column::NULL_INT;
use crate::engine::dataset::{Dataset, Touched};
use crate::engine::numbers::Numbers;
use crate::engine::query::{COMPARED, Known, Listing, Twins};
use crate::engine::search::SearchIndex;

/// More customers whose purchases changed than this and starting over is quicker.
const MOST_CHANGED: usize = if cfg!(test) { 12 } else { 512 };

/// The newest order may be this old before the figures follow it instead of today.
const STALE_DAYS: i32 = 60;

/// Everything derived from the data set that is worth keeping. Tell it of every applied change set by [`Self::touched`];
/// the work is done when somebody asks.
#[derive(Clone, Debug, Default)]
pub struct MetricsCache {
    /// State of the data set that the parts below speak of.
    seq: Seq,
    pending: Touched,
    ledger: Option<Ledger>,
    snapshot: Option<Snapshot>,
    /// The figures at an earlier day, once they were asked for.
    earlier: Option<Earlier>,
    months: Months,
    totals: Option<Totals>,
    search: Option<SearchIndex>,
    listing: Option<Listing>,
    known: Known,
    numbers: Option<Rc<Numbers>>,
    twins: Twins,
    said: Said,
    /// Finished or on the way.
    worth: Option<Worth>,
    /// Of a large book before a few changes: good for one customer's page, so that not every order fits all anew.
    former_worth: Option<Worth>,
    trend: Trend,
    newest: Option<Newest>,
}

impl MetricsCache {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes what a change set changed.
    pub fn touched(&mut self, touched: &Touched) {
        self.pending.extend(touched);
    }

    /// Forgets everything: the data set was replaced.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// Memory held, roughly.
    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        self.ledger.as_ref().map_or(0, Ledger::memory_bytes)
            + self.snapshot.as_ref().map_or(0, Snapshot::memory_bytes)
            + self.earlier.as_ref().map_or(0, Earlier::memory_bytes)
            + self.search.as_ref().map_or(0, SearchIndex::memory_bytes)
            + self.said.memory_bytes()
            + self.known.memory_bytes()
            + self.trend.memory_bytes()
            + [&self.worth, &self.former_worth].into_iter().flatten().map(Worth::memory_bytes).sum::<usize>()
    }

    fn refresh(&mut self, data: &Dataset) {
        let mut pending = std::mem::take(&mut self.pending);
        if self.seq == data.seq() && pending.kinds.is_empty() {
            return;
        }
        if pending.kinds.is_empty() {
            self.reset();
        }
        self.seq = data.seq();
        let spent = pending.has(Kind::Interaction) || pending.has(Kind::Case) || !pending.bought.is_empty();
        if let Some(ledger) = self.ledger.as_mut().filter(|_| spent) {
            // What care cost is part of the profit, as orders are.
            let cared = ledger.update_care(data);
            if !cared.is_empty() {
                self.months = Months::default();
            }
            pending.bought.extend(cared);
            pending.bought.sort_unstable();
            pending.bought.dedup();
        }
        self.known = Known::default();
        self.numbers = None;
        let has = |kind| pending.has(kind);
        self.listing = self.listing.take().and_then(|listing| listing.after(&pending));
        self.totals = self.totals.take().and_then(|totals| totals.updated(data, &pending));
        self.newest = self.newest.take().filter(|newest| pending.first_order.is_none_or(|row| row >= newest.rows));
        if has(Kind::Product) || has(Kind::Setting) {
            (self.worth, self.former_worth) = (None, None);
            self.trend = Trend::default();
        } else if !pending.bought.is_empty() {
            self.trend = Trend::default();
            let former = self.worth.take().filter(Worth::is_done).or_else(|| self.former_worth.take());
            self.former_worth = former.and_then(|worth| worth.aged(pending.bought.len()));
        }
        if has(Kind::Response) || pending.came_or_went {
            self.said = Said::default();
        }
        if has(Kind::CustomField) {
            // Fields come and go with their values.
            self.search = None;
        } else if !pending.found.is_empty()
            && let Some(search) = &mut self.search
        {
            search.update(data, &pending.found);
        }
        if pending.any_field(&COMPARED) && pending.customers.len() > MOST_CHANGED {
            self.twins = Twins::default();
        }
        self.refresh_figures(data, &pending);
    }

    /// Brings the ledger and the snapshot up to date.
    fn refresh_figures(&mut self, data: &Dataset, pending: &Touched) {
        if self.snapshot.as_ref().is_some_and(|s| s.settings() != data.settings()) {
            self.snapshot = None;
        }
        let priced = pending.has(Kind::Product) || pending.has(Kind::Setting);
        let outdated = |ledger: &Ledger| pending.bought.len() > MOST_CHANGED || (priced && ledger.is_outdated(data));
        if self.ledger.as_ref().is_some_and(outdated) {
            (self.ledger, self.snapshot, self.earlier) = (None, None, None);
            self.months = Months::default();
        } else if !pending.bought.is_empty()
            && let Some(ledger) = &mut self.ledger
        {
            if let Some(earlier) = &mut self.earlier {
                earlier.touched(&pending.bought);
            }
            if let Some(day) = ledger.update(data, pending) {
                self.months.changed_from(day);
            }
            if let Some(snapshot) = &mut self.snapshot {
                snapshot.update(ledger, data.customers().len(), &pending.bought);
            }
        }
    }

    /// The figures of all customers at `as_of`, with what they were made from.
    pub fn snapshot(&mut self, data: &Dataset, as_of: Day) -> (&Ledger, &mut Snapshot) {
        self.refresh(data);
        current(&mut self.ledger, &mut self.snapshot, data, as_of)
    }

    /// The figures of all customers at an earlier day and at `as_of`.
    pub fn two_days(&mut self, data: &Dataset, before: Day, as_of: Day) -> (&Snapshot, &Snapshot) {
        self.refresh(data);
        let (ledger, snapshot) = current(&mut self.ledger, &mut self.snapshot, data, as_of);
        (earlier_at(&mut self.earlier, ledger, data, before), snapshot)
    }

    /// How many stood where at the end of a month, as `count` finds it by the figures of that day.
    pub fn month(&mut self, data: &Dataset, end: Day, count: fn(&Snapshot) -> MixView) -> MixView {
        self.refresh(data);
        let ledger = &*self.ledger.get_or_insert_with(|| Ledger::new(data));
        let then = || Snapshot::once(ledger, data.customers().len(), end, data.settings());
        self.months.at(end, data.settings(), || count(&then()))
    }

    /// The figures of all customers at `as_of` together with what they said.
    pub fn parts(&mut self, data: &Dataset, as_of: Day) -> Parts<'_> {
        self.refresh(data);
        let (ledger, snapshot) = current(&mut self.ledger, &mut self.snapshot, data, as_of);
        let (voices, moods) = self.said.at(data, as_of);
        Parts { ledger, snapshot, voices, moods }
    }

    /// What records are called in lists.
    pub(super) fn numbers(&mut self, data: &Dataset) -> Rc<Numbers> {
        self.refresh(data);
        self.numbers.get_or_insert_with(|| Rc::new(Numbers::new(data))).clone()
    }

    /// The scan for duplicates: what it found stays as it is until it is begun again or much has changed.
    pub(super) fn twins(&mut self, data: &Dataset) -> &mut Twins {
        self.refresh(data);
        &mut self.twins
    }

    /// Does the next part of what [`Self::worth_parts`] needs; how far it is, `None` when nothing is left to do.
    pub fn prepare_worth(&mut self, data: &Dataset, as_of: Day) -> Option<f64> {
        self.snapshot(data, as_of);
        let (Some(ledger), Some(snapshot)) = (&self.ledger, &self.snapshot) else { return None };
        let worth = match self.worth.take().filter(|w| w.as_of() == as_of) {
            Some(worth) => self.worth.insert(worth),
            None => self.worth.insert(Worth::new(snapshot)),
        };
        worth.step(ledger, snapshot);
        (!worth.is_done()).then(|| worth.share())
    }

    /// Does the next part of one more point of the trend; how far that point is, `None` when it is there or none is left.
    pub fn prepare_trend(&mut self, data: &Dataset, as_of: Day) -> Option<f64> {
        self.snapshot(data, as_of);
        let (Some(ledger), Some(snapshot)) = (&self.ledger, &self.snapshot) else { return None };
        let known = self.worth.as_ref().filter(|w| w.is_done() && w.as_of() == as_of).map(|worth| (snapshot, worth));
        self.trend.step(ledger, (data.customers().len(), data.settings()), as_of, known)
    }

    /// Customer equity at the ends of the months before, as far as it is worked out.
    pub fn trend(&mut self, data: &Dataset, as_of: Day) -> TrendView {
        let quick = self.snapshot(data, as_of).1.buyer_count() < LARGE;
        self.trend.view(as_of, quick)
    }

    /// As [`Self::prepare_worth`] for [`Self::outlook_parts`].
    pub fn prepare_outlook(&mut self, data: &Dataset, as_of: Day) -> Option<f64> {
        self.refresh(data);
        if self.has_former(as_of) { None } else { self.prepare_worth(data, as_of) }
    }

    /// For one customer's outlook: the models of all, which [`Worth::afresh`] applies to them where few others changed since.
    pub fn outlook_parts(&mut self, data: &Dataset, as_of: Day) -> (&Ledger, &Snapshot, &Worth, bool) {
        while self.prepare_outlook(data, as_of).is_some() {}
        let former = self.has_former(as_of);
        self.refresh(data);
        let (ledger, snapshot) = current(&mut self.ledger, &mut self.snapshot, data, as_of);
        let worth = if former { &mut self.former_worth } else { &mut self.worth };
        (ledger, snapshot, worth.get_or_insert_with(|| Worth::new(snapshot)), former)
    }

    /// Whether the models of before serve, and no newer ones are there.
    fn has_former(&self, as_of: Day) -> bool {
        let newer = self.worth.as_ref().is_some_and(|w| w.is_done() && w.as_of() == as_of);
        !newer && self.former_worth.as_ref().is_some_and(|w| w.as_of() == as_of)
    }

    /// The figures of all customers at `as_of` together with what they will be worth.
    pub fn worth_parts(&mut self, data: &Dataset, as_of: Day) -> (Parts<'_>, &Worth) {
        while self.prepare_worth(data, as_of).is_some() {}
        let (ledger, snapshot) = current(&mut self.ledger, &mut self.snapshot, data, as_of);
        let (voices, moods) = self.said.at(data, as_of);
        let worth = self.worth.get_or_insert_with(|| Worth::new(snapshot));
        (Parts { ledger, snapshot, voices, moods }, worth)
    }

    pub fn totals(&mut self, data: &Dataset) -> &Totals {
        self.refresh(data);
        self.totals.get_or_insert_with(|| Totals::new(data))
    }

    /// What a list of customers is made from; the list of the last query too, if nothing changed since. What customers will be
    /// worth is there if [`Self::prepare_worth`] came to its end.
    pub(super) fn list_parts(
        &mut self,
        data: &Dataset,
        as_of: Day,
        with_worth: bool,
        before: Option<Day>,
    ) -> ListParts<'_> {
        self.refresh(data);
        let worth = self.worth.as_ref().filter(|w| with_worth && w.is_done() && w.as_of() == as_of);
        let (ledger, snapshot) = current(&mut self.ledger, &mut self.snapshot, data, as_of);
        let (voices, moods) = self.said.at(data, as_of);
        let parts = Parts { ledger, snapshot, voices, moods };
        let search = self.search.get_or_insert_with(|| SearchIndex::new(data));
        let earlier = before.map(|day| earlier_at(&mut self.earlier, ledger, data, day));
        ListParts { parts, search, listing: &mut self.listing, known: &mut self.known, worth, earlier }
    }

    /// The words of all customers.
    pub(super) fn search(&mut self, data: &Dataset) -> &SearchIndex {
        self.refresh(data);
        self.search.get_or_insert_with(|| SearchIndex::new(data))
    }

    pub(super) fn known(&mut self) -> &mut Known {
        &mut self.known
    }

    /// What rules are told by; as [`Self::list_parts`].
    pub(super) fn rule_parts(&mut self, data: &Dataset, as_of: Day, with_worth: bool) -> RuleParts<'_> {
        self.refresh(data);
        let worth = self.worth.as_ref().filter(|w| with_worth && w.is_done() && w.as_of() == as_of);
        let (ledger, snapshot) = current(&mut self.ledger, &mut self.snapshot, data, as_of);
        let (_, moods) = self.said.at(data, as_of);
        RuleParts { ledger, snapshot, moods, worth, known: &mut self.known }
    }

    /// The day to compute for when the user chose none: today, unless the newest order up to today is more than 60
    /// days old; then the day after it, so that an old data set does not show everyone asleep.
    pub fn default_as_of(&mut self, data: &Dataset, today: Day) -> Day {
        self.refresh(data);
        let known = self.newest.take().filter(|newest| newest.today == today);
        let newest = self.newest.insert(known.unwrap_or(Newest { today, at: None, rows: 0 }));
        newest.read(data);
        match newest.at.map(|at| CivilTime(at).day()) {
            Some(newest) if today.0.saturating_sub(newest.0) > STALE_DAYS => Day(newest.0.saturating_add(1)),
            _ => today,
        }
    }
}

/// The newest order up to today, and how many rows of orders that goes for.
#[derive(Clone, Copy, Debug)]
struct Newest {
    today: Day,
    at: Option<i64>,
    rows: u32,
}

impl Newest {
    fn read(&mut self, data: &Dataset) {
        let orders = data.orders();
        let end = Day(self.today.0.saturating_add(1)).start().0;
        for (row, &at) in (0..).zip(orders.at()).skip(self.rows as usize) {
            // Whether the order counts is asked of the few that are newer than all before.
            if at != NULL_INT && at < end && self.at.is_none_or(|newest| at > newest) && orders.is_live(row) {
                self.at = Some(at);
            }
        }
        self.rows = orders.len();
    }
}

/// Figures at one as-of day.
pub struct Parts<'a> {
    pub ledger: &'a Ledger,
    pub snapshot: &'a mut Snapshot,
    pub voices: &'a Voices,
    pub moods: &'a Moods,
}

pub(super) struct ListParts<'a> {
    pub parts: Parts<'a>,
    pub search: &'a SearchIndex,
    pub listing: &'a mut Option<Listing>,
    pub known: &'a mut Known,
    /// Where it was asked for.
    pub worth: Option<&'a Worth>,
    /// At the earlier day, where one was asked for.
    pub earlier: Option<&'a Snapshot>,
}

/// What is kept if it is of that day, or made. By its parts, so that others stay free to borrow.
fn current<'a>(
    ledger: &'a mut Option<Ledger>,
    snapshot: &'a mut Option<Snapshot>,
    data: &Dataset,
    as_of: Day,
) -> (&'a Ledger, &'a mut Snapshot) {
    let ledger = &*ledger.get_or_insert_with(|| Ledger::new(data));
    let fits = snapshot.take().filter(|s| s.as_of() == as_of);
    let new = || Snapshot::new(ledger, data.customers().len(), as_of, data.settings());
    (ledger, snapshot.insert(fits.unwrap_or_else(new)))
}

fn earlier_at<'a>(slot: &'a mut Option<Earlier>, ledger: &Ledger, data: &Dataset, day: Day) -> &'a Snapshot {
    let (customers, settings) = (data.customers().len(), data.settings());
    let fits = slot.take().filter(|earlier| earlier.fits(day, settings));
    let earlier = slot.insert(fits.unwrap_or_else(|| Earlier::new(ledger, customers, day, settings)));
    earlier.caught_up(ledger, customers)
}

pub(super) struct RuleParts<'a> {
    pub ledger: &'a Ledger,
    pub snapshot: &'a Snapshot,
    pub moods: &'a Moods,
    /// Where it was asked for.
    pub worth: Option<&'a Worth>,
    pub known: &'a mut Known,
}
