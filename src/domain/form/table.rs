//! The forms themselves: which fields, typed how, in which part.

use super::{Form, FormField, Input, Part};
use crate::domain::check::{MEDIUM, SHORT};
use crate::domain::{
    Field, Kind, case, contact, custom_field, customer, entitlement, interaction, member, need, order, product,
    promise, quote, segment, training,
};

const fn main(field: Field, input: Input) -> FormField {
    FormField { field, input, part: Part::Main, required: false }
}

const fn need(field: Field, input: Input) -> FormField {
    FormField { field, input, part: Part::Main, required: true }
}

const fn more(field: Field, input: Input) -> FormField {
    FormField { field, input, part: Part::More, required: false }
}

const fn in_part(part: Part, field: Field, input: Input) -> FormField {
    FormField { field, input, part, required: false }
}

const NAME: Input = Input::Line(SHORT);
/// How a customer can be reached.
pub const CHANNELS: &[&str] = &["phone", "visit", "shop", "wechat", "email", "other"];
pub const STAGES: &[&str] = &["prospect", "new", "growing", "mature", "declining", "ended"];
/// Why a customer left, as they say.
pub const CHURN_REASONS: &[&str] = &["price", "quality", "service", "rival", "moved", "no_need", "other"];
pub const ROLES: &[&str] = &["lead", "profit", "plain"];
pub const PHASES: &[&str] = &["before", "during", "after"];
pub const DIRECTIONS: &[&str] = &["out", "in"];
pub const TALK_OUTCOMES: &[&str] = &["reached", "not_reached", "interested", "not_interested", "bought", "later"];
pub const QUOTE_OUTCOMES: &[&str] = &["open", "won", "lost", "expired", "replaced"];
pub const PROMISE_STATES: &[&str] = &["open", "kept", "broken"];
/// How much a customer needs it: without a must-have they do not buy.
pub const NEED_LEVELS: &[&str] = &["must", "nice"];
pub const CASE_KINDS: &[&str] = &["complaint", "service", "unmet", "compliment"];
pub const CASE_STATUSES: &[&str] = &["open", "closed"];
/// What a custom field can hold.
pub const CUSTOM_INPUTS: &[&str] = &["text", "number", "money", "date", "choice", "many", "yes_no", "link"];
pub const CUSTOM_OF: &[&str] = &["customer", "product", "order"];
pub const CUSTOM_TARGETS: &[&str] = &["customer", "product", "member"];

pub(super) const FORMS: [Form; 14] = [
    Form {
        kind: Kind::Customer,
        fields: &[
            main(customer::NAME, NAME),
            main(customer::PHONE, Input::Phone),
            main(customer::EMAIL, Input::Email),
            main(customer::COMPANY, NAME),
            main(customer::BIRTHDAY, Input::Date),
            main(customer::TAGS, Input::Words),
            main(customer::OWNER, Input::Person),
            main(customer::STAGE, Input::Choice(STAGES)),
            main(customer::NOTE, Input::Long),
            more(customer::COUNTRY, NAME),
            more(customer::CITY, NAME),
            more(customer::ADDRESS, Input::Line(MEDIUM)),
            more(customer::WEDDING, Input::Date),
            more(customer::REFERRER, Input::Link(Kind::Customer)),
            more(customer::KEY, Input::Key),
            more(customer::WALLET_E4, Input::Price),
            more(customer::CHURN_REASON, Input::Choice(CHURN_REASONS)),
            more(customer::CHURN_NOTE, Input::Line(MEDIUM)),
            in_part(Part::Consent, customer::CONSENT_PHONE, Input::YesNo),
            in_part(Part::Consent, customer::CONSENT_SMS, Input::YesNo),
            in_part(Part::Consent, customer::CONSENT_WECHAT, Input::YesNo),
            in_part(Part::Consent, customer::CONSENT_EMAIL, Input::YesNo),
            in_part(Part::Consent, customer::CONSENT_VISIT, Input::YesNo),
            in_part(Part::Consent, customer::CONSENT_INFERENCE, Input::YesNo),
            in_part(Part::Factors, customer::CULTURAL, Input::Long),
            in_part(Part::Factors, customer::SOCIAL, Input::Long),
            in_part(Part::Factors, customer::PERSONAL, Input::Long),
            in_part(Part::Factors, customer::PSYCHOLOGICAL, Input::Long),
        ],
        any_of: &[customer::NAME, customer::KEY, customer::PHONE, customer::EMAIL, customer::COMPANY],
        title: &[customer::NAME, customer::KEY],
    },
    Form {
        kind: Kind::Product,
        fields: &[
            main(product::NAME, Input::Line(MEDIUM)),
            main(product::KEY, Input::Key),
            main(product::CATEGORY, NAME),
            main(product::PRICE_E4, Input::Price),
            main(product::COST_E4, Input::Price),
            main(product::ROLE, Input::Choice(ROLES)),
            main(product::OWNER, Input::Person),
            main(product::EDITION, NAME),
            main(product::NOTE, Input::Long),
        ],
        any_of: &[product::NAME, product::KEY],
        title: &[product::NAME, product::KEY],
    },
    Form {
        kind: Kind::Order,
        fields: &[
            more(order::PROMISED, Input::Day),
            more(order::DELIVERED, Input::Day),
            more(order::DISCOUNT_MINOR, Input::Money),
            more(order::NOTE, Input::Long),
        ],
        any_of: &[],
        title: &[order::KEY],
    },
    Form {
        kind: Kind::Interaction,
        fields: &[
            need(interaction::CUSTOMER, Input::Link(Kind::Customer)),
            need(interaction::AT, Input::Time),
            main(interaction::CHANNEL, Input::Choice(CHANNELS)),
            main(interaction::DIRECTION, Input::Choice(DIRECTIONS)),
            main(interaction::MOOD, Input::Number { least: 1, most: 5 }),
            main(interaction::PHASE, Input::Choice(PHASES)),
            main(interaction::OUTCOME, Input::Choice(TALK_OUTCOMES)),
            main(interaction::TOUCHPOINT, NAME),
            main(interaction::STAFF, Input::Person),
            main(interaction::CARE_E4, Input::Price),
            main(interaction::NOTE, Input::Long),
        ],
        any_of: &[],
        title: &[interaction::NOTE],
    },
    Form {
        kind: Kind::Contact,
        fields: &[
            need(contact::CUSTOMER, Input::Link(Kind::Customer)),
            need(contact::NAME, NAME),
            main(contact::ROLE, NAME),
            main(contact::PHONE, Input::Phone),
            main(contact::EMAIL, Input::Email),
            main(contact::BIRTHDAY, Input::Date),
            main(contact::NOTE, Input::Long),
        ],
        any_of: &[],
        title: &[contact::NAME],
    },
    Form {
        kind: Kind::Quote,
        fields: &[
            need(quote::CUSTOMER, Input::Link(Kind::Customer)),
            need(quote::AT, Input::Time),
            main(quote::TITLE, NAME),
            main(quote::KEY, Input::Line(SHORT)),
            need(quote::LINES, Input::Lines),
            main(quote::DISCOUNT_MINOR, Input::Money),
            main(quote::VALID_UNTIL, Input::Day),
            main(quote::OUTCOME, Input::Choice(QUOTE_OUTCOMES)),
            main(quote::REASON, Input::Line(MEDIUM)),
            main(quote::STAFF, Input::Person),
            main(quote::NOTE, Input::Long),
        ],
        any_of: &[],
        title: &[quote::TITLE, quote::KEY],
    },
    Form {
        kind: Kind::Promise,
        fields: &[
            need(promise::CUSTOMER, Input::Link(Kind::Customer)),
            need(promise::WHAT, Input::Line(MEDIUM)),
            main(promise::DUE, Input::Day),
            main(promise::STATE, Input::Choice(PROMISE_STATES)),
            main(promise::SETTLED, Input::Day),
            need(promise::AT, Input::Time),
            main(promise::PRODUCT, Input::Link(Kind::Product)),
            main(promise::STAFF, Input::Person),
            main(promise::NOTE, Input::Long),
        ],
        any_of: &[],
        title: &[promise::WHAT],
    },
    Form {
        kind: Kind::Case,
        fields: &[
            need(case::CUSTOMER, Input::Link(Kind::Customer)),
            need(case::CASE_KIND, Input::Choice(CASE_KINDS)),
            need(case::WHAT, Input::Long),
            main(case::PRODUCT, Input::Link(Kind::Product)),
            main(case::CHANNEL, Input::Choice(CHANNELS)),
            main(case::STAFF, Input::Person),
            main(case::STATUS, Input::Choice(CASE_STATUSES)),
            need(case::AT, Input::Time),
            main(case::SEEN, Input::Time),
            main(case::REPLIED, Input::Time),
            main(case::HANDED, Input::Time),
            main(case::HANDED_TO, Input::Person),
            main(case::CLOSED, Input::Time),
            main(case::WORTH_E4, Input::Price),
            main(case::CARE_E4, Input::Price),
            main(case::RESULT, Input::Long),
        ],
        any_of: &[],
        title: &[case::WHAT],
    },
    Form {
        kind: Kind::Need,
        fields: &[
            need(need::CUSTOMER, Input::Link(Kind::Customer)),
            need(need::WHAT, Input::Line(MEDIUM)),
            need(need::LEVEL, Input::Choice(NEED_LEVELS)),
            main(need::RANK, Input::Number { least: 1, most: 99 }),
            main(need::MET, Input::YesNo),
            main(need::PRODUCT, Input::Link(Kind::Product)),
            need(need::AT, Input::Time),
            main(need::NOTE, Input::Long),
        ],
        any_of: &[],
        title: &[need::WHAT],
    },
    Form {
        kind: Kind::Member,
        fields: &[
            need(member::NAME, NAME),
            main(member::ROLE, NAME),
            main(member::PHONE, Input::Phone),
            main(member::EMAIL, Input::Email),
            main(member::SINCE, Input::Day),
            main(member::LEFT, Input::Day),
            main(member::NOTE, Input::Long),
        ],
        any_of: &[],
        title: &[member::NAME],
    },
    Form {
        kind: Kind::Training,
        fields: &[
            need(training::MEMBER, Input::Link(Kind::Member)),
            need(training::COURSE, Input::Line(MEDIUM)),
            need(training::DAY, Input::Day),
            main(training::EXPIRES, Input::Day),
            main(training::NOTE, Input::Long),
        ],
        any_of: &[],
        title: &[training::COURSE],
    },
    Form {
        kind: Kind::Entitlement,
        fields: &[
            need(entitlement::NAME, NAME),
            main(entitlement::FREE, Input::Tiers),
            main(entitlement::PAID, Input::Tiers),
            main(entitlement::PRICE_E4, Input::Price),
            main(entitlement::NOTE, Input::Long),
        ],
        any_of: &[],
        title: &[entitlement::NAME],
    },
    Form {
        kind: Kind::CustomField,
        fields: &[
            need(custom_field::NAME, NAME),
            need(custom_field::OF, Input::Choice(CUSTOM_OF)),
            need(custom_field::INPUT, Input::Choice(CUSTOM_INPUTS)),
            main(custom_field::CHOICES, Input::Words),
            main(custom_field::TARGET, Input::Choice(CUSTOM_TARGETS)),
            main(custom_field::PLACE, Input::Number { least: 0, most: 9_999 }),
            main(custom_field::HINT, Input::Line(MEDIUM)),
        ],
        any_of: &[],
        title: &[custom_field::NAME],
    },
    // Its rule is built, not typed: `Command::SaveSegment` writes it.
    Form {
        kind: Kind::Segment,
        fields: &[need(segment::NAME, NAME), main(segment::NOTE, Input::Long)],
        any_of: &[],
        title: &[segment::NAME],
    },
];
