//! A core in its steady state, and somebody who answers it.

use std::collections::BTreeMap;

use holdfast::domain::amount::{Percent, Price};
use holdfast::domain::effect::{Act, Effect, OpId};
use holdfast::domain::evidence::History;
use holdfast::domain::input::{Input, Reply, StreamEvent};
use holdfast::domain::journal::{Receipt, Write, WriteError};
use holdfast::domain::key::{Leg, Symbol, Venue};
use holdfast::domain::lease::{Fence, LeaseState};
use holdfast::domain::ledger::{Books, Row};
use holdfast::domain::order::TriggerBy;
use holdfast::domain::policy::{AccountPolicy, Autonomy, OnBreach, Policy, Protection};
use holdfast::domain::snapshot::Snapshot;
use holdfast::domain::sweep::Sweep;
use holdfast::domain::time::{Span, Time};
use holdfast::domain::trail::TrailPlan;
use holdfast::engine::Core;
use rust_decimal::Decimal;

use crate::market::{ACCOUNT, DAWN, Market};

const SYNC: Span = Span::secs(30);

/// A core with its clock and the effects it has asked for.
pub struct World {
    core: Core,
    now: Time,
    effects: Vec<Effect>,
}

impl World {
    /// A core that has read its ledger, has had two complete looks and hears its stream.
    pub fn new(market: &Market, autonomy: Autonomy) -> Self {
        Self::with_rows(market, market.rows.clone(), autonomy)
    }

    /// The same, with the rows of a ledger.
    pub fn with_rows(market: &Market, rows: Vec<Row>, autonomy: Autonomy) -> Self {
        Self::under(market, rows, policy(autonomy))
    }

    /// The same, where every stop trails.
    pub fn trailing(market: &Market, plan: TrailPlan) -> Self {
        let mut policy = policy(Autonomy::Guard);
        policy.protection.trailing = Some(plan);
        Self::under(market, market.rows.clone(), policy)
    }

    fn under(market: &Market, rows: Vec<Row>, policy: Policy) -> Self {
        let now = Time(DAWN.0 + 3_600_000);
        let mut world = Self { core: Core::new(), now, effects: Vec::new() };
        world.step(Input::Started(Box::new(policy)));
        world.step(Input::Lease(ACCOUNT.into(), LeaseState::Held { fence: Fence(1) }));
        world.step(Input::Books(Box::new(Books { rows, ..Books::default() })));
        world.step(Input::Stream(ACCOUNT.into(), Box::new(StreamEvent::Up)));
        world.step(Input::Instruments(ACCOUNT.into(), market.instruments()));
        world.look(market.sweep());
        world.look(market.sweep());
        world
    }

    fn step(&mut self, input: Input) {
        self.core.step(self.now, input, &mut self.effects);
    }

    /// Answers a look: the one that is asked for, or the next that will be.
    pub fn look(&mut self, sweep: Sweep) {
        let op = self.next_look();
        self.answer(op, sweep);
        self.commit();
    }

    /// The look that is asked for, or the next that will be.
    pub fn next_look(&mut self) -> OpId {
        let op = self.asked().unwrap_or_else(|| {
            self.now = self.now + SYNC;
            self.step(Input::Woke);
            self.asked().unwrap_or_else(|| panic!("no look is asked for within {SYNC}"))
        });
        self.effects.clear();
        op
    }

    fn asked(&self) -> Option<OpId> {
        self.effects.iter().find_map(|effect| match effect {
            Effect::Venue { op, act: Act::Look { .. }, .. } => Some(*op),
            _ => None,
        })
    }

    /// Answers a look.
    pub fn answer(&mut self, op: OpId, sweep: Sweep) {
        self.step(Input::Replied { op, reply: Box::new(Reply::Swept(sweep)) });
    }

    /// The transactions asked for that close rows.
    pub fn take_closes(&mut self) -> Vec<(OpId, Vec<Write>)> {
        let closes = |writes: &[Write]| writes.iter().any(|w| matches!(w, Write::Close { .. }));
        let effects = self.effects.drain(..);
        effects
            .filter_map(|effect| match effect {
                Effect::Ledger { op, writes } if closes(&writes) => Some((op, writes)),
                _ => None,
            })
            .collect()
    }

    /// Says how a transaction ended.
    pub fn written(&mut self, op: OpId, result: Result<Receipt, WriteError>) {
        self.step(Input::Written { op, result });
    }

    /// Whether a stop is to be cancelled.
    pub fn wants_a_cancel(&self) -> bool {
        let cancel =
            |effect: &Effect| matches!(effect, Effect::Venue { act: Act::CancelStop { .. }, .. });
        self.effects.iter().any(cancel)
    }

    /// Whether a stop is to be placed or moved.
    pub fn wants_a_stop(&self) -> bool {
        let stop = |effect: &Effect| matches!(effect, Effect::Venue { act: Act::PlaceStop(_), .. });
        self.effects.iter().any(stop)
    }

    /// Says that every transaction asked for is done; gives the rows closed by them.
    fn commit(&mut self) -> usize {
        let mut closed = 0;
        let mut ops: Vec<OpId> = Vec::new();
        for effect in &self.effects {
            if let Effect::Ledger { op, writes } = effect {
                closed += writes.iter().filter(|w| matches!(w, Write::Close { .. })).count();
                ops.push(*op);
            }
        }
        for op in ops {
            self.written(op, Ok(Receipt::default()));
        }
        closed
    }

    /// Takes mark prices.
    pub fn marks(&mut self, marks: Vec<(Symbol, Price)>) {
        self.effects.clear();
        self.step(Input::Marks(ACCOUNT.into(), marks));
    }

    /// Takes a word of the user stream.
    pub fn told(&mut self, event: StreamEvent) {
        self.step(Input::Stream(ACCOUNT.into(), Box::new(event)));
    }

    /// Makes a picture.
    pub fn view(&mut self) -> Snapshot {
        self.core.view(self.now)
    }

    /// Two looks that miss some legs, and the fills that explain it: gives the rows closed.
    pub fn prove_gone(
        &mut self,
        sweeps: [Sweep; 2],
        mut histories: BTreeMap<(Symbol, Leg), History>,
    ) -> usize {
        let mut closed = 0;
        for sweep in sweeps {
            self.look(sweep);
            let asked: Vec<(OpId, (Symbol, Leg))> = self
                .effects
                .iter()
                .filter_map(|effect| match effect {
                    Effect::Venue { op, act: Act::History { symbol, leg, .. }, .. } => {
                        Some((*op, (symbol.clone(), *leg)))
                    }
                    _ => None,
                })
                .collect();
            for (op, key) in asked {
                let Some(history) = histories.remove(&key) else { continue };
                self.step(Input::Replied { op, reply: Box::new(Reply::History(history)) });
            }
            closed += self.commit();
        }
        closed
    }
}

fn policy(autonomy: Autonomy) -> Policy {
    Policy {
        autonomy,
        sync_interval: SYNC,
        orphan_grace: SYNC,
        confirmations: 2,
        confirm_interval: Span::secs(2),
        verify_timeout: Span::secs(10),
        rules: Default::default(),
        protection: Protection {
            stop: Percent(Decimal::TWO),
            trigger: TriggerBy::Mark,
            on_breach: OnBreach::Alert,
            trailing: None,
        },
        accounts: vec![AccountPolicy::new(ACCOUNT, Venue::BinanceUsdm)],
    }
}
