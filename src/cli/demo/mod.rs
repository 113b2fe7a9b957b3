//! `holdfast demo`: the real engine and console on the embedded exchange, with a story or one
//! incident.
//!
//! For: seeing everything at work without config, keys or network. Not for: anything faked; the
//! adapter, the sockets, the ledger and the console are the ones `run` uses.
//! Door: [`demo`]. Nothing is left behind unless `--keep` names a directory, or a bundle is asked
//! for.

mod bot;
mod cast;
mod drill;
mod incident;
mod incidents;
mod naked;
mod page;
mod place;
mod player;
mod proof;
mod report;
mod rival;
mod scenes;
mod stage;
mod story;

pub use incident::Incident;

use rust_decimal::Decimal;
use secrecy::SecretString;
use tracing_appender::non_blocking::WorkerGuard;

use crate::cli::args::{Args, Demo};
use crate::cli::console::Look;
use crate::cli::drive::{OnHangUp, Parts, Running, farewell};
use crate::cli::dump::Dump;
use crate::cli::ending::{Ending, Failure, complain};
use crate::cli::{log, state};
use crate::domain::amount::Percent;
use crate::domain::key::Venue;
use crate::domain::order::TriggerBy;
use crate::domain::policy::{AccountPolicy, Autonomy, OnBreach, Policy, Protection};
use crate::domain::time::Span;
use crate::domain::trail::TrailPlan;
use crate::exchange::{
    AccountSetup, Credentials, Endpoints, Environment, KeyKind, PrivateForm, internet,
};
use crate::runtime::Signals;
use crate::sim::{Running as Sim, SimOptions, start};

/// Runs until somebody ends it; an incident also ends by itself where nobody looks.
pub async fn demo(args: &Args, demo: Demo) -> Ending {
    match (demo.list, demo.incident) {
        (true, _) => drill::list(demo.json),
        (false, Some(incident)) => drill::drill(args, &demo, incident).await,
        (false, None) => tell(args, &demo).await,
    }
}

/// The story.
async fn tell(args: &Args, demo: &Demo) -> Ending {
    let mut house = House::open(args, demo).await?;
    let mut stage = house.stage(demo.seed).await?;
    story::opening(&mut stage).await?;
    let (mut running, mut signals) = house.engine(policy(), accounts(&house.sim))?;
    let story = tokio::spawn(story::play(stage, running.pictures()));
    let why = running.until_over(&mut signals, OnHangUp::End).await;
    story.abort();
    let stopped = running.end().await;
    drop(house.log);
    if let (Some(stopped), true) = (stopped, demo.keep.is_some()) {
        complain(format_args!("{}", farewell(&stopped)));
    }
    why.map(|()| 0)
}

/// What every demo has: a place, an exchange, and what an engine is made of.
struct House {
    place: place::Place,
    sim: Sim,
    log: WorkerGuard,
    // Taken by the engine.
    ready: Option<(Option<Look>, Signals, state::State)>,
}

impl House {
    /// Checks the screen first, so that nothing is begun for one that cannot be.
    async fn open(args: &Args, demo: &Demo) -> Result<Self, Failure> {
        let look = (!demo.headless).then(|| Look::demo(args)).transpose()?;
        let signals = Signals::listen().map_err(|error| error.to_string())?;
        let place = place::Place::make(demo.keep.as_deref())?;
        let state = state::State::take(place.dir(), &place.ledger()).await?;
        let log = log::start(args.log_format, demo.headless, place.dir())?;
        let options = SimOptions { seed: demo.seed, control: None, ..SimOptions::default() };
        let sim = start(options).await.map_err(|error| format!("no embedded exchange: {error}"))?;
        Ok(Self { place, sim, log, ready: Some((look, signals, state)) })
    }

    async fn stage(&self, seed: u64) -> Result<stage::Stage, Failure> {
        let bot = bot::Bot::open(&self.place.ledger()).await?;
        Ok(stage::Stage::new(self.sim.control(), bot, seed))
    }

    /// Starts the engine, once.
    fn engine(
        &mut self,
        policy: Policy,
        accounts: Vec<AccountSetup>,
    ) -> Result<(Running, Signals), Failure> {
        let ready = self.ready.take().ok_or("a demo has one engine")?;
        let (look, signals, state) = ready;
        let both = |account: &AccountSetup| {
            [account.credentials.key.clone(), account.credentials.secret.clone()]
        };
        let keys: Vec<_> = accounts.iter().flat_map(both).collect();
        let page = "# the demo has no config\n".to_owned();
        let dump = Dump::at(self.place.dir(), &self.place.ledger(), page, &keys);
        // A bundle that somebody asked for outlives the demo.
        let dump = match self.place.is_kept() {
            true => dump,
            false => dump.into(std::env::temp_dir()),
        };
        let running = Running::start(Parts { policy, accounts, state, dump }, look)?;
        Ok((running, signals))
    }
}

/// The default policy, at a pace that can be watched.
fn policy() -> Policy {
    Policy {
        autonomy: Autonomy::Guard,
        sync_interval: Span::secs(15),
        orphan_grace: Span::secs(3),
        confirmations: 2,
        confirm_interval: Span::secs(6),
        verify_timeout: Span::secs(10),
        rules: Default::default(),
        protection: Protection {
            stop: Percent(Decimal::TWO),
            trigger: TriggerBy::Mark,
            on_breach: OnBreach::Close,
            trailing: Some(TrailPlan {
                activation: Percent(Decimal::new(12, 1)),
                callback: Percent(Decimal::new(6, 1)),
                step: Percent(Decimal::new(1, 1)),
            }),
        },
        accounts: [Venue::BinanceUsdm, Venue::BybitLinear]
            .map(|venue| AccountPolicy::new(cast::account(venue), venue))
            .to_vec(),
    }
}

/// One account on each venue of the embedded exchange.
fn accounts(sim: &Sim) -> Vec<AccountSetup> {
    let (binance, bybit) = (&sim.binance, &sim.bybit);
    let setup = |venue, key: &str, secret: &str, endpoints| AccountSetup {
        name: cast::account(venue).into(),
        venue,
        credentials: Credentials {
            key: SecretString::from(key.to_owned()),
            secret: SecretString::from(secret.to_owned()),
            kind: Some(KeyKind::Hmac),
        },
        endpoints,
        network: internet(),
    };
    let first = Endpoints {
        rest: binance.rest.clone(),
        rest_spot: Some(binance.rest.clone()),
        ws_public: binance.ws.clone(),
        ws_private: binance.ws.clone(),
        private_form: PrivateForm::Events,
        ..Endpoints::binance(Environment::Mainnet)
    };
    let second = Endpoints {
        rest: bybit.rest.clone(),
        ws_public: bybit.ws.clone(),
        ws_private: bybit.ws.clone(),
        ..Endpoints::bybit(Environment::Mainnet)
    };
    vec![
        setup(Venue::BinanceUsdm, &binance.api_key, &binance.api_secret, first),
        setup(Venue::BybitLinear, &bybit.api_key, &bybit.api_secret, second),
    ]
}
