//! Who stays, who brings whom, what keeping is worth: the Insights pages and the columns of the list that go with them.

super::texts! {
    /// The Insights pages.
    RetentionTexts {
        nav: "Insights", "洞察";
        more: "More", "更多";
        tabs: "Questions", "问题";
        tab_stay: "Who stays?", "谁留下来了？";
        tab_referrals: "Who brings whom?", "谁带来了谁？";
        tab_keeping: "What is keeping worth?", "留住客户值多少？";

        left_on: "Gone since", "流失日期";
        stayed: "Days with you", "客户关系天数";
        wallet_share: "Share of wallet", "钱包份额";
        inbound: "Contacts they made", "客户主动联系次数";
        choosing: "Days from first contact to first purchase", "首次联系到首次购买的天数";
        discounted: "Purchases with a discount", "有折扣的购买次数";
        complaints: "Complaints", "投诉次数";
        must_haves: "Must-haves on record", "记录的必备需求数";
        needs_met: "Must-haves that are met", "已满足的必备需求数";
        forgave: "Bought again after a complaint", "投诉后再次购买";
        brought: "Customers they brought", "带来的客户数";

        answer: "Of {then} who were with you a year ago, {share} still are. {gone} have left in all; half of all relationships last longer than {median}.", "一年前在的 {then}中，{share} 现在还在。累计流失 {gone}；一半的客户关系超过 {median}。";
        answer_young: "Your orders are not a year old yet: {there} of {n} are still with you, {gone} have left.", "订单还不到一年：{n}中 {there}还在，{gone}已流失。";
        currencies: "Amounts count orders in {currency} only. Not in them: {others}.", "金额只计算 {currency} 的订单，未计入：{others}。";
        currency_orders: "{n} in {code}, {money} in all", "{code} {n} 笔共 {money}";

        tiles: "Six signs of loyalty", "忠诚的六个信号";
        tile_repeat: "Bought again", "复购率";
        tile_repeat_def: "Customers with two or more purchases, of all customers with a purchase.", "购买两次以上的客户 ÷ 买过的客户。";
        tile_need_met: "Needs met", "需求满足率";
        tile_need_met_def: "Must-haves that are met, of those recorded.", "已满足的必备需求 ÷ 记录的必备需求。";
        tile_need_met_missing: "No must-have is on record. Note on a customer’s page what they need, and whether it is met.", "还没有记录必备需求。可在客户页面记下客户需要什么、是否已满足。";
        tile_attention: "Came to you by themselves", "主动联系率";
        tile_attention_def: "Customers who made contact themselves at least once, of all customers.", "至少主动联系过一次的客户 ÷ 全部客户。";
        tile_attention_missing: "No contacts are recorded yet. Note on a customer’s page who called whom.", "还没有互动记录。可在客户页面记下是谁先联系。";
        tile_choosing: "Time to choose", "选择用时";
        tile_choosing_def: "Median days from the first contact to the first purchase, of customers whose contact came first.", "首次联系到首次购买的天数中位数，只算先联系、后购买的客户。";
        tile_choosing_missing: "No customer has a contact on record from before the first purchase.", "没有客户在首次购买之前留下互动记录。";
        tile_discount: "Only with a discount", "价格敏感度";
        tile_discount_def: "Purchases with a discount, of all purchases.", "有折扣的购买次数 ÷ 全部购买次数。";
        tile_discount_missing: "No order has a discount on record, so nobody can tell.", "没有订单记录折扣，无法判断。";
        tile_faults: "Forgave a fault", "容错率";
        tile_faults_def: "Customers who bought on a later day after their first complaint, of all who complained.", "首次投诉之后又买过的客户 ÷ 投诉过的客户。";
        tile_faults_missing: "No complaint is on record.", "还没有投诉记录。";
        tile_repeat_missing: "Nobody has bought yet.", "还没有人买过。";
        tile_of: "{part} of {of}", "{of} 中的 {part}";
        tile_rests: "of {n} customer|of {n} customers", "{n} 位客户";
        days: "{n} day|{n} days", "{n} 天";
        tile_few: "few: treat with care", "数量少，仅供参考";

        cohorts: "Who came back, by when they first came", "按首次购买时间看谁再次购买";
        step: "Period", "周期";
        step_month: "Month", "月";
        step_quarter: "Quarter", "季度";
        step_year: "Year", "年";
        cohort: "First purchase", "首次购买";
        size: "Customers", "客户数";
        axis: "Periods since the first purchase", "首次购买之后的第几个周期";
        axis_month: "Months since the first purchase; in each cell the per cent who bought in that month", "首次购买之后第几个月；格中是该月再次购买的百分比";
        axis_quarter: "Quarters since the first purchase; in each cell the per cent who bought in that quarter", "首次购买之后第几个季度；格中是该季度再次购买的百分比";
        axis_year: "Years since the first purchase; in each cell the per cent who bought in that year", "首次购买之后第几年；格中是该年再次购买的百分比";
        cell: "First bought {cohort}: {again} of {size} bought again {later} later ({share})", "首次购买 {cohort}：{later}后 {size} 位中有 {again} 位再次购买（{share}）";
        cell_open: "; this period is not over", "；这个周期还没结束";
        later_month: "{n} month|{n} months", "{n} 个月";
        later_quarter: "{n} quarter|{n} quarters", "{n} 个季度";
        later_year: "{n} year|{n} years", "{n} 年";
        quarter_name: "Q{quarter} {year}", "{year} Q{quarter}";
        year_name: "{year}", "{year} 年";
        cell_keys: "A cell opens its customers; arrow keys move. A dashed cell: its period is not over.", "点一个格子打开对应的客户，方向键移动。虚线格：周期还没结束。";
        cohorts_earlier: "{n} customer who came earlier is not in the picture.|{n} customers who came earlier are not in the picture.", "更早的 {n} 位客户不在图中。";
        cohorts_label: "Customers by the period of their first purchase", "按首次购买周期分组的客户";
        how_cohorts: "A row holds the customers whose first purchase lies in that period; a cell says how many of them bought in a later period. Purchases only; refunds do not count.", "每一行是在该周期首次购买的客户；每个格子是他们在之后某个周期再次购买的比例。只算购买，不算退款。";

        churn: "Who left, by period", "各周期的流失";
        churn_bar: "{share} · {lost} of {start}", "{share} · {start} 中 {lost}";
        churn_bar_few: "{lost} of {start}, few", "{start} 中 {lost}，偏少";
        churn_label: "Share of customers lost in each period", "每个周期流失的客户占比";
        churn_period: "Period", "周期";
        churn_start: "There at its start", "期初在的";
        churn_lost: "Of them lost", "其中流失";
        churn_rate: "Churn rate", "流失率";
        churn_left: "Lost in all", "流失合计";
        churn_back: "Back since", "后来回来";
        churn_gone: "Gone for good so far", "至今未回";
        how_churn_sleep: "A customer has left on the day on which the silence reaches “asleep”: {times} of the own purchase intervals, or {days} days with too few purchases. Churn rate: who left in a period ÷ who was there at its start. Who buys again later is there again from that day on.", "沉默达到“沉睡”的那一天算流失：自己购买间隔的 {times} 倍，购买太少的按 {days} 天。流失率 = 期内流失 ÷ 期初在的客户。之后再买，从那天起又算在。";
        how_churn_days: "A customer has left after {days} days without a purchase. Churn rate: who left in a period ÷ who was there at its start. Who buys again later is there again from that day on.", "{days} 天没有购买算流失。流失率 = 期内流失 ÷ 期初在的客户。之后再买，从那天起又算在。";
        churn_again: "{n} of the losses in these bars was not for good: the customer came back. The list behind a bar holds them, too.|{n} of the losses in these bars were not for good: the customers came back. The list behind a bar holds them, too.", "图中的流失有 {n} 次后来又回来了，点开的名单里也包含这些客户。";
        churn_none: "By this definition nobody has left yet.", "按这个定义，还没有人流失。";
        how_few: "Rates on fewer than {n} customers are left out", "少于 {n} 位客户不算比率";

        causes: "Why they left", "离开的原因";
        cause_none: "Not stated", "没有说明";
        causes_bar: "{n} ({share})", "{n}（{share}）";
        causes_quiet: "Nobody’s reason is on record yet. Enter it on a customer’s page, in the form under “More”.", "还没有记录离开原因。可在客户表单的“更多”里填写。";
        causes_here: "{n} more named a reason and is still here.|{n} more named a reason and are still here.", "另有 {n} 位说过原因，但目前还在。";
        how_causes: "Of the customers who have left and not come back, by the field “Why they left”.", "流失且未回来的客户，按“离开原因”字段统计。";

        lengths: "How long relationships last", "客户关系的长度";
        lengths_bar: "{n} · {there} still here", "{n} · {there} 还在";
        lengths_said: "Median: {all} ({there} among those still here, {left} among those who left). {once} of those who left bought on one day only.", "中位数：{all}（还在的 {there}，流失的 {left}）。流失的客户中 {once} 只在一天买过。";
        lengths_there: "Still here", "还在";
        lengths_left: "Left", "已流失";
        length_class: "Length", "长度";
        length_first: "under {to} days", "不到 {to} 天";
        length_days: "{from}–{to} days", "{from}–{to} 天";
        length_years: "{from}–{to} years", "{from}–{to} 年";
        length_last: "over {from} years", "{from} 年以上";
        how_lengths: "From the first purchase to today, or to the last purchase of who has left. Those still here go on growing.", "从首次购买到今天；流失的客户算到最后一次购买。还在的客户会继续增长。";

        wallet: "Share of wallet", "钱包份额";
        wallet_said: "Of what {n} say they spend in a year, {share} is spent with you ({spent} of {wallet}). The middle customer: {median}.", "{n}说的全年花费中，{share} 花在你这里（{wallet} 中的 {spent}）。居中的客户：{median}。";
        wallet_above: "{n} spent more with you than they say in all: ask again.", "{n}在你这里的花费超过了自己说的总数，值得再问一次。";
        wallet_missing: "Nobody’s spending elsewhere is known. Ask customers what they spend in a year on what you sell, and enter it in the customer’s form under “More”.", "还不知道客户在别家花多少。可以问问他们一年在这类东西上总共花多少，填在客户表单的“更多”里。";

        curve: "Members and contracts: how long will they stay?", "会员与合同：他们会留多久？";
        curve_intro: "For customers who pay once per period, by membership or contract. Choose a row of the cohorts above, or type how many were there at the start and after each renewal.", "适合每个周期付一次费的会员或合同客户。选择上面的一行，或输入开始时和每次续费后还在的人数。";
        curve_row: "Row of the cohorts", "用哪一行";
        curve_survivors: "Still there: at the start, after each renewal", "还在的人数：开始时、每次续费后";
        curve_from: "From the row {cohort}", "来自 {cohort} 这一行";
        curve_wrong: "Whole numbers separated by commas, none larger than the one before.", "用逗号分隔的整数，后面的不能比前面的大。";
        curve_answer: "Of those still there, half will have left after about {half}; over the next {ahead} renewals one of them renews {next} times on average.", "还在的人中，大约再过 {half}会有一半离开；接下来 {ahead} 次续费，平均每人续 {next} 次。";
        curve_answer_long: "More than half of those still there stay for the foreseeable future; over the next {ahead} renewals one of them renews {next} times on average.", "还在的人中，超过一半会长期留下；接下来 {ahead} 次续费，平均每人续 {next} 次。";
        renewals: "{n} renewal|{n} renewals", "{n} 次续费";
        curve_good: "The curve fits well: it is off by {off} on average.", "曲线很吻合，平均只差 {off}。";
        curve_fair: "The curve fits roughly: it is off by {off} on average.", "曲线大致吻合，平均相差 {off}。";
        curve_poor: "The curve fits badly: it is off by {off} on average. Do not rely on it.", "曲线不吻合，平均相差 {off}，不要依赖它。";
        curve_foretold: "Without the last number it would have foretold {foretold}; it was {actual}.", "不看最后一个数，会预测 {foretold}，实际是 {actual}。";
        curve_skips: "In this row {share} of the periods passed without a purchase: these customers come when they like, not by contract. “What will they be worth?” suits them better.", "这一行有 {share} 的周期没有购买：他们想来就来，不是合同客户，更适合看“未来值多少？”。";
        curve_short: "At least three numbers are needed: the start and two renewals.", "至少要三个数：开始时和两次续费后。";
        curve_rising: "More are there than before: this is no list of survivors.", "后面的人数比前面多，这不是留存人数。";
        curve_flat: "Nobody left, or all at once: nothing can be said about how long they stay.", "没有人离开，或一次全部离开，无法推算。";
        curve_failed: "The calculation found no answer for these numbers.", "这些数字算不出结果。";
        curve_chart: "Share still there", "还在的比例";
        curve_seen: "Seen", "实际";
        curve_fitted: "Fitted", "拟合";
        curve_renewal: "Renewal", "续费次数";
        curve_axis: "Renewals since the start; dots are what was seen, the line is the fitted curve", "开始之后的续费次数；圆点是实际，线是拟合曲线";
        how_curve: "At each renewal a customer leaves with a probability of their own; those who stay are the more loyal ones, so the share that renews rises with time (shifted beta-geometric; Fader & Hardie 2007).", "每次续费，客户以自己的概率离开；留下的是更忠诚的人，所以续费率会越来越高（移位贝塔几何模型，Fader 与 Hardie，2007）。";

        ref_answer: "{brought} of {all} were brought by others; they have spent {money} with you, {profit} of it profit. {advocates} brought somebody.", "{all}中有 {brought}由别人介绍来，累计花费 {money}，其中利润 {profit}。{advocates}带来过客户。";
        ref_none: "Of {n} nobody is on record as brought by somebody else.", "{n}中还没有人记录了介绍人。";
        ref_how_to: "Enter who brought a customer in the customer’s form, under “More”. Here you then see who speaks well of you, how far their word reaches, and what it is worth.", "在客户表单的“更多”里填写介绍人，这里就会显示谁在为你说好话、能影响多远、值多少。";
        ref_circles: "{n} circle of people who name each other as the one who brought them. It is cut at one place, so nothing counts twice; please correct it:|{n} circles of people who name each other as the one who brought them. Each is cut at one place, so nothing counts twice; please correct them:", "有 {n} 组客户互相填为介绍人，形成了环。已从一处断开，不会重复计算，请更正：";
        ref_advocates: "Best advocates", "最有影响力的介绍人";
        ref_by: "By", "按";
        ref_reach: "Reach", "影响人数";
        ref_direct: "Brought themselves", "直接带来";
        ref_revenue: "Revenue brought", "带来的销售额";
        ref_profit: "Profit brought", "带来的利润";
        ref_words: "brought {direct}, {reach} in all · {money}", "直接带来 {direct} 位，共 {reach} 位 · {money}";
        ref_words_direct: "brought {direct} · {money}", "带来 {direct} 位 · {money}";
        ref_own: "spent {money}", "花费 {money}";
        ref_open: "Whom {name} brought", "{name} 带来的客户";
        ref_tree: "Who brought whom", "谁带来了谁";
        ref_tree_hint: "Open a row to see whom they brought. “In all” counts those whom these brought in turn, too; amounts are what everybody below has spent.", "展开一行，查看他们带来的客户。“共”包括这些客户再带来的人；金额是下面所有人的花费。";
        how_referrals: "By the field “Brought by”. Reach: everybody below, brought directly or by those who were brought. Revenue and profit: of everybody below, up to the as-of day. Customers in the trash do not count; merged ones count as one.", "按“介绍人”字段统计。影响人数：直接或间接带来的所有人。销售额和利润：下面所有人截至当日的合计。回收站里的客户不算，合并的客户算一位。";
        brought_by: "Brought by {name}", "由{name}介绍";

        keep_answer: "Keeping {then} of your customers a year instead of {now} brings about {money} over {years}.", "一年留住 {then} 的客户，而不是 {now}，{years}大约多赚 {money}。";
        keep_answer_loss: "Keeping {then} of your customers a year instead of {now} costs more than it brings: about {money} over {years}.", "一年留住 {then} 的客户，而不是 {now}，成本高于收益：{years}大约 {money}。";
        keep_answer_none: "You wish to keep {then} of your customers a year, no more than the {now} now: there is nothing to gain.", "希望一年留住 {then}，没有超过现在的 {now}，没有可算的收益。";
        keep_young: "Nobody was with you a year ago yet, so the orders do not say how many stay. Type the share below.", "还没有一年前的客户，订单看不出留住多少。请在下面填写比例。";
        keep_young_rate: "not known yet: nobody was there a year ago", "还不知道：一年前没有客户";
        keep_inputs: "What it rests on", "计算依据";
        keep_result: "What comes of it", "结果";
        keep_orders: "From your orders: {orders}", "来自订单：{orders}";
        keep_typed: "Typed. Your orders say: {orders}", "已填写。订单显示：{orders}";
        keep_rate_source: "{share}, {still} of {then} who were there a year ago", "{share}，一年前的 {then} 位中 {still} 位还在";
        keep_profit_source: "{money}, which is {all} in the last year ÷ {n} customers", "{money}，即最近一年 {all} ÷ {n} 位客户";
        keep_win_unknown: "Not known yet, so the cost of keeping is left out. Advertising, commission, first discounts and time ÷ new customers.", "还不知道，所以没有算留住的成本。广告、佣金、首单优惠和时间 ÷ 新客户数。";
        keep_cost_each: "So keeping one for a year costs about {money}.", "所以留住一位一年大约 {money}。";
        keep_more: "Customers more after {years}", "{years}后多出的客户";
        keep_more_profit: "Profit from them", "他们带来的利润";
        keep_brought_profit: "Profit from about {n} whom they bring", "他们介绍的约 {n} 位带来的利润";
        keep_cost: "Cost of keeping them", "留住他们的成本";
        keep_net: "Together", "合计";
        keep_instead: "Winning as many anew would cost", "若改为赢得同样多的新客户，要花";
        keep_rough: "A sketch, not a forecast: amounts are rounded to two digits, and every year is taken to be like the last.", "这是粗算，不是预测：金额只留两位有效数字，并假设每年都和去年一样。";
        keep_discount: "A year’s money counts less the later it comes: {share} a month.", "越晚的钱越不值钱：每月 {share}。";
        how_keeping: "After t years N × (wishedᵗ − nowᵗ) customers more are there than otherwise; each brings a year’s profit. Of every 100 newly kept the given number comes anew, once, and counts from the year after.", "t 年后多出的客户 = N ×（希望ᵗ − 现在ᵗ），每位每年带来一份利润。每多留住 100 位，会带来给定数量的新客户，只带一次，从下一年起计算。";
        how_keeping_costs: "Cost of keeping one for a year: cost of winning ÷ ratio, for every customer more. “Together” is both profits less this cost; what winning as many would cost stands beside it and is not added.", "留住一位一年的成本 = 赢得成本 ÷ 倍数，只算多出的客户。“合计”是两份利润减去这个成本；赢得同样多新客户的花费只作对照，不计入。";
    }
}
