//! Satisfaction: the page, quick entry, the list's column and filter.

super::texts! {
    /// Who is satisfied.
    SatisfactionTexts {
        nav: "Satisfaction", "满意度";
        response: "answer", "评价";
        response_label: "Answer", "评价";
        about_order: "order {number}", "订单 {number}";
        hoped_n: "hoped for {n}", "期望 {n}";
        got_n: "got {n}", "体验 {n}";
        recommend_n: "would recommend {n} of 10", "推荐意愿 {n}/10";
        csat_n: "satisfied {n} of 5", "满意度 {n}/5";
        mood: "Satisfaction", "满意度";
        mood_unhappy: "Unhappy", "不满意";
        mood_satisfied: "Satisfied", "满意";
        mood_delighted: "Delighted", "惊喜";
        mood_no_answer: "No answer", "没有评价";

        title: "Are they satisfied?", "客户满意吗？";
        answer: "Of {n} answer, {unhappy} fell short of what was hoped for; {friends} of your true friends are unhappy.|Of {n} answers, {unhappy} fell short of what was hoped for; {friends} of your true friends are unhappy.", "{n} 条评价中，{unhappy} 条低于期望；真正的朋友中有 {friends} 位不满意。";
        answer_none: "Nobody answered in this time.", "这段时间没有评价。";
        period: "Period", "时间范围";
        period_quarter: "Last 3 months", "近 3 个月";
        period_year: "Last 12 months", "近 12 个月";
        period_all: "All time", "全部时间";
        empty_title: "Nobody has been asked yet", "还没有评价";
        empty_body: "Ask what the customer had hoped for and what they got, 0 to 10 each. The difference is their satisfaction. Open a customer and record an answer in seconds, or bring in a file.", "问客户两个 0–10 分的问题：期望多少，体验多少。两者之差就是满意度。打开一位客户，几秒钟就能记下；也可以导入文件。";
        empty_open: "Choose a customer", "选择客户";

        gaps: "Experience less expectation", "体验减期望";
        gaps_axis: "Experience − expectation, points", "体验 − 期望（分）";
        gaps_count: "Answers", "评价数";
        gap_bar: "{gap}: {n} answer|{gap}: {n} answers", "{gap}：{n} 条评价";
        below: "Below expectation", "低于期望";
        at: "As expected", "符合期望";
        above: "Above expectation", "超出期望";
        how_gap: "Each answer counts as experience − expectation (Oliver 1980): below 0 dissatisfied, 0 satisfied, above 0 delighted. The score weighs an answer half after {days} days; its 95 % interval is Student’s with the effective number of answers (Kish 1965). Figures of fewer than {min} answers are called “not enough data”.", "每条评价按“体验 − 期望”计分（Oliver 1980）：小于 0 为不满意，等于 0 为满意，大于 0 为惊喜。加权得分中，评价每过 {days} 天权重减半；95% 区间用 t 分布和有效样本数（Kish 1965）计算。不足 {min} 条评价时显示“数据不足”。";
        how_nps: "Promoters gave 9–10, passives 7–8, detractors 0–6. The score is 100 × (promoters − detractors) ÷ n; its 95 % interval is the adjusted Wald interval of Bonett & Price (2012).", "推荐者打 9–10 分，被动者 7–8 分，贬损者 0–6 分。得分 = 100 ×（推荐者 − 贬损者）÷ n，95% 区间用 Bonett 与 Price（2012）的修正 Wald 区间。";
        how_answers: "Answers", "评价数";
        how_half_life: "Half-life", "半衰期";
        how_min: "Least answers", "最少评价数";

        score: "Score, newer answers count more", "得分（越新越重）";
        nps: "Recommendation (NPS)", "推荐值（NPS）";
        nps_label: "NPS {value}, 95 % interval {low} to {high}", "NPS {value}，95% 区间 {low} 至 {high}";
        promoters: "Promoters", "推荐者";
        passives: "Passives", "被动者";
        detractors: "Detractors", "贬损者";
        csat: "Satisfied, 4 or 5 of 5", "满意（5 分中的 4–5 分）";
        csat_note: "mean {mean}; {interval}", "平均 {mean}；{interval}";
        interval: "{low} to {high}, {n} answer|{low} to {high}, {n} answers", "{low} 至 {high}，{n} 条评价";
        thin: "Not enough data: {n} of {min} answers", "数据不足：{n} 条，至少要 {min} 条";
        not_asked: "Never asked", "没有问过";
        trend_up: "better by {n} in 30 days", "每 30 天上升 {n}";
        trend_down: "worse by {n} in 30 days", "每 30 天下降 {n}";
        trend_unclear: "no clear trend", "没有明显趋势";
        trend: "Over time", "随时间变化";
        trend_axis: "Mean of experience − expectation", "体验 − 期望的平均值";
        trend_point: "{from}: {value} ({interval})", "{from}：{value}（{interval}）";
        from: "From", "从";
        low: "Low", "下限";
        high: "High", "上限";
        value: "Value", "值";

        by: "Broken down by", "细分";
        by_product: "By product", "按商品";
        by_staff: "By staff", "按员工";
        group_none: "No answer names one yet.", "还没有评价提到。";
        gap_mean: "Mean gap", "平均差";
        crossing: "Who is unhappy", "谁不满意";
        crossing_note: "Customers by value group and by their last answer.", "按价值分群和最近一次评价统计客户数。";
        unhappy: "Unhappy customers worth most", "最有价值的不满意客户";
        unhappy_none: "No customer is unhappy.", "没有不满意的客户。";
        unhappy_all: "All {n}", "全部 {n} 位";
        last_gap: "last answer {gap}", "最近一次 {gap}";
        answers: "What they said", "评价内容";
        answers_of: "{n} answer|{n} answers", "{n} 条评价";
        all_answers: "Show all answers", "显示全部评价";

        ask: "Record satisfaction", "记录满意度";
        ask_order: "How was it?", "记录评价";
        ask_about: "About order {number}", "关于订单 {number}";
        hoped: "Hoped for", "期望";
        got: "Got", "体验";
        would_recommend: "Would recommend", "推荐意愿";
        how_satisfied: "Satisfied", "满意度";
        not_given: "Not asked", "没问";
        comment: "In their words", "客户原话";
        save: "Save the answer", "保存评价";
        edit: "Correct this answer", "修改这条评价";
        ask_again: "Correcting the answer of {date}", "修改{date}的评价";
        delete: "Delete the answer", "删除评价";
        nothing_typed: "Choose at least one score or write a comment.", "至少选一个分数，或写一句话。";
    }
}
