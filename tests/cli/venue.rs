//! `holdfast sim` as a process of its own, and its control door.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

/// A running exchange.
pub struct Venue {
    child: Child,
    pub rest: String,
    pub ws: String,
    pub api_key: String,
    pub api_secret: String,
    /// The Bybit side: where it is, its key and secret.
    pub bybit: [String; 4],
    control: String,
}

impl Venue {
    /// Opens one on ports of its own, with prices that stand still.
    pub fn open() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_holdfast"))
            .args(["sim", "--seed", "7"])
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).unwrap();
        let text = |path: &str| ready.pointer(path).unwrap().as_str().unwrap().to_owned();
        let venue = Self {
            child,
            rest: text("/binance/rest"),
            ws: text("/binance/ws"),
            api_key: text("/binance/api_key"),
            api_secret: text("/binance/api_secret"),
            bybit: ["rest", "ws", "api_key", "api_secret"]
                .map(|part| text(&format!("/bybit/{part}"))),
            control: text("/control").strip_prefix("http://").unwrap().to_owned(),
        };
        venue.tell(json!({"do": "freeze"}));
        venue.tell(json!({"do": "freeze", "venue": "bybit"}));
        venue
    }

    /// Says one verb to the control door.
    pub fn tell(&self, verb: Value) -> Value {
        let body = verb.to_string();
        let request = format!(
            "POST /control HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n\
             {body}",
            self.control,
            body.len()
        );
        let answer = self.ask(&request);
        assert!(answer.get("error").is_none(), "{verb} was refused: {answer}");
        answer
    }

    /// Everything there is.
    pub fn state(&self) -> Value {
        self.get("state")
    }

    /// Everything there is on one side.
    pub fn state_of(&self, side: &str) -> Value {
        self.get(&format!("state?venue={side}"))
    }

    /// Every request to one side, oldest first.
    pub fn requests(&self, side: &str) -> Vec<Value> {
        self.get(&format!("requests?venue={side}")).as_array().unwrap().clone()
    }

    fn get(&self, what: &str) -> Value {
        let host = &self.control;
        self.ask(&format!(
            "GET /control/{what} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n"
        ))
    }

    fn ask(&self, request: &str) -> Value {
        let mut socket = TcpStream::connect(&self.control).unwrap();
        socket.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        socket.read_to_string(&mut answer).unwrap();
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {answer}"))
    }

    /// A position that has been open for an hour; answers its entry price.
    pub fn hold(&self, symbol: &str, side: &str, quantity: &str) -> String {
        self.tell(json!({
            "do": "seed_position", "symbol": symbol, "side": side, "qty": quantity,
            "ago_ms": 3_600_000,
        }));
        self.position(symbol).unwrap()["entry"].as_str().unwrap().to_owned()
    }

    /// What is open of a symbol.
    pub fn position(&self, symbol: &str) -> Option<Value> {
        let state = self.state();
        let mut open = state["positions"].as_array().unwrap().iter();
        open.find(|position| position["symbol"] == symbol).cloned()
    }

    /// The conditional orders that wait on a symbol.
    pub fn stops(&self, symbol: &str) -> Vec<Value> {
        let state = self.state();
        let waiting = state["algo_orders"].as_array().unwrap().iter();
        waiting.filter(|order| order["symbol"] == symbol).cloned().collect()
    }

    /// Waits for its end.
    pub fn ended(mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Venue {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
