//! Which columns of the list this device shows, in which order and how wide.

use crate::engine::api::{Column, Content, Figure, Filter, Sort};

/// A column and its width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    pub column: Column,
    pub width_px: u32,
}

/// Narrower than this nothing can be read, wider nothing else seen.
pub const WIDTHS: std::ops::RangeInclusive<u32> = 40..=480;

/// The figures that a list shows unless told otherwise.
pub const USUAL: [Figure; 9] = [
    Figure::Tier,
    Figure::Group,
    Figure::Rfm,
    Figure::LastPurchase,
    Figure::Purchases,
    Figure::Revenue,
    Figure::Profit,
    Figure::Dormancy,
    Figure::Mood,
];

impl Shown {
    #[must_use]
    pub fn new(column: Column) -> Self {
        Self { column, width_px: usual_width(column) }
    }
}

fn usual_width(column: Column) -> u32 {
    match column {
        Column::NAME => 150,
        Column::Figure(Figure::Group) => 44,
        Column::Figure(Figure::Rfm) => 50,
        Column::Figure(Figure::Tier) => 76,
        Column::Figure(Figure::Purchases) => 74,
        Column::Figure(Figure::Mood) => 92,
        Column::Figure(Figure::RfmGroup) => 140,
        column => match column.content() {
            Content::Text | Content::Words => 130,
            Content::Day | Content::Date | Content::Choice(_) if column != Column::Figure(Figure::Dormancy) => 108,
            _ => 84,
        },
    }
}

/// The columns where nobody chose any.
#[must_use]
pub fn usual() -> Vec<Shown> {
    std::iter::once(Column::NAME).chain(USUAL.map(Column::Figure)).map(Shown::new).collect()
}

/// What was kept; the usual columns where nothing was, or nothing reads. The name is always there, and first.
#[must_use]
pub fn read(kept: &[String]) -> Vec<Shown> {
    let one = |text: &String| {
        let (name, width) = text.split_once(' ').unwrap_or((text, ""));
        let column = Column::parse(name)?;
        let width_px = width.parse().ok().filter(|px| WIDTHS.contains(px));
        Some(Shown { column, width_px: width_px.unwrap_or_else(|| usual_width(column)) })
    };
    let mut list: Vec<Shown> = Vec::new();
    for shown in kept.iter().filter_map(one) {
        if list.iter().all(|known| known.column != shown.column) {
            list.push(shown);
        }
    }
    if list.is_empty() {
        return usual();
    }
    let at = list.iter().position(|s| s.column == Column::NAME);
    let name = at.map_or_else(|| Shown::new(Column::NAME), |at| list.remove(at));
    list.insert(0, name);
    list
}

/// To be kept; the usual columns as nothing, so that they may change.
#[must_use]
pub fn print(list: &[Shown]) -> Vec<String> {
    if list == usual() {
        return Vec::new();
    }
    list.iter().map(|s| format!("{} {}", s.column.name(), s.width_px)).collect()
}

/// A list by what is to come shows that in place of revenue and dormancy, where nobody chose columns.
#[must_use]
pub fn looking_ahead(mut list: Vec<Shown>, filter: &Filter, sort: Sort) -> Vec<Shown> {
    let ahead = filter.at_risk.is_some() || sort.by.column().is_some_and(Column::needs_worth);
    if ahead && list == usual() {
        for shown in &mut list {
            match shown.column {
                Column::Figure(Figure::Revenue) => shown.column = Column::Figure(Figure::Worth),
                Column::Figure(Figure::Dormancy) => shown.column = Column::Figure(Figure::There),
                _ => {}
            }
        }
    }
    list
}

/// Shows a column, at the end, or hides it. The name stays.
pub fn toggle(list: &mut Vec<Shown>, column: Column) {
    let before = list.len();
    list.retain(|s| s.column != column || column == Column::NAME);
    if list.len() == before && column != Column::NAME {
        list.push(Shown::new(column));
    }
}

/// Puts `column` into the place of `to`, those between make room. The name stays first.
pub fn put(list: &mut Vec<Shown>, column: Column, to: usize) {
    let Some(from) = list.iter().position(|s| s.column == column) else { return };
    if from != 0 && to != 0 && to < list.len() {
        let shown = list.remove(from);
        list.insert(to, shown);
    }
}

pub fn resize(list: &mut [Shown], column: Column, width_px: u32) {
    for shown in list.iter_mut().filter(|s| s.column == column) {
        shown.width_px = width_px.clamp(*WIDTHS.start(), *WIDTHS.end());
    }
}

/// The tracks of the grid, and how wide the table is at least. The name takes what is left.
#[must_use]
pub fn tracks(list: &[Shown]) -> (String, u32) {
    const BOX: u32 = 20;
    const GAP: u32 = 12;
    const EDGES: u32 = 34;
    let mut tracks = format!("{BOX}px");
    for (at, shown) in list.iter().enumerate() {
        let px = shown.width_px;
        tracks += &if at == 0 { format!(" minmax({px}px, 1fr)") } else { format!(" {px}px") };
    }
    let columns = u32::try_from(list.len()).unwrap_or(u32::MAX);
    (tracks, list.iter().map(|s| s.width_px).sum::<u32>() + BOX + GAP.saturating_mul(columns) + EDGES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::api::SortKey;

    #[test]
    fn what_is_kept_reads_back() {
        assert_eq!(read(&[]), usual());
        assert_eq!(print(&usual()), Vec::<String>::new());
        let mut list = usual();
        toggle(&mut list, Column::parse("owner").unwrap());
        toggle(&mut list, Column::parse("tier").unwrap());
        toggle(&mut list, Column::NAME);
        put(&mut list, Column::parse("owner").unwrap(), 1);
        put(&mut list, Column::parse("rfm").unwrap(), 0);
        put(&mut list, Column::NAME, 3);
        resize(&mut list, Column::parse("owner").unwrap(), 9_999);
        let names: Vec<String> = list.iter().map(|s| s.column.name()).collect();
        assert_eq!(names[..3], ["name", "owner", "group"]);
        assert_eq!((list.len(), list[1].width_px), (10, 480));
        assert_eq!(read(&print(&list)), list);
        let odd = ["owner 9", "nonsense 80", "owner 100", "custom:x 5", "", "name 200"].map(str::to_owned);
        let odd = read(&odd);
        assert_eq!(odd.iter().map(|s| s.width_px).collect::<Vec<_>>(), [200, 130]);
    }

    #[test]
    fn tracks_follow_the_widths() {
        let (tracks, least) = tracks(&usual());
        assert!(tracks.starts_with("20px minmax(150px, 1fr) 76px 44px"), "{tracks}");
        assert_eq!(least, 150 + 76 + 44 + 50 + 108 + 74 + 84 + 84 + 84 + 92 + 20 + 120 + 34);
        let ahead = Sort { by: SortKey::Clv, descending: true };
        let list = looking_ahead(usual(), &Filter::default(), ahead);
        assert!(list.iter().any(|s| s.column == Column::Figure(Figure::There)));
        let own = read(&["revenue 90".to_owned()]);
        assert_eq!(looking_ahead(own.clone(), &Filter::default(), ahead), own);
    }
}
