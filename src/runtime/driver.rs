//! The driver: one task that owns the core, records what it is told and performs what it says.
//!
//! For: the loop, the cadence of snapshots, a graceful end. Not for: any decision about
//! positions. Door: [`Driver::new`], then [`Driver::run`].
//! Nothing in the loop waits for a venue, the ledger or a screen: those are tasks that answer.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until, timeout};

use crate::domain::command::Answer;
use crate::domain::effect::{Act, Effect, OpId};
use crate::domain::event::{Event, Severity};
use crate::domain::input::Input;
use crate::domain::policy::Policy;
use crate::domain::snapshot::Snapshot;
use crate::engine::Core;
use crate::exchange::AccountSetup;
use crate::runtime::acts::Acts;
use crate::runtime::clock::Clock;
use crate::runtime::handle::{Asking, Handle, Stopped};
use crate::runtime::lane::{Answered, Lane};
use crate::runtime::lease::{By, Leases, Terms};
use crate::runtime::link::keep;
use crate::runtime::validity::Validity;
use crate::runtime::witness::Witness;
use crate::store::Shelf;

/// Inputs that may wait for the core before their senders do.
const INBOX: usize = 4096;
/// Data alone is shown at most this often.
const CADENCE: Duration = Duration::from_millis(100);

/// How often a picture is published when there is no news: the console takes an older one for
/// an engine that has stopped.
const PULSE: Duration = Duration::from_secs(2);
/// How long a stop waits for acts that are out.
const FAREWELL: Duration = Duration::from_secs(3);
/// A final answer waits so long for the ledger to hold what it says. A ledger that is down holds
/// up no longer: what is done is done.
const WRITTEN: Duration = Duration::from_secs(2);
/// The core is not woken more often than this, whatever it asks for.
const SHORTEST_NAP: Duration = Duration::from_millis(1);

/// Where snapshots go. Called on the driver's task, so it must not block.
pub type Publish = Box<dyn Fn(Arc<Snapshot>) + Send>;

/// What a driver drives.
pub struct Setup {
    /// The engine's part of the config.
    pub policy: Policy,
    /// The accounts, as in the policy.
    pub accounts: Vec<AccountSetup>,
    /// The ledger, open for writing.
    pub ledger: Arc<dyn Shelf>,
    /// Sees every step; the recording, as a rule.
    pub witness: Box<dyn Witness>,
    /// Where snapshots go.
    pub publish: Publish,
    /// The time of everything here.
    pub clock: Clock,
    /// Who takes the leases, for whoever stands by.
    pub holder: String,
}

/// Owns the core and everything around it.
pub struct Driver {
    core: Core,
    clock: Clock,
    witness: Box<dyn Witness>,
    recording: bool,
    publish: Publish,
    acts: Acts,
    lane: Lane,
    inputs: mpsc::Receiver<Input>,
    asks: mpsc::UnboundedReceiver<Asking>,
    stop: watch::Receiver<bool>,
    listeners: BTreeMap<u64, mpsc::UnboundedSender<Answer>>,
    /// The newest change of the ledger that is under way.
    writing: Option<Answered>,
    effects: Vec<Effect>,
    out: Outstanding,
    step_us_max: u64,
    logged: Option<Arc<Event>>,
    news: News,
    published: Instant,
    woken: Instant,
    // Links and the lane live in here: dropping the driver ends them, as it ends the acts.
    _tasks: JoinSet<()>,
}

/// Work whose answers have not come yet.
#[derive(Default)]
struct Outstanding {
    acts: BTreeSet<OpId>,
    writes: BTreeSet<OpId>,
    leaving: bool,
}

/// What the screen has not been shown yet.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum News {
    None,
    Data,
    Urgent,
}

impl std::fmt::Debug for Driver {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Driver").field("acts", &self.out.acts).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Setup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Setup").field("policy", &self.policy).finish_non_exhaustive()
    }
}

impl Driver {
    /// Starts the links and the ledger lane, and tells the core that it begins. Must be called
    /// within a tokio runtime.
    pub fn new(setup: Setup) -> (Self, Handle) {
        Self::leasing(setup, Terms::default())
    }

    /// The same, with leases of other terms.
    pub fn leasing(setup: Setup, terms: Terms) -> (Self, Handle) {
        let (inbox, inputs) = mpsc::channel(INBOX);
        let clock = setup.clock;
        let (handle, asks, stop) = Handle::new(clock);
        let mut tasks = JoinSet::new();
        let validity = Validity::default();
        let names = setup.policy.accounts.iter().map(|account| account.name.clone());
        let by = By { holder: setup.holder, terms, clock };
        let leases = Leases::new(names, &*setup.ledger, by, validity.clone());
        let lane = Lane::open(setup.ledger, leases, inbox.clone(), &mut tasks);
        let links = setup
            .accounts
            .into_iter()
            .map(|account| (account.name.clone(), keep(account, inbox.clone(), &mut tasks)));
        let acts = Acts::new(links.collect(), inbox, validity);
        let now = Instant::now();
        let mut driver = Self {
            core: Core::new(),
            clock,
            witness: setup.witness,
            recording: true,
            publish: setup.publish,
            acts,
            lane,
            inputs,
            asks,
            stop,
            listeners: BTreeMap::new(),
            writing: None,
            effects: Vec::new(),
            out: Outstanding::default(),
            step_us_max: 0,
            logged: None,
            news: News::Urgent,
            published: now,
            woken: now,
            _tasks: tasks,
        };
        driver.take(Input::Started(Box::new(setup.policy)));
        (driver, handle)
    }

    /// Runs until [`Handle::stop`], then lets what is under way finish.
    pub async fn run(mut self) -> Stopped {
        let mut flush = interval(Duration::from_secs(1));
        flush.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            self.wake_if_due();
            self.show_if_due();
            let next = self.next_deadline();
            tokio::select! {
                biased;
                () = told(&mut self.stop) => break,
                Some(asking) = self.asks.recv() => self.asked(asking),
                _ = flush.tick() => self.flush(),
                Some(input) = self.inputs.recv() => self.take(input),
                () = sleep_until(next) => {}
            }
        }
        self.wind_down().await
    }

    fn asked(&mut self, asking: Asking) {
        let ask = match asking {
            Asking::Look => return self.take(Input::Look),
            Asking::Ask(ask, None) => ask,
            Asking::Ask(ask, Some(listener)) => {
                self.listeners.insert(ask.id, listener);
                ask
            }
        };
        self.take(Input::Asked(ask));
        self.news = News::Urgent;
    }

    /// One input: on record first, then into the core, then what the core says, in its order.
    fn take(&mut self, input: Input) {
        let now = self.clock.now();
        // The ledger's rows are the first thing worth seeing after a start.
        let news = if matches!(input, Input::Books(_)) { News::Urgent } else { News::Data };
        self.out.settle(&input);
        self.witness.told(now, &input, &self.core);
        // Shown only. Where somebody else turns the clock, a step takes no time.
        let began = Instant::now();
        self.core.step(now, input, &mut self.effects);
        let took = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.step_us_max = self.step_us_max.max(took);
        self.witness.decided(now, &self.effects, &self.core);
        self.news = self.news.max(news);
        self.perform();
    }

    fn perform(&mut self) {
        let mut written = None;
        let mut answers = Vec::new();
        for effect in self.effects.drain(..) {
            match effect {
                Effect::Ledger { op, writes } => {
                    self.out.writes.insert(op);
                    written = Some(self.lane.write(op, writes));
                    self.writing.clone_from(&written);
                }
                // Nobody would stay to protect what it opens.
                Effect::Venue { op, act: act @ Act::Enter(_), .. } if self.out.leaving => {
                    self.out.acts.insert(op);
                    self.acts.refuse(op, &act, "the engine is stopping");
                }
                Effect::Venue { op, account, act } => {
                    if self.out.sends(op, &act) {
                        self.acts.send(op, &account, act, written.clone());
                    }
                }
                Effect::ReadLedger => self.lane.read(),
                Effect::Answer(answer) => answers.push(answer),
            }
        }
        for answer in answers {
            tell(&mut self.listeners, self.writing.as_ref(), answer);
            self.news = News::Urgent;
        }
    }

    fn wake_if_due(&mut self) {
        if self.wake_at().is_some_and(|due| due <= Instant::now()) {
            self.woken = Instant::now();
            self.take(Input::Woke);
        }
    }

    fn wake_at(&self) -> Option<Instant> {
        let due = self.clock.instant(self.core.wake_at()?);
        Some(due.max(self.woken + SHORTEST_NAP))
    }

    fn show_at(&self) -> Option<Instant> {
        match self.news {
            News::None => Some(self.published + PULSE),
            News::Data => Some(self.published + CADENCE),
            News::Urgent => Some(self.published),
        }
    }

    fn show_if_due(&mut self) {
        if self.show_at().is_some_and(|due| due <= Instant::now()) {
            let picture = self.picture();
            (self.publish)(picture);
            self.published = Instant::now();
            self.news = News::None;
        }
    }

    fn picture(&mut self) -> Arc<Snapshot> {
        let mut snapshot = self.core.view(self.clock.now());
        snapshot.step_us_max = std::mem::take(&mut self.step_us_max);
        self.log(&snapshot);
        Arc::new(snapshot)
    }

    /// Logs the events that the previous picture did not hold yet.
    fn log(&mut self, snapshot: &Snapshot) {
        let known = self.logged.take();
        let unknown = |event: &&Arc<Event>| known.as_ref().is_none_or(|k| !Arc::ptr_eq(k, event));
        let news = snapshot.events.iter().rev().take_while(unknown).count();
        snapshot.events.iter().rev().take(news).rev().for_each(|event| log(event));
        self.logged = snapshot.events.last().cloned();
    }

    fn next_deadline(&self) -> Instant {
        let idle = Instant::now() + Duration::from_secs(1);
        [self.wake_at(), self.show_at()].into_iter().flatten().fold(idle, Instant::min)
    }

    /// A recording that has stopped is said once and stops nothing else.
    fn flush(&mut self) {
        self.witness.flush(self.clock.now(), &self.core);
        if let (Some(why), true) = (self.witness.fault(), self.recording) {
            tracing::error!(%why, "the recording has stopped; the engine goes on without it");
            self.recording = false;
        }
    }

    /// No more asks and no more questions; what is out gets a moment to come back.
    async fn wind_down(mut self) -> Stopped {
        self.asks.close();
        self.out.leaving = true;
        let _ = timeout(FAREWELL, async {
            while self.out.busy() {
                match self.inputs.recv().await {
                    Some(input) => self.take(input),
                    None => return,
                }
            }
        })
        .await;
        // After this nothing is sent, so that whoever stands by may begin at once.
        let _ = timeout(FAREWELL, self.lane.release()).await;
        self.flush();
        let last = self.picture();
        (self.publish)(last.clone());
        Stopped { last, unanswered: self.out.acts.len() }
    }
}

impl Outstanding {
    /// Whether an act is performed now; notes the ones that a stop waits for.
    fn sends(&mut self, op: OpId, act: &Act) -> bool {
        let question = matches!(act, Act::Look { .. } | Act::History { .. } | Act::Restream);
        if !question {
            self.acts.insert(op);
        }
        !(question && self.leaving)
    }

    fn settle(&mut self, input: &Input) {
        match input {
            Input::Replied { op, .. } => self.acts.remove(op),
            Input::Written { op, .. } => self.writes.remove(op),
            _ => false,
        };
    }

    fn busy(&self) -> bool {
        !self.acts.is_empty() || !self.writes.is_empty()
    }
}

/// Whoever waits for an end reads the ledger next: it is told once that is written.
fn tell(
    listeners: &mut BTreeMap<u64, mpsc::UnboundedSender<Answer>>,
    writing: Option<&Answered>,
    answer: Answer,
) {
    if !answer.verdict.is_final() {
        if let Some(listener) = listeners.get(&answer.ask) {
            let _ = listener.send(answer);
        }
        return;
    }
    let Some(listener) = listeners.remove(&answer.ask) else { return };
    let writing = writing.filter(|writing| writing.peek().is_none()).cloned();
    tokio::spawn(async move {
        if let Some(writing) = writing {
            let _ = timeout(WRITTEN, writing).await;
        }
        let _ = listener.send(answer);
    });
}

async fn told(stop: &mut watch::Receiver<bool>) {
    // Without a handle nobody can ever say stop, and the signals' task holds one.
    if stop.wait_for(|stop| *stop).await.is_err() {
        std::future::pending().await
    }
}

/// Events are log lines as well as rows.
fn log(event: &Event) {
    let account = event.account.as_ref().map_or("", |account| account.as_str());
    let symbol = event.symbol.as_ref().map_or("", |symbol| symbol.as_str());
    let (kind, text) = (event.kind.name(), &event.text);
    match event.severity {
        Severity::Debug => tracing::debug!(kind, account, symbol, "{text}"),
        Severity::Info => tracing::info!(kind, account, symbol, "{text}"),
        Severity::Warning => tracing::warn!(kind, account, symbol, "{text}"),
        Severity::Critical => tracing::error!(kind, account, symbol, "{text}"),
    }
}
