//! The command line: arguments in, rooms wired together, an exit code out.
//!
//! For: `main`, and every command it knows. Not for: logic; what is decided lives in `engine`,
//! what is shown in `ui`. Door: [`run`].

use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use tokio::runtime::Builder;

pub mod args;
mod config;
mod console;
mod demo;
mod drive;
mod dump;
mod dumps;
mod ending;
mod legs;
mod listing;
mod log;
mod open;
mod own;
mod prompt;
mod replay;
mod report;
mod scan;
mod shot;
mod sim;
pub mod since;
mod state;
mod table;
mod target;
mod through;
mod way;
mod words;
mod worlds;

use crate::cli::args::{Args, Command};
use crate::cli::ending::{Ending, Failure, USAGE, end};
use crate::exchange::AccountSetup;
use crate::settings::{Paths, Settings, process_env};

/// Parses the process's arguments, does what they say, and tells how it went.
pub fn run() -> ExitCode {
    match Args::try_parse() {
        Ok(args) => end(obey(args)),
        Err(error) => {
            let _ = error.print();
            if error.use_stderr() { ExitCode::from(USAGE) } else { ExitCode::SUCCESS }
        }
    }
}

fn obey(mut args: Args) -> Ending {
    let tokio = Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| format!("no threads to run on: {error}"))?;
    let command = args.command.take().unwrap_or(Command::Run { headless: false });
    let ending = tokio.block_on(dispatch(&args, command));
    // A blocked read of a terminal must not keep the process.
    tokio.shutdown_background();
    ending
}

async fn dispatch(args: &Args, command: Command) -> Ending {
    let (config, state) = (args.config.as_deref(), args.state_dir.as_deref());
    let settings = || Settings::load(config, state).map_err(|error| error.to_string());
    match command {
        Command::Run { headless } => drive::run(args, settings()?, headless).await,
        Command::Demo(demo) => demo::demo(args, demo).await,
        Command::Sim(sim) => sim::sim(args, sim).await,
        Command::Worlds(worlds) => worlds::worlds(args, worlds).await,
        Command::Scan { json } => scan::scan(settings()?, json).await,
        Command::Positions { json } => listing::positions(&reading(config, state)?, json).await,
        Command::Events { json, since } => {
            listing::events(&reading(config, state)?, since, json).await
        }
        Command::Open(wish) => open::open(settings()?, wish).await,
        Command::Close { target, percent, yes } => {
            shot::close(settings()?, target, percent, yes).await
        }
        Command::Adopt { target, stop, yes } => shot::adopt(settings()?, target, stop, yes).await,
        Command::Undo { repair, yes } => shot::undo(settings()?, repair, yes).await,
        Command::Halt { account, reason } => shot::halt(settings()?, account, reason).await,
        Command::Resume { account } => shot::resume(settings()?, account).await,
        Command::Dump(wish) => dump::dump(config, state, wish).await,
        Command::Replay(wish) => replay::replay(args, wish).await,
        Command::Config(verb) => config::config(args, verb).await,
        Command::Info => config::info(args),
    }
}

/// The settings for commands that only read the ledger: those need no config.
fn reading(config: Option<&Path>, state: Option<&Path>) -> Result<Settings, Failure> {
    let paths = Paths::find(config, state, &process_env)?;
    let settings = if paths.config.value.exists() {
        Settings::load(config, state)
    } else {
        Settings::parse("", paths)
    };
    settings.map_err(|error| error.to_string().into())
}

/// Every account of the config, with its keys.
///
/// # Errors
/// When there is none, or a key cannot be had.
fn accounts(settings: &Settings) -> Result<Vec<AccountSetup>, Failure> {
    if settings.accounts.is_empty() {
        let file = settings.paths.config.value.display();
        return Err(format!("{file} names no account: add an [[account]] table to it").into());
    }
    settings.accounts(&process_env).map_err(|error| error.to_string().into())
}
