//! Where the two lines of Kotler's map stand: as saved, or as they are being dragged.

use std::sync::Arc;

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use crate::domain::{KotlerSettings, MAX_E4, PRICE_SCALE, Settings, e4_of_minor};
use crate::engine::api::{Command, Done, KotlerView};
use crate::locale::fill;
use crate::ui::app::{App, use_app, use_currency, use_settings};
use crate::ui::components::{Button, ButtonKind, TextField};
use crate::ui::model::number::{plain, read};
use crate::ui::model::scatter::{CutLine, Cuts, GROUPS, Points, Quarter};

/// The lines; copy it freely.
#[derive(Clone, Copy)]
pub struct CutState {
    app: App,
    view: Memo<KotlerView>,
    settings: Memo<Settings>,
    /// Where a line was dragged to and not yet counted by the engine.
    draft: RwSignal<Option<Cuts>>,
    pub cuts: Memo<Cuts>,
}

fn saved(view: &KotlerView) -> Cuts {
    Cuts { profit_minor: view.profit_cut_minor as f64, loyalty: view.loyalty_cut_bp as f64 / 10_000.0 }
}

impl CutState {
    pub fn new(view: Memo<KotlerView>) -> Self {
        let draft = RwSignal::new(None::<Cuts>);
        // The engine has counted: its figures replace the page's own.
        Effect::new(move |_| {
            view.track();
            draft.set(None);
        });
        let cuts = Memo::new(move |_| draft.get().unwrap_or_else(|| view.with(saved)));
        Self { app: use_app(), view, settings: use_settings(), draft, cuts }
    }

    /// The quarters: the engine's figures while the lines stand as saved, the page's own count while they move.
    pub fn quarters(self, points: Memo<Arc<Points>>) -> Memo<[Quarter; 4]> {
        Memo::new(move |_| match self.draft.get() {
            Some(cuts) => points.with(|p| p.count(cuts)),
            None => self.view.with(|view| {
                GROUPS.map(|group| {
                    let found = view.groups.iter().find(|g| g.group == group);
                    Quarter {
                        group,
                        customers: found.map_or(0, |g| g.customers),
                        profit_minor: found.map_or(0, |g| g.profit_minor),
                        revenue_minor: Some(found.map_or(0, |g| g.revenue_minor)),
                    }
                })
            }),
        })
    }

    pub fn move_to(self, cuts: Cuts) {
        self.draft.set(Some(cuts));
    }

    /// Keeps the line that was moved; the other one stays as it is, perhaps following the mean.
    pub fn settle(self, line: CutLine) {
        let Some(cuts) = self.draft.get_untracked() else { return };
        let (mut kotler, currency) = self.settings.with_untracked(|s| (s.kotler.clone(), s.currency));
        match line {
            CutLine::Loyalty => kotler.loyalty_cut_bp = (cuts.loyalty * 10_000.0).round() as i64,
            CutLine::Profit => kotler.profit_cut_e4 = Some(e4_of_minor(cuts.profit_minor as i64, currency)),
        }
        self.keep(kotler);
    }

    /// Both lines back to their defaults.
    fn reset(self) {
        self.keep(KotlerSettings::default());
    }

    fn keep(self, kotler: KotlerSettings) {
        let seen = self.settings.get_untracked();
        let settings = Box::new(Settings { kotler, ..seen.clone() });
        let said = self.app.locale.get_untracked().t().segments.cut_moved.to_owned();
        spawn_local(async move {
            match self.app.run(Command::SaveSettings { seen: Some(Box::new(seen)), settings }, said).await {
                // The new figures are on their way.
                Ok(Done { seq: Some(_), .. }) => {}
                Ok(_) => drop(self.draft.try_set(None)),
                Err(error) => {
                    self.draft.try_set(None);
                    if matches!(error, crate::engine::api::CommandError::Invalid { .. }) {
                        self.app.fail(&error);
                    }
                }
            }
        });
    }
}

/// The same two lines as numbers to type, and the way back to the defaults.
#[component]
pub fn CutFields(cuts: CutState, view: Memo<KotlerView>) -> impl IntoView {
    let app = use_app();
    let currency = use_currency();
    let profit_label = Signal::derive(move || {
        fill(app.t().segments.cut_profit_field, &[("currency", currency.get().code())])
    });
    let profit_hint = Signal::derive(move || {
        let follows = view.with(|v| v.profit_cut_is_default);
        if follows { app.t().segments.cut_profit_mean.to_owned() } else { String::new() }
    });
    let profit_text = Signal::derive(move || {
        plain(cuts.cuts.get().profit_minor / 10f64.powi(currency.get().decimals() as i32), 4)
    });
    let loyalty_text = Signal::derive(move || plain(cuts.cuts.get().loyalty * 100.0, 2));
    let set_profit = Callback::new(move |major: f64| {
        let minor = (major * 10f64.powi(currency.get_untracked().decimals() as i32)).round();
        cuts.move_to(Cuts { profit_minor: minor, ..cuts.cuts.get_untracked() });
        cuts.settle(CutLine::Profit);
    });
    let set_loyalty = Callback::new(move |percent: f64| {
        cuts.move_to(Cuts { loyalty: percent / 100.0, ..cuts.cuts.get_untracked() });
        cuts.settle(CutLine::Loyalty);
    });
    view! {
        <section class="cut-fields">
            <NumberField label=profit_label hint=profit_hint text=profit_text holds=Holds::Money on_value=set_profit />
            <NumberField
                label=Signal::derive(move || app.t().segments.cut_loyalty_field.to_owned())
                hint=Signal::derive(String::new)
                text=loyalty_text
                holds=Holds::Percent
                on_value=set_loyalty
            />
            <Button kind=ButtonKind::Quiet on_click=Callback::new(move |()| cuts.reset())>
                {move || app.t().segments.cut_reset}
            </Button>
        </section>
    }
}

/// What a field of the map takes.
#[derive(Clone, Copy, PartialEq)]
pub enum Holds {
    /// Major units, up to what a setting keeps (`MAX_E4`).
    Money,
    Percent,
}

impl Holds {
    fn allows(self, value: f64) -> bool {
        match self {
            Self::Money => value.abs() <= MAX_E4 as f64 / PRICE_SCALE as f64,
            Self::Percent => (0.0..=100.0).contains(&value),
        }
    }
}

/// A number that is kept when the field is left or Enter is pressed.
#[component]
pub fn NumberField(
    label: Signal<String>,
    hint: Signal<String>,
    /// The number as it stands.
    text: Signal<String>,
    holds: Holds,
    on_value: Callback<f64>,
) -> impl IntoView {
    let app = use_app();
    let typed = RwSignal::new(None::<String>);
    let value = Signal::derive(move || typed.get().unwrap_or_else(|| text.get()));
    let error = Signal::derive(move || {
        let t = &app.t().segments;
        typed.get().and_then(|typed| match read(&typed) {
            None => Some(t.cut_not_a_number.to_owned()),
            Some(number) if holds.allows(number) => None,
            Some(_) if holds == Holds::Money => Some(t.cut_too_large.to_owned()),
            Some(_) => Some(t.cut_out_of_range.to_owned()),
        })
    });
    let commit = Callback::new(move |()| {
        let number = typed.get_untracked().and_then(|t| read(&t)).filter(|n| holds.allows(*n));
        if let Some(number) = number {
            typed.set(None);
            on_value.run(number);
        }
    });
    view! {
        <TextField
            label
            value
            hint
            error
            kind="number"
            on_input=Callback::new(move |text| typed.set(Some(text)))
            on_commit=commit
        />
    }
}
