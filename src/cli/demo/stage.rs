//! What can be done on stage: as the bot, as a person at the exchange, and as the exchange.
//!
//! For: the single acts that scenes are made of. Not for: their order.
//! Door: [`Stage`]. Everything goes through the exchange's control door or the ledger's file,
//! never around the engine.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::cli::demo::bot::{Bot, Registered};
use crate::cli::demo::cast::Role;
use crate::cli::ending::Failure;
use crate::domain::amount::Side;
use crate::domain::client_id::{ClientId, Purpose};
use crate::domain::key::{Leg, PositionKey, Venue};
use crate::domain::time::{Span, Time};
use crate::runtime::Clock;
use crate::sim::Control;
use crate::sim::numbers::round_to;
use crate::sim::rng::Rng;

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

    /// The door behind the counter of one venue.
    pub fn at(&self, venue: Venue) -> Control {
        self.control.of(match venue {
            Venue::BinanceUsdm => crate::sim::Venue::Binance,
            Venue::BybitLinear => crate::sim::Venue::Bybit,
        })
    }

    /// Tells a venue anything at all.
    pub fn tell(&self, venue: Venue, verb: Value) -> Done<Value> {
        self.at(venue).tell(verb).map_err(Failure)
    }

    /// The exchange's mark price.
    pub fn price(&self, venue: Venue, symbol: &str) -> Decimal {
        number(&self.at(venue).state()["prices"][symbol]["mark"])
    }

    /// Both legs of an instrument may be held from now on.
    pub fn hedge(&self, symbol: &str) -> Done {
        let verb = json!({"do": "hedge_mode", "symbol": symbol, "on": true});
        self.tell(Venue::BybitLinear, verb).map(drop)
    }

    /// A position that has been open for a while, entered a little away from today's price.
    pub fn hold(&mut self, role: &Role, minutes: u64) -> Done<Registered> {
        let off = Decimal::new(i64::try_from(self.pick(15)).unwrap_or(0) - 5, 3);
        let better = match role.side {
            Side::Long => Decimal::ONE - off,
            Side::Short => Decimal::ONE + off,
        };
        let price = self.price(role.venue, role.symbol) * better;
        let entry = on_tick(role.venue, role.symbol, price);
        self.tell(
            role.venue,
            json!({
                "do": "seed_position", "symbol": role.symbol, "side": role.side.name(),
                "qty": role.amount(), "entry": entry, "ago_ms": minutes * 60_000,
            }),
        )?;
        Ok(registered(role, entry, self.clock.now() - Span::secs(minutes * 60)))
    }

    /// Trades at market, now; a person's order, or the bot's.
    pub fn trade(&mut self, role: &Role, prefix: &str) -> Done<Registered> {
        let side = match role.side {
            Side::Long => "buy",
            Side::Short => "sell",
        };
        let mut verb = json!({
            "do": "trade", "symbol": role.symbol, "side": side, "qty": role.amount(),
            "prefix": prefix,
        });
        if role.leg != Leg::Net {
            verb["leg"] = json!(role.leg);
        }
        self.tell(role.venue, verb)?;
        let state = self.at(role.venue).state();
        let mut held = state["positions"].as_array().into_iter().flatten();
        let own = held.find(|p| p["symbol"] == role.symbol && is_on(role.leg, &p["leg"]));
        let entry = own.map(|position| number(&position["entry"]));
        let entry = entry.unwrap_or_else(|| self.price(role.venue, role.symbol));
        Ok(registered(role, entry, self.clock.now()))
    }

    /// The bot writes down what it holds.
    pub async fn register(&self, row: &Registered) -> Done {
        self.bot.register(row).await
    }

    /// The bot writes another size for a position it holds.
    pub async fn resize(&self, key: &PositionKey, quantity: Decimal) -> Done {
        self.bot.resize(key, quantity).await
    }

    /// A stop that an engine of ours placed before this one started. Bybit keeps it on the
    /// position itself.
    pub fn our_stop(&mut self, row: &Registered) -> Done {
        let mut verb = self.about(&row.key, json!({"do": "place_stop", "trigger": row.stop}));
        match row.venue {
            Venue::BinanceUsdm => {
                self.minted += 1;
                let id = ClientId::mint(Purpose::Stop, &row.key, Time(0), self.minted);
                verb["client_id"] = json!(id.as_str());
            }
            Venue::BybitLinear => verb["on_position"] = json!(true),
        }
        self.tell(row.venue, verb).map(drop)
    }

    /// The stop of a position disappears.
    pub fn drop_stop(&self, venue: Venue, key: &PositionKey) -> Done {
        let mut verb = self.about(key, json!({"do": "remove_stop"}));
        if venue == Venue::BybitLinear {
            verb["on_position"] = json!(true);
        }
        self.tell(venue, verb).map(drop)
    }

    /// A person moves a position's stop in the venue's app, away from the price.
    pub fn move_stop(&self, key: &PositionKey, side: Side, share: Decimal) -> Done {
        let symbol = key.symbol.as_str();
        let venue = Venue::BybitLinear;
        let far = match side {
            Side::Long => Decimal::ONE - share,
            Side::Short => Decimal::ONE + share,
        };
        let trigger = on_tick(venue, symbol, self.price(venue, symbol) * far);
        let verb = json!({"do": "place_stop", "trigger": trigger, "on_position": true});
        self.tell(venue, self.about(key, verb)).map(drop)
    }

    /// A person closes a position, or a part of it.
    pub fn close(&self, venue: Venue, key: &PositionKey, quantity: Option<Decimal>) -> Done {
        let verb = self.about(key, json!({"do": "close", "qty": quantity}));
        self.tell(venue, verb).map(drop)
    }

    /// A verb with the instrument and, where there are two, the leg it is about.
    fn about(&self, key: &PositionKey, mut verb: Value) -> Value {
        verb["symbol"] = json!(key.symbol);
        if key.leg != Leg::Net {
            verb["leg"] = json!(key.leg);
        }
        verb
    }

    /// The price jumps by this share of itself; negative is down.
    pub fn jump(&self, venue: Venue, symbol: &str, share: Decimal) -> Done {
        let price = self.price(venue, symbol) * (Decimal::ONE + share);
        let price = on_tick(venue, symbol, price);
        let verb = json!({"do": "set_price", "symbol": symbol, "price": price});
        self.tell(venue, verb).map(drop)
    }

    /// The exchange has no time for new stops, this often.
    pub fn busy(&self, venue: Venue, tries: u32) -> Done {
        let endpoint = match venue {
            Venue::BinanceUsdm => "POST /fapi/v1/algoOrder",
            Venue::BybitLinear => "POST /v5/position/trading-stop",
        };
        let verb = json!({
            "do": "fault", "kind": "unavailable", "endpoint": endpoint, "count": tries,
        });
        self.tell(venue, verb).map(drop)
    }

    /// The exchange does not say what is open, for a while.
    pub fn mute(&self, venue: Venue, seconds: i64) -> Done {
        let endpoint = match venue {
            Venue::BinanceUsdm => "GET /fapi/*/positionRisk",
            Venue::BybitLinear => "GET /v5/position/list",
        };
        let verb = json!({
            "do": "fault", "kind": "unavailable", "endpoint": endpoint, "for_ms": seconds * 1000,
        });
        self.tell(venue, verb).map(drop)
    }

    /// The owner's stream stays connected and says nothing, for a while.
    pub fn hush(&self, venue: Venue, seconds: i64) -> Done {
        let verb = json!({"do": "fault", "kind": "stream_silent", "for_ms": seconds * 1000});
        self.tell(venue, verb).map(drop)
    }

    /// The owner's stream is cut.
    pub fn cut(&self, venue: Venue) -> Done {
        self.tell(venue, json!({"do": "kick", "route": "private"})).map(drop)
    }

    /// Somebody pays in when a wallet runs low, so that the story can go on for ever.
    pub fn pay_in(&self) -> Done {
        let poor = |wallet: &Value| number(wallet) < Decimal::from(POOR);
        let pay = |coin: &str| json!({"do": "transfer", "amount": 100_000 - POOR, "coin": coin});
        if poor(&self.at(Venue::BinanceUsdm).state()["wallet"]) {
            self.tell(Venue::BinanceUsdm, pay("USDT"))?;
        }
        let purse = self.at(Venue::BybitLinear).state();
        for coin in ["USDT", "USDC"] {
            if poor(&purse["wallet"][coin]) {
                self.tell(Venue::BybitLinear, pay(coin))?;
            }
        }
        Ok(())
    }
}

/// Whether a leg of the exchange's state is this one.
pub fn is_on(leg: Leg, named: &Value) -> bool {
    let named = named.as_str().unwrap_or_default().to_lowercase();
    match leg {
        Leg::Net => !["long", "short"].contains(&named.as_str()),
        leg => named == leg.name(),
    }
}

/// A number of the exchange's state, which are texts.
pub fn number(value: &Value) -> Decimal {
    value.as_str().and_then(|text| text.parse().ok()).unwrap_or_default()
}

/// What a bot writes down of its role's position, stop included.
fn registered(role: &Role, entry: Decimal, opened: Time) -> Registered {
    Registered {
        key: role.key(),
        venue: role.venue,
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
        role.venue,
        role.symbol,
        match role.side {
            Side::Long => entry * (Decimal::ONE - far),
            Side::Short => entry * (Decimal::ONE + far),
        },
    )
}

fn on_tick(venue: Venue, symbol: &str, price: Decimal) -> Decimal {
    let listed = match venue {
        Venue::BinanceUsdm => crate::sim::symbols::listed(),
        Venue::BybitLinear => crate::sim::bybit::symbols::listed(),
    };
    // One of a crowd is like the one it is named after: 0001SOLUSDT.
    let like = symbol.get(4..).unwrap_or_default();
    let mut listed = listed.into_iter();
    let spec = listed.find(|spec| spec.symbol == symbol || spec.symbol == like);
    spec.map_or(price, |spec| round_to(price, spec.tick))
}
