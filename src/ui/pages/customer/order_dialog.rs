//! The form for an order by hand.

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use super::Writing;
use crate::domain::{Asked, Currency, Id, Kind, OrderDraft, asked};
use crate::engine::api::{Command, CommandError, Invalid};
use crate::locale::{CustomerTexts, fill};
use crate::ui::app::{use_app, use_currency, use_overview, use_own_fields};
use crate::ui::browser;
use crate::ui::components::{Button, ButtonKind, Dialog, Segmented, TextArea, TextField};
use crate::ui::format::Format;
use crate::ui::model::lines::{LineChange, Problem};
use crate::ui::model::order_form::OrderForm;
use crate::ui::model::record_form::RecordForm;
use crate::ui::pages::lines::{LineTable, name_products};
use crate::ui::pages::record::FormParts;
use crate::web::{device, js};

/// What stands in the form: what the draft of an order has, and the fields beside it.
type Typed = (OrderForm, RecordForm);

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

#[component]
fn OrderEditor(customer: Id, writing: RwSignal<Option<Writing>>, of: Writing) -> impl IntoView {
    let app = use_app();
    let book = use_currency();
    // The note stands in the draft.
    let fields: Vec<Asked> =
        asked(Kind::Order, &use_own_fields().get_untracked()).into_iter().filter(|field| field.name != "note").collect();
    let (id, currency, clean, seen) = match of {
        Writing::New => (None, book.get_untracked(), (OrderForm::new(device::civil_now()), RecordForm::default()), None),
        Writing::Known { id, draft, names, record } => {
            let beside = RecordForm::of(Some(&record), &fields, draft.currency);
            (Some(id), draft.currency, (OrderForm::of(&draft, &names), beside), Some(draft))
        }
    };
    let fields = StoredValue::new(fields);
    let currency = RwSignal::new(currency);
    let draft_name = StoredValue::new(id.map_or_else(|| format!("order-{customer}"), |id| format!("order-{id}")));
    let kept = draft_name.with_value(|n| browser::draft(n)).and_then(|t| js::from_json(&t));
    // What the form showed when typing began: what somebody saved of other fields since then stays.
    let begun = || (seen, clean.1.clone(), clean.clone());
    let (seen, shown, typed): (Option<Box<OrderDraft>>, RecordForm, Typed) = kept.unwrap_or_else(begun);
    let (form, beside) = (RwSignal::new(typed.0), RwSignal::new(typed.1));
    let (clean, seen, shown) = (StoredValue::new(clean), StoredValue::new(seen), StoredValue::new(shown));
    Effect::new(move |_| {
        let typed: Typed = (form.get(), beside.get());
        let json = || {
            seen.with_value(|seen| shown.with_value(|shown| js::to_json(&(seen, shown, &typed)).unwrap_or_default()))
        };
        let text = clean.with_value(|c| typed != *c).then(json);
        draft_name.with_value(|name| browser::keep_draft(name, text.as_deref()));
    });
    let refused = RwSignal::new(Vec::<Invalid>::new());
    let lines = Memo::new(move |_| form.with(|f| f.lines.clone()));
    let change = Callback::new(move |change: LineChange| form.update(|f| change.apply(&mut f.lines)));
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
        let read = |f: &RecordForm| {
            fields.with_value(|fields| shown.with_value(|shown| f.changes(shown, fields, currency.get_untracked())))
        };
        let fields = match beside.with_untracked(read) {
            Ok(fields) => fields,
            Err(found) => return refused.set(found),
        };
        let mut typed = form.get_untracked();
        let t = app.locale.get_untracked().t();
        let pattern = if id.is_some() { t.shell.done_saved } else { t.shell.done_added };
        let said = fill(pattern, &[("what", t.customer.this_order)]);
        // Read before anything is waited for: the dialog may be gone afterwards.
        let (currency, seen) = (currency.get_untracked(), seen.get_value());
        busy.set(true);
        spawn_local(async move {
            let result = match name_products(app, &mut typed.lines).await {
                Ok(products) => match typed.draft(Some(customer), currency) {
                    Some(order) => {
                        app.run(Command::SaveOrder { id, seen, order, products, fields }, said).await.map(drop)
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
                Err(CommandError::Invalid { problems }) => {
                    app.fail(&CommandError::Invalid { problems: problems.clone() });
                    refused.try_set(problems);
                }
                Err(_) => {}
            }
        });
    };
    view! {
        <form class="form order-form" novalidate on:submit=save>
            <OrderHead form problems />
            <FirstCurrency new=id.is_none() currency />
            <LineTable lines change problems currency />
            <TextArea
                label=Signal::derive(move || app.locale.get().label(Kind::Order, "note").to_owned())
                rows=2
                value=Signal::derive(move || form.with(|f| f.note.clone()))
                on_input=move |v| form.update(|f| f.note = v)
            />
            <FormParts kind=Kind::Order fields form=beside problems=refused />
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
