//! Words used on every page, and the names of groups, tiers and metrics: one word for one thing.

super::texts! {
    /// Words used on every page.
    Common {
        app_name: "Kith", "知客";
        save: "Save", "保存";
        cancel: "Cancel", "取消";
        close: "Close", "关闭";
        delete: "Delete", "删除";
        edit: "Edit", "编辑";
        add: "Add", "添加";
        undo: "Undo", "撤销";
        retry: "Try again", "重试";
        reload: "Reload", "重新加载";
        reset: "Reset", "恢复默认";
        clear: "Clear", "清除";
        back: "Back", "返回";
        next: "Next", "下一步";
        previous: "Previous", "上一步";
        more: "Show more", "显示更多";
        copied: "Copied", "已复制";
        search: "Search", "搜索";
        all: "All", "全部";
        unknown: "Not known", "未知";
        loading: "Loading…", "正在加载…";
        today: "Today", "今天";
        bracket: "{name} ({more})", "{name}（{more}）";
        how_computed: "How is this computed?", "这是怎么算的？";
        as_table: "Show as table", "显示为表格";
        as_picture: "Show as picture", "显示为图形";
        n_customers: "{n} customer|{n} customers", "{n} 位客户";
        n_orders: "{n} order|{n} orders", "{n} 笔订单";
        n_rows: "{n} row|{n} rows", "{n} 行";
        n_products: "{n} product|{n} products", "{n} 种产品";
        n_days: "{n} day|{n} days", "{n} 天";
        n_records: "{n} record|{n} records", "{n} 条记录";

        customer: "Customer", "客户";
        customers: "Customers", "客户";
        product: "Product", "产品";
        products: "Products", "产品";
        order: "Order", "订单";
        orders: "Orders", "订单";
        interaction: "Interaction", "互动";
        prospect: "Prospect", "潜在客户";
        revenue: "Revenue", "销售额";
        profit: "Profit", "利润";
        purchases: "Purchases", "购买次数";
        refunds: "Refunds", "退款";
        last_purchase: "Last purchase", "最近购买";
        loyalty: "Projected loyalty", "预期忠诚度";
        tier: "Tier", "等级";
        dormancy: "Dormancy", "沉睡程度";
        rfm: "RFM", "RFM";
        kotler_group: "Value group", "价值分群";
        as_of: "As of", "截至";

        true_friend: "True friend", "真正的朋友";
        true_friends: "True friends", "真正的朋友";
        butterfly: "Butterfly", "蝴蝶";
        butterflies: "Butterflies", "蝴蝶";
        barnacle: "Barnacle", "船底的贝壳";
        barnacles: "Barnacles", "船底的贝壳";
        stranger: "Stranger", "陌生人";
        strangers: "Strangers", "陌生人";

        awake: "Awake", "清醒";
        dozing: "Dozing", "瞌睡";
        half_asleep: "Half-asleep", "半睡";
        asleep: "Asleep", "沉睡";

        rfm_champions: "Champions", "冠军客户";
        rfm_loyal: "Loyal customers", "忠诚客户";
        rfm_potential: "Potential loyalists", "潜力客户";
        rfm_new: "New customers", "新客户";
        rfm_promising: "Promising", "有希望的客户";
        rfm_attention: "Need attention", "需要关注";
        rfm_about_to_sleep: "About to sleep", "快要沉睡";
        rfm_at_risk: "At risk", "有流失风险";
        rfm_cant_lose: "Can’t lose them", "不能失去";
        rfm_lost: "Lost", "已流失";
        rfm_others: "Others", "其他";

        channel_phone: "Phone", "电话";
        channel_visit: "Visit", "拜访";
        channel_shop: "In the shop", "到店";
        channel_wechat: "WeChat", "微信";
        channel_email: "Email", "邮件";
        channel_other: "Other", "其他";

        kind_purchase: "Purchase", "购买";
        kind_refund: "Refund", "退款";
        kind_adjustment: "Adjustment", "调整";
    }
}
