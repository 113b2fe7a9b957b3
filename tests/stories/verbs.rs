//! What can happen in a story: programs writing rows, venues trading, streams talking, a person.

use std::collections::BTreeMap;

use holdfast::domain::amount::{OrderSide, Qty};
use holdfast::domain::client_id::{ClientId, Fnv};
use holdfast::domain::evidence::Origin;
use holdfast::domain::input::Input;
use holdfast::domain::key::{PositionKey, Venue, VenueOrderId};
use holdfast::domain::order::{ConditionalKind, ConditionalOrder, StopStatus, TriggerBy};
use holdfast::domain::time::{Span, Time};

use super::table::{self, Args};
use super::venue::Trade;
use super::world::World;

/// Tells one story to one world.
#[derive(Debug)]
pub struct Teller {
    pub world: World,
    pub names: BTreeMap<String, ClientId>,
    /// Stops as they were before the venue amended them.
    pub former: BTreeMap<String, ConditionalOrder>,
}

impl Teller {
    pub fn new() -> Self {
        Self::on(Venue::BinanceUsdm)
    }

    /// The same world, where an account is on this venue unless the story says otherwise.
    pub fn on(venue: Venue) -> Self {
        Self { world: World::on(venue), names: BTreeMap::new(), former: BTreeMap::new() }
    }

    /// Does what a line says.
    pub fn tell(&mut self, mut words: Args) -> Result<(), String> {
        let verb = words.next("verb")?;
        match verb.as_str() {
            "policy" => self.policy(&mut words)?,
            "account" => self.account(&mut words)?,
            "instrument" => self.instrument(&mut words)?,
            "ledger" => self.ledger(&mut words)?,
            "venue" => self.venue(&mut words)?,
            "both" => self.both(&mut words)?,
            "mark" => self.mark(&mut words)?,
            "places" => self.places(&mut words)?,
            "withdraws" => self.withdraws(&mut words)?,
            "says-new" => self.says_new(&mut words)?,
            "works" => self.works(&mut words)?,
            "lists" => self.lists(&mut words)?,
            "mode" => self.mode(&mut words)?,
            "stop" => self.stop(&mut words)?,
            "fires" | "cancels" | "expires" => self.end_stop(&verb, &mut words)?,
            "trade" | "fill" => self.trade(&verb, &mut words)?,
            "amends" => self.amend(&mut words)?,
            "stream" => self.stream(&mut words)?,
            "looks" | "orders" | "history" | "next" | "finds" | "acts" => {
                self.fault(&verb, &mut words)?;
            }
            "matches" => self.matches(&mut words)?,
            "dies" => {
                let key = words.key()?;
                self.end_resting(&key)?;
            }
            "start" => self.world.start(!words.flag("deaf"))?,
            "kill" => self.world.kill(),
            "restart" => {
                self.world.kill();
                self.world.start(!words.flag("deaf"))?;
            }
            "lease" => self.lease(&mut words)?,
            "entry" => self.entry(&mut words)?,
            "ask" => self.ask(&mut words)?,
            "scans" => self.world.feed(Input::Look)?,
            other => return Err(format!("nobody knows the verb {other}")),
        }
        words.done()
    }

    fn mark(&mut self, words: &mut Args) -> Result<(), String> {
        let key = words.key()?;
        let price = words.read("price", table::price)?;
        self.world.list(&key.account, &key.symbol)?;
        let venue = self.world.venue(&key.account)?;
        venue.marks.insert(key.symbol.clone(), price);
        if words.flag("untold") {
            return Ok(());
        }
        if words.flag("unfollowed") {
            venue.unfollowed.insert(key.symbol);
            return Ok(());
        }
        self.world.feed(Input::Marks(key.account, vec![(key.symbol, price)]))
    }

    fn stop(&mut self, words: &mut Args) -> Result<(), String> {
        let name = words.next("name")?;
        let key = words.key()?;
        let ours = !words.flag("foreign");
        let kind = match words.value("kind").as_deref() {
            None => ConditionalKind::StopMarket,
            Some("take-profit") => ConditionalKind::TakeProfit,
            Some("stop-limit") => ConditionalKind::StopLimit,
            Some(other) => return Err(format!("no kind {other}")),
        };
        let (whole, last) = (words.flag("whole"), words.flag("by-last"));
        let reduces = !words.flag("loose");
        self.world.list(&key.account, &key.symbol)?;
        let venue = self.world.venue(&key.account)?;
        let on_position = ours && venue.keeps_stops_on_positions();
        let id = match (ours, on_position) {
            (_, true) => ClientId::on_position(&key.symbol, key.leg),
            (true, false) => ours_id(&name),
            (false, false) => ClientId::from(name.as_str()),
        };
        let position = venue.position(&key).cloned();
        if on_position && (position.is_none() || venue.slot(&key.symbol, key.leg).is_some()) {
            return Err(format!("there is one stop on a position, and none without: {key}"));
        }
        let side = words.try_next(table::order_side);
        let side = side.or(position.as_ref().map(|p| p.side.closing())).ok_or("which side?")?;
        let trigger = words.read("trigger", table::price)?;
        let quantity = words.try_next(table::qty).or(position.map(|p| p.quantity));
        let order = ConditionalOrder {
            id: VenueOrderId::from(venue.id()),
            client_id: id.clone(),
            symbol: key.symbol,
            leg: key.leg,
            side,
            quantity: quantity.filter(|_| !whole && !on_position),
            trigger: Some(trigger),
            trigger_by: if last { TriggerBy::Last } else { TriggerBy::Mark },
            kind,
            reduces,
            on_position,
        };
        venue.stops.push(order);
        self.names.insert(name, id);
        Ok(())
    }

    /// The id behind a name, or the one stop of ours on a leg.
    pub fn named(&self, name: &str) -> Result<ClientId, String> {
        if let Some(id) = self.names.get(name) {
            return Ok(id.clone());
        }
        let key = table::key(name).ok_or(format!("no stop is named {name}"))?;
        let venue = self.world.venues.get(&key.account).ok_or("no such account")?;
        let on = |s: &&ConditionalOrder| s.symbol == key.symbol && s.leg == key.leg && s.ours();
        let ours = venue.stops.iter().find(on);
        ours.map(|s| s.client_id.clone()).ok_or(format!("no stop of ours rests on {key}"))
    }

    fn end_stop(&mut self, verb: &str, words: &mut Args) -> Result<(), String> {
        let name = words.next("stop")?;
        let id = self.named(&name)?;
        let holds = |v: &super::venue::Venue| v.stops.iter().any(|s| s.client_id == id);
        let account = self.world.venues.values().find(|v| holds(v)).map(|v| v.account.clone());
        let account = account.ok_or(format!("{name} does not rest anywhere"))?;
        let now = self.world.now;
        let venue = self.world.venue(&account)?;
        let order = venue.stops.iter().find(|s| s.client_id == id).cloned().ok_or("gone")?;
        let said = match verb {
            "cancels" => vec![venue.end_stop(&id, StopStatus::Cancelled)?],
            "expires" => vec![venue.end_stop(&id, StopStatus::Expired)?],
            _ => {
                let key = PositionKey::new(account.clone(), order.symbol, order.leg);
                let open = venue.position(&key).map(|p| p.quantity).ok_or("nothing is open")?;
                let quantity = order.quantity.unwrap_or(open).min(open);
                let price = words.parsed("@", table::price)?.or(order.trigger).ok_or("@ what?")?;
                let mut said = vec![venue.end_stop(&id, StopStatus::Finished(Some(quantity)))?];
                let fee = words.parsed("fee", table::decimal)?.unwrap_or_default();
                let trade = Trade {
                    key,
                    side: order.side,
                    quantity,
                    price,
                    trade_id: words.value("trade"),
                    order_id: None,
                    client_id: Some(id).filter(|_| !order.on_position),
                    origin: Origin::Stop,
                    fee,
                    fee_asset: "USDT".to_owned(),
                };
                said.extend(venue.execute(now, &trade));
                said
            }
        };
        if words.flag("untold") { Ok(()) } else { self.world.tell(&account, said) }
    }

    fn trade(&mut self, verb: &str, words: &mut Args) -> Result<(), String> {
        let key = words.key()?;
        self.world.list(&key.account, &key.symbol)?;
        let trade = execution(words, &key)?;
        let now = self.world.now;
        let at = now - words.parsed("ago", table::span)?.unwrap_or(Span(0));
        let untold = words.flag("untold");
        let venue = self.world.venue(&key.account)?;
        if verb == "fill" {
            venue.fill(at, &trade);
            return Ok(());
        }
        let said = venue.execute(now, &trade);
        if untold { Ok(()) } else { self.world.tell(&key.account, said) }
    }

    /// How much of the next entries is filled.
    fn entry(&mut self, words: &mut Args) -> Result<(), String> {
        let account = words.value("on").unwrap_or("main".to_owned());
        if words.next("fills")? != "fills" {
            return Err("an entry fills a quantity, or all".to_owned());
        }
        let filled = words.try_next(table::qty);
        if filled.is_none() && words.next("quantity or all")? != "all" {
            return Err("an entry fills a quantity, or all".to_owned());
        }
        self.world.venue(&account.as_str().into())?.entry_fills = filled;
        Ok(())
    }

    fn matches(&mut self, words: &mut Args) -> Result<(), String> {
        let key = words.key()?;
        let part: Option<Qty> = words.try_next(table::qty);
        self.match_resting(&key, part)
    }
}

/// `buy|sell QTY @ P` and whatever else a line says of an execution.
pub fn execution(words: &mut Args, key: &PositionKey) -> Result<Trade, String> {
    Ok(Trade {
        key: key.clone(),
        side: words.read("buy or sell", table::order_side)?,
        quantity: words.read("quantity", table::qty)?,
        price: words.parsed("@", table::price)?.ok_or("@ what price?")?,
        trade_id: words.value("trade"),
        order_id: words.value("order"),
        client_id: words.value("client").map(|c| ClientId::from(c.as_str())),
        origin: words.parsed("origin", origin)?.unwrap_or(Origin::Plain),
        fee: words.parsed("fee", table::decimal)?.unwrap_or_default(),
        fee_asset: words.value("in").unwrap_or("USDT".to_owned()),
    })
}

/// The client id of a stop of ours that a story calls by a name.
pub fn ours_id(name: &str) -> ClientId {
    let mut hash = Fnv::default();
    hash.eat(name.as_bytes());
    ClientId::from(format!("hfs-{:016x}", hash.0).as_str())
}

fn origin(text: &str) -> Option<Origin> {
    Some(match text {
        "stop" => Origin::Stop,
        "take-profit" => Origin::TakeProfit,
        "trailing" => Origin::Trailing,
        "liquidation" => Origin::Liquidation,
        "adl" => Origin::Adl,
        "settlement" => Origin::Settlement,
        "plain" => Origin::Plain,
        "unknown" => Origin::Unknown,
        _ => return None,
    })
}

/// An order side as a story writes it, for expectations.
pub fn order_side(words: &mut Args) -> Option<OrderSide> {
    words.try_next(table::order_side)
}

/// How long after the start of the story an instant is.
pub fn clock(at: Time) -> Span {
    at.since(super::world::START)
}
