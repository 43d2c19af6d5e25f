//! What customers said, condensed and sorted by customer and time; and how each customer stands at the as-of day.
//!
//! What counts: responses with a date, of customers who are not in the trash; after the as-of day they are not seen. A
//! score out of its range counts as not given. A response about an order in the trash still counts: it was said.

use crate::analytics::{Mood, Scores, VoiceTally, recency_weight};
use crate::domain::{CivilTime, Day, Id, ResponseDraft, response};
use crate::engine::column::{NONE, NULL_INT};
use crate::engine::dataset::Dataset;

/// One response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Voice {
    pub customer: u32,
    pub at: i64,
    pub day: i32,
    /// Row of the response.
    pub row: u32,
    pub scores: Scores,
}

/// All responses that count, by customer, then oldest first; ties by id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Voices(Vec<Voice>);

impl Voices {
    #[must_use]
    pub fn new(data: &Dataset) -> Self {
        let table = data.responses();
        let customers = table.refs(response::CUSTOMER);
        let times = table.ints(response::AT);
        let ten = [response::EXPECTATION, response::EXPERIENCE, response::NPS].map(|field| table.ints(field));
        let five = table.ints(response::CSAT);
        let score = |column: &[i64], row: u32, range: std::ops::RangeInclusive<i64>| {
            let value = column.get(row as usize).copied().filter(|n| range.contains(n))?;
            u8::try_from(value).ok()
        };
        let mut voices: Vec<Voice> = Vec::with_capacity(table.len() as usize);
        for row in table.live() {
            let at = times.get(row as usize).copied().filter(|&at| at != NULL_INT);
            let customer = customers.get(row as usize).copied().filter(|&c| c != NONE && data.customers().is_live(c));
            let (Some(at), Some(customer)) = (at, customer) else { continue };
            let [expectation, experience, nps] = ten.map(|column| score(column, row, ResponseDraft::TEN));
            let scores = Scores { expectation, experience, nps, csat: score(five, row, ResponseDraft::FIVE) };
            voices.push(Voice { customer, at, day: CivilTime(at).day().0, row, scores });
        }
        let id = |voice: &Voice| table.id(voice.row).unwrap_or(Id(0));
        voices.sort_unstable_by(|a, b| (a.customer, a.at).cmp(&(b.customer, b.at)).then_with(|| id(a).cmp(&id(b))));
        Self(voices)
    }

    /// What was said up to the as-of day.
    pub fn until(&self, as_of: Day) -> impl Iterator<Item = &Voice> {
        self.0.iter().filter(move |v| v.day <= as_of.0)
    }
}

/// How one customer stands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CustomerVoice {
    /// Responses.
    pub answers: u32,
    /// By the last response with both scores.
    pub mood: Mood,
    pub last_gap: Option<i8>,
    /// Newer answers count more.
    pub weighted_gap: Option<f64>,
}

/// All customers at one as-of day.
#[derive(Clone, Debug, PartialEq)]
pub struct Moods {
    as_of: Day,
    half_life_days: i64,
    /// One per row of the customer table.
    customers: Vec<CustomerVoice>,
}

impl Moods {
    #[must_use]
    pub fn new(voices: &Voices, customers: u32, as_of: Day, half_life_days: i64) -> Self {
        let mut moods = Self { as_of, half_life_days, customers: vec![CustomerVoice::default(); customers as usize] };
        for of_one in voices.0.chunk_by(|a, b| a.customer == b.customer) {
            let Some(first) = of_one.first() else { continue };
            if let Some(slot) = moods.customers.get_mut(first.customer as usize) {
                *slot = stands(of_one.iter().filter(|v| v.day <= as_of.0), as_of, half_life_days);
            }
        }
        moods
    }

    #[must_use]
    pub fn of(&self, customer: u32) -> CustomerVoice {
        self.customers.get(customer as usize).copied().unwrap_or_default()
    }
}

/// From one customer's responses, oldest first.
fn stands<'a>(voices: impl Iterator<Item = &'a Voice>, as_of: Day, half_life_days: i64) -> CustomerVoice {
    let mut stands = CustomerVoice::default();
    let (mut weight, mut sum) = (0.0, 0.0);
    for voice in voices {
        stands.answers += 1;
        if let Some(gap) = voice.scores.gap() {
            stands.last_gap = Some(gap);
            stands.mood = Mood::of_gap(gap);
            let w = recency_weight(age_days(voice, as_of), half_life_days);
            weight += w;
            sum += w * f64::from(gap);
        }
    }
    stands.weighted_gap = (weight > 0.0).then(|| sum / weight);
    stands
}

fn age_days(voice: &Voice, as_of: Day) -> i64 {
    i64::from(as_of.0) - i64::from(voice.day)
}

impl Voice {
    /// Counts this response.
    pub fn count(&self, tally: &mut VoiceTally, as_of: Day, half_life_days: i64) {
        tally.add(self.scores, age_days(self, as_of), half_life_days);
    }
}

/// What was said and how customers stand by it, each made when asked for.
#[derive(Clone, Debug, Default)]
pub struct Said {
    voices: Option<Voices>,
    moods: Option<Moods>,
}

impl Said {
    /// As at `as_of`.
    pub fn at(&mut self, data: &Dataset, as_of: Day) -> (&Voices, &Moods) {
        let half_life_days = data.settings().satisfaction.half_life_days;
        let voices = self.voices.get_or_insert_with(|| Voices::new(data));
        let fits = self.moods.take().filter(|m| m.as_of == as_of && m.half_life_days == half_life_days);
        let moods = fits.unwrap_or_else(|| Moods::new(voices, data.customers().len(), as_of, half_life_days));
        (voices, self.moods.insert(moods))
    }

    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        self.voices.as_ref().map_or(0, |v| v.0.capacity() * size_of::<Voice>())
            + self.moods.as_ref().map_or(0, |m| m.customers.capacity() * size_of::<CustomerVoice>())
    }
}
