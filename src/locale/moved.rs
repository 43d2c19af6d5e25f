//! What moved since last time.

super::texts! {
    /// What moved since last time.
    MovedTexts {
        tab: "What moved?", "有什么变化？";
        title: "What moved since last time?", "上次以来有什么变化？";
        answer: "Since {before}, {people} went from {from} to {to}, worth {money} of profit so far. In all {moved} moved; new: {new}; fell asleep: {asleep}.", "{before}以来，{people}从{from}变为{to}，至今利润 {money}。总共 {moved}有变化，新增 {new}，陷入沉睡 {asleep}。";
        answer_still: "Since {before}, none of those who had bought moved; new: {new}; fell asleep: {asleep}.", "{before}以来，老客户都没有变化，新增 {new}，陷入沉睡 {asleep}。";
        answer_young: "Before {before} nobody had bought; new: {new}.", "{before}之前还没有人买过，{new}全是新客户。";
        since: "Compared with", "对比";
        since_month: "A month ago", "一个月前";
        since_quarter: "A quarter ago", "一个季度前";
        since_year: "A year ago", "一年前";
        by: "Between", "看什么";
        by_group: "Groups", "分群";
        by_tier: "Tiers", "等级";
        by_dormancy: "Steps of sleep", "沉睡阶梯";
        chart: "Who went where", "从哪里到哪里";
        label: "Bands from where customers stood then to where they stand now; each opens its customers", "从当时所在到现在所在的流向图，每一条都能打开对应的客户";
        new: "New", "新客户";
        flow: "{from} → {to}: {customers}, profit {money}", "{from} → {to}：{customers}，利润 {money}";
        from: "From", "原来";
        to: "To", "现在";
        before_potential: "Potential a year then", "当时每年的潜力";
        now_potential: "Potential a year now", "现在每年的潜力";
        list: "The movements that cost or bring most", "影响最大的变化";
        movement: "Movement", "变化";
        change: "Potential a year", "每年的潜力";
        none: "Nobody moved.", "没有人变化。";
        chip: "{from} → {to} ({since})", "{from} → {to}（{since}）";
        elsewhere: "anywhere else", "别处";
        anywhere: "anywhere", "任意位置";
        other: "elsewhere ({by})", "其他位置（{by}）";
        better: "a better place ({by})", "更好的位置（{by}）";
        worse: "a worse place ({by})", "更差的位置（{by}）";
        how: "Every customer’s place is computed for both days from the orders as they are in the book now and by today’s settings: an order entered late counts on the day that it was made. Each day is compared within itself: where the mean profit or the ranking moved, a customer may change place without an order of their own. Nobody who has bought drops out; who was lost is asleep.", "两天的位置都用现在的订单和现在的设置计算，补录的订单按下单那天算。每一天各自比较：平均利润或排名变了，客户自己没有下单也可能换位置。买过的客户不会消失，流失的客户会落到“沉睡”。";
        drift: "Drift since a quarter ago", "一个季度以来的移动";
        drift_off: "No arrows", "不显示箭头";
        drift_all: "Biggest movers", "变化最大的客户";
        drift_some: "{n} arrow, from where the customer stood to where they stand now: those whose potential changed most. As a table, the chart names them.|{n} arrows, from where customers stood to where they stand now: those whose potential changed most. As a table, the chart names them.", "{n} 个箭头，从当时的位置指向现在：潜力变化最大的客户。切换到表格可以看到是谁。";
        loyalty_before: "Loyalty, a quarter ago", "一个季度前的忠诚度";
        loyalty_now: "Loyalty, now", "现在的忠诚度";
        profit_before: "Profit, a quarter ago", "一个季度前的利润";
        profit_now: "Profit, now", "现在的利润";
        drift_none: "Nobody of these moved.", "这些客户没有移动。";
        area: "Select an area", "框选一片";
        area_help: "Drag a rectangle in the picture, or type its bounds.", "在图中拖出一个矩形，或输入边界。";
        area_holds: "{customers} inside, {money} of profit.", "框内有 {customers}，利润 {money}。";
        area_open: "Open the list", "打开列表";
        loyalty_from: "Loyalty from (%)", "忠诚度从（%）";
        loyalty_to: "Loyalty to (%)", "忠诚度到（%）";
        profit_from: "Profit from ({currency})", "利润从（{currency}）";
        profit_to: "Profit to ({currency})", "利润到（{currency}）";
        mix: "Month by month", "逐月变化";
        mix_of: "Show", "看哪一类";
        mix_answer: "{stand}: {before} on {day}, {share_before} of all who had bought; {now} on {day_now}, {share_now}.", "{stand}：{day}有 {before} 位，占买过的客户的 {share_before}；{day_now}有 {now} 位，占 {share_now}。";
        mix_young: "There is one month so far; from the next on you see what changed.", "目前只有一个月的数据，下个月起可以看到变化。";
        mix_bar: "{n} ({share})", "{n} 位（{share}）";
        mix_legend: "Each month stands for its end, the last one for the as-of day.", "每个月按月末计算，最后一行为截至日期。";
        mix_month: "Month", "月份";
        mix_how: "How many stood there at the end of each month, and at the as-of day, among all who had bought by then; by the orders as they are in the book now and today’s settings. A bar opens its customers as of that day.", "每个月末（最后一行为截至日期）处在这一类的客户数，以及占当时所有买过的客户的比例。按现在的订单和现在的设置计算。点击横条可以打开当时的客户。";
        how_days: "Days compared", "对比的两天";
    }
}
