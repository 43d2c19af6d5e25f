//! Names of groups and sentences for errors: from enums to the user's language. Every variant has its words, or it
//! does not compile.

use super::{Locale, fill};
use crate::domain::{InteractionChannel, OrderKind, TierRule};
use crate::engine::api::{
    CommandError, Dormancy, Figure, InvalidReason, KotlerGroup, Language, Mood, MovedBy, RfmGroup, Since, Stand,
    StoreError,
};

impl Locale {
    /// One of a group.
    #[must_use]
    pub fn kotler(self, group: KotlerGroup) -> &'static str {
        let t = &self.t().common;
        match group {
            KotlerGroup::TrueFriend => t.true_friend,
            KotlerGroup::Butterfly => t.butterfly,
            KotlerGroup::Barnacle => t.barnacle,
            KotlerGroup::Stranger => t.stranger,
        }
    }

    /// The group as a whole.
    #[must_use]
    pub fn kotler_plural(self, group: KotlerGroup) -> &'static str {
        let t = &self.t().common;
        match group {
            KotlerGroup::TrueFriend => t.true_friends,
            KotlerGroup::Butterfly => t.butterflies,
            KotlerGroup::Barnacle => t.barnacles,
            KotlerGroup::Stranger => t.strangers,
        }
    }

    #[must_use]
    pub fn dormancy(self, step: Dormancy) -> &'static str {
        let t = &self.t().common;
        match step {
            Dormancy::Awake => t.awake,
            Dormancy::Dozing => t.dozing,
            Dormancy::HalfAsleep => t.half_asleep,
            Dormancy::Asleep => t.asleep,
        }
    }

    #[must_use]
    pub fn rfm_group(self, group: RfmGroup) -> &'static str {
        let t = &self.t().common;
        match group {
            RfmGroup::Champions => t.rfm_champions,
            RfmGroup::LoyalCustomers => t.rfm_loyal,
            RfmGroup::PotentialLoyalist => t.rfm_potential,
            RfmGroup::NewCustomers => t.rfm_new,
            RfmGroup::Promising => t.rfm_promising,
            RfmGroup::NeedAttention => t.rfm_attention,
            RfmGroup::AboutToSleep => t.rfm_about_to_sleep,
            RfmGroup::AtRisk => t.rfm_at_risk,
            RfmGroup::CantLose => t.rfm_cant_lose,
            RfmGroup::Lost => t.rfm_lost,
            RfmGroup::Others => t.rfm_others,
        }
    }

    #[must_use]
    pub fn channel(self, channel: InteractionChannel) -> &'static str {
        let t = &self.t().common;
        match channel {
            InteractionChannel::Phone => t.channel_phone,
            InteractionChannel::Visit => t.channel_visit,
            InteractionChannel::Shop => t.channel_shop,
            InteractionChannel::WeChat => t.channel_wechat,
            InteractionChannel::Email => t.channel_email,
            InteractionChannel::Other => t.channel_other,
        }
    }

    #[must_use]
    pub fn order_kind(self, kind: OrderKind) -> &'static str {
        let t = &self.t().common;
        match kind {
            OrderKind::Purchase => t.kind_purchase,
            OrderKind::Refund => t.kind_refund,
            OrderKind::Adjustment => t.kind_adjustment,
        }
    }

    #[must_use]
    pub fn satisfaction(self, mood: Mood) -> &'static str {
        let t = &self.t().satisfaction;
        match mood {
            Mood::Unhappy => t.mood_unhappy,
            Mood::Satisfied => t.mood_satisfied,
            Mood::Delighted => t.mood_delighted,
            Mood::NoAnswer => t.mood_no_answer,
        }
    }

    /// What a figure is called above its column.
    #[must_use]
    pub fn figure(self, figure: Figure) -> &'static str {
        let t = self.t();
        match figure {
            Figure::Tier => t.common.tier,
            Figure::Group => t.customers.group_short,
            Figure::Rfm => t.common.rfm,
            Figure::RfmGroup => t.list.rfm_group,
            Figure::RecencyScore => t.list.recency_score,
            Figure::FrequencyScore => t.list.frequency_score,
            Figure::MonetaryScore => t.list.monetary_score,
            Figure::Dormancy => t.common.dormancy,
            Figure::LastPurchase => t.common.last_purchase,
            Figure::FirstPurchase => t.list.first_purchase,
            Figure::Away => t.list.away,
            Figure::Purchases => t.common.purchases,
            Figure::Refunds => t.common.refunds,
            Figure::Revenue => t.common.revenue,
            Figure::Refunded => t.list.refunded,
            Figure::Profit => t.common.profit,
            Figure::Care => t.list.care,
            Figure::Potential => t.segments.potential,
            Figure::Loyalty => t.common.loyalty,
            Figure::Interval => t.list.interval,
            Figure::BrokenHabits => t.list.broken_habits,
            Figure::Mood => t.satisfaction.mood,
            Figure::Gap => t.list.gap,
            Figure::Answers => t.list.answers,
            Figure::Worth => t.worth.value,
            Figure::There => t.worth.there,
            Figure::AtRisk => t.worth.at_risk,
            Figure::Expected => t.list.expected,
            Figure::ExpectedAmount => t.list.expected_amount,
            Figure::LastContact => t.list.last_contact,
            Figure::Left => t.retention.left_on,
            Figure::Stayed => t.retention.stayed,
            Figure::WalletShare => t.retention.wallet_share,
            Figure::Inbound => t.retention.inbound,
            Figure::Choosing => t.retention.choosing,
            Figure::Discounted => t.retention.discounted,
            Figure::Complaints => t.retention.complaints,
            Figure::MustHaves => t.retention.must_haves,
            Figure::NeedsMet => t.retention.needs_met,
            Figure::Forgave => t.retention.forgave,
            Figure::Brought => t.retention.brought,
            Figure::Added => t.list.added,
            Figure::Changed => t.list.changed,
        }
    }

    /// Where a customer stands.
    #[must_use]
    pub fn stand(self, stand: &Stand, tiers: &[TierRule]) -> String {
        match stand {
            Stand::Kotler(group) => self.kotler_plural(*group).to_owned(),
            Stand::Dormancy(step) => self.dormancy(*step).to_owned(),
            Stand::Tier(id) => self.tier(id, tiers),
            Stand::NotYet => self.t().moved.new.to_owned(),
            Stand::Other(by) => self.other_place(self.t().moved.other, *by),
            Stand::Better(by) => self.other_place(self.t().moved.better, *by),
            Stand::Worse(by) => self.other_place(self.t().moved.worse, *by),
        }
    }

    fn other_place(self, text: &str, by: MovedBy) -> String {
        fill(text, &[("by", self.moved_by(by))])
    }

    /// What customers moved between.
    #[must_use]
    pub fn moved_by(self, by: MovedBy) -> &'static str {
        let t = &self.t().moved;
        match by {
            MovedBy::Kotler => t.by_group,
            MovedBy::Tier => t.by_tier,
            MovedBy::Dormancy => t.by_dormancy,
        }
    }

    /// How far back the earlier day lies.
    #[must_use]
    pub fn since(self, since: Since) -> &'static str {
        let t = &self.t().moved;
        match since {
            Since::Month => t.since_month,
            Since::Quarter => t.since_quarter,
            Since::Year => t.since_year,
        }
    }

    /// The name of tier `id`, in this language where it has one; the id of a tier that is no more.
    #[must_use]
    pub fn tier(self, id: &str, tiers: &[TierRule]) -> String {
        let Some(tier) = tiers.iter().find(|t| t.id == id) else { return id.to_owned() };
        let (own, other) = match self.language {
            Language::Zh => (&tier.name_zh, &tier.name_en),
            Language::En => (&tier.name_en, &tier.name_zh),
        };
        [own, other].into_iter().find(|name| !name.trim().is_empty()).unwrap_or(&tier.id).clone()
    }

    /// Why a field cannot be saved, under the field.
    #[must_use]
    pub fn invalid(self, reason: InvalidReason) -> &'static str {
        let t = &self.t().errors;
        match reason {
            InvalidReason::Required => t.field_required,
            InvalidReason::TooLong => t.field_too_long,
            InvalidReason::NotADate => t.field_not_a_date,
            InvalidReason::NotAnEmail => t.field_not_an_email,
            InvalidReason::NotAPhone => t.field_not_a_phone,
            InvalidReason::NotANumber => t.field_not_a_number,
            InvalidReason::Unknown => t.field_unknown,
            InvalidReason::Loop => t.field_loop,
            InvalidReason::OutOfRange => t.field_out_of_range,
            InvalidReason::KeyTaken => t.field_key_taken,
            InvalidReason::EarlierName => t.field_earlier_name,
        }
    }

    /// What happened, what is safe, what to do.
    #[must_use]
    pub fn command_error(self, error: &CommandError) -> String {
        let t = &self.t().errors;
        match error {
            CommandError::Invalid { .. } => format!("{}{}{}", t.invalid, self.gap(), t.nothing_changed),
            CommandError::NotFound => t.not_found.to_owned(),
            CommandError::NotEmpty => t.not_empty.to_owned(),
            CommandError::NothingStaged => t.nothing_staged.to_owned(),
            CommandError::PartMissing => t.part_missing.to_owned(),
            CommandError::NothingToUndo => t.nothing_to_undo.to_owned(),
            CommandError::OrderThere => t.order_there.to_owned(),
            CommandError::Cancelled => t.nothing_changed.to_owned(),
            CommandError::Store(error) => self.store_error(error),
            CommandError::WorkerLost => t.worker_lost.to_owned(),
        }
    }

    /// What happened to the stored data, what is safe, what to do.
    #[must_use]
    pub fn store_error(self, error: &StoreError) -> String {
        let t = &self.t().errors;
        match error {
            StoreError::Refused { .. } => t.store_refused.to_owned(),
            StoreError::Quota => t.store_quota.to_owned(),
            StoreError::Newer { found, known } => {
                fill(t.store_newer, &[("found", &found.to_string()), ("known", &known.to_string())])
            }
            StoreError::Corrupt { what } => fill(t.store_corrupt, &[("what", what)]),
            StoreError::Gone => t.store_gone.to_owned(),
            StoreError::Shorter { found, known } => {
                fill(t.store_shorter, &[("found", &found.to_string()), ("known", &known.to_string())])
            }
            StoreError::Other { detail } => fill(t.store_other, &[("detail", detail)]),
        }
    }

    /// What stands between a name and its value.
    #[must_use]
    pub fn colon(self) -> &'static str {
        match self.language {
            Language::En => ": ",
            Language::Zh => "：",
        }
    }

    /// What stands between two sentences.
    #[must_use]
    pub fn gap(self) -> &'static str {
        match self.language {
            Language::En => " ",
            Language::Zh => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Settings;

    #[test]
    fn tiers_are_named_in_the_language_or_the_other_or_by_id() {
        let mut tiers = Settings::default().tiers;
        let (zh, en) = (Locale::new(Language::Zh), Locale::new(Language::En));
        assert_eq!(zh.tier("gold", &tiers), "金");
        assert_eq!(en.tier("gold", &tiers), "Gold");
        tiers[0].name_en.clear();
        assert_eq!(en.tier("gold", &tiers), "金");
        tiers[0].name_zh = " ".into();
        assert_eq!(en.tier("gold", &tiers), "gold");
        assert_eq!(en.tier("platinum", &tiers), "platinum");
    }

    #[test]
    fn an_error_says_what_is_safe() {
        let error = CommandError::Store(StoreError::Newer { found: 7, known: 3 });
        assert!(Locale::new(Language::En).command_error(&error).contains("version 7; this one knows 3"));
        let error = CommandError::Invalid { problems: vec![] };
        assert_eq!(Locale::new(Language::Zh).command_error(&error), "有几项需要再看一下。没有任何改动。");
    }
}
