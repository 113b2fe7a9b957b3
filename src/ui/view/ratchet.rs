//! The ratchet: how a stop came to where it is, and what is known of it.
//!
//! For: the ladder of prices of a trailing stop over time, and the facts of any stop: its orders,
//! what they cover, distances, naked time. Text and box drawing only. Door: [`paint`], [`facts`].

use ratatui::layout::Rect;
use rust_decimal::Decimal;

use crate::domain::guard::Guard;
use crate::domain::order::ConditionalOrder;
use crate::domain::snapshot::{LegView, There};
use crate::domain::time::Time;
use crate::ui::format;
use crate::ui::model::Model;
use crate::ui::role::Role;
use crate::ui::rows;
use crate::ui::standing;
use crate::ui::stops;
use crate::ui::view::canvas::{Canvas, Piece, piece};
use crate::ui::view::card::selected;
use crate::ui::view::ladder;
use crate::ui::view::positions::line_of;
use crate::ui::view::stops::id;
use crate::ui::words;

type Lines = Vec<Vec<Piece<'static>>>;

/// Paints the panel of the selected leg: the ladder where its stop trails, else its facts.
pub fn paint(canvas: &mut Canvas<'_>, model: &Model, area: Rect) {
    let Some(inside) = framed(canvas, model, area, "ratchet") else { return };
    let Some(leg) = selected(model) else { return };
    let now = model.shown_now();
    if stops::trailing(leg).is_none() {
        return written(canvas, inside, wrapped(known(model, leg, now), inside.width));
    }
    let is_alone = model.regions().right.height == 0;
    let mut last = vec![moves(leg)];
    if is_alone {
        last.extend(orders(leg, now).into_iter().take(1));
        last.push(naked(model, leg, now));
    }
    let foot = u16::try_from(last.len()).unwrap_or(0).min(inside.height);
    let top = Rect { height: inside.height - foot, ..inside };
    let levels = ladder::levels(leg, &model.shown().policy, now);
    written(canvas, top, ladder::lines(levels, leg, now, top));
    written(canvas, Rect { y: inside.y + top.height, height: foot, ..inside }, last);
}

/// Paints what is known of the selected stop, beside the ladder.
pub fn facts(canvas: &mut Canvas<'_>, model: &Model, area: Rect) {
    let Some(inside) = framed(canvas, model, area, "stop") else { return };
    let Some(leg) = selected(model) else { return };
    let lines = known(model, leg, model.shown_now());
    written(canvas, inside, wrapped(lines, inside.width));
}

fn framed(canvas: &mut Canvas<'_>, model: &Model, area: Rect, what: &str) -> Option<Rect> {
    if area.height == 0 {
        return None;
    }
    let Some(leg) = selected(model) else {
        canvas.frame(area, &[piece("no row", Role::Dim)], "", Role::Border);
        return None;
    };
    let side = rows::side(leg).map_or("", |side| side.name());
    let trails = stops::trailing(leg).is_some();
    let what = if trails { what } else { "stop" };
    let title = [
        piece(format!("{what} {} {side}", leg.key.symbol), Role::Title),
        piece(format!("  {}", words::place(leg.venue, &leg.key)), Role::Dim),
    ];
    let right = match rows::side(leg).filter(|_| trails && what == "ratchet") {
        Some(crate::domain::amount::Side::Long) => "it only ever moves up",
        Some(crate::domain::amount::Side::Short) => "it only ever moves down",
        None => "",
    };
    let inside = canvas.frame(area, &title, right, Role::Border);
    (inside.height > 0).then_some(inside)
}

fn written(canvas: &mut Canvas<'_>, area: Rect, lines: Lines) {
    for (index, pieces) in lines.iter().enumerate() {
        let Some(line) = line_of(area, u16::try_from(index).unwrap_or(u16::MAX)) else { return };
        let line = Rect { x: line.x + 1, width: line.width.saturating_sub(2), ..line };
        canvas.line(line, pieces);
    }
}

/// Labelled lines with what does not fit on lines of its own below.
fn wrapped(lines: Lines, width: u16) -> Lines {
    const LABEL: usize = 9;
    let room = usize::from(width).saturating_sub(LABEL + 2);
    let mut out = Lines::new();
    for line in lines {
        let mut used = 0;
        let mut row = Vec::new();
        for (index, (text, role)) in line.into_iter().enumerate() {
            let cells = format::width(&text);
            if index == 0 || used + cells <= room {
                used += if index == 0 { 0 } else { cells };
                row.push((text, role));
                continue;
            }
            let text = text.trim_start_matches([',', ' ']);
            for part in format::wrapped(text, room) {
                if used > 0 {
                    out.push(std::mem::replace(&mut row, vec![label("")]));
                }
                used = format::width(&part);
                row.push(piece(part, role));
            }
        }
        out.push(row);
    }
    out
}

fn label(name: &str) -> Piece<'static> {
    piece(format!("{name:<9}"), Role::Dim)
}

fn known(model: &Model, leg: &LegView, now: Time) -> Lines {
    let tick = leg.instrument.as_ref().map(|rules| rules.tick);
    let price =
        |at: Option<_>| at.map_or_else(|| format::NONE.to_owned(), |at| format::price(at, tick));
    let have = match leg.guard.value {
        Guard::Unknown => "not known".to_owned(),
        Guard::Naked => "none".to_owned(),
        _ => price(standing::stop_price(leg)),
    };
    let mode = format!("   {}", stops::mode_exact(leg));
    let mut lines = vec![vec![
        label("stop"),
        piece(format!("WANT {}   HAVE {have}", price(stops::wanted(leg))), Role::Text),
        piece(mode, Role::Dim),
    ]];
    lines.extend(orders(leg, now));
    lines.push(vec![label("away"), piece(away(leg), Role::Text)]);
    let locked = stops::locked(leg).map_or_else(
        || "nothing is locked in: no stop is there to fire".to_owned(),
        |money| format!("{} from entry if it fires at its trigger", format::money(money)),
    );
    lines.push(vec![label("locked"), piece(locked, Role::Text)]);
    lines.push(naked(model, leg, now));
    if let Some(finding) = leg.worst() {
        let text = format!("{}: {}", finding.kind.name(), finding.next);
        lines.push(vec![label("next"), piece(text, Role::Degraded)]);
    }
    if let Some(work) = leg.work.as_ref().filter(|work| !work.text.is_empty()) {
        lines.push(vec![label("last"), piece(work.text.clone(), Role::Text)]);
    }
    lines
}

/// How far the stop is from the mark, and how far before liquidation.
fn away(leg: &LegView) -> String {
    let mut parts = Vec::new();
    let percent = |share: Decimal| format!("{}%", format::fixed(share, 2));
    let tick = leg.instrument.as_ref().map(|rules| rules.tick);
    let have = standing::stop_price(leg);
    if let Some(share) = stops::distance(leg) {
        let what = if have.is_some() { "" } else { "wanted stop " };
        parts.push(format!("{what}{} from mark", percent(share)));
    }
    let There::Open { liquidation, .. } = &leg.there else {
        let absent = matches!(leg.there, There::Absent(_));
        let what = if absent { "nothing is open on the venue" } else { "not known what is open" };
        parts.push(what.to_owned());
        return parts.join(", ");
    };
    let Some(liquidation) = liquidation else {
        parts.push("the venue names no liquidation price".to_owned());
        return parts.join(", ");
    };
    let at = format::price(*liquidation, tick);
    let to_mark = stops::share(leg, *liquidation);
    let to_stop = to_mark.zip(have.and_then(|have| stops::share(leg, have)));
    match to_stop {
        Some((far, near)) => {
            parts.push(format!("{} before liquidation at {at}", percent(far - near)));
        }
        None => {
            let far = to_mark.map_or_else(|| format::NONE.to_owned(), percent);
            parts.push(format!("liquidation at {at}, {far} from mark"));
        }
    }
    parts.join(", ")
}

/// The orders that cover the leg, one line each; the first says how old the cover is.
fn orders(leg: &LegView, now: Time) -> Lines {
    let covering = stops::covering(leg);
    if covering.is_empty() {
        let text = match (leg.guard.value, stops::covered(leg)) {
            (Guard::Unknown, _) => "the venue's orders could not be read",
            (_, Some(_)) => "covered as last read; the price moved since",
            (_, None) if matches!(leg.there, There::Absent(_)) => "nothing is open to be covered",
            (_, None) => "no live order covers it",
        };
        let role = if leg.guard.value == Guard::Naked { Role::Naked } else { Role::Text };
        return vec![vec![label("order"), piece(text, role)]];
    }
    let mut lines = Lines::new();
    for (index, order) in covering.into_iter().enumerate() {
        let since = leg.stop_since.filter(|_| index == 0);
        let age = since
            .map_or_else(String::new, |at| format!("  live {}", format::state_age(now.since(at))));
        let name = if index == 0 { "order" } else { "and" };
        lines.push(vec![label(name), piece(covers(leg, order, &age), Role::Text)]);
    }
    lines
}

fn covers(leg: &LegView, order: &ConditionalOrder, age: &str) -> String {
    let rules = leg.instrument.as_ref();
    let step = rules.map(|rules| rules.step);
    let held = leg.open().map(|open| open.quantity);
    let held = held.map_or_else(|| "?".to_owned(), |held| format::quantity(held, step));
    let size = order.quantity.map_or_else(|| "all".to_owned(), |q| format::quantity(q, step));
    let at = order.trigger.map_or_else(String::new, |at| {
        format!(" @ {}", format::price(at, rules.map(|rules| rules.tick)))
    });
    let side = words::shout(order.side);
    let venue = if order.ours() && !order.on_position {
        format!("  venue {}", order.id)
    } else {
        String::new()
    };
    let by = order.trigger_by.name();
    format!("{side} {size} of {held}{at} by {by}{age}  {}{venue}", id(order))
}

/// How long it was uncovered today.
fn naked(model: &Model, leg: &LegView, now: Time) -> Vec<Piece<'static>> {
    let totals = stops::naked_today(leg, model.shown(), now);
    if totals.spans == 0 {
        return vec![label("naked"), piece("not at all today (UTC)", Role::Text)];
    }
    let age = format::state_age;
    let mut pieces = vec![
        label("naked"),
        piece(
            format!(
                "{} today (UTC) in {}, longest {}",
                age(totals.total),
                totals.spans,
                age(totals.worst)
            ),
            Role::Text,
        ),
    ];
    if let Some(since) = totals.since {
        let text = format!(", now {} since {}", age(now.since(since)), format::clock(since));
        pieces.push(piece(text, Role::Naked));
    }
    pieces
}

/// How often it moved, and when it moves next.
fn moves(leg: &LegView) -> Vec<Piece<'static>> {
    let Some(view) = stops::trailing(leg) else { return Vec::new() };
    let tick = leg.instrument.as_ref().map(|rules| rules.tick);
    let price = |at| format::price(at, tick);
    let plan = view.trail.plan;
    let next = if leg.guard.value == Guard::Naked {
        "no stop is there to move".to_owned()
    } else if stops::is_active(view) {
        format!("next when want is {} better than have", price(view.step))
    } else {
        let far = stops::share(leg, view.arm_at).map(|share| format::fixed(-share, 2));
        let far = far.map_or_else(String::new, |far| format!(", {far}% away"));
        let arm = price(view.arm_at);
        format!("waits for {arm} (+{}){far}; then {} behind", plan.activation, plan.callback)
    };
    let refused = if view.refused > 0 { Role::Degraded } else { Role::Text };
    vec![
        label("moves"),
        piece(format!("{}   ", view.moves), Role::Text),
        piece(format!("refused {}   ", view.refused), refused),
        piece(next, Role::Text),
    ]
}
