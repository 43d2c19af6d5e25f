//! What customers will be worth (SPEC V3), worked out when somebody asks, in steps, so that other questions are answered
//! between them.
//!
//! Purchases on one day are one. Only those in the book's currency count: what is bought in another one is neither summed nor
//! taken for as many purchases of a like amount. Refunds and costs enter by the margin:
//! profit over what was charged, the customer's own drawn to that of all. The first purchase tells nothing of the amounts to
//! come (as in the papers), nor do purchases at no charge: these lower how many of the purchases to come are charged.

use super::facts::Facts;
use super::ledger::{Entry, Ledger};
use super::snapshot::Snapshot;
use crate::analytics::{
    BgNbdFit, Convergence, CustomerWorth, Dormancy, Equity, Fitting, GammaGamma, GammaGammaFit, HoldOut, MeanPurchase,
    Member, Misfit, PurchaseDays, Purchases, Related, Spend, SpendModel, Testing, Valuer, charged_share, equity,
    season_known, too_little, verdict,
};
use crate::domain::{Day, WorthSettings};
use crate::engine::api::{EquityView, Outlook};

/// Customers valued in one step.
const VALUES_A_STEP: usize = 8_192;
/// Books with fewer customers who bought are fitted anew after every change: it takes a few hundredths of a second.
pub const LARGE: usize = 2_000;
/// In a large book one in so many may have changed before the model of one customer's page is fitted anew.
const CHANGED_ONE_IN: usize = 100;

/// Standard deviations to either side of a 95 % interval.
const SIGMAS_95: f64 = 1.959_964;

/// What comes next.
#[derive(Clone, Debug)]
enum Stage {
    Read,
    Fit(Box<Fitting>),
    /// `None`: there is nothing to test by.
    HoldOut(Option<Box<Testing>>),
    Amounts,
    Values(Box<Valuer>),
    Done,
}

/// All customers at one as-of day. Finished when [`Self::step`] says so.
#[derive(Clone, Debug)]
pub struct Worth {
    as_of: Day,
    settings: WorthSettings,
    /// Minor units of a major one.
    minor: f64,
    stage: Stage,
    days: PurchaseDays,
    rows: Vec<u32>,
    members: Vec<Member>,
    values: Vec<CustomerWorth>,
    /// Major units.
    typical: MeanPurchase,
    /// How many purchases of all were charged, 0–1.
    charged: f64,
    valuer: Option<Box<Valuer>>,
    buyers: usize,
    /// Customers who changed since.
    changed: usize,
    pub one_off: u64,
    pub without_amount: u64,
    pub refunded: u64,
    /// Bought in other currencies only: there is nothing to say of them.
    pub foreign: u64,
    pub margin: Option<f64>,
    pub historical_minor: i64,
    pub misfit: Option<Misfit>,
    pub fit: Option<BgNbdFit>,
    pub amounts: Option<GammaGammaFit>,
    /// Whether amounts go with how often customers buy.
    pub related: Option<Related>,
    pub hold_out: Option<HoldOut>,
    /// Whether purchases follow the season could be looked at.
    pub season_known: bool,
    pub equity: Option<Equity>,
    /// One per row of the customer table.
    outlooks: Vec<Option<Outlook>>,
}

impl Worth {
    #[must_use]
    pub fn new(snapshot: &Snapshot) -> Self {
        Self {
            as_of: snapshot.as_of(),
            settings: snapshot.settings().worth.clone(),
            minor: 10f64.powi(snapshot.settings().currency.decimals().cast_signed()),
            stage: Stage::Read,
            days: PurchaseDays::default(),
            rows: Vec::new(),
            members: Vec::new(),
            values: Vec::new(),
            typical: MeanPurchase::default(),
            charged: 1.0,
            valuer: None,
            buyers: snapshot.buyer_count(),
            changed: 0,
            one_off: 0,
            without_amount: 0,
            refunded: 0,
            foreign: 0,
            margin: None,
            historical_minor: 0,
            misfit: None,
            fit: None,
            amounts: None,
            related: None,
            hold_out: None,
            season_known: false,
            equity: None,
            outlooks: Vec::new(),
        }
    }

    #[must_use]
    pub fn as_of(&self) -> Day {
        self.as_of
    }

    #[must_use]
    pub fn is_done(&self) -> bool {
        matches!(self.stage, Stage::Done)
    }

    /// How far it is, 0–1.
    #[must_use]
    pub fn share(&self) -> f64 {
        match self.stage {
            Stage::Read => 0.0,
            Stage::Fit(_) => 0.1,
            Stage::HoldOut(_) => 0.35,
            Stage::Amounts => 0.6,
            Stage::Values(_) => 0.7 + 0.3 * self.values.len() as f64 / self.members.len().max(1) as f64,
            Stage::Done => 1.0,
        }
    }

    /// Does the next part of the work.
    pub fn step(&mut self, ledger: &Ledger, snapshot: &Snapshot) {
        self.stage = match std::mem::replace(&mut self.stage, Stage::Done) {
            Stage::Read => self.read(ledger, snapshot),
            Stage::Fit(fitting) => self.fit(fitting),
            Stage::HoldOut(testing) => self.hold_out(testing),
            Stage::Amounts => self.amounts(),
            Stage::Values(valuer) => self.values(valuer),
            Stage::Done => Stage::Done,
        };
        if self.is_done() {
            self.days = PurchaseDays::default();
            (self.rows, self.members, self.values) = (Vec::new(), Vec::new(), Vec::new());
        }
    }

    fn read(&mut self, ledger: &Ledger, snapshot: &Snapshot) -> Stage {
        let as_of = self.as_of.0;
        let (mut gross, mut profit, mut bought_by) = (0.0, 0.0, Vec::with_capacity(self.buyers));
        let (mut days, mut charged_days) = (0.0, 0.0);
        for (row, facts, _) in snapshot.buyers() {
            self.historical_minor = self.historical_minor.saturating_add(facts.profit_minor);
            let Some(purchases) = self.purchases(ledger, row) else {
                self.foreign += 1;
                continue;
            };
            let Charged { first, later } = Charged::new(bought(ledger, row, as_of), self.minor);
            let charged_on = f64::from(later.purchases) + f64::from(u8::from(first));
            days += f64::from(purchases.repeats) + 1.0;
            charged_days += charged_on;
            gross += charged(facts);
            profit += facts.profit_minor as f64;
            if charged_on > 0.0 {
                bought_by.push((charged(facts) / self.minor, charged_on));
            }
            self.one_off += u64::from(purchases.repeats == 0);
            self.refunded += u64::from(facts.refunds > 0);
        }
        self.margin = (gross > 0.0).then(|| profit / gross);
        self.typical = MeanPurchase::new(bought_by.into_iter());
        self.charged = if charged_days > 0.0 { charged_days / days } else { 1.0 };
        self.outlooks = vec![None; snapshot.facts_len()];
        for (row, facts, _) in snapshot.buyers() {
            let Some(member) = self.member(ledger, row, facts) else { continue };
            self.days.push(bought(ledger, row, as_of).map(|e| e.day));
            self.without_amount += u64::from(member.purchases.repeats > 0 && member.spend.purchases == 0);
            self.rows.push(row);
            self.members.push(member);
        }
        let free = self.margin.is_none().then_some(Misfit::NothingCharged);
        self.misfit = too_little(&self.days, as_of, &self.settings).or(free);
        if self.misfit.is_some() {
            return Stage::Done;
        }
        match Fitting::new(self.members.iter().map(|m| m.purchases)) {
            Some(fitting) => Stage::Fit(Box::new(fitting)),
            None => self.refused(),
        }
    }

    fn refused(&mut self) -> Stage {
        self.misfit = Some(Misfit::NotConverged);
        Stage::Done
    }

    fn purchases(&self, ledger: &Ledger, row: u32) -> Option<Purchases> {
        Purchases::of(bought(ledger, row, self.as_of.0).map(|e| e.day), self.as_of.0)
    }

    /// A customer as the models see them; `None` for who bought in other currencies only.
    fn member(&self, ledger: &Ledger, row: u32, facts: &Facts) -> Option<Member> {
        let purchases = self.purchases(ledger, row)?;
        let prior = self.settings.margin_weight_bp.max(0) as f64 / 10_000.0 * self.typical.mean * self.minor;
        let weight = charged(facts) + prior;
        let own = facts.profit_minor as f64 + prior * self.margin.unwrap_or(0.0);
        let spend = Charged::new(bought(ledger, row, self.as_of.0), self.minor).later;
        Some(Member {
            purchases,
            spend,
            margin: if weight > 0.0 { (own / weight).clamp(-1.0, 1.0) } else { 0.0 },
            charged: charged_share(&spend, purchases.repeats, self.charged),
        })
    }

    fn fit(&mut self, mut fitting: Box<Fitting>) -> Stage {
        if fitting.step() {
            return Stage::Fit(fitting);
        }
        // Without a covariance nothing is known of how far the sum may be off.
        self.fit = Some(fitting.end()).filter(|f| f.convergence != Convergence::Failed && f.covariance.is_some());
        if self.fit.is_none() {
            return self.refused();
        }
        let whole = self.fit.as_ref().map(|fit| fit.model);
        let testing = whole.and_then(|whole| Testing::new(&self.days, self.as_of.0, &self.settings, &whole));
        Stage::HoldOut(testing.map(Box::new))
    }

    fn hold_out(&mut self, mut testing: Option<Box<Testing>>) -> Stage {
        if testing.as_mut().is_some_and(|t| t.step()) {
            return Stage::HoldOut(testing);
        }
        self.hold_out = testing.and_then(|t| t.end(&self.days));
        self.misfit = verdict(&self.days, self.as_of.0, self.hold_out.as_ref(), &self.settings);
        self.season_known = season_known(&self.days, self.as_of.0);
        if self.misfit.is_some() { Stage::Done } else { Stage::Amounts }
    }

    fn amounts(&mut self) -> Stage {
        let Some(fit) = &self.fit else { return Stage::Done };
        self.amounts = GammaGamma::fit(self.members.iter().map(|m| m.spend));
        self.related = Related::of(self.members.iter().map(|m| m.spend));
        let spend = SpendModel::new(self.amounts.as_ref(), self.typical);
        if matches!(spend, SpendModel::OwnMean { .. }) {
            self.amounts = None;
        }
        let discount = self.settings.monthly_discount_bp as f64 / 10_000.0;
        Stage::Values(Box::new(Valuer::new(fit.model, spend, self.settings.horizon_months, discount)))
    }

    fn values(&mut self, mut valuer: Box<Valuer>) -> Stage {
        let next = self.members.iter().skip(self.values.len()).take(VALUES_A_STEP);
        self.values.extend(next.map(|member| valuer.value(member)));
        if self.values.len() < self.members.len() {
            return Stage::Values(valuer);
        }
        let Some(fit) = &self.fit else { return Stage::Done };
        let months = self.settings.horizon_months;
        self.equity = Some(equity(&self.members, &self.values, fit, valuer.spend(), months));
        let scale = self.minor;
        for ((&row, member), value) in self.rows.iter().zip(&self.members).zip(&self.values) {
            if let Some(slot) = self.outlooks.get_mut(row as usize) {
                *slot = Some(outlook(member, value, scale));
            }
        }
        valuer.forget();
        self.valuer = Some(valuer);
        Stage::Done
    }

    /// What was worked out, as the start for [`Self::afresh`] after so many more customers changed. `None` where fitting anew is
    /// due.
    #[must_use]
    pub fn aged(mut self, changed: usize) -> Option<Self> {
        self.changed = self.changed.saturating_add(changed);
        let few = self.changed.saturating_mul(CHANGED_ONE_IN) <= self.buyers;
        (self.is_done() && self.buyers >= LARGE && few).then_some(self)
    }

    /// One customer's outlook from what is known of them now, by the model of all as it was fitted before few others changed.
    #[must_use]
    pub fn afresh(&self, ledger: &Ledger, snapshot: &Snapshot, row: u32) -> Option<Outlook> {
        let mut valuer = self.valuer.clone()?;
        let (facts, _) = snapshot.buyer(row)?;
        let member = self.member(ledger, row, facts)?;
        Some(outlook(&member, &valuer.value(&member), self.minor))
    }

    /// The outlook of a customer with a purchase, where the model is used.
    #[must_use]
    pub fn of(&self, row: u32) -> Option<Outlook> {
        self.outlooks.get(row as usize).copied().flatten()
    }

    /// Whether the customer is less likely to be there than the limit; `None` where nothing is known, as of who bought once.
    #[must_use]
    pub fn at_risk(&self, row: u32) -> Option<bool> {
        self.of(row)?.p_alive.map(|chance| chance * 10_000.0 < self.settings.at_risk_below_bp as f64)
    }

    /// The sum over all customers and the part of it at risk; `None` where the model is not used.
    #[must_use]
    pub fn equity_view(&self, snapshot: &Snapshot) -> Option<EquityView> {
        let all = self.equity?;
        let (low, high) = all.interval();
        let to_minor = |major| minor(major, self.minor);
        let mut view = EquityView {
            total_minor: to_minor(all.total),
            low_minor: to_minor(low),
            high_minor: to_minor(high),
            parameters_minor: to_minor(all.parameter_error * SIGMAS_95),
            chance_minor: to_minor(all.chance_error * SIGMAS_95),
            at_risk: 0,
            at_risk_minor: 0,
            asleep_once: 0,
            purchases: 0.0,
        };
        for (row, _, marks) in snapshot.buyers() {
            let Some(outlook) = self.of(row) else { continue };
            view.asleep_once += u64::from(outlook.p_alive.is_none() && marks.dormancy == Dormancy::Asleep);
            view.purchases += outlook.purchases;
            if self.at_risk(row) == Some(true) {
                view.at_risk += 1;
                view.at_risk_minor = view.at_risk_minor.saturating_add(outlook.clv_minor);
            }
        }
        Some(view)
    }

    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        self.outlooks.capacity() * size_of::<Option<Outlook>>()
            + self.members.capacity() * (size_of::<Member>() + size_of::<CustomerWorth>())
    }
}

fn outlook(of: &Member, value: &CustomerWorth, scale: f64) -> Outlook {
    Outlook {
        p_alive: (of.purchases.repeats > 0).then_some(value.p_alive),
        purchases: value.purchases,
        spend_minor: minor(value.spend, scale),
        clv_minor: minor(value.clv, scale),
    }
}

/// A customer's purchases in the book's currency up to a day, in order.
fn bought(ledger: &Ledger, row: u32, as_of: i32) -> impl Iterator<Item = &Entry> {
    ledger.entries(row).iter().take_while(move |e| e.day <= as_of).filter(|e| !e.refund && !e.foreign)
}

/// What was charged before refunds, minor units.
fn charged(facts: &Facts) -> f64 {
    facts.revenue_minor as f64 + facts.refunded_minor as f64
}

fn minor(major: f64, scale: f64) -> i64 {
    // A cast from a float saturates and takes NaN to 0.
    (major * scale).round() as i64
}

/// On which days something was charged.
struct Charged {
    /// On the first.
    first: bool,
    /// The days after it, major units.
    later: Spend,
}

impl Charged {
    fn new<'a>(bought: impl Iterator<Item = &'a Entry>, scale: f64) -> Self {
        let mut bought = bought.peekable();
        let first_day = bought.peek().map_or(0, |e| e.day);
        let (mut first, mut days, mut sum) = (false, 0u32, 0.0);
        let mut of_day = (first_day, 0i64);
        let mut close = |(day, total): (i32, i64)| {
            if total > 0 && day > first_day {
                days += 1;
                sum += total as f64;
            } else {
                first |= total > 0;
            }
        };
        for entry in bought {
            if entry.day != of_day.0 {
                close(of_day);
                of_day = (entry.day, 0);
            }
            of_day.1 = of_day.1.saturating_add(entry.total_minor);
        }
        close(of_day);
        Self {
            first,
            later: Spend { purchases: days, mean: if days > 0 { sum / f64::from(days) / scale } else { 0.0 } },
        }
    }
}
