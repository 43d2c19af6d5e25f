//! Which kinds of record there are and which fields they have. Storage, merge and journal know records only through
//! this table, so a new noun is a new entry here plus its typed form in `nouns`.

use serde::{Deserialize, Serialize};

/// How a field is stored. On the wire every field is a [`super::Value`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shape {
    /// Free text, mostly distinct.
    Text,
    /// Text from a small set (channel, country): stored once each.
    Symbol,
    /// 0 or 1.
    Bool,
    /// Integers: minor units, scaled decimals, days, milliseconds.
    Int,
    /// Another record.
    Ref(Kind),
    /// The lines of an order.
    Lines,
    /// Anything else: custom fields, fields of newer versions. Compared as a whole.
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldSpec {
    /// Its name in the journal and in files. Never renamed.
    pub name: &'static str,
    pub shape: Shape,
}

/// A field's place in its kind's table: the known fields first, in the order of [`Kind::fields`], then any that this
/// data set learnt at run time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Field(pub u16);

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident $module:ident $name:literal { $($field:ident $const:ident : $shape:expr),* $(,)? })*) => {
        /// A kind of record.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Kind { $($(#[$doc])* $kind),* }

        impl Kind {
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];

            /// Its name in the journal and in files. Never renamed.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$kind => $name),* }
            }

            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$kind),)* _ => None }
            }

            #[must_use]
            pub fn fields(self) -> &'static [FieldSpec] {
                match self { $(Self::$kind => $module::SPECS),* }
            }

            /// The known field called `name`.
            #[must_use]
            pub fn field(self, name: &str) -> Option<Field> {
                let at = self.fields().iter().position(|f| f.name == name)?;
                u16::try_from(at).ok().map(Field)
            }
        }

        $(
            pub mod $module {
                use super::{Field, FieldSpec, Kind, Shape};
                #[allow(non_camel_case_types)]
                enum Index { $($field),* }
                pub const SPECS: &[FieldSpec] = &[$(FieldSpec { name: stringify!($field), shape: $shape }),*];
                $(pub const $const: Field = Field(Index::$field as u16);)*
                pub const KIND: Kind = Kind::$kind;
            }
        )*
    };
}

// Every kind begins with `deleted` (the tombstone, an ordinary field to the merge), `source` and `key` (the external
// key under which a file knows the record; the record's id derives from both).
kinds! {
    /// A person or organisation; a prospect is a customer without a purchase.
    Customer customer "customer" {
        deleted DELETED: Shape::Bool, source SOURCE: Shape::Symbol, key KEY: Shape::Text,
        name NAME: Shape::Text, phone PHONE: Shape::Text, email EMAIL: Shape::Text, company COMPANY: Shape::Text,
        country COUNTRY: Shape::Symbol, city CITY: Shape::Symbol, address ADDRESS: Shape::Text,
        birthday BIRTHDAY: Shape::Text, tags TAGS: Shape::Json, note NOTE: Shape::Text, owner OWNER: Shape::Symbol,
        referrer REFERRER: Shape::Ref(Kind::Customer), extra EXTRA: Shape::Json,
        merged_into MERGED_INTO: Shape::Ref(Kind::Customer),
    }
    /// Something sold.
    Product product "product" {
        deleted DELETED: Shape::Bool, source SOURCE: Shape::Symbol, key KEY: Shape::Text,
        name NAME: Shape::Text, category CATEGORY: Shape::Symbol,
        price_e4 PRICE_E4: Shape::Int, cost_e4 COST_E4: Shape::Int, currency CURRENCY: Shape::Symbol, note NOTE: Shape::Text,
    }
    /// A purchase, refund or adjustment with its lines.
    Order order "order" {
        deleted DELETED: Shape::Bool, source SOURCE: Shape::Symbol, key KEY: Shape::Text,
        customer CUSTOMER: Shape::Ref(Kind::Customer), at AT: Shape::Int, kind ORDER_KIND: Shape::Symbol,
        channel CHANNEL: Shape::Symbol, currency CURRENCY: Shape::Symbol, lines LINES: Shape::Lines, note NOTE: Shape::Text,
    }
    /// One contact with a customer.
    Interaction interaction "interaction" {
        deleted DELETED: Shape::Bool, source SOURCE: Shape::Symbol, key KEY: Shape::Text,
        customer CUSTOMER: Shape::Ref(Kind::Customer), at AT: Shape::Int, channel CHANNEL: Shape::Symbol,
        direction DIRECTION: Shape::Symbol, note NOTE: Shape::Text, mood MOOD: Shape::Int, staff STAFF: Shape::Symbol,
    }
    /// What a customer said of a purchase, a product or the shop: scores and a comment.
    Response response "response" {
        deleted DELETED: Shape::Bool, source SOURCE: Shape::Symbol, key KEY: Shape::Text,
        customer CUSTOMER: Shape::Ref(Kind::Customer), at AT: Shape::Int, order ORDER: Shape::Ref(Kind::Order),
        product PRODUCT: Shape::Ref(Kind::Product), staff STAFF: Shape::Symbol,
        expectation EXPECTATION: Shape::Int, experience EXPERIENCE: Shape::Int, nps NPS: Shape::Int, csat CSAT: Shape::Int,
        comment COMMENT: Shape::Text,
    }
    /// One setting of the whole book: its name in `key`, its JSON in `value`.
    Setting setting "setting" {
        deleted DELETED: Shape::Bool, source SOURCE: Shape::Symbol, key KEY: Shape::Text, value VALUE: Shape::Json,
    }
}

/// The tombstone field, the same in every kind.
pub const DELETED: Field = Field(0);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_starts_alike_and_round_trips() {
        for &kind in Kind::ALL {
            assert_eq!(Kind::from_name(kind.name()), Some(kind));
            let first: Vec<_> = kind.fields().iter().take(3).map(|f| f.name).collect();
            assert_eq!(first, ["deleted", "source", "key"], "{kind:?}");
            assert_eq!(kind.field("deleted"), Some(DELETED));
        }
        assert_eq!(Kind::Order.field("lines"), Some(order::LINES));
    }
}
