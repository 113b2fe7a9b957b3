//! Three accounts on two venues: the same symbol in several, hedge legs, two currencies, names
//! of every shape, one account unknown, one with a finding of its own, a rule held back.

use holdfast::domain::amount::Side::{Long, Short};
use holdfast::domain::command::Command;
use holdfast::domain::event::{Event, EventKind, Severity};
use holdfast::domain::evidence::{ExitReason, Fill, Origin};
use holdfast::domain::journal::RepairId;
use holdfast::domain::key::{Leg, PositionKey, Venue};
use holdfast::domain::ledger::RowStatus;
use holdfast::domain::snapshot::{
    AccountFinding, AccountFindingKind, AccountView, Check, FindingKind, FindingView, Known,
    Snapshot, TrustView,
};
use holdfast::domain::time::{Span, VenueTime};
use holdfast::domain::trust::{Demotion, Duty, Trust};

use crate::fixture::{Build, NOW, account, ago, finding, leg, of, price, qty};
use crate::pictures::picture;
use crate::screen::Screen;

fn demotion() -> Demotion {
    Demotion {
        account: "by".into(),
        duty: Duty::ClosePhantom,
        repair: RepairId("r-5c1e7700a1b2".into()),
        at: ago(82),
    }
}

fn gone() -> FindingView {
    let check =
        |what: &str, holds, detail: &str| Check { what: what.into(), holds, detail: detail.into() };
    FindingView {
        checks: vec![
            check(
                "2 complete looks without it, 2.0s apart, or one and a zero on the stream",
                true,
                "14:03:08Z 14:03:20Z",
            ),
            check("zero on the user stream", false, "not heard"),
            check("closing fills explain the whole quantity", false, "2 complete answers without"),
            check("no stop of ours is left", false, "1 to take away"),
        ],
        rule: Some((Duty::ClosePhantom, Trust::Propose)),
        ..finding(FindingKind::Phantom, 91, 2, "waits for your word: R resolves", true)
    }
}

fn phantom() -> Build {
    let mut doge = leg("by", "DOGEUSDT", Long, ["40000", "0.38120", "0.38004", "0.37100"])
        .absent()
        .find(gone())
        .resolvable(|row| {
            row.status = RowStatus::Closed;
            row.exit_reason = Some(ExitReason::Unexplained);
            row.priced = false;
            row.closed_at = Some(ago(0));
        });
    doge.0.last_fill = Some(Fill {
        symbol: "DOGEUSDT".into(),
        leg: Leg::Net,
        trade_id: "91177".into(),
        order_id: "5c1e0077".into(),
        client_id: None,
        origin: Origin::Plain,
        side: Long.closing(),
        quantity: qty("15000"),
        price: price("0.38004"),
        fee: holdfast::domain::amount::Money::ZERO,
        fee_asset: "USDT".into(),
        at: VenueTime(ago(204).0),
    });
    doge
}

/// Three accounts on two venues.
pub fn three() -> Snapshot {
    let btc =
        |account| leg(account, "BTCUSDT", Long, ["0.500", "97,410.0", "97,882.4", "95,120.4"]);
    let mut snapshot = of(vec![
        btc("main"),
        btc("by").hedged(Leg::Long),
        leg("by", "BTCUSDT", Short, ["0.200", "98,010.0", "97,882.4", "99,970.0"])
            .hedged(Leg::Short)
            .naked(12, "places the stop"),
        leg("by", "BTCPERP", Long, ["0.100", "97,400.0", "97,905.5", "95,452.0"]).quoted("USDC"),
        phantom(),
        leg("main", "1000PEPEUSDT", Short, ["900000", "0.0201450", "0.0199310", "0.0205479"]),
        leg("main", "币安人生USDT", Long, ["21000", "0.15210", "0.15004", "0.14906"])
            .holds("14000")
            .find(FindingView {
                rule: Some((Duty::FollowQuantity, Trust::Repair)),
                ..finding(
                    FindingKind::Quantity,
                    31,
                    2,
                    "waits: no fills explain the difference",
                    true,
                )
            })
            .resolvable(|row| row.quantity = qty("14000")),
        btc("cold").old(90),
    ]);
    snapshot.accounts = vec![
        account("main", Venue::BinanceUsdm, 0),
        AccountView {
            trust: vec![TrustView {
                duty: Duty::ClosePhantom,
                trust: Trust::Propose,
                demoted: Some(demotion()),
            }],
            findings: vec![AccountFinding {
                kind: AccountFindingKind::ForeignWriter,
                since: ago(47),
                text: "2 orders that are not ours since 14:02:35Z: somebody else trades here"
                    .into(),
            }],
            ..account("by", Venue::BybitLinear, 3)
        },
        AccountView {
            known: Known::Unknown(ago(72), "positionRisk timed out".into()),
            gate: vec!["no complete look yet".into()],
            ..account("cold", Venue::BinanceUsdm, 9)
        },
    ];
    snapshot
}

#[test]
fn three_accounts_on_two_venues() {
    for size in [(80, 24), (120, 36), (200, 60)] {
        let mut screen = Screen::new(size, three());
        picture(&format!("accounts-positions-{}x{}", size.0, size.1), &screen.text());
        screen.press("3 j j");
        assert_eq!(screen.model.cursor_key().map(|key| key.symbol.as_str()), Some("DOGEUSDT"));
        picture(&format!("accounts-diff-{}x{}", size.0, size.1), &screen.text());
    }
}

fn row<'a>(text: &'a str, account: &str, part: &str) -> &'a str {
    let fits = |line: &&str| line.starts_with('│') && line.contains(account) && line.contains(part);
    text.lines().find(fits).unwrap_or_else(|| panic!("no row {account} {part} in\n{text}"))
}

#[test]
fn the_same_symbol_is_told_apart_by_account_and_leg_at_every_width() {
    let wide = Screen::new((120, 36), three()).text();
    assert!(row(&wide, "binance:main", "BTCUSDT").contains("fixed"));
    assert!(row(&wide, "bybit:by", "BTCUSDT      S").contains("NAKED 0:12"));
    assert!(row(&wide, "bybit:by", "BTCUSDT      L").contains("fixed"));
    assert!(row(&wide, "binance:cold", "BTCUSDT").contains("unknown"));
    let narrow = Screen::new((80, 24), three()).text();
    for name in ["main:BTCUSDT", "by:BTCUSDT", "cold:BTCUSDT"] {
        row(&narrow, name, "BTCUSDT");
    }
    // A symbol that stands once needs no account.
    assert!(!narrow.contains("main:1000PEPEUSDT"), "{narrow}");
}

#[test]
fn sums_in_two_currencies_are_two_sums() {
    for (size, usdc, usdt) in
        [((80, 24), "+51 USDC", "+883 USDT"), ((120, 36), "+50.55 USDC", "+883.46 USDT")]
    {
        let text = Screen::new(size, three()).text();
        let head: String = text.lines().take(2).collect();
        assert!(head.contains(usdc) && head.contains(usdt), "{head}");
        assert!(!head.contains("(+"), "no share of a whole in two currencies: {head}");
    }
    let mut usdc = three();
    usdc.legs.retain(|leg| leg.key.symbol.as_str() == "BTCPERP");
    let text = Screen::new((120, 36), usdc).text();
    assert!(text.contains("uPnL +50.55 USDC"), "one sum that is not in USDT is named: {text}");
}

#[test]
fn what_is_wrong_with_an_account_stands_in_the_bar_and_among_the_differences() {
    let mut screen = Screen::new((200, 60), three());
    let text = screen.text();
    assert!(text.contains("FOREIGN WRITER 0:47  bybit:by  2 orders that are not ours"), "{text}");
    screen.press("3");
    let text = screen.text();
    let line = row(&text, "bybit:by", "foreign-writer");
    assert!(line.contains("the account") && line.contains("2 orders that are not ours"), "{line}");
    assert!(text.contains("DIFF 4"), "{text}");
    screen.press("/");
    screen.write("acct:by state:foreign");
    screen.enter();
    assert_eq!(screen.model.rows[&holdfast::ui::model::View::Diff].order.len(), 1);
    // It is about no position: keys that act on one say so.
    screen.press("x");
    assert!(screen.model.dialog.is_none() && !screen.flash().is_empty(), "{}", screen.flash());
}

#[test]
fn a_shut_gate_and_a_ban_are_words_in_the_header_and_sentences_in_the_bar() {
    let mut snapshot = three();
    snapshot.accounts[0].gate = vec!["2 acts of an earlier run have no outcome yet".into()];
    let until = "nothing is sent before 14:05:00Z: the address is banned".to_owned();
    snapshot.accounts[1].link.as_mut().unwrap().blocked = Some(until);
    snapshot.legs.retain(|leg| leg.findings.is_empty());
    let text = Screen::new((200, 60), snapshot).text();
    assert!(text.contains("binance:main GATE  bybit:by BLOCKED  binance:cold UNKNOWN"), "{text}");
    for alert in [
        "GATE  binance:main  nothing is sent yet: 2 acts of an earlier run have no outcome yet",
        "BLOCKED  bybit:by  nothing is sent before 14:05:00Z",
    ] {
        assert!(text.contains(alert), "{alert:?} is missing:\n{text}");
    }
}

#[test]
fn a_ban_says_until_when_and_is_forgotten_at_its_end() {
    let mut snapshot = three();
    let link = snapshot.accounts[1].link.as_mut().unwrap();
    let until = NOW + Span(90_000);
    link.blocked = Some(format!("nothing is sent before {until}: the address is banned"));
    link.banned = Some(until);
    let told = format!("bybit:by BANNED until {}", until.clock());
    let mut screen = Screen::new((200, 60), snapshot);
    let text = screen.text();
    assert!(text.contains(&told) && text.contains("BLOCKED  bybit:by"), "{text}");
    screen.wait(91_000);
    let text = screen.text();
    assert!(!text.contains("BANNED") && !text.contains("BLOCKED"), "{text}");
}

#[test]
fn a_line_too_short_for_all_accounts_names_the_worst_and_counts_the_others() {
    let mut snapshot = three();
    let more = ["d1", "d2", "d3", "d4", "d5"].map(|name| account(name, Venue::BybitLinear, 0));
    snapshot.accounts.extend(more);
    let head = |size, snapshot: &Snapshot| {
        Screen::new(size, snapshot.clone()).text().lines().next().unwrap().to_owned()
    };
    let small = head((80, 24), &snapshot);
    assert!(small.contains("cold UNKNOWN 1:12 +"), "{small}");
    assert!(small.contains("naked 1"), "the counts stay: {small}");
    let medium = head((120, 36), &snapshot);
    assert!(medium.contains("cold UNKNOWN 1:12  by SLOW 3s  6 ok"), "{medium}");
}

#[test]
fn the_cursor_and_an_act_stay_with_their_account() {
    let mut screen = Screen::new((120, 36), three());
    screen.press(":");
    screen.write("by:BTCUSDT short");
    screen.enter();
    let wanted = PositionKey::new("by", "BTCUSDT", Leg::Short);
    assert_eq!(screen.model.cursor_key(), Some(&wanted));
    // The other account's leg of that symbol goes; the cursor does not move there.
    let mut fewer = three();
    fewer.legs.retain(|leg| leg.key.account.as_str() != "main");
    screen.show(fewer);
    assert_eq!(screen.model.cursor_key(), Some(&wanted));
    screen.press("x");
    assert!(screen.text().contains("bybit:by  BTCUSDT  SHORT  0.200"), "{}", screen.text());
    screen.press("y");
    let [Command::Close { pin, .. }] = screen.commands()[..] else {
        panic!("{:?}", screen.commands())
    };
    assert_eq!(pin.key, wanted);
}

#[test]
fn commands_complete_to_what_tells_a_leg_apart() {
    let mut screen = Screen::new((120, 36), three());
    let mut completed = Vec::new();
    for stem in ["close BTCP", "close main:", "close by:", "close c", "restore "] {
        screen.press(":");
        screen.write(stem);
        screen.press("tab");
        completed.push(screen.model.prompt.as_ref().unwrap().text.clone());
        screen.press("esc");
    }
    assert_eq!(
        completed,
        [
            "close BTCPERP",
            "close main:BTCUSDT",
            "close by:BTCUSDT long",
            "close cold:BTCUSDT",
            "restore by close_phantom"
        ]
    );
}

#[test]
fn names_that_begin_alike_are_told_apart_before_a_sentence_is_shown_whole() {
    let long = "waits for somebody who looks at it, and then at the other one as well";
    let differs = |account: &str| {
        leg(account, "BTCUSDT", Long, ["0.500", "97,410.0", "97,882.4", "95,120.4"])
            .holds("0.400")
            .find(finding(FindingKind::Quantity, 31, 2, long, true))
    };
    let mut snapshot = of(vec![differs("desk-one"), differs("desk-two")]);
    snapshot.accounts =
        ["desk-one", "desk-two"].map(|name| account(name, Venue::BinanceUsdm, 0)).into();
    let mut screen = Screen::new((120, 36), snapshot);
    screen.press("3");
    let text = screen.text();
    for name in ["binance:desk-one BTCUSDT", "binance:desk-two BTCUSDT"] {
        assert!(text.contains(name), "{name}:\n{text}");
    }
}

#[test]
fn an_event_says_which_account_and_which_leg_it_is_about() {
    let about = |account: &str, leg: Leg, text: &str| {
        let key = PositionKey::new(account, "BTCUSDT", leg);
        std::sync::Arc::new(
            Event::of(ago(3), EventKind::StopPlaced, Severity::Info, &key).saying(text),
        )
    };
    let loaded =
        Event { account: None, symbol: None, ..(*about("by", Leg::Net, "4 rows loaded")).clone() };
    let mut snapshot = three();
    snapshot.events = vec![
        about("by", Leg::Short, "stop set"),
        about("main", Leg::Net, "stop kept"),
        std::sync::Arc::new(loaded),
    ]
    .into();
    let mut screen = Screen::new((120, 36), snapshot);
    let pane = screen.text();
    assert!(pane.contains("by:BTCUSDT short stop set"), "{pane}");
    assert!(pane.contains("main:BTCUSDT stop kept"), "{pane}");
    assert!(pane.contains(" 4 rows loaded") && !pane.contains("  4 rows loaded"), "{pane}");
    screen.press("6");
    let list = screen.text();
    assert!(list.contains("bybit:by     BTCUSDT short STOP_PLACED"), "{list}");
}
