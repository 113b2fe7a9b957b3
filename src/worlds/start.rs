//! Starting an engine of a world: its policy, its accounts on the virtual wire, its drawer of the
//! ledger, and who watches it.
//!
//! Door: `World::start`.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::domain::amount::Percent;
use crate::domain::key::Venue;
use crate::domain::order::TriggerBy;
use crate::domain::policy::{AccountPolicy, Policy, Protection};
use crate::domain::time::{Span, Time};
use crate::domain::trail::TrailPlan;
use crate::exchange::{AccountSetup, Credentials, Endpoints, Environment, KeyKind};
use crate::runtime::{Clock, Setup};
use crate::worlds::engine::{Engine, screens};
use crate::worlds::laws::Laws;
use crate::worlds::plan::Account;
use crate::worlds::shelf::Drawer;
use crate::worlds::sight::{self, Sight};
use crate::worlds::watch::Watch;
use crate::worlds::wire::Wire;
use crate::worlds::world::World;

impl World<'_> {
    pub(super) async fn start(&mut self, number: usize, set_ms: i64) {
        if self.engines.contains_key(&number) {
            return;
        }
        self.runs += 1;
        let clock = Clock::at(Time(self.clock.now().0 + set_ms));
        let seed = self.plan.setting.seed.wrapping_add(self.runs.wrapping_mul(7919));
        let unfinished = self.cabinet.books().await.map(|books| books.unfinished);
        let laws = Laws::of(&unfinished.unwrap_or_default());
        let honest = sight::honest(self.plan, &self.exchanges);
        let (sight, truth) = (Sight::new(honest, self.clock), Arc::clone(&self.truth));
        let (screens, publish) = screens();
        let setup = Setup {
            policy: self.policy(),
            accounts: self.accounts(number, clock, seed),
            ledger: Arc::new(Drawer::new(Arc::clone(&self.cabinet), number)),
            witness: Box::new(Watch::new((laws, sight), truth, self.secrets.clone())),
            publish,
            clock,
            holder: format!("engine {number}, run {}", self.runs),
        };
        self.engines.insert(number, Engine::start(setup, screens, self.runs * 1000));
    }

    fn policy(&self) -> Policy {
        let setting = &self.plan.setting;
        Policy {
            autonomy: setting.autonomy,
            sync_interval: setting.sync,
            orphan_grace: Span::secs(10),
            confirmations: 2,
            confirm_interval: Span::secs(2),
            verify_timeout: Span::secs(10),
            protection: Protection {
                stop: Percent(Decimal::TWO),
                trigger: TriggerBy::Mark,
                on_breach: setting.on_breach,
                trailing: setting.trailing.then(TrailPlan::usual),
            },
            rules: Default::default(),
            accounts: setting
                .accounts
                .iter()
                .map(|account| AccountPolicy::new(account.name.clone(), account.venue))
                .collect(),
        }
    }

    fn accounts(&self, engine: usize, clock: Clock, seed: u64) -> Vec<AccountSetup> {
        let setup = |(number, account): (u64, &Account)| {
            let exchange = self.exchanges.get(&account.name)?.clone();
            let (key, secret) = exchange.api_key();
            // Limits are counted by host, and the same machine serves many worlds.
            let thread = std::thread::current().id();
            let host = format!("{}.{engine}.{thread:?}.world", account.name);
            let usual = match account.venue {
                Venue::BinanceUsdm => Endpoints::binance(Environment::Mainnet),
                Venue::BybitLinear => Endpoints::bybit(Environment::Mainnet),
            };
            let truth = (Arc::clone(&self.truth), clock);
            let wire = Wire::new(exchange, account.name.clone(), engine, truth, seed + number);
            Some(AccountSetup {
                name: account.name.clone(),
                venue: account.venue,
                credentials: Credentials {
                    key: key.into(),
                    secret: secret.into(),
                    kind: Some(KeyKind::Hmac),
                },
                endpoints: Endpoints {
                    rest: format!("https://{host}").replace(['(', ')'], ""),
                    rest_spot: None,
                    ws_public: format!("wss://{}", account.name),
                    ws_private: format!("wss://{}", account.name),
                    ..usual
                },
                network: Arc::new(wire),
            })
        };
        (1u64..).zip(&self.plan.setting.accounts).filter_map(setup).collect()
    }
}
