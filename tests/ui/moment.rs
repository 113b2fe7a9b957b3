//! The moment that the pictures show: BTCUSDT lost its stop 42 s ago, SOLUSDT is covered in
//! part, DOGEUSDT was closed by hand, LTCUSDT was opened by hand, ADAUSDT has another size on
//! the venue, account `alt` answers slowly and account `cold` not at all.

use std::sync::Arc;

use holdfast::domain::amount::Side;
use holdfast::domain::event::{Event, EventKind, Severity};
use holdfast::domain::key::{AccountName, Symbol, Venue};
use holdfast::domain::ledger::Row;
use holdfast::domain::snapshot::{
    AccountView, Aged, Check, FindingKind, FindingView, Known, Snapshot, StrayView, StreamState,
};
use holdfast::domain::time::Span;

use crate::fixture::{Build, NOW, account, ago, finding, key, leg, of, price, repair, stop_order};

fn legs() -> Vec<Build> {
    use Side::{Long, Short};
    let refused = "refused -2021 \"Order would immediately trigger\"; trying again";
    vec![
        leg("main", "BTCUSDT", Long, ["0.500", "97,410.0", "96,882.4", "97,120.4"])
            .naked(42, refused)
            .liquidated_at("71,204.0")
            .opened(187_200),
        leg("main", "ETHUSDT", Long, ["8.000", "3,388.10", "3,412.55", "3,371.00"]),
        leg("main", "AVAXUSDT", Short, ["310.0", "41.220", "40.871", "41.480"]).opened(3_480),
        leg("main", "LINKUSDT", Long, ["900.0", "17.410", "17.388", "16.950"]).opened(10_920),
        leg("by", "SOLUSDT", Short, ["120.0", "214.310", "219.884", "224.100"]).partly("96.0", 9),
        leg("by", "DOGEUSDT", Long, ["40000", "0.38120", "0.38004", "0.37100"])
            .absent()
            .find(doge()),
        leg("by", "ADAUSDT", Short, ["15000", "0.7720", "0.7741", "0.7905"]).find(finding(
            FindingKind::Quantity,
            31,
            2,
            "waits: no fills explain the difference",
            true,
        )),
        leg("by", "LTCUSDT", Short, ["60.0", "88.40", "90.12", "91.92"])
            .untracked()
            .naked(190, "adopt it or close it")
            .find(finding(FindingKind::Orphan, 190, 3, "waits for you: a adopt, x close", true)),
        leg("alt", "SUIUSDT", Long, ["1800.0", "3.5120", "3.4980", "3.4100"]).old(3),
        leg("alt", "ARBUSDT", Short, ["6500.0", "0.9120", "0.9081", "0.9340"]).old(14),
        leg("cold", "XRPUSDT", Long, ["9000.0", "1.4410", "1.4522", "1.4155"]).old(90),
    ]
}

fn doge() -> FindingView {
    let check =
        |what: &str, holds, detail: &str| Check { what: what.into(), holds, detail: detail.into() };
    FindingView {
        checks: vec![
            check("2 complete looks without it, 2.0s apart", true, "14:03:08Z 14:03:20Z"),
            check("zero on the user stream", false, "not heard"),
            check("closing fills explain the whole quantity", true, "1 fill"),
            check("no stop of ours is left", false, "1 to take away"),
        ],
        ..finding(FindingKind::Phantom, 91, 2, "closes the row", false)
    }
}

fn event(secs: u64, severity: Severity, kind: EventKind, symbol: &str, text: &str) -> Arc<Event> {
    let (account, venue) = if symbol.starts_with("BTC") {
        ("main", Venue::BinanceUsdm)
    } else {
        ("by", Venue::BybitLinear)
    };
    let data = serde_json::json!({"code": -2021, "try": 3});
    let event = Event::of(ago(secs), kind, severity, &key(account, symbol));
    Arc::new(Event { venue: Some(venue), ..event.saying(text).with(data) })
}

fn events() -> Vec<Arc<Event>> {
    vec![
        event(190, Severity::Warning, EventKind::OrphanDetected, "LTCUSDT", "short 60 @ 88.4"),
        event(
            91,
            Severity::Warning,
            EventKind::PhantomDetected,
            "DOGEUSDT",
            "ledger 40000, venue 0",
        ),
        event(42, Severity::Critical, EventKind::PositionNaked, "BTCUSDT", "no stop behind 0.5"),
        event(3, Severity::Critical, EventKind::StopRejected, "BTCUSDT", "refused -2021, try 3"),
        event(1, Severity::Info, EventKind::StopPlaced, "SOLUSDT", "stop at 224.1"),
    ]
}

/// The moment.
pub fn moment() -> Snapshot {
    let mut snapshot = of(legs());
    snapshot.accounts = vec![
        account("main", Venue::BinanceUsdm, 0),
        account("by", Venue::BybitLinear, 1),
        AccountView {
            stream: StreamState::Down(ago(14), "reset by peer".into()),
            ..account("alt", Venue::BinanceUsdm, 3)
        },
    ];
    let cold = account("cold", Venue::BinanceUsdm, 90);
    let known = Known::Unknown(ago(72), "positionRisk timed out".into());
    snapshot.accounts.push(AccountView { known, ..cold });
    snapshot.strays = vec![StrayView {
        account: AccountName::from("by"),
        symbol: Symbol::from("TRXUSDT"),
        order: stop_order("by", "TRXUSDT", Side::Long, "400", "0.2210"),
        since: ago(20),
        next: "takes it away".into(),
    }];
    snapshot.events = events().into();
    let mut doge = leg("by", "DOGEUSDT", Side::Long, ["40000", "0.38120", "0.38004", "0.37100"]);
    doge.0.row = doge.0.row.map(|row| Arc::new(Row { opened_at: ago(90_000), ..(*row).clone() }));
    snapshot.repairs = vec![repair("r-00ff", &doge)].into();
    snapshot
}

/// Fifty covered positions whose marks moved `turn` times.
pub fn market(turn: u64) -> Snapshot {
    let at = NOW + Span::secs(turn);
    let legs = (0..50_u64).map(|n| {
        let mark = format!("{}.{:02}", 100 + n, (turn * 7 + n * 13) % 100);
        let side = if n % 2 == 0 { Side::Long } else { Side::Short };
        let stop = if n % 2 == 0 { "90.00" } else { "180.00" };
        let mut build = leg("main", &format!("C{n:02}USDT"), side, ["12.5", "120.00", &mark, stop]);
        build.0.mark = Some(Aged { value: price(&mark), at });
        build
    });
    let mut snapshot = of(legs.collect());
    snapshot.at = at;
    snapshot.seq += turn;
    for account in &mut snapshot.accounts {
        account.heard = Some(at);
        account.known = Known::Since(at);
    }
    snapshot
}
