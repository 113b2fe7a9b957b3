//! The prompt: `:` commands and `/` filters, typed on the flash line.
//!
//! For: editing one line, understanding a command. A prompt owns the keyboard; a paste goes into
//! its text and never presses Enter. Not for: how a line may go on (`complete`), doing what was
//! said (`update`). Door: [`Prompt`], [`parse`].

use rust_decimal::Decimal;

use crate::domain::amount::{Percent, Price};
use crate::domain::command::StopTo;
use crate::domain::key::{AccountName, Leg, PositionKey};
use crate::domain::plan::StopAt;
use crate::domain::snapshot::Snapshot;
use crate::domain::trail::TrailPlan;
use crate::domain::trust::Duty;
use crate::ui::model::{View, leg};
use crate::ui::reel::Goto;
use crate::ui::stop_edit;
use crate::ui::timeline;
use crate::ui::wide::{self, Order};

/// Which prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `:`
    Command,
    /// `/`
    Filter,
}

/// An open prompt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// Which.
    pub kind: Kind,
    /// What was typed.
    pub text: String,
    /// What is wrong with it.
    pub error: Option<String>,
    /// How far back in the history it is.
    pub recalled: usize,
    /// The completion that Tab chose last, and what it completes.
    pub tabbed: Option<(String, usize)>,
}

impl Prompt {
    /// An empty prompt, or a filter to go on with.
    pub fn new(kind: Kind, text: &str) -> Self {
        Self { kind, text: text.to_owned(), error: None, recalled: 0, tabbed: None }
    }

    /// Adds typed or pasted text, without anything that is not a character of a line.
    pub fn add(&mut self, text: &str) {
        const LINE_MAX: usize = 256;
        let room = LINE_MAX.saturating_sub(self.text.chars().count());
        self.text.extend(text.chars().filter(|c| !c.is_control()).take(room));
        self.touched();
    }

    /// Takes the last character away.
    pub fn backspace(&mut self) {
        self.text.pop();
        self.touched();
    }

    /// Takes the last word away.
    pub fn cut_word(&mut self) {
        let kept = self.text.trim_end().rfind(' ').map_or(0, |at| at + 1);
        self.text.truncate(kept);
        self.touched();
    }

    /// Forgets what was completed and recalled.
    pub fn touched(&mut self) {
        self.error = None;
        self.tabbed = None;
        self.recalled = 0;
    }
}

/// What a command line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// Show a view, filtered when a filter is named.
    Show(View, Option<String>),
    /// Put the cursor on a symbol.
    Go(PositionKey),
    /// Open the dialog that closes.
    Close(PositionKey, Percent),
    /// Open the dialog that adopts.
    Adopt(PositionKey, Option<StopAt>),
    /// Place the missing stop.
    Protect(PositionKey),
    /// Open the dialog that moves a stop.
    Stop(PositionKey, StopTo),
    /// Open the dialog that changes how a stop trails.
    Trail(PositionKey, Option<TrailPlan>),
    /// Take a repair back, or choose which.
    Undo(Option<String>),
    /// Write what is proposed for a row.
    Resolve(PositionKey),
    /// Let a demoted rule stand again.
    Restore(AccountName, Duty),
    /// Who learnt what, and when.
    Timeline(Option<PositionKey>),
    /// Look again.
    Resync(Option<AccountName>),
    /// Something about more than one leg.
    Wide(Order),
    /// Help.
    Help,
    /// Write an incident bundle.
    Dump,
    /// Freeze or go on.
    Freeze,
    /// Another theme.
    Theme(String),
    /// Wind a recording to a place.
    Goto(Goto),
    /// Ask whether to leave.
    Quit,
}

impl Said {
    /// Whether it changes nothing outside the console.
    pub fn only_looks(&self) -> bool {
        let winds =
            matches!(self, Self::Show(..) | Self::Go(_) | Self::Timeline(_) | Self::Goto(_));
        winds || matches!(self, Self::Help | Self::Freeze | Self::Theme(_) | Self::Quit)
    }
}

/// Commands: name, what follows it, what it does.
pub const COMMANDS: [(&str, &str, &str); 23] = [
    ("pos", "[filter]", "positions"),
    ("orphans", "", "on the venue, not in the ledger"),
    ("diff", "", "where ledger and venue differ"),
    ("stops", "[filter]", "what protects each position"),
    ("events", "[filter]", "what happened"),
    ("health", "[filter]", "accounts, engine, and what stays if it stops now"),
    ("close", "SYM [50%]", "close a position, or a share of it; asks y"),
    ("adopt", "SYM [PRICE or 2%]", "take an orphan into the ledger; asks y"),
    ("protect", "SYM", "place the missing stop now"),
    ("stop", "SYM PRICE or 2%", "move the stop: a price, 2% from entry, mark 1%; asks y"),
    ("trail", "SYM 1.2% or off", "trail the stop: 1.2% arm 0.4% step 0.1%; asks y"),
    ("be", "SYM", "move the stop to breakeven; asks y"),
    ("resolve", "SYM", "resolve a difference without proof; asks why, then y"),
    ("undo", "[REPAIR]", "take a repair of the ledger back, or choose one; asks y"),
    ("restore", "ACCOUNT RULE", "let a rule that an undo held back stand again; asks y"),
    ("timeline", "[SYM]", "who learnt what became of it, and when; of ended ones too"),
    ("resync", "[ACCOUNT]", "look again, completely"),
    ("dump", "", "put what happened lately into one file, without secrets"),
    ("theme", "NAME", "change the colours"),
    ("freeze", "", "hold the picture; again to go on"),
    ("help", "", "keys and commands"),
    ("quit", "", "leave; stops stay on the venue"),
    ("q", "", "leave; stops stay on the venue"),
];

/// Understands a command line.
///
/// # Errors
/// One sentence that says what was not understood.
pub fn parse(text: &str, snapshot: &Snapshot) -> Result<Option<Said>, String> {
    let (verb, rest) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
    let rest = rest.trim();
    let words: Vec<&str> = rest.split_whitespace().collect();
    let filter = (!rest.is_empty()).then(|| rest.trim_start_matches('/').to_owned());
    if let Some(order) = wide::parse(verb, &words, snapshot) {
        return order.map(|order| Some(Said::Wide(order)));
    }
    let said = match verb {
        "" => return Ok(None),
        "pos" | "positions" => Said::Show(View::Positions, filter),
        "orphans" => Said::Show(View::Orphans, filter),
        "diff" => Said::Show(View::Diff, filter),
        "stops" => Said::Show(View::Stops, filter),
        "events" => Said::Show(View::Events, filter),
        "health" => Said::Show(View::Health, filter),
        "close" => close(&words, snapshot)?,
        "adopt" => adopt(&words, snapshot)?,
        "protect" => Said::Protect(sole(target(&words, snapshot)?)?),
        "stop" | "trail" | "be" => stop(verb, &words, snapshot)?,
        "resolve" => Said::Resolve(sole(target(&words, snapshot)?)?),
        "undo" => Said::Undo(undo(&words, snapshot)?),
        "restore" => restore(&words, snapshot)?,
        "timeline" => Said::Timeline(timeline::find(&words, snapshot)?),
        "resync" => Said::Resync(resync(&words, snapshot)?),
        "theme" => match words.as_slice() {
            [name] => Said::Theme((*name).to_owned()),
            _ => return Err("theme takes one name; Tab lists them".to_owned()),
        },
        "goto" => Said::Goto(Goto::parse(rest)?),
        "dump" | "freeze" | "help" | "q" | "quit" if !words.is_empty() => {
            return Err(format!("{verb} takes nothing"));
        }
        "dump" => Said::Dump,
        "freeze" => Said::Freeze,
        "help" => Said::Help,
        "q" | "quit" => Said::Quit,
        symbol => {
            let found = find(symbol, &words, snapshot)?;
            let nothing = || format!("no command and no symbol is called {symbol}");
            Said::Go(sole(found.ok_or_else(nothing)?)?)
        }
    };
    Ok(Some(said))
}

/// The one leg that is meant, where nothing is said after it.
fn sole((key, rest): (PositionKey, &[&str])) -> Result<PositionKey, String> {
    match (key, rest) {
        (key, []) => Ok(key),
        (key, rest) => Err(format!("\"{}\" after {} means nothing", rest.join(" "), key.symbol)),
    }
}

fn close(words: &[&str], snapshot: &Snapshot) -> Result<Said, String> {
    let (key, rest) = target(words, snapshot)?;
    let percent = match rest {
        [] => crate::ui::act::ALL,
        [share] => share
            .strip_suffix('%')
            .and_then(|digits| digits.parse::<Decimal>().ok())
            .filter(|share| *share > Decimal::ZERO && *share <= Decimal::ONE_HUNDRED)
            .map(Percent)
            .ok_or_else(|| format!("\"{share}\" is no share; say 50% or nothing for all"))?,
        _ => return Err("close takes a symbol and at most a share".to_owned()),
    };
    Ok(Said::Close(key, percent))
}

fn adopt(words: &[&str], snapshot: &Snapshot) -> Result<Said, String> {
    let (key, rest) = target(words, snapshot)?;
    let stop = match rest {
        [] => None,
        [at] => Some(stop_at(at).ok_or_else(|| {
            format!("\"{at}\" is no stop; say a price, a distance like 2%, or nothing")
        })?),
        _ => return Err("adopt takes a symbol and at most a stop".to_owned()),
    };
    Ok(Said::Adopt(key, stop))
}

fn stop(verb: &str, words: &[&str], snapshot: &Snapshot) -> Result<Said, String> {
    let (key, rest) = target(words, snapshot)?;
    let leg = leg(snapshot, &key).ok_or_else(|| format!("{key} is not there any more"))?;
    match (verb, rest) {
        ("stop", _) => Ok(Said::Stop(key, stop_edit::to(rest, leg)?)),
        ("trail", _) => Ok(Said::Trail(key, stop_edit::plan(rest, leg, &snapshot.policy)?)),
        (_, []) => Ok(Said::Stop(key, StopTo::BreakEven)),
        _ => Err("be takes a symbol".to_owned()),
    }
}

fn stop_at(text: &str) -> Option<StopAt> {
    let text = text.replace(',', "");
    match text.strip_suffix('%') {
        Some(digits) => {
            let share: Decimal = digits.parse().ok()?;
            (share > Decimal::ZERO).then_some(StopAt::Distance(Percent(share)))
        }
        None => Price::new(text.parse().ok()?).ok().map(StopAt::Price),
    }
}

/// Reads `SYM`, `ACCOUNT:SYM` or `SYM long` and finds the one leg that is meant.
fn target<'a, 'b>(
    words: &'a [&'b str],
    snapshot: &Snapshot,
) -> Result<(PositionKey, &'a [&'b str]), String> {
    let (name, rest) = words.split_first().ok_or("which symbol?")?;
    let nothing = || format!("no position and no orphan is called {name}");
    find(name, rest, snapshot)?.ok_or_else(nothing)
}

/// The one leg of that name, with what is said after it; none where nothing is called so.
fn find<'a, 'b>(
    name: &str,
    mut rest: &'a [&'b str],
    snapshot: &Snapshot,
) -> Result<Option<(PositionKey, &'a [&'b str])>, String> {
    let (account, symbol) = name.split_once(':').map_or((None, name), |(a, s)| (Some(a), s));
    let mut side = None;
    if let Some((word, after)) = rest.split_first()
        && let Some(leg) = Leg::parse(word)
    {
        (side, rest) = (Some(leg), after);
    }
    let candidates = |exact: bool| -> Vec<&PositionKey> {
        let legs = snapshot.legs.iter().filter(|leg| {
            let have = leg.key.symbol.as_str();
            let same = if exact { have == symbol } else { have.eq_ignore_ascii_case(symbol) };
            same && account.is_none_or(|name| leg.key.account.as_str() == name)
        });
        let meant = legs.filter(|leg| {
            side.is_none_or(|side| {
                leg.key.leg == side
                    || crate::ui::rows::side(leg).is_some_and(|s| s.name() == side.name())
            })
        });
        meant.map(|leg| &leg.key).collect()
    };
    let mut found = candidates(true);
    if found.is_empty() {
        found = candidates(false);
    }
    match found.as_slice() {
        [key] => Ok(Some(((*key).clone(), rest))),
        [] => Ok(None),
        many => {
            let names =
                many.iter().map(|key| format!("{}:{} {}", key.account, key.symbol, key.leg));
            let names = names.collect::<Vec<_>>().join(", ");
            Err(format!("{name} is not one leg: say which of {names}"))
        }
    }
}

fn undo(words: &[&str], snapshot: &Snapshot) -> Result<Option<String>, String> {
    match words {
        [] if snapshot.repairs.is_empty() => {
            Err("no repair of this run to undo; undo ID takes back an older one".to_owned())
        }
        [] => Ok(None),
        [id] => Ok(Some((*id).to_owned())),
        _ => Err("undo takes the id of a repair; Tab lists them".to_owned()),
    }
}

fn restore(words: &[&str], snapshot: &Snapshot) -> Result<Said, String> {
    let [name, rule] = words else {
        return Err("restore takes an account and a rule; Tab lists what is held back".to_owned());
    };
    let account = resync(&[name], snapshot)?.ok_or("which account?")?;
    let duty = Duty::parse(rule).ok_or_else(|| {
        let rules = Duty::ALL.map(Duty::name).join(", ");
        format!("no rule is called {rule}; there are {rules}")
    })?;
    Ok(Said::Restore(account, duty))
}

fn resync(words: &[&str], snapshot: &Snapshot) -> Result<Option<AccountName>, String> {
    match words {
        [] => Ok(None),
        [name] => snapshot
            .accounts
            .iter()
            .find(|account| account.name.as_str() == *name)
            .map(|account| Some(account.name.clone()))
            .ok_or_else(|| format!("no account is called {name}")),
        _ => Err("resync takes at most one account".to_owned()),
    }
}
