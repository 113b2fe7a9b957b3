//! What the account's income says of trades that realised something: second evidence where no
//! trade of a symbol closed anything.
//!
//! For: one answer for all symbols, shared by every history that read its trades before the
//! question left or a moment after: many rows that are gone at once want it, and it weighs 30.
//! Not for: profits themselves, which trades tell. Door: [`agrees`].

use std::collections::BTreeSet;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::domain::key::{Symbol, TradeId};
use crate::domain::time::VenueTime;
use crate::exchange::binance::budget::Lane;
use crate::exchange::binance::call::Call;
use crate::exchange::binance::decode_orders::{self, Realised};
use crate::exchange::binance::errors::is_unknown_path;
use crate::exchange::binance::history::{PAGE, WINDOW};
use crate::exchange::binance::link::Shared;
use crate::exchange::sign::Query;

const PATH: &str = "/fapi/v1/income";
/// Weight of a question (binance-usdm 5).
pub const WEIGHT: u32 = 30;
/// How much older than the trades an answer may be. Who asks for trades looks for one that was
/// made before, and believes in none only after several answers that are further apart than this.
const FRESH: Duration = Duration::from_secs(2);

/// The last answer about all symbols.
#[derive(Debug, Default)]
pub struct Incomes(Mutex<Option<Told>>);

#[derive(Debug)]
struct Told {
    asked: Instant,
    from: i64,
    realised: Result<Vec<Realised>, String>,
}

impl Told {
    /// A failure serves those only who waited for it.
    fn serves(&self, read: Instant, from: i64) -> bool {
        let fresh = if self.realised.is_ok() { FRESH } else { Duration::ZERO };
        self.asked + fresh >= read && self.from <= from
    }
}

/// Whether every trade of a symbol that realised something since an instant is among the known
/// ones, which had all been read at `read`. A profit booked for a trade that is not listed yet
/// means that the history lags. Rows are a week old at most, which is far more than a lag.
pub async fn agrees(
    shared: &Shared,
    symbol: &Symbol,
    since: VenueTime,
    (known, read): (&BTreeSet<TradeId>, Instant),
) -> bool {
    let from = since.0.max(shared.rest.clock().venue_now().0 - WINDOW);
    let lags = |realised: &[Realised]| {
        let here = realised.iter().filter(|row| row.symbol == *symbol);
        let missing = here.filter(|row| row.at.is_none_or(|at| at >= from));
        missing.map(|row| &row.trade).find(|trade| !known.contains(*trade)).cloned()
    };
    let missing = {
        let mut told = shared.incomes.0.lock().await;
        if !told.as_ref().is_some_and(|told| told.serves(read, from)) {
            let asked = Instant::now();
            let realised = ask(shared, None, from).await;
            *told = Some(Told { asked, from, realised });
        }
        match told.as_ref().map(|told| &told.realised) {
            Some(Ok(realised)) if realised.len() < PAGE => Some(Ok(lags(realised))),
            Some(Err(why)) => Some(Err(why.clone())),
            _ => None,
        }
    };
    let missing = match missing {
        Some(missing) => missing,
        // A full page may lack the newest rows.
        None => ask(shared, Some(symbol), from).await.map(|realised| lags(&realised)),
    };
    match missing {
        Ok(None) => true,
        Ok(Some(trade)) => {
            tracing::info!(account = %shared.name, %symbol, %trade, "history lags behind income");
            false
        }
        Err(why) => {
            tracing::warn!(account = %shared.name, %symbol, "{PATH}: {why}");
            false
        }
    }
}

async fn ask(shared: &Shared, symbol: Option<&Symbol>, from: i64) -> Result<Vec<Realised>, String> {
    let query = match symbol {
        Some(symbol) => Query::new().with("symbol", symbol),
        None => Query::new(),
    };
    let query =
        query.with("incomeType", "REALIZED_PNL").with("startTime", from).with("limit", PAGE);
    match shared.send(Call::ask(PATH, query, Lane::History, WEIGHT)).await {
        Ok(body) => decode_orders::realising_trades(&body),
        // Not every host that speaks this wire keeps an income history.
        Err(failure) if is_unknown_path(&failure) => Ok(Vec::new()),
        Err(failure) => Err(failure.to_string()),
    }
}
