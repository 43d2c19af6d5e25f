//! Who is satisfied, and that each number opens as many rows.

use proptest::prelude::*;

use super::*;
use crate::analytics::{KotlerGroup, Mood, NpsClass};
use crate::domain::Kind;
use crate::engine::api::{
    Filter, Period, ResponseFilter, ResponseList, SatisfactionView, Sort, SortKey, TimelineItem, VoiceBy,
};
use crate::engine::metrics::tests::{
    Book, TODAY, customer_id, day, order, product_id, reference_book, response_id, said, set, steps,
};

fn satisfaction(book: &mut Book, period: Period, by: VoiceBy) -> SatisfactionView {
    let query = Query::Satisfaction { as_of: None, period, by, offset: 0, limit: 1_000 };
    match book.ask(&query, day(TODAY)) {
        Answer::Satisfaction(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn answers(book: &mut Book, filter: ResponseFilter) -> ResponseList {
    match book.ask(&Query::Responses { as_of: None, filter, offset: 0, limit: 1_000 }, day(TODAY)) {
        Answer::Responses(list) => list,
        other => panic!("{other:?}"),
    }
}

fn customers(book: &mut Book, filter: Filter) -> Vec<CustomerRow> {
    let sort = Sort { by: SortKey::Profit, descending: true };
    match book
        .ask(&Query::Customers { as_of: None, filter, sort, columns: Vec::new(), offset: 0, limit: 1_000 }, day(TODAY))
    {
        Answer::Customers(list) => list.rows,
        other => panic!("{other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_number_opens_its_rows(
        steps in steps(120),
        period in prop::sample::select(vec![Period::Quarter, Period::Year, Period::All]),
        by in prop::sample::select(vec![VoiceBy::Product, VoiceBy::Staff]),
    ) {
        let mut book = Book::default();
        steps.iter().for_each(|step| step.apply(&mut book));
        let view = satisfaction(&mut book, period, by);
        let any = || ResponseFilter { from: view.from, ..ResponseFilter::default() };
        let count = |book: &mut Book, filter: ResponseFilter| answers(book, filter).total;
        prop_assert_eq!(count(&mut book, any()), view.all.answers);
        prop_assert_eq!(count(&mut book, ResponseFilter::default()), view.answers_ever);
        for (mood, n) in Mood::ALL.into_iter().zip(view.all.moods) {
            prop_assert_eq!(count(&mut book, ResponseFilter { mood: Some(mood), ..any() }), n);
        }
        for (gap, &n) in (-10i8..).zip(&view.gaps) {
            prop_assert_eq!(count(&mut book, ResponseFilter { gap: Some(gap), ..any() }), n);
        }
        if let Some(nps) = view.all.nps {
            for (class, n) in [
                (NpsClass::Promoter, nps.promoters), (NpsClass::Passive, nps.passives), (NpsClass::Detractor, nps.detractors),
            ] {
                prop_assert_eq!(count(&mut book, ResponseFilter { nps: Some(class), ..any() }), n);
            }
        }
        for (csat, n) in (1u8..).zip(view.csat) {
            prop_assert_eq!(count(&mut book, ResponseFilter { csat: Some(csat), ..any() }), n);
        }
        for (from, to, step) in &view.steps {
            let filter = ResponseFilter { from: Some(*from), to: Some(*to), ..ResponseFilter::default() };
            prop_assert_eq!(count(&mut book, filter), step.answers);
        }
        prop_assert_eq!(view.steps.iter().map(|(_, _, s)| s.answers).sum::<u64>(), view.all.answers);
        for group in &view.groups {
            let staff = (by == VoiceBy::Staff).then(|| group.name.clone());
            let filter = ResponseFilter { product: group.id, staff, ..any() };
            prop_assert_eq!(count(&mut book, filter), group.figures.answers);
        }
        for (group, moods) in &view.crossing {
            for (mood, n) in Mood::ALL.into_iter().zip(moods) {
                let of_group = match group {
                    Some(_) => Filter { kotler: *group, ..Filter::default() },
                    None => Filter { prospects: Some(true), ..Filter::default() },
                };
                let rows = customers(&mut book, Filter { mood: Some(mood), ..of_group });
                prop_assert_eq!(rows.len() as u64, *n);
                prop_assert!(rows.iter().all(|r| r.metrics.mood == mood));
            }
        }
        let unhappy = customers(&mut book, Filter { mood: Some(Mood::Unhappy), ..Filter::default() });
        prop_assert_eq!(unhappy.len() as u64, view.unhappy_total);
        prop_assert_eq!(&unhappy[..view.unhappy.len()], view.unhappy.as_slice());
    }
}

#[test]
fn the_last_answer_says_how_a_customer_stands() {
    let mut book = Book::default();
    let tea = product_id(7);
    let mut changes = order(1, 1, day("2024-06-01"), "purchase", 10_000);
    changes.extend(said(1, 1, day("2024-01-02"), [Some(5), Some(9), Some(10), None]));
    changes.extend(said(2, 1, day("2024-06-30"), [Some(8), Some(6), None, Some(2)]));
    // Tomorrow is not seen, and a score that no scale has is none.
    changes.extend(said(3, 1, day("2024-07-01"), [Some(0), Some(10), None, None]));
    changes.extend(said(4, 2, day("2024-06-30"), [Some(8), Some(11), Some(0), Some(9)]));
    changes.extend([(1, "Ann"), (2, "Bo")].map(|(n, name)| set(Kind::Customer, customer_id(n), "name", name)));
    changes.push(set(Kind::Response, response_id(2), "product", tea));
    changes.push(set(Kind::Response, response_id(2), "comment", "bitter"));
    changes.push(set(Kind::Product, tea, "name", "Tea"));
    book.apply(changes);

    let unhappy = customers(&mut book, Filter { mood: Some(Mood::Unhappy), ..Filter::default() });
    assert_eq!(unhappy.iter().map(|r| r.name.as_str()).collect::<Vec<_>>(), ["Ann"]);
    let ann = &unhappy[0].metrics;
    assert_eq!((ann.mood, ann.last_gap, ann.answers), (Mood::Unhappy, Some(-2), 2));
    // 180 days apart and 180 days of half-life: (4 × ½ − 2) ÷ 1½.
    assert!(ann.weighted_gap.unwrap().abs() < 1e-12, "{ann:?}");
    let silent = customers(&mut book, Filter { mood: Some(Mood::NoAnswer), ..Filter::default() });
    assert_eq!((silent[0].name.as_str(), silent[0].metrics.answers), ("Bo", 1));

    let view = satisfaction(&mut book, Period::Quarter, VoiceBy::Product);
    assert_eq!((view.all.answers, view.answers_ever, view.all.moods), (2, 3, [1, 0, 0]));
    assert_eq!(view.groups.iter().map(|g| (g.name.as_str(), g.figures.answers)).collect::<Vec<_>>(), [("Tea", 1)]);
    let friends = view.crossing.iter().find(|(g, _)| *g == Some(unhappy[0].metrics.kotler.unwrap()));
    assert_eq!(friends.unwrap().1, [1, 0, 0, 0]);
    let nps = view.all.nps.unwrap();
    assert_eq!((nps.estimate.value, nps.detractors), (-100.0, 1), "nought is a detractor");

    let query =
        Query::Customer { id: customer_id(1), as_of: None, timeline_offset: 0, timeline_limit: 9, kinds: Vec::new() };
    let Answer::Customer(Some(ann)) = book.ask(&query, day(TODAY)) else { panic!() };
    let spoken: Vec<String> = ann
        .timeline
        .iter()
        .filter_map(|item| match item {
            TimelineItem::Response { draft, product, .. } => {
                Some(format!("{:?} {product} {}", draft.experience, draft.comment))
            }
            _ => None,
        })
        .collect();
    assert_eq!(spoken, ["Some(10)  ", "Some(6) Tea bitter", "Some(9)  "]);
}

#[test]
fn trends_are_drawn_in_steps_that_fit() {
    let mut book = reference_book();
    let lengths = |book: &mut Book| {
        [Period::Quarter, Period::Year, Period::All].map(|p| satisfaction(book, p, VoiceBy::Product).steps.len())
    };
    assert_eq!(lengths(&mut book), [3, 12, 1], "no answers");
    book.apply(said(1, 1, day("2022-02-02"), [Some(5), Some(9), None, None]));
    assert_eq!(lengths(&mut book), [3, 12, 10], "by quarter");
    book.apply(said(2, 1, day("1950-02-02"), [Some(5), Some(9), None, None]));
    let view = satisfaction(&mut book, Period::All, VoiceBy::Product);
    assert_eq!(view.steps.len(), 75, "by year");
    assert_eq!((view.steps[0].0, view.steps[0].1), (day("1950-02-02"), day("1950-12-31")));
    assert_eq!(view.steps.last().map(|s| s.1), Some(day(TODAY)));
    assert_eq!(view.crossing.iter().map(|(g, _)| *g).filter(|g| *g == Some(KotlerGroup::TrueFriend)).count(), 1);
}
