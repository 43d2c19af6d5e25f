//! Building blocks that know nothing of Kith: they take props and give callbacks. Words come from outside.

mod badge;
mod button;
mod choice;
mod form;
mod icon;
mod overlay;
mod sentence;
mod state;
mod table;

pub use badge::{Badge, BadgeTone, KotlerMark, Stat};
pub use button::{Button, ButtonKind, IconButton, LinkButton};
pub use choice::{Chip, Segmented, Tab, Tabs};
pub use form::{Field, SelectField, TextArea, TextField};
pub use icon::{Icon, icon};
pub use overlay::{Dialog, Drawer, Menu, Popover};
pub use sentence::{linked, marked, sentence, strong};
pub use state::{EmptyState, ErrorState, Loaded, Skeleton};
pub use table::{Arranging, Choice, Choosing, Column, VirtualTable, Window};
