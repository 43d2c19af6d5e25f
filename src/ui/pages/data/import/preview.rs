//! The first rows of the file under their columns, each column with its meaning, cells coloured where they do not fit it.

use crate::ui::prelude::*;

use super::flow::use_flow;
use crate::files::orders::{Mapping, Role};
use crate::locale::fill;
use crate::ui::app::use_app;
use crate::ui::components::SelectField;
use crate::ui::model::wizard::{Event, cell_problem, field_of};

/// Rows shown.
const ROWS: usize = 12;

#[component]
pub fn Preview() -> impl IntoView {
    let app = use_app();
    let header = use_header();
    let columns = move || {
        header.with(|h| h.iter().enumerate().map(|(i, name)| view! { <ColumnHead index=i name=name.clone() /> }).collect_view())
    };
    view! {
        <div class="table-scroll preview" tabindex="0" role="region" aria-label=move || app.t().data.preview_title>
            <table class="plain-table">
                <thead>
                    <tr>{dynamic(columns)}</tr>
                </thead>
                <PreviewRows />
            </table>
        </div>
        <p class="quiet-text preview-legend">
            <i class="bad-cell"></i>
            {move || app.t().data.preview_legend}
        </p>
    }
}

fn use_header() -> Memo<Vec<String>> {
    let flow = use_flow();
    Memo::new(move |_| flow.wizard.with(|w| w.inspection.as_ref().map(|i| i.header.clone()).unwrap_or_default()))
}

/// A column's name and what it means.
#[component]
fn ColumnHead(index: usize, name: String) -> impl IntoView {
    let app = use_app();
    let flow = use_flow();
    let role = Memo::new(move |_| {
        let role = flow.wizard.with(|w| w.mapping.as_ref().and_then(|m| m.roles.get(index).copied()));
        role.unwrap_or(Role::Ignore)
    });
    let options = Signal::derive(move || {
        let locale = app.locale.get();
        let target = flow.wizard.with(|w| w.mapping.as_ref().map(|m| m.target)).unwrap_or_default();
        let fields = flow.wizard.with(|w| w.fields_there());
        let fields = fields.into_iter().map(|f| (f.name, f.names.into_iter().next().unwrap_or_default()));
        let known = Role::ALL.iter().enumerate().filter(|(_, r)| r.is_of(target));
        known.map(|(i, r)| (i.to_string(), locale.role(*r).to_owned())).chain(fields).collect::<Vec<_>>()
    });
    let field = Memo::new(move |_| {
        flow.wizard.with(|w| w.mapping.as_ref().and_then(|m| field_of(m, index)).map(|f| f.name.clone()))
    });
    let value = Signal::derive(move || {
        let role = role.get();
        let place = || Role::ALL.iter().position(|r| *r == role).unwrap_or(0).to_string();
        field.get().unwrap_or_else(place)
    });
    let choose = Callback::new(move |text: String| {
        match text.parse::<usize>() {
            Ok(place) => flow.send(Event::SetRole(index, Role::ALL.get(place).copied().unwrap_or(Role::Ignore))),
            // Names of fields are no numbers.
            Err(_) => flow.send(Event::SetField(index, text)),
        }
    });
    let label = {
        let name = name.clone();
        Signal::derive(move || fill(app.t().data.column, &[("name", &name)]))
    };
    view! {
        <th scope="col" class:unused=move || role.get() == Role::Ignore && field.get().is_none()>
            <span class="column-name" title=name.clone()>
                {name.clone()}
            </span>
            <SelectField label options value on_change=choose compact=true />
        </th>
    }
}

#[component]
fn PreviewRows() -> impl IntoView {
    let app = use_app();
    let flow = use_flow();
    let mapping = Memo::new(move |_| flow.wizard.with(|w| w.mapping.clone()));
    let sample = Memo::new(move |_| {
        flow.wizard.with(|w| {
            let rows = w.inspection.as_ref().map(|i| i.sample.as_slice()).unwrap_or_default();
            rows.iter().take(ROWS).cloned().collect::<Vec<_>>()
        })
    });
    let rows = move || {
        let (locale, mapping) = (app.locale.get(), mapping.get());
        let row = |cells: &Vec<String>| {
            let cells = cells.iter().enumerate().map(|(i, text)| {
                let problem = mapping.as_ref().and_then(|m| problem(m, i, text));
                let unused = mapping.as_ref().is_none_or(|m| {
                    field_of(m, i).is_none() && m.roles.get(i).is_none_or(|r| *r == Role::Ignore)
                });
                view! {
                    <td
                        class:bad-cell=problem.is_some()
                        class:unused=unused
                        title=problem.map(|p| locale.row_reason(p))
                    >
                        {text.clone()}
                    </td>
                }
            });
            view! { <tr>{cells.collect_view()}</tr> }
        };
        sample.with(|s| s.iter().map(row).collect_view())
    };
    view! { <tbody>{dynamic(rows)}</tbody> }
}

fn problem(mapping: &Mapping, column: usize, cell: &str) -> Option<crate::files::orders::RowReason> {
    cell_problem(column, cell, mapping)
}
