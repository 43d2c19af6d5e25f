//! Address books of phones and mail programs: vCard 2.1, 3.0 and 4.0 in, 3.0 out.
//!
//! A card becomes a row of text, read on like a file of customers. The text is decoded before; only quoted-printable values
//! name an encoding of their own (old phones write GBK there), and the caller brings the decoder.

use super::MAX_ROWS;
use super::orders::{DateOrder, DecimalSign, FileError, Form, Inspection, Mapping, Role, Target};
use super::rows::{Row, RowBuffer};
use crate::domain::{Currency, CustomerProfile};

/// Larger address books are refused; one of a thousand cards with pictures takes about 50 MB.
pub const MAX_CARD_BYTES: u64 = 200_000_000;
/// Cards shown to the person.
const SAMPLE_CARDS: usize = 50;

/// What a card is read for, by the names of its properties.
const COLUMNS: [(&str, Role); 10] = [
    ("FN", Role::CustomerName),
    ("TEL", Role::Phone),
    ("EMAIL", Role::Email),
    ("ORG", Role::Company),
    ("COUNTRY", Role::Country),
    ("CITY", Role::City),
    ("ADR", Role::Address),
    ("BDAY", Role::Birthday),
    ("CATEGORIES", Role::Tags),
    ("NOTE", Role::Note),
];

/// Decodes bytes by the name of an encoding; `None` where it is not known.
pub type Decode<'a> = &'a dyn Fn(&str, &[u8]) -> Option<String>;

/// The text is an address book.
#[must_use]
pub fn is_cards(head: &str) -> bool {
    let head = head.trim_start_matches('\u{feff}').trim_start();
    head.get(..11).is_some_and(|begin| begin.eq_ignore_ascii_case("BEGIN:VCARD"))
}

/// What the first cards hold. The mapping is given: the properties say what they are.
///
/// # Errors
/// [`FileError::NoRows`].
pub fn inspect(text: &str, decode: Decode, currency: Currency, source: &str) -> Result<Inspection, FileError> {
    let mut sample = Vec::new();
    read(text, decode, |row| {
        let mut cells: Vec<String> = row.cells().map(str::to_owned).collect();
        cells.resize(COLUMNS.len(), String::new());
        sample.push(cells);
        Ok(sample.len() < SAMPLE_CARDS)
    })?;
    if sample.is_empty() {
        return Err(FileError::NoRows);
    }
    Ok(Inspection {
        form: Form::Cards,
        encoding: String::new(),
        delimiter: ',',
        has_header: false,
        header_row: 0,
        header: COLUMNS.iter().map(|(name, _)| (*name).to_owned()).collect(),
        sample,
        guess: Mapping {
            fields: Vec::new(),
            target: Target::Customers,
            roles: COLUMNS.iter().map(|(_, role)| *role).collect(),
            date_order: DateOrder::YearMonthDay,
            decimal_sign: DecimalSign::Point,
            currency,
            source: source.to_owned(),
            fill_down: false,
        },
        date_orders: Vec::new(),
        warnings: Vec::new(),
    })
}

/// Hands on every card as a row, numbered from 1, until `each` has enough (`false`).
///
/// # Errors
/// [`FileError::TooManyRows`], or the error of `each`.
pub fn read(
    text: &str,
    decode: Decode,
    mut each: impl FnMut(&Row) -> Result<bool, FileError>,
) -> Result<(), FileError> {
    // The innermost last: a card may hold another one (AGENT), and one without an end is not to be lost.
    let mut open: Vec<Card> = Vec::new();
    let mut number = 0;
    let mut buffer = RowBuffer::default();
    let mut hand_on = |card: Card| {
        number += 1;
        if number > MAX_ROWS {
            return Err(FileError::TooManyRows { limit: MAX_ROWS });
        }
        buffer.clear();
        card.cells().iter().enumerate().for_each(|(column, text)| buffer.set(column, text));
        each(&buffer.row(number))
    };
    let mut lines = text.trim_start_matches('\u{feff}').lines().peekable();
    while let Some(line) = lines.next() {
        let Some(mut property) = Property::of(line) else { continue };
        // Folded lines begin with a blank; lines of quoted-printable go on after “=” at their end.
        while let Some(next) = lines.peek() {
            if let Some(rest) = next.strip_prefix([' ', '\t']) {
                property.add(rest);
            } else if property.quoted && property.value.ends_with('=') {
                property.value.pop();
                property.add(next);
            } else {
                break;
            }
            lines.next();
        }
        match (property.name.as_str(), property.value.trim().to_ascii_uppercase().as_str()) {
            ("BEGIN", "VCARD") => open.push(Card::default()),
            ("END", "VCARD") => {
                if let Some(card) = open.pop()
                    && !hand_on(card)?
                {
                    return Ok(());
                }
            }
            _ => {
                if let Some(card) = open.last_mut() {
                    card.take(&property, decode);
                }
            }
        }
    }
    for card in open {
        if !hand_on(card)? {
            break;
        }
    }
    Ok(())
}

/// One property as it stands in the file.
struct Property {
    /// Capitals, without its group.
    name: String,
    /// In capitals: `TYPE=CELL`, or only `CELL`.
    params: Vec<String>,
    value: String,
    quoted: bool,
    /// Pictures, sounds and keys: not kept.
    ignored: bool,
}

impl Property {
    fn of(line: &str) -> Option<Self> {
        let mut in_quotes = false;
        let colon = line.find(|c| {
            in_quotes ^= c == '"';
            c == ':' && !in_quotes
        })?;
        let (head, value) = (line.get(..colon)?, line.get(colon + 1..)?);
        let mut parts = head.split(';');
        let name = parts.next()?;
        let name = name.rsplit_once('.').map_or(name, |(_, name)| name).trim().to_ascii_uppercase();
        let params: Vec<String> = parts.map(|p| p.trim().to_ascii_uppercase()).collect();
        let has = |word: &str| params.iter().any(|p| p == word || p.split_once('=').is_some_and(|(_, v)| v == word));
        let ignored = matches!(name.as_str(), "PHOTO" | "LOGO" | "SOUND" | "KEY") || has("BASE64") || has("B");
        let value = if ignored { String::new() } else { value.to_owned() };
        Some(Self { quoted: has("QUOTED-PRINTABLE"), name, params, value, ignored })
    }

    fn add(&mut self, more: &str) {
        if !self.ignored {
            self.value.push_str(more);
        }
    }

    fn has(&self, word: &str) -> bool {
        let says = |value: &str| value.split(',').any(|one| one.trim_matches('"') == word);
        self.params.iter().any(|p| says(p) || p.split_once('=').is_some_and(|(_, value)| says(value)))
    }

    /// The value decoded, not yet unescaped.
    fn text(&self, decode: Decode) -> String {
        if !self.quoted {
            return self.value.clone();
        }
        let bytes = unquote(&self.value);
        let charset = self.params.iter().find_map(|p| p.strip_prefix("CHARSET=")).unwrap_or("UTF-8");
        match String::from_utf8(bytes) {
            // What reads as UTF-8 is, whatever it says.
            Ok(text) => text,
            Err(bytes) => {
                let bytes = bytes.into_bytes();
                let other = if charset == "UTF-8" { "GB18030" } else { charset };
                let decoded = decode(other, &bytes).or_else(|| decode("GB18030", &bytes));
                decoded.unwrap_or_else(|| String::from_utf8_lossy(&bytes).into_owned())
            }
        }
    }
}

fn unquote(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|h| std::str::from_utf8(h).ok()).and_then(|h| u8::from_str_radix(h, 16).ok());
        match (first, hex) {
            (b'=', Some(byte)) => {
                out.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                out.push(*first);
                rest = after;
            }
        }
    }
    out
}

/// Parts of a value between `mark`s that are not escaped, each unescaped.
fn parts(text: &str, mark: char) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let Some(last) = all.last_mut() else { break };
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => last.push('\n'),
                Some(other) => last.push(other),
                None => {}
            },
            c if c == mark => all.push(String::new()),
            c => last.push(c),
        }
    }
    all.iter_mut().for_each(|part| *part = part.trim().to_owned());
    all
}

fn unescape(text: &str) -> String {
    parts(text, '\0').concat()
}

/// What a card said so far.
#[derive(Default)]
struct Card {
    full: String,
    name: String,
    nick: String,
    /// Mobile ones first.
    phones: Vec<(bool, String)>,
    emails: Vec<String>,
    company: String,
    /// Country, city, street.
    address: [String; 3],
    birthday: String,
    tags: Vec<String>,
    notes: Vec<String>,
}

impl Card {
    fn take(&mut self, property: &Property, decode: Decode) {
        if property.ignored {
            return;
        }
        let text = property.text(decode);
        let fill = |slot: &mut String, value: String| {
            if slot.is_empty() {
                *slot = value;
            }
        };
        match property.name.as_str() {
            "FN" => fill(&mut self.full, unescape(&text)),
            "N" => fill(&mut self.name, whole_name(&parts(&text, ';'))),
            "NICKNAME" => fill(&mut self.nick, unescape(&text)),
            "TEL" => {
                let number = unescape(&text);
                let number = number.strip_prefix("tel:").unwrap_or(&number).to_owned();
                let mobile = property.has("CELL") || property.has("MOBILE");
                if !number.is_empty() && !self.phones.iter().any(|(_, known)| *known == number) {
                    self.phones.push((mobile, number));
                }
            }
            "EMAIL" => {
                let mail = unescape(&text);
                if !mail.is_empty() && !self.emails.contains(&mail) {
                    self.emails.push(mail);
                }
            }
            "ORG" => {
                let named: Vec<String> = parts(&text, ';').into_iter().filter(|p| !p.is_empty()).collect();
                fill(&mut self.company, named.join(" "));
            }
            "ADR" if self.address.iter().all(String::is_empty) => {
                let all = parts(&text, ';');
                let part = |i: usize| all.get(i).cloned().unwrap_or_default();
                let street = [part(0), part(4), part(2), part(1), part(5)];
                let street: Vec<String> = street.into_iter().filter(|p| !p.is_empty()).collect();
                self.address = [part(6), part(3), street.join(" ")];
            }
            "BDAY" => fill(&mut self.birthday, birthday(&text)),
            "CATEGORIES" => self.tags.extend(parts(&text, ',').into_iter().filter(|t| !t.is_empty())),
            "TITLE" | "ROLE" | "NOTE" => {
                let note = unescape(&text);
                if !note.is_empty() {
                    self.notes.push(note);
                }
            }
            _ => {}
        }
    }

    /// In the order of [`COLUMNS`].
    fn cells(mut self) -> [String; COLUMNS.len()] {
        let name = [self.full, self.name, self.nick].into_iter().find(|n| !n.is_empty()).unwrap_or_default();
        self.phones.sort_by_key(|(mobile, _)| !*mobile);
        let phones: Vec<String> = self.phones.into_iter().map(|(_, number)| number).collect();
        let mut emails = self.emails.into_iter();
        let email = emails.next().unwrap_or_default();
        // Nothing that the card says is lost: the profile has one address of mail.
        self.notes.extend(emails);
        let [country, city, street] = self.address;
        [
            name,
            phones.join(" / "),
            email,
            self.company,
            country,
            city,
            street,
            self.birthday,
            self.tags.join(", "),
            self.notes.join("\n"),
        ]
    }
}

/// Family, given, further, before, after: Chinese names are written together, the family first.
fn whole_name(parts: &[String]) -> String {
    let part = |i: usize| parts.get(i).map_or("", String::as_str);
    let (family, given) = (part(0), part(1));
    let chinese = |text: &str| text.chars().any(|c| ('\u{3400}'..='\u{9fff}').contains(&c));
    if chinese(family) || chinese(given) {
        return format!("{family}{given}");
    }
    let all = [part(3), given, part(2), family, part(4)];
    all.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ")
}

/// `19880520`, `1988-05-20T00:00:00Z`, `--0520`, and Apple's 1604 for no year.
fn birthday(text: &str) -> String {
    let day = text.trim().split(['T', ' ']).next().unwrap_or_default();
    let day = match day.len() {
        8 if day.bytes().all(|b| b.is_ascii_digit()) => {
            [day.get(..4), day.get(4..6), day.get(6..)].map(Option::unwrap_or_default).join("-")
        }
        _ => day.to_owned(),
    };
    match day.strip_prefix("1604-") {
        Some(rest) => format!("--{rest}"),
        None => day,
    }
}

/// Customers as an address book, vCard 3.0.
#[must_use]
pub fn write(profile: &CustomerProfile) -> String {
    let mut out = String::new();
    let escape = |text: &str| {
        let text = text.replace('\\', "\\\\").replace(',', "\\,").replace(';', "\\;");
        text.replace("\r\n", "\\n").replace(['\n', '\r'], "\\n")
    };
    let mut put = |name: &str, value: String| {
        // Lines of at most 75 bytes; a character is never cut.
        let mut length = 0;
        for c in format!("{name}:{value}").chars() {
            if length + c.len_utf8() > 75 {
                out.push_str("\r\n ");
                length = 1;
            }
            out.push(c);
            length += c.len_utf8();
        }
        out.push_str("\r\n");
    };
    let named = [&profile.name, &profile.company, &profile.key, &profile.phone];
    let name = named.into_iter().find(|n| !n.is_empty()).map(|n| escape(n)).unwrap_or_default();
    put("BEGIN", "VCARD".into());
    put("VERSION", "3.0".into());
    put("FN", name.clone());
    put("N", format!(";{name};;;"));
    for number in profile.phone.split(" / ").filter(|n| !n.is_empty()) {
        put("TEL", escape(number));
    }
    let texts = [("EMAIL", &profile.email), ("ORG", &profile.company), ("NOTE", &profile.note)];
    for (property, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
        put(property, escape(text));
    }
    if [&profile.address, &profile.city, &profile.country].iter().any(|p| !p.is_empty()) {
        put("ADR", format!(";;{};{};;;{}", escape(&profile.address), escape(&profile.city), escape(&profile.country)));
    }
    match profile.birthday.strip_prefix("--") {
        Some(rest) => put("BDAY;X-APPLE-OMIT-YEAR=1604", format!("1604-{rest}")),
        None if !profile.birthday.is_empty() => put("BDAY", profile.birthday.clone()),
        None => {}
    }
    if !profile.tags.is_empty() {
        put("CATEGORIES", profile.tags.iter().map(|t| escape(t)).collect::<Vec<_>>().join(","));
    }
    put("END", "VCARD".into());
    out
}

#[cfg(test)]
mod tests;
