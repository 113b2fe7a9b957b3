//! What is asked about more than one leg: arming, halts, closes of several, the engine's end.
//!
//! For: the commands that say so, and what the console remembers of them. Not for: the dialog
//! (`blast`) or doing what was said (`update_blast`). Door: [`Wide`], [`parse`], [`COMMANDS`].

use crate::domain::key::{AccountName, PositionKey};
use crate::domain::snapshot::Snapshot;
use crate::domain::time::{Span, Time};
use crate::ui::blast::Asked;

/// How long the top rung stays open.
pub const ARMED: Span = Span::secs(120);

/// What the console remembers of acts about more than one leg.
#[derive(Clone, Debug, Default)]
pub struct Wide {
    /// Until when the top rung is open.
    pub armed: Option<Time>,
    /// The dialog, when one is open.
    pub asked: Option<Asked>,
    /// The row where a range of marks begins.
    pub range: Option<PositionKey>,
}

impl Wide {
    /// How long the top rung is open for; none when it is not.
    pub fn armed_for(&self, now: Time) -> Option<Span> {
        self.armed.filter(|until| now < *until).map(|until| until.since(now))
    }
}

/// What a command says about more than one leg.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    /// Open the dialog that closes the marked legs.
    Marked,
    /// Open the dialog that closes what no stop covers.
    Unprotected,
    /// Open the dialog that closes everything of an account.
    All(AccountName),
    /// Open the top rung.
    Arm,
    /// Shut it again.
    Disarm,
    /// Stop what closes of several legs have not sent yet.
    Abort,
    /// Open and adopt nothing, in one account or in all, and why.
    Halt(Option<AccountName>, String),
    /// Ask whether to end a halt.
    Resume(Option<AccountName>),
    /// Open the dialog that ends the engine.
    Shutdown,
}

/// Commands: name, what follows it, what it does.
pub const COMMANDS: [(&str, &str, &str); 9] = [
    ("close-marked", "", "close the marked positions; type the count"),
    ("close-unprotected", "", "close what no stop covers; type the count"),
    ("arm", "", "open the top rung for 120 s"),
    ("disarm", "", "shut the top rung"),
    ("close-all", "ACCOUNT", "close everything of an account and halt it; only while armed"),
    ("abort", "", "send no more of the closes that are under way"),
    ("halt", "[ACCOUNT] [why]", "open nothing and adopt nothing, now; protection goes on"),
    ("resume", "[ACCOUNT]", "end a halt; asks y"),
    ("shutdown", "", "end the engine; lists what stays on the venue"),
];

/// Understands a command of this table; nothing when it is none of them.
pub fn parse(verb: &str, words: &[&str], snapshot: &Snapshot) -> Option<Result<Order, String>> {
    if !COMMANDS.iter().any(|(name, _, _)| *name == verb) {
        return None;
    }
    let one = || match words {
        [] => Ok(None),
        [name] => named(name, snapshot).map(Some),
        _ => Err(format!("{verb} takes at most one account")),
    };
    Some(match verb {
        "close-all" => match words {
            [name] => named(name, snapshot).map(Order::All),
            _ => Err("close-all takes one account; Tab lists them".to_owned()),
        },
        "halt" => Ok(halt(words, snapshot)),
        "resume" => one().map(Order::Resume),
        _ if !words.is_empty() => Err(format!("{verb} takes nothing")),
        "close-marked" => Ok(Order::Marked),
        "close-unprotected" => Ok(Order::Unprotected),
        "arm" => Ok(Order::Arm),
        "disarm" => Ok(Order::Disarm),
        "abort" => Ok(Order::Abort),
        _ => Ok(Order::Shutdown),
    })
}

fn named(name: &str, snapshot: &Snapshot) -> Result<AccountName, String> {
    let found = snapshot.accounts.iter().find(|account| account.name.as_str() == name);
    found.map(|view| view.name.clone()).ok_or_else(|| format!("no account is called {name}"))
}

/// The account where the first word is one, and why.
fn halt(words: &[&str], snapshot: &Snapshot) -> Order {
    let account = words.first().and_then(|name| named(name, snapshot).ok());
    let why = if account.is_some() { &words[1..] } else { words };
    Order::Halt(account, why.join(" "))
}

/// What may follow a command of this table.
pub fn complete(verb: &str, snapshot: &Snapshot) -> Vec<String> {
    let wanted = |halted: bool| match verb {
        "close-all" | "halt" => true,
        "resume" => halted,
        _ => false,
    };
    let accounts = snapshot.accounts.iter().filter(|view| wanted(view.halt.is_some()));
    accounts.map(|view| view.name.to_string()).collect()
}
