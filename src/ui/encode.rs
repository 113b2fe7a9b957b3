//! Cells into bytes: the shortest way from what the terminal shows to what it should.
//!
//! For: few bytes on a slow line. ratatui's own backend moves and colours absolutely; here
//! small gaps are written over, moves within a line are relative, and only what differs of a
//! style is sent, which halves a busy frame. Not for: deciding what changed.
//! Door: [`changes`].

use std::io::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use crate::ui::format;

/// Unchanged cells up to this many are written again: a move would cost as much.
const GAP_MAX: u16 = 4;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pen {
    fg: Color,
    bg: Color,
    weight: Modifier,
}

const PLAIN: Pen = Pen { fg: Color::Reset, bg: Color::Reset, weight: Modifier::empty() };

impl Pen {
    fn of(cell: &Cell) -> Self {
        Self { fg: cell.fg, bg: cell.bg, weight: cell.modifier }
    }
}

struct Encoder<'a> {
    out: &'a mut Vec<u8>,
    shown: &'a Buffer,
    pen: Pen,
    at: Option<(u16, u16)>,
}

/// Writes the bytes that turn `front` into `back`. The terminal has a plain pen before and
/// after.
pub fn changes(front: &Buffer, back: &Buffer, out: &mut Vec<u8>) {
    let mut encoder = Encoder { out, shown: back, pen: PLAIN, at: None };
    let area = back.area;
    for y in area.top()..area.bottom() {
        let row = |cells: &'_ Buffer| {
            let start = cells.index_of(area.x, y);
            start..start + usize::from(area.width)
        };
        let (old, new) = (&front.content[row(front)], &back.content[row(back)]);
        if old == new {
            continue;
        }
        // Overwriting half of a wide character leaves the other half to the terminal's taste:
        // a line with one in it is written whole.
        let is_whole = old.iter().chain(new).any(is_wide);
        let mut hidden = 0;
        for (x, (was, cell)) in (area.x..).zip(old.iter().zip(new)) {
            if hidden > 0 {
                hidden -= 1;
                continue;
            }
            hidden = format::width(cell.symbol()).max(1) - 1;
            if is_whole || was != cell {
                encoder.go(x, y);
                encoder.write(cell);
            }
        }
    }
    if encoder.pen != PLAIN {
        encoder.put(format_args!("\x1b[0m"));
    }
}

fn is_wide(cell: &Cell) -> bool {
    format::width(cell.symbol()) > 1
}

impl Encoder<'_> {
    fn put(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to memory cannot fail.
        let _ = self.out.write_fmt(text);
    }

    fn go(&mut self, x: u16, y: u16) {
        let before = self.at.replace((x, y));
        if before == Some((x, y)) {
            return;
        }
        let Some((from, _)) = before.filter(|(from, line)| *line == y && *from < x) else {
            return self.put(format_args!("\x1b[{};{}H", y + 1, x + 1));
        };
        if self.writes_over(from, x, y) {
            for between in from..x {
                let shown = self.shown;
                self.out.extend_from_slice(shown[(between, y)].symbol().as_bytes());
            }
        } else if x - from == 1 {
            self.put(format_args!("\x1b[C"));
        } else {
            self.put(format_args!("\x1b[{}C", x - from));
        }
    }

    /// Whether the cells between are few, plain to write and in the pen that is held.
    fn writes_over(&self, from: u16, to: u16, y: u16) -> bool {
        to - from <= GAP_MAX
            && (from..to).all(|x| {
                let cell = &self.shown[(x, y)];
                Pen::of(cell) == self.pen && cell.symbol().is_ascii()
            })
    }

    fn write(&mut self, cell: &Cell) {
        let pen = Pen::of(cell);
        if pen != self.pen {
            self.change(pen);
        }
        self.out.extend_from_slice(cell.symbol().as_bytes());
        let Some((x, y)) = self.at_after(cell) else { return };
        // At the right edge terminals wait with wrapping: where they are is not certain.
        self.at = (x < self.shown.area.right()).then_some((x, y));
    }

    fn at_after(&self, cell: &Cell) -> Option<(u16, u16)> {
        let (x, y) = self.at?;
        Some((x + u16::try_from(format::width(cell.symbol()).max(1)).ok()?, y))
    }

    fn change(&mut self, pen: Pen) {
        let mut codes: Vec<String> = Vec::with_capacity(4);
        weights(self.pen.weight, pen.weight, &mut codes);
        if pen.fg != self.pen.fg {
            codes.push(colour(pen.fg, 0));
        }
        if pen.bg != self.pen.bg {
            codes.push(colour(pen.bg, 10));
        }
        self.pen = pen;
        let codes = if pen == PLAIN { String::new() } else { codes.join(";") };
        self.put(format_args!("\x1b[{codes}m"));
    }
}

const WEIGHTS: [(Modifier, &str, &str); 5] = [
    (Modifier::BOLD, "1", "22"),
    (Modifier::DIM, "2", "22"),
    (Modifier::ITALIC, "3", "23"),
    (Modifier::UNDERLINED, "4", "24"),
    (Modifier::REVERSED, "7", "27"),
];

fn weights(from: Modifier, to: Modifier, codes: &mut Vec<String>) {
    let mut held = from;
    for (weight, _, off) in WEIGHTS {
        if held.contains(weight) && !to.contains(weight) {
            codes.push(off.to_owned());
            held.remove(weight);
            if off == "22" {
                // One code ends bold and dim alike.
                held.remove(Modifier::BOLD | Modifier::DIM);
            }
        }
    }
    let missing = WEIGHTS.iter().filter(|(w, _, _)| to.contains(*w) && !held.contains(*w));
    codes.extend(missing.map(|(_, on, _)| (*on).to_owned()));
}

/// SGR codes: `shift` is 0 for text and 10 for its ground.
fn colour(colour: Color, shift: u8) -> String {
    let plain = |code: u8| (code + shift).to_string();
    match colour {
        Color::Reset => plain(39),
        Color::Black => plain(30),
        Color::Red => plain(31),
        Color::Green => plain(32),
        Color::Yellow => plain(33),
        Color::Blue => plain(34),
        Color::Magenta => plain(35),
        Color::Cyan => plain(36),
        Color::Gray => plain(37),
        Color::DarkGray => plain(90),
        Color::LightRed => plain(91),
        Color::LightGreen => plain(92),
        Color::LightYellow => plain(93),
        Color::LightBlue => plain(94),
        Color::LightMagenta => plain(95),
        Color::LightCyan => plain(96),
        Color::White => plain(97),
        Color::Indexed(index) => format!("{};5;{index}", 38 + shift),
        Color::Rgb(r, g, b) => format!("{};2;{r};{g};{b}", 38 + shift),
    }
}
