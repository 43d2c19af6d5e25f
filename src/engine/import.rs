//! Comparing a parsed file with the book: what is new, what the file says differently than it did last time, what stays.
//!
//! Records are matched by the id that source and key give them. A field counts as changed when the file says something
//! other than what a file said there last; what a person wrote over it since survives as long as the file repeats itself.
//! An empty cell says nothing. A record that a person deleted stays in the trash and counts as unchanged; one that went there
//! with the undoing of its import comes back.

use rustc_hash::FxHashSet;

use super::api::{ImportClash, ImportConflict, ImportTwin, MAX_CONFLICTS, StagedImport, Tally};
use super::apply::names_customer;
use super::book::subject_of;
use super::dataset::Dataset;
use super::merge::report::shown_in;
use super::numbers::is_made_for;
use super::own::{own_field, own_label};
use super::rows::{BlockBuilder, Class, RowsBlock};
use super::update::{Edit, Plan, comes_back, most_frequent, setting_record};
use crate::domain::{DELETED, Field, Id, Kind, Line, Origin, Value, customer, order, product, response};
use crate::files::MAX_ERRORS;
use crate::files::orders::{
    ParsedCustomer, ParsedOrder, ParsedOrders, ParsedProduct, ParsedResponse, REFUND_SUFFIX, RowError, RowReason,
};

mod clash;
mod follow;
mod known;
mod links;
mod same;
mod twins;

pub(super) use follow::Passed;

use known::Known;
use links::Links;

/// A file that waits for the person's word.
#[derive(Clone, Debug)]
pub struct Staged {
    pub source: String,
    pub file: String,
    parsed: ParsedOrders,
    customers: Vec<Id>,
    products: Vec<Id>,
    orders: Vec<Id>,
    /// Those of them that the source does not know, but the book does.
    found: FxHashSet<Id>,
    /// What it would do, and to which state of the book that applies.
    tallies: [Tally; 5],
    left_out: Listed,
    unlinked: Listed,
    /// New customers who may be known already, and how many in all.
    twins: (Vec<ImportTwin>, u64),
    conflicts: Contradicted,
    clash: Option<ImportClash>,
}

/// Fields for which a person and the file have different words: the first of them, and how many in all.
#[derive(Clone, Debug, Default)]
struct Contradicted {
    first: Vec<ImportConflict>,
    total: u64,
}

/// Rows worth a word: the first of them, and how many in all.
#[derive(Clone, Debug, Default)]
struct Listed {
    rows: Vec<RowError>,
    total: u64,
}

impl Listed {
    fn add(&mut self, row: u64, value: &str, reason: RowReason) {
        self.total += 1;
        if self.rows.len() < MAX_ERRORS {
            self.rows.push(RowError { row, column: None, value: value.to_owned(), reason });
        }
    }
}

impl Staged {
    /// Compares the parsed file with the book. `source` names the system that the file comes from: ids derive
    /// from it.
    #[must_use]
    pub fn new(data: &Dataset, parsed: ParsedOrders, source: String, file: String) -> Self {
        let ([customers, products, orders], found) = same::ids(data, &source, &parsed);
        let mut staged = Self {
            customers,
            products,
            orders,
            found,
            tallies: Default::default(),
            left_out: Listed::default(),
            unlinked: Listed::default(),
            twins: (Vec::new(), 0),
            conflicts: Contradicted::default(),
            clash: None,
            parsed,
            source,
            file,
        };
        let found = staged.compare(data, None);
        let (tallies, left_out, unlinked, conflicts) = (found.tallies, found.left_out, found.unlinked, found.conflicts);
        (staged.tallies, staged.left_out, staged.unlinked) = (tallies, left_out, unlinked);
        staged.twins = twins::twins(data, &staged.source, &staged.parsed, &staged.customers);
        staged.conflicts = conflicts;
        staged.clash = clash::clash(data, &staged.source, &staged.parsed, [&staged.customers, &staged.orders]);
        staged
    }

    /// The same file, compared anew as coming from another system.
    #[must_use]
    pub fn renamed(self, data: &Dataset, source: String) -> Self {
        Self::new(data, self.parsed, source, self.file)
    }

    #[must_use]
    pub fn view(&self) -> StagedImport {
        let [products, customers, orders, responses, interactions] = self.tallies;
        let (left_out, unlinked) = (self.left_out.clone(), self.unlinked.clone());
        StagedImport {
            file: self.file.clone(),
            customers,
            products,
            orders,
            responses,
            interactions,
            conflicts: self.conflicts.first.clone(),
            conflicts_total: self.conflicts.total,
            errors: self.parsed.report.rows_failed,
            left_out: left_out.rows,
            left_out_total: left_out.total,
            unlinked: unlinked.rows,
            unlinked_total: unlinked.total,
            twins: self.twins.0.clone(),
            twins_total: self.twins.1,
            clash: self.clash.clone(),
        }
    }

    /// What bringing it in would change in the book as it is now. `keep`: where it contradicts what a person typed, that stays.
    #[must_use]
    pub fn plan(&self, data: &Dataset, keep: bool) -> Plan {
        let mut work = self.compare(data, Some(Build { keep }));
        work.finish_block();
        follow::add(&mut work.changes, std::mem::take(&mut work.passed));
        let rows = u32::try_from(self.parsed.report.rows_taken).unwrap_or(u32::MAX);
        let origin = Origin::Import { source: self.source.clone(), file: self.file.clone(), rows };
        if !work.changes.is_empty() || !work.rows.is_empty() {
            work.changes.extend(self.adopt_currency(data));
        }
        Plan { rows: work.rows, ..Plan::of(origin, work.changes, None) }
    }

    /// `build`: the rows and changes too, not only their numbers.
    fn compare<'a>(&'a self, data: &'a Dataset, build: Option<Build>) -> Compare<'a> {
        let mut work = Compare {
            data,
            source: &self.source,
            build,
            changes: Vec::new(),
            rows: Vec::new(),
            builder: None,
            tallies: Default::default(),
            left_out: Listed::default(),
            unlinked: Listed::default(),
            conflicts: Contradicted::default(),
            passed: Vec::new(),
        };
        // What the file knows by its own number says it; for what was found otherwise a made-up one is no word.
        for (parsed, &id) in self.parsed.products.iter().zip(&self.products) {
            let is_made_up = self.found.contains(&id) && (parsed.key == parsed.name || is_made_for(&parsed.key, id));
            work.record(0, Kind::Product, id, || same::said(product_fields(parsed), product::KEY, is_made_up));
        }
        work.finish_block();
        for (parsed, &id) in self.parsed.customers.iter().zip(&self.customers) {
            let is_made_up = self.found.contains(&id) && same::is_made_up_for(parsed, id);
            work.record(1, Kind::Customer, id, || same::said(customer_fields(parsed), customer::KEY, is_made_up));
        }
        work.finish_block();
        let mut links = Links::new(data, &self.source, Kind::Order);
        for (parsed, &id) in self.parsed.orders.iter().zip(&self.orders) {
            let is_made_up = self.found.contains(&id) && same::has_made_up_number(parsed, id);
            let fields = || same::said(self.order_fields(data, parsed), order::KEY, is_made_up);
            if parsed.fields.is_empty() {
                work.record(2, Kind::Order, id, fields);
            } else {
                let more = links.resolved(0, &parsed.fields, &mut work.unlinked);
                work.record_with(2, Kind::Order, id, fields, &more);
            }
        }
        work.finish_block();
        self.parsed.never_sold.iter().for_each(|number| work.never_sold(number));
        if !self.parsed.responses.is_empty() {
            self.compare_responses(data, &mut work);
        }
        if let Some(kind) = self.parsed.records.kind {
            self.compare_records(data, kind, &mut work);
        }
        work
    }

    /// Answers make no customers: those of nobody known are listed, and so are those about what the book does not know.
    fn compare_responses(&self, data: &Dataset, work: &mut Compare) {
        let known = Known::new(data, &self.source);
        let (mut answers, mut taken) = (None, FxHashSet::default());
        for parsed in &self.parsed.responses {
            let Some(customer) = known.customer(&parsed.customer) else {
                work.left_out.add(parsed.row, &parsed.customer, RowReason::UnknownCustomer);
                continue;
            };
            let (order, product) = (known.order(&parsed.order, customer), known.product(&parsed.product));
            if !parsed.order.is_empty() && order.is_none() {
                work.unlinked.add(parsed.row, &parsed.order, RowReason::UnknownOrder);
            } else if !parsed.product.is_empty() && product.is_none() {
                work.unlinked.add(parsed.row, &parsed.product, RowReason::UnknownProduct);
            }
            let own = Id::from_key(Kind::Response, &self.source, &parsed.key);
            let is_known = data.responses().row(own).is_some_and(|row| data.responses().exists(row));
            let mut found = || answers.get_or_insert_with(|| same::Answers::new(data)).find(parsed, customer);
            let id = if is_known { None } else { found().filter(|id| taken.insert(*id)) };
            let is_made_up = id.is_some() && same::has_no_number(parsed);
            let fields = || same::said(response_fields(parsed, customer, order, product), response::KEY, is_made_up);
            work.record(3, Kind::Response, id.unwrap_or(own), fields);
        }
    }

    /// One record a row. Those about a customer whom nobody knows are listed.
    fn compare_records(&self, data: &Dataset, kind: Kind, work: &mut Compare) {
        let known = Known::new(data, &self.source);
        let mut links = Links::new(data, &self.source, kind).with_file(&known, &self.parsed.records.records);
        let tally = match kind {
            Kind::Product => 0,
            Kind::Customer => 1,
            _ => 4,
        };
        for parsed in &self.parsed.records.records {
            let customer = (!parsed.customer.is_empty()).then(|| known.customer(&parsed.customer));
            if customer == Some(None) {
                work.left_out.add(parsed.row, &parsed.customer, RowReason::UnknownCustomer);
                continue;
            }
            let about = kind.field("customer").zip(customer.flatten()).map(|(field, id)| (field, id.into()));
            let mut fields = links.resolved(parsed.row, &parsed.fields, &mut work.unlinked);
            let id = known.same(kind, parsed);
            if is_made_for(&parsed.key, id) {
                fields.retain(|(name, _)| name != "key");
            }
            work.record_with(tally, kind, id, || about, &fields);
        }
        work.finish_block();
    }

    /// Who was erased does not come back with a file: their orders are nobody's.
    fn order_fields(&self, data: &Dataset, parsed: &ParsedOrder) -> [(Field, Value); 8] {
        let mut fields = order_fields(parsed, &self.parsed, &self.customers, &self.products);
        let is_erased = |id: Id| data.customers().row(id).is_some_and(|row| data.customers().is_erased(row));
        if fields
            .iter()
            .any(|(field, value)| *field == order::CUSTOMER && matches!(value, Value::Ref(id) if is_erased(*id)))
        {
            let made_up = names_customer(&parsed.key);
            for (field, value) in &mut fields {
                if [order::CUSTOMER, order::NOTE].contains(field) || (*field == order::KEY && made_up) {
                    *value = Value::Null;
                }
            }
        }
        fields
    }

    /// The first orders of a book bring their currency along, or nothing would be counted.
    fn adopt_currency(&self, data: &Dataset) -> Vec<crate::domain::Change> {
        let currencies = self.parsed.orders.iter().map(|o| o.currency).collect();
        let Some(most) = most_frequent(currencies) else { return Vec::new() };
        let untouched = data.orders().live().next().is_none() && data.setting("currency").is_none();
        if untouched && most != data.settings().currency {
            setting_record(data, "currency", most.code().into())
        } else {
            Vec::new()
        }
    }
}

pub(super) fn customer_fields(parsed: &ParsedCustomer) -> [(Field, Value); 8] {
    [
        (customer::KEY, parsed.key.as_str().into()),
        (customer::NAME, parsed.name.as_str().into()),
        (customer::PHONE, parsed.phone.as_str().into()),
        (customer::EMAIL, parsed.email.as_str().into()),
        (customer::COMPANY, parsed.company.as_str().into()),
        (customer::COUNTRY, parsed.country.as_str().into()),
        (customer::CITY, parsed.city.as_str().into()),
        (customer::ADDRESS, parsed.address.as_str().into()),
    ]
}

pub(super) fn product_fields(parsed: &ParsedProduct) -> [(Field, Value); 4] {
    [
        (product::KEY, parsed.key.as_str().into()),
        (product::NAME, parsed.name.as_str().into()),
        (product::CATEGORY, parsed.category.as_str().into()),
        (product::COST_E4, parsed.cost_e4.into()),
    ]
}

pub(super) fn order_fields(
    parsed: &ParsedOrder,
    file: &ParsedOrders,
    customers: &[Id],
    products: &[Id],
) -> [(Field, Value); 8] {
    let id = |ids: &[Id], at: Option<u32>| at.and_then(|at| ids.get(at as usize)).copied();
    let first = parsed.first_line as usize;
    let lines = file.lines.get(first..first.saturating_add(parsed.line_count as usize)).unwrap_or_default();
    let line = |l: &crate::files::orders::ParsedLine| Line {
        product: id(products, l.product),
        quantity_milli: l.quantity_milli,
        unit_price_e4: l.unit_price_e4,
        total_minor: l.total_minor,
    };
    let lines: Vec<Line> = lines.iter().map(line).collect();
    [
        (order::KEY, parsed.key.as_str().into()),
        (order::CUSTOMER, id(customers, parsed.customer).into()),
        (order::AT, parsed.at.0.into()),
        (order::ORDER_KIND, parsed.kind.name().into()),
        (order::CHANNEL, parsed.channel.as_str().into()),
        (order::CURRENCY, parsed.currency.code().into()),
        (order::LINES, if lines.is_empty() { Value::Null } else { lines.into() }),
        (order::NOTE, parsed.note.as_str().into()),
    ]
}

fn response_fields(
    parsed: &ParsedResponse,
    customer: Id,
    order: Option<Id>,
    product: Option<Id>,
) -> [(Field, Value); 11] {
    let score = |score: Option<u8>| Value::from(score.map(i64::from));
    [
        (response::KEY, parsed.key.as_str().into()),
        (response::CUSTOMER, customer.into()),
        (response::AT, parsed.at.0.into()),
        (response::ORDER, order.into()),
        (response::PRODUCT, product.into()),
        (response::STAFF, parsed.staff.as_str().into()),
        (response::EXPECTATION, score(parsed.expectation)),
        (response::EXPERIENCE, score(parsed.experience)),
        (response::NPS, score(parsed.nps)),
        (response::CSAT, score(parsed.csat)),
        (response::COMMENT, parsed.comment.as_str().into()),
    ]
}

struct Compare<'a> {
    data: &'a Dataset,
    source: &'a str,
    build: Option<Build>,
    changes: Vec<crate::domain::Change>,
    rows: Vec<RowsBlock>,
    builder: Option<BlockBuilder>,
    tallies: [Tally; 5],
    left_out: Listed,
    unlinked: Listed,
    conflicts: Contradicted,
    /// What the file says of who was merged into somebody else, for them.
    passed: Vec<crate::domain::Change>,
}

/// How the rows and changes are made.
#[derive(Clone, Copy)]
struct Build {
    /// Where a person typed something else than the file says, it stays.
    keep: bool,
}

impl Compare<'_> {
    fn record<F>(&mut self, tally: usize, kind: Kind, id: Id, fields: impl FnOnce() -> F)
    where
        F: IntoIterator<Item = (Field, Value)>,
    {
        self.record_with(tally, kind, id, fields, &[]);
    }

    /// `more`: what it says of further fields, by name.
    fn record_with<F>(&mut self, tally: usize, kind: Kind, id: Id, fields: impl FnOnce() -> F, more: &[(String, Value)])
    where
        F: IntoIterator<Item = (Field, Value)>,
    {
        let table = self.data.table(kind);
        let Some(row) = table.row(id).filter(|&row| table.exists(row)) else {
            self.count(tally, |t| &mut t.new);
            if self.build.is_some() {
                self.add(kind, id, fields(), more);
            }
            return;
        };
        let returns = table.is_deleted(row) && comes_back(self.data, kind, row);
        // Who stands for them is in the trash: so are they.
        let stands = if kind == Kind::Customer { self.data.standing(row) } else { row };
        if (table.is_deleted(row) && !returns) || (stands != row && table.is_deleted(stands)) {
            self.count(tally, |t| &mut t.unchanged);
            return;
        }
        // Begins with the return from the trash where that is due.
        let mut edit = Edit::new(self.data, kind, id);
        for (field, value) in fields() {
            let name = kind.fields().get(usize::from(field.0)).map_or("", |f| f.name);
            if self.takes((kind, id, name), Some((row, field)), &value) {
                self.passed.extend(follow::change(self.data, (kind, id), name, &value));
                edit.set(field, value);
            }
        }
        for (name, value) in more {
            if self.takes((kind, id, name), table.field(name).map(|field| (row, field)), value) {
                self.passed.extend(follow::change(self.data, (kind, id), name, value));
                edit.set_named(name, value.clone());
            }
        }
        let outcome: fn(&mut Tally) -> &mut u64 = match (edit.changes.is_empty(), returns) {
            (true, _) => |t| &mut t.unchanged,
            (false, true) => |t| &mut t.new,
            (false, false) => |t| &mut t.updated,
        };
        self.count(tally, outcome);
        if self.build.is_some() {
            self.changes.append(&mut edit.changes);
        }
    }

    /// Whether the file's word for a field is written; `at`: where it stands, if anything ever did.
    fn takes(&mut self, of: (Kind, Id, &str), at: Option<(u32, Field)>, value: &Value) -> bool {
        let (said, now) = match at {
            Some((row, field)) => (last_said(self.data, of.0, row, field), self.data.value(of.0, row, field)),
            None => (Value::Null, Value::Null),
        };
        if *value == Value::Null || *value == said {
            return false;
        }
        // A choice may be called otherwise by now, a number written otherwise.
        let own = own_field(self.data, of.0, of.2);
        let same = |a: &Value, b: &Value| own.as_ref().map_or(a == b, |own| own.read(a) == own.read(b));
        let typed = now != said;
        if (own.is_some() && same(value, &said)) || (typed && follow::is_same_contact(of.2, &now, value)) {
            return false;
        }
        let contradicts = !same(&now, value) && typed;
        if contradicts {
            self.contradicted(of, &now, value);
        } else if let Some((stays, now)) = follow::other_word(self.data, of, &now, value) {
            self.contradicted((of.0, stays, of.2), &now, value);
            return self.build.is_some_and(|b| !b.keep);
        }
        // What the file contradicts is not counted as updated: that is the person's choice.
        !contradicts || self.build.is_some_and(|b| !b.keep)
    }

    /// An order that came from this source as a sale, and that the file now says was none: asked about.
    fn never_sold(&mut self, number: &str) {
        for number in [number.to_owned(), format!("{number}{REFUND_SUFFIX}")] {
            let id = Id::from_key(Kind::Order, self.source, &number);
            let table = self.data.orders();
            if table.row(id).is_none_or(|row| !table.is_live(row)) {
                continue;
            }
            self.contradicted((Kind::Order, id, "never_sold"), &Value::Bool(false), &Value::Bool(true));
            if self.build.is_some_and(|b| !b.keep) {
                let mut edit = Edit::new(self.data, Kind::Order, id);
                edit.set(DELETED, true);
                self.changes.append(&mut edit.changes);
            }
        }
    }

    fn count(&mut self, tally: usize, which: fn(&mut Tally) -> &mut u64) {
        if let Some(tally) = self.tallies.get_mut(tally) {
            *which(tally) += 1;
        }
    }

    fn contradicted(&mut self, (kind, id, name): (Kind, Id, &str), now: &Value, file: &Value) {
        self.conflicts.total += 1;
        if self.conflicts.first.len() < MAX_CONFLICTS {
            self.conflicts.first.push(ImportConflict {
                kind,
                name: subject_of(self.data, kind, id),
                field: name.to_owned(),
                label: own_label(self.data, name),
                typed: shown_in(self.data, kind, name, now),
                file: shown_in(self.data, kind, name, file),
            });
        }
    }

    fn add(&mut self, kind: Kind, id: Id, fields: impl IntoIterator<Item = (Field, Value)>, more: &[(String, Value)]) {
        let builder = self.builder.get_or_insert_with(|| BlockBuilder::new(kind));
        builder.row(id);
        // Every kind has its source in the same place.
        builder.set(customer::SOURCE, self.source);
        fields.into_iter().for_each(|(field, value)| builder.set(field, value));
        more.iter().for_each(|(name, value)| builder.set_named(name, value.clone()));
        if builder.is_full() {
            self.finish_block();
        }
    }

    fn finish_block(&mut self) {
        self.rows.extend(self.builder.take().map(BlockBuilder::finish));
    }
}

/// What a file last said here: the shadow beside a later edit, or what stands there if an import wrote it.
fn last_said(data: &Dataset, kind: Kind, row: u32, field: Field) -> Value {
    let table = data.table(kind);
    if let Some(exception) = table.exceptions.get(&(row, field))
        && let Some(imported) = &exception.imported
    {
        return imported.clone();
    }
    let by = table.field_commit(row, field).and_then(|at| data.commit(at));
    if by.is_some_and(|c| c.class == Class::Import) { data.value(kind, row, field) } else { Value::Null }
}
