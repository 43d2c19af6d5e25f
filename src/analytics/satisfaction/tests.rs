use super::*;
use proptest::prelude::*;

fn near(got: f64, want: f64, within: f64) {
    assert!((got - want).abs() <= within, "{got} ≠ {want}");
}

#[test]
fn recommendation_worked_by_hand() {
    // (6 − 7) ÷ 17; (18 − 2) ÷ 31 with √((20/31 − (16/31)²) ÷ 31); all promoters.
    for ((p, s, d), want, error) in
        [((6, 4, 7), -5.9, 21.16), ((18, 11, 2), 51.6, 11.05), ((10, 0, 0), 100.0, 0.0), ((0, 0, 5), -100.0, 0.0)]
    {
        let nps = nps(p, s, d).unwrap();
        near(nps.estimate.value, want, 0.05);
        near(nps.standard_error, error, 0.005);
        assert!(nps.estimate.low <= nps.estimate.value && nps.estimate.value <= nps.estimate.high);
        assert!(nps.estimate.high - nps.estimate.low > 5.0, "no width: {nps:?}");
    }
    // By hand: p̃ = 11/12, d̃ = 1/12, 10/12 ± 1.96 √((1 − 100/144) ÷ 12).
    near(nps(10, 0, 0).unwrap().estimate.low, 52.058, 0.001);
    assert_eq!(nps(0, 0, 0), None);
}

#[test]
fn detractors_include_nought() {
    let classes: Vec<NpsClass> = (0..=10).map(NpsClass::of).collect();
    use NpsClass::*;
    assert_eq!(classes, [[Detractor; 7].as_slice(), &[Passive; 2], &[Promoter; 2]].concat());
}

#[test]
fn the_gap_has_three_states() {
    let gap = |expectation, experience| {
        Scores { expectation: Some(expectation), experience: Some(experience), ..Scores::default() }.gap()
    };
    assert_eq!([gap(8, 5), gap(7, 7), gap(0, 10), gap(10, 0)], [Some(-3), Some(0), Some(10), Some(-10)]);
    assert_eq!([-3, 0, 10].map(Mood::of_gap), [Mood::Unhappy, Mood::Satisfied, Mood::Delighted]);
    assert_eq!(Scores { experience: Some(3), ..Scores::default() }.gap(), None);
}

fn tally(answers: &[(u8, u8, i64)]) -> VoiceTally {
    let mut tally = VoiceTally::default();
    for &(expectation, experience, age) in answers {
        tally.add(
            Scores { expectation: Some(expectation), experience: Some(experience), ..Scores::default() },
            age,
            100,
        );
    }
    tally
}

#[test]
fn newer_answers_weigh_more() {
    // Gap 4 today and −4 one half-life ago: (4 − 2) ÷ 1.5.
    let tally = tally(&[(3, 7, 0), (7, 3, 100)]);
    near(tally.weighted_gap().unwrap().value, 4.0 / 3.0, 1e-12);
    near(tally.gap().unwrap().value, 0.0, 1e-12);
    assert_eq!(tally.moods(), [1, 0, 1]);
    near(recency_weight(-5, 100), 1.0, 0.0);
}

#[test]
fn the_trend_is_the_slope_per_month() {
    // 90, 60, 30 and 0 days ago, better by one each month: exactly 1.
    let rising = tally(&[(5, 5, 90), (5, 6, 60), (5, 7, 30), (5, 8, 0)]);
    let trend = rising.trend().unwrap();
    near(trend.value, 1.0, 1e-9);
    assert!(trend.low > 0.0 && trend.low < 1.0 && trend.high > 1.0, "{trend:?}");
    assert_eq!(tally(&[(5, 5, 0), (5, 6, 0), (5, 7, 0)]).trend(), None, "one day");
    assert_eq!(tally(&[(5, 5, 9), (5, 6, 0)]).trend(), None, "two answers");
}

#[test]
fn satisfaction_shares_and_means() {
    let mut tally = VoiceTally::default();
    for csat in [1, 2, 3, 4, 4, 5, 5, 5, 5, 4] {
        tally.add(Scores { csat: Some(csat), ..Scores::default() }, 0, 100);
    }
    let top = tally.csat_top2().unwrap();
    near(top.value, 0.7, 1e-12);
    // Wilson's interval of 7 of 10, as printed in Brown, Cai & DasGupta (2001) style tables: 0.397–0.892.
    near(top.low, 0.3968, 5e-4);
    near(top.high, 0.8922, 5e-4);
    near(tally.csat_mean().unwrap().value, 3.8, 1e-12);
    assert_eq!((tally.answers, tally.with_gap(), tally.gap(), tally.nps()), (10, 0, None, None));
    let all = share_estimate(4, 4).unwrap();
    assert!(all.low < 0.6 && all.high >= 1.0, "{all:?}");
}

#[test]
fn the_same_answer_ten_times_is_not_certainty() {
    let gap = tally(&[(8, 8, 0); 10]).gap().unwrap();
    assert!(gap.low < -0.1 && gap.high > 0.1, "{gap:?}");
    let one = tally(&[(8, 8, 0)]).gap().unwrap();
    assert_eq!((one.low, one.high), (-10.0, 10.0));
}

/// The share of seeded samples whose interval holds the truth.
fn coverage(n: u64, p: f64, d: f64) -> f64 {
    let mut state = 0x5eed_0001u64;
    let mut uniform = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    };
    let rounds = 4_000;
    let mut held = 0;
    for _ in 0..rounds {
        let mut counts = [0; 3];
        for _ in 0..n {
            let u = uniform();
            counts[if u < p {
                0
            } else if u < p + d {
                2
            } else {
                1
            }] += 1;
        }
        let estimate = nps(counts[0], counts[1], counts[2]).unwrap().estimate;
        held += i32::from((estimate.low..=estimate.high).contains(&(100.0 * (p - d))));
    }
    f64::from(held) / f64::from(rounds)
}

#[test]
fn intervals_cover_as_often_as_they_say() {
    for n in [5, 10, 20, 50, 200] {
        for (p, d) in [(0.5, 0.2), (0.33, 0.33), (0.9, 0.05), (0.97, 0.01), (0.1, 0.6), (0.02, 0.02)] {
            let share = coverage(n, p, d);
            assert!(share >= 0.925, "n {n}, p {p}, d {d}: {share}");
        }
    }
}

proptest! {
    #[test]
    fn figures_stay_on_their_scales(
        answers in prop::collection::vec((0u8..=10, 0u8..=10, 0u8..=10, 1u8..=5, -900i64..9_000), 0..60), half in 1i64..900,
    ) {
        let mut tally = VoiceTally::default();
        for &(expectation, experience, nps, csat, age) in &answers {
            let scores = Scores {
                expectation: Some(expectation), experience: Some(experience), nps: Some(nps), csat: Some(csat),
            };
            tally.add(scores, age, half);
        }
        let scales = [
            (tally.gap(), -10.0, 10.0),
            (tally.weighted_gap(), -10.0, 10.0),
            (tally.nps().map(|n| n.estimate), -100.0, 100.0),
            (tally.csat_top2(), 0.0, 1.0),
            (tally.csat_mean(), 1.0, 5.0),
        ];
        for (estimate, low, high) in scales {
            prop_assert_eq!(estimate.is_some(), !answers.is_empty());
            if let Some(e) = estimate {
                prop_assert!(low <= e.low && e.low <= e.value && e.value <= e.high && e.high <= high, "{:?}", e);
                prop_assert!(e.high - e.low > 1e-6, "no width: {:?}", e);
                prop_assert_eq!(e.n, answers.len() as u64);
            }
        }
        prop_assert!(tally.trend().is_none_or(|t| t.low <= t.value && t.value <= t.high));
        prop_assert_eq!(tally.moods().iter().sum::<u64>(), tally.with_gap());
    }

    #[test]
    fn the_score_turns_round_with_its_classes(p in 0u64..900, s in 0u64..900, d in 0u64..900) {
        let (Some(a), Some(b)) = (nps(p, s, d), nps(d, s, p)) else { return Ok(()) };
        prop_assert!((a.estimate.value + b.estimate.value).abs() < 1e-9);
        prop_assert!((a.estimate.low + b.estimate.high).abs() < 1e-9);
        prop_assert!((a.standard_error - b.standard_error).abs() < 1e-9);
    }
}
