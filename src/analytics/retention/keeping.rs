//! What it is worth to keep more customers (SPEC V9), as simple as an owner would reckon it on paper, year by year.

use serde::{Deserialize, Serialize};

/// What goes in. Money in minor units, shares 0–1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Keeping {
    /// Customers now.
    pub customers: f64,
    /// Profit of one a year.
    pub profit_minor: f64,
    /// Share of customers who are there a year later: now, and as wished.
    pub kept_now: f64,
    pub kept_then: f64,
    pub years: u32,
    /// New customers that one satisfied customer brings, once.
    pub brought: f64,
    /// What it costs to win a new customer; `None`: not known.
    pub win_minor: Option<f64>,
    /// How many times as much winning costs as keeping one for a year.
    pub ratio: f64,
    pub monthly_discount: f64,
}

/// What comes out, over all years.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// Customers more at the end, of those who are there now.
    pub more: f64,
    /// Profit from them, and from those whom they bring.
    pub more_minor: f64,
    pub brought: f64,
    pub brought_minor: f64,
    /// What keeping them costs; `None`: not known.
    pub cost_minor: Option<f64>,
    /// What it would cost to win as many anew.
    pub win_minor: Option<f64>,
    /// Both profits less the cost.
    pub net_minor: f64,
}

impl Keeping {
    /// In year `t`, `N (r'ᵗ − rᵗ)` customers more are there than otherwise. Each brings a year's profit, and keeping each costs
    /// `cost of winning ÷ ratio`. Those newly kept in a year bring new ones, who are there from the year after on and stay at the
    /// wished rate. A year's money is discounted to today.
    #[must_use]
    pub fn reckon(&self) -> Kept {
        let keep_minor = self.win_minor.map(|win| win / self.ratio.max(1.0));
        let mut out =
            Kept { cost_minor: keep_minor.map(|_| 0.0), win_minor: self.win_minor.map(|_| 0.0), ..Kept::default() };
        let (mut now, mut then, mut worth) = (self.customers, self.customers, 1.0);
        let (mut before, mut newly_before, mut brought) = (0.0, 0.0, 0.0);
        for _ in 0..self.years {
            now *= self.kept_now;
            then *= self.kept_then;
            worth /= (1.0 + self.monthly_discount).powi(12);
            let more = then - now;
            let newly = (more - before).max(0.0);
            let comes = newly_before * self.brought;
            brought = brought * self.kept_then + comes;
            out.more_minor += more * self.profit_minor * worth;
            out.brought += comes;
            out.brought_minor += brought * self.profit_minor * worth;
            out.cost_minor = out.cost_minor.zip(keep_minor).map(|(sum, keep)| sum + more.max(0.0) * keep * worth);
            out.win_minor = out.win_minor.zip(self.win_minor).map(|(sum, win)| sum + newly * win * worth);
            (before, newly_before) = (more, newly);
        }
        out.more = before;
        out.net_minor = out.more_minor + out.brought_minor - out.cost_minor.unwrap_or(0.0);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shop() -> Keeping {
        Keeping {
            customers: 1_000.0,
            profit_minor: 100.0,
            kept_now: 0.6,
            kept_then: 0.7,
            years: 2,
            brought: 0.25,
            win_minor: Some(300.0),
            ratio: 6.0,
            monthly_discount: 0.0,
        }
    }

    /// 100 more after a year (700 − 600), 130 after two (490 − 360): 23,000 of profit. The first 100 bring 25, who are there in the
    /// second year: 2,500. Keeping costs 50 each: 230 × 50 = 11,500. Winning 130 anew: 39,000.
    #[test]
    fn worked_by_hand() {
        let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-6, "{a} {b}");
        let kept = shop().reckon();
        near(kept.more, 130.0);
        near(kept.more_minor, 23_000.0);
        near(kept.brought, 25.0);
        near(kept.brought_minor, 2_500.0);
        near(kept.cost_minor.unwrap(), 11_500.0);
        near(kept.win_minor.unwrap(), 39_000.0);
        near(kept.net_minor, 14_000.0);
        // One per cent a month: a year's money is worth 1 ÷ 1.1268 of it.
        let later = Keeping { years: 1, monthly_discount: 0.01, ..shop() }.reckon();
        near(later.more_minor, 10_000.0 / 1.126_825_030_131_969_7);
        let unknown = Keeping { win_minor: None, ..shop() }.reckon();
        assert_eq!((unknown.cost_minor, unknown.win_minor), (None, None));
        near(unknown.net_minor, 25_500.0);
        let same = Keeping { kept_then: 0.6, ..shop() }.reckon();
        assert_eq!((same.more, same.net_minor), (0.0, 0.0));
    }

    proptest! {
        #[test]
        fn keeping_more_never_brings_less_and_nothing_is_infinite(
            customers in 0.0f64..1e7, profit in 0.0f64..1e12, now in 0.0f64..=1.0, up in 0.0f64..=1.0, years in 0u32..40,
            ratio in 0.0f64..100.0, discount in 0.0f64..=1.0,
        ) {
            let less = Keeping {
                customers, profit_minor: profit, kept_now: now, kept_then: now, years, brought: 0.25,
                win_minor: None, ratio, monthly_discount: discount,
            };
            let more = Keeping { kept_then: now + (1.0 - now) * up, ..less }.reckon();
            prop_assert!(more.net_minor >= less.reckon().net_minor - 1e-6 && more.net_minor.is_finite());
        }
    }
}
