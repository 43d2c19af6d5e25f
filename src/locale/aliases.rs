//! Other words under which a condition is looked for, in both languages: people type what their last program called it.

/// Of a figure or field by its name; nothing where its own name is the usual word.
#[must_use]
pub fn aliases(name: &str) -> &'static str {
    match name {
        "revenue" => "spend spent sales turnover amount 消费 消费金额 实收金额 累计消费 营业额",
        "profit" => "margin earnings 毛利 盈利 赚的钱",
        "purchases" => "orders frequency 消费次数 订单数 下单次数 频次",
        "last" => "recent recency latest order 最近消费 上次消费 最后下单",
        "first" => "new customer since 首次消费 首单 新客",
        "away" => "recency silent inactive 未消费天数 多久没来 没来",
        "refunds" => "returns 退货次数",
        "refunded" => "returned 退货金额",
        "group" => "kotler friend butterfly barnacle stranger 朋友 蝴蝶 贝壳 陌生人",
        "tier" => "level vip gold silver 会员等级 级别 金牌 银牌",
        "rfm" | "rfm_group" => "recency frequency monetary score 打分 冠军",
        "dormancy" => "asleep sleeping dozing inactive 瞌睡 睡眠 沉睡客户",
        "loyalty" => "loyal likely 忠诚",
        "interval" => "rhythm cadence 周期 频率",
        "worth" => "clv ltv lifetime value 终身价值 生命周期价值",
        "there" => "alive active 存活 活跃",
        "wallet_share" => "share of wallet 钱包占比 花费占比",
        "stayed" => "relationship length tenure since 关系长度 留存时长",
        "left" => "churn lost gone 流失日期",
        "mood" | "gap" => "satisfaction happy unhappy 满意 不满意",
        "contact" => "called visited touched 联系 回访 跟进",
        "inbound" => "contacted us 主动联系 来电",
        "choosing" => "decision time 决策时间",
        "discounted" => "price sensitive sale 打折 促销 价格敏感",
        "complaints" => "cases 投诉 抱怨",
        "must_haves" | "needs_met" => "needs wants 需求 必备",
        "brought" => "referral advocate 转介绍 推荐 老带新",
        "referrer" => "recommended by 推荐人 谁介绍",
        "added" => "created registered 创建时间 录入 注册",
        "changed" => "updated edited 更新 修改",
        "birthday" => "birth anniversary 生日",
        "owner" => "staff salesperson responsible 销售 跟进人",
        "tags" => "label 标记",
        "phone" => "mobile number 手机 号码",
        _ => "",
    }
}
