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
    for (name, venue, link) in alerts::links(&model.live, model.now) {
        let (word, role) = words::link(link);
        pieces.push(piece(format!("{venue}:{name} "), Role::Text));
        pieces.push(piece(word, role));
        pieces.push(piece("  ", Role::Text));
    }
    let right = format!(
        "{}  {}  {} ",
        engine(model),
        format::clock(model.now),
        model.live.policy.autonomy.name()
    );
    let room = area.width.saturating_sub(u16::try_from(right.len()).unwrap_or(0) + 1);
    canvas.line(Rect { width: room, ..first }, &pieces);
    canvas.right(area.right(), area.y, area.width, &right, Role::Text);
    let second = Rect { y: area.y + 1, ..first };
    canvas.line(second, &totals(model));
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
    pieces.push(piece(format!("  stops {}/{}", t.covered, t.open), Role::Text));
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
    for (name, venue, link) in alerts::links(&model.live, model.now) {
        let (word, role) = words::link(link);
        // A healthy link is named shortly; one that is not says its age.
        let word = if link == Link::Ok { "ok".to_owned() } else { word };
        let short: String = venue.chars().take(3).collect();
        pieces.push(piece(format!("{short}:{name} "), Role::Text));
        pieces.push(piece(word, role));
        pieces.push(piece(" ", Role::Text));
    }
    pieces.push(piece(" ", Role::Text));
    let names = if model.regions().size == Size::Small {
        ["naked", "phan", "orph", "diff"]
    } else {
        ["na", "ph", "or", "di"]
    };
    counts(model, " ", names, &mut pieces);
    pieces.push(piece(" uPnL ", Role::Text));
    pieces.push(profit(model));
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
