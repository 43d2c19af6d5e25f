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
    }
}
