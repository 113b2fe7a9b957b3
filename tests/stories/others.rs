//! What others do in a story: their orders, their programs, a second holdfast, the venue itself.

use std::sync::Arc;

use holdfast::domain::client_id::ClientId;
use holdfast::domain::input::{Input, StreamEvent};
use holdfast::domain::key::{AccountName, VenueOrderId};
use holdfast::domain::order::{
    ConditionalOrder, ForeignOrder, OrderReport, OrderStatus, StopReport, StopStatus,
};
use holdfast::domain::position::{PositionMode, PositionTrouble};
use holdfast::domain::time::{Time, VenueTime};

use super::table::{self, Args};
use super::verbs::{Teller, order_side};
use super::world::START;

impl Teller {
    /// `places LEG buy|sell QTY @ P [client C] [only] [gone] [untold] [xN]`: orders of others.
    pub fn places(&mut self, words: &mut Args) -> Result<(), String> {
        let key = words.key()?;
        self.world.list(&key.account, &key.symbol)?;
        let side = order_side(words).ok_or("buy or sell?")?;
        let quantity = words.read("quantity", table::qty)?;
        let price = words.parsed("@", table::price)?;
        let client = words.value("client").unwrap_or("web_1".to_owned());
        let (reduces, untold) = (words.flag("only"), words.flag("untold"));
        let gone = words.flag("gone");
        let times = words.try_next(table::times).unwrap_or(1);
        let at = VenueTime(self.world.now.0);
        let venue = self.world.venue(&key.account)?;
        let mut said = Vec::new();
        for _ in 0..times {
            if ClientId::from(client.as_str()).purpose().is_some() {
                let (id, client_id) = (VenueOrderId::from(venue.id()), client.as_str().into());
                let status = OrderStatus::Live;
                let report = OrderReport { id, client_id, status, filled: None, average: None };
                said.push(StreamEvent::Order(report));
                continue;
            }
            let order = ForeignOrder {
                id: VenueOrderId::from(venue.id()),
                client_id: ClientId::from(client.as_str()),
                symbol: key.symbol.clone(),
                leg: key.leg,
                side,
                quantity,
                price,
                reduces,
                at,
            };
            if price.is_some() && !gone {
                venue.foreign.push(order.clone());
            }
            let (id, client_id) = (order.id.clone(), order.client_id.clone());
            said.push(StreamEvent::Foreign(order));
            if gone {
                let status = OrderStatus::Cancelled;
                let report = OrderReport { id, client_id, status, filled: None, average: None };
                said.push(StreamEvent::Order(report));
            }
        }
        if untold { Ok(()) } else { self.world.tell(&key.account, said) }
    }

    /// `withdraws LEG`: the plain orders of others on a leg end, and nobody is told.
    pub fn withdraws(&mut self, words: &mut Args) -> Result<(), String> {
        let key = words.key()?;
        let venue = self.world.venue(&key.account)?;
        venue.foreign.retain(|order| order.symbol != key.symbol || order.leg != key.leg);
        Ok(())
    }

    /// `says-new NAME`: the stream tells that a stop is new at the venue.
    pub fn says_new(&mut self, words: &mut Args) -> Result<(), String> {
        let name = words.next("stop")?;
        let id = self.named(&name)?;
        let resting = |v: &super::venue::Venue| -> Option<(AccountName, ConditionalOrder)> {
            let order = v.stops.iter().find(|s| s.client_id == id)?;
            Some((v.account.clone(), order.clone()))
        };
        let found = self.world.venues.values().find_map(resting);
        let (account, order) = found.ok_or("it does not rest anywhere")?;
        let report = StopReport { order, status: StopStatus::Live };
        self.world.tell(&account, vec![StreamEvent::Stop(report)])
    }

    /// `works LEG liquidating|deleveraging|done`: what the venue does to a position by itself.
    pub fn works(&mut self, words: &mut Args) -> Result<(), String> {
        let key = words.key()?;
        let trouble = match words.next("at what")?.as_str() {
            "liquidating" => Some(PositionTrouble::Liquidating),
            "deleveraging" => Some(PositionTrouble::Deleveraging),
            "done" => None,
            other => return Err(format!("a venue is not {other}")),
        };
        let now = VenueTime(self.world.now.0);
        let venue = self.world.venue(&key.account)?;
        let place = (key.symbol.clone(), key.leg);
        let position = venue.positions.get_mut(&place).ok_or("nothing is open")?;
        position.trouble = trouble;
        let word = venue.word_on(&key.symbol, key.leg, now);
        self.world.tell(&key.account, vec![word])
    }

    /// `lists LEG [ends AFTER] [halted] [not]`: the venue publishes an instrument's rules anew, or
    /// leaves them out.
    pub fn lists(&mut self, words: &mut Args) -> Result<(), String> {
        let key = words.key()?;
        self.world.list(&key.account, &key.symbol)?;
        let ends = words.parsed("ends", table::span)?;
        let halted = words.flag("halted");
        let venue = self.world.venue(&key.account)?;
        let rules = venue.instruments.get_mut(&key.symbol).ok_or("not listed")?;
        rules.trading = !halted;
        let at = |after| -> Time { START + after };
        rules.ends = ends.map(|after| VenueTime(at(after).0));
        if words.flag("not") {
            venue.instruments.remove(&key.symbol);
        }
        let list = venue.instruments.values().cloned().map(Arc::new).collect();
        self.world.feed(Input::Instruments(key.account, list))
    }

    /// `mode ACCOUNT|SYMBOL hedge|one-way|mixed`: somebody switches the position mode.
    pub fn mode(&mut self, words: &mut Args) -> Result<(), String> {
        let modes = [PositionMode::OneWay, PositionMode::Hedge, PositionMode::Mixed];
        let read = |text: &str| modes.into_iter().find(|mode| mode.name() == text);
        if let Some(key) = words.try_next(table::key) {
            let mode = words.read("mode", read)?;
            self.world.venue(&key.account)?.modes.insert(key.symbol, mode);
            return Ok(());
        }
        let account = AccountName::from(words.next("account")?);
        let mode = words.read("mode", read)?;
        self.world.venue(&account)?.mode = mode;
        Ok(())
    }

    /// `account-finding KIND [ACCOUNT] [saying TEXT]`: something is wrong with an account.
    pub fn account_finding(&mut self, words: &mut Args, want: bool) -> Result<(), String> {
        let kind = words.next("kind")?;
        let saying = words.value("saying").unwrap_or_default();
        let name = words.try_next(|w| Some(AccountName::from(w)));
        let name = name.unwrap_or(AccountName::from("main"));
        let view = self.world.view()?;
        let account = view.accounts.iter().find(|a| a.name == name).ok_or("no such account")?;
        let fits = |f: &&holdfast::domain::snapshot::AccountFinding| {
            f.kind.name() == kind && f.text.contains(&saying)
        };
        if account.findings.iter().any(|f| fits(&f)) == want {
            return Ok(());
        }
        Err(format!("{name} shows {:?}", account.findings))
    }

    /// `shown LEG TEXT…`: every text is in a line of what is shown of a leg's findings; `no shown`:
    /// none of them is.
    pub fn shown(&mut self, words: &mut Args, wanted: bool) -> Result<(), String> {
        let key = words.key()?;
        let leg = self.leg(&key)?;
        let checks = leg.findings.iter().flat_map(|finding| &finding.checks);
        let lines: Vec<String> =
            checks.map(|check| format!("{} {}", check.what, check.detail)).collect();
        while !words.0.is_empty() {
            let text = words.next("text")?;
            if lines.iter().any(|line| line.contains(&text)) != wanted {
                return Err(format!("{text} is to be shown ({wanted}): {lines:?}"));
            }
        }
        Ok(())
    }
}
