//! The controls of what customers did before: bought, were in contact, moved.

use crate::ui::prelude::*;

use super::row::{Typing, input, ops, select, words};
use crate::domain::{CHANNELS, DIRECTIONS, Id, Kind, ROLES};
use crate::engine::api::{GoodsNames, MovedBy, Query, RecordList, Since, Stand, Topic};
use crate::locale::Locale;
use crate::ui::app::use_app;
use crate::ui::model::rule::{GoodsKind, Op, Row, TypedGoods};
use crate::ui::query::{last, use_query, use_query_if};
use crate::ui::route::{by_name, parse_stand, print_stand, since_name};

/// Suggestions under a product.
const SUGGESTIONS: u32 = 12;

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

/// At least so many times.
fn times_field(typing: Typing) -> AnyView {
    let times = Signal::derive(move || typing.row.with(|row| row.times.clone()));
    let set = Callback::new(move |typed| typing.update(|row| row.times = typed));
    view! {
        <label class="rule-inline">
            <span>{words(|l| l.t().rules.bought_times)}</span>
            {input(words(|l| l.t().rules.bought_times_label), Some(Signal::stored("1".to_owned())), "number", None, times, set)}
            <span>{words(|l| l.t().rules.unit_times)}</span>
        </label>
    }
    .into_any()
}

/// In so many days.
fn days_field(days: Signal<String>, set: Callback<String>) -> AnyView {
    view! {
        <label class="rule-inline">
            <span>{words(|l| l.t().rules.bought_days)}</span>
            {input(words(|l| l.t().rules.bought_days_label), Some(words(|l| l.t().rules.ever)), "number", None, days, set)}
            <span>{words(|l| l.t().rules.unit_days)}</span>
        </label>
    }
    .into_any()
}

fn own_days(typing: Typing) -> AnyView {
    let days = Signal::derive(move || typing.row.with(|row| row.days.clone()));
    days_field(days, Callback::new(move |typed| typing.update(|row| row.days = typed)))
}

pub(super) fn bought_fields(typing: Typing) -> AnyView {
    let but_not = Memo::new(move |_| typing.row.with(|row| row.but_not.is_some()));
    let names = last(use_query::<GoodsNames>(|| Query::GoodsNames, &[Topic::Products, Topic::Orders]), GoodsNames::default());
    let days_not = Signal::derive(move || typing.row.with(|row| row.but_not.as_ref().map(|(_, days)| days.clone()).unwrap_or_default()));
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
    view! {
        {goods_fields(typing, Side::First, names)}
        {times_field(typing)}
        {own_days(typing)}
        <label class="check">
            <input type="checkbox" prop:checked=move || but_not.get() on:change=turn />
            <span>{words(|l| l.t().rules.but_not)}</span>
        </label>
        {dynamic(move || but_not.get().then(|| view! { {goods_fields(typing, Side::Not, names)} {days_field(days_not, set_days_not)} }))}
    }
    .into_any()
}

pub(super) fn contact_fields(typing: Typing) -> AnyView {
    let app = use_app();
    let choices = move |field: &'static str, all: &'static [&'static str], none: fn(Locale) -> &'static str| {
        Signal::derive(move || {
            let locale = app.locale.get();
            let named = all.iter().map(|one| ((*one).to_owned(), locale.choice(Kind::Interaction, field, one)));
            std::iter::once((String::new(), none(locale).to_owned())).chain(named).collect::<Vec<_>>()
        })
    };
    let value = move |of: fn(&Row) -> &String| Signal::derive(move || typing.row.with(|row| of(row).clone()));
    let set = move |of: fn(&mut Row) -> &mut String| Callback::new(move |typed| typing.update(|row| *of(row) = typed));
    let (channels, sides) = (choices("channel", CHANNELS, |l| l.t().rules.any_channel), choices("direction", DIRECTIONS, |l| l.t().rules.any_side));
    view! {
        {ops(typing, Callback::new(|()| vec![Op::HadNot, Op::Had]))}
        {select(words(|l| l.label(Kind::Interaction, "channel")), channels, value(|row| &row.to), set(|row| &mut row.to))}
        {select(words(|l| l.label(Kind::Interaction, "direction")), sides, value(|row| &row.from), set(|row| &mut row.from))}
        {own_days(typing)}
        {times_field(typing)}
    }
    .into_any()
}

pub(super) fn moved_fields(typing: Typing) -> AnyView {
    let app = use_app();
    let by = Memo::new(move |_| typing.row.with(Row::moved_by));
    let sinces = Signal::derive(move || Since::ALL.map(|s| (since_name(s).to_owned(), app.locale.get().since(s).to_owned())).to_vec());
    let since = Signal::derive(move || typing.row.with(|row| since_name(row.moved.since).to_owned()));
    let set_since = Callback::new(move |name: String| {
        let since = Since::ALL.into_iter().find(|s| since_name(*s) == name).unwrap_or_default();
        typing.update(|row| row.moved.since = since);
    });
    let kinds = Signal::derive(move || MovedBy::ALL.map(|by| (by_name(by).to_owned(), app.locale.get().moved_by(by).to_owned())).to_vec());
    let kind = Signal::derive(move || by_name(by.get()).to_owned());
    let set_kind = Callback::new(move |name: String| {
        let by = MovedBy::ALL.into_iter().find(|by| by_name(*by) == name).unwrap_or_default();
        typing.update(|row| (row.moved.from, row.moved.to) = (None, Some(Stand::Other(by))));
    });
    // Where nothing is typed, the comparison with where they were holds.
    let compares = Memo::new(move |_| typing.row.with(|row| row.moved.to.as_ref().is_none_or(Stand::compares)));
    let end = move |to: bool| {
        let options = Signal::derive(move || {
            let (by, locale) = (by.get(), app.locale.get());
            typing.look.with(|look| {
                let more = if to { vec![Stand::Other(by), Stand::Better(by), Stand::Worse(by)] } else { vec![Stand::NotYet] };
                let all = more.into_iter().chain(Stand::all(by, &look.tiers));
                let named = all.map(|stand| (print_stand(Some(&stand)), locale.stand(&stand, &look.tiers)));
                // Who came from elsewhere stands at one place now; who went elsewhere may have stood anywhere.
                let moved = &locale.t().moved;
                let free = if compares.get() { moved.anywhere } else { moved.elsewhere };
                let none = (!to).then(|| (print_stand(None), free.to_owned()));
                none.into_iter().chain(named).collect::<Vec<_>>()
            })
        });
        let value = Signal::derive(move || {
            typing.row.with(|row| match (to, &row.moved.to) {
                (true, None) => print_stand(Some(&Stand::Other(by.get()))),
                (true, to) => print_stand(to.as_ref()),
                (false, _) => print_stand(row.moved.from.as_ref()),
            })
        });
        let set = Callback::new(move |name: String| {
            typing.update(|row| {
                let place = parse_stand(&name).flatten();
                if to { row.moved.to = place } else { row.moved.from = place }
            });
        });
        let label = words(if to { |l| l.t().moved.to } else { |l| l.t().moved.from });
        select(label, options, value, set)
    };
    view! {
        {select(words(|l| l.t().moved.since), sinces, since, set_since)}
        {select(words(|l| l.t().moved.by), kinds, kind, set_kind)}
        {end(false)}
        <span>"→"</span>
        {end(true)}
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
            GoodsKind::Days => r.kind_days,
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
        {select(words(if side == Side::First { |l| l.t().rules.goods_label } else { |l| l.t().rules.goods_label_not }), kinds, Signal::derive(move || kind.get().name()), choose)}
        {dynamic(move || match kind.get() {
            GoodsKind::Anything => ().into_any(),
            GoodsKind::Product => product(typing, side),
            GoodsKind::Days => goods_days(typing, side),
            _ => select(words(|l| l.t().rules.goods_name), options, name, set_name),
        })}
    }
    .into_any()
}

/// The first and the last of the days on which something was bought.
fn goods_days(typing: Typing, side: Side) -> AnyView {
    let from = Signal::derive(move || typing.goods(side).name);
    let until = Signal::derive(move || typing.goods(side).until);
    let set_from = Callback::new(move |day: String| typing.set_goods(side, |goods| goods.name = day));
    let set_until = Callback::new(move |day: String| typing.set_goods(side, |goods| goods.until = day));
    view! {
        {input(words(|l| l.t().list.condition_from), None, "date", None, from, set_from)}
        <span>"–"</span>
        {input(words(|l| l.t().list.condition_to), None, "date", None, until, set_until)}
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
