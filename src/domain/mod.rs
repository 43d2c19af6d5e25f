//! The nouns, their value types and the change set: what everything else is about. Pure.

mod changes;
pub mod check;
mod date;
mod form;
pub mod hash;
mod id;
mod lunar;
mod money;
pub mod names;
mod nouns;
pub mod phone;
pub mod pinyin;
mod schema;
mod settings;
pub mod sort;
mod stamp;
pub mod text;
mod time;
mod typed;
mod value;

pub use changes::*;
pub use date::*;
pub use form::*;
pub use id::*;
pub use lunar::*;
pub use money::*;
pub use nouns::*;
pub use schema::*;
pub use settings::*;
pub use stamp::*;
pub use time::*;
pub use typed::*;
pub use value::*;
