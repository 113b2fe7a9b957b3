//! View 3: where ledger and venue differ, both sides, and the proof so far.
//!
//! For: one row a difference, unresolved ones loudest first. What both sides say of the chosen
//! one is in `sides`, what holds and what is missing in `proof`.
//! Door: [`paint`]; [`summary`] is the short form beside the positions.

use ratatui::layout::Rect;

use crate::domain::alone::Alone;
use crate::domain::guard::Guard;
use crate::domain::seen::Seen;
use crate::domain::snapshot::{
    AccountFinding, AccountFindingKind, AccountView, FindingKind, FindingView, LegView, Snapshot,
    StrayView, There,
};
use crate::domain::time::Time;
use crate::ui::format;
use crate::ui::layout::{Regions, Size};
use crate::ui::model::{Model, leg};
use crate::ui::role::Role;
use crate::ui::rows::{self, RowKey};
use crate::ui::standing::{self, Link};
use crate::ui::view::canvas::{Canvas, Piece, piece};
use crate::ui::view::positions::{line_of, mark, side_letter};
use crate::ui::view::table::{self, Column, Line, Table, name, number, text};
use crate::ui::view::{in_sight, proof, sides, table_frame};
use crate::ui::words;

const COLUMNS: [Column; 10] = [
    text("VENUE:ACCT", 8, 12, 16),
    name("SYMBOL", 0, 11),
    text("S", 3, 1, 1),
    text("KIND", 1, 11, 14),
    number("LEDGER", 2, 9),
    number("VENUE", 2, 9),
    number("DELTA", 7, 8),
    number("SINCE", 4, 5),
    number("LOOKS", 6, 5),
    text("ENGINE WILL", 5, 12, 60),
];

/// Paints the view.
pub fn paint(canvas: &mut Canvas<'_>, model: &Model, regions: &Regions) {
    let inside = table_frame(canvas, model, regions, title(model), "unresolved first");
    let (keys, cursor) = in_sight(model, regions);
    let (snapshot, now) = (model.shown(), model.shown_now());
    let empty = agreed(model);
    let is_narrow = regions.size <= Size::Small;
    let lines = keys.iter().map(|key| row(snapshot, key, now, is_narrow)).collect();
    Table { columns: &COLUMNS, lines, cursor, empty }.paint(
        canvas,
        inside,
        regions.size != Size::Least,
    );
    sides::paint(canvas, model, regions.left, regions.right);
    proof::paint(canvas, model, regions.bottom);
}

/// What is said where nothing differs: all of it, orders as well as positions, was read.
fn agreed(model: &Model) -> String {
    let (snapshot, now) = (model.shown(), model.shown_now());
    let is_read =
        |account: &AccountView| account.looked.is_some() && standing::is_known(account, now);
    let seen = Seen::by(&snapshot.accounts, is_read);
    let (what, more) = if snapshot.legs.iter().any(|leg| Alone::of(leg, now).unknown) {
        ("ledger and venue agree as far as they are known", "")
    } else {
        ("ledger and venue agree", ", and all of it is covered")
    };
    table::nothing(model, &seen, what, more)
}

fn title(model: &Model) -> String {
    let (accounts, now) = (&model.shown().accounts, model.shown_now());
    let mut title = format!("diff({})", model.totals.differences);
    let counters = accounts.iter().filter_map(|account| account.counters);
    let (verified, rows) = counters.fold((0, 0), |(verified, rows), counters| {
        (verified + counters.value.verified, rows + counters.value.ledger)
    });
    title.push_str(&format!("  matched {verified} of {rows}"));
    for account in accounts {
        let word = match (Link::of(account, now), account.counters) {
            (link @ (Link::Unknown(_) | Link::Down(_)), _) => words::link(link).0,
            (_, Some(counters)) => format!("look {}", format::rough_age(now.since(counters.at))),
            (_, None) => "no look yet".to_owned(),
        };
        title.push_str(&format!("  {} {word}", account.name));
    }
    title
}

fn row<'a>(snapshot: &'a Snapshot, key: &'a RowKey, now: Time, is_narrow: bool) -> Line<'a> {
    match key {
        RowKey::Finding(key, kind) => leg(snapshot, key)
            .and_then(|leg| Some((leg, leg.findings.iter().find(|f| f.kind == *kind)?)))
            .map_or_else(Line::default, |(leg, finding)| {
                difference(snapshot, leg, finding, now, is_narrow)
            }),
        RowKey::Stray(account, id) => {
            let strays = &snapshot.strays;
            let stray = strays.iter().find(|s| s.account == *account && s.order.id == *id);
            stray.map_or_else(Line::default, |stray| stray_row(snapshot, stray, now))
        }
        RowKey::Account(name, kind) => {
            let account = snapshot.accounts.iter().find(|account| account.name == *name);
            account
                .and_then(|account| Some((account, found(account, *kind)?)))
                .map_or_else(Line::default, |(account, found)| account_row(account, found, now))
        }
        RowKey::Bad(id) => {
            let bad = snapshot.bad_rows.iter().find(|bad| bad.id == *id);
            bad.map_or_else(Line::default, bad_row)
        }
        RowKey::Leg(_) | RowKey::Event(..) => Line::default(),
    }
}

fn difference<'a>(
    snapshot: &Snapshot,
    leg: &'a LegView,
    finding: &'a FindingView,
    now: Time,
    is_narrow: bool,
) -> Line<'a> {
    let (ledger, venue, delta) = both(leg, finding.kind);
    let (looks, needed) = finding.looks;
    Line {
        mark: mark(rows::finding_severity(finding.kind)),
        is_marked: false,
        cells: vec![
            piece(words::place(leg.venue, &leg.key), Role::Text),
            piece(words::symbol(snapshot, leg, is_narrow), Role::Text),
            piece(rows::side(leg).map_or("-", side_letter), Role::Text),
            piece(finding.kind.name(), kind_role(finding.kind)),
            piece(ledger, Role::DiffLedger),
            piece(venue, Role::DiffVenue),
            piece(delta, Role::Text),
            piece(format::state_age(now.since(finding.since)), Role::Text),
            piece(format!("{looks}/{needed}"), Role::Text),
            piece(finding.next.as_str(), Role::Text),
        ],
    }
}

fn kind_role(kind: FindingKind) -> Role {
    match kind {
        FindingKind::Naked | FindingKind::Trouble => Role::Naked,
        FindingKind::Phantom => Role::Phantom,
        FindingKind::Orphan | FindingKind::StrayStop => Role::Orphan,
        FindingKind::ForeignOrder | FindingKind::Ending => Role::Dim,
        _ => Role::Degraded,
    }
}

/// What the ledger wants or holds, what the venue has, and what lies between.
fn both(leg: &LegView, kind: FindingKind) -> (String, String, String) {
    let rules = leg.instrument.as_ref();
    let (tick, step) = (rules.map(|r| r.tick), rules.map(|r| r.step));
    let none = || format::NONE.to_owned();
    let price = |at: Option<_>| at.map_or_else(none, |at| format::price(at, tick));
    let size = |of: Option<_>| of.map_or_else(|| "0".to_owned(), |of| format::quantity(of, step));
    let row = leg.row.as_ref();
    let open = leg.open();
    let (booked, held) = (row.map(|row| row.quantity), open.map(|open| open.quantity));
    match kind {
        FindingKind::Naked => (format!("stop {}", price(leg.want)), "none".to_owned(), none()),
        FindingKind::Partly => {
            let covered = match leg.guard.value {
                Guard::Partly(covered) => Some(covered),
                _ => None,
            };
            let gap = held.zip(covered).and_then(|(held, covered)| held.minus(covered));
            let gap = gap.map_or_else(none, |gap| format!("-{}", format::quantity(gap, step)));
            (format!("stop {}", size(held)), format!("stop {}", size(covered)), gap)
        }
        FindingKind::Side => {
            let booked = row.map_or_else(none, |row| format!("{} {}", row.side, size(booked)));
            (booked, open.map_or_else(none, |o| format!("{} {}", o.side, size(held))), none())
        }
        _ => {
            let value = |of: Option<crate::domain::amount::Qty>| of.map(|q| q.get());
            let gap = value(held).unwrap_or_default() - value(booked).unwrap_or_default();
            let sign = if gap.is_sign_negative() { "" } else { "+" };
            let places = step.map_or_else(|| gap.scale(), |step| step.get().scale());
            if leg.there == There::Unknown {
                return (size(booked), none(), none());
            }
            (size(booked), size(held), format!("{sign}{}", format::fixed(gap, places)))
        }
    }
}

/// What was found about an account as a whole.
pub fn found(account: &AccountView, kind: AccountFindingKind) -> Option<&AccountFinding> {
    account.findings.iter().find(|finding| finding.kind == kind)
}

fn account_row<'a>(account: &AccountView, finding: &'a AccountFinding, now: Time) -> Line<'a> {
    let mut cells = vec![piece(format::NONE, Role::Text); COLUMNS.len()];
    cells[0] = piece(words::account(account), Role::Text);
    cells[1] = piece("the account", Role::Text);
    cells[2] = piece("-", Role::Text);
    let severity = rows::account_severity(finding.kind);
    cells[3] = piece(finding.kind.name(), Role::Degraded);
    cells[7] = piece(format::state_age(now.since(finding.since)), Role::Text);
    cells[9] = piece(finding.text.as_str(), Role::Text);
    Line { mark: mark(severity), is_marked: false, cells }
}

fn stray_row<'a>(snapshot: &Snapshot, stray: &'a StrayView, now: Time) -> Line<'a> {
    let account = snapshot.accounts.iter().find(|account| account.name == stray.account);
    let place = account.map_or_else(|| stray.account.to_string(), words::account);
    let trigger = stray.order.trigger.map_or_else(String::new, |at| format::price(at, None));
    Line {
        mark: mark(standing::Severity::Odd),
        is_marked: false,
        cells: vec![
            piece(place, Role::Text),
            piece(stray.symbol.as_str(), Role::Text),
            piece("-", Role::Text),
            piece(FindingKind::StrayStop.name(), Role::Orphan),
            piece("0", Role::DiffLedger),
            piece(format!("stop {trigger}"), Role::DiffVenue),
            piece(format::NONE, Role::Text),
            piece(format::state_age(now.since(stray.since)), Role::Text),
            piece(format::NONE, Role::Text),
            piece(stray.next.as_str(), Role::Text),
        ],
    }
}

fn bad_row(bad: &crate::domain::ledger::BadRow) -> Line<'_> {
    let mut cells = vec![piece(format::NONE, Role::Text); COLUMNS.len()];
    cells[1] = piece(format!("row {}", bad.id.0), Role::Text);
    cells[3] = piece("bad-row", Role::Degraded);
    cells[4] = piece(bad.column.as_str(), Role::DiffLedger);
    cells[9] = piece(format!("left alone: {}", bad.why), Role::Text);
    Line { mark: mark(standing::Severity::Warn), is_marked: false, cells }
}

/// The differences in a few lines.
pub fn summary(canvas: &mut Canvas<'_>, model: &Model, area: Rect) {
    if area.height == 0 {
        return;
    }
    let title = format!("diff({})", model.totals.differences);
    let inside = canvas.frame(area, &[piece(title, Role::Title)], "", Role::Border);
    let now = model.shown_now();
    let findings = model.shown().legs.iter().flat_map(|leg| {
        let shown = leg.findings.iter().filter(|f| rows::is_difference(f.kind));
        shown.map(move |finding| (leg, finding))
    });
    let mut sorted: Vec<_> = findings.collect();
    sorted.sort_by_key(|(_, f)| (rows::finding_severity(f.kind), f.since));
    for (index, (leg, finding)) in sorted.into_iter().enumerate() {
        let Some(line) = line_of(inside, u16::try_from(index).unwrap_or(u16::MAX)) else { return };
        let age = format::state_age(now.since(finding.since));
        let pieces: [Piece<'_>; 3] = [
            piece(format!(" {:<12}", finding.kind.name()), kind_role(finding.kind)),
            piece(format!("{:<14} {age:<7}", leg.key.symbol), Role::Text),
            piece(finding.next.as_str(), Role::Dim),
        ];
        canvas.line(line, &pieces);
    }
}
