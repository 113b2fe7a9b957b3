//! View 1: what the ledger holds, with the venue's truth beside it.
//!
//! For: the table, and beside it the card, events and differences as far as there is room.
//! Door: [`paint`]; [`cells`] is also what the orphans' table is made of.

use ratatui::layout::Rect;

use crate::domain::count::counted;
use crate::domain::snapshot::{LegView, There};
use crate::domain::time::Time;
use crate::ui::blast;
use crate::ui::format;
use crate::ui::layout::{Regions, Size};
use crate::ui::model::{Model, leg};
use crate::ui::role::Role;
use crate::ui::rows::{self, RowKey};
use crate::ui::standing::{self, FRESH, Severity, Standing};
use crate::ui::view::canvas::{Canvas, Piece, piece};
use crate::ui::view::table::{self, Column, Line, Table, name, number, text};
use crate::ui::view::{card, diff, events, in_sight, table_frame};
use crate::ui::words;

const COLUMNS: [Column; 14] = [
    text("VENUE:ACCT", 9, 12, 16),
    name("SYMBOL", 0, 11),
    text("S", 1, 1, 1),
    number("QTY", 8, 7),
    number("ENTRY", 10, 9),
    number("MARK", 5, 9),
    number("UPNL", 7, 8),
    number("UPNL%", 4, 6),
    number("STOP", 6, 9),
    number("DIST", 3, 6),
    text("PROTECTION", 2, 13, 20),
    number("AGE", 6, 5),
    number("NOTIONAL", 12, 10),
    number("LIQ%", 11, 6),
];

/// Paints the view.
pub fn paint(canvas: &mut Canvas<'_>, model: &Model, regions: &Regions) {
    let title = format!("positions({})", model.totals.positions);
    let inside = table_frame(canvas, model, regions, title, "sort risk v");
    let (keys, cursor) = in_sight(model, regions);
    let snapshot = model.shown();
    let legs: Vec<&LegView> =
        keys.iter().filter_map(RowKey::leg).filter_map(|key| leg(snapshot, key)).collect();
    // The widest layout alone has room for what the card says anyway.
    let columns = if regions.size == Size::Large { &COLUMNS[..] } else { &COLUMNS[..12] };
    let table = Table {
        columns,
        lines: legs.iter().map(|leg| line(model, leg)).collect(),
        cursor,
        empty: nothing(model, regions),
    };
    table.paint(canvas, inside, regions.size != Size::Least);
    card::line(canvas, model, regions.line);
    card::paint(canvas, model, regions.left);
    if regions.size == Size::Large {
        diff::summary(canvas, model, regions.right);
        events::pane(canvas, model, regions.bottom);
    } else {
        events::pane(canvas, model, regions.right);
    }
}

fn nothing(model: &Model, regions: &Regions) -> String {
    let hidden = model.rows.get(&model.view).map_or(0, |rows| rows.hidden);
    let seen = standing::seen(model.shown(), model.shown_now());
    if model.is_connected && hidden > 0 && regions.size == Size::Least {
        let positions = counted(hidden, "position", "positions");
        seen.empty("nothing needs you", &format!("; {positions}"))
    } else {
        table::nothing(model, &seen, "no positions", "")
    }
}

/// A row of the table.
fn line<'a>(model: &Model, leg: &'a LegView) -> Line<'a> {
    let now = model.shown_now();
    let standing = Standing::of(leg, model.shown(), now);
    Line {
        mark: mark(standing.severity),
        is_marked: model.marks.contains(&leg.key),
        cells: cells(model, leg, &standing, now),
    }
}

/// The mark before a row.
pub fn mark(severity: Severity) -> Option<(&'static str, Role)> {
    let role = match severity {
        Severity::Alarm => Role::Naked,
        Severity::Warn => Role::Degraded,
        Severity::Odd => Role::Phantom,
        Severity::Stale => Role::Stale,
        Severity::Fine => return None,
    };
    Some((severity.mark(), role))
}

/// The cells of a leg, in the order of the columns.
fn cells<'a>(model: &Model, leg: &'a LegView, standing: &Standing, now: Time) -> Vec<Piece<'a>> {
    let pending = model.pending_on(&leg.key);
    let waits = blast::waits(model.shown(), &leg.key).filter(|_| pending.is_none());
    let protection = waits.unwrap_or_else(|| words::protection(leg, standing, now, pending));
    let protected = if pending.is_some() { Role::Degraded } else { words::role(standing.state) };
    let prices = Prices::of(leg, now);
    let is_narrow = model.regions().size <= Size::Small;
    vec![
        piece(words::place(leg.venue, &leg.key), Role::Text),
        piece(words::symbol(model.shown(), leg, is_narrow), Role::Text),
        piece(rows::side(leg).map_or("-", side_letter), Role::Text),
        prices.quantity(leg),
        prices.entry(leg),
        prices.mark(leg),
        prices.profit(leg),
        prices.profit_percent(leg),
        prices.stop(leg),
        prices.distance(leg),
        piece(protection, protected),
        piece(leg.opened.map_or_else(none, |at| format::age(now.since(at))), Role::Text),
        prices.notional(leg),
        prices.liquidation(leg),
    ]
}

fn none() -> String {
    format::NONE.to_owned()
}

/// `L` or `S`.
pub fn side_letter(side: crate::domain::amount::Side) -> &'static str {
    match side {
        crate::domain::amount::Side::Long => "L",
        crate::domain::amount::Side::Short => "S",
    }
}

/// How the numbers of a leg are spelled: places, and `~` where they are old.
#[derive(Clone, Copy, Debug)]
pub struct Prices {
    tick: Option<crate::domain::amount::Price>,
    step: Option<crate::domain::amount::Qty>,
    is_mark_old: bool,
    is_size_old: bool,
}

impl Prices {
    /// For a leg at an instant.
    pub fn of(leg: &LegView, now: Time) -> Self {
        let rules = leg.instrument.as_ref();
        let open = matches!(leg.there, There::Open { .. });
        Self {
            tick: rules.map(|rules| rules.tick),
            step: rules.map(|rules| rules.step),
            is_mark_old: standing::mark_age(leg, now).is_some_and(|age| age >= FRESH),
            is_size_old: open && !standing::is_current(leg),
        }
    }

    fn aged(text: Option<String>, is_old: bool, role: Role) -> Piece<'static> {
        match text {
            None => piece(none(), Role::Dim),
            Some(text) if is_old => piece(format!("~{text}"), Role::Stale),
            Some(text) => piece(text, role),
        }
    }

    /// Size on the venue, else in the ledger.
    pub fn quantity(&self, leg: &LegView) -> Piece<'static> {
        let held = leg.open().map(|open| open.quantity);
        let quantity = held.or(leg.row.as_ref().map(|row| row.quantity));
        let text = quantity.map(|quantity| format::quantity(quantity, self.step));
        Self::aged(text, self.is_size_old, Role::Text)
    }

    /// Entry on the venue, else in the ledger.
    pub fn entry(&self, leg: &LegView) -> Piece<'static> {
        let entry = leg.open().map(|open| open.entry);
        let entry = entry.or(leg.row.as_ref().map(|row| row.entry_price));
        let text = entry.map(|price| format::price(price, self.tick));
        Self::aged(text, self.is_size_old, Role::Text)
    }

    /// The mark.
    pub fn mark(&self, leg: &LegView) -> Piece<'static> {
        let text = leg.mark.map(|mark| format::price(mark.value, self.tick));
        Self::aged(text, self.is_mark_old, Role::Text)
    }

    /// Unrealised profit.
    pub fn profit(&self, leg: &LegView) -> Piece<'static> {
        let role = leg.profit.map_or(Role::Dim, |profit| gain(profit.0));
        Self::aged(leg.profit.map(format::money), self.is_mark_old, role)
    }

    /// Unrealised profit in percent of entry.
    pub fn profit_percent(&self, leg: &LegView) -> Piece<'static> {
        let share = standing::profit_percent(leg);
        let role = share.map_or(Role::Dim, gain);
        Self::aged(share.map(format::percent), self.is_mark_old, role)
    }

    /// The stop that covers it.
    pub fn stop(&self, leg: &LegView) -> Piece<'static> {
        let text = standing::stop_price(leg).map(|price| format::price(price, self.tick));
        Self::aged(text, false, Role::Text)
    }

    /// From mark to stop in percent.
    pub fn distance(&self, leg: &LegView) -> Piece<'static> {
        let text = standing::distance(leg).map(|share| format::fixed(share, 2));
        Self::aged(text, self.is_mark_old, Role::Text)
    }

    /// Worth at the mark.
    pub fn notional(&self, leg: &LegView) -> Piece<'static> {
        let open = leg.open();
        let worth = open.and_then(|open| Some(open.quantity.at(open.mark?).0));
        Self::aged(worth.map(|worth| format::fixed(worth, 2)), self.is_mark_old, Role::Text)
    }

    /// From mark to liquidation in percent.
    pub fn liquidation(&self, leg: &LegView) -> Piece<'static> {
        let There::Open { liquidation: Some(at), .. } = &leg.there else {
            return piece(none(), Role::Dim);
        };
        let share = leg.mark.map(|mark| {
            let mark = mark.value.get();
            (mark - at.get()).abs() / mark * rust_decimal::Decimal::ONE_HUNDRED
        });
        Self::aged(share.map(|share| format::fixed(share, 1)), self.is_mark_old, Role::Text)
    }
}

/// How a number with a sign looks.
pub fn gain(value: rust_decimal::Decimal) -> Role {
    if value.is_sign_negative() && !value.is_zero() { Role::Loss } else { Role::Gain }
}

/// An area one line high within another.
pub fn line_of(area: Rect, index: u16) -> Option<Rect> {
    (index < area.height).then(|| Rect { y: area.y + index, height: 1, ..area })
}
