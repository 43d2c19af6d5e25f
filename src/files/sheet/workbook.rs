//! The parts of a workbook around its sheets: their names, the shared texts, which styles are dates.

use std::io::{Read, Seek};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use rustc_hash::FxHashMap;
use zip::ZipArchive;
use zip::read::ZipFile;

use super::guard::{Alarm, Guard};
use super::values::{Look, built_in, of_code, unescape};
use crate::files::orders::FileError;

/// Inflated bytes of one sheet. A million rows of twenty columns take about one gigabyte.
pub(super) const MAX_SHEET_BYTES: u64 = 2 * 1024 * 1024 * 1024;
/// Of the shared texts, which are held.
const MAX_TEXT_BYTES: u64 = 256 * 1024 * 1024;
/// Of the small parts.
const MAX_PART_BYTES: u64 = 32 * 1024 * 1024;
/// Parts in the container.
const MAX_PARTS: usize = 20_000;
const MAX_SHEETS: usize = 1_000;
const MAX_STYLES: usize = 100_000;

/// One sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sheet {
    pub name: String,
    pub path: String,
    pub visible: bool,
}

/// All shared texts in one buffer.
#[derive(Default)]
pub(super) struct Texts {
    text: String,
    ends: Vec<u32>,
}

impl Texts {
    pub fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)? as usize;
        let start = index.checked_sub(1).and_then(|i| self.ends.get(i)).map_or(0, |e| *e as usize);
        self.text.get(start..end)
    }

    fn close(&mut self) {
        // The limit of the part is far below four gigabytes.
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }
}

/// An open workbook.
pub struct Workbook<R> {
    pub(super) zip: ZipArchive<R>,
    pub(super) sheets: Vec<Sheet>,
    pub(super) texts: Texts,
    /// How numbers of each style look.
    pub(super) looks: Vec<Look>,
    pub(super) from_1904: bool,
    macros: bool,
}

pub(super) type Xml<'a, R> = Reader<Guard<ZipFile<'a, R>>>;

/// A workbook whose parts do not read as they should.
pub(super) fn broken(detail: impl ToString) -> FileError {
    FileError::Broken { detail: detail.to_string() }
}

impl<R: Read + Seek> Workbook<R> {
    /// Opens a workbook and reads everything but its sheets.
    ///
    /// # Errors
    /// [`FileError::Broken`], [`FileError::Inflates`], [`FileError::NotText`] for a zip that is no workbook.
    pub fn open(file: R) -> Result<Self, FileError> {
        let zip = ZipArchive::new(file).map_err(broken)?;
        if zip.len() > MAX_PARTS {
            return Err(broken("too many parts"));
        }
        if zip.index_for_name("xl/workbook.xml").is_none() {
            let what = if zip.index_for_name("xl/workbook.bin").is_some() { "xlsb" } else { "zip" };
            return Err(FileError::NotText { what: what.into() });
        }
        let macros = zip.index_for_name("xl/vbaProject.bin").is_some();
        let mut book =
            Self { zip, sheets: Vec::new(), texts: Texts::default(), looks: Vec::new(), from_1904: false, macros };
        let targets = book.relations()?;
        book.read_sheets(&targets)?;
        book.read_styles()?;
        book.read_texts()?;
        Ok(book)
    }

    /// Names of the sheets, in the order of the workbook, the hidden ones last.
    #[must_use]
    pub fn sheet_names(&self) -> Vec<String> {
        self.sheets.iter().map(|s| s.name.clone()).collect()
    }

    /// It has macros, which are not looked at.
    #[must_use]
    pub fn has_macros(&self) -> bool {
        self.macros
    }

    /// Opens a part; `None` when there is none.
    fn part(&mut self, path: &str, limit: u64) -> Result<Option<(Xml<'_, R>, Alarm)>, FileError> {
        if self.zip.index_for_name(path).is_none() {
            return Ok(None);
        }
        open_part(&mut self.zip, path, limit).map(Some)
    }

    /// Where the relations of the workbook lead, by id.
    fn relations(&mut self) -> Result<Vec<(String, String)>, FileError> {
        let mut targets = Vec::new();
        let Some((mut xml, alarm)) = self.part("xl/_rels/workbook.xml.rels", MAX_PART_BYTES)? else {
            return Ok(targets);
        };
        each_start(&mut xml, &alarm, MAX_PART_BYTES, |e| {
            if e.local_name().as_ref() == "Relationship"
                && let (Some(id), Some(target)) = (attribute(e, "Id"), attribute(e, "Target"))
            {
                let path = match target.strip_prefix('/') {
                    Some(whole) => whole.to_owned(),
                    None => format!("xl/{target}"),
                };
                targets.push((id, path));
            }
        })?;
        Ok(targets)
    }

    fn read_sheets(&mut self, targets: &[(String, String)]) -> Result<(), FileError> {
        let (mut sheets, mut from_1904) = (Vec::new(), false);
        let Some((mut xml, alarm)) = self.part("xl/workbook.xml", MAX_PART_BYTES)? else {
            return Err(broken("no workbook"));
        };
        each_start(&mut xml, &alarm, MAX_PART_BYTES, |e| match e.local_name().as_ref() {
            "workbookPr" => {
                from_1904 = attribute(e, "date1904").is_some_and(|v| matches!(v.as_str(), "1" | "true" | "on"));
            }
            "sheet" if sheets.len() < MAX_SHEETS => {
                let target = attribute(e, "id").and_then(|id| targets.iter().find(|(t, _)| *t == id));
                if let (Some(name), Some((_, path))) = (attribute(e, "name"), target) {
                    let visible = attribute(e, "state").is_none_or(|s| s == "visible");
                    sheets.push(Sheet { name, path: path.clone(), visible });
                }
            }
            _ => {}
        })?;
        drop(xml);
        // Sheets that hold a chart or a dialogue have no rows.
        sheets.retain(|s: &Sheet| !s.path.contains("chartsheets/") && !s.path.contains("dialogsheets/"));
        sheets.sort_by_key(|s| !s.visible);
        if sheets.is_empty() {
            return Err(broken("no sheets"));
        }
        (self.sheets, self.from_1904) = (sheets, from_1904);
        Ok(())
    }

    fn read_styles(&mut self) -> Result<(), FileError> {
        let mut codes = FxHashMap::<u32, Look>::default();
        let mut looks = Vec::new();
        let Some((mut xml, alarm)) = self.part("xl/styles.xml", MAX_PART_BYTES)? else { return Ok(()) };
        // `cellXfs` is what cells point at; `cellStyleXfs` has elements of the same name.
        let mut in_cells = false;
        each_start(&mut xml, &alarm, MAX_PART_BYTES, |e| match e.local_name().as_ref() {
            "numFmt" => {
                let id = attribute(e, "numFmtId").and_then(|v| v.parse().ok());
                if let (Some(id), Some(code)) = (id, attribute(e, "formatCode")) {
                    codes.insert(id, of_code(&code));
                }
            }
            "cellXfs" => in_cells = true,
            "cellStyles" | "dxfs" | "cellStyleXfs" => in_cells = false,
            "xf" if in_cells && looks.len() < MAX_STYLES => {
                let id: u32 = attribute(e, "numFmtId").and_then(|v| v.parse().ok()).unwrap_or(0);
                let own = codes.get(&id).copied();
                looks.push(own.unwrap_or_else(|| built_in(id)));
            }
            _ => {}
        })?;
        drop(xml);
        self.looks = looks;
        Ok(())
    }

    fn read_texts(&mut self) -> Result<(), FileError> {
        let mut texts = Texts::default();
        let Some((mut xml, alarm)) = self.part("xl/sharedStrings.xml", MAX_TEXT_BYTES)? else { return Ok(()) };
        let mut buffer = Vec::new();
        let (mut in_text, mut in_reading) = (false, false);
        let mut one = String::new();
        loop {
            buffer.clear();
            let event = xml.read_event_into(&mut buffer).map_err(|e| told(&alarm, &e, MAX_TEXT_BYTES))?;
            match &event {
                Event::Start(e) => match e.local_name().as_ref() {
                    "t" => in_text = !in_reading,
                    // How a text is read aloud, in Japanese and Chinese workbooks.
                    "rPh" => in_reading = true,
                    _ => {}
                },
                Event::Empty(e) if e.local_name().as_ref() == "si" => texts.close(),
                Event::End(e) => match e.local_name().as_ref() {
                    "t" => in_text = false,
                    "rPh" => in_reading = false,
                    "si" => {
                        texts.text.push_str(unescape(&one).as_deref().unwrap_or(&one));
                        texts.close();
                        one.clear();
                    }
                    _ => {}
                },
                Event::Eof => break,
                _ if in_text => push_text(&mut one, &event),
                _ => {}
            }
        }
        drop(xml);
        self.texts = texts;
        Ok(())
    }
}

/// Opens a part of the container, guarded.
pub(super) fn open_part<'a, R: Read + Seek>(
    zip: &'a mut ZipArchive<R>,
    path: &str,
    limit: u64,
) -> Result<(Xml<'a, R>, Alarm), FileError> {
    let part = zip.by_name(path).map_err(|e| match e {
        zip::result::ZipError::InvalidPassword => FileError::Password,
        zip::result::ZipError::UnsupportedArchive(zip::result::ZipError::PASSWORD_REQUIRED) => FileError::Password,
        other => broken(other),
    })?;
    if part.size() > limit {
        return Err(FileError::Inflates { limit });
    }
    let alarm = Alarm::default();
    let mut xml = Reader::from_reader(Guard::new(part, limit, alarm.clone()));
    // What other programs write need not be tidy; only what is read of it matters.
    xml.config_mut().check_end_names = false;
    Ok((xml, alarm))
}

/// What went wrong while a part was read.
pub(super) fn told(alarm: &Alarm, error: &quick_xml::Error, limit: u64) -> FileError {
    if alarm.rang() { FileError::Inflates { limit } } else { broken(error) }
}

/// Calls `each` for every element that begins.
fn each_start<R: Read + Seek>(
    xml: &mut Xml<'_, R>,
    alarm: &Alarm,
    limit: u64,
    mut each: impl FnMut(&BytesStart),
) -> Result<(), FileError> {
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(|e| told(alarm, &e, limit))? {
            Event::Start(e) | Event::Empty(e) => each(&e),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// An attribute by its local name.
pub(super) fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    let found = element.attributes().with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
    // Of an attribute with an entity that XML does not know, the text as it stands.
    Some(found.normalized_value(XmlVersion::Explicit1_0).map_or_else(|_| found.value.to_string(), |v| v.into_owned()))
}

/// Text, also in parts: entities and CDATA are events of their own.
pub(super) fn push_text(out: &mut String, event: &Event) {
    match event {
        Event::Text(text) => out.push_str(&text.xml10_content()),
        Event::CData(text) => out.push_str(&text.xml10_content()),
        Event::GeneralRef(entity) => match entity.resolve_char_ref() {
            Ok(Some(c)) => out.push(c),
            _ => out.push_str(quick_xml::escape::resolve_predefined_entity(entity).unwrap_or_default()),
        },
        _ => {}
    }
}
