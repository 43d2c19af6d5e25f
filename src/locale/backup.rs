//! Backups, the reminder, and a book that cannot be opened.

super::texts! {
    /// Backups, the reminder, and a book that cannot be opened.
    BackupTexts {
        back_up: "Back up", "备份";
        back_up_now: "Back up now", "现在备份";
        button_label: "Back up: save everything in one file", "备份：把全部数据存成一个文件";
        done: "Backup made: {file}. Keep a copy on another device or drive.", "已备份为 {file}。请在别的设备或硬盘上也留一份。";
        failed: "The browser did not save the file: {detail}", "浏览器没有保存文件：{detail}";

        title: "Storage and backup", "存储与备份";
        last: "Last backup", "上次备份";
        last_never: "Never", "从未备份";
        last_hint: "A backup is one file with everything in it. If this device breaks or the browser loses its data, open it here or on another device.", "备份是一个包含全部数据的文件。设备坏了，或浏览器丢了数据，可以在这里或别的设备上打开它。";
        last_some: "{date} · {ago}, {file}", "{date}（{ago}），{file}";
        nothing_since: "Nothing has changed since.", "此后没有改动。";
        changed_since: "Changed since: {n} time|Changed since: {n} times", "此后有 {n} 次改动。";
        remind: "Remind me to back up after", "超过多久没备份就提醒";
        remind_hint: "Days without a backup while there are changes; 0: never.", "有改动而没有备份的天数；填 0 则不提醒。";

        protected: "Protected from clearing", "防止被清除";
        protected_yes: "Yes. The browser keeps the data until you delete it.", "是。除非你自己删除，浏览器会一直保留数据。";
        protected_no: "No. When the device runs out of space the browser may delete the data, all at once and without asking.", "否。设备空间不足时，浏览器可能不经询问就删掉全部数据。";
        protected_unknown: "The browser does not say whether it keeps the data.", "浏览器没有说明是否会一直保留数据。";
        protect: "Ask the browser to protect it", "请浏览器一直保留";
        protect_why: "Kith keeps your customers only in this browser; with your consent it will not clear them by itself.", "客户资料只存在这个浏览器里；同意之后，浏览器就不会自行清除。";
        refused: "The browser did not agree. What helps: install Kith as an app, add it to the bookmarks or allow notifications, use it more often, and then ask again. Until then a backup file is the only protection.", "浏览器没有同意。可以把知客安装为应用、加入书签或允许通知，多用几次再来申请。在那之前，只有备份文件能保证安全。";
        space: "Space", "空间";
        space_left: "{used} used, {left} left", "已用 {used}，还剩 {left}";

        remind_never: "Your data has never been backed up. It is {days} days old and only in this browser.", "数据已经录入 {days} 天，还从未备份，只存在这个浏览器里。";
        remind_old: "The last backup is {days} days old, and there are changes since.", "上次备份是 {days} 天前，此后又有改动。";
        remind_change: "Change the reminder", "更改提醒";
        remind_later: "Not today", "今天不用";

        safe_aside: "What Kith could not read is untouched on this device. Opening a backup begins a new book beside it; nothing is overwritten.", "读不出来的数据原封不动地留在这台设备上。打开备份会在旁边新建一份数据，不会覆盖任何东西。";
        safe_gone: "What was in this browser cannot be brought back by Kith. A backup file can.", "浏览器里的数据知客找不回来，但备份文件可以恢复。";
        gone_title: "Your data is no longer in this browser", "这个浏览器里的数据不见了";
        knew: "When last seen here it held {customers} and {orders}.", "上次打开时，这里有 {customers}和 {orders}。";
        knew_backup: "The last backup from here is {file}, made on {date}.", "这里最近一次备份是 {date}的 {file}。";
        knew_no_backup: "No backup was ever made here. A colleague's file or your order files can bring much of it back.", "这里从未备份过。同事的数据文件或原来的订单文件可以找回大部分内容。";
        ways: "What you can do", "你可以";
        open_backup: "Open a backup file", "打开备份文件";
        opening_backup: "Reading the backup…", "正在读取备份…";
        restored: "Opened “{file}”: {n} record|Opened “{file}”: {n} records", "已打开“{file}”，共 {n} 条记录";
        not_opened: "“{file}” is not a backup of the whole book that this Kith can open. Nothing was changed.", "“{file}”不是当前版本能打开的完整备份。没有任何改动。";
        rescue: "Save what can be read", "抢救能读出的数据";
        rescue_hint: "Writes whatever still reads into a file that Kith can open.", "把还能读出的内容写成一个知客能打开的文件。";
        rescued: "Saved {file} with {n} record|Saved {file} with {n} records", "已保存 {file}，共 {n} 条记录";
        rescued_nothing: "Nothing could be read.", "什么都没能读出来。";
        go_on: "Go on with what is here", "用现有的数据继续";
        aside: "Kept aside", "另存的旧数据";
        aside_why: "Earlier books of this browser: one that could not be opened, or in whose place you began another. Nothing uses them, and they take space until you delete them.", "这个浏览器里以前的数据：当时打不开，或者你另外开始了新的。现在没有用到，删除之前会一直占用空间。";
        aside_until: "Last changed {date}", "最后改动于 {date}";
        aside_unknown: "An earlier book", "以前的数据";
        aside_holds: "It holds {customers} and {orders} that can be read.", "其中读得出 {customers}和 {orders}。";
        aside_unread: "Nothing in it can be read.", "里面的内容都读不出来。";
        aside_save: "Save as a file", "存成文件";
        aside_delete: "Delete", "删除";
        aside_sure: "Delete it for good? Kith cannot bring it back. If you may need it, save it as a file first.", "要永久删除吗？删除后知客无法找回。如果以后可能用到，请先存成文件。";
        aside_delete_now: "Delete for good", "永久删除";
        aside_keep: "Keep it", "保留";
        aside_gone: "Deleted for good", "已永久删除";
        begin_anew: "Begin a new, empty book", "从空白重新开始";
    }
}
