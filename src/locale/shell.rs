//! The frame around every page.

super::texts! {
    /// The frame around every page.
    ShellTexts {
        tab_title: "{page} · {app}", "{page} · {app}";
        skip: "Skip to content", "跳到正文";
        navigation: "Main navigation", "主导航";
        today: "Today", "今日";
        customers: "Customers", "客户";
        segments: "Segments", "分群";
        data: "Data", "数据";
        settings: "Settings", "设置";
        search: "Search or go to…", "搜索或前往…";
        search_hint: "Search customers and products, go to a page", "搜索客户和产品，前往页面";
        palette: "Command palette", "命令面板";
        palette_none: "Nothing found for “{text}”.", "没有找到“{text}”。";
        palette_all: "Show all matches in the list", "在列表中显示全部结果";
        palette_shortcuts: "Lists: ↑ ↓ or j k move, Enter opens, Space chooses, Ctrl A all. A customer’s page: Alt with I (interaction), P (promise), C (case), Q (quote), K (contact), O (order).", "列表：↑ ↓ 或 j k 移动，Enter 打开，空格选择，Ctrl A 全选。客户页面：Alt 加 I（互动）、P（承诺）、C（工单）、Q（报价）、K（联系人）、O（订单）。";
        palette_keys: "↑ ↓ to move, Enter to open, Esc to close", "↑ ↓ 移动，Enter 打开，Esc 关闭";
        new_customer: "Add a customer", "添加客户";
        import_orders: "Import orders", "导入订单";
        language: "Language", "语言";
        language_switch: "中文", "English";
        language_switch_label: "Switch to 中文", "切换到 English";
        theme: "Theme", "主题";
        theme_system: "Like the system", "跟随系统";
        theme_light: "Light", "浅色";
        theme_dark: "Dark", "深色";
        theme_next: "Theme: {theme}. Switch to {next}.", "主题：{theme}。切换为{next}。";
        as_of_label: "Figures as of", "数字截至";
        as_of_reset: "Let Kith choose the day", "让知客自动选日期";
        as_of_why: "All figures are computed as if it were the end of this day. With an old file Kith takes the day after its last order, so that not everyone looks asleep.", "所有数字都按这一天结束时计算。导入旧文件时，知客取最后一笔订单的次日，免得所有人都显得在沉睡。";
        stored_here: "Saved on this device", "已保存在这台设备上";
        stored_persistent: "Saved on this device; the browser keeps it.", "已保存在这台设备上，浏览器会一直保留。";
        stored_best_effort: "Saved on this device; the browser may clear it when space runs out. See Settings.", "已保存在这台设备上，但空间不足时浏览器可能清除。见“设置”。";
        storage_trouble: "The data is not available", "数据暂时不可用";
        opening: "Opening your book… {percent}", "正在打开数据… {percent}";
        opening_title: "Opening your book", "正在打开数据";
        working: "{what} {percent}", "{what} {percent}";
        progress_demo: "Filling the demo shop", "正在准备示例店铺";
        progress_export: "Writing the file", "正在写出文件";
        progress_models: "Working out what customers will be worth", "正在估算客户的未来价值";
        progress_read: "Reading the file", "正在读取文件";
        progress_save: "Saving", "正在保存";
        update_ready: "A new version of Kith is ready.", "知客有新版本了。";
        update_now: "Update now", "现在更新";
        update_later: "Later", "以后再说";
        restarted: "The data part of Kith was restarted. Everything that was confirmed as saved is here.", "数据部分已重新启动。已确认保存的内容都在。";
        banners: "System notices", "系统通知";
        toast_region: "Notices", "通知";
        not_found_title: "This page does not exist", "没有这个页面";
        not_found_body: "The address may be old or mistyped.", "地址可能已过期或输入有误。";
        not_found_action: "Go to Today", "前往今日";
        safe_title: "What is safe", "哪些是安全的";
        safe_body: "Nothing was deleted. Whatever Kith confirmed as saved is still on this device.", "没有删除任何东西。知客确认保存过的内容都还在这台设备上。";
        panic_title: "Kith has stopped", "知客停止了运行";
        panic_body: "Something went wrong in the page. What was confirmed as saved is safe. Reload to go on.", "页面出了问题。已确认保存的内容是安全的，重新加载即可继续。";

        done_added: "{what} added", "已添加{what}";
        done_saved: "{what} saved", "已保存{what}";
        done_deleted: "{what} moved to the trash", "已把{what}移到回收站";
        done_undone: "Taken back", "已撤销";
        done_undone_kept: "Taken back; {n} field edited since was left as it is.|Taken back; {n} fields edited since were left as they are.", "已撤销，其中 {n} 项后来又改过，保持不变。";
        done_nothing: "Nothing to change", "没有需要改动的内容";
        done_demo: "The demo shop is ready", "示例店铺准备好了";
        done_demo_cleared: "The demo shop was cleared", "示例店铺已清除";
    }
}
