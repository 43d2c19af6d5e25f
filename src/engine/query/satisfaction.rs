//! Who is satisfied (SPEC S1 S2): the whole, by time, by product or staff, crossed with Kotler's groups, and the answers
//! behind each number.

use std::cmp::Ordering;

use super::customer::{product_name, subject_names};
use super::overview::worth_most;
use super::records::response_draft;
use super::window;
use crate::analytics::{KotlerGroup, Mood, VoiceTally};
use crate::domain::{Day, Id, response};
use crate::engine::api::{
    Period, ResponseFilter, ResponseList, ResponseRow, SatisfactionView, VoiceBy, VoiceFigures, VoiceGroup,
};
use crate::engine::dataset::Dataset;
use crate::engine::metrics::{Parts, Voice};

/// More quarters than this are drawn as years. (Times lie between 1900 and 2200.)
const MOST_STEPS: usize = 40;

pub fn satisfaction(
    data: &Dataset,
    parts: &Parts,
    period: Period,
    by: VoiceBy,
    offset: u32,
    limit: u32,
) -> SatisfactionView {
    let as_of = parts.snapshot.as_of();
    let settings = &data.settings().satisfaction;
    let half_life_days = settings.half_life_days;
    let from = match period {
        Period::Quarter => Some(Day(as_of.0.saturating_sub(90))),
        Period::Year => Some(Day(as_of.0.saturating_sub(364))),
        Period::All => None,
    };
    let voices = || parts.voices.until(as_of).filter(|v| from.is_none_or(|from| v.day >= from.0));
    let first = from.map(|day| day.0).or_else(|| voices().map(|v| v.day).min()).unwrap_or(as_of.0);
    let calendar = Calendar::new(period, Day(first), as_of);
    let mut all = VoiceTally::default();
    let mut steps = vec![VoiceTally::default(); calendar.len()];
    let mut grouping = Grouping::new(data, by);
    for voice in voices() {
        voice.count(&mut all, as_of, half_life_days);
        if let Some(step) = steps.get_mut(calendar.place(Day(voice.day))) {
            voice.count(step, as_of, half_life_days);
        }
        grouping.each(data, voice, |tally| voice.count(tally, as_of, half_life_days));
    }
    let (crossing, mut unhappy) = cross(data, parts);
    let groups = grouping.finish(data, settings.min_answers);
    let unhappy_rows = worth_most(data, parts.snapshot, parts.moods, &mut unhappy);
    SatisfactionView {
        as_of,
        answers_ever: parts.voices.until(as_of).count() as u64,
        from,
        weighted_gap: all.weighted_gap(),
        trend: all.trend(),
        gaps: all.gaps.to_vec(),
        csat: all.csat,
        all: figures(&all),
        steps: calendar.days(Day(first), as_of).zip(&steps).map(|((a, b), tally)| (a, b, figures(tally))).collect(),
        groups_total: groups.len() as u64,
        groups: window(&groups, offset, limit).to_vec(),
        crossing,
        unhappy_total: unhappy.len() as u64,
        unhappy: unhappy_rows,
        min_answers: settings.min_answers,
        half_life_days,
    }
}

fn figures(tally: &VoiceTally) -> VoiceFigures {
    VoiceFigures {
        answers: tally.answers,
        moods: tally.moods(),
        gap: tally.gap(),
        nps: tally.nps(),
        csat_top2: tally.csat_top2(),
        csat_mean: tally.csat_mean(),
    }
}

type Crossing = Vec<(Option<KotlerGroup>, [u64; 4])>;

/// Customers by group and mood, and the unhappy ones with their profit.
fn cross(data: &Dataset, parts: &Parts) -> (Crossing, Vec<(i64, u32)>) {
    let groups = KotlerGroup::ALL.into_iter().map(Some).chain([None]);
    let mut crossing: Crossing = groups.map(|group| (group, [0; 4])).collect();
    let mut unhappy = Vec::new();
    for row in data.customers().live() {
        let mood = parts.moods.of(row).mood;
        let buyer = parts.snapshot.buyer(row);
        let place = buyer.map_or(KotlerGroup::ALL.len(), |(_, marks)| marks.kotler as usize);
        if let Some(n) = crossing.get_mut(place).and_then(|(_, moods)| moods.get_mut(mood as usize)) {
            *n += 1;
        }
        if mood == Mood::Unhappy {
            unhappy.push((parts.snapshot.facts(row).map_or(0, |f| f.profit_minor), row));
        }
    }
    (crossing, unhappy)
}

/// The steps of a trend: calendar months, quarters or years.
struct Calendar {
    months: i32,
    first: i32,
    last: i32,
}

impl Calendar {
    fn new(period: Period, first: Day, last: Day) -> Self {
        let step =
            |months: i32| Self { months, first: month(first).div_euclid(months), last: month(last).div_euclid(months) };
        match period {
            Period::Quarter | Period::Year => step(1),
            Period::All if month(last) - month(first) < 12 => step(1),
            Period::All if step(3).len() <= MOST_STEPS => step(3),
            Period::All => step(12),
        }
    }

    fn len(&self) -> usize {
        usize::try_from(self.last - self.first + 1).unwrap_or(0)
    }

    fn place(&self, day: Day) -> usize {
        usize::try_from(month(day).div_euclid(self.months) - self.first).unwrap_or(usize::MAX)
    }

    /// First and last day of each step, cut off at both ends of the period.
    fn days(&self, first: Day, last: Day) -> impl Iterator<Item = (Day, Day)> {
        let months = self.months;
        let start = move |step: i32| {
            let month = step * months;
            let of_year = u32::try_from(month.rem_euclid(12)).unwrap_or(0) + 1;
            Day::from_ymd(month.div_euclid(12), of_year, 1).unwrap_or(first)
        };
        (self.first..=self.last).map(move |step| (start(step).max(first), Day(start(step + 1).0 - 1).min(last)))
    }
}

/// Months since year 0.
fn month(day: Day) -> i32 {
    let (year, month, _) = day.ymd();
    year * 12 + i32::try_from(month).unwrap_or(1) - 1
}

/// Tallies by row of the product table or by code of the staff column.
struct Grouping {
    by: VoiceBy,
    tallies: Vec<Option<Box<VoiceTally>>>,
    products: Vec<u32>,
}

impl Grouping {
    fn new(data: &Dataset, by: VoiceBy) -> Self {
        let n = match by {
            VoiceBy::Product => data.products().len() as usize,
            VoiceBy::Staff => data.responses().symbols(response::STAFF).map_or(0, |s| s.names().len()),
        };
        Self { by, tallies: vec![None; n], products: Vec::new() }
    }

    fn each(&mut self, data: &Dataset, voice: &Voice, count: impl Fn(&mut VoiceTally)) {
        let mut at = |place: usize| {
            if let Some(slot) = self.tallies.get_mut(place) {
                count(slot.get_or_insert_default());
            }
        };
        match self.by {
            VoiceBy::Product => {
                products_of(data, voice.row, &mut self.products);
                self.products.iter().for_each(|&product| at(product as usize));
            }
            VoiceBy::Staff => {
                let code = staff_code(data, voice.row);
                code.into_iter().for_each(|code| at(code as usize));
            }
        }
    }

    fn finish(self, data: &Dataset, min_answers: u32) -> Vec<VoiceGroup> {
        let staff = data.responses().symbols(response::STAFF).map_or(&[][..], |s| s.names());
        let name = |row: u32| match self.by {
            VoiceBy::Product => product_name(data, row).to_owned(),
            VoiceBy::Staff => staff.get(row as usize).cloned().unwrap_or_default(),
        };
        let id = |row: u32| data.products().id(row).filter(|_| self.by == VoiceBy::Product);
        let made = (0..).zip(&self.tallies).filter_map(|(row, tally)| {
            let tally = tally.as_deref()?;
            Some(VoiceGroup { id: id(row), name: name(row), figures: figures(tally) })
        });
        let mut groups: Vec<VoiceGroup> = made.collect();
        let enough = |g: &VoiceGroup| g.figures.gap.filter(|gap| gap.n >= u64::from(min_answers)).map(|gap| gap.value);
        crate::domain::sort::sort_by(&mut groups, |a, b| {
            let by_gap = match (enough(a), enough(b)) {
                (Some(x), Some(y)) => x.total_cmp(&y),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => b.figures.answers.cmp(&a.figures.answers),
            };
            by_gap.then_with(|| a.name.cmp(&b.name)).then_with(|| a.id.cmp(&b.id))
        });
        groups
    }
}

/// Rows of the products that a response is about, each once.
fn products_of(data: &Dataset, row: u32, products: &mut Vec<u32>) {
    products.clear();
    let table = data.responses();
    if let Some(product) = table.reference(row, response::PRODUCT) {
        products.push(product);
    } else if let Some(order) = table.reference(row, response::ORDER) {
        let orders = data.orders();
        let lines = orders.lines_of(order);
        products.extend(lines.products.iter().filter(|&&p| data.products().exists(p)));
        products.sort_unstable();
        products.dedup();
    }
}

/// `None` where nobody is named.
fn staff_code(data: &Dataset, row: u32) -> Option<u32> {
    let codes = data.responses().symbols(response::STAFF)?.codes();
    codes.get(row as usize).copied().filter(|&code| code > 0)
}

/// The answers that the filter leaves, newest first, ties by id.
pub fn responses(data: &Dataset, parts: &Parts, filter: &ResponseFilter, offset: u32, limit: u32) -> ResponseList {
    let wanted = Wanted::new(data, filter);
    let mut products = Vec::new();
    let found = parts.voices.until(parts.snapshot.as_of()).filter(|v| wanted.takes(data, v, &mut products));
    let mut rows: Vec<(std::cmp::Reverse<i64>, Id, u32)> =
        found.map(|v| (std::cmp::Reverse(v.at), data.responses().id(v.row).unwrap_or(Id(0)), v.row)).collect();
    rows.sort_unstable();
    let view = |&(_, id, row): &(std::cmp::Reverse<i64>, Id, u32)| {
        let draft = response_draft(data, row)?;
        let customer = data.responses().reference(row, response::CUSTOMER)?;
        let (product, order) = subject_names(data, row);
        Some(ResponseRow { id, draft, customer: data.customer_name(customer).to_owned(), product, order })
    };
    ResponseList {
        total: rows.len() as u64,
        offset,
        rows: window(&rows, offset, limit).iter().filter_map(view).collect(),
    }
}

/// A filter with its names looked up; `Some(None)`: there is no such thing.
struct Wanted<'a> {
    filter: &'a ResponseFilter,
    customer: Option<Option<u32>>,
    product: Option<Option<u32>>,
    staff: Option<Option<u32>>,
}

impl<'a> Wanted<'a> {
    fn new(data: &Dataset, filter: &'a ResponseFilter) -> Self {
        let staff = |name: &String| data.responses().symbols(response::STAFF).and_then(|s| s.code(name));
        Self {
            filter,
            customer: filter.customer.map(|id| data.customers().row(id)),
            product: filter.product.map(|id| data.products().row(id)),
            staff: filter.staff.as_ref().map(staff),
        }
    }

    fn takes(&self, data: &Dataset, voice: &Voice, products: &mut Vec<u32>) -> bool {
        let (filter, scores) = (self.filter, voice.scores);
        let mood = scores.gap().map_or(Mood::NoAnswer, Mood::of_gap);
        let fits = filter.from.is_none_or(|day| voice.day >= day.0)
            && filter.to.is_none_or(|day| voice.day <= day.0)
            && filter.mood.is_none_or(|m| m == mood)
            && filter.gap.is_none_or(|gap| scores.gap() == Some(gap))
            && filter.nps.is_none_or(|class| scores.nps_class() == Some(class))
            && filter.csat.is_none_or(|csat| scores.csat == Some(csat))
            && self.customer.is_none_or(|customer| customer == Some(voice.customer))
            && self.staff.is_none_or(|staff| staff.is_some() && staff == staff_code(data, voice.row));
        fits && self.product.is_none_or(|product| {
            products_of(data, voice.row, products);
            product.is_some_and(|product| products.contains(&product))
        })
    }
}
