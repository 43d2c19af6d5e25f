//! The user's own segments: each with its sentence, how many it holds and what they bring; templates to start from.

use crate::ui::prelude::*;

use crate::domain::Id;
use crate::engine::api::{
    Bought, ButNot, Calendar, Column, Command, Figure, Filter, Goods, Leaf, Query, Rank, Rule, SegmentDraft, SegmentList,
    SegmentRow, Test,
};
use crate::locale::{Locale, fill, plural};
use crate::ui::app::{ALL_TOPICS, App, use_app};
use crate::ui::components::{ButtonKind, EmptyState, Icon, IconButton, LinkButton, Loaded, Skeleton};
use crate::ui::format::Format;
use crate::ui::model::rule::flaw_words;
use crate::ui::pages::rules::in_both;
use crate::ui::pages::customers::{Look, use_look};
use crate::ui::pages::failed;
use crate::ui::query::use_query;
use crate::ui::route::Route;

#[component]
pub fn OwnTab() -> impl IntoView {
    let app = use_app();
    let asked = use_query::<SegmentList>(move || Query::Segments { as_of: app.as_of.get() }, ALL_TOPICS);
    // What a stopped forecast leaves is no count.
    let state = Signal::derive(move || asked.get().unless_stopped());
    let loading = move || view! { <Skeleton lines=6 label=Signal::derive(move || app.t().common.loading.to_owned()) /> };
    view! {
        <Loaded state loading failed=failed(app) view=|list| view! { <Own list /> }.into_any() />
        <Templates />
    }
}

#[component]
fn Own(list: Memo<SegmentList>) -> impl IntoView {
    let app = use_app();
    let look = use_look();
    let answer = move || {
        let n = list.with(|list| list.segments.len() as u64);
        let locale = app.locale.get();
        (n > 0).then(|| plural(locale.t().rules.own_answer, n, &[("n", &locale.int(n))]))
    };
    let cards = move || {
        let look = look.get();
        list.with(|list| {
            let look = Look { names: list.names.clone(), ..look };
            let one = |row: &SegmentRow| card(app, &look, row, list);
            list.segments.iter().map(one).collect_view()
        })
    };
    view! {
        <header class="page-head">
            <div>
                <h1 tabindex="-1">{move || app.t().rules.tab}</h1>
                <p class="answer" aria-live="polite">{shared(answer)}</p>
            </div>
            <div class="page-actions">
                <LinkButton kind=ButtonKind::Primary icon=Icon::Plus href=Route::Segment { id: None, draft: None }.href()>
                    {move || app.t().rules.new}
                </LinkButton>
            </div>
        </header>
        <Show when=move || list.with(|list| list.segments.is_empty())>
            <EmptyState
                title=Signal::derive(move || app.t().rules.none_title.to_owned())
                body=Signal::derive(move || app.t().rules.none_body.to_owned())
            />
        </Show>
        <ul class="own-segments">{dynamic(cards)}</ul>
    }
}

/// One saved segment.
fn card(app: App, look: &Look, row: &SegmentRow, list: &SegmentList) -> AnyView {
    let (locale, r) = (look.locale, &look.locale.t().rules);
    let members = Filter { conditions: vec![Rule::segment(row.id)], ..Filter::default() };
    let members = Route::customers(members).href();
    let share = if list.total == 0 { 0.0 } else { row.customers as f64 / list.total as f64 };
    let worth = if list.profit_minor > 0 { row.profit_minor as f64 / list.profit_minor as f64 } else { 0.0 };
    let money = |minor| locale.money_round(minor, look.currency);
    let figures = [
        (locale.t().common.customers, format!("{} · {}", locale.int(row.customers), locale.percent(share, 1))),
        (locale.t().common.revenue, money(row.revenue_minor)),
        (locale.t().common.profit, format!("{} · {}", money(row.profit_minor), locale.percent(worth, 1))),
    ];
    let figures = figures.map(|(term, value)| view! { <div><dt>{term}</dt><dd class="num">{value}</dd></div> }).into_iter().collect_view();
    let copy = SegmentDraft {
        name: fill(r.copy_name, &[("name", &row.name)]),
        note: row.note.clone(),
        rule: row.rule.clone(),
    };
    let copy = Route::Segment { id: None, draft: Some(Box::new(copy)) };
    let edit = Route::Segment { id: Some(row.id), draft: None };
    let (id, name) = (row.id, row.name.clone());
    let labelled = |text: &'static str| Signal::stored(fill(text, &[("name", &row.name)]));
    let flaws = row.flaws.iter().map(|flaw| view! { <p class="rule-note">{flaw_words(locale, *flaw)}</p> }).collect_view();
    view! {
        <li class="card own-segment">
            <div class="card-head">
                <h2><a href=members.clone()>{row.name.clone()}</a></h2>
                <IconButton icon=Icon::Edit label=labelled(r.edit_one) on_click=move || app.go(&edit) />
                <IconButton icon=Icon::Copy label=labelled(r.copy_one) on_click=move || app.go(&copy) />
                <IconButton icon=Icon::Trash label=labelled(r.delete_one) on_click=move || delete(app, id, &name) />
            </div>
            {in_both(look, &row.rule)}
            {(!row.note.is_empty()).then(|| view! { <p class="quiet-text">{row.note.clone()}</p> })}
            {flaws}
            <dl class="own-figures">{figures}</dl>
            <LinkButton icon=Icon::Customers href=members>{r.open_list}</LinkButton>
        </li>
    }
    .into_any()
}

fn delete(app: App, id: Id, name: &str) {
    let words = fill(app.locale.get_untracked().t().rules.deleted, &[("name", name)]);
    app.run_command(Command::Delete { ids: vec![id] }, words);
}

/// Rules to begin with.
fn templates(locale: Locale) -> Vec<(&'static str, Rule)> {
    let r = &locale.t().rules;
    let figure = |figure, test| Rule::column(Column::Figure(figure), test);
    let is = |of, name: &str| figure(of, Test::AnyOf(vec![name.to_owned()]));
    let least = |of, n| figure(of, Test::Between { from: Some(n), to: None });
    let field = |name: &str, test| Column::parse(name).map(|column| Rule::column(column, test));
    let lead = Bought {
        goods: Goods::Role("lead".to_owned()),
        days: None,
        times: 1,
        but_not: Some(ButNot { goods: Goods::Role("profit".to_owned()), days: Some(90) }),
    };
    let top = Rank { by: Column::Figure(Figure::Profit), top: true, share_bp: 2_000 };
    let once = figure(Figure::Purchases, Test::Between { from: Some(1), to: Some(1) });
    let birthday = field("birthday", Test::This(Calendar::Month)).into_iter().collect();
    vec![
        (r.tpl_gold, Rule::All(vec![is(Figure::Tier, "gold"), least(Figure::Away, 60)])),
        (r.tpl_lead, Rule::All(vec![Rule::Leaf(Leaf::Bought(lead))])),
        (r.tpl_unhappy, Rule::All(vec![is(Figure::Mood, "unhappy"), Rule::Leaf(Leaf::Rank(top))])),
        (r.tpl_once, Rule::All(vec![once, least(Figure::Away, 90)])),
        (r.tpl_new, Rule::All(vec![figure(Figure::FirstPurchase, Test::This(Calendar::Quarter))])),
        (r.tpl_birthday, Rule::All(birthday)),
    ]
}

#[component]
fn Templates() -> impl IntoView {
    let app = use_app();
    let one = |(name, rule): (&'static str, Rule)| {
        let draft = SegmentDraft { name: name.to_owned(), note: String::new(), rule };
        let href = Route::Segment { id: None, draft: Some(Box::new(draft)) }.href();
        view! { <li><a class="button" href=href>{name}</a></li> }
    };
    view! {
        <section class="rule-templates">
            <h2>{move || app.t().rules.templates}</h2>
            <ul>{dynamic(move || templates(app.locale.get()).into_iter().map(one).collect_view())}</ul>
        </section>
    }
}
