//! Saving a segment.

use super::check::Problems;
use super::save::{begin, finish};
use super::{Ctx, Planned, refuse_if_any};
use crate::domain::check::{LONG, SHORT, clean};
use crate::domain::{Id, Kind, segment};
use crate::engine::api::{InvalidReason, MAX_RULE_DEPTH, MAX_RULE_PARTS, SegmentDraft};
use crate::engine::dataset::Dataset;
use crate::engine::segment::{Segments, read_rule, write_rule};

/// What stands there now.
pub(super) fn draft(data: &Dataset, row: u32) -> SegmentDraft {
    let text = |field| data.table(Kind::Segment).text(row, field);
    SegmentDraft {
        name: text(segment::NAME).to_owned(),
        note: text(segment::NOTE).to_owned(),
        rule: read_rule(text(segment::RULE)),
    }
}

pub(super) fn save(data: &Dataset, id: Option<Id>, draft: &SegmentDraft, ctx: &Ctx) -> Planned {
    let (mut edit, made) = begin(data, Kind::Segment, id, ctx)?;
    let mut problems = Problems::default();
    let (name, note) = (clean(&draft.name), clean(&draft.note));
    problems.unless(!name.is_empty(), "name", InvalidReason::Required);
    problems.length("name", &name, SHORT);
    problems.length("note", &note, LONG);
    let rule = &draft.rule;
    problems.unless(!rule.leaves().is_empty(), "rule", InvalidReason::Required);
    let small = rule.size() <= MAX_RULE_PARTS && rule.depth() <= MAX_RULE_DEPTH;
    problems.unless(small, "rule", InvalidReason::TooLong);
    edit.set(segment::NAME, name);
    edit.set(segment::NOTE, note);
    if says_otherwise(data, made, draft) {
        // A name changes also where two devices made a loop.
        let told = rule.segments().is_empty() || Segments::read(data).could_be(made, rule);
        problems.unless(told, "rule", InvalidReason::Loop);
        edit.set(segment::RULE, write_rule(rule));
    }
    refuse_if_any(problems.0)?;
    Ok(finish(Kind::Segment, id.is_none(), edit, made))
}

/// Text that says the same in other words is no change.
fn says_otherwise(data: &Dataset, id: Id, wanted: &SegmentDraft) -> bool {
    let row = data.table(Kind::Segment).row(id);
    row.is_none_or(|row| draft(data, row).rule != wanted.rule)
}
