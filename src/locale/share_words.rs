//! Names of fields, and sentences for files that cannot be merged. Moments and counts come in as text.

use super::{Locale, fill};
use crate::domain::Kind;
use crate::engine::api::{MergeError, SyncError};
use crate::files::orders::FileError;

impl Locale {
    /// The name of a field as forms and lists call it; its own for one that a newer Kith brought.
    #[must_use]
    pub fn field(self, kind: Kind, name: &str) -> String {
        let t = self.t();
        let (share, customers, data, said) = (&t.share, &t.customers, &t.data, &t.satisfaction);
        if let Some(of) = name.strip_prefix("confirmed:") {
            return super::fill(t.person.confirmed_field, &[("field", &self.field(kind, of))]);
        }
        let words = match (kind, name) {
            (_, "deleted") => share.field_deleted,
            (Kind::Order, "never_sold") => data.reason_not_a_sale,
            (_, "source") => share.field_source,
            (Kind::Customer, "key") => customers.key,
            (Kind::Customer, "name") => customers.name,
            (Kind::Product, "key") => data.product_key,
            (Kind::Order, "key") => data.role_order_number,
            (Kind::Order, "at") => data.role_order_date,
            (_, "key") => share.field_number,
            (_, "at") => share.field_when,
            (_, "name") => data.product_name,
            (_, "phone") => customers.phone,
            (_, "email") => customers.email,
            (_, "company") => customers.company,
            (_, "country") => customers.country,
            (_, "city") => customers.city,
            (_, "address") => customers.address,
            (_, "birthday") => customers.birthday,
            (_, "tags") => customers.tags,
            (_, "note") => customers.note,
            (_, "owner") => customers.owner,
            (_, "referrer") => share.field_referrer,
            (_, "extra") => share.field_extra,
            (_, "merged_into") => share.field_merged_into,
            (_, "category") => data.product_category,
            (_, "price_e4") => data.product_price,
            (_, "cost_e4") => data.product_cost,
            (_, "currency") => data.role_currency_code,
            (_, "customer") => t.common.customer,
            (_, "order") => t.common.order,
            (_, "product") => t.common.product,
            (_, "kind") => share.field_kind,
            (_, "channel") => data.role_channel,
            (_, "lines") => data.fact_lines,
            (_, "direction") => t.customer.direction,
            (_, "mood") => t.customer.mood,
            (_, "staff") => data.role_staff,
            (_, "expectation") => said.hoped,
            (_, "experience") => said.got,
            (_, "nps") => said.would_recommend,
            (_, "csat") => said.how_satisfied,
            (_, "comment") => said.comment,
            (_, "value") => said.value,
            (_, name) if crate::domain::custom_id(name).is_some() => self.word("own_field"),
            (kind, other) => match self.label(kind, other) {
                "" => other,
                words => words,
            },
        };
        words.to_owned()
    }

    /// The same for one that the user made and calls `label`; of another one `label` is empty.
    #[must_use]
    pub fn field_called(self, kind: Kind, name: &str, label: &str) -> String {
        match (label, name.starts_with("confirmed:")) {
            ("", _) => self.field(kind, name),
            (label, false) => label.to_owned(),
            (label, true) => super::fill(self.t().person.confirmed_field, &[("field", label)]),
        }
    }

    /// The name of a setting of the book; its own for one that a newer Kith brought.
    #[must_use]
    pub fn setting(self, key: &str) -> &str {
        let t = &self.t().settings;
        match key {
            "business_name" => t.business_name,
            "currency" => t.currency,
            "default_margin_bp" => t.default_margin,
            "rfm" => t.group_rfm,
            "kotler" => t.group_kotler,
            "tiers" => t.group_tiers,
            "dormancy" => t.group_dormancy,
            "satisfaction" => t.group_satisfaction,
            "worth" => self.t().share.setting_worth,
            "loyalty" => self.t().share.setting_loyalty,
            "cadence" => self.t().settings.group_hints,
            "churn" => self.t().settings.group_churn,
            "keeping" => self.t().settings.group_keeping,
            "freshness" => self.t().settings.group_freshness,
            "duplicates" => self.t().share.setting_duplicates,
            key if key.starts_with("not_duplicates:") => self.t().share.setting_distinct,
            key if key.starts_with("mapping:") => self.t().share.setting_mapping,
            other => other,
        }
    }

    /// Why a file cannot be merged and what to do; `moment` puts milliseconds since 1970 UTC into words, `int` a number.
    #[must_use]
    pub fn merge_error(
        self,
        error: &MergeError,
        moment: impl Fn(u64) -> String,
        int: impl Fn(u64) -> String,
    ) -> String {
        let t = &self.t().share;
        let read = |error: &FileError| self.file_error(error, &int, &int);
        let said = match error {
            MergeError::Book(error) => return self.command_error(error),
            MergeError::File(SyncError::NotKith) => t.not_kith.to_owned(),
            MergeError::File(SyncError::Newer { major, known }) if major == known => t.newer_kinds.to_owned(),
            MergeError::File(SyncError::Newer { major, known }) => {
                fill(t.newer, &[("major", &major.to_string()), ("known", &known.to_string())])
            }
            MergeError::File(SyncError::BaseMissing { needs_ms, has_ms, .. }) => {
                let has = has_ms.map(|ms| fill(t.base_until, &[("has", &moment(ms))]));
                let has = has.unwrap_or_else(|| t.base_none.to_owned());
                fill(t.base_missing, &[("needs", &moment(*needs_ms)), ("has", &has)])
            }
            MergeError::File(SyncError::Corrupt { offset, within, .. }) => {
                // The kind of record comes first, then ids that say nothing to a person.
                let within = match within.split(' ').next().unwrap_or_default() {
                    "commits" => self.t().data.tab_history,
                    kind => Kind::from_name(kind).map_or(t.corrupt_start, |kind| self.kind(kind)),
                };
                fill(t.corrupt, &[("offset", &int(*offset)), ("within", within)])
            }
            MergeError::File(SyncError::TooLarge { offset, .. }) => fill(t.too_large, &[("offset", &int(*offset))]),
            MergeError::File(SyncError::Unreadable { detail }) => {
                read(&FileError::Unreadable { detail: detail.clone() })
            }
            MergeError::File(SyncError::Stopped) => return read(&FileError::Stopped),
            MergeError::File(SyncError::Cancelled) => return read(&FileError::Cancelled),
        };
        format!("{said}{}{}", self.gap(), t.nothing_changed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::DeviceId;
    use crate::engine::api::Language;

    #[test]
    fn every_field_has_a_name_in_both_languages() {
        for language in [Language::En, Language::Zh] {
            for &kind in Kind::ALL {
                for field in kind.fields() {
                    let words = Locale::new(language).field(kind, field.name);
                    assert_ne!(words, field.name, "{kind:?} {language:?}");
                }
            }
        }
        assert_eq!(Locale::new(Language::Zh).field(Kind::Customer, "shoe_size"), "shoe_size");
    }

    #[test]
    fn every_setting_has_a_name() {
        let settings = serde_json::to_value(crate::domain::Settings::default()).unwrap();
        for key in settings.as_object().unwrap().keys() {
            assert_ne!(Locale::new(Language::En).setting(key), key);
        }
    }

    #[test]
    fn refusals_say_what_where_and_what_to_do() {
        let say = |language, error| {
            Locale::new(language).merge_error(&MergeError::File(error), |ms| format!("[{ms}]"), |n| n.to_string())
        };
        let base = SyncError::BaseMissing { device: DeviceId(1), needs_ms: 7, has_ms: None };
        assert!(say(Language::En, base.clone()).contains("up to [7], and nothing of theirs was opened here yet."));
        assert!(say(Language::Zh, base).ends_with("请让同事导出全部数据。没有任何改动。"));
        let within = "order after 8a11784e-c71a-5504-b025-342b3ba26ac8".into();
        let inside = SyncError::Corrupt { offset: 812, within, what: "x".into() };
        assert!(say(Language::Zh, inside).contains("（订单）"));
        let cut = SyncError::Corrupt { offset: 812, within: String::new(), what: "x".into() };
        assert!(say(Language::En, cut).starts_with("The file is damaged or cut off at byte 812 (its beginning)."));
        assert!(
            say(Language::En, SyncError::Newer { major: 2, known: 1 }).contains("format 2; this one reads up to 1")
        );
        assert!(say(Language::En, SyncError::Newer { major: 1, known: 1 }).contains("kinds of records"));
    }
}
