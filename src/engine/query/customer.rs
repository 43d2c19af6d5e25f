//! One customer with their timeline; one order.

use super::quotes::is_open as is_open_quote;
use super::record::{contacts, record_row, title};
use super::records::{currency_of, customer_profile, order_draft, response_draft, rows_of};
use super::{metrics, window};
use crate::domain::{CivilTime, Day, DeviceId, Id, Kind, MS_PER_DAY, Stamp, case, order, promise, quote, response};
use crate::engine::api::{CustomerView, Due, OrderView, TimelineItem};
use crate::engine::dataset::Dataset;
use crate::engine::freshness::facts;
use crate::engine::metrics::{Entry, MetricsCache, Parts};

const MONTHS: usize = 12;

/// `None` for a customer who is not there or in the trash.
pub fn customer(
    data: &Dataset,
    cache: &mut MetricsCache,
    id: Id,
    (as_of, today): (Day, Day),
    kinds: &[Kind],
    (offset, limit): (u32, u32),
) -> Option<CustomerView> {
    // An old link leads to who stands for the customer now.
    let id = data.standing_id(id);
    let row = data.customers().row(id).filter(|&row| data.customers().is_live(row))?;
    let Parts { ledger, snapshot, moods, .. } = cache.parts(data, as_of);
    let mut moments = timeline(data, row);
    let count = |kind: Kind| (kind, moments.iter().filter(|m| m.kind == kind).count() as u64);
    let counts = Kind::ALL.iter().map(|&kind| count(kind)).filter(|(_, n)| *n > 0).collect();
    moments.retain(|m| kinds.is_empty() || kinds.contains(&m.kind));
    let items = window(&moments, offset, limit).iter().filter_map(|moment| item(data, moment.kind, moment.row));
    let never = Stamp { time: 0, device: DeviceId(0) };
    Some(CustomerView {
        id,
        profile: customer_profile(data, row),
        metrics: metrics(snapshot, moods, row),
        added: data.added(Kind::Customer, row).unwrap_or(never),
        changed: data.changed(Kind::Customer, row).unwrap_or(never),
        record: record_row(data, Kind::Customer, row)?,
        contacts: contacts(data, row),
        seen: facts(data, row).map(|(name, day)| (name.to_owned(), day)).collect(),
        due: due(data, row, today),
        kinds: counts,
        timeline_total: moments.len() as u64,
        timeline: items.collect(),
        monthly_minor: monthly(ledger.entries(row), as_of),
    })
}

/// Open promises, quotes and cases of a customer.
fn due(data: &Dataset, customer: u32, today: Day) -> Vec<Due> {
    let mut found: Vec<Due> = Vec::new();
    let open = [
        (Kind::Promise, promise::STATE, promise::DUE, "open"),
        (Kind::Quote, quote::OUTCOME, quote::VALID_UNTIL, "open"),
        (Kind::Case, case::STATUS, case::AT, "open"),
    ];
    for (kind, state, day, is_open) in open {
        let (Some(of), table) = (kind.customer(), data.table(kind)) else { continue };
        let theirs = (0..).zip(table.refs(of)).filter(|(_, to)| **to == customer).map(|(row, _)| row);
        let waits = |row: &u32| match kind {
            Kind::Quote => is_open_quote(table, *row, today),
            _ => ["", is_open].contains(&table.text(*row, state)),
        };
        for row in theirs.filter(|&row| table.is_live(row)).filter(waits) {
            let day = table.int(row, day).map(|n| if kind == Kind::Case { n.div_euclid(MS_PER_DAY) } else { n });
            let day = day.and_then(|n| i32::try_from(n).ok()).map(Day);
            let title = title(data, kind, row).to_owned();
            found.extend(table.id(row).map(|id| Due { kind, id, day, title }));
        }
    }
    crate::domain::sort::sort_by_key(&mut found, |due| (due.day.map_or(i32::MAX, |day| day.0), due.id));
    found
}

struct Moment {
    at: i64,
    kind: Kind,
    row: u32,
}

/// Everything that happened with a customer, newest first; what lies after the as-of day too. Ties by id.
fn timeline(data: &Dataset, customer: u32) -> Vec<Moment> {
    let mut moments: Vec<Moment> = Vec::new();
    for &kind in Kind::ALL {
        let (Some(of), Some(at), table) = (kind.customer(), kind.at(), data.table(kind)) else { continue };
        let rows = rows_of(table, table.ints(at), table.refs(of), customer);
        moments.extend(rows.map(|(at, row)| Moment { at, kind, row }));
    }
    crate::domain::sort::sort_by_key(&mut moments, |m| (std::cmp::Reverse(m.at), data.table(m.kind).id(m.row)));
    moments
}

fn item(data: &Dataset, kind: Kind, row: u32) -> Option<TimelineItem> {
    if kind == Kind::Response {
        let draft = response_draft(data, row)?;
        let (product, order) = subject_names(data, row);
        return Some(TimelineItem::Response { id: data.responses().id(row)?, draft, product, order });
    }
    if kind != Kind::Order {
        return record_row(data, kind, row).map(TimelineItem::Record);
    }
    let orders = data.orders();
    let lines = orders.lines_of(row);
    let first = lines.products.iter().find_map(|&p| Some(product_name(data, p)).filter(|name| !name.is_empty()));
    Some(TimelineItem::Order {
        id: orders.id(row)?,
        at: CivilTime(orders.int(row, order::AT).unwrap_or(0)),
        number: orders.text(row, order::KEY).to_owned(),
        kind: orders.kind_of(row),
        lines: u32::try_from(lines.len()).unwrap_or(u32::MAX),
        total_minor: lines.total_minor(),
        currency: currency_of(data, row),
        first_product: first.unwrap_or_default().to_owned(),
    })
}

/// Names of the product and number of the order that a response is about.
pub(super) fn subject_names(data: &Dataset, response: u32) -> (String, String) {
    let table = data.responses();
    let product = table.reference(response, response::PRODUCT).map(|p| product_name(data, p).to_owned());
    let order = table.reference(response, response::ORDER).map(|o| data.orders().text(o, order::KEY).to_owned());
    (product.unwrap_or_default(), order.unwrap_or_default())
}

/// A product's name, or else its key.
pub(super) fn product_name(data: &Dataset, row: u32) -> &str {
    title(data, Kind::Product, row)
}

/// Revenue of the calendar months that end with the as-of day's, the last one up to that day; oldest first.
fn monthly(entries: &[Entry], as_of: Day) -> Vec<i64> {
    let month = |day: Day| {
        let (year, month, _) = day.ymd();
        i64::from(year) * 12 + i64::from(month)
    };
    let newest = month(as_of);
    let mut sums = vec![0i64; MONTHS];
    for e in entries.iter().filter(|e| e.day <= as_of.0) {
        let age = usize::try_from(newest - month(Day(e.day))).ok();
        if let Some(sum) = age.and_then(|age| MONTHS.checked_sub(age + 1)).and_then(|at| sums.get_mut(at)) {
            *sum = sum.saturating_add(e.total_minor);
        }
    }
    sums
}

/// `None` for an order that is not there or in the trash.
pub fn order(data: &Dataset, id: Id) -> Option<OrderView> {
    let orders = data.orders();
    let row = orders.row(id).filter(|&row| orders.is_live(row))?;
    let lines = orders.lines_of(row);
    let customer = orders.reference(row, order::CUSTOMER).filter(|&c| data.customers().exists(c));
    Some(OrderView {
        id,
        draft: order_draft(data, row),
        customer_name: customer.map(|c| data.customer_name(c).to_owned()).unwrap_or_default(),
        total_minor: lines.total_minor(),
        names: lines.products.iter().map(|&p| product_name(data, p).to_owned()).collect(),
        record: record_row(data, Kind::Order, row)?,
    })
}
