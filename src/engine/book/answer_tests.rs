//! Answers on satisfaction: by hand and from a file.

use super::tests::*;
use super::*;
use crate::domain::{
    CivilTime, Currency, CustomerProfile, Day, Line, OrderDraft, OrderKind, ResponseDraft, order, response,
};
use crate::engine::api::{InvalidReason, Tally};
use crate::engine::testing::{MemoryStore, saved};
use crate::files::orders::{ParsedResponse, RowReason};

#[test]
fn answers_by_hand() {
    let book = open(&MemoryStore::default());
    let id = |n, command| run(&book, n, &command).unwrap().id.unwrap();
    let (ann, bo) = (id(1, named("Ann")), id(2, named("Bo")));
    let bare = ResponseDraft {
        customer: ann,
        order: None,
        product: None,
        at: Day::parse_iso("2024-05-01").unwrap().start(),
        expectation: Some(8),
        experience: Some(5),
        nps: Some(0),
        csat: Some(1),
        comment: " bitter ".into(),
        staff: String::new(),
    };
    let save = |n, id, response: &ResponseDraft| {
        run(&book, n, &Command::SaveResponse { id, seen: None, response: response.clone() })
    };
    let first = save(3, None, &bare).unwrap();
    let row = book.data().responses().row(first.id.unwrap()).unwrap();
    let shown = || crate::engine::query::response_draft(&book.data(), row).unwrap();
    assert_eq!(shown(), ResponseDraft { comment: "bitter".into(), ..bare.clone() });
    assert_eq!(save(4, first.id, &shown()).unwrap().seq, None, "nothing changed");

    let out_of_range = InvalidReason::OutOfRange;
    for (draft, field, reason) in [
        (ResponseDraft { expectation: Some(11), ..bare.clone() }, "expectation", out_of_range),
        (ResponseDraft { experience: Some(200), ..bare.clone() }, "experience", out_of_range),
        (ResponseDraft { nps: Some(11), ..bare.clone() }, "nps", out_of_range),
        (ResponseDraft { csat: Some(0), ..bare.clone() }, "csat", out_of_range),
        (ResponseDraft { csat: Some(6), ..bare.clone() }, "csat", out_of_range),
        (ResponseDraft { at: CivilTime(i64::MAX), ..bare.clone() }, "at", out_of_range),
        (ResponseDraft { comment: "x".repeat(10_001), ..bare.clone() }, "comment", InvalidReason::TooLong),
        (ResponseDraft { customer: Id(5), ..bare.clone() }, "customer", InvalidReason::Required),
        (ResponseDraft { order: Some(Id(5)), ..bare.clone() }, "order", InvalidReason::Required),
        (
            ResponseDraft {
                expectation: None,
                experience: None,
                nps: None,
                csat: None,
                comment: " ".into(),
                ..bare.clone()
            },
            "experience",
            InvalidReason::Required,
        ),
    ] {
        assert_eq!(save(5, None, &draft), problem(field, reason), "{draft:?}");
    }
    let line = Line { product: None, quantity_milli: 1_000, unit_price_e4: 100, total_minor: 1 };
    let order = OrderDraft {
        number: "1".into(),
        customer: Some(bo),
        at: bare.at,
        kind: OrderKind::Purchase,
        channel: String::new(),
        currency: Currency::CNY,
        lines: vec![line],
        note: String::new(),
    };
    let order = id(6, Command::SaveOrder { id: None, seen: None, order, products: vec![], fields: vec![] });
    assert_eq!(save(7, None, &ResponseDraft { order: Some(order), ..bare.clone() }), problem("order", out_of_range));
    let about = ResponseDraft { customer: bo, order: Some(order), ..bare.clone() };
    let about = save(8, None, &about).unwrap();

    let live = || book.data().responses().live().count();
    assert_eq!(live(), 2);
    run(&book, 9, &Command::Delete { ids: vec![first.id.unwrap()] }).unwrap();
    assert_eq!((live(), save(10, first.id, &bare)), (1, Err(CommandError::NotFound)));
    run(&book, 11, &Command::Restore { ids: vec![first.id.unwrap()] }).unwrap();
    run(&book, 12, &Command::Undo { seq: about.seq.unwrap() }).unwrap();
    assert_eq!(live(), 1);
    assert_reopens(&book);
}

#[test]
fn a_file_of_answers_finds_its_customers_and_doubles_nothing() {
    let book = open(&MemoryStore::default());
    import(&book, 1, file(2, 4));
    let ann = CustomerProfile { name: "Ann".into(), phone: "+86 138-0013-8000".into(), ..Default::default() };
    let ann = run(&book, 2, &saved(None, None, &ann)).unwrap().id.unwrap();
    let (known, number) = {
        let data = book.data();
        let table = data.customers();
        (table.text(0, crate::domain::customer::KEY).to_owned(), data.orders().text(0, order::KEY).to_owned())
    };
    let answer = |row: u64, customer: &str, order: &str| ParsedResponse {
        row,
        key: format!("r{row}"),
        customer: customer.into(),
        at: Day(20_000).start(),
        order: order.into(),
        product: String::new(),
        staff: String::new(),
        expectation: Some(8),
        experience: Some(6),
        nps: None,
        csat: None,
        comment: "bitter".into(),
    };
    let answers = || ParsedOrders {
        responses: vec![answer(2, &known, &number), answer(3, "nobody", ""), answer(4, "13800138000", &number)],
        ..Default::default()
    };
    let (staged, done) = import(&book, 3, answers());
    assert_eq!(staged.responses, Tally { new: 2, updated: 0, unchanged: 0 });
    let left_out: Vec<_> = staged.left_out.iter().map(|e| (e.row, e.value.as_str(), e.reason)).collect();
    assert_eq!(left_out, [(3, "nobody", RowReason::UnknownCustomer)]);
    assert_eq!((staged.left_out_total, done.records), (1, 2));
    let unlinked: Vec<_> = staged.unlinked.iter().map(|e| (e.row, e.value.as_str(), e.reason)).collect();
    assert_eq!(unlinked, [(4, number.as_str(), RowReason::UnknownOrder)], "somebody else's order");
    {
        let data = book.data();
        let (table, ann) = (data.responses(), data.customers().row(ann));
        assert_eq!(table.reference(0, response::ORDER), Some(0), "their own order");
        assert_eq!((table.reference(1, response::CUSTOMER), table.reference(1, response::ORDER)), (ann, None));
    }
    let (again, done) = import(&book, 4, answers());
    assert_eq!((again.responses, done.seq), (Tally { new: 0, updated: 0, unchanged: 2 }, None));
    assert_reopens(&book);
}
