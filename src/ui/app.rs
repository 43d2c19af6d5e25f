//! What every page shares: the way to the worker, the language, where we are, what is going on.

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use super::backup::Health;
use super::format::Format;
use super::model::query::QueryState;
use super::query::use_query;
use super::route::{Route, at_day, day_in};
use super::toasts::{Tone, Toasts};
use crate::domain::{Asked, Currency, Day, Input, OwnField, Seq, Settings, TierRule, Value};
use crate::engine::api::{Command, CommandError, Done, Overview, Query, StoreError, Topic};
use crate::locale::{Locale, Texts, plural};
use crate::web::client::{Client, Event, Job, Listener, Progress};
use crate::web::device::{self, DeviceSettings, Theme};
use crate::web::sw::Offline;

/// Whether the book can be asked.
#[derive(Clone, Debug, PartialEq)]
pub enum Book {
    /// Being read, from 0 to 1.
    Opening {
        share: f64,
    },
    Open,
    Failed(StoreError),
}

/// The page's shared state; copy it freely, get it with [`use_app`].
#[derive(Clone, Copy)]
pub struct App {
    client: StoredValue<Client, LocalStorage>,
    pub locale: RwSignal<Locale>,
    pub theme: RwSignal<Theme>,
    /// Where we are. Set it through [`App::go`] or a link, so that the address follows.
    pub route: RwSignal<Route>,
    /// The day that the user chose for all figures; `None`: the engine chooses. Holds for this visit only.
    pub as_of: RwSignal<Option<Day>>,
    pub book: RwSignal<Book>,
    /// What the worker is busy with.
    pub job: RwSignal<Option<Progress>>,
    pub toasts: Toasts,
    /// The worker was lost and runs again; shown until read.
    pub restarted: RwSignal<bool>,
    /// A clock of ours or of another device is far off.
    pub clock_ahead: RwSignal<bool>,
    /// Narrower than a tablet: tables become cards, dialogs become sheets.
    pub phone: RwSignal<bool>,
    /// Whom or what the page is about, for the title of the tab; `None`: its section says enough.
    pub subject: RwSignal<Option<String>>,
    /// The list of this, opened next, has everybody chosen: something is to be done with them.
    pub choose_all: RwSignal<Option<Route>>,
    /// What is known about the copy for offline use.
    pub offline: RwSignal<Option<Offline>>,
    pub health: Health,
    versions: [RwSignal<u64>; ALL_TOPICS.len()],
}

/// Figures and settings of the whole book, asked once for all pages.
#[derive(Clone, Copy)]
pub struct Shared {
    pub overview: Signal<QueryState<Overview>>,
    pub settings: Signal<QueryState<Box<Settings>>>,
    /// The fields that the user made, of all kinds.
    pub own: Signal<QueryState<Vec<OwnField>>>,
}

/// All that can change.
pub const ALL_TOPICS: &[Topic] =
    &[Topic::Customers, Topic::Products, Topic::Orders, Topic::Interactions, Topic::Responses, Topic::Settings, Topic::Records];

/// What the figures of customers rest on: their profit knows what products and care cost.
pub const FIGURES: &[Topic] =
    &[Topic::Customers, Topic::Orders, Topic::Products, Topic::Interactions, Topic::Records, Topic::Settings];

fn place(topic: Topic) -> usize {
    match topic {
        Topic::Customers => 0,
        Topic::Products => 1,
        Topic::Orders => 2,
        Topic::Interactions => 3,
        Topic::Settings => 4,
        Topic::Responses => 5,
        Topic::Records => 6,
    }
}

/// The shared state. Call it while a component is being set up, not in a callback.
#[must_use]
pub fn use_app() -> App {
    expect_context::<App>()
}

/// What every page knows of the book.
#[must_use]
pub fn use_shared() -> Shared {
    expect_context::<Shared>()
}

/// Figures of the whole book: sizes, as-of day, currency.
#[must_use]
pub fn use_overview() -> Signal<QueryState<Overview>> {
    use_shared().overview
}

/// The book's settings; their defaults until the worker has answered.
#[must_use]
pub fn use_settings() -> Memo<Settings> {
    let settings = use_shared().settings;
    Memo::new(move |before: Option<&Settings>| {
        settings
            .with(|s| s.data.as_deref().cloned())
            .or_else(|| before.cloned())
            .unwrap_or_default()
    })
}

/// The book's currency; while it has neither amounts nor a currency of its own, that of the browser's region.
#[must_use]
pub fn use_currency() -> Memo<Currency> {
    let Shared { settings, overview, .. } = use_shared();
    Memo::new(move |_| {
        let own = settings.with(|s| s.data.as_deref().map_or_else(|| Settings::default().currency, |s| s.currency));
        let open = overview.with(|o| o.data.as_ref().is_some_and(|o| !o.currency_known));
        device::browser_currency().filter(|_| open).unwrap_or(own)
    })
}

/// The book's tiers, best first.
#[must_use]
pub fn use_tiers() -> Memo<Vec<TierRule>> {
    let settings = use_settings();
    Memo::new(move |_| settings.with(|s| s.tiers.clone()))
}

/// The fields that the user made, of all kinds, in their order.
#[must_use]
pub fn use_own_fields() -> Memo<Vec<OwnField>> {
    let own = use_shared().own;
    Memo::new(move |before: Option<&Vec<OwnField>>| {
        own.with(|o| o.data.clone()).or_else(|| before.cloned()).unwrap_or_default()
    })
}

/// Whether they are known yet.
#[must_use]
pub fn use_own_known() -> Memo<bool> {
    let own = use_shared().own;
    Memo::new(move |_| own.with(|o| o.data.is_some()))
}

impl App {
    /// Makes the shared state and puts it into the context of everything below.
    pub fn provide(client: Client) -> Self {
        let kept = device::load();
        let locale = Locale::new(kept.language.unwrap_or_else(device::browser_language));
        let app = Self {
            client: StoredValue::new_local(client.clone()),
            locale: RwSignal::new(locale),
            theme: RwSignal::new(kept.theme),
            route: RwSignal::new(Route::parse(&super::browser::hash())),
            as_of: RwSignal::new(day_in(&super::browser::hash()).flatten()),
            book: RwSignal::new(Book::Opening { share: 0.0 }),
            job: RwSignal::new(None),
            toasts: Toasts::new(),
            restarted: RwSignal::new(false),
            clock_ahead: RwSignal::new(false),
            phone: RwSignal::new(false),
            subject: RwSignal::new(None),
            choose_all: RwSignal::new(None),
            offline: RwSignal::new(None),
            health: Health::new(kept.remind_backup_days),
            versions: std::array::from_fn(|_| RwSignal::new(0)),
        };
        provide_context(app);
        let as_of = app.as_of;
        let shared = Shared {
            overview: use_query(move || Query::Overview { as_of: as_of.get() }, ALL_TOPICS),
            settings: use_query(|| Query::Settings, &[Topic::Settings]),
            own: use_query(|| Query::OwnFields, &[Topic::Records]),
        };
        provide_context(shared);
        super::backup::keep_counts();
        super::browser::on_window("storage", move |_| app.health.remember());
        let listener: Listener = client.listen(move |event| app.hear(event));
        let listener = StoredValue::new_local(Some(listener));
        on_cleanup(move || listener.dispose());
        app
    }

    /// The way to the worker.
    #[must_use]
    pub fn client(self) -> Client {
        self.client.get_value()
    }

    /// The texts of the language; reactive.
    #[must_use]
    pub fn t(self) -> &'static Texts {
        self.locale.get().t()
    }

    /// Subscribes to changes of `topics`.
    pub fn track(self, topics: &[Topic]) {
        for &topic in topics {
            if let Some(version) = self.versions.get(place(topic)) {
                version.track();
            }
        }
    }

    /// Goes to a page; the address and the browser's history follow.
    pub fn go(self, route: &Route) {
        super::browser::set_hash(&self.address(route));
    }

    /// Goes to a page as it was on another day; the browser's way back leads to this page on the day that it shows now.
    pub fn go_to_day(self, route: &Route, day: Day) {
        let here = self.route.with_untracked(Route::href);
        super::browser::replace_hash(&at_day(&here, self.as_of.get_untracked()));
        super::browser::set_hash(&at_day(&route.href(), Some(day)));
    }

    /// Has the address of the page that it leads to tell of the day that somebody chose.
    pub fn keep_address(self, route: &Route) {
        super::browser::replace_hash(&self.address(route));
    }

    /// Has all figures computed for a day; `None`: the book's own. The address tells of it.
    pub fn choose_day(self, day: Option<Day>) {
        self.as_of.set(day);
        self.route.with_untracked(|route| self.keep_address(route));
    }

    /// With the day that somebody chose.
    fn address(self, route: &Route) -> String {
        let href = route.href();
        match self.as_of.get_untracked() {
            None => href,
            day => at_day(&href, day),
        }
    }

    /// Goes to a page without a new entry in the browser's history: for filters that change while typing.
    pub fn replace(self, route: Route) {
        self.keep_address(&route);
        self.route.set(route);
    }

    /// Changes and keeps a setting of this device.
    pub fn set_device(self, change: impl FnOnce(&mut DeviceSettings)) {
        let mut kept = device::load();
        change(&mut kept);
        // Where the browser keeps nothing the choice holds until the page is closed.
        let _kept = device::save(&kept);
        self.locale.set(Locale::new(kept.language.unwrap_or_else(device::browser_language)));
        self.theme.set(kept.theme);
        self.health.remind_days.set(kept.remind_backup_days);
    }

    /// Runs a command; shows `said` with an Undo, or what went wrong. Problems of single fields
    /// ([`CommandError::Invalid`]) are left to the form that gets them back.
    ///
    /// # Errors
    /// Says why nothing was changed.
    pub async fn run(self, command: Command, said: String) -> Result<Done, CommandError> {
        let result = self.client().run(command).await;
        let Some(locale) = self.locale.try_get_untracked() else { return result };
        match &result {
            Ok(Done { seq: Some(seq), .. }) => self.toasts.show(said, Tone::Done, Some(*seq)),
            Ok(Done { seq: None, .. }) => self.toasts.show(locale.t().shell.done_nothing, Tone::Done, None),
            Err(CommandError::Invalid { .. }) => {}
            Err(error) => self.toasts.show(locale.command_error(error), Tone::Failed, None),
        }
        result
    }

    /// Amounts are shown in the browser's currency until the book has one: the first that are saved make it the book's, as the first
    /// order does. `shown`: that of the form whose `changes` are to be saved; `own`: the book's settings.
    ///
    /// # Errors
    /// Says why nothing was changed.
    pub async fn keep_currency(
        self,
        shown: Currency,
        (fields, changes): (&[Asked], &[(String, Value)]),
        own: Option<Box<Settings>>,
    ) -> Result<(), CommandError> {
        let is_amount = |field: &&Asked| matches!(field.input, Input::Money | Input::Price | Input::Amount | Input::Lines);
        let amount = fields.iter().filter(is_amount).find(|field| changes.iter().any(|(name, _)| *name == field.name));
        let Some((own, _)) = own.filter(|own| own.currency != shown).zip(amount) else { return Ok(()) };
        let settings = Box::new(Settings { currency: shown, ..(*own).clone() });
        self.client().run(Command::SaveSettings { settings, seen: Some(own) }).await.map(drop)
    }

    /// [`App::run`] where nobody waits for the result.
    pub fn run_command(self, command: Command, said: impl Into<String>) {
        let said = said.into();
        spawn_local(async move {
            if let Err(error @ CommandError::Invalid { .. }) = self.run(command, said).await {
                self.fail(&error);
            }
        });
    }

    /// Takes back one commit.
    pub fn undo(self, seq: Seq) {
        spawn_local(async move {
            let result = self.client().run(Command::Undo { seq }).await;
            let Some(locale) = self.locale.try_get_untracked() else { return };
            let t = &locale.t().shell;
            match result {
                Ok(done) if done.kept > 0 => {
                    let text = plural(t.done_undone_kept, done.kept, &[("n", &locale.int(done.kept))]);
                    self.toasts.show(text, Tone::Done, None);
                }
                Ok(_) => self.toasts.show(t.done_undone, Tone::Done, None),
                Err(error) => self.fail(&error),
            }
        });
    }

    /// Says what went wrong.
    pub fn fail(self, error: &CommandError) {
        if let Some(locale) = self.locale.try_get_untracked() {
            self.toasts.show(locale.command_error(error), Tone::Failed, None);
        }
    }

    /// Has everything that shows `topics` asked for again.
    pub fn touch(self, topics: &[Topic]) {
        for &topic in topics {
            if let Some(version) = self.versions.get(place(topic)) {
                version.update(|v| *v += 1);
            }
        }
    }

    /// A book that is opened again after its worker was lost leaves the page as it is: what is typed there stays, and questions
    /// wait.
    fn opening(self, share: f64) {
        if self.book.with_untracked(|book| *book != Book::Open) {
            self.book.set(Book::Opening { share });
        }
    }

    fn hear(self, event: &Event) {
        match event {
            Event::Opening { share } => self.opening(*share),
            Event::Ready { .. } => {
                self.health.remember();
                self.book.set(Book::Open);
            }
            Event::BackedUp | Event::Known(_) => self.health.remember(),
            Event::OpenFailed(error) => self.book.set(Book::Failed(error.clone())),
            Event::Changed { topics, .. } => {
                self.health.remember();
                self.touch(topics);
            }
            Event::Progress(Progress { job: Job::Open, done, total }) => {
                let share = if *total == 0 { 0.0 } else { *done as f64 / *total as f64 };
                if share < 1.0 {
                    self.opening(share);
                }
            }
            Event::Progress(progress) => {
                let over = progress.total > 0 && progress.done >= progress.total;
                self.job.set((!over).then_some(*progress));
            }
            Event::Restarted => {
                self.job.set(None);
                self.restarted.set(true);
                self.touch(ALL_TOPICS);
            }
            Event::ClockAhead => self.clock_ahead.set(true),
        }
    }
}
