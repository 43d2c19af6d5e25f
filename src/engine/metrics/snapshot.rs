//! All customers compared at one as-of day: scores, groups, tiers, loyalty, dormancy.
//!
//! The compared figures are kept as sorted columns. One new order takes its customer's old values out and puts the new
//! ones in; quantiles, cuts and the Pareto curve then read the columns, and only marks whose cut moved are
//! made again. The outcome is the same as from scratch.

use super::facts::Facts;
use super::ledger::Ledger;
use super::steps::{Flows, NOT_YET, StepsBack};
use super::sums::{Kept, Sums};
use crate::analytics::{
    Dormancy, KotlerCuts, KotlerGroup, Population, RFM_BINS, RfmBounds, RfmGroup, RfmScale, TierCuts,
    expected_interval_days, mean_profit_minor, median_places, modelled_loyalty, potential_minor, projected_loyalty,
    select_places,
};
use crate::domain::{Day, Settings, TierRule, minor_of_e4};

/// Calendar months between the as-of day and the day that the ladder's movements are counted from, as in [`crate::engine::api::Since`].
const STEP_BACK_MONTHS: u32 = 1;

/// What comparison makes of a customer with a purchase.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Marks {
    pub loyalty: f64,
    /// Yearly profit expected.
    pub potential_minor: i64,
    pub rfm: [u8; 3],
    pub rfm_group: RfmGroup,
    pub kotler: KotlerGroup,
    /// Place in the list of tiers; beyond it if there are none.
    pub tier: u16,
    pub dormancy: Dormancy,
    /// Judged by fixed days.
    pub thin: bool,
}

impl Default for Marks {
    fn default() -> Self {
        Self {
            loyalty: 0.0,
            potential_minor: 0,
            rfm: [1; 3],
            rfm_group: RfmGroup::Others,
            kotler: KotlerGroup::Stranger,
            tier: u16::MAX,
            dormancy: Dormancy::Awake,
            thin: true,
        }
    }
}

/// Ascending values of all customers with a purchase.
#[derive(Clone, Debug, Default, PartialEq)]
struct Columns {
    recency_days: Vec<i64>,
    purchases: Vec<i64>,
    revenue_minor: Vec<i64>,
    profit_minor: Vec<i64>,
    potential_minor: Vec<i64>,
    half_days: Vec<i64>,
}

/// What a snapshot is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    /// All marks, kept up to date.
    Whole,
    /// No RFM scores, kept up to date.
    Unscored,
    /// No RFM scores, never brought up to date: only what is read of the columns stands in its place.
    Once,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    as_of: Day,
    purpose: Use,
    settings: Settings,
    /// One per row of the customer table.
    facts: Vec<Facts>,
    marks: Vec<Marks>,
    columns: Columns,
    population: Population,
    scale: RfmScale,
    cuts: KotlerCuts,
    tier_cuts: TierCuts,
    steps: Option<StepsBack>,
    sums: Kept,
}

impl Snapshot {
    #[must_use]
    pub fn new(ledger: &Ledger, customers: u32, as_of: Day, settings: &Settings) -> Self {
        Self::made(ledger, customers, as_of, settings, Use::Whole)
    }

    /// As [`Self::new`] without RFM scores, for a day that another one is compared with.
    #[must_use]
    pub fn unscored(ledger: &Ledger, customers: u32, as_of: Day, settings: &Settings) -> Self {
        Self::made(ledger, customers, as_of, settings, Use::Unscored)
    }

    /// As [`Self::unscored`] for a day that is asked about once; not to be updated.
    #[must_use]
    pub fn once(ledger: &Ledger, customers: u32, as_of: Day, settings: &Settings) -> Self {
        Self::made(ledger, customers, as_of, settings, Use::Once)
    }

    fn made(ledger: &Ledger, customers: u32, as_of: Day, settings: &Settings, purpose: Use) -> Self {
        let mut scratch = Vec::new();
        let mut columns = Columns::for_customers(customers as usize);
        let one = |c| {
            let facts = Facts::new(ledger.entries(c), ledger.care(c), as_of.0, settings, &mut scratch);
            columns.push(&facts, as_of.0, purpose == Use::Whole);
            facts
        };
        let facts: Vec<Facts> = (0..customers).map(one).collect();
        columns.sort(purpose, &settings.tiers);
        let mut snapshot = Self {
            as_of,
            purpose,
            settings: settings.clone(),
            marks: vec![Marks::default(); facts.len()],
            facts,
            columns,
            population: Population::new(&[], 1),
            scale: RfmScale::default(),
            cuts: KotlerCuts { profit_minor: 0, loyalty_bp: 0 },
            tier_cuts: TierCuts::default(),
            steps: None,
            sums: Kept::default(),
        };
        snapshot.population = snapshot.population_now();
        snapshot.project_all();
        snapshot.compare(None);
        snapshot
    }

    /// Takes in what changed in the orders of these customers, each listed once. `customers` is how many rows there are now.
    pub fn update(&mut self, ledger: &Ledger, customers: u32, changed: &[u32]) {
        self.facts.resize(customers as usize, Facts::default());
        self.marks.resize(customers as usize, Marks::default());
        let mut scratch = Vec::new();
        if let Some(steps) = &mut self.steps {
            steps.resize(customers);
        }
        for &row in changed {
            let (Some(facts), Some(marks)) = (self.facts.get_mut(row as usize), self.marks.get_mut(row as usize))
            else {
                continue;
            };
            self.sums.take_out(facts, marks);
            if let Some(steps) = &mut self.steps {
                steps.take_out(row, facts, marks);
            }
            let before = std::mem::replace(
                facts,
                Facts::new(ledger.entries(row), ledger.care(row), self.as_of.0, &self.settings, &mut scratch),
            );
            self.columns.replace(&before, facts, self.as_of.0, self.purpose == Use::Whole);
            if before.is_buyer() {
                replace(&mut self.columns.potential_minor, Some(marks.potential_minor), None);
            }
            *marks = Marks::default();
            self.sums.put_in(facts, marks);
        }
        let population = self.population_now();
        if population == self.population {
            for &row in changed {
                self.project(row);
            }
            self.compare(Some(changed));
        } else {
            self.sums = Kept::default();
            self.population = population;
            self.project_all();
            self.compare(None);
        }
        if let Some(steps) = &mut self.steps {
            for &row in changed {
                if let (Some(facts), Some(marks)) = (self.facts.get(row as usize), self.marks.get(row as usize)) {
                    let step = step_before(ledger, row, self.as_of, &self.settings, &mut scratch);
                    steps.put_in(row, step, facts, marks);
                }
            }
        }
    }

    fn population_now(&self) -> Population {
        Population::new(&self.columns.half_days, self.settings.dormancy.fixed_days[0])
    }

    /// Loyalty, potential and dormancy of one customer: what depends on the others only by the typical interval.
    fn project(&mut self, row: u32) {
        let (Some(facts), Some(marks)) = (self.facts.get(row as usize), self.marks.get_mut(row as usize)) else {
            return;
        };
        if facts.is_buyer() {
            self.sums.take_out(facts, marks);
            project(facts, marks, self.as_of.0, &self.population, &self.settings);
            self.sums.put_in(facts, marks);
            replace(&mut self.columns.potential_minor, None, Some(marks.potential_minor));
        }
    }

    fn project_all(&mut self) {
        let potential = &mut self.columns.potential_minor;
        potential.clear();
        for (facts, marks) in self.facts.iter().zip(&mut self.marks).filter(|(f, _)| f.is_buyer()) {
            project(facts, marks, self.as_of.0, &self.population, &self.settings);
            potential.push(marks.potential_minor);
        }
        let rules = &self.settings.tiers;
        in_order(potential, self.purpose, |n| TierCuts::places(n, rules.iter().map(|r| r.top_by_potential_bp)));
    }

    /// Scores, groups and tiers: of the changed customers, and of all where a bound moved. `None`: the loyalty of all did.
    fn compare(&mut self, changed: Option<&[u32]>) {
        let bins = self.settings.rfm.bins.clamp(*RFM_BINS.start(), *RFM_BINS.end());
        let major = 10f64.powi(self.settings.currency.decimals() as i32);
        let scale = RfmScale {
            bins,
            recency_days: RfmBounds::new(&self.columns.recency_days, bins, 1.0),
            purchases: RfmBounds::new(&self.columns.purchases, bins, 1.0),
            revenue_minor: RfmBounds::new(&self.columns.revenue_minor, bins, major),
        };
        let mean = || mean_profit_minor(&self.columns.profit_minor);
        let profit_cut = self.settings.kotler.profit_cut_e4.map(|e4| minor_of_e4(e4, self.settings.currency));
        let cuts = KotlerCuts {
            profit_minor: profit_cut.unwrap_or_else(mean),
            loyalty_bp: self.settings.kotler.loyalty_cut_bp,
        };
        let tier_cuts = TierCuts::new(&self.settings.tiers, &self.columns.profit_minor, &self.columns.potential_minor);
        let moved = (self.scale != scale, self.cuts != cuts, self.tier_cuts != tier_cuts);
        let as_before = self.scale.bins == scale.bins;
        (self.scale, self.cuts, self.tier_cuts) = (scale, cuts, tier_cuts);
        let Some(changed) = changed else { return self.judge_all((self.purpose == Use::Whole, true, true), false) };
        if moved != (false, false, false) {
            self.judge_all(moved, as_before);
        }
        for &row in changed {
            if let (Some(facts), Some(marks)) = (self.facts.get(row as usize), self.marks.get_mut(row as usize))
                && facts.is_buyer()
            {
                self.sums.take_out(facts, marks);
                if self.purpose == Use::Whole {
                    score(facts, marks, self.as_of.0, &self.scale);
                }
                marks.kotler = self.cuts.group(facts.profit_minor, marks.loyalty);
                marks.tier = tier(&self.tier_cuts, facts, marks);
                self.sums.put_in(facts, marks);
            }
        }
    }

    /// Gives all customers what goes by bounds that moved: scores, Kotler's groups, tiers. `as_before`: their named groups go with
    /// the scores that they have.
    fn judge_all(&mut self, (scores, groups, tiers): (bool, bool, bool), as_before: bool) {
        let as_of = self.as_of.0;
        for (facts, marks) in self.facts.iter().zip(&mut self.marks).filter(|(f, _)| f.is_buyer()) {
            let same = || marks.rfm == self.scale.scores(facts.days_since(as_of), facts.purchases, facts.revenue_minor);
            let mut now = *marks;
            if scores && !(as_before && same()) {
                score(facts, &mut now, as_of, &self.scale);
            }
            if groups {
                now.kotler = self.cuts.group(facts.profit_minor, marks.loyalty);
            }
            if tiers {
                now.tier = tier(&self.tier_cuts, facts, marks);
            }
            if now != *marks {
                self.sums.take_out(facts, marks);
                *marks = now;
                self.sums.put_in(facts, marks);
            }
        }
    }

    /// Works out where everyone stood a month before, unless that is known.
    pub fn look_back(&mut self, ledger: &Ledger) {
        if self.steps.is_none() {
            let mut scratch = Vec::new();
            let mut step = |row| step_before(ledger, row, self.as_of, &self.settings, &mut scratch);
            let all = self.facts.iter().zip(&self.marks).zip(0..);
            self.steps = Some(StepsBack::new(all.map(|((facts, marks), row)| (step(row), facts, marks))));
        }
    }

    /// The step of the ladder at a month before: 0 awake to 3 asleep, [`NOT_YET`]. After [`Self::look_back`].
    #[must_use]
    pub fn step_before(&self, row: u32) -> u8 {
        self.steps.as_ref().map_or(NOT_YET, |steps| steps.of(row))
    }

    /// Who stands on which step of the ladder and stood on which a month before. After [`Self::look_back`].
    #[must_use]
    pub fn flows(&self) -> Flows {
        self.steps.as_ref().map_or(Flows::default(), |steps| *steps.flows())
    }

    /// Asleep now and not a month before. After [`Self::look_back`].
    #[must_use]
    pub fn fell_asleep(&self, row: u32) -> bool {
        self.buyer(row).is_some_and(|(_, m)| m.dormancy == Dormancy::Asleep)
            && self.step_before(row) != Dormancy::Asleep as u8
    }

    /// What the groups come to.
    #[must_use]
    pub fn sums(&self) -> &Sums {
        self.sums.get(|| Sums::of(self))
    }

    /// Row, facts and marks of every customer with a purchase, in row order.
    pub fn buyers(&self) -> impl Iterator<Item = (u32, &Facts, &Marks)> {
        (0..).zip(&self.facts).zip(&self.marks).filter(|((_, f), _)| f.is_buyer()).map(|((row, f), m)| (row, f, m))
    }

    /// Facts and marks of a customer with a purchase.
    #[must_use]
    pub fn buyer(&self, row: u32) -> Option<(&Facts, &Marks)> {
        let facts = self.facts(row).filter(|f| f.is_buyer())?;
        Some((facts, self.marks.get(row as usize)?))
    }

    #[must_use]
    pub fn facts(&self, row: u32) -> Option<&Facts> {
        self.facts.get(row as usize)
    }

    /// How many customers have a purchase.
    #[must_use]
    pub fn buyer_count(&self) -> usize {
        self.columns.profit_minor.len()
    }

    /// Rows of the customer table.
    #[must_use]
    pub fn facts_len(&self) -> usize {
        self.facts.len()
    }

    #[must_use]
    pub fn as_of(&self) -> Day {
        self.as_of
    }

    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    #[must_use]
    pub fn scale(&self) -> &RfmScale {
        &self.scale
    }

    #[must_use]
    pub fn cuts(&self) -> KotlerCuts {
        self.cuts
    }

    /// Profits of all customers with a purchase, ascending.
    #[must_use]
    pub fn profits_minor(&self) -> &[i64] {
        &self.columns.profit_minor
    }

    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        self.facts.capacity() * size_of::<Facts>()
            + self.marks.capacity() * size_of::<Marks>()
            + self.columns.profit_minor.capacity() * 8 * 6
    }
}

impl Columns {
    fn for_customers(n: usize) -> Self {
        let [recency_days, purchases, revenue_minor, profit_minor, potential_minor, half_days] =
            std::array::from_fn(|_| Vec::with_capacity(n));
        Self { recency_days, purchases, revenue_minor, profit_minor, potential_minor, half_days }
    }

    /// Adds a customer with a purchase; all but the potential, which is not known yet. Before [`Self::sort`].
    fn push(&mut self, facts: &Facts, as_of: i32, scored: bool) {
        if facts.is_buyer() {
            if scored {
                self.recency_days.push(facts.days_since(as_of));
                self.purchases.push(i64::from(facts.purchases));
                self.revenue_minor.push(facts.revenue_minor);
            }
            self.profit_minor.push(facts.profit_minor);
            if facts.half_days > 0 {
                self.half_days.push(facts.half_days);
            }
        }
    }

    /// All but the potential.
    fn sort(&mut self, purpose: Use, rules: &[TierRule]) {
        for column in [&mut self.recency_days, &mut self.purchases, &mut self.revenue_minor] {
            column.sort_unstable();
        }
        let tiers = |n| TierCuts::places(n, rules.iter().map(|r| r.top_by_present_bp));
        in_order(&mut self.profit_minor, purpose, tiers);
        in_order(&mut self.half_days, purpose, median_places);
    }

    /// Takes a customer's old values out and puts the new ones in; all but the potential, which is not known yet.
    fn replace(&mut self, before: &Facts, after: &Facts, as_of: i32, scored: bool) {
        let one = |column: &mut Vec<i64>, value: fn(&Facts, i32) -> Option<i64>| {
            let of = |facts: &Facts| if facts.is_buyer() { value(facts, as_of) } else { None };
            replace(column, of(before), of(after));
        };
        if scored {
            one(&mut self.recency_days, |f, as_of| Some(f.days_since(as_of)));
            one(&mut self.purchases, |f, _| Some(i64::from(f.purchases)));
            one(&mut self.revenue_minor, |f, _| Some(f.revenue_minor));
        }
        one(&mut self.profit_minor, |f, _| Some(f.profit_minor));
        one(&mut self.half_days, |f, _| (f.half_days > 0).then_some(f.half_days));
    }
}

/// Puts a column in ascending order; where it is read once, only the places that are read, given by how many values there are.
fn in_order(column: &mut [i64], purpose: Use, read: impl Fn(usize) -> Vec<usize>) {
    if purpose == Use::Once {
        select_places(column, &read(column.len()));
    } else {
        column.sort_unstable();
    }
}

/// Takes a value out of an ascending column and puts another in; only what lies between them moves.
fn replace(column: &mut Vec<i64>, before: Option<i64>, after: Option<i64>) {
    let from = before.and_then(|before| column.binary_search(&before).ok());
    let to = after.map(|after| column.partition_point(|&v| v < after));
    match (from, to, after) {
        (Some(from), None, _) => drop(column.remove(from)),
        (None, Some(to), Some(after)) => column.insert(to, after),
        (Some(from), Some(to), Some(after)) => {
            let at = if from < to {
                column.copy_within(from + 1..to, from);
                to - 1
            } else {
                column.copy_within(to..from, to + 1);
                to
            };
            if let Some(slot) = column.get_mut(at) {
                *slot = after;
            }
        }
        _ => {}
    }
}

fn project(facts: &Facts, marks: &mut Marks, as_of: i32, population: &Population, settings: &Settings) {
    let history = facts.history(as_of);
    let expected = expected_interval_days(&history, population, &settings.loyalty);
    marks.loyalty = match &settings.loyalty.model {
        Some(model) => modelled_loyalty(model, &facts.record(as_of)),
        None => projected_loyalty(&history, population, &settings.loyalty),
    };
    marks.potential_minor = potential_minor(facts.profit_minor, facts.purchase_days, expected, marks.loyalty);
    let verdict = facts.dormancy(as_of, &settings.dormancy);
    marks.dormancy = verdict.step;
    marks.thin = verdict.thin;
}

fn score(facts: &Facts, marks: &mut Marks, as_of: i32, scale: &RfmScale) {
    marks.rfm = scale.scores(facts.days_since(as_of), facts.purchases, facts.revenue_minor);
    marks.rfm_group = RfmGroup::of(marks.rfm, scale.bins);
}

fn tier(cuts: &TierCuts, facts: &Facts, marks: &Marks) -> u16 {
    cuts.tier(facts.profit_minor, marks.potential_minor).and_then(|t| u16::try_from(t).ok()).unwrap_or(u16::MAX)
}

fn step_before(ledger: &Ledger, row: u32, as_of: Day, settings: &Settings, scratch: &mut Vec<i32>) -> u8 {
    let day = as_of.months_before(STEP_BACK_MONTHS).0;
    let facts = Facts::new(ledger.entries(row), ledger.care(row), day, settings, scratch);
    if facts.is_buyer() { facts.dormancy(day, &settings.dormancy).step as u8 } else { NOT_YET }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_column_stays_in_order(mut column in prop::collection::vec(-9i64..9, 0..12), out in prop::option::of(0usize..12), new in prop::option::of(-9i64..9)) {
            column.sort_unstable();
            let out = out.and_then(|at| column.get(at).copied());
            let mut want = column.clone();
            if let Some(out) = out {
                want.remove(want.iter().position(|v| *v == out).unwrap());
            }
            want.extend(new);
            want.sort_unstable();
            replace(&mut column, out, new);
            prop_assert_eq!(column, want);
        }
    }
}
