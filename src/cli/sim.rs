//! `holdfast sim`: the embedded exchange alone, for other programs to talk to.

use crate::cli::args::{Args, Sim};
use crate::cli::ending::{Ending, print};
use crate::cli::log;
use crate::runtime::Signals;
use crate::sim::{Scenario, SimOptions, ready_line, start};

/// Serves until a signal; prints one JSON line when ready.
pub async fn sim(args: &Args, sim: Sim) -> Ending {
    log::to_stderr(args.log_format);
    let mut signals = Signals::listen().map_err(|error| error.to_string())?;
    let scenario = sim.scenario.as_deref().map(Scenario::load).transpose()?;
    let options = SimOptions {
        binance: sim.binance,
        bybit: sim.bybit,
        control: Some(sim.control),
        seed: sim.seed,
        scenario,
        clock: None,
    };
    let running = start(options).await.map_err(|error| {
        let (binance, bybit, control) = (sim.binance, sim.bybit, sim.control);
        format!("the exchange could not start on {binance}, {bybit} and {control}: {error}")
    })?;
    print(format_args!("{}\n", ready_line(&running)))?;
    signals.next().await;
    Ok(0)
}
