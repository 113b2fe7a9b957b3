//! How a half-typed command line may go on.
//!
//! For: commands by their names, and after them the symbols, accounts, themes and repairs that
//! fit. Not for: understanding a line (`prompt`). Door: [`complete`].

use crate::domain::snapshot::{LegView, Snapshot};

use crate::ui::decision;
use crate::ui::model::Model;
use crate::ui::prompt::COMMANDS;
use crate::ui::rows;
use crate::ui::timeline;
use crate::ui::wide;

/// The lines that what was typed may become, best first.
pub fn complete(text: &str, model: &Model) -> Vec<String> {
    let Some((verb, rest)) = text.split_once(' ') else {
        let all = COMMANDS.iter().chain(&wide::COMMANDS);
        let verbs = all.filter(|(name, _, _)| name.starts_with(text));
        return verbs.map(|(name, _, _)| (*name).to_owned()).collect();
    };
    let snapshot = &model.live;
    let symbols = |wanted: fn(&LegView) -> bool| {
        let legs = snapshot.legs.iter().filter(|leg| wanted(leg));
        legs.map(|leg| spelled(snapshot, leg)).collect::<Vec<_>>()
    };
    let mut words = match verb {
        "close" => symbols(|leg| leg.open().is_some()),
        "adopt" => symbols(rows::is_orphan),
        "stop" | "trail" | "be" | "protect" => {
            symbols(|leg| leg.row.is_some() && leg.open().is_some())
        }
        "resolve" => symbols(|leg| decision::resolvable(leg).is_ok()),
        "restore" => held_back(snapshot),
        "timeline" => timeline::all(snapshot).iter().map(|t| t.key.symbol.to_string()).collect(),
        "theme" => model.themes.clone(),
        "resync" => snapshot.accounts.iter().map(|a| a.name.to_string()).collect(),
        "undo" => snapshot.repairs.iter().map(|repair| repair.id.0.clone()).collect(),
        verb => wide::complete(verb, snapshot),
    };
    words.sort();
    words.dedup();
    let typed = rest.to_lowercase();
    words.retain(|word| word.to_lowercase().starts_with(&typed) && word != rest);
    words.into_iter().map(|word| format!("{verb} {word}")).collect()
}

/// A leg as a command takes it: the symbol, with its account and its leg where they are needed
/// to tell it from another.
fn spelled(snapshot: &Snapshot, leg: &LegView) -> String {
    let key = &leg.key;
    let twins = || snapshot.legs.iter().filter(|other| other.key.symbol == key.symbol);
    if twins().count() == 1 {
        return key.symbol.to_string();
    }
    match twins().filter(|other| other.key.account == key.account).count() {
        1 => format!("{}:{}", key.account, key.symbol),
        _ => format!("{}:{} {}", key.account, key.symbol, key.leg),
    }
}

/// Account and rule of everything that is held back.
fn held_back(snapshot: &Snapshot) -> Vec<String> {
    let accounts = snapshot.accounts.iter();
    accounts
        .flat_map(|account| {
            let held = account.trust.iter().filter(|view| view.demoted.is_some());
            held.map(|view| format!("{} {}", account.name, view.duty.name()))
        })
        .collect()
}
