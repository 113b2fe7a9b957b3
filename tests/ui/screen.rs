//! A console without a terminal: keys and pictures in, text and styles out.

use std::sync::Arc;

use holdfast::domain::command::{Ask, Command};
use holdfast::domain::snapshot::Snapshot;
use holdfast::domain::time::Span;
use holdfast::ui::keys::{Code, Key};
use holdfast::ui::model::Model;
use holdfast::ui::theme::{Depth, Theme};
use holdfast::ui::update::{Act, Event, update};
use holdfast::ui::view;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

use crate::fixture::NOW;

pub struct Screen {
    pub model: Model,
    pub acts: Vec<Act>,
    /// Milliseconds since the fixture's moment.
    pub clock: u64,
}

impl Screen {
    pub fn new(size: (u16, u16), snapshot: Snapshot) -> Self {
        let model = Model::new("LIVE", "pts/3", 1, size);
        let mut screen = Self { model, acts: Vec::new(), clock: 0 };
        screen.show(snapshot);
        screen
    }

    pub fn hear(&mut self, event: Event) {
        let now = NOW + Span(self.clock);
        self.acts.extend(update(&mut self.model, now, event));
    }

    /// A new picture arrives and is painted.
    pub fn show(&mut self, snapshot: Snapshot) {
        self.hear(Event::Snapshot(Arc::new(snapshot)));
        self.painted();
    }

    pub fn painted(&mut self) {
        self.hear(Event::Painted);
    }

    pub fn wait(&mut self, ms: u64) {
        self.clock += ms;
        self.hear(Event::Tick);
    }

    /// Keys as a person presses them: one after the other, each one painted.
    pub fn press(&mut self, keys: &str) {
        for key in keys.split(' ') {
            self.hear(Event::Key(Key::parse(key).unwrap_or_else(|| panic!("no key {key}"))));
            self.painted();
            self.clock += 150;
        }
    }

    /// A line as a person types it.
    pub fn write(&mut self, line: &str) {
        for c in line.chars() {
            self.hear(Event::Key(Key::char(c)));
            self.painted();
            self.clock += 150;
        }
    }

    /// Puts the cursor on a symbol, by command.
    pub fn go(&mut self, symbol: &str) {
        self.press(":");
        self.write(symbol);
        self.enter();
    }

    pub fn enter(&mut self) {
        self.hear(Event::Key(Key::plain(Code::Enter)));
        self.painted();
        self.clock += 150;
    }

    pub fn asks(&self) -> Vec<&Ask> {
        let asks = self.acts.iter().filter_map(|act| match act {
            Act::Ask(ask) => Some(ask),
            _ => None,
        });
        asks.collect()
    }

    pub fn commands(&self) -> Vec<&Command> {
        self.asks().into_iter().map(|ask| &ask.command).collect()
    }

    pub fn flash(&self) -> &str {
        self.model.flash.as_ref().map_or("", |flash| flash.text.as_str())
    }

    pub fn cells(&self, theme: &str, depth: Depth) -> Buffer {
        let theme = Theme::load(theme, depth, None).unwrap();
        let (width, height) = self.model.size;
        let mut cells = Buffer::empty(Rect { x: 0, y: 0, width, height });
        view::paint(&self.model, &theme, &mut cells);
        cells
    }

    /// The screen as text.
    pub fn text(&self) -> String {
        let cells = self.cells("mono", Depth::Mono);
        let lines = (0..cells.area.height).map(|y| line(&cells, y).trim_end().to_owned());
        lines.collect::<Vec<_>>().join("\n")
    }

    /// The screen's styled stretches, line by line: `12: [38;5;203 bold]NAKED  0:42`.
    pub fn styled(&self, theme: &str, depth: Depth) -> String {
        let cells = self.cells(theme, depth);
        let mut out = String::new();
        for y in 0..cells.area.height {
            let stretches = stretches(&cells, y);
            if !stretches.is_empty() {
                out.push_str(&format!("{y:>2}: {stretches}\n"));
            }
        }
        out
    }
}

pub fn line(cells: &Buffer, y: u16) -> String {
    let mut out = String::new();
    let mut x = 0;
    while x < cells.area.width {
        let symbol = cells[(x, y)].symbol();
        out.push_str(symbol);
        x += u16::try_from(holdfast::ui::format::width(symbol).max(1)).unwrap();
    }
    out
}

fn stretches(cells: &Buffer, y: u16) -> String {
    let mut out = String::new();
    let mut text = String::new();
    let mut style = String::new();
    for x in 0..=cells.area.width {
        let here = (x < cells.area.width).then(|| &cells[(x, y)]);
        let next = here.map_or_else(String::new, |cell| name(cell.fg, cell.bg, cell.modifier));
        if next != style || here.is_none() {
            let shown = text.trim_matches(['─', '│', '┌', '┐', '└', '┘', ' ']);
            if !style.is_empty() && !shown.is_empty() {
                out.push_str(&format!("[{style}]{shown} "));
            }
            text.clear();
            style = next;
        }
        text.push_str(here.map_or("", |cell| cell.symbol()));
    }
    out.trim_end().to_owned()
}

fn name(fg: Color, bg: Color, modifier: Modifier) -> String {
    let colour = |colour: Color| match colour {
        Color::Indexed(index) => index.to_string(),
        other => other.to_string(),
    };
    let mut parts = Vec::new();
    if fg != Color::Reset {
        parts.push(colour(fg));
    }
    if bg != Color::Reset {
        parts.push(format!("on {}", colour(bg)));
    }
    parts.extend(modifier.iter_names().map(|(name, _)| name.to_lowercase()));
    parts.join(" ")
}
