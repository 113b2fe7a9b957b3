//! View 2: on the venue, not in the ledger. Nothing is done to an orphan until you choose.
//!
//! For: the table, the evidence, the choice with the plan that would be sent, stray stops.
//! Door: [`paint`].

use ratatui::layout::Rect;

use crate::domain::amount::Money;
use crate::domain::count::counted;
use crate::domain::snapshot::{FindingKind, LegView};
use crate::domain::time::Time;
use crate::ui::act;
use crate::ui::dialog::{Preview, Purpose, preview};
use crate::ui::format;
use crate::ui::layout::{Regions, Size};
use crate::ui::model::{Model, leg};
use crate::ui::role::Role;
use crate::ui::rows::{self, RowKey};
use crate::ui::standing::{self, Standing};
use crate::ui::view::canvas::{Canvas, Piece, piece};
use crate::ui::view::card::selected;
use crate::ui::view::positions::{Prices, line_of, mark, side_letter};
use crate::ui::view::table::{self, Column, Line, Table, name, number, text};
use crate::ui::view::{in_sight, table_frame};
use crate::ui::words;

const COLUMNS: [Column; 11] = [
    text("VENUE:ACCT", 8, 12, 16),
    name("SYMBOL", 0, 11),
    text("S", 1, 1, 1),
    number("QTY", 4, 8),
    number("ENTRY", 6, 9),
    number("MARK", 5, 9),
    number("UPNL", 7, 8),
    number("SEEN", 3, 6),
    number("STOP", 6, 9),
    text("STATE", 2, 13, 20),
    text("NEXT", 9, 10, 40),
];

/// Paints the view.
pub fn paint(canvas: &mut Canvas<'_>, model: &Model, regions: &Regions) {
    let title = format!("orphans({})  on the venue, not in the ledger", model.totals.orphans);
    let inside = table_frame(canvas, model, regions, title, "sort risk v");
    let (keys, cursor) = in_sight(model, regions);
    let snapshot = model.shown();
    let legs = keys.iter().filter_map(RowKey::leg).filter_map(|key| leg(snapshot, key));
    let seen = standing::seen(snapshot, model.shown_now());
    let empty = table::nothing(model, &seen, "no orphans", ": every open position has its row");
    let lines = legs.map(|leg| line(model, leg)).collect();
    Table { columns: &COLUMNS, lines, cursor, empty }.paint(
        canvas,
        inside,
        regions.size != Size::Least,
    );
    if regions.right.width > 0 {
        pane(canvas, regions.left, ("evidence", ""), model, evidence);
        pane(canvas, regions.right, CHOOSE, model, choice);
        strays(canvas, model, regions.bottom);
    } else {
        pane(canvas, regions.left, CHOOSE, model, choice);
    }
}

fn line<'a>(model: &Model, leg: &'a LegView) -> Line<'a> {
    let now = model.shown_now();
    let standing = Standing::of(leg, model.shown(), now);
    let prices = Prices::of(leg, now);
    let finding = finding(leg);
    let pending = model.pending_on(&leg.key);
    let is_narrow = model.regions().size <= Size::Small;
    let seen = finding.map(|finding| format::state_age(now.since(finding.since)));
    Line {
        mark: mark(standing.severity),
        is_marked: model.marks.contains(&leg.key),
        cells: vec![
            piece(words::place(leg.venue, &leg.key), Role::Text),
            piece(words::symbol(model.shown(), leg, is_narrow), Role::Text),
            piece(rows::side(leg).map_or("-", side_letter), Role::Text),
            prices.quantity(leg),
            prices.entry(leg),
            prices.mark(leg),
            prices.profit(leg),
            piece(seen.unwrap_or_else(|| format::NONE.to_owned()), Role::Text),
            prices.stop(leg),
            piece(words::protection(leg, &standing, now, pending), words::role(standing.state)),
            piece(finding.map_or("", |finding| finding.next.as_str()), Role::Text),
        ],
    }
}

/// What makes a leg an orphan.
fn finding(leg: &LegView) -> Option<&crate::domain::snapshot::FindingView> {
    leg.findings.iter().find(|f| matches!(f.kind, FindingKind::Orphan | FindingKind::Resurrected))
}

/// What the choice promises.
const CHOOSE: (&str, &str) = ("choose", "the plan shown is what will be sent");

type Content = fn(&Model, &LegView, Time) -> Vec<Vec<Piece<'static>>>;

fn pane(
    canvas: &mut Canvas<'_>,
    area: Rect,
    (title, right): (&'static str, &str),
    model: &Model,
    content: Content,
) {
    let leg = selected(model);
    let about = leg.map_or_else(String::new, |leg| {
        let side = rows::side(leg).map_or("", |side| side.name());
        format!("  {} {side}", leg.key.symbol)
    });
    let title = [piece(title, Role::Title), piece(about, Role::Dim)];
    let inside = canvas.frame(area, &title, right, Role::Border);
    let Some(leg) = leg else { return };
    for (index, pieces) in content(model, leg, model.shown_now()).iter().enumerate() {
        let Some(line) = line_of(inside, u16::try_from(index).unwrap_or(u16::MAX)) else { return };
        canvas.line(Rect { x: line.x + 1, width: line.width.saturating_sub(2), ..line }, pieces);
    }
}

fn evidence(_: &Model, leg: &LegView, now: Time) -> Vec<Vec<Piece<'static>>> {
    let rules = leg.instrument.as_deref();
    let prices = Prices::of(leg, now);
    let fact = |what: &'static str, value: Piece<'static>| {
        vec![piece(format!("{what:<11}"), Role::Dim), value]
    };
    let mut lines = vec![
        fact("venue holds", piece("", Role::Text)),
        fact("ledger", piece("no row", Role::Orphan)),
    ];
    if let crate::domain::snapshot::There::Open { side, at, .. } = &leg.there {
        let (quantity, entry) = (prices.quantity(leg).0, prices.entry(leg).0);
        let age = format::rough_age(now.since(*at));
        lines[0] = vec![
            piece("venue      ", Role::Dim),
            piece(format!("{side} {quantity} @ {entry}   age {age}"), Role::Text),
        ];
    }
    if leg.stops.is_empty() {
        lines.push(fact("stops", piece("none", Role::Naked)));
    }
    for order in &leg.stops {
        lines.push(fact("stop", piece(words::order(order, rules), Role::Text)));
    }
    for finding in &leg.findings {
        let age = format::state_age(now.since(finding.since));
        let (looks, needed) = finding.looks;
        let agree = counted(needed, "look agrees", "looks agree");
        let text = format!("{} for {age}, {looks} of {agree}", finding.kind.name());
        lines.push(fact("finding", piece(text, Role::Degraded)));
        for check in &finding.checks {
            let mark = if check.holds { "[x]" } else { "[ ]" };
            lines.push(vec![
                piece(format!("  {mark} {}  ", check.what), Role::Text),
                piece(check.detail.clone(), Role::Dim),
            ]);
        }
    }
    lines.push(vec![]);
    let waits = finding(leg).is_some_and(|finding| finding.waits);
    let text = if waits {
        "Nothing is done to it until you choose."
    } else {
        "The engine adopts it by itself (adopt = repair)."
    };
    lines.push(vec![piece(text, Role::Dim)]);
    lines
}

fn choice(model: &Model, leg: &LegView, _: Time) -> Vec<Vec<Piece<'static>>> {
    let rules = leg.instrument.as_deref();
    let mut lines = vec![head("a", "adopt    take ownership, then protect:")];
    match planned(model, leg, Purpose::Adopt(None)) {
        Ok(Preview::Stop(plan)) => {
            lines.push(sentence(format!("+ {}", words::stop(&plan, rules))));
            let risk = format::money(plan.profit_at_stop);
            let from_here = leg
                .profit
                .map(|profit| {
                    format!("   from here {}", format::money(plan.profit_at_stop - profit))
                })
                .unwrap_or_default();
            lines.push(sentence(format!("at the stop {risk} from entry{from_here}")));
        }
        Ok(_) => {}
        Err(why) => lines.push(refusal(why)),
    }
    lines.push(vec![]);
    lines.push(head("x", "close    all of it, now:"));
    match planned(model, leg, Purpose::Close(act::ALL)) {
        Ok(Preview::Close(plan)) => {
            let quantity = format::quantity(plan.quantity, rules.map(|rules| rules.step));
            let orders = match plan.orders.len() {
                0 | 1 => String::new(),
                many => format!(" in {many} orders"),
            };
            let side = words::shout(plan.side);
            lines.push(sentence(format!("{side} {quantity} market reduce-only{orders}")));
            let profit = plan.profit.unwrap_or(Money::ZERO);
            lines.push(sentence(format!("at the mark {} before fees", format::money(profit))));
        }
        Ok(_) => {}
        Err(why) => lines.push(refusal(why)),
    }
    lines
}

fn planned(model: &Model, leg: &LegView, purpose: Purpose) -> Result<Preview, String> {
    act::allows(purpose, leg)?;
    preview(purpose, leg, &model.live)
}

fn head(key: &str, text: &str) -> Vec<Piece<'static>> {
    vec![piece(format!("[{key}] "), Role::HintKey), piece(text.to_owned(), Role::Text)]
}

fn sentence(text: String) -> Vec<Piece<'static>> {
    vec![piece(format!("      {text}"), Role::Text)]
}

fn refusal(why: String) -> Vec<Piece<'static>> {
    vec![piece(format!("      {why}"), Role::FlashWarn)]
}

fn strays(canvas: &mut Canvas<'_>, model: &Model, area: Rect) {
    let (snapshot, now) = (model.shown(), model.shown_now());
    let title =
        format!("also unowned: stops of ours without a position({})", snapshot.strays.len());
    let inside = canvas.frame(area, &[piece(title, Role::Title)], "", Role::Border);
    for (index, stray) in snapshot.strays.iter().enumerate() {
        let Some(line) = line_of(inside, u16::try_from(index).unwrap_or(u16::MAX)) else { return };
        let age = format::state_age(now.since(stray.since));
        let text = format!(
            "   {} {}  {}  {age}  {}",
            stray.account,
            stray.symbol,
            words::order(&stray.order, None),
            stray.next
        );
        canvas.line(line, &[piece(text, Role::Text)]);
    }
    if snapshot.strays.is_empty() && inside.height > 0 {
        canvas.put(inside.x + 3, inside.y, inside.width, "none", Role::Dim);
    }
}
