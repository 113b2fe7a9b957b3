//! The dialogs of the upper rungs: every leg that goes, what does not and why, what it takes.
//!
//! For: the plan that was pinned, with its progress once it was sent. The list scrolls; what has
//! to be typed is always in sight. Door: [`paint`].

use crate::domain::amount::Money;
use crate::domain::count::counted;
use crate::domain::guard::Guard;
use crate::domain::key::PositionKey;
use crate::domain::plan::{Blast, Blow};
use crate::domain::snapshot::{BatchLeg, BatchView};
use crate::ui::blast::{Asked, Reach, Step, batch};
use crate::ui::format;
use crate::ui::model::{Model, leg};
use crate::ui::role::Role;
use crate::ui::standing::{self, Link};
use crate::ui::view::canvas::{Canvas, Piece, piece};
use crate::ui::view::dialog::{Lines, boxed, choice, line, room};
use crate::ui::view::health;
use crate::ui::words;

/// Paints an open dialog over the middle of the screen.
pub fn paint(canvas: &mut Canvas<'_>, model: &Model, asked: &Asked) {
    let screen = canvas.cells.area().height;
    let (list, below) = match asked.reach {
        Reach::Shutdown => (staying(model, asked), ending(model)),
        _ => (going(model, asked), sending(model, asked)),
    };
    let role = if asked.is_changed || asked.refused.is_some() {
        Role::FlashWarn
    } else {
        Role::HintDanger
    };
    let text = confirm(model, asked);
    let end = match asked.step {
        Step::Running(_) => vec![vec![piece(format!(" {text}"), Role::HintKey)]],
        _ => choice(text, role, room(canvas)),
    };
    // The flash line below stays free: what it says is about this dialog.
    let free = model.regions().flash.y;
    let fits = |sight: usize| {
        let lines = sight + below.len() + end.len() + 6;
        let height = u16::try_from(lines).unwrap_or(u16::MAX).min(screen);
        (screen - height) / 3 + height <= free
    };
    let sight = (1..=list.len()).rev().find(|sight| fits(*sight)).unwrap_or(1);
    let mut lines = window(list, asked.top, sight);
    lines.push(vec![]);
    lines.extend(below);
    lines.push(vec![]);
    lines.extend(end);
    boxed(canvas, title(model, asked), &lines);
}

fn title(model: &Model, asked: &Asked) -> String {
    let count = asked.blast.legs.len();
    let what = match &asked.reach {
        Reach::Marked(_) => format!("close marked({count})"),
        Reach::Unprotected => format!("close unprotected({count})"),
        Reach::All(account) => {
            let armed = model.wide.armed_for(model.now).map_or_else(String::new, |left| {
                format!("   (armed {} left)", format::state_age(left))
            });
            format!("CLOSE ALL  {account}{armed}")
        }
        Reach::Shutdown => "SHUT DOWN".to_owned(),
    };
    format!("{what}   {}", model.label)
}

/// So many lines of a list from `top` on; what is left out is counted.
fn window(list: Lines, top: usize, sight: usize) -> Lines {
    let total = list.len();
    if total <= sight {
        return list;
    }
    let shown = sight.saturating_sub(1).max(1);
    let top = top.min(total - shown);
    let mut lines: Lines = list.into_iter().skip(top).take(shown).collect();
    if sight > 1 {
        let text = format!("    {} of {total} lines; up and down scroll", top + shown);
        lines.push(vec![piece(text, Role::Dim)]);
    }
    lines
}

/// Every leg that goes, then those that do not.
fn going(model: &Model, asked: &Asked) -> Lines {
    let batch = match asked.step {
        Step::Running(ask) => batch(&model.live, ask),
        _ => None,
    };
    let goes: Vec<Row> = asked.blast.legs.iter().map(|blow| Row::of(model, blow)).collect();
    let widest = |cell: usize| {
        let widths = goes.iter().map(|row| format::width(&row.cells[cell]));
        widths.max().unwrap_or(0)
    };
    let widths = [widest(0), widest(1), widest(2), widest(3), widest(4)];
    let goes = goes.iter().map(|row| row.line(widths, batch));
    let stays = asked.blast.excluded.iter().map(|(key, why)| {
        let place = place(model, key);
        vec![piece(format!(" -  {place} {}  not: {why}", key.symbol), Role::Dim)]
    });
    goes.chain(stays).collect()
}

fn place(model: &Model, key: &PositionKey) -> String {
    let account = model.live.accounts.iter().find(|account| account.name == key.account);
    account.map_or_else(|| key.account.to_string(), words::account)
}

/// A leg that goes: account, symbol, side, size and profit, before they are set in columns.
struct Row<'a> {
    blow: &'a Blow,
    cells: [String; 5],
}

impl<'a> Row<'a> {
    fn of(model: &Model, blow: &'a Blow) -> Self {
        let rules = leg(&model.live, &blow.key).and_then(|leg| leg.instrument.as_ref());
        let profit = blow.plan.profit;
        let cells = [
            place(model, &blow.key),
            blow.key.symbol.to_string(),
            blow.open.side.name().to_uppercase(),
            format::quantity(blow.plan.quantity, rules.map(|rules| rules.step)),
            profit.map_or_else(|| format::NONE.to_owned(), format::money),
        ];
        Self { blow, cells }
    }

    fn line(&self, widths: [usize; 5], batch: Option<&BatchView>) -> Vec<Piece<'static>> {
        let (mark, role) = match self.blow.guard {
            Guard::Naked => ("!!", Role::Naked),
            Guard::Partly(_) => ("! ", Role::Degraded),
            Guard::Unknown => ("? ", Role::Phantom),
            Guard::Covered(_) => ("  ", Role::Text),
        };
        let [place, symbol, side, quantity, profit] = &self.cells;
        let [w0, w1, w2, w3, w4] = widths;
        let target = format!(" {place:<w0$} {symbol:<w1$} {side:<w2$} {quantity:>w3$}");
        let mut line = vec![piece(format!(" {mark}"), role), piece(target, Role::Text)];
        let mut legs = batch.into_iter().flat_map(|batch| batch.legs.iter());
        if let Some((_, stands)) = legs.find(|(key, _)| *key == self.blow.key) {
            let (word, how) = progress(stands);
            line.push(piece(format!("  {word}"), how));
            return line;
        }
        let loss = match self.blow.plan.profit {
            Some(profit) if profit.0.is_sign_negative() => Role::Loss,
            Some(_) => Role::Gain,
            None => Role::Dim,
        };
        let tail = match self.blow.guard {
            _ if self.blow.plan.whole => "",
            Guard::Partly(_) => " (uncovered part)",
            _ => " (part)",
        };
        line.push(piece(format!(" {profit:>w4$}"), loss));
        line.push(piece(tail, Role::Dim));
        line
    }
}

fn progress(stands: &BatchLeg) -> (String, Role) {
    match stands {
        BatchLeg::Waiting => ("waits".to_owned(), Role::Dim),
        BatchLeg::Closing => ("CLOSING".to_owned(), Role::Degraded),
        BatchLeg::Done => ("CLOSED".to_owned(), Role::Guarded),
        BatchLeg::Failed(why) => (format!("FAILED {why}"), Role::Naked),
        BatchLeg::Aborted => ("stopped, not sent".to_owned(), Role::FlashWarn),
        BatchLeg::Excluded(why) => (format!("not: {why}"), Role::FlashWarn),
    }
}

fn sending(model: &Model, asked: &Asked) -> Lines {
    let blast = &asked.blast;
    let mut lines = Lines::new();
    if let Reach::All(account) = &asked.reach {
        let view = model.live.accounts.iter().find(|view| view.name == *account);
        let place = view.map_or_else(|| account.to_string(), words::account);
        let text = format!(
            "{} on {place}   notional {}",
            counted(blast.legs.len(), "position", "positions"),
            format::fixed(blast.notional.0, 2)
        );
        lines.push(line("all", text, Role::Title));
        let link = view.map(|view| Link::of(view, model.now)).filter(|link| link.is_doubtful());
        let is_open = !matches!(asked.step, Step::Running(_));
        if let Some(link) = link.filter(|_| is_open) {
            let text = format!("{}: what is shown may be wrong", words::link(link).0);
            lines.push(line("venue", text, Role::FlashWarn));
        }
    }
    let orders: usize = blast.legs.iter().map(|blow| blow.plan.orders.len()).sum();
    let how = match asked.at_once() {
        1 => "one by one".to_owned(),
        many => format!("{many} in flight"),
    };
    let sent = counted(orders, "reduce-only market order", "reduce-only market orders");
    let text = format!("{sent}, {how}, worst first");
    lines.push(line("send", text, Role::Text));
    lines.push(line("expect", expected(blast), Role::Text));
    let tenths = blast.sending.millis().div_ceil(100);
    let text = format!(
        "{}, at least {}.{}s; each is proven flat",
        counted(blast.requests, "request", "requests"),
        tenths / 10,
        tenths % 10
    );
    lines.push(line("takes", text, Role::Text));
    let stops = "stay until each fill is confirmed, then are cancelled";
    if blast.legs.iter().any(|blow| blow.guard != Guard::Naked && blow.plan.whole) {
        lines.push(line("stops", stops.to_owned(), Role::Text));
    }
    if let Reach::All(_) = asked.reach {
        let text = "goes to HALT: opens nothing, adopts nothing";
        lines.push(line("engine", text.to_owned(), Role::Text));
    }
    if matches!(asked.step, Step::Count | Step::Countdown(_)) && !asked.reason.is_empty() {
        lines.push(line("why", asked.reason.clone(), Role::Text));
    }
    lines
}

fn expected(blast: &Blast) -> String {
    let known = |sum: Option<Money>, text: fn(Money) -> String| {
        sum.map_or_else(|| "not known".to_owned(), text)
    };
    let realised = known(blast.profit, format::money);
    let fee = known(blast.fee, |fee| format::fixed(fee.0, 2));
    format!("realised {realised} before fees   fee {fee}")
}

/// What stays behind the engine, leg by leg.
fn staying(model: &Model, asked: &Asked) -> Lines {
    let widest = |width: fn(&Model, &PositionKey) -> usize| {
        asked.stays.iter().map(|(key, _)| width(model, key)).max().unwrap_or(0)
    };
    let w0 = widest(|model, key| format::width(&place(model, key)));
    let w1 = widest(|_, key| format::width(key.symbol.as_str()));
    let lines = asked.stays.iter().map(|(key, alone)| {
        let leg = leg(&model.live, key);
        let (text, role) = health::stays(leg, alone);
        let mark =
            leg.map(|leg| standing::Standing::of(leg, &model.live, model.now).severity.mark());
        let (mark, place, symbol) = (mark.unwrap_or(""), place(model, key), key.symbol.as_str());
        let target = format!(" {mark:<2} {place:<w0$} {symbol:<w1$}  ");
        vec![piece(target, Role::Text), piece(text, role)]
    });
    lines.collect()
}

fn ending(model: &Model) -> Lines {
    let total = standing::summary(&model.live, model.now).total;
    let mut lines = vec![
        line("ends", "the engine and the screen: nothing is watched any more".into(), Role::Text),
        line("stays", "every stop stays live on the venue; none is taken away".into(), Role::Text),
    ];
    let is_fine = total.naked + total.partly == 0 && total.is_known();
    let role = if is_fine { Role::Text } else { Role::FlashError };
    let mut label = "in all";
    for text in format::wrapped(&total.text(), 54) {
        lines.push(line(label, text, role));
        label = "";
    }
    lines
}

fn confirm(model: &Model, asked: &Asked) -> String {
    if let Some(why) = &asked.refused {
        return why.clone();
    }
    let count = asked.blast.legs.len();
    let again = if asked.is_changed { "changed, look again: " } else { "" };
    match (asked.step, asked.wanted()) {
        (Step::Reason, _) => format!("why? {}_", asked.reason),
        (Step::Count, Some(wanted)) => {
            let typed = &asked.typed;
            format!("{again}type {wanted} then Enter: [{typed}_]")
        }
        (Step::Count, None) => "y  shut down".to_owned(),
        (Step::Countdown(at), _) => {
            let left = at.since(model.now).millis().div_ceil(1000);
            format!("closes {count} in {left}s; any key stops it")
        }
        (Step::Running(ask), _) => running(model, asked, ask),
    }
}

fn running(model: &Model, asked: &Asked, ask: u64) -> String {
    let answer = model.live.answers.iter().rev().find(|answer| answer.ask == ask);
    let Some(batch) = batch(&model.live, ask) else {
        let said = answer.filter(|answer| answer.verdict.is_final());
        return said.map_or_else(
            || "sent; Esc stops what is not sent yet, Enter leaves".to_owned(),
            |answer| format!("{}; Enter leaves", answer.text),
        );
    };
    let n = batch.count();
    let sum = format!("{} of {} closed", n.done, batch.legs.len());
    match batch.ended {
        Some(_) => format!("{sum}; Enter leaves"),
        None if asked.is_stopped => format!("{sum}; stopped, {} in flight go on", n.closing),
        None => format!("{sum}; Esc stops what is not sent, Enter leaves"),
    }
}
