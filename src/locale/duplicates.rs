//! Customers who may be in the book twice.

super::texts! {
    /// Customers who may be in the book twice.
    DuplicatesTexts {
        tab: "Duplicates", "查重";
        title: "Who is in the book twice?", "谁被记了两次？";
        answer: "{n} group that may be one customer, among {all}.|{n} groups that may be one customer each, among {all}.", "在 {all} 位客户中，有 {n} 组可能是同一位客户。";
        answer_none: "Nobody among {all} looks like anybody else.", "{all} 位客户中没有发现重复。";
        clean: "Nobody is in the book twice", "没有重复的客户";
        answer_not_yet: "Compares phone, email, name, birthday, address and company of all customers. Nothing is changed.", "比较所有客户的电话、邮箱、姓名、生日、地址和公司，不会改动任何数据。";
        scanning: "Comparing customers…", "正在比较客户……";
        stop: "Stop", "停止";
        go_on: "Go on", "继续";
        again: "Compare again", "重新比较";
        find: "Find duplicates", "查找重复客户";
        group: "Group", "组";
        likelihood: "Likelihood, %", "可能性（%）";
        why: "What speaks for it", "依据";
        likely: "{percent} likely", "可能性 {percent}";
        merge: "Merge…", "合并……";
        merge_label: "Merge {name}", "合并 {name}";
        different: "Not the same", "不是同一人";
        different_label: "{name}: not the same", "{name}：不是同一人";
        different_done: "Remembered: different customers", "已记住：不是同一位客户";
        purchases: "{n} purchase|{n} purchases", "{n} 次购买";
        no_details: "no details", "没有其他信息";

        dialog: "Make one customer of {n}", "将 {n} 位客户合并为一位";
        keep: "Stays", "保留";
        links: "{n} linked record|{n} linked records", "{n} 条关联记录";
        same: "The same or in one only: {fields}", "相同或只有一方有：{fields}";
        both: "All of them", "全部保留";
        empty: "empty", "空";
        note: "Orders, contacts, answers and all else go to the one who stays. You can undo it.", "订单、互动、评价等都会归到保留的客户名下，可以撤销。";
        submit: "Merge", "合并";
        done: "Merged into {name}", "已合并到 {name}";

        maybe: "Maybe the same as", "可能与以下客户是同一人：";
        in_file: "{n} new customer may be known already:|{n} new customers may be known already:", "{n} 位新客户可能已有记录：";
        in_file_note: "They come in as they are. Merge them afterwards under Data, Duplicates.", "仍会照常导入，之后可在“数据 › 查重”中合并。";

        by_phone: "same phone", "电话相同";
        by_email: "same email", "邮箱相同";
        by_name: "same name", "姓名相同";
        by_name_order: "same name in another order", "姓名相同，顺序不同";
        by_name_slip: "name with a slip", "姓名差一处";
        by_name_sound: "name sounds the same", "姓名同音";
        by_name_pinyin: "name in pinyin", "姓名拼音相同";
        by_name_part: "name fits in part", "姓名部分相符";
        by_phone_slip: "phone with a slip", "电话差一位";
        by_email_slip: "email with a slip", "邮箱差一处";
        by_birthday: "same birthday", "生日相同";
        by_address: "same address", "地址相同";
        by_company: "same company", "公司相同";
        by_city: "same city", "城市相同";
        by_key: "same number", "编号相同";
    }
}

use crate::engine::api::Reason;

impl DuplicatesTexts {
    /// Why two may be one.
    #[must_use]
    pub fn reason(&self, reason: Reason) -> &'static str {
        match reason {
            Reason::Phone => self.by_phone,
            Reason::Email => self.by_email,
            Reason::Name => self.by_name,
            Reason::NameOrder => self.by_name_order,
            Reason::NameSlip => self.by_name_slip,
            Reason::NameSound => self.by_name_sound,
            Reason::NamePinyin => self.by_name_pinyin,
            Reason::NamePart => self.by_name_part,
            Reason::PhoneSlip => self.by_phone_slip,
            Reason::EmailSlip => self.by_email_slip,
            Reason::Birthday => self.by_birthday,
            Reason::Address => self.by_address,
            Reason::Company => self.by_company,
            Reason::City => self.by_city,
            Reason::Key => self.by_key,
        }
    }

    /// All of them in one line.
    #[must_use]
    pub fn reasons(&self, reasons: &[Reason]) -> String {
        reasons.iter().map(|&reason| self.reason(reason)).collect::<Vec<_>>().join(" · ")
    }
}
