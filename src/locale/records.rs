//! Words of the generic forms: kinds, fields, choices and parts, found by name. A field is looked up as `kind_field`, then as
//! `field`; a choice as `kind_field_choice`, then as `field_choice`. A test sees to it that every field and choice has its words.

use super::{Locale, fill};
use crate::domain::{Kind, PartialDate};
use crate::engine::api::Language;

macro_rules! words {
    ($($name:ident: $en:literal, $zh:literal;)*) => {
        /// Name, English, 中文.
        pub const WORDS: &[(&str, &str, &str)] = &[$((stringify!($name), $en, $zh)),*];
    };
}

words! {
    kind_customer: "Customer", "客户";
    kind_product: "Product", "产品";
    kind_order: "Order", "订单";
    kind_interaction: "Interaction", "互动";
    kind_response: "Answer", "评价";
    kind_setting: "Settings", "设置";
    kind_contact: "Contact", "联系人";
    kind_quote: "Quote", "报价";
    kind_promise: "Promise", "承诺";
    kind_case: "Case", "工单";
    kind_need: "Need", "需求";
    kind_member: "Member", "成员";
    kind_training: "Training", "培训";
    kind_entitlement: "After-sales service", "售后服务";
    kind_custom_field: "Custom field", "自定义字段";
    kind_segment: "Segment", "客群";

    form_new: "New {what}", "添加{what}";
    form_edit: "Edit {what}", "编辑{what}";
    form_unsaved: "Not saved yet; kept while this tab is open.", "还没有保存，这个标签页打开期间会保留。";
    form_none: "–", "–";
    form_erased: "erased for good", "已彻底删除";
    form_yes: "Yes", "是";
    form_no: "No", "否";
    form_now: "Now", "现在";
    form_pick: "Type a few letters, then choose", "输入几个字，然后选择";
    form_tags: "Separated by commas", "用逗号分隔";
    form_date: "1988-05-20, 20 May, L08-15 in the Chinese calendar", "1988-05-20、05-20、农历八月十五";
    form_understood: "Read as {date}", "识别为 {date}";
    form_lunar: "{date} in the Chinese calendar", "农历{date}";
    form_lunar_year: "{year}, month {month}, day {day}", "{year} 年{month}{day}";
    form_lunar_day: "month {month}, day {day}", "{month}{day}";
    form_leap: "leap {month}", "闰{month}";

    form_odd: "Entered when this field had another type or other choices", "按这个字段以前的类型或选项填写";
    own_title: "Own fields", "自定义字段";
    own_hint: "What you want to know of customers, products or orders beyond what Kith asks for. They appear in forms, on pages, in search, import and export. A field that is deleted hides what was entered; Undo brings both back.", "除了知客自带的字段，你还想记录客户、产品或订单的哪些信息。它们会出现在表单、页面、搜索、导入和导出中。删除字段只是隐藏已填的内容，撤销后一起恢复。";
    own_none: "No own fields yet.", "还没有自定义字段。";
    own_field: "An own field", "自定义字段";
    own_up: "Move {name} up", "上移{name}";

    hint_customer_wallet_e4: "What the customer says they spend in a year on what you sell, from everybody. Insights compares it with what they spend here.", "客户自己说的：一年在这类东西上总共花多少，不论在哪家。“洞察”会拿它和在你这里的花费比较。";
    hint_customer_key: "As other systems know the customer", "其他系统里的编号";
    hint_product_cost_e4: "Cost of one piece. Profit uses it at once, for past orders too.", "单件成本。利润会立刻按它计算，包括以前的订单。";
    hint_custom_field_choices: "Separated by commas. A word that you change in its place is renamed, with all that holds it.", "用逗号分隔。在原处改写一个选项就是改名，已填的内容会跟着变。";

    team_title: "Team and service", "团队与售后";
    team_answer: "Who looks after customers, what they were trained in, and which after-sales service is free or paid for which tier.", "谁在照顾客户、受过哪些培训，以及每个等级的客户哪些售后服务免费、哪些收费。";
    team_members: "Members", "成员";
    team_members_none: "Nobody yet. Members can be chosen as who looks after a customer, handles a case or made a product.", "还没有成员。添加后，可以选作客户的负责人、工单的处理人或产品的制作人。";
    team_services: "After-sales services", "售后服务";
    team_services_none: "None yet. A case then says what is free for this customer and what is to be paid.", "还没有售后服务。添加后，工单里会显示这位客户哪些免费、哪些收费。";
    team_train: "Training of {name}", "添加{name}的培训";
    team_over: "No longer valid", "已过期";
    entitled_tier: "After-sales for {tier}", "{tier}客户的售后服务";
    entitled_none: "No purchase yet, so no tier and no after-sales service", "还没有购买，没有等级，也没有售后服务";
    entitled_free: "free", "免费";
    entitled_price: "{price}", "收费 {price}";
    entitled_paid: "to be paid", "收费";
    entitled_not: "not offered", "不提供";

    quick: "Enter something", "快速录入";
    quick_shown: "What the timeline shows", "往来显示的内容";
    contacts: "People there", "联系人";

    currency_cny: "Chinese yuan", "人民币";
    currency_usd: "US dollar", "美元";
    currency_eur: "Euro", "欧元";
    currency_gbp: "British pound", "英镑";
    currency_jpy: "Japanese yen", "日元";
    currency_hkd: "Hong Kong dollar", "港元";
    currency_twd: "New Taiwan dollar", "新台币";
    currency_krw: "South Korean won", "韩元";
    currency_sgd: "Singapore dollar", "新加坡元";
    currency_aud: "Australian dollar", "澳元";
    currency_cad: "Canadian dollar", "加元";
    currency_chf: "Swiss franc", "瑞士法郎";

    part_main: "Main", "主要";
    part_more: "More", "更多";
    part_consent: "Consent", "同意";
    part_factors: "What moves them", "影响因素";
    part_custom: "Own fields", "自定义字段";

    name: "Name", "姓名或名称";
    phone: "Phone", "电话";
    email: "Email", "邮箱";
    company: "Company", "公司";
    country: "Country", "国家或地区";
    city: "City", "城市";
    address: "Address", "地址";
    birthday: "Birthday", "生日";
    wedding: "Wedding day", "结婚纪念日";
    tags: "Tags", "标签";
    note: "Note", "备注";
    owner: "Looked after by", "负责人";
    referrer: "Brought by", "介绍人";
    stage: "Stage of the relationship", "关系阶段";
    stage_prospect: "Prospect", "潜在";
    stage_new: "New", "新客户";
    stage_growing: "Growing", "成长";
    stage_mature: "Mature", "成熟";
    stage_declining: "Declining", "衰退";
    stage_ended: "Ended", "终止";
    consent_phone: "May be called", "可以打电话";
    consent_sms: "May get text messages", "可以发短信";
    consent_wechat: "May be written to on WeChat", "可以发微信";
    consent_email: "May get email", "可以发邮件";
    consent_visit: "May be visited", "可以上门拜访";
    consent_inference: "Conclusions about their life allowed", "允许推测生活情况";
    cultural: "Cultural: culture, region, social class", "文化因素：文化、地域、社会阶层";
    social: "Social: family, friends, role and status", "社会因素：家庭、朋友、角色与地位";
    personal: "Personal: age, work, income, way of life", "个人因素：年龄、职业、收入、生活方式";
    psychological: "Psychological: motives, perception, beliefs", "心理因素：动机、感知、信念";
    wallet_e4: "Spends a year on this, elsewhere too", "每年这类总花费（含别家）";
    churn_reason: "Why they left", "离开原因";
    churn_reason_price: "Price", "价格";
    churn_reason_quality: "Product or quality", "产品或质量";
    churn_reason_service: "Service", "服务";
    churn_reason_rival: "A competitor", "选择了别家";
    churn_reason_moved: "Moved away", "搬走";
    churn_reason_no_need: "No more need", "不再需要";
    churn_reason_other: "Other", "其他";
    churn_note: "Why they left, in their words", "离开原因（客户原话）";
    customer_key: "Customer number", "客户编号";
    customer: "Customer", "客户";
    key: "Number", "编号";

    product_name: "Name", "名称";
    product_key: "Product code", "产品编码";
    category: "Category", "类别";
    price_e4: "Price", "价格";
    cost_e4: "Cost", "成本";
    product_role: "Role", "角色";
    product_role_lead: "Lead product", "引流产品";
    product_role_profit: "Profit product", "利润产品";
    product_role_plain: "Plain", "普通";
    product_owner: "Maker", "制作人";
    edition: "Edition", "版次";

    promised: "Delivery promised for", "承诺交付日";
    delivered: "Delivered on", "实际交付日";
    discount_minor: "Discount", "折扣";

    at: "When", "时间";
    channel: "Channel", "渠道";
    channel_phone: "Phone", "电话";
    channel_visit: "Visit", "拜访";
    channel_shop: "In the shop", "到店";
    channel_wechat: "WeChat", "微信";
    channel_email: "Email", "邮件";
    channel_other: "Other", "其他";
    direction: "Who made contact", "谁先联系";
    direction_out: "We made contact", "我方联系";
    direction_in: "They made contact", "客户主动联系";
    mood: "Mood", "心情";
    mood_1: "Angry", "生气";
    mood_2: "Unhappy", "不满";
    mood_3: "Neutral", "平静";
    mood_4: "Happy", "满意";
    mood_5: "Delighted", "开心";
    phase: "Phase", "阶段";
    phase_before: "Before the purchase", "售前";
    phase_during: "During the purchase", "售中";
    phase_after: "After the purchase", "售后";
    interaction_outcome: "Outcome", "结果";
    interaction_outcome_reached: "Reached", "已联系上";
    interaction_outcome_not_reached: "Not reached", "未联系上";
    interaction_outcome_interested: "Interested", "有兴趣";
    interaction_outcome_not_interested: "Not interested", "没兴趣";
    interaction_outcome_bought: "Bought", "已购买";
    interaction_outcome_later: "Later", "以后再说";
    touchpoint: "Touchpoint", "触点";
    staff: "By", "经手人";

    contact_name: "Name", "姓名";
    contact_customer: "Organisation", "所属客户";
    role: "Role", "职务";

    title: "What it is about", "内容";
    quote_key: "Quote number", "报价单号";
    lines: "Lines", "明细";
    valid_until: "Valid until", "有效期至";
    quote_outcome: "Outcome", "结果";
    quote_outcome_open: "Open", "进行中";
    quote_outcome_won: "Won", "成交";
    quote_outcome_lost: "Lost", "丢单";
    quote_outcome_expired: "Expired", "过期";
    quote_outcome_replaced: "Replaced by a later version", "已被新版本替代";
    quote_version: "Version {n}", "第 {n} 版";
    quote_order: "Won: make the order", "成交，生成订单";
    quote_new_version: "A change of lines, discount, validity or content makes a new version; this one stays as it is.", "修改明细、折扣、有效期或内容会生成新版本，当前版本保持不变。";
    hint_quote_reason: "Needed when the offer is lost", "丢单时必填";
    reason: "Reason", "原因";
    first: "First version", "首个版本";
    version: "Version", "版本";

    promise_what: "What was promised", "承诺内容";
    due: "Due", "到期日";
    state: "State", "状态";
    state_open: "Open", "未兑现";
    state_kept: "Kept", "已兑现";
    state_broken: "Broken", "未守约";
    settled: "Settled on", "兑现日";
    promise_at: "Promised at", "承诺时间";
    product: "Product", "产品";

    need_what: "What is needed", "需要什么";
    level: "How much", "程度";
    level_must: "Must-have: without it they do not buy", "必备：没有就不买";
    level_nice: "Nice to have", "加分";
    rank: "Place among their needs", "重要性排名";
    hint_need_rank: "1 is what they would keep if they could have only one", "如果只能满足一个，排 1 的就是它";
    met: "Met", "已满足";
    hint_need_met: "Yes, when what we sell answers it", "我们的产品或服务能满足就选“是”";
    need_product: "Met by", "由哪个产品满足";
    need_at: "Recorded at", "记录时间";

    case_kind: "Kind", "类型";
    case_kind_complaint: "Complaint", "投诉";
    case_kind_service: "After-sales request", "售后";
    case_kind_unmet: "Unmet request", "未满足的需求";
    case_kind_compliment: "Compliment", "表扬";
    case_what: "What happened", "情况";
    case_staff: "Handled by", "处理人";
    case_at: "Raised at", "提出时间";
    status: "Status", "状态";
    status_open: "Open", "处理中";
    status_closed: "Closed", "已关闭";
    seen: "Seen at", "看到时间";
    replied: "Replied at", "回复时间";
    handed: "Handed over at", "转交时间";
    handed_to: "Handed over to", "转交给";
    closed: "Closed at", "关闭时间";
    care_e4: "Cost (gift, visit, repair)", "花费（礼品、上门、维修）";
    worth_e4: "Worth of what was asked for", "需求价值";
    result: "What changed because of it", "因此改了什么";

    member_name: "Name", "姓名";
    since: "Since", "加入日";
    left: "Left on", "离开日";
    member: "Member", "成员";
    course: "Course", "课程";
    day: "Day", "日期";
    expires: "Valid until", "有效期至";

    entitlement_name: "Service", "服务";
    free: "Free for", "免费提供给";
    paid: "To be paid by", "收费提供给";
    entitlement_price_e4: "Price where it is paid", "收费价格";

    renamed: "Names of choices before", "选项以前的名称";
    custom_field_name: "Name of the field", "字段名称";
    segment_name: "Name of the segment", "客群名称";
    segment_rule: "Rule", "规则";
    of: "Belongs to", "属于";
    of_customer: "Customer", "客户";
    of_product: "Product", "产品";
    of_order: "Order", "订单";
    input: "Type", "类型";
    input_text: "Text", "文字";
    input_number: "Number", "数字";
    input_money: "Money", "金额";
    input_date: "Date", "日期";
    input_choice: "One of a list", "单选";
    input_many: "Several of a list", "多选";
    input_yes_no: "Yes or no", "是或否";
    input_link: "Link to a record", "关联记录";
    choices: "Choices", "选项";
    target: "Linked to", "关联到";
    target_customer: "Customer", "客户";
    target_product: "Product", "产品";
    target_member: "Member", "成员";
    place: "Place in the form", "排列位置";
    hint: "Hint", "提示";
}

impl Locale {
    fn found(self, name: &str) -> Option<&'static str> {
        let (_, en, zh) = WORDS.iter().find(|(n, ..)| *n == name)?;
        Some(match self.language {
            Language::En => en,
            Language::Zh => zh,
        })
    }

    /// One of the words above; empty if there is none of this name.
    #[must_use]
    pub fn word(self, name: &str) -> &'static str {
        self.found(name).unwrap_or_default()
    }

    #[must_use]
    pub fn kind(self, kind: Kind) -> &'static str {
        self.word(&format!("kind_{}", kind.name()))
    }

    /// “New contact”, “Edit contact”.
    #[must_use]
    pub fn form_title(self, kind: Kind, is_new: bool) -> String {
        let what = self.kind(kind).to_lowercase();
        fill(self.word(if is_new { "form_new" } else { "form_edit" }), &[("what", &what)])
    }

    /// What a field is called.
    #[must_use]
    pub fn label(self, kind: Kind, name: &str) -> &'static str {
        self.found(&format!("{}_{name}", kind.name())).or_else(|| self.found(name)).unwrap_or_default()
    }

    /// What a choice is called; a choice of the user's own is its own name.
    #[must_use]
    pub fn choice(self, kind: Kind, field: &str, choice: &str) -> String {
        let own = format!("{}_{field}_{choice}", kind.name());
        let found = self.found(&own).or_else(|| self.found(&format!("{field}_{choice}")));
        found.map_or_else(|| choice.to_owned(), str::to_owned)
    }
}

/// Days 1 to 30 and months 1 to 12 of the Chinese calendar, as people say them.
const LUNAR_TENS: [&str; 4] = ["初", "十", "廿", "三"];
const LUNAR_ONES: [&str; 11] = ["十", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
const LUNAR_MONTHS: [&str; 12] = ["正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊"];

impl Locale {
    /// A lunar date as it is said.
    #[must_use]
    pub fn lunar_date(self, date: PartialDate) -> String {
        let (month, day) = self.lunar_names(date.month, date.day);
        let month = if date.leap { fill(self.word("form_leap"), &[("month", &month)]) } else { month };
        let year = date.year.map(|y| y.to_string()).unwrap_or_default();
        let pattern = self.word(if date.year.is_some() { "form_lunar_year" } else { "form_lunar_day" });
        let words = fill(pattern, &[("year", &year), ("month", &month), ("day", &day)]);
        fill(self.word("form_lunar"), &[("date", &words)])
    }

    /// Month and day of a lunar date: “8”, “15”; 八月、十五.
    #[must_use]
    pub fn lunar_names(self, month: u32, day: u32) -> (String, String) {
        let at = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
        let chinese = || {
            let month = LUNAR_MONTHS.get(at(month.checked_sub(1)?))?;
            let day = match day {
                20 => "二十".to_owned(),
                day => {
                    // The tenth and thirtieth end a series of ten.
                    let tens = LUNAR_TENS.get(at(if day == 10 { 0 } else { day / 10 }))?;
                    format!("{tens}{}", LUNAR_ONES.get(at(day % 10))?)
                }
            };
            Some((format!("{month}月"), day))
        };
        let plain = || (month.to_string(), day.to_string());
        if self.language == Language::Zh { chinese().unwrap_or_else(plain) } else { plain() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Input, Part};

    #[test]
    fn every_kind_field_choice_and_part_has_its_words() {
        let en = Locale::new(Language::En);
        for &kind in Kind::ALL {
            assert!(!en.kind(kind).is_empty(), "{kind:?}");
            for field in kind.form().into_iter().flat_map(|form| form.fields) {
                let name = field.name(kind);
                assert!(!en.label(kind, name).is_empty(), "{kind:?} {name}");
                if let Input::Choice(all) | Input::Many(all) = field.input {
                    for choice in all {
                        assert_ne!(en.choice(kind, name, choice), *choice, "{kind:?} {name} {choice}");
                    }
                }
            }
        }
        for part in Part::ALL {
            assert!(!en.word(&format!("part_{}", part.name())).is_empty(), "{part:?}");
        }
    }

    #[test]
    fn lunar_days_as_they_are_said() {
        let zh = Locale::new(Language::Zh);
        let cases = [
            (1, 1, "正月初一"),
            (8, 15, "八月十五"),
            (12, 23, "腊月廿三"),
            (11, 10, "冬月初十"),
            (6, 20, "六月二十"),
            (10, 30, "十月三十"),
            (3, 11, "三月十一"),
        ];
        for (month, day, want) in cases {
            let (m, d) = zh.lunar_names(month, day);
            assert_eq!(format!("{m}{d}"), want);
            let read = crate::domain::PartialDate::parse(&format!("农历{want}")).unwrap();
            assert_eq!((read.month, read.day), (month, day), "{want}");
        }
        assert_eq!(zh.lunar_names(0, 99), ("0".into(), "99".into()));
        assert_eq!(Locale::new(Language::En).lunar_names(8, 15), ("8".into(), "15".into()));
    }

    #[test]
    fn no_word_stands_twice() {
        let mut names: Vec<&str> = WORDS.iter().map(|(name, ..)| *name).collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
