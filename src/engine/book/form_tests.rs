//! What forms save: together, beside another tab, and into the trash.

use super::tests::{assert_reopens, named, open, run};
use crate::domain::{
    Currency, Day, Id, InteractionChannel, InteractionDraft, Line, OrderDraft, OrderKind, ResponseDraft, Settings,
};
use crate::engine::api::{Answer, Command, InvalidReason, Language, Query};
use crate::engine::metrics::MetricsCache;
use crate::engine::query::{answer, interaction_draft, order_draft, response_draft};
use crate::engine::testing::MemoryStore;

const TODAY: Day = Day(20_000);

fn order(customer: Id, product: Option<Id>) -> OrderDraft {
    OrderDraft {
        number: String::new(),
        customer: Some(customer),
        at: TODAY.start(),
        kind: OrderKind::Purchase,
        channel: String::new(),
        currency: Currency::GBP,
        lines: vec![Line { product, quantity_milli: 1_000, unit_price_e4: 25_000, total_minor: 250 }],
        note: String::new(),
    }
}

#[test]
fn an_order_brings_its_new_products_and_the_first_one_its_currency() {
    let book = open(&MemoryStore::default());
    let ann = run(&book, 1, &named("Ann")).unwrap().id.unwrap();
    let (tea, cup) = (Id(7_000), Id(7_001));
    let save = |n, draft: OrderDraft, products: &[(Id, &str)]| {
        let products = products.iter().map(|(id, name)| (*id, (*name).to_owned())).collect();
        run(&book, n, &Command::SaveOrder { id: None, seen: None, order: draft, products, fields: vec![] })
    };
    let first = save(2, order(ann, Some(tea)), &[(tea, " Tea ")]).unwrap();
    {
        let data = book.data();
        assert_eq!(data.products().text(0, crate::domain::product::NAME), "Tea");
        assert_eq!(order_draft(&data, 0).lines[0].product, Some(tea));
        assert_eq!(data.settings().currency, Currency::GBP);
    }
    let wrong = |n, id, products: &[(Id, &str)]| save(n, order(ann, Some(id)), products).unwrap_err();
    let problem = |reason| super::tests::problem("product", reason).unwrap_err();
    assert_eq!(wrong(3, tea, &[(tea, "Cup")]), problem(InvalidReason::Required), "the id is taken");
    assert_eq!(wrong(4, cup, &[(cup, " ")]), problem(InvalidReason::Required));
    assert_eq!(wrong(5, cup, &[]), problem(InvalidReason::Required));
    assert_reopens(&book);

    run(&book, 6, &Command::Undo { seq: first.seq.unwrap() }).unwrap();
    let data = book.data();
    assert_eq!((data.orders().live().count(), data.products().live().count()), (0, 0), "one undo takes both");
    assert_eq!(data.settings().currency, Settings::default().currency);
}

#[test]
fn a_form_leaves_what_another_tab_saved_meanwhile() {
    let book = open(&MemoryStore::default());
    let ann = run(&book, 1, &named("Ann")).unwrap().id.unwrap();
    let save_order = |n, id, seen: Option<&OrderDraft>, order: &OrderDraft| {
        let seen = seen.map(|s| Box::new(s.clone()));
        run(&book, n, &Command::SaveOrder { id, seen, order: order.clone(), products: vec![], fields: vec![] }).unwrap()
    };
    let seen = order(ann, None);
    let id = save_order(2, None, None, &seen).id;
    save_order(3, id, Some(&seen), &OrderDraft { note: "first tab".into(), ..seen.clone() });
    save_order(4, id, Some(&seen), &OrderDraft { channel: "shop".into(), ..seen.clone() });
    assert_eq!(order_draft(&book.data(), 0), OrderDraft { note: "first tab".into(), channel: "shop".into(), ..seen });

    let seen = InteractionDraft {
        customer: ann,
        at: TODAY.start(),
        channel: InteractionChannel::Phone,
        inbound: true,
        note: "asked".into(),
        mood: None,
        staff: String::new(),
    };
    let talk = |n, id, seen: Option<&InteractionDraft>, interaction: &InteractionDraft| {
        let (seen, interaction) = (seen.map(|s| Box::new(s.clone())), interaction.clone());
        run(&book, n, &Command::LogInteraction { id, seen, interaction }).unwrap()
    };
    let id = talk(5, None, None, &seen).id;
    talk(6, id, Some(&seen), &InteractionDraft { mood: Some(5), ..seen.clone() });
    talk(7, id, Some(&seen), &InteractionDraft { staff: "Li".into(), ..seen.clone() });
    let both = InteractionDraft { mood: Some(5), staff: "Li".into(), ..seen };
    assert_eq!(interaction_draft(&book.data(), 0), Some(both));

    let seen = ResponseDraft {
        customer: ann,
        order: None,
        product: None,
        at: TODAY.start(),
        expectation: Some(8),
        experience: Some(5),
        nps: None,
        csat: None,
        comment: String::new(),
        staff: String::new(),
    };
    let say = |n, id, seen: Option<&ResponseDraft>, response: &ResponseDraft| {
        let (seen, response) = (seen.map(|s| Box::new(s.clone())), response.clone());
        run(&book, n, &Command::SaveResponse { id, seen, response }).unwrap()
    };
    let id = say(8, None, None, &seen).id;
    say(9, id, Some(&seen), &ResponseDraft { comment: "bitter".into(), ..seen.clone() });
    say(10, id, Some(&seen), &ResponseDraft { expectation: None, ..seen.clone() });
    let both = ResponseDraft { comment: "bitter".into(), expectation: None, ..seen };
    assert_eq!(response_draft(&book.data(), 0), Some(both));

    let seen = book.data().settings().clone();
    let set = |n, settings: Settings| {
        let (seen, settings) = (Some(Box::new(seen.clone())), Box::new(settings));
        run(&book, n, &Command::SaveSettings { seen, settings }).unwrap()
    };
    set(11, Settings { business_name: "Tea".into(), ..seen.clone() });
    set(12, Settings { default_margin_bp: 4_200, ..seen.clone() });
    let now = book.data().settings().clone();
    assert_eq!((now.business_name.as_str(), now.default_margin_bp), ("Tea", 4_200));
    assert_reopens(&book);
}

#[test]
fn the_trash_holds_what_somebody_deleted() {
    let book = open(&MemoryStore::default());
    let names = || {
        let query = Query::Trash { offset: 0, limit: 9 };
        match answer(&book.data(), &mut MetricsCache::default(), &query, TODAY) {
            Some(Answer::Trash(rows)) => rows.into_iter().map(|row| row.name).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        }
    };
    run(&book, 1, &Command::FillDemo { language: Language::En, today: TODAY, seed: 1 }).unwrap();
    let ann = run(&book, 2, &named("Ann")).unwrap();
    run(&book, 3, &Command::ClearDemo).unwrap();
    assert_eq!(names(), [""; 0], "clearing the demo");
    let deleted = run(&book, 4, &Command::Delete { ids: vec![ann.id.unwrap()] }).unwrap();
    assert_eq!(names(), ["Ann"]);
    let back = run(&book, 5, &Command::Undo { seq: deleted.seq.unwrap() }).unwrap();
    assert_eq!(names(), [""; 0]);
    run(&book, 6, &Command::Undo { seq: back.seq.unwrap() }).unwrap();
    assert_eq!(names(), ["Ann"], "deleted again");
    let bo = run(&book, 7, &named("Bo")).unwrap();
    run(&book, 8, &Command::Undo { seq: bo.seq.unwrap() }).unwrap();
    assert_eq!(names(), ["Ann"], "an addition taken back is no deletion");
}
