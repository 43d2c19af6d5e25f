//! A rule while it is built: groups and rows with keys that stay, so that the page can point at them.

use super::typed::Row;
use super::words::Say;
use crate::domain::InvalidReason;
use crate::engine::api::{MAX_RULE_DEPTH, MAX_RULE_PARTS, Rule};

/// How a group puts its parts together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    All,
    Any,
    None,
}

impl How {
    pub const ALL: [Self; 3] = [Self::All, Self::Any, Self::None];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Any => "any",
            Self::None => "none",
        }
    }

    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|how| how.name() == name)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub key: u32,
    pub body: Body,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    Group(How, Vec<Part>),
    Row(Box<Row>),
}

/// The groups and rows by their keys, without what is typed in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outline {
    Group { key: u32, parts: Vec<Outline> },
    Row { key: u32 },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub root: Part,
    next: u32,
}

/// What stands in a draft as far as it is whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    pub rule: Option<Rule>,
    /// The keys of the parts of the rule in the order of [`crate::engine::api::RuleView::counts`].
    pub keys: Vec<u32>,
    /// Rows that are not whole, and why.
    pub problems: Vec<(u32, InvalidReason)>,
}

impl Part {
    fn of(rule: &Rule, say: &dyn Say, next: &mut u32) -> Self {
        let key = *next;
        *next += 1;
        let mut group =
            |how, parts: &[Rule]| Body::Group(how, parts.iter().map(|part| Self::of(part, say, next)).collect());
        let body = match rule {
            Rule::All(parts) => group(How::All, parts),
            Rule::Any(parts) => group(How::Any, parts),
            Rule::None(parts) => group(How::None, parts),
            Rule::Leaf(leaf) => Body::Row(Box::new(Row::of(leaf, say))),
        };
        Self { key, body }
    }

    fn parts(&self) -> &[Self] {
        if let Body::Group(_, parts) = &self.body { parts } else { &[] }
    }

    fn find(&self, key: u32) -> Option<&Self> {
        if self.key == key { Some(self) } else { self.parts().iter().find_map(|part| part.find(key)) }
    }

    fn find_mut(&mut self, key: u32) -> Option<&mut Self> {
        if self.key == key {
            return Some(self);
        }
        if let Body::Group(_, parts) = &mut self.body {
            parts.iter_mut().find_map(|part| part.find_mut(key))
        } else {
            None
        }
    }

    fn size(&self) -> usize {
        1 + self.parts().iter().map(Self::size).sum::<usize>()
    }

    fn depth_of(&self, key: u32) -> Option<usize> {
        if self.key == key {
            return Some(1);
        }
        self.parts().iter().find_map(|part| part.depth_of(key)).map(|depth| depth + 1)
    }

    fn remove(&mut self, key: u32) {
        if let Body::Group(_, parts) = &mut self.body {
            parts.retain(|part| part.key != key);
            parts.iter_mut().for_each(|part| part.remove(key));
        }
    }

    fn outline(&self) -> Outline {
        match &self.body {
            Body::Group(_, parts) => Outline::Group { key: self.key, parts: parts.iter().map(Self::outline).collect() },
            Body::Row(_) => Outline::Row { key: self.key },
        }
    }

    fn read(&self, say: &dyn Say, read: &mut Read) -> Option<Rule> {
        match &self.body {
            Body::Group(how, parts) => {
                read.keys.push(self.key);
                let parts = parts.iter().filter_map(|part| part.read(say, read)).collect();
                Some(match how {
                    How::All => Rule::All(parts),
                    How::Any => Rule::Any(parts),
                    How::None => Rule::None(parts),
                })
            }
            Body::Row(row) => match row.leaf(say) {
                Ok(leaf) => {
                    read.keys.push(self.key);
                    Some(Rule::Leaf(leaf))
                }
                Err(reason) => {
                    read.problems.push((self.key, reason));
                    None
                }
            },
        }
    }
}

impl Draft {
    /// A rule opened to be built on; a single condition stands in a group.
    #[must_use]
    pub fn of(rule: &Rule, say: &dyn Say) -> Self {
        let mut next = 0;
        let root = match rule {
            Rule::Leaf(_) => Part::of(&Rule::All(vec![rule.clone()]), say, &mut next),
            group => Part::of(group, say, &mut next),
        };
        Self { root, next }
    }

    #[must_use]
    pub fn outline(&self) -> Outline {
        self.root.outline()
    }

    #[must_use]
    pub fn row(&self, key: u32) -> Option<&Row> {
        if let Body::Row(row) = &self.root.find(key)?.body { Some(row) } else { None }
    }

    #[must_use]
    pub fn how(&self, key: u32) -> Option<How> {
        if let Body::Group(how, _) = &self.root.find(key)?.body { Some(*how) } else { None }
    }

    pub fn set_row(&mut self, key: u32, row: Row) {
        if let Some(Part { body: body @ Body::Row(_), .. }) = self.root.find_mut(key) {
            *body = Body::Row(Box::new(row));
        }
    }

    pub fn set_how(&mut self, key: u32, how: How) {
        if let Some(Part { body: Body::Group(now, _), .. }) = self.root.find_mut(key) {
            *now = how;
        }
    }

    /// Whether a group may stand in the group `key`.
    #[must_use]
    pub fn takes_group(&self, key: u32) -> bool {
        self.takes() && self.root.depth_of(key).is_some_and(|depth| depth < MAX_RULE_DEPTH)
    }

    /// Whether there is room for one part more.
    #[must_use]
    pub fn takes(&self) -> bool {
        self.root.size() < MAX_RULE_PARTS
    }

    /// Puts a part at the end of a group; gives its key.
    pub fn add(&mut self, group: u32, body: Body) -> u32 {
        let key = self.next;
        if let Some(Part { body: Body::Group(_, parts), .. }) = self.root.find_mut(group) {
            parts.push(Part { key, body });
            self.next += 1;
        }
        key
    }

    /// Takes a part out; the outermost group stays.
    pub fn remove(&mut self, key: u32) {
        self.root.remove(key);
    }

    /// The rule of what is whole. Nothing while there is no condition at all.
    #[must_use]
    pub fn read(&self, say: &dyn Say) -> Read {
        let mut read = Read::default();
        let rule = self.root.read(say, &mut read);
        read.rule = rule.filter(|rule| !rule.leaves().is_empty());
        read
    }
}
