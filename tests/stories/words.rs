//! What the user stream does and says, true or not, and what a venue amends.

use holdfast::domain::amount::Money;
use holdfast::domain::client_id::ClientId;
use holdfast::domain::effect::Act;
use holdfast::domain::input::{StreamEvent, StreamPosition};
use holdfast::domain::key::{AccountName, PositionKey, VenueOrderId};
use holdfast::domain::order::{StopReport, StopStatus};
use holdfast::domain::position::Balance;
use holdfast::domain::time::Span;

use super::table::{self, Args};
use super::venue::{Stream, Venue};
use super::verbs::{Teller, execution};

impl Teller {
    /// `stream up|down|silent|doubled|late T`, `stream says …`.
    pub fn stream(&mut self, words: &mut Args) -> Result<(), String> {
        let account = AccountName::from(words.value("on").unwrap_or("main".to_owned()));
        let verb = words.next("what about the stream")?;
        let venue = self.world.venue(&account)?;
        match verb.as_str() {
            "up" => {
                venue.stream = Stream::Up;
                self.world.say(&account, StreamEvent::Up, Span(1));
            }
            "down" => {
                venue.stream = Stream::Down;
                self.world.say(&account, StreamEvent::Down("connection lost".into()), Span(1));
            }
            "silent" => venue.stream = Stream::Silent,
            "doubled" => venue.doubled = true,
            "late" => venue.word_takes = words.read("time", table::span)?,
            "says" => self.says(&account, words)?,
            other => return Err(format!("a stream cannot be {other}")),
        }
        Ok(())
    }

    /// One word, whatever is true: of a position, of a fill, of a stop, or of the account's worth.
    fn says(&mut self, account: &AccountName, words: &mut Args) -> Result<(), String> {
        let ago = words.parsed("ago", table::span)?.unwrap_or(Span(0));
        let now = self.world.now;
        let at = self.world.venue(account)?.stamp(now - ago);
        if words.try_next(|w| (w == "stop").then_some(())).is_some() {
            let word = self.stop_word(account, words)?;
            self.world.say(account, word, Span(1));
            return Ok(());
        }
        if words.try_next(|w| (w == "worth").then_some(())).is_some() {
            let equity = Money(words.read("worth", |w| w.parse().ok())?);
            let free = words.parsed("free", |w| w.parse().ok())?.ok_or("free of how much")?;
            let word = StreamEvent::Balance(Balance { equity, available: Money(free) });
            self.world.say(account, word, Span(1));
            return Ok(());
        }
        let executed = words.try_next(|w| (w == "fill").then_some(())).is_some();
        let key = words.key()?;
        if executed {
            let of_entry = words.flag("of-entry");
            let mut trade = execution(words, &key)?;
            if of_entry {
                trade.client_id = Some(self.newest_entry(&key).ok_or("no entry was sent")?);
            }
            let executed = self.world.now - ago;
            let fill = self.world.venue(&key.account)?.fill_of(executed, &trade);
            self.world.say(&key.account, StreamEvent::Fill(fill), Span(1));
            return Ok(());
        }
        if words.flag("cleared") {
            return self.cleared(&key);
        }
        let open = if words.flag("zero") {
            None
        } else {
            let side = words.read("side", table::side)?;
            let quantity = words.read("quantity", table::qty)?;
            let entry = words.parsed("@", table::price)?;
            Some(StreamPosition { side, quantity, entry, opened: None, trouble: None })
        };
        let word = StreamEvent::Position { symbol: key.symbol, leg: key.leg, open, at };
        self.world.say(&key.account, word, Span(1));
        Ok(())
    }

    /// The id of the newest entry that was sent for a leg.
    fn newest_entry(&self, key: &PositionKey) -> Option<ClientId> {
        self.world.sent.iter().rev().find_map(|sent| match &sent.act {
            Act::Enter(order) if order.symbol == key.symbol && order.leg == key.leg => {
                Some(order.client_id.clone())
            }
            _ => None,
        })
    }

    /// The word that the stop on a position went with it, whatever else is told.
    fn cleared(&mut self, key: &PositionKey) -> Result<(), String> {
        let venue = self.world.venue(&key.account)?;
        let id = ClientId::on_position(&key.symbol, key.leg);
        let report = venue.ended.get(&id).cloned().ok_or("no stop was on the position")?;
        self.world.say(&key.account, StreamEvent::Stop(report), Span(1));
        Ok(())
    }

    /// `NAME live|firing|cancelled|expired|finished [former]`.
    fn stop_word(&self, account: &AccountName, words: &mut Args) -> Result<StreamEvent, String> {
        let name = words.next("stop")?;
        let former = words.flag("former");
        let id = self.named(&name)?;
        let venue = self.world.venues.get(account).ok_or("no such account")?;
        let live = || venue.stops.iter().find(|s| s.client_id == id).cloned();
        let ended = || venue.ended.get(&id).map(|report| report.order.clone());
        let order = if former { self.former.get(&name).cloned() } else { live().or_else(ended) };
        let order = order.ok_or(format!("the venue never had {name}"))?;
        let status = match words.next("what of it")?.as_str() {
            "live" => StopStatus::Live,
            "firing" => StopStatus::Firing,
            "cancelled" => StopStatus::Cancelled,
            "expired" => StopStatus::Expired,
            "finished" => StopStatus::Finished(order.quantity),
            other => return Err(format!("a stop is never {other}")),
        };
        Ok(StreamEvent::Stop(StopReport { order, status }))
    }

    /// `amends NAME TRIGGER [untold]`: the venue keeps the order and gives it a new id.
    pub fn amend(&mut self, words: &mut Args) -> Result<(), String> {
        let name = words.next("stop")?;
        let trigger = words.read("trigger", table::price)?;
        let untold = words.flag("untold");
        let id = self.named(&name)?;
        let holds = |v: &Venue| v.stops.iter().any(|s| s.client_id == id);
        let account = self.world.venues.values().find(|v| holds(v)).map(|v| v.account.clone());
        let account = account.ok_or(format!("{name} does not rest anywhere"))?;
        let venue = self.world.venue(&account)?;
        let fresh = VenueOrderId::from(venue.id());
        let order = venue.stops.iter_mut().find(|s| s.client_id == id).ok_or("gone")?;
        self.former.insert(name, order.clone());
        (order.id, order.trigger) = (fresh, Some(trigger));
        let word = StreamEvent::Stop(StopReport { order: order.clone(), status: StopStatus::Live });
        if untold { Ok(()) } else { self.world.tell(&account, vec![word]) }
    }
}
