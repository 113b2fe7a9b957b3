//! The command line: what can be typed, and what each word means.
//!
//! For: parsing and checking arguments, with a sentence for each mistake. Not for: doing any of
//! it. Door: [`Args`]. The exit code of a mistake here is 64.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use rust_decimal::Decimal;

use crate::cli::demo::Incident;
pub use crate::cli::since::Since;
use crate::domain::amount::{Percent, Price, Qty, Side};
use crate::domain::key::Leg;
use crate::domain::plan::StopAt;
use crate::runtime::Clock;

const VARIABLES: &str = "\
Environment:
  HOLDFAST_CONFIG, HOLDFAST_STATE_DIR  as --config and --state-dir
  HOLDFAST_LOG  which log lines, like debug or warn,holdfast=debug
  NO_COLOR      no colours";

/// Keeps crypto perpetual-futures positions true and protected.
///
/// Without a command it runs the engine and the console.
#[derive(Debug, Parser)]
#[command(name = "holdfast", version, color = clap::ColorChoice::Never, after_help = VARIABLES)]
pub struct Args {
    /// Which config to read [default: $HOLDFAST_CONFIG, then the user's config directory]
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Where ledger, logs and recordings lie [default: $HOLDFAST_STATE_DIR, then the user's]
    #[arg(long, global = true, value_name = "DIR")]
    pub state_dir: Option<PathBuf>,
    /// How log lines look
    #[arg(long, global = true, value_enum, default_value = "text")]
    pub log_format: LogFormat,
    /// Whether the console uses colour; auto asks the terminal and NO_COLOR
    #[arg(long, global = true, value_enum, default_value = "auto")]
    pub color: Color,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// One line for a person.
    Text,
    /// One JSON object a line.
    Json,
}

/// Whether colour is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// As the terminal and NO_COLOR say.
    Auto,
    /// Even when NO_COLOR is set.
    Always,
    /// Never.
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the engine and the console
    Run {
        /// The engine only, logging on stderr
        #[arg(long)]
        headless: bool,
    },
    /// Run both against an embedded exchange: no config, no keys, no network
    Demo(Demo),
    /// Serve the embedded exchange alone, for other programs
    Sim(Sim),
    /// Run simulated worlds under faults, each twice, and hold them to the laws
    #[command(hide = true)]
    Worlds(super::worlds::Worlds),
    /// Look once at every account, write nothing: exit 0 clean, 2 findings, 3 something unknown
    ///
    /// Orders of others (foreign-order), other programs on the account (foreign-writer) and
    /// instruments that end (ending) are listed and need nobody: alone they leave it at 0.
    Scan {
        /// JSON instead of text
        #[arg(long)]
        json: bool,
    },
    /// List the ledger's positions
    Positions {
        /// JSON instead of a table
        #[arg(long)]
        json: bool,
    },
    /// List what happened
    Events {
        /// JSON instead of a table
        #[arg(long)]
        json: bool,
        /// Only from here on: an instant like 2026-11-21T02:20:00Z, or an age like 90s, 15m, 2h
        #[arg(long, value_name = "T")]
        since: Option<Since>,
    },
    /// Open a position at market together with its stop, or take it back
    ///
    /// Exit 0 when position and stop are both proven live; a partly filled entry is protected and
    /// kept, with a warning. Exit 1 when it was refused, or taken back.
    Open(Wish),
    /// Close a position, reduce-only, at market
    Close {
        /// Which position
        #[command(flatten)]
        target: Target,
        /// How much of it
        #[arg(long, value_name = "N", default_value = "100", value_parser = percent)]
        percent: Percent,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
    /// Take a position into the ledger and put a stop behind it
    Adopt {
        /// Which position
        #[command(flatten)]
        target: Target,
        /// Where the stop goes: a price, or a distance from entry like 2% [default: the config's]
        #[arg(long, value_name = "PRICE|PCT%", value_parser = stop_at)]
        stop: Option<StopAt>,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
    /// Take a repair of the ledger back
    Undo {
        /// The repair's id, as events and `holdfast run` show it
        #[arg(value_name = "REPAIR_ID")]
        repair: String,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
    /// Open nothing and adopt nothing, in one account or in all; protection goes on
    Halt {
        /// The account's name in the config [default: all]
        account: Option<String>,
        /// Why; goes on record
        #[arg(long, value_name = "TEXT", value_parser = reason)]
        reason: String,
    },
    /// End a halt
    Resume {
        /// The account's name in the config [default: all]
        account: Option<String>,
    },
    /// Put what happened lately into one file without secrets, for somebody elsewhere
    ///
    /// With or without a running engine. `holdfast replay FILE` opens it.
    Dump(DumpArgs),
    /// Re-run a recording in the console, or headless and compare every decision
    Replay(Replay),
    /// Write, check or show the config
    #[command(subcommand)]
    Config(Config),
    /// Show every path and where each value came from
    Info,
}

/// `holdfast demo`.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("drill").args(["incident", "list"]))]
pub struct Demo {
    /// Which variations of the story are told
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// One incident instead of the story, with a goal and a report: exit 0 reached, 2 not
    ///
    /// Headless it ends by itself, at the latest a minute after it began.
    #[arg(long, value_name = "NAME", value_parser = Incident::named)]
    pub incident: Option<&'static Incident>,
    /// Name the incidents
    #[arg(long, conflicts_with_all = ["headless", "keep"])]
    pub list: bool,
    /// With --list or --incident: JSON instead of text
    #[arg(long, requires = "drill")]
    pub json: bool,
    /// The engine only, telling the story on stderr
    #[arg(long)]
    pub headless: bool,
    /// Keep ledger, log and recording in this directory
    #[arg(long, value_name = "DIR")]
    pub keep: Option<PathBuf>,
}

/// `holdfast replay`.
#[derive(Debug, clap::Args)]
pub struct Replay {
    /// A part of a recording, or a state directory for its newest run
    pub recording: PathBuf,
    /// No console: exit 0 when every decision is the recorded one, 1 at the first that is not
    #[arg(long)]
    pub verify: bool,
    /// With --verify: how it ended, as one JSON object
    #[arg(long, requires = "verify")]
    pub json: bool,
    /// No console: when venue, stream, looks and ledger each knew of every change
    #[arg(long, conflicts_with_all = ["verify", "json"])]
    pub timeline: bool,
}

/// `holdfast sim`.
#[derive(Debug, clap::Args)]
pub struct Sim {
    /// Where Binance's wire is spoken; port 0 picks one
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
    pub binance: SocketAddr,
    /// Where Bybit's wire is spoken; port 0 picks one
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
    pub bybit: SocketAddr,
    /// Where the exchange takes orders from a test: prices, trades by hand, faults
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
    pub control: SocketAddr,
    /// How prices move
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// What happens by itself
    #[arg(long, value_name = "FILE")]
    pub scenario: Option<PathBuf>,
}

/// `holdfast config`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Subcommand)]
pub enum Config {
    /// Write a commented config where none is yet
    Init,
    /// Read it, with every key it names
    Check,
    /// Print what is in effect, without secrets
    Show,
}

/// `holdfast open`.
#[derive(Debug, clap::Args)]
pub struct Wish {
    /// The account's name in the config
    pub account: String,
    /// The venue's own id, like BTCUSDT
    pub symbol: String,
    /// long or short
    #[arg(value_name = "long|short", value_parser = side)]
    pub side: Side,
    /// How much, in base units
    #[arg(value_name = "QTY", value_parser = quantity)]
    pub quantity: Qty,
    /// Where its stop goes: a price, or a distance from the entry like 2%
    #[arg(long, value_name = "PRICE|PCT%", value_parser = stop_at)]
    pub stop: StopAt,
    /// Let the stop follow the best price at this distance, like 0.5%
    #[arg(long, value_name = "PCT%", value_parser = callback)]
    pub trail: Option<Percent>,
    /// How it ended, as one JSON object
    #[arg(long)]
    pub json: bool,
}

/// `holdfast dump`.
#[derive(Debug, clap::Args)]
pub struct DumpArgs {
    /// Where to [default: below the state directory, in dumps]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// From when on: an age like 90s, 15m, 2h, or an instant [default: 1h]
    #[arg(long, value_name = "DURATION", value_parser = past)]
    pub since: Option<Since>,
}

/// A position, as typed.
#[derive(Debug, clap::Args)]
pub struct Target {
    /// The account's name in the config
    pub account: String,
    /// The venue's own id, like BTCUSDT
    pub symbol: String,
    /// Which leg, where the account holds more than one: net, long or short
    #[arg(long, value_parser = leg)]
    pub leg: Option<Leg>,
}

/// Nothing has happened yet after now.
fn past(text: &str) -> Result<Since, String> {
    match text.parse()? {
        Since::At(at) if at > Clock::start().now() => {
            Err(format!("{at} is still to come: name an instant that is past"))
        }
        since => Ok(since),
    }
}

fn leg(text: &str) -> Result<Leg, String> {
    Leg::parse(text).ok_or_else(|| {
        "a leg is net (one-way mode), long or short (hedge mode), in lower case".to_owned()
    })
}

fn side(text: &str) -> Result<Side, String> {
    Side::parse(text).ok_or_else(|| "a position is long or short, in lower case".to_owned())
}

fn quantity(text: &str) -> Result<Qty, String> {
    let number = text.parse::<Decimal>().ok().and_then(|number| Qty::new(number).ok());
    number.ok_or_else(|| "name a number of base units above zero, like 0.25".to_owned())
}

fn callback(text: &str) -> Result<Percent, String> {
    match stop_at(text) {
        Ok(StopAt::Distance(share)) => Ok(share),
        _ => Err("name a distance above 0 % and below 100 %, like 0.5%".to_owned()),
    }
}

fn reason(text: &str) -> Result<String, String> {
    let plain = text.trim();
    if plain.is_empty() || plain.chars().any(char::is_control) {
        return Err("say in a few plain words why".to_owned());
    }
    Ok(plain.to_owned())
}

fn percent(text: &str) -> Result<Percent, String> {
    let number = text.strip_suffix('%').unwrap_or(text);
    let share: Decimal = number.parse().map_err(|_| "name a number of percent, like 50")?;
    if share <= Decimal::ZERO || share > Decimal::ONE_HUNDRED {
        return Err("a close takes more than 0 % and at most 100 %".to_owned());
    }
    Ok(Percent(share))
}

fn stop_at(text: &str) -> Result<StopAt, String> {
    let sentence = "name a price above zero, or a distance from entry like 2%";
    if let Some(number) = text.strip_suffix('%') {
        let share: Decimal = number.trim().parse().map_err(|_| sentence)?;
        if share <= Decimal::ZERO || share >= Decimal::ONE_HUNDRED {
            return Err("a stop's distance lies above 0 % and below 100 %".to_owned());
        }
        return Ok(StopAt::Distance(Percent(share)));
    }
    let price: Decimal = text.parse().map_err(|_| sentence)?;
    Price::new(price).map(StopAt::Price).map_err(|_| sentence.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        use clap::CommandFactory;
        Args::command().debug_assert();
    }

    #[test]
    fn a_share_is_above_nothing_and_at_most_all() {
        assert_eq!(percent("50%"), percent("50"));
        for wrong in ["0", "-1", "100.1", "half", ""] {
            assert!(percent(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_stop_is_a_price_or_a_distance() {
        assert!(matches!(stop_at("61000.5"), Ok(StopAt::Price(_))));
        assert!(matches!(stop_at("2%"), Ok(StopAt::Distance(_))));
        for wrong in ["0", "-5", "0%", "100%", "near", "%"] {
            assert!(stop_at(wrong).is_err(), "{wrong}");
        }
    }
}
