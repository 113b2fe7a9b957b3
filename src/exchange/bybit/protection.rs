//! The stop that Bybit keeps on a position itself: set, amended in place, read back.
//!
//! For: trading-stop in its Full mode, which follows the size and leaves with the position. The
//! call gives no id and its acknowledgement proves nothing, so every answer here is what the
//! venue shows afterwards (bybit 3.7).
//! Not for: conditional orders (`orders`).
//! Door: [`place`], [`clear`], [`find`], [`leg_of`].

use std::time::Duration;

use tokio::time::Instant;

use crate::domain::amount::{Price, Side};
use crate::domain::client_id::ClientId;
use crate::domain::effect::StopOrder;
use crate::domain::key::{Leg, Symbol, VenueOrderId};
use crate::domain::order::{ConditionalKind, ConditionalOrder, StopReport, StopStatus, TriggerBy};
use crate::domain::outcome::{Outcome, RefusalKind};
use crate::domain::sweep::Part;
use crate::exchange::bybit::budget::Lane;
use crate::exchange::bybit::call::{self, Call};
use crate::exchange::bybit::decode_orders::{self, Order, State};
use crate::exchange::bybit::encode;
use crate::exchange::bybit::link::Shared;
use crate::exchange::bybit::look::{POSITIONS, REALTIME, slots};
use crate::exchange::bybit::orders::{local, newest};
use crate::exchange::bybit::pages::{self, List};
use crate::exchange::failure::{Failure, Verdict};

const TRADING_STOP: &str = "/v5/position/trading-stop";
const PAGE: usize = 50;
/// The first wait before something is read again, which doubles.
const FIRST: Duration = Duration::from_millis(50);
/// The longest such wait.
const LAST: Duration = Duration::from_millis(800);
/// How long the venue's lists may lag behind its word: twice what was seen of them.
const LONGEST: Duration = Duration::from_secs(4);

/// Waits between two readings, doubled each time, as long as the answer may take.
pub struct Patience {
    until: Instant,
    next: Duration,
}

impl Patience {
    /// Begins now.
    pub fn new(shared: &Shared) -> Self {
        let most = (shared.pace().answer.duration() / 2).min(LONGEST);
        Self { until: Instant::now() + most, next: FIRST }
    }

    /// Whether it was waited for most of a second already.
    fn worn(&self) -> bool {
        self.next >= LAST
    }

    /// Waits a little; false when there is no time left.
    pub async fn again(&mut self) -> bool {
        let wake = Instant::now() + self.next;
        if wake > self.until {
            return false;
        }
        tokio::time::sleep_until(wake).await;
        self.next = (self.next * 2).min(LAST);
        true
    }
}

/// The leg whose own stop goes by this name; none for any other order.
pub fn leg_of(symbol: &Symbol, id: &ClientId) -> Option<Leg> {
    [Leg::Net, Leg::Long, Leg::Short]
        .into_iter()
        .find(|leg| ClientId::on_position(symbol, *leg) == *id)
}

/// Puts the stop on a position, or moves it: in place, never by taking one away first.
pub async fn place(shared: &Shared, order: &StopOrder) -> Outcome<StopReport> {
    shared.follow([&order.symbol]);
    let body = match encode::stop(order) {
        Ok(body) => body,
        Err(why) => return local(why),
    };
    let doubt = match told(shared, body).await {
        Ok(doubt) => doubt,
        Err(failure) => return failure.outcome(),
    };
    let mut patience = Patience::new(shared);
    loop {
        let mut seen = listed(shared, order).await;
        let more = patience.again().await;
        // The position may show it before the list does. A look that follows reads the list, so
        // that is waited for a little.
        if matches!(seen, Ok(None)) && (!more || patience.worn()) {
            seen = stated(shared, order).await;
        }
        let last = match seen {
            Ok(Some(report)) => return Outcome::Done(report),
            Ok(None) => "the venue does not show it".to_owned(),
            Err(why) => why,
        };
        if !more {
            let said = doubt.map_or("accepted".to_owned(), |doubt| doubt.to_string());
            return Outcome::Unsure(format!("{}: the stop was {said}; {last}", shared.name));
        }
    }
}

/// Sends it. Done, already so, or perhaps: what the venue shows decides between these.
///
/// # Errors
/// A refusal for certain.
async fn told(shared: &Shared, body: String) -> Result<Option<Failure>, Failure> {
    match shared.send(Call::deed(TRADING_STOP, body)).await {
        Ok(_) => Ok(None),
        // Venue fact: 34040 says that the stop is there already, and also that a parameter was
        // missing (bybit 3.7). It is no failure before the stop was looked for.
        Err(failure) if failure.verdict == Verdict::Refused(RefusalKind::AlreadySo) => {
            Ok(Some(failure))
        }
        Err(failure) if failure.verdict == Verdict::Unsure => Ok(Some(failure)),
        Err(failure) => Err(failure),
    }
}

/// The wanted stop, if the list of orders shows it.
async fn listed(shared: &Shared, order: &StopOrder) -> Result<Option<StopReport>, String> {
    let shown = resting(shared, &order.symbol, order.leg).await?;
    Ok(shown.filter(|shown| {
        shown.order.trigger == Some(order.trigger)
            && shown.order.trigger_by == order.trigger_by
            && shown.order.side == order.side
    }))
}

/// The wanted stop, if the position shows it and the list shows no other.
async fn stated(shared: &Shared, order: &StopOrder) -> Result<Option<StopReport>, String> {
    let StopOrder { symbol, leg, trigger_by, .. } = order;
    if resting(shared, symbol, *leg).await?.is_some() {
        return Ok(None);
    }
    let slot = slot_stop(shared, symbol, *leg).await?;
    let on = slot.filter(|(side, at)| *at == order.trigger && side.closing() == order.side);
    Ok(on.map(|(side, trigger)| report(symbol, *leg, side, trigger, *trigger_by)))
}

/// The stop as the position itself states it, which gives it no id.
fn report(
    symbol: &Symbol,
    leg: Leg,
    side: Side,
    trigger: Price,
    trigger_by: TriggerBy,
) -> StopReport {
    let client_id = ClientId::on_position(symbol, leg);
    let order = ConditionalOrder {
        id: VenueOrderId::from(client_id.as_str()),
        client_id,
        symbol: symbol.clone(),
        leg,
        side: side.closing(),
        quantity: None,
        trigger: Some(trigger),
        trigger_by,
        kind: ConditionalKind::StopMarket,
        reduces: true,
        on_position: true,
    };
    StopReport { order, status: StopStatus::Live }
}

/// The open stop of a slot among the conditional orders of its symbol.
async fn resting(shared: &Shared, symbol: &Symbol, leg: Leg) -> Result<Option<StopReport>, String> {
    let query = call::by_symbol(symbol).with("openOnly", 0).with("orderFilter", "StopOrder");
    let list = List::new(REALTIME, query, PAGE, Lane::Guard);
    let rows = match pages::all(shared, &list, decode_orders::orders).await {
        Part::Whole(rows) => rows,
        Part::Broken(_, why) => return Err(why),
    };
    let ours =
        |order: &Order| order.leg == leg && order.protecting().is_some_and(|stop| stop.on_position);
    Ok(newest(rows, ours).and_then(|order| match order.state {
        State::Stop(report) => Some(report),
        State::Plain(_) => None,
    }))
}

/// Where the stop of an open slot is, as the position states it, and which side it protects.
async fn slot_stop(
    shared: &Shared,
    symbol: &Symbol,
    leg: Leg,
) -> Result<Option<(Side, Price)>, String> {
    let slots = slots(shared, symbol, Lane::Guard).await;
    let slots = slots.map_err(|why| format!("{}: {POSITIONS}: {why}", shared.name))?;
    let slot = slots.into_iter().find(|slot| slot.leg == leg);
    Ok(slot.and_then(|slot| Some((slot.open?.side, slot.stop_loss?))))
}

/// Takes the stop of a slot away. Nothing but an order to do exactly this leads here.
pub async fn clear(shared: &Shared, symbol: &Symbol, leg: Leg) -> Outcome<()> {
    let doubt = match told(shared, encode::clear_stop(symbol, leg)).await {
        Ok(doubt) => doubt,
        // A position that is gone took its stop with it.
        Err(failure) if failure.verdict == Verdict::Refused(RefusalKind::NothingToReduce) => {
            Some(failure)
        }
        Err(failure) => return failure.outcome(),
    };
    let mut patience = Patience::new(shared);
    loop {
        let last = match find(shared, symbol, leg).await {
            Ok(None) => return Outcome::Done(()),
            Ok(Some(_)) => "the venue still shows it".to_owned(),
            Err(why) => why,
        };
        if !patience.again().await {
            let said = doubt.map_or("accepted".to_owned(), |doubt| doubt.to_string());
            return Outcome::Unsure(format!("{}: taking it away was {said}; {last}", shared.name));
        }
    }
}

/// The stop of a slot, as the venue shows it now; none when it shows none.
///
/// # Errors
/// One sentence when the venue did not say.
pub async fn find(
    shared: &Shared,
    symbol: &Symbol,
    leg: Leg,
) -> Result<Option<StopReport>, String> {
    if let Some(report) = resting(shared, symbol, leg).await? {
        return Ok(Some(report));
    }
    let slot = slot_stop(shared, symbol, leg).await?;
    // The position does not say which price fires it: the venue's own default (bybit 3.7).
    Ok(slot.map(|(side, trigger)| report(symbol, leg, side, trigger, TriggerBy::Last)))
}
