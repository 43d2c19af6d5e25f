//! Lists that go out as tables, a page of cells at a time.

use serde::{Deserialize, Serialize};

use super::ResponseFilter;
use crate::domain::{Id, OrderKind};
use crate::files::orders::{Role, Target};
use crate::files::table::Cell;

/// A list as it is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TableList {
    /// These, in this order; who is gone leaves a row of nothing.
    Customers { ids: Vec<Id> },
    /// Whose name, key or category holds the text; what brought most first.
    Products { search: String },
    /// Every order, a row a line, as they came into the book.
    Orders,
    /// As they came into the book.
    Interactions,
    /// The newest first.
    Responses(ResponseFilter),
}

impl TableList {
    /// As what an import reads it back.
    #[must_use]
    pub fn target(&self) -> Target {
        match self {
            Self::Customers { .. } => Target::Customers,
            Self::Products { .. } => Target::Products,
            Self::Orders => Target::Orders,
            Self::Interactions => Target::Interactions,
            Self::Responses(_) => Target::Responses,
        }
    }

    /// The columns that have a role. The other fields of the form and the user's own follow
    /// ([`beyond_roles`](crate::files::records::beyond_roles)); then, of products, how many lines, what quantity and what money they
    /// brought.
    #[must_use]
    pub fn columns(&self) -> &'static [Role] {
        match self {
            Self::Customers { .. } => &[
                Role::CustomerKey,
                Role::CustomerName,
                Role::Phone,
                Role::Email,
                Role::Company,
                Role::Country,
                Role::City,
                Role::Address,
                Role::Birthday,
                Role::Tags,
                Role::Owner,
                Role::Note,
            ],
            Self::Products { .. } => {
                &[Role::ProductKey, Role::ProductName, Role::Category, Role::UnitPrice, Role::UnitCost, Role::Note]
            }
            Self::Interactions => &[
                Role::InteractionKey,
                Role::OrderDate,
                Role::CustomerKey,
                Role::CustomerName,
                Role::Phone,
                Role::Email,
                Role::Channel,
                Role::Direction,
                Role::Mood,
                Role::Staff,
                Role::Note,
            ],
            Self::Orders => &[
                Role::OrderNumber,
                Role::OrderDate,
                Role::Status,
                Role::CustomerKey,
                Role::CustomerName,
                Role::Phone,
                Role::Email,
                Role::ProductKey,
                Role::ProductName,
                Role::Quantity,
                Role::UnitPrice,
                Role::LineTotal,
                Role::CurrencyCode,
                Role::Channel,
                Role::Note,
            ],
            Self::Responses(_) => &[
                Role::ResponseKey,
                Role::OrderDate,
                Role::CustomerKey,
                Role::CustomerName,
                Role::Phone,
                Role::Email,
                Role::OrderNumber,
                Role::ProductKey,
                Role::ProductName,
                Role::Expectation,
                Role::Experience,
                Role::Recommend,
                Role::Satisfied,
                Role::Comment,
                Role::Staff,
            ],
        }
    }
}

/// Words of the user's language that stand in cells.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TableWords {
    pub yes: String,
    pub no: String,
    pub purchase: String,
    pub refund: String,
    pub adjustment: String,
    /// Choices of the kind's fields: field, name, word.
    pub choices: Vec<(String, String, String)>,
}

impl TableWords {
    /// What a choice is called; its name where there is no word.
    #[must_use]
    pub fn choice<'a>(&'a self, field: &str, name: &'a str) -> &'a str {
        let found = self.choices.iter().find(|(of, known, _)| of == field && known == name);
        found.map_or(name, |(.., word)| word.as_str())
    }

    #[must_use]
    pub fn order_kind(&self, kind: OrderKind) -> &str {
        match kind {
            OrderKind::Purchase => &self.purchase,
            OrderKind::Refund => &self.refund,
            OrderKind::Adjustment => &self.adjustment,
        }
    }
}

/// Some rows of a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TablePage {
    pub rows: Vec<Vec<Cell>>,
    /// Where the next page begins; `None` after the last.
    pub next: Option<u32>,
    /// What the places of pages count up to.
    pub total: u32,
}
