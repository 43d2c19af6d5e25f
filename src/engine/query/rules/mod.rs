//! Whom a rule means (SPEC V7): every condition becomes a set of customers by one pass, the groups put the sets together.
//!
//! What cannot be told (a part of a later version, a segment that leads back to itself or is gone) is neither true nor false.
//! So every part has two sets, those of whom it holds and those of whom it may hold, and a rule means the first: nobody is chosen,
//! also by “none of”, because something could not be read. Otherwise the two are the same.

mod bits;
mod leaves;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

pub use bits::Bits;
use leaves::Figures;

use super::{customer_row, title};
use crate::domain::{Day, Field, Id, Kind, order, product};
use crate::engine::api::{
    Column, Condition, Figure, Goods, GoodsNames, Leaf, Rule, RuleFlaw, RuleView, SegmentList, SegmentRow, Stand, Test,
};
use crate::engine::column::SymbolColumn as Symbols;
use crate::engine::dataset::Dataset;
use crate::engine::metrics::{MetricsCache, RuleParts};
use crate::engine::own::own_fields;
use crate::engine::query::moved::has_moved;
use crate::engine::segment::Segments;
use crate::engine::table::Table;

/// Sets kept between questions, at most.
const MOST_KEPT: usize = 512;

/// The sets of conditions at one as-of day: while a rule is built, only what is typed is counted anew.
#[derive(Clone, Debug, Default)]
pub struct Known {
    as_of: Option<Day>,
    all: Bits,
    leaves: FxHashMap<Leaf, Bits>,
}

impl Known {
    /// Memory held, roughly.
    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        self.leaves.len() * (self.all.memory_bytes() + size_of::<(Leaf, Bits)>())
    }
}

impl Known {
    /// Forgets what goes for another day.
    fn begin(&mut self, data: &Dataset, as_of: Day) {
        if self.as_of != Some(as_of) {
            *self = Self { as_of: Some(as_of), all: Bits::none(data.customers().len()), ..Self::default() };
            data.customers().live().for_each(|row| self.all.add(row));
        }
    }
}

/// Tells the conditions that take another day's figures or a search. To be called before a [`Teller`] is made.
pub(super) fn learn(data: &Dataset, cache: &mut MetricsCache, as_of: Day, rules: &[Rule]) {
    let segments = segments_for(data, rules);
    let reached: Vec<&Rule> = rules.iter().flat_map(|rule| segments.reached(rule)).collect();
    cache.snapshot(data, as_of);
    let known = cache.known();
    if known.leaves.len() > MOST_KEPT {
        *known = Known::default();
    }
    known.begin(data, as_of);
    let all = known.all.clone();
    let asked = |leaf: &&Leaf| matches!(leaf, Leaf::Moved(_) | Leaf::Search(_));
    for leaf in reached.into_iter().flat_map(Rule::leaves).filter(asked) {
        if cache.known().leaves.contains_key(leaf) {
            continue;
        }
        let bits = match leaf {
            Leaf::Moved(moved) => {
                let (earlier, now) = cache.two_days(data, moved.since.before(as_of), as_of);
                Bits::of(&all, |row| has_moved(moved, earlier, now, row))
            }
            Leaf::Search(text) => match cache.search(data).find(text) {
                Some(found) => Bits::of(&all, |row| found.get(row as usize).is_some_and(|rank| *rank > 0)),
                // Nothing is searched for.
                None => all.clone(),
            },
            _ => continue,
        };
        cache.known().leaves.insert(leaf.clone(), bits);
    }
}

/// Of whom a rule holds, and of whom it may hold.
#[derive(Clone, Debug)]
struct Members {
    yes: Bits,
    maybe: Bits,
}

/// Tells rules at one as-of day.
pub(super) struct Teller<'a> {
    figures: Figures<'a>,
    known: &'a mut Known,
    told: BTreeMap<Id, (Members, Vec<RuleFlaw>)>,
    /// What could not be told of the rule at hand.
    flaws: Vec<RuleFlaw>,
}

impl<'a> Teller<'a> {
    pub fn new(data: &'a Dataset, parts: RuleParts<'a>) -> Self {
        let RuleParts { ledger, snapshot, moods, worth, known } = parts;
        known.begin(data, snapshot.as_of());
        let figures = Figures { data, ledger, snapshot, moods, worth };
        Self { figures, known, told: BTreeMap::new(), flaws: Vec::new() }
    }

    /// The segments that `rules` lead to, told before those rules are.
    fn prepare<'r>(&mut self, segments: &Segments, rules: impl IntoIterator<Item = &'r Rule>) {
        let mut wanted: Vec<Id> = Vec::new();
        for rule in rules {
            wanted.extend(segments.reached(rule).into_iter().flat_map(Rule::segments));
        }
        for id in &segments.order {
            if let (true, Some(rule)) = (wanted.contains(id), segments.rules.get(id)) {
                let told = self.tell(segments, rule, &mut None);
                self.told.insert(*id, told);
            }
        }
    }

    fn tell(&mut self, segments: &Segments, rule: &Rule, counts: &mut Option<Vec<u64>>) -> (Members, Vec<RuleFlaw>) {
        self.flaws.clear();
        let members = self.members(segments, rule, counts);
        self.flaws.sort_unstable();
        self.flaws.dedup();
        (members, std::mem::take(&mut self.flaws))
    }

    fn unknown(&mut self, flaw: RuleFlaw) -> Members {
        self.flaws.push(flaw);
        Members { yes: self.known.all.others(&self.known.all), maybe: self.known.all.clone() }
    }

    fn members(&mut self, segments: &Segments, rule: &Rule, counts: &mut Option<Vec<u64>>) -> Members {
        let place = counts.as_mut().map(|counts| {
            counts.push(0);
            counts.len() - 1
        });
        let members = match rule {
            Rule::Leaf(leaf) => self.leaf(segments, leaf),
            Rule::All(_) => {
                let mut out = Members { yes: self.known.all.clone(), maybe: self.known.all.clone() };
                for part in rule.parts() {
                    let part = self.members(segments, part, counts);
                    out.yes.and(&part.yes);
                    out.maybe.and(&part.maybe);
                }
                out
            }
            Rule::Any(_) | Rule::None(_) => {
                let none = self.known.all.others(&self.known.all);
                let mut out = Members { yes: none.clone(), maybe: none };
                for part in rule.parts() {
                    let part = self.members(segments, part, counts);
                    out.yes.or(&part.yes);
                    out.maybe.or(&part.maybe);
                }
                if matches!(rule, Rule::None(_)) { self.not(&out) } else { out }
            }
        };
        if let (Some(counts), Some(place)) = (counts, place)
            && let Some(count) = counts.get_mut(place)
        {
            *count = members.yes.count();
        }
        members
    }

    fn not(&self, members: &Members) -> Members {
        let all = &self.known.all;
        Members { yes: members.maybe.others(all), maybe: members.yes.others(all) }
    }

    fn leaf(&mut self, segments: &Segments, leaf: &Leaf) -> Members {
        if let Leaf::Segment { id, inside } = leaf {
            return match (self.told.get(id), segments.rules.contains_key(id)) {
                (Some((members, flaws)), _) => {
                    self.flaws.extend(flaws.iter().copied());
                    if *inside { members.clone() } else { self.not(members) }
                }
                (None, true) => self.unknown(RuleFlaw::Loop),
                (None, false) => self.unknown(RuleFlaw::Missing),
            };
        }
        if self.names_gone(leaf) {
            return self.unknown(RuleFlaw::Missing);
        }
        let known = self.known.leaves.get(leaf).cloned();
        match known.or_else(|| self.figures.leaf(leaf, &self.known.all)) {
            Some(bits) => {
                if self.known.leaves.len() <= MOST_KEPT {
                    self.known.leaves.insert(leaf.clone(), bits.clone());
                }
                Members { yes: bits.clone(), maybe: bits }
            }
            None => self.unknown(RuleFlaw::Newer),
        }
    }

    /// Whether it is about a field of the user's own that is in the trash, tiers that are no more, or a product that was never in this book.
    fn names_gone(&self, leaf: &Leaf) -> bool {
        let data = self.figures.data;
        let no_tier = |id: &String| data.settings().tiers.iter().all(|tier| tier.id != *id);
        let stand = |stand: &Option<Stand>| matches!(stand, Some(Stand::Tier(id)) if no_tier(id));
        match leaf {
            Leaf::Moved(moved) => stand(&moved.from) || stand(&moved.to),
            Leaf::Column(Condition {
                column: Column::Figure(Figure::Tier),
                test: Test::AnyOf(all) | Test::NoneOf(all),
            }) => !all.is_empty() && all.iter().all(no_tier),
            Leaf::Bought(bought) => {
                let gone = |goods: &Goods| matches!(goods, Goods::Product(id) if data.products().row(*id).is_none());
                gone(&bought.goods) || bought.but_not.as_ref().is_some_and(|not| gone(&not.goods))
            }
            leaf => match leaf.column() {
                Some(Column::Own(id)) => own_fields(data, Kind::Customer).iter().all(|field| field.id != id),
                _ => false,
            },
        }
    }

    /// Those of whom all of these hold.
    pub fn all_of(&mut self, rules: &[Rule]) -> Bits {
        let segments = segments_for(self.figures.data, rules);
        self.prepare(&segments, rules);
        let mut out = self.known.all.clone();
        for rule in rules {
            out.and(&self.tell(&segments, rule, &mut None).0.yes);
        }
        out
    }

    fn money(&self, members: &Bits) -> (i64, i64) {
        let facts = members.rows().filter_map(|row| self.figures.snapshot.facts(row));
        facts.fold((0i64, 0i64), |(revenue, profit), facts| {
            (revenue.saturating_add(facts.revenue_minor), profit.saturating_add(facts.profit_minor))
        })
    }

    fn best(&self, members: &Bits, limit: u32) -> Vec<u32> {
        let (data, snapshot) = (self.figures.data, self.figures.snapshot);
        let key = |row| {
            let profit = snapshot.facts(row).map_or(0, |facts| facts.profit_minor);
            (std::cmp::Reverse(profit), data.customers().id(row), row)
        };
        let mut rows: Vec<_> = members.rows().map(key).collect();
        let limit = limit as usize;
        if limit < rows.len() {
            rows.select_nth_unstable(limit);
            rows.truncate(limit);
        }
        rows.sort_unstable();
        rows.into_iter().map(|(.., row)| row).collect()
    }
}

/// The saved segments, if these rules name any.
fn segments_for(data: &Dataset, rules: &[Rule]) -> Segments {
    let names = rules.iter().any(|rule| !rule.segments().is_empty());
    if names { Segments::read(data) } else { Segments::default() }
}

/// Whether telling these takes the models of customer value.
pub(super) fn needs_worth(data: &Dataset, rules: &[Rule]) -> bool {
    let segments = segments_for(data, rules);
    rules.iter().any(|rule| segments.reached(rule).into_iter().any(Rule::needs_worth))
}

/// The same of the list of segments.
pub(super) fn segments_need_worth(data: &Dataset) -> bool {
    Segments::read(data).rules.values().any(Rule::needs_worth)
}

pub fn rule(data: &Dataset, cache: &mut MetricsCache, as_of: Day, rule: &Rule, limit: u32) -> RuleView {
    let rules = std::slice::from_ref(rule);
    learn(data, cache, as_of, rules);
    let mut teller = Teller::new(data, cache.rule_parts(data, as_of, needs_worth(data, rules)));
    let segments = segments_for(data, rules);
    teller.prepare(&segments, rules);
    let mut counts = Some(Vec::new());
    let (Members { yes, .. }, flaws) = teller.tell(&segments, rule, &mut counts);
    let (revenue_minor, profit_minor) = teller.money(&yes);
    let Figures { snapshot, moods, .. } = teller.figures;
    let rows = teller.best(&yes, limit).into_iter().map(|row| customer_row(data, snapshot, moods, row)).collect();
    RuleView {
        total: teller.known.all.count(),
        customers: yes.count(),
        revenue_minor,
        profit_minor,
        counts: counts.unwrap_or_default(),
        rows,
        names: names(data, &rule.mentions()),
        flaws,
    }
}

pub fn segments(data: &Dataset, cache: &mut MetricsCache, as_of: Day) -> SegmentList {
    let segments = Segments::read(data);
    let rules: Vec<Rule> = segments.rules.values().cloned().collect();
    learn(data, cache, as_of, &rules);
    let mut teller = Teller::new(data, cache.rule_parts(data, as_of, segments_need_worth(data)));
    teller.prepare(&segments, segments.rules.values());
    let table = data.table(Kind::Segment);
    let text = |id: Id, field| table.row(id).map(|row| table.text(row, field).to_owned()).unwrap_or_default();
    let mut rows: Vec<SegmentRow> = Vec::new();
    for (&id, rule) in &segments.rules {
        let looped = !segments.order.contains(&id);
        let (members, mut flaws) = teller.tell(&segments, rule, &mut None);
        let yes = if looped { members.yes.others(&members.yes) } else { members.yes };
        if looped && !flaws.contains(&RuleFlaw::Loop) {
            flaws.push(RuleFlaw::Loop);
        }
        let (revenue_minor, profit_minor) = teller.money(&yes);
        let (name, note) = (text(id, crate::domain::segment::NAME), text(id, crate::domain::segment::NOTE));
        let (customers, rule) = (yes.count(), rule.clone());
        rows.push(SegmentRow { id, name, note, rule, customers, revenue_minor, profit_minor, flaws });
    }
    crate::domain::sort::sort_by(&mut rows, |a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    let mut mentioned: Vec<Id> = rows.iter().flat_map(|row| row.rule.mentions()).collect();
    mentioned.sort_unstable();
    mentioned.dedup();
    // Of customers with a purchase, as all other shares of profit.
    let profit_minor = teller.figures.snapshot.profits_minor().iter().fold(0i64, |sum, n| sum.saturating_add(*n));
    SegmentList { total: teller.known.all.count(), profit_minor, segments: rows, names: names(data, &mentioned) }
}

/// By what purchases can be told apart.
pub fn goods_names(data: &Dataset) -> GoodsNames {
    GoodsNames {
        categories: names_in(data.products(), product::CATEGORY),
        channels: names_in(&data.orders(), order::CHANNEL),
    }
}

/// The words of a column, most used first.
fn names_in(table: &Table, field: Field) -> Vec<String> {
    let mut counts: BTreeMap<u32, u64> = BTreeMap::new();
    let codes = table.symbols(field).map(Symbols::codes).unwrap_or_default();
    for row in table.live() {
        if let Some(code) = codes.get(row as usize).filter(|code| **code != 0) {
            *counts.entry(*code).or_default() += 1;
        }
    }
    let first = |code: u32| codes.iter().position(|c| *c == code).and_then(|row| u32::try_from(row).ok());
    let named = counts
        .into_iter()
        .filter_map(|(code, n)| Some((std::cmp::Reverse(n), table.text(first(code)?, field).to_owned())));
    let mut names: Vec<_> = named.collect();
    names.sort_unstable();
    names.into_iter().map(|(_, name)| name).collect()
}

/// What these records are called; those in the trash are left out.
pub fn names(data: &Dataset, ids: &[Id]) -> Vec<(Id, String)> {
    let name = |id: &Id| {
        let (kind, row) = data.find(data.standing_id(*id))?;
        data.table(kind).is_live(row).then(|| (*id, title(data, kind, row).to_owned()))
    };
    ids.iter().filter_map(name).collect()
}
