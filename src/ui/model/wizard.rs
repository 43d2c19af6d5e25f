//! Bringing in a file, step by step: a state machine that the page feeds with events and whose effects it carries out.
//! Answers that come too late (the person chose another file meanwhile) carry an old run number and change nothing.

use crate::domain::{Currency, Day};
use crate::engine::api::{CommandError, Done, StagedImport};
use crate::files::dates::{DateError, parse_date_time};
use crate::files::numbers::{NumberError, clean, parse_decimal};
use crate::files::orders::{
    DateOrder, DecimalSign, FieldColumn, FileError, FileField, Inspection, Mapping, ParseReport, Role, RowReason,
    Target, date_column, date_orders_of, guess_fields, guess_for, parse_score, signature,
};
use crate::files::records::{Read as ReadCell, birthday, form_kind, needs, read_cell, read_field};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    #[default]
    Choose,
    Inspecting,
    Mapping,
    Parsing,
    Report,
    Staging,
    Preview,
    Saving,
    Finished,
}

/// How to read the file; `None`: as the file itself suggests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    pub encoding: Option<String>,
    pub delimiter: Option<char>,
    /// Of a workbook, the name of the sheet.
    pub sheet: Option<String>,
}

/// Why the wizard stands where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    File(FileError),
    Command(CommandError),
}

/// What must be settled before the file can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blocker {
    /// No column has this role.
    Missing(Role),
    /// Neither a price nor a line total.
    NoAmount,
    /// Nothing by which to find the customer of an answer.
    NoCustomer,
    /// Neither a score nor a comment.
    NoScore,
    /// More than one date order fits and none was chosen.
    DateOrder,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    Chosen {
        name: String,
        bytes: u64,
    },
    ReadAs(Read),
    Inspected(u64, Result<Inspection, FileError>),
    Remembered(u64, Option<Mapping>),
    SetTarget(Target),
    SetRole(usize, Role),
    /// The column holds the field of this name.
    SetField(usize, String),
    /// The fields without a role that there are.
    Fields(Vec<FileField>),
    SetDateOrder(DateOrder),
    SetDecimalSign(DecimalSign),
    SetCurrency(Currency),
    SetSource(String),
    SetFillDown(bool),
    Parse,
    Progress(u64, u64, u64),
    Parsed(u64, Result<ParseReport, FileError>),
    GoOn,
    /// Where the file contradicts what a person typed: that stays, or the file's word is taken.
    Keep(bool),
    Staged(u64, Result<StagedImport, CommandError>),
    /// The numbers that clash are those of the same system (its orders are updated), or that is taken back.
    SameSystem(bool),
    /// They are those of another system, with this name.
    OtherSystem(String),
    Commit,
    Committed(u64, Result<Done, CommandError>),
    /// Stops what runs, or goes back to the mapping.
    Back,
    StartOver,
}

/// What the page must do now. Each carries the run number to send back.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Ends any reading under way, opens the chosen file afresh and inspects it.
    Inspect(u64, Read),
    /// Looks for a mapping remembered for this signature.
    LookUp(u64, String),
    Remember(String, Mapping),
    Parse(u64, Mapping),
    Stage(u64),
    /// Compares the staged file anew, as coming from this system.
    Rename(u64, String),
    /// And whether what was typed by hand stays where the file contradicts it.
    Commit(u64, bool),
    /// Ends the reading and lets the file go.
    Close,
    DropStaged,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wizard {
    pub step: Step,
    pub name: String,
    pub bytes: u64,
    pub read: Read,
    pub inspection: Option<Inspection>,
    pub mapping: Option<Mapping>,
    /// The mapping comes from an earlier file with the same header.
    pub remembered: bool,
    pub date_order_chosen: bool,
    /// Bytes read, bytes in all.
    pub progress: (u64, u64),
    pub report: Option<ParseReport>,
    pub staged: Option<StagedImport>,
    pub done: Option<Done>,
    pub trouble: Option<Trouble>,
    /// Where the file contradicts what a person typed, the file's word is taken.
    pub take_file: bool,
    /// The person said that numbers which clash are of the same system.
    pub same_system: bool,
    /// Fields without a role, of all kinds.
    pub fields: Vec<FileField>,
    touched: bool,
    run: u64,
}

impl Wizard {
    /// Takes one event; returns what is to be done. Events that do not fit the step change nothing.
    pub fn apply(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Chosen { name, bytes } => self.choose(name, bytes),
            Event::ReadAs(read) => self.inspect_again(read),
            Event::Inspected(run, result) if run == self.run && self.step == Step::Inspecting => self.inspected(result),
            Event::Remembered(run, Some(mapping)) if run == self.run => self.recall(mapping),
            Event::Parse => self.parse(),
            Event::Progress(run, done, total) if run == self.run && self.step == Step::Parsing => {
                self.progress = (done.max(self.progress.0), total);
                Vec::new()
            }
            Event::Parsed(run, result) if run == self.run && self.step == Step::Parsing => self.parsed(result),
            Event::GoOn
                if self.step == Step::Report && self.report.as_ref().is_some_and(ParseReport::says_something) =>
            {
                self.step = Step::Staging;
                vec![Effect::Stage(self.run)]
            }
            Event::Staged(run, result) if run == self.run && self.step == Step::Staging => self.staged(result),
            Event::Keep(keep) if self.step == Step::Preview => {
                self.take_file = !keep;
                Vec::new()
            }
            Event::SameSystem(same) if self.step == Step::Preview => {
                self.same_system = same;
                Vec::new()
            }
            Event::OtherSystem(source) if self.step == Step::Preview => self.rename(source),
            Event::Commit if self.step == Step::Preview && !self.clashes() => {
                self.step = Step::Saving;
                self.trouble = None;
                vec![Effect::Commit(self.run, !self.take_file)]
            }
            Event::Committed(run, result) if run == self.run && self.step == Step::Saving => self.committed(result),
            Event::Back => self.back(),
            Event::StartOver => self.start_over(),
            other => {
                self.edit(other);
                Vec::new()
            }
        }
    }

    /// What is still missing; empty when the file can be read.
    #[must_use]
    pub fn blockers(&self) -> Vec<Blocker> {
        let (Some(inspection), Some(mapping)) = (&self.inspection, &self.mapping) else { return Vec::new() };
        let has = |role: &Role| mapping.roles.contains(role);
        let missing = |group: &&[Role]| match group {
            [Role::UnitPrice, ..] => Blocker::NoAmount,
            [Role::CustomerKey, ..] => Blocker::NoCustomer,
            [Role::Expectation, ..] => Blocker::NoScore,
            [first, ..] => Blocker::Missing(*first),
            [] => Blocker::NoCustomer,
        };
        let groups = needs(mapping.target).iter().filter(|group| !group.iter().any(has));
        let mut out: Vec<Blocker> = groups.map(missing).collect();
        let dated = date_column(&mapping.roles).is_some();
        if dated && inspection.date_orders.len() > 1 && !self.date_order_chosen {
            out.insert(0, Blocker::DateOrder);
        }
        out
    }

    /// Share of the file read, 0–1.
    #[must_use]
    pub fn share_read(&self) -> f64 {
        #[allow(clippy::cast_precision_loss)]
        let share = self.progress.0 as f64 / self.progress.1.max(1) as f64;
        share.clamp(0.0, 1.0)
    }

    /// True while something runs that the person waits for.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        matches!(self.step, Step::Inspecting | Step::Parsing | Step::Staging | Step::Saving)
    }

    fn choose(&mut self, name: String, bytes: u64) -> Vec<Effect> {
        let mut effects = self.leave_staged();
        let fields = std::mem::take(&mut self.fields);
        *self = Self { step: Step::Inspecting, name, bytes, fields, run: self.run + 1, ..Self::default() };
        effects.push(Effect::Inspect(self.run, Read::default()));
        effects
    }

    fn inspect_again(&mut self, read: Read) -> Vec<Effect> {
        // After a file that could not be read as guessed, another way of reading it is tried from the first step.
        if self.name.is_empty() || self.step > Step::Mapping {
            return Vec::new();
        }
        self.run += 1;
        self.step = Step::Inspecting;
        self.read = read;
        // Other letters or other columns: what was chosen for the old ones does not hold.
        self.forget_mapping();
        vec![Effect::Inspect(self.run, self.read.clone())]
    }

    fn forget_mapping(&mut self) {
        (self.mapping, self.touched, self.remembered, self.date_order_chosen) = (None, false, false, false);
    }

    fn inspected(&mut self, result: Result<Inspection, FileError>) -> Vec<Effect> {
        match result {
            Ok(found) => {
                self.step = Step::Mapping;
                let keep = self.mapping.as_ref().is_some_and(|m| m.roles.len() == found.header.len());
                let mut effects = Vec::new();
                if !keep {
                    self.mapping = Some(found.guess.clone());
                    effects.push(Effect::LookUp(self.run, signature(&found.header)));
                }
                self.inspection = Some(found);
                if !keep {
                    self.trouble = None;
                    self.find_fields();
                }
                effects
            }
            Err(error) => {
                self.inspection = None;
                self.forget_mapping();
                self.trouble = Some(Trouble::File(error));
                // The file's name and the choice of encoding stay, so that the person can try another one.
                self.step = Step::Choose;
                vec![Effect::Close]
            }
        }
    }

    fn recall(&mut self, mapping: Mapping) -> Vec<Effect> {
        let fits = self.inspection.as_ref().is_some_and(|i| i.header.len() == mapping.roles.len());
        if fits && !self.touched && self.step == Step::Mapping {
            // Fields that went away, or became another type, since.
            let fields = mapping.fields.iter().filter_map(|of| {
                let field = self.fields.iter().find(|f| (f.of, &f.name) == (of.field.of, &of.field.name))?.clone();
                Some(FieldColumn { field, ..*of })
            });
            self.mapping = Some(Mapping { fields: fields.collect(), ..mapping.clone() });
            (self.remembered, self.date_order_chosen) = (true, true);
        }
        Vec::new()
    }

    /// The fields without a role that the rows of the file can have.
    #[must_use]
    pub fn fields_there(&self) -> Vec<FileField> {
        let kind = self.mapping.as_ref().and_then(|m| form_kind(m.target));
        self.fields.iter().filter(|field| Some(field.of) == kind).cloned().collect()
    }

    /// Gives the columns that are called as fields without a role to them.
    fn find_fields(&mut self) {
        let fields = self.fields_there();
        if let (Some(inspection), Some(mapping)) = (&self.inspection, &mut self.mapping) {
            mapping.fields = guess_fields(inspection, mapping, &fields);
        }
    }

    fn edit(&mut self, event: Event) {
        if let Event::Fields(fields) = event {
            self.fields = fields;
            if !self.touched && !self.remembered && self.step == Step::Mapping {
                self.find_fields();
            }
            return;
        }
        let there = self.fields_there();
        if self.step != Step::Mapping {
            return;
        }
        let Some(mapping) = &mut self.mapping else { return };
        match event {
            Event::SetTarget(target) => {
                let Some(inspection) = &mut self.inspection else { return };
                *mapping = guess_for(inspection, target);
                if let Some(column) = date_column(&mapping.roles) {
                    inspection.date_orders = date_orders_of(&inspection.sample, column);
                    mapping.date_order = inspection.date_orders.first().copied().unwrap_or(mapping.date_order);
                }
                (self.date_order_chosen, self.remembered) = (false, false);
                self.find_fields();
            }
            Event::SetField(column, name) => {
                set_role(mapping, column, Role::Ignore);
                give_field(mapping, column, there.iter().find(|f| f.name == name));
            }
            Event::SetRole(column, role) => {
                set_role(mapping, column, role);
                give_field(mapping, column, None);
                if let (Role::OrderDate | Role::Birthday, Some(inspection)) = (role, &mut self.inspection) {
                    // Another column, other dates: what was known of the old ones does not hold.
                    inspection.date_orders = date_orders_of(&inspection.sample, column);
                    mapping.date_order = inspection.date_orders.first().copied().unwrap_or(mapping.date_order);
                    self.date_order_chosen = false;
                }
            }
            Event::SetDateOrder(order) => {
                mapping.date_order = order;
                self.date_order_chosen = true;
            }
            Event::SetDecimalSign(sign) => mapping.decimal_sign = sign,
            Event::SetCurrency(currency) => mapping.currency = currency,
            Event::SetSource(source) => mapping.source = source,
            Event::SetFillDown(fill_down) => mapping.fill_down = fill_down,
            _ => return,
        }
        self.touched = true;
        self.trouble = None;
    }

    fn parse(&mut self) -> Vec<Effect> {
        if self.step != Step::Mapping || !self.blockers().is_empty() {
            return Vec::new();
        }
        let (Some(mapping), Some(inspection)) = (self.mapping.clone(), &self.inspection) else { return Vec::new() };
        let signature = signature(&inspection.header);
        self.step = Step::Parsing;
        self.progress = (0, self.bytes);
        self.trouble = None;
        vec![Effect::Remember(signature, mapping.clone()), Effect::Parse(self.run, mapping)]
    }

    fn parsed(&mut self, result: Result<ParseReport, FileError>) -> Vec<Effect> {
        match result {
            Ok(report) => {
                // The beginning of the file looked like another encoding than the rest turned out to be in.
                if let Some(inspection) =
                    self.inspection.as_mut().filter(|i| !report.encoding.is_empty() && i.encoding != report.encoding)
                {
                    inspection.encoding.clone_from(&report.encoding);
                    self.read.encoding = Some(report.encoding.clone());
                }
                self.report = Some(report);
                self.step = Step::Report;
                Vec::new()
            }
            Err(error) => {
                self.trouble = (error != FileError::Cancelled).then_some(Trouble::File(error));
                self.reopen()
            }
        }
    }

    fn staged(&mut self, result: Result<StagedImport, CommandError>) -> Vec<Effect> {
        match result {
            Ok(staged) => {
                self.staged = Some(staged);
                self.same_system = false;
                self.step = Step::Preview;
                Vec::new()
            }
            Err(error) => {
                self.trouble = Some(Trouble::Command(error));
                self.reopen()
            }
        }
    }

    /// Whether the numbers seem to be those of another system, and the person has not said otherwise.
    #[must_use]
    pub fn clashes(&self) -> bool {
        !self.same_system && self.staged.as_ref().is_some_and(|s| s.clash.is_some())
    }

    fn rename(&mut self, source: String) -> Vec<Effect> {
        let source = source.trim().to_owned();
        let (Some(mapping), Some(inspection)) = (&mut self.mapping, &self.inspection) else { return Vec::new() };
        if source.is_empty() || source == mapping.source {
            return Vec::new();
        }
        mapping.source.clone_from(&source);
        let remember = Effect::Remember(signature(&inspection.header), mapping.clone());
        (self.step, self.staged, self.same_system) = (Step::Staging, None, false);
        vec![remember, Effect::Rename(self.run, source)]
    }

    fn committed(&mut self, result: Result<Done, CommandError>) -> Vec<Effect> {
        match result {
            Ok(done) => {
                self.done = Some(done);
                self.step = Step::Finished;
                vec![Effect::Close]
            }
            Err(error) => {
                self.trouble = Some(Trouble::Command(error));
                self.step = Step::Preview;
                Vec::new()
            }
        }
    }

    /// Back to the mapping with the same choices; the reader starts afresh because it ends with every run.
    fn reopen(&mut self) -> Vec<Effect> {
        self.run += 1;
        self.step = Step::Inspecting;
        (self.report, self.staged) = (None, None);
        vec![Effect::Inspect(self.run, self.read.clone())]
    }

    fn back(&mut self) -> Vec<Effect> {
        match self.step {
            Step::Choose | Step::Saving | Step::Finished => Vec::new(),
            Step::Inspecting | Step::Mapping => self.start_over(),
            Step::Parsing | Step::Report | Step::Staging => {
                self.trouble = None;
                self.reopen()
            }
            Step::Preview => {
                let mut effects = self.leave_staged();
                self.trouble = None;
                effects.extend(self.reopen());
                effects
            }
        }
    }

    fn start_over(&mut self) -> Vec<Effect> {
        if self.step == Step::Saving {
            return Vec::new();
        }
        let mut effects = self.leave_staged();
        *self = Self { run: self.run + 1, fields: std::mem::take(&mut self.fields), ..Self::default() };
        effects.push(Effect::Close);
        effects
    }

    fn leave_staged(&self) -> Vec<Effect> {
        if matches!(self.step, Step::Staging | Step::Preview) { vec![Effect::DropStaged] } else { Vec::new() }
    }
}

/// Each role belongs to one column: giving it to another takes it away here.
fn set_role(mapping: &mut Mapping, column: usize, role: Role) {
    if role != Role::Ignore {
        mapping.roles.iter_mut().filter(|r| **r == role).for_each(|r| *r = Role::Ignore);
    }
    if let Some(slot) = mapping.roles.get_mut(column) {
        *slot = role;
    }
}

/// A field belongs to one column too.
fn give_field(mapping: &mut Mapping, column: usize, field: Option<&FileField>) {
    let Ok(column) = u32::try_from(column) else { return };
    mapping.fields.retain(|of| of.column != column && field.is_none_or(|f| f.name != of.field.name));
    mapping.fields.extend(field.map(|field| FieldColumn { column, field: field.clone() }));
}

/// The field without a role whose values the column holds.
#[must_use]
pub fn field_of(mapping: &Mapping, column: usize) -> Option<&FileField> {
    mapping.fields.iter().find(|of| of.column as usize == column).map(|of| &of.field)
}

/// A sample date on which the orders disagree, and what each makes of it.
#[must_use]
pub fn ambiguous_example(samples: &[&str], orders: &[DateOrder]) -> Option<(String, Vec<(DateOrder, Day)>)> {
    samples.iter().find_map(|text| {
        let readings: Vec<_> =
            orders.iter().filter_map(|o| Some((*o, parse_date_time(text, *o).ok()?.day()))).collect();
        let first = readings.first()?.1;
        readings.iter().any(|(_, d)| *d != first).then(|| ((*text).to_owned(), readings))
    })
}

/// Why a sampled cell cannot be read as its column says; `None`: it can, or the role takes any text.
#[must_use]
pub fn cell_problem(column: usize, cell: &str, mapping: &Mapping) -> Option<RowReason> {
    if let Some(field) = field_of(mapping, column) {
        return read_field(field, cell, mapping, mapping.currency).err();
    }
    let role = *mapping.roles.get(column)?;
    let number = |text: &str| match parse_decimal(text, mapping.decimal_sign, 4) {
        Ok(_) => None,
        Err(NumberError::NotANumber) => Some(RowReason::NotANumber),
        Err(NumberError::TooLarge) => Some(RowReason::TooLarge),
    };
    let empty = clean(cell).is_empty();
    match role {
        Role::OrderDate if empty => Some(RowReason::Missing),
        Role::OrderDate => parse_date_time(cell, mapping.date_order).err().map(|e| match e {
            DateError::NotADate => RowReason::NotADate,
            DateError::NoSuchDate => RowReason::NoSuchDate,
            DateError::YearOutOfRange => RowReason::YearOutOfRange,
        }),
        Role::Quantity | Role::UnitPrice | Role::LineTotal | Role::UnitCost if !empty => number(cell),
        Role::Birthday if !empty => birthday(clean(cell), mapping.date_order).err(),
        Role::Mood => read_cell(ReadCell::Mood, cell, mapping).err(),
        _ if Role::SCORES.contains(&role) => parse_score(role, cell, mapping.decimal_sign).err(),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
