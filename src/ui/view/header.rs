//! The header: mode, links with their age, clock; equity, profit and the counts.
//!
//! For: one line on a small screen, two on others. Modes are words. Door: [`paint`].

use ratatui::layout::Rect;
use rust_decimal::Decimal;

use crate::domain::amount::Money;
use crate::domain::time::Span;
use crate::ui::alerts::{self, Health, Profit};
use crate::ui::layout::Size;
use crate::ui::model::Model;
use crate::ui::role::Role;
use crate::ui::view::canvas::{Canvas, Piece, piece};
use crate::ui::{format, health};

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
    pieces.extend(accounts(model, left, false));
    canvas.line(Rect { width: u16::try_from(room).unwrap_or(u16::MAX), ..first }, &pieces);
    canvas.right(area.right(), area.y, area.width, &right, Role::Text);
    let second = Rect { y: area.y + 1, ..first };
    let mut sums = totals(model);
    // A share of a limit is what can be spared; half a word helps nobody.
    while width(&sums) > usize::from(area.width) && sums.pop().is_some() {}
    canvas.line(second, &sums);
}

fn width(pieces: &[Piece<'_>]) -> usize {
    pieces.iter().map(|(text, _)| format::width(text)).sum()
}

/// The accounts. Where they do not all fit they are said ever more shortly: the venue by three
/// letters, then not at all; then those in order become a number; at last the worst is named
/// and the others are counted.
fn accounts(model: &Model, room: usize, is_short: bool) -> Vec<Piece<'static>> {
    let mut all = alerts::health(&model.live, model.now);
    let letters = if is_short { [3, 0].as_slice() } else { &[usize::MAX, 3, 0] };
    for letters in letters.iter().copied() {
        let pieces: Vec<_> = all.iter().flat_map(|one| named(one, letters, is_short)).collect();
        if width(&pieces) <= room {
            return pieces;
        }
    }
    all.sort_by_key(Health::rank);
    let fine = all.iter().filter(|one| one.is_fine()).count();
    all.retain(|one| !one.is_fine());
    for shown in (0..=all.len()).rev() {
        let (told, left_out) = all.split_at(shown);
        let pieces: Vec<_> = told.iter().flat_map(|one| named(one, 0, is_short)).collect();
        let mut counted = pieces.clone();
        if !left_out.is_empty() {
            counted.push(piece(format!("+{} not ok ", left_out.len()), Role::LinkSlow));
        }
        if fine > 0 {
            counted.push(piece(format!("{fine} ok "), Role::LinkOk));
        }
        let others = left_out.len() + fine;
        let role = if left_out.is_empty() { Role::LinkOk } else { Role::LinkSlow };
        let mut summed = pieces;
        summed.push(piece(format!("+{others} "), role));
        if let Some(fits) = [counted, summed].into_iter().find(|fits| width(fits) <= room) {
            return fits;
        }
    }
    Vec::new()
}

/// An account with so many letters of its venue.
fn named(one: &Health, letters: usize, is_short: bool) -> Vec<Piece<'static>> {
    let venue: String = one.venue.chars().take(letters).collect();
    let colon = if venue.is_empty() { "" } else { ":" };
    let (word, role) = one.word();
    // One in order is named shortly; one that is not says its age.
    let word = if is_short && one.is_fine() { "ok".to_owned() } else { word };
    let gap = if is_short { " " } else { "  " };
    vec![
        piece(format!("{venue}{colon}{} ", one.name), Role::Text),
        piece(word, role),
        piece(gap, Role::Text),
    ]
}

fn modes<'a>(model: &'a Model, pieces: &mut Vec<Piece<'a>>) {
    pieces.push(piece(model.label.as_str(), Role::Title));
    pieces.push(piece("  ", Role::Text));
    if let Some(frozen) = &model.frozen {
        let age = format::state_age(model.now.since(frozen.since));
        pieces.push(piece(format!("FROZEN {age}"), Role::FlashWarn));
        pieces.push(piece("  ", Role::Text));
    }
    let armed = model.wide.armed_for(model.now);
    let armed = armed.map(|left| (format!("ARMED {}", format::state_age(left)), Role::FlashError));
    let is_wide = model.regions().size >= Size::Medium;
    for (text, role) in armed.into_iter().chain(health::modes(&model.live, is_wide)) {
        pieces.push(piece(text, role));
        pieces.push(piece("  ", Role::Text));
    }
}

/// How the engine does: a picture older than a few seconds means that it has stopped.
pub fn engine(model: &Model) -> String {
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
        // Where two sums of profit stand, there is room for the age of an old worth only.
        let aged = match (old, t.profits.len()) {
            (false, 2..) => String::new(),
            (false, _) if t.naked_today.is_some() => String::new(),
            _ => format!(" ({aged})"),
        };
        pieces.push(piece(format!("equity {tilde}{sum}{aged}   "), role));
    }
    pieces.push(piece("uPnL ", Role::Text));
    pieces.extend(profits(model, 2));
    // A share of the whole is only one where everything is counted in one currency.
    if let ([profit], Some((equity, _))) = (t.profits.as_slice(), t.equity)
        && !equity.0.is_zero()
    {
        let share = profit.sum.0 / equity.0 * Decimal::ONE_HUNDRED;
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

/// One sum for each currency; the currency is named unless it is USDT and the only one.
fn profits(model: &Model, places: u32) -> Vec<Piece<'static>> {
    let sums = &model.totals.profits;
    let usual = |profit: &Profit| profit.quote.as_ref().is_some_and(|q| q.as_str() == "USDT");
    let is_named = sums.len() > 1 || !sums.iter().all(usual);
    let mut pieces = Vec::new();
    for profit in sums {
        let tilde = if profit.is_old { "~" } else { "" };
        let role = match profit.sum.0 {
            _ if profit.is_old => Role::Stale,
            sum if sum.is_sign_negative() && !sum.is_zero() => Role::Loss,
            _ => Role::Gain,
        };
        let gap = if pieces.is_empty() { "" } else { " " };
        let sum = format::signed(profit.sum.0, places);
        pieces.push(piece(format!("{gap}{tilde}{sum}"), role));
        if is_named {
            let quote = profit.quote.as_ref().map_or("?", |quote| quote.as_str());
            pieces.push(piece(format!(" {quote}"), Role::Text));
        }
    }
    if pieces.is_empty() {
        pieces.push(piece(format::money(Money::ZERO), Role::Gain));
    }
    pieces
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
        if let Some(today) = t.naked_today.filter(|_| name == "naked" && gap.len() > 1) {
            pieces.push(piece(format!(" today {}", format::state_age(today)), Role::Text));
        }
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
    // Currencies say by themselves what is counted in them.
    let label = if model.totals.profits.len() > 1 { " " } else { " uPnL " };
    tail.push(piece(label, Role::Text));
    tail.extend(profits(model, if model.totals.profits.len() > 1 { 0 } else { 2 }));
    // The counts are never pushed off the line.
    let taken = width(&pieces) + width(&tail);
    let room = usize::from(area.width).saturating_sub(taken + 1);
    pieces.extend(accounts(model, room, true));
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
