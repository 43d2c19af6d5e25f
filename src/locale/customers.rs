//! The list of customers and the form for one.

super::texts! {
    /// The list of customers and the form for one.
    CustomersTexts {
        title: "Customers", "客户";
        answer_all: "{n} customer, {money} of revenue so far.|{n} customers, {money} of revenue so far.", "共 {n} 位客户，累计带来 {money} 销售额。";
        answer_some: "{n} customer fits.|{n} customers fit.", "有 {n} 位客户符合条件。";
        list_label: "Customers; arrow keys move, Enter opens", "客户列表，方向键移动，Enter 打开";
        search: "Search name, phone, email, company, note", "搜索姓名、电话、邮箱、公司、备注";
        add: "Add a customer", "添加客户";
        filter: "Filter", "筛选";
        sort: "Sort by", "排序";
        remove_filter: "Remove the filter", "移除筛选";
        clear_filters: "Clear all filters", "清除全部筛选";
        any: "Any", "不限";
        country: "Country", "国家或地区";
        tag: "Tag", "标签";
        activity: "Activity", "活跃情况";
        activity_active: "Bought in the last 12 months", "近 12 个月有购买";
        activity_dormant: "Dozing or asleep", "在瞌睡或沉睡";
        activity_fell_asleep: "Fell asleep in the last month", "近一个月陷入沉睡";
        purchase: "Purchases", "购买情况";
        purchase_yes: "With a purchase", "买过";
        purchase_no: "Prospects, no purchase yet", "潜在客户，还没买过";
        rfm_cell: "RFM: recency {r}, frequency {f}", "RFM：最近购买 {r} 分，购买频率 {f} 分";
        top_share: "Best {percent} by profit", "利润前 {percent}";
        none_title: "No customers yet", "还没有客户";
        none_body: "Here you will see every customer with what they bought, what they are worth and how they are drifting. Import your orders, or add the first customer by hand.", "这里会列出每位客户买过什么、值多少、是否在疏远。导入订单，或手动添加第一位客户。";
        no_match_title: "Nobody fits", "没有符合的客户";
        no_match_body: "No customer fits the search and the filters together.", "没有客户同时符合搜索和筛选条件。";
        group_short: "Group", "分群";

        quick_look: "Quick look", "速览";
        open: "Open", "打开";
        days_ago: "{n} day since the last purchase|{n} days since the last purchase", "距上次购买 {n} 天";
        usual_interval: "usually every {n} day|usually every {n} days", "通常每 {n} 天一次";
        recent: "Latest", "最近动态";
        nothing_yet: "Nothing has happened yet.", "还没有任何往来。";

        export: "Export", "导出";
        export_xlsx: "Excel workbook (.xlsx)", "Excel 工作簿（.xlsx）";
        export_csv: "Table of text (.csv)", "文本表格（.csv）";
        export_vcf: "Address book (.vcf)", "通讯录（.vcf）";
        name: "Name", "姓名或名称";
        phone: "Phone", "电话";
        email: "Email", "邮箱";
        company: "Company", "公司";
        key: "Customer number", "客户编号";
        city: "City", "城市";
        address: "Address", "地址";
        birthday: "Birthday", "生日";
        tags: "Tags", "标签";
        owner: "Looked after by", "负责人";
        note: "Note", "备注";
        draft_restored: "What you typed before is here again.", "之前填写的内容已恢复。";
        draft_discard: "Start afresh", "重新填写";
    }
}
