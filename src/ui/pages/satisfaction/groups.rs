//! Products or people of the staff, the most disappointing first.

use crate::ui::prelude::*;

use super::with_answers;
use super::words::{figure, signed};
use crate::engine::api::{ResponseFilter, SatisfactionView, VoiceBy, VoiceGroup};
use crate::locale::Locale;
use crate::ui::app::use_app;
use crate::ui::components::Segmented;
use crate::ui::format::Format;
use crate::ui::route::{Route, VoiceLook};

#[component]
pub(super) fn Groups(view: Memo<Box<SatisfactionView>>, look: Memo<VoiceLook>) -> impl IntoView {
    let app = use_app();
    let options = Signal::derive(move || {
        let t = &app.t().satisfaction;
        vec![("product".to_owned(), t.by_product.to_owned()), ("staff".to_owned(), t.by_staff.to_owned())]
    });
    let now = Signal::derive(move || if look.with(|l| l.by == VoiceBy::Staff) { "staff" } else { "product" }.to_owned());
    let choose = move |name: String| {
        let by = if name == "staff" { VoiceBy::Staff } else { VoiceBy::Product };
        app.go(&Route::Satisfaction(Box::new(VoiceLook { by, ..look.get_untracked() })));
    };
    let rows = move || {
        let (locale, look) = (app.locale.get(), look.get());
        view.with(|v| v.groups.iter().map(|g| row(locale, &look, g, v.min_answers)).collect_view())
    };
    let none = Memo::new(move |_| view.with(|v| v.groups.is_empty()));
    view! {
        <section class="voice-part" aria-labelledby="voice-by">
            <div class="voice-head">
                <h2 id="voice-by">{move || app.t().satisfaction.by}</h2>
                <Segmented label=Signal::derive(move || app.t().satisfaction.by.to_owned()) options value=now on_change=choose />
            </div>
            <Show
                when=move || !none.get()
                fallback=move || view! { <p class="remark">{move || app.t().satisfaction.group_none}</p> }
            >
                <table class="plain-table group-table" aria-labelledby="voice-by">
                    <thead>
                        <tr>
                            <th scope="col">{move || app.t().segments.group}</th>
                            <th scope="col" class="num">{move || app.t().satisfaction.gap_mean}</th>
                            <th scope="col" class="num">"NPS"</th>
                            <th scope="col" class="num">{move || app.t().satisfaction.gaps_count}</th>
                        </tr>
                    </thead>
                    <tbody>{dynamic(rows)}</tbody>
                </table>
            </Show>
        </section>
    }
}

fn row(locale: Locale, look: &VoiceLook, group: &VoiceGroup, min_answers: u32) -> impl IntoView + use<> {
    let staff = group.id.is_none().then(|| group.name.clone());
    let filter = ResponseFilter { product: group.id, staff, ..ResponseFilter::default() };
    let href = with_answers(look, filter).href();
    let (gap, gap_note) = figure(locale, group.figures.gap, min_answers, |x| signed(locale, x, 1));
    let nps = group.figures.nps.map(|n| n.estimate);
    let (nps, nps_note) = figure(locale, nps, min_answers, |x| signed(locale, x, 0));
    let name = if group.name.is_empty() { locale.t().common.unknown.to_owned() } else { group.name.clone() };
    view! {
        <tr>
            <th scope="row">
                <a href=href>{name}</a>
            </th>
            <td class="num" title=gap_note>{gap}</td>
            <td class="num" title=nps_note>{nps}</td>
            <td class="num">{locale.int(group.figures.answers)}</td>
        </tr>
    }
}
