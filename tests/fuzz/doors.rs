//! Every door through which bytes come in from outside, each as a function of bytes alone.
//!
//! For: one list that the tests (`tests/fuzz.rs`) and the fuzzers (`fuzz/`) both go by. A door
//! takes whatever it is given, neither panics nor hangs, and keeps what it promises; where it
//! does not, the function panics and says which promise was broken.
//! Not for: making bytes (`mutate`), or where they begin (`seeds`).
//! Door: [`DOORS`], [`enter`].

mod binance;
mod bybit;
pub mod engine_socket;
mod errors;
mod files;
pub mod found;
mod hands;
mod ledger;
mod limits;
pub mod mutate;
mod promise;
pub mod seeds;

/// A door.
#[derive(Clone, Copy, Debug)]
pub struct Door {
    /// As the fuzz target is called.
    pub name: &'static str,
    /// What is behind it.
    pub enter: fn(&[u8]),
    /// Cases that a usual run of the tests can afford.
    pub cases: u32,
}

const fn door(name: &'static str, enter: fn(&[u8]), cases: u32) -> Door {
    Door { name, enter, cases }
}

/// All of them.
pub const DOORS: [Door; 15] = [
    door("binance_rest", binance::rest, 1500),
    door("binance_stream", binance::stream, 3000),
    door("bybit_rest", bybit::rest, 1500),
    door("bybit_stream", bybit::stream, 3000),
    door("config", files::config, 600),
    door("engine_socket", engine_socket::line, 3000),
    door("errors", errors::answer, 3000),
    door("filter", hands::filter, 3000),
    door("keys", hands::keys, 300),
    door("lease_file", files::lease, 1000),
    door("ledger", ledger::rows, 400),
    door("limits", limits::headers, 3000),
    door("prompt", hands::prompt, 1500),
    door("recording", files::recording, 600),
    door("theme", files::theme, 600),
];

/// Enters a door by its name.
pub fn enter(name: &str, bytes: &[u8]) {
    let door = DOORS.iter().find(|door| door.name == name);
    (door.unwrap_or_else(|| panic!("no door is called {name}")).enter)(bytes);
}
