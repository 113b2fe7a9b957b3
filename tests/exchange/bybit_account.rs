//! Bybit's recorded answers about an account.

use holdfast::domain::amount::Side;
use holdfast::domain::key::{Leg, Symbol};
use holdfast::domain::position::{Balance, PositionMode, PositionTrouble, VenuePosition};
use holdfast::domain::time::VenueTime;
use holdfast::exchange::Rights;
use holdfast::exchange::bybit::decode::{self, Key, Margin, Slot, Stamp};

use crate::bybit_values::{answer, broken, bybit, only, slots, whole};
use crate::values::{money, price, qty};

fn page(name: &str) -> Vec<Slot> {
    whole(decode::positions(&bybit(name))).rows
}

#[test]
fn one_long_with_a_cursor_that_leads_nowhere() {
    let page = whole(decode::positions(&bybit("rest-position-list-long-nonempty-cursor.json")));
    assert_eq!(page.cursor.as_deref(), Some("LTCUSDT%2C1699948800031%2C0"));
    assert_eq!(page.listed, 1);
    let expected = Slot {
        symbol: "LTCUSDT".into(),
        leg: Leg::Net,
        open: Some(VenuePosition {
            side: Side::Long,
            quantity: qty("1.2"),
            entry: Some(price("64.59947917")),
            mark: Some(price("71.1")),
            liquidation: None,
            changed: Some(VenueTime(1_699_948_800_031)),
            opened: None,
            trouble: None,
        }),
        stop_loss: None,
        take_profit: None,
        trailing: None,
        stamp: Stamp { seq: Some(15_411_084_098), at: Some(VenueTime(1_699_948_800_031)) },
    };
    assert_eq!(only(page.rows), expected);
}

#[test]
fn a_long_a_short_and_a_flat_slot_in_one_page() {
    let page = whole(decode::positions(&bybit("rest-position-list-three-rows.json")));
    assert_eq!((page.listed, page.cursor), (3, None));
    let [long, short, flat] = &page.rows[..] else { panic!() };
    let open = long.open.as_ref().unwrap();
    assert_eq!((long.symbol.as_str(), open.side), ("BTCUSDT", Side::Long));
    assert_eq!((open.quantity, open.liquidation), (qty("0.5"), Some(price("45000"))));
    assert_eq!((long.stop_loss, long.take_profit), (Some(price("48000")), Some(price("55000"))));
    assert_eq!(long.trailing, None);
    let open = short.open.as_ref().unwrap();
    assert_eq!((short.symbol.as_str(), open.side), ("ETHUSDT", Side::Short));
    assert_eq!((open.quantity, open.entry), (qty("5"), Some(price("3000"))));
    assert_eq!((short.stop_loss, short.take_profit), (Some(price("3100")), Some(price("2800"))));
    assert_eq!((flat.symbol.as_str(), &flat.open), ("SOLUSDT", &None));
    assert_eq!((flat.stop_loss, flat.take_profit, flat.trailing), (None, None, None));
    let stamp = Stamp { seq: Some(5_723_621_634), at: Some(VenueTime(1_697_673_800_212)) };
    assert_eq!(flat.stamp, stamp);
}

/// The same names stand for other contracts in another category: what was read is kept apart
/// from what may be believed.
#[test]
fn an_inverse_page_is_not_ours() {
    let (page, why) = broken(decode::positions(&bybit("rest-position-inverse-row.json")));
    assert_eq!(why, "the category is \"inverse\", not linear");
    let slot = only(page.rows);
    let open = slot.open.unwrap();
    assert_eq!((slot.symbol.as_str(), open.side), ("BTCUSD", Side::Short));
    assert_eq!((open.quantity, open.entry), (qty("300"), Some(price("27464.50441675"))));
    assert_eq!(open.mark, Some(price("28224.5")));
    assert_eq!((slot.stop_loss, slot.take_profit, slot.trailing), (None, None, None));
    assert_eq!(slot.stamp.seq, Some(5_723_621_632));
}

/// The example at the end of the venue document: both slots of a hedged symbol, short first.
const HEDGED: [&str; 2] = [
    r#"{"symbol":"GUNUSDT","positionIdx":2,"side":"Sell","size":"3340","avgPrice":"0.02531",
    "stopLoss":"0.02685","takeProfit":"","trailingStop":"0","leverage":"5","markPrice":"0.02512",
    "liqPrice":"","positionStatus":"Normal","adlRankIndicator":2,"seq":90211873345,
    "createdTime":"1743000000000","openTime":1785590000123,"updatedTime":"1785600000000",
    "isReduceOnly":false,"tradeMode":0,"autoAddMargin":0,"riskId":1}"#,
    r#"{"symbol":"GUNUSDT","positionIdx":1,"side":"","size":"0","avgPrice":"0","stopLoss":"",
    "takeProfit":"","trailingStop":"0","leverage":"5","markPrice":"0.02512","liqPrice":"",
    "positionValue":"","unrealisedPnl":"","positionStatus":"Normal","adlRankIndicator":0,
    "seq":90100000001,"createdTime":"1743000000000","openTime":0,"updatedTime":"1785000000000",
    "tradeMode":0,"autoAddMargin":0,"riskId":1}"#,
];

#[test]
fn both_slots_of_a_hedged_symbol() {
    let rows = whole(decode::positions(&answer(&HEDGED))).rows;
    assert_eq!(decode::mode(rows.iter().map(|slot| slot.leg)), Some(PositionMode::Hedge));
    let slots = decode::newest(rows);
    let short = &slots[&(Symbol::from("GUNUSDT"), Leg::Short)];
    let expected = VenuePosition {
        side: Side::Short,
        quantity: qty("3340"),
        entry: Some(price("0.02531")),
        mark: Some(price("0.02512")),
        liquidation: None,
        changed: Some(VenueTime(1_785_600_000_000)),
        opened: Some(VenueTime(1_785_590_000_123)),
        trouble: None,
    };
    assert_eq!(short.open, Some(expected));
    assert_eq!(short.stop_loss, Some(price("0.02685")));
    let long = &slots[&(Symbol::from("GUNUSDT"), Leg::Long)];
    assert_eq!((&long.open, long.stamp.seq), (&None, Some(90_100_000_001)));
}

#[test]
fn the_mode_is_told_by_the_legs() {
    use Leg::{Long, Net, Short};
    for (legs, mode) in [
        (&[][..], None),
        (&[Net, Net], Some(PositionMode::OneWay)),
        (&[Short, Long], Some(PositionMode::Hedge)),
        (&[Net, Short, Long], Some(PositionMode::Mixed)),
        (&[Long, Net, Long], Some(PositionMode::Mixed)),
    ] {
        assert_eq!(decode::mode(legs.iter().copied()), mode, "{legs:?}");
    }
    let body = answer(&[
        r#"{"symbol":"BTCUSDT","leverage":"10","side":"Buy","positionIdx":0}"#,
        r#"{"symbol":"ETHUSDT","leverage":"10","side":"Buy","positionIdx":1}"#,
    ]);
    let legs = [(Symbol::from("BTCUSDT"), Net), (Symbol::from("ETHUSDT"), Long)];
    assert_eq!(decode::modes(&body), Ok(legs.into()));
    assert!(decode::modes(&bybit("rest-empty-ok.json")).is_err());
}

#[test]
fn the_newest_row_of_a_slot_counts_wherever_it_came() {
    let page = page("rest-position-list-long-nonempty-cursor.json");
    let first = only(page);
    let mut grown = first.clone();
    grown.stamp.seq = grown.stamp.seq.map(|seq| seq + 1);
    grown.open.as_mut().unwrap().quantity = qty("2");
    for rows in [[first.clone(), grown.clone()], [grown.clone(), first.clone()]] {
        let slots = decode::newest(rows);
        assert_eq!(slots[&(first.symbol.clone(), Leg::Net)], grown);
    }
}

#[test]
fn a_flat_hedged_slot_on_the_stream() {
    let slot = only(slots(&bybit("ws-position-flat-hedge-idx2.json")));
    assert_eq!((slot.symbol.as_str(), slot.leg, &slot.open), ("BTCUSDT", Leg::Short, &None));
    assert_eq!((slot.stop_loss, slot.take_profit, slot.trailing), (None, None, None));
    let stamp = Stamp { seq: Some(8_327_597_863), at: Some(VenueTime(1_697_682_317_038)) };
    assert_eq!(slot.stamp, stamp);
}

#[test]
fn an_open_short_on_the_stream() {
    let slot = only(slots(&bybit("ws-position-short-eth-2025.json")));
    assert_eq!((slot.symbol.as_str(), slot.leg), ("ETHUSDT", Leg::Net));
    let expected = VenuePosition {
        side: Side::Short,
        quantity: qty("0.01"),
        entry: Some(price("3641.075")),
        mark: Some(price("3641.33")),
        liquidation: Some(price("51764.83003276")),
        changed: Some(VenueTime(1_762_199_125_472)),
        opened: None,
        trouble: None,
    };
    assert_eq!(slot.open, Some(expected));
    assert_eq!(slot.stamp.seq, Some(325_852_190_774));
}

#[test]
fn what_the_venue_does_to_a_position_by_itself() {
    for (word, trouble) in [
        ("Normal", None),
        ("Liq", Some(PositionTrouble::Liquidating)),
        ("Adl", Some(PositionTrouble::Deleveraging)),
        ("Somersault", None),
    ] {
        let row = HEDGED[0].replace("Normal", word);
        let slot = only(whole(decode::positions(&answer(&[&row]))).rows);
        assert_eq!(slot.open.unwrap().trouble, trouble, "{word}");
    }
}

#[test]
fn the_account_has_to_be_a_unified_one() {
    let body = bybit("rest-account-info.json");
    assert_eq!(decode::account(&body), Ok(Margin::Shared));
    let with = |status: &str, mode: &str| {
        let body = body.replace("\"unifiedMarginStatus\": 4", status);
        decode::account(&body.replace("REGULAR_MARGIN", mode))
    };
    for status in 3..=6 {
        let status = format!("\"unifiedMarginStatus\": {status}");
        assert_eq!(with(&status, "ISOLATED_MARGIN"), Ok(Margin::Isolated));
        assert_eq!(with(&status, "PORTFOLIO_MARGIN"), Ok(Margin::Shared));
    }
    let classic = with("\"unifiedMarginStatus\": 1", "REGULAR_MARGIN").unwrap_err();
    assert!(classic.contains("classic account"), "{classic}");
    assert!(with("\"unifiedMarginStatus\": 2", "REGULAR_MARGIN").is_err());
    assert!(with("\"other\": 4", "REGULAR_MARGIN").is_err());
    assert!(with("\"unifiedMarginStatus\": 4", "NEW_MARGIN").is_err());
}

#[test]
fn an_accounts_worth_under_shared_margin() {
    let body = bybit("rest-wallet-balance-single-coin.json");
    let balance = Balance { equity: money("3.31216591"), available: money("3.00326056") };
    assert_eq!(decode::balance(&body, Margin::Shared), Ok(balance));
    let empty = body.replace("\"totalAvailableBalance\": \"3.00326056\"", "\"x\": 1");
    let why = decode::balance(&empty, Margin::Shared).unwrap_err();
    assert!(why.contains("totalAvailableBalance is missing"), "{why}");
    assert!(decode::balance(&answer(&[]), Margin::Shared).is_err());
}

#[test]
fn an_accounts_worth_under_isolated_margin_is_that_of_one_coin() {
    let coins = r#"{"totalEquity":"","totalAvailableBalance":"","coin":[
        {"coin":"BTC","equity":"1","usdValue":"60000","walletBalance":"1"},
        {"coin":"USDC","equity":"7","usdValue":"7","walletBalance":"7"},
        {"coin":"USDT","equity":"1010.5","usdValue":"1010","walletBalance":"1000",
         "totalPositionIM":"100","totalOrderIM":"20.5","locked":"3","bonus":"1.5",
         "availableToWithdraw":""}]}"#;
    let read = |row: &str| decode::balance(&answer(&[row]), Margin::Isolated);
    let usdt = Balance { equity: money("1010.5"), available: money("875.0") };
    assert_eq!(read(coins), Ok(usdt));
    let usdc = Balance { equity: money("7"), available: money("7") };
    assert_eq!(read(&coins.replace("USDT", "SHIB")), Ok(usdc));
    let bitcoin = Balance { equity: money("1"), available: money("1") };
    assert_eq!(read(&coins.replace("USDT", "SHIB").replace("USDC", "PEPE")), Ok(bitcoin));
    let nothing = Balance { equity: money("0"), available: money("0") };
    assert_eq!(read(r#"{"coin":[]}"#), Ok(nothing));
    // More is bound than there is, as during a liquidation.
    let bound = read(&coins.replace("\"100\"", "\"5000\"")).unwrap();
    assert_eq!(bound.available, money("0"));
    assert!(read(&coins.replace(r#","walletBalance":"1000""#, "")).is_err());
}

#[test]
fn a_bound_read_only_key_that_never_ends() {
    let rights = Rights { read: true, trade: false, withdraw: false, ip_restricted: true };
    let body = bybit("rest-user-query-api-2026.json");
    assert_eq!(decode::key(&body), Ok(Key { rights, ends: None }));
}

#[test]
fn what_a_key_may_do() {
    let body = bybit("rest-user-query-api-2026.json");
    let changed = |pairs: &[(&str, &str)]| {
        let body = pairs.iter().fold(body.clone(), |body, (from, to)| {
            assert!(body.contains(from), "{from}");
            body.replace(from, to)
        });
        decode::key(&body).unwrap()
    };
    let writes = ("\"readOnly\": 1", "\"readOnly\": 0");
    assert!(changed(&[writes]).rights.trade);
    assert!(!changed(&[writes, ("\"Order\",", "")]).rights.trade);
    assert!(changed(&[("\"AccountTransfer\"", "\"Withdraw\"")]).rights.withdraw);
    assert!(!changed(&[("\"18.181.170.164\"", "\"*\"")]).rights.ip_restricted);
    let ends = [("\"deadlineDay\": -2", "\"deadlineDay\": 31"), ("1970-01-01T", "2026-12-22T")];
    assert_eq!(changed(&ends).ends, Some(VenueTime(1_797_897_600_000)));
    assert_eq!(changed(&ends[..1]).ends, None);
    assert_eq!(changed(&ends[1..]).ends, None);
    assert!(decode::key(&body.replace("\"ips\"", "\"x\"")).is_err());
    assert!(decode::key(&bybit("errors/10003-api-key.json")).is_err());
}

#[test]
fn the_venues_clock() {
    let body = bybit("rest-market-time.json");
    assert_eq!(decode::server_time(&body), Ok(VenueTime(1_688_639_403_423)));
    let envelope = body.replace("timeNano", "x");
    assert_eq!(decode::server_time(&envelope), Ok(VenueTime(1_688_639_403_423)));
    assert!(decode::server_time(&envelope.replace("\"time\"", "\"y\"")).is_err());
}
