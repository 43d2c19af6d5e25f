//! Bands between two columns of places: how many went from each place of the left one to each of the right one.

use crate::engine::api::Flow;

/// Px between two places, and the least height of one, which has two lines of words.
const GAP: f64 = 10.0;
const LEAST: f64 = 34.0;

/// A place in one of the columns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// Place in the list of places.
    pub place: usize,
    pub value: u64,
    /// Middle of the room that it has, px.
    pub middle: f64,
    /// Its bar, px.
    pub top: f64,
    pub height: f64,
}

/// The way of some from left to right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// Place in the list of flows.
    pub flow: usize,
    /// Upper edges, px.
    pub left: f64,
    pub right: f64,
    pub thick: f64,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bands {
    pub left: Vec<Spot>,
    pub right: Vec<Spot>,
    /// One per flow, in its order.
    pub bands: Vec<Band>,
}

/// How high a picture of so many places should be, px.
#[must_use]
pub fn height_for(places: usize) -> f64 {
    (places as f64 * 72.0).clamp(260.0, 900.0)
}

/// Lays `flows` (from, to, how many) out in `height` px. `shown` says for each place whether it stands left and right.
#[must_use]
pub fn lay(shown: &[(bool, bool)], flows: &[(usize, usize, u64)], height: f64) -> Bands {
    let column = |side: fn(&(bool, bool)) -> bool, end: fn(&(usize, usize, u64)) -> usize| -> Vec<(usize, u64)> {
        let sum = |place: usize| flows.iter().filter(|f| end(f) == place).map(|f| f.2).sum();
        shown.iter().enumerate().filter(|(_, s)| side(s)).map(|(place, _)| (place, sum(place))).collect()
    };
    let left = column(|s| s.0, |f| f.0);
    let right = column(|s| s.1, |f| f.1);
    // One scale for both sides, so that a band is as thick at both ends.
    let scale = scale_of(&left, height).min(scale_of(&right, height));
    let (left, right) = (spots(&left, scale, height), spots(&right, scale, height));
    let mut used_right: Vec<f64> = right.iter().map(|s| s.top).collect();
    let mut used_left: Vec<f64> = left.iter().map(|s| s.top).collect();
    let at = |spots: &[Spot], place: usize| spots.iter().position(|s| s.place == place);
    let take = |used: &mut Vec<f64>, spot: Option<usize>, thick: f64| {
        let Some(top) = spot.and_then(|i| used.get_mut(i)) else { return 0.0 };
        let from = *top;
        *top += thick;
        from
    };
    // Flows come in the order of `from`, then `to`: so bands leave and arrive in order and cross no more than they must.
    let band = |(flow, &(from, to, n)): (usize, &(usize, usize, u64))| {
        let thick = n as f64 * scale;
        let (left, right) =
            (take(&mut used_left, at(&left, from), thick), take(&mut used_right, at(&right, to), thick));
        Band { flow, left, right, thick }
    };
    let bands = flows.iter().enumerate().map(band).collect();
    Bands { left, right, bands }
}

/// Px per customer at which the column fills `height`, where small places take the least height.
fn scale_of(column: &[(usize, u64)], height: f64) -> f64 {
    let room = height - GAP * column.len().saturating_sub(1) as f64;
    let mut values: Vec<f64> = column.iter().map(|(_, n)| *n as f64).collect();
    values.sort_by(f64::total_cmp);
    let mut sum: f64 = values.iter().sum();
    let mut left = room;
    for value in values {
        if sum <= 0.0 || left <= 0.0 {
            return 0.0;
        }
        let scale = left / sum;
        if value * scale >= LEAST {
            return scale;
        }
        sum -= value;
        left -= LEAST;
    }
    // All are small: the largest still fits its least height.
    column.iter().map(|(_, n)| *n).max().filter(|n| *n > 0).map_or(0.0, |n| LEAST / n as f64)
}

fn spots(column: &[(usize, u64)], scale: f64, height: f64) -> Vec<Spot> {
    let room = |n: u64| (n as f64 * scale).max(LEAST);
    let used: f64 = column.iter().map(|(_, n)| room(*n)).sum();
    let gap = if column.len() > 1 { (height - used) / (column.len() - 1) as f64 } else { 0.0 };
    let mut top = 0.0;
    let spot = |&(place, value): &(usize, u64)| {
        let (room, high) = (room(value), value as f64 * scale);
        let middle = top + room / 2.0;
        top += room + gap.max(0.0);
        Spot { place, value, middle, top: middle - high / 2.0, height: high }
    };
    column.iter().map(spot).collect()
}

/// The outline of a band as SVG path data, between two uprights. No band is thinner than a pixel, or it would not be seen.
#[must_use]
pub fn outline(band: &Band, x: (f64, f64)) -> String {
    let thick = band.thick.max(1.0);
    let (lift, middle) = ((thick - band.thick) / 2.0, f64::midpoint(x.0, x.1));
    let (a, b) = (band.left - lift, band.right - lift);
    let ((x0, x1), (c, d)) = (x, (a + thick, b + thick));
    format!(
        "M{x0:.1} {a:.1}C{middle:.1} {a:.1} {middle:.1} {b:.1} {x1:.1} {b:.1}V{d:.1}C{middle:.1} {d:.1} {middle:.1} \
         {c:.1} {x0:.1} {c:.1}z"
    )
}

/// The flows that lead elsewhere: what costs or brings most potential first, losses before gains.
#[must_use]
pub fn by_weight(flows: &[Flow]) -> Vec<&Flow> {
    let mut moves: Vec<&Flow> = flows.iter().filter(|f| f.from != f.to).collect();
    let change = |f: &&Flow| f.potential_minor.saturating_sub(f.potential_before_minor);
    let known = |f: &&Flow| f.from == crate::engine::api::Stand::NotYet;
    moves.sort_by_key(|f| (known(f), change(f) >= 0, std::cmp::Reverse(change(f).unsigned_abs())));
    moves
}

/// A name cut to what `px` hold at 13 px: letters are about 7 px wide, 汉字 13.
#[must_use]
pub fn cut_to(name: &str, px: f64) -> String {
    let wide = |c: char| if c.is_ascii() { 7.0 } else { 13.0 };
    if name.chars().map(wide).sum::<f64>() <= px {
        return name.to_owned();
    }
    let mut room = px - 10.0;
    let fits = |c: &char| {
        room -= wide(*c);
        room >= 0.0
    };
    name.chars().take_while(fits).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn bands_fill_their_places_and_nothing_overlaps(
            places in 1usize..9,
            flows in prop::collection::vec((0usize..9, 0usize..9, 0u64..2_000_000_000), 0..60),
        ) {
            let mut flows: Vec<_> = flows.into_iter().filter(|f| f.0 < places && f.1 < places).collect();
            flows.sort_unstable();
            flows.dedup_by_key(|f| (f.0, f.1));
            let height = height_for(places);
            let all = lay(&vec![(true, true); places], &flows, height);
            prop_assert_eq!(all.bands.len(), flows.len());
            for (side, end, edge) in [
                (&all.left, (|f| f.0) as fn(&(usize, usize, u64)) -> usize, (|b| b.left) as fn(&Band) -> f64),
                (&all.right, |f| f.1, |b| b.right),
            ] {
                for pair in side.windows(2) {
                    prop_assert!(pair[0].top + pair[0].height <= pair[1].top + 1e-6);
                    prop_assert!(pair[1].middle - pair[0].middle >= LEAST - 1e-6, "words do not touch");
                }
                for spot in side {
                    prop_assert!(spot.top >= -1e-6 && spot.top + spot.height <= height + 1e-6, "{spot:?}");
                    let mut top = spot.top;
                    for band in all.bands.iter().filter(|b| end(&flows[b.flow]) == spot.place) {
                        prop_assert!((edge(band) - top).abs() < 1e-6);
                        top += band.thick;
                    }
                    prop_assert!((top - spot.top - spot.height).abs() < 1e-6);
                }
            }
        }
    }

    #[test]
    fn who_is_new_stands_left_alone() {
        let all = lay(&[(true, true), (true, false)], &[(0, 0, 30), (1, 0, 10)], 300.0);
        assert_eq!((all.left.len(), all.right.len(), all.right[0].value), (2, 1, 40));
        assert!((all.bands[0].thick - 3.0 * all.bands[1].thick).abs() < 1e-9);
        assert_eq!(lay(&[], &[], 300.0), Bands::default());
        assert_eq!(lay(&[(true, true)], &[], 300.0).left[0].height, 0.0);
    }

    #[test]
    fn a_thin_band_is_still_seen() {
        let band = Band { flow: 0, left: 10.0, right: 20.0, thick: 0.0 };
        assert_eq!(outline(&band, (0.0, 10.0)), "M0.0 9.5C5.0 9.5 5.0 19.5 10.0 19.5V20.5C5.0 20.5 5.0 10.5 0.0 10.5z");
    }

    #[test]
    fn losses_come_before_gains_and_new_ones_last() {
        use crate::engine::api::{KotlerGroup as G, Stand};
        let flow = |from: Stand, to, before, now| Flow {
            from,
            to: Stand::Kotler(to),
            customers: 1,
            profit_minor: 0,
            potential_before_minor: before,
            potential_minor: now,
        };
        let flows = [
            flow(Stand::Kotler(G::TrueFriend), G::TrueFriend, 900, 0),
            flow(Stand::Kotler(G::Butterfly), G::TrueFriend, 10, 500),
            flow(Stand::Kotler(G::TrueFriend), G::Barnacle, 60, 50),
            flow(Stand::Kotler(G::TrueFriend), G::Butterfly, 300, 100),
            flow(Stand::NotYet, G::Stranger, 0, 2_000),
        ];
        let order: Vec<i64> = by_weight(&flows).iter().map(|f| f.potential_minor).collect();
        assert_eq!(order, [100, 50, 500, 2_000]);
    }

    #[test]
    fn long_names_are_cut() {
        assert_eq!(cut_to("Butterflies", 84.0), "Butterflies");
        assert_eq!(cut_to("Our very best customers", 84.0), "Our very b…");
        assert_eq!(cut_to("船底的贝壳", 84.0), "船底的贝壳");
        assert_eq!(cut_to("船底的贝壳们啊", 84.0), "船底的贝壳…");
    }
}
