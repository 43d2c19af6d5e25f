//! Who stays (SPEC V8).

use super::habits::{Habits, YEAR_DAYS, churn_rule, in_year, left_on, spent_in_year};
use crate::analytics::{
    ChurnRule, ChurnSteps, CohortStep, Cohorts, Lengths, Loss, NoCurve, Relationship, Tenure, losses, median_days,
    tenure,
};
use crate::domain::{CHURN_REASONS, Day, customer, minor_of_e4};
use crate::engine::api::{ChurnView, Figure, RetentionView, Tile, TileKind, WalletView, YearView};
use crate::engine::dataset::Dataset;
use crate::engine::metrics::{Care, Entry, Facts, Ledger, MetricsCache, Snapshot, spent_minor};

/// Periods told apart; and how many may be before the next longer step fits better.
const MOST_PERIODS: i32 = 24;
const FITTING: i32 = 18;
/// Renewals that a curve may be asked to look ahead, and survivors that it is made from.
const MOST_AHEAD: u32 = 120;
const MOST_SURVIVORS: usize = 1_000;

pub fn retention(data: &Dataset, cache: &mut MetricsCache, as_of: Day, step: Option<CohortStep>) -> RetentionView {
    let (ledger, snapshot) = cache.snapshot(data, as_of);
    let snapshot: &Snapshot = snapshot;
    let first = Day(snapshot.buyers().map(|(_, facts, _)| facts.first).min().unwrap_or(as_of.0));
    let step = step.unwrap_or_else(|| CohortStep::fitting(first, as_of, FITTING));
    let mut pass = Pass {
        as_of,
        rule: churn_rule(snapshot.settings()),
        cohorts: Cohorts::new(step, first, as_of, MOST_PERIODS),
        steps: ChurnSteps::new(step, first, as_of, MOST_PERIODS),
        year: YearView {
            then: Day(as_of.0.saturating_sub(YEAR_DAYS)),
            there_then: 0,
            still: 0,
            there_now: 0,
            profit_minor: 0,
        },
        base_minor: 0,
        lengths: Vec::new(),
        scratch: Vec::new(),
    };
    for (row, facts, _) in snapshot.buyers() {
        pass.customer(facts, ledger.entries(row), ledger.care(row));
    }
    let margin = snapshot.settings().default_margin_bp as f64 / 10_000.0;
    let assumed = (pass.base_minor as f64 * margin).round() as i64;
    let year = YearView { profit_minor: pass.year.profit_minor.saturating_add(assumed), ..pass.year };
    let (cohorts, earlier) = pass.cohorts.finish();
    RetentionView {
        as_of,
        n: snapshot.buyer_count() as u64,
        step,
        cohorts,
        earlier,
        whole: step.end(step.of(as_of)) == as_of,
        churn: churn(data, snapshot, pass.steps.finish()),
        lengths: Lengths::new(&pass.lengths, as_of.0),
        wallet: wallet(data, ledger, as_of),
        tiles: tiles(data, snapshot),
        year,
    }
}

/// One pass over all customers with a purchase.
struct Pass<'a> {
    as_of: Day,
    rule: ChurnRule<'a>,
    cohorts: Cohorts,
    steps: ChurnSteps,
    year: YearView,
    /// Amount of the year of which the default margin is taken.
    base_minor: i64,
    lengths: Vec<Relationship>,
    scratch: Vec<i32>,
}

impl Pass<'_> {
    fn customer(&mut self, facts: &Facts, entries: &[Entry], care: &[Care]) {
        let as_of = self.as_of.0;
        let entries = entries.get(..entries.partition_point(|e| e.day <= as_of)).unwrap_or_default();
        let days = || entries.iter().filter(|e| !e.refund).map(|e| e.day);
        let (Some(first), Some(last)) = (days().next(), days().next_back()) else { return };
        self.cohorts.add(days());
        self.steps.came(first);
        let then = self.year.then.0;
        let (mut there_then, mut gone) = (first <= then, false);
        let steps = &mut self.steps;
        losses(days(), as_of, self.rule, &mut self.scratch, |loss: Loss| {
            steps.lost(loss);
            there_then &= !loss.gone_on(then);
            gone = loss.back.is_none();
        });
        self.year.there_then += u64::from(there_then);
        self.year.still += u64::from(there_then && !gone);
        self.year.there_now += u64::from(!gone);
        let own = self.rule.limit_days(facts.purchase_days, facts.median_interval_days());
        let limit_days = own.max(self.rule.limit_days(1, None));
        self.lengths.push(Relationship { first, last, limit_days, gone });
        if gone {
            return;
        }
        let care_minor = spent_minor(care, as_of).saturating_sub(spent_minor(care, then));
        self.year.profit_minor = self.year.profit_minor.saturating_sub(care_minor);
        for entry in in_year(entries, as_of) {
            self.year.profit_minor = self.year.profit_minor.saturating_add(entry.known_profit_minor);
            self.base_minor = self.base_minor.saturating_add(entry.base_minor);
        }
    }
}

fn churn(data: &Dataset, snapshot: &Snapshot, steps: Vec<crate::analytics::ChurnStep>) -> ChurnView {
    let said = |row| data.customers().text(row, customer::CHURN_REASON);
    let mut view = ChurnView {
        after_days: snapshot.settings().churn.after_days,
        steps,
        gone: 0,
        causes: CHURN_REASONS.iter().map(|name| ((*name).to_owned(), 0)).collect(),
        not_stated: 0,
        stated_but_here: 0,
    };
    for (row, facts, _) in snapshot.buyers() {
        let (why, gone) = (said(row), left_on(facts, snapshot).is_some());
        view.gone += u64::from(gone);
        match (why, gone) {
            ("", true) => view.not_stated += 1,
            ("", false) => {}
            (_, false) => view.stated_but_here += 1,
            (why, true) => match view.causes.iter_mut().find(|(name, _)| name == why) {
                Some((_, n)) => *n += 1,
                // Of a newer version.
                None => view.causes.push((why.to_owned(), 1)),
            },
        }
    }
    view
}

/// What the customer says they spend in a year, in all; `None` where it is not known or too little to show.
pub(super) fn wallet_minor(data: &Dataset, row: u32) -> Option<i64> {
    let e4 = data.customers().int(row, customer::WALLET_E4)?;
    Some(minor_of_e4(e4, data.settings().currency)).filter(|minor| *minor > 0)
}

fn wallet(data: &Dataset, ledger: &Ledger, as_of: Day) -> WalletView {
    let table = data.customers();
    let mut view = WalletView::default();
    // Shares in millionths: they order like the shares themselves.
    let mut shares = Vec::new();
    for row in table.live() {
        let Some(wallet_minor) = wallet_minor(data, row) else { continue };
        let spent = spent_in_year(ledger.entries(row), as_of.0);
        view.n += 1;
        view.revenue_minor = view.revenue_minor.saturating_add(spent);
        view.wallet_minor = view.wallet_minor.saturating_add(wallet_minor);
        view.above += u64::from(spent > wallet_minor);
        shares.push((spent as f64 / wallet_minor as f64 * 1e6).min(f64::from(i32::MAX)) as i32);
    }
    view.median_share = median_days(&mut shares).map(|share| share / 1e6);
    view
}

fn tiles(data: &Dataset, snapshot: &Snapshot) -> Vec<Tile> {
    let mut habits = Habits::default();
    for figure in [Figure::Inbound, Figure::Discounted, Figure::Complaints, Figure::MustHaves] {
        habits.learn(data, snapshot.as_of(), figure);
    }
    let (mut needs, mut needs_met) = (0u64, 0u64);
    let (mut customers, mut inbound, mut contacts) = (0u64, 0u64, 0u64);
    for row in data.customers().live() {
        customers += 1;
        inbound += u64::from(habits.count(Figure::Inbound, row) > 0);
        needs += u64::from(habits.count(Figure::MustHaves, row));
        needs_met += u64::from(habits.count(Figure::NeedsMet, row));
        contacts += u64::from(habits.has_contact(row));
    }
    let (mut buyers, mut again, mut purchases, mut discounted) = (0u64, 0u64, 0u64, 0u64);
    let mut choosing = Vec::new();
    for (row, facts, _) in snapshot.buyers() {
        buyers += 1;
        again += u64::from(facts.purchases > 1);
        purchases += u64::from(facts.purchases);
        discounted += u64::from(habits.count(Figure::Discounted, row));
        choosing.extend(habits.choosing_days(row, facts));
    }
    let forgave = data.customers().live().filter_map(|row| {
        let facts = snapshot.facts(row).copied().unwrap_or_default();
        habits.forgave(row, &facts)
    });
    let (complained, bought_again) = forgave.fold((0u64, 0u64), |(of, part), yes| (of + 1, part + u64::from(yes)));
    let share = |kind, part: u64, of: u64, known: bool| Tile {
        kind,
        value: (known && of > 0).then(|| part as f64 / of as f64),
        part,
        of,
    };
    let n = choosing.len() as u64;
    vec![
        share(TileKind::Repeat, again, buyers, true),
        share(TileKind::NeedMet, needs_met, needs, true),
        share(TileKind::Attention, inbound, customers, contacts > 0),
        Tile { kind: TileKind::Choosing, value: median_days(&mut choosing), part: n, of: n },
        share(TileKind::Discount, discounted, purchases, discounted > 0),
        share(TileKind::Faults, bought_again, complained, true),
    ]
}

/// How long members will stay.
///
/// # Errors
/// Why there is no curve.
pub fn curve(survivors: &[u64], ahead: u32) -> Result<Tenure, NoCurve> {
    let survivors: Vec<f64> = survivors.iter().take(MOST_SURVIVORS).map(|n| *n as f64).collect();
    tenure(&survivors, ahead.min(MOST_AHEAD))
}
