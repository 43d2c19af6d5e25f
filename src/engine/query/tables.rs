//! Lists as cells of a table that an import reads back (SPEC R6).

use std::rc::Rc;

use super::customer::product_name;
use super::record::title;
use super::records::{currency_of, customer_profile, product_profile};
use super::{lists, satisfaction};
use crate::domain::{Asked, CivilTime, Currency, Day, Id, Input, Kind, Value, customer, interaction, order, response};
use crate::engine::api::{TableList, TablePage, TableWords};
use crate::engine::column::NONE;
use crate::engine::dataset::Dataset;
use crate::engine::metrics::MetricsCache;
use crate::engine::numbers::Numbers;
use crate::engine::own::{own_fields, own_value};
use crate::engine::table::Table;
use crate::files::orders::Target;
use crate::files::records::{beyond_roles, form_kind};
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
    let out = Out::new(data, cache.numbers(data), words, list.target());
    match list {
        TableList::Customers { ids } => {
            let table = data.customers();
            let row = |id: &Id| table.row(*id).filter(|&row| table.is_live(row)).map(|row| out.customer(row));
            let shown = super::window(ids, offset, limit).iter();
            windowed(shown.map(|id| row(id).unwrap_or_default()).collect(), offset, limit, ids.len() as u64)
        }
        TableList::Orders => paged(data.table(Kind::Order), offset, limit, |row, rows| out.order(row, rows)),
        TableList::Interactions => {
            paged(data.table(Kind::Interaction), offset, limit, |row, rows| rows.extend(out.interaction(row)))
        }
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

/// The live rows of a table from the place `offset` on; one of them may make several.
fn paged(table: &Table, offset: u32, limit: u32, mut add: impl FnMut(u32, &mut Vec<Vec<Cell>>)) -> TablePage {
    let (mut rows, mut at) = (Vec::new(), offset);
    while at < table.len() && rows.len() < limit.max(1) as usize {
        if table.is_live(at) {
            add(at, &mut rows);
        }
        at += 1;
    }
    TablePage { rows, next: (at < table.len()).then_some(at), total: table.len() }
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
    numbers: Rc<Numbers>,
    words: &'a TableWords,
    kind: Option<Kind>,
    /// The fields without a role.
    beyond: Vec<Asked>,
}

impl<'a> Out<'a> {
    fn new(data: &'a Dataset, numbers: Rc<Numbers>, words: &'a TableWords, target: Target) -> Self {
        let kind = form_kind(target);
        let own = kind.map(|kind| own_fields(data, kind)).unwrap_or_default();
        Self { data, numbers, words, kind, beyond: beyond_roles(target, &own) }
    }

    /// Number, name, phone and email of a customer.
    fn who(&self, row: Option<u32>) -> [Cell; 4] {
        let customers = self.data.customers();
        let of = |field| row.map_or(Cell::Empty, |row| text(customers.text(row, field)));
        let [name, phone, email] = [customer::NAME, customer::PHONE, customer::EMAIL].map(of);
        [row.map_or(Cell::Empty, |row| self.number(Kind::Customer, row)), name, phone, email]
    }

    fn number(&self, kind: Kind, row: u32) -> Cell {
        text(&self.numbers.of(self.data, kind, row))
    }

    /// Number and name of a product.
    fn what(&self, row: Option<u32>) -> [Cell; 2] {
        let key = row.map_or(Cell::Empty, |row| self.number(Kind::Product, row));
        [key, text(row.map_or("", |row| product_name(self.data, row)))]
    }

    /// The fields without a role; `currency` is that of amounts.
    fn beyond(&self, row: u32, currency: Currency) -> impl Iterator<Item = Cell> {
        self.beyond.iter().map(move |field| self.cell(row, field, currency))
    }

    fn cell(&self, row: u32, field: &Asked, currency: Currency) -> Cell {
        let value = match (&field.own, self.kind) {
            (Some(own), _) => own_value(self.data, row, own),
            (None, Some(kind)) => match kind.field(&field.name) {
                Some(at) => self.data.value(kind, row, at),
                None => return Cell::Empty,
            },
            (None, None) => return Cell::Empty,
        };
        match (value, field.input) {
            (Value::Int(n), Input::Decimal | Input::Amount) => number(n, 4, 0),
            (Value::Int(n), Input::Price) => price(n),
            (Value::Int(n), Input::Money) => Cell::Number(n, currency.decimals()),
            (Value::Int(n), Input::Day) => i32::try_from(n).map_or(Cell::Empty, |n| Cell::Day(Day(n))),
            (Value::Int(n), Input::Time) => moment(Some(n)),
            (Value::Int(n), _) => Cell::Number(n, 0),
            (Value::Text(name), Input::Choice(_)) if field.own.is_none() => text(self.words.choice(&field.name, &name)),
            (Value::Text(words), _) => text(&words),
            (Value::Bool(yes), _) => text(if yes { &self.words.yes } else { &self.words.no }),
            (Value::Ref(id), _) => {
                self.data.find(id).map_or(Cell::Empty, |(kind, row)| text(title(self.data, kind, row)))
            }
            (Value::Json(list), _) => {
                let list = list.as_array().into_iter().flatten().filter_map(|word| word.as_str());
                text(&list.collect::<Vec<_>>().join(", "))
            }
            _ => Cell::Empty,
        }
    }

    fn customer(&self, row: u32) -> Vec<Cell> {
        let p = customer_profile(self.data, row);
        let tags = p.tags.join(", ");
        let cells = [
            &self.numbers.of(self.data, Kind::Customer, row),
            &p.name,
            &p.phone,
            &p.email,
            &p.company,
            &p.country,
            &p.city,
            &p.address,
            &p.birthday,
            &tags,
            &p.owner,
            &p.note,
        ];
        let currency = self.data.settings().currency;
        cells.into_iter().map(|cell| text(cell)).chain(self.beyond(row, currency)).collect()
    }

    fn product(&self, row: u32) -> Vec<Cell> {
        let p = product_profile(self.data, row);
        let [price, cost] = [p.price_e4, p.cost_e4].map(|e4| e4.map_or(Cell::Empty, price));
        let cells = [self.number(Kind::Product, row), text(&p.name), text(&p.category), price, cost, text(&p.note)];
        cells.into_iter().chain(self.beyond(row, self.data.settings().currency)).collect()
    }

    /// `None` for one without a customer, which nothing could bring back.
    fn interaction(&self, row: u32) -> Option<Vec<Cell>> {
        let table = self.data.interactions();
        let number = table.text(row, interaction::KEY);
        let head = [text(if number.contains(MADE_UP) { "" } else { number }), moment(table.int(row, interaction::AT))];
        let choice = |name, field| text(self.words.choice(name, table.text(row, field)));
        let said = [
            choice("channel", interaction::CHANNEL),
            choice("direction", interaction::DIRECTION),
            table.int(row, interaction::MOOD).map_or(Cell::Empty, |n| Cell::Number(n, 0)),
            text(table.text(row, interaction::STAFF)),
            text(table.text(row, interaction::NOTE)),
        ];
        let who = self.who(Some(table.reference(row, interaction::CUSTOMER)?));
        let beyond = self.beyond(row, self.data.settings().currency);
        Some(head.into_iter().chain(who).chain(said).chain(beyond).collect())
    }

    fn order(&self, row: u32, out: &mut Vec<Vec<Cell>>) {
        let orders = self.data.orders();
        let currency = currency_of(self.data, row);
        let kind = text(self.words.order_kind(orders.kind_of(row)));
        let head = [self.number(Kind::Order, row), moment(orders.int(row, order::AT)), kind];
        let head: Vec<Cell> = head.into_iter().chain(self.who(orders.reference(row, order::CUSTOMER))).collect();
        let tail = [text(currency.code()), text(orders.text(row, order::CHANNEL)), text(orders.text(row, order::NOTE))];
        let tail: Vec<Cell> = tail.into_iter().chain(self.beyond(row, currency)).collect();
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
        let table = self.data.responses();
        let score = |field| table.int(row, field).map_or(Cell::Empty, |n| Cell::Number(n, 0));
        let order = table.reference(row, response::ORDER);
        let number = table.text(row, response::KEY);
        let head = [text(if number.contains(MADE_UP) { "" } else { number }), moment(table.int(row, response::AT))];
        let order = [order.map_or(Cell::Empty, |row| self.number(Kind::Order, row))];
        let scores = [response::EXPECTATION, response::EXPERIENCE, response::NPS, response::CSAT].map(score);
        let said = [response::COMMENT, response::STAFF].map(|field| text(table.text(row, field)));
        let about = self.what(table.reference(row, response::PRODUCT));
        let who = self.who(Some(table.reference(row, response::CUSTOMER)?));
        Some(head.into_iter().chain(who).chain(order).chain(about).chain(scores).chain(said).collect())
    }
}
