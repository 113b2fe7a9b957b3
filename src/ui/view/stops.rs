//! View 4: what protects each leg: the stop that should be there, and the one that is.
//!
//! For: the table; the ratchet and the facts of the selected stop stand below it.
//! Door: [`paint`].

use rust_decimal::Decimal;

use crate::domain::amount::Price;
use crate::domain::count::counted;
use crate::domain::order::ConditionalOrder;
use crate::domain::snapshot::LegView;
use crate::domain::time::Time;
use crate::ui::format;
use crate::ui::layout::{Regions, Size};
use crate::ui::model::{Model, leg};
use crate::ui::role::Role;
use crate::ui::rows::{self, RowKey};
use crate::ui::standing::{self, FRESH, Standing};
use crate::ui::stops;
use crate::ui::view::canvas::{Canvas, Piece, piece};
use crate::ui::view::positions::{Prices, gain, mark, side_letter};
use crate::ui::view::table::{self, Column, Line, Table, name, number, text};
use crate::ui::view::{in_sight, ratchet, table_frame};
use crate::ui::words;

/// The first column and the last ones stand only where there is room for everything.
const COLUMNS: [Column; 18] = [
    text("VENUE:ACCT", 12, 12, 16),
    name("SYMBOL", 0, 11),
    text("S", 1, 1, 1),
    text("MODE", 9, 9, 12),
    text("STATE", 2, 11, 18),
    number("ARM AT", 11, 9),
    number("WATERMARK", 10, 9),
    number("STOP WANT", 5, 9),
    number("STOP HAVE", 4, 9),
    number("MARK", 6, 9),
    number("DIST", 3, 5),
    number("R NOW", 8, 5),
    number("LOCKED", 7, 9),
    number("AGE", 13, 5),
    text("NAKED TODAY", 14, 11, 18),
    number("LIQ%", 15, 5),
    text("COVERS", 16, 8, 18),
    text("BY", 17, 11, 40),
];

const MEDIUM: std::ops::Range<usize> = 1..13;

/// Paints the view.
pub fn paint(canvas: &mut Canvas<'_>, model: &Model, regions: &Regions) {
    let (keys, cursor) = in_sight(model, regions);
    let snapshot = model.shown();
    let count = snapshot.legs.iter().filter(|leg| stops::is_listed(leg)).count();
    let title = format!("stops({count})  want = policy  have = live on venue");
    let inside = table_frame(canvas, model, regions, title, "sort dist ^");
    let legs = keys.iter().filter_map(RowKey::leg).filter_map(|key| leg(snapshot, key));
    let columns = if regions.size == Size::Large { 0..COLUMNS.len() } else { MEDIUM };
    let lines = legs.map(|leg| {
        let mut line = row(model, leg);
        line.cells = line.cells.drain(columns.clone()).collect();
        line
    });
    let table = Table {
        lines: lines.collect(),
        columns: &COLUMNS[columns.clone()],
        cursor,
        empty: nothing(model, regions, count),
    };
    table.paint(canvas, inside, regions.size != Size::Least);
    ratchet::paint(canvas, model, regions.left);
    ratchet::facts(canvas, model, regions.right);
}

fn nothing(model: &Model, regions: &Regions, count: usize) -> String {
    let hidden = model.rows.get(&model.view).map_or(0, |rows| rows.hidden);
    let seen = standing::seen(model.shown(), model.shown_now());
    if model.is_connected && hidden > 0 && regions.size == Size::Least {
        seen.empty("no stop needs you", &format!("; {}", counted(count, "leg", "legs")))
    } else {
        table::nothing(model, &seen, "nothing is open", ", so nothing needs a stop")
    }
}

fn row<'a>(model: &Model, leg: &'a LegView) -> Line<'a> {
    let now = model.shown_now();
    let standing = Standing::of(leg, model.shown(), now);
    let (state, role) = stops::state(leg, &standing, now, model.pending_on(&leg.key));
    let view = stops::trailing(leg);
    let prices = Prices::of(leg, now);
    let is_narrow = model.regions().size != Size::Large;
    let price = |at: Option<Price>| {
        let tick = leg.instrument.as_ref().map(|rules| rules.tick);
        cell(at.map(|at| format::price(at, tick)), Role::Text)
    };
    let old = standing::mark_age(leg, now).is_some_and(|age| age >= FRESH);
    let aged = |value: Option<Decimal>, text: fn(Decimal) -> String, role: fn(Decimal) -> Role| {
        match value {
            None => cell(None, Role::Dim),
            Some(value) if old => piece(format!("~{}", text(value)), Role::Stale),
            Some(value) => piece(text(value), role(value)),
        }
    };
    let since = leg.stop_since.filter(|_| standing::stop_price(leg).is_some());
    let locked = stops::locked(leg).map(|money| money.0);
    let locked_role = locked.map_or(Role::Dim, gain);
    Line {
        mark: mark(standing.severity),
        is_marked: model.marks.contains(&leg.key),
        cells: vec![
            piece(words::place(leg.venue, &leg.key), Role::Text),
            piece(words::symbol(model.shown(), leg, is_narrow), Role::Text),
            piece(rows::side(leg).map_or("-", side_letter), Role::Text),
            piece(stops::mode_exact(leg), Role::Text),
            piece(state, role),
            price(view.map(|view| view.arm_at)),
            price(view.and_then(|view| view.trail.best)),
            price(stops::wanted(leg)),
            price(standing::stop_price(leg)),
            prices.mark(leg),
            aged(stops::distance(leg), |share| format::fixed(share, 2), |_| Role::Text),
            aged(stops::r_now(leg, &model.shown().policy), format::percent, gain),
            cell(locked.map(|locked| format::signed(locked, 2)), locked_role),
            cell(since.map(|at| format::age(now.since(at))), Role::Text),
            naked(model, leg, now),
            prices.liquidation(leg),
            covers(leg),
            by(leg),
        ],
    }
}

fn cell(text: Option<String>, role: Role) -> Piece<'static> {
    match text {
        Some(text) => piece(text, role),
        None => piece(format::NONE, Role::Dim),
    }
}

/// How long it was uncovered today: together, and the longest.
fn naked(model: &Model, leg: &LegView, now: Time) -> Piece<'static> {
    let totals = stops::naked_today(leg, model.shown(), now);
    if totals.spans == 0 {
        return piece(format::NONE, Role::Dim);
    }
    let (total, worst) = (format::state_age(totals.total), format::state_age(totals.worst));
    let text = if totals.spans > 1 { format!("{total} worst {worst}") } else { total };
    piece(text, if totals.since.is_some() { Role::Naked } else { Role::Text })
}

/// How much of the leg the stops cover.
fn covers(leg: &LegView) -> Piece<'static> {
    let step = leg.instrument.as_ref().map(|rules| rules.step);
    let Some(open) = leg.open() else { return piece(format::NONE, Role::Dim) };
    let held = format::quantity(open.quantity, step);
    match stops::covered(leg) {
        Some(covered) if covered < open.quantity => {
            let covered = format::quantity(covered, step);
            piece(format!("{covered} of {held}"), Role::Degraded)
        }
        Some(_) => piece(held, Role::Text),
        None => piece(format::NONE, Role::Dim),
    }
}

/// The order that covers it, and how many there are beside it.
fn by(leg: &LegView) -> Piece<'static> {
    match stops::covering(leg).split_first() {
        None => piece(format::NONE, Role::Dim),
        Some((first, [])) => piece(id(first), Role::Text),
        Some((first, rest)) => piece(format!("{} +{}", id(first), rest.len()), Role::Text),
    }
}

/// How an order is called: the id we gave it, else the venue's; or that it is on the position.
pub fn id(order: &ConditionalOrder) -> String {
    if order.on_position {
        "on the position".to_owned()
    } else if order.ours() {
        order.client_id.to_string()
    } else {
        format!("foreign {}", order.id)
    }
}
