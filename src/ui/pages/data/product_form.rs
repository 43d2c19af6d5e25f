//! A product in a form: name, code, category, price, cost.

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use crate::domain::{Id, PRICE_SCALE, ProductProfile};
use crate::engine::api::{Command, CommandError, Invalid, ProductRow};
use crate::locale::fill;
use crate::ui::app::use_app;
use crate::ui::components::{Button, ButtonKind, Dialog, TextArea, TextField};
use crate::ui::model::number::{plain, read_e4};

/// What is typed, as text.
#[derive(Clone, Debug, Default, PartialEq)]
struct Draft {
    id: Option<Id>,
    name: String,
    key: String,
    category: String,
    price: String,
    cost: String,
    note: String,
}

impl Draft {
    fn of(row: Option<&ProductRow>) -> Self {
        let Some(row) = row else { return Self::default() };
        let price = |e4: Option<i64>| e4.map(|e4| plain(e4 as f64 / PRICE_SCALE as f64, 4)).unwrap_or_default();
        let p = &row.profile;
        Self {
            id: Some(row.id),
            name: p.name.clone(),
            key: p.key.clone(),
            category: p.category.clone(),
            price: price(p.price_e4),
            cost: price(p.cost_e4),
            note: p.note.clone(),
        }
    }

    /// `None` while a number does not read or the product has no name.
    fn profile(&self) -> Option<ProductProfile> {
        if self.name.trim().is_empty() && self.key.trim().is_empty() {
            return None;
        }
        Some(ProductProfile {
            key: self.key.trim().to_owned(),
            name: self.name.trim().to_owned(),
            category: self.category.trim().to_owned(),
            price_e4: number(&self.price).ok()?,
            cost_e4: number(&self.cost).ok()?,
            note: self.note.clone(),
        })
    }
}

/// Nothing typed is “not known”.
fn number(text: &str) -> Result<Option<i64>, ()> {
    if text.trim().is_empty() { Ok(None) } else { read_e4(text).map(Some).ok_or(()) }
}

/// The dialog; open while `editing` holds something (`Some(None)`: a new product).
#[component]
pub fn ProductDialog(editing: RwSignal<Option<Option<ProductRow>>>) -> impl IntoView {
    let app = use_app();
    let title = Signal::derive(move || {
        let t = &app.t().data;
        editing.with(|e| match e {
            Some(Some(row)) => {
                let p = &row.profile;
                fill(t.product_edit, &[("name", if p.name.is_empty() { &p.key } else { &p.name })])
            }
            _ => t.product_add.to_owned(),
        })
    });
    view! {
        <Dialog
            open=Signal::derive(move || editing.with(Option::is_some))
            title
            close=Signal::derive(move || app.t().common.close.to_owned())
            on_close=Callback::new(move |()| editing.set(None))
        >
            <ProductForm editing />
        </Dialog>
    }
}

#[component]
fn ProductForm(editing: RwSignal<Option<Option<ProductRow>>>) -> impl IntoView {
    let app = use_app();
    let known = editing.get_untracked().flatten();
    let draft = RwSignal::new(Draft::of(known.as_ref()));
    let seen = known.map(|row| Box::new(row.profile));
    let problems = RwSignal::new(Vec::<Invalid>::new());
    let tried = RwSignal::new(false);
    let saving = RwSignal::new(false);
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        let Some(profile) = draft.with_untracked(Draft::profile) else { return };
        let id = draft.with_untracked(|d| d.id);
        let seen = seen.clone();
        let said = app.locale.get_untracked().t().data.product_saved.to_owned();
        saving.set(true);
        spawn_local(async move {
            let result = app.run(Command::SaveProduct { id, seen, profile }, said).await;
            saving.try_set(false);
            match result {
                Ok(_) => drop(editing.try_set(None)),
                Err(CommandError::Invalid { problems: found }) => drop(problems.try_set(found)),
                // Said in a notice; what was typed stays.
                Err(_) => {}
            }
        });
    };
    let refused = move |field: &'static str| {
        problems.with(|p| p.iter().find(|p| p.field == field).map(|p| app.locale.get().invalid(p.reason).to_owned()))
    };
    let name_error = Signal::derive(move || {
        let missing = draft.with(|d| d.name.trim().is_empty() && d.key.trim().is_empty());
        (tried.get() && missing).then(|| app.t().data.product_name_needed.to_owned()).or_else(|| refused("name"))
    });
    let number_error = move |text: fn(&Draft) -> &String, field: &'static str| {
        Signal::derive(move || {
            let bad = draft.with(|d| number(text(d)).is_err());
            bad.then(|| app.t().data.product_bad_number.to_owned()).or_else(|| refused(field))
        })
    };
    let label = move |text: fn(&crate::locale::DataTexts) -> &'static str| {
        Signal::derive(move || text(&app.t().data).to_owned())
    };
    let value = move |text: fn(&Draft) -> &String| Signal::derive(move || draft.with(|d| text(d).clone()));
    let put = move |set: fn(&mut Draft, String)| Callback::new(move |text: String| draft.update(|d| set(d, text)));
    view! {
        <form class="form" on:submit=save>
            <TextField label=label(|t| t.product_name) value=value(|d| &d.name) error=name_error autofocus=true on_input=put(|d, t| d.name = t) />
            <div class="form-grid">
                <TextField label=label(|t| t.product_key) value=value(|d| &d.key) error=Signal::derive(move || refused("key")) on_input=put(|d, t| d.key = t) />
                <TextField label=label(|t| t.product_category) value=value(|d| &d.category) on_input=put(|d, t| d.category = t) />
                <TextField
                    label=label(|t| t.product_price)
                    value=value(|d| &d.price)
                    kind="number"
                    error=number_error(|d| &d.price, "price_e4")
                    on_input=put(|d, t| d.price = t)
                />
                <TextField
                    label=label(|t| t.product_cost)
                    value=value(|d| &d.cost)
                    kind="number"
                    hint=label(|t| t.product_cost_hint)
                    error=number_error(|d| &d.cost, "cost_e4")
                    on_input=put(|d, t| d.cost = t)
                />
            </div>
            <TextArea label=label(|t| t.product_note) value=value(|d| &d.note) on_input=put(|d, t| d.note = t) />
            <div class="form-actions">
                <Button on_click=Callback::new(move |()| editing.set(None))>{move || app.t().common.cancel}</Button>
                <Button kind=ButtonKind::Primary submit=true busy=saving>
                    {move || app.t().common.save}
                </Button>
            </div>
        </form>
    }
}
