//! What can be done with a list of customers: choosing, changing many at once, columns, filters, views.

super::texts! {
    /// What can be done with a list of customers.
    ListTexts {
        choose: "Choose {name}", "选择 {name}";
        choose_all: "Choose all that match", "选择全部符合条件的客户";
        chosen: "{n} chosen", "已选 {n} 位";
        chosen_label: "With those chosen", "对所选客户";
        choose_rest: "Choose all {n} that match", "选择全部 {n} 位符合条件的客户";
        choose_none: "Choose none", "取消选择";

        tag: "Tags", "标签";
        tag_title: "Tags of {n} customer|Tags of {n} customers", "{n} 位客户的标签";
        tag_add: "Add these tags", "添加这些标签";
        tag_remove: "Take these tags off", "移除这些标签";
        assign: "Assign", "分配";
        change: "Change a field", "修改字段";
        change_title: "Change {n} customer|Change {n} customers", "修改 {n} 位客户";
        field: "Field", "字段";
        change_empties: "Left empty, the field is emptied.", "留空则清空该字段。";
        trash: "Move to the trash", "移到回收站";
        apply: "Apply to {n}", "应用到 {n} 位";
        done_changed: "{n} customer changed|{n} customers changed", "已修改 {n} 位客户";
        done_trashed: "{n} customer moved to the trash|{n} customers moved to the trash", "已把 {n} 位客户移到回收站";

        columns: "Columns", "列";
        columns_title: "Which columns the list shows", "列表显示哪些列";
        columns_note: "Remembered on this device. In the head of the list, drag a name to move its column and the edge to widen it.", "这台设备会记住。也可以在表头拖动列名调整顺序，拖动边缘调整宽度。";
        columns_shown: "Shown", "已显示";
        columns_more: "More", "更多";
        columns_usual: "Usual columns", "恢复默认列";
        column_up: "Move {name} up", "上移 {name}";
        column_down: "Move {name} down", "下移 {name}";
        column_width: "Width of {name}", "{name} 的宽度";
        figures: "Figures", "指标";
        fields: "Fields", "字段";
        export_xlsx: "As shown, Excel (.xlsx)", "当前显示的列，Excel（.xlsx）";
        export_csv: "As shown, text (.csv)", "当前显示的列，文本（.csv）";
        export_whole: "With every field", "包含全部字段";

        condition: "Condition", "条件";
        condition_title: "Add a condition", "添加条件";
        condition_test: "How it compares", "比较方式";
        condition_text: "Text", "文字";
        condition_words: "One of these, separated by commas", "以下任一项，用逗号分隔";
        condition_choices: "One of these", "以下任一项";
        condition_days: "Days", "天数";
        condition_from: "From", "从";
        condition_to: "To", "到";
        op_holds: "contains", "包含";
        op_lacks: "does not contain", "不包含";
        op_is: "is one of", "是其中之一";
        op_not: "is none of", "不是其中任一";
        op_between: "is from … to (either may be empty)", "介于（可只填一端）";
        op_within: "is in the last", "在最近";
        op_next: "comes round (every year) in the next", "（每年）在接下来";
        op_before: "is at least this long ago", "早于";
        op_empty: "is empty", "为空";
        op_filled: "is not empty", "不为空";

        views: "Views", "视图";
        views_title: "Saved views", "已保存的视图";
        view_name: "Save this list as", "将当前列表保存为";
        view_new_name: "New name", "新名称";
        view_hint: "With its filters, order and columns. Colleagues who share the book get it too.", "包括筛选、排序和列。共享数据的同事也能看到。";
        view_rename: "Rename {name}", "重命名“{name}”";
        view_delete: "Delete {name}", "删除“{name}”";
        view_deleted: "View “{name}” deleted", "已删除视图“{name}”";

        first_purchase: "First purchase", "首次购买";
        away: "Days since last purchase", "距上次购买天数";
        refunded: "Refunded", "退款金额";
        recency_score: "R score (recency)", "R 分（最近购买）";
        frequency_score: "F score (frequency)", "F 分（购买频率）";
        monetary_score: "M score (amount)", "M 分（金额）";
        care: "Cost of care", "关怀花费";
        broken_habits: "Broken habits", "中断的习惯";
        expected: "Expected purchases", "预计购买次数";
        expected_amount: "Expected amount each", "预计每次金额";
        interval: "Days between purchases", "购买间隔天数";
        rfm_group: "RFM group", "RFM 分群";
        gap: "Experience less expectation", "体验减期望";
        answers: "Answers", "评价数";
        last_contact: "Last contact", "最近联系";
        added: "Added on", "添加日期";
        changed: "Changed on", "修改日期";
    }
}
