//! What a screen costs a line, in bytes handed to the terminal.

use std::sync::Arc;

use holdfast::domain::snapshot::Snapshot;
use holdfast::domain::time::Span;
use holdfast::ui::keys::Key;
use holdfast::ui::model::Model;
use holdfast::ui::painter::Painter;
use holdfast::ui::theme::{Depth, Theme};
use holdfast::ui::update::{Event, update};
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

use crate::fixture::{NOW, market};

struct Line {
    model: Model,
    painter: Painter,
    theme: Theme,
}

impl Line {
    fn new(size: (u16, u16)) -> Self {
        let model = Model::new("LIVE", "pts/3", 1, size);
        let theme = Theme::load("dark", Depth::Indexed, None).unwrap();
        Self { model, painter: Painter::new(size, false), theme }
    }

    fn hear(&mut self, ms: u64, event: Event) -> usize {
        update(&mut self.model, NOW + Span(ms), event);
        let bytes = self.painter.frame(&self.model, &self.theme).len();
        update(&mut self.model, NOW + Span(ms), Event::Painted);
        bytes
    }

    fn show(&mut self, ms: u64, snapshot: Snapshot) -> usize {
        self.hear(ms, Event::Snapshot(Arc::new(snapshot)))
    }
}

#[test]
fn a_first_paint_at_120x36_is_under_ten_thousand_bytes() {
    let bytes = Line::new((120, 36)).show(0, market(0));
    assert!((4_000..10_000).contains(&bytes), "{bytes}");
}

#[test]
fn nothing_changed_costs_nothing() {
    let mut line = Line::new((120, 36));
    line.show(0, market(0));
    assert_eq!(line.hear(100, Event::Tick), 0);
    let again = Snapshot { seq: 9_999_999, ..market(0) };
    assert_eq!(line.show(200, again), 0, "a new picture that looks the same");
    assert_eq!(line.hear(300, Event::Key(Key::char('k'))), 0, "a key that moves nothing");
}

#[test]
fn an_idle_minute_is_under_fifty_bytes_a_second() {
    let mut line = Line::new((200, 60));
    line.show(0, market(0));
    let mut bytes = 0;
    for second in 1..=60 {
        // The venue is heard, the marks are read again, and nothing moves.
        let mut same = market(0);
        same.at = NOW + Span::secs(second);
        same.accounts = market(second).accounts;
        for leg in &mut same.legs {
            leg.mark =
                leg.mark.map(|mark| holdfast::domain::snapshot::Aged { at: same.at, ..mark });
        }
        bytes += line.show(second * 1000, same);
    }
    assert!(bytes <= 60 * 50, "{bytes} in a minute");
}

#[test]
fn fifty_rows_ticking_once_a_second_stay_under_the_budget() {
    let mut line = Line::new((200, 60));
    line.show(0, market(0));
    let bytes: usize = (1..=60).map(|turn| line.show(turn * 1000, market(turn))).sum();
    assert!(bytes / 60 <= 3_600, "{} a second", bytes / 60);
}

#[test]
fn a_quarter_of_the_rows_costs_under_a_thousand_bytes_at_120x36() {
    let mut line = Line::new((120, 36));
    line.show(0, market(0));
    let mut moved = market(0);
    let changed = market(1);
    for (index, leg) in moved.legs.iter_mut().enumerate() {
        if index % 4 == 0 {
            leg.mark = changed.legs[index].mark;
            leg.profit = changed.legs[index].profit;
        }
    }
    let bytes = line.show(250, moved);
    assert!((1..1_000).contains(&bytes), "{bytes}");
}

#[test]
fn a_moved_cursor_costs_two_rows_at_most() {
    let mut line = Line::new((120, 36));
    line.show(0, market(0));
    let bytes = line.hear(500, Event::Key(Key::char('j')));
    assert!((1..1_500).contains(&bytes), "{bytes}");
}

#[test]
fn large_frames_are_bracketed_outside_a_multiplexer_only() {
    let model_of = |syncs| {
        let mut line = Line::new((120, 36));
        line.painter = Painter::new((120, 36), syncs);
        update(&mut line.model, NOW, Event::Snapshot(Arc::new(market(0))));
        line.painter.frame(&line.model, &line.theme).to_vec()
    };
    assert!(model_of(true).starts_with(b"\x1b[?2026h") && model_of(true).ends_with(b"\x1b[?2026l"));
    assert!(!model_of(false).windows(5).any(|bytes| bytes == b"?2026"));
}

const WIDTH: u16 = 24;
const HEIGHT: u16 = 4;

fn style() -> impl Strategy<Value = Style> {
    let colours = [Color::Reset, Color::Red, Color::Indexed(110), Color::Rgb(1, 2, 3)];
    let weights = prop::sample::select(vec![
        Modifier::empty(),
        Modifier::BOLD,
        Modifier::REVERSED | Modifier::BOLD,
        Modifier::DIM,
        Modifier::ITALIC | Modifier::UNDERLINED,
    ]);
    let colour = prop::sample::select(colours.to_vec());
    (colour.clone(), colour, weights)
        .prop_map(|(fg, bg, weight)| Style::new().fg(fg).bg(bg).add_modifier(weight))
}

fn picture() -> impl Strategy<Value = Buffer> {
    let text = prop::sample::select(vec!["a", "NAKED", "97,120.4", "コイン", "│ x", "é", " "]);
    let stroke = (0..WIDTH, 0..HEIGHT, text, style());
    prop::collection::vec(stroke, 0..12).prop_map(|strokes| {
        let mut cells = Buffer::empty(Rect { x: 0, y: 0, width: WIDTH, height: HEIGHT });
        for (x, y, text, style) in strokes {
            for at in x..WIDTH {
                cells[(at, y)].reset();
            }
            if x > 0 && holdfast::ui::format::width(cells[(x - 1, y)].symbol()) > 1 {
                cells[(x - 1, y)].reset();
            }
            cells.set_stringn(x, y, text, usize::from(WIDTH - x), style);
        }
        cells
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_terminal_shows_what_was_painted(pictures in prop::collection::vec(picture(), 1..6)) {
        let (rows, columns) = (HEIGHT.try_into().unwrap(), WIDTH.try_into().unwrap());
        let mut terminal = vt100::Parser::new(rows, columns, 0);
        let mut front = Buffer::empty(Rect { x: 0, y: 0, width: WIDTH, height: HEIGHT });
        for back in pictures {
            let mut bytes = Vec::new();
            holdfast::ui::encode::changes(&front, &back, &mut bytes);
            terminal.process(&bytes);
            for y in 0..HEIGHT {
                let mut x = 0;
                while x < WIDTH {
                    let (cell, seen) = (&back[(x, y)], terminal.screen().cell(y, x).unwrap());
                    let shown = if seen.contents().is_empty() { " " } else { seen.contents() };
                    prop_assert_eq!(shown, cell.symbol(), "at {},{}", x, y);
                    let weight = cell.modifier;
                    prop_assert_eq!(seen.bold(), weight.contains(Modifier::BOLD));
                    prop_assert_eq!(seen.dim(), weight.contains(Modifier::DIM));
                    prop_assert_eq!(seen.inverse(), weight.contains(Modifier::REVERSED));
                    prop_assert_eq!(seen.italic(), weight.contains(Modifier::ITALIC));
                    prop_assert_eq!(seen.underline(), weight.contains(Modifier::UNDERLINED));
                    prop_assert_eq!(seen.fgcolor(), seen_as(cell.fg));
                    prop_assert_eq!(seen.bgcolor(), seen_as(cell.bg));
                    x += u16::try_from(holdfast::ui::format::width(cell.symbol()).max(1)).unwrap();
                }
            }
            front = back;
        }
    }
}

fn seen_as(colour: Color) -> vt100::Color {
    match colour {
        Color::Red => vt100::Color::Idx(1),
        Color::Indexed(index) => vt100::Color::Idx(index),
        Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
        _ => vt100::Color::Default,
    }
}
