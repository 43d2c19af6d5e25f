//! Lists that go out as tables, a page of cells at a time.

use serde::{Deserialize, Serialize};

use super::ResponseFilter;
use crate::domain::{Kind, OrderKind};
use crate::files::orders::Role;
use crate::files::table::Cell;

/// A list as it is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TableList {
    /// Whose name, key or category holds the text; what brought most first.
    Products { search: String },
    /// Every order, a row a line, as they came into the book.
    Orders,
    /// The newest first.
    Responses(ResponseFilter),
}

impl TableList {
    /// What a row is about.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Products { .. } => Kind::Product,
            Self::Orders => Kind::Order,
            Self::Responses(_) => Kind::Response,
        }
    }

    /// The columns that an import reads back. Custom fields follow, in their order; then, of products, how many lines, what
    /// quantity and what money they brought.
    #[must_use]
    pub fn columns(&self) -> &'static [Role] {
        match self {
            Self::Products { .. } => {
                &[Role::ProductKey, Role::ProductName, Role::Category, Role::UnitPrice, Role::UnitCost, Role::Note]
            }
            Self::Orders => &[
                Role::OrderNumber,
                Role::OrderDate,
                Role::Status,
                Role::CustomerKey,
                Role::CustomerName,
                Role::Phone,
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
}

impl TableWords {
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
