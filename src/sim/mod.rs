//! The embedded exchange: a pure market, account and faults, and two shells that speak Binance
//! USD-M's and Bybit v5's REST and streams on loopback, for the demo, tests and other programs.
//!
//! Not for: real money, speed, or sharing code with the adapters (its wire code is written from
//! the venue's documents alone). Door: [`start`], [`Running::control`], [`ready_line`], and
//! [`Inside`] for one account without sockets; what can be told to it is in `control.rs` and
//! `fault_verb.rs`.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};

use crate::sim::bybit::world::BybitWorld;
use crate::sim::listener::{Lines, Scissors};
use crate::sim::shell::{Clock, Shell, machine_clock};
use crate::sim::wired::Wired;
use crate::sim::world::World;

pub mod account;
pub mod algo;
pub mod binance;
pub mod bybit;
pub mod checks;
pub mod control;
mod control_door;
mod deeds;
mod door;
pub mod exchange;
pub mod fate;
pub mod fault_verb;
pub mod faults;
pub(crate) mod fills;
pub mod forced;
pub mod frame;
pub mod funding;
mod hands;
pub mod inside;
pub mod json;
pub mod listener;
pub mod margin;
pub mod market;
pub mod memory;
mod modes;
pub mod numbers;
pub mod opening;
pub mod orders;
pub mod plan;
pub mod position_stops;
pub mod record;
pub mod refused;
pub mod rng;
pub mod scenario;
pub mod shell;
pub mod stage;
mod state;
pub mod symbols;
mod talk;
mod triggers;
pub mod verbs;
pub mod wired;
pub mod words;
pub mod world;

pub use control::Control;
pub use fault_verb::FaultVerb;
pub use inside::Inside;
pub use scenario::Scenario;
pub use verbs::Verb;
pub use words::Venue;

/// How an exchange is opened.
#[derive(Clone)]
pub struct SimOptions {
    /// Where REST and streams listen; port 0 picks one.
    pub binance: SocketAddr,
    /// Where REST and streams of the Bybit side listen; port 0 picks one.
    pub bybit: SocketAddr,
    /// Where the control door listens; none for in-process control only.
    pub control: Option<SocketAddr>,
    /// Decides prices, ids and keys.
    pub seed: u64,
    /// Steps that run by themselves.
    pub scenario: Option<Scenario>,
    /// Tells the time in milliseconds since 1970; none for the machine's clock.
    pub clock: Option<Clock>,
}

impl fmt::Debug for SimOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SimOptions")
            .field("binance", &self.binance)
            .field("bybit", &self.bybit)
            .field("seed", &self.seed)
            .finish_non_exhaustive()
    }
}

impl Default for SimOptions {
    fn default() -> Self {
        let anywhere = SocketAddr::from(([127, 0, 0, 1], 0));
        Self {
            binance: anywhere,
            bybit: anywhere,
            control: Some(anywhere),
            seed: 1,
            scenario: None,
            clock: None,
        }
    }
}

/// Where a client finds the Binance side, and its key.
#[derive(Clone)]
pub struct BinanceAddresses {
    /// `http://127.0.0.1:PORT`
    pub rest: String,
    /// `ws://127.0.0.1:PORT`
    pub ws: String,
    /// HMAC key that may trade.
    pub api_key: String,
    /// Its secret; it opens nothing but this exchange.
    pub api_secret: String,
}

impl fmt::Debug for BinanceAddresses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BinanceAddresses").field("rest", &self.rest).finish_non_exhaustive()
    }
}

/// Where a client finds the Bybit side, and its key.
#[derive(Clone)]
pub struct BybitAddresses {
    /// `http://127.0.0.1:PORT`
    pub rest: String,
    /// `ws://127.0.0.1:PORT`
    pub ws: String,
    /// HMAC key that may trade.
    pub api_key: String,
    /// Its secret; it opens nothing but this exchange.
    pub api_secret: String,
}

impl fmt::Debug for BybitAddresses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BybitAddresses").field("rest", &self.rest).finish_non_exhaustive()
    }
}

/// An open exchange; dropping it ends its servers and closes every connection.
pub struct Running {
    /// The Binance side.
    pub binance: BinanceAddresses,
    /// The Bybit side.
    pub bybit: BybitAddresses,
    /// `http://127.0.0.1:PORT` of the control door.
    pub control: Option<String>,
    handle: Control,
    runtime: Option<Runtime>,
}

impl fmt::Debug for Running {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Running")
            .field("binance", &self.binance)
            .field("bybit", &self.bybit)
            .finish_non_exhaustive()
    }
}

impl Running {
    /// In-process control: the same verbs as over HTTP.
    pub fn control(&self) -> Control {
        self.handle.clone()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Opens an exchange. It lives on threads of its own, so that its owner may block.
///
/// # Errors
/// An address that cannot be listened on.
pub async fn start(options: SimOptions) -> std::io::Result<Running> {
    let runtime =
        Builder::new_multi_thread().worker_threads(2).thread_name("sim").enable_all().build()?;
    let clock = options.clock.clone().unwrap_or_else(machine_clock);
    let shell = Arc::new(Shell::<World>::on(Arc::clone(&clock), options.seed));
    let bybit = Arc::new(Shell::<BybitWorld>::on(clock, options.seed));
    let handle = Control::new(Arc::clone(&shell), Arc::clone(&bybit));
    let doors = match open_doors(&runtime, &options).await {
        Ok(doors) => doors,
        Err(error) => {
            // Dropping a runtime waits for it, which its owner's own threads must not.
            runtime.shutdown_background();
            return Err(error);
        }
    };
    let binance_at = doors.binance.local_addr()?;
    let service = door::router(Arc::clone(&shell));
    let service = service.into_make_service_with_connect_info::<Scissors>();
    runtime.spawn(async move { axum::serve(Lines(doors.binance), service).await });
    let bybit_at = doors.bybit.local_addr()?;
    let service = door::router(Arc::clone(&bybit));
    let service = service.into_make_service_with_connect_info::<Scissors>();
    runtime.spawn(async move { axum::serve(Lines(doors.bybit), service).await });
    let control = match doors.control {
        None => None,
        Some(listener) => {
            let address = listener.local_addr()?;
            let router = control_door::router(handle.clone());
            runtime.spawn(async move { axum::serve(listener, router).await });
            Some(format!("http://{address}"))
        }
    };
    let binance = binance_addresses(binance_at, &shell);
    let bybit_addresses = bybit_addresses(bybit_at, &bybit);
    runtime.spawn(async move { shell.keep_pumping().await });
    runtime.spawn(async move { bybit.keep_pumping().await });
    if let Some(scenario) = options.scenario {
        runtime.spawn(scenario.play(handle.clone()));
    }
    Ok(Running { binance, bybit: bybit_addresses, control, handle, runtime: Some(runtime) })
}

/// Where everything listens.
struct Doors {
    binance: TcpListener,
    bybit: TcpListener,
    control: Option<TcpListener>,
}

/// All listeners, or none.
async fn open_doors(runtime: &Runtime, options: &SimOptions) -> std::io::Result<Doors> {
    let binance = open(runtime, options.binance).await?;
    let bybit = open(runtime, options.bybit).await?;
    let control = match options.control {
        Some(wanted) => Some(open(runtime, wanted).await?),
        None => None,
    };
    Ok(Doors { binance, bybit, control })
}

/// Listens on the exchange's own runtime, which owns the socket from then on.
async fn open(runtime: &Runtime, address: SocketAddr) -> std::io::Result<TcpListener> {
    let listener = runtime.spawn(TcpListener::bind(address)).await;
    listener.map_err(std::io::Error::other)?
}

fn binance_addresses(at: SocketAddr, shell: &Shell) -> BinanceAddresses {
    let (api_key, api_secret) = shell.lock().0.own_key();
    BinanceAddresses { rest: format!("http://{at}"), ws: format!("ws://{at}"), api_key, api_secret }
}

fn bybit_addresses(at: SocketAddr, shell: &Shell<BybitWorld>) -> BybitAddresses {
    let (api_key, api_secret) = shell.lock().0.own_key();
    BybitAddresses { rest: format!("http://{at}"), ws: format!("ws://{at}"), api_key, api_secret }
}

/// The line `holdfast sim` prints when it is ready.
pub fn ready_line(running: &Running) -> Value {
    let (binance, bybit) = (&running.binance, &running.bybit);
    json!({
        "binance": {
            "rest": binance.rest,
            "ws": binance.ws,
            "api_key": binance.api_key,
            "api_secret": binance.api_secret,
        },
        "bybit": {
            "rest": bybit.rest,
            "ws": bybit.ws,
            "api_key": bybit.api_key,
            "api_secret": bybit.api_secret,
        },
        "control": running.control,
    })
}
