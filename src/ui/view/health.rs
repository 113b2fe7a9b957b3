//! View 7: accounts, engine, and leg by leg what stays on the venue if holdfast stops now.
//!
//! For: one look at whether everything is watched, and what would be left if it were not. Not
//! for: the words themselves (`health`). Door: [`paint`]; [`stays`] is also what a shutdown lists.

use ratatui::layout::Rect;
use rust_decimal::Decimal;

use crate::domain::alone::{Alone, Summary};
use crate::domain::lease::LeaseState;
use crate::domain::snapshot::{AccountView, LegView, StreamState};
use crate::domain::time::Span;
use crate::ui::format;
use crate::ui::health;
use crate::ui::layout::{Regions, Size};
use crate::ui::model::{Model, leg};
use crate::ui::role::Role;
use crate::ui::rows::{self, RowKey};
use crate::ui::standing::{self, Link, Standing};
use crate::ui::view::canvas::{Canvas, Piece, piece};
use crate::ui::view::positions::{Prices, line_of, mark, side_letter};
use crate::ui::view::table::{self, Column, Line, Table, name, number, text};
use crate::ui::view::{header, in_sight, table_frame};
use crate::ui::words;

const ACCOUNTS: [Column; 13] = [
    text("VENUE:ACCT", 0, 12, 16),
    text("LINK", 1, 7, 22),
    number("STOPS", 2, 5),
    number("NAKED", 3, 5),
    number("WORST", 4, 5),
    text("LEASE", 5, 5, 7),
    text("HALT", 6, 4, 6),
    number("CLEAN", 7, 5),
    number("CLOCK", 8, 6),
    number("RTT", 9, 4),
    number("RATE", 10, 4),
    text("STREAM", 11, 9, 12),
    number("LOOK", 12, 4),
];

const LEGS: [Column; 8] = [
    text("VENUE:ACCT", 7, 12, 16),
    name("SYMBOL", 0, 11),
    text("S", 2, 1, 1),
    number("QTY", 6, 7),
    text("COVERS", 1, 7, 7),
    number("STOP", 3, 9),
    number("AT STOP", 4, 9),
    text("WHAT STAYS", 5, 12, 200),
];

/// Paints the view.
pub fn paint(canvas: &mut Canvas<'_>, model: &Model, regions: &Regions) {
    let summary = standing::summary(model.shown(), model.shown_now());
    accounts(canvas, model, &summary, regions.left);
    engine(canvas, model, regions);
    let total = &summary.total;
    let is_fine = total.naked == 0 && total.is_known();
    let role = if is_fine { Role::Title } else { Role::Naked };
    let sentence = format!("if holdfast stops now: {}", total.text());
    let room = usize::from(regions.line.width).saturating_sub(2);
    for (y, line) in (0..regions.line.height).zip(format::wrapped(&sentence, room)) {
        let y = regions.line.y + y;
        canvas.put(regions.line.x + 1, y, regions.line.width.saturating_sub(1), &line, role);
    }
    let title = format!("if holdfast stops now({})", total.legs);
    let inside = table_frame(canvas, model, regions, title, "worst first");
    let (keys, cursor) = in_sight(model, regions);
    let found = keys.iter().filter_map(RowKey::leg);
    let legs = found.filter_map(|key| leg(model.shown(), key));
    let lines = legs.map(|leg| line(model, leg)).collect();
    let empty = table::nothing(model, &total.seen, "nothing is open", "");
    let table = Table { columns: &LEGS, lines, cursor, empty };
    table.paint(canvas, inside, regions.size != Size::Least);
}

fn line<'a>(model: &Model, leg: &'a LegView) -> Line<'a> {
    let now = model.shown_now();
    let alone = Alone::of(leg, now);
    let prices = Prices::of(leg, now);
    let tick = leg.instrument.as_ref().map(|rules| rules.tick);
    let none = || format::NONE.to_owned();
    let is_narrow = model.regions().size <= Size::Small;
    let (covers, role) = covers(&alone);
    let stop = alone.stop.map_or_else(none, |at| format::price(at, tick));
    let profit = alone.profit_at_stop;
    let loss = profit.map_or(Role::Dim, |profit| sign(profit.0));
    Line {
        mark: mark(Standing::of(leg, model.shown(), now).severity),
        is_marked: model.marks.contains(&leg.key),
        cells: vec![
            piece(words::place(leg.venue, &leg.key), Role::Text),
            piece(words::symbol(model.shown(), leg, is_narrow), Role::Text),
            piece(rows::side(leg).map_or("-", side_letter), Role::Text),
            prices.quantity(leg),
            piece(covers, role),
            piece(stop, Role::Text),
            piece(profit.map_or_else(none, format::money), loss),
            piece(what(&alone), role),
        ],
    }
}

fn sign(profit: Decimal) -> Role {
    if profit.is_sign_negative() { Role::Loss } else { Role::Gain }
}

/// How much of a leg stops cover that stay, and how that looks.
fn covers(alone: &Alone) -> (String, Role) {
    match (alone.open, alone.covered) {
        _ if alone.unknown => ("unknown".to_owned(), Role::Unknown),
        (_, None) => ("NAKED".to_owned(), Role::Naked),
        _ if alone.is_covered() => ("all".to_owned(), Role::Guarded),
        (Some(open), Some(covered)) => {
            let share = covered.get() / open.get() * Decimal::ONE_HUNDRED;
            (format!("{}%", share.trunc()), Role::Degraded)
        }
        (None, Some(_)) => ("unknown".to_owned(), Role::Unknown),
    }
}

fn what(alone: &Alone) -> String {
    let mut text = match (alone.open, alone.covered) {
        _ if alone.unknown => "not known".to_owned(),
        (_, None) => "NO stop".to_owned(),
        (Some(open), Some(covered)) => match open.minus(covered) {
            Some(rest) => format!("stop; {rest} bare"),
            None => "stop".to_owned(),
        },
        (None, Some(_)) => "stop".to_owned(),
    };
    if alone.trail_ends {
        text.push_str("; trail freezes");
    }
    if let Some(unfinished) = &alone.unfinished {
        text.push_str(&format!("; left unfinished: {unfinished}"));
    }
    text
}

/// What stays behind one leg, in half a line, and how that looks.
pub fn stays(leg: Option<&LegView>, alone: &Alone) -> (String, Role) {
    let tick = leg.and_then(|leg| Some(leg.instrument.as_ref()?.tick));
    let (covers, role) = covers(alone);
    let stop = alone.stop.filter(|_| alone.covered.is_some());
    let Some(at) = stop else { return (format!("{covers}: {}", what(alone)), role) };
    let at = format::price(at, tick);
    let there = alone.profit_at_stop;
    let there = there.map_or_else(String::new, |there| format!(" {}", format::money(there)));
    let part = if alone.is_covered() { String::new() } else { format!(" for {covers}") };
    let unfinished = alone.unfinished.as_ref().map_or("", |_| ", UNFINISHED");
    let trail = if alone.trail_ends { ", trail off" } else { "" };
    (format!("stop {at}{part}{there}{trail}{unfinished}"), role)
}

fn accounts(canvas: &mut Canvas<'_>, model: &Model, summary: &Summary, area: Rect) {
    if area.height == 0 {
        return;
    }
    let (snapshot, now) = (model.shown(), model.shown_now());
    let mut shown: Vec<&AccountView> = snapshot.accounts.iter().collect();
    let room = usize::from(area.height.saturating_sub(3));
    let left_out = shown.len().saturating_sub(room);
    if left_out > 0 {
        // What is in order may be left out first.
        shown.sort_by_key(|account| {
            let held = account.lease.as_ref().is_none_or(|lease| lease.is_held());
            let calm = account.failed_cleanups == 0 && account.naked.since.is_none();
            (held && calm && account.halt.is_none(), Link::of(account, now))
        });
        shown.truncate(room);
    }
    let more = if left_out > 0 { format!("+{left_out} more") } else { String::new() };
    let title = [piece(format!("accounts({})", snapshot.accounts.len()), Role::Title)];
    let inside = canvas.frame(area, &title, &more, Role::Border);
    let lines = shown
        .into_iter()
        .map(|account| Line { cells: account_cells(account, summary, now), ..Line::default() });
    let lines = lines.collect();
    let table = Table { columns: &ACCOUNTS, lines, cursor: None, empty: "no account".to_owned() };
    table.paint(canvas, inside, true);
}

fn account_cells<'a>(
    account: &'a AccountView,
    summary: &Summary,
    now: crate::domain::time::Time,
) -> Vec<Piece<'a>> {
    let (word, role) = words::link(Link::of(account, now));
    let tally = summary.accounts.iter().find(|(name, _)| *name == account.name);
    let counts = tally.map(|(_, tally)| (tally.covered, tally.legs, tally.is_known()));
    // None of nothing, where nothing is known, would look like a flat account.
    let (stops, whole) = match counts {
        None | Some((_, 0, false)) => ("?".to_owned(), Role::Unknown),
        Some((covered, legs, _)) if covered < legs => (format!("{covered}/{legs}"), Role::Degraded),
        Some((covered, legs, _)) => (format!("{covered}/{legs}"), Role::Text),
    };
    let bare = if account.naked.since.is_some() { Role::Naked } else { Role::Text };
    let worst = if account.naked.spans == 0 { Role::Dim } else { bare };
    let (lease, lease_role) = health::lease(account);
    let halt = account.halt.as_ref().map(|halt| format::age(now.since(halt.since)));
    let halt_role = if halt.is_some() { Role::FlashWarn } else { Role::Dim };
    let cleanups = account.failed_cleanups;
    let failed = if cleanups > 0 { Role::Degraded } else { Role::Text };
    let link = |text: Option<String>| text.unwrap_or_else(|| format::NONE.to_owned());
    let state = account.link.as_ref();
    let (stream, stream_role) = match &account.stream {
        StreamState::Starting => ("starting".to_owned(), Role::LinkSlow),
        StreamState::Up(at) => (format!("up {}", format::age(now.since(*at))), Role::Text),
        StreamState::Down(at, _) => {
            (format!("DOWN {}", format::age(now.since(*at))), Role::LinkDown)
        }
    };
    let look = account.counters.map(|counters| format::rough_age(now.since(counters.at)));
    vec![
        piece(words::account(account), Role::Text),
        piece(word, role),
        piece(stops, whole),
        piece(format::state_age(account.naked.total), bare),
        piece(format::state_age(account.naked.worst), worst),
        piece(lease, lease_role),
        piece(link(halt), halt_role),
        piece(cleanups.to_string(), failed),
        piece(link(state.map(|link| format!("{:+}ms", link.offset_ms))), Role::Text),
        piece(link(state.map(|link| format!("{}ms", link.round_trip.millis()))), Role::Text),
        piece(link(state.map(|link| format!("{}%", link.used_percent))), Role::Text),
        piece(stream, stream_role),
        piece(link(look), Role::Text),
    ]
}

/// The engine: one line on small screens, a frame on others.
fn engine(canvas: &mut Canvas<'_>, model: &Model, regions: &Regions) {
    let area = regions.right;
    let facts = facts(model);
    if area.height < 3 {
        if let Some((text, role)) = facts.into_iter().next() {
            canvas.line(area, &[piece(format!(" {text}"), role)]);
        }
        return;
    }
    let inside = canvas.frame(area, &[piece("engine", Role::Title)], "", Role::Border);
    for (n, (text, role)) in facts.into_iter().enumerate() {
        let Some(row) = line_of(inside, u16::try_from(n).unwrap_or(u16::MAX)) else { return };
        canvas.line(row, &[piece(format!(" {text}"), role)]);
    }
}

fn facts(model: &Model) -> Vec<(String, Role)> {
    let (snapshot, now) = (model.shown(), model.shown_now());
    let step = match snapshot.step_us_max {
        us @ 0..1000 => format!("{us}us"),
        us => format!("{}ms", us / 1000),
    };
    let armed = model.wide.armed_for(model.now).map_or_else(
        || "not armed".to_owned(),
        |left| format!("ARMED {}", format::state_age(left)),
    );
    let ledger = match &snapshot.ledger_fault {
        None => "ok".to_owned(),
        Some(fault) => format!("FAULT {}", format::state_age(now.since(fault.at))),
    };
    let first =
        format!("{}   longest step {step}   ledger {ledger}   {armed}", header::engine(model));
    let is_bad = snapshot.ledger_fault.is_some();
    let mut facts = vec![(first, if is_bad { Role::Naked } else { Role::Text })];
    if let Some(fault) = &snapshot.ledger_fault {
        facts.push((format!("ledger: {}", fault.value), Role::Degraded));
    }
    for account in &snapshot.accounts {
        if let Some(halt) = &account.halt {
            let since = format::clock(halt.since);
            let why = if halt.reason.is_empty() { "no reason given" } else { &halt.reason };
            let text = format!("{} is halted since {since} by {}: {why}", halt.account, halt.who);
            facts.push((text, Role::FlashWarn));
        }
        match &account.lease {
            Some(LeaseState::Standby { holder, until }) => {
                let left = until.since(now).max(Span::secs(0));
                let left = format::age(left);
                let text = format!(
                    "{}: {holder} has the lease, {left} left unless renewed; this one stands by",
                    account.name
                );
                facts.push((text, Role::LinkSlow));
            }
            Some(LeaseState::Lost { why }) => {
                let text = format!("{}: the lease is lost, nothing is sent: {why}", account.name);
                facts.push((text, Role::Naked));
            }
            Some(LeaseState::Held { .. }) | None => {}
        }
    }
    let counts = format!(
        "autonomy {}   repairs of this run {}   stray stops {}   unreadable rows {}   picture {}",
        snapshot.policy.autonomy.name(),
        snapshot.repairs.len(),
        snapshot.strays.len(),
        snapshot.bad_rows.len(),
        format::count(snapshot.seq),
    );
    facts.push((counts, Role::Text));
    facts
}
