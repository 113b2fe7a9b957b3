//! View 3: where ledger and venue differ, both sides, and the proof so far.
//!
//! For: one row a difference, unresolved ones loudest first; what holds and what is still
//! missing. Door: [`paint`]; [`summary`] is the short form beside the positions.

use ratatui::layout::Rect;

use crate::domain::guard::Guard;
use crate::domain::snapshot::{FindingKind, FindingView, LegView, Snapshot, There};
use crate::domain::time::Time;
use crate::ui::format;
use crate::ui::layout::{Regions, Size};
use crate::ui::model::{Model, leg};
use crate::ui::role::Role;
use crate::ui::rows::{self, RowKey};
use crate::ui::standing;
use crate::ui::view::canvas::{Canvas, Piece, piece};
use crate::ui::view::positions::{line_of, mark, side_letter};
use crate::ui::view::table::{Column, Line, Table, number, text};
use crate::ui::view::{in_sight, table_frame};
use crate::ui::words;

const COLUMNS: [Column; 10] = [
    text("VENUE:ACCT", 8, 12, 16),
    text("SYMBOL", 0, 11, 22),
    text("S", 3, 1, 1),
    text("KIND", 1, 11, 11),
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
    let hidden = model.rows.get(&model.view).map_or(0, |rows| rows.hidden);
    let empty = match hidden {
        0 => "ledger and venue agree, and all of it is covered".to_owned(),
        hidden => format!("all {hidden} rows are hidden; Esc shows them"),
    };
    let lines = keys.iter().map(|key| row(snapshot, key, now)).collect();
    Table { columns: &COLUMNS, lines, cursor, empty }.paint(
        canvas,
        inside,
        regions.size != Size::Least,
    );
    sides(canvas, model, regions.left, regions.right);
    proof(canvas, model, regions.bottom);
}

fn title(model: &Model) -> String {
    let mut title = format!("diff({})", model.totals.differences);
    for account in &model.shown().accounts {
        if let Some(counters) = &account.counters {
            let age = format::rough_age(model.shown_now().since(counters.at));
            let c = counters.value;
            title.push_str(&format!(
                "  {}: look {} {age} ago, matched {} of {}",
                account.name, account.sweeps, c.verified, c.ledger
            ));
        }
    }
    title
}

fn row<'a>(snapshot: &'a Snapshot, key: &'a RowKey, now: Time) -> Line<'a> {
    match key {
        RowKey::Finding(key, kind) => leg(snapshot, key)
            .and_then(|leg| Some((leg, leg.findings.iter().find(|f| f.kind == *kind)?)))
            .map_or_else(Line::default, |(leg, finding)| difference(leg, finding, now)),
        RowKey::Stray(account, id) => {
            let strays = &snapshot.strays;
            let stray = strays.iter().find(|s| s.account == *account && s.order.id == *id);
            stray.map_or_else(Line::default, |stray| stray_row(stray, now))
        }
        RowKey::Bad(id) => {
            let bad = snapshot.bad_rows.iter().find(|bad| bad.id == *id);
            bad.map_or_else(Line::default, bad_row)
        }
        RowKey::Leg(_) | RowKey::Event(..) => Line::default(),
    }
}

fn difference<'a>(leg: &'a LegView, finding: &'a FindingView, now: Time) -> Line<'a> {
    let (ledger, venue, delta) = both(leg, finding.kind);
    let (looks, needed) = finding.looks;
    Line {
        mark: mark(rows::finding_severity(finding.kind)),
        is_marked: false,
        cells: vec![
            piece(words::place(leg.venue, &leg.key), Role::Text),
            piece(leg.key.symbol.as_str(), Role::Text),
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
            let venue = if leg.there == There::Unknown { none() } else { size(held) };
            (size(booked), venue, format!("{sign}{}", format::fixed(gap, places)))
        }
    }
}

fn stray_row(stray: &crate::domain::snapshot::StrayView, now: Time) -> Line<'_> {
    let trigger = stray.order.trigger.map_or_else(String::new, |at| format::price(at, None));
    Line {
        mark: mark(standing::Severity::Odd),
        is_marked: false,
        cells: vec![
            piece(stray.account.as_str(), Role::Text),
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

fn chosen(model: &Model) -> Option<(&LegView, &FindingView)> {
    let Some(RowKey::Finding(key, kind)) = model.cursor() else { return None };
    let leg = leg(model.shown(), key)?;
    Some((leg, leg.findings.iter().find(|f| f.kind == *kind)?))
}

fn sides(canvas: &mut Canvas<'_>, model: &Model, left: Rect, right: Rect) {
    if left.height == 0 {
        return;
    }
    let ledger = [piece("ledger", Role::Title), piece("  what we believe", Role::Dim)];
    let venue = [piece("venue", Role::Title), piece("  what they say", Role::Dim)];
    let left = canvas.frame(left, &ledger, "", Role::Border);
    let right = canvas.frame(right, &venue, "", Role::Border);
    let Some((leg, _)) = chosen(model) else { return };
    for (index, (name, ledger, venue)) in facts(leg, model.shown_now()).iter().enumerate() {
        let differs = ledger != venue && ledger != format::NONE && !name.is_empty();
        let at = u16::try_from(index).unwrap_or(u16::MAX);
        for (area, sign, value, role) in
            [(left, "-", ledger, Role::DiffLedger), (right, "+", venue, Role::DiffVenue)]
        {
            let Some(line) = line_of(area, at) else { return };
            let (sign, role) = if differs { (sign, role) } else { (" ", Role::Text) };
            let pieces = [
                piece(format!("{sign} {name:<10}"), if differs { role } else { Role::Dim }),
                piece(value.as_str(), role),
            ];
            canvas.line(line, &pieces);
        }
    }
}

/// The same facts from both sides: name, ledger's word, venue's word.
fn facts(leg: &LegView, now: Time) -> Vec<(&'static str, String, String)> {
    let rules = leg.instrument.as_ref();
    let (tick, step) = (rules.map(|r| r.tick), rules.map(|r| r.step));
    let none = || format::NONE.to_owned();
    let price = |at: Option<_>| at.map_or_else(none, |at| format::price(at, tick));
    let row = leg.row.as_ref();
    let open = leg.open();
    let nothing = || match leg.there {
        There::Unknown => "not known".to_owned(),
        _ => "no position".to_owned(),
    };
    let seen = match leg.there {
        There::Open { at, .. } | There::Absent(at) => {
            format!("{} ({} ago)", format::clock(at), format::rough_age(now.since(at)))
        }
        There::Unknown => none(),
    };
    let live = leg.stops.iter().filter_map(|stop| stop.trigger).next();
    vec![
        (
            "side",
            row.map_or_else(|| "no row".to_owned(), |row| row.side.to_string()),
            open.map_or_else(nothing, |open| open.side.to_string()),
        ),
        (
            "qty",
            row.map_or_else(none, |row| format::quantity(row.quantity, step)),
            open.map_or_else(|| "0".to_owned(), |open| format::quantity(open.quantity, step)),
        ),
        ("entry", price(row.map(|row| row.entry_price)), price(open.map(|open| open.entry))),
        ("stop", price(leg.want), live.map_or_else(|| "none".to_owned(), |at| price(Some(at)))),
        (
            "status",
            row.map_or_else(none, |row| format!("{} rev {}", row.status.name(), row.revision)),
            seen,
        ),
    ]
}

fn proof(canvas: &mut Canvas<'_>, model: &Model, area: Rect) {
    if area.height == 0 {
        return;
    }
    let Some((leg, finding)) = chosen(model) else {
        canvas.frame(area, &[piece("proof", Role::Title)], "", Role::Border);
        return;
    };
    let holds = finding.checks.iter().filter(|check| check.holds).count();
    let title = format!("proof  {} {}", finding.kind.name(), leg.key.symbol);
    let count = format!("  {holds} of {}", finding.checks.len());
    let title = [piece(title, Role::Title), piece(count, Role::Dim)];
    let inside = canvas.frame(area, &title, "", Role::Border);
    let checks = finding.checks.iter().map(|check| {
        let (mark, role) =
            if check.holds { ("[x]", Role::Guarded) } else { ("[ ]", Role::Degraded) };
        vec![
            piece(format!(" {mark} "), role),
            piece(check.what.as_str(), Role::Text),
            piece(format!("   {}", check.detail), Role::Dim),
        ]
    });
    let next = vec![piece(format!(" next: {}", finding.next), Role::Text)];
    for (index, pieces) in checks.chain([next]).enumerate() {
        let Some(line) = line_of(inside, u16::try_from(index).unwrap_or(u16::MAX)) else { return };
        canvas.line(line, &pieces);
    }
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
