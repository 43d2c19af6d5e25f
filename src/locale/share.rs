//! Sharing with colleagues: export, preview, report, and the names of fields.

super::texts! {
    /// Sharing with colleagues.
    ShareTexts {
        tab: "Share", "交换";
        title: "Share with colleagues", "与同事交换";
        answer_never: "Send your book as a file and open theirs: afterwards both have the same. Nothing was exported here yet.", "把数据导出成文件发给同事，再打开同事的文件，两边就一样了。这里还没有导出过。";
        answer: "Send your book as a file and open theirs: afterwards both have the same. Last exported here {when}.", "把数据导出成文件发给同事，再打开同事的文件，两边就一样了。上次导出：{when}。";

        export_title: "Send yours", "发出你的数据";
        export_what: "What goes into the file", "导出哪些内容";
        export_whole: "Everything", "全部数据";
        export_whole_hint: "For a colleague who opens your file for the first time, and as a backup.", "同事第一次打开你的文件时用，也可以当备份。";
        export_part: "Only what changed since {when}", "只导出 {when} 之后的改动";
        export_part_hint: "Smaller, for colleagues who have opened that export. Others are told what is missing, and need everything once.", "文件更小，适合已经打开过那次导出的同事。没打开过的会收到提示，需要先收一次全部数据。";
        export_open: "Whoever has the file can read it: send it only to people who may.", "拿到文件的人都能看到内容，请只发给该看的人。";
        export_run: "Export", "导出";
        export_stop: "Stop the export", "停止导出";
        exported: "“{name}” was saved: {records}, {size}. Send it by chat, mail or a shared folder.", "已保存“{name}”：{records}，{size}。可以用微信、邮件或共享文件夹发给同事。";
        exported_nothing: "“{name}” was saved, but nothing has changed since then.", "已保存“{name}”，但在那之后没有任何改动。";

        open_title: "Open a colleague’s", "打开同事的文件";
        drop_here: "Drop a colleague’s file here", "把同事的文件拖到这里";
        drop_hint: "A file that Kith exported (.json). You see what would change before anything does.", "知客导出的文件（.json）。先看会有哪些变化，再决定要不要合并。";
        refused: "“{name}” cannot be merged", "“{name}”无法合并";
        not_kith: "Kith did not write this file. Ask your colleague for the file that Kith exports under Data, Share.", "这不是知客导出的文件。请让同事在“数据 → 交换”里导出一份。";
        newer: "A newer Kith wrote this file (format {major}; this one reads up to {known}). Reload to update Kith, then open the file again.", "文件由更新版本的知客写出（格式 {major}，当前最高支持 {known}）。请重新加载以更新知客，再打开文件。";
        newer_kinds: "A newer Kith wrote this file, with kinds of records that this one does not know. Reload to update Kith, then open the file again.", "文件由更新版本的知客写出，含有当前版本不认识的记录。请重新加载以更新知客，再打开文件。";
        base_missing: "This file holds only the latest changes. It builds on what your colleague wrote up to {needs}, and {has}. Ask them to export everything.", "这个文件只有最近的改动，它以同事截至 {needs} 的内容为基础，而{has}。请让同事导出全部数据。";
        base_none: "nothing of theirs was opened here yet", "这里还没有打开过他的文件";
        base_until: "only what they wrote up to {has} was opened here", "这里只有截至 {has} 的内容";
        corrupt: "The file is damaged or cut off at byte {offset} ({within}). Ask for it again; perhaps it was not sent whole.", "文件在第 {offset} 字节处（{within}）损坏或不完整。请让同事重新发送，可能没有传完。";
        corrupt_start: "its beginning", "开头";
        too_large: "At byte {offset} the file holds more than a book can. It is damaged or was made by another program; ask for it again.", "文件在第 {offset} 字节处超出了上限，可能已损坏，或由别的程序写出。请让同事重新导出。";
        nothing_changed: "Nothing was changed.", "没有任何改动。";

        preview_title: "What merging “{name}” would change", "合并“{name}”会带来哪些变化";
        from_whole: "Everything that a colleague’s device had on {when}.", "同事的设备截至 {when} 的全部数据。";
        from_part: "What changed on a colleague’s device up to {when}.", "同事的设备截至 {when} 的最近改动。";
        from_file: "The file was written on a colleague’s device on {when}.", "文件由同事的设备写于 {when}。";
        nothing_new: "Nothing new: everything in this file is already here.", "没有新内容：文件里的内容这里都已经有了。";
        n_new: "{n} new", "新增 {n}";
        n_changed: "{n} changed", "变化 {n}";
        n_deleted: "{n} deleted", "删除 {n}";
        only_seen: "No record changes; Kith only notes that your colleague has seen the same.", "没有记录会变化，只记下同事已经看过这些内容。";
        deleted: "Deleted", "删除";
        restored: "Restored", "恢复";
        changed: "Changed", "变化";
        examples_new: "New, for example", "新增，例如";
        examples_changed: "Changes, for example", "变化，例如";
        n_conflicts: "{n} conflict|{n} conflicts", "{n} 处冲突";
        conflicts: "Conflicts", "冲突";
        conflicts_before: "Both of you changed these without knowing of each other. The later value wins, the other is kept: after merging one click chooses it.", "这些内容双方都改过，互不知情。较晚的值胜出，另一个会保留，合并后点一下就能改用。";
        conflicts_after: "Both of you changed these without knowing of each other. The later value won. Click the one that is right; colleagues receive your choice with your next export.", "这些内容双方都改过，互不知情，较晚的值胜出。点击正确的那个，你的选择会随下次导出传给同事。";
        conflicts_first: "The first {n} are listed.", "只列出前 {n} 处。";
        clock_ahead: "A clock is wrong: this file holds changes dated {time} ahead of this device. Check the date on both devices; until then the later date wins.", "有设备的时钟不对：文件中的改动比这台设备早到了 {time}。请核对两台设备的日期，否则日期较晚的会胜出。";
        merge: "Merge", "合并";
        merging: "Merging…", "正在合并…";
        drop: "Do not merge", "不合并";

        report: "Report", "查看报告";
        report_title: "What merging “{name}” changed", "合并“{name}”带来的变化";
        came_in: "{n} record came in|{n} records came in", "新增 {n} 条记录";
        taken: "{n} field took the file’s value|{n} fields took the file’s value", "{n} 项采用了文件里的值";
        n_lines: "{n} line, {money}|{n} lines, {money}", "{n} 行，{money}";
        ours: "Yours", "你的";
        theirs: "From the file", "文件里的";
        who_sender: "the sender’s device", "发送方的设备";
        never: "never filled in", "从未填写";
        later: "later", "较晚";
        in_use: "In use", "使用中";
        use_this: "Use this", "改用这个";
        neither: "Changed again since; neither is in use.", "之后又改过，两个都没有在用。";
        chosen: "Value chosen", "已改用";
        no_conflicts_after: "No conflicts: no field was changed on both sides.", "没有冲突：没有哪一项是双方都改过的。";
        undo_title: "Take the merge back", "撤销这次合并";
        undo_new: "{n} record would go to the trash|{n} records would go to the trash", "{n} 条记录会进回收站";
        undo_taken: "{n} field would get back the value from before|{n} fields would get back the value from before", "{n} 项会恢复原来的值";
        undo_rest: "What was edited since stays. Colleagues receive the undoing too when you next exchange files.", "之后又改过的保持不变。下次交换文件时，同事那边也会跟着撤销。";
        undone: "This merge was taken back. Colleagues receive that with your next export.", "这次合并已撤销，同事会随你的下次导出收到。";
        gone_title: "No such merge", "没有这次合并";
        gone_body: "The address may be old. The history lists every merge.", "地址可能已过期。历史里列有每次合并。";
        to_share: "Share with colleagues", "与同事交换";

        nothing: "(empty)", "（空）";
        no_name: "(no name)", "（无名称）";
        yes: "yes", "是";
        no: "no", "否";
        field_deleted: "In the trash", "在回收站";
        field_source: "Source", "来源";
        field_number: "Number", "编号";
        field_referrer: "Referred by", "介绍人";
        field_extra: "Other details", "其他信息";
        field_merged_into: "Same customer as", "与此客户为同一人";
        field_kind: "Kind", "类型";
        field_when: "When", "时间";
        setting_loyalty: "Projected loyalty", "预期忠诚度";
        setting_worth: "Customer value", "客户价值";
        setting_duplicates: "Search for duplicates", "查找重复客户";
        setting_distinct: "Not the same customer", "不是同一位客户";
        setting_mapping: "Columns of a file", "文件的列设置";

        first_run: "Open a colleague’s file", "打开同事的文件";
        first_run_note: "A file that Kith exported. You get the same book, and exchange changes from then on.", "知客导出的文件。打开后你们的数据就一样了，以后互相交换改动。";
    }
}
