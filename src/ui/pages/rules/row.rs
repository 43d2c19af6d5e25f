//! The controls of one condition, by what it is about.

use crate::ui::prelude::*;

use crate::domain::{Id, Kind, ROLES, customer};
use crate::engine::api::{Column, Content, GoodsNames, Query, RecordList, Topic};
use crate::locale::{ListTexts, Locale};
use crate::ui::app::{use_app, use_overview};
use crate::ui::components::SelectField;
use crate::ui::model::rule::{Control, GoodsKind, Op, Row, Say, TypedGoods, What};
use crate::ui::pages::customers::{Look, label, use_look};
use crate::ui::query::{last, use_query, use_query_if};

/// Suggestions under a product.
const SUGGESTIONS: u32 = 12;

fn op_words(op: Op, locale: Locale) -> &'static str {
    let (l, r): (&ListTexts, _) = (&locale.t().list, &locale.t().rules);
    match op {
        Op::Holds => l.op_holds,
        Op::Lacks => l.op_lacks,
        Op::Is => l.op_is,
        Op::Not => l.op_not,
        Op::Between => l.op_between,
        Op::Within => l.op_within,
        Op::Next => l.op_next,
        Op::Ahead => r.op_ahead,
        Op::Before => l.op_before,
        Op::Month => r.op_month,
        Op::Quarter => r.op_quarter,
        Op::Year => r.op_year,
        Op::Empty => l.op_empty,
        Op::Filled => l.op_filled,
        Op::Top => r.op_top,
        Op::Bottom => r.op_bottom,
        Op::Inside => r.op_inside,
        Op::Outside => r.op_outside,
    }
}

/// What a condition is about, in words.
pub fn what_words(look: &Look, what: &What) -> String {
    let r = &look.locale.t().rules;
    match what {
        What::Column(column) => label(look, *column),
        What::Rank => r.what_rank.to_owned(),
        What::Bought => r.what_bought.to_owned(),
        What::Segment => r.what_segment.to_owned(),
        What::Newer(_) => r.what_newer.to_owned(),
    }
}

/// One condition as it is typed; `change` hears it whole.
#[derive(Clone, Copy)]
struct Typing {
    row: Memo<Row>,
    change: Callback<Row>,
    look: Memo<Look>,
}

impl Typing {
    fn update(self, change: impl FnOnce(&mut Row)) {
        let mut row = self.row.get_untracked();
        change(&mut row);
        self.change.run(row);
    }
}

#[component]
pub fn RowFields(row: Memo<Row>, change: Callback<Row>, #[prop(into)] segments: Signal<Vec<(Id, String)>>) -> impl IntoView {
    let typing = Typing { row, change, look: use_look() };
    // The controls change with what is asked, not with what is typed: what has the focus keeps it.
    let what = Memo::new(move |_| row.with(|row| row.what.clone()));
    view! {
        <div class="rule-fields">
            {dynamic(move || {
                match what.get() {
                    What::Column(column) => column_fields(typing, column),
                    What::Rank => rank_fields(typing),
                    What::Bought => bought_fields(typing),
                    What::Segment => segment_fields(typing, segments),
                    What::Newer(_) => ().into_any(),
                }
            })}
        </div>
    }
}

/// A choice of few without a label in sight.
fn select(
    label: Signal<String>,
    options: Signal<Vec<(String, String)>>,
    value: Signal<String>,
    change: Callback<String>,
) -> AnyView {
    view! { <SelectField compact=true label options value on_change=change /> }.into_any()
}

/// A short text; `kind` as in an input, numbers with the right keyboard. `empty` is what stands there when nothing is typed.
fn input(
    label: Signal<String>,
    empty: Option<Signal<String>>,
    kind: &'static str,
    list: Option<&'static str>,
    value: Signal<String>,
    change: Callback<String>,
) -> AnyView {
    let number = kind == "number";
    view! {
        <input
            type=if number { "text" } else { kind }
            inputmode=number.then_some("decimal")
            class:short=number
            list=list
            autocomplete="off"
            aria-label=move || label.get()
            placeholder=move || empty.map(|empty| empty.get())
            prop:value=move || value.get()
            on:input=move |e| change.run(event_target_value(&e))
        />
    }
    .into_any()
}

fn words(text: fn(Locale) -> &'static str) -> Signal<String> {
    let app = use_app();
    Signal::derive(move || text(app.locale.get()).to_owned())
}

fn ops(typing: Typing, all: Callback<(), Vec<Op>>) -> AnyView {
    let app = use_app();
    let options = Signal::derive(move || {
        all.run(()).into_iter().map(|op| (op.name(), op_words(op, app.locale.get()).to_owned())).collect::<Vec<_>>()
    });
    let value = Signal::derive(move || typing.row.with(|row| row.op.name()));
    let change = Callback::new(move |name: String| {
        if let Some(op) = Op::from_name(&name) {
            typing.update(|row| row.op = op);
        }
    });
    select(words(|l| l.t().list.condition_test), options, value, change)
}

fn text(typing: Typing, label: fn(Locale) -> &'static str, kind: &'static str, list: Option<&'static str>, to: bool) -> AnyView {
    let value = Signal::derive(move || typing.row.with(|row| if to { row.to.clone() } else { row.from.clone() }));
    let change = Callback::new(move |typed| typing.update(|row| if to { row.to = typed } else { row.from = typed }));
    let empty = (kind == "text").then(|| words(label));
    input(words(label), empty, kind, list, value, change)
}

fn column_fields(typing: Typing, column: Column) -> AnyView {
    let kind = Memo::new(move |_| typing.look.with(|look| (look.content(column), !look.choices(column).is_empty())));
    let op = Memo::new(move |_| typing.row.with(|row| row.op));
    let all = Callback::new(move |()| {
        let (content, ticked) = kind.get();
        Op::of(content, ticked).to_vec()
    });
    let list = match column {
        Column::Field(customer::TAGS) => Some("condition-tags"),
        Column::Field(customer::COUNTRY) => Some("condition-countries"),
        _ => None,
    };
    let values = move || {
        let (content, ticked) = kind.get();
        match op.get().control(ticked) {
            Control::Nothing => ().into_any(),
            Control::Text => text(typing, |l| l.t().list.condition_text, "text", list, false),
            Control::Words => text(typing, |l| l.t().list.condition_words, "text", list, false),
            Control::Ticks => ticks(typing, column),
            Control::Days => view! {
                {text(typing, |l| l.t().list.condition_days, "number", None, false)}
                <span>{words(|l| l.t().rules.unit_days)}</span>
            }
            .into_any(),
            Control::Span => {
                let kind = if content == Content::Day { "date" } else { "number" };
                view! {
                    {text(typing, |l| l.t().list.condition_from, kind, None, false)}
                    <span>"–"</span>
                    {text(typing, |l| l.t().list.condition_to, kind, None, true)}
                    <span>{unit(content)}</span>
                }
                .into_any()
            }
        }
    };
    view! { {ops(typing, all)} {dynamic(values)} {list.map(known_words)} }.into_any()
}

/// What a number of this content counts.
fn unit(content: Content) -> Signal<String> {
    let app = use_app();
    let currency = crate::ui::app::use_currency();
    Signal::derive(move || match content {
        Content::Money | Content::Amount => currency.get().code().to_owned(),
        Content::Share => "%".to_owned(),
        _ => {
            app.locale.track();
            String::new()
        }
    })
}

/// Words that other customers have there.
fn known_words(list: &'static str) -> AnyView {
    let overview = use_overview();
    let all = move || {
        let known = overview.with(|o| {
            o.data.as_ref().map(|o| if list == "condition-tags" { o.tags.clone() } else { o.countries.clone() })
        });
        known.unwrap_or_default().into_iter().map(|(one, _)| view! { <option value=one></option> }).collect_view()
    };
    view! { <datalist id=list>{dynamic(all)}</datalist> }.into_any()
}

fn ticks(typing: Typing, column: Column) -> AnyView {
    let one = move |name: String| {
        let shown = typing.look.with(|look| Say::choice(look, column, &name));
        let held = {
            let name = name.clone();
            move || typing.row.with(|row| row.chosen.contains(&name))
        };
        let turn = move |_| {
            typing.update(|row| {
                let before = row.chosen.len();
                row.chosen.retain(|chosen| *chosen != name);
                if row.chosen.len() == before {
                    row.chosen.push(name.clone());
                }
            });
        };
        view! {
            <label class="check">
                <input type="checkbox" prop:checked=held on:change=turn />
                <span>{shown}</span>
            </label>
        }
    };
    // What is chosen and is no choice any more can be taken out.
    let all = Memo::new(move |_| {
        let mut all = typing.look.with(|look| look.choices(column));
        let held = typing.row.with_untracked(|row| row.chosen.clone());
        all.extend(held.into_iter().filter(|name| !all.contains(name)).collect::<Vec<_>>());
        all
    });
    let label = words(|l| l.t().list.condition_choices);
    view! {
        <div class="rule-ticks" role="group" aria-label=move || label.get()>
            {dynamic(move || all.get().into_iter().map(one).collect_view())}
        </div>
    }
    .into_any()
}

fn rank_fields(typing: Typing) -> AnyView {
    let numbers = Signal::derive(move || {
        typing.look.with(|look| {
            let own = look.own.iter().map(|field| Column::Own(field.id));
            let is_number = |column: &Column| {
                matches!(
                    look.content(*column),
                    Content::Money | Content::Count | Content::Tenths | Content::Share | Content::Decimal | Content::Amount | Content::Day
                )
            };
            Column::all().into_iter().chain(own).filter(is_number).map(|c| (c.name(), label(look, c))).collect::<Vec<_>>()
        })
    });
    let by = Signal::derive(move || typing.row.with(|row| row.by.name()));
    let change = Callback::new(move |name: String| {
        if let Some(column) = Column::parse(&name) {
            typing.update(|row| row.by = column);
        }
    });
    view! {
        {select(words(|l| l.t().rules.rank_by), numbers, by, change)}
        {ops(typing, Callback::new(|()| vec![Op::Top, Op::Bottom]))}
        {text(typing, |l| l.t().rules.rank_share, "number", None, false)}
        <span>"%"</span>
        <small class="quiet-text">{words(|l| l.t().rules.rank_note)}</small>
    }
    .into_any()
}

fn segment_fields(typing: Typing, segments: Signal<Vec<(Id, String)>>) -> AnyView {
    let app = use_app();
    let chosen = Signal::derive(move || typing.row.with(|row| row.chosen.first().cloned().unwrap_or_default()));
    let options = Signal::derive(move || {
        let locale = app.locale.get();
        let mut all = vec![(String::new(), locale.word("form_none").to_owned())];
        all.extend(segments.get().into_iter().map(|(id, name)| (id.to_string(), name)));
        let now = chosen.get();
        if all.iter().all(|(id, _)| *id != now) {
            all.push((now, locale.t().rules.says_gone.to_owned()));
        }
        all
    });
    let change = Callback::new(move |id: String| typing.update(|row| row.chosen = if id.is_empty() { Vec::new() } else { vec![id] }));
    view! {
        {ops(typing, Callback::new(|()| vec![Op::Inside, Op::Outside]))}
        {select(words(|l| l.kind(Kind::Segment)), options, chosen, change)}
    }
    .into_any()
}

/// Of what was bought, or of what was not.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    First,
    Not,
}

impl Typing {
    fn goods(self, side: Side) -> TypedGoods {
        self.row.with(|row| match side {
            Side::First => row.goods.clone(),
            Side::Not => row.but_not.as_ref().map(|(goods, _)| goods.clone()).unwrap_or_default(),
        })
    }

    fn set_goods(self, side: Side, change: impl FnOnce(&mut TypedGoods)) {
        self.update(|row| match (side, &mut row.but_not) {
            (Side::First, _) => change(&mut row.goods),
            (Side::Not, Some((goods, _))) => change(goods),
            (Side::Not, None) => {}
        });
    }
}

fn bought_fields(typing: Typing) -> AnyView {
    let but_not = Memo::new(move |_| typing.row.with(|row| row.but_not.is_some()));
    let names = last(use_query::<GoodsNames>(|| Query::GoodsNames, &[Topic::Products, Topic::Orders]), GoodsNames::default());
    let times = Signal::derive(move || typing.row.with(|row| row.times.clone()));
    let days = Signal::derive(move || typing.row.with(|row| row.days.clone()));
    let days_not = Signal::derive(move || typing.row.with(|row| row.but_not.as_ref().map(|(_, days)| days.clone()).unwrap_or_default()));
    let set_times = Callback::new(move |typed| typing.update(|row| row.times = typed));
    let set_days = Callback::new(move |typed| typing.update(|row| row.days = typed));
    let set_days_not = Callback::new(move |typed: String| {
        typing.update(|row| {
            if let Some((_, days)) = &mut row.but_not {
                *days = typed;
            }
        });
    });
    let turn = move |_| {
        typing.update(|row| row.but_not = if row.but_not.is_some() { None } else { Some((TypedGoods::default(), String::new())) });
    };
    let inside = move |days: Signal<String>, set: Callback<String>| {
        view! {
            <label class="rule-inline">
                <span>{words(|l| l.t().rules.bought_days)}</span>
                {input(words(|l| l.t().rules.bought_days_label), Some(words(|l| l.t().rules.ever)), "number", None, days, set)}
                <span>{words(|l| l.t().rules.unit_days)}</span>
            </label>
        }
    };
    view! {
        {goods_fields(typing, Side::First, names)}
        <label class="rule-inline">
            <span>{words(|l| l.t().rules.bought_times)}</span>
            {input(words(|l| l.t().rules.bought_times_label), Some(Signal::stored("1".to_owned())), "number", None, times, set_times)}
            <span>{words(|l| l.t().rules.unit_times)}</span>
        </label>
        {inside(days, set_days)}
        <label class="check">
            <input type="checkbox" prop:checked=move || but_not.get() on:change=turn />
            <span>{words(|l| l.t().rules.but_not)}</span>
        </label>
        {dynamic(move || but_not.get().then(|| view! { {goods_fields(typing, Side::Not, names)} {inside(days_not, set_days_not)} }))}
    }
    .into_any()
}

fn goods_fields(typing: Typing, side: Side, names: Memo<GoodsNames>) -> AnyView {
    let app = use_app();
    let kind = Memo::new(move |_| typing.goods(side).kind);
    let kinds = Signal::derive(move || {
        let r = &app.t().rules;
        let words = |kind| match kind {
            GoodsKind::Anything => r.goods_anything,
            GoodsKind::Product => r.kind_product,
            GoodsKind::Category => r.kind_category,
            GoodsKind::Role => r.kind_role,
            GoodsKind::Channel => r.kind_channel,
        };
        GoodsKind::ALL.map(|kind| (kind.name(), words(kind).to_owned())).to_vec()
    });
    let choose = Callback::new(move |name: String| {
        if let Some(kind) = GoodsKind::from_name(&name) {
            typing.set_goods(side, |goods| *goods = TypedGoods { kind, ..TypedGoods::default() });
        }
    });
    let name = Signal::derive(move || typing.goods(side).name);
    let set_name = Callback::new(move |typed: String| typing.set_goods(side, |goods| goods.name = typed));
    // What was chosen once stays a choice, also where the book has lost it.
    let with_now = move |all: Vec<(String, String)>| {
        let now = name.get();
        let known = all.iter().any(|(one, _)| *one == now);
        let mut options = vec![];
        if !known {
            let words = if now.is_empty() { app.locale.get().word("form_none").to_owned() } else { now.clone() };
            options.push((now, words));
        }
        options.extend(all);
        options
    };
    let plain = |all: Vec<String>| all.into_iter().map(|one| (one.clone(), one)).collect::<Vec<_>>();
    let options = Signal::derive(move || {
        let names = names.get();
        with_now(match kind.get() {
            GoodsKind::Category => plain(names.categories),
            GoodsKind::Channel => plain(names.channels),
            _ => {
                let locale = app.locale.get();
                ROLES.iter().map(|role| ((*role).to_owned(), locale.choice(Kind::Product, "role", role))).collect()
            }
        })
    });
    view! {
        {select(words(|l| l.t().rules.goods_label), kinds, Signal::derive(move || kind.get().name()), choose)}
        {dynamic(move || match kind.get() {
            GoodsKind::Anything => ().into_any(),
            GoodsKind::Product => product(typing, side),
            _ => select(words(|l| l.t().rules.goods_name), options, name, set_name),
        })}
    }
    .into_any()
}

/// A product, found by typing its name.
fn product(typing: Typing, side: Side) -> AnyView {
    let search = RwSignal::new(None::<String>);
    let found = use_query_if::<RecordList>(
        move || Some(Query::Records { kind: Kind::Product, search: search.get()?, of: None, offset: 0, limit: SUGGESTIONS }),
        &[Topic::Products],
    );
    let rows = Memo::new(move |_| found.with(|f| f.data.as_ref().map(|d| d.rows.clone()).unwrap_or_default()));
    // The name of a product that came with the rule.
    let known = use_query_if::<Vec<(Id, String)>>(
        move || typing.goods(side).product.map(|id| Query::Names { ids: vec![id] }),
        &[Topic::Products],
    );
    let value = Signal::derive(move || {
        let goods = typing.goods(side);
        if goods.product.is_none() || !goods.name.is_empty() {
            return goods.name;
        }
        known.with(|k| k.data.as_ref().and_then(|names| names.first().map(|(_, name)| name.clone()))).unwrap_or_default()
    });
    Effect::new(move |_| {
        let goods = typing.goods(side);
        if goods.product.is_none() && !goods.name.is_empty() {
            let hit = rows.with(|rows| rows.iter().find(|row| row.title == goods.name).map(|row| row.id));
            if let Some(id) = hit {
                typing.set_goods(side, |goods| goods.product = Some(id));
            }
        }
    });
    let typed = Callback::new(move |text: String| {
        search.set(Some(text.clone()));
        typing.set_goods(side, |goods| (goods.name, goods.product) = (text, None));
    });
    let list = if side == Side::First { "rule-products" } else { "rule-products-not" };
    let options = move || rows.get().into_iter().map(|row| view! { <option value=row.title></option> }).collect_view();
    view! {
        {input(words(|l| l.t().rules.goods_name), Some(words(|l| l.t().rules.goods_name)), "text", Some(list), value, typed)}
        <datalist id=list>{dynamic(options)}</datalist>
    }
    .into_any()
}
