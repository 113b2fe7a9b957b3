//! `holdfast config` and `holdfast info`: what is configured, and who decided it.
//!
//! For: writing a first config, checking one with its keys, showing what is in force and what
//! the ledger holds back of it. Not for: reaching a venue. Door: [`config`], [`info`]. No secret
//! is ever printed.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use crate::cli::args::{Args, Config};
use crate::cli::ending::{Ending, Failure, print};
use crate::cli::state;
use crate::cli::table::{table, words};
use crate::domain::trust::Demotion;
use crate::exchange::AccountSetup;
use crate::settings::{Paths, Settings, Source, process_env};
use crate::store::refused::unwritten;
use crate::store::{Ledger, OpenError};

/// `holdfast config init|check|show`.
pub async fn config(args: &Args, verb: Config) -> Ending {
    match verb {
        Config::Init => init(&paths(args)?.config.value),
        Config::Check => check(args),
        Config::Show => show(&load(args)?).await,
    }
}

/// What is in force: the config, and the rules that the ledger holds back. The config is shown
/// whatever becomes of the ledger.
async fn show(settings: &Settings) -> Ending {
    let (demoted, unread) = match demotions(&settings.ledger.value).await {
        Ok(demoted) => (demoted, String::new()),
        Err(why) => (Vec::new(), format!("# what the ledger holds back is not known: {why}\n")),
    };
    print(format_args!("{}{unread}", settings.show(&demoted))).map(|()| 0)
}

/// Rules that are held back; none where there is no ledger, or one from before there were any.
async fn demotions(path: &Path) -> Result<Vec<Demotion>, String> {
    match Ledger::open_read_only(path).await {
        Ok(ledger) => Ok(ledger.read().await?.demoted),
        Err(OpenError::Missing(_) | OpenError::Older { .. }) => Ok(Vec::new()),
        Err(why) => Err(why.to_string()),
    }
}

fn paths(args: &Args) -> Result<Paths, Failure> {
    let (config, state) = (args.config.as_deref(), args.state_dir.as_deref());
    Ok(Paths::find(config, state, &process_env)?)
}

fn load(args: &Args) -> Result<Settings, Failure> {
    let settings = Settings::load(args.config.as_deref(), args.state_dir.as_deref());
    settings.map_err(|error| error.to_string().into())
}

fn init(path: &Path) -> Ending {
    let shown = path.display();
    if let Some(dir) = path.parent().filter(|dir| !dir.as_os_str().is_empty()) {
        state::make(dir, "--config names another place")?;
    }
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    let written = file.and_then(|mut file| file.write_all(Settings::template().as_bytes()));
    written.map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            format!("{shown} exists already and is left as it is; edit it, or name another file")
        }
        _ => unwritten(path, &error, "--config names another file"),
    })?;
    print(format_args!(
        "wrote {shown}; describe an [[account]] in it, then: holdfast config check\n"
    ))?;
    Ok(0)
}

fn check(args: &Args) -> Ending {
    let settings = load(args)?;
    let accounts = settings.accounts(&process_env).map_err(|error| error.to_string())?;
    let place = |account: &AccountSetup| format!("{} ({})", account.name, account.venue.name());
    let names: Vec<String> = accounts.iter().map(place).collect();
    let names = if names.is_empty() { "no account yet".to_owned() } else { names.join(", ") };
    let shown = settings.paths.config.value.display();
    print(format_args!("{shown} is fine: {names}\n"))?;
    Ok(0)
}

/// `holdfast info`.
pub fn info(args: &Args) -> Ending {
    let paths = paths(args)?;
    let (config, state) = (&paths.config.value, &paths.state.value);
    let settings = match config.exists() {
        true => Settings::load(args.config.as_deref(), args.state_dir.as_deref()).ok(),
        false => None,
    };
    let there = |path: &Path| if path.exists() { "" } else { "not there yet" };
    let row = |name: &str, path: &Path, source: &str| {
        vec![name.to_owned(), path.display().to_string(), source.to_owned(), there(path).to_owned()]
    };
    let under = |source: &Source| format!("below the state directory, {source}");
    let (ledger, from) = match &settings {
        Some(settings) => (settings.ledger.value.clone(), settings.ledger.source.to_string()),
        None => (state.join("ledger.db"), Source::Default.to_string()),
    };
    let by = under(&paths.state.source);
    let rows = [
        row("config", config, &paths.config.source.to_string()),
        row("themes", &paths.themes(), "beside the config"),
        row("state", state, &paths.state.source.to_string()),
        row("ledger", &ledger, &from),
        row("logs", &state::logs(state), &by),
        row("recordings", &state::recordings(state), &by),
        row("dumps", &state::dumps(state), &by),
    ];
    let columns = [words("WHAT"), words("PATH"), words("FROM"), words("")];
    print(format_args!("holdfast {}\n{}", env!("CARGO_PKG_VERSION"), table(&columns, &rows)))?;
    Ok(0)
}
