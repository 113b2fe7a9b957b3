//! What can go wrong in a story: looks, lists, histories, acts and questions.

use holdfast::domain::amount::Qty;
use holdfast::domain::input::StreamEvent;
use holdfast::domain::key::{AccountName, PositionKey, Symbol};
use holdfast::domain::order::OrderStatus;

use super::answers::fill_order;
use super::table::{self, Args};
use super::venue::{ActFault, Faults, LookFault};
use super::verbs::Teller;

const FOR_EVER: u32 = u32::MAX / 2;

impl Teller {
    /// `looks`, `orders`, `history`, `next`, `finds`, `acts`.
    pub fn fault(&mut self, verb: &str, words: &mut Args) -> Result<(), String> {
        let account = AccountName::from(words.value("on").unwrap_or("main".to_owned()));
        match verb {
            "looks" => self.looks(&account, words),
            "orders" => self.orders(&account, words),
            "history" => self.history(&account, words),
            "next" => self.next_act(&account, words),
            "acts" => {
                let takes = words.parsed("take", table::span)?;
                self.faults(&account)?.act_takes = takes;
                Ok(())
            }
            _ => {
                let how = words.next("fail or deny")?;
                if how == "other" {
                    let id = self.named(&words.next("stop")?)?;
                    self.faults(&account)?.finds_other = Some(id);
                    return Ok(());
                }
                let count = count(words);
                let faults = self.faults(&account)?;
                match how.as_str() {
                    "fail" => faults.finds_fail = count,
                    "deny" => faults.finds_deny = count,
                    "ok" => {
                        (faults.finds_fail, faults.finds_deny) = (0, 0);
                        faults.finds_other = None;
                    }
                    other => return Err(format!("finds cannot {other}")),
                }
                Ok(())
            }
        }
    }

    fn faults(&mut self, account: &AccountName) -> Result<&mut Faults, String> {
        Ok(&mut self.world.venue(account)?.faults)
    }

    fn looks(&mut self, account: &AccountName, words: &mut Args) -> Result<(), String> {
        let how = words.next("what about looks")?;
        let takes = if how == "take" { Some(words.read("time", table::span)?) } else { None };
        let only = words.value("only").unwrap_or_default();
        let symbols = only.split(',').map(Symbol::from).collect::<Vec<_>>();
        let times = words.try_next(table::number::<usize>);
        let now = self.world.venue(account)?.positions.clone();
        let at = self.world.now;
        let faults = self.faults(account)?;
        let fault = match how.as_str() {
            "ok" => {
                *faults = Faults::default();
                return Ok(());
            }
            "take" => {
                faults.look_takes = takes;
                return Ok(());
            }
            "held" => {
                faults.held = Some(at + words.read("how long", table::span)?);
                return Ok(());
            }
            "paced" => {
                faults.paced = Some(words.read("how far apart", table::span)?);
                return Ok(());
            }
            "hide" | "shorten" | "doubt" | "refuse" | "show" => {
                let symbol = Symbol::from(words.next("symbol")?);
                let Faults { hidden, unlisted, doubtful, refused, .. } = faults;
                match how.as_str() {
                    "hide" => hidden.insert(symbol),
                    "shorten" => unlisted.insert(symbol),
                    "doubt" => doubtful.insert(symbol),
                    "refuse" => refused.insert(symbol),
                    _ => [hidden, unlisted, doubtful, refused]
                        .into_iter()
                        .any(|set| set.remove(&symbol)),
                };
                return Ok(());
            }
            "fail" if times.is_none() => {
                faults.looks_fail = true;
                return Ok(());
            }
            "fail" => LookFault::Fail,
            "partial" => LookFault::Partial(symbols),
            "empty" => LookFault::Empty,
            "old" => LookFault::Old(now),
            other => return Err(format!("looks cannot {other}")),
        };
        faults.looks.extend(std::iter::repeat_n(fault, times.unwrap_or(1)));
        Ok(())
    }

    fn orders(&mut self, account: &AccountName, words: &mut Args) -> Result<(), String> {
        let how = words.next("what about the order lists")?;
        match how.as_str() {
            "fail" => self.faults(account)?.orders_fail = count(words),
            "ok" => self.faults(account)?.orders_fail = 0,
            "forget" | "recall" => {
                let newest = words.flag("newest");
                let name = words.next("stop")?;
                let ours = |key: PositionKey| {
                    let stops = self.world.venues.get(account)?.stops.iter().rev();
                    let mut on = stops.filter(|s| s.symbol == key.symbol && s.ours());
                    on.next().map(|stop| stop.client_id.clone())
                };
                let id = match table::key(&name).filter(|_| newest).and_then(ours) {
                    Some(id) => id,
                    None => self.named(&name)?,
                };
                let forgotten = &mut self.faults(account)?.forgotten;
                if how == "forget" {
                    forgotten.insert(id)
                } else {
                    forgotten.remove(&id)
                };
            }
            "hide" | "show" => {
                let id = self.named(&words.next("stop")?)?;
                let hidden = &mut self.faults(account)?.hidden_stops;
                if how == "hide" {
                    hidden.insert(id);
                } else {
                    hidden.remove(&id);
                }
            }
            other => return Err(format!("order lists cannot {other}")),
        }
        Ok(())
    }

    fn history(&mut self, account: &AccountName, words: &mut Args) -> Result<(), String> {
        let how = words.next("what about the history")?;
        if how == "held" {
            let until = self.world.now + words.read("how long", table::span)?;
            self.faults(account)?.history_held = Some(until);
            return Ok(());
        }
        let count = count(words);
        let faults = self.faults(account)?;
        match how.as_str() {
            "fails" => faults.history_fails = count,
            "cut" => faults.history_cut = count,
            "empty" => faults.history_empty = count,
            "ok" => {
                (faults.history_fails, faults.history_cut, faults.history_empty) = (0, 0, 0);
            }
            other => return Err(format!("a history cannot be {other}")),
        }
        Ok(())
    }

    fn next_act(&mut self, account: &AccountName, words: &mut Args) -> Result<(), String> {
        let act = words.next("which act")?;
        let how = words.next("how it ends")?;
        let fault = match how.as_str() {
            "refused" => ActFault::Refused(words.read("code", table::number)?),
            "held" => ActFault::Held(self.world.now + words.read("how long", table::span)?),
            "unsure-done" => ActFault::UnsureDone,
            "unsure-lost" => ActFault::UnsureLost,
            "resting" => ActFault::Resting,
            "kept" => ActFault::Kept,
            other => return Err(format!("no act ends {other}")),
        };
        let count = words.try_next(table::times).unwrap_or(1);
        let faults = self.faults(account)?;
        let queue = match act.as_str() {
            "stop" => &mut faults.stop,
            "close" => &mut faults.close,
            "cancel" => &mut faults.cancel,
            "entry" => &mut faults.entry,
            other => return Err(format!("no act is called {other}")),
        };
        queue.extend(std::iter::repeat_n(fault, count));
        Ok(())
    }

    /// Ends a close that rested and filled nothing.
    pub fn end_resting(&mut self, key: &PositionKey) -> Result<(), String> {
        let venue = self.world.venue(&key.account)?;
        let resting = venue.resting.iter().find(|(_, (at, ..))| at == key);
        let id = resting.map(|(id, _)| id.clone()).ok_or("no close rests")?;
        venue.resting.remove(&id);
        let report = venue.orders.get_mut(&id).ok_or("no such order")?;
        report.status = OrderStatus::Expired;
        let word = StreamEvent::Order(report.clone());
        self.world.tell(&key.account, vec![word])
    }

    /// Matches a close that rested: all of it, or a part before the venue ends it.
    pub fn match_resting(&mut self, key: &PositionKey, part: Option<Qty>) -> Result<(), String> {
        let now = self.world.now;
        let venue = self.world.venue(&key.account)?;
        let resting = venue.resting.iter().find(|(_, (at, ..))| at == key);
        let (id, (_, side, quantity)) = resting.ok_or("no close rests")?;
        let (id, side, quantity) = (id.clone(), *side, *quantity);
        venue.resting.remove(&id);
        let order_id = venue.orders.get(&id).map(|report| report.id.clone());
        let mut words = fill_order(venue, now, &id, key.clone(), side, part.unwrap_or(quantity));
        if let Some(report) = venue.orders.get_mut(&id) {
            report.id = order_id.unwrap_or_else(|| report.id.clone());
            if part.is_some() {
                report.status = OrderStatus::Expired;
            }
            let report = report.clone();
            for word in &mut words {
                if let StreamEvent::Order(said) = word {
                    *said = report.clone();
                }
            }
        }
        self.world.tell(&key.account, words)
    }
}

fn count(words: &mut Args) -> u32 {
    words.try_next(table::number).unwrap_or(FOR_EVER)
}
