//! View 4: what protects each leg, in pictures and word by word.

use holdfast::domain::amount::Side;
use holdfast::domain::guard::Guard;
use holdfast::domain::naked::NakedTotals;
use holdfast::domain::order::ConditionalKind;
use holdfast::domain::snapshot::{FindingKind, Snapshot};
use holdfast::domain::time::Span;
use holdfast::ui::model::View;
use holdfast::ui::role::Role;
use holdfast::ui::rows::RowKey;
use holdfast::ui::theme::{Depth, Theme};

use crate::fixture::{ago, finding, key, leg, of, price, stop_order};
use crate::pictures::picture;
use crate::screen::{Screen, line};

const SIZE: (u16, u16) = (120, 36);

/// The moment of the designed picture: one lost its stop, one is covered in part, some trail.
pub fn stops() -> Snapshot {
    use Side::{Long, Short};
    let eth_steps = [
        (16_800, "3,331.00"),
        (12_600, "3,338.50"),
        (9_000, "3,346.20"),
        (5_400, "3,359.00"),
        (2_400, "3,371.00"),
    ];
    let mut btc = leg("main", "BTCUSDT", Long, ["0.500", "97,410.0", "96,882.4", "97,120.4"])
        .trail("1.2", "0.4", "98,300.0", &[])
        .naked(42, "refused -2021 \"Order would immediately trigger\"; trying again")
        .liquidated_at("71,204.0");
    btc.0.naked = NakedTotals {
        spans: 2,
        total: Span::secs(93),
        worst: Span::secs(51),
        since: Some(ago(42)),
    };
    let mut sol = leg("by", "SOLUSDT", Short, ["120.0", "214.310", "219.884", "224.100"])
        .partly("96.0", 9)
        .liquidated_at("301.000");
    sol.0.stops[0].on_position = true;
    let mut doge = leg("by", "DOGEUSDT", Long, ["40000", "0.38120", "0.38004", "0.37100"])
        .trail("2.4", "0.5", "0.38290", &[])
        .absent()
        .find(finding(FindingKind::Phantom, 91, 2, "closes the row", false));
    doge.0.stops[0].on_position = true;
    let mut arb = leg("by", "ARBUSDT", Short, ["6500.0", "0.9120", "0.9081", "0.9340"]).trail(
        "0.35",
        "0.4",
        "0.9079",
        &[],
    );
    arb.0.want = Some(price("0.9111"));
    let mut ada = leg("by", "ADAUSDT", Short, ["15000", "0.7720", "0.7741", "0.7905"]);
    let take = stop_order("by", "ADAUSDT", Short, "15000", "0.7500");
    ada.0.stops.push(holdfast::domain::order::ConditionalOrder {
        kind: ConditionalKind::TakeProfit,
        ..take
    });
    let mut ltc = leg("by", "LTCUSDT", Short, ["60.0", "88.40", "90.12", "91.92"])
        .untracked()
        .find(finding(FindingKind::Orphan, 190, 3, "waits for you: a adopt, x close", true));
    ltc.0.stops[0].client_id = "web-1".into();
    let mut snapshot = of(vec![
        btc,
        sol,
        leg("main", "ETHUSDT", Long, ["8.000", "3,388.10", "3,412.55", "3,371.00"])
            .liquidated_at("2,711.40")
            .trail("1.2", "0.4", "3,412.90", &eth_steps),
        leg("main", "LINKUSDT", Long, ["900.0", "17.410", "17.388", "16.950"])
            .waits("2.5", "0.4")
            .named_stop("16.950"),
        leg("main", "XRPUSDT", Long, ["9000", "1.4410", "1.4522", "1.4415"]),
        ada,
        arb,
        doge,
        ltc,
    ]);
    snapshot.accounts[0].naked = snapshot.legs.iter().find(|l| l.naked.spans > 0).unwrap().naked;
    snapshot
}

pub fn at(snapshot: Snapshot, symbol: &str, keys: &str) -> Screen {
    let mut screen = Screen::new(SIZE, snapshot);
    screen.press("4");
    on(&mut screen, symbol);
    if !keys.is_empty() {
        screen.press(keys);
    }
    screen
}

/// Puts the cursor on a symbol at once.
fn on(screen: &mut Screen, symbol: &str) {
    let rows = screen.model.rows.get_mut(&View::Stops).unwrap();
    let is_it = |row: &RowKey| row.leg().is_some_and(|key| key.symbol.as_str() == symbol);
    let at = rows.order.iter().position(is_it).unwrap();
    rows.go(at);
}

fn row(screen: &Screen, symbol: &str) -> String {
    let text = screen.text();
    let found = text.lines().find(|line| line.starts_with('│') && line.contains(symbol));
    found.unwrap_or_else(|| panic!("no {symbol} in\n{text}")).to_owned()
}

#[test]
fn view_4_in_pictures() {
    for size in [(80, 24), (120, 36), (200, 60)] {
        let mut screen = Screen::new(size, stops());
        screen.press("4");
        picture(&format!("stops-{}x{}", size.0, size.1), &screen.text());
        on(&mut screen, "ETHUSDT");
        picture(&format!("stops-ratchet-{}x{}", size.0, size.1), &screen.text());
    }
    let mut screen = Screen::new((40, 10), stops());
    screen.press("4");
    picture("stops-40x10", &screen.text());
}

#[test]
fn view_4_at_every_depth() {
    use holdfast::ui::theme::Depth;
    for (name, theme, depth) in [
        ("rgb", "dark", Depth::Rgb),
        ("256", "dark", Depth::Indexed),
        ("16", "dark", Depth::Sixteen),
        ("mono", "mono", Depth::Mono),
    ] {
        let mut screen = Screen::new((80, 24), stops());
        screen.press("4");
        picture(&format!("styles-stops-{name}"), &screen.styled(theme, depth));
    }
}

#[test]
fn every_state_of_a_stop_has_its_word() {
    let mut snapshot = stops();
    let xrp = snapshot.legs.iter_mut().find(|leg| leg.key.symbol.as_str() == "XRPUSDT").unwrap();
    xrp.guard.value = Guard::Unknown;
    let screen = at(snapshot, "BTCUSDT", "");
    for (symbol, mode, state) in [
        ("BTCUSDT", "trail 1.2", "NAKED 0:42"),
        ("SOLUSDT", "fixed", "QTY 80%"),
        ("ETHUSDT", "trail 1.2", "trailing"),
        ("LINKUSDT", "trail 2.5", "waiting"),
        ("ARBUSDT", "trail 0.35", "moving"),
        ("ADAUSDT", "fixed+tp", "resting"),
        ("DOGEUSDT", "trail 2.4", "held"),
        ("LTCUSDT", "foreign", "resting"),
        ("XRPUSDT", "fixed", "unknown"),
    ] {
        let row = row(&screen, symbol);
        assert!(row.contains(&format!(" {mode} ")), "{symbol} not {mode}: {row}");
        assert!(row.contains(&format!(" {state} ")), "{symbol} not {state}: {row}");
    }
}

#[test]
fn problems_come_first_and_then_what_is_nearest_to_its_stop() {
    let screen = at(stops(), "BTCUSDT", "");
    let rows = &screen.model.rows[&screen.model.view];
    let order: Vec<&str> =
        rows.order.iter().filter_map(|row| row.leg()).map(|key| key.symbol.as_str()).collect();
    assert_eq!(
        order,
        [
            "BTCUSDT", "SOLUSDT", "LTCUSDT", "DOGEUSDT", "XRPUSDT", "ETHUSDT", "ADAUSDT",
            "LINKUSDT", "ARBUSDT"
        ]
    );
}

#[test]
fn risk_is_counted_from_where_the_stop_began_and_profit_at_its_trigger() {
    let screen = at(stops(), "BTCUSDT", "");
    // 4 % of policy below 3,388.10 are 135.524; 24.45 of it are gained.
    let eth = row(&screen, "ETHUSDT");
    assert!(eth.contains("+0.18") && eth.contains("-136.80"), "{eth}");
    // The ledger names 16.950: 0.46 of risk, 0.022 of it lost.
    let link = row(&screen, "LINKUSDT");
    assert!(link.contains("-0.05") && link.contains("-414.00"), "{link}");
    // Only what is covered is locked: 96 of 120.
    assert!(row(&screen, "SOLUSDT").contains("-939.84"));
    // A stop in profit locks it in.
    assert!(
        row(&screen, "XRPUSDT").contains("fixed+be") && row(&screen, "XRPUSDT").contains("+4.50")
    );
    // Without a stop the distance is that of the one that should be there.
    assert!(row(&screen, "BTCUSDT").contains("-0.25"));
}

#[test]
fn the_panel_names_the_order_its_reach_and_the_naked_time() {
    let screen = at(stops(), "SOLUSDT", "");
    let text = screen.text();
    for wanted in [
        "BUY 96.0 of 120.0 @ 224.100 by mark  live 1:00  on the position",
        "1.92% from mark, 34.97% before liquidation at 301.000",
        "-939.84 from entry if it fires at its trigger",
        "not at all today (UTC)",
    ] {
        assert!(text.contains(wanted), "no {wanted} in\n{text}");
    }
    let mut screen = at(stops(), "BTCUSDT", "");
    screen.wait(10_000);
    screen.press("k");
    let text = screen.text();
    assert!(
        text.contains("1:43 today (UTC) in 2, longest 0:52, now 0:52 since 14:02:40Z"),
        "{text}"
    );
    assert!(text.contains("no live order covers it"), "{text}");
    let text = at(stops(), "ADAUSDT", "").text();
    let own = stop_order("by", "ADAUSDT", Side::Short, "15000", "0.7905").client_id;
    let order = format!("BUY 15,000 of 15,000 @ 0.7905 by mark  live 1:00  {own}  venue 4711");
    assert!(text.contains(&order), "{text}");
}

#[test]
fn the_ratchet_shows_its_steps_and_what_moves_it_next() {
    let text = at(stops(), "ETHUSDT", "").text();
    for wanted in [
        "watermark",
        "3,412.55 mark",
        "arm +0.4%",
        "entry",
        "want",
        "3,371.00 have",
        "3,252.58 initial",
        "moves 5",
        "refused 0",
        "next when want is 3.39 better than have",
        "it only ever moves up",
    ] {
        let squeezed = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(squeezed.contains(wanted), "no {wanted} in\n{text}");
    }
    let steps = text.lines().filter(|line| line.contains("_|")).count();
    assert!(steps >= 1, "no step in\n{text}");
    let text = at(stops(), "LINKUSDT", "").text();
    assert!(text.contains("waits for 17.480 (+0.4%), 0.53% away; then 2.5% behind"), "{text}");
}

#[test]
fn header_and_alert_count_the_naked_seconds_of_today_while_they_run() {
    let mut screen = Screen::new(SIZE, stops());
    let line = |screen: &Screen, nth: usize| screen.text().lines().nth(nth).unwrap().to_owned();
    assert!(line(&screen, 1).contains("naked 1 today 1:33"), "{}", screen.text());
    assert!(line(&screen, 1).contains("stops 6/8"), "{}", screen.text());
    assert!(line(&screen, 2).contains("NAKED 0:42 (today 1:33)"), "{}", screen.text());
    screen.wait(1_000);
    assert!(line(&screen, 1).contains("naked 1 today 1:34"), "{}", screen.text());
    assert!(line(&screen, 2).contains("NAKED 0:43 (today 1:34)"), "{}", screen.text());
}

#[test]
fn positions_say_how_they_are_protected() {
    let screen = Screen::new(SIZE, stops());
    for (symbol, words) in [
        ("ETHUSDT", "trail "),
        ("XRPUSDT", "fixed+be"),
        ("ADAUSDT", "fixed+tp"),
        ("LINKUSDT", "trail "),
    ] {
        assert!(row(&screen, symbol).contains(words), "{}", row(&screen, symbol));
    }
}

#[test]
fn the_keys_of_view_4_are_hinted_and_listed() {
    let screen = at(stops(), "XRPUSDT", "");
    let text = screen.text();
    let hints = text.lines().rev().nth(1).unwrap();
    for hint in ["<p>protect", "<t>stop", "<b>breakeven", "<T>tighten"] {
        assert!(hints.contains(hint), "{hints}");
    }
    assert!(text.lines().last().unwrap().contains("<4>STOPS 6/8"), "{text}");
    let help = at(stops(), "XRPUSDT", "?");
    let help: Vec<String> =
        holdfast::ui::update_help::lines(&help.model).into_iter().map(|line| line.keys).collect();
    for wanted in ["t", "b", "T", "4", ":stops [filter]", ":be SYM"] {
        assert!(help.iter().any(|keys| keys == wanted), "no {wanted} in {help:?}");
    }
}

#[test]
fn an_alert_is_gone_to_within_view_4() {
    let mut screen = at(stops(), "XRPUSDT", "g a");
    assert!(screen.text().contains("<4>STOPS"), "{}", screen.text());
    assert_eq!(screen.model.cursor_key(), Some(&key("main", "BTCUSDT")));
    screen.press("esc");
    assert!(screen.text().contains("<1>POSITIONS"), "{}", screen.text());
}

#[test]
fn the_risk_of_a_leg_that_is_not_ours_is_what_its_own_stop_says() {
    let mut bare = stops();
    let ltc = bare.legs.iter_mut().find(|leg| leg.key.symbol.as_str() == "LTCUSDT").unwrap();
    ltc.stops.clear();
    ltc.guard.value = Guard::Naked;
    assert!(row(&at(stops(), "BTCUSDT", ""), "LTCUSDT").contains("-0.49"));
    let screen = at(bare, "LTCUSDT", "");
    let row = row(&screen, "LTCUSDT");
    assert!(row.contains("none") && !row.contains("-0.4"), "{row}");
    assert!(screen.text().contains("nothing is locked in"), "{}", screen.text());
}

#[test]
fn a_stop_that_went_ends_on_the_ladder_where_the_leg_became_naked() {
    let text = at(stops(), "BTCUSDT", "").text();
    let initial = text.lines().find(|line| line.contains("initial")).unwrap();
    assert!(initial.contains("_|"), "{initial}");
    assert!(text.contains("no stop is there to move"), "{text}");
}

#[test]
fn the_last_line_of_help_brings_what_stands_below_it() {
    let mut screen = at(stops(), "BTCUSDT", "?");
    let lines = holdfast::ui::update_help::lines(&screen.model).len();
    screen.press(&vec!["down"; lines].join(" "));
    assert!(screen.text().contains("an old number"), "{}", screen.text());
}

#[test]
fn the_keys_of_a_view_are_dim_while_something_else_has_the_keyboard() {
    for keys in ["esc", ":", "x"] {
        let screen = at(stops(), "XRPUSDT", keys);
        let dim = Theme::load("dark", Depth::Rgb, None).unwrap().style(Role::Dim).fg;
        let cells = screen.cells("dark", Depth::Rgb);
        let y = cells.area.height - 2;
        let shown = line(&cells, y);
        let at = shown.find("<x>close").map(|at| shown[..at].chars().count());
        let Some(at) = at else { panic!("{keys}: {}", screen.text()) };
        let cell = &cells[(u16::try_from(at).unwrap(), y)];
        assert_eq!(Some(cell.fg) == dim, screen.model.is_covered(), "{keys}: {}", screen.text());
        assert_eq!(screen.model.is_covered(), keys != "esc", "{keys}");
    }
}
