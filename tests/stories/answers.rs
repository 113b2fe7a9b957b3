//! What the fake venue answers to an act.

use holdfast::domain::amount::{Money, OrderSide, Qty};
use holdfast::domain::client_id::ClientId;
use holdfast::domain::effect::{Act, EntryOrder, ReduceOrder, StopOrder};
use holdfast::domain::evidence::{History, Origin};
use holdfast::domain::input::{Reply, StreamEvent};
use holdfast::domain::key::{Leg, PositionKey, Symbol, VenueOrderId};
use holdfast::domain::order::{
    ConditionalKind, ConditionalOrder, OrderReport, OrderStatus, StopReport, StopStatus,
};
use holdfast::domain::outcome::{Outcome, Refusal, RefusalKind};
use holdfast::domain::position::Balance;
use holdfast::domain::sweep::{Part, Positions, Scope, Sweep};
use holdfast::domain::time::{Span, Time, VenueTime};
use rust_decimal::Decimal;

use super::venue::{ActFault, LookFault, Trade, Venue};

type Answered = (Option<Reply>, Vec<StreamEvent>);

/// What the venue makes of an act when it arrives, and what its stream says of that.
pub fn answer(venue: &mut Venue, now: Time, act: &Act) -> Answered {
    match act {
        Act::Look { scope, expect } => {
            (Some(Reply::Swept(look(venue, now, *scope, expect))), Vec::new())
        }
        Act::History { symbol, leg, since } => {
            (Some(Reply::History(history(venue, now, symbol, *leg, *since))), Vec::new())
        }
        Act::PlaceStop(order) => place_stop(venue, order),
        Act::CancelStop { client_id, .. } => cancel(venue, client_id),
        Act::Reduce(order) => reduce(venue, now, order),
        Act::Enter(order) => enter(venue, now, order),
        Act::FindOrder { client_id, .. } => {
            let found = asked(venue)
                .map(|known| known.then(|| venue.orders.get(client_id).cloned()).flatten());
            (Some(Reply::FoundOrder(found)), Vec::new())
        }
        Act::FindStop { client_id, .. } => {
            let other = venue.faults.finds_other.clone();
            let id = other.as_ref().unwrap_or(client_id);
            let knows = !venue.faults.forgotten.contains(id);
            let found = asked(venue)
                .map(|known| (known && knows).then(|| stop_report(venue, id)).flatten());
            (Some(Reply::FoundStop(found)), Vec::new())
        }
        Act::Restream => (None, Vec::new()),
    }
}

/// Whether the venue owns up to what it knows, or fails.
fn asked(venue: &mut Venue) -> Result<bool, String> {
    if spend(&mut venue.faults.finds_fail) {
        return Err("timed out".to_owned());
    }
    Ok(!spend(&mut venue.faults.finds_deny))
}

fn spend(left: &mut u32) -> bool {
    let any = *left > 0;
    *left = left.saturating_sub(1);
    any
}

fn stop_report(venue: &Venue, id: &ClientId) -> Option<StopReport> {
    let live = venue.stops.iter().find(|s| s.client_id == *id).cloned();
    let live = live.map(|order| StopReport { order, status: StopStatus::Live });
    // Of one on a position nothing is known once it is gone.
    let ended = venue.ended.get(id).filter(|report| !report.order.on_position);
    live.or_else(|| ended.cloned())
}

/// The list, with what it leaves out of the expected legs asked for one by one.
fn look(venue: &mut Venue, now: Time, scope: Scope, expect: &[(Symbol, Leg)]) -> Sweep {
    let took = Span(20);
    if let Some(until) = venue.faults.held.filter(|until| *until > now) {
        let why = format!("nothing is sent before {until}: banned");
        let sweep = Sweep::of(Part::Broken(Positions::new(), why), took);
        return sweep.held(Some(until));
    }
    let fault = venue.faults.looks.pop_front();
    let shown = |venue: &Venue| -> Positions {
        let faults = &venue.faults;
        let listed = |place: &(Symbol, Leg)| {
            let probed = expect.contains(place) || !faults.unlisted.contains(&place.0);
            let silent = [&faults.hidden, &faults.doubtful, &faults.refused];
            probed && !silent.iter().any(|set| set.contains(&place.0))
        };
        let shown = venue.positions.iter().filter(|(place, _)| listed(place));
        let marked = |(at, p): (&(Symbol, Leg), &_)| {
            let mut position: holdfast::domain::position::VenuePosition = Clone::clone(p);
            position.mark = venue.marks.get(&at.0).copied().or(position.mark);
            (at.clone(), position)
        };
        shown.map(marked).collect()
    };
    let positions = match fault {
        Some(LookFault::Fail) => Part::Broken(Positions::new(), "502 from the venue".to_owned()),
        _ if venue.faults.looks_fail => {
            Part::Broken(Positions::new(), "502 from the venue".to_owned())
        }
        Some(LookFault::Partial(only)) => {
            let some = shown(venue).into_iter().filter(|((symbol, _), _)| only.contains(symbol));
            Part::Broken(some.collect(), "page 2 failed".to_owned())
        }
        Some(LookFault::Empty) => Part::Whole(Positions::new()),
        Some(LookFault::Old(positions)) => Part::Whole(positions),
        None => Part::Whole(shown(venue)),
    };
    let doubted = |place: &&(Symbol, Leg)| venue.faults.doubtful.contains(&place.0);
    let refused = expect.iter().filter(|place| venue.faults.refused.contains(&place.0));
    let said = |(symbol, leg): &(Symbol, Leg)| {
        (symbol.clone(), *leg, "10001 params error: symbol invalid".to_owned())
    };
    let sweep = Sweep::of(positions, took)
        .doubting(expect.iter().filter(doubted).cloned())
        .refused(refused.map(said));
    if scope == Scope::Positions {
        return sweep.paced(venue.faults.paced.map(|apart| now + apart));
    }
    let (hidden, forgotten) = (&venue.faults.hidden_stops, &venue.faults.forgotten);
    let shows = |id: &ClientId| !hidden.contains(id) && !forgotten.contains(id);
    let listed: Vec<_> = venue.stops.iter().filter(|s| shows(&s.client_id)).cloned().collect();
    let orders = if spend(&mut venue.faults.orders_fail) {
        Part::Broken(Vec::new(), "the algo orders did not answer".to_owned())
    } else {
        Part::Whole(listed)
    };
    let paced = venue.faults.paced.filter(|_| matches!(orders, Part::Broken(..)));
    let sweep = sweep.with_orders(orders).paced(paced.map(|apart| now + apart));
    let sweep = sweep.with_foreign(venue.foreign.clone());
    if scope == Scope::Protection {
        return sweep;
    }
    let worth = Money(Decimal::from(100_000));
    let sweep = sweep.with_modes(venue.modes.clone());
    sweep.with_account(Some(Balance { equity: worth, available: worth }), Some(venue.mode))
}

fn history(venue: &mut Venue, now: Time, symbol: &Symbol, leg: Leg, since: VenueTime) -> History {
    if let held @ Some(_) = venue.faults.history_held.filter(|until| *until > now) {
        let (symbol, fills) = (symbol.clone(), Vec::new());
        return History { symbol, leg, since, fills, complete: false, held };
    }
    let (fails, cut) =
        (spend(&mut venue.faults.history_fails), spend(&mut venue.faults.history_cut));
    let silent = fails || spend(&mut venue.faults.history_empty);
    let of_leg = venue.history.iter().filter(|f| f.symbol == *symbol && f.leg == leg);
    let mut fills: Vec<_> = of_leg.filter(|f| !silent && f.at >= since).cloned().collect();
    fills.sort_by(|a, b| (a.at, &a.trade_id).cmp(&(b.at, &b.trade_id)));
    if cut {
        fills.pop();
    }
    History { symbol: symbol.clone(), leg, since, fills, complete: !fails && !cut, held: None }
}

/// A refusal as Binance words it.
pub fn refusal(code: i64) -> Refusal {
    let (kind, text) = match code {
        -2021 => (RefusalKind::WouldTrigger, "Order would immediately trigger."),
        -2022 => (RefusalKind::NothingToReduce, "ReduceOnly Order is rejected."),
        -2011 => (RefusalKind::NotFound, "Unknown order sent."),
        -2013 => (RefusalKind::NotFound, "Order does not exist."),
        -4116 => (RefusalKind::Duplicate, "clientOrderId is duplicated."),
        -4003 => (RefusalKind::Filter, "Quantity less than or equal to zero."),
        -4061 => (RefusalKind::Mode, "Order's position side does not match user's setting."),
        -1111 => (RefusalKind::Filter, "Precision is over the maximum."),
        -2015 => (RefusalKind::Key, "Invalid API-key, IP, or permissions for action."),
        -1015 => (RefusalKind::Limited(None), "Too many new orders."),
        -1008 => (RefusalKind::Busy, "Server is currently overloaded."),
        0 => (RefusalKind::Local, "the request could not be written down"),
        _ => (RefusalKind::Other, "Refused."),
    };
    Refusal { code: Some(code), kind, text: text.to_owned() }
}

/// Not sent: there is room again at that instant.
fn held(until: Time) -> Refusal {
    let text = format!("the second is full; room again at {until}");
    Refusal { code: None, kind: RefusalKind::Limited(Some(until)), text }
}

fn place_stop(venue: &mut Venue, order: &StopOrder) -> Answered {
    let fault = venue.faults.stop.pop_front();
    let refused = |code| (Some(Reply::Placed(Outcome::Refused(refusal(code)))), Vec::new());
    let unsure = || Some(Reply::Placed(Outcome::Unsure("no answer within 5 s".to_owned())));
    match fault {
        Some(ActFault::Refused(code)) => return refused(code),
        Some(ActFault::Held(until)) => {
            return (Some(Reply::Placed(Outcome::Refused(held(until)))), Vec::new());
        }
        Some(ActFault::UnsureLost) => return (unsure(), Vec::new()),
        _ => {}
    }
    let key = PositionKey::new(venue.account.clone(), order.symbol.clone(), order.leg);
    let through = venue.marks.get(&order.symbol).is_some_and(|mark| match order.side {
        OrderSide::Sell => *mark <= order.trigger,
        OrderSide::Buy => *mark >= order.trigger,
    });
    if through {
        return refused(-2021);
    }
    if venue.reducible(&key, order.side, order.quantity).is_none() {
        return refused(-2022);
    }
    let on_position = venue.keeps_stops_on_positions();
    let resting = ConditionalOrder {
        id: VenueOrderId::from(venue.id()),
        client_id: match on_position {
            true => ClientId::on_position(&order.symbol, order.leg),
            false => order.client_id.clone(),
        },
        symbol: order.symbol.clone(),
        leg: order.leg,
        side: order.side,
        quantity: Some(order.quantity).filter(|_| !on_position),
        trigger: Some(order.trigger),
        trigger_by: order.trigger_by,
        kind: ConditionalKind::StopMarket,
        reduces: true,
        on_position,
    };
    // One on a position is changed in place; one that is already so is left as it is.
    let order = match venue.slot(&order.symbol, order.leg) {
        Some(slot) if fault == Some(ActFault::Kept) => slot.clone(),
        Some(slot) => {
            (slot.trigger, slot.trigger_by) = (resting.trigger, resting.trigger_by);
            slot.clone()
        }
        None => {
            venue.stops.push(resting.clone());
            resting
        }
    };
    let report = StopReport { order, status: StopStatus::Live };
    let words = vec![StreamEvent::Stop(report.clone())];
    match fault {
        Some(ActFault::UnsureDone) => (unsure(), words),
        _ => (Some(Reply::Placed(Outcome::Done(report))), words),
    }
}

fn cancel(venue: &mut Venue, id: &ClientId) -> Answered {
    let fault = venue.faults.cancel.pop_front();
    let unsure = || Some(Reply::Cancelled(Outcome::Unsure("no answer within 5 s".to_owned())));
    match fault {
        Some(ActFault::Refused(code)) => {
            return (Some(Reply::Cancelled(Outcome::Refused(refusal(code)))), Vec::new());
        }
        Some(ActFault::UnsureLost) => return (unsure(), Vec::new()),
        _ => {}
    }
    if venue.faults.forgotten.contains(id) {
        return (Some(Reply::Cancelled(Outcome::Refused(refusal(-2011)))), Vec::new());
    }
    match venue.end_stop(id, StopStatus::Cancelled) {
        Err(_) => (Some(Reply::Cancelled(Outcome::Refused(refusal(-2011)))), Vec::new()),
        Ok(word) if fault == Some(ActFault::UnsureDone) => (unsure(), vec![word]),
        Ok(word) => (Some(Reply::Cancelled(Outcome::Done(()))), vec![word]),
    }
}

fn reduce(venue: &mut Venue, now: Time, order: &ReduceOrder) -> Answered {
    let fault = venue.faults.close.pop_front();
    let refused = |code| (Some(Reply::Reduced(Outcome::Refused(refusal(code)))), Vec::new());
    let unsure = || Some(Reply::Reduced(Outcome::Unsure("no answer within 5 s".to_owned())));
    match fault {
        Some(ActFault::Refused(code)) => return refused(code),
        Some(ActFault::Held(until)) => {
            return (Some(Reply::Reduced(Outcome::Refused(held(until)))), Vec::new());
        }
        Some(ActFault::UnsureLost) => return (unsure(), Vec::new()),
        _ => {}
    }
    let key = PositionKey::new(venue.account.clone(), order.symbol.clone(), order.leg);
    let Some(quantity) = venue.reducible(&key, order.side, order.quantity) else {
        return refused(-2022);
    };
    if fault == Some(ActFault::Resting) {
        let place = (key, order.side, quantity);
        venue.resting.insert(order.client_id.clone(), place);
        let report = live(venue, &order.client_id);
        return (Some(Reply::Reduced(Outcome::Done(report))), Vec::new());
    }
    let words = fill_order(venue, now, &order.client_id, key, order.side, quantity);
    let report = venue.orders[&order.client_id].clone();
    match fault {
        Some(ActFault::UnsureDone) => (unsure(), words),
        _ => (Some(Reply::Reduced(Outcome::Done(report))), words),
    }
}

/// An entry at the mark; a stop attached to it is live with the fill.
fn enter(venue: &mut Venue, now: Time, order: &EntryOrder) -> Answered {
    let fault = venue.faults.entry.pop_front();
    let refused = |code| (Some(Reply::Entered(Outcome::Refused(refusal(code)))), Vec::new());
    let unsure = || Some(Reply::Entered(Outcome::Unsure("no answer within 5 s".to_owned())));
    match fault {
        Some(ActFault::Refused(code)) => return refused(code),
        Some(ActFault::UnsureLost) => return (unsure(), Vec::new()),
        _ => {}
    }
    let key = PositionKey::new(venue.account.clone(), order.symbol.clone(), order.leg);
    if fault == Some(ActFault::Resting) {
        let place = (key, order.side, order.quantity);
        venue.resting.insert(order.client_id.clone(), place);
        let report = live(venue, &order.client_id);
        return (Some(Reply::Entered(Outcome::Done(report))), Vec::new());
    }
    let filled = venue.entry_fills.unwrap_or(order.quantity).min(order.quantity);
    let mut words = fill_order(venue, now, &order.client_id, key, order.side, filled);
    let Some(report) = venue.orders.get_mut(&order.client_id) else { return refused(-1121) };
    if filled < order.quantity {
        report.status = OrderStatus::Cancelled;
        words.push(StreamEvent::Order(report.clone()));
    }
    let report = report.clone();
    if let Some(stop) = order.stop.filter(|_| venue.keeps_stops_on_positions()) {
        let stop = StopOrder {
            client_id: order.client_id.clone(),
            symbol: order.symbol.clone(),
            leg: order.leg,
            side: order.side.opposite(),
            quantity: filled,
            trigger: stop.trigger,
            trigger_by: stop.trigger_by,
        };
        words.extend(place_stop(venue, &stop).1);
    }
    match fault {
        Some(ActFault::UnsureDone) => (unsure(), words),
        _ => (Some(Reply::Entered(Outcome::Done(report))), words),
    }
}

fn live(venue: &mut Venue, id: &ClientId) -> OrderReport {
    let report = OrderReport {
        id: VenueOrderId::from(venue.id()),
        client_id: id.clone(),
        status: OrderStatus::Live,
        filled: None,
        average: None,
    };
    venue.orders.insert(id.clone(), report.clone());
    report
}

/// Matches an order of ours at the mark.
pub fn fill_order(
    venue: &mut Venue,
    now: Time,
    id: &ClientId,
    key: PositionKey,
    side: OrderSide,
    quantity: Qty,
) -> Vec<StreamEvent> {
    let Some(price) = venue.price(&key) else { return Vec::new() };
    let trade = Trade {
        key,
        side,
        quantity,
        price,
        trade_id: None,
        order_id: None,
        client_id: Some(id.clone()),
        origin: Origin::Plain,
        fee: Decimal::ZERO,
        fee_asset: "USDT".to_owned(),
    };
    venue.execute(now, &trade)
}
