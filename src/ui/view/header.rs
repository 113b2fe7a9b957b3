//! The header: mode, links with their age, clock; equity, profit and the counts.
//!
//! For: one line on a small screen, two on others. Modes are words. Door: [`paint`].

use ratatui::layout::Rect;
use rust_decimal::Decimal;

use crate::domain::time::Span;
use crate::ui::alerts;
use crate::ui::format;
use crate::ui::layout::Size;
use crate::ui::model::Model;
use crate::ui::role::Role;
use crate::ui::standing::Link;
use crate::ui::view::canvas::{Canvas, Piece, piece};
use crate::ui::words;

/// Steps of the core longer than this are worth a word.
const STEP_SLOW_US: u64 = 5_000;

/// Paints the header.
pub fn paint(canvas: &mut Canvas<'_>, model: &Model, area: Rect) {
    if area.height == 0 {
        return;
    }
    let first = Rect { height: 1, ..area };
    if area.height == 1 {
        return one_line(canvas, model, first);
    }
    let mut pieces = vec![piece(" holdfast  ", Role::Title)];
    modes(model, &mut pieces);
    let right = format!(
        "{}  {}  {} ",
        engine(model),
        format::clock(model.now),
        model.live.policy.autonomy.name()
    );
    let room = usize::from(area.width).saturating_sub(right.len() + 1);
    let left = room.saturating_sub(width(&pieces));
    pieces.extend(links(model, left, false).into_iter().flatten());
    canvas.line(Rect { width: u16::try_from(room).unwrap_or(u16::MAX), ..first }, &pieces);
    canvas.right(area.right(), area.y, area.width, &right, Role::Text);
    let second = Rect { y: area.y + 1, ..first };
    canvas.line(second, &totals(model));
}

fn width(pieces: &[Piece<'_>]) -> usize {
    pieces.iter().map(|(text, _)| format::width(text)).sum()
}

/// The links. Where they do not all fit, those that need somebody come first and the healthy
/// ones become a number.
fn links(model: &Model, room: usize, is_short: bool) -> Vec<Vec<Piece<'static>>> {
    let mut links = alerts::links(&model.live, model.now);
    let name = |(name, venue, link): &(crate::domain::key::AccountName, &str, Link)| {
        let (word, role) = words::link(*link);
        let kept = if is_short { 3 } else { venue.len() };
        let venue: String = venue.chars().take(kept).collect();
        // A healthy link is named shortly; one that is not says its age.
        let word = if is_short && *link == Link::Ok { "ok".to_owned() } else { word };
        let gap = if is_short { " " } else { "  " };
        vec![
            piece(format!("{venue}:{name} "), Role::Text),
            piece(word, role),
            piece(gap, Role::Text),
        ]
    };
    let all: Vec<Vec<Piece<'static>>> = links.iter().map(name).collect();
    if all.iter().map(|link| width(link)).sum::<usize>() <= room {
        return all;
    }
    let healthy = links.iter().filter(|(_, _, link)| *link == Link::Ok).count();
    links.retain(|(_, _, link)| *link != Link::Ok);
    links.sort_by_key(|(_, _, link)| *link);
    let mut pieces: Vec<Vec<Piece<'static>>> = links.iter().map(name).collect();
    if healthy > 0 {
        pieces.push(vec![piece(format!("{healthy} ok  "), Role::LinkOk)]);
    }
    pieces
}

fn modes<'a>(model: &'a Model, pieces: &mut Vec<Piece<'a>>) {
    pieces.push(piece(model.label.as_str(), Role::Title));
    pieces.push(piece("  ", Role::Text));
    if let Some(frozen) = &model.frozen {
        let age = format::state_age(model.now.since(frozen.since));
        pieces.push(piece(format!("FROZEN {age}"), Role::FlashWarn));
        pieces.push(piece("  ", Role::Text));
    }
}

/// How the engine does: a picture older than a few seconds means that it has stopped.
fn engine(model: &Model) -> String {
    if !model.is_connected {
        return "engine STARTING".to_owned();
    }
    let silent = model.now.since(model.live.at);
    let step = model.live.step_us_max;
    if silent >= Span::secs(5) {
        format!("engine SILENT {}", format::state_age(silent))
    } else if step >= STEP_SLOW_US {
        format!("engine SLOW {}ms", step / 1000)
    } else {
        "engine ok".to_owned()
    }
}

fn totals(model: &Model) -> Vec<Piece<'static>> {
    let t = &model.totals;
    let mut pieces = vec![piece(format!(" pos {}   ", t.positions), Role::Text)];
    if let Some((equity, age)) = t.equity {
        let old = age >= Span::secs(60);
        let tilde = if old { "~" } else { "" };
        let aged = if old { format::age(age) } else { "<1m".to_owned() };
        let role = if old { Role::Stale } else { Role::Text };
        let sum = format::fixed(equity.0, 2);
        pieces.push(piece(format!("equity {tilde}{sum} ({aged})   "), role));
    }
    pieces.push(piece("uPnL ", Role::Text));
    pieces.push(profit(model));
    if let Some((equity, _)) = t.equity.filter(|(equity, _)| !equity.0.is_zero()) {
        let share = t.profit.0 / equity.0 * Decimal::ONE_HUNDRED;
        pieces.push(piece(format!(" ({}%)", format::percent(share)), Role::Text));
    }
    pieces.push(piece("   ", Role::Text));
    counts(model, "  ", ["naked", "phantom", "orphan", "diff"], &mut pieces);
    pieces.push(piece(format!(" stops {}/{}", t.covered, t.open), Role::Text));
    if let Some(rate) = t.rate {
        pieces.push(piece(format!("   rate {rate}%"), Role::Text));
    }
    pieces
}

fn profit(model: &Model) -> Piece<'static> {
    let t = &model.totals;
    let tilde = if t.is_profit_old { "~" } else { "" };
    let role = match t.profit.0 {
        _ if t.is_profit_old => Role::Stale,
        sum if sum.is_sign_negative() && !sum.is_zero() => Role::Loss,
        _ => Role::Gain,
    };
    piece(format!("{tilde}{}", format::money(t.profit)), role)
}

fn counts(model: &Model, gap: &'static str, names: [&str; 4], pieces: &mut Vec<Piece<'_>>) {
    let t = &model.totals;
    let counts = [
        (t.naked, Role::Naked),
        (t.phantoms, Role::Phantom),
        (t.orphans, Role::Orphan),
        (t.differences, Role::Degraded),
    ];
    for (name, (count, loud)) in names.into_iter().zip(counts) {
        let role = if count == 0 { Role::Text } else { loud };
        pieces.push(piece(format!("{name} {count}"), role));
        pieces.push(piece(gap, Role::Text));
    }
}

fn one_line(canvas: &mut Canvas<'_>, model: &Model, area: Rect) {
    let mut pieces = vec![piece(" ", Role::Text)];
    modes(model, &mut pieces);
    let mut tail = Vec::new();
    let is_small = model.regions().size == Size::Small;
    let names = if is_small { ["naked", "phan", "orph", "diff"] } else { ["na", "ph", "or", "di"] };
    counts(model, " ", names, &mut tail);
    tail.push(piece(" uPnL ", Role::Text));
    tail.push(profit(model));
    let taken = width(&pieces) + width(&tail);
    let room = usize::from(area.width).saturating_sub(taken + 1);
    let mut links = links(model, room, true);
    // The counts are never pushed off the line.
    while links.iter().map(|link| width(link)).sum::<usize>() > room && links.pop().is_some() {}
    pieces.extend(links.into_iter().flatten());
    pieces.extend(tail);
    let x = canvas.line(area, &pieces);
    canvas.right(
        area.right(),
        area.y,
        area.right().saturating_sub(x + 1),
        &clock(model),
        Role::Dim,
    );
}

fn clock(model: &Model) -> String {
    format!("{} ", format::clock(model.now))
}
