//! Plain tables for people: columns as wide as they must be, numbers to the right.

use unicode_width::UnicodeWidthStr;

/// A column: its heading, and whether it lines up on the right.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Heading.
    pub title: &'static str,
    /// Numbers line up on the right.
    pub right: bool,
}

/// A column of words.
pub const fn words(title: &'static str) -> Column {
    Column { title, right: false }
}

/// A column of numbers.
pub const fn numbers(title: &'static str) -> Column {
    Column { title, right: true }
}

/// Lays out rows under their headings; every line ends with a newline. Other programs write the
/// ledger: what a terminal would obey is shown as `?`.
pub fn table(columns: &[Column], rows: &[Vec<String>]) -> String {
    let inert = |cell: &String| cell.replace(char::is_control, "?");
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(inert).collect()).collect();
    let widths: Vec<usize> = columns
        .iter()
        .enumerate()
        .map(|(i, column)| {
            let cells = rows.iter().filter_map(|row| row.get(i)).map(|cell| cell.width());
            cells.max().unwrap_or(0).max(column.title.width())
        })
        .collect();
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let mut text = String::new();
        for ((cell, column), width) in cells.zip(columns).zip(&widths) {
            let gap = " ".repeat(width.saturating_sub(cell.width()));
            let padded = if column.right { format!("{gap}{cell}") } else { format!("{cell}{gap}") };
            text.push_str(&padded);
            text.push_str("  ");
        }
        format!("{}\n", text.trim_end())
    };
    let mut text = line(&mut columns.iter().map(|column| column.title));
    for row in &rows {
        text.push_str(&line(&mut row.iter().map(String::as_str)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_cell_moves_the_cursor() {
        let rows = vec![vec!["BTC\u{1b}[2J\nUSDT".into(), "1".into()]];
        let text = table(&[words("SYMBOL"), numbers("QTY")], &rows);
        assert_eq!(text, "SYMBOL        QTY\nBTC?[2J?USDT    1\n");
    }

    #[test]
    fn wide_characters_take_their_two_cells() {
        let rows = vec![vec!["币安人生USDT".into(), "1".into()], vec!["A".into(), "22".into()]];
        let text = table(&[words("SYMBOL"), numbers("QTY")], &rows);
        assert_eq!(text, "SYMBOL        QTY\n币安人生USDT    1\nA              22\n");
    }
}
