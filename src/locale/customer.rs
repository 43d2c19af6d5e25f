//! The page of one customer: figures, timeline, orders and interactions by hand.

super::texts! {
    /// The page of one customer.
    CustomerTexts {
        title: "Customer", "客户";
        gone_title: "This customer is not here", "找不到这位客户";
        gone_body: "The record may have been deleted; then it is in the trash and can be restored.", "记录可能已删除；删除的记录在回收站里，可以恢复。";
        open_trash: "Open the trash", "打开回收站";
        to_list: "All customers", "全部客户";
        add_order: "Add an order", "添加订单";
        log_contact: "Log a contact", "记录互动";
        answer_prospect: "No purchase yet.", "还没有购买。";
        answer: "Bought {n} time for {money}; last purchase {when}.|Bought {n} times for {money}; last purchase {when}.", "买过 {n} 次，共 {money}，最近一次在{when}。";
        worth: "Profit so far", "至今利润";
        worth_note: "revenue {money}", "销售额 {money}";
        worth_assumed: "{percent} of it rests on the default margin", "其中 {percent} 按默认毛利率估算";
        rhythm: "Rhythm", "购买节奏";
        rhythm_value: "every {n} day|every {n} days", "每 {n} 天";
        rhythm_thin: "Too few purchases to know the rhythm; judged by fixed days.", "购买次数太少，看不出节奏，按固定天数判断。";
        loyalty_note: "projected, 0–100%", "预期，0–100%";
        frequency: "Purchases", "购买次数";
        refunds_note: "{n} refund|{n} refunds", "{n} 次退款";
        trend: "Revenue of the last 12 months, month by month", "近 12 个月每月销售额";
        profile: "Profile", "资料";
        profile_empty: "Nothing is known yet. Add a phone number, a birthday, a note.", "还没有资料。可以添加电话、生日或备注。";
        added: "Added", "添加于";
        changed: "Last changed", "最近修改";
        timeline: "Timeline", "往来";
        timeline_empty_title: "Nothing has happened yet", "还没有往来";
        timeline_empty_body: "Orders and contacts appear here, the newest first.", "订单和互动会显示在这里，最新的在最前。";
        and_more: "{name} and {n} more", "{name}等，另有 {n} 行";
        order_label: "Order {number}", "订单 {number}";
        order_without_number: "Order", "订单";
        they_contacted: "They made contact", "客户主动联系";
        we_contacted: "We made contact", "我方联系";
        direction: "Who made contact", "谁先联系";
        channel: "Channel", "渠道";
        mood: "Mood", "心情";
        mood_1: "Angry", "生气";
        mood_2: "Unhappy", "不满";
        mood_3: "Neutral", "平静";
        mood_4: "Happy", "满意";
        mood_5: "Delighted", "开心";
        mood_none: "Not noted", "未记录";
        note_placeholder: "What was said, what was promised", "聊了什么，答应了什么";
        log: "Log it", "记下";
        logged: "Contact", "互动";
        this_order: "Order", "订单";
        delete_order: "Delete the order", "删除订单";
        edit_order: "Edit the order", "编辑订单";
        delete_contact: "Delete", "删除";

        order_new: "Add an order", "添加订单";
        order_edit: "Edit the order", "编辑订单";
        first_currency: "The currency of your book, such as GBP; you can change it in the settings.", "账本的货币代码，例如 CNY，之后可在设置里更改。";
        order_number: "Order number", "订单号";
        order_date: "Date", "日期";
        order_time: "Time", "时间";
        order_kind: "Kind", "类型";
        order_channel: "Sales channel", "销售渠道";
        order_lines: "Lines", "明细";
        line_product: "Product", "产品";
        line_quantity: "Quantity", "数量";
        line_price: "Unit price", "单价";
        line_total: "Amount", "金额";
        line_remove: "Remove the line", "删除这一行";
        line_add: "Add a line", "添加一行";
        total: "Total", "合计";
        total_refund: "Refunded", "退款合计";
        need_line: "Write at least one line.", "至少填写一行。";
        bad_quantity: "Quantity is a number above zero.", "数量应为大于零的数字。";
        bad_price: "Unit price is a number.", "单价应为数字。";
        need_product: "Name the product.", "请填写产品名称。";
        bad_date: "This date does not exist.", "日期不存在。";
        too_large: "This amount is too large.", "金额太大。";
    }
}
