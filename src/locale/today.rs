//! The first run and Today.

super::texts! {
    /// The first run and Today.
    TodayTexts {
        title: "Today", "今日";
        welcome: "Know your customers", "知客，从这里开始";
        welcome_answer: "Kith shows what each customer is worth, who is drifting away, and what to do about it. How would you like to begin?", "知客告诉你每位客户值多少、谁在渐行渐远、接下来该做什么。想从哪里开始？";
        try_demo: "Try with a demo shop", "先用示例店铺试试";
        try_demo_note: "A small shop with two years of orders. One click clears it.", "一家有两年订单的小店，一键就能清除。";
        import_mine: "Import my orders", "导入我的订单";
        import_mine_note: "A CSV file from your shop system or Excel. You see a preview before anything is kept.", "来自店铺系统或 Excel 的 CSV 文件，先预览，再决定是否保存。";
        by_hand: "Start by hand", "手动开始";
        by_hand_note: "Add the first customer and note what they bought.", "添加第一位客户，记下买了什么。";
        privacy: "Everything stays on this device. Kith has no server and sends nothing anywhere.", "所有数据都留在这台设备上。知客没有服务器，不向任何地方发送数据。";
    }
}
