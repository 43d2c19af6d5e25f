//! Satisfaction: the page, quick entry, the list's column and filter.

super::texts! {
    /// Who is satisfied.
    SatisfactionTexts {
        response: "answer", "评价";
        response_label: "Answer", "评价";
        about_order: "order {number}", "订单 {number}";
        hoped_n: "hoped for {n}", "期望 {n}";
        got_n: "got {n}", "体验 {n}";
        recommend_n: "would recommend {n} of 10", "推荐意愿 {n}/10";
        csat_n: "satisfied {n} of 5", "满意度 {n}/5";
        mood_unhappy: "Unhappy", "不满意";
        mood_satisfied: "Satisfied", "满意";
        mood_delighted: "Delighted", "惊喜";
        mood_no_answer: "No answer", "没有评价";
    }
}
