//! Trailing stops in stories: their plans, what a person says of them, and what is expected.

use holdfast::domain::command::StopTo;
use holdfast::domain::journal::Write;
use holdfast::domain::key::PositionKey;
use holdfast::domain::snapshot::TrailView;
use holdfast::domain::trail::{Trail, TrailPlan, TrailRecord, TrailState};

use super::expect::{Held, hold};
use super::table::{self, Args};
use super::verbs::Teller;

/// `ACTIVATION/CALLBACK/STEP`, each with its `%`, or `off`.
pub fn plan(text: &str) -> Option<Option<TrailPlan>> {
    if text == "off" {
        return Some(None);
    }
    let mut shares = text.split('/').map(table::percent);
    let mut share = || shares.next().flatten();
    Some(Some(TrailPlan { activation: share()?, callback: share()?, step: share()? }))
}

/// `at P`, `tighten N%` or `break-even`.
pub fn stop_to(words: &mut Args) -> Result<StopTo, String> {
    if words.flag("break-even") {
        return Ok(StopTo::BreakEven);
    }
    if let Some(share) = words.parsed("tighten", table::percent)? {
        return Ok(StopTo::Tighten(share));
    }
    words.parsed("at", table::price)?.map(StopTo::At).ok_or("moved where?".to_owned())
}

impl Teller {
    /// `ledger trails LEG waiting|active [best P] [stop P]`: another engine that has the lease
    /// notes how far its trailing stop is.
    pub fn trails(&mut self, words: &mut Args) -> Result<(), String> {
        let key = words.key()?;
        let row = self.world.ledger.open(&key).ok_or("no open row")?.id;
        let plan = self.world.policy.protection.trailing.ok_or("nothing trails")?;
        let state = words.read("how it stands", TrailState::parse)?;
        let best = words.parsed("best", table::price)?;
        let stop = words.parsed("stop", table::price)?;
        let trail = Trail { plan, state, best, stop };
        let record = TrailRecord { key, row, trail, at: self.world.now };
        self.world.write(&[Write::Trail(Box::new(record))]).map_err(|why| why.to_string())?;
        self.world.ledger_changed();
        Ok(())
    }

    fn trailed(&self, key: &PositionKey) -> Result<Option<TrailView>, String> {
        Ok(self.leg(key)?.trail.clone())
    }

    /// `trail LEG [waiting|active] [best P] [stop P] [arm P] [moves N] [refused N]`.
    pub fn trail(&mut self, words: &mut Args) -> Held {
        let key = words.key()?;
        let view = self.trailed(&key)?.ok_or(format!("{key} does not trail"))?;
        stands(&view.trail, words)?;
        if let Some(arm) = words.parsed("arm", table::price)? {
            hold(view.arm_at == arm, || format!("it is armed at {}", view.arm_at))?;
        }
        if let Some(moves) = words.parsed("moves", table::number::<u32>)? {
            hold(view.moves == moves, || format!("it moved {} times", view.moves))?;
            let shown = view.steps.len() as u32;
            hold(shown == moves.min(64), || format!("it shows {shown} steps"))?;
        }
        if let Some(refused) = words.parsed("refused", table::number::<u32>)? {
            hold(view.refused == refused, || format!("refused {} times", view.refused))?;
        }
        let since = view.active_since.is_some();
        let waits = view.trail.state == TrailState::Waiting;
        hold(!(since && waits), || "it waits and is active".to_owned())
    }

    pub fn no_trail(&mut self, words: &mut Args) -> Held {
        let key = words.key()?;
        let view = self.leg(&key).ok().and_then(|leg| leg.trail.clone());
        hold(view.is_none(), || format!("there is {view:?}"))
    }

    /// `kept LEG [waiting|active|off] [best P] [stop P]`: the ledger's record.
    pub fn kept(&mut self, words: &mut Args) -> Held {
        let key = words.key()?;
        let record = self.world.ledger.trails.get(&key).cloned();
        let record = record.ok_or(format!("nothing is kept of {key}"))?;
        let open = self.world.ledger.open(&key).map(|row| row.id);
        hold(open == Some(record.row), || format!("it is of row {:?}", record.row))?;
        stands(&record.trail, words)
    }

    pub fn nothing_kept(&mut self, words: &mut Args) -> Held {
        let key = words.key()?;
        let record = self.world.ledger.trails.get(&key);
        hold(record.is_none(), || format!("the ledger keeps {record:?}"))
    }

    /// `rested LEG SPAN`: for how long the stop that covers it has been resting.
    pub fn rested(&mut self, words: &mut Args) -> Held {
        let key = words.key()?;
        let wanted = words.read("time", table::span)?;
        let since = self.leg(&key)?.stop_since.ok_or("nobody knows since when")?;
        let rested = self.world.now.since(since);
        hold(rested.0.abs_diff(wanted.0) < 100, || format!("it rests since {rested}"))
    }
}

fn stands(trail: &Trail, words: &mut Args) -> Held {
    if let Some(state) = words.try_next(TrailState::parse) {
        hold(trail.state == state, || format!("it is {}", trail.state.name()))?;
    }
    if let Some(best) = words.parsed("best", table::price)? {
        hold(trail.best == Some(best), || format!("the best is {:?}", trail.best))?;
    }
    if let Some(stop) = words.parsed("stop", table::price)? {
        hold(trail.stop == Some(stop), || format!("it wants {:?}", trail.stop))?;
    }
    Ok(())
}
