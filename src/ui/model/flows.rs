//! The dormancy ladder: how customers moved between its steps in the last month.

use crate::engine::api::{Dormancy, DormancyView};

pub const STEPS: [Dormancy; 4] = [Dormancy::Awake, Dormancy::Dozing, Dormancy::HalfAsleep, Dormancy::Asleep];

/// Movement onto and off one step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Movement {
    /// On the step now.
    pub now: u64,
    /// On it a month before.
    pub before: u64,
    /// Came from a step nearer to awake: slid down.
    pub slid_in: u64,
    /// Came from a step nearer to sleep: woke up.
    pub woke_in: u64,
    /// Was no customer a month before.
    pub new: u64,
    /// Stood here then, stands elsewhere now.
    pub left: u64,
}

/// One entry per step, Awake first. Missing columns count as zero.
#[must_use]
pub fn movements(view: &DormancyView) -> [Movement; 4] {
    let from = |step: usize, source: usize| view.from.get(step).and_then(|row| row.get(source)).copied().unwrap_or(0);
    let mut out = [Movement::default(); 4];
    for (step, m) in out.iter_mut().enumerate() {
        m.now = view.steps.iter().find(|s| Some(&s.group) == STEPS.get(step)).map_or(0, |s| s.customers);
        m.before = (0..4).map(|now| from(now, step)).sum();
        m.slid_in = (0..step).map(|source| from(step, source)).sum();
        m.woke_in = (step + 1..4).map(|source| from(step, source)).sum();
        m.new = from(step, 4);
        m.left = m.before.saturating_sub(from(step, step));
    }
    out
}

/// Customers that slid at least one step down, and that woke at least one step up.
#[must_use]
pub fn totals(moves: &[Movement; 4]) -> (u64, u64) {
    (moves.iter().map(|m| m.slid_in).sum(), moves.iter().map(|m| m.woke_in).sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::api::GroupSummary;

    #[test]
    fn movement_balances() {
        let counts = [53, 12, 8, 30];
        let view = DormancyView {
            n: 103,
            steps: STEPS
                .iter()
                .zip(counts)
                .map(|(group, customers)| GroupSummary { group: *group, customers, revenue_minor: 0, profit_minor: 0 })
                .collect(),
            thin: 40,
            from: vec![[40, 5, 1, 2, 5], [9, 3, 0, 0, 0], [0, 6, 2, 0, 0], [0, 0, 4, 26, 0]],
        };
        let moves = movements(&view);
        for m in moves {
            // Who is here now = who was here − who left + who came.
            assert_eq!(m.now, m.before - m.left + m.slid_in + m.woke_in + m.new, "{m:?}");
        }
        assert_eq!((moves[0].woke_in, moves[0].new, moves[1].slid_in, moves[3].slid_in), (8, 5, 9, 4));
        assert_eq!(totals(&moves), (19, 8));
    }

    #[test]
    fn an_empty_view_is_all_zero() {
        let view = DormancyView { n: 0, steps: Vec::new(), thin: 0, from: Vec::new() };
        assert_eq!(movements(&view), [Movement::default(); 4]);
    }
}
