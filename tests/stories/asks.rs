//! A person's asks in a story, pinned to what the screen shows unless the line says otherwise.

use holdfast::domain::amount::Percent;
use holdfast::domain::command::{Ask, Command, Leaving, Pin};
use holdfast::domain::input::Input;
use holdfast::domain::journal::RepairId;
use holdfast::domain::key::AccountName;
use holdfast::domain::opening::OpenWish;
use holdfast::domain::plan::StopAt;
use holdfast::domain::snapshot::There;
use holdfast::domain::trust::Duty;
use rust_decimal::Decimal;

use super::table::{self, Args};
use super::trails;
use super::verbs::Teller;

impl Teller {
    /// Asks for something.
    pub fn ask(&mut self, words: &mut Args) -> Result<(), String> {
        let ask = self.asked(words)?;
        self.world.feed(Input::Asked(Box::new(ask)))
    }

    /// What is asked for, before anybody hears it.
    pub fn asked(&mut self, words: &mut Args) -> Result<Ask, String> {
        let verb = words.next("what is asked")?;
        let command = match verb.as_str() {
            "resync" => {
                let account = words.try_next(|w| Some(AccountName::from(w)));
                Command::Resync { account }
            }
            "undo" => Command::Undo { repair: self.repair(words)? },
            "resolve" => {
                let key = words.key()?;
                let shown = self.leg(&key).ok().and_then(|leg| leg.row.as_ref());
                let shown = shown.map_or(0, |row| row.revision);
                let revision = words.parsed("revision", table::number)?.unwrap_or(shown);
                let reason = words.value("because").unwrap_or_default();
                Command::Resolve { key, revision, reason }
            }
            "restore" => {
                let account = AccountName::from(words.next("account")?);
                Command::Restore { account, duty: words.read("duty", Duty::parse)? }
            }
            "open" => open(words)?,
            "close-many" => self.close_many(words)?,
            "abort" => {
                let back: u64 = words.try_next(table::number).unwrap_or(1);
                Command::Abort { ask: (self.world.last_ask + 1).saturating_sub(back) }
            }
            "halt" => {
                let reason = words.value("because").unwrap_or_default();
                let account = words.try_next(|w| Some(AccountName::from(w)));
                Command::Halt { account, reason }
            }
            "resume" => {
                let account = words.try_next(|w| Some(AccountName::from(w)));
                Command::Resume { account }
            }
            _ => {
                let pin = self.pin(words)?;
                match verb.as_str() {
                    "close" => {
                        let percent = words.try_next(table::percent);
                        let percent = percent.unwrap_or(Percent(Decimal::ONE_HUNDRED));
                        Command::Close { pin, percent }
                    }
                    "adopt" => Command::Adopt { pin, stop: stop_at(words)? },
                    "protect" => Command::Protect { pin },
                    "stop" => Command::MoveStop { pin, to: trails::stop_to(words)? },
                    "trail" => Command::Trail { pin, plan: words.read("plan", trails::plan)? },
                    other => return Err(format!("nobody can ask to {other}")),
                }
            }
        };
        self.world.last_ask += 1;
        Ok(Ask { id: self.world.last_ask, who: "tty1".to_owned(), command })
    }

    /// `LEG [QTY]… [at-once N] [halt] [because "why"]`; all of a leg unless a size is named.
    fn close_many(&mut self, words: &mut Args) -> Result<Command, String> {
        let at_once = words.parsed("at-once", table::number)?.unwrap_or(4);
        let reason = words.value("because").unwrap_or_default();
        let halt = words.flag("halt");
        let snapshot = words.value("snapshot");
        let mut legs = Vec::new();
        while let Some(name) = words.0.first().cloned().filter(|w| table::key(w).is_some()) {
            words.0.remove(0);
            let mut one = vec![name];
            for option in ["seen", "seen-side"] {
                if words.0.first().is_some_and(|w| w == option) {
                    one.extend(words.0.drain(..2));
                }
            }
            if let Some(number) = &snapshot {
                one.extend(["snapshot".to_owned(), number.clone()]);
            }
            let pin = self.pin(&mut Args(one))?;
            let quantity = words.try_next(table::qty).unwrap_or(pin.quantity);
            legs.push(Leaving { pin, quantity });
        }
        Ok(Command::CloseMany { legs, at_once, halt, reason })
    }

    fn repair(&mut self, words: &mut Args) -> Result<RepairId, String> {
        let which = words.next("which repair")?;
        if which != "last" {
            return Ok(RepairId(which));
        }
        let last = self.world.ledger.repairs.iter().rev().find(|repair| !repair.undone);
        last.map(|repair| repair.id.clone()).ok_or("nothing was repaired".to_owned())
    }

    /// What the screen shows of a leg, unless the line says that something else was seen.
    fn pin(&mut self, words: &mut Args) -> Result<Pin, String> {
        let key = words.key()?;
        let view = self.world.view()?;
        let shown = view.legs.iter().find(|leg| leg.key == key).map(|leg| leg.there.clone());
        let (side, quantity) = match shown {
            Some(There::Open { side, quantity, .. }) => (Some(side), Some(quantity)),
            _ => (None, None),
        };
        let snapshot = words.parsed("snapshot", table::number)?.unwrap_or(view.seq);
        let side = words.parsed("seen-side", table::side)?.or(side);
        let quantity = words.parsed("seen", table::qty)?.or(quantity);
        Ok(Pin {
            side: side.ok_or(format!("{key} is not shown as open: say seen-side"))?,
            quantity: quantity.ok_or(format!("{key} is not shown as open: say seen"))?,
            key,
            snapshot,
        })
    }
}

/// `open LEG long|short QTY stop P|N% [trail N%]`: the leg only names account and symbol.
fn open(words: &mut Args) -> Result<Command, String> {
    let key = words.key()?;
    let side = words.read("long or short", table::side)?;
    let quantity = words.read("quantity", table::qty)?;
    let stop = stop_at(words)?.ok_or("an open names its stop")?;
    let trail = words.parsed("trail", table::percent)?;
    let (account, symbol) = (key.account, key.symbol);
    Ok(Command::Open(Box::new(OpenWish { account, symbol, side, quantity, stop, trail })))
}

fn stop_at(words: &mut Args) -> Result<Option<StopAt>, String> {
    let Some(text) = words.value("stop") else { return Ok(None) };
    let distance = table::percent(&text).map(StopAt::Distance);
    let at = distance.or(table::price(&text).map(StopAt::Price));
    at.map(Some).ok_or(format!("a stop at {text}?"))
}
