//! Where each RFM score begins and ends.

use crate::ui::prelude::*;

use crate::domain::Currency;
use crate::engine::api::RfmView;
use crate::ui::app::use_app;
use crate::ui::format::Format;

/// A table of the scores' bounds, closed at first.
#[component]
pub fn Bounds(view: Memo<RfmView>, currency: Memo<Currency>) -> impl IntoView {
    let app = use_app();
    let rows = move || {
        let (locale, currency) = (app.locale.get(), currency.get());
        let t = &locale.t().segments;
        view.with(|v| {
            let [days, purchases, revenue] = &v.bounds;
            let bins = usize::from(v.bins);
            let row = |bin: usize| {
                let none = || t.no_bound.to_owned();
                // The first bin of days is the most recent one and scores highest.
                let days = bins.checked_sub(bin).and_then(|i| days.get(i));
                let count = purchases.get(bin - 1);
                let money = revenue.get(bin - 1);
                view! {
                    <tr>
                        <th scope="row">{locale.int(bin as u64)}</th>
                        <td class="num">{days.map_or_else(none, |d| locale.decimal(*d, 1))}</td>
                        <td class="num">{count.map_or_else(none, |c| locale.decimal(*c, 1))}</td>
                        <td class="num">{money.map_or_else(none, |m| locale.money_round(m.round() as i64, currency))}</td>
                    </tr>
                }
            };
            (1..=bins).rev().map(row).collect_view()
        })
    };
    view! {
        <details class="bounds">
            <summary>{move || app.t().segments.rfm_bounds}</summary>
            <div class="table-scroll">
                <table class="plain-table">
                    <thead>
                        <tr>
                            <th scope="col">{move || app.t().segments.rfm_score}</th>
                            <th scope="col" class="num">{move || app.t().segments.rfm_bound_days}</th>
                            <th scope="col" class="num">{move || app.t().segments.rfm_bound_purchases}</th>
                            <th scope="col" class="num">{move || app.t().segments.rfm_bound_revenue}</th>
                        </tr>
                    </thead>
                    <tbody>{dynamic(rows)}</tbody>
                </table>
            </div>
        </details>
    }
}
