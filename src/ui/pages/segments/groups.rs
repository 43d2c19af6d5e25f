//! The list behind a picture: groups with their figures, each a link to its customers.

use crate::ui::prelude::*;

use crate::locale::fill;
use crate::ui::app::use_app;
use crate::ui::route::Route;

/// A column of figures. Figures of little weight are left out on a phone.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    pub label: String,
    pub wide_only: bool,
}

impl Head {
    pub fn always(label: &str) -> Self {
        Self { label: label.to_owned(), wide_only: false }
    }

    pub fn wide(label: &str) -> Self {
        Self { label: label.to_owned(), wide_only: true }
    }
}

/// One group: its name, where its customers are, its figures, what to do with it.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupRow {
    pub name: String,
    pub route: Route,
    pub figures: Vec<String>,
    /// Figures that lead to customers of their own: place and where to.
    pub links: Vec<(usize, Route)>,
    pub note: String,
}

/// Groups as a table; the name of each opens its customers.
#[component]
pub fn GroupTable(
    #[prop(into)] label: Signal<String>,
    /// What the first column holds; groups unless said.
    #[prop(optional, into)]
    of: Option<Signal<String>>,
    #[prop(into)] heads: Signal<Vec<Head>>,
    #[prop(into)] rows: Signal<Vec<GroupRow>>,
) -> impl IntoView {
    let app = use_app();
    let head = move || {
        let cell = |h: Head| view! { <th scope="col" class="num" class:wide-only=h.wide_only>{h.label}</th> };
        heads.get().into_iter().map(cell).collect_view()
    };
    let body = move || {
        let t = &app.t().segments;
        let wide: Vec<bool> = heads.with(|h| h.iter().map(|h| h.wide_only).collect());
        let row = |row: GroupRow| {
            let figures = row.figures.clone().into_iter().enumerate().map(|(i, text)| {
                let wide_only = wide.get(i).copied().unwrap_or(false);
                let words = match row.links.iter().find(|(at, _)| *at == i) {
                    Some((_, to)) => view! { <a href=to.href()>{text}</a> }.into_any(),
                    None => text.into_any(),
                };
                view! { <td class="num" class:wide-only=wide_only>{words}</td> }
            });
            let title = fill(t.open_group_of, &[("group", &row.name)]);
            view! {
                <tr>
                    <th scope="row">
                        <a href=row.route.href() title=title>
                            {row.name}
                        </a>
                        {(!row.note.is_empty()).then(|| view! { <small>{row.note}</small> })}
                    </th>
                    {figures.collect_view()}
                </tr>
            }
        };
        rows.get().into_iter().map(row).collect_view()
    };
    view! {
        <table class="plain-table group-table" aria-label=move || label.get()>
            <thead>
                <tr>
                    <th scope="col">{move || of.map_or_else(|| app.t().segments.group.to_owned(), |of| of.get())}</th>
                    {dynamic(head)}
                </tr>
            </thead>
            <tbody>{dynamic(body)}</tbody>
        </table>
    }
}
