//! What customers will be worth: the tab, the customer's panel, the list's columns, why there is no outlook.

super::texts! {
    /// What customers will be worth.
    WorthTexts {
        tab: "What will they be worth?", "未来值多少？";
        answer: "Over the next {months} your customers will bring about {total} of profit, between {low} and {high};", "未来 {months}，客户预计带来约 {total} 的利润（{low} 至 {high}）；";
        answer_loss: "Expect a loss: over the next {months} profit from your customers will be about {total}, between {low} and {high};", "预计会亏损：未来 {months}，客户带来的利润约为 {total}（{low} 至 {high}）；";
        answer_risk: "{money} of it hangs on {people} who may be gone already.", "其中 {money} 来自 {people}，他们可能已经离开。";
        answer_gone: "{people} may be gone already.", "{people}可能已经离开。";
        answer_safe: "of those who came back nobody seems to be gone.", "再次购买过的人里，看来没有人已经离开。";
        answer_once: "Of {once} there is one purchase to go by, which does not tell whether they are still there; asleep among them: {asleep}.", "{once}只有一次购买可以依据，看不出是否还在，其中沉睡的有 {asleep}。";
        answer_none: "There is no reliable outlook. So far your customers brought {money} of profit.", "暂时无法可靠预测。客户至今带来 {money} 的利润。";
        n_months: "{n} month|{n} months", "{n} 个月";

        stop: "Stop", "停止";
        go_on: "Go on", "继续";
        stopped: "Stopped", "已停止";
        stopped_body: "The future value of customers is not worked out yet. What is done so far is kept.", "客户的未来价值还没有算完，已完成的部分会保留。";

        trend: "Customer equity month by month", "客户资产逐月走势";
        trend_why: "The forecast is made anew for the end of each of the last twelve months, from the orders up to that day. With many customers this takes a moment.", "按过去十二个月每个月末之前的订单，逐月重新预测。客户多时需要一点时间。";
        trend_start: "Work it out", "开始计算";
        trend_working: "Working out earlier months", "正在计算之前各月";
        trend_up: "Customer equity rose from {before} ({day}) to {now} ({last}), by {change}.", "客户资产从 {before}（{day}）升至 {now}（{last}），增加 {change}。";
        trend_down: "Customer equity fell from {before} ({day}) to {now} ({last}), by {change}.", "客户资产从 {before}（{day}）降至 {now}（{last}），减少 {change}。";
        trend_same: "Customer equity was {before} on {day} and {now} on {last}: no clear change, the intervals overlap.", "客户资产在 {day}为 {before}，{last}为 {now}：区间重叠，看不出明显变化。";
        trend_risk: "At risk: {risk_before} of it on {day}, {risk} on {last}.", "其中有风险的部分：{day}为 {risk_before}，{last}为 {risk}。";
        trend_since: "Since then there is no reliable forecast.", "此后无法可靠预测。";
        trend_one: "There is a reliable forecast for one of these days only, so nothing can be said of a trend.", "只有一天能够可靠预测，还看不出走势。";
        trend_none: "On none of these days was there a reliable forecast; the profit so far is shown instead.", "这些日子都无法可靠预测，图中是至今的利润。";
        trend_bar: "{money} ± {half}", "{money} ± {half}";
        trend_bar_loss: "loss of {money} ± {half}", "亏损 {money} ± {half}";
        trend_bar_none: "no forecast; profit so far {money}", "无法预测；至今利润 {money}";
        trend_legend: "Each month stands for its end, the last one for the as-of day. Dark: hangs on customers who may be gone. Thin line and ±: 95% interval. A month opens its customers as of that day.", "每个月按月末计算，最后一行按截至日期。深色：来自可能已经离开的客户。细线和 ±：95% 区间。点击月份，查看当日的客户。";
        trend_how: "Each line is what this page would have said on that day: the models are fitted and tested anew with the orders up to then, by today’s settings, costs and margins. Orders entered later count on the day that they were made. Where the forecast did not hold, the profit so far is named instead, and the table says why.", "每一行是本页在当天会给出的结果：用截至当日的订单重新拟合和检验模型，设置、成本和毛利率按现在的。后来补录的订单算在发生的那一天。预测不可靠的月份只写出至今的利润，表格里说明原因。";
        equity: "Customer equity", "客户资产";
        low: "Lower end", "区间下限";
        high: "Upper end", "区间上限";
        risk: "At risk", "有风险的部分";
        why: "Why no forecast", "无法预测的原因";

        why_customers: "Only {n} customer with a purchase; a forecast needs at least {least}.|Only {n} customers with a purchase; a forecast needs at least {least}.", "买过的客户只有 {n} 位，至少 {least} 位才能预测。";
        why_repeaters: "Only {n} customer came back; a forecast needs at least {least}.|Only {n} customers came back; a forecast needs at least {least}.", "再次购买的客户只有 {n} 位，至少 {least} 位才能预测。";
        why_weeks: "Only {n} week of orders; a forecast needs at least {least}.|Only {n} weeks of orders; a forecast needs at least {least}.", "订单只有 {n} 周，至少 {least} 周才能预测。";
        why_free: "Nothing was charged for any purchase, so nothing can be said of profit to come.", "所有购买都没有收费，无法预测未来利润。";
        why_alike: "Only {n} history of purchases, the same for all; a forecast needs at least {least} different ones.|Only {n} different histories of purchases; a forecast needs at least {least}.", "客户的购买记录只有 {n} 种，至少 {least} 种才能预测。";
        why_regular: "People buy as evenly as by contract: intervals differ by only {value}. The forecast is for customers who come when they like.", "购买间隔像合同一样均匀，只相差 {value}。这种预测适合想来就来的客户。";
        why_seasonal: "Purchases follow the season: {month} stands {value} above the mean year after year, which the forecast does not know.", "购买随季节变化：{month}每年都比平均高 {value}，预测模型不了解这一点。";
        why_fit: "The calculation found no answer for these orders.", "这些订单算不出稳定的结果。";
        why_off: "The forecast was checked against the last part of the orders and was off by {value}; more than {limit} is too much.", "用最近一段订单检验，预测偏差 {value}，超过了 {limit} 的上限。";
        why_instead: "The profit so far is shown instead.", "下面显示的是至今的利润。";

        loyalty_score: "Projected loyalty follows the rhythm score.", "预期忠诚度按节奏分数计算。";
        loyalty_model: "Projected loyalty is the chance of buying again within a year, by the forecast as fitted on {day} to {n} customers; its test was off by {off}.", "预期忠诚度是一年内再次购买的可能，依据 {day} 用 {n} 位客户拟合的预测，检验偏差 {off}。";
        loyalty_untested: "Projected loyalty is the chance of buying again within a year, by the forecast as fitted on {day} to {n} customers; it could not be tested.", "预期忠诚度是一年内再次购买的可能，依据 {day} 用 {n} 位客户拟合的预测，尚未检验。";
        loyalty_more: "Choose", "选择";
        loyalty_title: "Projected loyalty", "预期忠诚度";
        loyalty_use: "Judge loyalty by this forecast", "用这个预测判断忠诚度";
        loyalty_again: "Fit it anew to today’s orders", "按现在的订单重新拟合";
        loyalty_back: "Back to the rhythm score", "恢复节奏分数";
        loyalty_later: "As soon as a forecast is reliable, you can choose it here instead.", "有可靠的预测之后，可以在这里改用它来判断。";
        loyalty_saved: "Loyalty judged anew", "忠诚度已重新计算";
        how_loyalty: "Profit is what was charged minus cost, less refunds and what care, gifts and service cost, as entered at interactions and cases; where a product’s cost is not known, the default margin is used. Projected loyalty is the chance that a customer is still there and buys again within a year, by the model BG/NBD with the parameters that were chosen for the book; they stay until somebody fits them anew. The two lines divide high from low.", "利润是实收金额减去成本、退款，以及在互动和工单里填写的关怀、礼品和售后花费；成本未知时按默认毛利率估算。预期忠诚度是客户仍在、并在一年内再次购买的可能，由 BG/NBD 模型按选定的参数算出，重新拟合之前参数不变。两条线把高低分开。";
        how_fitted: "Fitted as of", "拟合日期";
        how_customers: "Customers in the fit", "拟合所用客户";

        chart: "Repeat purchases, expected and actual", "复购次数：预期与实际";
        check_off: "The forecast was tested: it had not seen the orders after {day}. It expected {expected} repeat purchases, {actual} came: off by {off}.", "预测经过检验：{day}之后的订单没有参与计算。预期复购 {expected} 次，实际 {actual} 次，偏差 {off}。";
        check_few: "The forecast could not be tested: too few purchases after {day}.", "预测还无法检验：{day}之后的购买太少。";
        check_none: "This forecast is untested: no part of the orders was kept back for a test, or what came before it was too little to fit.", "预测未经检验：没有留出一段订单用来检验，或之前的订单太少，无法拟合。";
        season_unknown: "Whether purchases follow the season could not be checked: that takes two whole years of orders.", "购买是否随季节变化还无法判断：需要两个完整年度的订单。";
        related_little: "How much customers spend per purchase depends little on how often they buy (correlation {r}), as the forecast assumes.", "客户每次花多少，与购买的频繁程度关系不大（相关系数 {r}），符合预测的假设。";
        related_unclear: "{people} who came back are too few to tell whether those who buy more often spend more or less per purchase (correlation {r}). The forecast assumes that it makes no difference.", "再次购买的只有 {people}，还看不出买得更勤的人每次花得更多还是更少（相关系数 {r}）。预测假设两者无关。";
        related_more: "Customers who buy more often spend more per purchase (correlation {r}). The forecast assumes that it makes no difference, so money per customer may be off: too much for those who bought seldom, too little for those who buy often.", "买得更勤的客户，每次花得也更多（相关系数 {r}）。预测假设两者无关，所以每位客户的金额可能有偏差：买得少的偏高，买得多的偏低。";
        related_less: "Customers who buy more often spend less per purchase (correlation {r}). The forecast assumes that it makes no difference, so money per customer may be off: too little for those who bought seldom, too much for those who buy often.", "买得更勤的客户，每次花得反而更少（相关系数 {r}）。预测假设两者无关，所以每位客户的金额可能有偏差：买得少的偏低，买得多的偏高。";
        related_hint: "0: unrelated. 1 or −1: one follows from the other. A warning comes from 0.3 on, when chance is an unlikely reason.", "0 表示无关，1 或 −1 表示完全相关。达到 0.3 且不太可能出于偶然时会提醒。";
        expected: "Expected", "预期";
        actual: "Actual", "实际";
        unseen: "not seen by the forecast", "预测没见过的部分";
        until: "Until", "截至";
        axis: "Repeat purchases so far, of customers who first bought before the test began", "检验开始前首次购买的客户的累计复购次数";

        list: "Worth most", "最有价值的客户";
        list_all: "All by future value", "按未来价值查看全部";
        value: "Future value", "未来价值";
        value_hint: "Profit expected over the next months, less what money loses with time (CLV).", "未来几个月的预期利润，已按时间折现（客户终身价值，CLV）。";
        there: "Still there", "还在的可能";
        there_hint: "Chance that the customer has not left for good, P(alive). Not known of who bought once (–): the model lets customers leave only when they have come back.", "客户没有彻底离开的概率，P(alive)。只买过一次的显示“–”：模型只在再次购买之后才判断是否离开。";
        there_once: "not known: one purchase to go by", "只有一次购买可以依据，看不出";
        purchases: "Purchases to come", "预期购买";
        purchases_hint: "Days with a purchase expected over the next months.", "未来几个月预计有购买的天数。";
        spend: "Each", "每次金额";
        spend_hint: "Amount expected of a purchase: the own mean, drawn to everybody’s the fewer purchases there were.", "每次购买的预期金额：购买越少，越接近所有人的平均。";
        so_far: "Profit so far", "至今利润";
        so_far_hint: "Historical CLV.", "历史客户价值。";
        at_risk: "May be gone", "可能已离开";
        not_at_risk: "Probably still there", "很可能还在";

        notes: "Who bought once counts as still there in the sum, but the longer ago, the less is expected of them. With refunds: {refunded}; refunds and costs lower the margin ({margin} on the whole). Came back only at no charge: {free}; hardly any amount is expected of them.", "只买过一次的客户在总数里算作还在，但上次购买越久远，预期越少。有退款：{refunded}，退款和成本会压低利润率（总体 {margin}）。之后只免费领取、没有付过费的：{free}，预期金额很低。";
        interval: "95% interval: ± {parameters} because the figures are estimates, ± {chance} because customers buy by chance.", "95% 区间：估计误差 ± {parameters}，购买的随机性 ± {chance}。";

        how: "While a customer stays, purchases come at random at the customer’s own rate; after each purchase the customer leaves with a probability of their own. Both are estimated from who came when (BG/NBD; Fader, Hardie & Lee 2005), amounts likewise (gamma-gamma; Fader & Hardie 2013). Future value is purchases × amount × margin, month by month, discounted. Purchases on one day count as one.", "客户还在时，按自己的频率随机购买；每次买完后，以自己的概率离开。两者都从购买时间估计（BG/NBD 模型，Fader、Hardie 与 Lee，2005），金额同理（Gamma-Gamma 模型，Fader 与 Hardie，2013）。未来价值按月计算：次数 × 金额 × 利润率，再折现。同一天的购买算一次。";
        how_rate: "Purchase rate: r, α (weeks)", "购买频率：r、α（周）";
        how_leave: "Leaving: a, b", "离开：a、b";
        how_amount: "Amounts: p, q, v", "金额：p、q、v";
        how_edge: "at the edge: hardly anybody leaves for good, or all alike", "到达边界：几乎没有人彻底离开，或人人相同";
        how_mape: "Mean error of the curve in the test (MAPE)", "检验期曲线的平均误差（MAPE）";
        how_related: "Correlation of amount and number of purchases", "金额与购买次数的相关系数";
        how_related_value: "{r} (95%: {low} to {high}; {people} who came back)", "{r}（95%：{low} 至 {high}；再次购买的客户 {people} 位）";
        how_discount: "Discount a month", "每月折现率";
        how_means: "own means (the model of amounts does not fit)", "各自的平均（金额模型不适用）";

        panel: "Outlook", "未来展望";
        panel_value: "Future value, {months}", "未来价值（{months}）";
        panel_once: "There is one purchase to go by: little is known yet, and not whether they are still there.", "只有一次购买可以依据，了解还很少，也看不出是否还在。";
        panel_biased: "Customers who buy more often spend other amounts, which the forecast does not know: the money may be off.", "买得勤的客户每次花的金额不同，预测不了解这一点，金额可能有偏差。";
        panel_foreign: "Bought in other currencies only; the outlook counts the book’s own.", "只用其他货币购买过，预测只计算本位币的订单。";
        foreign: "Left out: {people} who bought in other currencies only. With another currency of the book you see theirs.", "{people}只用其他货币购买过，不在其中。更换本位币后可以看到他们。";
        panel_prospect: "Nothing bought yet, so there is no outlook.", "还没有买过，无法预测。";
    }
}
