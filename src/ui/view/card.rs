//! The card: everything known of the selected row, in a pane or in one line.
//!
//! For: wanted and actual stop side by side, the finding, what the engine will do next.
//! Door: [`paint`], [`line()`].

use ratatui::layout::Rect;

use crate::domain::guard::Guard;
use crate::domain::snapshot::{LegView, There};
use crate::domain::time::Time;
use crate::ui::format;
use crate::ui::model::{Model, leg};
use crate::ui::role::Role;
use crate::ui::rows;
use crate::ui::standing::{self, Standing};
use crate::ui::view::canvas::{Canvas, Piece, piece};
use crate::ui::view::positions::{Prices, line_of};
use crate::ui::view::timeline;
use crate::ui::words;

/// The leg under the cursor, in the picture that is shown.
pub fn selected(model: &Model) -> Option<&LegView> {
    leg(model.shown(), model.cursor_key()?)
}

/// Paints the selected row in one line.
pub fn line(canvas: &mut Canvas<'_>, model: &Model, area: Rect) {
    let Some(leg) = selected(model).filter(|_| area.height > 0) else { return };
    let prices = Prices::of(leg, model.shown_now());
    let tick = leg.instrument.as_ref().map(|rules| rules.tick);
    let want = leg.want.map_or_else(|| format::NONE.to_owned(), |at| format::price(at, tick));
    let have =
        standing::stop_price(leg).map_or_else(|| "none".to_owned(), |at| format::price(at, tick));
    let side = rows::side(leg).map_or("-", crate::ui::view::positions::side_letter);
    let why = leg.work.as_ref().map(|work| work.text.as_str()).filter(|text| !text.is_empty());
    let next = why.or(leg.worst().map(|finding| finding.next.as_str())).unwrap_or_default();
    let pieces = [
        piece(format!(" {} {side} ", words::place(leg.venue, &leg.key)), Role::Dim),
        piece(leg.key.symbol.as_str(), Role::Title),
        piece(" ", Role::Text),
        prices.quantity(leg),
        piece(" @ ", Role::Text),
        prices.entry(leg),
        piece(format!("  want {want}  have {have}  "), Role::Text),
        piece(next, Role::Degraded),
    ];
    canvas.line(area, &pieces);
}

/// Paints the card.
pub fn paint(canvas: &mut Canvas<'_>, model: &Model, area: Rect) {
    if area.height == 0 {
        return;
    }
    let Some(leg) = selected(model) else {
        canvas.frame(area, &[piece("no row", Role::Dim)], "", Role::Border);
        return;
    };
    let side = rows::side(leg).map_or("", |side| side.name());
    let place = words::place(leg.venue, &leg.key);
    let title = [
        piece(format!("{} {side}", leg.key.symbol), Role::Title),
        piece(format!("  {place}"), Role::Dim),
    ];
    let inside = canvas.frame(area, &title, "", Role::Border);
    let room = (usize::from(inside.width.saturating_sub(2)), usize::from(inside.height));
    for (index, pieces) in lines(model, leg, model.shown_now(), room).iter().enumerate() {
        let Some(line) = line_of(inside, u16::try_from(index).unwrap_or(u16::MAX)) else { return };
        canvas.line(Rect { x: line.x + 1, width: line.width.saturating_sub(2), ..line }, pieces);
    }
}

type Lines<'a> = Vec<Vec<Piece<'a>>>;

fn lines<'a>(
    model: &'a Model,
    leg: &'a LegView,
    now: Time,
    (room, height): (usize, usize),
) -> Lines<'a> {
    let standing = Standing::of(leg, model.shown(), now);
    let mut lines = money(leg, now);
    lines.extend(stops(leg));
    let state = words::protection(leg, &standing, now, model.pending_on(&leg.key));
    let mut line = vec![label("state"), piece(state, words::role(standing.state))];
    if let Some(work) = leg.work.as_ref().filter(|work| !work.text.is_empty()) {
        line.push(piece(format!("   {}", work.text), Role::Text));
    }
    lines.push(line);
    for finding in &leg.findings {
        let age = format::state_age(now.since(finding.since));
        let (looks, needed) = finding.looks;
        let kind = finding.kind.name();
        let text = format!("{kind} {age}, {looks}/{needed} looks: {}", finding.next);
        for (index, part) in format::wrapped(&text, room.saturating_sub(8)).into_iter().enumerate()
        {
            let name = if index == 0 { "next" } else { "" };
            lines.push(vec![label(name), piece(part, Role::Text)]);
        }
    }
    lines.push(ledger(leg));
    let left = height.saturating_sub(lines.len());
    lines.extend(timeline::block(&leg.drift, now, (room, left)));
    lines
}

fn label(name: &str) -> Piece<'static> {
    piece(format!("{name:<8}"), Role::Dim)
}

fn pad(cell: Piece<'static>, width: usize) -> Piece<'static> {
    (format!("{:<width$}", cell.0).into(), cell.1)
}

fn money(leg: &LegView, now: Time) -> Lines<'static> {
    let prices = Prices::of(leg, now);
    let mut liquidation = prices.liquidation(leg);
    if let There::Open { liquidation: Some(at), .. } = &leg.there {
        let at = format::price(*at, leg.instrument.as_ref().map(|rules| rules.tick));
        liquidation.0 = format!("{at} ({}%)", liquidation.0).into();
    }
    let age = |at: Option<Time>| match at {
        Some(at) => piece(format!("age {}   ", format::rough_age(now.since(at))), Role::Dim),
        None => piece("", Role::Dim),
    };
    let seen = match leg.there {
        There::Open { at, .. } | There::Absent(at) => Some(at),
        There::Unknown => None,
    };
    let venue = match leg.there {
        There::Open { .. } => piece("open      ", Role::Text),
        There::Absent(_) => piece("no position   ", Role::Phantom),
        There::Unknown => piece("not known   ", Role::Unknown),
    };
    vec![
        vec![
            label("qty"),
            pad(prices.quantity(leg), 13),
            label("entry"),
            pad(prices.entry(leg), 12),
            label("liq"),
            liquidation,
        ],
        vec![
            label("mark"),
            pad(prices.mark(leg), 13),
            label("uPnL"),
            pad(prices.profit(leg), 12),
            label("worth"),
            prices.notional(leg),
        ],
        vec![
            label("venue"),
            venue,
            age(seen),
            piece("mark ", Role::Dim),
            age(leg.mark.map(|mark| mark.at)),
        ],
    ]
}

fn stops<'a>(leg: &'a LegView) -> Lines<'a> {
    let rules = leg.instrument.as_deref();
    let want = leg.want.map_or_else(
        || format::NONE.to_owned(),
        |at| format::price(at, rules.map(|rules| rules.tick)),
    );
    let mut line = vec![label("stop"), piece(format!("WANT {want}   HAVE "), Role::Text)];
    let mut lines = Vec::new();
    match leg.stops_there().split_first() {
        None if leg.guard.value == Guard::Unknown => line.push(piece("not known", Role::Text)),
        None => line.push(piece("none", Role::Text)),
        Some((first, rest)) => {
            line.push(piece(words::order(first, rules), Role::Text));
            lines.extend(rest.iter().map(|order| {
                vec![label(""), piece(format!("and  {}", words::order(order, rules)), Role::Text)]
            }));
        }
    }
    lines.insert(0, line);
    lines
}

fn ledger(leg: &LegView) -> Vec<Piece<'static>> {
    let Some(row) = &leg.row else {
        return vec![label("ledger"), piece("no row", Role::Orphan)];
    };
    let opened = row.opened_at.rfc3339();
    let opened = opened.get(..16).unwrap_or_default().replace('T', " ");
    let quantity = format::quantity(row.quantity, leg.instrument.as_ref().map(|r| r.step));
    let text = format!(
        "row {} {} {} {quantity}   opened {opened}Z   rev {}",
        row.id.0,
        row.status.name(),
        row.side,
        row.revision
    );
    vec![label("ledger"), piece(text, Role::Text)]
}
