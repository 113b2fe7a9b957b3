//! What the Bybit link remembers between frames.

use holdfast::domain::amount::{OrderSide, Side};
use holdfast::domain::client_id::ClientId;
use holdfast::domain::evidence::{Fill, Origin};
use holdfast::domain::input::{StreamEvent, StreamPosition};
use holdfast::domain::key::{Leg, VenueOrderId};
use holdfast::domain::order::{OrderStatus, StopStatus};
use holdfast::domain::position::{Balance, PositionTrouble};
use holdfast::domain::time::VenueTime;
use holdfast::exchange::bybit::decode::{self, Margin, Slot};
use holdfast::exchange::bybit::decode_market::{self, Market};
use holdfast::exchange::bybit::decode_orders::{self, Order};
use holdfast::exchange::bybit::events::event;
use holdfast::exchange::bybit::memory::Memory;

use crate::bybit_values::{answer, bybit, frame, only, whole};
use crate::values::{money, price, qty};

fn hear(memory: &mut Memory, frame: &str) -> Vec<StreamEvent> {
    memory.hear(event(frame).unwrap())
}

/// A row about a slot: index, side, size, sequence, time of the change.
fn row(index: u8, side: &str, size: &str, seq: &str, at: u32) -> String {
    format!(
        r#"{{"symbol":"BTCUSDT","category":"linear","positionIdx":{index},"side":"{side}",
        "size":"{size}","entryPrice":"60000","seq":{seq},"updatedTime":"17856000{at:05}"}}"#
    )
}

fn position(memory: &mut Memory, row: &str) -> Vec<StreamEvent> {
    hear(memory, &frame("position.linear", &[row]))
}

fn slot(row: &str) -> Slot {
    only(whole(decode::positions(&answer(&[row]))).rows)
}

fn told(leg: Leg, open: Option<(Side, &str)>, at: u32) -> Vec<StreamEvent> {
    let open = open.map(|(side, quantity)| StreamPosition {
        side,
        quantity: qty(quantity),
        entry: Some(price("60000")),
        opened: None,
        trouble: None,
    });
    let at = VenueTime(1_785_600_000_000 + i64::from(at));
    vec![StreamEvent::Position { symbol: "BTCUSDT".into(), leg, open, at }]
}

const NOTHING: Vec<StreamEvent> = Vec::new();

#[test]
fn late_and_repeated_rows_are_dropped() {
    let memory = &mut Memory::default();
    let first = row(0, "Buy", "1", "10", 100);
    assert_eq!(position(memory, &first), told(Leg::Net, Some((Side::Long, "1")), 100));
    // Every order on the instrument says it again.
    assert_eq!(position(memory, &first), NOTHING);
    assert_eq!(position(memory, &row(0, "Buy", "1", "10", 200)), NOTHING);
    let grown = row(0, "Buy", "2", "11", 150);
    assert_eq!(position(memory, &grown), told(Leg::Net, Some((Side::Long, "2")), 150));
    assert_eq!(position(memory, &row(0, "Buy", "1", "10", 900)), NOTHING);
    assert_eq!(position(memory, &row(0, "Buy", "3", "11", 149)), NOTHING);
    // The same trade, changed later: a change that is no trade keeps the sequence.
    let changed = row(0, "Buy", "3", "11", 151);
    assert_eq!(position(memory, &changed), told(Leg::Net, Some((Side::Long, "3")), 151));
}

#[test]
fn a_row_without_a_sequence_goes_by_its_time() {
    let memory = &mut Memory::default();
    let first = row(0, "Buy", "1", "10", 100);
    assert_eq!(position(memory, &first).len(), 1);
    assert_eq!(position(memory, &row(0, "", "0", "-1", 99)), NOTHING);
    let zero = row(0, "", "0", "-1", 101).replace("\"seq\":-1,", "");
    assert_eq!(position(memory, &zero), told(Leg::Net, None, 101));
    assert_eq!(position(memory, &first), NOTHING);
    let again = row(0, "Buy", "4", "\"12\"", 102);
    assert_eq!(position(memory, &again), told(Leg::Net, Some((Side::Long, "4")), 102));
}

#[test]
fn legs_are_never_mixed() {
    let memory = &mut Memory::default();
    assert_eq!(memory.hedged(&"BTCUSDT".into()), None);
    let rows = [row(2, "Sell", "3", "20", 100), row(1, "", "0", "19", 90)];
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let heard = hear(memory, &frame("position.linear", &rows));
    let expected =
        [told(Leg::Short, Some((Side::Short, "3")), 100), told(Leg::Long, None, 90)].concat();
    assert_eq!(heard, expected);
    assert_eq!(memory.hedged(&"BTCUSDT".into()), Some(true));
    // A lower sequence of another slot is not late.
    let long = row(1, "Buy", "1", "19", 95);
    assert_eq!(position(memory, &long), told(Leg::Long, Some((Side::Long, "1")), 95));
    let closed = row(2, "", "0", "21", 110);
    assert_eq!(position(memory, &closed), told(Leg::Short, None, 110));
}

#[test]
fn a_change_of_side_is_told_as_it_is() {
    let memory = &mut Memory::default();
    position(memory, &row(0, "Buy", "1", "10", 100));
    let flipped = row(0, "Sell", "0.5", "11", 101);
    assert_eq!(position(memory, &flipped), told(Leg::Net, Some((Side::Short, "0.5")), 101));
}

#[test]
fn trouble_alone_is_news() {
    let memory = &mut Memory::default();
    position(memory, &row(0, "Buy", "1", "10", 100));
    let liquidated = row(0, "Buy", "1", "10", 101)
        .replace("\"seq\"", "\"positionStatus\":\"Liq\",\"openTime\":1785600000005,\"seq\"");
    let [StreamEvent::Position { open: Some(open), .. }] = &position(memory, &liquidated)[..]
    else {
        panic!()
    };
    assert_eq!(open.trouble, Some(PositionTrouble::Liquidating));
    assert_eq!(open.opened, Some(VenueTime(1_785_600_000_005)));
}

#[test]
fn a_look_makes_older_frames_late() {
    let memory = &mut Memory::default();
    position(memory, &row(0, "Buy", "1", "10", 100));
    memory.note_slots(&[slot(&row(0, "Buy", "2", "12", 120))]);
    assert_eq!(position(memory, &row(0, "", "0", "11", 110)), NOTHING);
    // What the look showed was not told by the stream: said by it, it is told.
    let same = row(0, "Buy", "2", "12", 120);
    assert_eq!(position(memory, &same), told(Leg::Net, Some((Side::Long, "2")), 120));
    // An older look changes nothing.
    memory.note_slots(&[slot(&row(0, "", "0", "11", 110))]);
    assert_eq!(position(memory, &same), NOTHING);
}

/// A size that came back to what was told last was something else in between.
#[test]
fn a_size_that_a_look_contradicted_is_told_again() {
    let memory = &mut Memory::default();
    position(memory, &row(0, "Buy", "1", "10", 100));
    memory.note_slots(&[slot(&row(0, "Buy", "2", "12", 120))]);
    let back = row(0, "Buy", "1", "13", 130);
    assert_eq!(position(memory, &back), told(Leg::Net, Some((Side::Long, "1")), 130));
}

#[test]
fn a_new_stream_tells_everything_again() {
    let memory = &mut Memory::default();
    let first = row(0, "Buy", "1", "10", 100);
    position(memory, &first);
    memory.restarted();
    assert_eq!(position(memory, &first), told(Leg::Net, Some((Side::Long, "1")), 100));
    assert_eq!(position(memory, &row(0, "Buy", "9", "9", 200)), NOTHING);
}

/// A row about the stop on a hedged long.
fn stop_row(id: &str, status: &str, placed: u32, changed: u32) -> String {
    format!(
        r#"{{"symbol":"BTCUSDT","category":"linear","orderId":"{id}","orderLinkId":"",
        "side":"Sell","positionIdx":1,"orderStatus":"{status}","orderType":"Market",
        "stopOrderType":"StopLoss","createType":"CreateByStopLoss","cancelType":"UNKNOWN",
        "qty":"1","cumExecQty":"0","triggerPrice":"58000","triggerBy":"MarkPrice",
        "triggerDirection":2,"reduceOnly":true,"closeOnTrigger":true,"tpslMode":"Full",
        "createdTime":"17856000{placed:05}","updatedTime":"17856000{changed:05}"}}"#
    )
}

fn order(memory: &mut Memory, row: &str) -> Vec<StreamEvent> {
    hear(memory, &frame("order.linear", &[row]))
}

fn status(events: &[StreamEvent]) -> Option<StopStatus> {
    match events {
        [] => None,
        [StreamEvent::Stop(report)] => {
            assert_eq!(report.order.client_id, ClientId::on_position(&"BTCUSDT".into(), Leg::Long));
            Some(report.status.clone())
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_stop_that_fires_and_fills_nothing() {
    let memory = &mut Memory::default();
    let mut heard = |state, at| status(&order(memory, &stop_row("s1", state, 0, at)));
    assert_eq!(heard("Untriggered", 1), Some(StopStatus::Live));
    assert_eq!(heard("Triggered", 2), Some(StopStatus::Firing));
    assert_eq!(heard("Untriggered", 1), None);
    // It left the position unprotected, which is not the same as being taken away.
    assert_eq!(heard("Cancelled", 3), Some(StopStatus::Finished(None)));
    assert_eq!(heard("Triggered", 3), None);
}

#[test]
fn an_order_that_does_not_say_when_it_changed_is_not_late() {
    let memory = &mut Memory::default();
    order(memory, &stop_row("s1", "Untriggered", 0, 5));
    let timeless = stop_row("s1", "Cancelled", 0, 6).replace("\"updatedTime\"", "\"x\"");
    assert_eq!(status(&order(memory, &timeless)), Some(StopStatus::Cancelled));
}

#[test]
fn a_fired_stop_that_was_refused() {
    let memory = &mut Memory::default();
    order(memory, &stop_row("s1", "Triggered", 0, 2));
    let refused = status(&order(memory, &stop_row("s1", "Rejected", 0, 3)));
    assert_eq!(refused, Some(StopStatus::Rejected("no reason given".to_owned())));
}

#[test]
fn a_stop_that_leaves_with_its_position_and_one_that_is_taken_away() {
    let memory = &mut Memory::default();
    order(memory, &stop_row("s1", "Untriggered", 0, 1));
    let cleared =
        stop_row("s1", "Deactivated", 0, 2).replace("\"UNKNOWN\"", "\"CancelByTpSlTsClear\"");
    assert_eq!(status(&order(memory, &cleared)), Some(StopStatus::Expired));
    order(memory, &stop_row("s2", "Untriggered", 5, 5));
    let taken = stop_row("s2", "Deactivated", 5, 6).replace("\"UNKNOWN\"", "\"CancelByUser\"");
    assert_eq!(status(&order(memory, &taken)), Some(StopStatus::Cancelled));
}

/// All stops on one leg go by one name: late news of the last one is not news of this one.
#[test]
fn the_end_of_an_earlier_stop_does_not_end_the_present_one() {
    let memory = &mut Memory::default();
    order(memory, &stop_row("s1", "Untriggered", 0, 1));
    order(memory, &stop_row("s2", "Untriggered", 5, 5));
    assert_eq!(order(memory, &stop_row("s1", "Deactivated", 0, 9)), NOTHING);
    let name = ClientId::on_position(&"BTCUSDT".into(), Leg::Long);
    assert_eq!(memory.order_id(&name), Some(&VenueOrderId::from("s2")));
    assert_eq!(
        status(&order(memory, &stop_row("s2", "Untriggered", 5, 6))),
        Some(StopStatus::Live)
    );
}

#[test]
fn orders_of_ours_and_of_others() {
    let memory = &mut Memory::default();
    let row = |id: &str, link: &str, state: &str, filled: &str| {
        format!(
            r#"{{"symbol":"BTCUSDT","category":"linear","orderId":"{id}","orderLinkId":"{link}",
            "side":"Sell","positionIdx":1,"orderStatus":"{state}","orderType":"Limit",
            "stopOrderType":"","createType":"CreateByUser","qty":"1","leavesQty":"1",
            "price":"70000","cumExecQty":"{filled}","avgPrice":"","reduceOnly":true,
            "createdTime":"1785600000000","updatedTime":"1785600000001"}}"#
        )
    };
    let ours = "hfx-1f3a9c0b2d4e5f60";
    let [StreamEvent::Order(report)] = &order(memory, &row("o1", ours, "New", "0"))[..] else {
        panic!()
    };
    assert_eq!((report.client_id.as_str(), report.status), (ours, OrderStatus::Live));
    assert_eq!(memory.order_id(&ours.into()), Some(&VenueOrderId::from("o1")));
    assert_eq!(memory.leg(&"o1".into()), Some(Leg::Long));
    let [StreamEvent::Foreign(foreign)] = &order(memory, &row("o2", "", "New", "0"))[..] else {
        panic!()
    };
    assert_eq!((foreign.client_id.as_str(), foreign.side), ("o2", OrderSide::Sell));
    assert_eq!((foreign.quantity, foreign.price), (qty("1"), Some(price("70000"))));
    assert!(foreign.reduces);
    // A finished order of somebody else's is not there any more.
    assert_eq!(order(memory, &row("o3", "x", "Filled", "1")), NOTHING);
    // A cancellation that raced a fill: twice filled, once told as it is.
    let raced = row("o1", ours, "Filled", "1");
    assert_eq!(order(memory, &raced), order(memory, &raced));
}

/// A row about an execution: trade, order, direction, how much it closed.
fn execution_row(trade: &str, order: &str, side: &str, closed: &str) -> String {
    format!(
        r#"{{"symbol":"BTCUSDT","category":"linear","execId":"{trade}","orderId":"{order}",
        "orderLinkId":"","side":"{side}","execType":"Trade","stopOrderType":"UNKNOWN",
        "createType":"CreateByUser","execQty":"1","execPrice":"60000","execFee":"0.3",
        "closedSize":"{closed}","execTime":"1785600000100"}}"#
    )
}

fn fills(memory: &mut Memory, rows: &[&str]) -> Vec<Fill> {
    let heard = hear(memory, &frame("execution.linear", rows));
    let fill = |event| match event {
        StreamEvent::Fill(fill) => fill,
        other => panic!("{other:?}"),
    };
    heard.into_iter().map(fill).collect()
}

#[test]
fn a_fill_is_told_once() {
    let memory = &mut Memory::default();
    position(memory, &row(0, "Buy", "1", "10", 100));
    position(memory, &row(0, "Buy", "1", "10", 100).replace("BTCUSDT", "ETHUSDT"));
    let row = execution_row("t1", "o1", "Sell", "1");
    assert_eq!(fills(memory, &[&row, &row]).len(), 1);
    assert_eq!(fills(memory, &[&row]).len(), 0);
    // Trades are counted for each instrument.
    assert_eq!(fills(memory, &[&row.replace("BTCUSDT", "ETHUSDT")]).len(), 1);
}

#[test]
fn the_leg_of_a_fill_follows_from_its_order_or_from_what_it_closed() {
    let memory = &mut Memory::default();
    position(memory, &row(1, "Buy", "1", "10", 100));
    let unsettled = only(fills(memory, &[&execution_row("t1", "o1", "Buy", "1")]));
    assert_eq!((unsettled.leg, unsettled.fee_asset.as_str()), (Leg::Short, ""));
    let listing = decode_market::instruments(&bybit("rest-instruments-linear-btcusdt.json"));
    memory.note_instruments(&Market::of(whole(listing).rows).instruments);
    let long = only(fills(memory, &[&execution_row("t2", "o2", "Sell", "1")]));
    assert_eq!((long.leg, long.fee_asset.as_str()), (Leg::Long, "USDT"));
    order(memory, &stop_row("s1", "Triggered", 0, 1));
    let stopped = only(fills(memory, &[&execution_row("t3", "s1", "Sell", "")]));
    assert_eq!((stopped.leg, stopped.origin), (Leg::Long, Origin::Stop));
    let mut other = Memory::default();
    position(&mut other, &row(0, "Buy", "1", "10", 100));
    let net = only(fills(&mut other, &[&execution_row("t1", "o1", "Sell", "")]));
    assert_eq!(net.leg, Leg::Net);
}

/// A fill may be the first thing heard of its instrument, and of its order.
#[test]
fn a_fill_waits_until_its_leg_is_known() {
    let memory = &mut Memory::default();
    let first = execution_row("t1", "o1", "Sell", "0");
    assert_eq!(hear(memory, &frame("execution.linear", &[&first])), NOTHING);
    assert_eq!(hear(memory, &frame("execution.linear", &[&first])), NOTHING);
    let heard = position(memory, &row(2, "Sell", "1", "10", 100));
    let [StreamEvent::Fill(fill), StreamEvent::Position { .. }] = &heard[..] else { panic!() };
    assert_eq!((fill.leg, fill.trade_id.as_str()), (Leg::Short, "t1"));
    // Hedged, and its row does not say whether it closed anything: only its order can tell.
    let unclear = execution_row("t2", "o9", "Sell", "");
    assert_eq!(hear(memory, &frame("execution.linear", &[&unclear])), NOTHING);
    let told = stop_row("o9", "Triggered", 0, 1);
    let known: Order = only(whole(decode_orders::orders(&answer(&[&told]))).rows);
    memory.note_orders(&[known]);
    let heard = position(memory, &row(2, "Sell", "1", "10", 100));
    let [StreamEvent::Fill(fill)] = &heard[..] else { panic!("{heard:?}") };
    assert_eq!((fill.leg, fill.origin), (Leg::Long, Origin::Stop));
    assert_eq!(hear(memory, &frame("execution.linear", &[&unclear])), NOTHING);
}

#[test]
fn fills_that_wait_in_vain_make_everything_be_looked_at_again() {
    let memory = &mut Memory::default();
    let row = |trade: usize| execution_row(&format!("t{trade}"), "o1", "Sell", "1");
    for trade in 0..64 {
        assert_eq!(hear(memory, &frame("execution.linear", &[&row(trade)])), NOTHING);
    }
    let heard = hear(memory, &frame("execution.linear", &[&row(64)]));
    let [StreamEvent::Down(why), StreamEvent::Up] = &heard[..] else { panic!("{heard:?}") };
    assert!(why.contains("nothing says which legs were filled"), "{why}");
}

#[test]
fn what_the_venue_did_by_itself_is_not_explained_away() {
    let memory = &mut Memory::default();
    order(memory, &stop_row("s1", "Untriggered", 0, 1));
    let row = execution_row("t1", "s1", "Sell", "1").replace("\"Trade\"", "\"AdlTrade\"");
    let fill = only(fills(memory, &[&row]));
    assert_eq!((fill.origin, fill.leg), (Origin::Adl, Leg::Long));
}

#[test]
fn an_unreadable_row_makes_everything_be_looked_at_again() {
    let memory = &mut Memory::default();
    let good = row(0, "Buy", "1", "10", 100);
    let bad = row(0, "Buy", "", "11", 101);
    let heard = hear(memory, &frame("position", &[&bad, &good]));
    assert_eq!(heard[..1], told(Leg::Net, Some((Side::Long, "1")), 100)[..]);
    assert!(matches!(&heard[1..], [StreamEvent::Down(_), StreamEvent::Up]));
}

#[test]
fn the_accounts_worth_is_told_once_its_margin_is_known() {
    let memory = &mut Memory::default();
    assert_eq!(hear(memory, &bybit("ws-wallet.json")), NOTHING);
    memory.note_margin(Margin::Shared);
    let balance = Balance { equity: money("10262.91335023"), available: money("9556.6056555") };
    assert_eq!(hear(memory, &bybit("ws-wallet.json")), [StreamEvent::Balance(balance)]);
    // Under isolated margin totals mean nothing: it is the worth of the one coin.
    memory.note_margin(Margin::Isolated);
    let coin = money("0.00102964");
    let balance = Balance { equity: coin, available: coin };
    assert_eq!(hear(memory, &bybit("ws-wallet.json")), [StreamEvent::Balance(balance)]);
    // A row that does not say it leaves what the last look said.
    assert_eq!(hear(memory, &frame("wallet", &["{}"])), NOTHING);
    assert_eq!(hear(memory, r#"{"topic":"wallet","data":7}"#), NOTHING);
}
