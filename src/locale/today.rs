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
        import_mine_note: "An Excel or CSV file from your shop system. You see a preview before anything is kept.", "店铺系统导出的 Excel 或 CSV 文件，先预览，再决定是否保存。";
        by_hand: "Start by hand", "手动开始";
        by_hand_note: "Add the first customer and note what they bought.", "添加第一位客户，记下买了什么。";
        privacy: "Everything stays on this device. Kith has no server and sends nothing anywhere.", "所有数据都留在这台设备上。知客没有服务器，不向任何地方发送数据。";

        answer: "{active} bought in the last 12 months, for {revenue}; {drifting} of your true friends is drifting away, who brought {worth} of profit.|{active} bought in the last 12 months, for {revenue}; {drifting} of your true friends are drifting away, who brought {worth} of profit.", "近 12 个月有 {active}购买，共 {revenue}；{drifting} 位真正的朋友正在疏远，至今利润 {worth}。";
        answer_calm: "{active} bought in the last 12 months, for {revenue}. None of your true friends is drifting away.", "近 12 个月有 {active}购买，共 {revenue}。没有真正的朋友在疏远。";
        answer_no_sales: "Nobody bought in the last 12 months before this day.", "这一天之前的 12 个月里没有人购买。";
        answer_no_orders: "No orders yet: import them, or add one on a customer's page.", "还没有订单：可以导入，或在客户页面上添加。";
        customers_n: "{n} customer|{n} customers", "{n} 位客户";
        demo_banner: "You are looking at a demo shop.", "你正在看的是示例店铺。";
        demo_clear: "Clear the demo", "清除示例";
        as_of_note: "Figures as of {date}, the day after the last order.", "数字截至 {date}，即最后一笔订单的次日。";

        drifting_title: "True friends drifting away", "正在疏远的真正朋友";
        drifting_note: "They bring much and came often, and have been away longer than usual. Call them first.", "他们贡献大、来得勤，现在隔得比往常久。先联系他们。";
        drifting_none: "All true friends are keeping their rhythm.", "真正的朋友都保持着节奏。";
        sleepers_title: "Fell asleep in the last month", "近一个月陷入沉睡";
        sleepers_note: "A small reason to come back often works now, later it seldom does.", "现在给个回来的理由往往有用，再晚就难了。";
        sleepers_none: "Nobody fell asleep in the last month.", "近一个月没有客户陷入沉睡。";
        unhappy_title: "Unhappy by their last answer", "最近一次评价不满意";
        unhappy_note: "They got less than they had hoped for. Ask what went wrong before they leave.", "体验低于期望。趁还来得及，问问哪里不对。";
        unhappy_none: "Nobody's last answer was an unhappy one.", "没有客户的最近评价是不满意的。";
        message_unhappy: "Hello {name}, thank you for telling us honestly how it was. We would like to put it right: what should we have done better?", "{name}，谢谢你坦率地告诉我们感受。我们想弥补：哪里可以做得更好？";
        birthdays_title: "Birthdays in the next 14 days", "未来 14 天的生日";
        birthdays_none_known: "No customer's birthday is near. Add birthdays on the customers' pages to be reminded here.", "近期没有客户过生日。在客户页面填写生日，这里就会提醒。";
        calendar: "As a calendar (.ics)", "导出为日历（.ics）";
        calendar_hint: "Birthdays, wedding days, promises and the end of offers, for the calendar of your phone or computer", "生日、结婚纪念日、承诺和报价到期日，可导入手机或电脑的日历";
        calendar_days: "Days to remember", "重要日子";
        calendar_birthday: "Birthday: {name}", "{name}的生日";
        calendar_wedding: "Wedding day: {name}", "{name}的结婚纪念日";
        calendar_promise: "Promised to {name}: {what}", "答应{name}：{what}";
        calendar_quote: "Offer to {name} ends: {what}", "给{name}的报价到期：{what}";
        calendar_none: "No birthday, promise or offer with a day is in the book yet.", "还没有填写生日、承诺或报价的日期。";
        see_all: "See all {n}", "查看全部 {n} 位";
        away: "away {now} day|away {now} days", "已 {now} 天没来";
        worth: "Profit so far", "至今利润";
        call: "Call {name}", "致电 {name}";
        log: "Log a contact", "记录互动";
        copy_message: "Copy a message", "复制消息";
        message_copied: "The message is copied; paste it into WeChat or an email.", "消息已复制，可以粘贴到微信或邮件里。";
        copy_refused: "The browser did not allow copying.", "浏览器不允许复制。";
        message_drifting: "Hello {name}, we have not seen you for a while and thought of you. Is there anything we can do for you?", "{name}，好久不见，最近还好吗？有什么需要随时告诉我们。";
        message_sleeper: "Hello {name}, it has been some time since your last visit. We would be glad to see you again and have kept something for you.", "{name}，有段时间没见到你了。我们为你留了点心意，期待你再来看看。";
        message_birthday: "Happy birthday, {name}! We wish you a wonderful year.", "{name}，生日快乐！祝你新的一岁一切顺心。";
    }
}
