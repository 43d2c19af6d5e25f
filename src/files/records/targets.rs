//! Which columns a file of records can have.

use crate::domain::Kind;
use crate::files::orders::{Role, Target};

use super::{LONG, MEDIUM, SHORT};

/// How a cell becomes a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Read {
    /// At most so many characters.
    Text(usize),
    /// Ten-thousandths of a major unit, not below zero.
    Price,
    /// 1 angry to 5 delighted.
    Mood,
    Birthday,
    /// Words with commas or the like between them.
    Tags,
    /// A value and the words for it; the last one for words that are not known.
    Choice(&'static [(&'static str, &'static str)]),
}

/// One column that a file of this kind can have.
#[derive(Clone, Copy, Debug)]
pub struct TargetField {
    pub role: Role,
    /// Field of the record; empty for what says which record, when, or about whom.
    pub field: &'static str,
    pub read: Option<Read>,
    /// Header names as [`normalise`](crate::files::orders) leaves them, best first.
    pub names: &'static str,
}

const fn field(role: Role, field: &'static str, read: Read, names: &'static str) -> TargetField {
    TargetField { role, field, read: Some(read), names }
}

/// Says which record, when or about whom.
const fn about(role: Role, names: &'static str) -> TargetField {
    TargetField { role, field: "", read: None, names }
}

const CUSTOMERS: &[TargetField] = &[
    field(
        Role::CustomerKey,
        "key",
        Read::Text(SHORT),
        "customerid customerno number no id code 客户编号 会员号 编号 uid",
    ),
    field(Role::CustomerName, "name", Read::Text(SHORT), "name fullname customername 姓名 客户姓名 客户名称 名称 称呼"),
    field(Role::Phone, "phone", Read::Text(SHORT), "phone mobile mobilephone phonenumber 手机 手机号 电话 联系电话"),
    field(Role::Email, "email", Read::Text(SHORT), "email emailaddress 邮箱 电子邮箱"),
    field(Role::Company, "company", Read::Text(SHORT), "company organisation organization 公司 单位 公司名称"),
    field(Role::Country, "country", Read::Text(SHORT), "country 国家 国家地区"),
    field(Role::City, "city", Read::Text(SHORT), "city town 城市 所在城市"),
    field(Role::Address, "address", Read::Text(MEDIUM), "address street 地址 联系地址 详细地址"),
    field(
        Role::Birthday,
        "birthday",
        Read::Birthday,
        "birthday birthdate dateofbirth dob bday born 生日 出生日期 出生年月日 客户生日 会员生日",
    ),
    field(Role::Tags, "tags", Read::Tags, "tags tag labels label categories groups 标签 客户标签 分组 标记"),
    field(
        Role::Owner,
        "owner",
        Read::Text(SHORT),
        "owner lookedafterby salesperson accountmanager salesrep 负责人 业务员 客户经理 跟进人 归属人",
    ),
    field(Role::Note, "note", Read::Text(LONG), "note notes remark remarks comment comments memo 备注 说明 客户备注"),
];

const PRODUCTS: &[TargetField] = &[
    field(
        Role::ProductKey,
        "key",
        Read::Text(SHORT),
        "sku productid productcode stockcode code itemno id number barcode 产品编号 产品编码 商品编号 商品编码 货号 编号 条码",
    ),
    field(
        Role::ProductName,
        "name",
        Read::Text(MEDIUM),
        "name product productname title description 产品名称 商品名称 品名 名称 产品 商品",
    ),
    field(Role::Category, "category", Read::Text(SHORT), "category type group 分类 类别 品类"),
    field(
        Role::UnitPrice,
        "price_e4",
        Read::Price,
        "price unitprice listprice saleprice retailprice 价格 单价 售价 零售价 标价",
    ),
    field(Role::UnitCost, "cost_e4", Read::Price, "cost unitcost purchaseprice costprice 成本 成本价 进价 单位成本"),
    field(Role::Note, "note", Read::Text(LONG), "note notes remark remarks comment 备注 说明"),
];

const CHANNELS: &[(&str, &str)] = &[
    ("phone", "phone call telephone tel 电话 来电 去电 致电"),
    ("visit", "visit onsite meeting 拜访 上门 面谈 走访"),
    ("shop", "shop store counter intheshop 到店 门店 店内"),
    ("wechat", "wechat weixin wecom 微信 企业微信"),
    ("email", "email mail 邮件 电子邮件"),
    ("other", "other 其他 其它"),
];

const DIRECTIONS: &[(&str, &str)] = &[
    (
        "in",
        "in inbound incoming customer theymadecontact 来 来电 呼入 客户 客户联系我们 客户主动 客户主动联系 主动来访",
    ),
    ("out", "out outbound outgoing us wemadecontact 去 去电 呼出 我们 我方联系 我们联系客户"),
];

const INTERACTIONS: &[TargetField] = &[
    about(
        Role::OrderDate,
        "date time at when contactedat datetime calldate visitdate 日期 时间 联系时间 联系日期 沟通时间 回访时间 拜访时间 跟进时间",
    ),
    about(Role::OrderTime, "timeofday 时刻"),
    about(Role::CustomerKey, ""),
    about(Role::CustomerName, ""),
    about(Role::Phone, ""),
    about(Role::Email, ""),
    field(
        Role::InteractionKey,
        "key",
        Read::Text(SHORT),
        "interactionid numberofthecontact contactid callid ticketid recordid 互动编号 联系编号 跟进编号 记录编号",
    ),
    field(
        Role::Channel,
        "channel",
        Read::Choice(CHANNELS),
        "channel medium via type 渠道 方式 联系方式 沟通方式 跟进方式 类型",
    ),
    field(
        Role::Direction,
        "direction",
        Read::Choice(DIRECTIONS),
        "direction inout whocontacted whomadecontact 方向 呼叫方向 谁联系谁",
    ),
    field(Role::Mood, "mood", Read::Mood, "mood feeling sentiment 心情 情绪"),
    field(Role::Staff, "staff", Read::Text(SHORT), "staff employee agent by 员工 客服 跟进人 记录人 接待人 经办人"),
    field(
        Role::Note,
        "note",
        Read::Text(LONG),
        "note notes summary content text subject 内容 沟通内容 跟进内容 备注 纪要 记录",
    ),
];

/// The columns of a file of records; empty for those that are read otherwise.
#[must_use]
pub fn fields(target: Target) -> &'static [TargetField] {
    match target {
        Target::Customers => CUSTOMERS,
        Target::Products => PRODUCTS,
        Target::Interactions => INTERACTIONS,
        Target::Orders | Target::Responses => &[],
    }
}

/// What a row of such a file is.
#[must_use]
pub fn kind_of(target: Target) -> Option<Kind> {
    match target {
        Target::Customers => Some(Kind::Customer),
        Target::Products => Some(Kind::Product),
        Target::Interactions => Some(Kind::Interaction),
        Target::Orders | Target::Responses => None,
    }
}

const WHO: &[Role] = &Role::WHO;
const SAID: &[Role] = &[Role::Expectation, Role::Experience, Role::Recommend, Role::Satisfied, Role::Comment];

/// Of each of these groups, one column at least must be there.
#[must_use]
pub fn needs(target: Target) -> &'static [&'static [Role]] {
    match target {
        Target::Orders => &[&[Role::OrderDate], &[Role::UnitPrice, Role::LineTotal]],
        Target::Responses => &[&[Role::OrderDate], WHO, SAID],
        Target::Customers => &[&[Role::CustomerName, Role::CustomerKey, Role::Phone, Role::Email, Role::Company]],
        Target::Products => &[&[Role::ProductName, Role::ProductKey]],
        Target::Interactions => &[&[Role::OrderDate], WHO],
    }
}
