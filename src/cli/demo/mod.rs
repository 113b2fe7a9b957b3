//! `holdfast demo`: the real engine and console on the embedded exchange, with a story.
//!
//! For: seeing everything at work without config, keys or network. Not for: anything faked; the
//! adapter, the sockets, the ledger and the console are the ones `run` uses.
//! Door: [`demo`]. Nothing is left behind unless `--keep` names a directory.

mod bot;
mod cast;
mod place;
mod scenes;
mod stage;
mod story;

use rust_decimal::Decimal;
use secrecy::SecretString;

use crate::cli::args::{Args, Demo};
use crate::cli::console::Look;
use crate::cli::drive::{OnHangUp, Parts, Running, farewell};
use crate::cli::ending::{Ending, complain};
use crate::cli::{log, state};
use crate::domain::amount::Percent;
use crate::domain::key::Venue;
use crate::domain::order::TriggerBy;
use crate::domain::policy::{AccountPolicy, Autonomy, OnBreach, Policy, Protection};
use crate::domain::time::Span;
use crate::exchange::{AccountSetup, Credentials, Endpoints, Environment, KeyKind, PrivateForm};
use crate::runtime::Signals;
use crate::sim::{BinanceAddresses, SimOptions, start};

/// The account's name in the demo.
const ACCOUNT: &str = "demo";

/// Runs until somebody ends it.
pub async fn demo(args: &Args, demo: Demo) -> Ending {
    let look = (!demo.headless).then(|| Look::demo(args)).transpose()?;
    let mut signals = Signals::listen().map_err(|error| error.to_string())?;
    let place = place::Place::make(demo.keep.as_deref())?;
    let state = state::State::take(place.dir(), &place.ledger()).await?;
    let log = log::start(args.log_format, demo.headless, place.dir())?;
    let options = SimOptions { seed: demo.seed, control: None, ..SimOptions::default() };
    let sim = start(options).await.map_err(|error| format!("no embedded exchange: {error}"))?;
    let bot = bot::Bot::open(&place.ledger(), ACCOUNT).await?;
    let mut stage = stage::Stage::new(sim.control(), bot, demo.seed);
    story::opening(&mut stage).await?;

    let parts = Parts { policy: policy(), accounts: vec![account(&sim.binance)], state };
    let mut running = Running::start(parts, look)?;
    let story = tokio::spawn(story::play(stage, running.pictures()));
    let why = running.until_over(&mut signals, OnHangUp::End).await;
    story.abort();
    let stopped = running.end().await;
    drop(log);
    if let (Some(stopped), true) = (stopped, demo.keep.is_some()) {
        complain(format_args!("{}", farewell(&stopped)));
    }
    why.map(|()| 0)
}

/// The default policy, at a pace that can be watched.
fn policy() -> Policy {
    Policy {
        autonomy: Autonomy::Guard,
        sync_interval: Span::secs(15),
        orphan_grace: Span::secs(3),
        confirmations: 2,
        confirm_interval: Span::secs(6),
        rules: Default::default(),
        protection: Protection {
            stop: Percent(Decimal::TWO),
            trigger: TriggerBy::Mark,
            on_breach: OnBreach::Close,
        },
        accounts: vec![AccountPolicy::new(ACCOUNT, Venue::BinanceUsdm)],
    }
}

fn account(sim: &BinanceAddresses) -> AccountSetup {
    let usual = Endpoints::binance(Environment::Mainnet);
    AccountSetup {
        name: ACCOUNT.into(),
        venue: Venue::BinanceUsdm,
        credentials: Credentials {
            key: SecretString::from(sim.api_key.clone()),
            secret: SecretString::from(sim.api_secret.clone()),
            kind: Some(KeyKind::Hmac),
        },
        endpoints: Endpoints {
            rest: sim.rest.clone(),
            rest_spot: Some(sim.rest.clone()),
            ws_public: sim.ws.clone(),
            private_form: PrivateForm::Events,
            ..usual
        },
    }
}
