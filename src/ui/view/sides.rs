//! Both sides of the chosen difference, field by field.
//!
//! For: what the ledger says on the left, what the venue says on the right, signs where they
//! differ. Not for: what follows from it (`proof`). Door: [`paint`].

use ratatui::layout::Rect;

use crate::domain::evidence::Fill;
use crate::domain::guard::Guard;
use crate::domain::order::ConditionalOrder;
use crate::domain::snapshot::{FindingView, LegView, There};
use crate::domain::time::Time;
use crate::ui::format;
use crate::ui::model::{Model, leg};
use crate::ui::role::Role;
use crate::ui::rows::RowKey;
use crate::ui::standing;
use crate::ui::view::canvas::{Canvas, piece};
use crate::ui::view::positions::line_of;
use crate::ui::words;

/// The finding under the cursor, with its leg.
pub fn chosen(model: &Model) -> Option<(&LegView, &FindingView)> {
    let Some(RowKey::Finding(key, kind)) = model.cursor() else { return None };
    let leg = leg(model.shown(), key)?;
    Some((leg, leg.findings.iter().find(|f| f.kind == *kind)?))
}

/// Paints both sides.
pub fn paint(canvas: &mut Canvas<'_>, model: &Model, left: Rect, right: Rect) {
    if left.height == 0 {
        return;
    }
    let ledger = [piece("ledger", Role::Title), piece("  what we believe", Role::Dim)];
    let venue = [piece("venue", Role::Title), piece("  what they say", Role::Dim)];
    let chosen = chosen(model);
    let about = chosen.map_or_else(String::new, |(leg, _)| {
        let hedged = match leg.key.leg {
            crate::domain::key::Leg::Net => "",
            leg => leg.name(),
        };
        format!("{} {} {hedged}", words::place(leg.venue, &leg.key), leg.key.symbol)
    });
    let left = canvas.frame(left, &ledger, about.trim_end(), Role::Border);
    let right = canvas.frame(right, &venue, about.trim_end(), Role::Border);
    let Some((leg, _)) = chosen else { return };
    for (index, fact) in facts(model, leg).iter().enumerate() {
        let at = u16::try_from(index).unwrap_or(u16::MAX);
        for (area, sign, value, role) in [
            (left, "-", &fact.ledger, Role::DiffLedger),
            (right, "+", &fact.venue, Role::DiffVenue),
        ] {
            let Some(line) = line_of(area, at) else { return };
            let (sign, role) = if fact.differs { (sign, role) } else { (" ", Role::Text) };
            let pieces = [
                piece(
                    format!("{sign} {:<10}", fact.name),
                    if fact.differs { role } else { Role::Dim },
                ),
                piece(value.as_str(), role),
            ];
            canvas.line(line, &pieces);
        }
    }
}

/// One fact from both sides.
struct Fact {
    name: &'static str,
    ledger: String,
    venue: String,
    differs: bool,
}

fn fact(name: &'static str, ledger: String, venue: String, differs: bool) -> Fact {
    Fact { name, ledger, venue, differs }
}

/// The facts, the ones that are compared first.
fn facts(model: &Model, leg: &LegView) -> Vec<Fact> {
    let now = model.shown_now();
    let rules = leg.instrument.as_ref();
    let (tick, step) = (rules.map(|r| r.tick), rules.map(|r| r.step));
    let none = || format::NONE.to_owned();
    let (row, open) = (leg.row.as_ref(), leg.open());
    let unknown = leg.there == There::Unknown;
    let differs = |same: bool| row.is_some() && !unknown && !same;
    let sides = (row.map(|row| row.side), open.map(|open| open.side));
    let sizes = (row.map(|row| row.quantity), open.map(|open| open.quantity));
    let entries = (row.map(|row| row.entry_price), open.map(|open| open.entry));
    let no_position = if unknown { "not known" } else { "no position" };
    let price = |at: Option<_>| at.map_or_else(none, |at| format::price(at, tick));
    let size = |of: Option<_>, nothing: &str| {
        of.map_or_else(|| nothing.to_owned(), |of| format::quantity(of, step))
    };
    let word = |side: Option<crate::domain::amount::Side>, nothing: &str| {
        side.map_or_else(|| nothing.to_owned(), |side| side.to_string())
    };
    let held = if unknown { format::NONE } else { "0" };
    let guarded = matches!(leg.guard.value, Guard::Covered(_));
    vec![
        fact(
            "side",
            word(sides.0, "no row"),
            word(sides.1, no_position),
            differs(sides.0 == sides.1),
        ),
        fact("qty", size(sizes.0, format::NONE), size(sizes.1, held), differs(sizes.0 == sizes.1)),
        fact("entry", price(entries.0), price(entries.1), differs(entries.0 == entries.1)),
        fact(
            "stop",
            leg.want.map_or_else(none, |at| format!("{} wanted", format::price(at, tick))),
            stops(leg),
            open.is_some() && !guarded || open.is_none() && !leg.stops_there().is_empty(),
        ),
        fact(
            "opened",
            moment(row.map(|row| row.opened_at), now),
            moment(leg.opened.filter(|_| row.is_none() && open.is_some()), now),
            false,
        ),
        fact("last fill", none(), last_fill(leg), false),
        fact("version", version(leg), heard(model, leg), false),
    ]
}

/// The conditional orders of a leg in one line: the first, and how many more.
fn stops(leg: &LegView) -> String {
    let tick = leg.instrument.as_ref().map(|rules| rules.tick);
    let there = leg.stops_there();
    let Some((first, rest)) = there.split_first() else {
        let unread = leg.guard.value == Guard::Unknown;
        return if unread { "not known".to_owned() } else { "none".to_owned() };
    };
    let at = first.trigger.map_or_else(|| format::NONE.to_owned(), |at| format::price(at, tick));
    let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
    let left = if leg.open().is_none() { " still live" } else { "" };
    format!("{at} {}{left}{more}", whose(first, leg))
}

fn whose(order: &ConditionalOrder, leg: &LegView) -> String {
    if order.on_position {
        return "on the position".to_owned();
    }
    let step = leg.instrument.as_ref().map(|rules| rules.step);
    let held = leg.open().map(|open| open.quantity);
    let part = order.quantity.filter(|quantity| Some(*quantity) != held);
    let part =
        part.map_or_else(String::new, |part| format!("for {} ", format::quantity(part, step)));
    let owner = if order.ours() { "ours" } else { "foreign" };
    format!("{part}{owner} id {}", short(order.id.as_str()))
}

/// The two ends of a long id: enough to find it.
fn short(id: &str) -> String {
    let letters: Vec<char> = id.chars().collect();
    match letters.len() {
        0..=10 => id.to_owned(),
        many => {
            let (head, tail): (String, String) =
                (letters[..4].iter().collect(), letters[many - 4..].iter().collect());
            format!("{head}..{tail}")
        }
    }
}

fn last_fill(leg: &LegView) -> String {
    let rules = leg.instrument.as_ref();
    let (tick, step) = (rules.map(|r| r.tick), rules.map(|r| r.step));
    leg.last_fill.as_ref().map_or_else(
        || "none known".to_owned(),
        |Fill { side, quantity, price, at, .. }| {
            format!(
                "{} {} @ {} {}",
                words::shout(*side),
                format::quantity(*quantity, step),
                format::price(*price, tick),
                format::clock(Time(at.0))
            )
        },
    )
}

fn version(leg: &LegView) -> String {
    leg.row.as_ref().map_or_else(
        || format::NONE.to_owned(),
        |row| {
            let (status, id, revision) = (row.status.name(), row.id.0, row.revision);
            format!("row {id} {status} rev {revision} at {}", format::clock(row.updated_at))
        },
    )
}

/// When a complete look was last had, and when the stream last spoke of it.
fn heard(model: &Model, leg: &LegView) -> String {
    let now = model.shown_now();
    let said = |at: Option<Time>| {
        at.map_or_else(
            || "never".to_owned(),
            |at| format!("{} ({})", format::clock(at), format::rough_age(now.since(at))),
        )
    };
    let account = standing::account(model.shown(), leg);
    let look = account.and_then(|account| account.counters).map(|counters| counters.at);
    format!("look {}  stream {}", said(look), said(leg.told))
}

fn moment(at: Option<Time>, now: Time) -> String {
    at.map_or_else(
        || format::NONE.to_owned(),
        |at| {
            let text = at.rfc3339().get(..19).unwrap_or_default().replace('T', " ");
            format!("{text}Z ({} ago)", format::age(now.since(at)))
        },
    )
}
