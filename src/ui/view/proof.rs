//! The proof of the chosen difference: what holds, what is missing, what comes next.
//!
//! For: the checklist, the sentence what the engine will do and when, the rule it does it under
//! and where that rule stands. Not for: the two sides (`sides`). Door: [`paint`].

use ratatui::layout::Rect;

use crate::domain::snapshot::{AccountView, FindingKind, FindingView, LegView, StrayView};
use crate::domain::trust::{Duty, Trust};
use crate::ui::format;
use crate::ui::model::Model;
use crate::ui::role::Role;
use crate::ui::rows::RowKey;
use crate::ui::standing;
use crate::ui::view::canvas::{Canvas, Piece, piece};
use crate::ui::view::diff::found;
use crate::ui::view::positions::line_of;
use crate::ui::view::sides::chosen;
use crate::ui::words;

type Lines<'a> = Vec<Vec<Piece<'a>>>;

/// Paints the proof.
pub fn paint(canvas: &mut Canvas<'_>, model: &Model, area: Rect) {
    if area.height == 0 {
        return;
    }
    let room = usize::from(area.width).saturating_sub(4);
    let (title, count, lines) = match (chosen(model), model.cursor()) {
        (Some((leg, finding)), _) => {
            let holds = finding.checks.iter().filter(|check| check.holds).count();
            let title = format!("proof  {} {}", finding.kind.name(), leg.key.symbol);
            let count = format!("  {holds} of {}", finding.checks.len());
            (title, count, of_finding(model, leg, finding, room))
        }
        (None, Some(key)) => (title_of(key), String::new(), of_another(model, key, room)),
        (None, None) => ("proof".to_owned(), String::new(), Vec::new()),
    };
    let title = [piece(title, Role::Title), piece(count, Role::Dim)];
    let inside = canvas.frame(area, &title, "", Role::Border);
    for (index, pieces) in lines.iter().enumerate() {
        let Some(line) = line_of(inside, u16::try_from(index).unwrap_or(u16::MAX)) else { return };
        canvas.line(line, pieces);
    }
}

fn title_of(key: &RowKey) -> String {
    match key {
        RowKey::Stray(..) => FindingKind::StrayStop.name().to_owned(),
        RowKey::Bad(id) => format!("row {}", id.0),
        RowKey::Account(_, kind) => kind.name().to_owned(),
        RowKey::Leg(_) | RowKey::Finding(..) | RowKey::Event(..) => "proof".to_owned(),
    }
}

fn of_finding<'a>(
    model: &'a Model,
    leg: &'a LegView,
    finding: &'a FindingView,
    room: usize,
) -> Lines<'a> {
    let mut lines: Lines<'a> = Vec::new();
    for check in &finding.checks {
        let (mark, role) =
            if check.holds { ("[x]", Role::Guarded) } else { ("[ ]", Role::Degraded) };
        lines.push(vec![
            piece(format!(" {mark} "), role),
            piece(check.what.as_str(), Role::Text),
            piece(format!("   {}", check.detail), Role::Dim),
        ]);
    }
    let account = standing::account(model.shown(), leg);
    let look = account.and_then(|account| account.next_sweep);
    let look = look
        .filter(|_| !finding.waits)
        .map_or_else(String::new, |at| format!("; next look {}", format::clock(at)));
    said(&mut lines, "next", &format!("{}{look}", finding.next), Role::Text, room);
    // The engine protects what is tracked; what is not waits for a person, whatever the rule.
    let bare = leg.row.is_none() && finding.kind.uncovers();
    let standing = finding.rule.filter(|_| !bare);
    if let (Some((duty, trust)), Some(account)) = (standing, account) {
        rule(&mut lines, account, duty, trust, room);
    }
    if let Some(Ok(_)) = &finding.resolved {
        let text = "[R] writes it now on your word: shows the row, asks why, is journaled";
        said(&mut lines, "", text, Role::Dim, room);
    }
    lines
}

/// Where the rule stands, and what holds it back.
fn rule(lines: &mut Lines<'_>, account: &AccountView, duty: Duty, trust: Trust, room: usize) {
    let standing = account.trust.iter().find(|view| view.duty == duty);
    let mut text = format!("{} = {}", duty.name(), trust.name());
    if let Some(held) = standing.and_then(|view| view.demoted.as_ref()) {
        text.push_str(&format!(
            ", demoted since {} by undo of {}; :restore {} {}",
            format::clock(held.at),
            held.repair.0,
            account.name,
            duty.name()
        ));
    }
    let role = if trust == Trust::Repair { Role::Text } else { Role::Degraded };
    said(lines, "rule", &text, role, room);
}

/// Rows that are about no leg: a stop, an account, a row of the ledger.
fn of_another<'a>(model: &Model, key: &RowKey, room: usize) -> Lines<'a> {
    let (snapshot, mut lines) = (model.shown(), Vec::new());
    let account = |name: &_| snapshot.accounts.iter().find(|account| account.name == *name);
    match key {
        RowKey::Stray(name, id) => {
            let mut strays = snapshot.strays.iter();
            let stray = strays.find(|stray| stray.account == *name && stray.order.id == *id);
            if let (Some(stray), Some(account)) = (stray, account(name)) {
                of_stray(&mut lines, stray, account, room);
            }
        }
        RowKey::Account(name, kind) => {
            if let Some(finding) = account(name).and_then(|account| found(account, *kind)) {
                said(&mut lines, "what", &finding.text, Role::Text, room);
                let since = format::clock(finding.since);
                said(&mut lines, "since", &since, Role::Text, room);
            }
        }
        RowKey::Bad(id) => {
            if let Some(bad) = snapshot.bad_rows.iter().find(|bad| bad.id == *id) {
                let text = format!("{}: {}", bad.column, bad.why);
                said(&mut lines, "what", &text, Role::Text, room);
                said(&mut lines, "next", "the row is left alone", Role::Text, room);
            }
        }
        RowKey::Leg(_) | RowKey::Finding(..) | RowKey::Event(..) => {}
    }
    lines
}

fn of_stray(lines: &mut Lines<'_>, stray: &StrayView, account: &AccountView, room: usize) {
    let order = words::order(&stray.order, None);
    let place = words::account(account);
    let text = format!("{place} {}  {order}  id {}", stray.symbol, stray.order.id);
    said(lines, "order", &text, Role::Text, room);
    let text = format!("no position is behind it since {}", format::clock(stray.since));
    said(lines, "why", &text, Role::Text, room);
    said(lines, "next", &stray.next, Role::Text, room);
    let trust = account.trust.iter().find(|view| view.duty == Duty::CleanStops);
    if let Some(view) = trust {
        rule(lines, account, view.duty, view.trust, room);
    }
}

/// A labelled sentence in as many lines as it needs.
fn said(lines: &mut Lines<'_>, label: &'static str, text: &str, role: Role, room: usize) {
    for (index, part) in format::wrapped(text, room.saturating_sub(6)).into_iter().enumerate() {
        let label = if index == 0 { label } else { "" };
        lines.push(vec![piece(format!(" {label:<5} "), Role::Dim), piece(part, role)]);
    }
}
