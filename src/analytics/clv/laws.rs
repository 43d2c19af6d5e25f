//! Laws of the models under any input, and their parameters found again in data drawn from them.

use proptest::prelude::*;

use super::*;
use crate::domain::WorthSettings;

/// Gauss' hypergeometric function from its series, for small arguments only.
fn hypergeometric(a: f64, b: f64, c: f64, z: f64) -> f64 {
    let (mut sum, mut term) = (1.0, 1.0);
    for i in 0..3_000 {
        let i = f64::from(i);
        term *= (a + i) * (b + i) / ((c + i) * (i + 1.0)) * z;
        sum += term;
    }
    sum
}

/// Equation 10 of Fader, Hardie & Lee (2005) as printed, for a customer who is alive.
fn as_printed(m: &BgNbd, x: f64, age: f64, t: f64) -> f64 {
    let BgNbd { r, alpha, a, b } = *m;
    let z = t / (alpha + age + t);
    let power = ((alpha + age) / (alpha + age + t)).powf(r + x);
    (a + b + x - 1.0) / (a - 1.0) * (1.0 - power * hypergeometric(r + x, b + x, a + b + x - 1.0, z))
}

fn models() -> impl Strategy<Value = BgNbd> {
    let log = |low: f64, high: f64| (low..high).prop_map(f64::exp);
    (log(-7.0, 7.0), log(-4.0, 11.0), log(-7.0, 7.0), log(-7.0, 8.0)).prop_map(|(r, alpha, a, b)| BgNbd {
        r,
        alpha,
        a,
        b,
    })
}

fn records() -> impl Strategy<Value = Purchases> {
    (0u32..40_000, 0u32..40_000, 0u32..40_000).prop_map(|(a, b, c)| {
        let (last_days, age_days) = (a.min(b), a.max(b));
        let repeats = if last_days == 0 { 0 } else { c % last_days + 1 };
        Purchases { repeats, last_days: if repeats == 0 { 0 } else { last_days }, age_days }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_sum_is_the_printed_formula(
        r in 0.1f64..4.0, alpha in 1.0f64..20.0, a in 0.1f64..4.0, b in 1.0f64..9.0, x in 0u32..30, age in 0.0f64..60.0,
        t in 0.1f64..60.0,
    ) {
        prop_assume!((a - 1.0).abs() > 0.05);
        let model = BgNbd { r, alpha, a, b };
        let (want, got) = (as_printed(&model, f64::from(x), age, t), model.purchases_if_alive(x, age, t).mean);
        prop_assert!((got - want).abs() <= 1e-7 * want.abs().max(1.0), "{} ≠ {}", got, want);
    }

    #[test]
    fn expectations_are_finite_and_grow_with_the_horizon(model in models(), p in records(), weeks in 0.0f64..600.0) {
        let alive = model.p_alive(&p);
        prop_assert!((0.0..=1.0).contains(&alive), "{}", alive);
        let age = f64::from(p.age_days) / WEEK_DAYS;
        let near = model.purchases_if_alive(p.repeats, age, weeks);
        let far = model.purchases_if_alive(p.repeats, age, weeks * 1.5);
        prop_assert!(near.mean.is_finite() && near.mean >= 0.0 && near.mean_square.is_finite());
        prop_assert!(far.mean >= near.mean * (1.0 - 1e-6), "{} {}", near.mean, far.mean);
        // No one buys more than someone who never leaves.
        let most = (model.r + f64::from(p.repeats)) * weeks / (model.alpha + age);
        prop_assert!(near.mean <= most * (1.0 + 1e-9), "{} {}", near.mean, most);
        prop_assert!(near.mean_square >= near.mean * near.mean * (1.0 - 1e-6));
    }

    #[test]
    fn longer_silence_never_makes_alive_likelier(model in models(), p in records(), more in 0u32..5_000) {
        let later = Purchases { age_days: p.age_days + more, ..p };
        prop_assert!(model.p_alive(&later) <= model.p_alive(&p) + 1e-12);
    }

    #[test]
    fn any_customers_give_a_fit_or_none(mut records in prop::collection::vec(records(), 0..12), alike in 0usize..3) {
        if alike > 0 && let Some(first) = records.first().copied() {
            records = vec![first; alike * 50];
        }
        let spends = records.iter().map(|p| Spend { purchases: p.repeats, mean: f64::from(p.last_days % 7) * 1e10 });
        if let Some(fit) = GammaGamma::fit(spends) {
            prop_assert!(fit.log_likelihood.is_finite());
            let spend = SpendModel::new(Some(&fit), MeanPurchase { mean: 1.0, error: 0.1 });
            let one = spend.expected(&Spend { purchases: 3, mean: 5.0 });
            prop_assert!(one.is_finite() && one >= 0.0, "{:?}", fit);
        }
        let Some(fit) = BgNbd::fit(records.iter().copied()) else {
            prop_assert!(records.is_empty());
            return Ok(());
        };
        prop_assert!(fit.log_likelihood.is_finite(), "{:?}", fit);
        let spend = SpendModel::OwnMean(MeanPurchase { mean: 10.0, error: 1.0 });
        let mut valuer = Valuer::new(fit.model, spend, 12, 0.01);
        let member = |p: &Purchases| Member {
            purchases: *p, spend: Spend { purchases: p.repeats, mean: 3.0 }, margin: 0.5, charged: 1.0,
        };
        let members: Vec<Member> = records.iter().map(member).collect();
        let worths: Vec<CustomerWorth> = members.iter().map(|m| valuer.value(m)).collect();
        let equity = equity(&members, &worths, &fit, &spend, 12);
        let (low, high) = equity.interval();
        prop_assert!(equity.total.is_finite() && low <= equity.total && equity.total <= high, "{:?}", equity);
    }

    #[test]
    fn any_days_are_judged(
        customers in prop::collection::vec(prop::collection::vec(-40_000i32..80_000, 0..6), 0..20), until in -40_000i32..80_000,
    ) {
        let mut days = PurchaseDays::default();
        for mut one in customers {
            one.sort_unstable();
            days.push(one.into_iter());
        }
        let lenient = WorthSettings { min_customers: 0, min_repeaters: 0, min_weeks: 0, ..WorthSettings::default() };
        let judged = judge(&days, until, &lenient);
        prop_assert!(judged.fit.is_some() || judged.misfit.is_some());
        if let Some(hold_out) = judged.hold_out {
            prop_assert!(hold_out.expected.is_finite() && hold_out.steps.iter().all(|s| s.expected.is_finite()));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn the_order_of_customers_does_not_matter(mut records in prop::collection::vec(records(), 2..30)) {
        let fit = BgNbd::fit(records.iter().copied());
        records.reverse();
        prop_assert_eq!(fit, BgNbd::fit(records.iter().copied()));
    }
}

/// A generator with a fixed seed (splitmix64), so that a failure repeats.
struct Dice(u64);

impl Dice {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (((z ^ (z >> 31)) >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }

    fn exponential(&mut self) -> f64 {
        -self.uniform().ln()
    }

    /// Whole shapes only: a sum of exponentials.
    fn gamma(&mut self, shape: u32) -> f64 {
        (0..shape).map(|_| self.exponential()).sum()
    }

    fn beta(&mut self, a: u32, b: u32) -> f64 {
        let (x, y) = (self.gamma(a), self.gamma(b));
        x / (x + y)
    }
}

/// Purchase days of a customer drawn from BG/NBD with `r = 1`, `α = 8` weeks, `a = 1`, `b = 4`.
fn drawn(dice: &mut Dice, first: i32, until: i32) -> Vec<i32> {
    let (rate, leave) = (dice.gamma(1) / 8.0, dice.beta(1, 4));
    let mut days = vec![first];
    let mut at = f64::from(first);
    loop {
        at += dice.exponential() / rate * WEEK_DAYS;
        if at > f64::from(until) {
            return days;
        }
        days.push(at.ceil() as i32);
        if dice.uniform() < leave {
            return days;
        }
    }
}

#[test]
fn parameters_come_back_within_their_errors() {
    let mut dice = Dice(7);
    let mut days = PurchaseDays::default();
    for i in 0..6_000 {
        days.push(drawn(&mut dice, i % 200, 700).into_iter());
    }
    let judged = judge(&days, 700, &WorthSettings::default());
    assert_eq!(judged.misfit, None);
    let fit = judged.fit.unwrap();
    for ((got, error), want) in
        fit.model.parameters().iter().zip(fit.standard_errors.unwrap()).zip([1.0, 8.0, 1.0, 4.0])
    {
        assert!((got - want).abs() < 3.0 * error, "{got} ± {error} ≠ {want}");
    }
    let hold_out = judged.hold_out.unwrap();
    assert!(hold_out.off.unwrap().abs() < 0.05, "{:?}", hold_out.off);
    assert!(hold_out.mape.unwrap() < 0.03, "{:?}", hold_out.mape);
    assert_eq!(hold_out.steps.last().map(|s| s.day), Some(700));
}

/// Amounts drawn from gamma-gamma with `p = 4`, `q = 3`, `v = 20`: mean 40.
#[test]
fn amounts_come_back_within_their_errors() {
    let mut dice = Dice(11);
    let spends = (0..5_000).map(|i| {
        let scale = 20.0 / dice.gamma(3);
        let n = 1 + i % 6;
        let sum: f64 = (0..n).map(|_| dice.gamma(4) * scale).sum();
        Spend { purchases: n, mean: sum / f64::from(n) }
    });
    let fit = GammaGamma::fit(spends.collect::<Vec<_>>().into_iter()).unwrap();
    for ((got, error), want) in fit.model.parameters().iter().zip(fit.standard_errors.unwrap()).zip([4.0, 3.0, 20.0]) {
        assert!((got - want).abs() < 3.0 * error, "{got} ± {error} ≠ {want}");
    }
}

/// In many businesses drawn from the models, the 95 % interval of the equity holds the profit that really came, and the parameters
/// scatter around the true ones as widely as their standard errors say. Who knows less of the amounts, because their model has no
/// covariance or there is none, says at most that.
#[test]
fn intervals_and_errors_are_as_wide_as_they_should_be() {
    let mut dice = Dice(3);
    let (mut held, mut held_by_means, mut spread, runs) = (0, 0, [0.0; 4], 40);
    for _ in 0..runs {
        let (mut members, mut charged, mut came) = (Vec::new(), Vec::new(), 0.0);
        for i in 0..400 {
            let days = drawn(&mut dice, i % 200, 500 + 365);
            // Amounts by gamma-gamma with p = 4, q = 3, v = 20.
            let scale = 20.0 / dice.gamma(3);
            let amounts: Vec<f64> = days.iter().map(|_| dice.gamma(4) * scale).collect();
            let so_far = days.partition_point(|d| *d <= 500);
            came += amounts[so_far..].iter().sum::<f64>() * 0.5;
            charged.push((amounts[..so_far].iter().sum::<f64>(), so_far as f64));
            let purchases = Purchases::new(&days, 500).unwrap();
            let repeats = amounts[1..so_far].iter().sum::<f64>();
            let spend = Spend { purchases: (so_far - 1) as u32, mean: repeats / (so_far - 1).max(1) as f64 };
            members.push(Member { purchases, spend, margin: 0.5, charged: 1.0 });
        }
        let fit = BgNbd::fit(members.iter().map(|m| m.purchases)).unwrap();
        let amounts = GammaGamma::fit(members.iter().map(|m| m.spend));
        let typical = MeanPurchase::new(charged.into_iter());
        assert!((typical.mean - 40.0).abs() < 6.0 * typical.error, "{typical:?}");
        let interval = |amounts: Option<&GammaGammaFit>| {
            let spend = SpendModel::new(amounts, typical);
            let mut valuer = Valuer::new(fit.model, spend, 12, 0.0);
            let worths: Vec<CustomerWorth> = members.iter().map(|m| valuer.value(m)).collect();
            let all = equity(&members, &worths, &fit, &spend, 12);
            (all.interval(), all.parameter_error)
        };
        let ((low, high), _) = interval(amounts.as_ref());
        held += i32::from(low <= came && came <= high);
        let unsure = amounts.map(|a| GammaGammaFit { covariance: None, ..a });
        let by_means = interval(unsure.as_ref());
        assert_eq!(by_means, interval(None));
        let ((less, more), _) = by_means;
        let times = (more - less) / (high - low);
        assert!((1.0..4.0).contains(&times), "{less} to {more}, {low} to {high}");
        held_by_means += i32::from(less <= came && came <= more);
        for (i, truth) in [1.0f64, 8.0, 1.0, 4.0].into_iter().enumerate() {
            let off = (fit.model.parameters()[i] / truth).ln();
            spread[i] += off * off / fit.covariance.unwrap()[i][i] / f64::from(runs);
        }
    }
    // 38 of 40 expected, and a mean square of 1.
    assert!(held >= 35 && held_by_means >= 35, "{held} and {held_by_means} of {runs}");
    assert!(spread.iter().all(|s| (0.5..1.8).contains(s)), "{spread:?}");
}

/// How many of `n` members, who each leave at a renewal with a chance drawn from beta with `α = 1`, `β = 4`, are there after each.
fn survivors(dice: &mut Dice, n: u32, renewals: usize) -> Vec<f64> {
    let mut there = vec![0.0; renewals + 1];
    for _ in 0..n {
        let leave = dice.beta(1, 4);
        for count in &mut there {
            *count += 1.0;
            if dice.uniform() < leave {
                break;
            }
        }
    }
    there
}

/// α and β come back within their standard errors, which are as wide as the parameters scatter; what is foretold likewise.
#[test]
fn retention_comes_back_within_its_errors() {
    let truth = ShiftedBetaGeometric { alpha: 1.0, beta: 4.0 };
    let mut dice = Dice(17);
    let runs = 60;
    let (mut spread, mut foretold) = ([0.0; 2], 0.0);
    for _ in 0..runs {
        let fit = ShiftedBetaGeometric::fit(&survivors(&mut dice, 2_000, 7)).unwrap();
        assert_eq!(fit.convergence, Convergence::Converged);
        let pairs = [(fit.model.alpha, truth.alpha), (fit.model.beta, truth.beta)];
        for (i, ((got, want), error)) in pairs.into_iter().zip(fit.standard_errors.unwrap()).enumerate() {
            assert!((got - want).abs() < 4.0 * error, "{got} ± {error} ≠ {want}");
            spread[i] += (got / want).ln().powi(2) / fit.covariance.unwrap()[i][i] / f64::from(runs);
        }
        let share = |m: &ShiftedBetaGeometric| m.survival(15);
        foretold += ((share(&fit.model) - share(&truth)) / fit.error_of(share).unwrap()).powi(2) / f64::from(runs);
    }
    assert!(spread.iter().chain([&foretold]).all(|s| (0.6..1.5).contains(s)), "{spread:?} {foretold}");
    // A larger cohort is known better.
    let fits = [200, 2_000, 20_000].map(|n| ShiftedBetaGeometric::fit(&survivors(&mut dice, n, 7)).unwrap());
    let errors = fits.map(|f| f.error_of(|m| m.survival(15)).unwrap());
    assert!(errors[0] > 2.0 * errors[1] && errors[1] > 2.0 * errors[2], "{errors:?}");
}

/// The error of the mean purchase is part of the interval: the fewer customers it rests on, the wider.
#[test]
fn an_unsure_mean_purchase_widens_the_interval() {
    let mut dice = Dice(13);
    let members: Vec<Member> = (0..400)
        .map(|i| {
            let purchases = Purchases::new(&drawn(&mut dice, i % 200, 500), 500).unwrap();
            Member {
                purchases,
                spend: Spend { purchases: purchases.repeats.min(2), mean: 40.0 },
                margin: 0.5,
                charged: 1.0,
            }
        })
        .collect();
    let fit = BgNbd::fit(members.iter().map(|m| m.purchases)).unwrap();
    let width = |error: f64| {
        let spend = SpendModel::OwnMean(MeanPurchase { mean: 40.0, error });
        let mut valuer = Valuer::new(fit.model, spend, 12, 0.0);
        let worths: Vec<CustomerWorth> = members.iter().map(|m| valuer.value(m)).collect();
        let (low, high) = equity(&members, &worths, &fit, &spend, 12).interval();
        high - low
    };
    let widths = [0.0, 1.0, 4.0, 16.0].map(width);
    assert!(widths.is_sorted() && widths[3] > widths[0] * 1.4, "{widths:?}");
}

#[test]
fn every_misfit_is_told() {
    let settings = WorthSettings::default();
    let each = |n: i32, make: &dyn Fn(i32) -> Vec<i32>| {
        let mut days = PurchaseDays::default();
        (0..n).for_each(|i| days.push(make(i).into_iter()));
        days
    };
    let told = |days: &PurchaseDays| judge(days, 720, &settings).misfit;
    assert_eq!(told(&PurchaseDays::default()), Some(Misfit::TooFewCustomers { n: 0, least: 100 }));
    assert_eq!(told(&each(200, &|i| vec![i])), Some(Misfit::TooFewRepeaters { n: 0, least: 30 }));
    assert_eq!(told(&each(200, &|i| vec![700, 701 + i % 9])), Some(Misfit::TooShort { weeks: 2, least: 13 }));
    let monthly = each(200, &|i| (0..12).map(|m| i + m * 30 + (i + m) % 2).collect());
    assert!(matches!(told(&monthly), Some(Misfit::Regular { spread_bp: 0..500, .. })), "{:?}", told(&monthly));
    let twins = each(200, &|_| vec![0, 10, 40, 300]);
    assert_eq!(told(&twins), Some(Misfit::Alike { kinds: 1, least: 5 }));
    // Everybody stops buying half a year before the end.
    let broken = each(400, &|i| vec![i, i + 9 + i % 50, i + 90 + i % 70]);
    assert!(matches!(told(&broken), Some(Misfit::HoldOut { .. } | Misfit::Regular { .. })), "{:?}", told(&broken));
    // Three years in which nearly all is bought in December.
    let mut dice = Dice(5);
    let mut winter = PurchaseDays::default();
    for i in 0..400 {
        let december = [334, 699, 1064].map(|d| d + (dice.uniform() * 28.0) as i32);
        winter.push([i % 30].into_iter().chain(december).chain((dice.uniform() < 0.3).then_some(1_080)));
    }
    let fit = judge(&winter, 1_110, &WorthSettings { min_spread_bp: 0, ..settings }).misfit;
    assert!(matches!(fit, Some(Misfit::Seasonal { month: 12, .. })), "{fit:?}");
    // Two whole years are needed: from February 1970 to the end of January 1972.
    let first_of_february = 31;
    for (first, until, known) in [(30, 761, true), (first_of_february, 761, false), (30, 760, false)] {
        assert_eq!(season_known(&each(1, &|_| vec![first]), until), known, "{first} {until}");
    }
    assert!(!season_known(&PurchaseDays::default(), 720));
}
