//! The editor of an order's or a quote's lines.

use crate::ui::prelude::*;

use crate::domain::{Currency, Id};
use crate::engine::api::{Answer, CommandError, ProductList, ProductRow, Query, Topic};
use crate::locale::CustomerTexts;
use crate::ui::app::{App, use_app};
use crate::ui::components::{Button, ButtonKind, Icon, IconButton, TextField};
use crate::ui::format::Format;
use crate::ui::model::form::show_decimal;
use crate::ui::model::lines::{LineChange, LineForm, Problem};
use crate::ui::query::use_query_if;
use crate::web::device;

/// Suggestions under a product field.
const SUGGESTIONS: u32 = 12;
const DATALIST: &str = "order-products";

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

/// Ties the lines to the products that they name; those that the book does not know get an id and come with the record.
pub async fn name_products(app: App, lines: &mut [LineForm]) -> Result<Vec<(Id, String)>, CommandError> {
    let mut new: Vec<(Id, String)> = Vec::new();
    let mut unnamed: Vec<&mut LineForm> =
        lines.iter_mut().filter(|l| !l.product.trim().is_empty() && l.id.is_none()).collect();
    if unnamed.is_empty() {
        return Ok(new);
    }
    let names: Vec<String> = unnamed.iter().map(|l| l.product.trim().to_owned()).collect();
    let found = match app.client().ask(Query::ProductsNamed { names: names.clone() }).await? {
        Answer::ProductsNamed(found) => found,
        _ => Vec::new(),
    };
    for ((line, name), known) in unnamed.iter_mut().zip(names).zip(found) {
        let id = known.or_else(|| new.iter().find(|(_, n)| *n == name).map(|(id, _)| *id));
        line.id = Some(id.unwrap_or_else(|| {
            let id = device::new_id();
            new.push((id, name));
            id
        }));
    }
    Ok(new)
}

#[component]
pub fn LineTable(lines: Memo<Vec<LineForm>>, change: Callback<LineChange>, problems: Memo<Vec<Problem>>, currency: RwSignal<Currency>) -> impl IntoView {
    let app = use_app();
    // What is being typed as a product, for suggestions.
    let search = RwSignal::new(None::<String>);
    let found = use_query_if::<ProductList>(
        move || Some(Query::Products { search: search.get()?, offset: 0, limit: SUGGESTIONS }),
        &[Topic::Products],
    );
    let products = Memo::new(move |_| found.with(|f| f.data.as_ref().map(|d| d.rows.clone()).unwrap_or_default()));
    let count = Memo::new(move |_| lines.with(Vec::len));
    let add = move || change.run(LineChange::Add);
    let none = move || problems.with(|p| p.contains(&Problem::NoLines)).then(|| app.t().customer.need_line);
    view! {
        <fieldset class="lines">
            <legend>{move || app.t().customer.order_lines}</legend>
            <datalist id=DATALIST>
                {dynamic(move || products.get().into_iter().map(|p| view! { <option value=p.profile.name></option> }).collect_view())}
            </datalist>
            <For each=move || 0..count.get() key=|at| *at let:at>
                <LineRow at lines change problems products search currency />
            </For>
            <p class="lines-problem" role="alert">{dynamic(none)}</p>
            <Button kind=ButtonKind::Quiet icon=Icon::Plus on_click=add>{move || app.t().customer.line_add}</Button>
        </fieldset>
    }
}

#[component]
fn LineRow(
    at: usize,
    lines: Memo<Vec<LineForm>>,
    change: Callback<LineChange>,
    problems: Memo<Vec<Problem>>,
    products: Memo<Vec<ProductRow>>,
    search: RwSignal<Option<String>>,
    currency: RwSignal<Currency>,
) -> impl IntoView {
    let app = use_app();
    let line = Memo::new(move |_| lines.with(|l| l.get(at).cloned().unwrap_or_default()));
    let alter = move |set: &dyn Fn(&mut LineForm)| {
        let mut next = line.get_untracked();
        set(&mut next);
        change.run(LineChange::Set(at, next));
    };
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
        alter(&|l| {
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
                on_input=move |v: String| alter(&|l| l.quantity.clone_from(&v))
            />
            <TextField
                label=words(|t| t.line_price)
                kind="number"
                value=Signal::derive(move || line.with(|l| l.price.clone()))
                error=price_error
                on_input=move |v: String| alter(&|l| l.price.clone_from(&v))
            />
            <span class="line-total num">{shared(total)}</span>
            <IconButton
                icon=Icon::Trash
                label=words(|t| t.line_remove)
                on_click=move || change.run(LineChange::Remove(at))
            />
        </div>
    }
}
