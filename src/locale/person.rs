//! One person's rights, and what their page tells beyond figures and timeline.

super::texts! {
    /// One person's rights, and what their page tells beyond figures and timeline.
    PersonTexts {
        print: "Print", "打印";
        mood: "Mood", "心情";
        mood_answers: "by {n} answer; last {gap}|by {n} answers; last {gap}", "{n} 次评价，最近一次 {gap}";
        mood_none: "no answer yet", "还没有评价";
        due: "Next due", "待办";
        due_none: "nothing is open", "没有未完成的事";
        due_no_day: "open", "进行中";
        due_over: "overdue", "已逾期";
        due_more: "{what}; {n} more|{what}; {n} more", "{what}，另有 {n} 件";
        last_bought: "last purchase {when}", "最近购买{when}";

        panels: "Seven panels (7P)", "七个侧面（7P）";
        panels_hint: "Profiling, persistency, performance, profitability, prospecting, product, promotion", "画像、持续、业绩、利润、拓展、产品、促销";
        panels_thin: "Only {n} purchase: a first impression, no more.|Only {n} purchases: a first impression, no more.", "只有 {n} 次购买，只能算初步印象。";
        profiling: "Profiling", "画像";
        p_known: "Known of the profile", "资料完整度";
        p_of: "{n} of {total}", "{n} / {total}";
        p_missing: "Missing", "缺少";
        p_factors: "Factors described", "影响因素";
        p_stage: "Stage", "关系阶段";
        p_stage_by_data: "{stage}, by the data", "{stage}（按数据推断）";
        persistency: "Persistency", "持续";
        p_since: "Customer for", "成为客户";
        p_days_bought: "Days with a purchase", "购买天数";
        performance: "Performance", "业绩";
        p_year: "Last 12 months", "近 12 个月";
        p_before: "The 12 months before", "之前 12 个月";
        p_average: "Average purchase", "平均每次";
        p_money_times: "{money} in {n} purchase|{money} in {n} purchases", "{money}，{n} 次";
        profitability: "Profitability", "利润";
        p_margin: "Profit of the revenue", "利润率";
        p_refunded: "Refunded", "退款占比";
        p_assumed: "Of the profit estimated", "利润中的估算部分";
        prospecting: "Prospecting", "拓展";
        p_brought: "Brought others", "带来客户";
        p_quotes: "Open quotes", "进行中的报价";
        p_contacts: "Contacts in 90 days", "90 天内互动";
        product: "Product", "产品";
        p_products: "Different products", "不同产品";
        promotion: "Promotion", "促销";
        p_discounted: "Bought with a discount", "打折购买";
        p_channel: "Buys mostly by", "主要购买渠道";
        p_consents: "May be reached by", "可联系的方式";
        p_ways: "{n} of 5 ways", "5 种方式中的 {n} 种";

        still_right: "Still right", "仍然正确";
        still_right_field: "Still right: {field}", "仍然正确：{field}";
        all_right: "All still right", "全部仍然正确";
        unseen: "not confirmed since {date}", "自 {date} 起未确认";
        confirmed: "Confirmed", "已确认";
        confirmed_field: "“{field}” said to be right", "确认“{field}”正确";
        stale_title: "Facts to verify", "待核实的资料";
        stale_note: "{facts} facts of {customers} customers nobody has confirmed for long, worth most first.", "{customers} 位客户的 {facts} 项资料很久没有确认，价值高的在前。";
        stale_why: "{n} fact, the oldest since {date}|{n} facts, the oldest since {date}", "{n} 项，最早自 {date}";

        rights: "Their data", "个人数据";
        rights_body: "Everything kept about this customer belongs to them: give it to them, or erase it when they ask for it.", "关于这位客户的一切都属于他本人：可以导出交给他，也可以应他的要求彻底删除。";
        export: "Export all about them", "导出全部数据";
        export_note: "One JSON file: profile, contacts, orders with their lines, interactions, answers, quotes, promises and cases, what lies in the trash too.", "一个 JSON 文件，包括资料、联系人、订单及明细、互动、评价、报价、承诺和工单，也包括回收站里的内容。";
        exported: "Saved as {name}", "已保存为 {name}";
        export_failed: "The browser did not save the file: {why}", "浏览器没有保存文件：{why}";
        file_name: "kith-customer.json", "知客客户数据.json";
        erase: "Erase for good", "彻底删除";
        erase_title: "Erase “{name}” for good", "彻底删除“{name}”";
        erase_title_nameless: "Erase for good", "彻底删除";
        erase_person: "All of it goes: the profile with its history, contacts, interactions, answers, quotes, promises and cases, also from the journal. This cannot be undone.", "全部删除：资料和修改记录、联系人、互动、评价、报价、承诺和工单，历史里的也一并删除。此操作不能撤销。";
        erase_record: "The record goes with its history, also from the journal. This cannot be undone.", "记录和它的修改记录都会删除，历史里的也一并删除。此操作不能撤销。";
        erase_orders: "Erase the orders too", "同时删除订单";
        erase_orders_hint: "Otherwise they stay as sales to nobody, without customer and note, so that totals stay right.", "否则订单保留为匿名销售，不含客户和备注，这样总额不变。";
        erase_others: "Notes about others that mention the name stay. Colleagues’ copies follow when they next read a file of yours. Backups and files made before still hold it: delete those yourself. A browser may keep overwritten bytes on disk for a while.", "其他客户的备注里提到的名字会保留。同事下次读取你的文件时，他们那边也会删除。以前的备份和文件里仍有这些数据，请自行删除。浏览器可能还会在磁盘上保留一阵被覆盖的数据。";
        erase_aside: "Not touched: {n} earlier book kept aside ({books}). It may hold them too.|Not touched: {n} earlier books kept aside ({books}). They may hold them too.", "另存的 {n} 份旧数据（{books}）不会改动，里面可能也有这些内容。";
        erase_aside_link: "Look at what is kept aside", "查看另存的旧数据";
        erase_files: "The names of files that were brought in stay in the history: {files}.", "导入过的文件名会留在历史记录里：{files}。";
        erase_more: "{files} and {n} more", "{files} 等，另有 {n} 个";
        erase_type: "Type “{word}” to confirm", "输入“{word}”以确认";
        erase_word: "erase", "删除";
        erased: "Erased for good", "已彻底删除";
    }
}
