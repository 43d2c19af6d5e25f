//! What else can be decided about a file: encoding and separator, the order of dates, decimals, currency, source.

use crate::ui::prelude::*;

use super::flow::use_flow;
use crate::domain::Currency;
use crate::files::orders::{DateOrder, DecimalSign, Form, Mapping, Role, date_column, has_blank_numbers};
use crate::locale::fill;
use crate::ui::app::use_app;
use crate::ui::components::{SelectField, TextField};
use crate::ui::format::Format;
use crate::ui::model::wizard::{Event, Read, ambiguous_example};

/// WHATWG labels and how people call them.
const ENCODINGS: [(&str, &str); 5] = [
    ("utf-8", "UTF-8"),
    ("gb18030", "GBK / GB18030"),
    ("utf-16le", "UTF-16 LE"),
    ("utf-16be", "UTF-16 BE"),
    ("windows-1252", "Windows-1252"),
];

/// Encoding and separator; another choice reads the file's beginning again.
#[component]
pub fn ReadAs() -> impl IntoView {
    let app = use_app();
    let flow = use_flow();
    let encoding = Signal::derive(move || {
        flow.wizard.with(|w| {
            let found = w.inspection.as_ref().map(|i| i.encoding.clone());
            found.or_else(|| w.read.encoding.clone()).unwrap_or_default()
        })
    });
    let delimiter = Signal::derive(move || {
        flow.wizard.with(|w| {
            let found = w.inspection.as_ref().map(|i| i.delimiter);
            found.or(w.read.delimiter).map(String::from).unwrap_or_default()
        })
    });
    let encodings = Signal::derive(move || {
        let auto = (String::new(), app.t().data.encoding_auto.to_owned());
        let mut out: Vec<_> = ENCODINGS.iter().map(|(v, words)| ((*v).to_owned(), (*words).to_owned())).collect();
        out.insert(0, auto);
        out
    });
    let delimiters = Signal::derive(move || {
        let t = &app.t().data;
        let known = [
            ("", t.encoding_auto),
            (",", t.delimiter_comma),
            ("\u{ff0c}", t.delimiter_wide_comma),
            (";", t.delimiter_semicolon),
            ("\t", t.delimiter_tab),
            ("|", t.delimiter_pipe),
        ];
        known.map(|(v, words)| (v.to_owned(), words.to_owned())).to_vec()
    });
    let read = move |change: &dyn Fn(&mut Read)| {
        let mut read = flow.wizard.with_untracked(|w| w.read.clone());
        change(&mut read);
        flow.send(Event::ReadAs(read));
    };
    let sheets = Memo::new(move |_| {
        flow.wizard.with(|w| match w.inspection.as_ref().map(|i| &i.form) {
            Some(Form::Workbook { sheets, sheet }) => Some((sheets.clone(), *sheet as usize)),
            _ => None,
        })
    });
    let of_sheets = move |names: Vec<String>, at: usize| {
        let options: Vec<_> = names.iter().map(|name| (name.clone(), name.clone())).collect();
        let value = names.get(at).cloned().unwrap_or_default();
        view! {
            <SelectField
                label=Signal::derive(move || app.t().data.sheet.to_owned())
                options=Signal::derive(move || options.clone())
                value=Signal::derive(move || value.clone())
                on_change=Callback::new(move |to: String| read(&|r| r.sheet = Some(to.clone())))
            />
        }
        .into_any()
    };
    let of_text = move || view! {
            <SelectField
                label=Signal::derive(move || app.t().data.encoding.to_owned())
                options=encodings
                value=encoding
                on_change=Callback::new(move |to: String| read(&|r| r.encoding = Some(to.clone()).filter(|t| !t.is_empty())))
            />
            <SelectField
                label=Signal::derive(move || app.t().data.delimiter.to_owned())
                options=delimiters
                value=delimiter
                on_change=Callback::new(move |to: String| read(&|r| r.delimiter = to.chars().next()))
            />
    }
    .into_any();
    // An address book says itself how it is to be read.
    let cards = Memo::new(move |_| flow.wizard.with(|w| w.inspection.as_ref().is_some_and(|i| i.form == Form::Cards)));
    let shown = move || {
        view! {
            <fieldset class="read-as">
                <legend>{move || app.t().data.read_as}</legend>
                {move || match sheets.get() {
                    Some((names, at)) => of_sheets(names, at),
                    None => of_text(),
                }}
            </fieldset>
        }
    };
    move || (!cards.get()).then(shown)
}

/// Which date order holds, shown with an example read each way; only where more than one fits.
#[component]
pub fn DateOrderChoice() -> impl IntoView {
    let app = use_app();
    let flow = use_flow();
    let orders =
        Memo::new(move |_| flow.wizard.with(|w| w.inspection.as_ref().map(|i| i.date_orders.clone()).unwrap_or_default()));
    let chosen = Memo::new(move |_| {
        flow.wizard.with(|w| w.mapping.as_ref().filter(|_| w.date_order_chosen).map(|m| m.date_order))
    });
    let example = Memo::new(move |_| {
        flow.wizard.with(|w| {
            let (inspection, mapping) = (w.inspection.as_ref()?, w.mapping.as_ref()?);
            let column = date_column(&mapping.roles)?;
            let cells: Vec<&str> =
                inspection.sample.iter().filter_map(|row| row.get(column)).map(String::as_str).collect();
            ambiguous_example(&cells, &inspection.date_orders)
        })
    });
    let option = move |order: DateOrder| {
        let meaning = move || {
            example.with(|e| {
                let (_, readings) = e.as_ref()?;
                let day = readings.iter().find(|(o, _)| *o == order)?.1;
                Some(app.locale.get().date(day))
            })
        };
        view! {
            <label class="radio">
                <input
                    type="radio"
                    name="date-order"
                    prop:checked=move || chosen.get() == Some(order)
                    on:change=move |_| flow.send(Event::SetDateOrder(order))
                />
                <span>{move || app.locale.get().date_order(order)}</span>
                <strong>{shared(meaning)}</strong>
            </label>
        }
    };
    let several = Memo::new(move |_| orders.with(|o| o.len() > 1));
    let question = move || {
        let t = &app.t().data;
        example.with(|e| match e {
            Some((text, _)) => format!(
                "{}{}{}",
                t.date_order,
                app.locale.get().gap(),
                fill(t.date_order_example, &[("text", text)])
            ),
            None => t.date_order.to_owned(),
        })
    };
    view! {
        <Show when=move || several.get()>
            <fieldset class="date-order">
                <legend>{shared(question)}</legend>
                {dynamic(move || orders.get().into_iter().map(option).collect_view())}
            </fieldset>
        </Show>
    }
}

/// Whether rows without an order number continue the order above; only where there are such rows.
#[component]
pub fn FillDown() -> impl IntoView {
    let app = use_app();
    let flow = use_flow();
    let asked = Memo::new(move |_| {
        flow.wizard.with(|w| w.inspection.as_ref().zip(w.mapping.as_ref()).is_some_and(|(i, m)| has_blank_numbers(i, m)))
    });
    let chosen = Memo::new(move |_| flow.wizard.with(|w| w.mapping.as_ref().is_some_and(|m| m.fill_down)));
    view! {
        <Show when=move || asked.get()>
            <label class="radio">
                <input
                    type="checkbox"
                    prop:checked=move || chosen.get()
                    on:change=move |e| flow.send(Event::SetFillDown(event_target_checked(&e)))
                />
                <span>{move || app.t().data.fill_down}</span>
            </label>
        </Show>
    }
}

/// Currencies offered by name; any other by its three letters.
const CURRENCIES: [&str; 12] =
    ["CNY", "USD", "EUR", "GBP", "JPY", "HKD", "TWD", "KRW", "SGD", "AUD", "CAD", "CHF"];

/// In which currency amounts count that do not say it; only where there are amounts.
#[component]
pub fn CurrencyChoice() -> impl IntoView {
    let app = use_app();
    let flow = use_flow();
    let now = Memo::new(move |_| flow.wizard.with(|w| w.mapping.as_ref().map(|m| m.currency.code().to_owned())).unwrap_or_default());
    let shown = Memo::new(move |_| flow.wizard.with(|w| w.mapping.as_ref().is_some_and(has_amounts)));
    let typed = RwSignal::new(None::<String>);
    let options = Signal::derive(move || {
        let locale = app.locale.get();
        let now = now.get();
        let name = |code: &str| match locale.word(&format!("currency_{}", code.to_lowercase())) {
            "" => code.to_owned(),
            name => format!("{code} · {name}"),
        };
        let beside = Some(now.as_str()).filter(|now| !CURRENCIES.contains(now));
        let all = CURRENCIES.into_iter().chain(beside).map(|code| (code.to_owned(), name(code)));
        all.chain([(String::new(), locale.t().data.currency_other.to_owned())]).collect::<Vec<_>>()
    });
    let set = Callback::new(move |text: String| {
        if let Some(currency) = Currency::parse(&text) {
            flow.send(Event::SetCurrency(currency));
        }
    });
    let choose = Callback::new(move |code: String| {
        typed.set(code.is_empty().then(String::new));
        set.run(code);
    });
    let type_it = Callback::new(move |text: String| {
        set.run(text.clone());
        typed.set(Some(text));
    });
    let wrong = Signal::derive(move || {
        let bad = typed.with(|t| t.as_deref().is_some_and(|t| !t.is_empty() && Currency::parse(t).is_none()));
        bad.then(|| app.t().data.currency_bad.to_owned())
    });
    view! {
        <Show when=move || shown.get()>
            <div class="form-grid currency-choice">
                <SelectField
                    label=Signal::derive(move || app.t().data.currency.to_owned())
                    options
                    value=Signal::derive(move || if typed.with(Option::is_some) { String::new() } else { now.get() })
                    on_change=choose
                />
                <Show when=move || typed.with(Option::is_some)>
                    <TextField
                        label=Signal::derive(move || app.t().data.currency_other.to_owned())
                        value=Signal::derive(move || typed.get().unwrap_or_default())
                        hint=Signal::derive(move || app.t().data.currency_bad.to_owned())
                        error=wrong
                        on_input=type_it
                    />
                </Show>
                <p class="quiet-text">{move || app.t().data.currency_hint}</p>
            </div>
        </Show>
    }
}

fn has_amounts(mapping: &Mapping) -> bool {
    let amounts = [Role::UnitPrice, Role::LineTotal, Role::UnitCost];
    let in_fields = || mapping.fields.iter().any(|of| of.field.name == "discount_minor");
    mapping.roles.iter().any(|role| amounts.contains(role)) || in_fields()
}

/// Decimal sign and source, closed at first.
#[component]
pub fn More() -> impl IntoView {
    let app = use_app();
    let flow = use_flow();
    let of = move |get: fn(&Mapping) -> String| {
        Signal::derive(move || flow.wizard.with(|w| w.mapping.as_ref().map(get).unwrap_or_default()))
    };
    let decimals = Signal::derive(move || {
        let t = &app.t().data;
        vec![("point".to_owned(), t.decimal_point.to_owned()), ("comma".to_owned(), t.decimal_comma.to_owned())]
    });
    view! {
        <details class="more">
            <summary>{move || app.t().data.more}</summary>
            <div class="form-grid">
                <SelectField
                    label=Signal::derive(move || app.t().data.decimal_sign.to_owned())
                    options=decimals
                    value=of(|m| if m.decimal_sign == DecimalSign::Point { "point" } else { "comma" }.to_owned())
                    on_change=Callback::new(move |to: String| {
                        let sign = if to == "comma" { DecimalSign::Comma } else { DecimalSign::Point };
                        flow.send(Event::SetDecimalSign(sign));
                    })
                />
                <TextField
                    label=Signal::derive(move || app.t().data.source.to_owned())
                    value=of(|m| m.source.clone())
                    hint=Signal::derive(move || app.t().data.source_hint.to_owned())
                    on_input=Callback::new(move |text| flow.send(Event::SetSource(text)))
                />
            </div>
        </details>
    }
}
