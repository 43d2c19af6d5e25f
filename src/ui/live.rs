//! Signals, memos and effects whose machinery exists once. Leptos compiles all of it again for every type that a
//! signal holds, and for every closure; here the values lie behind a pointer, and only what reads them knows their type.
//! The names are those of Leptos, so that `ui::prelude` can stand in for its prelude.

use std::any::Any;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex};

use leptos::prelude as leptos;
use leptos::{Get as _, GetUntracked as _, Set as _, Track as _, Update as _};

/// What a signal can hold.
pub trait Value: Send + Sync + 'static {}
impl<T: Send + Sync + 'static> Value for T {}

type Same = fn(&Held, &Held) -> bool;

/// A value without its type; copies share it.
#[derive(Clone)]
struct Held {
    value: Arc<dyn Any + Send + Sync>,
    same: Same,
}

impl Held {
    fn new<T: Value>(value: T, same: Same) -> Self {
        Self { value: Arc::new(value), same }
    }

    fn of<T: Value>(&self) -> &T {
        match self.value.downcast_ref() {
            Some(value) => value,
            // The only ways to make a handle give it the type of what it holds.
            None => unreachable!(),
        }
    }
}

impl PartialEq for Held {
    fn eq(&self, other: &Self) -> bool {
        (self.same)(self, other)
    }
}

fn same<T: Value + PartialEq>(a: &Held, b: &Held) -> bool {
    a.of::<T>() == b.of::<T>()
}

fn never(_: &Held, _: &Held) -> bool {
    false
}

type Compute = Box<dyn Fn(Option<&Held>) -> Held + Send + Sync>;

fn memo(compute: Compute) -> leptos::Memo<Held> {
    leptos::Memo::new(compute)
}

fn derived(compute: Box<dyn Fn() -> Held + Send + Sync>) -> leptos::Signal<Held> {
    leptos::Signal::derive(compute)
}

macro_rules! handle {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        pub struct $name<T>(leptos::$name<Held>, PhantomData<fn() -> T>);

        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T> Copy for $name<T> {}

        impl<T> PartialEq for $name<T> {
            fn eq(&self, other: &Self) -> bool {
                self.0 == other.0
            }
        }

        impl<T> std::fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(stringify!($name))
            }
        }

        #[allow(dead_code, reason = "each kind of handle offers the same ways to read it")]
        impl<T: Value> $name<T> {
            /// The value; whoever runs hears of changes.
            pub fn get(&self) -> T
            where
                T: Clone,
            {
                self.0.get().of::<T>().clone()
            }

            pub fn get_untracked(&self) -> T
            where
                T: Clone,
            {
                self.0.get_untracked().of::<T>().clone()
            }

            /// [`Self::get_untracked`], `None` once the owner is gone.
            pub fn try_get_untracked(&self) -> Option<T>
            where
                T: Clone,
            {
                self.0.try_get_untracked().map(|held| held.of::<T>().clone())
            }

            pub fn with<U>(&self, read: impl FnOnce(&T) -> U) -> U {
                read(self.0.get().of())
            }

            pub fn with_untracked<U>(&self, read: impl FnOnce(&T) -> U) -> U {
                read(self.0.get_untracked().of())
            }

            /// Hears of changes without reading.
            pub fn track(&self) {
                self.0.track();
            }
        }
    };
}

handle!(
    /// Something to read that changes: a [`Memo`], an [`RwSignal`], a fixed value or a closure.
    Signal
);
handle!(
    /// Worked out when what it reads changed; tells only of results that differ.
    Memo
);
handle!(
    /// A value that can be set.
    RwSignal
);

impl<T: Value> Memo<T> {
    /// `compute` gets what it gave before.
    pub fn new(compute: impl Fn(Option<&T>) -> T + Send + Sync + 'static) -> Self
    where
        T: PartialEq,
    {
        let compute = move |before: Option<&Held>| Held::new(compute(before.map(Held::of)), same::<T>);
        Self(memo(Box::new(compute)), PhantomData)
    }
}

impl<T: Value> Signal<T> {
    /// Runs `compute` whenever it is read.
    pub fn derive(compute: impl Fn() -> T + Send + Sync + 'static) -> Self {
        Self(derived(Box::new(move || Held::new(compute(), never))), PhantomData)
    }

    /// A value that never changes.
    pub fn stored(value: T) -> Self {
        Self(leptos::Signal::stored(Held::new(value, never)), PhantomData)
    }
}

impl<T: Value> RwSignal<T> {
    pub fn new(value: T) -> Self {
        Self(leptos::RwSignal::new(Held::new(value, never)), PhantomData)
    }

    pub fn set(&self, value: T) {
        self.0.set(Held::new(value, never));
    }

    /// [`Self::set`], gives the value back once the owner is gone.
    pub fn try_set(&self, value: T) -> Option<()> {
        self.0.try_set(Held::new(value, never)).map(|_| ())
    }

    /// Changes the value in place, a copy of it if somebody reads it right now.
    pub fn update(&self, change: impl FnOnce(&mut T))
    where
        T: Clone,
    {
        self.0.update(|held| alter(held, change));
    }

    /// [`Self::update`] with a result, `None` once the owner is gone.
    pub fn try_update<U>(&self, change: impl FnOnce(&mut T) -> U) -> Option<U>
    where
        T: Clone,
    {
        self.0.try_update(|held| alter(held, change))
    }
}

fn alter<T: Value + Clone, U>(held: &mut Held, change: impl FnOnce(&mut T) -> U) -> U {
    if let Some(value) = Arc::get_mut(&mut held.value).and_then(|value| value.downcast_mut::<T>()) {
        return change(value);
    }
    let mut value = held.of::<T>().clone();
    let result = change(&mut value);
    held.value = Arc::new(value);
    result
}

impl<T> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Self {
        Self(memo.0.into(), PhantomData)
    }
}

impl<T> From<RwSignal<T>> for Signal<T> {
    fn from(signal: RwSignal<T>) -> Self {
        Self(signal.0.into(), PhantomData)
    }
}

impl<T: Value> From<T> for Signal<T> {
    fn from(value: T) -> Self {
        Self::stored(value)
    }
}

impl From<&str> for Signal<String> {
    fn from(value: &str) -> Self {
        Self::stored(value.to_owned())
    }
}

/// A signal stands in a view as it is.
impl<T: Value + Clone> leptos::IntoRender for Signal<T> {
    type Output = Arc<Mutex<dyn FnMut() -> T + Send>>;

    fn into_render(self) -> Self::Output {
        Arc::new(Mutex::new(move || self.get()))
    }
}

/// A part of a view that changes, without the type of its closure and of its view: what draws it exists once.
pub fn dynamic<V: leptos::IntoAny>(draw: impl Fn() -> V + Send + 'static) -> Arc<Mutex<dyn FnMut() -> leptos::AnyView + Send>> {
    Arc::new(Mutex::new(move || draw().into_any()))
}

/// Changing words, without the type of the closure that says them.
pub fn shared<T>(say: impl Fn() -> T + Send + 'static) -> Arc<Mutex<dyn FnMut() -> T + Send>> {
    Arc::new(Mutex::new(say))
}

impl<T: Value + Default> Default for RwSignal<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T: Value + Default> Default for Signal<T> {
    fn default() -> Self {
        Self::stored(T::default())
    }
}

/// Runs a closure after what it reads changed, the first time soon after it was made.
pub struct Effect;

impl Effect {
    /// `run` gets what it gave before.
    pub fn new<T: 'static>(mut run: impl FnMut(Option<T>) -> T + 'static) {
        fn start(mut run: Box<dyn FnMut()>) {
            leptos::Effect::new(move |_: Option<()>| run());
        }
        let mut before = None;
        start(Box::new(move || before = Some(run(before.take()))));
    }
}
