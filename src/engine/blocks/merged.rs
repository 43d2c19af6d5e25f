//! The block about a merge.

use super::bytes::{In, Out, Read};
use super::{Fault, class, kind, stamp};
use crate::domain::{DeviceId, Stamp};
use crate::engine::merge::{Merged, MergedField};

fn put_stamp(out: &mut Out, stamp: Stamp) {
    out.u64(stamp.time);
    out.u64(stamp.device.0);
}

/// A stamp or none: no commit has the time 0 of device 0.
const NO_STAMP: Stamp = Stamp { time: 0, device: DeviceId(0) };

pub(super) fn encode(out: &mut Out, merged: &Merged) {
    out.u64(merged.device.0);
    out.u64(merged.exported_at_ms);
    out.count(merged.vector.iter().count());
    merged.vector.iter().for_each(|stamp| put_stamp(out, stamp));
    out.count(merged.commits.len());
    for (stamp, class, undoes) in &merged.commits {
        put_stamp(out, *stamp);
        out.u8(*class as u8);
        put_stamp(out, undoes.unwrap_or(NO_STAMP));
    }
    out.count(merged.fresh.len());
    for (kind, id) in &merged.fresh {
        out.text(kind.name());
        out.id(*id);
    }
    out.count(merged.fields.len());
    for field in &merged.fields {
        out.text(field.kind.name());
        out.id(field.id);
        out.text(&field.field);
        out.value(&field.ours);
        put_stamp(out, field.ours_at.unwrap_or(NO_STAMP));
        out.value(&field.theirs);
        put_stamp(out, field.theirs_at);
        out.u8(u8::from(field.taken) | u8::from(field.conflict) << 1);
    }
}

fn maybe(input: &mut In) -> Read<Option<Stamp>> {
    Ok(Some(stamp(input)?).filter(|stamp| *stamp != NO_STAMP))
}

pub(super) fn decode(input: &mut In) -> Result<Merged, Fault> {
    let (device, exported_at_ms) = (DeviceId(input.u64()?), input.u64()?);
    let n = input.count(16)?;
    let vector = (0..n).map(|_| stamp(input)).collect::<Read<_>>()?;
    let n = input.count(33)?;
    let mut commits = Vec::with_capacity(n);
    for _ in 0..n {
        commits.push((stamp(input)?, class(input)?, maybe(input)?));
    }
    let n = input.count(20)?;
    let mut fresh = Vec::with_capacity(n);
    for _ in 0..n {
        fresh.push((kind(input)?, input.id()?));
    }
    let n = input.count(59)?;
    let mut fields = Vec::with_capacity(n);
    for _ in 0..n {
        let (kind, id, field) = (kind(input)?, input.id()?, input.text()?.to_owned());
        let (ours, ours_at) = (input.value()?, maybe(input)?);
        let (theirs, theirs_at, flags) = (input.value()?, stamp(input)?, input.u8()?);
        let (taken, conflict) = (flags & 1 == 1, flags & 2 == 2);
        fields.push(MergedField { kind, id, field, ours, ours_at, theirs, theirs_at, taken, conflict });
    }
    Ok(Merged { device, exported_at_ms, vector, commits, fresh, fields })
}
