//! Dialogs: what will be sent, the way out in reverse, the way on beside it.
//!
//! For: the plan itself, computed from the newest picture, with the age of what it rests on.
//! Door: [`paint`].

use ratatui::layout::Rect;

use crate::domain::plan::{ClosePlan, StopPlan};
use crate::domain::snapshot::LegView;
use crate::ui::dialog::{Dialog, Preview, Purpose, preview};
use crate::ui::format;
use crate::ui::model::{Model, leg};
use crate::ui::role::Role;
use crate::ui::standing::{self, Link};
use crate::ui::view::canvas::{Canvas, Piece, piece};
use crate::ui::view::stop_edit;
use crate::ui::words;

/// The lines of a box.
pub type Lines = Vec<Vec<Piece<'static>>>;

const WIDTH: u16 = 70;

/// Paints an open dialog over the middle of the screen.
pub fn paint(canvas: &mut Canvas<'_>, model: &Model, dialog: &Dialog) {
    let (title, mut lines) = match dialog.purpose {
        Purpose::Quit => ("quit holdfast".to_owned(), quitting(model)),
        purpose => (title(model, dialog, purpose), about(model, dialog)),
    };
    lines.push(vec![]);
    let again = dialog.changed.is_some() || dialog.refused.is_some();
    let role = if again { Role::FlashWarn } else { Role::HintDanger };
    lines.extend(choice(dialog.confirm_line(&model.live), role, room(canvas)));
    boxed(canvas, title, &lines);
}

/// Columns that a line has inside the box.
pub fn room(canvas: &Canvas<'_>) -> usize {
    usize::from(WIDTH.min(canvas.cells.area().width)).saturating_sub(4)
}

/// Paints lines in a box over the middle of the screen.
pub fn boxed(canvas: &mut Canvas<'_>, title: String, lines: &Lines) {
    let screen = *canvas.cells.area();
    let height = u16::try_from(lines.len() + 4).unwrap_or(u16::MAX).min(screen.height);
    let width = WIDTH.min(screen.width);
    let area =
        Rect { x: (screen.width - width) / 2, y: (screen.height - height) / 3, width, height };
    canvas.clear(area);
    let inside = canvas.frame(area, &[piece(title, Role::Title)], "", Role::BorderFocus);
    // On a low screen the lines that matter most are the last ones.
    let room = usize::from(inside.height);
    let is_low = room < lines.len() + 2;
    let skipped = lines.len().saturating_sub(room);
    let top = inside.y + u16::from(!is_low);
    for (y, pieces) in (top..inside.bottom()).zip(lines.iter().skip(skipped)) {
        let row = Rect { x: inside.x + 1, y, width: inside.width.saturating_sub(2), height: 1 };
        canvas.line(row, pieces);
    }
}

fn title(model: &Model, dialog: &Dialog, purpose: Purpose) -> String {
    let what = match purpose {
        Purpose::Close(percent) if percent == crate::ui::act::ALL => "close position".to_owned(),
        Purpose::Close(percent) => format!("close {percent} of the position"),
        Purpose::Adopt(_) => "adopt orphan".to_owned(),
        Purpose::Protect => "place the missing stop".to_owned(),
        Purpose::Stop(_) => "move the stop".to_owned(),
        Purpose::Trail(_) => "trailing of the stop".to_owned(),
        Purpose::Quit => "quit".to_owned(),
    };
    let leg = dialog.pin.as_ref().and_then(|pin| leg(&model.live, &pin.key));
    let place = leg.map_or_else(String::new, |leg| words::place(leg.venue, &leg.key));
    format!("{what}   {}  {place}", model.label)
}

/// A labelled line.
pub fn line(label: &'static str, text: String, role: Role) -> Vec<Piece<'static>> {
    vec![piece(format!(" {label:<9}"), Role::Dim), piece(text, role)]
}

fn about(model: &Model, dialog: &Dialog) -> Lines {
    let Some(pin) = &dialog.pin else { return Vec::new() };
    let Some(leg) = leg(&model.live, &pin.key) else { return Vec::new() };
    let step = leg.instrument.as_ref().map(|rules| rules.step);
    let target = format!(
        " {}  {}  {}  {}",
        words::place(leg.venue, &leg.key),
        pin.key.symbol,
        pin.side.name().to_uppercase(),
        format::quantity(pin.quantity, step)
    );
    let mut lines = vec![vec![piece(target, Role::Title)], vec![]];
    match preview(dialog.purpose, leg, &model.live) {
        Ok(Preview::Close(plan)) => closing(&mut lines, leg, &plan),
        Ok(Preview::Stop(plan)) => stopping(&mut lines, leg, &plan, dialog.purpose),
        Ok(Preview::Move(change)) => stop_edit::moving(&mut lines, leg, &change),
        Ok(Preview::Trail(change)) => stop_edit::trailing(&mut lines, leg, &change),
        Err(why) => lines.push(line("nothing", why, Role::FlashError)),
    }
    lines.push(vec![]);
    let age = leg.mark.map(|mark| format::value_age(model.now.since(mark.at)));
    let age = age.map_or_else(|| "no mark".to_owned(), |age| format!("mark age {age}"));
    lines.push(line("snapshot", format!("seq {}   {age}", format::count(pin.snapshot)), Role::Dim));
    let link = standing::account(&model.live, leg).map(|a| Link::of(a, model.now));
    if let Some(link) = link.filter(|_| dialog.typed.is_some()) {
        let (word, _) = words::link(link);
        let text = format!("{word}: this may be wrong, so y is not enough");
        lines.push(line("venue", text, Role::FlashWarn));
    }
    lines
}

fn closing(lines: &mut Lines, leg: &LegView, plan: &ClosePlan) {
    let rules = leg.instrument.as_ref();
    let step = rules.map(|rules| rules.step);
    let side = words::shout(plan.side);
    let quantity = format::quantity(plan.quantity, step);
    lines.push(line("send", format!("{side} {quantity} market reduce-only"), Role::Text));
    if plan.orders.len() > 1 {
        let sizes: Vec<String> =
            plan.orders.iter().map(|order| format::quantity(*order, step)).collect();
        let text = format!("in {} orders: {}", sizes.len(), sizes.join(" + "));
        lines.push(line("", text, Role::Text));
    }
    if let Some(mark) = leg.mark {
        let mark = format::price(mark.value, rules.map(|rules| rules.tick));
        let profit = plan.profit.map_or_else(String::new, |profit| {
            format!("   profit {} before fees", format::money(profit))
        });
        lines.push(line("expect", format!("mark {mark}{profit}"), Role::Text));
    }
    let ours = leg.stops.iter().filter(|stop| stop.ours()).count();
    let then = match (ours, plan.whole) {
        (0, _) => "no stop of ours is left behind".to_owned(),
        (1, true) => "its stop goes once the fill is confirmed".to_owned(),
        (many, true) => format!("its {many} stops go once the fill is confirmed"),
        (_, false) => "its stop stays behind what is left".to_owned(),
    };
    lines.push(line("then", then, Role::Text));
}

fn stopping(lines: &mut Lines, leg: &LegView, plan: &StopPlan, purpose: Purpose) {
    let rules = leg.instrument.as_deref();
    if let (Purpose::Adopt(_), Some(open)) = (purpose, leg.open()) {
        let entry = format::price(open.entry, rules.map(|rules| rules.tick));
        let quantity = format::quantity(open.quantity, rules.map(|rules| rules.step));
        let row = format!("nothing -> {} {quantity} @ {entry}, active", open.side);
        lines.push(line("ledger", row, Role::Text));
    }
    let have = if leg.stops.is_empty() { "none" } else { "not enough" };
    lines.push(line("stop", format!("{have} -> {}", words::stop(plan, rules)), Role::Text));
    let from_entry = format::money(plan.profit_at_stop);
    let here = leg.profit.map_or_else(String::new, |profit| {
        format!("   from here {}", format::money(plan.profit_at_stop - profit))
    });
    lines.push(line("risk", format!("at the stop {from_entry} from entry{here}"), Role::Text));
}

fn quitting(model: &Model) -> Lines {
    let mut lines = vec![
        line("ends", "the screen and the engine: nothing is watched any more".into(), Role::Text),
        line("stays", "every stop stays live on the venue".into(), Role::Text),
    ];
    let mut label = "alone";
    let total = standing::summary(&model.live, model.now).total;
    let role = if total.is_known() { Role::Text } else { Role::FlashWarn };
    for text in format::wrapped(&total.text(), 54) {
        lines.push(line(label, text, role));
        label = "";
    }
    let naked = model.totals.naked;
    if naked > 0 {
        let text = format!("{naked} open without a stop: nobody will mend that");
        lines.push(line("naked", text, Role::FlashError));
    }
    if !model.pending.is_empty() {
        let text = format!("{} asked and not finished", model.pending.len());
        lines.push(line("under way", text, Role::FlashWarn));
    }
    lines
}

/// The way out and the way on, side by side where there is room for both.
pub fn choice(confirm: String, role: Role, room: usize) -> Lines {
    let cancel = || piece("[ Cancel ]", Role::Cursor);
    if CHOICE_INDENT.len() + 13 + format::width(&confirm) <= room {
        let gap = piece("   ", Role::Text);
        let indent = piece(CHOICE_INDENT, Role::Text);
        return vec![vec![indent, cancel(), gap, piece(confirm, role)]];
    }
    let mut lines = vec![vec![cancel()]];
    let wrapped = format::wrapped(&confirm, room);
    lines.extend(wrapped.into_iter().map(|line| vec![piece(line, role)]));
    lines
}

const CHOICE_INDENT: &str = "     ";
