//! Lists as cells of a table that an import reads back (SPEC R6).

use super::customer::product_name;
use super::record::title;
use super::records::{currency_of, product_profile};
use super::{lists, satisfaction};
use crate::domain::{CivilTime, Day, OwnField, OwnInput, Value, customer, order, product, response};
use crate::engine::api::{TableList, TablePage, TableWords};
use crate::engine::column::NONE;
use crate::engine::dataset::Dataset;
use crate::engine::metrics::MetricsCache;
use crate::engine::own::{own_fields, own_value};
use crate::files::table::Cell;

/// Stands between the parts of a number that an import made for an answer without one.
const MADE_UP: char = '\u{1f}';

/// The rows of `list` from the place `offset` on: about `limit` of them, an order always whole.
pub fn table(
    data: &Dataset,
    cache: &mut MetricsCache,
    as_of: Day,
    list: &TableList,
    words: &TableWords,
    offset: u32,
    limit: u32,
) -> TablePage {
    let out = Out { data, words, own: own_fields(data, list.kind()) };
    match list {
        TableList::Orders => out.orders(offset, limit),
        TableList::Products { search } => {
            let page = lists::products(data, cache, search, offset, limit);
            let decimals = data.settings().currency.decimals();
            let rows = page.rows.iter().filter_map(|row| {
                let figures = [
                    Cell::Number(i64::try_from(row.lines).unwrap_or(i64::MAX), 0),
                    number(row.quantity_milli, 3, 0),
                    Cell::Number(row.total_minor, decimals),
                ];
                Some(out.product(data.products().row(row.id)?).into_iter().chain(figures).collect())
            });
            windowed(rows.collect(), offset, limit, page.total)
        }
        TableList::Responses(filter) => {
            let page = satisfaction::responses(data, &cache.parts(data, as_of), filter, offset, limit);
            let rows = page.rows.iter().filter_map(|row| out.response(data.responses().row(row.id)?)).collect();
            windowed(rows, offset, limit, page.total)
        }
    }
}

fn windowed(rows: Vec<Vec<Cell>>, offset: u32, limit: u32, total: u64) -> TablePage {
    let total = u32::try_from(total).unwrap_or(u32::MAX);
    let next = offset.saturating_add(limit.max(1));
    TablePage { rows, next: (next < total).then_some(next), total }
}

fn text(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
}

fn moment(at: Option<i64>) -> Cell {
    at.map_or(Cell::Empty, |at| Cell::Moment(CivilTime(at)))
}

/// Without zeros at the end that say nothing, `least` decimals at the least.
fn number(mut value: i64, mut decimals: u32, least: u32) -> Cell {
    while decimals > least && value % 10 == 0 {
        (value, decimals) = (value / 10, decimals - 1);
    }
    Cell::Number(value, decimals)
}

fn price(e4: i64) -> Cell {
    number(e4, 4, 2)
}

struct Out<'a> {
    data: &'a Dataset,
    words: &'a TableWords,
    own: Vec<OwnField>,
}

impl Out<'_> {
    /// Number, name and phone of a customer.
    fn who(&self, row: Option<u32>) -> [Cell; 3] {
        let customers = self.data.customers();
        let of = |field| row.map_or(Cell::Empty, |row| text(customers.text(row, field)));
        [customer::KEY, customer::NAME, customer::PHONE].map(of)
    }

    /// Number and name of a product.
    fn what(&self, row: Option<u32>) -> [Cell; 2] {
        let key = row.map_or("", |row| self.data.products().text(row, product::KEY));
        [text(key), text(row.map_or("", |row| product_name(self.data, row)))]
    }

    fn own(&self, row: u32) -> Vec<Cell> {
        let cell = |field: &OwnField| match own_value(self.data, row, field) {
            Value::Int(n) if matches!(field.input, OwnInput::Number | OwnInput::Money) => number(n, 4, 0),
            Value::Int(n) => Cell::Number(n, 0),
            Value::Text(words) => text(&words),
            Value::Bool(yes) => text(if yes { &self.words.yes } else { &self.words.no }),
            Value::Ref(id) => self.data.find(id).map_or(Cell::Empty, |(kind, row)| text(title(self.data, kind, row))),
            Value::Json(list) => {
                let list = list.as_array().into_iter().flatten().filter_map(|word| word.as_str());
                text(&list.collect::<Vec<_>>().join(", "))
            }
            _ => Cell::Empty,
        };
        self.own.iter().map(cell).collect()
    }

    fn product(&self, row: u32) -> Vec<Cell> {
        let p = product_profile(self.data, row);
        let [price, cost] = [p.price_e4, p.cost_e4].map(|e4| e4.map_or(Cell::Empty, price));
        let cells = [text(&p.key), text(&p.name), text(&p.category), price, cost, text(&p.note)];
        cells.into_iter().chain(self.own(row)).collect()
    }

    fn orders(&self, offset: u32, limit: u32) -> TablePage {
        let table = self.data.orders();
        let (mut rows, mut at) = (Vec::new(), offset);
        while at < table.len() && rows.len() < limit.max(1) as usize {
            if table.is_live(at) {
                self.order(at, &mut rows);
            }
            at += 1;
        }
        TablePage { rows, next: (at < table.len()).then_some(at), total: table.len() }
    }

    fn order(&self, row: u32, out: &mut Vec<Vec<Cell>>) {
        let orders = self.data.orders();
        let currency = currency_of(self.data, row);
        let kind = text(self.words.order_kind(orders.kind_of(row)));
        let [key, name, phone] = self.who(orders.reference(row, order::CUSTOMER));
        let head = [text(orders.text(row, order::KEY)), moment(orders.int(row, order::AT)), kind, key, name, phone];
        let tail = [text(currency.code()), text(orders.text(row, order::CHANNEL)), text(orders.text(row, order::NOTE))];
        let tail: Vec<Cell> = tail.into_iter().chain(self.own(row)).collect();
        let lines = orders.lines_of(row);
        let parts = lines.products.iter().zip(lines.quantities).zip(lines.prices).zip(lines.totals);
        let mut push =
            |line: [Cell; 5]| out.push(head.iter().cloned().chain(line).chain(tail.iter().cloned()).collect());
        for (((&product, &quantity_milli), &price_e4), &total_minor) in parts {
            let [key, name] = self.what((product != NONE).then_some(product));
            let total = Cell::Number(total_minor, currency.decimals());
            push([key, name, number(quantity_milli, 3, 0), price(price_e4), total]);
        }
        if lines.is_empty() {
            push([const { Cell::Empty }; 5]);
        }
    }

    fn response(&self, row: u32) -> Option<Vec<Cell>> {
        let (table, orders) = (self.data.responses(), self.data.orders());
        let score = |field| table.int(row, field).map_or(Cell::Empty, |n| Cell::Number(n, 0));
        let order = table.reference(row, response::ORDER);
        let number = table.text(row, response::KEY);
        let head = [text(if number.contains(MADE_UP) { "" } else { number }), moment(table.int(row, response::AT))];
        let order = [text(order.map_or("", |row| orders.text(row, order::KEY)))];
        let scores = [response::EXPECTATION, response::EXPERIENCE, response::NPS, response::CSAT].map(score);
        let said = [response::COMMENT, response::STAFF].map(|field| text(table.text(row, field)));
        let about = self.what(table.reference(row, response::PRODUCT));
        let who = self.who(Some(table.reference(row, response::CUSTOMER)?));
        Some(head.into_iter().chain(who).chain(order).chain(about).chain(scores).chain(said).collect())
    }
}
