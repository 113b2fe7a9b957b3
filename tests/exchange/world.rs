//! The embedded exchange with an account connected to it.

use holdfast::domain::amount::{OrderSide, Side};
use holdfast::domain::effect::{Act, ReduceOrder, StopOrder};
use holdfast::domain::evidence::{Fill, History};
use holdfast::domain::input::{Reply, StreamEvent};
use holdfast::domain::key::{Leg, Venue as VenueName};
use holdfast::domain::order::{StopStatus, TriggerBy};
use holdfast::domain::sweep::{Scope, Sweep};
use holdfast::domain::time::{Span, VenueTime};
use holdfast::exchange::{
    AccountSetup, ConnectError, Credentials, Endpoints, Environment, connect, internet,
};
use holdfast::sim::{Control, Running, SimOptions, start};
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::values::{price, qty};
use crate::venue::{Link, wall_clock};

pub struct World {
    pub running: Running,
    pub link: Link,
}

pub fn account(running: &Running) -> AccountSetup {
    let mut endpoints = Endpoints::binance(Environment::Mainnet);
    endpoints.rest = running.binance.rest.clone();
    endpoints.rest_spot = Some(running.binance.rest.clone());
    endpoints.ws_public = running.binance.ws.clone();
    endpoints.pace.retry_first = Span(20);
    AccountSetup {
        name: "main".into(),
        venue: VenueName::BinanceUsdm,
        credentials: Credentials {
            key: SecretString::from(running.binance.api_key.clone()),
            secret: SecretString::from(running.binance.api_secret.clone()),
            kind: None,
        },
        endpoints,
        network: internet(),
    }
}

pub async fn connected(account: AccountSetup) -> Result<Link, ConnectError> {
    let (sender, inbox) = tokio::sync::mpsc::channel(4096);
    connect(account, sender).await.map(|link| Link { link, inbox })
}

impl World {
    pub async fn new() -> Self {
        Self::after(&[]).await
    }

    /// A connected account whose exchange was told something first.
    pub async fn after(told: &[Value]) -> Self {
        Self::patient(Span::secs(10), told).await
    }

    /// The same, with a limit to how long an answer may take.
    pub async fn patient(answer: Span, told: &[Value]) -> Self {
        let running = start(SimOptions { control: None, ..SimOptions::default() }).await.unwrap();
        let control = running.control();
        control.tell(json!({"do": "freeze"})).unwrap();
        control.tell(json!({"do": "set_price", "symbol": "BTCUSDT", "price": 90000})).unwrap();
        for verb in told {
            control.tell(verb.clone()).unwrap();
        }
        let mut account = account(&running);
        account.endpoints.pace.answer = answer;
        let mut link = connected(account).await.unwrap();
        assert_eq!(link.told().await, StreamEvent::Up);
        Self { running, link }
    }

    pub fn control(&self) -> Control {
        self.running.control()
    }

    pub fn tell(&self, verb: Value) {
        self.control().tell(verb).unwrap();
    }

    pub async fn look(&self, scope: Scope) -> Sweep {
        let Reply::Swept(sweep) = self.link.act(Act::Look { scope, expect: Vec::new() }).await
        else {
            panic!()
        };
        sweep
    }

    pub async fn history(&self, leg: Leg) -> History {
        let since = VenueTime(wall_clock() - 60_000);
        let act = Act::History { symbol: "BTCUSDT".into(), leg, since };
        let Reply::History(history) = self.link.act(act).await else { panic!() };
        history
    }

    pub async fn fill(&mut self) -> Fill {
        loop {
            if let StreamEvent::Fill(fill) = self.link.told().await {
                return fill;
            }
        }
    }

    /// The next thing told of a leg's size.
    pub async fn position(&mut self) -> Option<(Leg, Side, String)> {
        loop {
            if let StreamEvent::Position { leg, open, .. } = self.link.told().await {
                return open.map(|open| (leg, open.side, open.quantity.to_string()));
            }
        }
    }

    pub async fn stop(&mut self, id: &str) -> StopStatus {
        loop {
            match self.link.told().await {
                StreamEvent::Stop(report) if report.order.client_id.as_str() == id => {
                    return report.status;
                }
                _ => {}
            }
        }
    }
}

pub fn trade(side: &str, quantity: &str) -> Value {
    json!({"do": "trade", "symbol": "BTCUSDT", "side": side, "qty": quantity})
}

pub const STOP: &str = "hfs-00000000000000aa";

pub fn stop(leg: Leg, side: OrderSide, trigger: &str) -> Act {
    Act::PlaceStop(StopOrder {
        client_id: STOP.into(),
        symbol: "BTCUSDT".into(),
        leg,
        side,
        quantity: qty("0.5"),
        trigger: price(trigger),
        trigger_by: TriggerBy::Mark,
    })
}

pub fn close(leg: Leg, side: OrderSide, quantity: &str) -> Act {
    Act::Reduce(ReduceOrder {
        client_id: "hfx-00000000000000bb".into(),
        symbol: "BTCUSDT".into(),
        leg,
        side,
        quantity: qty(quantity),
    })
}

pub fn cancel() -> Act {
    Act::CancelStop { symbol: "BTCUSDT".into(), client_id: STOP.into(), id: None }
}
