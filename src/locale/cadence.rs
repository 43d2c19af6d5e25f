//! Habits by category, and where they broke.

super::texts! {
    /// Habits by category, and where they broke.
    CadenceTexts {
        title: "Habits that broke", "中断的购买习惯";
        answer: "{people} broke with a habit of buying: {money} of revenue a year is at stake.|{people} broke with a habit of buying: {money} of revenue a year is at stake.", "{people}中断了购买习惯，每年 {money} 的销售额可能流失。";
        answer_none: "Nobody broke with a habit of buying in any category.", "没有客户在任何类别上中断购买习惯。";
        no_categories: "Give products a category, and you see here who stopped buying what they usually buy.", "给产品填上类别，这里就会显示谁不再购买常买的东西。";
        to_products: "To the products", "去产品页";
        evidence: "usually every {usual}, now {since}", "通常每 {usual}，现在已 {since}";
        n_days: "{n} day|{n} days", "{n} 天";
        last: "Last purchases: {days}", "最近购买：{days}";
        customer: "Customer and category", "客户与类别";
        stake: "At stake a year", "每年可能流失";
        more: "Show {n} more", "再显示 {n} 条";
        how: "A habit is the median number of days between purchases of one category, from purchases on several days on; it breaks at the first step of the ladder above, after {days} days at the earliest. Who sleeps altogether is in the ladder, not here.", "习惯是同一类别两次购买之间天数的中位数，需要在多个日子买过；超过上面阶梯的第一级（最早 {days} 天）就算中断。整体已沉睡的客户列在阶梯里，不在这里。";
        to_hints: "Write down what a break may mean", "写下中断可能意味着什么";
        may_mean: "May mean: {text}", "可能意味着：{text}";
        panel: "Habits by category", "各类别的购买习惯";
        kept: "usually every {usual}, last {since} ago", "通常每 {usual}，距上次 {since}";
        hints_label: "One category a line: category: meaning", "每行一个类别，格式为“类别：含义”";
        hints_note: "Your own words, such as “Nappies: the child is older now”. They are shown only for customers who agreed to guesses about their life (the customer’s form, under “Consent”: “Conclusions about their life allowed”). Without an entry nothing is guessed.", "用你自己的话写，例如“纸尿裤：孩子长大了”。只对同意的客户显示（在客户表单的“同意”部分，勾选“允许推测生活情况”）。不填写就不做任何推测。";
        hints_wrong: "Line {line} has no colon between category and meaning.", "第 {line} 行的类别和含义之间缺少冒号。";
    }
}
