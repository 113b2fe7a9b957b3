//! The embedded exchange's Bybit side with an account connected to it.

use holdfast::domain::amount::{OrderSide, Side};
use holdfast::domain::client_id::ClientId;
use holdfast::domain::effect::{Act, ReduceOrder, StopOrder};
use holdfast::domain::evidence::{Fill, History};
use holdfast::domain::input::{Reply, StreamEvent};
use holdfast::domain::key::{Leg, Venue as VenueName};
use holdfast::domain::order::{OrderReport, StopReport, StopStatus, TriggerBy};
use holdfast::domain::outcome::Outcome;
use holdfast::domain::sweep::{Scope, Sweep};
use holdfast::domain::time::{Span, VenueTime};
use holdfast::exchange::{AccountSetup, Credentials, Endpoints, Environment, internet};
use holdfast::sim::{Control, Running, SimOptions, Venue, start};
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::bybit_venue::look;
use crate::values::{price, qty};
use crate::venue::{Link, wall_clock};
use crate::world::connected;

pub const SYMBOL: &str = "BTCUSDT";

pub struct World {
    pub running: Running,
    pub link: Link,
}

pub fn account(running: &Running) -> AccountSetup {
    let mut endpoints = Endpoints::bybit(Environment::Mainnet);
    endpoints.rest = running.bybit.rest.clone();
    endpoints.ws_public = running.bybit.ws.clone();
    endpoints.ws_private = running.bybit.ws.clone();
    endpoints.pace.retry_first = Span(20);
    AccountSetup {
        name: "main".into(),
        venue: VenueName::BybitLinear,
        credentials: Credentials {
            key: SecretString::from(running.bybit.api_key.clone()),
            secret: SecretString::from(running.bybit.api_secret.clone()),
            kind: None,
        },
        endpoints,
        network: internet(),
    }
}

/// The exchange with its prices standing still, and what it was told.
pub async fn opened(told: &[Value]) -> Running {
    let running = start(SimOptions { control: None, ..SimOptions::default() }).await.unwrap();
    let control = running.control().of(Venue::Bybit);
    control.tell(json!({"do": "freeze"})).unwrap();
    control.tell(json!({"do": "set_price", "symbol": SYMBOL, "price": 90000})).unwrap();
    for verb in told {
        control.tell(verb.clone()).unwrap();
    }
    running
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
        let running = opened(told).await;
        let mut account = account(&running);
        account.endpoints.pace.answer = answer;
        let mut link = connected(account).await.unwrap();
        assert_eq!(link.told().await, StreamEvent::Up);
        Self { running, link }
    }

    pub fn control(&self) -> Control {
        self.running.control().of(Venue::Bybit)
    }

    pub fn tell(&self, verb: Value) {
        self.control().tell(verb).unwrap();
    }

    /// A fault on an endpoint.
    pub fn fault(&self, endpoint: &str, fault: &Value) {
        let mut verb = fault.clone();
        verb["do"] = "fault".into();
        verb["endpoint"] = endpoint.into();
        self.tell(verb);
    }

    pub async fn look(&self, scope: Scope, expect: &[(&str, Leg)]) -> Sweep {
        look(&self.link, scope, expect).await
    }

    pub async fn history(&self, leg: Leg) -> History {
        let since = VenueTime(wall_clock() - 60_000);
        let act = Act::History { symbol: SYMBOL.into(), leg, since };
        let Reply::History(history) = self.link.act(act).await else { panic!() };
        history
    }

    pub async fn place(&self, leg: Leg, side: OrderSide, trigger: &str) -> Outcome<StopReport> {
        let order = StopOrder {
            client_id: ClientId::on_position(&SYMBOL.into(), leg),
            symbol: SYMBOL.into(),
            leg,
            side,
            quantity: qty("0.5"),
            trigger: price(trigger),
            trigger_by: TriggerBy::Mark,
        };
        let Reply::Placed(outcome) = self.link.act(Act::PlaceStop(order)).await else { panic!() };
        outcome
    }

    pub async fn close(&self, leg: Leg, side: OrderSide, quantity: &str) -> Outcome<OrderReport> {
        let order = ReduceOrder {
            client_id: "hfx-00000000000000bb".into(),
            symbol: SYMBOL.into(),
            leg,
            side,
            quantity: qty(quantity),
        };
        let Reply::Reduced(outcome) = self.link.act(Act::Reduce(order)).await else { panic!() };
        outcome
    }

    pub async fn find_order(&self) -> Result<Option<OrderReport>, String> {
        let client_id = "hfx-00000000000000bb".into();
        let act = Act::FindOrder { symbol: SYMBOL.into(), client_id, since: None };
        let Reply::FoundOrder(found) = self.link.act(act).await else { panic!() };
        found
    }

    pub async fn cancel(&self, client_id: ClientId) -> Outcome<()> {
        let act = Act::CancelStop { symbol: SYMBOL.into(), client_id, id: None };
        let Reply::Cancelled(outcome) = self.link.act(act).await else { panic!() };
        outcome
    }

    pub async fn fill(&mut self) -> Fill {
        loop {
            if let StreamEvent::Fill(fill) = self.link.told().await {
                return fill;
            }
        }
    }

    /// The next thing told of a leg's size.
    pub async fn position(&mut self) -> (Leg, Option<(Side, String)>) {
        loop {
            if let StreamEvent::Position { leg, open, .. } = self.link.told().await {
                return (leg, open.map(|open| (open.side, open.quantity.to_string())));
            }
        }
    }

    /// The next thing told of the stop on a position.
    pub async fn stop(&mut self) -> StopStatus {
        loop {
            match self.link.told().await {
                StreamEvent::Stop(report) if report.order.on_position => return report.status,
                _ => {}
            }
        }
    }
}

pub fn trade(side: &str, quantity: &str) -> Value {
    json!({"do": "trade", "symbol": SYMBOL, "side": side, "qty": quantity})
}

pub fn hedge() -> Value {
    json!({"do": "hedge_mode", "on": true, "symbol": SYMBOL})
}

pub fn leg_trade(side: &str, quantity: &str, leg: &str) -> Value {
    json!({"do": "trade", "symbol": SYMBOL, "side": side, "qty": quantity, "leg": leg})
}
