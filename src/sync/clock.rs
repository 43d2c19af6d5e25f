//! The hybrid logical clock that gives every commit its stamp.
//!
//! Format: 64 bits of time, wall-clock milliseconds since 1970 UTC in the upper 48 and a counter in the lower 16,
//! then the device. Stamps of one clock only ever rise: while the wall clock stands still or runs backwards the
//! counter counts on, and after 65,536 of them carries into the next millisecond. A stamp that a colleague's
//! file brings moves the clock forward, so that an edit made after reading always wins over what was read; but a stamp
//! more than a day ahead of the wall clock does not, or one wrong clock would spread to everybody for ever.
//!
//! An edit of a field whose stamp lies too far ahead must still exceed it. Such edits are stamped under a second id of the
//! device, its *far line* ([`far_line`]): so the stamps of each id rise for ever, which is what version vectors rest on.
//!
//! After Kulkarni et al., “Logical Physical Clocks” (2014), with the bounded drift described there.

use crate::domain::{DeviceId, Stamp};

/// How far ahead of the wall clock a foreign stamp may move ours: one day.
pub const MAX_AHEAD_MS: u64 = 86_400_000;

/// The highest wall-clock part that fits 48 bits.
const MAX_MS: u64 = (1 << 48) - 1;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Time part of the highest stamp given out or accepted.
    last: u64,
    /// Time part of the highest stamp given out on the far line.
    last_far: u64,
    device: DeviceId,
}

/// The id under which a device stamps edits of fields from the far future. Minted ids have their lowest bit clear.
#[must_use]
pub fn far_line(device: DeviceId) -> DeviceId {
    DeviceId(device.0 ^ 1)
}

/// What the clock made of a foreign stamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    Fine,
    /// The stamp lies more than [`MAX_AHEAD_MS`] ahead: somebody's clock is wrong, and the clock ignored it.
    TooFarAhead {
        ms: u64,
    },
}

impl Clock {
    /// Continues from the time part of the highest stamp that was stored (0 for a new book).
    #[must_use]
    pub fn new(last: u64, device: DeviceId) -> Self {
        Self { last, last_far: 0, device }
    }

    /// Continues the far line from the time part of its highest stamp.
    #[must_use]
    pub fn with_far(self, last_far: u64) -> Self {
        Self { last_far, ..self }
    }

    /// Time part of the highest stamp given out or accepted, to be stored with the head.
    #[must_use]
    pub fn last(&self) -> u64 {
        self.last
    }

    #[must_use]
    pub fn device(&self) -> DeviceId {
        self.device
    }

    /// The stamp of a commit made now. Higher than every stamp given out or accepted before, and than `replaced`, the
    /// highest stamp among the fields that the commit overwrites: even a stamp too far ahead can be edited.
    pub fn tick(&mut self, now_ms: u64, replaced: Option<Stamp>) -> Stamp {
        let wall = now_ms.min(MAX_MS) << 16;
        let after = |time: u64| time.saturating_add(1);
        self.last = wall.max(after(self.last));
        match replaced {
            // A stamp from the far future raises the far line, not the clock.
            Some(r) if r.time >= self.last && !self.is_near(after(r.time), now_ms) => {
                self.last_far = after(self.last_far.max(r.time));
                Stamp { time: self.last_far, device: far_line(self.device) }
            }
            replaced => {
                self.last = replaced.map_or(self.last, |r| self.last.max(after(r.time)));
                Stamp { time: self.last, device: self.device }
            }
        }
    }

    /// Takes note of a stamp read from a file or another tab.
    pub fn see(&mut self, stamp: Stamp, now_ms: u64) -> Seen {
        if self.is_near(stamp.time, now_ms) {
            self.last = self.last.max(stamp.time);
            Seen::Fine
        } else {
            Seen::TooFarAhead { ms: stamp.unix_ms().saturating_sub(now_ms) }
        }
    }

    fn is_near(&self, time: u64, now_ms: u64) -> bool {
        time >> 16 <= now_ms.saturating_add(MAX_AHEAD_MS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DEVICE: DeviceId = DeviceId(6);

    fn at(ms: u64) -> Stamp {
        Stamp { time: ms << 16, device: DeviceId(9) }
    }

    #[test]
    fn follows_the_wall_and_counts_while_it_stands_still() {
        let mut clock = Clock::new(0, DEVICE);
        let times: Vec<u64> = [5, 5, 4, 6].into_iter().map(|ms| clock.tick(ms, None).time).collect();
        assert_eq!(times, [5 << 16, (5 << 16) + 1, (5 << 16) + 2, 6 << 16]);
    }

    #[test]
    fn a_full_counter_carries_into_the_next_millisecond() {
        let mut clock = Clock::new((5 << 16) + 0xffff, DEVICE);
        assert_eq!(clock.tick(5, None).time, 6 << 16);
    }

    #[test]
    fn a_wrong_clock_is_ignored_yet_its_fields_can_be_edited() {
        let mut clock = Clock::new(0, DEVICE);
        let wrong = at(10 * MAX_AHEAD_MS);
        assert_eq!(clock.see(wrong, 1_000), Seen::TooFarAhead { ms: 10 * MAX_AHEAD_MS - 1_000 });
        assert!(clock.tick(1_000, None) < wrong);
        assert!(clock.tick(1_000, Some(wrong)) > wrong);
        assert!(clock.tick(1_000, None) < wrong, "the clock itself stays with the wall");
        assert_eq!(clock.see(at(MAX_AHEAD_MS + 1_000), 1_000), Seen::Fine);
        assert!(clock.tick(1_000, None) > at(MAX_AHEAD_MS + 1_000));
    }

    #[derive(Clone, Debug)]
    enum Step {
        Tick(u64, Option<u64>),
        See(u64, u64),
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let ms = prop_oneof![0..2_000u64, 0..4 * MAX_AHEAD_MS, Just(MAX_MS), Just(u64::MAX)];
        let step = prop_oneof![
            (ms.clone(), proptest::option::of(0..u64::MAX >> 1)).prop_map(|(now, r)| Step::Tick(now, r)),
            (any::<u64>(), ms).prop_map(|(time, now)| Step::See(time, now)),
        ];
        proptest::collection::vec(step, 1..60)
    }

    proptest! {
        #[test]
        fn stamps_rise_and_exceed_what_they_replace(steps in steps()) {
            let mut clock = Clock::new(0, DEVICE);
            for step in steps {
                let before = clock;
                match step {
                    Step::Tick(now, replaced) => {
                        let replaced = replaced.map(|time| Stamp { time, device: DeviceId(u64::MAX) });
                        let stamp = clock.tick(now, replaced);
                        let line = if stamp.device == DEVICE { before.last() } else { before.last_far };
                        prop_assert!(stamp.time > line);
                        prop_assert!(clock.last() > before.last());
                        prop_assert!(replaced.is_none_or(|r| stamp > r));
                    }
                    Step::See(time, now) => {
                        let seen = clock.see(Stamp { time, device: DEVICE }, now);
                        prop_assert!(clock.last() >= before.last());
                        // Never dragged further than a day ahead of the wall.
                        prop_assert!(clock.last() == before.last() || clock.last() >> 16 <= now.saturating_add(MAX_AHEAD_MS));
                        prop_assert_eq!(seen == Seen::Fine, time >> 16 <= now.saturating_add(MAX_AHEAD_MS));
                    }
                }
            }
        }
    }
}
