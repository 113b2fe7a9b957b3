//! The incidents of the demo: what happens, and to which position.
//!
//! For: one incident each, on a position that is in good order. Not for: when (that is `story`).
//! Door: [`Scene::play`]. Each says what it does in the log, as a narrator would.

use rust_decimal::Decimal;

use crate::cli::demo::cast::{HEALTHY, MISWRITTEN, ORPHANS, Role, UNPROTECTED, VANISHED};
use crate::cli::demo::stage::Stage;
use crate::cli::ending::Failure;
use crate::domain::amount::Side;
use crate::domain::guard::Guard;
use crate::domain::snapshot::{FindingKind, LegView, Snapshot, There};

/// How many positions the bot likes to hold.
const CROWD: usize = 10;

/// One incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scene {
    /// A person closes a position; the stream tells.
    ClosedByHand,
    /// A person closes a part of one.
    PartlyClosed,
    /// A stop is gone, and the exchange is too busy for a new one.
    StopVanishes,
    /// The price runs through a stop.
    StopFires,
    /// A person closes a position while the stream is silent.
    SilentClose,
    /// The stream is cut.
    StreamCut,
    /// The exchange does not say what is open.
    Mute,
    /// A person opens a position and tells nobody.
    Orphan,
    /// The bot writes a wrong size into a row.
    Miswritten,
    /// The bot opens positions until it has enough, and corrects what it wrote wrongly.
    Refill,
}

/// The incidents that take turns after the first minute.
pub const VARIATIONS: [Scene; 9] = [
    Scene::ClosedByHand,
    Scene::PartlyClosed,
    Scene::StopVanishes,
    Scene::StopFires,
    Scene::SilentClose,
    Scene::StreamCut,
    Scene::Mute,
    Scene::Orphan,
    Scene::Miswritten,
];

impl Scene {
    /// Plays it on what the picture shows.
    ///
    /// # Errors
    /// When the exchange or the ledger refuses; the story goes on with the next scene.
    pub async fn play(self, stage: &mut Stage, picture: &Snapshot) -> Result<(), Failure> {
        match self {
            Self::Orphan => orphan(stage, picture),
            Self::Refill => refill(stage, picture).await,
            Self::StreamCut => {
                tracing::info!("story: the user stream is cut");
                stage.cut()
            }
            Self::Mute => {
                tracing::info!("story: the exchange does not say what is open, for six seconds");
                stage.mute(6)
            }
            Self::Miswritten => miswrite(stage, picture).await,
            on_a_position => match pick(stage, picture) {
                Some(leg) => on_a_position.play_on(stage, leg),
                None => Ok(()),
            },
        }
    }

    fn play_on(self, stage: &Stage, leg: &LegView) -> Result<(), Failure> {
        let symbol = leg.key.symbol.as_str();
        let There::Open { side, quantity, .. } = &leg.there else { return Ok(()) };
        match self {
            Self::PartlyClosed => {
                tracing::info!("story: somebody closes a third of {symbol} by hand");
                let third = quantity.get() / Decimal::from(3);
                let part = leg.instrument.as_ref().map_or(third, |rules| {
                    (third / rules.market_step.get()).floor() * rules.market_step.get()
                });
                stage.close(symbol, Some(part))
            }
            Self::StopVanishes => {
                tracing::info!("story: the stop of {symbol} vanishes; the exchange is busy");
                stage.busy(2)?;
                stage.drop_stop(symbol)
            }
            Self::StopFires => {
                tracing::info!("story: the price of {symbol} runs through its stop");
                stage.jump(symbol, through(*side))
            }
            Self::SilentClose => {
                tracing::info!("story: somebody closes {symbol} while the stream is silent");
                stage.hush(12)?;
                stage.close(symbol, None)
            }
            _ => {
                tracing::info!("story: somebody closes {symbol} by hand");
                stage.close(symbol, None)
            }
        }
    }
}

/// A jump past a stop two percent away from the entry.
fn through(side: Side) -> Decimal {
    match side {
        Side::Long => Decimal::new(-4, 2),
        Side::Short => Decimal::new(4, 2),
    }
}

/// A position in good order, by chance.
fn pick<'a>(stage: &mut Stage, picture: &'a Snapshot) -> Option<&'a LegView> {
    let good: Vec<_> = picture.legs.iter().filter(|leg| is_healthy(leg)).collect();
    let at = stage.pick(good.len());
    good.get(at).copied()
}

fn is_healthy(leg: &LegView) -> bool {
    leg.row.is_some()
        && leg.findings.is_empty()
        && leg.work.is_none()
        && matches!(leg.guard.value, Guard::Covered(_))
        && matches!(leg.there, There::Open { .. })
}

fn orphan(stage: &mut Stage, picture: &Snapshot) -> Result<(), Failure> {
    if picture.legs.iter().any(|leg| leg.row.is_none()) {
        return Ok(());
    }
    let at = stage.pick(ORPHANS.len());
    let free = ORPHANS.iter().cycle().skip(at).take(ORPHANS.len());
    let Some(role) = free.into_iter().find(|role| !is_on_stage(picture, role)) else {
        return Ok(());
    };
    tracing::info!("story: somebody opens {} by hand and tells nobody", role.symbol);
    stage.trade(role, "web").map(drop)
}

async fn miswrite(stage: &mut Stage, picture: &Snapshot) -> Result<(), Failure> {
    let Some(leg) = pick(stage, picture) else { return Ok(()) };
    let Some(open) = leg.open() else { return Ok(()) };
    let symbol = leg.key.symbol.as_str();
    tracing::info!("story: the bot writes a wrong size for {symbol}");
    stage.resize(symbol, open.quantity.get() * Decimal::new(15, 1)).await
}

async fn refill(stage: &mut Stage, picture: &Snapshot) -> Result<(), Failure> {
    stage.pay_in()?;
    let wrong = |leg: &&LegView| leg.findings.iter().any(|f| f.kind == FindingKind::Quantity);
    for leg in picture.legs.iter().filter(wrong) {
        let Some(open) = leg.open() else { continue };
        tracing::info!("story: the bot corrects the size of {}", leg.key.symbol);
        stage.resize(leg.key.symbol.as_str(), open.quantity.get()).await?;
    }
    let rows = picture.legs.iter().filter(|leg| leg.row.is_some()).count();
    let roles = HEALTHY.iter().chain([&UNPROTECTED, &VANISHED, &MISWRITTEN]);
    let free = roles.filter(|role| !is_on_stage(picture, role));
    for role in free.take(CROWD.saturating_sub(rows)) {
        tracing::info!("story: the bot opens {} {}", role.symbol, role.side);
        let row = stage.trade(role, "bot")?;
        stage.register(&row).await?;
    }
    Ok(())
}

fn is_on_stage(picture: &Snapshot, role: &Role) -> bool {
    picture.legs.iter().any(|leg| leg.key.symbol.as_str() == role.symbol)
}
