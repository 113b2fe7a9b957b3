//! Decisions about the ledger: the row before and after, what follows, the way out in reverse.
//!
//! Door: [`paint`]; [`list`] is the list of repairs that can be taken back.

use ratatui::layout::Rect;

use crate::domain::journal::Author;
use crate::domain::key::Leg;
use crate::domain::ledger::Row;
use crate::domain::snapshot::{LegView, RepairView};
use crate::domain::trust::Duty;
use crate::ui::decision::{self, About, Decision, changes, halted, held_back, resolvable};
use crate::ui::format;
use crate::ui::model::{Model, leg};
use crate::ui::role::Role;
use crate::ui::view::canvas::{Canvas, piece};
use crate::ui::view::dialog::{Lines, boxed, choice, line, room};
use crate::ui::view::positions::line_of;
use crate::ui::words;

/// Paints an open decision over the middle of the screen.
pub fn paint(canvas: &mut Canvas<'_>, model: &Model, open: &Decision) {
    let mut lines = Lines::new();
    let title = match &open.about {
        About::Resolve(key, _) => {
            if let Some(leg) = leg(&model.live, key) {
                resolving(&mut lines, leg);
            }
            "resolve on your word".to_owned()
        }
        About::Undo(id) => {
            match decision::repair(&model.live, id) {
                Some(repair) => undoing(&mut lines, model, repair),
                None => {
                    lines.push(line("repair", "of an earlier run, or undone already".into(), TEXT));
                    let text = "the ledger puts its row back as it was, or says why not";
                    lines.push(line("ledger", text.into(), TEXT));
                }
            }
            format!("undo {}", id.0)
        }
        About::Restore(account, duty) => {
            if let Ok(view) = held_back(&model.live, account, *duty) {
                let config = model.live.policy.trust(account, *duty).name();
                let text = format!("{}: {} -> {config}", duty.name(), view.trust.name());
                lines.push(line("rule", text, TEXT));
                if let Some(held) = &view.demoted {
                    let since = format::clock(held.at);
                    let text = format!("since {since} by undo of {}", held.repair.0);
                    lines.push(line("held", text, TEXT));
                }
            }
            format!("restore a rule in {account}")
        }
        About::Resume(account) => {
            for halt in halted(&model.live, account.as_ref()).unwrap_or_default() {
                let since = format::clock(halt.since);
                let text = format!("{} since {since} by {}", halt.account, halt.who);
                lines.push(line("halted", text, TEXT));
                if !halt.reason.is_empty() {
                    lines.push(line("why", halt.reason.clone(), TEXT));
                }
            }
            lines.push(line("then", "it opens and adopts again, as the policy says".into(), TEXT));
            "end the halt".to_owned()
        }
    };
    lines.push(vec![]);
    let role = if open.refused.is_some() { Role::FlashWarn } else { Role::HintDanger };
    lines.extend(choice(open.confirm_line(model.now), role, room(canvas)));
    boxed(canvas, format!("{title}   {}", model.label), &lines);
}

const TEXT: Role = Role::Text;

fn target(lines: &mut Lines, place: String, key: &crate::domain::key::PositionKey, row: &Row) {
    let hedged = match key.leg {
        Leg::Net => String::new(),
        leg => format!(" ({leg} leg)"),
    };
    let side = row.side.name().to_uppercase();
    let text = format!(" {place}  {}  {side}{hedged}  row {}", key.symbol, row.id.0);
    lines.push(vec![piece(text, Role::Title)]);
    lines.push(vec![]);
}

fn rows(lines: &mut Lines, before: &Row, after: &Row, leg: Option<&LegView>) {
    for (name, [was, is]) in changes(before, after, leg) {
        lines.push(line(name, format!("{was} -> {is}"), TEXT));
    }
}

fn resolving(lines: &mut Lines, leg: &LegView) {
    let Ok((finding, before, after)) = resolvable(leg) else { return };
    target(lines, words::place(leg.venue, &leg.key), &leg.key, before);
    rows(lines, before, after, Some(leg));
    if !after.priced && after.closed_at.is_some() {
        lines.push(line("price", "none: no fill explains it, so no profit is booked".into(), TEXT));
    }
    for check in finding.checks.iter().filter(|check| !check.holds) {
        lines.push(line("missing", check.what.clone(), Role::FlashWarn));
    }
    lines.push(line(
        "write",
        "to the ledger, as a repair of yours that can be undone".into(),
        TEXT,
    ));
    let ours = leg.stops_there().iter().filter(|stop| stop.ours()).count();
    if after.closed_at.is_some() && ours > 0 {
        let then = match ours {
            1 => "its stop of ours is taken away at the venue".to_owned(),
            many => format!("its {many} stops of ours are taken away at the venue"),
        };
        lines.push(line("then", then, TEXT));
    }
}

fn undoing(lines: &mut Lines, model: &Model, repair: &RepairView) {
    let leg = leg(&model.live, &repair.key);
    let account = model.live.accounts.iter().find(|account| account.name == repair.key.account);
    let place = account.map_or_else(|| repair.key.account.to_string(), words::account);
    target(lines, place, &repair.key, &repair.after);
    match &repair.before {
        Some(before) => rows(lines, &repair.after, before, leg),
        None => {
            let rules = leg.and_then(|leg| leg.instrument.as_ref());
            let quantity = format::quantity(repair.after.quantity, rules.map(|rules| rules.step));
            let entry = format::price(repair.after.entry_price, rules.map(|rules| rules.tick));
            lines.push(line("row", format!("{quantity} @ {entry} -> taken away"), TEXT));
        }
    }
    let exactly = "every column as it was; nothing is sent";
    lines.push(line("ledger", exactly.into(), TEXT));
    let duty = Duty::of(repair.rule).name();
    let text = match repair.author {
        Author::Engine => format!("{duty} only proposes in {} from now on", repair.key.account),
        Author::Operator => "no rule is held back: a person did it".to_owned(),
    };
    lines.push(line("then", text, Role::FlashWarn));
}

/// Paints the list of repairs that can be taken back, newest first.
pub fn list(canvas: &mut Canvas<'_>, model: &Model) {
    let Some(chosen) = &model.listing else { return };
    let screen = *canvas.cells.area();
    let repairs = &model.live.repairs;
    let wanted = u16::try_from(repairs.len()).unwrap_or(u16::MAX).saturating_add(2);
    let width = screen.width.saturating_sub(4).min(116);
    let height = wanted.min(screen.height.saturating_sub(4)).max(3).min(screen.height);
    let area =
        Rect { x: (screen.width - width) / 2, y: (screen.height - height) / 3, width, height };
    canvas.clear(area);
    let title = [piece(format!("repairs({}) of this run", repairs.len()), Role::Title)];
    let inside = canvas.frame(area, &title, "Enter undoes, Esc leaves", Role::BorderFocus);
    let at = repairs.iter().position(|repair| repair.id == *chosen).unwrap_or(0);
    let top = (at + 1).saturating_sub(usize::from(inside.height));
    for (index, repair) in repairs.iter().enumerate().skip(top) {
        let place = u16::try_from(index - top).unwrap_or(u16::MAX);
        let Some(row) = line_of(inside, place) else { return };
        let by = match repair.author {
            Author::Engine => Role::Dim,
            Author::Operator => Role::Marked,
        };
        // Some sentences name the leg themselves.
        let key = repair.key.to_string();
        let text = repair.text.strip_prefix(key.as_str()).unwrap_or(&repair.text);
        let pieces = [
            piece(format!(" {} ", format::clock(repair.at)), Role::Dim),
            piece(format!("{:<15} ", repair.rule.name()), Role::Text),
            piece(format!("{:<9}", repair.author.name()), by),
            piece(format!("{key}  "), Role::Title),
            piece(text.strip_prefix(": ").unwrap_or(text), Role::Text),
        ];
        canvas.line(row, &pieces);
        if index == at {
            canvas.over(row, Role::Cursor);
        }
    }
}
