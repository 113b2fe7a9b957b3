//! The scenes, each from the moment when a person has decided and nobody has heard of it.
//!
//! Door: [`explore`].

use std::sync::Arc;

use holdfast::domain::amount::Side;
use holdfast::domain::input::Input;
use holdfast::domain::key::AccountName;
use holdfast::domain::teeth::{self, Tooth};
use holdfast::domain::time::Span;

use super::cores::UNPACKED;
use super::laws::{Fate, Laws};
use super::parts::{Item, Parts};
use super::search::{Search, Seen};
use super::state::{Left, Setting, State};
use crate::stories::scenes::{Scene, Stage};
use crate::stories::table::{self, Args};
use crate::stories::verbs::Teller;

/// How large the leg is at most, and the one beside it.
const MOST: [u32; 2] = [100, 40];

const HELD: &[&str] = &["both L {side} 100 @ {10} stop {9.5}", "stop s1 L {9.5}"];

pub const OPEN: Scene = Scene {
    name: "open",
    before: &[],
    ready: &[],
    act: &["ask open L {side} 100 stop {9.5}"],
    least: 0,
    beside: 40,
    orphan: false,
};
pub const ROLLBACK: Scene =
    Scene { name: "rollback", ready: &["next stop refused -1111 x9"], ..OPEN };
pub const REPLACE: Scene =
    Scene { name: "replace", before: HELD, act: &["ask stop L at {9.7}"], least: 100, ..OPEN };
pub const REPLACE_BOTH: Scene =
    Scene { name: "replace both", act: &["ask stop L at {9.7}", "ask stop O at {9.7}"], ..REPLACE };
pub const CLOSE: Scene = Scene { name: "close", act: &["ask close L"], least: 0, ..REPLACE };
pub const PART: Scene =
    Scene { name: "close a part", act: &["ask close L 40%"], least: 60, ..REPLACE };

fn say(teller: &mut Teller, line: &str) -> Result<(), String> {
    teller.tell(args(line)).map_err(|why| format!("{line}: {why}"))
}

fn args(line: &str) -> Args {
    Args(line.split_whitespace().map(str::to_owned).collect())
}

/// A world in which everything is settled, and the scene is about to begin.
pub fn ready(stage: Stage, scene: &Scene) -> Result<Teller, String> {
    let mut teller = Teller::on(stage.venue);
    teller.world.light = true;
    for line in stage.set_up() {
        say(&mut teller, &line)?;
    }
    for line in scene.before {
        say(&mut teller, &stage.line(line))?;
    }
    say(&mut teller, "start")?;
    let venues = teller.world.venues.values();
    let marks: Vec<_> = venues.flat_map(|venue| venue.marks.clone()).collect();
    for (symbol, price) in marks {
        say(&mut teller, &format!("mark {symbol} {price}"))?;
    }
    let until = teller.world.now + Span::secs(5);
    teller.world.run_to(until)?;
    scene.ready.iter().try_for_each(|line| say(&mut teller, &stage.line(line)))?;
    Ok(teller)
}

/// What may become of the leg and of the one beside it.
fn laws(stage: Stage, scene: &Scene) -> Result<Laws, String> {
    let opens = scene.before.is_empty();
    let fate = |name: &str, own: bool, least| {
        let short = stage.short != (stage.hedge && !own);
        Some(Fate {
            key: table::key(name)?,
            side: if short { Side::Short } else { Side::Long },
            most: MOST[usize::from(!own)],
            least,
            covered: !(own && opens),
            entries: usize::from(own && opens),
        })
    };
    let own = fate(&stage.leg(), true, scene.least).ok_or("no leg")?;
    let beside = fate(&stage.beside(), false, scene.beside).ok_or("no leg")?;
    Ok(Laws { fates: vec![own, beside] })
}

/// Explores a scene, with a safeguard turned off or without.
pub fn explore(
    stage: Stage,
    scene: &Scene,
    left: Left,
    tooth: Option<Tooth>,
) -> Result<Seen, String> {
    let mut teller = ready(stage, scene)?;
    let _pulled = teeth::pull(tooth);
    let name = AccountName::from("main");
    let mut parts = Parts::new(name.clone(), laws(stage, scene)?, UNPACKED);
    let mut told = Vec::new();
    for line in scene.act {
        let line = stage.line(line);
        let line = line.strip_prefix("ask ").ok_or("a person asks")?;
        let ask = teller.asked(&mut args(line))?;
        told.push(Some(parts.item(Item::Told(Input::Asked(Box::new(ask))))));
    }
    let world = teller.world;
    let venue = world.venues.get(&name).ok_or("no venue")?.clone();
    let setting = Setting {
        policy: world.policy,
        instruments: venue.instruments.values().cloned().map(Arc::new).collect(),
        marks: venue.marks.clone().into_iter().collect(),
    };
    let first = State {
        now: world.now,
        run: 1,
        core: Some(parts.cores.put(world.core.ok_or("no core")?)?.0),
        venue: parts.venue(venue),
        ledger: parts.ledger(world.ledger),
        requests: Vec::new(),
        answers: Vec::new(),
        commits: Vec::new(),
        words: Vec::new(),
        told,
        calm: false,
    };
    Search::new(parts, setting, first).run(left)
}
