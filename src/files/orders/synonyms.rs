//! What columns of order files are called, in English and Chinese: spreadsheets kept by hand and the exports of
//! Shopify, WooCommerce, Odoo, Square, Taobao, JD, Youzan and WeChat shops.

use super::Role;

/// Header names as [`normalise`](super::columns::normalise) leaves them (so none has a blank in it), best first per role.
pub(super) const EXACT: [(Role, &str); 22] = [
    (
        Role::OrderNumber,
        "invoiceno invoice invoicenumber invoiceid ordernumber orderno orderid order ordername orderreference \
         orderref transactionid receiptno receiptnumber receipt documentno salesorder salesordernumber \
         bestellnummer 订单号 订单编号 订单id 订单号码 单号 单据号 单据编号 销售单号 小票号 小票编号 交易单号 \
         主订单号 主订单编号 父订单号 子订单号 子订单编号 发票号 流水号 订单",
    ),
    (
        Role::OrderDate,
        "invoicedate orderdate ordertime orderdatetime createdat datecreated createddate purchasedate \
         purchasetime orderedat orderedon transactiondate saledate salesdate datetime timestamp paidat \
         paiddate paymentdate date datum 下单时间 下单日期 订单时间 订单日期 订单创建时间 创建时间 创建日期 \
         购买时间 购买日期 成交时间 交易时间 交易日期 销售日期 销售时间 开单日期 单据日期 付款时间 付款日期 \
         支付时间 支付日期 订单付款时间 消费时间 消费日期 发生时间 日期 时间日期 日期时间",
    ),
    (Role::OrderTime, "time timeofday saletime uhrzeit 时间 时刻 具体时间"),
    (
        Role::CustomerKey,
        "customerid customerno customernumber customercode customerref clientid clientno memberid memberno \
         membernumber buyerid userid accountno accountnumber accountid cardno 客户编号 客户号 客户id 客户代码 \
         客户编码 会员号 会员编号 会员id 会员卡号 会员账号 买家会员名 买家会员 买家id 买家账号 买家昵称 用户id \
         用户编号 用户账号 下单账号 下单帐号 顾客编号 顾客id openid 卡号",
    ),
    (
        Role::CustomerName,
        "customername customer clientname client buyername buyer membername fullname billingname \
         billingfullname contactname shippingname recipient recipientname customerfullname name kunde 客户姓名 \
         客户名称 客户 顾客 顾客姓名 会员姓名 会员名称 会员 买家姓名 买家 姓名 收货人姓名 收货人 收件人 \
         收件人姓名 联系人 用户姓名 用户名 用户昵称 昵称 微信昵称 购买人 下单人",
    ),
    (
        Role::Phone,
        "phone phonenumber mobile mobilenumber mobilephone tel telephone cell cellphone customerphone \
         billingphone buyerphone contactphone shippingphone telefon 手机 手机号 手机号码 电话 电话号码 \
         联系电话 联系手机 联系方式 客户手机 客户电话 客户手机号 会员手机 会员手机号 买家手机 买家手机号 \
         收货人手机 收货人手机号 收货人电话 收件人手机 收件人电话 收货电话 用户手机号",
    ),
    (
        Role::Email,
        "email emailaddress mail customeremail billingemail buyeremail contactemail 邮箱 电子邮箱 电子邮件 \
         客户邮箱 买家邮箱",
    ),
    (
        Role::Company,
        "company companyname billingcompany organisation organization business firma 公司 公司名称 单位 \
         单位名称 企业名称 客户单位 购货单位",
    ),
    (
        Role::Country,
        "country countrycode billingcountry shippingcountry countryregion region land 国家 国家地区 地区 \
         国家或地区",
    ),
    (
        Role::City,
        "city town billingcity shippingcity customercity stadt ort 城市 市 所在城市 收货城市 收货人城市 \
         客户城市 地级市",
    ),
    (
        Role::Address,
        "address address1 billingaddress billingaddress1 billingstreet shippingaddress street customeraddress \
         地址 收货地址 收货人地址 详细地址 收货人详细地址 联系地址 客户地址 送货地址 收件地址",
    ),
    (
        Role::ProductKey,
        "stockcode sku skucode productcode productid productno productsku itemcode itemno itemid itemsku \
         lineitemsku variantsku articleno articlenumber barcode ean upc artikelnummer internalreference \
         商品编码 商品编号 商品代码 商品id 产品编号 产品编码 产品代码 货号 款号 商家编码 商品货号 规格编码 \
         sku编码 条码 条形码 商品条码 物料编码 品号 skuid 外部系统编号",
    ),
    (
        Role::ProductName,
        "productname product itemname item lineitemname description itemdescription productdescription \
         producttitle title article articlename orderlinesproduct orderlinesdescription artikel 商品名称 商品 \
         商品名 商品标题 产品名称 产品 产品名 品名 宝贝标题 宝贝名称 货品名称 货品 物料名称 项目 项目名称 \
         服务项目 标题",
    ),
    (
        Role::Category,
        "category productcategory producttype itemcategory department categories kategorie 分类 类别 商品分类 \
         商品类别 产品分类 产品类别 品类 类目 商品类目",
    ),
    (
        Role::Quantity,
        "quantity qty orderquantity lineitemquantity itemquantity units unitssold pieces pcs quantityordered \
         orderlinesquantity orderlinesorderedquantity menge anzahl 数量 购买数量 商品数量 销售数量 订购数量 \
         件数 宝贝数量 宝贝总数量 商品件数 下单数量",
    ),
    (
        Role::UnitPrice,
        "unitprice price itemprice lineitemprice itemcost priceeach saleprice salesprice sellingprice \
         productprice orderlinesunitprice preis einzelpreis stückpreis 单价 价格 商品单价 商品价格 销售单价 \
         售价 销售价 成交单价 宝贝价格 实际单价 折后单价",
    ),
    (
        Role::LineTotal,
        "linetotal lineamount extendedprice itemtotal lineitemtotal netsales subtotal orderlinessubtotal \
         orderlinestotal amount amountpaid totalamount totalprice paidamount nettotal netamount grosssales \
         revenue sales total ordertotal ordertotalamount grandtotal betrag summe gesamt umsatz 实付金额 \
         实收金额 实付 实收 实付款 应付金额 小计 金额 商品金额 成交金额 销售金额 消费金额 支付金额 付款金额 \
         交易金额 订单金额 总金额 总价 合计 合计金额 销售额 买家实际支付金额 买家应付货款 商品总价 \
         订单实付金额 应收金额",
    ),
    (
        Role::UnitCost,
        "unitcost cost costprice purchaseprice cogs costperitem cogsperunit 成本 成本价 单位成本 进价 进货价 \
         商品成本",
    ),
    (
        Role::Channel,
        "channel saleschannel source sourcename store shop location outlet salesteam 渠道 销售渠道 订单渠道 \
         订单来源 来源 店铺 店铺名称 门店 门店名称 销售门店 下单渠道 平台",
    ),
    (
        Role::Status,
        "status orderstatus financialstatus paymentstatus state eventtype transactiontype ordertype type 状态 \
         订单状态 交易状态 售后状态 退款状态 支付状态 单据类型 订单类型 交易类型 业务类型 类型",
    ),
    (Role::CurrencyCode, "currency currencycode ordercurrency währung 币种 货币 币别 货币类型"),
    (
        Role::Note,
        "note notes comment comments remark remarks memo customernote ordernote 备注 买家留言 订单备注 \
         客户备注 留言 说明 买家备注 卖家备注 商家备注 附言",
    ),
];

/// Parts of a header that speak for a role when no name fits whole; tried in this order.
pub(super) const PARTS: [(Role, &str); 13] = [
    (Role::OrderNumber, "orderno ordernum orderid invoiceno 订单号 订单编号"),
    (Role::OrderDate, "下单时间 orderdate invoicedate 日期 date"),
    (Role::Phone, "手机 电话 phone mobile"),
    (Role::Email, "邮箱 email"),
    (Role::CustomerKey, "会员号 客户编 customerid customerno 会员编"),
    (Role::CustomerName, "customername 姓名 客户名"),
    (Role::ProductKey, "sku 货号 商品编 产品编 productcode itemcode"),
    (Role::ProductName, "商品名 产品名 productname itemname"),
    (Role::Quantity, "数量 quantity qty"),
    (Role::UnitPrice, "单价 unitprice"),
    (Role::LineTotal, "实付 实收 linetotal 金额"),
    (Role::City, "城市"),
    (Role::Address, "地址 address"),
];

/// A total that begins so is of the line, whatever it comes to.
pub(super) const OF_A_LINE: [&str; 3] = ["line", "orderline", "行"];

/// A header with one of these in it is never matched by its parts: what it names is not the order's own.
pub(super) const NOT_BY_PARTS: [&str; 34] = [
    "物流", "快递", "运单", "运费", "优惠", "折扣", "税", "退款", "退货", "发货", "确认", "完成", "更新", "修改",
    "生日", "注册", "有效", "积分", "邮费", "tracking", "shipping", "discount", "tax", "refund", "updated", "modified",
    "delivery", "due", "birth", "fulfil", "ship", "cancel", "expir", "库存",
];

/// What a status (or a type of document) says about a row, told by the cell's words in lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusClass {
    Sale,
    /// Neither bought nor given back by a customer: stock written off.
    Adjustment,
    /// The row itself is the return: `Refund`, `退货单`.
    Refund,
    /// The row is a sale that was wholly given back later: `refunded`, `已退款`.
    Refunded,
    /// Nothing was sold: `cancelled`, `pending`, `交易关闭`.
    NotASale,
}

/// Whether a status is no more than the kind of the order, as Kith's own lists say it.
pub fn is_kind_of_order(text: &str) -> bool {
    const KINDS: [&str; 6] = ["purchase", "refund", "adjustment", "购买", "退款", "调整"];
    KINDS.contains(&text.trim().to_lowercase().as_str())
}

/// Reads a cell of a status column. Partly refunded orders and unknown words are sales.
#[must_use]
pub fn classify_status(text: &str) -> StatusClass {
    const SALE: [&str; 12] = [
        "partial",
        "部分",
        "no refund",
        "not refund",
        "无退",
        "未退",
        "没有",
        "未申请",
        "refund rejected",
        "refund denied",
        "退款关闭",
        "拒绝",
    ];
    const REFUNDED: [&str; 11] = [
        "refunded",
        "returned",
        "charged back",
        "已退",
        "退款成功",
        "退款完成",
        "退货完成",
        "退货成功",
        "全额退款",
        "全部退",
        "全退",
    ];
    const REFUND: [&str; 8] = ["refund", "return", "credit note", "credit memo", "chargeback", "退款", "退货", "退单"];
    const NOT_A_SALE: [&str; 22] = [
        "cancel",
        "void",
        "failed",
        "expired",
        "abandoned",
        "pending payment",
        "payment pending",
        "unpaid",
        "draft",
        "declined",
        "取消",
        "关闭",
        "作废",
        "未付款",
        "待付款",
        "未支付",
        "待支付",
        "等待买家付款",
        "支付失败",
        "已失效",
        "草稿",
        "on-hold",
    ];
    let lower = text.trim().to_lowercase();
    let has = |words: &[&str]| words.iter().any(|w| lower.contains(w));
    if lower.is_empty() || has(&SALE) {
        StatusClass::Sale
    } else if ["adjustment", "调整"].contains(&lower.as_str()) {
        StatusClass::Adjustment
    } else if has(&REFUNDED) {
        StatusClass::Refunded
    } else if has(&REFUND) {
        StatusClass::Refund
    } else if has(&NOT_A_SALE) {
        StatusClass::NotASale
    } else {
        StatusClass::Sale
    }
}
