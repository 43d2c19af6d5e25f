//! Texts of the segments page and of charts.

super::texts! {
    /// Texts of the segments page and of charts.
    SegmentsTexts {
        title: "Segments", "分群";
        tabs: "Questions", "问题";
        tab_value: "Who is worth what?", "谁值得投入？";
        tab_rfm: "How do they buy?", "他们怎么买？";
        tab_tiers: "Where does the money come from?", "钱从哪里来？";
        tab_dormancy: "Who is falling asleep?", "谁快睡着了？";
        chart_value: "Profit and projected loyalty", "利润与预期忠诚度";
        chart_rfm: "Recency and frequency", "最近购买与购买频率";
        chart_tiers: "Profit by share of customers", "客户占比与利润占比";
        chart_dormancy: "The ladder of sleep", "沉睡阶梯";
        empty_title: "Nobody has bought yet", "还没有人买过东西";
        early_title: "Nobody had bought by {day}", "截至 {day}，还没有人买过东西";
        early_body: "The figures are as of the day that you chose. Your orders run from {first} to {last}.", "数字按你选的那一天计算。你的订单从 {first} 到 {last}。";
        empty_body: "This page is worked out from orders: who buys how often, how recently and how much. Bring in your orders and it fills.", "这一页由订单算出：谁买得勤、买得近、买得多。导入订单后就会显示在这里。";
        open_group_of: "Show the customers of “{group}”", "查看“{group}”的客户";
        group: "Group", "分群";
        share_of_customers: "Share of customers", "客户占比";
        share_of_profit: "Share of profit", "利润占比";
        thin_n: "Only {n} customer with a purchase: not enough data for a reliable picture.|Only {n} customers with a purchase: not enough data for a reliable picture.", "只有 {n} 位客户买过，数据不足，仅供参考。";

        value_answer: "{friends} brings {share} of the profit; {drifting} of them dozes or sleeps, who brought {money} of profit.|{friends} bring {share} of the profit; {drifting} of them doze or sleep, who brought {money} of profit.", "{friends}带来 {share} 的利润，其中 {drifting}在瞌睡或沉睡，至今利润 {money}。";
        value_answer_no_drift: "{friends} brings {share} of the profit, and is awake.|{friends} bring {share} of the profit, and none of them is dozing.", "{friends}带来 {share} 的利润，而且都很清醒。";
        value_answer_no_profit: "{friends} among {customers}; together they bring no profit yet.", "{customers}中有 {friends}，总体还没有带来利润。";
        n_true_friends: "{n} true friend|{n} true friends", "{n} 位真正的朋友";
        n_people: "{n}|{n}", "{n} 位";
        axis_loyalty: "Projected loyalty", "预期忠诚度";
        axis_profit: "Profit ({currency}, stretched scale)", "利润（{currency}，拉伸刻度）";
        map_label: "Map of {n} customer by profit and projected loyalty. Arrow keys move from mark to mark.|Map of {n} customers by profit and projected loyalty. Arrow keys move from mark to mark.", "{n} 位客户的利润与预期忠诚度分布图。用方向键逐个查看。";
        cut_profit: "Profit line", "利润分界线";
        cut_loyalty: "Loyalty line", "忠诚度分界线";
        cut_help: "Drag the two lines in the picture, move them with the arrow keys, or type where they stand.", "在图中拖动两条线，用方向键移动，或直接输入数值。";
        cut_profit_mean: "Follows the mean profit", "跟随平均利润";
        cut_reset: "Back to the default lines", "恢复默认分界线";
        cut_moved: "Lines moved", "分界线已移动";
        cut_profit_field: "Profit line ({currency})", "利润分界线（{currency}）";
        cut_loyalty_field: "Loyalty line (%)", "忠诚度分界线（%）";
        cut_not_a_number: "This is not a number.", "这不是数字。";
        cut_out_of_range: "Loyalty lies between 0 and 100%.", "忠诚度在 0 到 100% 之间。";
        cut_too_large: "That is more than 900 billion.", "金额超过了九千亿。";
        do_true_friend: "Invest continuously: stay close, reward them, ask them to bring friends.", "持续投入：保持联系，给予回报，请他们介绍朋友。";
        do_butterfly: "Sell now, do not over-invest.", "趁现在赚，不过度投入。";
        do_barnacle: "Raise their value or let go.", "提升价值，否则放手。";
        whom_true_friend: "Choose those who heard nothing for 90 days", "选出 90 天没联系的人";
        whom_butterfly: "Choose the butterflies that are awake", "选出清醒的蝴蝶";
        whom_barnacle: "Choose the barnacles that are awake", "选出清醒的贝壳";
        whom_stranger: "Choose those you contacted in 90 days", "选出 90 天内还联系过的人";
        do_stranger: "Spend nothing on them.", "不投入。";
        assumed: "{share} of the profit rests on the default margin, because costs are not known.", "{share} 的利润按默认毛利率估算，因为成本未知。";
        assumed_fix: "Enter product costs", "填写产品成本";
        how_value: "Profit is what was charged minus cost, less refunds and what care, gifts and service cost, as entered at interactions and cases; where a product’s cost is not known, the default margin is used. Projected loyalty runs from 0 to 100%: it rises with the number of purchases and falls the longer a customer stays away compared with the own rhythm. The two lines divide high from low.", "利润是实收金额减去成本、退款，以及在互动和工单里填写的关怀、礼品和售后花费；成本未知时按默认毛利率估算。预期忠诚度在 0 到 100% 之间：买得越多越高；与自己的购买节奏相比，离开越久越低。两条线把高低分开。";
        how_half_after: "Silence that halves loyalty", "使忠诚度减半的沉默时长";
        how_half_after_value: "{x} of the customer’s intervals", "{x} 个购买间隔";
        how_half_at: "Purchase days that make half of full loyalty", "达到一半忠诚度所需的购买日";
        how_care: "Care, gifts and service so far, for customers with a purchase", "至今对买过的客户的关怀、礼品和售后花费";
        how_margin: "Default margin", "默认毛利率";
        how_n: "Customers with a purchase", "买过的客户";
        how_fixed: "{value} (fixed)", "{value}（固定）";
        how_settings: "Change in Settings", "在设置中修改";
        how_as_of: "As of", "截至";
        tip_point: "Profit {profit}, loyalty {loyalty}", "利润 {profit}，忠诚度 {loyalty}";
        tip_open: "Enter or a second tap opens the customer", "按 Enter 或再点一下，打开客户";

        rfm_answer: "{champions} bought lately, often and much; {risk} used to buy well and stopped coming, worth {money} of revenue so far.", "{champions}最近买过、买得勤也买得多；{risk}以前买得好，最近没再来，累计销售额 {money}。";
        rfm_of: "Show in the cells", "格子里显示";
        rfm_of_customers: "Customers", "客户数";
        rfm_of_revenue: "Mean revenue", "平均销售额";
        rfm_axis_recency: "Recency: bought how lately", "最近购买：越上越近";
        rfm_axis_frequency: "Frequency: bought how often", "购买频率：越右越高";
        rfm_recency: "Recency", "最近购买";
        rfm_frequency: "Frequency", "购买频率";
        rfm_score: "Score", "分数";
        rfm_cell: "Recency {r}, frequency {f}: {customers}, mean revenue {revenue}", "最近购买 {r} 分，购买频率 {f} 分：{customers}，平均销售额 {revenue}";
        rfm_cell_keys: "Arrow keys move, Enter opens the customers", "方向键移动，Enter 打开客户";
        rfm_label: "Grid of customers by recency and frequency", "按最近购买和购买频率排列的客户网格";
        rfm_groups: "RFM groups", "RFM 分群";
        rfm_bounds: "Where the scores begin and end", "分数的界限";
        rfm_bound_days: "Days since the last purchase, fewer than", "距最近购买的天数，少于";
        rfm_bound_purchases: "Purchases, fewer than", "购买次数，少于";
        rfm_bound_revenue: "Revenue, less than", "销售额，低于";
        how_rfm: "Customers are ranked three times: by how lately they bought, how often, and for how much. Each ranking is cut into {bins} equal parts and scored from 1 (weakest) to {bins}. The groups have fixed ranges of scores, the same as in the R package rfm.", "把客户排三次序：最近一次购买有多近、买了多少次、花了多少钱。每个排序等分成 {bins} 份，从 1 分（最弱）到 {bins} 分。分群按固定的分数范围划分，与 R 语言的 rfm 包相同。";
        no_bound: "no limit", "不限";

        tiers_answer: "The best 20% of customers bring {share} of the profit; {few} of all customers bring 80%.", "最好的 20% 客户带来 {share} 的利润；{few} 的客户就带来了 80%。";
        tiers_answer_short: "The best 20% of customers bring {share} of the profit.", "最好的 20% 客户带来 {share} 的利润。";
        tiers_answer_no_profit: "Together the customers bring no profit yet, so there is no share to divide.", "总体还没有利润，无法计算占比。";
        pareto_x: "Customers, best first (%)", "客户，从最好的开始（%）";
        pareto_y: "Share of profit (%)", "利润占比（%）";
        pareto_label: "Pareto curve: share of profit by share of customers. Arrow keys move the reading line.", "帕累托曲线：客户占比对应的利润占比。用方向键移动读数线。";
        pareto_tip: "Best {customers}: {profit} of the profit", "最好的 {customers}：{profit} 的利润";
        pareto_open: "Show the best {share}", "查看最好的 {share}";
        pareto_equal: "if all were equal", "若人人相同";
        potential: "Potential a year", "每年的潜力";
        tier_share: "{share} of the profit", "{share} 的利润";
        how_tiers: "Customers stand in order of profit so far. A customer is in the best tier whose share of the list is reached either by profit so far or by potential, which is the yearly profit at the customer’s own rhythm times projected loyalty. The last tier takes all others.", "客户按至今利润排序。至今利润或潜力达到某个等级的占比，就归入能达到的最好等级；潜力是按客户自己的节奏估算的每年利润乘以预期忠诚度。最后一级包含其余所有客户。";
        how_tier_rule: "top {present} by profit, or top {potential} by potential", "利润前 {present}，或潜力前 {potential}";
        how_tier_rest: "all others", "其余所有客户";

        dormancy_answer: "Awake: {awake} of {customers}; in the last month {slid} slid towards sleep and {woke} woke up.", "{customers}中有 {awake}清醒；最近一个月 {slid}滑向沉睡，{woke}醒了过来。";
        dormancy_label: "Ladder from awake to asleep", "从清醒到沉睡的阶梯";
        dormancy_now: "Now", "现在";
        dormancy_before: "A month ago", "一个月前";
        dormancy_slid_in: "Slid here", "滑到这里";
        dormancy_woke_in: "Woke to here", "醒到这里";
        dormancy_new: "New", "新客户";
        dormancy_left: "Left", "离开";
        dormancy_axis: "Customers", "客户数";
        dormancy_moves: "Movement in a month", "一个月内的变动";
        dormancy_thin: "{n} customer was judged by fixed days, because there are too few purchases to show a rhythm.|{n} customers were judged by fixed days, because there are too few purchases to show a rhythm.", "{n} 位客户的购买次数太少，看不出节奏，按固定天数判断。";
        dormancy_step: "{step}: {customers}, {share}", "{step}：{customers}，{share}";
        do_awake: "Keep the rhythm.", "保持节奏。";
        do_dozing: "Get in touch before the habit breaks.", "趁习惯还在，联系一下。";
        do_half_asleep: "Call them: ask what is missing.", "打个电话，问问缺了什么。";
        do_asleep: "Wake the valuable ones, let the others be.", "唤醒有价值的，其余的随他们去。";
        how_dormancy: "Each customer is compared with the own rhythm: the median number of days between purchases. From {a} times that a customer dozes, from {b} times is half-asleep, from {c} times asleep. However quick the rhythm, these steps begin after {p}, {q} and {r} days at the earliest. With fewer than {min} purchase days, fixed days are used instead: {x}, {y} and {z}.", "每位客户与自己的节奏比较，节奏是两次购买之间天数的中位数。达到 {a} 倍算瞌睡，{b} 倍算半睡，{c} 倍算沉睡。节奏再快，这三级也最早分别从 {p}、{q} 和 {r} 天算起。购买日少于 {min} 天的，改用固定天数：{x}、{y} 和 {z} 天。";

        export_csv: "Table as CSV", "表格（CSV）";
        export_png: "Picture as PNG", "图片（PNG）";
        export_failed: "The file could not be made: {detail}", "没能生成文件：{detail}";
        png_failed: "The picture could not be made; the table can still be exported.", "没能生成图片，仍可导出表格。";
        chart_actions: "Picture and export", "图形与导出";
    }
}
