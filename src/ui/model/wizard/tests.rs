//! The wizard's way, its detours and what comes too late.

use super::*;
use crate::engine::api::Tally;

fn inspection(roles: &[Role], date_orders: &[DateOrder]) -> Inspection {
    Inspection {
        form: Default::default(),
        header_row: 0,
        encoding: "utf-8".into(),
        delimiter: ',',
        has_header: true,
        header: roles.iter().enumerate().map(|(i, _)| format!("column {i}")).collect(),
        sample: Vec::new(),
        guess: Mapping {
            fields: Vec::new(),
            fill_down: false,
            target: Target::Orders,
            roles: roles.to_vec(),
            date_order: DateOrder::DayMonthYear,
            decimal_sign: DecimalSign::Point,
            currency: Currency::GBP,
            source: "shop".into(),
        },
        date_orders: date_orders.to_vec(),
        warnings: Vec::new(),
    }
}

const GOOD: [Role; 3] = [Role::OrderDate, Role::UnitPrice, Role::CustomerKey];
const BOTH: [DateOrder; 2] = [DateOrder::DayMonthYear, DateOrder::MonthDayYear];

/// A wizard at the mapping of a file with these columns.
fn at_mapping(roles: &[Role], orders: &[DateOrder]) -> Wizard {
    let mut w = Wizard::default();
    assert_eq!(w.apply(Event::Chosen { name: "a.csv".into(), bytes: 1_000 }), [Effect::Inspect(1, Read::default())]);
    let effects = w.apply(Event::Inspected(1, Ok(inspection(roles, orders))));
    assert!(matches!(&effects[..], [Effect::LookUp(1, _)]));
    w
}

fn report(rows: u64, taken: u64) -> ParseReport {
    ParseReport { rows, rows_taken: taken, rows_failed: rows - taken, ..ParseReport::default() }
}

#[test]
fn the_whole_way() {
    let mut w = at_mapping(&GOOD, &BOTH[..1]);
    assert!(w.blockers().is_empty());
    let effects = w.apply(Event::Parse);
    assert!(matches!(&effects[..], [Effect::Remember(..), Effect::Parse(1, _)]));
    w.apply(Event::Progress(1, 400, 1_000));
    w.apply(Event::Progress(1, 300, 1_000));
    assert!((w.share_read() - 0.4).abs() < 1e-9, "progress never goes back");
    w.apply(Event::Parsed(1, Ok(report(10, 9))));
    assert_eq!(w.step, Step::Report);
    assert_eq!(w.apply(Event::GoOn), [Effect::Stage(1)]);
    w.apply(Event::Staged(
        1,
        Ok(StagedImport {
            responses: Tally::default(),
            left_out: Vec::new(),
            left_out_total: 0,
            unlinked: Vec::new(),
            unlinked_total: 0,
            twins: Vec::new(),
            twins_total: 0,
            clash: None,
            interactions: Tally::default(),
            conflicts: Vec::new(),
            conflicts_total: 0,
            errors: 0,
            file: "a.csv".into(),
            customers: Default::default(),
            products: Default::default(),
            orders: Default::default(),
        }),
    ));
    assert_eq!(w.apply(Event::Commit), [Effect::Commit(1, true)]);
    let done = Done { seq: Some(3), id: None, records: 9, kept: 0 };
    assert_eq!(w.apply(Event::Committed(1, Ok(done))), [Effect::Close]);
    assert_eq!((w.step, w.done.as_ref().and_then(|d| d.seq)), (Step::Finished, Some(3)));
}

#[test]
fn what_is_missing_blocks() {
    let cases: [(&[Role], &[DateOrder], &[Blocker]); 4] = [
        (&[Role::UnitPrice], &[], &[Blocker::Missing(Role::OrderDate)]),
        (&[Role::OrderDate], &BOTH[..1], &[Blocker::NoAmount]),
        (&[Role::OrderDate, Role::LineTotal], &BOTH, &[Blocker::DateOrder]),
        (&[Role::Note], &BOTH, &[Blocker::Missing(Role::OrderDate), Blocker::NoAmount]),
    ];
    for (roles, orders, want) in cases {
        let mut w = at_mapping(roles, orders);
        assert_eq!(w.blockers(), want);
        assert!(w.apply(Event::Parse).is_empty(), "a blocked file is not read");
    }
    let mut w = at_mapping(&GOOD, &BOTH);
    w.apply(Event::SetDateOrder(DateOrder::MonthDayYear));
    assert!(w.blockers().is_empty());
}

#[test]
fn a_role_belongs_to_one_column() {
    let mut w = at_mapping(&GOOD, &BOTH[..1]);
    w.apply(Event::SetRole(2, Role::OrderDate));
    assert_eq!(w.mapping.as_ref().unwrap().roles, [Role::Ignore, Role::UnitPrice, Role::OrderDate]);
    w.apply(Event::SetRole(9, Role::Note));
    w.apply(Event::SetRole(0, Role::Ignore));
    assert_eq!(w.mapping.unwrap().roles, [Role::Ignore, Role::UnitPrice, Role::OrderDate]);
}

#[test]
fn a_remembered_mapping_is_taken_unless_it_comes_too_late() {
    let remembered = inspection(&[Role::Note, Role::OrderDate, Role::LineTotal], &[]).guess;
    let mut w = at_mapping(&GOOD, &BOTH);
    w.apply(Event::Remembered(1, Some(remembered.clone())));
    assert!(w.remembered && w.blockers().is_empty());
    assert_eq!(w.mapping.as_ref(), Some(&remembered));

    let mut w = at_mapping(&GOOD, &BOTH);
    w.apply(Event::SetSource("mine".into()));
    w.apply(Event::Remembered(1, Some(remembered.clone())));
    assert_eq!(w.mapping.as_ref().map(|m| m.source.as_str()), Some("mine"));

    let mut w = at_mapping(&GOOD[..2], &BOTH);
    w.apply(Event::Remembered(1, Some(remembered)));
    assert!(!w.remembered, "another number of columns");
}

#[test]
fn late_answers_change_nothing() {
    let mut w = at_mapping(&GOOD, &BOTH[..1]);
    w.apply(Event::Parse);
    w.apply(Event::Chosen { name: "b.csv".into(), bytes: 5 });
    w.apply(Event::Parsed(1, Ok(report(10, 10))));
    assert_eq!((w.step, w.name.as_str()), (Step::Inspecting, "b.csv"));
    w.apply(Event::Inspected(1, Err(FileError::Empty)));
    assert_eq!(w.trouble, None);
}

#[test]
fn cancelling_keeps_the_mapping() {
    let mut w = at_mapping(&GOOD, &BOTH);
    w.apply(Event::SetDateOrder(DateOrder::DayMonthYear));
    w.apply(Event::Parse);
    assert_eq!(w.apply(Event::Back), [Effect::Inspect(2, Read::default())]);
    // The old run's last word.
    w.apply(Event::Parsed(1, Err(FileError::Cancelled)));
    assert!(w.apply(Event::Inspected(2, Ok(inspection(&GOOD, &BOTH)))).is_empty());
    assert_eq!((w.step, w.date_order_chosen, w.trouble.clone()), (Step::Mapping, true, None));
    assert!(!w.apply(Event::Parse).is_empty());
}

#[test]
fn errors_say_why_and_lead_back() {
    let mut w = Wizard::default();
    w.apply(Event::Chosen { name: "x.csv".into(), bytes: 0 });
    assert_eq!(w.apply(Event::Inspected(1, Err(FileError::Empty))), [Effect::Close]);
    assert_eq!((w.step, w.trouble.clone()), (Step::Choose, Some(Trouble::File(FileError::Empty))));
    let read = Read { encoding: Some("gb18030".into()), delimiter: None, sheet: None };
    assert_eq!(w.apply(Event::ReadAs(read.clone())), [Effect::Inspect(2, read)]);
    assert!(Wizard::default().apply(Event::ReadAs(Read::default())).is_empty(), "no file yet");

    let mut w = at_mapping(&GOOD, &BOTH[..1]);
    w.apply(Event::Parse);
    w.apply(Event::Parsed(1, Err(FileError::UnclosedQuote { row: 7 })));
    w.apply(Event::Inspected(2, Ok(inspection(&GOOD, &BOTH[..1]))));
    assert_eq!(w.trouble, Some(Trouble::File(FileError::UnclosedQuote { row: 7 })));
    assert_eq!(w.step, Step::Mapping);

    let mut w = at_mapping(&GOOD, &BOTH[..1]);
    w.apply(Event::Parse);
    w.apply(Event::Parsed(1, Ok(report(3, 0))));
    assert!(w.apply(Event::GoOn).is_empty(), "nothing was taken, nothing to go on with");
}

#[test]
fn leaving_a_staged_file_drops_it_and_saving_cannot_be_left() {
    let mut w = at_mapping(&GOOD, &BOTH[..1]);
    w.step = Step::Preview;
    assert_eq!(w.clone().apply(Event::StartOver), [Effect::DropStaged, Effect::Close]);
    assert_eq!(w.clone().apply(Event::Back), [Effect::DropStaged, Effect::Inspect(2, Read::default())]);
    w.step = Step::Saving;
    assert!(w.apply(Event::StartOver).is_empty() && w.apply(Event::Back).is_empty());
    w.apply(Event::Committed(1, Err(CommandError::NothingStaged)));
    assert_eq!(w.step, Step::Preview);
}

#[test]
fn another_encoding_looks_again() {
    let mut w = at_mapping(&GOOD, &BOTH[..1]);
    let read = Read { encoding: Some("gb18030".into()), delimiter: None, sheet: None };
    assert_eq!(w.apply(Event::ReadAs(read.clone())), [Effect::Inspect(2, read)]);
    assert_eq!(w.mapping, None);
}

#[test]
fn ambiguous_dates_are_shown_read_both_ways() {
    let samples = ["13/1/2011 8:26", "5/5/2011", "3/4/2011 9:00"];
    let (text, readings) = ambiguous_example(&samples, &BOTH).unwrap();
    assert_eq!(text, "3/4/2011 9:00");
    let days: Vec<String> = readings.iter().map(|(_, d)| d.to_string()).collect();
    assert_eq!(days, ["2011-04-03", "2011-03-04"]);
    assert_eq!(ambiguous_example(&["5/5/2011", "x", ""], &BOTH), None);
}

#[test]
fn sampled_cells_show_what_is_wrong_with_them() {
    let mapping = inspection(&GOOD, &BOTH).guess;
    let cases = [
        (Role::OrderDate, "30/2/2011", Some(RowReason::NoSuchDate)),
        (Role::OrderDate, "soon", Some(RowReason::NotADate)),
        (Role::OrderDate, " ", Some(RowReason::Missing)),
        (Role::OrderDate, "3/12/2011 8:26", None),
        (Role::UnitPrice, "2,5x", Some(RowReason::NotANumber)),
        (Role::UnitPrice, "1e400", Some(RowReason::TooLarge)),
        (Role::Quantity, "", None),
        (Role::CustomerName, "x", None),
    ];
    for (role, cell, want) in cases {
        let mapping = Mapping { roles: vec![role], ..mapping.clone() };
        assert_eq!(cell_problem(0, cell, &mapping), want, "{role:?} {cell}");
    }
}

#[test]
fn another_date_column_is_looked_at_afresh() {
    let mut w = at_mapping(&[Role::OrderDate, Role::UnitPrice, Role::Ignore], &BOTH);
    w.apply(Event::SetDateOrder(DateOrder::MonthDayYear));
    if let Some(inspection) = &mut w.inspection {
        inspection.sample = vec![vec!["3/4/2011".into(), "1".into(), "2011-12-31".into()]];
    }
    w.apply(Event::SetRole(2, Role::OrderDate));
    assert_eq!(w.mapping.as_ref().map(|m| m.date_order), Some(DateOrder::YearMonthDay));
    assert!(w.blockers().is_empty());
}

#[test]
fn a_file_of_answers_asks_for_who_and_what() {
    let mut w = at_mapping(&GOOD, &[DateOrder::YearMonthDay]);
    assert_eq!(w.blockers(), []);
    w.apply(Event::SetTarget(Target::Responses));
    // Nothing in the names says a score.
    assert_eq!(w.mapping.as_ref().map(|m| m.target), Some(Target::Responses));
    assert!(w.blockers().contains(&Blocker::NoScore), "{:?}", w.blockers());
    w.apply(Event::SetRole(0, Role::OrderDate));
    w.apply(Event::SetRole(1, Role::Experience));
    w.apply(Event::SetRole(2, Role::Email));
    assert_eq!(w.blockers(), []);
}

#[test]
fn numbers_that_clash_are_asked_about_before_anything_comes_in() {
    let clash = crate::engine::api::ImportClash {
        source: "shop".into(),
        known: 5,
        different: 4,
        number: "7".into(),
        meant: crate::engine::api::Meant::Days(Day(1), Day(9)),
    };
    let staged = |clash| StagedImport { file: "a.csv".into(), clash, ..StagedImport::default() };
    let mut w = at_mapping(&GOOD, &BOTH[..1]);
    w.apply(Event::Parse);
    w.apply(Event::Parsed(1, Ok(report(10, 9))));
    w.apply(Event::GoOn);
    w.apply(Event::Staged(1, Ok(staged(Some(clash.clone())))));
    assert_eq!((w.apply(Event::Commit), w.step), (Vec::new(), Step::Preview), "not without an answer");
    w.apply(Event::SameSystem(true));
    w.apply(Event::SameSystem(false));
    assert!(w.clashes());
    for same in ["", "  ", " shop "] {
        assert_eq!(w.apply(Event::OtherSystem(same.into())), []);
    }
    let effects = w.apply(Event::OtherSystem(" market ".into()));
    assert!(
        matches!(&effects[..], [Effect::Remember(_, m), Effect::Rename(1, name)] if m.source == "market" && name == "market")
    );
    assert_eq!(w.step, Step::Staging);
    w.apply(Event::Staged(1, Ok(staged(None))));
    assert_eq!(w.apply(Event::Commit), [Effect::Commit(1, true)]);

    let mut w = at_mapping(&GOOD, &BOTH[..1]);
    w.apply(Event::Parse);
    w.apply(Event::Parsed(1, Ok(report(10, 9))));
    w.apply(Event::GoOn);
    w.apply(Event::Staged(1, Ok(staged(Some(clash)))));
    w.apply(Event::SameSystem(true));
    assert_eq!(w.apply(Event::Commit), [Effect::Commit(1, true)]);
}
