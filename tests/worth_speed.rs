//! How long the models of customer value take. In a browser: `cargo xtask bench`.
//! `cargo test --release --test worth_speed -- --ignored --nocapture`

use std::time::Instant;

use kith::analytics::{
    BgNbd, GammaGamma, MeanPurchase, Member, PurchaseDays, Purchases, Spend, SpendModel, Valuer, equity, judge,
};
use kith::domain::WorthSettings;

const CDNOW: &str = include_str!("reference/cdnow.csv");

fn cdnow(times: usize) -> Vec<(Purchases, Spend)> {
    let mut all = Vec::new();
    for line in CDNOW.lines().skip(1) {
        let cells: Vec<u32> = line.split(',').filter_map(|cell| cell.parse().ok()).collect();
        let [repeats, last_days, age_days, cents, n] = cells[..] else { continue };
        let purchases = Purchases { repeats, last_days, age_days };
        let spend = Spend { purchases: repeats, mean: f64::from(cents) / 100.0 };
        all.extend(std::iter::repeat_n((purchases, spend), n as usize * times));
    }
    all
}

fn timed<T>(what: &str, make: impl Fn() -> T) -> T {
    let mut best = f64::INFINITY;
    for _ in 0..5 {
        let start = Instant::now();
        std::hint::black_box(make());
        best = best.min(start.elapsed().as_secs_f64());
    }
    println!("{what:<40} {:>8.1} ms", best * 1_000.0);
    make()
}

fn fit_and_value(what: &str, all: &[(Purchases, Spend)]) {
    let fit = timed(&format!("{what}: BG/NBD"), || BgNbd::fit(all.iter().map(|c| c.0)));
    let amounts = timed(&format!("{what}: gamma-gamma"), || GammaGamma::fit(all.iter().map(|c| c.1)));
    let (Some(fit), Some(amounts)) = (fit, amounts) else { return };
    let spend = SpendModel::new(Some(&amounts), MeanPurchase { mean: 30.0, error: 0.3 });
    let members: Vec<Member> =
        all.iter().map(|&(purchases, spend)| Member { purchases, spend, margin: 0.3, charged: 1.0 }).collect();
    let worths = timed(&format!("{what}: values over 12 months"), || {
        let mut valuer = Valuer::new(fit.model, spend, 12, 0.01);
        members.iter().map(|m| valuer.value(m)).collect::<Vec<_>>()
    });
    timed(&format!("{what}: equity"), || equity(&members, &worths, &fit, &spend, 12));
}

/// Purchase days of 100,000 customers over two years, ten purchases each on average, no two histories alike.
fn many() -> PurchaseDays {
    let mut seed = 1u64;
    let mut random = move || {
        seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        ((z ^ (z >> 27)) >> 11) as f64 / (1u64 << 53) as f64
    };
    let mut days = PurchaseDays::default();
    for _ in 0..100_000 {
        let gap = 5.0 + random() * 120.0;
        let leave = random() * random() * 0.3;
        let mut at = random() * 700.0;
        let mut own = vec![at as i32];
        while random() > leave {
            at -= random().max(1e-9).ln() * gap;
            if at > 730.0 {
                break;
            }
            own.push(at as i32);
        }
        days.push(own.into_iter());
    }
    days
}

#[test]
#[ignore = "slow, for figures"]
fn models_of_customer_value() {
    fit_and_value("2,357 customers", &cdnow(1));
    fit_and_value("23,570 customers", &cdnow(10));
    let days = many();
    let all: Vec<(Purchases, Spend)> = (1u32..)
        .zip(days.iter())
        .filter_map(|(i, d)| {
            let purchases = Purchases::new(d, 730)?;
            let mean = 10.0 + f64::from(i.wrapping_mul(2_654_435_761) % 10_000) / 100.0;
            Some((purchases, Spend { purchases: purchases.repeats, mean }))
        })
        .collect();
    fit_and_value("100,000 customers", &all);
    let judged = timed("100,000 customers: fit and hold-out", || judge(&days, 730, &WorthSettings::default()));
    println!("{:?} {:?}", judged.misfit, judged.fit.map(|f| (f.model, f.convergence)));
    println!("{:?}", judged.hold_out.map(|h| (h.off, h.mape)));
}
