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

            pub const COUNT: usize = Self::ALL.len();

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

        impl Kind {
            /// The field that names the customer whom the record is about.
            #[must_use]
            pub fn customer(self) -> Option<Field> {
                self.field("customer")
            }

            /// The field with the moment at which it happened, civil milliseconds.
            #[must_use]
            pub fn at(self) -> Option<Field> {
                self.field("at")
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
        wedding WEDDING: Shape::Text, stage STAGE: Shape::Symbol,
        consent_phone CONSENT_PHONE: Shape::Bool, consent_sms CONSENT_SMS: Shape::Bool,
        consent_wechat CONSENT_WECHAT: Shape::Bool, consent_email CONSENT_EMAIL: Shape::Bool,
        consent_visit CONSENT_VISIT: Shape::Bool, consent_inference CONSENT_INFERENCE: Shape::Bool,
        cultural CULTURAL: Shape::Text, social SOCIAL: Shape::Text, personal PERSONAL: Shape::Text,
        psychological PSYCHOLOGICAL: Shape::Text,
        wallet_e4 WALLET_E4: Shape::Int, churn_reason CHURN_REASON: Shape::Symbol, churn_note CHURN_NOTE: Shape::Text,
    }
    /// Something sold.
    Product product "product" {
        deleted DELETED: Shape::Bool, source SOURCE: Shape::Symbol, key KEY: Shape::Text,
        name NAME: Shape::Text, category CATEGORY: Shape::Symbol,
        price_e4 PRICE_E4: Shape::Int, cost_e4 COST_E4: Shape::Int, currency CURRENCY: Shape::Symbol, note NOTE: Shape::Text,
        role ROLE: Shape::Symbol, owner OWNER: Shape::Symbol, edition EDITION: Shape::Text,
    }
    /// A purchase, refund or adjustment with its lines.
    Order order "order" {
        deleted DELETED: Shape::Bool, source SOURCE: Shape::Symbol, key KEY: Shape::Text,
        customer CUSTOMER: Shape::Ref(Kind::Customer), at AT: Shape::Int, kind ORDER_KIND: Shape::Symbol,
        channel CHANNEL: Shape::Symbol, currency CURRENCY: Shape::Symbol, lines LINES: Shape::Lines, note NOTE: Shape::Text,
        promised PROMISED: Shape::Int, delivered DELIVERED: Shape::Int, discount_minor DISCOUNT_MINOR: Shape::Int,
    }
    /// One contact with a customer.
    Interaction interaction "interaction" {
        deleted DELETED: Shape::Bool, source SOURCE: Shape::Symbol, key KEY: Shape::Text,
        customer CUSTOMER: Shape::Ref(Kind::Customer), at AT: Shape::Int, channel CHANNEL: Shape::Symbol,
        direction DIRECTION: Shape::Symbol, note NOTE: Shape::Text, mood MOOD: Shape::Int, staff STAFF: Shape::Symbol,
        touchpoint TOUCHPOINT: Shape::Symbol, phase PHASE: Shape::Symbol, outcome OUTCOME: Shape::Symbol,
        care_e4 CARE_E4: Shape::Int,
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
    /// A person at an organisation.
    Contact contact "contact" {
        deleted DELETED: Shape::Bool, source SOURCE: Shape::Symbol, key KEY: Shape::Text,
        customer CUSTOMER: Shape::Ref(Kind::Customer), name NAME: Shape::Text, role ROLE: Shape::Symbol,
        phone PHONE: Shape::Text, email EMAIL: Shape::Text, birthday BIRTHDAY: Shape::Text, note NOTE: Shape::Text,
    }
    /// One version of an offer. All versions of an offer name the first one in `first`, which names itself in none.
    Quote quote "quote" {
        deleted DELETED: Shape::Bool, source SOURCE: Shape::Symbol, key KEY: Shape::Text,
        customer CUSTOMER: Shape::Ref(Kind::Customer), at AT: Shape::Int, title TITLE: Shape::Text,
        first FIRST: Shape::Ref(Kind::Quote), version VERSION: Shape::Int, currency CURRENCY: Shape::Symbol,
        lines LINES: Shape::Lines, discount_minor DISCOUNT_MINOR: Shape::Int, valid_until VALID_UNTIL: Shape::Int,
        outcome OUTCOME: Shape::Symbol, reason REASON: Shape::Text, staff STAFF: Shape::Symbol, note NOTE: Shape::Text,
    }
    /// What was promised to whom.
    Promise promise "promise" {
        deleted DELETED: Shape::Bool, source SOURCE: Shape::Symbol, key KEY: Shape::Text,
        customer CUSTOMER: Shape::Ref(Kind::Customer), at AT: Shape::Int, what WHAT: Shape::Text, due DUE: Shape::Int,
        state STATE: Shape::Symbol, settled SETTLED: Shape::Int, product PRODUCT: Shape::Ref(Kind::Product),
        order ORDER: Shape::Ref(Kind::Order), staff STAFF: Shape::Symbol, note NOTE: Shape::Text,
    }
    /// A complaint, after-sales request, unmet request or compliment, with its clocks.
    Case case "case" {
        deleted DELETED: Shape::Bool, source SOURCE: Shape::Symbol, key KEY: Shape::Text,
        customer CUSTOMER: Shape::Ref(Kind::Customer), at AT: Shape::Int, kind CASE_KIND: Shape::Symbol,
        what WHAT: Shape::Text, product PRODUCT: Shape::Ref(Kind::Product), order ORDER: Shape::Ref(Kind::Order),
        channel CHANNEL: Shape::Symbol, staff STAFF: Shape::Symbol, status STATUS: Shape::Symbol, seen SEEN: Shape::Int,
        replied REPLIED: Shape::Int, handed HANDED: Shape::Int, handed_to HANDED_TO: Shape::Symbol,
        closed CLOSED: Shape::Int, result RESULT: Shape::Text, worth_e4 WORTH_E4: Shape::Int,
        care_e4 CARE_E4: Shape::Int,
    }
    /// What a customer needs: a must-have or a nice-to-have, its place in their own ranking, and whether it is met.
    Need need "need" {
        deleted DELETED: Shape::Bool, source SOURCE: Shape::Symbol, key KEY: Shape::Text,
        customer CUSTOMER: Shape::Ref(Kind::Customer), at AT: Shape::Int, what WHAT: Shape::Text, level LEVEL: Shape::Symbol,
        rank RANK: Shape::Int, met MET: Shape::Bool, product PRODUCT: Shape::Ref(Kind::Product), note NOTE: Shape::Text,
    }
    /// Someone on the team.
    Member member "member" {
        deleted DELETED: Shape::Bool, source SOURCE: Shape::Symbol, key KEY: Shape::Text,
        name NAME: Shape::Text, role ROLE: Shape::Symbol, phone PHONE: Shape::Text, email EMAIL: Shape::Text,
        since SINCE: Shape::Int, left LEFT: Shape::Int, note NOTE: Shape::Text,
    }
    /// A course that a member took.
    Training training "training" {
        deleted DELETED: Shape::Bool, source SOURCE: Shape::Symbol, key KEY: Shape::Text,
        member MEMBER: Shape::Ref(Kind::Member), course COURSE: Shape::Text, day DAY: Shape::Int,
        expires EXPIRES: Shape::Int, note NOTE: Shape::Text,
    }
    /// An after-sales service: for which tiers it is free, for which it is to be paid. For others it is not offered.
    Entitlement entitlement "entitlement" {
        deleted DELETED: Shape::Bool, source SOURCE: Shape::Symbol, key KEY: Shape::Text,
        name NAME: Shape::Text, free FREE: Shape::Json, paid PAID: Shape::Json, price_e4 PRICE_E4: Shape::Int,
        note NOTE: Shape::Text,
    }
    /// A field that the user made. Its value stands in the records of kind `of`, in the field that
    /// [`custom_name`] names. `renamed`: what choices were called and what they were called then, by turns.
    CustomField custom_field "custom_field" {
        deleted DELETED: Shape::Bool, source SOURCE: Shape::Symbol, key KEY: Shape::Text,
        of OF: Shape::Symbol, name NAME: Shape::Text, input INPUT: Shape::Symbol, choices CHOICES: Shape::Json,
        target TARGET: Shape::Symbol, place PLACE: Shape::Int, hint HINT: Shape::Text, renamed RENAMED: Shape::Json,
    }
    /// A saved rule with live membership. The rule is JSON as text (`engine::segment`), so that what a later version put into it
    /// travels on whole.
    Segment segment "segment" {
        deleted DELETED: Shape::Bool, source SOURCE: Shape::Symbol, key KEY: Shape::Text,
        name NAME: Shape::Text, rule RULE: Shape::Text, note NOTE: Shape::Text,
    }
}

/// The field in which a record keeps the value of the custom field `id`. Always free-form, so that a change of the custom
/// field's type loses nothing.
#[must_use]
pub fn custom_name(id: super::Id) -> String {
    format!("{CUSTOM_PREFIX}{id}")
}

const CUSTOM_PREFIX: &str = "custom:";

/// The custom field whose value stands in the field `name`.
#[must_use]
pub fn custom_id(name: &str) -> Option<super::Id> {
    super::Id::parse(name.strip_prefix(CUSTOM_PREFIX)?)
}

/// The tombstone field, the same in every kind.
pub const DELETED: Field = Field(0);

/// Name of the field that marks a record erased for good, the same in every kind. Free-form, so that a version that does not
/// know it passes it on; true or not there.
pub const ERASED: &str = "erased";

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
