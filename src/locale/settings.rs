//! Settings.

super::texts! {
    /// Settings.
    SettingsTexts {
        title: "Settings", "设置";
        answer: "Everything that Kith assumes can be changed here; figures follow at once.", "知客的各项默认规则都可以在这里修改，数字会立刻更新。";
        search: "Search settings", "搜索设置";
        search_none: "No setting fits “{text}”.", "没有符合“{text}”的设置。";
        reset: "Reset to {value}", "恢复默认值 {value}";
        saved: "Setting", "设置";

        group_business: "Business", "生意";
        business_name: "Name of the business", "店铺或公司名称";
        business_name_hint: "Shown at the top of the navigation.", "显示在导航顶部。";
        currency: "Currency", "币种";
        currency_hint: "Money figures count the orders in this currency. Amounts in segments and settings stay: 100 stays 100.", "金额统计只计算这一币种的订单。客群和设置中的金额保持不变：100 还是 100。";
        default_margin: "Default margin", "默认毛利率";
        default_margin_hint: "Profit as a share of the amount where a product's cost is not known.", "不知道产品成本时，按这个比例估算利润。";

        group_team: "Team and service", "团队与售后";
        team_open: "Members, their training, and which service is free for whom", "成员、培训，以及各等级的免费和收费服务";
        group_own: "Own fields", "自定义字段";
        group_hints: "Broken habits", "中断的习惯";
        group_freshness: "Freshness of facts", "资料新鲜度";
        stale_days: "To verify after", "多久需要核实";
        stale_days_hint: "Phone, address, company and the like are listed for checking after so many days without a word.", "电话、地址、公司等资料超过这些天没有确认，就列入待核实。";
        group_duplicates: "Duplicates", "重复客户";
        least_percent: "Called the same from", "多大可能算重复";
        least_percent_hint: "Two customers are shown as duplicates from this likelihood on, 1 to 99.", "两位客户相同的可能性达到多少才列为重复，1 到 99。";
        group_rfm: "RFM scores", "RFM 评分";
        rfm_bins: "Groups per score", "每项分几档";
        rfm_bins_hint: "Quantile groups for recency, frequency and money, 3 to 9.", "最近购买、购买频率、金额各按分位数分档，3 到 9 档。";

        group_kotler: "Value groups (Kotler)", "价值分群（科特勒）";
        profit_cut: "Profit that divides high from low", "利润高低的分界";
        profit_cut_hint: "Empty: the mean profit of customers with a purchase.", "留空则取有购买客户的平均利润。";
        loyalty_cut: "Loyalty that divides high from low", "忠诚度高低的分界";
        loyalty_cut_hint: "Projected loyalty, 0–100%.", "预期忠诚度，0–100%。";

        group_tiers: "Tiers", "客户等级";
        tiers_hint: "From the best down. A customer takes the first tier whose share they reach, by profit so far or by potential a year. The last tier takes all others.", "从高到低排列。按至今利润或每年的潜力，进入第一个够得着的等级；最后一级包含其余客户。";
        tier_name_zh: "Name in 中文", "中文名";
        tier_name_en: "Name in English", "英文名";
        tier_present: "Best by profit so far", "按至今利润取前";
        tier_potential: "Or best by potential a year", "或按每年的潜力取前";
        tier_all_others: "All others", "其余客户";
        tier_add: "Add a tier", "添加等级";
        tier_remove: "Remove {name}", "删除{name}";
        tier_up: "Move {name} up", "上移{name}";
        tiers_change: "Change the tiers", "修改等级";
        tiers_save: "Save the tiers", "保存等级";
        tiers_reset: "Reset the tiers", "恢复默认等级";
        tier_new: "New tier", "新等级";

        group_satisfaction: "Satisfaction", "满意度";
        half_life: "Half-life of an answer", "评价的半衰期";
        half_life_hint: "After so long an answer counts half in the score.", "过了这么久，评价在得分中的权重减半。";
        min_answers: "Least answers", "最少评价数";
        min_answers_hint: "Figures of fewer answers are called “not enough data”.", "评价少于这个数时显示“数据不足”。";
        group_worth: "Future value", "未来价值";
        worth_horizon: "Months ahead", "预测月数";
        worth_horizon_hint: "How far ahead purchases count.", "计算未来多少个月的购买。";
        worth_discount: "Discount a month", "每月折现率";
        worth_discount_hint: "What money loses in a month.", "钱每月贬值多少。";
        worth_risk: "May be gone below", "低于多少算可能离开";
        worth_risk_hint: "Chance of still being there.", "还在的可能。";
        worth_hold_out: "Part kept for the test", "留作检验的部分";
        worth_hold_out_hint: "The last part of the time, which the forecast does not see.", "最近的一段时间，不参与计算。";
        worth_most_off: "Largest error in the test", "检验允许的最大偏差";
        worth_most_off_hint: "Above it the forecast is not used.", "超过时不使用预测。";
        worth_min_customers: "Fewest customers", "最少客户数";
        worth_min_repeaters: "Fewest who came back", "最少再次购买的客户数";
        worth_min_weeks: "Fewest weeks", "最少周数";
        worth_min_hint: "Below it nothing is forecast.", "不足时不预测。";
        worth_min_spread: "Evenness of a contract", "像合同一样均匀";
        worth_min_spread_hint: "Intervals that differ by less are no chance.", "购买间隔的差异低于此值，就不是随机购买。";
        worth_most_seasonal: "Highest season", "季节高峰上限";
        worth_most_seasonal_hint: "How far the best month may stand above the mean.", "最好的月份最多可高出平均多少。";
        worth_margin_weight: "Weight of everybody’s margin", "总体利润率的权重";
        worth_margin_weight_hint: "In purchases: so many of the customer’s own weigh as much.", "以购买次数计：自己买这么多次后，两者权重相同。";

        group_churn: "Who has left", "流失";
        churn_days: "Days without a purchase", "多少天没有购买";
        churn_days_hint: "Empty: from asleep on, by each customer’s own rhythm.", "留空：按各自的节奏，达到沉睡就算。";

        group_keeping: "What keeping is worth", "留住客户的价值";
        keep_win: "What winning a new customer costs", "赢得一位新客户的成本";
        keep_win_hint: "Advertising, commission, first discounts and time, divided by the new customers.", "广告、佣金、首单优惠和时间，除以新客户数。";
        keep_ratio: "Winning costs so many times as much as keeping", "赢得新客户的成本是留住客户的几倍";
        keep_ratio_hint: "Usually said to be 6 to 10.", "通常说 6 到 10 倍。";
        keep_brought: "New customers that 100 satisfied ones bring", "100 位满意的客户带来的新客户";
        keep_brought_hint: "Usually said to be 25, once.", "通常说 25 位，只带一次。";
        keep_years: "Years ahead", "计算多少年";
        keep_years_hint: "The further, the less sure.", "越远越不确定。";
        keep_customers: "Customers now", "现有客户数";
        keep_profit: "Profit of one customer in a year", "一位客户一年的利润";
        keep_now: "Kept in a year, now", "现在一年留住";
        keep_then: "Kept in a year, as wished", "希望一年留住";
        keep_orders_hint: "Empty: what your orders say.", "留空：按订单计算。";
        keep_then_hint: "Empty: five points more than now.", "留空：比现在高五个百分点。";

        group_dormancy: "Falling asleep", "沉睡规则";
        multiples: "Multiples of the own rhythm", "自身节奏的倍数";
        multiples_hint: "Dozing, half-asleep, asleep, as multiples of the customer's median purchase interval.", "距上次购买达到自身间隔中位数的几倍，算瞌睡、半睡、沉睡。";
        fixed_days: "Fixed days with little history", "历史太少时的固定天数";
        fixed_days_hint: "Dozing, half-asleep, asleep, in days.", "瞌睡、半睡、沉睡各需多少天。";
        min_purchases: "Purchases for an own rhythm", "至少几次购买才看节奏";
        min_purchases_hint: "On different days; below it the fixed days count.", "按不同日期计算，不足时用固定天数。";
        floor_days: "Nobody dozes before", "最少多少天才算瞌睡";
        floor_days_hint: "Days, however quick the own rhythm.", "天数，无论自身节奏多快。";
        days: "days", "天";
        times: "times", "倍";

        group_device: "This device", "这台设备";
        language: "Language", "语言";
        language_zh: "中文", "中文";
        language_en: "English", "English";
        theme: "Theme", "主题";
        storage: "Storage", "存储";
        storage_more: "Protection, space and the last backup", "保护状态、空间和上次备份";
        offline_ready: "Kith is kept on this device and starts without a network.", "知客已保存在这台设备上，没有网络也能打开。";
        offline_pending: "The copy for offline use is being made.", "正在准备离线副本。";
        offline_unavailable: "This browser keeps no copy for offline use: {detail}", "这个浏览器没有保留离线副本：{detail}";

        group_about: "About", "关于";
        privacy: "Privacy", "隐私";
        privacy_body: "Kith has no server. Everything you enter stays in this browser, on this device; nothing is sent anywhere. A strict content-security policy lets the browser prove it.", "知客没有服务器。你输入的一切都留在这台设备的浏览器里，不会发送到任何地方。严格的内容安全策略由浏览器保证这一点。";
        version: "Version", "版本";
        build: "Build", "构建";
    }
}
