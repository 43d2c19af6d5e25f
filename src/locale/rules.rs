//! Rules in words, and the page that builds them.

super::texts! {
    /// Rules in words, and the page that builds them.
    RulesTexts {
        sentence: "Customers where {rule}.", "符合以下条件的客户：{rule}。";
        everybody: "Everybody.", "所有客户。";
        nobody: "Nobody.", "没有客户。";
        says_everybody: "it is anybody", "任何情况";
        says_nobody: "it is nobody", "不可能的情况";
        and: "{a} and {b}", "{a}，并且{b}";
        or: "{a} or {b}", "{a}，或者{b}";
        words_or: "{a} or {b}", "{a}或{b}";
        bracket: "({rule})", "（{rule}）";
        none_of: "not ({rule})", "不符合（{rule}）";

        says_is: "{name} is {value}", "{name}是{value}";
        says_not: "{name} is not {value}", "{name}不是{value}";
        says_holds: "{name} contains “{value}”", "{name}包含“{value}”";
        says_lacks: "{name} does not contain “{value}”", "{name}不包含“{value}”";
        says_empty: "{name} is empty", "{name}为空";
        says_filled: "{name} is not empty", "{name}不为空";
        says_between: "{name} is {from} to {to}", "{name}为 {from} 到 {to}";
        says_least: "{name} ≥ {value}", "{name} ≥ {value}";
        says_most: "{name} ≤ {value}", "{name} ≤ {value}";
        says_last: "{name} is in the last {n} day|{name} is in the last {n} days", "{name}在最近 {n} 天内";
        says_next: "{name} comes in the next {n} day|{name} comes in the next {n} days", "{name}在接下来 {n} 天内";
        says_before: "{name} is {n} day ago or longer|{name} is {n} days ago or longer", "{name}在 {n} 天以前";
        says_ahead: "{name} falls due in the next {n} day|{name} falls due in the next {n} days", "{name}在接下来 {n} 天内到期";
        says_month: "{name} is this month", "{name}在本月";
        says_quarter: "{name} is this quarter", "{name}在本季度";
        says_year: "{name} is this year", "{name}在今年";
        says_top: "{name} is in the top {percent}", "{name}排在前 {percent}";
        says_bottom: "{name} is in the bottom {percent}", "{name}排在后 {percent}";
        says_in: "they belong to “{name}”", "属于“{name}”";
        says_out: "they do not belong to “{name}”", "不属于“{name}”";
        says_gone: "a segment that is gone", "已删除的客群";
        says_newer: "a condition of a newer version holds", "符合新版本才有的条件";
        says_bought: "they bought {what}", "买过{what}";
        says_bought_days: "they bought {what} in the last {n} day|they bought {what} in the last {n} days", "最近 {n} 天买过{what}";
        says_bought_times: "they bought {what} at least {times} times", "买过{what}至少 {times} 次";
        says_bought_times_days: "they bought {what} at least {times} times in the last {n} day|they bought {what} at least {times} times in the last {n} days", "最近 {n} 天买过{what}至少 {times} 次";
        says_but_never: "{rule}, but never {what}", "{rule}，但从没买过{what}";
        says_but_not: "{rule}, but not {what} in the last {n} day|{rule}, but not {what} in the last {n} days", "{rule}，但最近 {n} 天没买{what}";
        flaw_newer: "A part of it was made by a newer version of Kith. It is kept, and nobody is chosen by it until you update.", "其中有一部分来自更新版本的知客。它会原样保留，更新知客之前不会按它选出任何人。";
        flaw_loop: "It builds upon a segment that builds upon it again, so nobody belongs to it. Take one of them out.", "它引用的客群又引用了它自己，所以没有人属于它。请去掉其中一个引用。";
        flaw_missing: "It names a segment that was deleted, so that part chooses nobody.", "它引用的客群已被删除，所以这一部分选不出任何人。";
        goods_anything: "anything", "任何产品";
        goods_product: "“{name}”", "“{name}”";
        goods_gone: "a product that is gone", "已删除的产品";
        goods_category: "something of the category “{name}”", "“{name}”类产品";
        goods_role: "something of the role “{name}”", "{name}";
        goods_channel: "something by the channel “{name}”", "渠道“{name}”的任何产品";
    }
}
