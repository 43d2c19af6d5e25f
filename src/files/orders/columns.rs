//! Guessing what each column means: by its name first, by its cells to confirm or where the name says nothing.

use super::synonyms::{EXACT, NOT_BY_PARTS, OF_A_LINE, PARTS};
use super::{DecimalSign, FileWarning, Role};
use crate::files::dates::fitting_orders;
use crate::files::numbers::{clean, guess_decimal_sign, parse_decimal};

/// A header as it is compared: lower case, half-width, without brackets and what they hold, letters and digits only.
#[must_use]
pub fn normalise(header: &str) -> String {
    let mut depth = 0u32;
    let mut out = String::new();
    for c in header.chars() {
        let c = match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            '【' => '[',
            '】' => ']',
            _ => c,
        };
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 && c.is_alphanumeric() => out.extend(c.to_lowercase()),
            _ => {}
        }
    }
    out
}

/// Roles for the columns, and which roles more than one column had an equal claim to.
pub(super) fn guess_roles(header: &[String], rows: &[Vec<String>]) -> (Vec<Role>, Vec<FileWarning>) {
    let names: Vec<String> = header.iter().map(|h| normalise(h)).collect();
    let mut roles = vec![Role::Ignore; header.len()];
    let mut warnings = Vec::new();
    shopify(&names, &mut roles);
    for (role, words) in EXACT {
        let mut claims: Vec<(usize, usize)> = names
            .iter()
            .enumerate()
            .filter_map(|(column, name)| {
                words.split_ascii_whitespace().position(|w| w == name).map(|rank| (rank, column))
            })
            .filter(|(_, column)| is_free(&roles, *column) && fits(role, *column, rows))
            .collect();
        crate::domain::sort::sort_by(&mut claims, Ord::cmp);
        if let Some((best, column)) = claims.first().copied().filter(|_| !roles.contains(&role)) {
            set(&mut roles, column, role);
            let equal: Vec<String> =
                claims.iter().filter(|(rank, _)| *rank == best).filter_map(|(_, c)| header.get(*c).cloned()).collect();
            if equal.len() > 1 {
                warnings.push(FileWarning::ManyCandidates { role, columns: equal });
            }
        }
    }
    for (role, parts) in PARTS {
        if roles.contains(&role) {
            continue;
        }
        let column = names.iter().enumerate().position(|(column, name)| {
            is_free(&roles, column)
                && parts.split_ascii_whitespace().any(|p| name.contains(p))
                && !NOT_BY_PARTS.iter().any(|n| name.contains(n))
                && fits(role, column, rows)
                // A part of a name is too little to call a column without a cell the date.
                && (role != Role::OrderDate || column_cells(column, rows).next().is_some())
        });
        if let Some(column) = column {
            set(&mut roles, column, role);
        }
    }
    by_cells(&mut roles, rows);
    drop_order_totals(&mut roles, &names, rows);
    (roles, warnings)
}

fn is_free(roles: &[Role], column: usize) -> bool {
    roles.get(column) == Some(&Role::Ignore)
}

fn set(roles: &mut [Role], column: usize, role: Role) {
    if let Some(slot) = roles.get_mut(column) {
        *slot = role;
    }
}

/// Shopify calls the order number “Name” and has a subtotal and a total of the whole order on its first line.
fn shopify(names: &[String], roles: &mut [Role]) {
    let has = |name: &str| names.iter().position(|n| n == name);
    if has("lineitemname").is_none() || has("lineitemquantity").is_none() {
        return;
    }
    if let Some(column) = has("name") {
        set(roles, column, Role::OrderNumber);
    }
}

fn column_cells(column: usize, rows: &[Vec<String>]) -> impl Iterator<Item = &str> + Clone {
    rows.iter().filter_map(move |r| r.get(column)).map(|c| clean(c)).filter(|c| !c.is_empty())
}

/// Share of the filled cells for which `test` holds is at least `percent`; a column without any tells nothing.
fn mostly(column: usize, rows: &[Vec<String>], percent: usize, test: impl Fn(&str) -> bool) -> Option<bool> {
    let cells = column_cells(column, rows);
    let all = cells.clone().count();
    (all > 0).then(|| cells.filter(|c| test(c)).count() * 100 >= all * percent)
}

/// The cells do not speak against the role.
fn fits(role: Role, column: usize, rows: &[Vec<String>]) -> bool {
    match role {
        Role::Quantity | Role::UnitPrice | Role::LineTotal | Role::UnitCost => {
            mostly(column, rows, 50, is_number).unwrap_or(true)
        }
        Role::OrderDate => {
            column_cells(column, rows).next().is_none() || !fitting_orders(column_cells(column, rows)).is_empty()
        }
        Role::OrderTime => mostly(column, rows, 50, |c| crate::files::clock::parse_time(c).is_ok()).unwrap_or(true),
        Role::Email => mostly(column, rows, 50, |c| c.contains('@')).unwrap_or(true),
        _ => true,
    }
}

/// Whether at least half of a column's filled cells are numbers; a column without any may be.
pub(in crate::files) fn are_numbers(column: usize, rows: &[Vec<String>]) -> bool {
    let score = |cell: &str| is_number(cell.trim_end_matches('分').split('/').next().unwrap_or_default());
    mostly(column, rows, 50, score).unwrap_or(true)
}

fn is_number(cell: &str) -> bool {
    [DecimalSign::Point, DecimalSign::Comma].into_iter().any(|sign| parse_decimal(cell, sign, 4).is_ok())
}

fn is_phone(cell: &str) -> bool {
    let digits: String = cell.chars().filter(|c| !matches!(c, ' ' | '-' | '+' | '(' | ')')).collect();
    let mobile = digits.strip_prefix("86").unwrap_or(&digits);
    let chinese =
        mobile.len() == 11 && mobile.starts_with('1') && mobile.chars().all(|c| c.is_ascii_digit() || c == '*');
    chinese || cell.starts_with('+') && (8..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

fn is_email(cell: &str) -> bool {
    cell.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.') && !cell.contains(' '))
}

fn is_date(cell: &str) -> bool {
    cell.len() > 6 && !fitting_orders(std::iter::once(cell)).is_empty()
}

type Test = fn(&str) -> bool;

/// Roles whose cells are unmistakable, for columns whose names said nothing.
fn by_cells(roles: &mut [Role], rows: &[Vec<String>]) {
    let tests: [(Role, Test); 3] = [(Role::Email, is_email), (Role::Phone, is_phone), (Role::OrderDate, is_date)];
    for (role, test) in tests {
        if roles.contains(&role) {
            continue;
        }
        let column = (0..roles.len()).find(|c| is_free(roles, *c) && mostly(*c, rows, 90, test) == Some(true));
        if let Some(column) = column {
            set(roles, column, role);
        }
    }
    if roles.contains(&Role::UnitPrice) || roles.contains(&Role::LineTotal) {
        return;
    }
    // One single column left that looks like money: digits with decimals or a currency mark.
    let money = |c: &str| is_number(c) && !c.bytes().all(|b| b.is_ascii_digit());
    let mut left = (0..roles.len()).filter(|c| {
        is_free(roles, *c) && mostly(*c, rows, 90, is_number) == Some(true) && column_cells(*c, rows).any(money)
    });
    if let (Some(column), None) = (left.next(), left.next()) {
        set(roles, column, Role::LineTotal);
    }
}

/// Many exports repeat the total of the whole order on each line, or give it on the first line only. A line total must
/// be near quantity × price (within 30 %, for discount and tax) in four rows of five; otherwise it is left alone.
fn drop_order_totals(roles: &mut [Role], names: &[String], rows: &[Vec<String>]) {
    let at = |role| roles.iter().position(|r| *r == role);
    let (Some(quantity), Some(price), Some(total)) = (at(Role::Quantity), at(Role::UnitPrice), at(Role::LineTotal))
    else {
        return;
    };
    // Where the column says that it is of the line, a line sold at half its price is no order’s total.
    if names.get(total).is_some_and(|name| OF_A_LINE.iter().any(|word| name.starts_with(word))) {
        return;
    }
    let sign = guess_decimal_sign(column_cells(price, rows).chain(column_cells(total, rows)));
    let (mut agree, mut all) = (0, 0);
    for row in rows {
        let read = |column: usize, scale| row.get(column).and_then(|c| parse_decimal(c, sign, scale).ok());
        let (Some(q), Some(p)) = (read(quantity, 2), read(price, 2)) else { continue };
        all += 1;
        let expected = i128::from(q) * i128::from(p);
        let given = read(total, 4).map(i128::from);
        agree += usize::from(given.is_some_and(|g| (g.abs() - expected.abs()).abs() * 10 <= expected.abs() * 3));
    }
    if all > 0 && agree * 5 < all * 4 {
        set(roles, total, Role::Ignore);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Header, one row, and the roles expected.
    type Case<'a> = (&'a [&'a str], &'a [&'a str], &'a [(&'a str, Role)]);

    fn guess(header: &[&str], row: &[&str]) -> Vec<(String, Role)> {
        let header: Vec<String> = header.iter().map(|h| (*h).to_owned()).collect();
        let rows = if row.is_empty() { vec![] } else { vec![row.iter().map(|c| (*c).to_owned()).collect()] };
        let (roles, _) = guess_roles(&header, &rows);
        header.into_iter().zip(roles).filter(|(_, r)| *r != Role::Ignore).collect()
    }

    #[test]
    fn headers_of_common_exports() {
        use Role::*;
        let cases: [Case; 8] = [
            (
                &[
                    "InvoiceNo",
                    "StockCode",
                    "Description",
                    "Quantity",
                    "InvoiceDate",
                    "UnitPrice",
                    "CustomerID",
                    "Country",
                ],
                &["536365", "85123A", "HOLDER", "6", "2010-12-01 08:26:00", "2.55", "17850", "United Kingdom"],
                &[
                    ("InvoiceNo", OrderNumber),
                    ("StockCode", ProductKey),
                    ("Description", ProductName),
                    ("Quantity", Quantity),
                    ("InvoiceDate", OrderDate),
                    ("UnitPrice", UnitPrice),
                    ("CustomerID", CustomerKey),
                    ("Country", Country),
                ],
            ),
            (
                &[
                    "订单号",
                    "下单时间",
                    "会员号",
                    "客户姓名",
                    "手机",
                    "商品名称",
                    "货号",
                    "数量",
                    "单价（元）",
                    "实付金额",
                    "订单状态",
                    "渠道",
                    "城市",
                ],
                &[],
                &[
                    ("订单号", OrderNumber),
                    ("下单时间", OrderDate),
                    ("会员号", CustomerKey),
                    ("客户姓名", CustomerName),
                    ("手机", Phone),
                    ("商品名称", ProductName),
                    ("货号", ProductKey),
                    ("数量", Quantity),
                    ("单价（元）", UnitPrice),
                    ("实付金额", LineTotal),
                    ("订单状态", Status),
                    ("渠道", Channel),
                    ("城市", City),
                ],
            ),
            (
                &[
                    "Name",
                    "Email",
                    "Financial Status",
                    "Paid at",
                    "Currency",
                    "Subtotal",
                    "Total",
                    "Created at",
                    "Lineitem quantity",
                    "Lineitem name",
                    "Lineitem price",
                    "Lineitem sku",
                    "Billing Name",
                    "Billing City",
                    "Source",
                ],
                &[
                    "#1001",
                    "a@b.co",
                    "paid",
                    "2024-01-02 03:04:05 +0000",
                    "USD",
                    "300",
                    "330",
                    "2024-01-02 03:04:05 +0000",
                    "1",
                    "Mug",
                    "9.50",
                    "M-1",
                    "Ann",
                    "Rome",
                    "web",
                ],
                &[
                    ("Name", OrderNumber),
                    ("Email", Email),
                    ("Financial Status", Status),
                    ("Currency", CurrencyCode),
                    ("Created at", OrderDate),
                    ("Lineitem quantity", Quantity),
                    ("Lineitem name", ProductName),
                    ("Lineitem price", UnitPrice),
                    ("Lineitem sku", ProductKey),
                    ("Billing Name", CustomerName),
                    ("Billing City", City),
                    ("Source", Channel),
                ],
            ),
            (
                &[
                    "Order Number",
                    "Order Date",
                    "Email (Billing)",
                    "Item Name",
                    "SKU",
                    "Quantity",
                    "Item Cost",
                    "Order Status",
                    "Shipping Method",
                ],
                &[],
                &[
                    ("Order Number", OrderNumber),
                    ("Order Date", OrderDate),
                    ("Email (Billing)", Email),
                    ("Item Name", ProductName),
                    ("SKU", ProductKey),
                    ("Quantity", Quantity),
                    ("Item Cost", UnitPrice),
                    ("Order Status", Status),
                ],
            ),
            (
                &[
                    "订单编号",
                    "买家会员名",
                    "买家实际支付金额",
                    "订单创建时间",
                    "宝贝标题",
                    "宝贝总数量",
                    "收货人姓名",
                    "联系手机",
                    "收货地址",
                    "物流单号",
                ],
                &[],
                &[
                    ("订单编号", OrderNumber),
                    ("买家会员名", CustomerKey),
                    ("买家实际支付金额", LineTotal),
                    ("订单创建时间", OrderDate),
                    ("宝贝标题", ProductName),
                    ("宝贝总数量", Quantity),
                    ("收货人姓名", CustomerName),
                    ("联系手机", Phone),
                    ("收货地址", Address),
                ],
            ),
            (
                &[
                    "Order Reference",
                    "Order Date",
                    "Customer",
                    "Order Lines/Product",
                    "Order Lines/Quantity",
                    "Order Lines/Unit Price",
                ],
                &[],
                &[
                    ("Order Reference", OrderNumber),
                    ("Order Date", OrderDate),
                    ("Customer", CustomerName),
                    ("Order Lines/Product", ProductName),
                    ("Order Lines/Quantity", Quantity),
                    ("Order Lines/Unit Price", UnitPrice),
                ],
            ),
            (
                &[
                    "Date",
                    "Time",
                    "Category",
                    "Item",
                    "Qty",
                    "SKU",
                    "Net Sales",
                    "Transaction ID",
                    "Customer ID",
                    "Location",
                ],
                &["12/9/11", "08:26:00", "Drinks", "Tea", "2", "T", "$5.00", "abc", "", "Main"],
                &[
                    ("Date", OrderDate),
                    ("Time", OrderTime),
                    ("Category", Category),
                    ("Item", ProductName),
                    ("Qty", Quantity),
                    ("SKU", ProductKey),
                    ("Net Sales", LineTotal),
                    ("Transaction ID", OrderNumber),
                    ("Customer ID", CustomerKey),
                    ("Location", Channel),
                ],
            ),
            (
                &["A", "B", "C", "D"],
                &["2024/1/2", "13800138000", "x@y.com", "12.50"],
                &[("A", OrderDate), ("B", Phone), ("C", Email), ("D", LineTotal)],
            ),
        ];
        for (header, row, want) in cases {
            let want: Vec<(String, Role)> = want.iter().map(|(h, r)| ((*h).to_owned(), *r)).collect();
            assert_eq!(guess(header, row), want, "{header:?}");
        }
    }

    #[test]
    fn a_role_is_given_once_and_rivals_are_named() {
        let header = vec!["Qty".to_owned(), "Qty".to_owned()];
        let (roles, warnings) = guess_roles(&header, &[]);
        assert_eq!(roles, [Role::Quantity, Role::Ignore]);
        assert_eq!(warnings, [FileWarning::ManyCandidates { role: Role::Quantity, columns: header }]);
    }

    #[test]
    fn a_repeated_order_total_is_no_line_total() {
        let header: Vec<String> = ["order", "date", "qty", "price", "total"].map(str::to_owned).to_vec();
        let row = |q: &str, p: &str| ["1", "2024-01-02", q, p, "100"].map(str::to_owned).to_vec();
        let (roles, _) = guess_roles(&header, &[row("1", "10"), row("3", "30")]);
        assert_eq!(roles.last(), Some(&Role::Ignore));
        let (roles, _) = guess_roles(&header, &[row("10", "10"), row("5", "25")]);
        assert_eq!(roles.last(), Some(&Role::LineTotal));
    }
}
