//! Version vectors: which commits somebody has seen, as the highest stamp of each device. That one number per device is
//! enough rests on every device giving out rising stamps and passing them on in whole files.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::domain::{DeviceId, Stamp};

/// Time part of the highest stamp seen of each device.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vector(BTreeMap<DeviceId, u64>);

/// Devices that a vector read from a file may name.
const MAX_DEVICES: usize = 100_000;

impl Vector {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes note of a stamp.
    pub fn see(&mut self, stamp: Stamp) {
        let time = self.0.entry(stamp.device).or_insert(stamp.time);
        *time = stamp.time.max(*time);
    }

    /// Whether a commit with this stamp has been seen.
    #[must_use]
    pub fn covers(&self, stamp: Stamp) -> bool {
        self.highest(stamp.device).is_some_and(|time| time >= stamp.time)
    }

    /// Time part of the highest stamp seen of the device.
    #[must_use]
    pub fn highest(&self, device: DeviceId) -> Option<u64> {
        self.0.get(&device).copied()
    }

    /// All that either has seen.
    pub fn join(&mut self, other: &Self) {
        for stamp in other.iter() {
            self.see(stamp);
        }
    }

    /// The first stamp of `other` that this has not seen; `None` when it has seen all that `other` has.
    #[must_use]
    pub fn lacks(&self, other: &Self) -> Option<Stamp> {
        other.iter().find(|stamp| !self.covers(*stamp))
    }

    /// By ascending device.
    pub fn iter(&self) -> impl Iterator<Item = Stamp> + '_ {
        self.0.iter().map(|(&device, &time)| Stamp { time, device })
    }
}

impl FromIterator<Stamp> for Vector {
    fn from_iter<I: IntoIterator<Item = Stamp>>(stamps: I) -> Self {
        let mut vector = Self::default();
        stamps.into_iter().for_each(|stamp| vector.see(stamp));
        vector
    }
}

/// Written as device → time, both hexadecimal.
impl Serialize for Vector {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_map(self.0.iter().map(|(device, time)| (device, format!("{time:016x}"))))
    }
}

impl<'de> Deserialize<'de> for Vector {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Devices;
        impl<'de> Visitor<'de> for Devices {
            type Value = Vector;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a version vector")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Vector, A::Error> {
                let mut vector = Vector::default();
                while let Some((device, time)) = map.next_entry::<DeviceId, String>()? {
                    let time = u64::from_str_radix(&time, 16).map_err(A::Error::custom)?;
                    if vector.0.insert(device, time).is_some() || vector.0.len() > MAX_DEVICES {
                        return Err(A::Error::custom("a device twice, or too many"));
                    }
                }
                Ok(vector)
            }
        }
        d.deserialize_map(Devices)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn vector() -> impl Strategy<Value = Vector> {
        let stamp = (0..4u64, 0..6u64).prop_map(|(device, time)| Stamp { time, device: DeviceId(device) });
        proptest::collection::vec(stamp, 0..8).prop_map(Vector::from_iter)
    }

    proptest! {
        #[test]
        fn joining_is_the_least_upper_bound(a in vector(), b in vector(), c in vector()) {
            let join = |a: &Vector, b: &Vector| { let mut a = a.clone(); a.join(b); a };
            prop_assert_eq!(join(&a, &b), join(&b, &a));
            prop_assert_eq!(join(&join(&a, &b), &c), join(&a, &join(&b, &c)));
            prop_assert_eq!(join(&a, &a), a.clone());
            prop_assert_eq!(join(&a, &b).lacks(&a), None);
            prop_assert_eq!(a.lacks(&b).is_none(), join(&a, &b) == a);
            let text = serde_json::to_string(&a).unwrap();
            prop_assert_eq!(serde_json::from_str::<Vector>(&text).unwrap(), a);
        }
    }

    #[test]
    fn a_device_twice_is_refused() {
        let text = r#"{"0000000000000001":"1","0000000000000001":"2"}"#;
        assert!(serde_json::from_str::<Vector>(text).is_err());
    }
}
