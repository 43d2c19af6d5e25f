//! The nouns in typed form, as forms and commands carry them. Money is minor units, times are civil.

use serde::{Deserialize, Serialize};

use super::{CivilTime, Currency, Id, Line};

/// Profile of a customer, as typed in a form or read from a file. Empty text is “not known”.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerProfile {
    /// The number or code under which other systems know the customer.
    pub key: String,
    pub name: String,
    pub phone: String,
    pub email: String,
    pub company: String,
    pub country: String,
    pub city: String,
    pub address: String,
    /// `1988-05-20` or, without a year, `--05-20`.
    pub birthday: String,
    pub tags: Vec<String>,
    pub note: String,
    pub owner: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductProfile {
    pub key: String,
    pub name: String,
    pub category: String,
    /// Ten-thousandths of a major unit.
    pub price_e4: Option<i64>,
    pub cost_e4: Option<i64>,
    pub note: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderKind {
    #[default]
    Purchase,
    /// Goods or money given back; its lines are negative.
    Refund,
    /// Neither bought nor returned by a customer: stock written off, a bad debt booked. Counts in the totals of
    /// products and money, never in a customer's rhythm.
    Adjustment,
}

impl OrderKind {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Purchase => "purchase",
            Self::Refund => "refund",
            Self::Adjustment => "adjustment",
        }
    }

    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Purchase, Self::Refund, Self::Adjustment].into_iter().find(|k| k.name() == name)
    }
}

/// An order as typed in a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderDraft {
    pub number: String,
    pub customer: Option<Id>,
    pub at: CivilTime,
    pub kind: OrderKind,
    pub channel: String,
    pub currency: Currency,
    pub lines: Vec<Line>,
    pub note: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InteractionChannel {
    #[default]
    Phone,
    Visit,
    Shop,
    WeChat,
    Email,
    Other,
}

impl InteractionChannel {
    pub const ALL: [Self; 6] = [Self::Phone, Self::Visit, Self::Shop, Self::WeChat, Self::Email, Self::Other];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Visit => "visit",
            Self::Shop => "shop",
            Self::WeChat => "wechat",
            Self::Email => "email",
            Self::Other => "other",
        }
    }

    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.name() == name)
    }
}

/// An interaction as typed in a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InteractionDraft {
    pub customer: Id,
    pub at: CivilTime,
    pub channel: InteractionChannel,
    /// True when the customer made contact.
    pub inbound: bool,
    pub note: String,
    /// 1 angry to 5 delighted.
    pub mood: Option<u8>,
    pub staff: String,
}

impl InteractionDraft {
    /// What `direction` says of a contact that the customer made, and of one that the shop made.
    pub const INBOUND: &'static str = "in";
    pub const OUTBOUND: &'static str = "out";
}

/// An answer about satisfaction as typed in a form (SPEC S1 S2). At least one score or a comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResponseDraft {
    pub customer: Id,
    /// The purchase that it is about, if about one.
    pub order: Option<Id>,
    pub product: Option<Id>,
    pub at: CivilTime,
    /// What the customer had hoped for, 0–10.
    pub expectation: Option<u8>,
    /// What it turned out to be, 0–10.
    pub experience: Option<u8>,
    /// “How likely are you to recommend us?”, 0–10.
    pub nps: Option<u8>,
    /// “How satisfied are you?”, 1–5.
    pub csat: Option<u8>,
    pub comment: String,
    pub staff: String,
}

impl ResponseDraft {
    /// What the scores may be.
    pub const TEN: std::ops::RangeInclusive<i64> = 0..=10;
    pub const FIVE: std::ops::RangeInclusive<i64> = 1..=5;
}
