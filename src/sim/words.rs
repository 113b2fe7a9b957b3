//! The words the exchange trades in: sides, legs, kinds, states, each with its spelling.

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$note:meta])* $word:ident = $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$note])* $word),* }

        impl $name {
            /// The venue's spelling.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$word => $text),* }
            }

            /// Reads the venue's spelling.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$word),)* _ => None }
            }
        }
    };
}

words!(
    /// Which way an order trades.
    Side {
        /// Adds to a long, takes from a short.
        Buy = "BUY",
        /// Adds to a short, takes from a long.
        Sell = "SELL",
    }
);

impl Side {
    /// The other way.
    pub const fn other(self) -> Self {
        match self {
            Self::Buy => Self::Sell,
            Self::Sell => Self::Buy,
        }
    }
}

words!(
    /// Which position of a symbol is meant.
    Leg {
        /// The only one, in one-way mode.
        Both = "BOTH",
        /// The long one, in hedge mode.
        Long = "LONG",
        /// The short one, in hedge mode.
        Short = "SHORT",
    }
);

words!(
    /// How a plain order trades.
    OrderKind {
        /// At once, at the best price there is.
        Market = "MARKET",
        /// At a price or better.
        Limit = "LIMIT",
    }
);

words!(
    /// What a conditional order waits for and becomes.
    AlgoKind {
        /// A limit order once the price is worse than the trigger.
        Stop = "STOP",
        /// A market order once the price is worse than the trigger.
        StopMarket = "STOP_MARKET",
        /// A limit order once the price is better than the trigger.
        TakeProfit = "TAKE_PROFIT",
        /// A market order once the price is better than the trigger.
        TakeProfitMarket = "TAKE_PROFIT_MARKET",
        /// A market order once the price has come back by a share from its best.
        TrailingStopMarket = "TRAILING_STOP_MARKET",
    }
);

impl AlgoKind {
    /// The kind of the order it becomes.
    pub const fn child(self) -> OrderKind {
        match self {
            Self::Stop | Self::TakeProfit => OrderKind::Limit,
            _ => OrderKind::Market,
        }
    }

    /// Whether it waits for a better price than now.
    pub const fn takes_profit(self) -> bool {
        matches!(self, Self::TakeProfit | Self::TakeProfitMarket)
    }
}

words!(
    /// How long an order lives.
    Tif {
        /// Until cancelled.
        Gtc = "GTC",
        /// What can be filled at once, the rest is dropped.
        Ioc = "IOC",
        /// All at once or not at all.
        Fok = "FOK",
        /// Only as a maker.
        Gtx = "GTX",
        /// Until a date.
        Gtd = "GTD",
        /// Only as long as the position lives.
        GteGtc = "GTE_GTC",
    }
);

words!(
    /// Which price a trigger watches.
    Working {
        /// The last traded one.
        Contract = "CONTRACT_PRICE",
        /// The mark.
        Mark = "MARK_PRICE",
        /// The index the mark is made from.
        Index = "INDEX_PRICE",
    }
);

words!(
    /// Where a plain order stands.
    Status {
        /// Accepted, nothing filled.
        New = "NEW",
        /// Something filled, more to come.
        PartiallyFilled = "PARTIALLY_FILLED",
        /// All filled.
        Filled = "FILLED",
        /// Ended by its owner.
        Canceled = "CANCELED",
        /// Ended by the exchange.
        Expired = "EXPIRED",
    }
);

impl Status {
    /// Whether it can still trade.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::New | Self::PartiallyFilled)
    }
}

words!(
    /// Where a conditional order stands.
    AlgoStatus {
        /// Waiting for its price.
        New = "NEW",
        /// The price was there; the order is on its way.
        Triggering = "TRIGGERING",
        /// The real order exists.
        Triggered = "TRIGGERED",
        /// The real order ended, filled or not.
        Finished = "FINISHED",
        /// Ended by its owner.
        Canceled = "CANCELED",
        /// Refused when it triggered.
        Rejected = "REJECTED",
        /// Ended by the exchange.
        Expired = "EXPIRED",
    }
);

words!(
    /// Why the exchange itself closed a position.
    Forced {
        /// Its margin was gone.
        Liquidation = "LIQUIDATION",
        /// It was taken to cover somebody else's loss.
        Adl = "ADL",
        /// The contract ended.
        Settlement = "SETTLEMENT",
        /// A part was sold into the book before the rest is taken over.
        Ladder = "LADDER",
    }
);

words!(
    /// Who did something.
    By {
        /// A program with the key.
        Api = "api",
        /// A person in the web page or app.
        Person = "person",
        /// The exchange.
        Venue = "venue",
    }
);

words!(
    /// Whose rules an exchange keeps.
    Venue {
        /// One position mode for all, stops are orders of their own.
        Binance = "binance",
        /// A mode per contract, stops live on the position, two coins settle.
        Bybit = "bybit",
    }
);

words!(
    /// What a contract settles in.
    Coin {
        /// Tether.
        Usdt = "USDT",
        /// USD Coin.
        Usdc = "USDC",
    }
);

words!(
    /// How a conditional order hangs on a position.
    Bond {
        /// An order of its own: outlives the position.
        Free = "free",
        /// Protects the whole position, whatever its size; leaves with it.
        Whole = "whole",
        /// Protects a part of the position; leaves with it.
        Part = "part",
    }
);
