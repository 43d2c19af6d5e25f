//! Conditions on any column: a small form that adds one, and what they are called.

use crate::ui::prelude::*;

use super::list::use_look;
use super::words::{Look, choice, label};
use crate::domain::{Day, customer, parse_decimal, parse_words};
use crate::engine::api::{Column, Content, Figure, Filter, InvalidReason, Rule, Test};
use crate::locale::ListTexts;
use crate::ui::app::{use_app, use_overview, use_tiers};
use crate::ui::components::{Button, ButtonKind, Dialog, Icon, SelectField, TextField};
use crate::ui::route::Route;

/// What can be asked of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Op {
    Holds,
    Lacks,
    Is,
    Not,
    Between,
    Within,
    Next,
    Before,
    Empty,
    Filled,
}

impl Op {
    const ALL: [Self; 10] = [
        Self::Holds,
        Self::Lacks,
        Self::Is,
        Self::Not,
        Self::Between,
        Self::Within,
        Self::Next,
        Self::Before,
        Self::Empty,
        Self::Filled,
    ];

    fn of(content: Content) -> &'static [Self] {
        match content {
            Content::Text => &[Self::Holds, Self::Lacks, Self::Is, Self::Not, Self::Empty, Self::Filled],
            Content::Words => &[Self::Is, Self::Not, Self::Holds, Self::Empty, Self::Filled],
            Content::Choice(_) | Content::Tier => &[Self::Is, Self::Not, Self::Empty, Self::Filled],
            Content::Day => &[Self::Within, Self::Before, Self::Between, Self::Empty, Self::Filled],
            Content::Date => &[Self::Next, Self::Holds, Self::Empty, Self::Filled],
            _ => &[Self::Between, Self::Empty, Self::Filled],
        }
    }

    fn words(self, t: &ListTexts) -> &'static str {
        match self {
            Self::Holds => t.op_holds,
            Self::Lacks => t.op_lacks,
            Self::Is => t.op_is,
            Self::Not => t.op_not,
            Self::Between => t.op_between,
            Self::Within => t.op_within,
            Self::Next => t.op_next,
            Self::Before => t.op_before,
            Self::Empty => t.op_empty,
            Self::Filled => t.op_filled,
        }
    }

    fn name(self) -> String {
        format!("{self:?}")
    }
}

/// A button, and the dialog behind it.
#[component]
pub(super) fn ConditionButton(filter: Memo<Filter>) -> impl IntoView {
    let app = use_app();
    let open = RwSignal::new(false);
    view! {
        <Button icon=Icon::Plus on_click=move || open.set(true)>{move || app.t().list.condition}</Button>
        <Dialog
            open
            title=Signal::derive(move || app.t().list.condition_title.to_owned())
            close=Signal::derive(move || app.t().common.close.to_owned())
            on_close=move || open.set(false)
        >
            <ConditionForm filter open />
        </Dialog>
    }
}

/// What is typed.
#[derive(Clone, PartialEq)]
struct Typed {
    column: Column,
    op: Op,
    from: String,
    to: String,
    chosen: Vec<String>,
}

impl Typed {
    fn new(column: Column, look: &Look) -> Self {
        let op = Op::of(look.content(column)).first().copied().unwrap_or(Op::Filled);
        Self { column, op, from: String::new(), to: String::new(), chosen: Vec::new() }
    }

    fn test(&self, look: &Look) -> Result<Test, InvalidReason> {
        let content = look.content(self.column);
        let decimals = match content {
            Content::Money => look.currency.decimals(),
            Content::Tenths => 1,
            // Typed as percent.
            Content::Share => 2,
            Content::Decimal | Content::Amount => 4,
            _ => 0,
        };
        let number = |text: &str| match (content, text.trim()) {
            (_, "") => Ok(None),
            (Content::Day, text) => {
                Day::parse_iso(text).map(|day| Some(i64::from(day.0))).ok_or(InvalidReason::NotADate)
            }
            (_, text) => parse_decimal(text, decimals).map(Some).ok_or(InvalidReason::NotANumber),
        };
        let needed = |text: &str| match text.trim() {
            "" => Err(InvalidReason::Required),
            text => Ok(text.to_owned()),
        };
        let days = || needed(&self.from)?.parse().map_err(|_| InvalidReason::NotANumber);
        let list = || match content {
            Content::Choice(_) | Content::Tier if self.chosen.is_empty() => Err(InvalidReason::Required),
            Content::Choice(_) | Content::Tier => Ok(self.chosen.clone()),
            _ => needed(&self.from).map(|text| parse_words(&text)),
        };
        Ok(match self.op {
            Op::Holds => Test::Holds(needed(&self.from)?),
            Op::Lacks => Test::Lacks(needed(&self.from)?),
            Op::Is => Test::AnyOf(list()?),
            Op::Not => Test::NoneOf(list()?),
            Op::Between => match (number(&self.from)?, number(&self.to)?) {
                (None, None) => return Err(InvalidReason::Required),
                (from, to) => Test::Between { from, to },
            },
            Op::Within | Op::Next => Test::Within { days: days()? },
            Op::Before => Test::Before { days: days()? },
            Op::Empty => Test::Empty,
            Op::Filled => Test::Filled,
        })
    }
}

#[component]
fn ConditionForm(filter: Memo<Filter>, open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let look = use_look();
    let first = Column::Figure(Figure::Profit);
    let typed = RwSignal::new(look.with_untracked(|look| Typed::new(first, look)));
    let problem = RwSignal::new(None::<InvalidReason>);
    let columns = Signal::derive(move || {
        look.with(|look| {
            let own = look.own.iter().map(|field| Column::Own(field.id));
            let all = Column::all().into_iter().chain(own);
            all.map(|column| (column.name(), label(look, column))).collect::<Vec<_>>()
        })
    });
    let content = Memo::new(move |_| {
        let column = typed.with(|t| t.column);
        look.with(|look| look.content(column))
    });
    let op = Memo::new(move |_| typed.with(|t| t.op));
    let ops = Signal::derive(move || {
        let t = &app.t().list;
        Op::of(content.get()).iter().map(|op| (op.name(), op.words(t).to_owned())).collect::<Vec<_>>()
    });
    let change = move |change: &dyn Fn(&mut Typed)| {
        problem.set(None);
        typed.update(change);
    };
    let choose = move |name: String| {
        if let Some(column) = Column::parse(&name) {
            problem.set(None);
            typed.set(look.with_untracked(|look| Typed::new(column, look)));
        }
    };
    let choose_op = move |name: String| {
        if let Some(op) = Op::ALL.into_iter().find(|op| op.name() == name) {
            change(&|t| t.op = op);
        }
    };
    let add = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let now = typed.get_untracked();
        match look.with_untracked(|look| now.test(look)) {
            Err(reason) => problem.set(Some(reason)),
            Ok(test) => {
                let mut next = filter.get_untracked();
                let rule = Rule::column(now.column, test);
                if !next.conditions.contains(&rule) {
                    next.conditions.push(rule);
                }
                open.set(false);
                app.go(&Route::customers(next));
            }
        }
    };
    let error = Signal::derive(move || problem.get().map(|reason| app.locale.get().invalid(reason).to_owned()));
    view! {
        <form class="form" novalidate on:submit=add>
            <SelectField
                label=Signal::derive(move || app.t().list.condition_column.to_owned())
                options=columns
                value=Signal::derive(move || typed.with(|t| t.column.name()))
                on_change=choose
            />
            <SelectField
                label=Signal::derive(move || app.t().list.condition_test.to_owned())
                options=ops
                value=Signal::derive(move || op.get().name())
                on_change=choose_op
            />
            <Values typed content op error change=Callback::new(move |(to, text): (bool, String)| {
                change(&|t| if to { t.to.clone_from(&text) } else { t.from.clone_from(&text) });
            }) />
            <div class="form-actions">
                <Button on_click=move || open.set(false)>{move || app.t().common.cancel}</Button>
                <Button kind=ButtonKind::Primary submit=true>{move || app.t().common.add}</Button>
            </div>
        </form>
    }
}

/// The controls for what a column is compared with.
#[component]
fn Values(
    typed: RwSignal<Typed>,
    content: Memo<Content>,
    op: Memo<Op>,
    error: Signal<Option<String>>,
    /// The upper end or not, and what was typed.
    change: Callback<(bool, String)>,
) -> impl IntoView {
    let app = use_app();
    let text = move |to: bool, words: fn(&ListTexts) -> &'static str, kind: &'static str| {
        let list = move || match typed.with_untracked(|t| t.column) {
            Column::Field(customer::TAGS) => "condition-tags",
            Column::Field(customer::COUNTRY) => "condition-countries",
            _ => "condition-none",
        };
        view! {
            <TextField
                label=Signal::derive(move || words(&app.t().list).to_owned())
                value=Signal::derive(move || typed.with(|t| if to { t.to.clone() } else { t.from.clone() }))
                on_input=move |text| change.run((to, text))
                kind
                error=if to { Signal::stored(None) } else { error }
                list=list()
            />
        }
        .into_any()
    };
    let overview = use_overview();
    let known = move |tags: bool| {
        let all = overview.with(|o| o.data.as_ref().map(|o| if tags { o.tags.clone() } else { o.countries.clone() }));
        all.unwrap_or_default().into_iter().map(|(one, _)| view! { <option value=one></option> }).collect_view()
    };
    let kind = move || if content.get() == Content::Day { "date" } else { "number" };
    view! {
        {dynamic(move || match (op.get(), content.get()) {
            (Op::Empty | Op::Filled, _) => ().into_any(),
            (Op::Is | Op::Not, Content::Choice(_) | Content::Tier) => view! { <Choices typed error /> }.into_any(),
            (Op::Is | Op::Not, _) => text(false, |t| t.condition_words, "text"),
            (Op::Within | Op::Next | Op::Before, _) => text(false, |t| t.condition_days, "number"),
            (Op::Between, _) => {
                view! { {text(false, |t| t.condition_from, kind())} {text(true, |t| t.condition_to, kind())} }.into_any()
            }
            _ => text(false, |t| t.condition_text, "text"),
        })}
        <datalist id="condition-tags">{dynamic(move || known(true))}</datalist>
        <datalist id="condition-countries">{dynamic(move || known(false))}</datalist>
    }
}

#[component]
fn Choices(typed: RwSignal<Typed>, error: Signal<Option<String>>) -> impl IntoView {
    let app = use_app();
    let (look, tiers) = (use_look(), use_tiers());
    let all = move || {
        let column = typed.with_untracked(|t| t.column);
        look.with(|look| {
            let names: Vec<String> = match look.content(column) {
                Content::Choice(all) => all.iter().map(|one| (*one).to_owned()).collect(),
                _ => tiers.with(|tiers| tiers.iter().map(|tier| tier.id.clone()).collect()),
            };
            names.into_iter().map(|name| (choice(look, column, &name), name)).collect::<Vec<_>>()
        })
    };
    let one = move |(words, name): (String, String)| {
        let held = {
            let name = name.clone();
            move || typed.with(|t| t.chosen.contains(&name))
        };
        let turn = move |_| {
            typed.update(|t| {
                let before = t.chosen.len();
                t.chosen.retain(|chosen| *chosen != name);
                if t.chosen.len() == before {
                    t.chosen.push(name.clone());
                }
            });
        };
        view! {
            <label class="check">
                <input type="checkbox" prop:checked=held on:change=turn />
                <span>{words}</span>
            </label>
        }
    };
    view! {
        <fieldset class="several">
            <legend>{move || app.t().list.condition_choices}</legend>
            {dynamic(move || all().into_iter().map(one).collect_view())}
        </fieldset>
        <p class="field-note" aria-live="polite">{move || error.get()}</p>
    }
}
