//! Rows of tables as the typed nouns that forms show.

use crate::domain::{
    CivilTime, Currency, CustomerProfile, Id, InteractionChannel, InteractionDraft, OrderDraft, ProductProfile,
    ResponseDraft, customer, interaction, order, product, response,
};
use crate::engine::column::NULL_INT;
use crate::engine::dataset::Dataset;

#[must_use]
pub fn customer_profile(data: &Dataset, row: u32) -> CustomerProfile {
    let text = |field| data.customers().text(row, field).to_owned();
    CustomerProfile {
        key: text(customer::KEY),
        name: text(customer::NAME),
        phone: text(customer::PHONE),
        email: text(customer::EMAIL),
        company: text(customer::COMPANY),
        country: text(customer::COUNTRY),
        city: text(customer::CITY),
        address: text(customer::ADDRESS),
        birthday: text(customer::BIRTHDAY),
        tags: data.customers().json_texts(row, customer::TAGS).map(str::to_owned).collect(),
        note: text(customer::NOTE),
        owner: text(customer::OWNER),
    }
}

#[must_use]
pub fn product_profile(data: &Dataset, row: u32) -> ProductProfile {
    let text = |field| data.products().text(row, field).to_owned();
    ProductProfile {
        key: text(product::KEY),
        name: text(product::NAME),
        category: text(product::CATEGORY),
        price_e4: data.products().int(row, product::PRICE_E4),
        cost_e4: data.products().int(row, product::COST_E4),
        note: text(product::NOTE),
    }
}

/// An order as its form shows it. One without a date shows the first day of 1970, one without a currency the book's.
#[must_use]
pub fn order_draft(data: &Dataset, row: u32) -> OrderDraft {
    let orders = data.orders();
    OrderDraft {
        number: orders.text(row, order::KEY).to_owned(),
        customer: orders.reference(row, order::CUSTOMER).and_then(|c| data.customers().id(c)),
        at: CivilTime(orders.int(row, order::AT).unwrap_or(0)),
        kind: orders.kind_of(row),
        channel: orders.text(row, order::CHANNEL).to_owned(),
        currency: currency_of(data, row),
        lines: data.lines_value(orders.lines_of(row)),
        note: orders.text(row, order::NOTE).to_owned(),
    }
}

#[must_use]
pub fn currency_of(data: &Dataset, order: u32) -> Currency {
    data.orders().currency(order).unwrap_or(data.settings().currency)
}

/// `None` for an interaction without a customer.
#[must_use]
pub fn interaction_draft(data: &Dataset, row: u32) -> Option<InteractionDraft> {
    let table = data.interactions();
    let customer: Id = data.customers().id(table.reference(row, interaction::CUSTOMER)?)?;
    let mood = table.int(row, interaction::MOOD).and_then(|m| u8::try_from(m).ok());
    Some(InteractionDraft {
        customer,
        at: CivilTime(table.int(row, interaction::AT).unwrap_or(0)),
        channel: InteractionChannel::from_name(table.text(row, interaction::CHANNEL))
            .unwrap_or(InteractionChannel::Other),
        inbound: table.text(row, interaction::DIRECTION) == InteractionDraft::INBOUND,
        note: table.text(row, interaction::NOTE).to_owned(),
        mood: mood.filter(|m| (1..=5).contains(m)),
        staff: table.text(row, interaction::STAFF).to_owned(),
    })
}

/// `None` for a response without a customer. A score out of its range counts as not given.
#[must_use]
pub fn response_draft(data: &Dataset, row: u32) -> Option<ResponseDraft> {
    let table = data.responses();
    let score = |field, range: std::ops::RangeInclusive<i64>| {
        table.int(row, field).filter(|n| range.contains(n)).and_then(|n| u8::try_from(n).ok())
    };
    Some(ResponseDraft {
        customer: data.customers().id(table.reference(row, response::CUSTOMER)?)?,
        order: table.reference(row, response::ORDER).and_then(|r| data.orders().id(r)),
        product: table.reference(row, response::PRODUCT).and_then(|r| data.products().id(r)),
        at: CivilTime(table.int(row, response::AT).unwrap_or(0)),
        expectation: score(response::EXPECTATION, ResponseDraft::TEN),
        experience: score(response::EXPERIENCE, ResponseDraft::TEN),
        nps: score(response::NPS, ResponseDraft::TEN),
        csat: score(response::CSAT, ResponseDraft::FIVE),
        comment: table.text(row, response::COMMENT).to_owned(),
        staff: table.text(row, response::STAFF).to_owned(),
    })
}

/// Rows of live orders, interactions or responses of a customer with their time, in row order. Those without a time count as the oldest.
pub fn rows_of<'a>(
    table: &'a crate::engine::table::Table,
    at: &'a [i64],
    customers: &'a [u32],
    customer: u32,
) -> impl Iterator<Item = (i64, u32)> + 'a {
    let of_customer = (0..).zip(customers).filter(move |&(_, &c)| c == customer).map(|(row, _)| row);
    let time = |row: u32| at.get(row as usize).copied().unwrap_or(NULL_INT);
    of_customer.filter(|&row| table.is_live(row)).map(move |row| (time(row), row))
}
