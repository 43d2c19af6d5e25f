//! Who brought whom (SPEC V10): everybody below a customer, and what they brought in. People who name each other in a circle
//! are cut apart, and said.

/// Nobody.
const NONE: u32 = u32::MAX;

/// What a customer brought in themselves, minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Own {
    pub revenue_minor: i64,
    pub profit_minor: i64,
}

/// All customers by who brought them; everything by row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forest {
    /// Who brought this one; circles are cut.
    pub brought_by: Vec<Option<u32>>,
    /// How many this one brought, and how many are below in all.
    pub direct: Vec<u32>,
    pub reach: Vec<u32>,
    /// What all below brought in.
    pub below: Vec<Own>,
    /// Those who name each other in a circle, each beginning with the one whose link was cut.
    pub circles: Vec<Vec<u32>>,
}

impl Forest {
    /// The links that were cut: who was brought, and by whom. Whoever names themselves was brought by nobody.
    pub fn cuts(&self) -> impl Iterator<Item = (u32, u32)> {
        self.circles.iter().filter_map(|circle| Some((*circle.first()?, *circle.get(1)?)))
    }

    /// `brought_by` names a row of the same list per row. Circles are cut at the member with the smallest `key`, so that
    /// the order of the rows does not matter.
    #[must_use]
    pub fn new<K: Ord>(mut brought_by: Vec<Option<u32>>, key: impl Fn(u32) -> K, own: impl Fn(u32) -> Own) -> Self {
        let n = brought_by.len();
        let circles = cut(&mut brought_by, key);
        let mut forest =
            Self { direct: vec![0; n], reach: vec![0; n], below: vec![Own::default(); n], circles, brought_by };
        for &to in forest.brought_by.iter().flatten() {
            forest.direct.get_mut(to as usize).into_iter().for_each(|n| *n += 1);
        }
        // From the ends of the branches up: whoever has heard of all their own tells who brought them.
        let mut waits = forest.direct.clone();
        let mut ready: Vec<u32> = (0..).zip(&waits).filter(|(_, n)| **n == 0).map(|(row, _)| row).collect();
        while let Some(row) = ready.pop() {
            let at = row as usize;
            let Some(to) = forest.brought_by.get(at).copied().flatten() else { continue };
            let (reach, below) = (forest.reach.get(at).copied(), forest.below.get(at).copied().unwrap_or_default());
            let own = own(row);
            let to = to as usize;
            if let (Some(sum), Some(total), Some(waits)) =
                (forest.reach.get_mut(to), forest.below.get_mut(to), waits.get_mut(to))
            {
                *sum = sum.saturating_add(reach.unwrap_or(0)).saturating_add(1);
                let add = |a: i64, b: i64, c: i64| a.saturating_add(b).saturating_add(c);
                total.revenue_minor = add(total.revenue_minor, below.revenue_minor, own.revenue_minor);
                total.profit_minor = add(total.profit_minor, below.profit_minor, own.profit_minor);
                *waits -= 1;
                if *waits == 0 {
                    ready.push(u32::try_from(to).unwrap_or(NONE));
                }
            }
        }
        forest
    }
}

/// Cuts every circle at its member with the smallest key, and lists them.
fn cut<K: Ord>(brought_by: &mut [Option<u32>], key: impl Fn(u32) -> K) -> Vec<Vec<u32>> {
    let mut circles = Vec::new();
    // Per row the walk that came by first; 0: none yet.
    let mut walk_of = vec![0u32; brought_by.len()];
    for (start, walk) in (0..u32::try_from(brought_by.len()).unwrap_or(NONE)).zip(1u32..) {
        let mut at = start;
        while let Some(seen) = walk_of.get_mut(at as usize).filter(|seen| **seen == 0) {
            *seen = walk;
            let Some(next) = brought_by.get(at as usize).copied().flatten() else { break };
            at = next;
        }
        if walk_of.get(at as usize) != Some(&walk) || brought_by.get(at as usize).copied().flatten().is_none() {
            continue;
        }
        // The walk ended where it had been itself: on a circle.
        let mut circle = vec![at];
        let mut next = brought_by.get(at as usize).copied().flatten();
        while let Some(row) = next.filter(|row| *row != at) {
            circle.push(row);
            next = brought_by.get(row as usize).copied().flatten();
        }
        let first = (0..circle.len()).min_by_key(|place| circle.get(*place).map(|row| key(*row))).unwrap_or(0);
        circle.rotate_left(first);
        let cut = circle.first().and_then(|row| brought_by.get_mut(*row as usize));
        cut.into_iter().for_each(|link| *link = None);
        circles.push(circle);
    }
    crate::domain::sort::sort_by_key(&mut circles, |circle| circle.first().map(|row| key(*row)));
    circles
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn forest(links: &[Option<u32>]) -> Forest {
        Forest::new(links.to_vec(), |row| row, |row| Own { revenue_minor: 10i64.pow(row), profit_minor: 1 })
    }

    /// 0 brought 1 and 2, 2 brought 3; 4 stands alone.
    #[test]
    fn worked_by_hand() {
        let found = forest(&[None, Some(0), Some(0), Some(2), None]);
        assert_eq!((found.direct.as_slice(), found.reach.as_slice()), (&[2, 0, 1, 0, 0][..], &[3, 0, 1, 0, 0][..]));
        assert_eq!(found.below[0], Own { revenue_minor: 10 + 100 + 1_000, profit_minor: 3 });
        assert_eq!(found.below[2].revenue_minor, 1_000);
        assert!(found.circles.is_empty());
    }

    /// 1 → 2 → 3 → 1, and 0 hangs on 3; 4 names itself.
    #[test]
    fn circles_are_cut_at_the_smallest_and_said() {
        let found = forest(&[Some(3), Some(2), Some(3), Some(1), Some(4)]);
        assert_eq!(found.circles, [vec![1, 2, 3], vec![4]]);
        assert_eq!(found.brought_by, [Some(3), None, Some(3), Some(1), None]);
        assert_eq!(found.cuts().collect::<Vec<_>>(), [(1, 2)]);
        assert_eq!(found.reach, [0, 3, 0, 2, 0]);
        let same = Forest::new(found.brought_by.clone(), |row| row, |_| Own::default());
        assert_eq!((same.reach, same.circles.len()), (found.reach, 0));
    }

    #[test]
    fn a_long_chain_needs_no_stack() {
        let links: Vec<Option<u32>> = (0..200_000u32).map(|n| n.checked_sub(1)).collect();
        let found = Forest::new(links, |row| row, |_| Own::default());
        assert_eq!((found.reach[0], found.direct[0]), (199_999, 1));
    }

    proptest! {
        #[test]
        fn whoever_names_whomever(links in prop::collection::vec(prop::option::of(0u32..30), 30)) {
            let found = Forest::new(links.clone(), |row| row, |_| Own { revenue_minor: 1, profit_minor: 0 });
            for (row, below) in found.below.iter().enumerate() {
                prop_assert_eq!(below.revenue_minor, i64::from(found.reach[row]));
            }
            let cuts = found.brought_by.iter().zip(&links).filter(|(now, then)| now != then).count();
            prop_assert_eq!(cuts, found.circles.len());
            // Everybody is below somebody once per step to the top.
            let mut steps = 0u64;
            for row in 0..30usize {
                let mut at = found.brought_by[row];
                while let Some(to) = at {
                    steps += 1;
                    prop_assert!(steps < 1_000);
                    at = found.brought_by[to as usize];
                }
            }
            prop_assert_eq!(steps, found.reach.iter().map(|n| u64::from(*n)).sum::<u64>());
        }
    }
}
