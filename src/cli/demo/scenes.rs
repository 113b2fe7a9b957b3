//! The incidents of the demo: what happens, and to which position.
//!
//! For: one incident each, on a position that is in good order. Not for: when (that is `story`).
//! Door: [`Scene::play`]. Each says what it does in the log, as a narrator would.

use std::time::Duration;

use rust_decimal::Decimal;
use tokio::time::sleep;

use crate::cli::demo::cast::{self, ORPHANS, Role};
use crate::cli::demo::stage::Stage;
use crate::cli::ending::Failure;
use crate::domain::amount::Side;
use crate::domain::guard::Guard;
use crate::domain::key::{Leg, Venue};
use crate::domain::snapshot::{FindingKind, LegView, Snapshot, There, TrailView};
use crate::domain::trail::TrailState;

/// How many positions the bot of a venue likes to hold.
const fn crowd(venue: Venue) -> usize {
    match venue {
        Venue::BinanceUsdm => 10,
        Venue::BybitLinear => 5,
    }
}

/// Both venues.
const VENUES: [Venue; 2] = [Venue::BinanceUsdm, Venue::BybitLinear];

/// One incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scene {
    /// The price runs a position's way: its stop begins to trail, and follows.
    Rally,
    /// A person closes a position; the stream tells.
    ClosedByHand,
    /// A person closes a part of one.
    PartlyClosed,
    /// A stop is gone, and the exchange is too busy for a new one.
    StopVanishes,
    /// A person moves a stop away from the price, in the app of the venue that allows it.
    StopMoved,
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
pub const VARIATIONS: [Scene; 11] = [
    Scene::Rally,
    Scene::ClosedByHand,
    Scene::PartlyClosed,
    Scene::StopVanishes,
    Scene::StopMoved,
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
            Self::Rally => rally(stage, picture).await,
            Self::Refill => refill(stage, picture).await,
            Self::StreamCut => {
                let venue = any(stage);
                tracing::info!("story: the user stream of {} is cut", venue.exchange());
                stage.cut(venue)
            }
            Self::Mute => {
                let venue = any(stage);
                let name = venue.exchange();
                tracing::info!("story: {name} does not say what is open, for six seconds");
                stage.mute(venue, 6)
            }
            Self::Miswritten => miswrite(stage, picture).await,
            Self::StopMoved => {
                let moved = |leg: &LegView| leg.venue == Venue::BybitLinear;
                match pick(stage, picture, moved) {
                    Some(leg) => self.play_on(stage, leg),
                    None => Ok(()),
                }
            }
            on_a_position => match pick(stage, picture, |_| true) {
                Some(leg) => on_a_position.play_on(stage, leg),
                None => Ok(()),
            },
        }
    }

    fn play_on(self, stage: &Stage, leg: &LegView) -> Result<(), Failure> {
        let (venue, key) = (leg.venue, &leg.key);
        let There::Open { side, quantity, .. } = &leg.there else { return Ok(()) };
        match self {
            Self::PartlyClosed => {
                tracing::info!("story: somebody closes a third of {key} by hand");
                let third = quantity.get() / Decimal::from(3);
                let part = leg.instrument.as_ref().map_or(third, |rules| {
                    (third / rules.market_step.get()).floor() * rules.market_step.get()
                });
                stage.close(venue, key, Some(part))
            }
            Self::StopVanishes => {
                tracing::info!("story: the stop of {key} vanishes; the exchange is busy");
                stage.busy(venue, 2)?;
                stage.drop_stop(venue, key)
            }
            Self::StopMoved => {
                tracing::info!("story: somebody moves the stop of {key} away, in the app");
                stage.busy(venue, 1)?;
                stage.move_stop(key, *side, Decimal::new(8, 2))
            }
            Self::StopFires => {
                tracing::info!("story: the price of {key} runs through its stop");
                stage.jump(venue, key.symbol.as_str(), through(*side))
            }
            Self::SilentClose => {
                tracing::info!("story: somebody closes {key} while the stream is silent");
                stage.hush(venue, 12)?;
                stage.close(venue, key, None)
            }
            _ => {
                tracing::info!("story: somebody closes {key} by hand");
                stage.close(venue, key, None)
            }
        }
    }
}

/// A venue, by chance.
fn any(stage: &mut Stage) -> Venue {
    VENUES[stage.pick(VENUES.len()) % VENUES.len()]
}

/// A jump past a stop two percent away from the entry.
fn through(side: Side) -> Decimal {
    match side {
        Side::Long => Decimal::new(-4, 2),
        Side::Short => Decimal::new(4, 2),
    }
}

/// A position in good order, by chance.
fn pick<'a>(
    stage: &mut Stage,
    picture: &'a Snapshot,
    fits: fn(&LegView) -> bool,
) -> Option<&'a LegView> {
    let good: Vec<_> = picture.legs.iter().filter(|leg| is_healthy(leg) && fits(leg)).collect();
    let at = stage.pick(good.len());
    good.get(at).copied()
}

/// A run of small jumps on a position whose stop waits to trail, each small enough to be watched.
async fn rally(stage: &mut Stage, picture: &Snapshot) -> Result<(), Failure> {
    let waits = |leg: &LegView| {
        let waiting = |view: &TrailView| view.trail.state == TrailState::Waiting;
        leg.key.leg == Leg::Net && leg.trail.as_ref().is_some_and(waiting)
    };
    let Some(leg) = pick(stage, picture, waits) else { return Ok(()) };
    let There::Open { side, .. } = leg.there else { return Ok(()) };
    tracing::info!("story: the price of {} runs its way, and its stop follows", leg.key);
    let share = match side {
        Side::Long => Decimal::new(4, 3),
        Side::Short => Decimal::new(-4, 3),
    };
    for _ in 0..RALLY_JUMPS {
        stage.jump(leg.venue, leg.key.symbol.as_str(), share)?;
        sleep(RALLY_PACE).await;
    }
    Ok(())
}

const RALLY_JUMPS: u32 = 8;
const RALLY_PACE: Duration = Duration::from_millis(1_200);

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
    tracing::info!("story: somebody opens {} by hand and tells nobody", role.key());
    stage.trade(role, "web").map(drop)
}

async fn miswrite(stage: &mut Stage, picture: &Snapshot) -> Result<(), Failure> {
    let Some(leg) = pick(stage, picture, |_| true) else { return Ok(()) };
    let Some(open) = leg.open() else { return Ok(()) };
    tracing::info!("story: the bot writes a wrong size for {}", leg.key);
    stage.resize(&leg.key, open.quantity.get() * Decimal::new(15, 1)).await
}

async fn refill(stage: &mut Stage, picture: &Snapshot) -> Result<(), Failure> {
    stage.pay_in()?;
    let wrong = |leg: &&LegView| leg.findings.iter().any(|f| f.kind == FindingKind::Quantity);
    for leg in picture.legs.iter().filter(wrong) {
        let Some(open) = leg.open() else { continue };
        tracing::info!("story: the bot corrects the size of {}", leg.key);
        stage.resize(&leg.key, open.quantity.get()).await?;
    }
    for venue in VENUES {
        let own = |leg: &&LegView| leg.venue == venue && leg.row.is_some();
        let rows = picture.legs.iter().filter(own).count();
        let free = cast::all().filter(|role| role.venue == venue && !is_on_stage(picture, role));
        for role in free.take(crowd(venue).saturating_sub(rows)) {
            tracing::info!("story: the bot opens {} {}", role.key(), role.side);
            let row = stage.trade(&role, "bot")?;
            stage.register(&row).await?;
        }
    }
    Ok(())
}

fn is_on_stage(picture: &Snapshot, role: &Role) -> bool {
    let key = role.key();
    picture.legs.iter().any(|leg| leg.key == key)
}
