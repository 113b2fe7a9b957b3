//! What can be done on stage: as the bot, as a person at the exchange, and as the exchange.
//!
//! For: the single acts that scenes are made of. Not for: their order.
//! Door: [`Stage`]. Everything goes through the exchange's control door or the ledger's file,
//! never around the engine.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::cli::demo::ACCOUNT;
use crate::cli::demo::bot::{Bot, Registered};
use crate::cli::demo::cast::Role;
use crate::cli::ending::Failure;
use crate::domain::amount::Side;
use crate::domain::client_id::{ClientId, Purpose};
use crate::domain::key::{Leg, PositionKey};
use crate::domain::time::{Span, Time};
use crate::runtime::Clock;
use crate::sim::Control;
use crate::sim::numbers::round_to;
use crate::sim::rng::Rng;
use crate::sim::symbols::listed;

/// Below this much money in the wallet somebody pays in.
const POOR: u32 = 60_000;

/// The exchange, the bot and chance.
#[derive(Debug)]
pub struct Stage {
    control: Control,
    bot: Bot,
    rng: Rng,
    clock: Clock,
    minted: u64,
}

type Done<T = ()> = Result<T, Failure>;

impl Stage {
    /// Sets the stage; the seed decides what varies.
    pub fn new(control: Control, bot: Bot, seed: u64) -> Self {
        Self { control, bot, rng: Rng::new(seed), clock: Clock::start(), minted: 0 }
    }

    /// One of `many`, by chance.
    pub fn pick(&mut self, many: usize) -> usize {
        let many = u64::try_from(many.max(1)).unwrap_or(1);
        usize::try_from(self.rng.below(many)).unwrap_or(0)
    }

    /// Puts a list into an order chosen by chance.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        self.rng.shuffle(list);
    }

    fn tell(&self, verb: Value) -> Done<Value> {
        self.control.tell(verb).map_err(Failure)
    }

    /// The exchange's mark price.
    pub fn price(&self, symbol: &str) -> Decimal {
        number(&self.control.state()["prices"][symbol]["mark"])
    }

    /// A position that has been open for a while, entered a little away from today's price.
    pub fn hold(&mut self, role: &Role, minutes: u64) -> Done<Registered> {
        let off = Decimal::new(i64::try_from(self.pick(15)).unwrap_or(0) - 5, 3);
        let better = match role.side {
            Side::Long => Decimal::ONE - off,
            Side::Short => Decimal::ONE + off,
        };
        let entry = on_tick(role.symbol, self.price(role.symbol) * better);
        self.tell(json!({
            "do": "seed_position", "symbol": role.symbol, "side": role.side.name(),
            "qty": role.amount(), "entry": entry, "ago_ms": minutes * 60_000,
        }))?;
        Ok(registered(role, entry, self.clock.now() - Span::secs(minutes * 60)))
    }

    /// Trades at market, now; a person's order, or the bot's.
    pub fn trade(&mut self, role: &Role, prefix: &str) -> Done<Registered> {
        let side = match role.side {
            Side::Long => "buy",
            Side::Short => "sell",
        };
        self.tell(json!({
            "do": "trade", "symbol": role.symbol, "side": side, "qty": role.amount(),
            "prefix": prefix,
        }))?;
        let state = self.control.state();
        let held = state["positions"].as_array().into_iter().flatten();
        let entry = held.filter(|p| p["symbol"] == role.symbol).map(|p| number(&p["entry"])).next();
        let entry = entry.unwrap_or_else(|| self.price(role.symbol));
        Ok(registered(role, entry, self.clock.now()))
    }

    /// The bot writes down what it holds.
    pub async fn register(&self, row: &Registered) -> Done {
        self.bot.register(row).await
    }

    /// The bot writes another size for a position it holds.
    pub async fn resize(&self, symbol: &str, quantity: Decimal) -> Done {
        self.bot.resize(symbol, quantity).await
    }

    /// A stop that an engine of ours placed before this one started.
    pub fn our_stop(&mut self, row: &Registered) -> Done {
        self.minted += 1;
        let key = PositionKey::new(ACCOUNT, row.symbol.as_str(), Leg::Net);
        let id = ClientId::mint(Purpose::Stop, &key, Time(0), self.minted);
        self.tell(json!({
            "do": "place_stop", "symbol": row.symbol, "trigger": row.stop,
            "client_id": id.as_str(),
        }))
        .map(drop)
    }

    /// The stop of a position disappears.
    pub fn drop_stop(&self, symbol: &str) -> Done {
        self.tell(json!({"do": "remove_stop", "symbol": symbol})).map(drop)
    }

    /// A person closes a position, or a part of it.
    pub fn close(&self, symbol: &str, quantity: Option<Decimal>) -> Done {
        self.tell(json!({"do": "close", "symbol": symbol, "qty": quantity})).map(drop)
    }

    /// The price jumps by this share of itself; negative is down.
    pub fn jump(&self, symbol: &str, share: Decimal) -> Done {
        let price = on_tick(symbol, self.price(symbol) * (Decimal::ONE + share));
        self.tell(json!({"do": "set_price", "symbol": symbol, "price": price})).map(drop)
    }

    /// The exchange has no time for new stops, this often.
    pub fn busy(&self, tries: u32) -> Done {
        let endpoint = "POST /fapi/v1/algoOrder";
        self.tell(json!({
            "do": "fault", "kind": "unavailable", "endpoint": endpoint, "count": tries,
        }))
        .map(drop)
    }

    /// The exchange does not say what is open, for a while.
    pub fn mute(&self, seconds: i64) -> Done {
        let endpoint = "GET /fapi/*/positionRisk";
        self.tell(json!({
            "do": "fault", "kind": "unavailable", "endpoint": endpoint, "for_ms": seconds * 1000,
        }))
        .map(drop)
    }

    /// The owner's stream stays connected and says nothing, for a while.
    pub fn hush(&self, seconds: i64) -> Done {
        self.tell(json!({"do": "fault", "kind": "stream_silent", "for_ms": seconds * 1000}))
            .map(drop)
    }

    /// The owner's stream is cut.
    pub fn cut(&self) -> Done {
        self.tell(json!({"do": "kick", "route": "private"})).map(drop)
    }

    /// Somebody pays in when the wallet runs low, so that the story can go on for ever.
    pub fn pay_in(&self) -> Done {
        let wallet = number(&self.control.state()["wallet"]);
        if wallet < Decimal::from(POOR) {
            self.tell(json!({"do": "transfer", "amount": 100_000 - POOR}))?;
        }
        Ok(())
    }
}

fn number(value: &Value) -> Decimal {
    value.as_str().and_then(|text| text.parse().ok()).unwrap_or_default()
}

/// What a bot writes down of its role's position, stop included.
fn registered(role: &Role, entry: Decimal, opened: Time) -> Registered {
    Registered {
        symbol: role.symbol.to_owned(),
        side: role.side,
        quantity: role.amount(),
        entry,
        stop: Some(stop(role, entry)),
        opened,
    }
}

/// A stop two percent on the losing side.
fn stop(role: &Role, entry: Decimal) -> Decimal {
    let far = Decimal::new(2, 2);
    on_tick(
        role.symbol,
        match role.side {
            Side::Long => entry * (Decimal::ONE - far),
            Side::Short => entry * (Decimal::ONE + far),
        },
    )
}

fn on_tick(symbol: &str, price: Decimal) -> Decimal {
    let spec = listed().into_iter().find(|spec| spec.symbol == symbol);
    spec.map_or(price, |spec| round_to(price, spec.tick))
}
