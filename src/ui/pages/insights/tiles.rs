//! The six signs of loyalty: each with its figure, what it rests on, its definition, and a link to the rows behind it.

use crate::ui::prelude::*;

use super::words::{at_least, filled};
use crate::engine::api::{FEW, Figure, RetentionView, Tile, TileKind};
use crate::locale::{Locale, fill, plural};
use crate::ui::app::use_app;
use crate::ui::format::Format;
use crate::ui::route::Route;

struct Words {
    name: &'static str,
    definition: &'static str,
    missing: &'static str,
    route: Option<Route>,
}

fn words(locale: Locale, tile: Tile) -> Words {
    let t = &locale.t().retention;
    let made = |name, definition, missing, route| Words { name, definition, missing, route };
    match tile.kind {
        TileKind::Repeat => {
            made(t.tile_repeat, t.tile_repeat_def, t.tile_repeat_missing, Some(at_least(Figure::Purchases, 2)))
        }
        TileKind::NeedMet => {
            // Where nothing is met yet, whose needs they are.
            let figure = if tile.part == 0 { Figure::MustHaves } else { Figure::NeedsMet };
            made(t.tile_need_met, t.tile_need_met_def, t.tile_need_met_missing, Some(at_least(figure, 1)))
        }
        TileKind::Attention => {
            made(t.tile_attention, t.tile_attention_def, t.tile_attention_missing, Some(at_least(Figure::Inbound, 1)))
        }
        TileKind::Choosing => {
            made(t.tile_choosing, t.tile_choosing_def, t.tile_choosing_missing, Some(filled(Figure::Choosing)))
        }
        TileKind::Discount => {
            made(t.tile_discount, t.tile_discount_def, t.tile_discount_missing, Some(at_least(Figure::Discounted, 1)))
        }
        TileKind::Faults => {
            made(t.tile_faults, t.tile_faults_def, t.tile_faults_missing, Some(at_least(Figure::Complaints, 1)))
        }
    }
}

#[component]
pub(super) fn Tiles(view: Memo<Box<RetentionView>>) -> impl IntoView {
    let app = use_app();
    let tiles = move || {
        let locale = app.locale.get();
        view.with(|v| v.tiles.iter().map(|tile| tile_view(locale, *tile)).collect_view())
    };
    view! {
        <ul class="tiles" aria-label=move || app.t().retention.tiles>{dynamic(tiles)}</ul>
    }
}

fn tile_view(locale: Locale, tile: Tile) -> AnyView {
    let t = &locale.t().retention;
    let Words { name, definition, missing, route } = words(locale, tile);
    let definition_id = format!("tile-{:?}", tile.kind);
    let figure = tile.value.map(|value| match tile.kind {
        TileKind::Choosing => {
            let days = value.round().max(0.0) as u64;
            plural(t.days, days, &[("n", &locale.decimal(value, 1))])
        }
        _ => locale.percent(value, 0),
    });
    let (part, of) = (locale.int(tile.part), locale.int(tile.of));
    let rests = match tile.kind {
        TileKind::Choosing => plural(t.tile_rests, tile.of, &[("n", &of)]),
        _ => fill(t.tile_of, &[("part", &part), ("of", &of)]),
    };
    let few = (tile.of < FEW).then_some(t.tile_few);
    let body = match (figure, route) {
        (Some(figure), Some(route)) => view! {
            <a class="tile-body" href=route.href() aria-describedby=definition_id.clone()>
                <span class="tile-name">{name}</span>
                <b class="tile-figure">{figure}</b>
                <span class="tile-rests">{rests}{few.map(|few| view! { <small>{few}</small> })}</span>
            </a>
        }
        .into_any(),
        _ => view! {
            <div class="tile-body" tabindex="0" role="group" aria-label=name aria-describedby=definition_id.clone()>
                <span class="tile-name">{name}</span>
                <b class="tile-figure">"–"</b>
                <span class="tile-rests">{missing}</span>
            </div>
        }
        .into_any(),
    };
    view! {
        <li class="tile">
            {body}
            <p class="tile-definition" id=definition_id>{definition}</p>
        </li>
    }
    .into_any()
}
