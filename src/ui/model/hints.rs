//! What broken habits may mean, as lines of text: `category: meaning`.

use crate::domain::CategoryHint;

#[must_use]
pub fn print(hints: &[CategoryHint]) -> String {
    hints.iter().map(|h| format!("{}: {}", h.category, h.text)).collect::<Vec<_>>().join("\n")
}

/// Empty lines count for nothing; a colon of either width divides.
///
/// # Errors
/// The number of the first line without both parts.
pub fn read(text: &str) -> Result<Vec<CategoryHint>, usize> {
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    let hint = |(line, number): (&str, usize)| {
        let (category, text) = line.split_once([':', '：']).ok_or(number)?;
        let (category, text) = (category.trim().to_owned(), text.trim().to_owned());
        if category.is_empty() || text.is_empty() { Err(number) } else { Ok(CategoryHint { category, text }) }
    };
    lines.map(hint).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_back() {
        let hints = read("Nappies: older: now\n\n 纸尿裤：孩子长大了 ").unwrap();
        assert_eq!(hints[0], CategoryHint { category: "Nappies".into(), text: "older: now".into() });
        assert_eq!((hints.len(), hints[1].category.as_str()), (2, "纸尿裤"));
        assert_eq!(read(&print(&hints)), Ok(hints));
        assert_eq!(read(""), Ok(Vec::new()));
        for (text, line) in [("Tea", 1), ("Tea: x\n\n: y", 3), ("Tea: ", 1)] {
            assert_eq!(read(text), Err(line), "{text}");
        }
    }
}
