//! One order in the timeline; its lines are fetched when it is opened.

use crate::ui::prelude::*;

use super::Writing;
use super::answer::{About, AskButton};
use super::timeline::products;
use crate::domain::{Id, OrderKind};
use crate::engine::api::{Command, OrderView, Query, TimelineItem, Topic};
use crate::locale::{Locale, fill};
use crate::ui::app::{use_app, use_own_fields};
use crate::ui::components::{Badge, BadgeTone, Button, ButtonKind, Icon, icon};
use crate::ui::format::Format;
use crate::ui::pages::record::{HistoryButton, facts};
use crate::ui::query::use_query_if;

#[component]
pub(super) fn OrderItem(id: Id, item: TimelineItem, writing: RwSignal<Option<Writing>>) -> impl IntoView {
    let app = use_app();
    let open = RwSignal::new(false);
    let TimelineItem::Order { at, number, kind, total_minor, currency, first_product, lines, .. } = item else {
        return ().into_any();
    };
    let order = use_query_if::<Option<OrderView>>(
        move || open.get().then_some(Query::Order { id }),
        &[Topic::Orders, Topic::Products],
    );
    let title = move || {
        let t = &app.t().customer;
        if number.is_empty() { t.order_without_number.to_owned() } else { fill(t.order_label, &[("number", &number)]) }
    };
    let badge = move || {
        let tone = match kind {
            OrderKind::Purchase => return None,
            OrderKind::Refund => BadgeTone::Warn,
            OrderKind::Adjustment => BadgeTone::Plain,
        };
        Some(view! { <Badge tone text=app.locale.get().order_kind(kind) /> })
    };
    view! {
        <li class="event order">
            <span class="event-mark">{icon(Icon::Order)}</span>
            <details on:toggle=move |e| open.set(event_target::<web_sys::Element>(&e).has_attribute("open"))>
                <summary>
                    <span class="event-head">
                        <b>{shared(title)}</b> {dynamic(badge)}
                        <span class="quiet-text">{move || products(app.locale.get(), &first_product, lines)}</span>
                    </span>
                    <span class="num event-money">{move || app.locale.get().money(total_minor, currency)}</span>
                    <time class="quiet-text">{move || app.locale.get().date_time(at)}</time>
                </summary>
                {dynamic(move || order.get().data.flatten().map(|order| view! { <Lines order locale=app.locale.get() writing /> }))}
            </details>
        </li>
    }
    .into_any()
}

#[component]
fn Lines(order: OrderView, locale: Locale, writing: RwSignal<Option<Writing>>) -> impl IntoView {
    let app = use_app();
    let OrderView { id, draft, names, record, .. } = order;
    let own = use_own_fields().get_untracked();
    let beside = facts(locale, &record, &own, draft.currency, &["note"]).into_iter().map(|f| format!("{} {}", f.label, f.words));
    let (currency, number) = (draft.currency, draft.number.clone());
    let (t, c) = (&locale.t().customer, &locale.t().common);
    let unnamed = c.unknown;
    let row = |(at, line): (usize, &crate::domain::Line)| {
        let name = names.get(at).filter(|n| !n.is_empty()).cloned().unwrap_or_else(|| unnamed.to_owned());
        view! {
            <tr>
                <td>{name}</td>
                <td class="num">{locale.quantity(line.quantity_milli)}</td>
                <td class="num">{locale.price(line.unit_price_e4, currency)}</td>
                <td class="num">{locale.money(line.total_minor, currency)}</td>
            </tr>
        }
    };
    let rows = draft.lines.iter().enumerate().map(row).collect_view();
    let about = [draft.channel.clone(), draft.note.clone()].into_iter().chain(beside).filter(|s| !s.is_empty()).collect::<Vec<_>>();
    // An adjustment's lines may have any sign; it comes from a file and is corrected there.
    let editable = draft.kind != OrderKind::Adjustment;
    let known = Writing::Known { id, draft: Box::new(draft), names: names.clone(), record };
    let delete = move || {
        let t = app.locale.get_untracked().t();
        let said = fill(t.shell.done_deleted, &[("what", t.customer.this_order)]);
        app.run_command(Command::Delete { ids: vec![id] }, said);
    };
    view! {
        <div class="order-lines">
            <table class="plain-table">
                <thead>
                    <tr>
                        <th scope="col">{t.line_product}</th>
                        <th scope="col" class="num">{t.line_quantity}</th>
                        <th scope="col" class="num">{t.line_price}</th>
                        <th scope="col" class="num">{t.line_total}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <div class="order-foot">
                <span class="quiet-text">{about.join(" · ")}</span>
                <span class="push"></span>
                <HistoryButton id />
                <AskButton about=About { order: id, number } />
                {editable
                    .then(|| {
                        view! {
                            <Button kind=ButtonKind::Quiet icon=Icon::Edit on_click=move || writing.set(Some(known.clone()))>
                                {t.edit_order}
                            </Button>
                        }
                    })}
                <Button kind=ButtonKind::Danger icon=Icon::Trash on_click=delete>{t.delete_order}</Button>
            </div>
        </div>
    }
}
