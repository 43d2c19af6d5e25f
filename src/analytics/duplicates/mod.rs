//! Customers who are in the book twice (SPEC R3): two records compared field by field, each agreement worth as many bits
//! as it tells.
//!
//! After Fellegi and Sunter, *A theory for record linkage* (JASA 64, 1969), with agreements weighed by how frequent the
//! value is (Winkler, *Frequency-based matching in Fellegi–Sunter model of record linkage*, 2000): the same rare name says
//! much, 王伟 twice says nothing. Weights are in bits: +1 doubles the odds that two records are one customer. The sum of all is set against what it
//! takes to pick one customer out of the book; above it, the odds are better than even.

mod scan;

#[cfg(test)]
mod tests;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::domain::hash::hash_text;
use crate::domain::names::{Name, NameMatch, company_key, is_shared_mailbox, least_share};
use crate::domain::phone::Phone;
use crate::domain::text::{folded, within_slip};

pub use scan::{Scan, ScanState};

/// Share of customers who are in a book twice before anything is known.
const TWINS_SHARE: f64 = 0.1;
/// Books are judged as if they had at least as many customers: in a small one too, people of one name exist outside it.
const LEAST_PEOPLE: f64 = 5_000.0;
/// As many people's names as what is known of names in general counts for.
const KNOWN_PEOPLE: f64 = 1_000.0;
/// Share of the records of one customer on which a field agrees, the others being typed wrong or out of date.
const AGREE_SHARE: f64 = 0.9;

/// What agreements and disagreements are worth, in bits. Where it says “beyond even”, the agreement alone makes the odds
/// even, and the weight comes on top.
mod bits {
    /// A phone number, beyond even: one line, maybe a household.
    pub const PHONE: f64 = 1.0;
    /// A mailbox, beyond even.
    pub const EMAIL: f64 = 2.0;
    /// Info@ and its like, and lines that a company shares, stand for the company.
    pub const SHARED_MAILBOX: f64 = 3.0;
    /// Phone and email together: hardly two facts.
    pub const SECOND_CONTACT: f64 = 2.5;
    /// The rarest of names says at most this beyond even.
    pub const NAME_MOST: f64 = 0.7;
    /// What names that agree less closely lack of the weight of the same name; and what they say at most, below even.
    pub const SLIP: f64 = -4.0;
    pub const SLIP_MOST: f64 = -5.0;
    pub const SOUND_MOST: f64 = -6.0;
    pub const PINYIN_MOST: f64 = -5.0;
    pub const PART: f64 = 4.0;
    pub const NAME_DIFFERS: f64 = -16.0;
    pub const TITLE_DIFFERS: f64 = -9.0;
    pub const BIRTHDAY: f64 = 12.0;
    pub const DAY_WITHOUT_YEAR: f64 = 7.5;
    pub const BIRTHDAY_DIFFERS: f64 = -5.0;
    pub const ADDRESS: f64 = 8.0;
    pub const COMPANY_MOST: f64 = 6.0;
    pub const COMPANY_DIFFERS: f64 = -1.5;
    pub const CITY_MOST: f64 = 3.0;
    pub const CITY_DIFFERS: f64 = -1.5;
    pub const PHONE_DIFFERS: f64 = -3.0;
    pub const EMAIL_DIFFERS: f64 = -2.0;
    /// One digit or letter of a contact is another, while the name agrees.
    pub const CONTACT_SLIP: f64 = 6.0;
    pub const KEY: f64 = 8.0;
    pub const KEY_DIFFERS: f64 = -1.0;
}

/// What is compared of a customer.
#[derive(Clone, Copy, Debug, Default)]
pub struct Fields<'a> {
    pub name: &'a str,
    pub phone: &'a str,
    pub email: &'a str,
    pub company: &'a str,
    pub city: &'a str,
    pub address: &'a str,
    /// `1988-05-20` or `--05-20`.
    pub birthday: &'a str,
    pub source: &'a str,
    pub key: &'a str,
}

/// Why two records may be one customer, or may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    Phone,
    Email,
    Name,
    NameOrder,
    NameSlip,
    NameSound,
    NamePinyin,
    NamePart,
    PhoneSlip,
    EmailSlip,
    Birthday,
    Address,
    Company,
    City,
    Key,
}

/// How likely two records are one customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// 0–100.
    pub percent: u8,
    /// What speaks for it, the strongest first.
    pub reasons: Vec<Reason>,
}

/// Two customers who may be one, by their places in what was scanned, the smaller first.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    pub a: u32,
    pub b: u32,
    pub score: Score,
}

/// A record made ready for comparing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Person {
    pub name: Name,
    pub phones: Vec<Phone>,
    pub emails: Vec<String>,
    pub company: String,
    pub city: String,
    pub address: String,
    pub birthday: String,
    key: Option<(String, String)>,
}

impl Person {
    #[must_use]
    pub fn read(fields: &Fields) -> Self {
        let letters = |text: &str| folded(text).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let written = folded(fields.email);
        let mails = written.split([',', ';', ' ', '、', '/', '<', '>']).map(|mail| mail.trim_start_matches("mailto:"));
        Self {
            name: Name::read(fields.name),
            phones: Phone::all(fields.phone),
            emails: mails.filter(|mail| mail.contains('@')).map(str::to_owned).collect(),
            company: company_key(fields.company),
            city: letters(fields.city).trim_end_matches('市').to_owned(),
            address: letters(fields.address),
            birthday: fields.birthday.to_owned(),
            key: (!fields.key.is_empty()).then(|| (fields.source.to_owned(), fields.key.to_owned())),
        }
    }

    /// A mailbox of its own.
    fn own_emails(&self) -> impl Iterator<Item = &String> {
        self.emails.iter().filter(|mail| !is_shared_mailbox(mail))
    }
}

/// How frequent values are in the book.
#[derive(Clone, Debug, Default)]
pub struct Frequencies {
    people: u32,
    /// By hash of kind and value.
    counts: FxHashMap<u64, u32>,
}

/// Tells the kinds of values apart.
#[derive(Clone, Copy)]
enum Sort {
    Piece,
    Phone,
    Email,
    Company,
    City,
    Birthday,
    Address,
}

fn hash(sort: u8, value: &str) -> u64 {
    hash_text(u64::from(sort), value)
}

impl Frequencies {
    fn count(&mut self, sort: Sort, value: &str) {
        if !value.is_empty() {
            *self.counts.entry(hash(sort as u8, value)).or_default() += 1;
        }
    }

    /// Takes note of one customer.
    pub fn add(&mut self, person: &Person) {
        self.people += 1;
        person.name.pieces().iter().for_each(|piece| self.count(Sort::Piece, piece));
        person.phones.iter().for_each(|phone| self.count(Sort::Phone, phone.tail()));
        person.emails.iter().for_each(|mail| self.count(Sort::Email, mail));
        self.count(Sort::Company, &person.company);
        self.count(Sort::City, &person.city);
        self.count(Sort::Birthday, &person.birthday);
        self.count(Sort::Address, &person.address);
    }

    fn of(&self, sort: Sort, value: &str) -> f64 {
        f64::from(self.counts.get(&hash(sort as u8, value)).copied().unwrap_or_default())
    }

    fn people(&self) -> f64 {
        f64::from(self.people).max(1.0)
    }

    /// Bits that it takes to make the odds even.
    fn needed(&self) -> f64 {
        (self.people().max(LEAST_PEOPLE) / TWINS_SHARE).log2()
    }

    /// What the same name tells: the share of people with each of its pieces, as if they were independent. The book's own counts, one of the two taken off,
    /// are mixed with what is known of names, as if those were [`KNOWN_PEOPLE`] more.
    fn name_bits(&self, name: &Name) -> f64 {
        let share = |piece: &String| {
            let known = least_share(piece);
            let here = (self.of(Sort::Piece, piece) - 1.0).max(0.0);
            ((here + KNOWN_PEOPLE * known) / (self.people() + KNOWN_PEOPLE)).max(known / 10.0)
        };
        name.pieces().iter().map(|piece| -share(piece).log2()).sum::<f64>() + AGREE_SHARE.log2()
    }

    /// What sharing a value tells where `most` is the limit: less, the more customers have it.
    fn shared_bits(&self, sort: Sort, value: &str, most: f64) -> f64 {
        let share = (self.of(sort, value) - 1.0).max(1.0) / self.people().max(LEAST_PEOPLE / 10.0);
        (AGREE_SHARE / share.min(1.0)).log2().clamp(0.0, most)
    }

    /// What sharing a value tells that few have by nature: less where it stands for “not known” or for a whole house.
    fn rare_bits(&self, sort: Sort, (a, b): (&str, &str), most: f64) -> f64 {
        let others = self.of(sort, a).max(self.of(sort, b)) - 2.0;
        let share = others.max(0.0) / self.people().max(LEAST_PEOPLE / 10.0);
        if share > 0.0 { (AGREE_SHARE / share).log2().clamp(0.0, most) } else { most }
    }

    /// Off the weight of a contact for each doubling of those who have it beyond the two.
    fn crowd(&self, sort: Sort, value: &str) -> f64 {
        (self.of(sort, value) - 1.0).max(1.0).log2() * 2.0
    }
}

/// Weighs two records. `None`: nothing speaks for it.
#[must_use]
pub fn compare(book: &Frequencies, a: &Person, b: &Person) -> Option<Score> {
    let how = a.name.compare(&b.name);
    let mut weigher = Weigher { book, how, sum: 0.0, reasons: Vec::new() };
    weigher.contacts(a, b);
    // Nothing else makes one person of two names.
    if how == Some(NameMatch::Different) && weigher.reasons.is_empty() {
        return None;
    }
    weigher.name(a, b);
    weigher.rest(a, b);
    weigher.score()
}

struct Weigher<'a> {
    book: &'a Frequencies,
    /// How the names agree.
    how: Option<NameMatch>,
    sum: f64,
    reasons: Vec<(f64, Reason)>,
}

impl Weigher<'_> {
    fn agree(&mut self, reason: Reason, bits: f64) {
        self.sum += bits;
        self.reasons.push((bits, reason));
    }

    fn contacts(&mut self, a: &Person, b: &Person) {
        let needed = self.book.needed();
        let phone = a.phones.iter().find(|x| b.phones.iter().any(|y| x.is_same(y)));
        let email = a.emails.iter().find(|x| b.emails.contains(x));
        let phone = phone.map(|phone| needed + bits::PHONE - self.book.crowd(Sort::Phone, phone.tail()));
        let email = email.map(|mail| match is_shared_mailbox(mail) {
            true => bits::SHARED_MAILBOX,
            false => needed + bits::EMAIL - self.book.crowd(Sort::Email, mail),
        });
        match (phone, email) {
            (Some(phone), Some(email)) => {
                let (best, second) = if phone >= email { (phone, email) } else { (email, phone) };
                self.sum += best + second.clamp(0.0, bits::SECOND_CONTACT);
                self.reasons.extend([(phone, Reason::Phone), (email, Reason::Email)]);
            }
            (Some(bits), None) => self.agree(Reason::Phone, bits.max(0.0)),
            (None, Some(bits)) => self.agree(Reason::Email, bits.max(0.0)),
            (None, None) => {}
        }
        if phone.is_none() && !a.phones.is_empty() && !b.phones.is_empty() {
            let near = |x: &Phone, y: &Phone| within_slip(x.digits.as_bytes(), y.digits.as_bytes());
            self.contact_differs(a.phones.iter().any(|x| b.phones.iter().any(|y| near(x, y))), Reason::PhoneSlip);
        }
        if email.is_none() && a.own_emails().next().is_some() && b.own_emails().next().is_some() {
            // Mailboxes of namesakes are told apart by a number.
            let digits = |x: &String| x.chars().filter(char::is_ascii_digit).collect::<String>();
            let near = |x: &String, y: &String| within_slip(x.as_bytes(), y.as_bytes()) && digits(x) == digits(y);
            self.contact_differs(a.own_emails().any(|x| b.own_emails().any(|y| near(x, y))), Reason::EmailSlip);
        }
    }

    /// A contact that both have and that is not the same. Neighbouring numbers are no slip where the names differ.
    fn contact_differs(&mut self, near: bool, reason: Reason) {
        let close = self.how.is_some_and(|how| how <= NameMatch::Slip);
        match (near && close, reason) {
            (true, _) => self.agree(reason, bits::CONTACT_SLIP),
            (false, Reason::PhoneSlip) => self.sum += bits::PHONE_DIFFERS,
            (false, _) => self.sum += bits::EMAIL_DIFFERS,
        }
    }

    fn name(&mut self, a: &Person, b: &Person) {
        let Some(how) = self.how else { return };
        let needed = self.book.needed();
        let same = self.book.name_bits(&a.name).max(self.book.name_bits(&b.name));
        let at_most = |bits: f64, most: f64| bits.min(needed + most).max(0.0);
        let (reason, bits) = match how {
            NameMatch::Same => (Reason::Name, at_most(same, bits::NAME_MOST)),
            NameMatch::Order => (Reason::NameOrder, at_most(same, bits::NAME_MOST)),
            NameMatch::Slip => (Reason::NameSlip, at_most(same + bits::SLIP, bits::SLIP_MOST)),
            NameMatch::Sound => (Reason::NameSound, at_most(same + bits::SLIP, bits::SOUND_MOST)),
            NameMatch::Pinyin => (Reason::NamePinyin, at_most(same + bits::SLIP, bits::PINYIN_MOST)),
            NameMatch::Part => (Reason::NamePart, bits::PART),
            NameMatch::Different => {
                self.sum += bits::NAME_DIFFERS;
                return;
            }
        };
        self.agree(reason, bits);
        if let (Some(x), Some(y)) = (a.name.is_man, b.name.is_man)
            && x != y
        {
            self.sum += bits::TITLE_DIFFERS;
        }
    }

    fn rest(&mut self, a: &Person, b: &Person) {
        // Who lives or works together shares these.
        let others = self.how == Some(NameMatch::Different);
        let both = |x: &str, y: &str| !x.is_empty() && !y.is_empty();
        if both(&a.birthday, &b.birthday) {
            let day = |text: &str| text.get(text.len().saturating_sub(5)..).unwrap_or_default().to_owned();
            let rare = |most| self.book.rare_bits(Sort::Birthday, (&a.birthday, &b.birthday), most);
            let full = a.birthday.len() == 10 && b.birthday.len() == 10;
            match (a.birthday == b.birthday, day(&a.birthday) == day(&b.birthday)) {
                (true, _) if full => self.agree(Reason::Birthday, rare(bits::BIRTHDAY)),
                (_, true) if !full => self.agree(Reason::Birthday, rare(bits::DAY_WITHOUT_YEAR)),
                _ => self.sum += bits::BIRTHDAY_DIFFERS,
            }
        }
        if both(&a.address, &b.address) && a.address == b.address && !others {
            self.agree(Reason::Address, self.book.rare_bits(Sort::Address, (&a.address, &b.address), bits::ADDRESS));
        }
        if both(&a.company, &b.company) {
            if a.company == b.company {
                let most = if others { 0.0 } else { bits::COMPANY_MOST };
                let bits = self.book.shared_bits(Sort::Company, &a.company, most);
                self.agree(Reason::Company, bits);
            } else {
                self.sum += bits::COMPANY_DIFFERS;
            }
        }
        if both(&a.city, &b.city) {
            if a.city == b.city {
                let most = if others { 0.0 } else { bits::CITY_MOST };
                let bits = self.book.shared_bits(Sort::City, &a.city, most);
                self.agree(Reason::City, bits);
            } else {
                self.sum += bits::CITY_DIFFERS;
            }
        }
        if let (Some((source_a, key_a)), Some((source_b, key_b))) = (&a.key, &b.key) {
            match (key_a == key_b, source_a == source_b) {
                (true, false) => self.agree(Reason::Key, bits::KEY),
                (false, true) => self.sum += bits::KEY_DIFFERS,
                _ => {}
            }
        }
    }

    fn score(mut self) -> Option<Score> {
        if self.reasons.is_empty() {
            return None;
        }
        let odds = self.sum - self.book.needed();
        let percent = (100.0 / (1.0 + (-odds).exp2())).clamp(0.0, 99.0) as u8;
        self.reasons.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        self.reasons.retain(|(bits, _)| *bits > 0.0);
        Some(Score { percent, reasons: self.reasons.into_iter().map(|(_, reason)| reason).collect() })
    }
}
