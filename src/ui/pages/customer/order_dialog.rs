//! The form for an order by hand.

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use super::Writing;
use crate::domain::{Currency, Id, OrderDraft};
use crate::engine::api::{Command, CommandError, ProductList, ProductRow, Query, Topic};
use crate::locale::{CustomerTexts, fill};
use crate::ui::app::{App, use_app, use_currency, use_overview};
use crate::ui::browser;
use crate::ui::components::{Button, ButtonKind, Dialog, Icon, IconButton, Segmented, TextField};
use crate::ui::format::Format;
use crate::ui::model::form::show_decimal;
use crate::ui::model::order_form::{LineForm, OrderForm, Problem};
use crate::ui::query::use_query_if;
use crate::web::{device, js};

/// Suggestions under a product field.
const SUGGESTIONS: u32 = 12;
const DATALIST: &str = "order-products";

#[component]
pub(super) fn OrderDialog(customer: Id, writing: RwSignal<Option<Writing>>) -> impl IntoView {
    let app = use_app();
    let open = Memo::new(move |_| writing.with(Option::is_some));
    let title = Signal::derive(move || {
        let t = &app.t().customer;
        if writing.with(|w| matches!(w, Some(Writing::Known { .. }))) { t.order_edit } else { t.order_new }.to_owned()
    });
    view! {
        <Dialog
            open
            title
            wide=true
            close=Signal::derive(move || app.t().common.close.to_owned())
            on_close=move || writing.set(None)
        >
            {dynamic(move || writing.get_untracked().map(|w| view! { <OrderEditor customer writing of=w /> }))}
        </Dialog>
    }
}

fn problem_words(t: &CustomerTexts, problem: Problem) -> &'static str {
    match problem {
        Problem::Date => t.bad_date,
        Problem::NoLines => t.need_line,
        Problem::Product { .. } => t.need_product,
        Problem::Quantity { .. } => t.bad_quantity,
        Problem::Price { .. } => t.bad_price,
        Problem::TooLarge { .. } => t.too_large,
    }
}

/// Ties the lines to the products that they name; those that the book does not know get an id and come with the order.
async fn name_products(app: App, form: &mut OrderForm) -> Result<Vec<(Id, String)>, CommandError> {
    let mut new: Vec<(Id, String)> = Vec::new();
    for line in form.lines.iter_mut().filter(|l| !l.product.trim().is_empty() && l.id.is_none()) {
        let name = line.product.trim().to_owned();
        let query = Query::Products { search: name.clone(), offset: 0, limit: SUGGESTIONS };
        let found = match app.client().ask(query).await? {
            crate::engine::api::Answer::Products(list) => list.rows.into_iter().find(|r| r.profile.name == name),
            _ => None,
        };
        let id = found.map(|row| row.id).or_else(|| new.iter().find(|(_, n)| *n == name).map(|(id, _)| *id));
        line.id = Some(id.unwrap_or_else(|| {
            let id = device::new_id();
            new.push((id, name));
            id
        }));
    }
    Ok(new)
}

#[component]
fn OrderEditor(customer: Id, writing: RwSignal<Option<Writing>>, of: Writing) -> impl IntoView {
    let app = use_app();
    let book = use_currency();
    let (id, currency, clean, seen) = match of {
        Writing::New => (None, book.get_untracked(), OrderForm::new(device::civil_now()), None),
        Writing::Known { id, draft, names } => (Some(id), draft.currency, OrderForm::of(&draft, &names), Some(draft)),
    };
    let currency = RwSignal::new(currency);
    let draft_name = StoredValue::new(id.map_or_else(|| format!("order-{customer}"), |id| format!("order-{id}")));
    let kept = draft_name.with_value(|n| browser::draft(n)).and_then(|t| js::from_json(&t));
    // What the form showed when typing began: what somebody saved of other fields since then stays.
    let (seen, typed): (Option<Box<OrderDraft>>, OrderForm) = kept.unwrap_or_else(|| (seen, clean.clone()));
    let form = RwSignal::new(typed);
    let (clean, seen) = (StoredValue::new(clean), StoredValue::new(seen));
    Effect::new(move |_| {
        let text = form.with(|f| {
            let json = || seen.with_value(|seen| js::to_json(&(seen, f)).unwrap_or_default());
            clean.with_value(|c| f != c).then(json)
        });
        draft_name.with_value(|name| browser::keep_draft(name, text.as_deref()));
    });
    // Nothing is called wrong before the first try to save.
    let tried = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let problems = Memo::new(move |_| if tried.get() { form.with(|f| f.problems(currency.get())) } else { Vec::new() });
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        if busy.get_untracked() || form.with_untracked(|f| !f.problems(currency.get_untracked()).is_empty()) {
            return;
        }
        let mut typed = form.get_untracked();
        let t = app.locale.get_untracked().t();
        let pattern = if id.is_some() { t.shell.done_saved } else { t.shell.done_added };
        let said = fill(pattern, &[("what", t.customer.this_order)]);
        // Read before anything is waited for: the dialog may be gone afterwards.
        let (currency, seen) = (currency.get_untracked(), seen.get_value());
        busy.set(true);
        spawn_local(async move {
            let result = match name_products(app, &mut typed).await {
                Ok(products) => match typed.draft(Some(customer), currency) {
                    Some(order) => {
                        app.run(Command::SaveOrder { id, seen, order, products }, said).await.map(drop)
                    }
                    None => Ok(()),
                },
                Err(error) => {
                    app.fail(&error);
                    Err(error)
                }
            };
            busy.try_set(false);
            match result {
                Ok(()) => {
                    draft_name.try_with_value(|name| browser::keep_draft(name, None));
                    writing.try_set(None);
                }
                Err(error @ CommandError::Invalid { .. }) => app.fail(&error),
                Err(_) => {}
            }
        });
    };
    view! {
        <form class="form order-form" novalidate on:submit=save>
            <OrderHead form problems />
            <FirstCurrency new=id.is_none() currency />
            <LineTable form problems currency />
            <div class="form-actions">
                <Total form currency />
                <Button on_click=move || writing.set(None)>{move || app.t().common.cancel}</Button>
                <Button kind=ButtonKind::Primary submit=true busy>{move || app.t().common.save}</Button>
            </div>
        </form>
    }
}

/// The first order of a book says what its money is; later ones are in the book's currency.
#[component]
fn FirstCurrency(new: bool, currency: RwSignal<Currency>) -> impl IntoView {
    let app = use_app();
    let overview = use_overview();
    let first = new && overview.with_untracked(|o| o.data.as_ref().is_some_and(|o| o.orders == 0));
    let typed = RwSignal::new(None::<String>);
    let error = Signal::derive(move || {
        let bad = typed.with(|t| t.as_deref().is_some_and(|t| Currency::parse(t).is_none()));
        bad.then(|| app.t().data.currency_bad.to_owned())
    });
    let type_in = move |text: String| {
        if let Some(parsed) = Currency::parse(&text) {
            currency.set(parsed);
        }
        typed.set(Some(text));
    };
    first.then(|| {
        view! {
            <TextField
                label=Signal::derive(move || app.t().settings.currency.to_owned())
                hint=Signal::derive(move || app.t().customer.first_currency.to_owned())
                value=Signal::derive(move || typed.get().unwrap_or_else(|| currency.get().code().to_owned()))
                error
                on_input=type_in
            />
        }
    })
}

#[component]
fn Total(form: RwSignal<OrderForm>, currency: RwSignal<Currency>) -> impl IntoView {
    let app = use_app();
    let name = move || {
        let t = &app.t().customer;
        if form.with(|f| f.refund) { t.total_refund } else { t.total }
    };
    view! {
        <p class="order-total push" aria-live="polite">
            <span>{shared(name)}</span>
            <b class="num">{move || app.locale.get().money(form.with(|f| f.total_minor(currency.get())), currency.get())}</b>
        </p>
    }
}

#[component]
fn OrderHead(form: RwSignal<OrderForm>, problems: Memo<Vec<Problem>>) -> impl IntoView {
    let app = use_app();
    let words = move |pick: fn(&'static CustomerTexts) -> &'static str| Signal::derive(move || pick(&app.t().customer).to_owned());
    let date_error = Signal::derive(move || {
        problems.with(|p| p.contains(&Problem::Date)).then(|| app.t().customer.bad_date.to_owned())
    });
    let kinds = Signal::derive(move || {
        let c = &app.t().common;
        vec![("purchase".to_owned(), c.kind_purchase.to_owned()), ("refund".to_owned(), c.kind_refund.to_owned())]
    });
    view! {
        <Segmented
            label=words(|t| t.order_kind)
            options=kinds
            value=Signal::derive(move || form.with(|f| if f.refund { "refund" } else { "purchase" }.to_owned()))
            on_change=move |v: String| form.update(|f| f.refund = v == "refund")
        />
        <div class="form-grid tight">
            <TextField
                label=words(|t| t.order_date)
                kind="date"
                value=Signal::derive(move || form.with(|f| f.date.clone()))
                error=date_error
                on_input=move |v| form.update(|f| f.date = v)
            />
            <TextField
                label=words(|t| t.order_time)
                kind="time"
                value=Signal::derive(move || form.with(|f| f.time.clone()))
                on_input=move |v| form.update(|f| f.time = v)
            />
            <TextField
                label=words(|t| t.order_number)
                value=Signal::derive(move || form.with(|f| f.number.clone()))
                on_input=move |v| form.update(|f| f.number = v)
            />
            <TextField
                label=words(|t| t.order_channel)
                value=Signal::derive(move || form.with(|f| f.channel.clone()))
                on_input=move |v| form.update(|f| f.channel = v)
            />
        </div>
    }
}

#[component]
fn LineTable(form: RwSignal<OrderForm>, problems: Memo<Vec<Problem>>, currency: RwSignal<Currency>) -> impl IntoView {
    let app = use_app();
    // What is being typed as a product, for suggestions.
    let search = RwSignal::new(None::<String>);
    let found = use_query_if::<ProductList>(
        move || Some(Query::Products { search: search.get()?, offset: 0, limit: SUGGESTIONS }),
        &[Topic::Products],
    );
    let products = Memo::new(move |_| found.with(|f| f.data.as_ref().map(|d| d.rows.clone()).unwrap_or_default()));
    let count = Memo::new(move |_| form.with(|f| f.lines.len()));
    let add = move || form.update(|f| f.lines.push(LineForm { quantity: "1".to_owned(), ..LineForm::default() }));
    let none = move || problems.with(|p| p.contains(&Problem::NoLines)).then(|| app.t().customer.need_line);
    view! {
        <fieldset class="lines">
            <legend>{move || app.t().customer.order_lines}</legend>
            <datalist id=DATALIST>
                {dynamic(move || products.get().into_iter().map(|p| view! { <option value=p.profile.name></option> }).collect_view())}
            </datalist>
            <For each=move || 0..count.get() key=|at| *at let:at>
                <LineRow at form problems products search currency />
            </For>
            <p class="lines-problem" role="alert">{dynamic(none)}</p>
            <Button kind=ButtonKind::Quiet icon=Icon::Plus on_click=add>{move || app.t().customer.line_add}</Button>
        </fieldset>
    }
}

#[component]
fn LineRow(
    at: usize,
    form: RwSignal<OrderForm>,
    problems: Memo<Vec<Problem>>,
    products: Memo<Vec<ProductRow>>,
    search: RwSignal<Option<String>>,
    currency: RwSignal<Currency>,
) -> impl IntoView {
    let app = use_app();
    let line = Memo::new(move |_| form.with(|f| f.lines.get(at).cloned().unwrap_or_default()));
    let change = move |set: &dyn Fn(&mut LineForm)| form.update(|f| f.lines.get_mut(at).into_iter().for_each(set));
    let words = move |pick: fn(&'static CustomerTexts) -> &'static str| Signal::derive(move || pick(&app.t().customer).to_owned());
    let error = move |wrong: Problem| {
        Signal::derive(move || problems.with(|p| p.contains(&wrong)).then(|| problem_words(&app.t().customer, wrong).to_owned()))
    };
    let price_error = Signal::derive(move || {
        let wrong = [Problem::Price { line: at }, Problem::TooLarge { line: at }];
        let found = problems.with(|p| wrong.into_iter().find(|w| p.contains(w)));
        found.map(|w| problem_words(&app.t().customer, w).to_owned())
    });
    let name_typed = move |text: String| {
        let known = products.with_untracked(|all| all.iter().find(|p| p.profile.name == text).cloned());
        search.set(Some(text.clone()));
        change(&|l| {
            l.product.clone_from(&text);
            l.id = known.as_ref().map(|k| k.id);
            if let Some(price) = known.as_ref().and_then(|k| k.profile.price_e4).filter(|_| l.price.is_empty()) {
                l.price = show_decimal(price, 4);
            }
        });
    };
    let total = move || {
        let currency = currency.get();
        line.with(|l| l.total_minor(currency)).map(|minor| app.locale.get().money(minor, currency))
    };
    view! {
        <div class="line-row">
            <TextField
                label=words(|t| t.line_product)
                value=Signal::derive(move || line.with(|l| l.product.clone()))
                error=error(Problem::Product { line: at })
                list=DATALIST
                on_input=name_typed
            />
            <TextField
                label=words(|t| t.line_quantity)
                kind="number"
                value=Signal::derive(move || line.with(|l| l.quantity.clone()))
                error=error(Problem::Quantity { line: at })
                on_input=move |v: String| change(&|l| l.quantity.clone_from(&v))
            />
            <TextField
                label=words(|t| t.line_price)
                kind="number"
                value=Signal::derive(move || line.with(|l| l.price.clone()))
                error=price_error
                on_input=move |v: String| change(&|l| l.price.clone_from(&v))
            />
            <span class="line-total num">{shared(total)}</span>
            <IconButton
                icon=Icon::Trash
                label=words(|t| t.line_remove)
                on_click=move || form.update(|f| {
                    if at < f.lines.len() {
                        f.lines.remove(at);
                    }
                })
            />
        </div>
    }
}
