//! The history of one record.

super::texts! {
    /// The history of one record.
    HistoryTexts {
        open: "History", "修改记录";
        title: "History of “{name}”", "“{name}”的修改记录";
        title_nameless: "History", "修改记录";
        answer: "Every change to this record, newest first: what, when, by which device and from where. Any earlier value can be brought back.", "这条记录的每一次改动，最新的在前：改了什么、何时、哪台设备、来自哪里。任何以前的值都可以恢复。";
        none: "This record is not known here any more.", "这里已经没有这条记录。";
        made: "Added", "添加";
        by_hand: "By hand", "手动修改";
        together: "Together with {n} other record|Together with {n} other records", "与另外 {n} 条记录一起修改";
        from_file: "From the file “{name}”", "来自文件“{name}”";
        from_merge: "From a colleague’s file, “{name}”", "来自同事的文件“{name}”";
        demo: "Demo shop", "示例店铺";
        cleared: "Demo shop cleared", "清除示例店铺";
        undo: "A step taken back", "撤销了一步";
        undone: "taken back", "已撤销";
        empty: "empty", "空";
        lost: "the file said", "文件里是";
        back: "Bring back", "恢复";
        back_to: "Bring back “{value}” ({field})", "恢复“{value}”（{field}）";
        back_empty: "Bring back empty “{field}”", "恢复为空（{field}）";
        brought_back: "Earlier value brought back", "已恢复以前的值";
    }
}
