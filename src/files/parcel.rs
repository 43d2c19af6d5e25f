//! Parsed orders as bytes, to hand them from the worker that read the file to the one that owns the book: a copy of a
//! million lines as JavaScript objects would take longer than reading them. Both workers are of one build, so the
//! format needs no version.

use super::orders::{
    ParseReport, ParsedCustomer, ParsedLine, ParsedOrder, ParsedOrders, ParsedProduct, ParsedResponse,
};
use crate::domain::{CivilTime, Currency, OrderKind, Value};

/// Packs everything but the errors by row, which the page already has.
#[must_use]
pub fn encode(parsed: &ParsedOrders) -> Vec<u8> {
    let mut out = Vec::with_capacity(64 * parsed.orders.len() + 28 * parsed.lines.len() + 1024);
    let put = &mut out;
    put_count(put, parsed.customers.len());
    for customer in &parsed.customers {
        for field in customer_fields(customer) {
            put_text(put, field);
        }
    }
    put_count(put, parsed.products.len());
    for product in &parsed.products {
        put_text(put, &product.key);
        put_text(put, &product.name);
        put_text(put, &product.category);
        put.push(u8::from(product.cost_e4.is_some()));
        put_i64(put, product.cost_e4.unwrap_or_default());
    }
    put_count(put, parsed.orders.len());
    for order in &parsed.orders {
        put_text(put, &order.key);
        put_option(put, order.customer);
        put_i64(put, order.at.0);
        put_text(put, order.kind.name());
        put_text(put, &order.channel);
        put_text(put, order.currency.code());
        put_text(put, &order.note);
        put_u32(put, order.first_line);
        put_u32(put, order.line_count);
    }
    put_count(put, parsed.lines.len());
    for line in &parsed.lines {
        put_option(put, line.product);
        put_i64(put, line.quantity_milli);
        put_i64(put, line.unit_price_e4);
        put_i64(put, line.total_minor);
    }
    put_count(put, parsed.responses.len());
    for r in &parsed.responses {
        put_i64(put, i64::try_from(r.row).unwrap_or(i64::MAX));
        for text in [&r.key, &r.customer, &r.order, &r.product, &r.staff, &r.comment] {
            put_text(put, text);
        }
        put_i64(put, r.at.0);
        for score in [r.expectation, r.experience, r.nps, r.csat] {
            put_option(put, score.map(u32::from));
        }
    }
    // Records have fields of any kind; what cannot be written could not have been read either.
    put_text(put, &serde_json::to_string(&parsed.records).unwrap_or_default());
    let fields = parsed.orders.iter().enumerate().filter(|(_, order)| !order.fields.is_empty());
    let fields: Vec<_> = fields.map(|(at, order)| (at, &order.fields)).collect();
    put_text(put, &serde_json::to_string(&fields).unwrap_or_default());
    put_count(put, parsed.never_sold.len());
    parsed.never_sold.iter().for_each(|number| put_text(put, number));
    out
}

/// Unpacks what [`encode`] packed; `report` goes beside. `None` when the bytes are not such a parcel.
#[must_use]
pub fn decode(bytes: &[u8], report: ParseReport) -> Option<ParsedOrders> {
    let from = &mut { bytes };
    let customers = take_all(from, |from| {
        let mut customer = ParsedCustomer::default();
        for field in customer_fields_mut(&mut customer) {
            *field = take_text(from)?;
        }
        Some(customer)
    })?;
    let products = take_all(from, |from| {
        Some(ParsedProduct {
            key: take_text(from)?,
            name: take_text(from)?,
            category: take_text(from)?,
            cost_e4: {
                let [known] = take::<1>(from)?;
                let cost = take_i64(from)?;
                (known == 1).then_some(cost)
            },
        })
    })?;
    let mut orders = take_all(from, |from| {
        Some(ParsedOrder {
            key: take_text(from)?,
            customer: take_option(from)?,
            at: CivilTime(take_i64(from)?),
            kind: OrderKind::from_name(&take_text(from)?)?,
            channel: take_text(from)?,
            currency: Currency::parse(&take_text(from)?)?,
            note: take_text(from)?,
            fields: Vec::new(),
            first_line: take_u32(from)?,
            line_count: take_u32(from)?,
        })
    })?;
    let lines = take_all(from, |from| {
        Some(ParsedLine {
            product: take_option(from)?,
            quantity_milli: take_i64(from)?,
            unit_price_e4: take_i64(from)?,
            total_minor: take_i64(from)?,
        })
    })?;
    let responses = take_all(from, take_response)?;
    let records = serde_json::from_str(&take_text(from)?).ok()?;
    let fields: Vec<(usize, Vec<(String, Value)>)> = serde_json::from_str(&take_text(from)?).ok()?;
    for (at, fields) in fields {
        orders.get_mut(at)?.fields = fields;
    }
    let never_sold = take_all(from, take_text)?;
    let parsed = ParsedOrders { customers, products, orders, lines, responses, records, never_sold, report };
    from.is_empty().then_some(parsed)
}

fn take_response(from: &mut &[u8]) -> Option<ParsedResponse> {
    let score = |from: &mut &[u8]| {
        let score = take_option(from)?;
        Some(score.and_then(|n| u8::try_from(n).ok()))
    };
    Some(ParsedResponse {
        row: u64::try_from(take_i64(from)?).ok()?,
        key: take_text(from)?,
        customer: take_text(from)?,
        order: take_text(from)?,
        product: take_text(from)?,
        staff: take_text(from)?,
        comment: take_text(from)?,
        at: CivilTime(take_i64(from)?),
        expectation: score(from)?,
        experience: score(from)?,
        nps: score(from)?,
        csat: score(from)?,
    })
}

fn customer_fields(c: &ParsedCustomer) -> [&str; 8] {
    [&c.key, &c.name, &c.phone, &c.email, &c.company, &c.country, &c.city, &c.address]
}

fn customer_fields_mut(c: &mut ParsedCustomer) -> [&mut String; 8] {
    [&mut c.key, &mut c.name, &mut c.phone, &mut c.email, &mut c.company, &mut c.country, &mut c.city, &mut c.address]
}

fn put_u32(out: &mut Vec<u8>, n: u32) {
    out.extend_from_slice(&n.to_le_bytes());
}

fn put_i64(out: &mut Vec<u8>, n: i64) {
    out.extend_from_slice(&n.to_le_bytes());
}

/// Rows are counted in 32 bits everywhere; see the limits of `files`.
fn put_count(out: &mut Vec<u8>, n: usize) {
    put_u32(out, u32::try_from(n).unwrap_or(u32::MAX));
}

fn put_option(out: &mut Vec<u8>, n: Option<u32>) {
    put_u32(out, n.unwrap_or(u32::MAX));
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    put_count(out, text.len());
    out.extend_from_slice(text.as_bytes());
}

fn take<const N: usize>(from: &mut &[u8]) -> Option<[u8; N]> {
    let (head, tail) = from.split_first_chunk::<N>()?;
    *from = tail;
    Some(*head)
}

fn take_u32(from: &mut &[u8]) -> Option<u32> {
    take(from).map(u32::from_le_bytes)
}

fn take_i64(from: &mut &[u8]) -> Option<i64> {
    take(from).map(i64::from_le_bytes)
}

fn take_option(from: &mut &[u8]) -> Option<Option<u32>> {
    take_u32(from).map(|n| (n != u32::MAX).then_some(n))
}

fn take_text(from: &mut &[u8]) -> Option<String> {
    let length = take_u32(from)? as usize;
    let (head, tail) = from.split_at_checked(length)?;
    *from = tail;
    String::from_utf8(head.to_vec()).ok()
}

fn take_all<T>(from: &mut &[u8], one: impl Fn(&mut &[u8]) -> Option<T>) -> Option<Vec<T>> {
    let count = take_u32(from)? as usize;
    // Every item takes at least a byte, so a wrong count cannot ask for more memory than the bytes are worth.
    let mut all = Vec::with_capacity(count.min(from.len()));
    for _ in 0..count {
        all.push(one(from)?);
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::orders::{ParsedRecord, ParsedRecords};

    fn sample() -> ParsedOrders {
        ParsedOrders {
            customers: vec![
                ParsedCustomer { key: "1".into(), name: "王小明 🙂".into(), ..Default::default() },
                ParsedCustomer { key: "2".into(), email: "a@b".into(), address: "x\ny".into(), ..Default::default() },
            ],
            products: vec![
                ParsedProduct { key: "p".into(), name: "Tea".into(), category: String::new(), cost_e4: Some(-1) },
                ParsedProduct { key: "q".into(), ..Default::default() },
            ],
            orders: vec![ParsedOrder {
                key: "536365".into(),
                customer: None,
                at: CivilTime(-5),
                kind: OrderKind::Adjustment,
                channel: "shop".into(),
                currency: Currency::GBP,
                note: String::new(),
                fields: vec![("delivered".into(), 15_000.into())],
                first_line: 0,
                line_count: 2,
            }],
            lines: vec![
                ParsedLine { product: Some(1), quantity_milli: -1, unit_price_e4: i64::MAX, total_minor: i64::MIN },
                ParsedLine { product: None, quantity_milli: 0, unit_price_e4: 0, total_minor: 0 },
            ],
            never_sold: vec!["9".into(), "十".into()],
            responses: vec![ParsedResponse {
                row: 7,
                key: "r1".into(),
                customer: "1".into(),
                at: CivilTime(5),
                order: "536365".into(),
                product: String::new(),
                staff: "小李".into(),
                expectation: Some(0),
                experience: Some(10),
                nps: None,
                csat: Some(5),
                comment: "好".into(),
            }],
            records: ParsedRecords {
                kind: Some(crate::domain::Kind::Customer),
                records: vec![ParsedRecord {
                    row: 2,
                    key: "1".into(),
                    numbered: true,
                    customer: String::new(),
                    fields: vec![("name".into(), "王 \"小\" 明".into()), ("mood".into(), 3.into())],
                }],
            },
            report: ParseReport { rows: 2, ..Default::default() },
        }
    }

    #[test]
    fn a_parcel_brings_what_was_packed() {
        for parsed in [ParsedOrders::default(), sample()] {
            assert_eq!(decode(&encode(&parsed), parsed.report.clone()), Some(parsed));
        }
    }

    #[test]
    fn a_damaged_parcel_is_refused_at_every_length() {
        let whole = encode(&sample());
        for end in 0..whole.len() {
            assert_eq!(decode(&whole[..end], ParseReport::default()), None, "{end}");
        }
        assert_eq!(decode(&[255; 64], ParseReport::default()), None);
    }
}
