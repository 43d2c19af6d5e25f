//! The controls of one condition, by what it is about.

use crate::ui::prelude::*;

use super::past::{bought_fields, contact_fields, moved_fields};
use crate::domain::{Id, Kind, customer};
use crate::engine::api::{Column, Content};
use crate::locale::{ListTexts, Locale};
use crate::ui::app::{use_app, use_overview};
use crate::ui::components::SelectField;
use crate::ui::model::rule::{Control, Op, Row, Say, What};
use crate::ui::pages::customers::{Look, label, use_look};

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
        Op::Had => r.op_had,
        Op::HadNot => r.op_had_not,
    }
}

/// What a condition is about, in words.
pub fn what_words(look: &Look, what: &What) -> String {
    let r = &look.locale.t().rules;
    match what {
        What::Column(column) => Some(label(look, *column)).filter(|l| !l.is_empty()).unwrap_or_else(|| r.what_gone.to_owned()),
        What::Rank => r.what_rank.to_owned(),
        What::Bought => r.what_bought.to_owned(),
        What::Segment => r.what_segment.to_owned(),
        What::Moved => r.what_moved.to_owned(),
        What::Contact => r.what_contact.to_owned(),
        What::There => r.what_there.to_owned(),
        What::Search => r.what_search.to_owned(),
        What::Newer(_) => r.what_newer.to_owned(),
    }
}

/// One condition as it is typed; `change` hears it whole.
#[derive(Clone, Copy)]
pub(super) struct Typing {
    pub row: Memo<Row>,
    change: Callback<Row>,
    pub look: Memo<Look>,
}

impl Typing {
    pub fn update(self, change: impl FnOnce(&mut Row)) {
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
                    What::Moved => moved_fields(typing),
                    What::Contact => contact_fields(typing),
                    What::There => there_fields(typing),
                    What::Search => text(typing, |l| l.t().rules.search_for, "text", None, false),
                    What::Segment => segment_fields(typing, segments),
                    What::Newer(_) => ().into_any(),
                }
            })}
        </div>
    }
}

/// A choice of few without a label in sight.
pub(super) fn select(
    label: Signal<String>,
    options: Signal<Vec<(String, String)>>,
    value: Signal<String>,
    change: Callback<String>,
) -> AnyView {
    view! { <SelectField compact=true label options value on_change=change /> }.into_any()
}

/// A short text; `kind` as in an input, numbers with the right keyboard. `empty` is what stands there when nothing is typed.
pub(super) fn input(
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

pub(super) fn words(text: fn(Locale) -> &'static str) -> Signal<String> {
    let app = use_app();
    Signal::derive(move || text(app.locale.get()).to_owned())
}

pub(super) fn ops(typing: Typing, all: Callback<(), Vec<Op>>) -> AnyView {
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

fn typed(typing: Typing, to: bool) -> (Signal<String>, Callback<String>) {
    let value = Signal::derive(move || typing.row.with(|row| if to { row.to.clone() } else { row.from.clone() }));
    (value, Callback::new(move |typed| typing.update(|row| if to { row.to = typed } else { row.from = typed })))
}

/// An end of a range; it may stay empty.
fn bound(typing: Typing, label: fn(Locale) -> &'static str, kind: &'static str, to: bool) -> AnyView {
    let (value, change) = typed(typing, to);
    input(words(label), Some(words(|l| l.t().segments.no_bound)), kind, None, value, change)
}

fn text(typing: Typing, label: fn(Locale) -> &'static str, kind: &'static str, list: Option<&'static str>, to: bool) -> AnyView {
    let (value, change) = typed(typing, to);
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
                    {bound(typing, |l| l.t().list.condition_from, kind, false)}
                    <span>"–"</span>
                    {bound(typing, |l| l.t().list.condition_to, kind, true)}
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

/// The day, and by when they had left.
fn there_fields(typing: Typing) -> AnyView {
    view! {
        {text(typing, |l| l.t().rules.there_on, "date", None, false)}
        <label class="rule-inline">
            <span>{words(|l| l.t().rules.there_left)}</span>
            {text(typing, |l| l.t().rules.there_left_label, "date", None, true)}
        </label>
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
