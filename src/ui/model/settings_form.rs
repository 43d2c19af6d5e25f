//! Settings as they are typed: each knows its place in [`Settings`], its default, and what may be typed.

use super::form::{parse_decimal, show_decimal};
use crate::domain::{Currency, Settings, TierRule};

/// A setting that is one line of text or one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Single {
    BusinessName,
    Currency,
    DefaultMargin,
    RfmBins,
    ProfitCut,
    LoyaltyCut,
    /// Step 0 dozing, 1 half asleep, 2 asleep.
    Multiple(usize),
    FixedDays(usize),
    MinPurchases,
    FloorDays,
    HalfLife,
    MinAnswers,
    Horizon,
    Discount,
    AtRisk,
    HoldOut,
    MostOff,
    WorthCustomers,
    WorthRepeaters,
    WorthWeeks,
    MinSpread,
    MostSeasonal,
    MarginWeight,
    LeastPercent,
    StaleDays,
    ChurnDays,
    KeepWin,
    KeepRatio,
    KeepBrought,
    KeepYears,
    KeepCustomers,
    KeepProfit,
    KeptNow,
    KeptThen,
}

/// Whole numbers within bounds.
fn whole(text: &str, low: i64, high: i64) -> Option<i64> {
    parse_decimal(text, 0).filter(|n| (low..=high).contains(n))
}

/// Per cent as basis points.
fn percent(text: &str) -> Option<i64> {
    parse_decimal(text, 2).filter(|bp| (0..=10_000).contains(bp))
}

/// A share or multiple that may be above one.
fn up_to(text: &str, digits: u32) -> Option<i64> {
    parse_decimal(text, digits).filter(|bp| (0..=1_000_000).contains(bp))
}

/// What may be left empty.
fn or_empty<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
    if text.trim().is_empty() { Some(None) } else { read(text).map(Some) }
}

fn typed_amount(text: &str) -> Option<i64> {
    parse_decimal(text, 4).filter(|e4| (0..=crate::domain::MAX_E4).contains(e4))
}

fn amount(e4: Option<i64>) -> String {
    e4.map(|e4| show_decimal(e4, 4)).unwrap_or_default()
}

impl Single {
    /// As it stands in the input.
    #[must_use]
    pub fn show(self, s: &Settings) -> String {
        match self {
            Self::BusinessName => s.business_name.clone(),
            Self::Currency => s.currency.code().to_owned(),
            Self::DefaultMargin => show_decimal(s.default_margin_bp, 2),
            Self::RfmBins => s.rfm.bins.to_string(),
            Self::ProfitCut => amount(s.kotler.profit_cut_e4),
            Self::LoyaltyCut => show_decimal(s.kotler.loyalty_cut_bp, 2),
            Self::Multiple(step) => s.dormancy.multiples_bp.get(step).map(|m| show_decimal(*m, 4)).unwrap_or_default(),
            Self::FixedDays(step) => s.dormancy.fixed_days.get(step).map(i64::to_string).unwrap_or_default(),
            Self::MinPurchases => s.dormancy.min_purchases.to_string(),
            Self::FloorDays => s.dormancy.floor_days.to_string(),
            Self::HalfLife => s.satisfaction.half_life_days.to_string(),
            Self::MinAnswers => s.satisfaction.min_answers.to_string(),
            Self::Horizon => s.worth.horizon_months.to_string(),
            Self::Discount => show_decimal(s.worth.monthly_discount_bp, 2),
            Self::AtRisk => show_decimal(s.worth.at_risk_below_bp, 2),
            Self::HoldOut => show_decimal(s.worth.hold_out_bp, 2),
            Self::MostOff => show_decimal(s.worth.most_off_bp, 2),
            Self::WorthCustomers => s.worth.min_customers.to_string(),
            Self::WorthRepeaters => s.worth.min_repeaters.to_string(),
            Self::WorthWeeks => s.worth.min_weeks.to_string(),
            Self::MinSpread => show_decimal(s.worth.min_spread_bp, 2),
            Self::MostSeasonal => show_decimal(s.worth.most_seasonal_bp, 2),
            Self::MarginWeight => show_decimal(s.worth.margin_weight_bp, 4),
            Self::StaleDays => s.freshness.stale_days.to_string(),
            Self::LeastPercent => s.duplicates.least_percent.to_string(),
            Self::ChurnDays => s.churn.after_days.map(|days| days.to_string()).unwrap_or_default(),
            Self::KeepWin => amount(s.keeping.win_e4),
            Self::KeepRatio => show_decimal(s.keeping.ratio_bp, 4),
            Self::KeepBrought => s.keeping.brought_per_100.to_string(),
            Self::KeepYears => s.keeping.years.to_string(),
            Self::KeepCustomers => s.keeping.customers.map(|n| n.to_string()).unwrap_or_default(),
            Self::KeepProfit => amount(s.keeping.profit_e4),
            Self::KeptNow => s.keeping.kept_now_bp.map(|bp| show_decimal(bp, 2)).unwrap_or_default(),
            Self::KeptThen => s.keeping.kept_then_bp.map(|bp| show_decimal(bp, 2)).unwrap_or_default(),
        }
    }

    /// As it is by default, in the input's form.
    #[must_use]
    pub fn default_text(self) -> String {
        self.show(&Settings::default())
    }

    /// The settings with what was typed; `None` when it does not fit.
    #[must_use]
    pub fn typed(self, s: &Settings, text: &str) -> Option<Settings> {
        let mut s = s.clone();
        match self {
            Self::BusinessName => text.trim().clone_into(&mut s.business_name),
            Self::Currency => s.currency = Currency::parse(text)?,
            Self::DefaultMargin => s.default_margin_bp = percent(text)?,
            Self::RfmBins => s.rfm.bins = u8::try_from(whole(text, 3, 9)?).ok()?,
            Self::ProfitCut if text.trim().is_empty() => s.kotler.profit_cut_e4 = None,
            Self::ProfitCut => s.kotler.profit_cut_e4 = Some(parse_decimal(text, 4)?),
            Self::LoyaltyCut => s.kotler.loyalty_cut_bp = percent(text)?,
            Self::Multiple(step) => {
                let value = parse_decimal(text, 4).filter(|m| (1_000..=1_000_000).contains(m))?;
                *s.dormancy.multiples_bp.get_mut(step)? = value;
                s.dormancy.multiples_bp.is_sorted().then_some(())?;
            }
            Self::FixedDays(step) => {
                *s.dormancy.fixed_days.get_mut(step)? = whole(text, 1, 3_650)?;
                s.dormancy.fixed_days.is_sorted().then_some(())?;
            }
            Self::MinPurchases => s.dormancy.min_purchases = u32::try_from(whole(text, 2, 100)?).ok()?,
            Self::FloorDays => s.dormancy.floor_days = whole(text, 0, 3_650)?,
            Self::HalfLife => s.satisfaction.half_life_days = whole(text, 1, 3_650)?,
            Self::MinAnswers => s.satisfaction.min_answers = u32::try_from(whole(text, 2, 1_000)?).ok()?,
            Self::Horizon => s.worth.horizon_months = u32::try_from(whole(text, 1, 120)?).ok()?,
            Self::Discount => s.worth.monthly_discount_bp = percent(text)?,
            Self::AtRisk => s.worth.at_risk_below_bp = percent(text)?,
            Self::HoldOut => s.worth.hold_out_bp = percent(text).filter(|bp| *bp <= 8_000)?,
            Self::MostOff => s.worth.most_off_bp = up_to(text, 2)?,
            Self::WorthCustomers => s.worth.min_customers = u32::try_from(whole(text, 1, 1_000_000)?).ok()?,
            Self::WorthRepeaters => s.worth.min_repeaters = u32::try_from(whole(text, 1, 1_000_000)?).ok()?,
            Self::WorthWeeks => s.worth.min_weeks = u32::try_from(whole(text, 1, 1_000)?).ok()?,
            Self::MinSpread => s.worth.min_spread_bp = percent(text)?,
            Self::MostSeasonal => s.worth.most_seasonal_bp = up_to(text, 2)?,
            Self::MarginWeight => s.worth.margin_weight_bp = up_to(text, 4)?,
            Self::StaleDays => s.freshness.stale_days = u32::try_from(whole(text, 1, 36_500)?).ok()?,
            Self::ChurnDays => s.churn.after_days = or_empty(text, |t| u32::try_from(whole(t, 1, 36_500)?).ok())?,
            Self::KeepWin => s.keeping.win_e4 = or_empty(text, typed_amount)?,
            Self::KeepRatio => s.keeping.ratio_bp = up_to(text, 4).filter(|bp| *bp >= 10_000)?,
            Self::KeepBrought => s.keeping.brought_per_100 = u32::try_from(whole(text, 0, 1_000)?).ok()?,
            Self::KeepYears => s.keeping.years = u32::try_from(whole(text, 1, 30)?).ok()?,
            Self::KeepCustomers => {
                s.keeping.customers = or_empty(text, |t| u32::try_from(whole(t, 0, 1_000_000_000)?).ok())?;
            }
            Self::KeepProfit => s.keeping.profit_e4 = or_empty(text, typed_amount)?,
            Self::KeptNow => s.keeping.kept_now_bp = or_empty(text, percent)?,
            Self::KeptThen => s.keeping.kept_then_bp = or_empty(text, percent)?,
            Self::LeastPercent => {
                s.duplicates.least_percent = u8::try_from(whole(text.trim_end_matches('%'), 1, 99)?).ok()?
            }
        }
        Some(s)
    }
}

/// A tier as typed.
#[derive(Clone, Debug, PartialEq)]
pub struct TierForm {
    pub id: String,
    pub name_zh: String,
    pub name_en: String,
    /// Per cent.
    pub present: String,
    pub potential: String,
}

impl TierForm {
    #[must_use]
    pub fn of(rule: &TierRule) -> Self {
        Self {
            id: rule.id.clone(),
            name_zh: rule.name_zh.clone(),
            name_en: rule.name_en.clone(),
            present: show_decimal(rule.top_by_present_bp, 2),
            potential: show_decimal(rule.top_by_potential_bp, 2),
        }
    }

    /// A name in one language is enough.
    #[must_use]
    pub fn is_named(&self) -> bool {
        !self.name_zh.trim().is_empty() || !self.name_en.trim().is_empty()
    }
}

/// The tiers as typed, best first; the last takes all others. `Err` names the first one that does not fit.
///
/// # Errors
/// The place of a tier without a name or with a share that is none.
pub fn read_tiers(forms: &[TierForm]) -> Result<Vec<TierRule>, usize> {
    let last = forms.len().saturating_sub(1);
    forms
        .iter()
        .enumerate()
        .map(|(at, form)| {
            let (present, potential) = if at == last {
                (Some(10_000), Some(10_000))
            } else {
                (percent(&form.present), percent(&form.potential))
            };
            match (present, potential, form.is_named()) {
                (Some(top_by_present_bp), Some(top_by_potential_bp), true) => Ok(TierRule {
                    id: form.id.clone(),
                    name_zh: form.name_zh.trim().to_owned(),
                    name_en: form.name_en.trim().to_owned(),
                    top_by_present_bp,
                    top_by_potential_bp,
                }),
                _ => Err(at),
            }
        })
        .collect()
}

/// An id for a new tier that no other one has.
#[must_use]
pub fn new_tier_id(forms: &[TierForm]) -> String {
    (1..).map(|n: u32| format!("tier-{n}")).find(|id| forms.iter().all(|f| f.id != *id)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_reads_back() {
        let settings = Settings::default();
        let all = [
            Single::Currency,
            Single::DefaultMargin,
            Single::RfmBins,
            Single::ProfitCut,
            Single::LoyaltyCut,
            Single::Multiple(2),
            Single::FixedDays(0),
            Single::MinPurchases,
            Single::FloorDays,
            Single::HalfLife,
            Single::MinAnswers,
            Single::Horizon,
            Single::Discount,
            Single::AtRisk,
            Single::HoldOut,
            Single::MostOff,
            Single::WorthCustomers,
            Single::WorthRepeaters,
            Single::WorthWeeks,
            Single::MinSpread,
            Single::MostSeasonal,
            Single::MarginWeight,
            Single::LeastPercent,
            Single::StaleDays,
            Single::ChurnDays,
            Single::KeepWin,
            Single::KeepRatio,
            Single::KeepBrought,
            Single::KeepYears,
            Single::KeepCustomers,
            Single::KeepProfit,
            Single::KeptNow,
            Single::KeptThen,
        ];
        for single in all {
            assert_eq!(single.typed(&settings, &single.show(&settings)), Some(settings.clone()), "{single:?}");
        }
    }

    #[test]
    fn typed_values_land_where_they_belong() {
        let s = Settings::default();
        assert_eq!(Single::DefaultMargin.typed(&s, "42.5 %").unwrap().default_margin_bp, 4_250);
        assert_eq!(Single::ProfitCut.typed(&s, "1,000").unwrap().kotler.profit_cut_e4, Some(10_000_000));
        assert_eq!(Single::Multiple(0).typed(&s, "1.25").unwrap().dormancy.multiples_bp[0], 12_500);
        assert_eq!(Single::BusinessName.typed(&s, " 茶铺 ").unwrap().business_name, "茶铺");
        let keeping = Single::KeepWin.typed(&s, "99.5").unwrap();
        assert_eq!(keeping.keeping.win_e4, Some(995_000));
        assert_eq!(Single::KeepWin.typed(&keeping, " "), Some(s.clone()));
        assert_eq!(Single::ChurnDays.typed(&s, "120").unwrap().churn.after_days, Some(120));
        for (single, bad) in [
            (Single::ChurnDays, "0"),
            (Single::KeepRatio, "0.5"),
            (Single::KeepWin, "-1"),
            (Single::KeptNow, "101"),
            (Single::DefaultMargin, "101"),
            (Single::RfmBins, "2"),
            (Single::Currency, "yuan"),
            (Single::Multiple(0), "3"),
            (Single::FixedDays(2), "100"),
            (Single::FloorDays, "x"),
            (Single::LeastPercent, "100"),
            (Single::LeastPercent, "0"),
        ] {
            assert_eq!(single.typed(&s, bad), None, "{single:?} {bad}");
        }
    }

    #[test]
    fn the_last_tier_takes_all_others() {
        let mut forms: Vec<TierForm> = Settings::default().tiers.iter().map(TierForm::of).collect();
        assert_eq!(read_tiers(&forms), Ok(Settings::default().tiers));
        forms.pop();
        assert_eq!(read_tiers(&forms).unwrap()[1].top_by_present_bp, 10_000);
        forms[0].present = "ten".into();
        assert_eq!(read_tiers(&forms), Err(0));
        assert_eq!(new_tier_id(&forms), "tier-1");
    }
}
