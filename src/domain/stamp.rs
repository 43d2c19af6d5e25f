//! When and by which device a field was last written.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// A device: random, minted once per browser profile, never read from a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DeviceId(pub u64);

impl Serialize for DeviceId {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(&format_args!("{:016x}", self.0))
    }
}

impl<'de> Deserialize<'de> for DeviceId {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        u64::from_str_radix(&text, 16).map(Self).map_err(D::Error::custom)
    }
}

/// A hybrid-logical-clock stamp: wall-clock milliseconds UTC in the upper 48 bits, a counter in the lower 16;
/// ties break by device. Written as `time.device` in hexadecimal, because 64 bits do not fit a JavaScript number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Stamp {
    pub time: u64,
    pub device: DeviceId,
}

impl Stamp {
    /// Wall-clock part, milliseconds since 1970 UTC.
    #[must_use]
    pub fn unix_ms(self) -> u64 {
        self.time >> 16
    }
}

impl std::fmt::Display for Stamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}.{:016x}", self.time, self.device.0)
    }
}

impl std::str::FromStr for Stamp {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let hex = |part: &str| u64::from_str_radix(part, 16).ok();
        let (time, device) = text.split_once('.').ok_or("not a stamp")?;
        match (hex(time), hex(device)) {
            (Some(time), Some(device)) => Ok(Self { time, device: DeviceId(device) }),
            _ => Err("not a stamp"),
        }
    }
}

impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Stamp {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(D::Error::custom)
    }
}
