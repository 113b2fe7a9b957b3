//! The order of things: what is wrong when the curtain rises, and what happens from then on.
//!
//! For: the first minute, scene by scene with calm between, then variations for ever.
//! Not for: the scenes themselves. Door: [`opening`] before the engine starts, then [`play`].

use std::time::Duration;

use tokio::time::sleep;

use crate::cli::demo::bot::Registered;
use crate::cli::demo::cast::{
    HEALTHY, HEDGED, MISWRITTEN, ORPHANS, UNPROTECTED, VANISHED, WRITTEN,
};
use crate::cli::demo::scenes::{Scene, VARIATIONS};
use crate::cli::demo::stage::Stage;
use crate::cli::ending::Failure;
use crate::runtime::Pictures;

/// The first minute: how many seconds after the one before, and what.
const FIRST: [(u64, Scene); 9] = [
    (9, Scene::Rally),
    (5, Scene::ClosedByHand),
    (8, Scene::StopMoved),
    (8, Scene::StopVanishes),
    (10, Scene::StopFires),
    (8, Scene::SilentClose),
    (14, Scene::Refill),
    (8, Scene::Mute),
    (14, Scene::StreamCut),
];

/// Sets everything up as a night without an engine left it: positions in good order on two
/// venues, one that lost its stop, two that were closed by hand, one of them a leg beside which
/// the other stayed open, one that was written down wrongly, and one that nobody knows.
///
/// # Errors
/// When the exchange or the ledger refuses.
pub async fn opening(stage: &mut Stage) -> Result<(), Failure> {
    stage.pay_in()?;
    for symbol in HEDGED {
        stage.hedge(symbol)?;
    }
    for (role, minutes) in HEALTHY.iter().chain(&VANISHED) {
        let row = stage.hold(role, *minutes)?;
        stage.our_stop(&row)?;
        stage.register(&row).await?;
    }
    let bare = stage.hold(&UNPROTECTED, 517)?;
    stage.register(&bare).await?;
    let miswritten = stage.hold(&MISWRITTEN, 281)?;
    stage.our_stop(&miswritten)?;
    let quantity = WRITTEN.parse().unwrap_or(miswritten.quantity);
    stage.register(&Registered { quantity, ..miswritten }).await?;
    stage.hold(&ORPHANS[0], 12)?;

    for (role, _) in &VANISHED {
        tracing::info!("story: while nobody looked, {} was closed by hand,", role.key());
        stage.close(role.venue, &role.key(), None)?;
    }
    tracing::info!("story: the bot wrote a wrong size for {},", MISWRITTEN.key());
    tracing::info!("story: {} was opened and never written down,", ORPHANS[0].key());
    tracing::info!("story: and {} lost its stop; the exchange is busy", UNPROTECTED.key());
    stage.busy(UNPROTECTED.venue, 3)
}

/// Plays the first minute, then variations, until it is dropped.
pub async fn play(mut stage: Stage, pictures: Pictures) {
    for (seconds, scene) in FIRST {
        sleep(Duration::from_secs(seconds)).await;
        show(scene, &mut stage, &pictures).await;
    }
    loop {
        let mut order = VARIATIONS;
        stage.shuffle(&mut order);
        for scene in order {
            calm(&mut stage).await;
            show(scene, &mut stage, &pictures).await;
            calm(&mut stage).await;
            show(Scene::Refill, &mut stage, &pictures).await;
        }
    }
}

/// Seven to fourteen seconds in which nothing is done to anybody.
async fn calm(stage: &mut Stage) {
    let more = u64::try_from(stage.pick(8)).unwrap_or(0);
    sleep(Duration::from_secs(7 + more)).await;
}

async fn show(scene: Scene, stage: &mut Stage, pictures: &Pictures) {
    let Some(picture) = pictures.borrow().clone() else { return };
    if let Err(Failure(why)) = scene.play(stage, &picture).await {
        tracing::warn!("story: {scene:?} could not be played: {why}");
    }
}
