//! Looks: one complete answer about an account, or an honest part of one.
//!
//! For: [`Act::Look`](crate::domain::effect::Act::Look): both settle coins, every page, and each
//! expected leg that no list shows asked for by itself. The queries run side by side.
//! Not for: concluding anything from what is missing.
//! Door: [`look`].

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::join_all;

use crate::domain::key::{Leg, Symbol, VenueOrderId};
use crate::domain::order::{ConditionalOrder, ForeignOrder};
use crate::domain::position::{Balance, PositionMode};
use crate::domain::sweep::{Part, Positions, Scope, Sweep};
use crate::exchange::bybit::budget::Lane;
use crate::exchange::bybit::call::{self, Call, SETTLE_COINS};
use crate::exchange::bybit::decode::{self, Slot};
use crate::exchange::bybit::decode_orders::{self, Order};
use crate::exchange::bybit::errors::knows_no_such_symbol;
use crate::exchange::bybit::link::Shared;
use crate::exchange::bybit::pages::{self, Fault, List};
use crate::exchange::bybit::{market, modes};
use crate::exchange::lock;
use crate::exchange::probes::{self, Place};
use crate::exchange::sign::Query;

pub const POSITIONS: &str = "/v5/position/list";
pub const REALTIME: &str = "/v5/order/realtime";
/// The kind of account and its margin mode.
pub const ACCOUNT: &str = "/v5/account/info";

/// The largest pages there are. The venue's own default of twenty hides the rest.
const POSITIONS_PAGE: usize = 200;
const ORDERS_PAGE: usize = 50;
/// What is said of a symbol that the venue answers without listing its slot.
const NO_ROW: &str = "it answers, and lists no slot of this symbol";

/// Looks at an account. A full look takes eight requests, of which none costs more than a
/// twelfth of what its endpoint allows in a second.
pub async fn look(shared: &Shared, scope: Scope, expect: &[Place]) -> Sweep {
    shared.follow(expect.iter().map(|(symbol, _)| symbol));
    let sent = shared.rest.clock().now();
    let orders = async {
        match scope {
            Scope::Positions => None,
            Scope::Protection | Scope::Full => Some(orders(shared).await),
        }
    };
    let account = async {
        match scope {
            Scope::Full => Some(tokio::join!(balance(shared), modes::set(shared))),
            Scope::Positions | Scope::Protection => None,
        }
    };
    let positions = positions(shared, expect);
    let (Found { positions, doubtful, refused }, orders, account) =
        tokio::join!(positions, orders, account);
    let (Part::Whole(open) | Part::Broken(open, _)) = &positions;
    shared.follow(open.keys().map(|(symbol, _)| symbol));
    let legs: Vec<Leg> = open.keys().map(|(_, leg)| *leg).collect();
    let took = shared.rest.clock().now().since(sent);
    let sweep = Sweep::of(positions, took).doubting(doubtful).refused(refused);
    let Some((orders, foreign)) = orders else { return held(shared, sweep) };
    let sweep = sweep.with_orders(orders).with_foreign(foreign);
    let sweep = held(shared, sweep);
    match account {
        None => sweep,
        Some((balance, set)) => {
            let mode = mode(&legs, set.known.values());
            sweep.with_account(balance, mode).with_modes(set.news())
        }
    }
}

/// A look that failed says until when the next one would not be sent either.
fn held(shared: &Shared, sweep: Sweep) -> Sweep {
    let failed = sweep.fault().is_some() || sweep.orders_fault().is_some();
    let until = if failed { shared.rest.held() } else { None };
    sweep.held(until)
}

/// Positions tell the mode of their symbols, the venue's settings that of all others.
fn mode<'a>(open: &'a [Leg], set: impl Iterator<Item = &'a Leg>) -> Option<PositionMode> {
    decode::mode(open.iter().chain(set).copied())
}

/// What is known of positions.
struct Found {
    positions: Part<Positions>,
    /// Expected legs about which nobody answered.
    doubtful: Vec<Place>,
    /// Those about which the venue refuses to answer, with its words.
    refused: Vec<(Symbol, Leg, String)>,
}

/// Every open position, and the expected legs about which nobody answered. A list that leaves
/// out what is expected has to be contradicted or confirmed for each leg by itself: short lists
/// that look complete are this venue's oldest trap (bybit 7).
async fn positions(shared: &Shared, expect: &[Place]) -> Found {
    let lists = join_all(SETTLE_COINS.map(|coin| listed(shared, coin))).await;
    let (mut listed, mut fault) = (Vec::new(), None);
    for list in lists {
        match list {
            Part::Whole(rows) => listed.extend(rows),
            Part::Broken(rows, why) => {
                listed.extend(rows);
                fault.get_or_insert(why);
            }
        }
    }
    lock(&shared.memory).note_slots(&listed);
    let mut found = open(listed);
    if let Some(why) = fault {
        let positions = Part::Broken(found, why);
        return Found { positions, doubtful: Vec::new(), refused: Vec::new() };
    }
    let missing = expect.iter().filter(|place| !found.contains_key(place)).cloned().collect();
    let (asked, mut doubtful) = lock(&shared.probes).choose(missing);
    let mut refused = Vec::new();
    let symbols: BTreeSet<&Symbol> = asked.iter().map(|(symbol, _)| symbol).collect();
    let probe = async |symbol| (symbol, slots(shared, symbol, Lane::Sight).await);
    for (symbol, answer) in join_all(symbols.into_iter().map(probe)).await {
        match answer {
            Ok(slots) => {
                let silent = |leg: Leg| !slots.iter().any(|slot| speaks_of(slot.leg, leg));
                let of_symbol = asked.iter().filter(|(name, _)| name == symbol);
                let unsaid = of_symbol.filter(|(_, leg)| silent(*leg)).cloned();
                refused.extend(unsaid.map(|(name, leg)| (name, leg, NO_ROW.to_owned())));
                lock(&shared.memory).note_slots(&slots);
                found.extend(open(slots));
            }
            // Both lists are whole and show nothing of it, and the contract came to its end.
            Err(Fault::Unasked(failure))
                if knows_no_such_symbol(&failure) && market::has_ended(shared, symbol).await => {}
            Err(fault) => {
                tracing::warn!(account = %shared.name, %symbol, "{POSITIONS}: {fault}");
                let of_symbol = asked.iter().filter(|(name, _)| name == symbol).cloned();
                match &fault {
                    Fault::Unasked(failure) if let Some(why) = probes::refusal(failure) => {
                        refused.extend(of_symbol.map(|(name, leg)| (name, leg, why.clone())));
                    }
                    _ => doubtful.extend(of_symbol),
                }
            }
        }
    }
    Found { positions: Part::Whole(found), doubtful, refused }
}

/// Whether a row about one slot settles what is open on a leg: the slot itself does, and a slot
/// of the other mode does, because a symbol is in one mode or the other.
fn speaks_of(slot: Leg, leg: Leg) -> bool {
    slot == leg || (slot == Leg::Net) != (leg == Leg::Net)
}

async fn listed(shared: &Shared, coin: &str) -> Part<Vec<Slot>> {
    let query = call::by_coin(coin);
    let list = List::new(POSITIONS, query, POSITIONS_PAGE, Lane::Sight);
    pages::all(shared, &list, decode::positions).await
}

/// All slots of one symbol, flat ones too. Venue fact: they are listed when flat, and in hedge
/// mode in any order (bybit 3.2).
///
/// # Errors
/// Why they are not all known.
pub async fn slots(shared: &Shared, symbol: &Symbol, lane: Lane) -> Result<Vec<Slot>, Fault> {
    let list = List::new(POSITIONS, call::by_symbol(symbol), POSITIONS_PAGE, lane);
    match pages::read(shared, &list, decode::positions).await {
        (_, Some(fault)) => Err(fault),
        (rows, None) => {
            let slots = rows.into_iter().filter(|slot| slot.symbol == *symbol);
            Ok(decode::newest(slots).into_values().collect())
        }
    }
}

fn open(rows: Vec<Slot>) -> Positions {
    let slots = decode::newest(rows).into_iter();
    slots.filter_map(|(place, slot)| slot.open.map(|open| (place, open))).collect()
}

/// Conditional orders and the plain ones of others: four lists, whole together or not at all,
/// because protection cannot be judged from some of them.
async fn orders(shared: &Shared) -> (Part<Vec<ConditionalOrder>>, Vec<ForeignOrder>) {
    let wanted =
        SETTLE_COINS.iter().flat_map(|coin| ["StopOrder", "Order"].map(|kind| (coin, kind)));
    let lists = join_all(wanted.map(|(coin, kind)| {
        let query = call::by_coin(coin).with("openOnly", 0).with("orderFilter", kind);
        async move {
            let list = List::new(REALTIME, query, ORDERS_PAGE, Lane::Sight);
            pages::all(shared, &list, decode_orders::orders).await
        }
    }))
    .await;
    let mut found: BTreeMap<VenueOrderId, Order> = BTreeMap::new();
    let mut fault = None;
    for list in lists {
        let (Part::Whole(rows) | Part::Broken(rows, _)) = &list;
        for order in rows {
            // Pages repeat rows when something changes between them; the later one is newer.
            let known = found.get(&order.id);
            if known.is_none_or(|known| known.changed <= order.changed) {
                found.insert(order.id.clone(), order.clone());
            }
        }
        if let Part::Broken(_, why) = list {
            fault.get_or_insert(why);
        }
    }
    shared.follow(found.values().map(|order| &order.symbol));
    lock(&shared.memory).note_orders(found.values());
    let conditional: Vec<_> = found.values().filter_map(Order::protecting).cloned().collect();
    let foreign = found.values().filter_map(Order::foreign).collect();
    match fault {
        None => (Part::Whole(conditional), foreign),
        Some(why) => (Part::Broken(conditional, why), foreign),
    }
}

async fn balance(shared: &Shared) -> Option<Balance> {
    let ask = async |path, query| {
        let answer = shared.send(Call::ask(path, query, Lane::Sight)).await;
        answer.map_err(|failure| format!("{}: {path}: {failure}", shared.name))
    };
    let read = async || {
        let wallet = Query::new().with("accountType", "UNIFIED");
        let (account, wallet) =
            tokio::join!(ask(ACCOUNT, Query::new()), ask("/v5/account/wallet-balance", wallet));
        let margin = decode::account(&account?)?;
        lock(&shared.memory).note_margin(margin);
        decode::balance(&wallet?, margin)
    };
    read().await.inspect_err(|why| tracing::warn!(account = %shared.name, "{why}")).ok()
}
