//! A small Bybit client that shares nothing with the exchange or the adapter.

use std::collections::BTreeSet;
use std::time::Duration;

use holdfast::sim::{self, Control, Running, SimOptions, Venue};
use serde_json::{Value, json};

use crate::client::{Answer, now_ms, sign};

/// A Bybit side with frozen prices and a client that holds its key.
pub struct BybitDesk {
    pub running: Running,
    pub control: Control,
    http: reqwest::Client,
}

/// How a request proves itself.
pub struct Claim {
    pub key: String,
    pub stamp: i64,
    pub window: String,
    pub sign: Option<String>,
}

impl BybitDesk {
    /// BTC at 90,000 and ETH at 3,000, standing still, and nobody counts requests.
    pub async fn open() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let running = sim::start(SimOptions::default()).await.unwrap();
        let control = running.control().of(Venue::Bybit);
        let desk = Self { control, http: reqwest::Client::new(), running };
        desk.tell(json!({"do": "freeze"}));
        desk.tell(json!({"do": "set_limits", "counted": false}));
        desk.price("BTCUSDT", "90000");
        desk.price("ETHUSDT", "3000");
        desk
    }

    pub fn tell(&self, verb: Value) -> Value {
        self.control.tell(verb).unwrap()
    }

    pub fn fault(&self, fault: Value) {
        let mut verb = fault;
        verb["do"] = "fault".into();
        self.tell(verb);
    }

    pub fn price(&self, symbol: &str, price: &str) {
        self.tell(json!({"do": "set_price", "symbol": symbol, "price": price}));
    }

    pub fn claim(&self, payload: &str) -> Claim {
        let bybit = &self.running.bybit;
        let (key, stamp, window) = (bybit.api_key.clone(), now_ms(), "5000".to_owned());
        let text = format!("{stamp}{key}{window}{payload}");
        let sign = Some(sign(&bybit.api_secret, &text));
        Claim { key, stamp, window, sign }
    }

    /// A request as it stands.
    pub async fn send(
        &self,
        method: &str,
        path: &str,
        query: &str,
        body: &str,
        claim: Option<Claim>,
    ) -> Result<Answer, reqwest::Error> {
        let mark = if query.is_empty() { "" } else { "?" };
        let url = format!("{}{path}{mark}{query}", self.running.bybit.rest);
        let mut request = self.http.request(method.parse().unwrap(), url);
        if let Some(claim) = claim {
            request = request
                .header("X-BAPI-API-KEY", claim.key)
                .header("X-BAPI-TIMESTAMP", claim.stamp.to_string())
                .header("X-BAPI-RECV-WINDOW", claim.window);
            if let Some(sign) = claim.sign {
                request = request.header("X-BAPI-SIGN", sign);
            }
        }
        if !body.is_empty() {
            request = request.header("Content-Type", "application/json").body(body.to_owned());
        }
        let response = request.timeout(Duration::from_secs(5)).send().await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Ok(Answer { status, headers, text: response.text().await? })
    }

    /// A public read.
    pub async fn public(&self, path: &str, query: &str) -> Value {
        self.send("GET", path, query, "", None).await.unwrap().json()
    }

    /// A signed read.
    pub async fn get(&self, path: &str, query: &str) -> Answer {
        self.send("GET", path, query, "", Some(self.claim(query))).await.unwrap()
    }

    /// The result of a signed read that must succeed.
    pub async fn read(&self, path: &str, query: &str) -> Value {
        let answer = self.get(path, query).await.json();
        assert_eq!(answer["retCode"], 0, "{path}?{query}: {answer}");
        answer["result"].clone()
    }

    /// The rows of a signed read.
    pub async fn rows(&self, path: &str, query: &str) -> Vec<Value> {
        self.read(path, query).await["list"].as_array().unwrap().clone()
    }

    /// A signed write.
    pub async fn post(&self, path: &str, body: Value) -> Value {
        let body = body.to_string();
        let claim = self.claim(&body);
        self.send("POST", path, "", &body, Some(claim)).await.unwrap().json()
    }

    /// retCode and retMsg of a signed write.
    pub async fn refused(&self, path: &str, body: Value) -> (i64, String) {
        let answer = self.post(path, body).await;
        let text = answer["retMsg"].as_str().unwrap_or_default().to_owned();
        (answer["retCode"].as_i64().unwrap(), text)
    }

    /// An order; category and what is usual are filled in.
    pub async fn order(&self, order: Value) -> Value {
        self.post("/v5/order/create", with(order)).await
    }

    /// An order that must be accepted; its id.
    pub async fn placed(&self, order: Value) -> String {
        let answer = self.order(order).await;
        assert_eq!(answer["retCode"], 0, "{answer}");
        answer["result"]["orderId"].as_str().unwrap().to_owned()
    }

    /// Buys BTC at the market in one-way mode.
    pub async fn buy_btc(&self, qty: &str) -> String {
        self.placed(json!({"side": "Buy", "orderType": "Market", "qty": qty})).await
    }

    pub async fn position(&self, symbol: &str) -> Value {
        let query = format!("category=linear&symbol={symbol}");
        self.rows("/v5/position/list", &query).await[0].clone()
    }

    pub async fn stop(&self, stop: Value) -> (i64, String) {
        self.refused("/v5/position/trading-stop", with(stop)).await
    }

    /// Untriggered stops of BTC.
    pub async fn stops(&self) -> Vec<Value> {
        let query = "category=linear&symbol=BTCUSDT&orderFilter=StopOrder";
        self.rows("/v5/order/realtime", query).await
    }
}

/// `category` and `symbol` where they are not given.
pub fn with(mut body: Value) -> Value {
    body["category"] = "linear".into();
    if body.get("symbol").is_none() {
        body["symbol"] = "BTCUSDT".into();
    }
    body
}

/// A fixture of the venue.
pub fn fixture(name: &str) -> Value {
    let path = format!("{}/tests/fixtures/bybit/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The keys of an object that are missing from another.
pub fn missing(wanted: &Value, there: &Value) -> BTreeSet<String> {
    let there = there.as_object().unwrap();
    let wanted = wanted.as_object().unwrap().keys();
    wanted.filter(|key| !there.contains_key(*key)).cloned().collect()
}
