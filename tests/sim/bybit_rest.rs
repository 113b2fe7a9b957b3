//! Bybit's REST: shapes against the venue's own answers, access, limits, contracts, the account.

use crate::bybit_desk::{BybitDesk, Claim, fixture, missing};
use crate::client::now_ms;
use serde_json::{Value, json};

fn none() -> std::collections::BTreeSet<String> {
    std::collections::BTreeSet::new()
}

#[tokio::test]
async fn every_answer_has_the_keys_of_the_venues_own() {
    let desk = BybitDesk::open().await;
    desk.buy_btc("0.02").await;
    let guard = json!({"tpslMode": "Full", "stopLoss": "80000", "takeProfit": "99000"});
    assert_eq!(desk.stop(guard).await.0, 0);
    desk.placed(json!({"side": "Sell", "orderType": "Market", "qty": "0.01", "reduceOnly": true}))
        .await;
    let row = |answer: &Value| answer["result"]["list"][0].clone();
    let btc = "category=linear&symbol=BTCUSDT";
    let cases = [
        ("/v5/position/list", btc, "rest-position-list-long-nonempty-cursor"),
        ("/v5/position/closed-pnl", btc, "rest-closed-pnl-usdc-perp"),
        ("/v5/execution/list", btc, "rest-execution-list-linear-trade"),
        ("/v5/order/history", btc, "rest-order-history-open-and-close"),
        ("/v5/order/realtime", btc, "rest-order-realtime-hedge-limit"),
        ("/v5/account/wallet-balance", "accountType=UNIFIED", "rest-wallet-balance-single-coin"),
        ("/v5/market/instruments-info", btc, "rest-instruments-linear-btcusdt"),
        ("/v5/market/tickers", btc, "rest-tickers-linear-btcusdt"),
    ];
    for (path, query, name) in cases {
        let (mine, theirs) = (desk.get(path, query).await.json(), fixture(name));
        assert_eq!(missing(&theirs, &mine), none(), "{path}");
        assert_eq!(missing(&theirs["result"], &mine["result"]), none(), "{path}");
        assert_eq!(missing(&row(&theirs), &row(&mine)), none(), "{path}");
    }
    let mine = row(&desk.public("/v5/market/instruments-info", btc).await);
    for name in ["leverageFilter", "lotSizeFilter", "priceFilter"] {
        let theirs = row(&fixture("rest-instruments-linear-btcusdt"));
        assert_eq!(missing(&theirs[name], &mine[name]), none(), "{name}");
    }
    let purse = row(&fixture("rest-wallet-balance-single-coin"))["coin"][0].clone();
    let mine = row(&desk.get("/v5/account/wallet-balance", "accountType=UNIFIED").await.json());
    assert_eq!(missing(&purse, &mine["coin"][0]), none());
    let singles = [
        ("/v5/account/info", "rest-account-info"),
        ("/v5/user/query-api", "rest-user-query-api-2026"),
        ("/v5/market/time", "rest-market-time"),
    ];
    for (path, name) in singles {
        let mine = desk.read(path, "").await;
        assert_eq!(missing(&fixture(name)["result"], &mine), none(), "{path}");
    }
}

#[tokio::test]
async fn the_clock_the_key_and_the_signature_are_checked() {
    let desk = BybitDesk::open().await;
    let (path, query) = ("/v5/account/info", "");
    let ask =
        async |claim: Claim| desk.send("GET", path, query, "", Some(claim)).await.unwrap().json();
    let ahead = now_ms() + 5_000;
    let late = Claim { stamp: ahead, ..desk.claim(query) };
    let answer = ask(late).await;
    assert_eq!(answer["retCode"], 10002);
    assert!(answer["retMsg"].as_str().unwrap().contains(&format!("req_timestamp[{ahead}]")));
    let old = Claim { stamp: now_ms() - 6_000, ..desk.claim(query) };
    assert_eq!(ask(old).await["retCode"], 10002);
    let stranger = Claim { key: "nobody".to_owned(), ..desk.claim(query) };
    assert_eq!(ask(stranger).await["retCode"], 10003);
    let forged = Claim { sign: Some("0".repeat(64)), ..desk.claim(query) };
    let answer = ask(forged).await;
    assert_eq!(answer["retCode"], 10004);
    let (text, key) = (answer["retMsg"].as_str().unwrap(), &desk.running.bybit.api_key);
    assert!(text.contains("origin_string") && text.contains(key), "{text}");
    let bare = desk.send("GET", path, query, "", None).await.unwrap();
    assert_eq!(bare.status, 401);
    assert_eq!(ask(desk.claim(query)).await["retCode"], 0);
    desk.tell(json!({"do": "clock_skew", "ms": 60_000}));
    assert_eq!(ask(desk.claim(query)).await["retCode"], 10002);
}

#[tokio::test]
async fn a_reading_key_cannot_write_and_a_bound_key_works_only_from_its_address() {
    let desk = BybitDesk::open().await;
    let add = |key: &str, more: Value| {
        let mut verb = json!({"do": "add_key", "api_key": key, "secret": "s"});
        verb.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        desk.tell(verb);
    };
    add("reader", json!({"trade": false}));
    add("elsewhere", json!({"ips": ["203.0.113.7"]}));
    let ask = async |key: &str, method: &str, path: &str, body: &str| {
        let stamp = now_ms();
        let sign = crate::client::sign("s", &format!("{stamp}{key}5000{body}"));
        let window = "5000".to_owned();
        let claim = Claim { key: key.to_owned(), stamp, window, sign: Some(sign) };
        desk.send(method, path, "", body, Some(claim)).await.unwrap().json()["retCode"].clone()
    };
    let body = r#"{"category":"linear"}"#;
    assert_eq!(ask("reader", "POST", "/v5/order/create", body).await, 10005);
    assert_eq!(ask("reader", "GET", "/v5/account/info", "").await, 0);
    assert_eq!(ask("elsewhere", "GET", "/v5/account/info", "").await, 10010);
}

#[tokio::test]
async fn buckets_are_told_exceeded_and_the_address_is_banned() {
    let desk = BybitDesk::open().await;
    let first = desk.get("/v5/user/query-api", "").await;
    assert_eq!(first.header("X-Bapi-Limit"), Some("10"));
    assert_eq!(first.header("X-Bapi-Limit-Status"), Some("9"));
    assert!(first.header("Traceid").is_some() && first.header("Timenow").is_some());
    desk.tell(json!({"do": "set_limits", "counted": true, "per_endpoint": 1}));
    assert_eq!(desk.get("/v5/account/info", "").await.json()["retCode"], 0);
    let over = desk.get("/v5/account/info", "").await;
    assert_eq!((over.status, over.json()["retCode"].clone()), (200, json!(10006)));
    let reset: i64 = over.header("X-Bapi-Limit-Reset-Timestamp").unwrap().parse().unwrap();
    assert!(reset > now_ms() - 1000, "{reset}");
    desk.tell(json!({"do": "set_limits", "counted": false}));
    assert_eq!(desk.get("/v5/account/info", "").await.json()["retCode"], 0);
    desk.tell(json!({"do": "ban", "for_ms": 60_000}));
    let banned = desk.get("/v5/market/time", "").await;
    assert_eq!(banned.status, 403);
    assert!(banned.text.contains("access too frequent"), "{}", banned.text);
    desk.tell(json!({"do": "ban", "for_ms": 0}));
    desk.tell(json!({"do": "set_limits", "counted": true, "per_ip": 1}));
    assert_eq!(desk.get("/v5/market/time", "").await.status, 403);
}

#[tokio::test]
async fn contracts_come_in_pages_with_both_coins_and_every_awkward_name() {
    let desk = BybitDesk::open().await;
    let path = "/v5/market/instruments-info";
    let all = desk.public(path, "category=linear").await["result"].clone();
    assert_eq!(all["nextPageCursor"], "");
    let mut names = Vec::new();
    let mut cursor = String::new();
    loop {
        let query = format!("category=linear&limit=8&cursor={cursor}");
        let page = desk.public(path, &query).await["result"].clone();
        let rows = page["list"].as_array().unwrap().clone();
        names.extend(rows.iter().map(|row| row["symbol"].as_str().unwrap().to_owned()));
        cursor = page["nextPageCursor"].as_str().unwrap().to_owned();
        if cursor.is_empty() {
            break;
        }
    }
    assert_eq!(names.len(), all["list"].as_array().unwrap().len());
    for name in ["1000PEPEUSDT", "SHIB1000USDT", "币安人生USDT", "BTCPERP", "SHIB1000PERP"] {
        assert!(names.iter().any(|listed| listed == name), "{name}");
    }
    let named = |name: &str| {
        let rows = all["list"].as_array().unwrap();
        rows.iter().find(|row| row["symbol"] == name).unwrap().clone()
    };
    assert_eq!(named("BTC-26MAR27")["settleCoin"], "USDC");
    assert_eq!(named("BTC-26MAR27")["contractType"], "LinearFutures");
    assert_eq!(named("BTCPERP")["contractType"], "LinearPerpetual");
    assert_eq!(named("BTCPERP")["deliveryTime"], "0");
    // An announced delisting keeps the state and sets the time.
    let delist = json!({
        "do": "set_status", "symbol": "SUIUSDT", "status": "TRADING",
        "delivery": 1_800_000_000_000_i64,
    });
    desk.tell(delist);
    let row =
        desk.public(path, "category=linear&symbol=SUIUSDT").await["result"]["list"][0].clone();
    assert_eq!(
        (&row["status"], &row["deliveryTime"]),
        (&json!("Trading"), &json!("1800000000000"))
    );
    desk.tell(json!({"do": "set_status", "symbol": "SUIUSDT", "status": "PreLaunch"}));
    let pre = desk.public(path, "category=linear&status=PreLaunch").await["result"]["list"].clone();
    assert_eq!(pre[0]["symbol"], "SUIUSDT");
    let unknown = desk.public(path, "category=linear&symbol=NOPE").await;
    assert_eq!(unknown["retCode"], 10001);
    assert_eq!(desk.public("/v5/nothing", "").await["retCode"], 10017);
}

#[tokio::test]
async fn both_coins_are_in_the_wallet_and_usdc_contracts_settle_in_theirs() {
    let desk = BybitDesk::open().await;
    let wallet =
        async || desk.rows("/v5/account/wallet-balance", "accountType=UNIFIED").await[0].clone();
    let before = wallet().await;
    let coins = before["coin"].as_array().unwrap();
    let held: Vec<(&str, &str)> = coins
        .iter()
        .map(|coin| (coin["coin"].as_str().unwrap(), coin["walletBalance"].as_str().unwrap()))
        .collect();
    assert_eq!(held, [("USDT", "100000"), ("USDC", "25000")]);
    assert_eq!(before["totalEquity"], "125000");
    desk.price("BTCPERP", "90000");
    let order = json!({"symbol": "BTCPERP", "side": "Buy", "orderType": "Market", "qty": "0.01"});
    desk.placed(order).await;
    let after = wallet().await;
    assert_eq!(after["coin"][0]["walletBalance"], "100000");
    assert_eq!(after["coin"][1]["walletBalance"], "24999.50499945");
    desk.tell(json!({"do": "transfer", "amount": "-24999.50499945", "coin": "USDC"}));
    assert_eq!(wallet().await["coin"].as_array().unwrap().len(), 1);
    let usdt = "category=linear&settleCoin=USDT";
    assert!(desk.rows("/v5/position/list", usdt).await.is_empty());
    let usdc = desk.rows("/v5/position/list", "category=linear&settleCoin=USDC").await;
    assert_eq!((&usdc[0]["symbol"], &usdc[0]["size"]), (&json!("BTCPERP"), &json!("0.01")));
}

#[tokio::test]
async fn faults_speak_with_the_venues_own_codes() {
    let desk = BybitDesk::open().await;
    let info = async || desk.get("/v5/account/info", "").await;
    for (fault, status, code) in [
        (json!({"kind": "unknown", "count": 1}), 200, 10000),
        (json!({"kind": "maintenance", "count": 1}), 200, 10016),
        (json!({"kind": "rate_limit", "count": 1}), 200, 10006),
        (json!({"kind": "rate_limit", "status": 403, "count": 1}), 403, 403),
        (json!({"kind": "rate_limit", "status": 429, "count": 1}), 429, 429),
        (json!({"kind": "error", "code": 110007, "count": 1}), 200, 110007),
    ] {
        desk.fault(fault.clone());
        let answer = info().await;
        assert_eq!(
            (answer.status, answer.json()["retCode"].as_i64()),
            (status, Some(code)),
            "{fault}"
        );
    }
    desk.fault(json!({"kind": "truncate", "count": 1}));
    assert!(serde_json::from_str::<Value>(&info().await.text).is_err());
    desk.fault(json!({"kind": "missing_field", "field": "marginMode", "count": 1}));
    assert!(info().await.json()["result"].get("marginMode").is_none());
    desk.fault(
        json!({"kind": "cut", "executed": true, "endpoint": "POST /v5/order/create", "count": 1}),
    );
    let body = crate::bybit_desk::with(json!({
        "side": "Buy", "orderType": "Market", "qty": "0.01", "orderLinkId": "once",
    }));
    let body = body.to_string();
    let claim = desk.claim(&body);
    assert!(desk.send("POST", "/v5/order/create", "", &body, Some(claim)).await.is_err());
    assert_eq!(desk.position("BTCUSDT").await["size"], "0.01");
    let again = desk.send("POST", "/v5/order/create", "", &body, Some(desk.claim(&body))).await;
    assert_eq!(again.unwrap().json()["retCode"], 110072);
    assert!(desk.control.tell(json!({"do": "fault", "kind": "throttle"})).is_err());
}

#[tokio::test]
async fn the_venues_live_side_by_side_behind_one_control_door() {
    let desk = BybitDesk::open().await;
    let both = desk.running.control();
    both.tell(json!({"do": "seed_position", "symbol": "BTCUSDT", "side": "buy", "qty": 1}))
        .unwrap();
    assert_eq!(desk.position("BTCUSDT").await["size"], "0");
    let named = json!({
        "do": "seed_position", "venue": "bybit", "symbol": "ETHUSDT", "side": "sell", "qty": 2,
    });
    both.tell(named).unwrap();
    assert_eq!(desk.position("ETHUSDT").await["side"], "Sell");
    assert_eq!(both.state()["positions"].as_array().unwrap().len(), 1);
    let url = format!("{}/control/state?venue=bybit", desk.running.control.clone().unwrap());
    let state: Value =
        serde_json::from_str(&reqwest::get(url).await.unwrap().text().await.unwrap()).unwrap();
    assert_eq!(state["positions"][0]["symbol"], "ETHUSDT");
    let wrong = both.tell(json!({"do": "reset", "venue": "kraken"})).unwrap_err();
    assert!(wrong.contains("kraken") && wrong.contains("bybit"), "{wrong}");
    assert!(desk.control.asked("GET /v5/position/list") >= 2);
}
