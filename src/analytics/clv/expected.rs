//! How many purchases are to be expected from BG/NBD, with their second moment.
//!
//! The papers give the expectation with Gauss' hypergeometric function (Fader, Hardie & Lee 2005, equations 9 and 10), as a
//! difference of large numbers with a pole at `a = 1`. Here the same quantity is summed as what it stands for: with `N` the purchases
//! a customer would make in `t` if they never left (negative binomial), and `q` the chance to stay after each,
//!
//! `E[Y] = Σ_{i ≥ 0} E[qⁱ] · P(N > i)`
//!
//! since purchase `i + 1` happens where the customer wants it and has stayed `i` times. Every term is positive and at most 1,
//! so nothing cancels, wherever the parameters lie.

use serde::{Deserialize, Serialize};
use statrs::function::gamma::ln_gamma;

use super::{BgNbd, Purchases, WEEK_DAYS};

/// Expected purchases and their expected square.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Moments {
    pub mean: f64,
    pub mean_square: f64,
}

/// Terms at most: beyond, a horizon is tens of thousands of times the time seen so far.
const MOST_TERMS: u32 = 400_000;
/// A rest this small against the sum is left out.
const PRECISION: f64 = 1e-12;
/// Below this logarithm a probability is not a normal number.
const SMALLEST_LN: f64 = -690.0;
/// Standard deviations below the mean under which `P(N > i)` is 1 to the last digit.
const SURE_SIGMAS: f64 = 12.0;

impl BgNbd {
    /// Purchases within `weeks` from now of a customer who is alive now, with `repeats` in `age_weeks` so far.
    #[must_use]
    pub fn purchases_if_alive(&self, repeats: u32, age_weeks: f64, weeks: f64) -> Moments {
        let size = self.r + f64::from(repeats);
        let (base, stay) = (self.alpha + age_weeks.max(0.0), self.b + f64::from(repeats));
        let odds = weeks.max(0.0) / base;
        if odds.is_nan() || odds <= 0.0 || odds.is_infinite() {
            return Moments::default();
        }
        sum(&Would { size, z: odds / (1.0 + odds), ln_none: -size * odds.ln_1p(), odds }, self.a, stay)
    }

    /// Purchases expected within `weeks` from now, given what the customer did so far (equation 10 of the paper).
    #[must_use]
    pub fn expected_purchases(&self, of: &Purchases, weeks: f64) -> f64 {
        let age_weeks = f64::from(of.age_days) / WEEK_DAYS;
        self.p_alive(of) * self.purchases_if_alive(of.repeats, age_weeks, weeks).mean
    }

    /// Repeat purchases of an unknown customer in the first `weeks` after the first purchase, `E[X(t)]` (equation 9).
    #[must_use]
    pub fn purchases_of_anyone(&self, weeks: f64) -> f64 {
        self.purchases_if_alive(0, 0.0, weeks).mean
    }
}

/// The purchases that a customer would make: negative binomial, `P(N = i) = Γ(A+i) ÷ (Γ(A) i!) · (1−z)ᴬ zⁱ`.
struct Would {
    /// `A`.
    size: f64,
    z: f64,
    /// `ln P(N = 0)`.
    ln_none: f64,
    /// `z ÷ (1 − z)`.
    odds: f64,
}

impl Would {
    fn ln_p(&self, i: f64) -> f64 {
        if i == 0.0 {
            return self.ln_none;
        }
        ln_gamma(self.size + i) - ln_gamma(self.size) - ln_gamma(i + 1.0) + self.ln_none + i * self.z.ln()
    }

    /// The first place where `P(N > i)` differs from 1.
    fn first_unsure(&self) -> f64 {
        let mean = self.size * self.odds;
        let sigma = (mean * (1.0 + self.odds)).sqrt();
        (mean - SURE_SIGMAS * sigma).floor().max(0.0)
    }
}

fn sum(would: &Would, leave: f64, stay: f64) -> Moments {
    let mut moments = Moments::default();
    let mut add = |i: f64, term: f64| {
        moments.mean += term;
        moments.mean_square += (2.0 * i + 1.0) * term;
        moments.mean
    };
    let mut stayed = 1.0;
    let next_stayed = |stayed: f64, i: f64| stayed * (stay + i) / (leave + stay + i);
    let mut i = 0.0;
    let begin = would.first_unsure().min(f64::from(MOST_TERMS));
    while i < begin {
        add(i, stayed);
        stayed = next_stayed(stayed, i);
        i += 1.0;
    }
    let mut ln_p = would.ln_p(i);
    // While the probability is too small for a number, its logarithm is carried.
    let mut p = if ln_p > SMALLEST_LN { ln_p.exp() } else { 0.0 };
    let mut more = if i == 0.0 { -would.ln_none.exp_m1() } else { 1.0 - p };
    for _ in 0..MOST_TERMS {
        let so_far = add(i, stayed * more);
        let ratio = would.z * (would.size + i) / (i + 1.0);
        if ratio < 1.0 && stayed * more <= PRECISION * so_far * (1.0 - ratio) {
            break;
        }
        if p > 0.0 {
            p *= ratio;
        } else {
            ln_p += ratio.ln();
            p = if ln_p > SMALLEST_LN { ln_p.exp() } else { 0.0 };
        }
        more = (more - p).max(0.0);
        stayed = next_stayed(stayed, i);
        i += 1.0;
    }
    moments
}
